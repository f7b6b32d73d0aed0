package procedure_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// toAcceptance takes an H5 app to the acceptance, which is submitted.
func toAcceptance(t testing.TB) *desk {
	d := run(t, flow1, listing.KindH5)
	d.finish(strings.Fields("STEP-1.1 STEP-1.2 STEP-2.1 STEP-2.2 STEP-2.3 STEP-2.4 STEP-3.1 STEP-3.2 STEP-3.3")...)
	d.must("STEP-3.4", listing.ActSubmit, at)
	return d
}

// TestReturnReopens: a return sends exactly the named tasks back, the returned task waits for them by name, and they can
// be done again.
func TestReturnReopens(t *testing.T) {
	d := toAcceptance(t)
	before := statusesOf(d)
	d.must("STEP-3.4", listing.ActReturn, at, "STEP-3.1", "STEP-3.2")
	for id, status := range statusesOf(d) {
		want := before[id]
		switch id {
		case "STEP-3.1", "STEP-3.2":
			want = listing.StatusReturned
		case "STEP-3.4":
			want = listing.StatusBlocked
		}
		if status != want {
			t.Errorf("%s is %s, want %s", id, status, want)
		}
	}
	err := d.act("STEP-3.4", listing.ActSubmit, at)
	if listing.CodeOf(err) != listing.CodeRefused || !strings.Contains(err.Error(), "STEP-3.1 应用发布注册") || !strings.Contains(err.Error(), "STEP-3.2") {
		t.Errorf("submit: %v", err)
	}
	if notices := d.state().View(clock(t, at[:10]+" 12:00"), calendar(t), nil, "").Notices; len(notices) > 0 {
		t.Errorf("notices %v", notices)
	}
	d.finish("STEP-3.1")
	if got := d.state().Status("STEP-3.4"); got != listing.StatusBlocked {
		t.Errorf("with STEP-3.2 still open the acceptance is %s", got)
	}
	d.finish("STEP-3.2")
	d.finish("STEP-3.4")
}

func statusesOf(d *desk) map[string]listing.Status {
	out := map[string]listing.Status{}
	for _, task := range d.plan.Tasks() {
		out[task.ID] = d.state().Status(task.ID)
	}
	return out
}

// TestReturnRefuses holds what cannot be reopened or linked.
func TestReturnRefuses(t *testing.T) {
	cases := []struct {
		name    string
		reopens []string
		links   []listing.Link
		code    listing.Code
		field   string
	}{
		{"nothing reopened", nil, nil, "", ""},
		{"two of them", []string{"STEP-2.3", "STEP-3.2"}, []listing.Link{{Kind: listing.LinkRule, ID: "RULE-14"}}, "", ""},
		{"itself", []string{"STEP-3.4"}, nil, listing.CodeRefused, "reopens"},
		{"a later one", []string{"STEP-4.1"}, nil, listing.CodeRefused, "reopens"},
		{"one the kind does not have", []string{"STEP-3.5"}, nil, listing.CodeRefused, "reopens"},
		{"an unknown one", []string{"STEP-9.9"}, nil, listing.CodeRefused, "reopens"},
		{"one twice", []string{"STEP-3.2", "STEP-3.2"}, nil, listing.CodeRefused, "reopens"},
		{"a link to nothing", nil, []listing.Link{{Kind: listing.LinkRule}}, listing.CodeInvalid, "links"},
		{"a link of no kind", nil, []listing.Link{{Kind: "page", ID: "1"}}, listing.CodeInvalid, "links"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := toAcceptance(t)
			_, err := d.state().Apply(procedure.Doing{Task: "STEP-3.4", Act: listing.ActReturn, By: "联系人甲", At: at,
				Reason: "埋点缺页面", Reopens: c.reopens, Links: c.links})
			if listing.CodeOf(err) != c.code {
				t.Fatalf("error %v", err)
			}
			if err != nil && listing.AsError(err).Field != c.field {
				t.Errorf("field %q", listing.AsError(err).Field)
			}
		})
	}
	d := toAcceptance(t)
	_, err := d.state().Apply(procedure.Doing{Task: "STEP-3.4", Act: listing.ActPass, By: "联系人甲", At: at, Reopens: []string{"STEP-3.2"}})
	if listing.CodeOf(err) != listing.CodeRefused {
		t.Errorf("a pass reopened something: %v", err)
	}
}

// TestUndoOfAReturn: it closes again what was reopened; with newer acts there it is refused and names them; and what was
// reopened cannot be taken back on its own.
func TestUndoOfAReturn(t *testing.T) {
	d := toAcceptance(t)
	before := statusesOf(d)
	d.must("STEP-3.4", listing.ActReturn, at, "STEP-3.1", "STEP-3.2")
	if err := d.act("STEP-3.2", listing.ActUndo, at); listing.CodeOf(err) != listing.CodeRefused || !strings.Contains(err.Error(), "STEP-3.4") {
		t.Errorf("undo of a reopened task: %v", err)
	}
	d.must("STEP-3.4", listing.ActUndo, at)
	if got := statusesOf(d); !reflect.DeepEqual(got, before) {
		t.Errorf("after the undo %v", got)
	}
	d.must("STEP-3.4", listing.ActReturn, at, "STEP-3.1", "STEP-3.2")
	d.must("STEP-3.2", listing.ActFill, at)
	if err := d.act("STEP-3.4", listing.ActUndo, at); listing.CodeOf(err) != listing.CodeRefused || !strings.Contains(err.Error(), "STEP-3.2") ||
		strings.Contains(err.Error(), "STEP-3.1") {
		t.Errorf("undo over newer acts: %v", err)
	}
	d.must("STEP-3.2", listing.ActUndo, at)
	d.must("STEP-3.4", listing.ActUndo, at)
	if got := statusesOf(d); !reflect.DeepEqual(got, before) {
		t.Errorf("after both undos %v", got)
	}
}

