package fill

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/browser"
	"shangjiatong/app/portal/portaltest"
)

// specOf is a page of the portal as its bundle is told to draw it.
func specOf(t testing.TB, portal *portaltest.Portal, path string) *portaltest.Form {
	t.Helper()
	res, err := http.Get(portal.URL("/api/page?path=" + url.QueryEscape(path)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var spec portaltest.Spec
	if err := json.NewDecoder(res.Body).Decode(&spec); err != nil {
		t.Fatal(err)
	}
	for _, b := range spec.Blocks {
		if b.Form != nil {
			return b.Form
		}
	}
	t.Fatalf("no form at %s", path)
	return nil
}

// filling makes up a value for every field of a form, and what the page's model then holds.
func filling(t testing.TB, form *portaltest.Form) ([]Ask, map[string]any) {
	t.Helper()
	want := map[string]any{}
	var asks []Ask
	for _, step := range form.Steps {
		for _, g := range step.Groups {
			for _, f := range g.Fields {
				ask := splitKey(f.Key)
				ask.Value, want[f.Key] = valueFor(t, f, len(asks))
				asks = append(asks, ask)
			}
		}
	}
	return asks, want
}

func valueFor(t testing.TB, f portaltest.Field, n int) (Value, any) {
	t.Helper()
	option := func(i int) string { return f.Options[i%len(f.Options)].Text }
	switch f.Kind {
	case portaltest.Radio, portaltest.Select:
		if len(f.Options) > 0 {
			return Value{Choose: ptr(option(n))}, option(n)
		}
	case portaltest.Check, portaltest.Multiple:
		list := []string{option(0), option(len(f.Options) - 1)}
		return Value{Check: list}, []any{list[0], list[1]}
	case portaltest.Date:
		return Value{Date: ptr("2026-03-09")}, "2026-03-09"
	case portaltest.Switch:
		return Value{Switch: ptr(true)}, true
	case portaltest.Files:
		path := filepath.Join(t.TempDir(), fmt.Sprintf("材料%d.pdf", n))
		if err := os.WriteFile(path, []byte("%PDF-1.4\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return Value{Files: []string{path}}, []any{filepath.Base(path)}
	case portaltest.Rows:
		row := map[string]string{"姓名": "联系人甲", "电话": "13800000001"}
		return Value{Rows: []map[string]string{row}}, []any{map[string]any{"姓名": "联系人甲", "电话": "13800000001"}}
	}
	text := fmt.Sprintf("示例内容%d", n)
	switch {
	case f.Label == "应用标识":
		text = "sldb_demo"
	case strings.Contains(f.Pattern, "http"):
		text = "https://example.invalid/" + fmt.Sprint(n)
	case f.Pattern != "":
		text = fmt.Sprintf("138000000%02d", n)
	case f.Kind == portaltest.Number:
		text = fmt.Sprint(100 + n)
	}
	return Value{Text: &text}, text
}

// drafted checks that a page that holds all the fields shows them to who is told of none.
func drafted(t *testing.T, p *browser.Page, asks []Ask) {
	t.Helper()
	got, err := Labels(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range asks {
		at := slices.IndexFunc(got, func(l Label) bool { return same(l.Label, a.Label) })
		if at < 0 || (a.Value.Rows != nil) != (got[at].Kind == "rows") || a.Value.Rows != nil && len(got[at].Cells) != 2 {
			t.Errorf("no such field as %s in %+v", a.Name(), got)
		}
	}
}

// TestForms fills the forms of the facts, each on another kit.
func TestForms(t *testing.T) {
	b := started(t)
	kits := portaltest.Kits()
	for n, id := range []string{"FORM-1", "FORM-2", "FORM-3", "FORM-4"} {
		kit := kits[(n+2)%len(kits)]
		t.Run(id+" "+kit, func(t *testing.T) {
			t.Parallel()
			portal := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: int64(40 + n)})
			asks, want := filling(t, specOf(t, portal, "/form/"+id))
			p := opened(t, b, portal.URL("/form/"+id), asks[0].Label)
			res, err := Fill(t.Context(), p, asks, Options{Upload: agreed})
			if err != nil {
				t.Fatal(err)
			}
			check(t, portal, id, asks, res, want)
			drafted(t, p, asks)
		})
	}
}
