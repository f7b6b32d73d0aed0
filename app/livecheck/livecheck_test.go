package livecheck

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// TestCleanTwins: the generated code passes on every device, whatever becomes of the login.
func TestCleanTwins(t *testing.T) {
	quick := func(name, text string) string { return strings.Replace(text, "WAIT_MS = 5000", "WAIT_MS = 1500", 1) }
	cases := []struct {
		name string
		in   Input
	}{
		{"static", Input{Folder: staticSite(t, staticPages(2), quick), Pages: staticPages(2)}},
		{"hash routes", Input{Folder: routedSite(t, nil), Pages: routedPages()}},
	}
	for _, c := range cases {
		for _, l := range [][]Login{{LoginOK, LoginFail}, {LoginSlow, LoginNever}} {
			t.Run(fmt.Sprint(c.name, l), func(t *testing.T) {
				c.in.Logins = l
				var last, total int64
				c.in.Progress = func(done, of int64) { last, total = done, of }
				r := run(t, c.in)
				if !r.Passed || slices.ContainsFunc(r.Findings, func(f listing.Finding) bool { return f.Level != listing.LevelInfo && f.Rule != "TRACK-10" }) {
					t.Errorf("a clean twin: %s", summary(r))
				}
				for _, p := range r.Pages {
					if p.Verdict != tracking.VerdictPass || len(p.Evidence) != 4 {
						t.Errorf("%s: %s, %d lines of evidence", p.ID, p.Verdict, len(p.Evidence))
					}
				}
				if last != total || total != int64(4*len(c.in.Pages)) {
					t.Errorf("progress ended at %d of %d", last, total)
				}
				if t.Failed() {
					report(t, r)
				}
			})
		}
	}
}

// dossier 3.2, 3.3: the model in the page forms the requests that the model of package queue says.
func TestModelsAgree(t *testing.T) {
	c, err := prepare(ready(t, Input{Folder: routedSite(t, nil), Pages: routedPages(), Devices: []string{"ios"}, Logins: []Login{LoginOK}}))
	if err != nil {
		t.Fatal(err)
	}
	defer c.end()
	if c.browser, err = shared(); err != nil {
		t.Fatal(err)
	}
	if err := c.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := c.visits[0].doc
	r, err := queue.Run(queue.Profile{Client: queue.ClientMobile}, d.events)
	if err != nil || len(r.Requests) != 4 || len(d.logs) != 4 {
		t.Fatalf("%d requests, %d logs, %v", len(r.Requests), len(d.logs), err)
	}
	for i, want := range r.Requests {
		address, line, _ := strings.Cut(d.logs[i], "?")
		text, err := url.PathUnescape(line)
		if err != nil {
			t.Fatal(err)
		}
		f := strings.Split(text, "||")
		if len(f) != 33 || address != want.Address || f[4] != want.AppID || f[9] != want.User || f[21] != "2001" ||
			!strings.Contains(f[25], fmt.Sprintf(`"page_id":"%v"`, want.Args["page_id"])) {
			t.Errorf("%d: %s, want %+v", i, text, want)
		}
	}
	if len(d.uploads) == 0 || d.uploads[0] != "demo_parking_zzdpro" {
		t.Errorf("uploads %v", d.uploads)
	}
}

// historyRouter navigates by paths.
const historyRouter = `
const hooks = [];
const base = location.pathname.replace(/index.html$/, '').replace(/\/$/, '');
function resolve() { const path = location.pathname.slice(base.length).replace('/index.html', '') || '/'; return { path, meta: {}, name: undefined, matched: [{ path }] }; }
const router = { options: { history: { base } }, currentRoute: { value: resolve() }, afterEach: (f) => hooks.push(f), isReady: () => Promise.resolve() };
addEventListener('popstate', () => { const from = router.currentRoute.value; router.currentRoute.value = resolve(); hooks.forEach((f) => f(router.currentRoute.value, from)); });
export default router;`

func TestHistoryRoutes(t *testing.T) {
	pages := []listing.Page{{PageID: "home", PageName: "首页", PageURL: "/"}, {PageID: "list", PageName: "办件列表", PageURL: "/list"}}
	code := bundle(t, tracking.StackVue3, pages)
	site := folder(map[string]string{
		"index.html":  `<!doctype html><html><head><meta charset="utf-8">` + jsapi + code["head.html"] + `</head><body><script type="module" src="./main.js"></script></body></html>`,
		"main.js":     `import router from './router.js'; import { installTracking } from './tracking.js'; import { getAccountId } from './tracking-login.js'; installTracking(router, { getAccountId });`,
		"router.js":   historyRouter,
		"tracking.js": code["tracking.js"], "tracking-login.js": completed(code["tracking-login.js"]),
	}, nil)
	r := run(t, Input{Folder: site, Pages: pages, Devices: []string{"android"}, Logins: []Login{LoginOK}})
	if verdicts(r) != "pass pass" {
		report(t, r)
		t.Error(verdicts(r))
	}
}

