//go:build browser && unix

package service_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/service"
	"shangjiatong/app/vault"
)

// errand is an action at a portal built with real kits, with the person played: what is pressed where, and what the
// portal then has.
type errand struct {
	kind  listing.ActionKind
	final string
	form  string // as the program calls it while it waits for it
	ways  map[string][]portaltest.Deed
	set   func(*portaltest.Portal)
	ready func(*desk) service.OutboxView
	had   func(*portaltest.Portal) int // how often the portal has it
}

func errands() []errand {
	row := func(state string) portaltest.Record {
		return portaltest.Record{"治理侧名称": subject, "应用发布ID": "2002000001", "创建时间": "2026-03-01", "更新时间": "2026-03-01", "状态": state}
	}
	hosted := portaltest.Record{"治理侧名称": subject, "APPID": "2002000001", "类型": "浙政钉H5"}
	releases := []portaltest.Deed{{Open: portaltest.PathReleases}}
	rows := func(p *portaltest.Portal, state string) (n int) {
		for _, r := range p.Rows("TABLE-1") {
			if r["治理侧名称"] == subject && r["状态"] == state {
				n++
			}
		}
		return n
	}
	return []errand{{
		kind: listing.ActionApproval, final: "提交审批", form: "IRS 申请表",
		ways: map[string][]portaltest.Deed{"治理侧应用发布": releases, "IRS 申请表": {releases[0], {Press: "提交审批", Row: subject}}},
		set:  func(p *portaltest.Portal) { p.SetRows("TABLE-1", []portaltest.Record{row("待发布审批")}) },
		ready: func(d *desk) service.OutboxView {
			return d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
		},
		had: func(p *portaltest.Portal) int { return rows(p, "发布审批中") },
	}, {
		kind: listing.ActionRegister, final: "提交", form: "应用发布注册",
		ways: map[string][]portaltest.Deed{"治理侧应用发布": releases, "应用发布注册": {{Open: portaltest.PathRegister}}},
		set:  func(*portaltest.Portal) {},
		ready: func(d *desk) service.OutboxView {
			for _, task := range []string{"STEP-3.4", "STEP-3.3", "STEP-3.1"} {
				d.undo(task)
			}
			return d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionRegister})
		},
		had: func(p *portaltest.Portal) int { return rows(p, "部署准备中") },
	}, {
		kind: listing.ActionUpload, final: "确定", form: "上传代码",
		ways: map[string][]portaltest.Deed{"治理侧名称列表": {{Open: portaltest.PathHosted}},
			"部署发布的线上环境": {{Open: portaltest.PathHosted}, {Press: "部署发布", Row: subject}}, "上传代码": {{Press: "上传代码"}}},
		set: func(p *portaltest.Portal) {
			p.SetRows("TABLE-1", []portaltest.Record{row("部署准备中")})
			p.SetRows("TABLE-2", []portaltest.Record{hosted})
		},
		ready: (*desk).preparedUpload,
		had:   func(p *portaltest.Portal) int { return len(p.Rows("TABLE-3/测试环境@2002000001")) },
	}}
}

// outing is one errand with its fault.
type outing struct {
	*desk
	errand
	portal *portaltest.Portal
	id     string
	place  string
	fault  string

	mu   sync.Mutex
	word string
	done bool // the fault has happened
	stop context.CancelFunc
}

func (o *outing) hear(word string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.word = word
}

func (o *outing) heard() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.word
}

// start starts the program over the store.
func (o *outing) start() {
	o.t.Helper()
	places := map[string]string{"ADDR-4": o.portal.URL(portaltest.PathHome), "ADDR-5.杭州": o.portal.URL(portaltest.PathMobile)}
	live, err := service.New(service.Environment{Workplace: o.desk.place, DataDir: o.dir, Clock: func() time.Time { return o.now }, Poll: 200 * time.Millisecond,
		Unseen: true, Vault: func(context.Context) (vault.Vault, error) { return o.vault, nil }, Addresses: places})
	if err != nil {
		o.t.Fatal(err)
	}
	o.Services = live
	o.t.Cleanup(live.End)
}

