package table

import (
	"net/url"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"

	"golang.org/x/net/html"
)

// reader reads one source.
type reader struct {
	limits Limits
	words  words
	base   *url.URL
	steps  int // left before the page is given up as too large
	cells  int
	order  map[*html.Node]int
	texts  []piece
}

// piece is a short text of a page and where it stands.
type piece struct {
	at      int
	text    string
	inTable bool
}

// Read reads the wanted tables of a page, by the texts of their headers alone. recipeID is named in what is told of a
// page that differs. Several tables of one page become Parts of one Result. When anything differs (Drift), Rows is
// empty. Whether these are all rows of the list is not asked here: Join tells it of saved pages, the pager of a running
// one. An error says that the source as such cannot be read.
func Read(s Source, recipeID string, want []recipe.Table) (Result, error) {
	res := Result{Pages: 1, Rows: []map[string]string{}, Drift: []Drift{}, Links: []map[string][]string{}}
	if len(want) == 0 {
		return res, listing.Fail(listing.CodeInvalid, "没有说要读哪张表", "选一张表再读")
	}
	res.Table, _, _ = strings.Cut(want[0].ID, "/")
	if len(want) == 1 {
		res.Table = want[0].ID
	}
	all, err := everySheet(s)
	if err != nil {
		return res, err
	}
	m := matcher{recipe: recipeID, sheets: all.sheets, words: all.words, headings: all.headings}
	if s.Piece && !m.anyHeader(want) {
		return res, listing.Fail(listing.CodeInvalid, "复制的内容里没有表头，分不清哪一列是什么；程序不按位置猜", copyHint)
	}
	m.match(&res, want)
	if len(res.Rows) > all.limits.Rows {
		return Result{}, tooLarge("表格超过 %d 行", all.limits.Rows)
	}
	return res, nil
}

// gathered are the tables of all documents of a source.
type gathered struct {
	sheets   []*sheet
	headings map[*sheet][]string
	words    words
	limits   Limits
}

func everySheet(s Source) (gathered, error) {
	l, err := CurrentLimits()
	if err != nil {
		return gathered{}, err
	}
	w, err := currentWords()
	if err != nil {
		return gathered{}, err
	}
	g := gathered{headings: map[*sheet][]string{}, words: w, limits: l}
	r := &reader{limits: l, words: w, steps: l.Nodes, cells: l.Cells}
	for i, d := range s.Documents {
		r.order, r.texts, r.base = map[*html.Node]int{}, nil, baseOf(d)
		r.survey(d.Root, false)
		from, here := 0, r.sheets(i, d.Root)
		for _, one := range here {
			one.size = r.size(one, here)
			g.sheets = append(g.sheets, one)
			g.headings[one] = r.headings(one, from)
			from = max(from, r.order[one.last])
		}
		if r.steps < 0 || r.cells < 0 {
			return gathered{}, tooLarge("网页太大：表格超过 %d 格", l.Cells)
		}
	}
	return g, nil
}

func baseOf(d Document) *url.URL {
	at, err := url.Parse(d.URL)
	if err != nil || (at.Scheme != "http" && at.Scheme != "https") {
		return nil
	}
	return at
}

// headingLength is how long a text may be to head a table.
const headingLength = 60

// veiled reports whether nothing of a node can be seen although it takes up space. Of what stands in an element marked as
// faint some may be seen, but not its own text.
func veiled(n *html.Node) bool {
	if n.Type == html.TextNode {
		return n.Parent != nil && has(n.Parent, FaintAttribute)
	}
	return n.Type == html.ElementNode && unseen.MatchString(attr(n, "style"))
}

// survey numbers the elements of a document and collects its short texts.
func (r *reader) survey(n *html.Node, inTable bool) (text string, short bool) {
	if r.steps--; r.steps < 0 || hidden(n) || veiled(n) {
		return "", true
	}
	if n.Type == html.TextNode {
		text = clean(n.Data)
		if text != "" {
			r.texts = append(r.texts, piece{len(r.order), text, inTable})
		}
		return text, len(text) <= headingLength*4
	}
	r.order[n] = len(r.order) + 1
	at, isTable := r.order[n], n.Data == "table" || attr(n, "role") == "grid" || attr(n, "role") == "table"
	var b strings.Builder
	short, parts := !isTable, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		inner, ok := r.survey(c, inTable || isTable)
		short = short && ok && b.Len() <= headingLength*4
		if inner != "" {
			parts++
		}
		if short {
			b.WriteString(inner)
		}
	}
	if short && parts > 1 && n.Type == html.ElementNode {
		r.texts = append(r.texts, piece{at, b.String(), inTable})
	}
	return b.String(), short
}

// anyHeader reports whether any table has at least one of the wanted headers.
func (m *matcher) anyHeader(want []recipe.Table) bool {
	for _, t := range want {
		for _, c := range t.Columns {
			for _, s := range m.sheets {
				if at := m.find(s, c); len(at) > 0 {
					return true
				}
			}
		}
	}
	return false
}

// texts are the headers of a table as they are reported: a header that repeats with its group before it.
func (s *sheet) texts() []string {
	count := map[string]int{}
	for _, n := range s.names {
		count[n.leaf()]++
	}
	out := make([]string, len(s.names))
	for j, n := range s.names {
		out[j] = n.leaf()
		if count[n.leaf()] > 1 {
			out[j] = strings.Join(n.path, ">")
		}
	}
	return out
}

func present(texts []string) []string {
	out := []string{}
	for _, t := range texts {
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
