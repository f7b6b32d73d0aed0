package table

import (
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/portal/recipe"
)

// The kinds of Drift of a table.
const (
	NoTable         = "no_table"
	MissingColumn   = "missing_column"
	AmbiguousColumn = "ambiguous_column"
	Ambiguous       = "ambiguous"
	Ragged          = "ragged" // a row has more or fewer cells than there are headers
)

func (m *matcher) lineOf(t recipe.Table, rest string) string {
	return strings.TrimSpace(fmt.Sprintf("%s tables[%s]%s", m.recipe, t.ID, rest))
}

func (m *matcher) noTable(t recipe.Table) Drift {
	seen := []string{}
	for _, s := range m.sheets {
		if texts := present(s.texts()); s.named && len(texts) > 0 && len(seen) < 20 {
			seen = append(seen, cut(strings.Join(texts, "、"), 300))
		}
	}
	d := Drift{Kind: NoTable, What: t.Title, Seen: seen, Recipe: m.lineOf(t, ".columns"), Message: fmt.Sprintf("页面上没有“%s”这张表", t.Title),
		Hint: "先在浏览器里打开有这张表的页面，等列表显示出来再读"}
	if len(seen) > 0 {
		d.Hint += "；如果页面上就是这张表，而列名都改了，请在页面规则里改列名"
	}
	return d
}

func (m *matcher) missingColumn(t recipe.Table, c recipe.Column, seen []string) Drift {
	d := Drift{Kind: MissingColumn, What: c.Header, Seen: seen, Recipe: m.lineOf(t, ".columns["+c.Header+"].also"),
		Message: fmt.Sprintf("“%s”里没有“%s”这一列", t.Title, c.Header)}
	if like := m.alike(t, c, seen); len(like) > 0 {
		d.Hint = fmt.Sprintf("页面上有相近的“%s”；如果就是这一列，把它加到页面规则的 %s", strings.Join(like, "”“"), d.Recipe)
	} else {
		d.Hint = fmt.Sprintf("对照页面看这一列改叫什么，把新的列名加到页面规则的 %s", d.Recipe)
	}
	return d
}

// alike lists headers that could be the column under a new name: those no other column of the recipe claims.
func (m *matcher) alike(t recipe.Table, c recipe.Column, seen []string) []string {
	claimed := map[string]bool{}
	for _, other := range t.Columns {
		for _, text := range other.Texts() {
			claimed[m.words.header(text)] = true
		}
	}
	var out []string
	for _, text := range seen {
		plain := m.words.header(text)
		for _, own := range c.Texts() {
			if !claimed[plain] && near(m.words.header(own), plain) {
				out = append(out, text)
				break
			}
		}
	}
	return out
}

func (m *matcher) ambiguousColumn(t recipe.Table, c recipe.Column, seen []string) Drift {
	line := m.lineOf(t, ".columns["+c.Header+"]")
	return Drift{Kind: AmbiguousColumn, What: c.Header, Seen: seen, Recipe: line,
		Message: fmt.Sprintf("“%s”里有几列都可能是“%s”，分不清是哪一列", t.Title, c.Header),
		Hint:    fmt.Sprintf("在页面规则的 %s 里写清楚，例如“分组>%s”", line, c.Header)}
}

func (m *matcher) ambiguous(t recipe.Table, among []*sheet) Drift {
	seen := []string{}
	for _, s := range among {
		seen = append(seen, m.ownHeadings(s, among)...)
	}
	return Drift{Kind: Ambiguous, What: t.Title, Seen: seen, Recipe: m.lineOf(t, ".heading"),
		Message: fmt.Sprintf("页面上有 %d 张表都像“%s”，分不清是哪一张", len(among), t.Title),
		Hint:    fmt.Sprintf("把这张表上方的标题写到页面规则的 %s", m.lineOf(t, ".heading"))}
}

// mostHeadings is how many texts above a table are offered as its heading.
const mostHeadings = 3

// ownHeadings are the texts right above a table, the nearest first, by which it is told from others like it.
func (m *matcher) ownHeadings(s *sheet, among []*sheet) []string {
	out := []string{}
	for _, h := range m.headings[s] {
		good := len([]rune(h)) <= headingLength && m.words.header(h) != "" && m.words.total(h) < 0 && !m.words.isEmptyWord(h)
		if good && !slices.Contains(out, h) && len(m.under(among, h)) == 1 && len(out) < mostHeadings {
			out = append(out, h)
		}
	}
	return out
}

func (m *matcher) ragged(t recipe.Table, s *sheet, seen []string) Drift {
	if s.ragged == looseRows {
		return Drift{Kind: Ragged, What: t.Title, Seen: seen, Recipe: m.lineOf(t, ".columns"), Message: fmt.Sprintf("“%s”的%s，读不出来", t.Title, looseRows),
			Hint: "在本机浏览器里打开这个页面来读；仍然这样时，用“逐项复制”人工核对"}
	}
	if m.words.isFailure(s.ragged) {
		return Drift{Kind: Ragged, What: t.Title, Seen: seen, Recipe: m.lineOf(t, ".columns"),
			Message: fmt.Sprintf("“%s”没有加载出来，页面上写着“%s”", t.Title, cut(s.ragged, 60)), Hint: "刷新页面，等列表显示出来再读"}
	}
	return Drift{Kind: Ragged, What: cut(s.ragged, 60), Seen: seen, Recipe: m.lineOf(t, ".columns"),
		Message: fmt.Sprintf("“%s”里有一行（%s）的格数与表头不一致，分不清哪一格是哪一列", t.Title, cut(s.ragged, 60)),
		Hint:    "等页面加载完再读；仍然这样时，用“逐项复制”人工核对"}
}