// TestUndoOfARedoneTask: it goes back to returned, unless the returned task was sent in again on it.
func TestUndoOfARedoneTask(t *testing.T) {
	d := toAcceptance(t)
	d.must("STEP-3.4", listing.ActReturn, at, "STEP-3.1")
	d.finish("STEP-3.1")
	d.must("STEP-3.1", listing.ActUndo, at)
	if got := d.state().Status("STEP-3.1"); got != listing.StatusReturned {
		t.Fatalf("STEP-3.1 is %s", got)
	}
	d.finish("STEP-3.1")
	d.must("STEP-3.4", listing.ActSubmit, at)
	if err := d.act("STEP-3.1", listing.ActUndo, at); listing.CodeOf(err) != listing.CodeRefused || !strings.Contains(err.Error(), "STEP-3.4") {
		t.Errorf("undo under a new submission: %v", err)
	}
}

// TestRounds holds the history of two returns and a pass, with what was done in between.
func TestRounds(t *testing.T) {
	d := toAcceptance(t)
	d.must("STEP-3.4", listing.ActReturn, at, "STEP-3.2")
	d.finish("STEP-3.2")
	d.must("STEP-3.4", listing.ActFill, at)
	d.must("STEP-3.4", listing.ActGenerate, at)
	d.must("STEP-3.4", listing.ActUndo, at) // leaves no trace in the round
	d.must("STEP-3.4", listing.ActSubmit, at)
	d.must("STEP-3.4", listing.ActReturn, at)
	d.must("STEP-3.4", listing.ActSubmit, at)
	d.must("STEP-3.4", listing.ActPass, at)
	var got []string
	for _, r := range d.state().Rounds("STEP-3.4") {
		line := string(r.Result) + " " + r.Words + " [" + strings.Join(r.Reopens, " ") + "]"
		for _, c := range r.Changes {
			line += " " + c.Task + ":" + string(c.Act)
		}
		got = append(got, line)
	}
	want := []string{"return 因故 [STEP-3.2] STEP-3.2:confirm STEP-3.4:fill", "return 因故 []", "pass 因故 []"}
	if !slices.Equal(got, want) {
		t.Errorf("rounds\n got %q\nwant %q", got, want)
	}
	h := d.state().History("STEP-3.2")
	if len(h) != 3 || h[1].Task != "STEP-3.4" || !strings.Contains(h[1].Word, "重新打开") {
		t.Errorf("history %+v", h)
	}
}

// TestReopenedShows: the page of a reopened task says whose return it was, and the next step names it first.
func TestReopenedShows(t *testing.T) {
	d := toAcceptance(t)
	d.must("STEP-3.4", listing.ActReturn, at, "STEP-3.2")
	now := clock(t, "2026-03-02 12:00")
	v, err := d.state().TaskView("STEP-3.2", now, calendar(t), nil)
	if err != nil || v.ReopenedBy != "STEP-3.4" || !strings.Contains(v.ReopenWhy, "因故") {
		t.Errorf("%q %q %v", v.ReopenedBy, v.ReopenWhy, err)
	}
	next := d.state().Next(now, calendar(t), "")
	if len(next.Steps) != 1 || next.Steps[0].Task != "STEP-3.2" || !strings.Contains(next.Steps[0].Reason, "“提交审批（上架验收）”") {
		t.Errorf("%+v", next)
	}
	accept, err := toAcceptance(t).state().TaskView("STEP-3.4", now, calendar(t), nil)
	if want := strings.Fields("STEP-1.1 STEP-1.2 STEP-2.1 STEP-2.2 STEP-2.3 STEP-2.4 STEP-3.1 STEP-3.2 STEP-3.3"); err != nil || !slices.Equal(accept.Reopenable, want) {
		t.Errorf("reopenable %v", accept.Reopenable)
	}
	if accept.WithdrawWord != "撤回" || !slices.Equal(accept.PortalDuring, []string{"发布审批中", "发布修改中"}) {
		t.Errorf("%q %v", accept.WithdrawWord, accept.PortalDuring)
	}
}

// TestDamagedReopens: what no return of this program writes is found on reading.
func TestDamagedReopens(t *testing.T) {
	good := toAcceptance(t)
	good.must("STEP-3.4", listing.ActReturn, at, "STEP-3.2")
	last := len(good.c.Acts) - 1
	for name, change := range map[string]func(*listing.Act){
		"unknown":         func(a *listing.Act) { a.Reopens = []string{"STEP-9.9"} },
		"never begun":     func(a *listing.Act) { a.Reopens = []string{"STEP-4.1"} },
		"twice":           func(a *listing.Act) { a.Reopens = []string{"STEP-3.2", "STEP-3.2"} },
		"not by a return": func(a *listing.Act) { a.Act = listing.ActPass },
	} {
		broken := good.c
		broken.Acts = slices.Clone(good.c.Acts)
		change(&broken.Acts[last])
		if _, err := good.plan.Replay(broken); listing.CodeOf(err) != listing.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := good.c
	broken.Acts = append(slices.Clone(good.c.Acts), listing.Act{Seq: last + 2, Task: "STEP-3.2", Act: listing.ActUndo, By: "甲", At: at})
	if _, err := good.plan.Replay(broken); listing.CodeOf(err) != listing.CodeDamaged {
		t.Errorf("undo of a reopening: %v", err)
	}
}
