//go:build browser

package portal

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

func started(t testing.TB) *browser.Browser {
	t.Helper()
	path, err := browser.Find("")
	if err != nil {
		t.Fatalf("the tests need a browser: %v", err)
	}
	b, err := browser.Start(t.Context(), browser.Options{Path: path})
	if err != nil {
		t.Fatalf("%v: %v", err, listing.AsError(err).Unwrap())
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func opened(t testing.TB, b *browser.Browser, address string) *browser.Page {
	t.Helper()
	p, err := b.Open(t.Context(), browser.Device{Width: 1366, Height: 768, Scale: 1}, browser.Watch{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	if err := p.Navigate(t.Context(), address, 20*time.Second); err != nil {
		t.Fatal(err)
	}
	return p
}

func tablesOf(t testing.TB, id string) []recipe.Table {
	t.Helper()
	all, err := recipe.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	r := recipe.Holding(all, id)
	if r == nil {
		t.Fatalf("no recipe holds %s", id)
	}
	return r.TablesOf(id)
}

// told is an error with its cause, for the reader of a failed test.
func told(err error) string {
	if err == nil {
		return "none"
	}
	return fmt.Sprintf("%v (%v)", err, listing.AsError(err).Unwrap())
}

// same compares the rows read with those of the portal's own lists.
func same(t *testing.T, p *portaltest.Portal, id string, res table.Result) {
	t.Helper()
	var want []portaltest.Record
	for _, part := range portaltest.Parts(id) {
		want = append(want, p.Rows(part)...)
	}
	if len(res.Rows) != len(want) || len(res.Drift) > 0 || res.Incomplete {
		t.Errorf("%s: %d rows of %d, drift %+v, notes %q", id, len(res.Rows), len(want), res.Drift, res.Notes)
		return
	}
	for i, w := range want {
		for header, text := range w {
			if got := res.Rows[i][header]; got != text {
				t.Errorf("%s row %d %s: %q, want %q", id, i, header, got, text)
				return
			}
		}
		if res.Rows[i]["操作"] == "" {
			t.Errorf("%s row %d has no 操作: %v", id, i, res.Rows[i])
			return
		}
	}
}

// seeds are those kept, or those of SEEDS ("from-to") for a longer run by hand.
func seeds(t *testing.T) []int64 {
	from, to, more := strings.Cut(os.Getenv("SEEDS"), "-")
	if !more {
		return []int64{3}
	}
	a, err := strconv.ParseInt(from, 10, 64)
	b, err2 := strconv.ParseInt(to, 10, 64)
	if err != nil || err2 != nil {
		t.Fatalf("SEEDS=%s", os.Getenv("SEEDS"))
	}
	var all []int64
	for ; a <= b; a++ {
		all = append(all, a)
	}
	return all
}

// lists are those read on a kit: with SEEDS all of them, otherwise two that differ most and one of the rest in turn.
func lists(kit int) []string {
	if os.Getenv("SEEDS") != "" {
		return portaltest.ListIDs()
	}
	return []string{"TABLE-1", "TABLE-3", []string{"TABLE-2", "TABLE-4", "TABLE-5"}[kit%3]}
}

// TestTABLE1to5 reads the lists of every kit, all pages of them.
func TestTABLE1to5(t *testing.T) {
	b := started(t)
	for i, kit := range portaltest.Kits() {
		for _, seed := range seeds(t) {
			t.Run(fmt.Sprint(kit, " ", seed), func(t *testing.T) {
				p := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: seed})
				for _, id := range lists(i) {
					page := opened(t, b, p.URL("/list/"+id))
					res, err := ReadTable(t.Context(), page, tablesOf(t, id), ReadOptions{Recipe: "irs", All: true})
					page.Close()
					if err != nil {
						t.Errorf("%s: %s", id, told(err))
						continue
					}
					same(t, p, id, res)
					if n := map[bool]int{true: 1, false: 3}[id == "TABLE-3"]; res.Pages != n {
						t.Errorf("%s: %d pages", id, res.Pages)
					}
				}
				if n := p.Finals(); len(n) > 0 {
					t.Errorf("pressed %v", n)
				}
			})
		}
	}
}
