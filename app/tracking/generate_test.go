package tracking

import (
	"path"
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/listing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
	"golang.org/x/net/html"
)

// scripts returns the JavaScript of a generated file: the file itself, or what stands inline in its HTML.
func scripts(t *testing.T, f File) []string {
	t.Helper()
	switch path.Ext(f.Name) {
	case ".js":
		return []string{f.Body}
	case ".html":
		return inline(t, f.Body)
	}
	return nil
}

func inline(t *testing.T, body string) []string {
	t.Helper()
	var out []string
	z := html.NewTokenizer(strings.NewReader(body))
	inScript := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			name, _ := z.TagName()
			inScript = string(name) == "script"
		case html.EndTagToken:
			inScript = false
		case html.TextToken:
			text := strings.TrimSpace(string(z.Text()))
			if inScript && text != "" {
				out = append(out, text)
			} else if strings.ContainsAny(text, "(){};=") {
				t.Errorf("text outside script (TRACK-12): %q", text)
			}
		}
	}
}

// checkGenerated generates for every stack and, unless that is refused, parses all of it with both parsers.
func checkGenerated(t *testing.T, p Params, pages []listing.Page) {
	t.Helper()
	blocked := len(listing.Blocking(CheckInputs(p, pages))) > 0
	for _, stack := range Stacks() {
		p.Kind = kindOf(stack)
		b, err := Generate(stack, p, pages)
		if blocked && listing.CodeOf(err) != listing.CodeRefused {
			t.Fatalf("%s: blocked, but got %v", stack, err)
		}
		if err != nil {
			if listing.CodeOf(err) != listing.CodeRefused {
				t.Fatalf("%s: %v", stack, err)
			}
			continue
		}
		for _, f := range b.Files {
			for _, code := range scripts(t, f) {
				if _, err := js.Parse(parse.NewInputString(code), js.Options{}); err != nil {
					t.Errorf("%s/%s: %v", stack, f.Name, err)
				}
				transform(t, code, api.ESNext)
			}
		}
	}
}

// kindOf is a kind of application that has a stack.
func kindOf(stack Stack) listing.AppKind {
	if stack == StackMini {
		return listing.KindMini
	}
	return listing.KindH5
}

func transform(t *testing.T, code string, target api.Target) string {
	t.Helper()
	r := api.Transform(code, api.TransformOptions{Target: target, Loader: api.LoaderJS, Charset: api.CharsetUTF8})
	for _, e := range r.Errors {
		t.Errorf("esbuild: %s", e.Text)
	}
	return string(r.Code)
}

func TestGenerateParses(t *testing.T) { checkGenerated(t, goodParams(), goodPages()) }

// PKG-4: what esbuild lowers for a target differs from what it leaves alone, so the code itself must be old enough.
func TestGenerateIsOldEnough(t *testing.T) {
	for _, stack := range Stacks() {
		for _, f := range generated(t, stack).Files {
			target := api.ES2015
			if stack.byFile() || path.Ext(f.Name) == ".html" {
				target = api.ES5
			}
			for _, code := range scripts(t, f) {
				if transform(t, code, target) != transform(t, code, api.ESNext) {
					t.Errorf("%s/%s needs a newer browser", stack, f.Name)
				}
			}
		}
	}
}

func TestParsesCanFail(t *testing.T) {
	if old, now := transform(t, "x(() => 1)", api.ES5), transform(t, "x(() => 1)", api.ESNext); old == now {
		t.Error("an arrow function counts as ES5")
	}
	if old, now := transform(t, "x(a?.b)", api.ES2015), transform(t, "x(a?.b)", api.ESNext); old == now {
		t.Error("optional chaining counts as ES2015")
	}
}

func TestGenerateTypeScript(t *testing.T) {
	for _, stack := range Stacks() {
		for _, f := range generated(t, stack).Files {
			loader := map[string]api.Loader{".ts": api.LoaderTS, ".jsx": api.LoaderTSX}[path.Ext(f.Name)]
			if f.Name == "main.js" {
				loader = api.LoaderTS
			}
			if loader == api.LoaderNone {
				continue
			}
			r := api.Transform(f.Body, api.TransformOptions{Loader: loader})
			if len(r.Errors) > 0 {
				t.Errorf("%s/%s: %v", stack, f.Name, r.Errors)
			}
		}
	}
}

