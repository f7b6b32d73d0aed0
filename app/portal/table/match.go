package table

import (
	"slices"
	"strings"

	"shangjiatong/app/portal/recipe"
)

// matcher finds the tables of a recipe among those of a page.
type matcher struct {
	recipe   string
	sheets   []*sheet
	headings map[*sheet][]string
	words    words
}

// match reads each wanted table; one that differs empties the result.
func (m *matcher) match(res *Result, want []recipe.Table) {
	used := map[*sheet]bool{}
	for _, t := range want {
		s, drift := m.choose(t, used)
		if s != nil && len(drift) == 0 {
			drift = m.fits(s, t)
		}
		if len(drift) > 0 {
			res.Drift = append(res.Drift, drift...)
			continue
		}
		used[s] = true
		from := len(res.Rows)
		m.rows(res, s, t)
		res.Places = append(res.Places, Place{s.document, attr(s.first, MarkAttribute), s.size})
		if len(want) > 1 {
			res.Parts = append(res.Parts, Part{t.Heading, from, len(res.Rows) - from})
		}
	}
	if len(res.Drift) > 0 {
		res.Rows, res.Links, res.Parts, res.Places = []map[string]string{}, []map[string][]string{}, nil, nil
	}
}

// choose takes the table with most of the wanted columns; among equals the recipe's heading decides.
func (m *matcher) choose(t recipe.Table, used map[*sheet]bool) (*sheet, []Drift) {
	var best []*sheet
	most := 0
	for _, s := range m.sheets {
		n := m.score(s, t)
		if used[s] || n == 0 || !s.named && len(m.missing(s, t)) > 0 {
			continue
		}
		if n > most {
			best, most = nil, n
		}
		if n == most {
			best = append(best, s)
		}
	}
	if most == 0 || most*2 < required(t) {
		return nil, []Drift{m.noTable(t)}
	}
	if len(best) == 1 {
		return best[0], nil
	}
	if under := m.under(best, t.Heading); len(under) == 1 {
		return under[0], nil
	}
	if len(m.missing(best[0], t)) > 0 {
		return best[0], nil
	}
	return nil, []Drift{m.ambiguous(t, best)}
}

// under lists the tables that a heading stands right above.
func (m *matcher) under(tables []*sheet, heading string) []*sheet {
	var out []*sheet
	for _, s := range tables {
		if slices.ContainsFunc(m.headings[s], func(h string) bool { return heading != "" && m.words.header(h) == m.words.header(heading) }) {
			out = append(out, s)
		}
	}
	return out
}

func required(t recipe.Table) int {
	n := 0
	for _, c := range t.Columns {
		if !c.Optional {
			n++
		}
	}
	return max(n, 1)
}

func (m *matcher) score(s *sheet, t recipe.Table) int {
	n := 0
	for _, c := range t.Columns {
		if len(m.find(s, c)) > 0 {
			n++
		}
	}
	return n
}

func (m *matcher) missing(s *sheet, t recipe.Table) []recipe.Column {
	var out []recipe.Column
	for _, c := range t.Columns {
		if !c.Optional && len(m.find(s, c)) == 0 {
			out = append(out, c)
		}
	}
	return out
}

// find lists the columns whose header is one of the column's texts: its own first, else the others it was seen under.
func (m *matcher) find(s *sheet, c recipe.Column) []int {
	for _, text := range c.Texts() {
		want := m.words.header(text)
		var at []int
		for j, n := range s.names {
			if leaf := n.leaf(); leaf != "" && (m.words.header(leaf) == want || len(n.path) > 1 && m.path(n) == m.pathText(text)) {
				at = append(at, j)
			}
		}
		if len(at) > 0 {
			return at
		}
	}
	return nil
}

func (m *matcher) path(n name) string {
	parts := make([]string, len(n.path))
	for i, p := range n.path {
		parts[i] = m.words.header(p)
	}
	return strings.Join(parts, ">")
}

func (m *matcher) pathText(text string) string {
	return m.path(name{strings.Split(text, ">")})
}

// fits lists what keeps the rows of a table from being read: columns missing or not to be told apart, odd rows.
func (m *matcher) fits(s *sheet, t recipe.Table) []Drift {
	var out []Drift
	seen := present(s.texts())
	for _, c := range m.missing(s, t) {
		out = append(out, m.missingColumn(t, c, seen))
	}
	taken := map[int]string{}
	for _, c := range t.Columns {
		at := m.find(s, c)
		for _, j := range at {
			if other, twice := taken[j]; len(at) > 1 || twice && other != c.Header {
				out = append(out, m.ambiguousColumn(t, c, seen))
				break
			}
			taken[j] = c.Header
		}
	}
	if s.ragged != "" && len(out) == 0 {
		out = append(out, m.ragged(t, s, seen))
	}
	return out
}

// rows adds the rows of a table: the wanted columns under the recipe's names, others as the page names them.
func (m *matcher) rows(res *Result, s *sheet, t recipe.Table) {
	titles := s.texts()
	for _, c := range t.Columns {
		for _, j := range m.find(s, c) {
			titles[j] = c.Header
		}
	}
	for _, l := range s.rows {
		texts, links := map[string]string{}, map[string][]string{}
		for j, c := range l.cells {
			if titles[j] == "" {
				continue
			}
			if _, twice := texts[titles[j]]; !twice {
				texts[titles[j]] = c.text
			}
			if len(c.links) > 0 {
				links[titles[j]] = c.links
			}
		}
		res.Rows, res.Links = append(res.Rows, texts), append(res.Links, links)
	}
}
