package fill

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/portal/portaltest"
)

func started(t testing.TB) *browser.Browser {
	t.Helper()
	path, err := browser.Find("")
	if err != nil {
		t.Fatalf("the tests need a browser: %v", err)
	}
	b, err := browser.Start(t.Context(), browser.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// opened opens a page and waits until it shows a text.
func opened(t testing.TB, b *browser.Browser, address, text string) *browser.Page {
	t.Helper()
	p, err := b.Open(t.Context(), browser.Device{Width: 1366, Height: 768, Scale: 1}, browser.Watch{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	if err := p.Navigate(t.Context(), address, 20*time.Second); err != nil {
		t.Fatal(err)
	}
	for range 400 {
		if there, err := browser.Evaluate[bool](t.Context(), p, fmt.Sprintf("!!document.body && document.body.innerText.includes(%q)", text)); err == nil && there {
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s never showed %s", address, text)
	return nil
}

// sample are the values for FORM-25 and what the page's model then holds.
func sample(t testing.TB) ([]Ask, map[string]any) {
	t.Helper()
	values, want, err := portaltest.Sample(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	asks, err := ParseValues(raw)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var model map[string]any
	if err := json.Unmarshal(plain, &model); err != nil {
		t.Fatal(err)
	}
	return asks, model
}

func agreed(string, []string) bool { return true }

func TestForm25(t *testing.T) {
	b := started(t)
	queries := []string{"", "?zoom=1.25&sticky=1", "?frame=1&shadow=1", "?steps=3", "?steps=3&frame=1&sticky=1", "?shadow=1&zoom=1.25"}
	for n, kit := range portaltest.Kits() {
		for seed, query := range []string{queries[0], queries[1+n%5]} {
			t.Run(fmt.Sprintf("FORM-25 %s %s", kit, query), func(t *testing.T) {
				portal := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: int64(10*n + seed)})
				p := opened(t, b, portal.URL("/form/FORM-25"+query), "应用名称")
				asks, want := sample(t)
				res, err := Fill(t.Context(), p, asks, Options{Upload: agreed})
				if err != nil {
					t.Fatal(err)
				}
				check(t, portal, res, want)
			})
		}
	}
}

func check(t *testing.T, portal *portaltest.Portal, res Result, want map[string]any) {
	t.Helper()
	for _, f := range res.Fields {
		if !f.OK {
			t.Errorf("%+v", f)
		}
	}
	model := portal.Model("FORM-25")
	for _, label := range slices.Sorted(maps.Keys(want)) {
		if !reflect.DeepEqual(model[label], want[label]) {
			t.Errorf("the page holds %v for %s, want %v", model[label], label, want[label])
		}
	}
	if finals := portal.Finals(); len(finals) > 0 || res.PressedFinal {
		t.Errorf("final buttons pressed: %v, told %v", finals, res.PressedFinal)
	}
}

func BenchmarkFill25(b *testing.B) {
	portal := portaltest.Start(b, portaltest.Options{Seed: 1})
	running := started(b)
	asks, _ := sample(b)
	for b.Loop() {
		p := opened(b, running, portal.URL("/form/FORM-25"), "应用名称")
		if _, err := Fill(b.Context(), p, asks, Options{Upload: agreed}); err != nil {
			b.Fatal(err)
		}
		p.Close()
	}
}