func generated(t *testing.T, stack Stack) Bundle {
	t.Helper()
	p := goodParams()
	p.Kind = kindOf(stack)
	b, err := Generate(stack, p, goodPages())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGenerateIsComplete(t *testing.T) {
	for _, stack := range Stacks() {
		b := generated(t, stack)
		if again := generated(t, stack); !reflect.DeepEqual(b, again) {
			t.Errorf("%s: the same data gave another bundle", stack)
		}
		if b.Stack != stack || b.FactsVersion == "" || stack.Word() == string(stack) {
			t.Errorf("%s: %+v", stack, b)
		}
		readme := b.Files[len(b.Files)-1]
		names := map[string]bool{}
		for _, f := range b.Files {
			if f.Title == "" || f.Place == "" || names[f.Name] || strings.Contains(f.Body, marker) || strings.Contains(f.Body, "<no value>") {
				t.Errorf("%s/%s is incomplete", stack, f.Name)
			}
			names[f.Name] = true
			if f.Name != readme.Name && !strings.Contains(readme.Body, f.Name) {
				t.Errorf("%s: the instructions do not speak of %s", stack, f.Name)
			}
			checkNotes(t, f, f.Name == readme.Name)
		}
	}
}

func checkNotes(t *testing.T, f File, instructions bool) {
	t.Helper()
	lines, last := strings.Count(f.Body, "\n"), 0
	if len(f.Explain) == 0 && !instructions {
		t.Errorf("%s: nothing is explained", f.Name)
	}
	for _, n := range f.Explain {
		if n.From <= last || n.To < n.From || n.To > lines || n.Text == "" {
			t.Errorf("%s: note %+v of %d lines", f.Name, n, lines)
		}
		last = n.To
	}
}

// The facts the code must carry, by ID.
func TestGenerateCarriesFacts(t *testing.T) {
	all := map[Stack]string{}
	for _, stack := range Stacks() {
		for _, f := range generated(t, stack).Files {
			if path.Ext(f.Name) != ".txt" {
				all[stack] += f.Body
			}
		}
	}
	for fact, parts := range map[string][]string{
		"TRACK-1": {
			`crossorigin="anonymous" src="https://wpkgate-emas.ding.zj.gov.cn/static/wpk-jssdk.1.0.2/wpkReporter.js"`,
			"new wpkReporter({", `bid: "demo_parking_zzdpro"`, `signkey: "1234567890abcdef"`,
			`gateway: "https://wpkgate-emas.ding.zj.gov.cn"`, "wpk.installAll();", "window._wpk = wpk;",
		},
		"TRACK-2": {
			"https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js", "beacon-aplus", `/\(i[^;]+;( U;)? CPU.+Mac OS X/`,
			`['aplus-rhost-v', "alog-api.ding.zj.gov.cn"]`, `['aplus-rhost-g', "alog-api.ding.zj.gov.cn"]`,
			`"28302650"`, `"28328447"`, `"47130293"`,
		},
		"TRACK-3":  {"['aplus-waiting', 'MAN']", "action: 'aplus.sendPV', arguments: [{ is_auto: false }, {"},
		"TRACK-4":  {"['_hold', 'BLOCK']", "['_hold', 'START']", "['_dev_id', String("},
		"TRACK-10": {"String(accountId)", "res.code", "res.auth_code", "getAuthCode({})"},
		"TRACK-11": {`sapp_id: "40001"`, `sapp_name: "demo_parking"`},
	} {
		for stack, code := range all {
			if stack == StackMini {
				continue // TRACK-15: see TestMiniCarriesFacts
			}
			for _, part := range parts {
				if !strings.Contains(code, part) {
					t.Errorf("%s: %s lacks %s", fact, stack, part)
				}
			}
			if strings.Contains(code, "alog.zjzwfw") || strings.Contains(code, "= window.aplus_queue;") {
				t.Errorf("%s: outdated host or a kept queue", stack)
			}
		}
	}
}

// TRACK-15, dossier 3.5: the mini-program's own SDK, and what is unknown about it said and configurable.
func TestMiniCarriesFacts(t *testing.T) {
	all, readme := map[string]string{}, ""
	for _, f := range generated(t, StackMini).Files {
		all[f.Name], readme = f.Body, f.Body
	}
	for name, parts := range map[string][]string{
		"tracking.js": {
			`require("./aplus_mini.js")`, `'aplus-rhost-v': "alog-api.ding.zj.gov.cn"`, `'aplus-rhost-g': "alog-api.ding.zj.gov.cn"`,
			`"28302650"`, `"28328447"`, `"47130293"`, "['aplus-waiting', 'MAN']", "['_hold', 'BLOCK']", "['_hold', 'START']",
			`sapp_id: "40001"`, `bid: "demo_parking_zzdpro"`, "aplus.aplus_queue.push({ action: 'aplus.sendPV'",
		},
		"app.js":            {"aplus: tracking.aplus", "onError(err)", "onHide()", "tracking.start(getAccountId)"},
		"page.js":           {"onShow()", "tracking.trackPage(this.route)"},
		"tracking-login.js": {"getAuthCode({})", "res.code || res.auth_code"},
	} {
		for _, part := range parts {
			if !strings.Contains(all[name], part) {
				t.Errorf("%s lacks %s", name, part)
			}
		}
	}
	if !strings.Contains(readme, "还不清楚的") || strings.Contains(all["tracking.js"], "WpkReporter") {
		t.Error("what is unknown is not said")
	}
	f, err := ParseFacts([]byte(strings.Replace(string(factsYAML), `stability_sdk: ""`, "stability_sdk: ./wpk-mini.js", 1)))
	if err != nil {
		t.Fatal(err)
	}
	p := goodParams()
	p.Kind = listing.KindMini
	b, err := f.Generate(StackMini, p, goodPages())
	if err != nil || !strings.Contains(b.Files[2].Body, `require("./wpk-mini.js")`) {
		t.Errorf("%v %+v", err, b.Files)
	}
}

// KIND-1 to KIND-4: which stacks an application can have.
func TestStacksFor(t *testing.T) {
	for _, kind := range listing.AppKinds() {
		has := map[Stack]bool{}
		for _, s := range StacksFor(kind) {
			has[s] = true
		}
		if has[StackMini] != kind.HasMini() || has[StackVue2] != (kind != listing.KindMini) {
			t.Errorf("%s: %v", kind, has)
		}
	}
}

func TestGenerateRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		stack Stack
		spoil func(*Params, *[]listing.Page)
		code  listing.Code
		field string
		says  string
	}{
		"unknown stack":         {"jsp", func(*Params, *[]listing.Page) {}, listing.CodeInvalid, "", "jsp"},
		"TRACK-15 mini-program": {StackStatic, func(p *Params, _ *[]listing.Page) { p.Kind = listing.KindMini }, listing.CodeRefused, "", "小程序"},
		"TRACK-15 web":          {StackMini, func(*Params, *[]listing.Page) {}, listing.CodeRefused, "", "小程序"},
		"TRACK-11 blocking":     {StackVue3, func(p *Params, _ *[]listing.Page) { p.SappID = "" }, listing.CodeRefused, "sapp_id", "1 处"},
		"TRACK-6 no pages":      {StackVue3, func(_ *Params, q *[]listing.Page) { *q = nil }, listing.CodeRefused, "pages", "页面表"},
		"one file": {StackStatic, func(_ *Params, q *[]listing.Page) {
			(*q)[0].PageURL, (*q)[1].PageURL = "index.html#/a", "index.html#/b"
		}, listing.CodeRefused, "pages", "同一个文件"},
	} {
		t.Run(name, func(t *testing.T) {
			p, pages := goodParams(), goodPages()
			c.spoil(&p, &pages)
			b, err := Generate(c.stack, p, pages)
			e := listing.AsError(err)
			if err == nil || e.Code != c.code || e.Field != c.field || !strings.Contains(e.Message, c.says) || e.Hint == "" || len(b.Files) != 0 {
				t.Errorf("%#v", e)
			}
		})
	}
}

