package table

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// sheet is a table as it is seen: header and body put together again, copies of fixed columns merged.
type sheet struct {
	first, last *html.Node // the elements it is made of, in the order of the page
	document    int
	names       []name
	rows        []line
	ragged      string // what does not fit: then no row can be trusted
	named       bool
	bodiless    bool // there is no place for rows
	lines       int  // how many rows the mark-up numbers, -1 when it does not
	size        Size // what the page says beside it
}

// name is the header of a column: the texts from the outermost group to the column's own.
type name struct {
	path []string
}

func (n name) leaf() string {
	if len(n.path) == 0 {
		return ""
	}
	return n.path[len(n.path)-1]
}

type line struct {
	key   string
	cells []cell
}

// spread lays cells out over columns, each cell in every column and row it covers.
func (r *reader) spread(rows []row) (out [][]cell, whole []bool) {
	type rest struct {
		c    cell
		left int
	}
	var open []rest // of cells that reach down from the rows above, by column
	for _, one := range rows {
		var flat []cell
		take := func() {
			for len(flat) < len(open) && open[len(flat)].left > 0 {
				open[len(flat)].left--
				flat = append(flat, open[len(flat)].c)
			}
		}
		for _, c := range one.cells {
			take()
			for range c.cols {
				if r.cells--; r.cells < 0 || len(flat) >= r.limits.Columns {
					r.cells = -1
					return nil, nil
				}
				for len(open) <= len(flat) {
					open = append(open, rest{})
				}
				open[len(flat)] = rest{c, c.rows - 1}
				flat = append(flat, c)
			}
		}
		take()
		out = append(out, flat)
		whole = append(whole, len(one.cells) == 1 && len(flat) > 1 && one.cells[0].cols == len(flat) || detail(one.cells, len(flat)))
	}
	return out, whole
}

// detail reports whether a row tells more of the one above it: a text over nearly all columns, beside empty cells.
func detail(cells []cell, width int) bool {
	shown, over := 0, 0
	for _, c := range cells {
		if c.text != "" || len(c.links) > 0 {
			shown, over = shown+1, c.cols
		}
	}
	return shown == 1 && width > 3 && over >= width-2
}

// names reads the header rows: of each column the texts above it, each text once.
func (r *reader) headers(head [][]cell) []name {
	rows := make([]row, len(head))
	for i := range head {
		rows[i].cells = slices.Clone(head[i])
		for j := range rows[i].cells {
			c := &rows[i].cells[j]
			c.rows, c.text = min(c.rows, len(head)-i), r.words.label(c.text)
		}
	}
	flat, _ := r.spread(rows)
	var out []name
	for i := range flat {
		for j, c := range flat[i] {
			for len(out) <= j {
				out = append(out, name{})
			}
			covered := i > 0 && j < len(flat[i-1]) && flat[i-1][j].rows > 1 && flat[i-1][j].text == c.text
			if c.text != "" && !covered {
				out[j].path = append(out[j].path, c.text)
			}
		}
	}
	return out
}

// sheetOf puts a header and a body together; both may be of one grid.
func (r *reader) sheetOf(head, body *grid) *sheet {
	return r.under(r.headers(head.head), head, body)
}

// under puts a body under the columns of a header.
func (r *reader) under(names []name, head, body *grid) *sheet {
	s := &sheet{first: head.node, last: body.node, names: names, named: head.named, bodiless: !body.body, lines: max(head.lines, body.lines)}
	rows := body.rows
	if !head.named && head == body {
		rows = rows[1:]
	}
	flat, whole := r.spread(rows)
	if n := len(s.names); head != body && n > 0 && s.names[n-1].leaf() == "" && bodyWidth(flat, whole) == n-1 {
		s.names = s.names[:n-1] // room for the scroll bar
	}
	for i, cells := range flat {
		if whole[i] || r.hollow(cells) {
			if at := slices.IndexFunc(cells, func(c cell) bool { return r.words.isFailure(c.text) }); at >= 0 && len(flat) == 1 {
				s.ragged = cells[at].text
			}
			continue
		}
		if len(cells) != len(s.names) {
			if len(rows[i].cells) == 1 && r.words.isEmptyWord(cells[0].text) {
				continue
			}
			s.ragged = fmt.Sprintf("第 %d 行 %s", len(s.rows)+1, cells[0].text)
		}
		s.rows = append(s.rows, line{rows[i].key, cells})
	}
	return s
}

