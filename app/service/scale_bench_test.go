package service_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/vault"
	"shangjiatong/app/vault/vaulttest"
	"shangjiatong/store"
)

// The size the program is made for.
const (
	manyApps    = 200
	manyCases   = 2000
	manyEntries = 50000
)

// BenchmarkManyCases measures what a section head looks at with 200 apps, 2,000 cases and 50,000 journal entries: 总览,
// 待办, the sums by party, and a report over a year.
func BenchmarkManyCases(b *testing.B) {
	ctx := context.Background()
	s := crowded(ctx, b)
	for name, read := range map[string]func() error{
		"overview": func() error {
			v, err := s.Overview.Get(ctx, service.OverviewFilter{})
			if err == nil && len(v.Apps) != manyApps {
				err = fmt.Errorf("%d apps", len(v.Apps))
			}
			return err
		},
		"todo": func() error {
			_, err := s.Todo.List(ctx, service.TodoFilter{Role: service.AllRoles})
			return err
		},
		"parties": func() error {
			_, err := s.Todo.Parties(ctx)
			return err
		},
		"report of a year": func() error {
			_, err := s.Reports.Period(ctx, service.PeriodRequest{From: "2025-04-01", To: "2026-03-31"})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// crowded is the sample unit, multiplied.
func crowded(ctx context.Context, b *testing.B) *service.Services {
	b.Helper()
	place := service.NewWorkplace(store.Options{Dir: b.TempDir()})
	b.Cleanup(func() { _ = place.Close() })
	clock := func() time.Time { return time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC) }
	secrets := &vaulttest.Memory{}
	s, err := service.New(service.Environment{Workplace: place, Clock: clock, DataDir: b.TempDir(), By: "联系人甲",
		Vault: func(context.Context) (vault.Vault, error) { return secrets, nil }})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.System.LoadSample(ctx); err != nil {
		b.Fatal(err)
	}
	multiply(ctx, b, place, manyApps)
	db, err := place.Store()
	if err != nil {
		b.Fatal(err)
	}
	change := func(write func(listing.Writer) error) {
		if err := db.Change(ctx, listing.Change{By: "联系人甲", What: "复制"}, write); err != nil {
			b.Fatal(err)
		}
	}
	change(pastCases)
	for written := 0; written < manyEntries; written += 5000 {
		change(func(w listing.Writer) error {
			for i := range 5000 {
				v := listing.SavedView{ID: "view", Page: "overview", Name: fmt.Sprint(written + i), By: "联系人甲"}
				if err := w.Put(v); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return s
}

// pastCases gives every app further cases begun in earlier months, each with the acts of the longest one.
func pastCases(w listing.Writer) error {
	cases, err := listing.All[listing.Case](w)
	if err != nil {
		return err
	}
	apps, err := listing.All[listing.App](w)
	if err != nil {
		return err
	}
	longest := cases[0]
	for _, k := range cases {
		if len(k.Acts) > len(longest.Acts) {
			longest = k
		}
	}
	for i := len(cases); i < manyCases; i++ {
		k := longest
		k.ID, k.AppID = fmt.Sprintf("past-%04d", i), apps[i%len(apps)].ID
		k.StartedAt = time.Date(2025, time.Month(1+i%12), 1, 9, 0, 0, 0, time.FixedZone("", 8*3600)).Format(time.RFC3339)
		if err := w.Put(k); err != nil {
			return err
		}
	}
	return nil
}
