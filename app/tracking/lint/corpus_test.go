package lint

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/encoding/simplifiedchinese"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// The kept corpus: testdata/sites/bases holds right sites in many styles, each with what it may be told below an error
// (bases/NAME.yaml); testdata/sites/cases holds one planted mistake or several in a file each, as edits of a base. The
// base is the right twin of every case. testdata/sites/builds holds what real tool chains made.

const sites = "testdata/sites"

// planted is one case.
type planted struct {
	About    string
	From     string
	Edits    []edit
	Params   *tracking.Params
	Pages    []listing.Page
	Findings []expected
}

// edit changes a file of the base: Old becomes New, Text replaces or adds a whole file, Delete takes it away. Bytes puts
// raw bytes where Old stands; Repeat repeats New; Encoding says how the file is written in the end.
type edit struct {
	File, Old, New, Text string
	Bytes                string // in hexadecimal
	All, Delete          bool
	Repeat               int
	Encoding             string
}

// expected is a finding that must come; At is the text it must begin at, empty for a file as a whole.
type expected struct {
	Rule  string
	Level listing.Level
	Code  string
	File  string
	At    string
	Says  string // part of the message
}

func (e expected) String() string {
	return fmt.Sprintf("%s %s %s at %q (%s)", e.Level, e.Rule, e.File, e.At, e.Says)
}

func TestCorpusCases(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sites, "cases", "*.yaml"))
	if err != nil || len(files) < 90 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	rules := map[string]bool{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		var c planted
		load(t, file, &c)
		for _, e := range c.Findings {
			rules[e.Rule] = true
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site := base(t, c.From)
			for _, e := range c.Edits {
				change(t, site, e)
			}
			compare(t, site, run(t, site, c.Params, c.Pages), c.Findings, allowance(t, c.From))
		})
	}
	for i := 1; i <= 12; i++ {
		if rule := fmt.Sprintf("TRACK-%d", i); !rules[rule] {
			t.Errorf("no case for %s", rule)
		}
	}
	for _, rule := range []string{"RULE-1", "RULE-15", "PKG-10"} {
		if !rules[rule] {
			t.Errorf("no case for %s", rule)
		}
	}
}

// TestCorpusTwins: no error on a right site, and nothing else than what its file lists.
func TestCorpusTwins(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(sites, "bases"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range folders {
		if !d.IsDir() {
			continue
		}
		t.Run(d.Name(), func(t *testing.T) {
			t.Parallel()
			site := base(t, d.Name())
			r := run(t, site, nil, nil)
			compare(t, site, r, allowance(t, d.Name()), nil)
			for _, p := range r.Pages {
				if p.Verdict != tracking.VerdictPass {
					t.Errorf("%s: %s", p.File, p.Verdict)
				}
			}
		})
	}
}

func load(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// allowance is what a base may be told besides: warnings and notes.
func allowance(t *testing.T, name string) []expected {
	t.Helper()
	file := filepath.Join(sites, "bases", name+".yaml")
	if _, err := os.Stat(file); err != nil {
		return nil
	}
	var b struct {
		About    string
		Findings []expected
	}
	load(t, file, &b)
	return b.Findings
}

// base reads a site of bases into memory.
func base(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	return folder(t, filepath.Join(sites, "bases", name))
}

func folder(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	root := os.DirFS(name)
	site := fstest.MapFS{}
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, p)
		site[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return site
}

func change(t *testing.T, site fstest.MapFS, e edit) {
	t.Helper()
	if e.Delete {
		delete(site, e.File)
		return
	}
	if e.Text != "" {
		site[e.File] = &fstest.MapFile{Data: []byte(e.Text)}
	}
	f := site[e.File]
	if f == nil {
		t.Fatalf("no file %s", e.File)
	}
	text := string(decode(e.File, f.Data).text)
	if e.Old != "" {
		n := strings.Count(text, e.Old)
		if n != 1 && !e.All || n == 0 {
			t.Fatalf("%s holds %q %d times", e.File, e.Old, n)
		}
		text = strings.ReplaceAll(text, e.Old, strings.Repeat(e.New, max(1, e.Repeat))+unhex(t, e.Bytes))
	}
	data := []byte(text)
	switch e.Encoding {
	case "":
	case "gbk":
		out, err := simplifiedchinese.GBK.NewEncoder().Bytes(data)
		if err != nil {
			t.Fatal(err)
		}
		data = out
	case "bom":
		data = append([]byte("\xef\xbb\xbf"), data...)
	default:
		t.Fatalf("encoding %q", e.Encoding)
	}
	if e.Encoding == "" && e.Old == "" && e.Text == "" {
		t.Fatalf("the edit of %s changes nothing", e.File)
	}
	site[e.File] = &fstest.MapFile{Data: data}
}

// sample are the values issued to the application of the corpus.
func sample() tracking.Params {
	return tracking.Params{
		Name: "智慧停车", Identifier: "demo_parking", SappID: "40001", SappName: "demo_parking",
		Bid: "demo_parking_zzdpro", Signkey: "1234567890abcdef",
	}
}

func run(t *testing.T, site fs.FS, params *tracking.Params, pages []listing.Page) tracking.Result {
	t.Helper()
	facts, err := tracking.CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	p := sample()
	if params != nil {
		p = *params
	}
	r, err := Check(context.Background(), Input{Facts: facts, Params: p, Pages: pages, Code: site, Target: "site"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// compare wants every expected finding once and nothing besides what is allowed.
func compare(t *testing.T, site fstest.MapFS, r tracking.Result, want, allowed []expected) {
	t.Helper()
	left := append([]listing.Finding{}, r.Findings...)
	for _, e := range want {
		found := false
		for i, f := range left {
			if fits(site, f, e) {
				left, found = append(left[:i:i], left[i+1:]...), true
				break
			}
		}
		if !found {
			t.Errorf("missing: %s", e)
		}
	}
	for _, f := range left {
		if f.Level != listing.LevelError && anyFits(site, f, allowed) {
			continue
		}
		t.Errorf("not wanted: %s %s %s %s:%d:%d %s | %s", f.Level, f.Rule, f.Code, f.File, f.Line, f.Column, f.Message, f.Excerpt)
	}
	if r.Passed != (len(listing.Blocking(r.Findings)) == 0) {
		t.Error("passed does not agree with the findings")
	}
}

func anyFits(site fstest.MapFS, f listing.Finding, list []expected) bool {
	for _, e := range list {
		if fits(site, f, e) {
			return true
		}
	}
	return false
}

func fits(site fstest.MapFS, f listing.Finding, e expected) bool {
	if f.Rule != e.Rule || f.Level != e.Level || e.File != "" && f.File != e.File || e.Code != "" && f.Code != e.Code || !strings.Contains(f.Message, e.Says) {
		return false
	}
	if e.At == "" {
		return true
	}
	file := site[f.File]
	if file == nil || f.Line == 0 {
		return false
	}
	return bytes.HasPrefix(rest(decode(f.File, file.Data), f.Line, f.Column), []byte(e.At))
}

// rest is the text of a file from a line and column on.
func rest(src *source, line, column int) []byte {
	text := src.text[src.starts[line-1]:]
	return text[len(head(text, column-1)):]
}

func unhex(t *testing.T, s string) string {
	t.Helper()
	out, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