func bodyWidth(flat [][]cell, whole []bool) int {
	for i, cells := range flat {
		if !whole[i] {
			return len(cells)
		}
	}
	return 0
}

func (r *reader) hollow(cells []cell) bool {
	return !slices.ContainsFunc(cells, func(c cell) bool { return c.text != "" || len(c.links) > 0 })
}

// sheets makes the tables of a document out of its table elements.
func (r *reader) sheets(document int, root *html.Node) []*sheet {
	grids := r.grids(root)
	var out []*sheet
	for i := 0; i < len(grids); i++ {
		var next *grid
		if i+1 < len(grids) {
			next = grids[i+1]
		}
		s, both := r.sheetFrom(grids[i], next)
		if s == nil {
			continue
		}
		s.document = document
		if out = append(out, s); both {
			i++
		}
	}
	out = r.merged(out)
	r.apart(out)
	return out
}

// sheetFrom makes the table of which g is the header or all; both says that next is its body, and nothing else besides.
func (r *reader) sheetFrom(g, next *grid) (s *sheet, both bool) {
	if next != nil && !g.named && len(g.rows) == 1 && !next.named && r.belongs(&grid{node: g.node, head: g.head}, next) {
		s = r.plainPair(g, next)
		return s, s.named // else the other may as well be a table of its own
	}
	if next != nil && g.named && len(g.rows) == 0 && r.belongs(g, next) {
		return r.sheetOf(g, next), true
	}
	if next != nil && g.named && len(g.rows) == 0 && r.beneath(g, next) {
		return r.narrowed(g, next), true
	}
	if len(g.head) == 0 {
		return nil, false
	}
	s = r.sheetOf(g, g)
	if len(s.rows) == 0 && len(g.rows) < 2 && r.loose(g, len(s.names)) {
		s.ragged = looseRows
	}
	return s, false
}

// apart marks the tables of which a column stands empty while rows beside them fit no header: they may be the cells of
// that column.
func (r *reader) apart(all []*sheet) {
	for i, s := range all {
		for _, o := range all[max(i-2, 0):min(i+3, len(all))] {
			same := slices.EqualFunc(o.names, s.names, func(a, b name) bool { return slices.Equal(a.path, b.path) })
			if o != s && s.ragged == "" && o.ragged != "" && same && len(s.rows) > 0 && s.blank() && !r.textBetween(o, s) {
				s.ragged = o.ragged
			}
		}
	}
}

// blank reports whether a column with a header shows nothing in any row.
func (s *sheet) blank() bool {
	for j, n := range s.names {
		if n.leaf() != "" && !slices.ContainsFunc(s.rows, func(l line) bool { return j < len(l.cells) && (l.cells[j].text != "" || len(l.cells[j].links) > 0) }) {
			return true
		}
	}
	return false
}

// belongs reports whether b is the body to the header h: close to it, without a header, as wide.
func (r *reader) belongs(h, b *grid) bool {
	if b.named && len(b.head) > 0 || inside(b.node, h.node) || distanceUp(h.node, b.node) > 4 || distanceUp(b.node, h.node) > 7 {
		return false
	}
	names := r.headers(h.head)
	flat, whole := r.spread(b.rows)
	if width := bodyWidth(flat, whole); width > 0 {
		return width == len(names) || width == len(names)-1 && names[len(names)-1].leaf() == ""
	}
	return b.body
}

