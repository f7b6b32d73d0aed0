//go:build !windows

package service_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// person plays the person at the browser: who has it in hand shows the pages of the site what to do.
type person struct {
	d     *desk
	site  *httptest.Server
	in    atomic.Bool              // logged in
	told  atomic.Pointer[string]   // what a page said of itself
	do    atomic.Pointer[string]   // a script that the next page that asks runs once
	pages map[string]func() string // path to page
	blank atomic.Int32             // so many pages come without anything on them
}

// atPortal is a desk and a portal whose pages ask every moment what the person does to them.
func atPortal(t *testing.T, pages map[string]func() string) *person {
	t.Helper()
	p := &person{pages: pages}
	p.site = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.site.Close)
	p.d = portalDesk(t, p.site.URL)
	p.at(p.d)
	return p
}

// at sends a desk to the portal's first page.
func (p *person) at(d *desk) {
	if _, err := d.Networks.ImportAddressesFile(d.ctx, addressFile(d.t, "ADDR-4: "+p.site.URL+"/home", "ADDR-5: ''", "ADDR-7: ''")); err != nil {
		d.t.Fatal(err)
	}
}

const hands = `<script>setInterval(async () => { const r = await fetch('/_do?at=' + encodeURIComponent(location.pathname)); const s = await r.text(); if (s) eval(s) }, 60)</script>`

func (p *person) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.URL.Path == "/_do" {
		if what := p.do.Load(); what != nil {
			if at, script, _ := strings.Cut(*what, "|"); at == r.URL.Query().Get("at") && p.do.CompareAndSwap(what, nil) {
				fmt.Fprint(w, script)
			}
		}
		return
	}
	if r.URL.Path == "/told" {
		said, _ := url.QueryUnescape(r.URL.RawQuery)
		p.told.Store(&said)
	}
	page := p.pages[r.URL.Path]
	switch {
	case p.blank.Add(-1) >= 0:
	case page != nil && p.in.Load():
		fmt.Fprint(w, page(), hands)
	case p.in.Load():
		fmt.Fprint(w, `<title>首页</title><a>退出登录</a>`, hands)
	default:
		fmt.Fprint(w, `<title>登录</title><p>扫码登录</p>`, hands)
	}
}

// does lets the person act on the page at a path, and waits until it was done.
func (p *person) does(at, script string) {
	p.d.t.Helper()
	what := at + "|" + script
	p.do.Store(&what)
	waitFor(p.d.t, "the person at "+at, func() bool { return p.do.Load() == nil })
}

type readAnswer struct {
	read service.PortalRead
	err  error
}

func (p *person) reads(table string) <-chan readAnswer { return p.readsUntil(p.d.ctx, table) }

func (p *person) readsUntil(ctx context.Context, table string) <-chan readAnswer {
	done := make(chan readAnswer, 1)
	go func() {
		r, err := p.d.Portals.Read(ctx, service.PortalWanted{Table: table, Job: "读"})
		done <- readAnswer{r, err}
	}()
	return done
}

// got is the answer of a reading, which must not hang.
func (p *person) got(done <-chan readAnswer) readAnswer {
	p.d.t.Helper()
	select {
	case a := <-done:
		return a
	case <-time.After(time.Minute):
		j, _ := p.d.Packages.Job(p.d.ctx, "读")
		p.d.t.Fatalf("the reading hangs at %q", j.Word)
	}
	return readAnswer{}
}

// opens opens a tab in the window, as the person does.
func (p *person) opens(path string) {
	p.d.t.Helper()
	if _, err := p.d.Portals.BrowserOf(p.d.ctx, "irs").NewTab(p.d.ctx, p.site.URL+path); err != nil {
		p.d.t.Fatal(err)
	}
}

func (p *person) profile() string {
	p.d.t.Helper()
	kept, err := filepath.Glob(filepath.Join(p.d.dir, "portals", "irs@*"))
	if err != nil || len(kept) != 1 {
		p.d.t.Fatalf("%v, %v", kept, err)
	}
	return kept[0]
}

func (p *person) hears(word string) {
	p.d.t.Helper()
	waitFor(p.d.t, word, func() bool {
		j, err := p.d.Packages.Job(p.d.ctx, "读")
		return err == nil && strings.HasPrefix(j.Word, word)
	})
}

func (p *person) session() service.PortalSession { return p.d.session("irs") }

