package service

import (
	"context"
	"maps"
	"os"
	"slices"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// SyncSaved asks for saved pages, or what was copied from one, to be read as a table and compared.
type SyncSaved struct {
	Table   string   `json:"table"`   // TABLE-1 when empty
	AppID   string   `json:"app_id"`  // of TABLE-3
	Uploads []string `json:"uploads"` // tokens of Files: .html or .mhtml, one a page of the list
	Text    string   `json:"text"`    // from the clipboard
}

// Saved reads saved pages and plans: where the browser may not be driven, everything else works the same.
func (s *Sync) Saved(ctx context.Context, in SyncSaved) (SyncPlan, error) {
	files, err := s.uploaded(in.Uploads)
	if err != nil {
		return SyncPlan{}, err
	}
	var pages []listPage
	for _, f := range files {
		page, err := readPage(f)
		if err != nil {
			return SyncPlan{}, err
		}
		pages = append(pages, page)
	}
	if in.Text != "" {
		pages = append(pages, listPage{name: "剪贴板", body: []byte(in.Text)})
	}
	reading, err := s.savedReading(in.Table, in.AppID, pages)
	if err != nil {
		return SyncPlan{}, err
	}
	plan, err := s.Plan(ctx, SyncRequest{Readings: []SyncReading{reading}})
	if err == nil {
		for _, token := range in.Uploads {
			s.uploads.drop(token)
		}
	}
	return plan, err
}

// ReadFiles reads saved pages of this machine as one table, for a command.
func (s *Sync) ReadFiles(_ context.Context, tableID, appID string, files []ProofFile) (SyncReading, error) {
	var pages []listPage
	for _, f := range files {
		page, err := readPage(f)
		if err != nil {
			return SyncReading{}, err
		}
		pages = append(pages, page)
	}
	return s.savedReading(tableID, appID, pages)
}

type listPage struct {
	name string
	body []byte
}

// readSaved reads a saved page; package table has a limit of its own for what is in it.
func readPage(f ProofFile) (listPage, error) {
	limits, err := table.CurrentLimits()
	if err != nil {
		return listPage{}, err
	}
	if info, err := os.Stat(f.Path); err == nil && info.Size() > int64(limits.Bytes) {
		return listPage{}, tooLarge(f.Name, int64(limits.Bytes))
	}
	body, err := os.ReadFile(f.Path)
	if err != nil {
		return listPage{}, listing.Failf(listing.CodeInvalid, "请检查路径和权限", "读不了文件“%s”", f.Name).Because(err)
	}
	return listPage{name: f.Name, body: body}, nil
}

// savedReading reads the pages of one list, in their order, as one table.
func (s *Sync) savedReading(tableID, appID string, pages []listPage) (SyncReading, error) {
	if tableID == "" {
		tableID = "TABLE-1"
	}
	out := SyncReading{AppID: appID}
	all, err := s.recipes()
	if err != nil {
		return out, err
	}
	from := recipe.Holding(all, tableID)
	if from == nil {
		return out, listing.Failf(listing.CodeInvalid, "可以比对：TABLE-1、TABLE-2、TABLE-3、TABLE-4", "页面规则里没有“%s”", tableID)
	}
	if len(pages) == 0 {
		return out, listing.Fail(listing.CodeInvalid, "没有给出保存的网页", "在浏览器里把列表另存为 MHTML 或 HTML，再选这个文件")
	}
	for i, page := range pages {
		source, err := table.Open(page.body)
		if err != nil {
			return out, err
		}
		one, err := table.Read(source, from.ID, from.TablesOf(tableID))
		if err != nil {
			return out, err
		}
		if out.From += page.name; i+1 < len(pages) {
			out.From += "、"
		}
		if i == 0 {
			out.Result = one
			continue
		}
		out.Result.Pages += one.Pages
		out.Result.Drift = append(out.Result.Drift, one.Drift...)
		out.Result.Notes = append(out.Result.Notes, one.Notes...)
		for _, row := range one.Rows { // a page saved twice shows its rows twice
			if !slices.ContainsFunc(out.Result.Rows, func(have map[string]string) bool { return maps.Equal(have, row) }) {
				out.Result.Rows = append(out.Result.Rows, row)
			}
		}
	}
	return out, nil
}
