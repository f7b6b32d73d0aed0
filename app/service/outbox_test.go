package service_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

const subject = "示例督办" // STEP-3.4 is filled in, and nothing stands against it

func (d *desk) prepare(in service.OutboxPrepare) service.OutboxView {
	d.t.Helper()
	v, err := d.Outbox.Prepare(d.ctx, in)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

// run runs an action to its end; a fault that kills the program ends only the goroutine.
func (d *desk) run(id string) service.OutboxView {
	d.t.Helper()
	done := make(chan error, 1)
	go func() {
		var err error
		defer func() { done <- err }()
		_, err = d.Outbox.Run(d.ctx, service.OutboxRun{ID: id, YesUpload: true})
	}()
	for {
		select {
		case err := <-done:
			if err != nil {
				d.t.Fatal(err)
			}
			return d.action(id)
		case <-time.After(20 * time.Millisecond):
			d.replies(id)
		}
	}
}

// replies is what the person says of what a list should show: the truth, and yes to the page that is open.
func (d *desk) replies(id string) {
	v := d.action(id)
	if q := v.Asking; q != nil && (q.ID == "identity" && v.Kind == listing.ActionComponent || q.ID == "submitted" && v.Target.Table != "") {
		yes := q.ID == "identity" || d.portal.sent > 0
		_, _ = d.Outbox.Answer(d.ctx, service.OutboxAnswer{ID: id, Question: q.ID, Yes: yes}) // it may be over by now
	}
}

func (d *desk) action(id string) service.OutboxView {
	d.t.Helper()
	v, err := d.Outbox.Show(d.ctx, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

// approving is the portal of an approval: the person submits, and the list shows it.
func approving(p *fakePortal) {
	p.rows = map[string][]map[string]string{"TABLE-1": {{"治理侧名称": subject, "应用发布ID": "2002000001", "状态": "待发布审批"}}}
	p.shown = map[string]string{"治理侧名称": subject}
	p.person = func(p *fakePortal) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.sent++
		p.rows["TABLE-1"] = []map[string]string{{"治理侧名称": subject, "应用发布ID": "2002000001", "状态": "发布审批中"}}
		return nil
	}
}

// FORM-4 from preparation to receipt to the act of STEP-3.4.
func TestOutboxApproval(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	if v.State != listing.ActionPrepared || v.StateWord != "已准备" || len(v.Asks) < 10 || !v.CanRun || len(v.Changed) != 0 {
		t.Fatalf("%+v", v)
	}
	_, err := d.Outbox.Prepare(d.ctx, service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	wants(t, err, listing.CodeConflict, "已经准备过一份")
	d.set(subject, "test_data=改过的说明")
	if v = d.action(v.ID); len(v.Changed) != 1 || v.Changed[0].After != "改过的说明" {
		t.Errorf("changed: %+v", v.Changed)
	}
	if v, err = d.Outbox.Renew(d.ctx, v.ID); err != nil || len(v.Changed) != 0 {
		t.Fatalf("%+v %v", v.Changed, err)
	}
	v = d.run(v.ID)
	if v.State != listing.ActionDone || v.Receipt == nil || d.portal.sent != 1 {
		t.Fatalf("%s %s %+v", v.State, v.Reason, v.Steps)
	}
	r := v.Receipt
	if r.Outcome != listing.OutcomeDone || r.State != "发布审批中" || len(r.Fields) < 10 || len(r.Pictures) != 2 || len(r.Rows) != 1 || !strings.Contains(r.OutcomeWord, "发布审批中") {
		t.Errorf("receipt %+v", r)
	}
	if found := d.holds("示例密码-仅供演示"); len(found) > 0 {
		t.Errorf("the password stands in %v", found)
	}
	secret := false
	for _, a := range d.portal.filled {
		secret = secret || a.Value.Text != nil && *a.Value.Text == "示例密码-仅供演示"
	}
	if !secret {
		t.Error("the page was not given the password")
	}
	if row := d.view(subject).App.Portal; row.ReleaseID != "2002000001" || row.State != "发布审批中" {
		t.Errorf("the app's row is %+v", row)
	}
	if v.Follow == nil || v.Follow.Task != "STEP-3.4" || v.Follow.Act != listing.ActSubmit || !v.Follow.Allowed || v.Follow.Done {
		t.Fatalf("follow %+v", v.Follow)
	}
	if _, err := d.Outbox.Follow(d.ctx, v.ID); err != nil {
		t.Fatal(err)
	}
	if v = d.action(v.ID); !v.Follow.Done {
		t.Errorf("follow %+v", v.Follow)
	}
	kase, err := d.Cases.View(d.ctx, subject)
	if err != nil || !slices.ContainsFunc(kase.Proofs, func(p listing.Proof) bool {
		return p.Task == "STEP-3.4" && p.File != nil && strings.Contains(p.Note, "回执")
	}) {
		t.Errorf("no proof: %+v %v", kase.Proofs, err)
	}
	_, err = d.Outbox.Run(d.ctx, service.OutboxRun{ID: v.ID})
	wants(t, err, listing.CodeRefused, "已办妥")
	name, size, body, err := d.Downloads.Open(d.ctx, "receipt/"+r.ID+"/1")
	if err != nil || size == 0 || !strings.HasSuffix(name, ".png") {
		t.Fatalf("%s %d %v", name, size, err)
	}
	_ = body.Close()
}

// Places × faults: whatever is cut off where, and whether the portal got it or not, the next run looks first. Nothing is
// sent twice, nothing is lost, and the receipt says what happened.
func TestOutboxFaults(t *testing.T) {
	network := listing.Fail(listing.CodeRefused, "网络断了", "请检查网络")
	browser := listing.Fail(listing.CodeMissingTool, "浏览器已经关闭", "请重新办理")
	faults := map[string]struct {
		err  error
		word string
	}{"killed": {errKilled, "中断"}, "expired": {expired(), "需要重新登录"}, "network": {network, "网络断了"}, "browser": {browser, "浏览器已经关闭"}}
	places := []struct {
		place string
		n     int
		sent  int // how often it was sent when the fault came
	}{{"open", 1, 0}, {"read", 1, 0}, {"form", 1, 0}, {"fill", 1, 0}, {"wait", 1, 0}, {"gone", 1, 1}, {"read", 2, 1}}
	for name, fault := range faults {
		for _, at := range places {
			t.Run(name+"/"+at.place+map[bool]string{true: "/got", false: ""}[at.sent > 0], func(t *testing.T) {
				d := sampleDesk(t)
				approving(d.portal)
				v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
				d.portal.fault = func(place string, n int) error {
					if place == at.place && n == at.n {
						return fault.err
					}
					return nil
				}
				v = d.run(v.ID)
				if v.State != listing.ActionStopped || !strings.Contains(v.StateWord, fault.word) || v.Receipt != nil || d.portal.sent != at.sent || v.Hint == "" {
					t.Fatalf("stopped: %s %s, sent %d, %+v", v.State, v.StateWord, d.portal.sent, v.Steps)
				}
				if last := v.Steps[len(v.Steps)-1]; last.OK {
					t.Errorf("the last step reads as done: %+v", last)
				}
				d.portal.fault = nil
				v = d.run(v.ID)
				if v.State != listing.ActionDone || v.Receipt == nil || d.portal.sent != 1 {
					t.Fatalf("again: %s %s, sent %d", v.State, v.Reason, d.portal.sent)
				}
				if v.Receipt.Outcome != listing.OutcomeDone || len(v.Receipt.Fields) == 0 {
					t.Errorf("receipt %+v", v.Receipt)
				}
				all, err := d.Receipts.List(d.ctx, subject)
				if err != nil || len(all) != 1 {
					t.Errorf("%d receipts, %v", len(all), err)
				}
			})
		}
	}
}

// What the portal already has is not done again.
func TestOutboxFound(t *testing.T) {
	for state, want := range map[string]struct {
		state   listing.ActionState
		outcome string
		word    string
	}{
		"发布审批中": {listing.ActionDone, listing.OutcomeFound, ""},
		"已发布":   {listing.ActionDone, listing.OutcomeFound, ""},
		"发布修改中": {listing.ActionStopped, "", "提交发布"},
		"部署准备中": {listing.ActionStopped, "", "提交发布"},
		"整改待确认": {listing.ActionStopped, "", "没有见过"},
		"":      {listing.ActionStopped, "", "没有“示例督办”"},
	} {
		t.Run(state, func(t *testing.T) {
			d := sampleDesk(t)
			d.portal.rows = map[string][]map[string]string{}
			if state != "" {
				d.portal.add("TABLE-1", map[string]string{"治理侧名称": subject, "应用发布ID": "2002000001", "状态": state})
			}
			v := d.run(d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval}).ID)
			if v.State != want.state || !strings.Contains(v.Reason, want.word) || d.portal.count("fill") != 0 {
				t.Fatalf("%s %s", v.State, v.Reason)
			}
			if want.outcome != "" && (v.Receipt == nil || v.Receipt.Outcome != want.outcome || len(v.Receipt.Fields) != 0) {
				t.Errorf("%+v", v.Receipt)
			}
		})
	}
}

// The page of another application is refused before anything is filled in; a page that does not say is asked about.
func TestOutboxIdentity(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	d.portal.shown = map[string]string{"治理侧名称": "示例巡查"}
	v := d.run(d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval}).ID)
	if v.State != listing.ActionStopped || !strings.Contains(v.Reason, "示例巡查") || d.portal.count("fill") != 0 {
		t.Fatalf("%s %s", v.State, v.Reason)
	}
	d.portal.shown = nil
	for _, yes := range []bool{false, true} {
		done := make(chan service.OutboxView, 1)
		go func() {
			v, err := d.Outbox.Run(d.ctx, service.OutboxRun{ID: v.ID})
			if err != nil {
				t.Error(err)
			}
			done <- v
		}()
		d.answer(v.ID, "identity", yes)
		v = <-done
		if yes != (v.State == listing.ActionDone) || yes != (d.portal.count("fill") == 1) {
			t.Errorf("answered %v: %s %s", yes, v.State, v.Reason)
		}
	}
}

