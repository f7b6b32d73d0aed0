package livecheck

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// troubled serves pages that do what a page should not.
func troubled(t *testing.T) *httptest.Server {
	t.Helper()
	html := map[string]string{
		"/never-loads.html": `<img src="/never"><p>x</p>`,
		"/alerts.html":      `<script>setInterval(() => { alert('停'); confirm('吗'); prompt('什么'); }, 30)</script>`,
		"/jumps.html":       `<script>location.replace('/jumps.html?' + Math.random())</script>`,
		"/routes.html":      `<script>setInterval(() => { location.hash = '#/' + Math.random(); }, 5)</script>`,
		"/floods.html":      `<script>window.aplus_queue = []; setInterval(() => { for (let i = 0; i < 500; i++) aplus_queue.push({ action: 'x', arguments: [] }); }, 5)</script>`,
		"/noise.html":       `<script>setInterval(() => { for (let i = 0; i < 300; i++) { console.error(i); Promise.reject(new Error(i)); } }, 5)</script>`,
		"/busy.html":        `<script>for (;;) {}</script>`,
		"/worker.html":      `<script>navigator.serviceWorker.register('/sw.js').catch(() => 0); const a = document.createElement('a'); a.href = '/file'; a.click();</script>`,
		"/huge.html":        `<p>` + strings.Repeat("很长的页面 ", 600000) + `</p>`,
		"/frames.html":      `<iframe src="/jumps-no.html"></iframe><iframe src="https://other.example.com/"></iframe><script>new WebSocket('ws://other.example.com/'); navigator.sendBeacon('https://beacon.example.com/x', '1')</script>`,
		"/broken.html":      "\xff\xfe<script>\x00 window.aplus_queue = null; window.aplus_queue = 5; Object.freeze(window.aplus_queue = []); window.wpkReporter = 3;</script>",
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/never", "/no-answer.html":
			<-r.Context().Done()
		case "/around.html":
			http.Redirect(w, r, r.URL.Path+"?"+r.URL.RawQuery+"x", http.StatusFound)
		case "/file":
			w.Header().Set("Content-Disposition", "attachment")
			fmt.Fprint(w, "x")
		default:
			body, there := html[r.URL.Path]
			if !there {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// Whatever a page does, the check ends, names it, and judges the others.
func TestTroubledPages(t *testing.T) {
	s := troubled(t)
	// What is said depends on how far the page gets before the time is up: on a busy machine not as far.
	cases := []struct{ file, says string }{
		{"no-answer.html", "秒里没有打开"}, {"around.html", "来回跳转，停不下来"}, {"gone.html", "服务器回答 404"},
		{"never-loads.html", "没有载入完"}, {"alerts.html", "弹出了对话框：alert：停"}, {"jumps.html", "来回跳转|没有载入完"}, {"routes.html", "路由来回切换|没有载入完"},
		{"floods.html", "写入队列的内容太多|没有载入完"}, {"noise.html", "脚本出错"}, {"busy.html", "没有载入完|没有打开"}, {"worker.html", "Service Worker"},
		{"huge.html", "没有埋点代码"}, {"frames.html", "other.example.com"}, {"broken.html", "没有埋点代码"},
	}
	var pages []listing.Page
	for i, c := range cases {
		pages = append(pages, listing.Page{PageID: fmt.Sprint(i), PageName: c.file, PageURL: c.file})
	}
	r := run(t, Input{Address: s.URL + "/", Pages: pages, Devices: []string{"pc"}, Logins: []Login{LoginOK}})
	for i, c := range cases {
		said := strings.Join(r.Pages[i].Evidence, "\n")
		for _, f := range r.Findings {
			if strings.Contains(f.Message, "“"+c.file+"”") || f.File == "" && strings.Contains(f.Message, "其他网站") {
				said += f.Message + "\n"
			}
		}
		if !regexp.MustCompile(c.says).MatchString(said) || r.Pages[i].Verdict != tracking.VerdictMissing || len(r.Pages[i].Evidence) == 0 {
			t.Errorf("%s: %s %v; want %q among\n%s", c.file, r.Pages[i].Verdict, r.Pages[i].Evidence, c.says, said)
		}
	}
	if r.Passed {
		t.Error("passed")
	}
	if t.Failed() {
		report(t, r)
	}
}

func TestCrashIsNamed(t *testing.T) {
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	r, v := &recorder{k: k}, &visit{}
	r.begin(v, false)
	r.event(browser.Event{Kind: browser.EventTold, Text: `{"k":"doc","u":"http://127.0.0.1/"}`})
	r.event(browser.Event{Kind: browser.EventTold, Text: `not JSON`})
	if r.done(v, time.Second) {
		t.Error("done before it loaded")
	}
	r.event(browser.Event{Kind: browser.EventCrash})
	if !r.done(v, time.Second) || !strings.Contains(v.busy, "崩溃") {
		t.Errorf("busy %q", v.busy)
	}
}

func TestCheckRefuses(t *testing.T) {
	s := troubled(t)
	cases := []struct {
		name string
		in   Input
		code listing.Code
		says string
	}{
		{"no address", Input{Address: "demo.example.com"}, listing.CodeInvalid, "不是网址"},
		{"a file address", Input{Address: "file:///etc/passwd"}, listing.CodeInvalid, "不是网址"},
		{"a device", Input{Address: s.URL, Devices: []string{"watch"}}, listing.CodeInvalid, "watch"},
		{"a login", Input{Address: s.URL, Logins: []Login{"maybe"}}, listing.CodeInvalid, "maybe"},
		{"an empty folder", Input{Folder: folder(map[string]string{"a.txt": "x"}, nil)}, listing.CodeNotFound, "没有能打开的页面"},
		{"too many pages", Input{Address: s.URL, Pages: make([]listing.Page, 5000)}, listing.CodeTooLarge, "5000"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Check(t.Context(), ready(t, c.in))
			if listing.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
	in := ready(t, Input{Address: s.URL})
	in.Browser = filepath.Join(t.TempDir(), "none")
	if _, err := Check(t.Context(), in); listing.ExitCode(err) != 3 {
		t.Errorf("no browser: %v", err)
	}
}

// TestCancel: a check that is stopped stops at once and leaves nothing behind.
func TestCancel(t *testing.T) {
	s := troubled(t)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ctx, stop := context.WithCancel(t.Context())
	began := time.Now()
	in := ready(t, Input{Address: s.URL, Pages: []listing.Page{{PageURL: "never-loads.html"}, {PageURL: "no-answer.html"}}})
	time.AfterFunc(1500*time.Millisecond, stop)
	if _, err := Check(ctx, in); listing.CodeOf(err) != listing.CodeCanceled || time.Since(began) > 20*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestBrowserIsReplaced: a browser that is gone is started anew, and the check goes on.
func TestBrowserIsReplaced(t *testing.T) {
	c, err := prepare(ready(t, Input{Folder: staticSite(t, staticPages(1), nil), Pages: staticPages(1), Devices: []string{"pc"}, Logins: []Login{LoginOK}}))
	if err != nil {
		t.Fatal(err)
	}
	defer c.end()
	b, err := browser.Start(t.Context(), c.options())
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	if r, err := c.with(t.Context(), b); err != nil || !r.Passed {
		t.Errorf("%v %s", err, summary(r))
	}
}
