package browser

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"

	"github.com/chromedp/cdproto/page"
)

// until waits for a condition, generously.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 1500 {
		if holds() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("waited in vain for %s", what)
}

// attached attaches to the tab that shows an address.
func attached(t *testing.T, b *Browser, address string, w Watch) *Page {
	t.Helper()
	var id string
	until(t, "a tab with "+address, func() bool {
		tabs, err := b.Tabs(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, tab := range tabs {
			if strings.Contains(tab.URL, address) {
				id = tab.ID
			}
		}
		return id != ""
	})
	p, err := b.Attach(t.Context(), id, w)
	if err != nil {
		t.Fatalf("%v: %v", err, listing.AsError(err).Unwrap())
	}
	t.Cleanup(p.Close)
	if p.ID() != id {
		t.Errorf("attached to %s instead of %s", p.ID(), id)
	}
	return p
}

// painted waits until the page has been drawn: before that a click meets nothing.
const painted = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(document.readyState === 'complete' ? 'painted' : ''))))`

// theirs opens a page as the person would and attaches to it.
func theirs(t *testing.T, b *Browser, address string, w Watch) *Page {
	t.Helper()
	if _, err := b.NewTab(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p := attached(t, b, u.Path, w)
	until(t, "the page to load", func() bool {
		got, err := Evaluate[string](t.Context(), p, painted)
		return err == nil && got == "painted"
	})
	return p
}

func TestTabs(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{"/a": `<title>甲</title><body style="margin:0"><button style="width:100px;height:100px" onclick="window.open('/b')">开</button>`, "/b": `<title>乙</title>`})
	p := theirs(t, b, s.URL+"/a", Watch{})
	if err := p.Click(t.Context(), Point{50, 50}); err != nil {
		t.Fatal(err)
	}
	second := attached(t, b, "/b", Watch{})
	if got, err := Evaluate[string](t.Context(), second, `document.title`); err != nil || got != "乙" {
		t.Errorf("got %q, %v", got, err)
	}
	tabs, err := b.Tabs(t.Context())
	if err != nil || len(tabs) != 3 || tabs[0].URL != "about:blank" || tabs[1].Title != "甲" || tabs[2].ID != second.ID() {
		t.Fatalf("got %+v, %v", tabs, err)
	}
	second.Close()
	if tabs, err = b.Tabs(t.Context()); err != nil || len(tabs) != 3 {
		t.Errorf("letting go closed the tab: %+v, %v", tabs, err)
	}
	again := attached(t, b, "/b", Watch{})
	_, _ = Evaluate[any](t.Context(), again, `close()`)
	until(t, "the tab to be gone", again.Gone)
	if _, err := Evaluate[int](t.Context(), again, `1`); listing.CodeOf(err) != listing.CodeUnreadable || !strings.Contains(err.Error(), "标签页已经被关闭") {
		t.Errorf("got %v", err)
	}
	if _, err := b.Attach(t.Context(), again.ID(), Watch{}); listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("attached to a tab that is gone: %v", err)
	}
}

// TestDialogsAttended: what the person started is theirs; what the page asks while the program works is answered safely.
func TestDialogsAttended(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{"/a": `<title>甲</title><input id="i"><script>
		addEventListener('beforeunload', (e) => { if (window.dirty) e.preventDefault(); });</script>`, "/b": "x"})
	h := &heard{}
	p := theirs(t, b, s.URL+"/a", Watch{Event: h.event})
	ask := func(expression string) (string, error) {
		timed, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		return Evaluate[string](timed, p, expression)
	}
	t.Run("the person's stays", func(t *testing.T) {
		if _, err := ask(`setTimeout(() => { window.said = String(confirm('人的对话框')) }); ''`); err != nil {
			t.Fatal(err)
		}
		h.wait(t, EventDialog, "人的对话框")
		until(t, "the dialog", func() bool { return p.Dialog() == "人的对话框" })
		if _, err := ask(`''`); err == nil || !strings.Contains(err.Error(), "页面上有一个对话框等人处理：人的对话框") {
			t.Errorf("got %v", err)
		}
		if err := p.call(t.Context(), do(page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})); err != nil {
			t.Fatal(err)
		}
		until(t, "the dialog to go", func() bool { return p.Dialog() == "" })
		if got, err := ask(`window.said`); err != nil || got != "true" {
			t.Errorf("the person said yes, the page heard %q, %v", got, err)
		}
	})
	if err := p.Hold(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	cases := []struct{ expression, said, want string }{
		{`alert('注意'); 'on'`, "注意", "on"},
		{`String(confirm('真的吗'))`, "真的吗", "false"},
		{`String(prompt('名字'))`, "名字", "null"},
	}
	for _, c := range cases {
		t.Run(c.said, func(t *testing.T) {
			got, err := ask(c.expression)
			h.wait(t, EventDialog, c.said)
			if err != nil || got != c.want || p.Dialog() != "" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	t.Run("beforeunload stays", func(t *testing.T) {
		if _, err := ask(`window.dirty = true; document.title = '改过'; ''`); err != nil {
			t.Fatal(err)
		}
		if err := p.Click(t.Context(), Point{20, 20}); err != nil { // only a page that was touched may ask
			t.Fatal(err)
		}
		if err := p.Navigate(t.Context(), s.URL+"/b", 10*time.Second); err == nil {
			t.Error("the page was left")
		}
		h.wait(t, EventDialog, "beforeunload")
		if got, err := ask(`document.title`); err != nil || got != "改过" {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

// TestWindowsAndDownloadsAttended: new windows stay in either case, and are told of while the program works; downloads
// are refused then.
func TestWindowsAndDownloadsAttended(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{"/a": `<body style="margin:0"><button style="width:100px;height:100px" onclick="window.open(window.where)">开</button>`, "/theirs": "1", "/ours": "2"})
	h := &heard{}
	p := theirs(t, b, s.URL+"/a", Watch{Event: h.event})
	do := func(expression string) {
		t.Helper()
		if _, err := Evaluate[any](t.Context(), p, expression); err != nil {
			t.Fatal(err)
		}
	}
	do(`window.where = '/theirs'`)
	if err := p.Click(t.Context(), Point{50, 50}); err != nil {
		t.Fatal(err)
	}
	attached(t, b, "/theirs", Watch{})
	if err := p.Hold(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	do(`window.where = '/ours'`)
	if err := p.Click(t.Context(), Point{50, 50}); err != nil {
		t.Fatal(err)
	}
	attached(t, b, "/ours", Watch{})
	h.wait(t, EventWindow, "")
	do(`location.href = '/file'`)
	h.wait(t, EventDownload, "a.bin")
	h.mu.Lock()
	defer h.mu.Unlock()
	count := 0
	for _, e := range h.all {
		if e.Kind == EventWindow {
			count++
		}
	}
	if count != 1 {
		t.Errorf("told of %d windows: %+v", count, h.all)
	}
}

func TestTabCrashes(t *testing.T) {
	b := started(t, Options{})
	s := site(t, map[string]string{"/a": "x", "/b": "y"})
	h := &heard{}
	p := theirs(t, b, s.URL+"/a", Watch{Event: h.event})
	_ = p.call(t.Context(), do(page.Crash, empty{}))
	h.wait(t, EventCrash, "")
	if _, err := Evaluate[int](t.Context(), p, `1`); !p.Crashed() || !p.Gone() || err == nil || !strings.Contains(err.Error(), "崩溃") {
		t.Errorf("got %v", err)
	}
	if got, err := Evaluate[int](t.Context(), theirs(t, b, s.URL+"/b", Watch{}), `1`); err != nil || got != 1 {
		t.Errorf("the next tab: %v", err)
	}
}

// TestPersonClosesTheWindow: with the last page a window is gone, and the browser ends or is left without pages. A visible
// browser is tried where there is a display.
func TestPersonClosesTheWindow(t *testing.T) {
	visible := os.Getenv("DISPLAY") != ""
	profile := filepath.Join(t.TempDir(), "profile")
	s := site(t, map[string]string{"/a": `<script>document.cookie = 'kept=1; max-age=9999'</script>x`, "/b": "x"})
	b := started(t, Options{Profile: profile, Visible: visible})
	p := attached(t, b, "about:blank", Watch{})
	if err := p.Navigate(t.Context(), s.URL+"/a", 10*time.Second); err != nil {
		t.Fatal(err)
	}
	until(t, "the cookie", func() bool {
		got, err := Evaluate[string](t.Context(), p, `document.cookie`)
		return err == nil && got != ""
	})
	if err := b.CloseTab(t.Context(), p.ID()); err != nil {
		t.Fatal(err)
	}
	until(t, "the page to be gone", p.Gone)
	until(t, "no page", func() bool {
		tabs, err := b.Tabs(t.Context())
		return err != nil || len(tabs) == 0
	})
	if visible {
		<-b.Done()
	}
	if b.Close(); b.Fell() {
		t.Error("it fell")
	}
	again := started(t, Options{Profile: profile})
	if got, err := Evaluate[string](t.Context(), theirs(t, again, s.URL+"/b", Watch{}), `document.cookie`); err != nil || got != "kept=1" {
		t.Errorf("the cookie afterwards: %q, %v", got, err)
	}
}

// TestBrowserKilled: the work ends with an error, the channel tells, the files go, the profile works again.
func TestBrowserKilled(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "profile")
	s := site(t, map[string]string{"/a": `x`})
	b := started(t, Options{Profile: profile})
	p := theirs(t, b, s.URL+"/a", Watch{})
	if b.Fell() {
		t.Error("fell while it runs")
	}
	waiting := make(chan error, 1)
	go func() { _, err := Evaluate[int](t.Context(), p, `new Promise(() => 0)`); waiting <- err }()
	process, err := os.FindProcess(b.PID())
	if err == nil {
		err = process.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-b.Done():
	case <-time.After(time.Minute):
		t.Fatal("nobody told")
	}
	if err := <-waiting; listing.CodeOf(err) != listing.CodeUnreadable {
		t.Errorf("got %v", err)
	}
	if _, err := b.Tabs(t.Context()); listing.CodeOf(err) != listing.CodeUnreadable || !b.Fell() || !p.Gone() {
		t.Errorf("got %v, fell %v", err, b.Fell())
	}
	if _, err := os.Stat(b.temp); !os.IsNotExist(err) {
		t.Errorf("left behind: %s, %v", b.temp, err)
	}
	until(t, "the helpers to end", func() bool { return processes(profile) == 0 }) // counted in /proc, where there is one
	again := started(t, Options{Profile: profile})
	if err := again.Close(); err != nil || again.Fell() {
		t.Errorf("the profile afterwards: %v, fell %v", err, again.Fell())
	}
}

func TestProfileInUse(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "profile")
	b := started(t, Options{Profile: profile})
	_, err := Start(t.Context(), Options{Path: mustFind(t), Profile: profile})
	if e := listing.AsError(err); e == nil || e.Code != listing.CodeConflict || !strings.Contains(e.Message, profile) || e.Hint == "" {
		t.Errorf("got %v", err)
	}
	if tabs, err := b.Tabs(t.Context()); err != nil || len(tabs) != 1 {
		t.Errorf("the first is disturbed: %+v, %v", tabs, err)
	}
	b.Close()
	started(t, Options{Profile: profile})
}

func mustFind(t *testing.T) string {
	t.Helper()
	path, err := Find("")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestStaleLock: what a browser that is gone left behind does not keep a profile from being used.
func TestStaleLock(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("locks go with the process here")
		return
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, mark string
		stale      bool
	}{
		{"a process that is gone", host + "-999999999", true},
		{"a process that is something else", host + "-" + strconv.Itoa(os.Getpid()), true},
		{"another machine", "elsewhere-12", true},
		{"nonsense", "nonsense", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			profile := t.TempDir()
			for _, name := range []string{"SingletonLock", "SingletonCookie", "SingletonSocket"} {
				if err := os.Symlink(c.mark, filepath.Join(profile, name)); err != nil {
					t.Fatal(err)
				}
			}
			if err := clearLock(profile); (err == nil) != c.stale {
				t.Fatalf("got %v", err)
			}
			if left, _ := os.ReadDir(profile); len(left) != 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
	if err := clearLock(filepath.Join(t.TempDir(), "not yet there")); err != nil {
		t.Error(err)
	}
}

// TestPolicyForbids: the browser runs and cannot be driven; the person is told what works all the same.
func TestPolicyForbids(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("the pretended browser is a shell script")
		return
	}
	cases := []struct{ name, script, want string }{
		{"and says so", `echo "DevTools remote debugging is disallowed by the system admin." >&2; exec sleep 300`, "安全策略不允许"},
		{"says so and ends", `echo "DevTools remote debugging is disallowed by the system admin." >&2; exit 0`, "安全策略不允许"},
		{"and says nothing", `exec sleep 300`, "不接受程序的控制"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			temp := t.TempDir()
			t.Setenv("TMPDIR", temp)
			_, err := Start(t.Context(), Options{Path: pretend(t, c.script), Profile: filepath.Join(t.TempDir(), "p"), Patience: 3 * time.Second})
			e := listing.AsError(err)
			if e == nil || e.Code != listing.CodeMissingTool || !strings.Contains(e.Message, c.want) || !strings.Contains(e.Hint, "逐项复制") {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(temp); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