// answer waits for a question and answers it.
func (d *desk) answer(id, question string, yes bool) {
	d.t.Helper()
	for {
		v := d.action(id)
		if v.Asking != nil && v.Asking.ID == question {
			if _, err := d.Outbox.Answer(d.ctx, service.OutboxAnswer{ID: id, Question: question, Yes: yes}); err == nil {
				return
			}
		}
		if d.ctx.Err() != nil {
			d.t.Fatal("never asked")
		}
	}
}

// A field that the page did not take stops the action before anybody presses anything.
func TestOutboxWrongField(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	d.portal.wrong = "服务器出口IP"
	v := d.run(d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval}).ID)
	if v.State != listing.ActionStopped || !strings.Contains(v.Reason, "服务器出口IP") || d.portal.sent != 0 || v.Filled == nil {
		t.Fatalf("%s %s %+v", v.State, v.Reason, v.Filled)
	}
	d.portal.wrong = ""
	if v = d.run(v.ID); v.State != listing.ActionDone || d.portal.sent != 1 {
		t.Errorf("%s %s", v.State, v.Reason)
	}
	_, err := d.Outbox.Discard(d.ctx, v.ID, "不要了")
	wants(t, err, listing.CodeRefused, "已办妥")
}

// ready is an app of which the given tasks' gates hold, by taking the sample's own back to an earlier task.
func (d *desk) undo(task string) {
	d.t.Helper()
	if _, err := d.Cases.Act(d.ctx, service.ActRequest{AppID: subject, Task: task, Act: listing.ActUndo, Reason: "测试"}); err != nil {
		d.t.Fatal(err)
	}
}

