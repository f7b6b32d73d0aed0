package fill

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/portal/portaltest"
)

// running is the browser that all tests of this process share, each with pages of its own.
var running = sync.OnceValues(func() (*browser.Browser, error) {
	path, err := browser.Find("")
	if err != nil {
		return nil, fmt.Errorf("the tests need a browser: %w", err)
	}
	return browser.Start(context.Background(), browser.Options{Path: path})
})

func TestMain(m *testing.M) {
	code := m.Run()
	if b, err := running(); err == nil {
		_ = b.Close()
	}
	os.Exit(code)
}

func started(t testing.TB) *browser.Browser {
	t.Helper()
	b, err := running()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func shownAt(t testing.TB, b *browser.Browser, address string, scale float64) *browser.Page {
	t.Helper()
	p, err := b.Open(t.Context(), browser.Device{Width: 1366, Height: 768, Scale: scale}, browser.Watch{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	if err := p.Navigate(t.Context(), address, 20*time.Second); err != nil {
		t.Fatal(err)
	}
	return p
}

// opened opens a page and waits until it shows a text.
func opened(t testing.TB, b *browser.Browser, address, text string) *browser.Page {
	t.Helper()
	p := shownAt(t, b, address, 1)
	for range 400 {
		if there, err := browser.Evaluate[bool](t.Context(), p, fmt.Sprintf("!!document.body && document.body.innerText.includes(%q)", text)); err == nil && there {
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s never showed %s", address, text)
	return nil
}

// filledWith is a page of ours once values, as a file holds them, were filled into it.
func filledWith(t *testing.T, b *browser.Browser, page, values string, o Options) (*browser.Page, Result) {
	t.Helper()
	p := opened(t, b, served(t, page), "就绪")
	asks, err := ParseValues([]byte(values))
	if err != nil {
		t.Fatal(err)
	}
	res, err := Fill(t.Context(), p, asks, o)
	if err != nil {
		t.Fatal(err)
	}
	return p, res
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

// TestForm25 fills all kinds of fields on every kit, plain and then in awkward places: every field has to be right in the
// page's own model.
func TestForm25(t *testing.T) {
	b := started(t)
	awkward := []struct {
		query string
		scale float64
	}{
		{"?steps=3&zoom=1.25", 1}, {"?dialog=2&sticky=1", 1}, {"?frame=1&shadow=1", 1.25}, {"?steps=3&frame=1&sticky=1", 1}, {"?dialog=1&zoom=1.25", 1}, {"?frame=1&sticky=1", 1},
	}
	for n, kit := range portaltest.Kits() {
		t.Run(kit, func(t *testing.T) { fill25(t, b, portaltest.Options{Kit: kit, Seed: int64(10 * n)}, "", 1) })
		at := awkward[n]
		t.Run(kit+" "+at.query, func(t *testing.T) {
			fill25(t, b, portaltest.Options{Kit: kit, Seed: int64(10*n + 1)}, at.query, at.scale)
		})
	}
}

func fill25(t *testing.T, b *browser.Browser, o portaltest.Options, query string, scale float64) {
	t.Parallel()
	o.Person = strings.Contains(query, "dialog")
	portal := portaltest.Start(t, o)
	p := shownAt(t, b, portal.URL("/form/FORM-25"+query), scale)
	deeds := []portaltest.Deed{{Press: "打开表单"}, {Press: "继续"}}
	if o.Person {
		if err := portal.Do(t.Context(), deeds[:1+strings.Count(query, "dialog=2")]...); err != nil {
			t.Fatal(err)
		}
	}
	asks, want := sample(t)
	res, err := Fill(t.Context(), p, asks, Options{Upload: agreed})
	if err != nil {
		t.Fatal(err)
	}
	check(t, portal, "FORM-25", asks, res, want)
}

// check compares the page's own model with what was asked. Several options have no order: a kit keeps that of the clicks,
// and one that did not take is clicked again.
func check(t *testing.T, portal *portaltest.Portal, form string, asks []Ask, res Result, want map[string]any) {
	t.Helper()
	for _, f := range res.Fields {
		if !f.OK {
			t.Errorf("%+v", f)
		}
	}
	model := portal.Model(form)
	for _, label := range slices.Sorted(maps.Keys(want)) {
		got, wanted := model[label], want[label]
		if slices.ContainsFunc(asks, func(a Ask) bool { return len(a.Value.Check) > 0 && strings.HasSuffix(label, a.Label) }) {
			got, wanted = sorted(got), sorted(wanted)
		}
		if !reflect.DeepEqual(got, wanted) {
			t.Errorf("the page holds %v for %s, want %v", model[label], label, want[label])
		}
	}
	if finals := portal.Finals(); len(finals) > 0 || res.PressedFinal {
		t.Errorf("final buttons pressed: %v, told %v", finals, res.PressedFinal)
	}
}

// sorted is a list of texts in the order of its texts.
func sorted(list any) any {
	if all, ok := list.([]any); ok {
		all = slices.Clone(all)
		slices.SortFunc(all, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		return all
	}
	return list
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
