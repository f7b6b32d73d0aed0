package service_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// The quiet refresh tells of changes and applies nothing; it stops at a login page.
func TestRefresh(t *testing.T) {
	d := openDesk(t)
	d.app(subject, listing.KindH5)
	if v, err := d.Refresh.Status(d.ctx); err != nil || v.Minutes != 0 || v.LastAt != "" {
		t.Fatalf("%+v %v", v, err)
	}
	for minutes, ok := range map[int]bool{5: false, -1: false, 2000: false, 30: true} {
		if _, err := d.Refresh.Set(d.ctx, minutes); (err == nil) != ok {
			t.Errorf("%d minutes: %v", minutes, err)
		}
	}
	d.portal.add("TABLE-1", map[string]string{"治理侧名称": subject, "应用发布ID": "2002000001", "状态": "已发布"})
	v, err := d.Refresh.Now(d.ctx)
	if err != nil || v.Changes != 2 || v.PlanID == "" || v.Minutes != 30 || !strings.Contains(v.Message, "2 处") || v.LastAt == "" {
		t.Fatalf("%+v %v", v, err)
	}
	if d.view(subject).App.Portal.State != "" {
		t.Fatal("it applied something")
	}
	before := len(d.journal(""))
	if again, err := d.Refresh.Now(d.ctx); err != nil || again.PlanID != v.PlanID || len(d.journal("")) != before {
		t.Errorf("the same again: %+v %v, %d entries more", again, err, len(d.journal(""))-before)
	}
	plan, err := d.Sync.Current(d.ctx)
	if err != nil || !plan.Quiet || plan.ID != v.PlanID {
		t.Fatalf("%+v %v", plan, err)
	}
	if _, err := d.Sync.Apply(d.ctx, service.SyncApply{PlanID: plan.ID, Lines: ids(plan, true)}); err != nil {
		t.Fatal(err)
	}
	if v, err = d.Refresh.Now(d.ctx); err != nil || v.Changes != 0 || v.Message != "没有变化" {
		t.Errorf("%+v %v", v, err)
	}
	d.portal.fault = func(place string, _ int) error {
		if place == "open" {
			return expired()
		}
		return nil
	}
	if v, err = d.Refresh.Now(d.ctx); err != nil || !v.Login || !strings.Contains(v.Message, "需要重新登录") || v.NextAt != "" {
		t.Errorf("%+v %v", v, err)
	}
}

// A comparison that the person is at work on is not replaced by a quiet one.
func TestRefreshLeavesWork(t *testing.T) {
	d := openDesk(t)
	d.app(subject, listing.KindH5)
	mine := d.plan(list1([3]string{subject, "2002000001", "待发布审批"}))
	d.portal.add("TABLE-1", map[string]string{"治理侧名称": subject, "应用发布ID": "2002000001", "状态": "发布审批中"})
	if v, err := d.Refresh.Now(d.ctx); err != nil || v.PlanID != "" || v.Changes == 0 {
		t.Errorf("%+v %v", v, err)
	}
	if now, err := d.Sync.Current(d.ctx); err != nil || now.ID != mine.ID {
		t.Errorf("%s became %s, %v", mine.ID, now.ID, err)
	}
}

// While an action is under way the refresh leaves the portal alone.
func TestRefreshBesideAnAction(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	d.portal.shown = nil // the person is asked
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	done := make(chan service.OutboxView, 1)
	go func() { done <- d.run(v.ID) }()
	waitFor(t, "the question", func() bool { return d.action(v.ID).Asking != nil })
	read := d.portal.count("read")
	if r, err := d.Refresh.Now(d.ctx); err != nil || !strings.Contains(r.Message, "正在办理") || d.portal.count("read") != read {
		t.Errorf("%+v %v, read %d times", r, err, d.portal.count("read"))
	}
	d.answer(v.ID, "identity", true)
	if v = <-done; v.State != listing.ActionDone {
		t.Errorf("%s %s", v.State, v.Reason)
	}
}

// Watch reads at the set times, stops at a login page and goes on after the person has logged in; switched off, it reads
// no more.
func TestRefreshWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := openDesk(t)
		d.app(subject, listing.KindH5)
		out := false
		d.portal.fault = func(place string, _ int) error {
			if place == "open" && out {
				return expired()
			}
			return nil
		}
		ctx, stop := context.WithCancel(d.ctx)
		defer stop()
		go d.Refresh.Watch(ctx)
		reads := func(minutes int) int {
			t.Helper()
			before := d.portal.count("open")
			time.Sleep(time.Duration(minutes) * time.Minute)
			synctest.Wait()
			return d.portal.count("open") - before
		}
		set := func(minutes int) {
			t.Helper()
			if _, err := d.Refresh.Set(d.ctx, minutes); err != nil {
				t.Fatal(err)
			}
		}
		if n := reads(600); n != 0 {
			t.Errorf("read %d times while it is off", n)
		}
		set(30)
		if n := reads(95); n != 3 {
			t.Errorf("read %d times in 95 minutes, every 30", n)
		}
		out = true
		if n := reads(600); n != 1 {
			t.Errorf("read %d times once a login page had come", n)
		}
		out = false
		if _, err := d.Refresh.Now(d.ctx); err != nil { // the person has logged in and read
			t.Fatal(err)
		}
		if n := reads(65); n != 2 {
			t.Errorf("read %d times after the login", n)
		}
		set(0)
		if n := reads(600); n != 0 {
			t.Errorf("read %d times after it was switched off", n)
		}
	})
}
