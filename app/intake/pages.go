package intake

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// PageSheet is the name of the sheet with the page table.
const PageSheet = "页面表"

// PageTable is the page table of a file (TRACK-8): rows of pages, each with the name of its app.
type PageTable struct {
	Sheet   string         `json:"sheet"`
	Columns map[string]int `json:"columns"` // index by key: app.name, page_id, page_name, page_url
	Rows    []Row          `json:"rows"`
	Lacking []string       `json:"lacking"` // headers that must be there and are not: no page is read then
}

// readPages reads the page table of a file that has one beside the sheet that was read.
func readPages(ctx context.Context, r io.ReaderAt, size int64, g *document.Grid) (*PageTable, error) {
	if g.Sheet == PageSheet || !slices.Contains(g.Sheets, PageSheet) {
		return nil, nil
	}
	h, err := knownHeaders()
	if err != nil {
		return nil, err
	}
	pages, err := readSheet(ctx, r, size, PageSheet)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(pages.Cells, func(row []string) bool { return filled(row) > 0 }) {
		return nil, nil
	}
	names := &lexicon{keys: map[string][]string{}}
	for _, c := range h.Pages {
		for _, header := range append([]string{c.Header}, c.Also...) {
			names.add(header, c.Key)
		}
	}
	t, err := layOut(pages, func(header string) bool { return len(names.lookUp(header)) > 0 })
	if err != nil {
		return nil, err
	}
	out := &PageTable{Sheet: PageSheet, Columns: map[string]int{}, Rows: t.Rows, Lacking: []string{}}
	for _, c := range t.Columns {
		for _, key := range names.lookUp(c.Header) {
			if _, taken := out.Columns[key]; !taken {
				out.Columns[key] = c.Index
			}
		}
	}
	for _, c := range h.Pages {
		if _, ok := out.Columns[c.Key]; c.Required && !ok {
			out.Lacking = append(out.Lacking, c.Header)
		}
	}
	return out, nil
}

// pageSet is the pages of one app as they stand in the file.
type pageSet struct {
	row    int // the first
	pages  []listing.Page
	failed bool
}

// pages joins the page table with the rows. The pages of an app replace its page table; one wrong row keeps back all of
// the same app, so that no half of a table is ever applied.
func (k *checker) pages() {
	t := k.table.Pages
	if t == nil {
		return
	}
	if len(t.Lacking) > 0 {
		k.out.Problems = append(k.out.Problems, Problem{Sheet: t.Sheet, Column: -1, Code: MissingColumn, Level: listing.LevelError,
			Message: fmt.Sprintf("工作表“%s”缺少表头：%s，页面没有读取", t.Sheet, strings.Join(t.Lacking, "、")), Fix: "请补上表头；不导入页面的，请删掉这张工作表"})
		return
	}
	rows := map[string]int{}
	for i, p := range k.out.Rows {
		if _, seen := rows[p.Name]; p.Name != "" && !seen {
			rows[p.Name] = i
		}
	}
	sets := k.pageSets(rows)
	for _, name := range slices.SortedFunc(maps.Keys(sets), func(a, b string) int { return sets[a].row - sets[b].row }) {
		if set := sets[name]; !set.failed {
			k.applyPages(name, set, rows)
		}
	}
}

func (k *checker) pageSets(rows map[string]int) map[string]*pageSet {
	sets := map[string]*pageSet{}
	first := map[string]int{} // row by app and page
	for _, row := range k.table.Pages.Rows {
		name := strings.TrimSpace(k.pageCell(row, keyName))
		page := listing.Page{PageID: strings.TrimSpace(k.pageCell(row, keyPageID)), PageName: strings.TrimSpace(k.pageCell(row, "page_name")), PageURL: strings.TrimSpace(k.pageCell(row, "page_url"))}
		if name == "" && page == (listing.Page{}) {
			continue
		}
		set := sets[name]
		if set == nil {
			set = &pageSet{row: row.Number}
			sets[name] = set
		}
		_, inTable := rows[name]
		at := name + "\x00" + page.PageID
		var t *trouble
		key := keyPageID
		switch {
		case name == "":
			key, t = keyName, bad(MissingName, "请写上这个页面属于哪个应用", "没有填“应用名称”")
		case !inTable && k.known.byName[name] == nil:
			key, t = keyName, bad(UnknownApp, "请写成“应用”表里的名称，或程序里已有应用的名称", "没有叫“%s”的应用", short(name))
		case !inTable && k.known.byName[name].Archived:
			key, t = keyName, bad(ArchivedApp, "请先在应用列表里恢复它", "应用“%s”已归档，不能通过导入修改", short(name))
		case page.PageID == "":
			t = bad(MissingPageID, "请写上页面的唯一标识", "没有填“page_id”")
		case first[at] > 0:
			t = bad(DuplicatePageID, "同一应用里每个页面的标识各不相同，请改其中一个", "page_id“%s”与第 %d 行重复", short(page.PageID), first[at])
		default:
			first[at] = row.Number
		}
		if t != nil {
			set.failed = true
			k.tellPage(row, key, t)
		}
		set.pages = append(set.pages, page)
	}
	return sets
}

func (k *checker) pageCell(row Row, key string) string {
	if at, ok := k.table.Pages.Columns[key]; ok {
		return row.cell(at)
	}
	return ""
}

func (k *checker) tellPage(row Row, key string, t *trouble) {
	at := k.table.Pages.Columns[key]
	label := key
	if key == keyName {
		label = labelOf(k.catalogue, key)
	}
	k.out.Problems = append(k.out.Problems, Problem{Sheet: k.table.Pages.Sheet, Cell: place(at, row.Number), Row: row.Number, Column: at, Key: key, Label: label,
		Value: short(row.cell(at)), Code: t.code, Level: listing.LevelError, Message: t.message, Fix: t.fix})
}

// applyPages adds pages to the row of their app, or makes a row for an app that is only in the page table.
func (k *checker) applyPages(name string, set *pageSet, rows map[string]int) {
	i, ok := rows[name]
	if !ok {
		a := k.known.byName[name]
		if slices.Equal(a.Pages, set.pages) {
			return
		}
		k.out.Rows = append(k.out.Rows, RowPlan{Sheet: k.table.Pages.Sheet, Row: set.row, Action: Update, AppID: a.ID, Name: a.Name, Values: []FieldChange{},
			SetPages: true, Pages: set.pages, PagesBefore: a.Pages})
		return
	}
	p := &k.out.Rows[i]
	if p.Action == Skip && p.Reason != unchanged {
		return
	}
	if p.AppID != "" {
		if p.PagesBefore = k.known.byID[p.AppID].Pages; slices.Equal(p.PagesBefore, set.pages) {
			return
		}
		p.Action, p.Reason = Update, ""
	}
	p.SetPages, p.Pages = true, set.pages
}