// plainPair puts a table of one row over the next one: its header, where a kit makes headers of plain cells. Once all rows
// are named it is as good as one by its mark-up.
func (r *reader) plainPair(h, b *grid) *sheet {
	s := r.sheetOf(h, b)
	s.named = len(s.rows) > 0 && !slices.ContainsFunc(s.rows, func(l line) bool { return l.key == "" })
	return s
}

// looseRows is what does not fit where rows are no table's.
const looseRows = "行不是表格的写法"

// loose reports whether there are rows close to a header that are no table's: elements a kit names as rows, or several
// beside each other of as many parts as there are columns.
func (r *reader) loose(h *grid, columns int) bool {
	block := h.node
	for n := 0; n < 3 && block.Parent != nil; n++ {
		block = block.Parent
	}
	found := false
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if r.steps--; r.steps < 0 || found || hidden(n) || n.Data == "table" || slices.Contains([]string{"grid", "table", "treegrid"}, attr(n, "role")) {
			return
		}
		alike := 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && parts(c) == columns && columns > 2 {
				alike++
			}
			walk(c)
		}
		found = found || alike > 1 || n.Type == html.ElementNode && r.keyOf(n) != ""
	}
	walk(block)
	return found
}

// parts counts the elements right in another.
func parts(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			count++
		}
	}
	return count
}

// beneath reports whether b holds rows close under the header h, of another width.
func (r *reader) beneath(h, b *grid) bool {
	return !(b.named && len(b.head) > 0) && len(b.rows) > 0 && !inside(b.node, h.node) && distanceUp(h.node, b.node) <= 4 && distanceUp(b.node, h.node) <= 7
}

// narrowed puts rows under a header that has more columns than they have cells: a kit that holds fixed columns apart may
// draw the whole header over them and only their cells. Where each cell stands under one header to the pixel, it is that
// column; else the rows fit no header.
func (r *reader) narrowed(h, b *grid) *sheet {
	s := r.sheetOf(h, b)
	head := make([]row, len(h.head))
	for i := range h.head {
		head[i].cells = h.head[i]
	}
	heads, _ := r.spread(head)
	flat, _ := r.spread(b.rows)
	if len(heads) == 0 || len(flat) == 0 || s.ragged == "" {
		return s
	}
	leaves := heads[len(heads)-1]
	var names []name
	for _, c := range flat[0] {
		at := slices.IndexFunc(leaves, func(h cell) bool { return sameReach(h.across, c.across) })
		if at < 0 || at >= len(s.names) || c.across[0] >= c.across[1] {
			return s
		}
		names = append(names, s.names[at])
		leaves = slices.Clone(leaves)
		leaves[at].across = [2]int{}
	}
	return r.under(names, h, b)
}

// sameReach reports whether two cells reach over the same part of the page.
func sameReach(a, b [2]int) bool {
	return max(a[0]-b[0], b[0]-a[0], a[1]-b[1], b[1]-a[1]) <= 2
}

func inside(n, of *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == of {
			return true
		}
	}
	return false
}

// distanceUp counts the elements from n up to the first that holds other too.
func distanceUp(n, other *html.Node) int {
	for d := 0; n != nil; n, d = n.Parent, d+1 {
		if inside(other, n) {
			return d
		}
	}
	return 1 << 20
}

// merged merges a table with the copies of it that hold its fixed columns, before or after it.
func (r *reader) merged(all []*sheet) []*sheet {
	var out []*sheet
	for _, s := range all {
		if len(out) > 0 {
			last := out[len(out)-1]
			if r.copyOf(s, last) {
				r.take(last, s)
				continue
			}
			if r.copyOf(last, s) {
				r.take(s, last)
				out[len(out)-1] = s
				continue
			}
		}
		out = append(out, s)
	}
	return out
}

