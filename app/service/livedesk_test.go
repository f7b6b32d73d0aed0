//go:build browser

package service_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/service"
	"shangjiatong/app/vault"
)

// site is IRS on this machine: the list, and the form of FORM-4. A page asks what the person does next, and does it.
type site struct {
	mu    sync.Mutex
	state string
	does  string // what the person does next: open, submit or nothing
	sent  int
	out   bool   // logged out
	whose string // what the form says of whose it is, in the place of a field
}

func (s *site) do(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.does = what
}

const personScript = `<script>setInterval(async () => {
const does = await (await fetch('/person')).text();
if (does === 'open' && location.pathname === '/list') location.href = '/form';
if (does === 'submit' && location.pathname === '/form') { await fetch('/submit', {method: 'POST'}); location.href = '/done'; }
}, 200)</script>`

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	head := `<!doctype html><meta charset="utf-8">` + personScript
	switch {
	case r.URL.Path == "/person":
		fmt.Fprint(w, s.does)
	case r.URL.Path == "/submit":
		s.sent++
		s.state, s.does = "发布审批中", ""
	case s.out:
		fmt.Fprint(w, head+`<p>扫码登录</p>`)
	case r.URL.Path == "/form":
		fmt.Fprint(w, head+formFour(cmp.Or(s.whose, `<div class="item"><label>治理侧名称</label><input value="示例督办"></div>`)))
	case r.URL.Path == "/list":
		fmt.Fprintf(w, head+`<p>我的资源</p><h2>治理侧应用发布</h2><table><thead><tr><th>治理侧名称<th>应用发布ID<th>创建时间<th>更新时间<th>状态<th>移动端地址<th>PC地址<th>操作</tr></thead>
<tbody><tr><td>示例督办<td>2002000001<td>2026-03-01<td>2026-03-02<td>%s<td>-<td>-<td>详情</tr></tbody></table>`, s.state)
	default:
		fmt.Fprint(w, head+`<p>我的资源</p><p>好</p>`)
	}
}

// formFour is the form of FORM-4 as plain fields.
func formFour(whose string) string {
	all, err := recipe.Embedded()
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(`<h1>IRS 申请表</h1>` + whose)
	for _, f := range recipe.Holding(all, "FORM-4").Form("FORM-4").Fields {
		words := map[string][]string{"发布端": {"浙政钉", "数字化改革门户"}, "选择上架内容": {"浙政钉小程序应用", "浙政钉工作台组件"}, "发布类型": {"首次发布", "再次发布"}, "应用已在测试账号工作台上": {"是", "否"}}[f.Label]
		fmt.Fprintf(&b, `<div class="item"><label>%s</label>`, f.Label)
		switch {
		case f.As == "check":
			for _, word := range words {
				fmt.Fprintf(&b, `<label><input type="checkbox">%s</label>`, word)
			}
		case f.As == "choose":
			for _, word := range words {
				fmt.Fprintf(&b, `<label><input type="radio" name="%s">%s</label>`, f.Label, word)
			}
		case f.As == "text":
			b.WriteString(`<input>`)
		}
		b.WriteString(`</div>`)
	}
	return b.String() + `<button type="button">提交审批</button>`
}

// liveDesk is the sample with a real browser, whose portals are on this machine.
func liveDesk(t *testing.T, s *site) *desk {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	d := sampleDesk(t)
	live, err := service.New(service.Environment{Workplace: d.place, DataDir: d.dir, Clock: func() time.Time { return d.now }, Poll: 100 * time.Millisecond,
		Vault: func(context.Context) (vault.Vault, error) { return d.vault, nil }, Addresses: map[string]string{"ADDR-4": server.URL + "/home"}})
	if err != nil {
		t.Fatal(err)
	}
	d.Services = live
	t.Cleanup(live.End)
	if _, err := d.Sync.Live(d.ctx, service.SyncLive{URL: server.URL + "/list", Quiet: true}); err != nil {
		t.Fatal(err)
	}
	return d
}

// until waits for a step of an action to be under way.
func (d *desk) step(id, step string) {
	d.t.Helper()
	for d.ctx.Err() == nil {
		v := d.action(id)
		if n := len(v.Steps); n > 0 && v.Steps[n-1].Step == step {
			return
		}
		if v.State == listing.ActionStopped && len(v.Steps) > 1 {
			d.t.Fatalf("stopped: %s %+v", v.Reason, v.Steps)
		}
		time.Sleep(50 * time.Millisecond)
	}
	d.t.Fatal("never came to " + step)
}

