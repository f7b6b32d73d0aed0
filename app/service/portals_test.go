package service_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

const siteList = `<h2>治理侧应用发布</h2><a>退出登录</a>
<table><thead><tr><th>治理侧名称<th>应用发布ID<th>创建时间<th>更新时间<th>状态<th>移动端地址<th>PC地址</tr></thead>
<tbody><tr><td>示例督办<td>R-1<td>2026-03-01<td>2026-03-02<td>待发布审批<td>-<td>-</tr></tbody></table>`

// irsSite is a portal that asks to scan until let is set; it then shows the list at once.
func irsSite(t *testing.T, let *atomic.Bool) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case !let.Load():
			fmt.Fprint(w, `<title>登录</title><p>扫码登录</p><script>setInterval(() => fetch('/ok').then((r) => { if (r.status === 204) location = '/workbench/list' }), 100)</script>`)
		case r.URL.Path == "/ok":
			w.WriteHeader(http.StatusNoContent)
		default:
			fmt.Fprint(w, `<title>列表</title>`+siteList)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// portalDesk is a desk with the browser of this machine, whose IRS is the given site.
func portalDesk(t *testing.T, site string) *desk {
	t.Helper()
	d := openDesk(t)
	path, err := browser.Find("")
	if err != nil {
		t.Fatal(err)
	}
	// The same data folder, with the browser of this machine in the place of the pretended portal.
	d.Services, err = service.New(service.Environment{
		Workplace: d.place, Face: "command", DataDir: d.dir, Clock: func() time.Time { return d.now }, Unseen: true,
		Browser: func() (string, error) { return path, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Networks.ImportAddressesFile(d.ctx, addressFile(t, "ADDR-4: "+site+"/login", "ADDR-5: ''", "ADDR-7: ''")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.End)
	return d
}

func (d *desk) session(id string) service.PortalSession {
	d.t.Helper()
	v, err := d.Portals.View(d.ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, s := range v.Sessions {
		if s.Portal == id {
			return s
		}
	}
	d.t.Fatalf("no session %s in %+v", id, v)
	return service.PortalSession{}
}

// The program waits for the person to log in, reads, remembers the page, and keeps the session until it is closed.
func TestReadWaitsForLogin(t *testing.T) {
	var let atomic.Bool
	d := portalDesk(t, irsSite(t, &let))
	if s := d.session("irs"); s.State != service.SessionClosed || s.Remembered {
		t.Fatalf("at first: %+v", s)
	}
	if s := d.session("hosting"); !strings.Contains(s.Message, "还没有填写") {
		t.Errorf("no address: %+v", s)
	}
	type answer struct {
		read service.PortalRead
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		r, err := d.Portals.Read(d.ctx, service.PortalWanted{Table: "TABLE-1", Job: "读"})
		done <- answer{r, err}
	}()
	waitFor(t, "the word for the login", func() bool {
		j, err := d.Packages.Job(d.ctx, "读")
		return err == nil && j.Word == "等待登录"
	})
	let.Store(true)
	got := <-done
	if got.err != nil || len(got.read.Result.Rows) != 1 || !strings.HasSuffix(got.read.From, "/workbench/list") {
		t.Fatalf("%+v, %v", got.read, got.err)
	}
	s := d.session("irs")
	if s.State != service.SessionIn || s.Word != "已登录" || !s.Remembered || s.LoggedInAt == "" {
		t.Errorf("afterwards: %+v", s)
	}
	u, err := d.Units.Get(d.ctx)
	if err != nil || u.Settings.Pages["irs TABLE-1"] != got.read.From {
		t.Errorf("remembered: %v, %v", u.Settings.Pages, err)
	}
	if _, err := d.Portals.Close(d.ctx, "irs"); err != nil || d.session("irs").State != service.SessionClosed {
		t.Errorf("closed: %v", err)
	}
	if _, err := d.Portals.Forget(d.ctx, "irs"); err != nil || d.session("irs").Remembered {
		t.Errorf("forgotten: %v", err)
	}
	if kept, err := filepath.Glob(filepath.Join(d.dir, "portals", "*")); err != nil || len(kept) != 0 {
		t.Errorf("the profile is still there: %v, %v", kept, err)
	}
}

// Waiting ends when the person cancels, and the next piece of work goes on in the same browser.
func TestReadIsCanceled(t *testing.T) {
	var let atomic.Bool
	d := portalDesk(t, irsSite(t, &let))
	ctx, stop := context.WithCancel(d.ctx)
	done := make(chan error, 1)
	go func() {
		_, err := d.Portals.Read(ctx, service.PortalWanted{Table: "TABLE-1", Job: "读"})
		done <- err
	}()
	waitFor(t, "the login", func() bool {
		j, err := d.Packages.Job(d.ctx, "读")
		return err == nil && j.Word == "等待登录"
	})
	stop()
	if err := <-done; listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("got %v", err)
	}
	if s := d.session("irs"); s.State != service.SessionLogin {
		t.Errorf("the browser: %+v", s)
	}
	let.Store(true)
	if r, err := d.Portals.Read(d.ctx, service.PortalWanted{Table: "TABLE-1"}); err != nil || len(r.Result.Rows) != 1 {
		t.Errorf("again: %+v, %v", r, err)
	}
}

func waitFor(t testing.TB, what string, is func() bool) {
	t.Helper()
	for range 3000 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("waited in vain for %s", what)
}

// An upload is agreed to by the person, by name of the job.
func TestQuestions(t *testing.T) {
	d := openDesk(t)
	if q, err := d.Portals.Question(d.ctx, "填"); err != nil || q.Text != "" {
		t.Errorf("%+v, %v", q, err)
	}
	if err := d.Portals.Answer(d.ctx, "填", true); listing.CodeOf(err) != listing.CodeRefused {
		t.Errorf("an answer to nothing: %v", err)
	}
}