// browserPID is the process of the browser that works with a profile of the desk.
func (p *person) browserPID() int {
	p.d.t.Helper()
	pid := 0
	waitFor(p.d.t, "the browser", func() bool {
		locks, _ := filepath.Glob(filepath.Join(p.d.dir, "portals", "*", "SingletonLock"))
		for _, lock := range locks {
			mark, _ := os.Readlink(lock)
			pid, _ = strconv.Atoi(mark[strings.LastIndexByte(mark, '-')+1:])
		}
		return pid > 0
	})
	return pid
}

func listAt(extra string) func() string {
	return func() string { return `<title>列表</title>` + siteList + extra }
}

// What the person opens in another tab is found there; the first tab is left as it is.
func TestTableInASecondTab(t *testing.T) {
	p := atPortal(t, map[string]func() string{"/workbench/list": listAt("")})
	p.in.Store(true)
	done := p.reads("TABLE-1")
	p.hears("等待打开")
	p.does("/home", `document.title = '人的页面'`)
	p.opens("/workbench/list")
	got := p.got(done)
	if got.err != nil || len(got.read.Result.Rows) != 1 || !strings.HasSuffix(got.read.From, "/workbench/list") {
		t.Fatalf("%+v, %v", got.read, got.err)
	}
	p.does("/home", `fetch('/told?' + encodeURIComponent(document.title))`)
	waitFor(t, "the first page as the person left it", func() bool { return p.told.Load() != nil && strings.HasSuffix(*p.told.Load(), "人的页面") })
}

// The login may be done in another tab than the one that asks for it.
func TestLoginInASecondTab(t *testing.T) {
	p := atPortal(t, map[string]func() string{"/workbench/list": listAt("")})
	done := p.reads("TABLE-1")
	p.hears("等待登录")
	if s := p.session(); s.State != service.SessionLogin || s.Word != "等待登录" {
		t.Errorf("%+v", s)
	}
	p.in.Store(true)
	p.opens("/workbench/list")
	if got := p.got(done); got.err != nil || len(got.read.Result.Rows) != 1 {
		t.Fatalf("%+v, %v", got.read, got.err)
	}
	if s := p.session(); s.State != service.SessionIn {
		t.Errorf("%+v", s)
	}
}

// Whatever becomes of the browser in the middle of work: the work stops with words, the session says how it stands, no
// process stays, and the work can be done again.
func TestBrowserGoesAway(t *testing.T) {
	for name, tc := range map[string]struct {
		lose        func(p *person)
		code        listing.Code
		word        string // of the error
		state, says string
	}{
		"window closed": {
			func(p *person) { _ = syscall.Kill(p.browserPID(), syscall.SIGTERM) },
			listing.CodeCanceled, "浏览器窗口已经关闭", service.SessionClosed, "已关闭",
		},
		"browser killed": {
			func(p *person) { _ = syscall.Kill(p.browserPID(), syscall.SIGKILL) },
			listing.CodeUnreadable, "浏览器意外退出了", service.SessionCrashed, "浏览器意外退出",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := atPortal(t, map[string]func() string{"/workbench/list": listAt("")})
			p.in.Store(true)
			done := p.reads("TABLE-1")
			p.hears("等待打开")
			pid := p.browserPID()
			tc.lose(p)
			got := p.got(done)
			if listing.CodeOf(got.err) != tc.code || !strings.Contains(got.err.Error(), tc.word) || listing.AsError(got.err).Hint == "" {
				t.Errorf("got %v", got.err)
			}
			if s := p.session(); s.State != tc.state || s.Word != tc.says {
				t.Errorf("the session: %+v", s)
			}
			waitFor(t, "the process to end", func() bool { return syscall.Kill(pid, 0) != nil })
			again := p.reads("TABLE-1")
			p.hears("等待打开")
			p.does("/home", `location.href = '/workbench/list'`)
			if got := p.got(again); got.err != nil || len(got.read.Result.Rows) != 1 {
				t.Errorf("again: %+v, %v", got.read, got.err)
			}
		})
	}
}

// A page that crashes ends the work, not the browser; the next work goes on in a tab of its own.
func TestPageCrashes(t *testing.T) {
	p := atPortal(t, map[string]func() string{"/workbench/list": listAt("")})
	p.in.Store(true)
	done := p.reads("TABLE-1")
	p.hears("等待打开")
	p.crash()
	got := p.got(done)
	if listing.CodeOf(got.err) != listing.CodeUnreadable || !strings.Contains(got.err.Error(), "崩溃") {
		t.Fatalf("got %v", got.err)
	}
	again := p.reads("TABLE-1")
	p.hears("等待打开")
	p.does("/home", `location.href = '/workbench/list'`)
	if got := p.got(again); got.err != nil || len(got.read.Result.Rows) != 1 {
		t.Errorf("again: %+v, %v", got.read, got.err)
	}
}

