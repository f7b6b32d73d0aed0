package service_test

import (
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// What stands in the list since an earlier run broke off before all was filled in was not there from the beginning: the
// receipt says so, and where the runs broke off.
func TestOutboxFoundLater(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	d.portal.fault = func(place string, _ int) error {
		if place == "fill" {
			return errKilled
		}
		return nil
	}
	d.run(v.ID)
	d.portal.rows["TABLE-1"][0]["状态"] = "发布审批中"
	r := d.run(v.ID).Receipt
	if r == nil || r.Outcome != listing.OutcomeFound || strings.Contains(r.OutcomeWord, "本来就有") || len(r.Notes) != 3 ||
		!strings.Contains(r.Notes[0], "办到“填写”时停下：程序中断了") || !strings.Contains(r.Notes[2], "没有读到填写的内容") {
		t.Fatalf("%+v", r)
	}
}

// A list that did not come whole does not prove that something is not there: the person looks before anything is filled in.
func TestOutboxHalfList(t *testing.T) {
	d := sampleDesk(t)
	for _, task := range []string{"STEP-3.4", "STEP-3.3", "STEP-3.1"} {
		d.undo(task)
	}
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionRegister})
	d.portal.rows, d.portal.half = map[string][]map[string]string{}, true
	run := func(yes bool) service.OutboxView {
		done := make(chan service.OutboxView, 1)
		go func() { done <- d.run(v.ID) }()
		d.answer(v.ID, "absent", yes)
		if yes {
			d.answer(v.ID, "identity", true)
		}
		return <-done
	}
	if v = run(false); v.State != listing.ActionStopped || !strings.Contains(v.Reason, "没有读全") || d.portal.count("fill") != 0 {
		t.Fatalf("%s %s", v.State, v.Reason)
	}
	d.portal.person = func(p *fakePortal) error {
		p.half = false
		p.add("TABLE-1", map[string]string{"治理侧名称": subject, "应用发布ID": "2002000042", "状态": "部署准备中"})
		return nil
	}
	if v = run(true); v.State != listing.ActionDone || len(v.Receipt.Notes) != 1 || d.portal.count("fill") != 1 {
		t.Fatalf("%s %s %+v", v.State, v.Reason, v.Receipt)
	}
}

// WAIT-2: a list may show late what was sent. Before it is filled in again the person says that it was not; what they did
// send is read back once the list has it.
func TestOutboxLateList(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	submit := d.portal.person
	d.portal.person = func(p *fakePortal) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.sent++
		return nil
	}
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	if v = d.run(v.ID); v.State != listing.ActionStopped || !strings.Contains(v.Hint, "先问您") {
		t.Fatalf("%s %s", v.State, v.Hint)
	}
	if v = d.run(v.ID); v.State != listing.ActionStopped || d.portal.count("fill") != 1 || !strings.Contains(v.Reason, "您说已经提交") || v.Asking != nil {
		t.Fatalf("filled in again: %s %s", v.State, v.Reason)
	}
	_ = submit(d.portal)
	if v = d.run(v.ID); v.State != listing.ActionDone || d.portal.count("fill") != 1 || len(v.Receipt.Fields) == 0 {
		t.Fatalf("%s %s %+v", v.State, v.Reason, v.Receipt)
	}
	if !slices.ContainsFunc(v.Receipt.Notes, func(n string) bool { return strings.Contains(n, "没有看到结果") }) {
		t.Errorf("notes %q", v.Receipt.Notes)
	}
}

// A click that went to a final button is told, on the way and in the receipt, and the action goes on to read back what came
// of it.
func TestOutboxHitFinal(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	d.portal.hit = true
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	if v = d.run(v.ID); v.State != listing.ActionDone || !v.Filled.PressedFinal || len(v.Filled.Notes) != 1 {
		t.Fatalf("%s %s %+v", v.State, v.Reason, v.Filled)
	}
	if !slices.Contains(v.Receipt.Notes, v.Filled.Notes[0]) {
		t.Errorf("notes %q", v.Receipt.Notes)
	}
}