// registering is the portal of a registration: the person submits, and the list shows it.
func registering(d *desk) {
	d.t.Helper()
	for _, task := range []string{"STEP-3.4", "STEP-3.3", "STEP-3.1"} {
		d.undo(task)
	}
	d.portal.shown = map[string]string{"应用名称": subject}
	d.portal.rows = map[string][]map[string]string{}
	d.portal.person = func(p *fakePortal) error {
		p.sent++
		p.add("TABLE-1", map[string]string{"治理侧名称": subject, "应用发布ID": "2002000042", "状态": "部署准备中"})
		return nil
	}
}

// FORM-3: a second registration is never made, and the number that the portal gave is kept.
func TestOutboxRegister(t *testing.T) {
	d := sampleDesk(t)
	registering(d)
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionRegister})
	if !slices.ContainsFunc(v.Asks, func(a listing.ActionAsk) bool {
		return a.Label == "开发商联系方式" && len(a.Rows) > 0 && a.Rows[0]["电话"] != ""
	}) {
		t.Errorf("no contacts: %+v", v.Asks)
	}
	d.portal.fault = func(place string, n int) error { // cut off after the portal got it
		if place == "gone" && n == 1 {
			return errKilled
		}
		return nil
	}
	if v = d.run(v.ID); v.State != listing.ActionStopped {
		t.Fatal(v.State)
	}
	v = d.run(v.ID)
	if v.State != listing.ActionDone || d.portal.sent != 1 || d.view(subject).App.Portal.ReleaseID != "2002000042" || v.Follow == nil || v.Follow.Task != "STEP-3.1" || v.Follow.Act != listing.ActConfirm {
		t.Fatalf("%s %s sent %d %+v %+v", v.State, v.Reason, d.portal.sent, d.view(subject).App.Portal, v.Follow)
	}
	if _, err := d.Outbox.Follow(d.ctx, v.ID); err != nil {
		t.Error(err)
	}
}