// crash kills the process of the page that shows the site.
func (p *person) crash() {
	p.d.t.Helper()
	main := p.browserPID()
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		line, _ := os.ReadFile(file)
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if strings.Contains(string(line), "--type=renderer") && descends(pid, main) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// descends reports whether a process was started by another, or by one that was.
func descends(pid, from int) bool {
	for range 10 {
		if pid == from {
			return true
		}
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return false
		}
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if pid, err = strconv.Atoi(fields[1]); err != nil || pid <= 1 {
			return false
		}
	}
	return false
}

// The session ends in the middle of a list: nothing half-read is returned, and the state says so.
func TestSessionEndsInTheMiddle(t *testing.T) {
	p := atPortal(t, nil)
	p.pages = map[string]func() string{"/workbench/list": func() string {
		return strings.Replace(listAt("")(), "</table>", `</table><ul class="pager" role="navigation"><li class="active">1</li><li><a href="/workbench/two">2</a></li>
			<li><button onclick="location.href='/workbench/two'">下一页</button></li></ul>`, 1)
	}}
	p.in.Store(true)
	done := p.reads("TABLE-1")
	p.hears("等待打开")
	if s := p.session(); s.State != service.SessionIn {
		t.Errorf("before: %+v", s)
	}
	p.does("/home", `fetch('/workbench/list').then(() => location.href = '/workbench/list')`)
	p.hears("正在读")
	p.in.Store(false)
	got := p.got(done)
	if got.err == nil || listing.AsError(got.err).Field != service.FieldLogin || len(got.read.Result.Rows) != 0 {
		t.Fatalf("%+v, %v", got.read, got.err)
	}
	if s := p.session(); s.State != service.SessionEnded || s.Word != "登录已失效" {
		t.Errorf("%+v", s)
	}
}

// Logging out is told by the state, and logging in again as well.
func TestLoggingOut(t *testing.T) {
	p := atPortal(t, map[string]func() string{})
	p.in.Store(true)
	if _, err := p.d.Portals.Open(p.d.ctx, "irs"); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the login", func() bool { return p.session().State == service.SessionIn })
	p.in.Store(false)
	p.does("/home", `location.reload()`)
	waitFor(t, "the end of the login", func() bool { return p.session().State == service.SessionEnded })
	p.in.Store(true)
	p.does("/home", `location.reload()`)
	waitFor(t, "the login again", func() bool { return p.session().State == service.SessionIn })
}

