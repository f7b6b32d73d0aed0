package procedure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

const at = "2026-03-02T09:30:00+08:00"

// desk drives one case in tests.
type desk struct {
	t    testing.TB
	plan *procedure.Plan
	c    listing.Case
}

func begin(t testing.TB, kind listing.AppKind) *desk {
	t.Helper()
	p := plan(t, kind)
	c, err := p.Flow.Start(listing.App{ID: "a1", Name: "示例督办", Kind: kind}, nil, "c1", "联系人甲", at)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, plan: p, c: c}
}

func (d *desk) state() *procedure.State {
	d.t.Helper()
	s, err := d.plan.Replay(d.c)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

// try does an act with everything a person can give; the task is written without STEP-.
func (d *desk) try(task string, act listing.ActName, when string, findings ...listing.Finding) error {
	d.t.Helper()
	task = "STEP-" + task
	doing := procedure.Doing{Task: task, Act: act, By: "联系人甲", At: when, Reason: "因故", Complete: true, Findings: findings}
	if act == listing.ActConfirm {
		proof := listing.Proof{ID: fmt.Sprintf("p%d", len(d.c.Proofs)+1), Task: task, Note: "已截图"}
		d.c.Proofs = append(d.c.Proofs, proof)
		doing.Proofs = []string{proof.ID}
	}
	next, err := d.state().Apply(doing)
	if err == nil {
		d.c = next
	}
	return err
}

func (d *desk) do(task string, acts ...listing.ActName) {
	d.t.Helper()
	for _, act := range acts {
		if err := d.try(task, act, at); err != nil {
			d.t.Fatalf("%s %s: %v", task, act, err)
		}
	}
}

// settle brings tasks to their end.
func (d *desk) settle(tasks ...string) {
	d.t.Helper()
	for _, task := range tasks {
		if d.plan.Flow.Task("STEP-" + task).Reviewed() {
			d.do(task, listing.ActSubmit, listing.ActPass)
			continue
		}
		d.do(task, listing.ActConfirm)
	}
}

func (d *desk) status(task string) listing.Status { return d.state().Status("STEP-" + task) }

// TestWholeWay walks FLOW-1 from the first act to the last for every kind.
func TestWholeWay(t *testing.T) {
	for _, kind := range listing.AppKinds() {
		t.Run(string(kind), func(t *testing.T) {
			d := begin(t, kind)
			tasks := d.plan.Tasks()
			for i, task := range tasks {
				if d.state().Finished() || d.c.ClosedAt != "" {
					t.Fatalf("finished before %s", task.ID)
				}
				d.settle(strings.TrimPrefix(task.ID, "STEP-"))
				if last := i == len(tasks)-1; (d.c.ClosedAt != "") != last {
					t.Errorf("after %s closed at %q", task.ID, d.c.ClosedAt)
				}
			}
			d.do("5", listing.ActUndo)
			if d.c.ClosedAt != "" || d.state().Finished() {
				t.Error("the case is still closed after the last act was taken back")
			}
		})
	}
}

// TestBlockedAtFirst holds which tasks of FLOW-1 can begin at once: step 1 and step 2 side by side, nothing else.
func TestBlockedAtFirst(t *testing.T) {
	for _, kind := range listing.AppKinds() {
		s := begin(t, kind).state()
		for _, task := range s.Plan.Tasks() {
			want := listing.StatusBlocked
			if task.ID == "STEP-1.1" || task.ID == "STEP-2.1" {
				want = listing.StatusNotStarted
			}
			if got := s.Status(task.ID); got != want {
				t.Errorf("%s %s is %s, want %s", kind, task.ID, got, want)
			}
			if blocked := len(s.Blockers(task.ID)) > 0; blocked != (want == listing.StatusBlocked) {
				t.Errorf("%s %s: blockers %v", kind, task.ID, s.Blockers(task.ID))
			}
		}
	}
}

// TestGatesBetweenSteps holds FLOW-1: 3.x waits for debugging, 4.x for the acceptance; the blockers are named.
func TestGatesBetweenSteps(t *testing.T) {
	cases := []struct {
		fact    string
		kind    listing.AppKind
		settled string
		task    string
		waits   string // the tasks it then waits for
	}{
		{"STEP-2.1 beside 1.1", listing.KindH5, "", "2.1", ""},
		{"2.2 after 2.1", listing.KindH5, "", "2.2", "2.1"},
		{"2.2 open", listing.KindH5, "2.1", "2.2", ""},
		{"RULE-13: 2.4 before 3.1", listing.KindH5, "1.1 1.2 2.1 2.2 2.3", "3.1", "2.4"},
		{"3.1 with everything missing", listing.KindH5, "", "3.1", "1.2 2.3 2.4"},
		{"3.1 open", listing.KindH5, "1.1 1.2 2.1 2.2 2.3 2.4", "3.1", ""},
		{"KIND-2: 3.1 without 2.4", listing.KindMini, "1.1 1.2 2.1 2.3", "3.1", ""},
		{"FLOW-1: 3.2 not before debugging", listing.KindH5, "2.1 2.3", "3.2", "1.2"},
		{"3.3 after 3.1 and 3.2", listing.KindH5, "1.1 1.2 2.1 2.2 2.3 2.4", "3.3", "3.1 3.2"},
		{"RULE-14: 3.4 after 3.2", listing.KindH5, "1.1 1.2 2.1 2.2 2.3 2.4 3.1", "3.4", "3.2 3.3"},
		{"KIND-2: 3.4 not before 3.1", listing.KindMini, "1.1 1.2 2.1 2.3 3.2", "3.4", "3.1"},
		{"FLOW-1: 4.1 not before the acceptance", listing.KindH5, "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3", "4.1", "3.4b"},
		{"RULE-17: 4.2 waits for 3.5", listing.KindMini, "1.1 1.2 2.1 2.3 3.1 3.2 3.4 3.4b 4.1", "4.2", "3.5"},
		{"KIND-1: 4.2 without 3.5", listing.KindH5, "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 3.4b 4.1", "4.2", ""},
		{"5 after 3.4b", listing.KindH5, "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4", "5", "3.4b"},
	}
	for _, c := range cases {
		t.Run(c.fact, func(t *testing.T) {
			d := begin(t, c.kind)
			d.settle(strings.Fields(c.settled)...)
			var got []string
			for _, b := range d.state().Blockers("STEP-" + c.task) {
				got = append(got, strings.TrimPrefix(b.Task, "STEP-"))
			}
			if strings.Join(got, " ") != c.waits {
				t.Errorf("waits for %v, want %s", got, c.waits)
			}
			err := d.try(c.task, listing.ActFill, at)
			if (err != nil) != (c.waits != "") {
				t.Errorf("fill: %v", err)
			}
			for _, b := range d.state().Blockers("STEP-" + c.task) {
				if !strings.Contains(err.Error(), b.Task) || !strings.Contains(err.Error(), b.Title) {
					t.Errorf("%q does not name %s %s", err, b.Task, b.Title)
				}
			}
		})
	}
}

// TestTransitions holds the whole table of acts: for each status a task can have, what each act leads to; "" is refused.
func TestTransitions(t *testing.T) {
	const (
		reviewed   = "2.1" // forms, materials, reviewed, not skippable
		unreviewed = "4.1" // no materials, unreviewed, skippable
	)
	ways := []struct {
		task string
		way  string // acts that lead to the status
		want map[listing.ActName]listing.Status
	}{
		{reviewed, "", map[listing.ActName]listing.Status{"fill": "filled", "generate": "generated", "submit": "submitted"}},
		{reviewed, "fill", map[listing.ActName]listing.Status{"fill": "filled", "generate": "generated", "submit": "submitted", "undo": "not_started"}},
		{reviewed, "generate", map[listing.ActName]listing.Status{"fill": "filled", "generate": "generated", "submit": "submitted", "undo": "not_started"}},
		{reviewed, "submit", map[listing.ActName]listing.Status{"review": "in_review", "pass": "passed", "return": "returned", "undo": "not_started"}},
		{reviewed, "submit review", map[listing.ActName]listing.Status{"pass": "passed", "return": "returned", "undo": "submitted"}},
		{reviewed, "submit pass", map[listing.ActName]listing.Status{"undo": "submitted"}},
		{reviewed, "submit review pass", map[listing.ActName]listing.Status{"undo": "in_review"}},
		{reviewed, "submit return", map[listing.ActName]listing.Status{"fill": "filled", "generate": "generated", "submit": "submitted", "undo": "submitted"}},
		{reviewed, "submit return fill undo", map[listing.ActName]listing.Status{"fill": "filled", "generate": "generated", "submit": "submitted", "undo": "submitted"}},
		{unreviewed, "", map[listing.ActName]listing.Status{"fill": "filled", "confirm": "done", "skip": "not_applicable"}},
		{unreviewed, "fill", map[listing.ActName]listing.Status{"fill": "filled", "confirm": "done", "skip": "not_applicable", "undo": "not_started"}},
		{unreviewed, "confirm", map[listing.ActName]listing.Status{"undo": "not_started"}},
		{unreviewed, "skip", map[listing.ActName]listing.Status{"undo": "not_started"}},
		{unreviewed, "fill confirm undo skip", map[listing.ActName]listing.Status{"undo": "filled"}},
	}
	for _, w := range ways {
		for _, act := range listing.ActNames() {
			t.Run(w.task+" "+w.way+" then "+string(act), func(t *testing.T) {
				d := begin(t, listing.KindH5)
				if w.task == unreviewed {
					d.settle("1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "3.4b")
				}
				for _, a := range strings.Fields(w.way) {
					d.do(w.task, listing.ActName(a))
				}
				before := d.status(w.task)
				err := d.try(w.task, act, at)
				want := w.want[act]
				if want == "" {
					if listing.CodeOf(err) != listing.CodeRefused || d.status(w.task) != before {
						t.Fatalf("error %v, status %s", err, d.status(w.task))
					}
					return
				}
				if err != nil || d.status(w.task) != want {
					t.Fatalf("error %v, status %s, want %s", err, d.status(w.task), want)
				}
			})
		}
	}
}

func TestFillComplete(t *testing.T) {
	d := begin(t, listing.KindH5)
	for _, c := range []struct {
		complete bool
		want     listing.Status
	}{{false, listing.StatusInProgress}, {true, listing.StatusFilled}, {false, listing.StatusInProgress}} {
		next, err := d.state().Apply(procedure.Doing{Task: "STEP-2.1", Act: listing.ActFill, By: "联系人甲", At: at, Complete: c.complete})
		if err != nil {
			t.Fatal(err)
		}
		d.c = next
		if got := d.status("2.1"); got != c.want {
			t.Errorf("complete %v leads to %s", c.complete, got)
		}
	}
}

// TestRefused holds what Apply refuses, with the code, the field and the words that name the reason.
func TestRefused(t *testing.T) {
	early := "1.1 1.2 2.1 2.2 2.3 2.4"
	cases := []struct {
		name    string
		kind    listing.AppKind
		settled string
		doing   procedure.Doing
		code    listing.Code
		field   string
		says    []string
	}{
		{"unknown task", listing.KindH5, "", procedure.Doing{Task: "STEP-9", Act: "fill"}, listing.CodeNotFound, "", []string{"STEP-9"}},
		{"unknown act", listing.KindH5, "", procedure.Doing{Task: "STEP-1.1", Act: "dance"}, listing.CodeInvalid, "", []string{"dance", "confirm"}},
		{"absent for the kind", listing.KindMini, "", procedure.Doing{Task: "STEP-2.4", Act: "confirm"}, listing.CodeRefused, "", []string{"不适用", "首次扫码"}},
		{"absent for the kind, undo", listing.KindMini, "", procedure.Doing{Task: "STEP-2.4", Act: "undo", Reason: "x"}, listing.CodeRefused, "", []string{"没有可以撤回"}},
		{"skip what cannot be skipped", listing.KindH5, "", procedure.Doing{Task: "STEP-2.1", Act: "skip", Reason: "x"}, listing.CodeRefused, "", []string{"不能跳过"}},
		{"confirm what is reviewed", listing.KindH5, "", procedure.Doing{Task: "STEP-2.1", Act: "confirm"}, listing.CodeRefused, "", []string{"审核"}},
		{"submit what is not reviewed", listing.KindH5, early, procedure.Doing{Task: "STEP-3.1", Act: "submit"}, listing.CodeRefused, "", []string{"登记办结"}},
		{"generate without materials", listing.KindH5, "", procedure.Doing{Task: "STEP-1.1", Act: "generate"}, listing.CodeRefused, "", []string{"材料"}},
		{"pass what was not submitted", listing.KindH5, "", procedure.Doing{Task: "STEP-2.1", Act: "pass"}, listing.CodeRefused, "", []string{"未开始", "登记提交"}},
		{"nothing to undo", listing.KindH5, "", procedure.Doing{Task: "STEP-2.1", Act: "undo", Reason: "x"}, listing.CodeRefused, "", []string{"撤回"}},
		{"confirm without proof", listing.KindH5, early, procedure.Doing{Task: "STEP-3.1", Act: "confirm"}, listing.CodeRefused, "proof", []string{"证明", "截图"}},
		{"proof of nothing", listing.KindH5, early, procedure.Doing{Task: "STEP-3.1", Act: "confirm", Proofs: []string{"p99"}}, listing.CodeNotFound, "", []string{"p99"}},
		{"proof of another task", listing.KindH5, early, procedure.Doing{Task: "STEP-3.1", Act: "confirm", Proofs: []string{"p1"}}, listing.CodeNotFound, "", []string{"p1"}},
		{"skip without reason", listing.KindH5, "2.1", procedure.Doing{Task: "STEP-2.2", Act: "skip", Reason: " "}, listing.CodeRefused, "reason", []string{"理由"}},
		{"undo without reason", listing.KindH5, "2.1", procedure.Doing{Task: "STEP-2.1", Act: "undo"}, listing.CodeRefused, "reason", []string{"理由"}},
		{"nobody", listing.KindH5, "", procedure.Doing{Task: "STEP-2.1", Act: "fill", By: " ", At: at}, listing.CodeInvalid, "by", []string{"操作人"}},
		{"no time", listing.KindH5, "", procedure.Doing{Task: "STEP-2.1", Act: "fill", By: "甲", At: "gestern"}, listing.CodeInvalid, "at", []string{"gestern"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := begin(t, c.kind)
			d.settle(strings.Fields(c.settled)...)
			if c.doing.By == "" {
				c.doing.By, c.doing.At = "联系人甲", at
			}
			before := len(d.c.Acts)
			after, err := d.state().Apply(c.doing)
			e := listing.AsError(err)
			if e == nil || e.Code != c.code || e.Field != c.field || len(after.Acts) != before {
				t.Fatalf("error %#v", e)
			}
			for _, word := range c.says {
				if !strings.Contains(e.Error(), word) {
					t.Errorf("%q does not say %q", e, word)
				}
			}
		})
	}
}

func TestReturnNeedsReason(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.do("2.1", listing.ActSubmit)
	_, err := d.state().Apply(procedure.Doing{Task: "STEP-2.1", Act: listing.ActReturn, By: "联系人甲", At: at})
	if e := listing.AsError(err); e == nil || e.Field != "reason" {
		t.Fatalf("error %v", err)
	}
}

// TestConfirmTakesProofsOfTask lets a person drop files first and confirm afterwards.
func TestConfirmTakesProofsOfTask(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("1.1")
	d.c.Proofs = []listing.Proof{{ID: "f1", Task: "STEP-1.2", File: &listing.Attachment{Name: "免登检查报告.pdf"}}, {ID: "f2", Task: "STEP-1.1", Note: "短信"}}
	next, err := d.state().Apply(procedure.Doing{Task: "STEP-1.2", Act: listing.ActConfirm, By: "联系人甲", At: at})
	if err != nil || !slices.Equal(next.Acts[len(next.Acts)-1].Proofs, []string{"f1"}) {
		t.Fatalf("error %v, acts %v", err, next.Acts)
	}
	d.c.Proofs = []listing.Proof{{ID: "f1", Task: "STEP-1.2", Note: "  "}}
	if _, err = d.state().Apply(procedure.Doing{Task: "STEP-1.2", Act: listing.ActConfirm, By: "联系人甲", At: at}); listing.CodeOf(err) != listing.CodeRefused {
		t.Fatalf("an empty proof is taken: %v", err)
	}
}

// TestGatesByRule holds which rules stand against submit or confirm of which task.
func TestGatesByRule(t *testing.T) {
	settled := "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 3.4b 3.5 4.1 4.2 4.3 4.4 5"
	gates := map[string]string{
		"1.1": "", "1.2": "", "2.1": "F1 2 8", "2.2": "9", "2.3": "F2 2 3 4 5 6 7", "2.4": "11 12",
		"3.1": "F3 1 2 9 10 11 12 13 19", "3.2": "1", "3.3": "1 15", "3.4": "F4 1 2 3 4 5 6 14 15 16 18",
		"3.4b": "1", "3.5": "1", "4.1": "17", "4.2": "17", "4.3": "17", "4.4": "17", "5": "",
	}
	for i, task := range strings.Fields(settled) {
		d := begin(t, listing.KindMiniPC)
		d.settle(strings.Fields(settled)[:i]...)
		act := listing.ActConfirm
		if d.plan.Flow.Task("STEP-" + task).Reviewed() {
			act = listing.ActSubmit
		}
		for n := range 24 {
			rule, short := fmt.Sprintf("RULE-%d", n+1), fmt.Sprint(n+1)
			if n >= 20 {
				rule, short = fmt.Sprintf("FORM-%d", n-19), fmt.Sprintf("F%d", n-19)
			}
			err := d.state().Can("STEP-"+task, act, []listing.Finding{{Rule: rule, Level: listing.LevelError, Message: "不对"}})
			if want := slices.Contains(strings.Fields(gates[task]), short); (err != nil) != want {
				t.Errorf("%s against STEP-%s: %v", rule, task, err)
			}
			if err != nil && !strings.Contains(err.Message, rule) {
				t.Errorf("%q does not name %s", err.Message, rule)
			}
		}
	}
}

// TestGateLevels: only errors block, and only submit and confirm are gated.
func TestGateLevels(t *testing.T) {
	d := begin(t, listing.KindH5)
	finding := func(level listing.Level, code string) []listing.Finding {
		return []listing.Finding{{Rule: "RULE-8", Level: level, Code: code, Message: "建设方案不是 pdf", Fix: "换一个文件", Field: "app.plan"},
			{Rule: "RULE-2", Level: level, Message: "没有声明"}, {Rule: "RULE-2", Level: level, Message: "没有声明"}}
	}
	if e := d.state().Can("STEP-2.1", listing.ActSubmit, finding(listing.LevelWarning, "")); e != nil {
		t.Errorf("a warning blocks: %v", e)
	}
	e := d.state().Can("STEP-2.1", listing.ActSubmit, finding(listing.LevelError, listing.FindingUndecided))
	if e == nil || e.Hint != "换一个文件" || e.Field != "app.plan" || !strings.Contains(e.Message, "2 项核对没有通过（RULE-8、RULE-2）") {
		t.Errorf("error %#v", e)
	}
	for _, act := range []listing.ActName{listing.ActFill, listing.ActGenerate} {
		if e := d.state().Can("STEP-2.1", act, finding(listing.LevelError, "")); e != nil {
			t.Errorf("%s is gated: %v", act, e)
		}
	}
	if err := d.try("2.1", listing.ActSubmit, at, finding(listing.LevelError, "")...); listing.CodeOf(err) != listing.CodeRefused {
		t.Errorf("Apply lets it through: %v", err)
	}
	d.do("2.1", listing.ActSubmit)
	if e := d.state().Can("STEP-2.1", listing.ActPass, finding(listing.LevelError, "")); e != nil {
		t.Errorf("pass is gated: %v", e)
	}
}

// TestUndo holds that the last live act goes, that both acts stay, and that what others rely on stays.
func TestUndo(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("1.1", "2.1")
	d.do("2.2", listing.ActFill)
	d.do("2.3", listing.ActFill)
	err := d.try("2.1", listing.ActUndo, at)
	if listing.CodeOf(err) != listing.CodeRefused {
		t.Fatalf("undo under others: %v", err)
	}
	for _, word := range []string{"STEP-2.2 录入开发商", "STEP-2.3 组件申请"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not name %s", err, word)
		}
	}
	if d.status("2.1") != listing.StatusPassed {
		t.Errorf("2.1 is %s", d.status("2.1"))
	}
	d.do("2.2", listing.ActUndo)
	if err := d.try("2.1", listing.ActUndo, at); err == nil || strings.Contains(err.Error(), "STEP-2.2") {
		t.Fatalf("only 2.3 stands against it now: %v", err)
	}
	d.do("2.3", listing.ActUndo)
	steps := []listing.Status{listing.StatusSubmitted, listing.StatusNotStarted}
	for _, want := range steps {
		n := len(d.c.Acts)
		d.do("2.1", listing.ActUndo)
		if d.status("2.1") != want || len(d.c.Acts) != n+1 {
			t.Errorf("2.1 is %s, want %s; %d acts", d.status("2.1"), want, len(d.c.Acts))
		}
		if d.status("2.2") != listing.StatusBlocked {
			t.Errorf("2.2 is %s", d.status("2.2"))
		}
	}
	var undone []bool
	for _, h := range d.state().History("STEP-2.1") {
		undone = append(undone, h.Undone)
	}
	if !slices.Equal(undone, []bool{true, true, false, false}) {
		t.Errorf("history %v", undone)
	}
}

// TestSkipOpensWhatFollows: a skipped task counts as settled.
func TestSkipOpensWhatFollows(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("2.1")
	d.do("2.2", listing.ActSkip)
	if d.status("2.2") != listing.StatusNotApplicable || d.status("2.4") != listing.StatusNotStarted {
		t.Errorf("2.2 %s, 2.4 %s", d.status("2.2"), d.status("2.4"))
	}
}

// TestKindChangedLater: nothing is lost when the kind is corrected in the middle of a case, and the view says so.
func TestKindChangedLater(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "3.1")
	d.plan = plan(t, listing.KindMini)
	s := d.state()
	if !slices.Equal(s.Stray(), []string{"STEP-2.4"}) || s.Status("STEP-2.4") != listing.StatusNotApplicable {
		t.Errorf("stray %v, 2.4 is %s", s.Stray(), s.Status("STEP-2.4"))
	}
	d = begin(t, listing.KindMini)
	d.settle("1.1", "1.2", "2.1", "2.3", "3.1")
	d.plan = plan(t, listing.KindH5)
	s = d.state()
	if !slices.Equal(s.Early(), []string{"STEP-3.1"}) || s.Status("STEP-3.1") != listing.StatusDone {
		t.Errorf("early %v, 3.1 is %s", s.Early(), s.Status("STEP-3.1"))
	}
	d.settle("2.2", "2.4")
	if early := d.state().Early(); len(early) != 0 {
		t.Errorf("still early: %v", early)
	}
}

