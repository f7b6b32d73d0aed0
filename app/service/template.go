package service

import (
	"context"
	"encoding/json"
	"slices"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Example returns a complete, fictional app of a kind: what `app template` prints and `app add --file` takes. Secrets
// and what only the program writes are left out.
func (s *Apps) Example(_ context.Context, kind listing.AppKind) (map[string]json.RawMessage, error) {
	if err := s.checkKind(kind); err != nil {
		return nil, err
	}
	var a listing.App
	var values []FieldValue
	for _, f := range s.forms.Fields {
		if forms.AppKey(f.Key) == "" || f.Sample == "" || f.Options == "vendors" || f.Options == "contacts" || (f.Mini && !kind.HasMini()) {
			continue
		}
		values = append(values, FieldValue{Key: f.Key, Values: []string{f.Sample}})
	}
	if err := s.setFields(&a, "app.", values); err != nil {
		return nil, err
	}
	a.Kind = kind
	a.Components = slices.Clone(s.forms.Lists["components"])
	a.ContactIDs = []string{}
	a.Pages = []listing.Page{
		{PageID: "index", PageName: "首页", PageURL: "https://app.example.com/index.html"},
		{PageID: "detail", PageName: "督办详情", PageURL: "https://app.example.com/detail.html"},
	}
	return typed(a)
}

// typed returns the members of an app that a person types.
func typed(a listing.App) (map[string]json.RawMessage, error) {
	raw, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	out := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, err
	}
	for _, key := range []string{"id", "archived", "created_at", "updated_at", "attachments", "attestations", "waivers", "app_secret", "test_password"} {
		delete(out, key)
	}
	return out, nil
}