func TestGenerateKeepsWarnings(t *testing.T) {
	pages := goodPages()
	pages[0].PageName = "首页2"
	b, err := Generate(StackStatic, goodParams(), pages)
	if err != nil || len(b.Findings) != 1 || !strings.Contains(b.Files[len(b.Files)-1].Body, b.Findings[0].Message) {
		t.Fatalf("%v %+v", err, b.Findings)
	}
}

// A value may not end the script it stands in, nor leave its string (TRACK-12).
func TestGenerateEscapes(t *testing.T) {
	p := goodParams()
	p.SappName = `a</script><script>alert("1")//\`
	p.Signkey = `k'</script>"+x+"`
	p.Name = "名\n@@ 称\u2028*/"
	b, err := Generate(StackVue3, p, goodPages())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range b.Files {
		if f.Name == "head.html" { // what stands in the page itself
			if got := strings.Count(f.Body, "</script>"); got != 3 {
				t.Errorf("%d script ends, want 3:\n%s", got, f.Body)
			}
		}
		if strings.Contains(f.Body, "\u2028") {
			t.Errorf("%s carries a raw line separator", f.Name)
		}
	}
	checkGenerated(t, p, goodPages())
}

func TestKeys(t *testing.T) {
	for _, c := range []struct{ url, file, route, routed string }{
		{"https://h.example.com/a/index.html", "/a/index.html", "/", "/"},
		{"https://h.example.com/a/", "/a/index.html", "/a", "/"},
		{"https://h.example.com", "/index.html", "/", "/"},
		{"https://h.example.com/a/index.html#/list?x=1", "/a/index.html", "/list", "/list"},
		{"https://h.example.com/a/#/detail/:id", "/a/index.html", "/detail/:id", "/detail/:id"},
		{"#/", "/index.html", "/", "/"},
		{"/list.html?x=1#top", "/list.html", "/list.html", "/"},
		{"./pages/list.html", "/pages/list.html", "/pages/list.html", "/"},
		{"list", "/list", "/list", "/"},
		{"/a%20b.html", "/a b.html", "/a%20b.html", "/"},
	} {
		if got := fileKey(c.url); got != c.file {
			t.Errorf("fileKey(%s) = %s, want %s", c.url, got, c.file)
		}
		if got := routeKey(c.url, false); got != c.route {
			t.Errorf("routeKey(%s) = %s, want %s", c.url, got, c.route)
		}
		if got := routeKey(c.url, true); got != c.routed {
			t.Errorf("routeKey(%s, routed) = %s, want %s", c.url, got, c.routed)
		}
	}
}