func TestReplayRefuses(t *testing.T) {
	good := begin(t, listing.KindH5)
	good.do("2.1", listing.ActFill, listing.ActSubmit)
	cases := []struct {
		name   string
		change func(c *listing.Case)
		code   listing.Code
	}{
		{"another version", func(c *listing.Case) { c.FlowVersion = "2020-01-01" }, listing.CodeInternal},
		{"another flow", func(c *listing.Case) { c.Flow = "FLOW-2" }, listing.CodeInternal},
		{"a hole in the numbers", func(c *listing.Case) { c.Acts[1].Seq = 3 }, listing.CodeDamaged},
		{"unknown task", func(c *listing.Case) { c.Acts[1].Task = "STEP-7" }, listing.CodeDamaged},
		{"unknown act", func(c *listing.Case) { c.Acts[1].Act = "dance" }, listing.CodeDamaged},
		{"impossible act", func(c *listing.Case) { c.Acts[1].Act = listing.ActPass }, listing.CodeDamaged},
		{"act the task lacks", func(c *listing.Case) { c.Acts[1].Act = listing.ActConfirm }, listing.CodeDamaged},
		{"undo of nothing", func(c *listing.Case) { c.Acts[0].Act = listing.ActUndo }, listing.CodeDamaged},
		{"unreadable time", func(c *listing.Case) { c.Acts[1].At = "" }, listing.CodeDamaged},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			broken := good.c
			broken.Acts = slices.Clone(good.c.Acts)
			c.change(&broken)
			if _, err := good.plan.Replay(broken); listing.CodeOf(err) != c.code {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestStart(t *testing.T) {
	f := flow(t)
	app := listing.App{ID: "a1", Name: "示例督办", Kind: listing.KindH5}
	running := listing.Case{ID: "c0", AppID: "a1", Flow: flow1, FlowVersion: "2020-01-01"}
	closed, other, otherFlow := running, running, running
	closed.ClosedAt, other.AppID, otherFlow.Flow = at, "a2", "FLOW-7"
	archived, kindless := app, app
	archived.Archived, kindless.Kind = true, "网页"
	cases := []struct {
		name   string
		app    listing.App
		others []listing.Case
		by     string
		code   listing.Code
	}{
		{"first", app, nil, "联系人甲", ""},
		{"after a closed one, beside others", app, []listing.Case{closed, other, otherFlow}, "联系人甲", ""},
		{"beside a running one", app, []listing.Case{closed, running}, "联系人甲", listing.CodeConflict},
		{"archived", archived, nil, "联系人甲", listing.CodeRefused},
		{"without a kind", kindless, nil, "联系人甲", listing.CodeRefused},
		{"by nobody", app, nil, "", listing.CodeInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := f.Start(c.app, c.others, "c1", c.by, at)
			if listing.CodeOf(err) != c.code {
				t.Fatalf("error %v", err)
			}
			if err == nil && (got.ID != "c1" || got.FlowVersion != f.Version || got.StartedBy != "联系人甲" || got.StartedAt != at) {
				t.Errorf("case %+v", got)
			}
		})
	}
}

// TestApplyLeavesTheCaseAlone: two acts tried from one state do not write into each other's list.
func TestApplyLeavesTheCaseAlone(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.c.Acts = make([]listing.Act, 0, 8)
	s := d.state()
	first, err1 := s.Apply(procedure.Doing{Task: "STEP-1.1", Act: listing.ActFill, By: "联系人甲", At: at})
	second, err2 := s.Apply(procedure.Doing{Task: "STEP-2.1", Act: listing.ActFill, By: "联系人甲", At: at})
	if err1 != nil || err2 != nil || len(s.Case.Acts) != 0 {
		t.Fatal(err1, err2, len(s.Case.Acts))
	}
	if first.Acts[0].Task != "STEP-1.1" || second.Acts[0].Task != "STEP-2.1" {
		t.Errorf("%v, %v", first.Acts, second.Acts)
	}
}