// The whole way with a real browser: read, compare, fill in, the person submits, read back, receipt; then the quiet refresh.
func TestLiveApproval(t *testing.T) {
	s := &site{state: "待发布审批"}
	d := liveDesk(t, s)
	plan, err := d.Sync.Current(d.ctx)
	if err != nil || line(t, plan, subject, "app.portal.state").Result != "待发布审批" {
		t.Fatalf("%+v %v", plan, err)
	}
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	done := make(chan service.OutboxView, 1)
	go func() {
		v, err := d.Outbox.Run(d.ctx, service.OutboxRun{ID: v.ID, Headless: true})
		if err != nil {
			t.Error(err)
		}
		done <- v
	}()
	d.step(v.ID, "form")
	s.do("open")
	d.step(v.ID, "wait")
	s.do("submit")
	v = <-done
	if v.State != listing.ActionDone || v.Receipt == nil || s.sent != 1 {
		t.Fatalf("%s %s, sent %d, %+v, filled %+v", v.State, v.Reason, s.sent, v.Steps, v.Filled)
	}
	if r := v.Receipt; r.State != "发布审批中" || len(r.Pictures) != 2 || r.Pictures[0].Size < 1000 || len(r.Fields) < 10 {
		t.Errorf("%+v", r)
	}
	s.mu.Lock()
	s.state = "发布修改中"
	s.mu.Unlock()
	view, err := d.Refresh.Now(d.ctx)
	if err != nil || view.Changes == 0 || view.Login {
		t.Errorf("%+v %v", view, err)
	}
	s.mu.Lock()
	s.out = true
	s.mu.Unlock()
	if view, err = d.Refresh.Now(d.ctx); err != nil || !view.Login {
		t.Errorf("%+v %v", view, err)
	}
}

// Whose form it is may stand on the page as plain text: the right one is filled in without a question, another refused,
// and what cannot be told is asked.
func TestLiveIdentityInText(t *testing.T) {
	for name, c := range map[string]struct{ whose, comes string }{
		"right":               {`<dl><dt>治理侧名称</dt><dd>示例督办</dd><dt>应用发布ID</dt><dd>2002000001</dd></dl>`, "wait"},
		"another":             {`<p>治理侧名称：示例督办二期</p>`, "stopped 示例督办二期"},
		"another number":      {`<p>治理侧名称：示例督办</p><p>应用发布ID：2002000002</p>`, "stopped 2002000002"},
		"two names":           {`<p>治理侧名称：示例督办</p><p>治理侧名称：示例食堂</p>`, "asks"},
		"not to be seen":      {`<p style="opacity:0">治理侧名称：示例督办</p>`, "asks"},
		"only beside a title": {`<h2>示例督办</h2>`, "asks"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &site{state: "待发布审批", whose: c.whose}
			d := liveDesk(t, s)
			v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
			ctx, stop := context.WithCancel(d.ctx)
			done := make(chan error, 1)
			go func() {
				_, err := d.Outbox.Run(ctx, service.OutboxRun{ID: v.ID, Headless: true})
				done <- err
			}()
			d.step(v.ID, "form")
			s.do("open")
			comes := d.comes(v.ID)
			stop()
			if err := <-done; err != nil {
				t.Error(err)
			}
			if word, with, _ := strings.Cut(c.comes, " "); !strings.HasPrefix(comes, word) || !strings.Contains(comes, with) || s.sent != 0 {
				t.Errorf("it comes to %q, sent %d", comes, s.sent)
			}
			if v = d.action(v.ID); (v.Filled != nil) != (c.comes == "wait") {
				t.Errorf("filled %+v", v.Filled)
			}
		})
	}
}

// comes tells where a run comes to: it asks, waits for the person, or stops for a reason.
func (d *desk) comes(id string) string {
	for began := false; d.ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
		v := d.action(id)
		began = began || v.State == listing.ActionRunning
		switch {
		case v.Asking != nil:
			return "asks " + v.Asking.ID
		case v.State == listing.ActionWaiting:
			return "wait"
		case began && v.State == listing.ActionStopped:
			return "stopped " + v.Reason
		}
	}
	return ""
}