// headOf reports whether c is the header of s once more, without a place for rows: kits lay it over that of a list that
// scrolls.
func (r *reader) headOf(c, s *sheet) bool {
	same := slices.EqualFunc(c.names, s.names, func(a, b name) bool { return slices.Equal(a.path, b.path) })
	return c.bodiless && !s.bodiless && c.named && s.named && same && distanceUp(c.first, s.first) <= 6 && distanceUp(s.first, c.first) <= 6 && !r.textBetween(c, s)
}

// copyOf reports whether c shows again some columns of s: the same rows, nothing that differs, no text between them.
func (r *reader) copyOf(c, s *sheet) bool {
	if r.headOf(c, s) {
		return true
	}
	if !c.named || !s.named || c.ragged != "" || s.ragged != "" || len(c.rows) != len(s.rows) {
		return false
	}
	keyed := r.keyed(c, s)
	if len(c.names) > len(s.names) && !keyed || distanceUp(c.first, s.first) > 6 || distanceUp(s.first, c.first) > 6 || r.textBetween(c, s) {
		return false
	}
	shared := keyed
	for j, n := range c.names {
		at := s.column(n)
		switch {
		case n.leaf() == "" || at < 0 && keyed:
		case at < 0 || differ(c, s, j, at):
			return false
		default:
			shared = true
		}
	}
	return shared
}

// differ reports whether a column of a copy shows another text than the column it would be a copy of.
func differ(c, s *sheet, of, at int) bool {
	for i := range c.rows {
		if a, b := c.rows[i].cells[of], s.rows[i].cells[at]; a.text != "" && b.text != "" && a.text != b.text && !a.again(b) {
			return true
		}
	}
	return false
}

// again reports whether b is the cell once more, of which one shows less than the other.
func (c cell) again(b cell) bool { return c.whole != "" && c.whole == b.whole }

// keyed reports whether the page itself names the rows of both alike.
func (r *reader) keyed(c, s *sheet) bool {
	for i := range c.rows {
		if c.rows[i].key == "" || c.rows[i].key != s.rows[i].key {
			return false
		}
	}
	return len(c.rows) > 0
}

// column finds a header; the own text is enough where a copy has no groups.
func (s *sheet) column(n name) int {
	found := -1
	for j, own := range s.names {
		if slices.Equal(own.path, n.path) {
			return j
		}
		if own.leaf() == n.leaf() {
			found = j
		}
	}
	return found
}

// take puts what only the copy shows into the table.
func (r *reader) take(s, c *sheet) {
	if r.order[c.first] < r.order[s.first] {
		s.first = c.first
	}
	if r.order[c.last] > r.order[s.last] {
		s.last = c.last
	}
	for j := range c.names {
		if c.names[j].leaf() == "" {
			continue
		}
		at := s.column(c.names[j])
		if at < 0 {
			at = len(s.names)
			s.names = append(s.names, c.names[j])
			for i := range s.rows {
				s.rows[i].cells = append(s.rows[i].cells, cell{})
			}
		}
		for i := range c.rows {
			from, to := c.rows[i].cells[j], &s.rows[i].cells[at]
			if to.text == "" && len(to.links) == 0 || to.again(from) && len(from.text) > len(to.text) {
				*to = from // the copy shows what is hidden here, all of it or a part
			}
		}
	}
}

// textBetween reports whether a text stands between two tables, other than one in the place of rows.
func (r *reader) textBetween(a, b *sheet) bool {
	if r.order[b.first] < r.order[a.first] {
		a, b = b, a
	}
	for _, t := range r.texts {
		if t.at > r.order[a.last] && t.at < r.order[b.first] && !t.inTable && !r.words.isEmptyWord(t.text) {
			return true
		}
	}
	return false
}

// headings are the texts between the table and the one before it, the nearest first.
func (r *reader) headings(s *sheet, from int) []string {
	var out []string
	for i := len(r.texts) - 1; i >= 0; i-- {
		if t := r.texts[i]; t.at < r.order[s.first] && t.at > from && !t.inTable {
			out = append(out, strings.TrimSpace(t.text))
		}
	}
	return out
}