// TABLE-3 does not name the app: what another app's page shows is not taken for this one's.
func TestOutboxUploadWhosePage(t *testing.T) {
	d := sampleDesk(t)
	hosting(d.portal, "代码编译通过")
	d.portal.mute = true
	d.portal.add("TABLE-3", map[string]string{"版本号": "1.0.1", "编译状态": "代码编译通过"})
	v := d.preparedUpload()
	done := make(chan service.OutboxView, 1)
	go func() { done <- d.run(v.ID) }()
	d.answer(v.ID, "identity", false)
	if v = <-done; v.State != listing.ActionStopped || v.Receipt != nil || !strings.Contains(v.Reason, "打开的不是它") {
		t.Fatalf("%s %s %+v", v.State, v.Reason, v.Receipt)
	}
}

// FORM-2 that was cut off while it was being filled in may have been filled in and sent by hand: nobody but the person knows.
func TestOutboxComponentHalfFilled(t *testing.T) {
	d := sampleDesk(t)
	d.portal.shown = map[string]string{"应用标识": d.view(subject).App.Identifier}
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionComponent, Component: "消息通知"})
	cut := func(place string, _ int) error {
		if place == "fill" {
			return errKilled
		}
		return nil
	}
	d.portal.fault = cut
	d.run(v.ID)
	done := make(chan service.OutboxView, 1)
	go func() { done <- d.run(v.ID) }()
	d.answer(v.ID, "submitted", false) // asked once, and cut off again
	if v = <-done; v.State != listing.ActionStopped || d.portal.count("fill") != 2 {
		t.Fatalf("%s %s", v.State, v.Reason)
	}
	v, err := d.Outbox.Answer(d.ctx, service.OutboxAnswer{ID: v.ID, Question: "submitted", Yes: true})
	if err != nil || v.State != listing.ActionDone || v.Receipt.Outcome != listing.OutcomeTold || len(v.Receipt.Notes) != 3 {
		t.Fatalf("%s %v %+v", v.State, err, v.Receipt)
	}
}

// A question about what stands in the browser is taken back when the browser goes: nobody could answer it.
func TestOutboxAskedOfNothing(t *testing.T) {
	for name, c := range map[string]struct {
		kind     listing.ActionKind
		question string
		set      func(*desk)
	}{
		"identity": {listing.ActionApproval, "identity", func(d *desk) { approving(d.portal) }},
		"absent":   {listing.ActionRegister, "absent", func(d *desk) { d.portal.half = true }},
	} {
		t.Run(name, func(t *testing.T) {
			d := sampleDesk(t)
			c.set(d)
			for _, task := range []string{"STEP-3.4", "STEP-3.3", "STEP-3.1"} {
				if c.kind == listing.ActionRegister {
					d.undo(task)
				}
			}
			v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: c.kind})
			d.portal.shown, d.portal.lost = nil, make(chan error)
			done := make(chan service.OutboxView, 1)
			go func() { done <- d.run(v.ID) }()
			for asked := ""; asked != c.question && d.ctx.Err() == nil; {
				if q := d.action(v.ID).Asking; q != nil {
					asked = q.ID
				}
			}
			d.portal.lost <- listing.Fail(listing.CodeUnreadable, "浏览器意外退出了，没有办完", "")
			if v = <-done; v.State != listing.ActionStopped || !strings.Contains(v.Reason, "浏览器意外退出") || v.Asking != nil || d.portal.count("fill") != 0 {
				t.Errorf("%s %s %+v", v.State, v.Reason, v.Asking)
			}
			if _, err := d.Outbox.Answer(d.ctx, service.OutboxAnswer{ID: v.ID, Question: c.question, Yes: true}); err == nil {
				t.Error("the question can still be answered")
			}
		})
	}
}
