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

// PortalSaved names a saved page that was uploaded.
type PortalSaved struct {
	Table  string `json:"table"`
	AppID  string `json:"app_id"` // whose page it is, of TABLE-3
	Upload string `json:"upload"` // token of Files: HTML or MHTML
}

// PortalPasted is what was copied from a page.
type PortalPasted struct {
	Table string `json:"table"`
	AppID string `json:"app_id"`
	HTML  string `json:"html"`
	Text  string `json:"text"`
}

// ReadFile reads a table from a saved page.
func (s *Portals) ReadFile(_ context.Context, in PortalSaved) (PortalRead, error) {
	up, err := s.uploads.finished(in.Upload)
	if err != nil {
		return PortalRead{}, err
	}
	out, err := s.readSaved(in.Table, "", ProofFile{Name: up.name, Path: up.path})
	if err == nil {
		out.AppID = in.AppID
		s.uploads.drop(in.Upload)
	}
	return out, err
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
	out, err := readBytes([]byte(body), true, rules.ID, want)
	return PortalRead{Result: out, From: "剪贴板", AppID: in.AppID}, err
}

// ReadSaved reads a table from a saved page of this machine, or, with copied, from a file of what was copied.
func (s *Portals) ReadSaved(_ context.Context, tableID, heading, path string, copied bool) (table.Result, error) {
	if copied {
		rules, want, err := s.wanted(tableID, heading)
		if err != nil {
			return table.Result{}, err
		}
		raw, err := pageFile(ProofFile{Name: path, Path: path})
		if err != nil {
			return table.Result{}, err
		}
		return readBytes(raw, true, rules.ID, want)
	}
	out, err := s.readSaved(tableID, heading, ProofFile{Name: path, Path: path})
	return out.Result, err
}

func (s *Portals) readSaved(tableID, heading string, file ProofFile) (PortalRead, error) {
	rules, want, err := s.wanted(tableID, heading)
	if err != nil {
		return PortalRead{}, err
	}
	raw, err := pageFile(file)
	if err != nil {
		return PortalRead{}, err
	}
	out, err := readBytes(raw, false, rules.ID, want)
	return PortalRead{Result: out, From: file.Name}, err
}

// pageFile reads a page that was saved.
func pageFile(file ProofFile) ([]byte, error) {
	limits, err := table.CurrentLimits()
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(file.Path); err != nil || info.IsDir() {
		return nil, listing.Failf(listing.CodeInvalid, "请检查路径和权限", "打不开文件“%s”", file.Name).Because(err)
	}
	return readWhole(file, int64(limits.Bytes))
}

func readBytes(raw []byte, piece bool, rules string, want []recipe.Table) (table.Result, error) {
	source, err := table.Open(raw)
	if err != nil {
		return table.Result{}, err
	}
	source.Piece = source.Piece || piece
	return table.Read(source, rules, want)
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
func (c *core) readLists(ctx context.Context, v *visit, want []recipe.Table, all bool) (table.Result, error) {
	err := v.await(ctx, headersOf(v.rules, want))
	if e := listing.AsError(err); err != nil && (e.Code != listing.CodeRefused || e.Field == FieldLogin) {
		return table.Result{}, err
	}
	done, err := v.work(ctx)
	if err != nil {
		return table.Result{}, err
	}
	defer done()
	out, err := portal.ReadTable(ctx, v.page, want, portal.ReadOptions{
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
	return out, err
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
