package recipe

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Seen is what a page shows, for a draft of a recipe.
type Seen struct {
	Address string
	Title   string
	Tables  []SeenTable
	Fields  []SeenField
	Buttons []string
}

// SeenTable is a table of a page: what stands above it and its headers in their order.
type SeenTable struct {
	Heading string
	Headers []string
}

// SeenField is a field of a page with its label and the way it would be filled (text, choose …).
type SeenField struct {
	Heading string
	Label   string
	As      string
	Cells   []string // of repeated rows: the labels inside one row
}

// Draft makes a recipe of what a page shows, for a person to complete: facts, marks and the way there are missing, and
// every button stands under never until somebody has decided on it. What cannot stand in a recipe is left out.
func Draft(seen Seen, on time.Time) Recipe {
	r := Recipe{
		ID: "draft", Title: presentable(seen.Title), Source: "由程序照页面记录的草稿，待人补充",
		Version: on.Format(time.DateOnly), Date: on.Format(time.DateOnly),
	}
	if r.Title == "" {
		r.Title = "未命名的页面"
	}
	if u, err := url.Parse(seen.Address); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		r.ID = draftID(u.Host)
		if place := u.Scheme + "://" + u.Host + u.Path; len(place) <= maxText {
			r.Address = place
		}
	}
	for _, t := range seen.Tables {
		if table, ok := draftTable(len(r.Tables)+1, t); ok && len(r.Tables) < maxList {
			r.Tables = append(r.Tables, table)
		}
	}
	if fields := draftFields(seen.Fields); len(fields) > 0 {
		r.Forms = []Form{{ID: "FORM-DRAFT", Title: r.Title, Fields: fields}}
	}
	r.Never = distinct(seen.Buttons)
	return r
}

func draftID(host string) string {
	name := strings.Map(func(c rune) rune {
		if c < unicode.MaxASCII && (unicode.IsLower(c) || unicode.IsDigit(c)) {
			return c
		}
		return '-'
	}, strings.ToLower(host))
	return "draft-" + name[:min(len(name), 30)]
}

func draftTable(n int, seen SeenTable) (Table, bool) {
	headers := distinct(seen.Headers)
	if len(headers) == 0 {
		return Table{}, false
	}
	t := Table{ID: fmt.Sprintf("TABLE-DRAFT-%d", n), Title: fmt.Sprintf("第 %d 张表", n), Heading: presentable(seen.Heading), Key: headers[:1]}
	for _, header := range headers {
		t.Columns = append(t.Columns, Column{Header: header})
	}
	return t, true
}

// draftFields keeps the first of those that nothing tells apart, and none whose kind is unknown.
func draftFields(seen []SeenField) []Field {
	var fields []Field
	for _, s := range seen {
		f := Field{Label: presentable(s.Label), Heading: presentable(s.Heading), As: s.As}
		f.Label = strings.TrimSpace(strings.Trim(f.Label, "*＊ :："))
		f.Heading = strings.ReplaceAll(f.Heading, ">", "》")
		same := func(o Field) bool {
			return Plain(o.Label) == Plain(f.Label) && (o.Heading == "" || f.Heading == "" || Plain(o.Heading) == Plain(f.Heading))
		}
		for _, cell := range distinct(s.Cells) {
			f.Rows = append(f.Rows, Cell{Label: cell})
		}
		broken := f.Label == "" || strings.Contains(f.Label, ">") || !among(kinds, f.As) || (f.As == "rows") != (len(f.Rows) > 0)
		if !broken && len(fields) < maxList && !slices.ContainsFunc(fields, same) {
			fields = append(fields, f)
		}
	}
	return fields
}

// distinct keeps the presentable texts, each once, at most as many as a list of a recipe holds.
func distinct(texts []string) []string {
	var out []string
	taken := map[string]bool{"": true}
	for _, text := range texts {
		text = presentable(text)
		if !taken[Plain(text)] && len(out) < maxList {
			taken[Plain(text)] = true
			out = append(out, text)
		}
	}
	return out
}

// presentable is a text of a page in one line of at most 60 characters; longer ones are no labels and become empty.
func presentable(text string) string {
	text = strings.Join(strings.Fields(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == unicode.ReplacementChar {
			return ' '
		}
		return c
	}, text)), " ")
	if len([]rune(text)) > 60 {
		return ""
	}
	return text
}
