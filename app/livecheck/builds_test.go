package livecheck

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// TestBuiltSnippets opens what the real tool chains made of every generated snippet: each page of each of them is 合格.
func TestBuiltSnippets(t *testing.T) {
	found, err := filepath.Glob(filepath.Join("..", "tracking", "lint", "testdata", "sites", "builds", "*-clean"))
	if err != nil || len(found) < 8 {
		t.Fatalf("%d sites, %v", len(found), err)
	}
	for _, dir := range found {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			var site struct {
				Params tracking.Params
				Pages  []listing.Page
			}
			raw, err := os.ReadFile(filepath.Join(dir, "expect.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			if err := yaml.Unmarshal(raw, &site); err != nil {
				t.Fatal(err)
			}
			r := run(t, Input{Params: site.Params, Pages: site.Pages, Folder: os.DirFS(filepath.Join(dir, "site")), Devices: []string{"pc"}})
			if !r.Passed || r.Unproven() > 0 {
				t.Errorf("%+v\n%+v", r.Pages, r.Findings)
			}
		})
	}
}
