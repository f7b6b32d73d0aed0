package lint

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"shangjiatong/app/tracking"
)

// seed adds every file of the right sites that ends so.
func seed(f *testing.F, add func(text string), endings ...string) {
	f.Helper()
	root := os.DirFS(filepath.Join(sites, "bases"))
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, e := range endings {
			if strings.HasSuffix(name, e) {
				data, err := fs.ReadFile(root, name)
				if err != nil {
					return err
				}
				add(string(data))
			}
		}
		return nil
	})
	if err != nil {
		f.Fatal(err)
	}
}

// FuzzPage: any bytes are some page, and what is noted of it lies inside it.
func FuzzPage(f *testing.F) {
	seed(f, func(s string) { f.Add([]byte(s)) }, ".html", ".vue")
	f.Fuzz(func(t *testing.T, raw []byte) {
		src := decode("page.html", raw)
		p := readPage(src)
		for _, s := range p.scripts {
			if s.from < 0 || s.to < s.from || s.to > len(src.text) {
				t.Fatalf("script %d–%d of %d", s.from, s.to, len(src.text))
			}
		}
		script, _, _ := unitOf(src)
		if len(script) != len(src.text) {
			t.Fatalf("the script of a component has %d bytes of %d", len(script), len(src.text))
		}
		for _, at := range append(p.passwords, p.stray...) {
			if line, column := src.place(at); line < 1 || column < 1 {
				t.Fatal(line, column)
			}
			_, _ = src.excerpt(at)
		}
	})
}

// FuzzCheck: any page and script end in a result whose places are in the files.
func FuzzCheck(f *testing.F) {
	page := `<html><script src="a.js"></script><script>sendPage('a','首页')</script>`
	seed(f, func(s string) { f.Add(page, s, "") }, ".js")
	seed(f, func(s string) { f.Add(s, "window.aplus_queue=[]", "export default {}") }, ".html")
	seed(f, func(s string) { f.Add(page, "import './b'", s) }, ".vue", ".ts", ".tsx")
	facts, err := tracking.CurrentFacts()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, html, script, typed string) {
		site := fstest.MapFS{
			"index.html": {Data: []byte(html)}, "a.js": {Data: []byte(script)},
			"b.ts": {Data: []byte(typed)}, "c.vue": {Data: []byte("<script>" + typed)},
		}
		r, err := Check(context.Background(), Input{Facts: facts, Params: sample(), Code: site, Target: "site"})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range r.Findings {
			if x.Message == "" || x.File != "" && site[x.File] == nil || x.Line < 0 {
				t.Fatalf("%+v", x)
			}
		}
	})
}
