package service

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// PortalRead is a table as it was read, and where from.
type PortalRead struct {
	Result table.Result `json:"result"`
	From   string       `json:"from"` // the address, or the name of the file
	AppID  string       `json:"app_id"`
}

// PortalSaved names saved pages of one list that were uploaded.
type PortalSaved struct {
	Table   string   `json:"table"`
	AppID   string   `json:"app_id"`  // whose page it is, of TABLE-3
	Uploads []string `json:"uploads"` // tokens of Files: HTML or MHTML, one a page of the list
}

// PortalPasted is what was copied from a page.
type PortalPasted struct {
	Table string `json:"table"`
	AppID string `json:"app_id"`
	HTML  string `json:"html"`
	Text  string `json:"text"`
}

// ReadFiles reads a table from saved pages, one a page of the list.
func (s *Portals) ReadFiles(_ context.Context, in PortalSaved) (PortalRead, error) {
	files, err := s.uploaded(in.Uploads)
	if err != nil {
		return PortalRead{}, err
	}
	rules, want, err := s.wanted(in.Table, "")
	if err != nil {
		return PortalRead{}, err
	}
	pages, err := pageFiles(files)
	if err != nil {
		return PortalRead{}, err
	}
	out, err := readPages(rules, want, pages)
	if err != nil {
		return PortalRead{}, err
	}
	out.AppID = in.AppID
	for _, token := range in.Uploads {
		s.uploads.drop(token)
	}
	return out, nil
}

// ReadClipboard reads a table from what was copied from a page. Text without headers is refused, never read by position.
func (s *Portals) ReadClipboard(_ context.Context, in PortalPasted) (PortalRead, error) {
	body := in.HTML
	if strings.TrimSpace(body) == "" {
		body = in.Text
	}
	rules, want, err := s.wanted(in.Table, "")
	if err != nil {
		return PortalRead{}, err
	}
	out, err := readPages(rules, want, []savedPage{{name: clipboardName, body: []byte(body), piece: true}})
	out.AppID = in.AppID
	return out, err
}

// clipboardName is where a table was read from that was pasted.
const clipboardName = "剪贴板"

// ReadSaved reads a table from a saved page of this machine, or, with copied, from a file of what was copied.
func (s *Portals) ReadSaved(_ context.Context, tableID, heading, path string, copied bool) (table.Result, error) {
	rules, want, err := s.wanted(tableID, heading)
	if err != nil {
		return table.Result{}, err
	}
	pages, err := pageFiles([]ProofFile{{Name: path, Path: path}})
	if err != nil {
		return table.Result{}, err
	}
	pages[0].piece = copied
	out, err := readPages(rules, want, pages)
	return out.Result, err
}

// savedPage is a page of a list that was saved, or copied from one.
type savedPage struct {
	name  string
	body  []byte
	piece bool // copied: headers may have been left behind
}

// readPages reads saved pages of one list, in their order, as one table.
func readPages(rules *recipe.Recipe, want []recipe.Table, pages []savedPage) (PortalRead, error) {
	if len(pages) == 0 {
		return PortalRead{}, listing.Fail(listing.CodeInvalid, "没有给出保存的网页", "在浏览器里把列表另存为 MHTML 或 HTML，再选这个文件")
	}
	var read []table.Result
	var names []string
	for _, p := range pages {
		source, err := table.Open(p.body)
		if err != nil {
			return PortalRead{}, err
		}
		source.Piece = source.Piece || p.piece
		one, err := table.Read(source, rules.ID, want)
		if err != nil {
			return PortalRead{}, err
		}
		read, names = append(read, one), append(names, p.name)
	}
	return PortalRead{Result: table.Join(want, read...), From: strings.Join(names, "、")}, nil
}

// pageFiles reads pages that were saved.
func pageFiles(files []ProofFile) ([]savedPage, error) {
	limits, err := table.CurrentLimits()
	if err != nil {
		return nil, err
	}
	var out []savedPage
	for _, f := range files {
		if info, err := os.Stat(f.Path); err != nil || info.IsDir() {
			return nil, listing.Failf(listing.CodeInvalid, "请检查路径和权限", "打不开文件“%s”", f.Name).Because(err)
		}
		body, err := readWhole(f, int64(limits.Bytes))
		if err != nil {
			return nil, err
		}
		out = append(out, savedPage{name: f.Name, body: body})
	}
	return out, nil
}

// PortalAddress says which table is read at an address, for a command.
type PortalAddress struct {
	Table    string
	Heading  string // stands above the table, in the place of the recipe's
	URL      string
	All      bool // all pages of the list
	Headless bool
}

// ReadAt opens an address in the user's own browser, waits for the person to log in and to open the page, and reads the
// table.
func (s *Portals) ReadAt(ctx context.Context, in PortalAddress) (table.Result, error) {
	rules, want, err := s.wanted(in.Table, in.Heading)
	if err != nil {
		return table.Result{}, err
	}
	v, err := s.visitTo(ctx, in.URL, in.Headless)
	if err != nil {
		return table.Result{}, err
	}
	defer v.close()
	v.rules = rules
	out, err := s.readLists(ctx, v, want, in.All)
	return out, v.explain(ctx, err)
}