// atPlace reports whether the work has come to the place of the fault.
func (o *outing) atPlace(v service.OutboxView) bool {
	word := o.heard()
	switch o.place {
	case "opened":
		return word == "等待登录"
	case "looked":
		return word == "等待打开 "+o.form
	case "form": // whose it is may be told without a question
		return slices.ContainsFunc(v.Steps, func(s listing.ActionStep) bool { return s.Step == "identity" })
	case "filling":
		return strings.HasPrefix(word, "正在填写")
	case "waiting":
		return word == "等您提交"
	}
	return len(o.portal.Posted()) > 0
}

// happens does what goes wrong.
func (o *outing) happens(over <-chan struct{}) {
	switch o.fault {
	case "browser":
		pid := browserOf(o.dir)
		if pid == 0 {
			o.t.Error("no browser to kill")
			return
		}
		_ = syscall.Kill(pid, syscall.SIGKILL)
	case "program":
		o.stop()
		<-over
		o.Services.End()
		if err := o.desk.place.Close(); err != nil {
			o.t.Error(err)
		}
		if err := o.desk.place.Open(o.ctx); err != nil {
			o.t.Error(err)
		}
		o.start()
	case "network":
		o.portal.Down()
		select {
		case <-over:
		case <-time.After(2 * time.Second): // long enough to be noticed; it does not matter whether it is
		}
		if err := o.portal.Up(); err != nil {
			o.t.Error(err)
		}
	case "session":
		o.portal.ExpireSession()
	}
}

// browserOf finds the browser that was started with a profile in a data folder.
func browserOf(dir string) int {
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, at := range all {
		raw, err := os.ReadFile(at)
		line := string(raw)
		if err == nil && strings.Contains(line, "--user-data-dir="+dir) && !strings.Contains(line, "--type=") {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(at)))
			return pid
		}
	}
	return 0
}

// person plays the person for as long as a run lasts: logs in, opens what is waited for, answers, presses the final
// button. over is closed when the run is.
func (o *outing) person(ctx context.Context, over <-chan struct{}) {
	acted, word := time.Time{}, ""
	for {
		select {
		case <-over:
			return
		case <-time.After(50 * time.Millisecond):
		}
		v, err := o.Outbox.Show(o.ctx, o.id)
		if err != nil {
			o.t.Error(err)
			return
		}
		if !o.done && o.atPlace(v) {
			o.done = true
			o.happens(over)
			o.portal.SetFaults(portaltest.Faults{})
			continue
		}
		if v.Asking != nil {
			_, _ = o.Outbox.Answer(o.ctx, service.OutboxAnswer{ID: o.id, Question: v.Asking.ID, Yes: true}) // it may be over by now
			continue
		}
		if o.done || o.place != "opened" {
			o.portal.Scan()
		}
		if now := o.heard(); now != word || time.Since(acted) > 8*time.Second {
			word, acted = now, time.Now()
			go o.acts(ctx, word)
		}
	}
}

// acts does what a person does on hearing what is waited for.
func (o *outing) acts(ctx context.Context, word string) {
	deeds := o.ways[strings.TrimPrefix(word, "等待打开 ")]
	if word == "等您提交" && len(o.portal.Posted()) == 0 && (o.done || o.place != "waiting") {
		if !o.done && o.place == "pressed" {
			o.portal.SetFaults(portaltest.Faults{Silent: true, Only: "/api/rows"}) // the list does not tell before it has happened
		}
		deeds = []portaltest.Deed{{Press: o.final}}
	}
	ctx, stop := context.WithTimeout(ctx, 8*time.Second)
	defer stop()
	_ = o.portal.Do(ctx, deeds...) // what cannot be done is tried again
}

