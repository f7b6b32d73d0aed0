package lint

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// Bad input: what can be read is still judged, and the rest is named.

func TestHostileFiles(t *testing.T) {
	long := strings.Repeat("var a=1;", 5<<17) // one line of 5 MB
	cases := map[string]struct {
		file, text string
		want       []expected
	}{
		"a long line without tracking code": {"js/long.js", long, nil},
		"a long line with tracking code": {"js/long.js", long + "aplus_queue.push({action:'aplus.sendPV',arguments:[]});" + long,
			nil},
		"deep brackets":       {"js/deep.js", strings.Repeat("[", 200_000), []expected{{Rule: "TRACK-2", Level: listing.LevelInfo}}},
		"deep calls":          {"js/deep.js", strings.Repeat("a(", 100_000) + strings.Repeat(")", 100_000), []expected{{Rule: "TRACK-2", Level: listing.LevelInfo}}},
		"deep sums":           {"js/deep.js", "a=1" + strings.Repeat("+1", 300_000), []expected{{Rule: "TRACK-2", Level: listing.LevelInfo}}},
		"deep elements":       {"part.html", strings.Repeat("<div>", 300_000), nil},
		"an empty script":     {"js/empty.js", "", nil},
		"an empty page":       {"empty.html", "", nil},
		"a script of NUL":     {"js/nul.js", strings.Repeat("\x00", 4096), nil},
		"broken UTF-8":        {"js/broken.js", "var s = '\xff\xfe\xff';", nil},
		"a name like a zip":   {"../evil.js", "", nil},
		"half a script":       {"js/half.js", "function f( {", nil},
		"no tracking, broken": {"js/half.ts", "let x: = 1", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := base(t, "guide")
			if strings.HasPrefix(c.file, "..") {
				c.file = "js/a.zip"
				c.text = "PK\x03\x04"
			}
			site[c.file] = &fstest.MapFile{Data: []byte(c.text)}
			r := run(t, site, nil, nil)
			if !r.Passed {
				t.Errorf("not passed: %+v", listing.Blocking(r.Findings))
			}
		})
	}
}

// TestLargeFile: a file beyond the limit is named, the rest is judged.
func TestLargeFile(t *testing.T) {
	site := base(t, "guide")
	facts, err := tracking.CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	facts.Code.FileBytes = 64 << 10
	site["js/huge.js"] = &fstest.MapFile{Data: []byte(strings.Repeat("x", 65<<10))}
	r, err := Check(context.Background(), Input{Facts: facts, Params: sample(), Code: site, Target: "site"})
	if err != nil {
		t.Fatal(err)
	}
	named := false
	for _, f := range r.Findings {
		named = named || f.File == "js/huge.js" && f.Code == listing.FindingUndecided
	}
	if !named || !r.Passed {
		t.Errorf("named %v, %+v", named, r.Findings)
	}
}

// TestLargeFileOfAPage: a page whose own script was not read is not passed.
func TestLargeFileOfAPage(t *testing.T) {
	facts, err := tracking.CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	facts.Code.FileBytes = 64 << 10
	site := fstest.MapFS{"index.html": {Data: []byte(`<html><script src="all.js"></script></html>`)}, "all.js": {Data: []byte(strings.Repeat("x", 65<<10))}}
	r, err := Check(context.Background(), Input{Facts: facts, Params: sample(), Code: site, Target: "site"})
	if err != nil || r.Passed || r.Pages[0].Verdict != tracking.VerdictOpen {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestManyFiles: more files than the limit allows end in an error that says so.
func TestManyFiles(t *testing.T) {
	site := base(t, "guide")
	facts, err := tracking.CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	facts.Code.Files = 50
	for i := range 60 {
		site[fmt.Sprintf("z/%d.txt", i)] = &fstest.MapFile{}
	}
	r, err := Check(context.Background(), Input{Facts: facts, Params: sample(), Code: site, Target: "site"})
	if err != nil || r.Passed {
		t.Errorf("passed %v, %v", r.Passed, err)
	}
}

func TestEmptyCode(t *testing.T) {
	facts, err := tracking.CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Check(context.Background(), Input{Facts: facts, Code: fstest.MapFS{}}); err == nil {
		t.Error("no error for a folder without files")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Check(ctx, Input{Facts: facts, Code: base(t, "guide")}); err == nil {
		t.Error("no error after it was cancelled")
	}
}