// readLists waits for the page of the tables and reads it. Without a window a page that never shows them is a drift.
// A page that went elsewhere while it was read is no drift: it is waited for again.
func (c *core) readLists(ctx context.Context, v *visit, want []recipe.Table, all bool) (out table.Result, err error) {
	for range readTries {
		var left bool
		if out, left, err = c.readOnce(ctx, v, want, all); err != nil || len(out.Drift) == 0 || !left {
			break
		}
	}
	return out, err
}

// readTries is how often a page that goes elsewhere meanwhile is read.
const readTries = 3

// readOnce reads the page of the tables once it is there, and tells whether the page went elsewhere since.
func (c *core) readOnce(ctx context.Context, v *visit, want []recipe.Table, all bool) (out table.Result, left bool, err error) {
	wanted := headersOf(v.rules, want)
	wanted.about = v.about
	err = v.await(ctx, wanted)
	if e := listing.AsError(err); err != nil && (e.Code != listing.CodeRefused || e.Field == FieldLogin) {
		return table.Result{}, false, err
	}
	done, err := v.work(ctx)
	if err != nil {
		return table.Result{}, false, err
	}
	defer done()
	was := v.did.moved(v.tab())
	out, err = portal.ReadTable(ctx, v.page, want, portal.ReadOptions{
		Recipe: v.rules.ID, All: all,
		Progress: func(page, _, _ int) { v.say(ctx, fmt.Sprintf("正在读第 %d 页", page)) },
		Picture:  func(ctx context.Context) (string, error) { return c.pictureOf(ctx, v.page), nil },
		Check: func(ctx context.Context) error {
			if v.loggedOut(ctx) {
				e := listing.Fail(listing.CodeRefused, "读到一半，登录失效了，没有读完", "请重新登录后再读")
				e.Field = FieldLogin
				return e
			}
			return nil
		},
	})
	out.Notes = append(out.Notes, v.did.taken()...)
	if err == nil && noRows(out) && v.did.lacks(v.tab()) {
		out.Incomplete, out.Notes = true, append(out.Notes, "列表是空的，而页面有数据没有取到，可能没有加载出来")
	}
	return out, v.did.moved(v.tab()) != was, err
}

// noRows reports whether a list, or one of its parts, has no rows.
func noRows(out table.Result) bool {
	return len(out.Drift) == 0 && (len(out.Rows) == 0 || slices.ContainsFunc(out.Parts, func(p table.Part) bool { return p.Rows == 0 }))
}

// headersOf is what the page of tables is recognised by: half of their headers, since some may have been renamed. Those
// that another table of the portal has too tell nothing, unless it has them all.
func headersOf(rules *recipe.Recipe, want []recipe.Table) awaited {
	a := awaited{what: want[0].Title, way: want[0].Way}
	most, alike := 0, !slices.ContainsFunc(want, func(t recipe.Table) bool {
		return slices.ContainsFunc(t.Columns, func(c recipe.Column) bool { return !inAnother(rules, want, c) })
	})
	for _, t := range want {
		for _, c := range t.Columns {
			if alike || !inAnother(rules, want, c) {
				a.texts = append(a.texts, c.Texts()...)
			}
		}
		most = max(most, len(t.Columns))
	}
	a.enough = max(1, most/2)
	return a
}

// inAnother reports whether a table that is not wanted has such a column.
func inAnother(rules *recipe.Recipe, want []recipe.Table, c recipe.Column) bool {
	return slices.ContainsFunc(rules.Tables, func(t recipe.Table) bool {
		if slices.ContainsFunc(want, func(w recipe.Table) bool { return w.ID == t.ID }) {
			return false
		}
		return slices.ContainsFunc(t.Columns, func(other recipe.Column) bool { return other.Header == c.Header })
	})
}

// wanted are the tables of an ID by their recipe. A heading given takes the place of the recipe's.
func (c *core) wanted(id, heading string) (*recipe.Recipe, []recipe.Table, error) {
	all, err := c.recipes()
	if err != nil {
		return nil, nil, err
	}
	rules := recipe.Holding(all, id)
	if rules == nil || len(rules.TablesOf(id)) == 0 {
		var ids []string
		for _, r := range all {
			for _, t := range r.Tables {
				ids = append(ids, t.ID)
			}
		}
		return nil, nil, listing.Failf(listing.CodeInvalid, "可以读："+strings.Join(ids, "、"), "页面规则里没有表“%s”", id)
	}
	want := append([]recipe.Table{}, rules.TablesOf(id)...)
	if heading != "" && len(want) > 1 {
		return nil, nil, listing.Failf(listing.CodeInvalid, fmt.Sprintf("写成 %s 这样的一张", want[0].ID), "“%s”是同一页上的几张表，不能只给一个标题", id)
	}
	if heading != "" {
		want[0].Heading = heading
	}
	return rules, want, nil
}
