package table

import (
	"fmt"
	"strings"
	"testing"

	"shangjiatong/app/portal/recipe"
)

// pageOf is a saved page with rows from..to of a list, and what stands below it.
func pageOf(from, to int, below string) string {
	var b strings.Builder
	b.WriteString("<p>待办共 3 项</p><table><thead><tr><th>名称<th>状态<th>地址</thead><tbody>")
	for n := from; n <= to; n++ {
		fmt.Fprintf(&b, "<tr><td>第%d个<td>已发布<td>x", n)
	}
	return b.String() + "</table><div>" + below + "</div>"
}

// What saved pages say of the size of their list decides whether it was read whole; where they say nothing, nobody knows.
func TestSizeOfSavedLists(t *testing.T) {
	numbers := "<ul><li>1<li>2<li>3<li>4</ul>"
	for name, c := range map[string]struct {
		pages             []string
		rows              int
		whole, incomplete bool
		note              string
	}{
		"page 1 of several":           {[]string{pageOf(1, 10, "<span>共 35 条</span>"+numbers)}, 10, false, true, "共 35 条，只读到 10 条"},
		"all of them":                 {[]string{pageOf(1, 10, "共 12 条"), pageOf(11, 12, "共 12 条")}, 12, true, false, ""},
		"one of them is missing":      {[]string{pageOf(1, 10, "共 35 条"), pageOf(21, 30, "共 35 条")}, 20, false, true, "只读到 20 条"},
		"a page twice":                {[]string{pageOf(1, 10, "共 12 条"), pageOf(1, 10, "共 12 条"), pageOf(11, 12, "共 12 条")}, 12, true, false, ""},
		"one page that is all":        {[]string{pageOf(1, 4, "共 4 条 10条/页")}, 4, true, false, ""},
		"a number of this page":       {[]string{pageOf(1, 10, "<b>本页共10条</b>，<b>总共35条</b>")}, 10, false, true, "共 35 条"},
		"a number of this page alone": {[]string{pageOf(1, 10, "本页共 10 条")}, 10, false, false, ""},
		"the larger number":           {[]string{pageOf(1, 10, "显示共10条，总计：1,035")}, 10, false, true, "共 1035 条"},
		"page 1 / 5":                  {[]string{pageOf(1, 10, "<button>上一页</button><i>1 / 5</i><button>下一页</button>")}, 10, false, true, "有 5 页，只读了 1 页"},
		"all pages":                   {[]string{pageOf(1, 10, "第 1/2 页"), pageOf(11, 12, "第 2/2 页")}, 12, true, false, ""},
		"a date":                      {[]string{pageOf(1, 10, "更新于 2026/11/26")}, 10, false, false, ""},
		"a number too small":          {[]string{pageOf(1, 10, "共 3 条消息")}, 10, false, false, ""},
		"numbers alone":               {[]string{pageOf(1, 10, numbers)}, 10, false, false, ""},
		"nothing":                     {[]string{pageOf(1, 10, "")}, 10, false, false, ""},
		"no rows":                     {[]string{pageOf(1, 0, "共 0 条")}, 0, true, false, ""},
		"the list grew":               {[]string{pageOf(1, 10, "共 12 条"), pageOf(11, 13, "共 13 条")}, 13, false, true, "总条数不一样"},
		"a row changed":               {[]string{pageOf(1, 10, "共 12 条"), strings.Replace(pageOf(10, 11, "共 12 条"), "已发布", "已下线", 1)}, 12, false, true, "“第10个”在两页上不一样"},
		"lines of the mark-up":        {[]string{strings.Replace(pageOf(1, 10, ""), "<table>", "<table aria-rowcount=200>", 1)}, 10, false, true, "有 200 行，只显示了 10 行"},
		"numbered with the header":    {[]string{strings.Replace(pageOf(1, 10, ""), "<table>", "<table aria-rowcount=11>", 1)}, 10, false, false, ""},
		"below is another table's":    {[]string{pageOf(1, 10, "") + "<table><tr><th>一<th>二<tr><td>1<td>2</table>共 35 条"}, 10, false, false, ""},
	} {
		want := people()
		want[0].Key = []string{"名称"}
		var read1 []Result
		for _, page := range c.pages {
			read1 = append(read1, read(t, page, want))
		}
		res := Join(want, read1...)
		if len(res.Rows) != c.rows || len(res.Links) != c.rows || res.Whole != c.whole || res.Incomplete != c.incomplete || res.Pages != len(c.pages) {
			t.Errorf("%s: %d rows, %d links, whole %v, incomplete %v, %d pages, %q", name, len(res.Rows), len(res.Links), res.Whole, res.Incomplete, res.Pages, res.Notes)
		}
		if told := strings.Join(res.Notes, "\n"); !strings.Contains(told, c.note) || (c.note == "") != (told == "") {
			t.Errorf("%s: notes %q", name, res.Notes)
		}
	}
}

// TABLE-3: the rows of every page stay in the part they stood in.
func TestJoinKeepsParts(t *testing.T) {
	all, err := recipe.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	want := recipe.Find(all, "hosting").TablesOf("TABLE-3")
	page := func(online, test, total string) string {
		return `<h4>线上环境</h4><table><tr><th>版本号<th>版本上线时间<th>更新时间<th>灰度值<th>操作` + online + `</table>共 2 条
			<h4>测试环境</h4><table><tr><th>版本号<th>更新时间<th>预览地址<th>编译状态<th>操作` + test + `</table>` + total
	}
	row := func(n string) string { return `<tr><td>` + n + `<td>a<td>b<td>c<td>d` }
	one, two := page(row("1.0"), row("1.0")+row("1.1"), "共 3 条"), page(row("0.9"), row("1.2"), "共 3 条")
	res := Join(want, read(t, one, want), read(t, two, want))
	if !res.Whole || len(res.Rows) != 5 || len(res.Parts) != 2 || res.Parts[0] != (Part{"线上环境", 0, 2}) || res.Parts[1] != (Part{"测试环境", 2, 3}) {
		t.Fatalf("got %+v", res)
	}
	var got []string
	for _, r := range res.Rows {
		got = append(got, r["版本号"])
	}
	if order := strings.Join(got, " "); order != "1.0 0.9 1.0 1.1 1.2" {
		t.Error(order)
	}
	if res = Join(want, read(t, one, want)); res.Whole || !res.Incomplete || len(res.Notes) != 2 {
		t.Errorf("got %+v", res)
	}
	renamed := Join(want, read(t, one, want), read(t, strings.Replace(two, "编译状态", "构建情况", 1), want))
	if len(renamed.Rows) != 0 || len(renamed.Drift) != 1 || renamed.Whole {
		t.Errorf("got %+v", renamed)
	}
}