// Page tables of uni-app and of mini-programs mix what pages.json says with whole addresses.
func TestKeysOfScreens(t *testing.T) {
	pages := []listing.Page{
		{PageURL: "https://h.example.com/a/"}, {PageURL: "pages/list/list"}, {PageURL: "/pages/me/me"}, {PageURL: "https://h.example.com/a/#/pages/x/x"},
	}
	for _, stack := range []Stack{StackUniApp, StackMini} {
		keyed, err := keyPages(stack, pages)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"/", "/pages/list/list", "/pages/me/me", "/pages/x/x"} {
			if keyed[i].Key != want {
				t.Errorf("%s: %s has key %s, want %s", stack, pages[i].PageURL, keyed[i].Key, want)
			}
		}
	}
}

func TestSplitNotes(t *testing.T) {
	body, notes := splitNotes("a\n@@ one\nb\nc\n\n@@two\nd\n")
	if body != "a\nb\nc\n\nd\n" || !reflect.DeepEqual(notes, []Note{{2, 3, "one"}, {5, 5, "two"}}) {
		t.Errorf("%q %v", body, notes)
	}
}

func TestJSRegexRefuses(t *testing.T) {
	for _, bad := range []string{"", "a/b", "(", "a\nb", "</script>"} {
		if got, err := jsRegex(bad); err == nil {
			t.Errorf("%q became %s", bad, got)
		}
	}
}

func TestParamsOf(t *testing.T) {
	p := goodParams()
	a := listing.App{Name: p.Name, Identifier: p.Identifier, Kind: p.Kind, SappID: p.SappID, SappName: p.SappName, Bid: p.Bid, Signkey: p.Signkey}
	if got := ParamsOf(&a); got != p {
		t.Errorf("%+v", got)
	}
}
