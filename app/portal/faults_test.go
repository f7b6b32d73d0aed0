//go:build browser

package portal

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/portal/table"
)

// TestFaultsOfAList spoils a portal: a list is read whole, or not at all and the person is told.
func TestFaultsOfAList(t *testing.T) {
	cases := []struct {
		name   string
		faults portaltest.Faults
		empty  bool
		want   func(table.Result, error) bool
	}{
		{"slow answers", portaltest.Faults{Slow: 1500, Only: "/api/rows"}, false, func(r table.Result, err error) bool { return err == nil && len(r.Rows) == 23 && !r.Incomplete }},
		{"no rows", portaltest.Faults{}, true, func(r table.Result, err error) bool {
			return err == nil && len(r.Rows) == 0 && len(r.Drift) == 0 && !r.Incomplete
		}},
		{"renamed", portaltest.Faults{Renamed: map[string]string{"状态": "当前状态"}}, false, func(r table.Result, err error) bool {
			return err == nil && len(r.Rows) == 0 && len(r.Drift) == 1 && r.Drift[0].Kind == table.MissingColumn && strings.Contains(r.Drift[0].Hint, "当前状态")
		}},
		{"missing", portaltest.Faults{Missing: []string{"应用发布ID"}}, false, func(r table.Result, err error) bool {
			return err == nil && len(r.Rows) == 0 && len(r.Drift) == 1 && r.Drift[0].What == "应用发布ID"
		}},
		{"a pager without end", portaltest.Faults{Endless: true}, false, func(r table.Result, err error) bool {
			return listing.CodeOf(err) == listing.CodeRefused && len(r.Rows) == 0
		}},
		{"the server fails after the first page", portaltest.Faults{Status: 500, Only: "/api/rows", After: 1}, false, func(r table.Result, err error) bool { return err != nil && len(r.Rows) == 0 }},
	}
	b := started(t)
	for _, kit := range []string{"element-ui", "antd-5", "plain"} {
		for _, c := range cases {
			t.Run(kit+" "+c.name, func(t *testing.T) {
				portal := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: 8, Empty: c.empty})
				portal.SetFaults(c.faults)
				p := opened(t, b, portal.URL("/list/TABLE-1"))
				defer p.Close()
				res, err := ReadTable(t.Context(), p, tablesOf(t, "TABLE-1"), ReadOptions{Recipe: "irs", All: true})
				if !c.want(res, err) {
					t.Errorf("%d rows, incomplete %v, %+v, %q, %s", len(res.Rows), res.Incomplete, res.Drift, res.Notes, told(err))
				}
			})
		}
	}
}

// TestSessionEndsBetweenPages loses the login in the middle of a list.
func TestSessionEndsBetweenPages(t *testing.T) {
	portal := portaltest.Start(t, portaltest.Options{Kit: "element-plus", Seed: 8})
	p := opened(t, started(t), portal.URL("/list/TABLE-1"))
	gone := listing.Fail(listing.CodeRefused, "登录已过期", "请重新扫码登录")
	turned := 0
	check := func(ctx context.Context) error {
		turned++
		at, err := browser.Evaluate[string](ctx, p, "location.pathname")
		if err != nil || turned < 2 {
			return err
		}
		return fmt.Errorf("%s: %w", at, gone)
	}
	res, err := ReadTable(t.Context(), p, tablesOf(t, "TABLE-1"), ReadOptions{Recipe: "irs", All: true, Check: check})
	if listing.AsError(err) != gone || len(res.Rows) != 0 || turned != 2 {
		t.Errorf("%d rows, %d turned, %s", len(res.Rows), turned, told(err))
	}
}

// BenchmarkReadTable200 reads 200 rows on one page.
func BenchmarkReadTable200(b *testing.B) {
	portal := portaltest.Start(b, portaltest.Options{Kit: "element-plus", Seed: 5, Rows: 200, PageSize: 200})
	p := opened(b, started(b), portal.URL("/list/TABLE-1"))
	want := tablesOf(b, "TABLE-1")
	for b.Loop() {
		res, err := ReadTable(b.Context(), p, want, ReadOptions{Recipe: "irs", All: true})
		if err != nil || len(res.Rows) != 200 {
			b.Fatal(len(res.Rows), told(err))
		}
	}
}
