package service

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// Receipts shows what was read back from the portals after an action.
type Receipts struct{ *core }

// List returns the receipts of an app, or of all, newest first.
func (s *Receipts) List(ctx context.Context, appID string) ([]listing.Receipt, error) {
	out := []listing.Receipt{}
	err := s.view(ctx, func(r listing.Reader) error {
		if appID != "" {
			a, err := app(r, appID)
			if err != nil {
				return err
			}
			appID = a.ID
		}
		all, err := listing.All[listing.Receipt](r)
		for _, one := range all {
			if appID == "" || one.AppID == appID {
				whole(&one)
				out = append(out, one)
			}
		}
		slices.SortStableFunc(out, func(a, b listing.Receipt) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID)) })
		return err
	})
	return out, err
}

// Show returns one receipt. Its pictures are downloads: receipt/<receipt>/<number of the picture, from 0>.
func (s *Receipts) Show(ctx context.Context, id string) (listing.Receipt, error) {
	var out listing.Receipt
	err := s.view(ctx, func(r listing.Reader) (err error) {
		out, err = listing.Load[listing.Receipt](r, id)
		whole(&out)
		return err
	})
	if listing.CodeOf(err) == listing.CodeNotFound {
		return out, listing.Failf(listing.CodeNotFound, "请从回执列表里打开", "没有回执“%s”", id)
	}
	return out, err
}

// picture opens a picture of a receipt, given by its number from 0.
func (s *Receipts) picture(ctx context.Context, id, number string) (name string, size int64, body io.ReadCloser, err error) {
	rec, err := s.Show(ctx, id)
	if err != nil {
		return "", 0, nil, err
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(rec.Pictures) {
		return "", 0, nil, listing.Failf(listing.CodeNotFound, "请从回执里打开", "回执里没有第 %s 张画面", number)
	}
	blobs, err := s.Workplace.Blobs()
	if err != nil {
		return "", 0, nil, err
	}
	p := rec.Pictures[n]
	body, err = blobs.Open(p.SHA256)
	return document.SafeName(fmt.Sprintf("%s-%s-%s.png", rec.AppName, rec.KindWord, p.Title)), p.Size, body, err
}

// Versions returns the versions of an app's code in the hosting platform, newest first.
func (s *Receipts) Versions(ctx context.Context, appID string) ([]listing.CodeVersion, error) {
	out := []listing.CodeVersion{}
	err := s.view(ctx, func(r listing.Reader) error {
		a, err := app(r, appID)
		if err != nil {
			return err
		}
		all, err := listing.All[listing.CodeVersion](r)
		for _, v := range all {
			if v.AppID == a.ID {
				out = append(out, v)
			}
		}
		slices.SortStableFunc(out, func(a, b listing.CodeVersion) int {
			return cmp.Or(cmp.Compare(b.UpdatedAt, a.UpdatedAt), cmp.Compare(b.SeenAt, a.SeenAt))
		})
		return err
	})
	return out, err
}
