package livecheck

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

const rootURL = "https://demo.example.com/web/demo/reserved/"

func demoParams() tracking.Params {
	return tracking.Params{
		Name: "城市停车一件事", Identifier: "demo_parking", Kind: listing.KindH5, SappID: "40001", SappName: "demo_parking",
		Bid: "demo_parking_zzdpro", Signkey: "1234567890abcdef",
	}
}

func facts(t testing.TB) tracking.Facts {
	t.Helper()
	f, err := tracking.CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// bundle is the generated code of the made-up application, by file name.
func bundle(t testing.TB, stack tracking.Stack, pages []listing.Page) map[string]string {
	t.Helper()
	b, err := tracking.Generate(stack, demoParams(), pages)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range b.Files {
		out[f.Name] = f.Body
	}
	return out
}

// completed does what the vendor is asked to do: it exchanges the code for an account at the back end.
func completed(text string) string {
	call := `return fetch('https://backend.example.com/login?code=' + encodeURIComponent(code), { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })` +
		`.then((r) => { if (!r.ok) throw new Error('login ' + r.status); return r.json(); }).then((d) => d.data.accountId);`
	return regexp.MustCompile(`(function (?:sjtExchange|exchange)\(code\) \{\n[^\n]*\n)[^\n]*`).ReplaceAllString(text, "${1}"+strings.ReplaceAll(call, "$", "$$"))
}

const jsapi = `<script src="https://g.alicdn.com/gdt/jsapi/1.9.51/index.js"></script>`

func staticPages(n int) []listing.Page {
	pages := []listing.Page{{PageID: "home", PageName: "首页", PageURL: rootURL + "index.html"}}
	letters := "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
	for i := 1; i < n; i++ {
		pages = append(pages, listing.Page{PageID: fmt.Sprintf("p%d", i), PageName: "页面" + string([]rune(letters)[i%20]), PageURL: fmt.Sprintf("%spages/p%d.html", rootURL, i)})
	}
	return pages
}

// staticSite is a multi-page site with the generated code in it. change edits a file before it is served.
func staticSite(t testing.TB, pages []listing.Page, change func(name, text string) string) fs.FS {
	t.Helper()
	code := bundle(t, tracking.StackStatic, pages)
	out := map[string]string{"tracking.js": code["tracking.js"], "tracking-login.js": completed(code["tracking-login.js"])}
	for i, p := range pages {
		name, up, stability := strings.TrimPrefix(p.PageURL, rootURL), "", ""
		if i == 0 {
			stability = code["stability.html"]
		} else {
			up = "../"
		}
		out[name] = `<!doctype html><html><head><meta charset="utf-8"><title>` + p.PageName + `</title>` + jsapi + stability +
			strings.ReplaceAll(code["tags.html"], `src="`, `src="`+up) + `</head><body>` + p.PageName + `</body></html>`
	}
	return folder(out, change)
}

func folder(files map[string]string, change func(name, text string) string) fs.FS {
	out := fstest.MapFS{}
	for name, text := range files {
		if change != nil {
			text = change(name, text)
		}
		out[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o600}
	}
	return out
}

func routedPages() []listing.Page {
	return []listing.Page{
		{PageID: "home", PageName: "首页", PageURL: rootURL + "index.html"},
		{PageID: "list", PageName: "办件列表", PageURL: rootURL + "index.html#/list"},
		{PageID: "detail", PageName: "办件详情", PageURL: rootURL + "index.html#/detail/:id"},
		{PageID: "mine", PageName: "我的", PageURL: rootURL + "index.html#/mine"},
	}
}

// smallRouter has as much of vue-router as the generated code asks for, with hash routes.
const smallRouter = `
const hooks = [];
const patterns = ['/', '/list', '/detail/:id', '/mine'];
function resolve() {
  const path = location.hash.slice(1) || '/';
  const matched = patterns.find((p) => new RegExp('^' + p.replace(/:[a-z]+/g, '[^/]+') + '$').test(path));
  return { path, meta: {}, name: undefined, matched: matched ? [{ path: matched }] : [] };
}
const router = {
  options: { history: { base: location.pathname + '#' } },
  currentRoute: { value: resolve() },
  afterEach: (f) => hooks.push(f),
  isReady: () => Promise.resolve(),
};
addEventListener('hashchange', () => { const from = router.currentRoute.value; router.currentRoute.value = resolve(); hooks.forEach((f) => f(router.currentRoute.value, from)); });
export default router;`

// routedSite is a single-page application with hash routes and the generated code in it.
func routedSite(t testing.TB, change func(name, text string) string) fs.FS {
	t.Helper()
	code := bundle(t, tracking.StackVue3, routedPages())
	return folder(map[string]string{
		"index.html": `<!doctype html><html><head><meta charset="utf-8"><title>应用</title>` + jsapi + code["head.html"] +
			`</head><body><script type="module" src="./main.js"></script></body></html>`,
		"main.js":           `import router from './router.js'; import { installTracking } from './tracking.js'; import { getAccountId } from './tracking-login.js'; installTracking(router, { getAccountId, waitMs: 1500 });`,
		"router.js":         smallRouter,
		"tracking.js":       code["tracking.js"],
		"tracking-login.js": completed(code["tracking-login.js"]),
	}, change)
}

// run checks a folder with a browser that all tests share; one of its own would take a second for each.
func run(t testing.TB, in Input) tracking.Result {
	t.Helper()
	r, err := try(t, in)
	if err != nil {
		t.Fatalf("%v: %v", err, listing.AsError(err).Unwrap())
	}
	return r
}

func try(t testing.TB, in Input) (tracking.Result, error) {
	t.Helper()
	c, err := prepare(ready(t, in))
	if err != nil {
		return tracking.Result{}, err
	}
	defer c.end()
	hurry(c)
	b, err := shared()
	if err != nil {
		return tracking.Result{}, err
	}
	c.browser = b
	if err := c.run(t.Context()); err != nil {
		return tracking.Result{}, err
	}
	return c.judge()
}

// hurry makes waits for what will not come shorter.
func hurry(c *check) {
	k := *c.k
	k.Limits.SettleMS, k.Limits.MissingMS, k.Limits.NavigateMS, k.Login.SlowMS = 4000, 500, 2000, 500
	c.k = &k
}

var shared = sync.OnceValues(func() (*browser.Browser, error) {
	path, err := browser.Find("")
	if err != nil {
		return nil, err
	}
	return browser.Start(context.Background(), browser.Options{Path: path})
})

func TestMain(m *testing.M) {
	code := m.Run()
	if b, err := shared(); err == nil {
		b.Close()
	}
	os.Exit(code)
}

func ready(t testing.TB, in Input) Input {
	t.Helper()
	path, err := browser.Find("")
	if err != nil {
		t.Fatalf("the tests need a browser: %v", err)
	}
	in.Browser = path
	if in.Facts.Version == "" {
		in.Facts = facts(t)
	}
	in.Params = demoParams()
	return in
}

// summary is the verdicts and the rules of the findings that are more than information.
func summary(r tracking.Result) string {
	var out []string
	for _, p := range r.Pages {
		out = append(out, string(p.Verdict))
	}
	for _, f := range r.Findings {
		if f.Level != listing.LevelInfo {
			out = append(out, f.Rule+" "+f.Message)
		}
	}
	return strings.Join(out, "\n")
}

// report logs a whole result, for the reader of a failed test.
func report(t testing.TB, r tracking.Result) {
	t.Helper()
	for _, p := range r.Pages {
		t.Logf("%s %s %s %s", p.VerdictWord, p.ID, p.Name, p.File)
		for _, e := range p.Evidence {
			t.Log("    ", e)
		}
	}
	for _, f := range r.Findings {
		t.Log(f.Level, f.Rule, f.Message)
	}
}
