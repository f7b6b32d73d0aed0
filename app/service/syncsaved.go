package service

import (
	"cmp"
	"context"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
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
	reading, err := s.savedReading(in, files)
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
	return s.savedReading(SyncSaved{Table: tableID, AppID: appID}, files)
}

// savedReading reads the pages of one list, in their order, as one table.
func (s *Sync) savedReading(in SyncSaved, files []ProofFile) (SyncReading, error) {
	id := cmp.Or(in.Table, "TABLE-1")
	all, err := s.recipes()
	if err != nil {
		return SyncReading{}, err
	}
	rules := recipe.Holding(all, id)
	if rules == nil {
		return SyncReading{}, listing.Failf(listing.CodeInvalid, "可以比对：TABLE-1、TABLE-2、TABLE-3、TABLE-4", "页面规则里没有“%s”", id)
	}
	pages, err := pageFiles(files)
	if err != nil {
		return SyncReading{}, err
	}
	if in.Text != "" {
		pages = append(pages, savedPage{name: clipboardName, body: []byte(in.Text)})
	}
	out, err := readPages(rules, rules.TablesOf(id), pages)
	return SyncReading{Result: out.Result, From: out.From, AppID: in.AppID}, err
}