// A profile that another program of ours works with is not used twice.
func TestProfileInUse(t *testing.T) {
	p := atPortal(t, map[string]func() string{})
	p.in.Store(true)
	if _, err := p.d.Portals.Open(p.d.ctx, "irs"); err != nil {
		t.Fatal(err)
	}
	kept := p.profile()
	other := portalDesk(t, p.site.URL)
	p.at(other)
	if err := os.MkdirAll(filepath.Join(other.dir, "portals"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(kept, filepath.Join(other.dir, "portals", filepath.Base(kept))); err != nil {
		t.Fatal(err)
	}
	_, err := other.Portals.Open(other.ctx, "irs")
	if listing.CodeOf(err) != listing.CodeConflict || !strings.Contains(err.Error(), "浏览器窗口已经开着") {
		t.Errorf("got %v", err)
	}
	if s := other.session("irs"); s.State != service.SessionClosed {
		t.Errorf("%+v", s)
	}
	if s := p.session(); s.State != service.SessionIn {
		t.Errorf("the first one: %+v", s)
	}
}

// A dialog that stands while the person leads is theirs, and is named; the work can still be stopped.
func TestDialogOfThePerson(t *testing.T) {
	p := atPortal(t, nil)
	p.in.Store(true)
	ctx, stop := context.WithCancel(p.d.ctx)
	done := p.readsUntil(ctx, "TABLE-1")
	p.hears("等待打开")
	p.does("/home", `setTimeout(() => { if (!confirm('续期吗')) document.title = '程序答了' })`)
	p.hears("页面上有一个对话框等您处理：续期吗")
	stop()
	if got := p.got(done); listing.CodeOf(got.err) != listing.CodeCanceled {
		t.Errorf("%+v, %v", got.read, got.err)
	}
}

// A dialog that comes while the program reads is answered with no, and told.
func TestDialogsWhileReading(t *testing.T) {
	p := atPortal(t, map[string]func() string{"/workbench/list": listAt(`<div class="pager"><button disabled>上一页</button><span>共 2 条</span><button onclick="turn()">下一页</button></div>
		<script>function turn() { if (!confirm('还在吗')) { document.querySelectorAll('td')[1].textContent = 'R-2'; event.target.disabled = true } }</script>`)})
	p.in.Store(true)
	done := p.reads("TABLE-1")
	p.hears("等待打开")
	p.does("/home", `location.href = '/workbench/list'`)
	got := p.got(done)
	if got.err != nil || len(got.read.Result.Rows) != 2 || got.read.Result.Rows[1]["应用发布ID"] != "R-2" {
		t.Fatalf("%+v, %v", got.read, got.err)
	}
	if notes := strings.Join(got.read.Result.Notes, "\n"); !strings.Contains(notes, "confirm：还在吗") || !strings.Contains(notes, "取消") {
		t.Errorf("told: %v", notes)
	}
}

// A first page of which nothing arrived is asked for again, since there is nothing on it that a person could log in with.
func TestPortalBlankPage(t *testing.T) {
	p := atPortal(t, nil)
	if _, err := p.d.Networks.ImportAddressesFile(p.d.ctx, addressFile(t, "ADDR-4: "+p.site.URL+"/start", "ADDR-5: ''", "ADDR-7: ''")); err != nil {
		t.Fatal(err)
	}
	p.blank.Store(1)
	ctx, stop := context.WithCancel(p.d.ctx)
	done := p.readsUntil(ctx, "TABLE-1")
	p.does("/start", "1") // which no blank page does
	stop()
	p.got(done)
}

// The quiet refresh reads in a tab of its own: what the person is typing in theirs stays, also where that is the list itself.
func TestRefreshLeavesTheWindow(t *testing.T) {
	t.Parallel()
	p := atPortal(t, map[string]func() string{"/list": func() string {
		return `<title>列表</title><a>退出登录</a>` + siteList + `<input id=mine>`
	}})
	p.in.Store(true)
	done := p.reads("TABLE-1")
	p.hears("等待打开")
	p.does("/home", `location.href = '/list'`)
	if a := p.got(done); a.err != nil || len(a.read.Result.Rows) != 1 {
		t.Fatalf("%+v %v", a.read, a.err)
	}
	p.does("/list", `document.querySelector('#mine').value = '写到一半'`)
	if v, err := p.d.Refresh.Now(p.d.ctx); err != nil || v.Login || strings.Contains(v.Message, "没有读成") || v.Changes == 0 {
		t.Fatalf("%+v %v", v, err)
	}
	p.does("/list", `location.href = '/told?' + encodeURIComponent(document.querySelector('#mine').value)`)
	waitFor(t, "what the page says", func() bool { return p.told.Load() != nil })
	if said := *p.told.Load(); said != "写到一半" {
		t.Errorf("the page says %q", said)
	}
	tabs, err := p.d.Portals.BrowserOf(p.d.ctx, "irs").Tabs(p.d.ctx)
	if err != nil || len(tabs) != 1 {
		t.Errorf("%d tabs, %v", len(tabs), err)
	}
}

// A session may be closed while work looks through its tabs.
func TestCloseWhileWaiting(t *testing.T) {
	t.Parallel()
	p := atPortal(t, nil)
	p.in.Store(true)
	done := p.reads("TABLE-1")
	p.hears("等待打开")
	for range 4 {
		p.opens("/home")
	}
	if _, err := p.d.Portals.Close(p.d.ctx, "irs"); err != nil {
		t.Fatal(err)
	}
	if a := p.got(done); a.err == nil {
		t.Errorf("%+v", a.read)
	}
}

// A login page stops the quiet refresh; once the person has logged in it goes on.
func TestRefreshGoesOnAfterLogin(t *testing.T) {
	t.Parallel()
	p := atPortal(t, map[string]func() string{"/list": func() string { return siteList }})
	if v, err := p.d.Refresh.Now(p.d.ctx); err != nil || !v.Login {
		t.Fatalf("%+v %v", v, err)
	}
	p.in.Store(true)
	done := p.reads("TABLE-1")
	p.hears("等待打开")
	p.does("/home", `location.href = '/list'`)
	if a := p.got(done); a.err != nil {
		t.Fatal(a.err)
	}
	if v, err := p.d.Refresh.Status(p.d.ctx); err != nil || v.Login {
		t.Errorf("%+v %v", v, err)
	}
}
