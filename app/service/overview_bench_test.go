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

// BenchmarkOverview measures the read model of 总览 with 200 apps, and beside it what merely reading the same records
// costs: the ratio of the two is what the rules, the cases and the sorting add.
func BenchmarkOverview(b *testing.B) {
	ctx := context.Background()
	place := service.NewWorkplace(store.Options{Dir: b.TempDir()})
	b.Cleanup(func() { _ = place.Close() })
	clock := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	secrets := &vaulttest.Memory{}
	s, err := service.New(service.Environment{Workplace: place, Clock: clock, DataDir: b.TempDir(), By: "联系人甲",
		Vault: func(context.Context) (vault.Vault, error) { return secrets, nil }})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.System.LoadSample(ctx); err != nil {
		b.Fatal(err)
	}
	multiply(ctx, b, place, 200)
	b.Run("read model", func(b *testing.B) {
		for b.Loop() {
			v, err := s.Overview.Get(ctx, service.OverviewFilter{})
			if err != nil || len(v.Apps) != 200 {
				b.Fatal(err, len(v.Apps))
			}
		}
	})
	b.Run("reading alone", func(b *testing.B) {
		for b.Loop() {
			readAll(ctx, b, place)
		}
	})
}

// multiply copies the sample's apps and cases until there are n apps.
func multiply(ctx context.Context, b *testing.B, place *service.Workplace, n int) {
	b.Helper()
	db, err := place.Store()
	if err != nil {
		b.Fatal(err)
	}
	err = db.Change(ctx, listing.Change{By: "联系人甲", What: "复制"}, func(w listing.Writer) error {
		apps, err := listing.All[listing.App](w)
		if err != nil {
			return err
		}
		cases, err := listing.All[listing.Case](w)
		if err != nil {
			return err
		}
		for i := len(apps); i < n; i++ {
			a := apps[i%len(apps)]
			from := a.ID
			a.ID, a.Name, a.Identifier = fmt.Sprintf("app-%03d", i), fmt.Sprintf("%s%d", a.Name, i), fmt.Sprintf("app_%d", i)
			if err := w.Put(a); err != nil {
				return err
			}
			for _, k := range cases {
				if k.AppID != from {
					continue
				}
				k.ID, k.AppID = fmt.Sprintf("case-%03d", i), a.ID
				if err := w.Put(k); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func readAll(ctx context.Context, b *testing.B, place *service.Workplace) {
	b.Helper()
	db, err := place.Store()
	if err != nil {
		b.Fatal(err)
	}
	err = db.View(ctx, func(r listing.Reader) error {
		if _, err := listing.All[listing.App](r); err != nil {
			return err
		}
		_, err := listing.All[listing.Case](r)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}
