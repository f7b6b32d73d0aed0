package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// grid is one table element, or one element whose role says so, as far as its own rows go.
type grid struct {
	node *html.Node
	head [][]cell // the rows of headers
	rows []row
	// named says that head really is a header; otherwise it is the first row of a plain table, which only counts when
	// its texts are those looked for.
	named bool
	body  bool // there is a place for rows, be it empty
	lines int  // how many rows the mark-up numbers, -1 when it does not
}

type cell struct {
	text   string
	whole  string // with what cannot be seen in it: by that a cell is known again in a copy that shows all of it
	links  []string
	cols   int
	rows   int
	across [2]int // from where to where it reaches across a running page; two zeros elsewhere
	at     int    // the column the page itself names, from 1; 0 when it names none
}

type row struct {
	key   string // by which the kit names the row in every copy
	cells []cell
}

// grids lists the visible tables of a document in their order, inner ones after outer ones.
func (r *reader) grids(root *html.Node) []*grid {
	var out []*grid
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if r.steps--; r.steps < 0 || hidden(n) {
			return
		}
		if n.Type == html.ElementNode {
			switch role := attr(n, "role"); {
			case n.Data == "table":
				out = append(out, r.tableGrid(n))
			case (role == "grid" || role == "table" || role == "treegrid") && !holdsTable(n):
				out = append(out, r.roleGrid(n))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return out
}

func holdsTable(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "table" {
			return true
		}
	}
	return false
}

// ownRows lists the rows of a table element with the section each is in.
func ownRows(table *html.Node, do func(section string, tr *html.Node)) {
	for s := table.FirstChild; s != nil; s = s.NextSibling {
		if s.Type != html.ElementNode || hidden(s) {
			continue
		}
		if s.Data == "tr" {
			do("tbody", s)
			continue
		}
		for tr := s.FirstChild; tr != nil && (s.Data == "thead" || s.Data == "tbody"); tr = tr.NextSibling {
			if tr.Type == html.ElementNode && tr.Data == "tr" {
				do(s.Data, tr)
			}
		}
	}
}

func (r *reader) tableGrid(n *html.Node) *grid {
	g := &grid{node: n, lines: rowCount(n)}
	for s := n.FirstChild; s != nil; s = s.NextSibling {
		g.body = g.body || s.Type == html.ElementNode && s.Data == "tbody"
	}
	ownRows(n, func(section string, tr *html.Node) {
		if measure(tr) {
			return
		}
		one, headers := r.tableRow(tr)
		if len(one.cells) == 0 {
			return
		}
		if section == "thead" || headers && len(g.rows) == 0 {
			g.head, g.named = append(g.head, one.cells), true
			return
		}
		g.rows = append(g.rows, one)
	})
	if !g.named && len(g.rows) > 0 {
		g.head = [][]cell{g.rows[0].cells}
	}
	return g
}

// tableRow reads a row; headers says that all its cells are headers.
func (r *reader) tableRow(tr *html.Node) (one row, headers bool) {
	headers = true
	one.key = r.keyOf(tr)
	for td := tr.FirstChild; td != nil; td = td.NextSibling {
		if td.Type != html.ElementNode || (td.Data != "td" && td.Data != "th") || hidden(td) {
			continue
		}
		headers = headers && td.Data == "th"
		c := cell{cols: span(td, "colspan", 1000), rows: span(td, "rowspan", 65534)}
		c.text, c.whole, c.links = r.content(td)
		if _, err := fmt.Sscan(attr(td, AcrossAttribute), &c.across[0], &c.across[1]); err != nil {
			c.across = [2]int{}
		}
		one.cells = append(one.cells, c)
	}
	return one, headers && len(one.cells) > 0
}

func (r *reader) keyOf(n *html.Node) string {
	for _, name := range r.words.RowKeys {
		if key := attr(n, name); key != "" {
			return key
		}
	}
	return ""
}

// measure reports whether a row is there only to measure, or takes no place.
func measure(tr *html.Node) bool {
	return hidden(tr) || attr(tr, "aria-hidden") == "true" || zeroHeight.MatchString(attr(tr, "style")) || unseen.MatchString(attr(tr, "style")) && strings.Contains(attr(tr, "style"), "collapse")
}

func span(n *html.Node, name string, most int) int {
	v, err := strconv.Atoi(strings.TrimSpace(attr(n, name)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, most)
}

func rowCount(n *html.Node) int {
	if v, err := strconv.Atoi(attr(n, "aria-rowcount")); err == nil && v >= 0 {
		return v
	}
	return -1
}

// roleGrid reads a table made of other elements by their roles. Rows that name the same index are parts of one row.
func (r *reader) roleGrid(n *html.Node) *grid {
	g := &grid{node: n, named: true, body: true, lines: rowCount(n)}
	at := map[string]int{}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if r.steps--; r.steps < 0 || hidden(n) {
			return
		}
		if attr(n, "role") != "row" {
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
			return
		}
		one, headers := r.roleRow(n)
		index := attr(n, "aria-rowindex") + "/" + one.key
		known, again := at[index]
		switch {
		case measure(n) || len(one.cells) == 0:
		case headers && len(g.head) == 1 && placed(one.cells) && placed(g.head[0]):
			g.head[0] = append(g.head[0], one.cells...)
		case headers:
			g.head = append(g.head, one.cells)
		case again && index != "/" && placed(one.cells):
			g.rows[known].cells = append(g.rows[known].cells, one.cells...)
		default:
			at[index] = len(g.rows)
			g.rows = append(g.rows, one)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c)
	}
	for i := range g.rows {
		slices.SortStableFunc(g.rows[i].cells, func(a, b cell) int { return a.at - b.at })
	}
	for i := range g.head {
		slices.SortStableFunc(g.head[i], func(a, b cell) int { return a.at - b.at })
	}
	return g
}

func placed(cells []cell) bool {
	return !slices.ContainsFunc(cells, func(c cell) bool { return c.at == 0 })
}

func (r *reader) roleRow(n *html.Node) (one row, headers bool) {
	one.key = r.keyOf(n)
	headers = true
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if r.steps--; r.steps < 0 || hidden(n) {
			return
		}
		switch role := attr(n, "role"); role {
		case "columnheader", "cell", "gridcell", "rowheader":
			c := cell{cols: span(n, "aria-colspan", 1000), rows: 1}
			if v, err := strconv.Atoi(attr(n, "aria-colindex")); err == nil && v > 0 {
				c.at = v
			}
			c.text, c.whole, c.links = r.content(n)
			one.cells = append(one.cells, c)
			headers = headers && role == "columnheader"
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c)
	}
	return one, headers && len(one.cells) > 0
}
