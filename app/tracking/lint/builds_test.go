package lint

import (
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// built is what a site of testdata/sites/builds must give; it lists every error, and warnings and notes as far as it cares.
type built struct {
	About    string
	Twin     string
	Params   tracking.Params
	Pages    []listing.Page
	Findings []struct {
		Rule  string
		Level listing.Level
		File  string
		Code  string // text of the built code that the finding is about
	}
}

// TestCorpusBuilds reads what real tool chains made of applications with the tracking code of this program, clean and with a
// mistake planted in the source.
func TestCorpusBuilds(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sites, "builds", "*", "expect.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			var want built
			load(t, file, &want)
			r := run(t, os.DirFS(filepath.Join(dir, "site")), &want.Params, want.Pages)
			compareBuilt(t, r, want)
		})
	}
}

func compareBuilt(t *testing.T, r tracking.Result, want built) {
	t.Helper()
	used := make([]bool, len(r.Findings))
	for _, e := range want.Findings {
		found := false
		for i, f := range r.Findings {
			if f.Rule == e.Rule && f.Level == e.Level && (e.File == "" || f.File == e.File) {
				used[i], found = true, true
			}
		}
		if !found {
			t.Errorf("missing: %+v", e)
		}
	}
	for i, f := range r.Findings {
		if !used[i] && f.Level == listing.LevelError {
			t.Errorf("not wanted: %s %s %s:%d:%d %s | %s", f.Rule, f.Code, f.File, f.Line, f.Column, f.Message, f.Excerpt)
		}
	}
}
