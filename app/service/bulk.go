package service

import (
	"context"
	"slices"

	"shangjiatong/app/listing"
	"shangjiatong/store/snapshot"
)

// BulkRequest sets the same fields of several apps.
type BulkRequest struct {
	IDs    []string     `json:"ids"` // IDs, identifiers or names
	Values []FieldValue `json:"values"`
	DryRun bool         `json:"dry_run"` // only say which apps would be changed
}

// BulkArchiveRequest puts several apps away, or brings them back.
type BulkArchiveRequest struct {
	IDs      []string `json:"ids"` // IDs, identifiers or names
	Archived bool     `json:"archived"`
	DryRun   bool     `json:"dry_run"` // only say which apps would be changed
}

// BulkResult says what a change of several apps did.
type BulkResult struct {
	Changed   []BulkApp `json:"changed"`
	Unchanged int       `json:"unchanged"` // had these values already
	Snapshot  string    `json:"snapshot"`  // taken before; empty when nothing was changed
}

// BulkApp is one app that was changed.
type BulkApp struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ownKeys are the fields that every app has a value of its own in; setting them for several at once can only be a slip.
func ownKeys() []string {
	return []string{"app.name", "app.kind", "app.identifier", "app.applied_identifier", "app.component_name", "app.release_name",
		"app.app_key", "app.bid", "app.signkey", "app.sapp_id", "app.sapp_name"}
}

// BulkSet stores fields (keys app.*) of several apps, all or none, after a snapshot.
func (s *Apps) BulkSet(ctx context.Context, in BulkRequest) (BulkResult, error) {
	if len(in.Values) == 0 {
		return BulkResult{}, listing.Fail(listing.CodeInvalid, "没有选择要改的字段", "请先选择字段并填写")
	}
	for _, v := range in.Values {
		if slices.Contains(ownKeys(), v.Key) {
			e := listing.Failf(listing.CodeRefused, "请逐个应用填写", "“%s”每个应用各不相同，不能批量修改", s.wordOf(v.Key))
			e.Field = v.Key
			return BulkResult{}, e
		}
	}
	return s.bulk(ctx, "批量填写资料", in.IDs, in.DryRun, func(a *listing.App) error { return s.setFields(a, "app.", in.Values) })
}

func (c *core) wordOf(key string) string {
	if f := c.forms.Field(key); f != nil {
		return f.Label
	}
	return key
}

// BulkArchive puts several apps away, or brings them back, all or none, after a snapshot.
func (s *Apps) BulkArchive(ctx context.Context, in BulkArchiveRequest) (BulkResult, error) {
	what := "批量归档应用"
	if !in.Archived {
		what = "批量恢复应用"
	}
	return s.bulk(ctx, what, in.IDs, in.DryRun, func(a *listing.App) error {
		a.Archived = in.Archived
		return nil
	})
}

func (s *Apps) bulk(ctx context.Context, what string, ids []string, dryRun bool, change func(*listing.App) error) (BulkResult, error) {
	var out BulkResult
	err := s.view(ctx, func(r listing.Reader) (err error) {
		_, out, err = s.changed(r, ids, change)
		return err
	})
	if err != nil || len(out.Changed) == 0 || dryRun {
		return out, err
	}
	id, err := s.before(ctx, snapshot.Bulk, what)
	if err != nil {
		return out, err
	}
	err = s.change(ctx, what, "", func(w listing.Writer) error {
		apps, again, err := s.changed(w, ids, change)
		if err != nil {
			return err
		}
		out = again
		for _, a := range apps {
			a.UpdatedAt = s.after(a.UpdatedAt)
			if err := w.Put(a); err != nil {
				return err
			}
		}
		return nil
	})
	out.Snapshot = id
	return out, err
}

// changed works a change out without writing it: the apps that differ, each once.
func (s *Apps) changed(r listing.Reader, ids []string, change func(*listing.App) error) ([]listing.App, BulkResult, error) {
	out := BulkResult{Changed: []BulkApp{}}
	if len(ids) == 0 {
		return nil, out, listing.Fail(listing.CodeInvalid, "没有选择应用", "请先在列表里勾选应用")
	}
	var apps []listing.App
	seen := map[string]bool{}
	for _, given := range ids {
		was, err := app(r, given)
		if err != nil {
			return nil, out, err
		}
		if seen[was.ID] {
			continue
		}
		seen[was.ID] = true
		whole(&was)
		a := was
		if err := change(&a); err != nil {
			return nil, out, err
		}
		whole(&a)
		if !differ(was, a) {
			out.Unchanged++
			continue
		}
		apps = append(apps, a)
		out.Changed = append(out.Changed, BulkApp{ID: a.ID, Name: a.Name})
	}
	return apps, out, nil
}
