package service

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/listing"
)

// Views keeps filters of a page under names of the person's own.
type Views struct{ *core }

// List returns the saved filters of a page.
func (s *Views) List(ctx context.Context, page string) ([]listing.SavedView, error) {
	out := []listing.SavedView{}
	err := s.view(ctx, func(r listing.Reader) error {
		all, err := listing.All[listing.SavedView](r)
		for _, v := range all {
			if v.Page == page {
				out = append(out, v)
			}
		}
		return err
	})
	return out, err
}

// Save keeps a filter; the same name on the same page is replaced.
func (s *Views) Save(ctx context.Context, page, name, query string) (listing.SavedView, error) {
	v := listing.SavedView{ID: uuid.NewString(), Page: page, Name: strings.TrimSpace(name), Query: query}
	if v.Name == "" || v.Page == "" {
		return v, listing.Fail(listing.CodeInvalid, "请给这组筛选起个名字", "例如：等开发商的")
	}
	var err error
	if v.By, err = s.operator(ctx); err != nil {
		return v, err
	}
	err = s.change(ctx, "保存常用筛选", "", func(w listing.Writer) error {
		all, err := listing.All[listing.SavedView](w)
		if err != nil {
			return err
		}
		for _, old := range all {
			if old.Page == v.Page && old.Name == v.Name {
				v.ID = old.ID
			}
		}
		return w.Put(v)
	})
	return v, err
}

// Remove forgets a filter.
func (s *Views) Remove(ctx context.Context, id string) error {
	return s.change(ctx, "删除常用筛选", "", func(w listing.Writer) error { return w.Delete(listing.KindView, id) })
}

// Checklist is the unit's own checklist, learnt from what reviewers sent back.
type Checklist struct{ *core }

// List returns the lines of the checklist.
func (s *Checklist) List(ctx context.Context) ([]listing.ChecklistNote, error) {
	out := []listing.ChecklistNote{}
	err := s.view(ctx, func(r listing.Reader) (err error) {
		out, err = listing.All[listing.ChecklistNote](r)
		return err
	})
	return out, err
}

// Add puts a line on the checklist; appID says from which app it was learnt and may be empty.
func (s *Checklist) Add(ctx context.Context, text, appID string, links []listing.Link) (listing.ChecklistNote, error) {
	n := listing.ChecklistNote{ID: uuid.NewString(), Text: strings.TrimSpace(text), AppID: appID, Links: links, On: s.today()}
	if n.Text == "" {
		return n, listing.Fail(listing.CodeInvalid, "请写明要核对什么", "例如：使用范围写到处室")
	}
	if n.Links == nil {
		n.Links = []listing.Link{}
	}
	var err error
	if n.By, err = s.operator(ctx); err != nil {
		return n, err
	}
	return n, s.change(ctx, "增加本单位核对项", appID, func(w listing.Writer) error { return w.Put(n) })
}

// Remove takes a line off the checklist.
func (s *Checklist) Remove(ctx context.Context, id string) error {
	return s.change(ctx, "删除本单位核对项", "", func(w listing.Writer) error { return w.Delete(listing.KindNote, id) })
}
