package lint

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// repeatedPages judges whether two pages send the same page_id (TRACK-8).
func (c *check) repeatedPages() {
	first := map[string]*unit{}
	for _, u := range c.units {
		ids := u.sent("page_id")
		if len(ids) != 1 {
			continue // several views, or one that is chosen while the page runs
		}
		for id := range ids {
			if other := first[id]; other != nil && id != "" {
				c.say("page_id.repeated", u.idSpot(), tracking.Words{Value: id, Place: u.name, Other: other.name})
			} else {
				first[id] = u
			}
		}
	}
}

// idSpot is where a page says its page_id.
func (u *unit) idSpot() spot {
	for _, e := range u.base().Of(trace.PV) {
		return pvSpot(e)
	}
	return spot{u.name, 0}
}

// pageTable gives the verdict on each page: of the page table, or, when there is none, of the pages in the code.
func (c *check) pageTable() {
	if len(c.Pages) == 0 {
		for _, u := range c.units {
			if !u.plain() || !c.ofLibrary(u) {
				c.rows = append(c.rows, c.unitRow(u))
			}
		}
		return
	}
	for _, p := range c.Pages {
		c.rows = append(c.rows, c.tableRow(p))
	}
}

func (c *check) unitRow(u *unit) tracking.PageResult {
	row := tracking.PageResult{File: u.name, Verdict: c.verdict(u)}
	if ids := u.sent("page_id"); len(ids) == 1 {
		for id := range ids {
			row.ID = id
		}
		for name := range u.sent("page_name") {
			row.Name = name
		}
	}
	row.Evidence = c.evidence(u)
	return row
}

// verdict is what the findings say of a page's own files.
func (c *check) verdict(u *unit) tracking.Verdict {
	switch {
	case u.plain() && u.redirect:
		return tracking.VerdictPass
	case u.plain() && !u.damaged:
		return tracking.VerdictMissing
	case c.faulty(u):
		return tracking.VerdictFail
	case u.damaged, len(u.base().Of(trace.PV)) == 0 && u.open():
		return tracking.VerdictOpen
	}
	return tracking.VerdictPass
}

// faulty reports whether an error stands in a file of a page.
func (c *check) faulty(u *unit) bool {
	files := map[string]bool{u.name: true}
	for _, t := range u.traces {
		for _, e := range t.Events {
			if e.At.Script != nil {
				files[e.At.Script.File] = true
			}
		}
	}
	for _, s := range u.scripts {
		files[s.File] = true
	}
	return slices.ContainsFunc(c.found, func(f listing.Finding) bool {
		return f.Level == listing.LevelError && files[f.File] && strings.HasPrefix(f.Rule, "TRACK-")
	})
}

func (c *check) evidence(u *unit) []string {
	t := u.base()
	if u.plain() {
		return []string{"没有找到埋点代码"}
	}
	out := []string{fmt.Sprintf("上报访问 %d 种情形，设置 %d 项", len(t.Of(trace.PV)), len(t.Of(trace.Meta)))}
	for _, e := range t.Of(trace.PV) {
		where := at(e.At)
		if src := c.source(where.file); src != nil && len(out) < 4 {
			line, column := src.place(where.offset)
			if text := fmt.Sprintf("sendPV：%s 第 %d 行第 %d 列", where.file, line, column); !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}

// tableRow judges a row of the page table: by its page_id, where the code names it, else by its address.
func (c *check) tableRow(p listing.Page) tracking.PageResult {
	row := tracking.PageResult{ID: p.PageID, Name: p.PageName, URL: p.PageURL, Verdict: tracking.VerdictMissing}
	chosen := false // some page chooses its page_id while it runs
	var named *unit // names the page_id; the page's own file goes before others that share its code
	for _, u := range c.units {
		known, open := u.ids()
		if known[p.PageID] && (named == nil || c.pageFile(p, u) && !c.pageFile(p, named)) {
			named = u
		}
		if open && (row.File == "" || c.pageFile(p, u)) {
			chosen, row.File = true, u.name
		}
	}
	if named != nil {
		row.File, row.Verdict, row.Evidence = named.name, c.verdict(named), c.evidence(named)
		return row
	}
	for _, u := range c.units {
		if row.File == "" && c.pageFile(p, u) {
			row.File = u.name
		}
	}
	switch {
	case chosen:
		row.Verdict, row.Evidence = tracking.VerdictOpen, []string{"page_id 在运行时才决定，需实测"}
	case c.explained():
		row.Verdict, row.Evidence = tracking.VerdictFail, []string{"其他错误使这一页没有上报，见问题清单"}
	case len(c.units) > 0:
		row.Evidence = []string{"代码里没有这个 page_id"}
		c.say("table.missing", c.rowSpot(row.File), tracking.Words{Value: p.PageID, Place: p.PageName, Other: p.PageURL})
	}
	return row
}

// explained reports whether an error that was told says already why pages are not sent.
func (c *check) explained() bool {
	for s := range c.seen {
		switch s.key {
		case "action.pv", "page_id.same", "pv.first_only", "pv.none", "page.script_lost", "script.broken", "script.watermark", "stray":
			return true
		}
	}
	return false
}

func (c *check) rowSpot(file string) spot {
	if file == "" {
		return spot{}
	}
	return whole(file)
}

// ids are the page_ids a page may send; open says that there may be others.
func (u *unit) ids() (known map[string]bool, open bool) {
	known = map[string]bool{}
	for _, e := range u.base().Of(trace.PV) {
		values := fieldOf(e, "page_id")
		open = open || len(values) == 0
		for _, v := range values {
			if v.Kind == trace.String {
				known[v.Text] = true
			} else if v.Kind == trace.Unknown {
				open = true
			}
		}
	}
	return known, open || u.open()
}

// pageFile reports whether an address of the page table means this page.
func (c *check) pageFile(p listing.Page, u *unit) bool {
	file := path.Base(stripQuery(p.PageURL))
	return file == path.Base(u.name)
}

// noPages is code without any page: nothing can be said of pages, and what there is may be a part of an application.
func (c *check) noPages() {
	if len(c.Pages) > 0 {
		c.say("site.no_pages_but_table", spot{}, tracking.Words{})
		return
	}
	c.say("site.no_pages", spot{}, tracking.Words{})
}