// The form is gone and the list never shows it: no receipt, and nothing is filled in again without looking.
func TestOutboxLeft(t *testing.T) {
	d := sampleDesk(t)
	approving(d.portal)
	d.portal.person = nil
	v := d.run(d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval}).ID)
	if v.State != listing.ActionStopped || v.Receipt != nil || !strings.Contains(v.Reason, "没有看到") {
		t.Fatalf("%s %s", v.State, v.Reason)
	}
}

// FORM-2 has no list: only the person knows whether it was sent, also after an interruption.
func TestOutboxComponent(t *testing.T) {
	for name, sent := range map[string]bool{"sent": true, "not sent": false} {
		t.Run(name, func(t *testing.T) {
			d := sampleDesk(t)
			d.portal.shown = map[string]string{"应用标识": d.view(subject).App.Identifier}
			v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionComponent, Component: "消息通知"})
			for _, a := range v.Asks {
				if a.Label == "回调地址" || a.Label == "授权LOGO" {
					t.Errorf("%s is asked for of 消息通知", a.Label)
				}
			}
			d.portal.fault = func(place string, n int) error {
				if place == "gone" && n == 1 {
					return errKilled
				}
				return nil
			}
			v = d.run(v.ID)
			if v.State != listing.ActionStopped || v.Receipt != nil {
				t.Fatalf("%s", v.State)
			}
			v, err := d.Outbox.Answer(d.ctx, service.OutboxAnswer{ID: v.ID, Question: "submitted", Yes: sent})
			if err != nil {
				t.Fatal(err)
			}
			if sent != (v.State == listing.ActionDone) || sent != (v.Receipt != nil) {
				t.Fatalf("%s %+v", v.State, v.Receipt)
			}
			if sent {
				if v.Receipt.Outcome != listing.OutcomeTold || len(v.Receipt.Fields) == 0 || len(v.Receipt.Pictures) != 1 {
					t.Errorf("%+v", v.Receipt)
				}
				return
			}
			done := make(chan service.OutboxView, 1)
			go func() {
				v, err := d.Outbox.Run(d.ctx, service.OutboxRun{ID: v.ID})
				if err != nil {
					t.Error(err)
				}
				done <- v
			}()
			d.answer(v.ID, "identity", true)
			d.answer(v.ID, "submitted", true)
			if v = <-done; v.State != listing.ActionDone || d.portal.count("fill") != 2 {
				t.Errorf("%s %s", v.State, v.Reason)
			}
		})
	}
}

// What is wrong with a request is said before anything is kept.
func TestOutboxRefusals(t *testing.T) {
	d := sampleDesk(t)
	for name, in := range map[string]service.OutboxPrepare{
		"kind":      {AppID: subject, Kind: "x"},
		"app":       {AppID: "没有", Kind: listing.ActionApproval},
		"component": {AppID: subject, Kind: listing.ActionComponent, Component: "没有"},
		"upload":    {AppID: subject, Kind: listing.ActionUpload, Version: "1.0.1"},
		"blocked":   {AppID: "示例信访登记", Kind: listing.ActionApproval},
	} {
		if _, err := d.Outbox.Prepare(d.ctx, in); err == nil || listing.AsError(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	all, err := d.Outbox.List(d.ctx, service.OutboxFilter{})
	if err != nil || len(all) != 0 {
		t.Errorf("%d kept, %v", len(all), err)
	}
	v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
	if _, err := d.Outbox.Discard(d.ctx, v.ID, " "); listing.CodeOf(err) != listing.CodeInvalid {
		t.Error(err)
	}
	if v, err = d.Outbox.Discard(d.ctx, v.ID, "改期"); err != nil || v.StateWord != "已作废（改期）" {
		t.Errorf("%s %v", v.StateWord, err)
	}
}