// run runs the action once; the person is there as long.
func (o *outing) run() service.OutboxView {
	o.t.Helper()
	ctx, stop := context.WithCancel(service.WithSteps(o.ctx, o.hear))
	defer stop()
	o.stop = stop
	over, gone := make(chan struct{}), make(chan struct{})
	go func() { defer close(gone); o.person(ctx, over) }()
	v, err := o.Outbox.Run(ctx, service.OutboxRun{ID: o.id, YesUpload: true})
	if err != nil {
		o.t.Errorf("run: %v", err)
	}
	close(over)
	stop()
	<-gone
	return v
}

// Places × faults on a portal built with real kits, in a real browser: whatever goes wrong where, what is run again does
// not do a thing twice and does not lose it, and no final button is pressed but by the person.
func TestLiveFaults(t *testing.T) {
	places := []string{"opened", "looked", "form", "filling", "waiting", "pressed"}
	faults := []string{"browser", "program", "network", "session"}
	some := map[string]bool{"approval/browser/waiting": true, "approval/program/pressed": true, "register/browser/pressed": true, "register/network/looked": true,
		"upload/program/filling": true}
	n := 0
	for _, e := range errands() {
		for _, fault := range faults {
			for _, place := range places {
				name := string(e.kind) + "/" + fault + "/" + place
				if !some[name] && os.Getenv("SHANGJIATONG_ALL") == "" {
					continue
				}
				kit := portaltest.Kits()[n%len(portaltest.Kits())]
				n++
				t.Run(name+"/"+kit, func(t *testing.T) { faulty(t, e, fault, place, kit) })
			}
		}
	}
}

func faulty(t *testing.T, e errand, fault, place, kit string) {
	d := sampleDesk(t)
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(stop)
	d.ctx = ctx
	o := &outing{desk: d, errand: e, fault: fault, place: place, portal: portaltest.Start(t, portaltest.Options{Kit: kit, Seed: 11, Rows: 3, Person: true, Polls: 1})}
	e.set(o.portal)
	o.start()
	o.id = e.ready(d).ID
	var v service.OutboxView
	for range 5 {
		if v = o.run(); v.State.Over() || t.Failed() {
			break
		}
		t.Logf("stopped: %s", v.StateWord)
		if fault == "browser" && strings.Contains(v.StateWord, "已由您停下") {
			t.Error("the person did not stop it")
		}
	}
	if !o.done {
		t.Error("nothing went wrong")
	}
	if v.State != listing.ActionDone || v.Receipt == nil {
		t.Logf("pressed %v posted %v finals %v uploads %v model %v", o.portal.Pressed(), o.portal.Posted(), o.portal.Finals(), o.portal.Uploads(), o.portal.Model("UPLOAD"))
		t.Fatalf("%s %s, at %s: %+v", v.State, v.Reason, o.heard(), v.Steps[max(0, len(v.Steps)-6):])
	}
	want := map[bool]string{true: listing.OutcomeCompiled, false: listing.OutcomeDone}[e.kind == listing.ActionUpload]
	if v.Receipt.Outcome != want || len(v.Receipt.Fields) == 0 {
		t.Errorf("receipt %+v", v.Receipt)
	}
	if all, err := d.Receipts.List(ctx, subject); err != nil || len(all) != 1 {
		t.Errorf("%d receipts, %v", len(all), err)
	}
	if n := e.had(o.portal); n != 1 || len(o.portal.Posted()) != 1 {
		t.Errorf("the portal has it %d times, posted %+v", n, o.portal.Posted())
	}
	kept := slices.DeleteFunc(o.portal.Uploads(), func(u portaltest.Upload) bool { return !u.Kept })
	if e.kind == listing.ActionUpload && len(kept) != 1 {
		t.Errorf("uploads %+v", o.portal.Uploads())
	}
	pressed := o.portal.Pressed()
	maps.DeleteFunc(pressed, func(name string, _ int) bool { return o.portal.Finals()[name] == 0 })
	if !maps.Equal(pressed, o.portal.Finals()) {
		t.Errorf("final buttons %v, of the person %v", o.portal.Finals(), pressed)
	}
}
