package table

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/portal/recipe"
)

// kitPages are pages of the test portals as a browser saved them, with the rows they show beside them.
func kitPages(t testing.TB) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join("testdata", "kits", "*html"))
	if err != nil || len(pages) < 36 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	return pages
}

func wanted(t testing.TB, page string) []recipe.Table {
	t.Helper()
	all, err := recipe.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	id := strings.ToUpper(strings.TrimSuffix(page[strings.Index(page, "table-"):], filepath.Ext(page)))
	return recipe.Holding(all, id).TablesOf(id)
}

// TestKeptPagesOfKits reads TABLE-1 to TABLE-3 of every kit: fixed columns, groups, a header apart from its body.
func TestKeptPagesOfKits(t *testing.T) {
	for _, page := range kitPages(t) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			raw, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := os.ReadFile(strings.TrimSuffix(page, filepath.Ext(page)) + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var want any
			if err := json.Unmarshal(rows, &want); err != nil {
				t.Fatal(err)
			}
			res := read(t, string(raw), wanted(t, filepath.Base(page)))
			expected, _ := json.Marshal(want)
			if got := rowsJSON(t, res); got != string(expected) || len(res.Drift) > 0 {
				t.Errorf("got %s\nwant %s\n%+v", got, expected, res.Drift)
			}
			if joined := Join(wanted(t, filepath.Base(page)), res); joined.Incomplete || len(joined.Notes) > 0 {
				t.Errorf("a whole list is said to be a part: %q", joined.Notes)
			}
		})
	}
}

// TestRenamedColumnOfKits renames a header in the same pages: never a row, always the line to change.
func TestRenamedColumnOfKits(t *testing.T) {
	for _, page := range kitPages(t) {
		if !strings.HasSuffix(page, "table-1.html") {
			continue
		}
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		res := read(t, strings.ReplaceAll(string(raw), "应用发布ID", "应用发布编号"), wanted(t, filepath.Base(page)))
		if len(res.Rows) != 0 || len(res.Drift) != 1 || res.Drift[0].Recipe != "irs tables[TABLE-1].columns[应用发布ID].also" || !strings.Contains(res.Drift[0].Hint, "应用发布编号") {
			t.Errorf("%s: %d rows, %+v", page, len(res.Rows), res.Drift)
		}
	}
}

func BenchmarkRead200Rows(b *testing.B) {
	var page strings.Builder
	page.WriteString("<table><thead><tr><th>名称<th>状态<th>地址<th>操作</thead><tbody>")
	for range 200 {
		page.WriteString(`<tr data-row-key="1"><td><div class="cell">示例督办</div><td><span><i></i><b>已发布</b></span><td><a href="http://127.0.0.1/x">http://127.0.0.1/x</a><td><button><span>详情</span></button><button><span>编辑</span></button>`)
	}
	raw := []byte(page.String())
	for b.Loop() {
		s, err := Open(raw)
		if err != nil {
			b.Fatal(err)
		}
		if res, err := Read(s, "irs", people()); err != nil || len(res.Rows) != 200 {
			b.Fatal(err, len(res.Rows))
		}
	}
}