// TestNoPageTable: what the pages report is judged by itself.
func TestNoPageTable(t *testing.T) {
	change := func(name, text string) string {
		return strings.NewReplacer(`page_id: "p1"`, `page_id: "home"`, `page_name: "页面乙"`, `page_name: "_页面"`).Replace(text)
	}
	r := run(t, Input{Folder: staticSite(t, staticPages(2), change), Devices: []string{"pc"}, Logins: []Login{LoginOK}})
	if len(r.Pages) != 2 || r.Pages[1].Name != "页面乙" || r.Passed || !strings.Contains(summary(r), "TRACK-8") || !strings.Contains(summary(r), "TRACK-9") {
		report(t, r)
		t.Error("a repeated page_id or a bad name was not seen")
	}
}

// TestReply: the back end's answers are what the person gave.
func TestReply(t *testing.T) {
	change := func(_, text string) string { return strings.Replace(text, "d.data.accountId", "d.mine.who", 1) }
	in := Input{Folder: staticSite(t, staticPages(1), change), Pages: staticPages(1), Devices: []string{"pc"}, Logins: []Login{LoginOK}}
	if r := run(t, in); r.Passed {
		t.Error("a guess cannot know mine.who")
	}
	in.Reply = []byte(`{"mine": {"who": "{account}"}}`)
	if r := run(t, in); !r.Passed {
		report(t, r)
		t.Error("the reply was not given")
	}
}

// TestRealNetwork plays the real servers on this machine: their answers are judged, and no invented user is sent.
func TestRealNetwork(t *testing.T) {
	for _, status := range []int{200, 503} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			var users []string
			sdk, err := files.ReadFile("script/aplus.js")
			if err != nil {
				t.Fatal(err)
			}
			wpk, err := files.ReadFile("script/wpk.js")
			if err != nil {
				t.Fatal(err)
			}
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Access-Control-Allow-Origin", "*")
				switch {
				case strings.HasSuffix(r.URL.Path, "/aplus_cloud.js"):
					_, _ = w.Write([]byte(strings.ReplaceAll(string(sdk), "'https://' + host", "'http://' + host")))
				case strings.HasSuffix(r.URL.Path, "/wpkReporter.js"):
					_, _ = w.Write(wpk)
				default:
					users = append(users, regexp.MustCompile(`_user_id[^,]*`).FindString(r.URL.RawQuery))
					w.WriteHeader(status)
				}
			}))
			defer s.Close()
			f := facts(t)
			f.Traffic.Script = s.URL + "/aplus_cloud.js"
			f.Traffic.LogHost = strings.TrimPrefix(s.URL, "http://")
			f.Stability.Host = s.URL
			change := func(_, text string) string {
				return strings.NewReplacer("https://alidt.alicdn.com/alilog/mlog/aplus_cloud.js", f.Traffic.Script, "alog-api.ding.zj.gov.cn", f.Traffic.LogHost,
					"https://wpkgate-emas.ding.zj.gov.cn", s.URL).Replace(text)
			}
			r := run(t, Input{Facts: f, Folder: staticSite(t, staticPages(1), change), Pages: staticPages(1), Devices: []string{"pc"}, RealNetwork: true, Logins: []Login{LoginOK}})
			if r.Passed != (status == 200) || !strings.Contains(fmt.Sprint(r.Pages[0].Evidence), "真实回答") {
				report(t, r)
				t.Errorf("passed %v", r.Passed)
			}
			if len(users) == 0 || strings.Contains(fmt.Sprint(users), "9000000001") {
				t.Errorf("users at the servers: %q", users)
			}
		})
	}
}

// TestEntryApart: an entry that only sends on carries the stability reporter, and is looked at for it alone.
func TestEntryApart(t *testing.T) {
	moved := []listing.Page{{PageID: "home", PageName: "首页", PageURL: rootURL + "pc/home.html"}, staticPages(2)[1]}
	for _, with := range []bool{true, false} {
		code := bundle(t, tracking.StackStatic, moved)
		entry := `<!doctype html><html><head>` + code["stability.html"] + `</head><body><script>setTimeout(() => location.replace('pc/home.html'), 200)</script></body></html>`
		if !with {
			entry = strings.Replace(entry, "wpkReporter.js", "other.js", 1)
		}
		page := `<!doctype html><html><head><meta charset="utf-8">` + jsapi + strings.ReplaceAll(code["tags.html"], `src="`, `src="../`) + `</head><body>x</body></html>`
		site := folder(map[string]string{"index.html": entry, "pc/home.html": page, "pages/p1.html": page, "tracking.js": code["tracking.js"], "tracking-login.js": completed(code["tracking-login.js"])}, nil)
		r := run(t, Input{Folder: site, Pages: moved, Devices: []string{"pc"}, Logins: []Login{LoginOK}})
		if r.Passed != with || !with && !strings.Contains(summary(r), "“入口”（电脑）没有载入稳定性监控脚本") {
			report(t, r)
			t.Errorf("reporter %v, passed %v", with, r.Passed)
		}
	}
}
