//go:build browser

package portal

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"shangjiatong/app/browser"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/portal/table"
)

// kept is where the saved pages are that package table reads without a browser; KEEP=1 writes them anew.
var kept = filepath.Join("table", "testdata", "kits")

// TestSavedPages reads a page as the browser saves it, and finds what the running page shows.
func TestSavedPages(t *testing.T) {
	b := started(t)
	for _, kit := range portaltest.Kits() {
		for id, query := range map[string]string{"TABLE-1": "?fixed=1&group=1&split=1", "TABLE-2": "?fixed=1&group=0&split=0", "TABLE-3": "?group=0"} {
			t.Run(kit+" "+id, func(t *testing.T) {
				portal := portaltest.Start(t, portaltest.Options{Kit: kit, Seed: 5, Rows: 4})
				p := opened(t, b, portal.URL("/list/"+id+query))
				defer p.Close()
				live, err := ReadTable(t.Context(), p, tablesOf(t, id), ReadOptions{})
				if err != nil || len(live.Drift) > 0 {
					t.Fatalf("%s, %+v", told(err), live.Drift)
				}
				same(t, portal, id, live)
				whole, err := p.MHTML(t.Context())
				if err != nil {
					t.Fatal(told(err))
				}
				page, err := browser.Evaluate[string](t.Context(), p, "'<!doctype html>' + document.documentElement.outerHTML")
				if err != nil {
					t.Fatal(told(err))
				}
				page = regexp.MustCompile(`(?s)<style.*?</style>|<script.*?</script>|<link[^>]*>`).ReplaceAllString(page, "")
				page = regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(page, "127.0.0.1")
				for name, raw := range map[string][]byte{"MHTML": whole, "HTML": []byte(page)} {
					compare(t, name, raw, live, id)
				}
				if os.Getenv("KEEP") == "1" {
					keep(t, fmt.Sprintf("%s-%s", kit, strings.ToLower(id)), page, onlyHTML(string(whole)), live)
				}
			})
		}
	}
}

func compare(t *testing.T, name string, raw []byte, live table.Result, id string) {
	t.Helper()
	s, err := table.Open(raw)
	if err != nil {
		t.Fatalf("%s: %s", name, told(err))
	}
	res, err := table.Read(s, "irs", tablesOf(t, id))
	if err != nil {
		t.Fatalf("%s: %s", name, told(err))
	}
	a, _ := json.Marshal([]any{live.Rows, live.Parts})
	b, _ := json.Marshal([]any{res.Rows, res.Parts})
	if string(a) != string(b) || len(res.Drift) > 0 {
		t.Errorf("%s differs from the running page, %+v\n%s\n%s", name, res.Drift, b, a)
	}
}

// onlyHTML leaves out styles and pictures, which nobody reads, so that the file stays small.
func onlyHTML(whole string) string {
	_, rest, _ := strings.Cut(whole, `boundary="`)
	boundary, _, _ := strings.Cut(rest, `"`)
	parts := strings.Split(whole, "--"+boundary)
	out := parts[0]
	for _, p := range parts[1:] {
		if strings.HasPrefix(p, "--") || strings.Contains(p[:min(len(p), 200)], "text/html") {
			out += "--" + boundary + p
		}
	}
	return regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(out, "127.0.0.1")
}

func keep(t *testing.T, name, page, whole string, live table.Result) {
	t.Helper()
	rows, err := json.MarshalIndent(live.Rows, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(kept, 0o755); err != nil {
		t.Fatal(err)
	}
	for ext, raw := range map[string]string{".html": page, ".mhtml": whole, ".json": string(rows) + "\n"} {
		if err := os.WriteFile(filepath.Join(kept, name+ext), []byte(raw), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
