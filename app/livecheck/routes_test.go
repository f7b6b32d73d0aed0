package livecheck

import (
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

func TestTableRoot(t *testing.T) {
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		urls []string
		want string
	}{
		{[]string{"https://a.example/web/x/reserved/pages/list.html"}, "/web/x/reserved/"},
		{[]string{"https://a.example/web/x/lastTest/index.html#/a"}, "/web/x/lastTest/"},
		{[]string{"https://a.example/app/index.html", "https://a.example/app/pages/b.html"}, "/app/"},
		{[]string{"https://a.example/app/#/a"}, "/app/"},
		{[]string{"https://a.example/a/x.html", "https://a.example/b/y.html"}, ""},
		{[]string{"index.html", "#/list", "/x"}, ""},
		{[]string{"%zz://"}, ""},
	}
	for _, c := range cases {
		var pages []listing.Page
		for _, u := range c.urls {
			pages = append(pages, listing.Page{PageURL: u})
		}
		if got := tableRoot(k, pages); got != c.want {
			t.Errorf("%v: %q, want %q", c.urls, got, c.want)
		}
	}
}

func TestStops(t *testing.T) {
	files := fstest.MapFS{"index.html": {Mode: 0o600}, "pages/list.html": {Mode: 0o600}, "中文.html": {Mode: 0o600}}
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	folderSite := site{base: "http://127.0.0.1:1/web/x/reserved/", entry: "http://127.0.0.1:1/web/x/reserved/", root: "/web/x/reserved/",
		files: &host{files: files, prefix: "/web/x/reserved/", origin: "http://127.0.0.1:1"}}
	hashed := folderSite
	hashed.hash = true
	address, err := newSite(k, Input{Address: "http://127.0.0.1:2/test/index.html?a=1#/home", Pages: []listing.Page{{PageURL: "https://p.example/web/x/reserved/index.html"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		site      site
		url, want string
	}{
		{folderSite, "https://p.example/web/x/reserved/pages/list.html", "http://127.0.0.1:1/web/x/reserved/pages/list.html"},
		{folderSite, "https://p.example/web/x/reserved/index.html#/detail/:id", "http://127.0.0.1:1/web/x/reserved/#/detail/1"},
		{folderSite, "https://other.example/deep/er/pages/list.html?q=1", "http://127.0.0.1:1/web/x/reserved/pages/list.html?q=1"},
		{folderSite, "../pages/list.html", "http://127.0.0.1:1/web/x/reserved/pages/list.html"},
		{folderSite, "#/a/{id}", "http://127.0.0.1:1/web/x/reserved/#/a/1"},
		{folderSite, "/mine", "http://127.0.0.1:1/web/x/reserved/mine"},
		{folderSite, "/../../etc/passwd", "http://127.0.0.1:1/web/x/reserved/etc/passwd"},
		{folderSite, "pages/index/index", "http://127.0.0.1:1/web/x/reserved/#/pages/index/index"},
		{hashed, "/mine", "http://127.0.0.1:1/web/x/reserved/#/mine"},
		{hashed, "https://p.example/web/x/reserved/pages/list.html", "http://127.0.0.1:1/web/x/reserved/pages/list.html"},
		{address, "https://p.example/web/x/reserved/pages/list.html", "http://127.0.0.1:2/test/pages/list.html"},
		{address, "#/list", "http://127.0.0.1:2/test/index.html?a=1#/list"},
		{address, "", "http://127.0.0.1:2/test/index.html?a=1"},
	}
	for _, c := range cases {
		if got := c.site.stopAt(0, listing.Page{PageURL: c.url}).address; got != c.want {
			t.Errorf("%s: %s, want %s", c.url, got, c.want)
		}
	}
}

func TestServeIsTheHostingPlatform(t *testing.T) {
	files := fstest.MapFS{"index.html": {Data: []byte("entry")}, "a.js": {Data: []byte("1")}, "big.bin": {Data: []byte(strings.Repeat("x", 100))}, "sub/index.html": {Data: []byte("sub")}}
	h, err := serve(files, "/web/x/", 10)
	if err != nil {
		t.Fatal(err)
	}
	defer h.stop()
	cases := []struct {
		path, body, kind string
		status           int
	}{
		{"/web/x/", "entry", "text/html", 200}, {"/web/x/a.js", "1", "text/javascript", 200}, {"/web/x/sub/", "sub", "text/html", 200},
		{"/web/x/big.bin", "xxxxxxxxxx", "application/octet-stream", 200},
		{"/a.js", "", "", 404}, {"/web/x/none", "", "", 404}, {"/web/x/sub", "", "", 404}, {"/web/x/../../etc/passwd", "", "", 404},
		{"/web/x/%2e%2e/%2e%2e/etc/passwd", "", "", 404}, {`/web/x/..%5ca.js`, "", "", 404}, {"/web/x/a.js%00", "", "", 404},
	}
	for _, c := range cases {
		res, err := http.Get(h.origin + c.path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != c.status || c.status == 200 && (string(body) != c.body || res.Header.Get("Content-Type") != c.kind) {
			t.Errorf("%s: %d %q %s", c.path, res.StatusCode, body, res.Header.Get("Content-Type"))
		}
	}
}

func TestBuiltFolder(t *testing.T) {
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	page := &fstest.MapFile{Data: []byte("x")}
	cases := []struct {
		name  string
		files fstest.MapFS
		want  string // a file that must be in it
	}{
		{"built output itself", fstest.MapFS{"index.html": page, "js/a.js": page}, "js/a.js"},
		{"source with its output", fstest.MapFS{"package.json": page, "index.html": page, "dist/index.html": page, "dist/here": page}, "here"},
		{"source alone", fstest.MapFS{"package.json": page, "index.html": page, "here": page}, "here"},
		{"uni-app", fstest.MapFS{"package.json": page, "unpackage/dist/build/h5/index.html": page, "unpackage/dist/build/h5/here": page}, "here"},
		{"one folder in a zip", fstest.MapFS{"app/dist/index.html": page, "app/dist/here": page, "app/package.json": page}, "here"},
		{"pages without an index", fstest.MapFS{"a.html": page, "b.html": page}, "a.html"},
		{"no page", fstest.MapFS{"src/main.ts": page, "node_modules/x/index.html": page}, ""},
	}
	for _, c := range cases {
		got, err := builtFolder(k, c.files)
		if c.want == "" {
			if listing.CodeOf(err) != listing.CodeNotFound {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if _, err := fs.Stat(got, c.want); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestData(t *testing.T) {
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	f := facts(t)
	for _, d := range k.Devices.List {
		// dossier 2: what the client's interface looks for.
		if !strings.Contains(d.Show.UserAgent, "TaurusApp(") {
			t.Errorf("%s: no TaurusApp", d.ID)
		}
		if pc := strings.Contains(d.Show.UserAgent, "dingtalk-win"); pc != (d.ID == "pc") {
			t.Errorf("%s: dingtalk-win %v", d.ID, pc)
		}
	}
	if !strings.HasSuffix(f.Traffic.Script, "/"+k.Scripts.SDK) || !strings.HasSuffix(f.Stability.Script(), "/"+k.Scripts.Reporter) {
		t.Error("the scripts of the facts are not the ones that are answered")
	}
	for _, key := range sentenceKeys() {
		if f := k.book.Finding(key, tracking.Words{Place: "甲", Value: "乙"}); f.Message == "" || f.Effect == "" || f.Fix == "" {
			t.Errorf("%s says nothing", key)
		}
	}
	broken := k.settings
	broken.Limits.SettleMS = 0
	if broken.validate() == nil {
		t.Error("a limit of nothing is taken")
	}
}

// TRACK-8: a page that sends location.href sends its own address, wherever it was opened.
func TestSamePlace(t *testing.T) {
	const base = "http://127.0.0.1:4000/web/demo/"
	cases := []struct {
		sent, opened string
		want         bool
	}{
		{base + "list.html", base + "list.html", true},
		{base + "list.html?code=abc", base + "list.html", true},
		{base + "index.html", base, true},
		{base + "#/list?id=1", base + "#/list", true},
		{base + "#/list", base + "#/mine", false},
		{base + "list.html", base + "mine.html", false},
		{"https://demo.example.com/web/demo/list.html", base + "list.html", false},
		{"list.html", base + "list.html", false},
	}
	for _, c := range cases {
		if got := samePlace(c.sent, c.opened); got != c.want {
			t.Errorf("%s at %s: %v", c.sent, c.opened, got)
		}
	}
}
