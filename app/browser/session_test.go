package browser

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shangjiatong/app/listing"

	protocol "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// started starts the browser of this machine, or tells why there is nothing to test.
func started(t *testing.T, o Options) *Browser {
	t.Helper()
	path, err := Find("")
	if err != nil {
		t.Fatalf("the tests need a browser: %v", err)
	}
	o.Path = path
	b, err := Start(t.Context(), o)
	if err != nil {
		t.Fatalf("%v: %v", err, listing.AsError(err).Unwrap())
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// heard collects what happens in a page.
type heard struct {
	mu  sync.Mutex
	all []Event
}

func (h *heard) event(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, e)
}

// wait waits until an event of a kind whose text or address contains part has been heard.
func (h *heard) wait(t *testing.T, kind EventKind, part string) Event {
	t.Helper()
	for range 500 {
		h.mu.Lock()
		i := slices.IndexFunc(h.all, func(e Event) bool { return e.Kind == kind && strings.Contains(e.Text+" "+e.URL, part) })
		if i >= 0 {
			defer h.mu.Unlock()
			return h.all[i]
		}
		h.mu.Unlock()
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("no %s with %q in %+v", kind, part, h.all)
	return Event{}
}

func site(t *testing.T, pages map[string]string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/never":
			<-r.Context().Done()
		case "/around":
			http.Redirect(w, r, "/around?"+r.URL.RawQuery+"x", http.StatusFound)
		case "/file":
			w.Header().Set("Content-Disposition", `attachment; filename="a.bin"`)
			fmt.Fprint(w, "x")
		default:
			body, there := pages[r.URL.Path]
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

func opened(t *testing.T, b *Browser, d Device, w Watch) *Page {
	t.Helper()
	p, err := b.Open(t.Context(), d, w)
	if err != nil {
		t.Fatalf("%v: %v", err, listing.AsError(err).Unwrap())
	}
	t.Cleanup(p.Close)
	return p
}

func TestPageTellsWhatHappens(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{
		"/": `<title>首页</title><script>
			tellEarly = typeof __tell + ',' + window.early;
			alert('先停一下'); console.error('坏了', 3); setTimeout(() => { nothing.here; });
			Promise.reject(new Error('没人管'));
			onbeforeunload = (e) => { e.preventDefault(); return 'x'; };</script>`,
		"/other": `other`,
	})
	h := &heard{}
	p := opened(t, b, Device{}, Watch{Script: `(tell) => { window.early = 'yes'; tell('在先'); }`, Event: h.event})
	if err := p.Navigate(t.Context(), s.URL+"/", 5*time.Second); err != nil {
		t.Fatal(err)
	}
	h.wait(t, EventTold, "在先")
	h.wait(t, EventDialog, "先停一下")
	h.wait(t, EventConsole, "坏了 3")
	if e := h.wait(t, EventError, "nothing is not defined"); e.Line != 3 || !strings.HasPrefix(e.URL, s.URL) {
		t.Errorf("place of the error: %+v", e)
	}
	h.wait(t, EventError, "没人管")
	h.wait(t, EventLoaded, "")
	if e := h.wait(t, EventDocument, s.URL); e.Status != 200 {
		t.Errorf("status: %+v", e)
	}
	got, err := Evaluate[string](t.Context(), p, `tellEarly`)
	if err != nil || got != "undefined,yes" {
		t.Errorf("the page saw %q, %v", got, err)
	}
	if _, err := Evaluate[int](t.Context(), p, `location.hash = '#/list', 1`); err != nil {
		t.Error(err)
	}
	if e := h.wait(t, EventMoved, "#/list"); e.Text != "within" {
		t.Errorf("hash route: %+v", e)
	}
	if err := p.Navigate(t.Context(), s.URL+"/other", 5*time.Second); err != nil {
		t.Errorf("a page that wants to be asked before it is left: %v", err)
	}
	if err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](`void window.open('/other?new')`, func(e *protocol.EvaluateParams) { yes := true; e.UserGesture = &yes })); err != nil {
		t.Error(err)
	}
	h.wait(t, EventWindow, "")
	for i := 0; ; i++ {
		all, err := chromedp.Targets(p.ctx)
		if err != nil || i == 300 {
			t.Fatalf("the new window stays: %v %v", all, err)
		}
		if !slices.ContainsFunc(all, func(o *target.Info) bool { return strings.HasSuffix(o.URL, "?new") }) {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	picture, err := p.Screenshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
		t.Errorf("screenshot: %v", err)
	}
}

// What a script asked for and did not get is told apart from the parts of a page.
func TestPageTellsOfData(t *testing.T) {
	b := started(t, Options{})
	gone := httptest.NewServer(nil)
	gone.Close()
	s := site(t, map[string]string{"/": `<img src="/picture"><script>fetch('/missing'); fetch('` + gone.URL + `').catch(() => 0)</script>`})
	h := &heard{}
	p := opened(t, b, Device{}, Watch{Event: h.event})
	if err := p.Navigate(t.Context(), s.URL+"/", 5*time.Second); err != nil {
		t.Fatal(err)
	}
	if e := h.wait(t, EventAnswered, "/missing"); e.Status != 404 || !e.Data {
		t.Errorf("%+v", e)
	}
	if e := h.wait(t, EventFailed, "ERR_CONNECTION_REFUSED"); !e.Data {
		t.Errorf("%+v", e)
	}
	if e := h.wait(t, EventAnswered, "/picture"); e.Data {
		t.Errorf("%+v", e)
	}
}

func TestPageNavigateFails(t *testing.T) {
	b := started(t, Options{})
	s := site(t, nil)
	h := &heard{}
	p := opened(t, b, Device{}, Watch{Event: h.event})
	gone := httptest.NewServer(nil)
	gone.Close()
	cases := []struct{ name, address, want string }{
		{"no answer", s.URL + "/never", "没有打开"},
		{"endless redirects", s.URL + "/around", "来回跳转"},
		{"nobody there", gone.URL, "拒绝连接"},
		{"a download", s.URL + "/file", "下载"},
		{"a name that is not allowed", "http://no-such-host.example/", "找不到这个主机"},
		{"an address that is not allowed", strings.Replace(s.URL, "127.0.0.1", "127.0.0.2", 1), "找不到这个主机"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := p.Navigate(t.Context(), c.address, time.Second)
			if listing.CodeOf(err) != listing.CodeUnreadable || !strings.Contains(listing.AsError(err).Message, c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
	h.wait(t, EventDownload, "a.bin")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := p.Navigate(ctx, s.URL+"/never", time.Minute); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("canceled: %v", err)
	}
}

func TestPageInTrouble(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{"/busy": `busy`, "/ok": `ok`})
	t.Run("busy for ever", func(t *testing.T) {
		p := opened(t, b, Device{}, Watch{})
		if err := p.Navigate(t.Context(), s.URL+"/busy", 5*time.Second); err != nil {
			t.Fatal(err)
		}
		for _, script := range []string{`(() => { for (;;) {} })()`, `1`} {
			timed, stop := context.WithTimeout(t.Context(), time.Second)
			if _, err := Evaluate[int](timed, p, script); err == nil {
				t.Error("a busy page answered")
			}
			stop()
		}
		p.Close()
	})
	t.Run("crashed", func(t *testing.T) {
		h := &heard{}
		p := opened(t, b, Device{}, Watch{Event: h.event})
		_ = p.Navigate(t.Context(), "chrome://crash", 5*time.Second)
		h.wait(t, EventCrash, "")
		if _, err := Evaluate[int](t.Context(), p, `1`); !p.Crashed() || !strings.Contains(err.Error(), "崩溃") {
			t.Errorf("got %v", err)
		}
	})
	p := opened(t, b, Device{}, Watch{})
	if err := p.Navigate(t.Context(), s.URL+"/ok", 5*time.Second); err != nil {
		t.Errorf("the next page: %v", err)
	}
}

func TestPageIntercepts(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{"/": `<p>x</p>`, "/passed": `from the server`})
	var mu sync.Mutex
	seen := map[string]Request{}
	p := opened(t, b, Device{}, Watch{Intercept: func(r Request) Answer {
		mu.Lock()
		defer mu.Unlock()
		seen[r.Method+" "+r.URL] = r
		switch {
		case strings.HasPrefix(r.URL, s.URL):
			return Answer{Act: Pass}
		case strings.Contains(r.URL, "replied.example"):
			return Answer{Act: Reply, Status: 200, Body: []byte("from here"), Delay: 20 * time.Millisecond, Header: map[string]string{
				"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}}
		}
		return Answer{}
	}})
	if err := p.Navigate(t.Context(), s.URL+"/", 5*time.Second); err != nil {
		t.Fatal(err)
	}
	got, err := Evaluate[[]string](t.Context(), p, `(async () => {
		const ask = (u, o) => fetch(u, o).then((r) => r.text(), (e) => 'refused');
		navigator.sendBeacon('https://beacon.example/b', '信标');
		return [await ask('/passed'), await ask('https://replied.example/a', {method: 'POST', body: '{"a":1}', headers: {'x-own': '1', 'content-type': 'application/json'}}),
			await ask('https://blocked.example/'), await new Promise((done) => { const w = new WebSocket('ws://127.0.0.2:1/'); w.onerror = () => done('no socket'); w.onopen = () => done('socket'); })];
	})()`)
	want := []string{"from the server", "from here", "refused", "no socket"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
	mu.Lock()
	defer mu.Unlock()
	if r := seen["POST https://replied.example/a"]; string(r.Body) != `{"a":1}` || !r.Top {
		t.Errorf("body %q, top %v", r.Body, r.Top)
	}
	if r := seen["POST https://beacon.example/b"]; string(r.Body) != "信标" || r.Kind != "Ping" {
		t.Errorf("beacon: %+v", r)
	}
}

func TestOpenAsDevice(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{"/": `<meta name="viewport" content="width=device-width"><script>if (!localStorage.a) localStorage.a = 1; else document.title = 'stored'</script>`})
	for range 2 {
		h := &heard{}
		p := opened(t, b, Device{UserAgent: "Mozilla/5.0 Own/1", Platform: "iPhone", Width: 390, Height: 700, Scale: 3, Mobile: true, Touch: true}, Watch{Event: h.event})
		if err := p.Navigate(t.Context(), s.URL+"/", 5*time.Second); err != nil {
			t.Fatal(err)
		}
		h.wait(t, EventLoaded, "")
		got, err := Evaluate[string](t.Context(), p, `[navigator.userAgent, navigator.platform, innerWidth, devicePixelRatio, navigator.maxTouchPoints, navigator.language, document.title].join()`)
		if want := "Mozilla/5.0 Own/1,iPhone,390,3,5,zh-CN,"; err != nil || got != want {
			t.Errorf("got %q, %v; a new page must know nothing of another", got, err)
		}
	}
}

// TestEndsWithUs looks for processes that carry the profile in their command line, and for the profile itself.
func TestEndsWithUs(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Log("processes are looked for in /proc")
		return
	}
	path, err := Find("")
	if err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ends := map[string]func(*Browser, context.CancelFunc){
		"closed":       func(b *Browser, _ context.CancelFunc) { b.Close(); b.Close() },
		"context ends": func(_ *Browser, stop context.CancelFunc) { stop() },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			b, err := Start(ctx, Options{Path: path})
			if err != nil {
				t.Fatal(err)
			}
			opened(t, b, Device{}, Watch{})
			if b.PID() == 0 || processes(temp) < 3 {
				t.Fatalf("pid %d, %d processes", b.PID(), processes(temp))
			}
			end(b, stop)
			for range 300 {
				left, _ := filepath.Glob(filepath.Join(temp, "*"))
				if processes(temp) == 0 && len(left) == 0 {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
			left, _ := filepath.Glob(filepath.Join(temp, "*"))
			t.Errorf("left behind: %d processes, %v", processes(temp), left)
		})
	}
}

func processes(folder string) (count int) {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range lines {
		if text, err := os.ReadFile(file); err == nil && bytes.Contains(text, []byte("--user-data-dir="+folder)) {
			count++
		}
	}
	return count
}

func TestStartKeepsAProfile(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "profile")
	s := site(t, map[string]string{"/": `x`})
	for i, want := range []string{"", "kept=1"} {
		b := started(t, Options{Profile: folder})
		p := opened(t, b, Device{}, Watch{Shared: true})
		if err := p.Navigate(t.Context(), s.URL+"/", 5*time.Second); err != nil {
			t.Fatal(err)
		}
		got, err := Evaluate[string](t.Context(), p, `(() => { const was = document.cookie; document.cookie = 'kept=1; max-age=9999'; return was; })()`)
		if err != nil || got != want {
			t.Errorf("run %d: cookie %q, %v", i, got, err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "Local State")); err != nil {
		t.Errorf("the profile was not written: %v", err)
	}
}

func TestStartFails(t *testing.T) {
	if _, err := Start(t.Context(), Options{Path: filepath.Join(t.TempDir(), "none")}); listing.ExitCode(err) != 3 {
		t.Errorf("no program: %v", err)
	}
	if runtime.GOOS != "windows" {
		if _, err := Start(t.Context(), Options{Path: pretend(t, "echo no display >&2; exit 1")}); listing.ExitCode(err) != 3 {
			t.Errorf("a program that ends: %v", err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Start(ctx, Options{Path: "/usr/bin/chromium"}); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("canceled: %v", err)
	}
	if runtime.GOOS == "linux" {
		t.Setenv("DISPLAY", "")
		t.Setenv("WAYLAND_DISPLAY", "")
		path, err := Find("")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Start(t.Context(), Options{Path: path, Visible: true}); listing.ExitCode(err) != 3 || !strings.Contains(err.Error(), "图形界面") {
			t.Errorf("a window without a display: %v", err)
		}
	}
}

// TestResolverRules: only what is named can be reached; a name cannot smuggle in a rule.
func TestResolverRules(t *testing.T) {
	got := resolverRules([]string{"app.example.com", "", "a , EXCLUDE *", "*"})
	if want := "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE app.example.com"; got != want {
		t.Errorf("got %q", got)
	}
	listener, err := net.Listen("tcp", "127.0.0.3:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "there") }))
	}()
	p := opened(t, started(t, Options{Hosts: []string{"127.0.0.3"}}), Device{}, Watch{})
	if err := p.Navigate(t.Context(), "http://"+listener.Addr().String(), 5*time.Second); err != nil {
		t.Errorf("a named host: %v", err)
	}
}
