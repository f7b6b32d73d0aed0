package service_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/vault/vaulttest"
)

// The six sample apps stand where the sample says, so that every screen has something true to show.
func TestSampleShowsSixStates(t *testing.T) {
	d := emptyDesk(t)
	info, err := d.System.LoadSample(d.ctx)
	if err != nil || info.FirstRun || info.UnitName != "示例市数据中心" || info.Operator != "联系人甲" {
		t.Fatalf("%+v, %v", info, err)
	}
	want := map[string]struct {
		kind           listing.AppKind
		started        bool
		stage, task    string
		status         listing.Status
		settled, total int
		passed         bool
	}{
		"示例督办":   {listing.KindH5, true, "release", "STEP-3.4", listing.StatusFilled, 9, 16, true},
		"示例巡查":   {listing.KindMini, true, "open-platform", "STEP-1.2", listing.StatusNotStarted, 3, 15, false},
		"示例会议室":  {listing.KindMiniPC, true, "release", "STEP-3.4", listing.StatusSubmitted, 9, 17, true},
		"示例驾驶舱":  {listing.KindPortal, true, "release", "STEP-3.4", listing.StatusReturned, 9, 16, false},
		"示例信访登记": {listing.KindH5, false, "open-platform", "", listing.StatusNotStarted, 0, 16, false},
		"示例食堂":   {listing.KindMini, true, "assessment", "STEP-5", listing.StatusNotStarted, 14, 15, true},
	}
	v := d.overview(service.OverviewFilter{})
	if len(v.Apps) != len(want) {
		t.Fatalf("%v", names(v.Apps))
	}
	for _, a := range v.Apps {
		w := want[a.Name]
		if a.Kind != w.kind || a.Started != w.started || a.Stage != w.stage || a.NextTask != w.task || a.Status != w.status ||
			a.Settled != w.settled || a.Total != w.total || (a.Errors+a.Undecided == 0) != w.passed {
			t.Errorf("%s: %+v", a.Name, a)
		}
	}
	if report, err := d.Snapshots.Verify(d.ctx); err != nil || !report.OK || report.Blobs == 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// Every entry of the sample's journal carries a name and lies in the past, in order.
func TestSampleHasAHistory(t *testing.T) {
	d := sampleDesk(t)
	for _, l := range d.lines("") {
		if l.By != "联系人甲" {
			t.Errorf("line %d is by %q", l.Seq, l.By)
		}
	}
	v, err := d.Cases.View(d.ctx, "示例食堂")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(v.StartedAt, "2025-12-01") { // 91 days before the Monday
		t.Errorf("started at %s", v.StartedAt)
	}
}

func TestSampleNamesNobodyReal(t *testing.T) {
	raw, err := os.ReadFile("sample/sample.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if at := strings.Index(line, "://"); at >= 0 && !strings.Contains(line[at:], "example.com") && !strings.Contains(line[at:], "127.0.0.1") && !strings.Contains(line[at:], "localhost") {
			t.Errorf("an address that is nobody's example: %s", line)
		}
	}
}

// The sample never mixes with what somebody typed.
func TestSampleIsRefusedWhereSomethingIs(t *testing.T) {
	for name, d := range map[string]*desk{"a unit": openDesk(t), "the sample": sampleDesk(t), "an app": func() *desk {
		d := emptyDesk(t)
		if err := d.System.Enter(d.ctx, fields("", "operator=联系人甲")); err != nil {
			t.Fatal(err)
		}
		d.app("我的应用", listing.KindH5)
		return d
	}()} {
		t.Run(name, func(t *testing.T) {
			before := len(d.journal(""))
			_, err := d.System.LoadSample(d.ctx)
			wants(t, err, listing.CodeRefused, "示例单位")
			if got := len(d.journal("")); got != before {
				t.Error("something was written")
			}
		})
	}
}

// Without a vault the sample loads all the same; a look at a password says what is missing.
func TestSampleWithoutAVault(t *testing.T) {
	d := emptyDesk(t)
	d.vault = shut{&vaulttest.Memory{}}
	if _, err := d.System.LoadSample(d.ctx); err != nil {
		t.Fatal(err)
	}
	if v := d.overview(service.OverviewFilter{}); v.Total != 6 || v.Next == nil || v.Next.AppName != "示例驾驶舱" {
		t.Errorf("%v, next %+v", names(v.Apps), v.Next)
	}
	_, err := d.Apps.RevealSecret(d.ctx, "示例督办", "app.test_password")
	wants(t, err, listing.CodeNotFound, "测试密码")
}

func TestSampleStopsWhenCanceled(t *testing.T) {
	d := emptyDesk(t)
	ctx, cancel := context.WithCancel(d.ctx)
	cancel()
	_, err := d.System.LoadSample(ctx)
	wants(t, err, listing.CodeCanceled)
}
