package procedure_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

func flowOf(t testing.TB, id string) *procedure.Flow {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	f, err := lib.Latest(id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// inputs are what each flow asks for at least.
var inputs = map[string]map[string]string{
	"FLOW-3": {"version": "1.1.0"}, "FLOW-4": {"responsible_name": "联系人己"}, "FLOW-5": {"reason": "业务并入别的应用"},
	"FLOW-6": {"region": "杭州"}, "FLOW-7": {"new_name": "联系人庚", "new_phone": "13800000009"},
}

// listedApp is an app that may start any flow.
func listedApp(kind listing.AppKind) listing.App {
	return listing.App{ID: "a1", Name: "示例督办", Kind: kind, ReleasedVersion: "1.0.0", Portal: listing.PortalRow{State: "已发布"}}
}

// run begins a case of any flow for an app that is listed; tasks are written in full.
func run(t testing.TB, flowID string, kind listing.AppKind) *desk {
	t.Helper()
	f := flowOf(t, flowID)
	c, err := f.Begin(procedure.Starting{App: listedApp(kind), ID: "c1", By: "联系人甲", At: at, Inputs: inputs[flowID]})
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, plan: f.Plan(procedure.ShapeOf(kind, false)), c: c}
}

// act does one act on a task written in full; a return reopens the given tasks.
func (d *desk) act(task string, act listing.ActName, when string, reopens ...string) error {
	d.t.Helper()
	doing := procedure.Doing{Task: task, Act: act, By: "联系人甲", At: when, Reason: "因故", Complete: true, Reopens: reopens}
	given := d.c
	if act == listing.ActConfirm {
		proof := listing.Proof{ID: fmt.Sprintf("p%d", len(d.c.Proofs)+1), Task: task, Note: "已截图"}
		d.c.Proofs = append(slices.Clone(d.c.Proofs), proof)
		doing.Proofs = []string{proof.ID}
	}
	next, err := d.state().Apply(doing)
	if err != nil {
		d.c = given
		return err
	}
	d.c = next
	return nil
}

// finishBefore finishes what comes before a task in the order of the plan.
func (d *desk) finishBefore(task string) {
	d.t.Helper()
	for _, one := range d.plan.Tasks() {
		if one.ID == task {
			return
		}
		d.finish(one.ID)
	}
}

func (d *desk) finish(tasks ...string) {
	d.t.Helper()
	for _, id := range tasks {
		acts := []listing.ActName{listing.ActConfirm}
		if d.plan.Flow.Task(id).Reviewed() {
			acts = []listing.ActName{listing.ActSubmit, listing.ActPass}
		}
		for _, a := range acts {
			d.must(id, a, at)
		}
	}
}

func (d *desk) must(task string, act listing.ActName, when string, reopens ...string) {
	d.t.Helper()
	if err := d.act(task, act, when, reopens...); err != nil {
		d.t.Fatalf("%s %s: %v", task, act, err)
	}
}

// TestFlowTasks holds FLOW-2 to FLOW-7 for every kind they are for: the tasks in order, who does each, from which
// network, and after the stroke who reviews it.
func TestFlowTasks(t *testing.T) {
	const (
		h5, mini, both, portal = listing.KindH5, listing.KindMini, listing.KindMiniPC, listing.KindPortal
		associate              = "F2-1 vendor any | F2-2 vendor NET-2 | F2-3 catalog-account/release-review NET-2 | " +
			"F2-4 vendor-contact NET-3 | F2-5 catalog-account NET-2 | F2-6 catalog-account NET-2 | F2-7 vendor-contact NET-3 | " +
			"F2-8 catalog-account/acceptance NET-2 | F2-9 catalog-account NET-2"
		begin3   = "F3-1 catalog-account NET-2 | F3-2 vendor any | "
		hosted3  = "F3-3 vendor-contact NET-3 | "
		mini3    = "F3-4 vendor NET-1 | F3-5 vendor/support NET-1 | "
		approve3 = "F3-6 catalog-account/acceptance NET-2 | "
		end3     = "F3-7 catalog-account NET-2"
		change   = "F4-1 responsible any | F4-2 catalog-account/release-review NET-2 | F4-3 catalog-account NET-2 | F4-4 vendor any"
		retire   = "F5-1 responsible any | F5-2 catalog-account/release-review NET-2 | F5-3 catalog-account NET-2 | F5-4 workbench-admin NET-2"
		migrate  = "F6-1 vendor-contact NET-3 | F6-2 catalog-account NET-2 | F6-3 catalog-account NET-2 | " +
			"F6-4 vendor-contact NET-3 | F6-5 catalog-account/acceptance NET-2 | F6-6 catalog-account NET-2"
		letter = "F7-1 responsible any | F7-2 responsible/regional-admin any | F7-3 catalog-account NET-2"
		none   = ""
	)
	table := map[string]map[listing.AppKind]string{
		"FLOW-2": {h5: associate, mini: none, both: none, portal: associate},
		"FLOW-3": {h5: begin3 + hosted3 + approve3 + end3, mini: begin3 + mini3 + end3,
			both: begin3 + hosted3 + mini3 + approve3 + end3, portal: begin3 + hosted3 + approve3 + end3},
		"FLOW-4": {h5: change, mini: change, both: change, portal: change},
		"FLOW-5": {h5: retire, mini: retire, both: retire, portal: retire},
		"FLOW-6": {h5: migrate, mini: none, both: migrate, portal: migrate},
		"FLOW-7": {h5: letter, mini: letter, both: letter, portal: letter},
	}
	for id, kinds := range table {
		for kind, want := range kinds {
			f := flowOf(t, id)
			if !f.For(kind, false) {
				if want != none {
					t.Errorf("%s is not for %s", id, kind)
				}
				continue
			}
			var got []string
			for _, task := range f.Plan(procedure.ShapeOf(kind, false)).Tasks() {
				who := strings.TrimSuffix(task.Actor+"/"+task.Reviewer, "/")
				got = append(got, task.ID+" "+who+" "+task.Network)
			}
			if text := strings.Join(got, " | "); text != want {
				t.Errorf("%s %s\n got %s\nwant %s", id, kind, text, want)
			}
		}
	}
	if flowOf(t, "FLOW-6").For(portal, true) {
		t.Error("FLOW-6 is for KIND-4 although it is not hosted")
	}
}

// TestFlowGatesAndNeeds holds which findings stand against each task, and what each needs (FLOW-2, FLOW-6: the vendor
// scans in before the owner upgrades; 重新部署 can be skipped).
func TestFlowGatesAndNeeds(t *testing.T) {
	cases := []struct {
		task, needs, gates string
		skippable          bool
	}{
		{"F2-1", "", "RULE-15", false},
		{"F2-2", "", "RULE-9", true},
		{"F2-3", "F2-1", "FORM-3 RULE-2 RULE-10 RULE-11 RULE-12 RULE-19", false},
		{"F2-4", "F2-2 F2-3", "RULE-11 RULE-12", false},
		{"F2-5", "F2-4", "", false},
		{"F2-6", "F2-5", "", true},
		{"F2-7", "F2-6", "RULE-1 RULE-15", false},
		{"F2-8", "F2-7", "", true},
		{"F2-9", "F2-8", "", false},
		{"F3-1", "", "", false},
		{"F3-2", "", "RULE-1", false},
		{"F3-3", "F3-1 F3-2", "RULE-1 RULE-15", false},
		{"F3-4", "F3-1 F3-2", "", false},
		{"F3-5", "F3-4", "", false},
		{"F3-6", "F3-3", "", true},
		{"F3-7", "F3-5 F3-6", "", false},
		{"F4-2", "F4-1", "RULE-19", false},
		{"F4-4", "F4-3", "", true},
		{"F5-2", "F5-1", "", false},
		{"F5-3", "F5-2", "", false},
		{"F5-4", "F5-3", "", true},
		{"F6-1", "", "RULE-11 RULE-12", false},
		{"F6-2", "F6-1", "", false},
		{"F6-3", "F6-2", "", true},
		{"F6-4", "F6-3", "RULE-1 RULE-15", false},
		{"F7-2", "F7-1", "", false},
		{"F7-3", "F7-2", "", false},
	}
	for _, c := range cases {
		f := flowOf(t, "FLOW-"+c.task[1:2])
		p, task := f.Plan(procedure.ShapeOf(listing.KindMiniPC, false)), f.Task(c.task)
		if got := strings.Join(p.Needs(c.task), " "); got != c.needs {
			t.Errorf("%s needs %q, want %q", c.task, got, c.needs)
		}
		if got := strings.Join(task.Gates, " "); got != c.gates || task.Skippable() != c.skippable {
			t.Errorf("%s: gates %q, skippable %v", c.task, got, task.Skippable())
		}
	}
}

// TestDueOverHolidays holds when the approvals of each flow, for each kind, are due (WAIT-5 by the desk hours of WAIT-6) around the
// Spring Festivals and National Days of 2025 and 2026, make-up workdays included; counted by hand from the notices.
func TestDueOverHolidays(t *testing.T) {
	approvals := map[string]string{"FLOW-1": "STEP-3.4", "FLOW-2": "F2-8", "FLOW-3": "F3-6", "FLOW-4": "F4-2", "FLOW-5": "F5-2", "FLOW-6": "F6-5"}
	dates := []struct{ submitted, received, due string }{
		{"2025-01-25 10:00", "2025-01-26 09:30", "2025-02-08 17:30"}, // Saturday off; 1/26 and 2/8 are worked
		{"2025-01-27 17:30", "2025-02-05 09:30", "2025-02-11 17:30"}, // at the closing minute
		{"2025-09-27 09:00", "2025-09-28 09:30", "2025-10-11 17:30"}, // 9/28 and 10/11 are worked
		{"2025-09-30 18:00", "2025-10-09 09:30", "2025-10-15 17:30"}, // 10/11 is worked
		{"2026-02-13 16:00", "2026-02-13 16:00", "2026-02-27 17:30"}, // 2/14 and 2/28 are worked, 2/15–2/23 off
		{"2026-02-14 12:00", "2026-02-14 13:30", "2026-02-28 17:30"}, // noon break of a worked Saturday
		{"2026-09-30 17:00", "2026-09-30 17:00", "2026-10-13 17:30"}, // 10/1–10/7 off, 10/10 worked
		{"2026-10-03 10:00", "2026-10-08 09:30", "2026-10-14 17:30"},
	}
	for flow, task := range approvals {
		for _, kind := range listing.AppKinds() {
			for _, date := range dates {
				if !flowOf(t, flow).For(kind, false) {
					continue
				}
				d := run(t, flow, kind)
				if !d.plan.Has(task) {
					if flow != "FLOW-3" || kind != listing.KindMini { // there the technician of the support group sees to it
						t.Errorf("%s %s has no approval", flow, kind)
					}
					continue
				}
				d.finishBefore(task)
				sent := clock(t, date.submitted)
				d.must(task, listing.ActSubmit, sent.Format(time.RFC3339))
				w := find(t, d.state().Waits(sent, calendar(t)), "WAIT-5")
				if w.Task != task || short(w.Received) != date.received || short(w.Due) != date.due || w.Estimated {
					t.Errorf("%s %s sent %s: %s received %s due %s", flow, kind, date.submitted, w.Task, short(w.Received), short(w.Due))
				}
				if w.Assumed == (flow == flow1) || w.CallName != "验收组（钉钉浙政钉项目组）" || w.Progress == "" {
					t.Errorf("%s %s: assumed %v, call %q, progress %q", flow, kind, w.Assumed, w.CallName, w.Progress)
				}
			}
		}
	}
}

// TestDeskWaitEstimated: WAIT-6 into a year without holiday data says 推算.
func TestDeskWaitEstimated(t *testing.T) {
	for sent, want := range map[string]bool{"2026-12-31 18:00": true, "2026-03-02 18:00": false} {
		d := run(t, "FLOW-4", listing.KindH5)
		d.finish("F4-1")
		d.must("F4-2", listing.ActSubmit, clock(t, sent).Format(time.RFC3339))
		w := find(t, d.state().Waits(clock(t, sent), calendar(t)), "WAIT-6")
		if w.Estimated != want || strings.Contains(w.Message, "推算") != want {
			t.Errorf("%s: estimated %v, %s", sent, w.Estimated, w.Message)
		}
	}
}

// TestWholeWayOfEveryFlow walks each flow for each kind it is for, in its order, to its effects.
func TestWholeWayOfEveryFlow(t *testing.T) {
	want := map[string]string{
		flow1: "", "FLOW-2": "app.registration=存量关联 app.legacy_yida=是", "FLOW-3": "app.released_version=1.1.0",
		"FLOW-4": "app.responsible_name=联系人己", "FLOW-5": "app.retired=是", "FLOW-6": "app.process_region=杭州",
		"FLOW-7": "unit.catalog_account.name=联系人庚 unit.catalog_account.phone=13800000009",
	}
	for id := range want {
		for _, kind := range listing.AppKinds() {
			if !flowOf(t, id).For(kind, false) {
				continue
			}
			d := run(t, id, kind)
			for _, task := range d.plan.Tasks() {
				if len(d.state().Effects()) > 0 || d.c.ClosedAt != "" {
					t.Fatalf("%s %s has effects before %s", id, kind, task.ID)
				}
				d.finish(task.ID)
			}
			expect := want[id]
			if id == "FLOW-3" && kind.HasMini() {
				expect += " app.mini_version=1.1.0"
			}
			var got []string
			for _, e := range d.state().Effects() {
				got = append(got, e.Key+"="+e.Value)
			}
			if strings.Join(got, " ") != expect || d.c.ClosedAt == "" {
				t.Errorf("%s %s: effects %v, closed %q", id, kind, got, d.c.ClosedAt)
			}
		}
	}
}

// TestBegin holds what each flow requires and excludes, and that the refusal names the case in the way.
func TestBegin(t *testing.T) {
	app := listedApp(listing.KindH5)
	with := func(change func(*listing.App)) listing.App { a := app; change(&a); return a }
	running := func(flow string, acts ...listing.Act) []listing.Case {
		return []listing.Case{{ID: "c7", AppID: "a1", Flow: flow, Acts: acts}}
	}
	listed := []listing.Act{{Seq: 1, Task: "STEP-3.4b", Act: listing.ActConfirm, At: at}}
	takenBack := append(slices.Clone(listed), listing.Act{Seq: 2, Task: "STEP-3.4b", Act: listing.ActUndo, At: at})
	unlisted := with(func(a *listing.App) { a.ReleasedVersion, a.Portal.State = "", "" })
	cases := []struct {
		name   string
		flow   string
		app    listing.App
		others []listing.Case
		inputs map[string]string
		code   listing.Code
		says   []string
	}{
		{"upgrade of a listed app", "FLOW-3", app, nil, nil, "", nil},
		{"upgrade before the listing", "FLOW-3", unlisted, nil, nil, listing.CodeRefused, []string{"还没有上架"}},
		{"upgrade while FLOW-1 is on its way", "FLOW-3", unlisted, running("FLOW-1"), nil, listing.CodeConflict, []string{"c7", "新应用上架"}},
		{"upgrade once FLOW-1 has listed the app", "FLOW-3", unlisted, running("FLOW-1", listed...), nil, "", nil},
		{"upgrade once that was taken back", "FLOW-3", unlisted, running("FLOW-1", takenBack...), nil, listing.CodeConflict, []string{"c7"}},
		{"adopted by its state", "FLOW-3", with(func(a *listing.App) { a.ReleasedVersion = "" }), nil, nil, "", nil},
		{"change while upgrading", "FLOW-4", app, running("FLOW-3"), nil, listing.CodeConflict, []string{"c7", "版本升级"}},
		{"upgrade while changing", "FLOW-3", app, running("FLOW-4"), nil, listing.CodeConflict, []string{"c7", "信息变更"}},
		{"change not from 已发布", "FLOW-4", with(func(a *listing.App) { a.Portal.State = "升级部署中" }), nil, nil, listing.CodeRefused, []string{"已发布", "升级部署中"}},
		{"change, state never looked at", "FLOW-4", with(func(a *listing.App) { a.Portal.State = "" }), nil, nil, "", nil},
		{"two changes", "FLOW-4", app, running("FLOW-4"), nil, listing.CodeConflict, []string{"c7"}},
		{"down while anything runs", "FLOW-5", app, running("FLOW-7"), nil, listing.CodeConflict, []string{"c7", "编目管理员变更"}},
		{"anything while going down", "FLOW-7", app, running("FLOW-5"), nil, listing.CodeConflict, []string{"c7", "下线"}},
		{"administrator beside an upgrade", "FLOW-7", app, running("FLOW-3"), nil, "", nil},
		{"upgrade after 下线", "FLOW-3", with(func(a *listing.App) { a.Retired = true }), nil, nil, listing.CodeRefused, []string{"已经下线"}},
		{"another app's case", "FLOW-4", app, []listing.Case{{ID: "c8", AppID: "a2", Flow: "FLOW-3"}}, nil, "", nil},
		{"a closed case", "FLOW-4", app, []listing.Case{{ID: "c8", AppID: "a1", Flow: "FLOW-3", ClosedAt: at}}, nil, "", nil},
		{"association of a 小程序", "FLOW-2", listedApp(listing.KindMini), nil, nil, listing.CodeRefused, []string{"不适用", "小程序"}},
		{"association of an app without 宜搭 (RULE-10)", "FLOW-2", with(func(a *listing.App) { a.LegacyYida = listing.No }), nil, nil, listing.CodeRefused, []string{"宜搭"}},
		{"move of a 小程序", "FLOW-6", listedApp(listing.KindMini), nil, nil, listing.CodeRefused, []string{"不适用"}},
		{"no version", "FLOW-3", app, nil, map[string]string{}, listing.CodeRefused, []string{"新版本号"}},
		{"no version at all", "FLOW-3", app, nil, map[string]string{"version": "最新"}, listing.CodeInvalid, []string{"最新"}},
		{"unknown input", "FLOW-3", app, nil, map[string]string{"version": "1.1", "colour": "红"}, listing.CodeInvalid, []string{"colour"}},
		{"change of nothing", "FLOW-4", app, nil, map[string]string{"reason": "换人"}, listing.CodeRefused, []string{"变更"}},
		{"change of the health address", "FLOW-4", app, nil, map[string]string{"health_url": "app.example.com"}, listing.CodeInvalid, []string{"健康地址"}},
		{"phone with letters", "FLOW-7", app, nil, map[string]string{"new_name": "联系人庚", "new_phone": "打分机"}, listing.CodeInvalid, []string{"打分机"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			given := c.inputs
			if given == nil {
				given = inputs[c.flow]
			}
			_, err := flowOf(t, c.flow).Begin(procedure.Starting{App: c.app, Others: c.others, ID: "c1", By: "联系人甲", At: at, Inputs: given,
				Fields: func(key string) string { return map[string]string{"app.legacy_yida": c.app.LegacyYida}[key] }})
			if listing.CodeOf(err) != c.code {
				t.Fatalf("error %v", err)
			}
			for _, s := range c.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
		})
	}
}

// TestFlowsAgree: flows exclude each other both ways and by their names, milestones exist, the states named are known,
// addresses are those of package forms, and inputs and effects name its fields.
func TestFlowsAgree(t *testing.T) {
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	states, err := procedure.EmbeddedPortal()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	field := func(key string) bool {
		return catalogue.Field(key) != nil || key == "app.released_version" || key == "app.retired"
	}
	for _, f := range lib.Flows() {
		for _, x := range f.Excludes {
			other := flowOf(t, x.Flow)
			back := slices.ContainsFunc(other.Excludes, func(y procedure.Exclusion) bool { return y.Flow == f.ID })
			if other.Name != x.Name || !back || (x.Until != "" && other.Task(x.Until) == nil) {
				t.Errorf("%s excludes %+v; back: %v", f.ID, x, back)
			}
		}
		for _, r := range f.Requires {
			for _, m := range r.By {
				if flowOf(t, m.Flow).Task(m.Task) == nil {
					t.Errorf("%s requires the unknown %+v", f.ID, m)
				}
			}
			known(t, f.ID, states, r.States)
			if r.Field != "" && !field(r.Field) {
				t.Errorf("%s requires the unknown field %s", f.ID, r.Field)
			}
		}
		for _, in := range f.Inputs {
			if in.Field != "" && !field(in.Field) || in.List != "" && len(catalogue.Lists[in.List]) == 0 {
				t.Errorf("%s asks %+v", f.ID, in)
			}
		}
		for _, e := range f.Effects {
			if !field(e.Key) {
				t.Errorf("%s changes the unknown %s", f.ID, e.Key)
			}
		}
		for _, s := range f.Stages {
			for _, task := range s.Tasks {
				known(t, task.ID, states, slices.Concat(task.Portal.Before, task.Portal.During, task.Portal.After))
				if task.Withdraw != nil {
					known(t, task.ID, states, task.Withdraw.States)
					for _, state := range task.Withdraw.States {
						if why := states.WhyGreyed(task.Withdraw.Word, state); why != "" {
							t.Errorf("%s is withdrawn by %s in %s: %s", task.ID, task.Withdraw.Word, state, why)
						}
					}
				}
				for _, p := range task.Places {
					key := p.Address
					if p.PerRegion {
						key += ".杭州"
					}
					if key != "" && catalogue.Address(key, nil) == nil {
						t.Errorf("%s is done at the unknown address %s", task.ID, key)
					}
				}
				for _, id := range task.Forms {
					if catalogue.Form(id) == nil {
						t.Errorf("%s has the unknown form %s", task.ID, id)
					}
				}
			}
		}
	}
}

func known(t *testing.T, where string, p *procedure.PortalStates, words []string) {
	t.Helper()
	for _, w := range words {
		if _, ok := p.State(w); !ok {
			t.Errorf("%s names the unknown state %s", where, w)
		}
	}
}

// TestRegionOfTheMove: FLOW-6 leads to the platform of the city the app moves to.
func TestRegionOfTheMove(t *testing.T) {
	d := run(t, "FLOW-6", listing.KindH5)
	v, err := d.state().TaskView("F6-1", clock(t, "2026-03-02 12:00"), calendar(t), nil)
	if err != nil || !v.Places[0].PerRegion || v.Places[0].Region != "杭州" {
		t.Errorf("%+v, %v", v.Places, err)
	}
}

// TestViewsHaveNoNull: a page never has to ask whether a list is there.
func TestViewsHaveNoNull(t *testing.T) {
	for _, id := range []string{flow1, "FLOW-3", "FLOW-7"} {
		d := run(t, id, listing.KindMiniPC)
		for _, v := range []any{d.state().View(clock(t, "2026-03-02 12:00"), calendar(t), nil, ""), d.plan.Flow.View(false)} {
			raw, err := json.Marshal(v)
			if err != nil || strings.Contains(string(raw), "null") {
				t.Errorf("%s: %v %s", id, err, raw)
			}
		}
	}
}

// TestMilestoneReopened: a milestone that a return reopened does not count as listed; once that return was taken back it
// does again.
func TestMilestoneReopened(t *testing.T) {
	acts := []listing.Act{
		{Seq: 1, Task: "STEP-3.4b", Act: listing.ActConfirm, At: at}, {Seq: 2, Task: "STEP-9", Act: listing.ActSubmit, At: at},
		{Seq: 3, Task: "STEP-9", Act: listing.ActReturn, At: at, Reopens: []string{"STEP-3.4b"}},
		{Seq: 4, Task: "STEP-9", Act: listing.ActUndo, At: at},
	}
	app := listing.App{ID: "a1", Name: "示例督办", Kind: listing.KindH5}
	for n, want := range map[int]listing.Code{2: "", 3: listing.CodeConflict, 4: ""} {
		e := flowOf(t, "FLOW-3").MayBegin(procedure.Starting{App: app, Others: []listing.Case{{ID: "c7", AppID: "a1", Flow: flow1, Acts: acts[:n]}}})
		if got := e; (got == nil) != (want == "") || got != nil && got.Code != want {
			t.Errorf("after %d acts: %v", n, e)
		}
	}
}

// TestWaitFromAReopenedTask: a wait stops while the task that began it is being done again.
func TestWaitFromAReopenedTask(t *testing.T) {
	f := edited(t, "FLOW-2", "from: {task: F2-8, act: pass}", "from: {task: F2-3, act: pass}")
	d := run(t, "FLOW-2", listing.KindH5)
	d.plan = f.Plan(d.plan.Shape)
	d.finish(strings.Fields("F2-1 F2-2 F2-3 F2-4 F2-5 F2-6 F2-7")...)
	d.must("F2-8", listing.ActSubmit, at)
	now := clock(t, "2026-03-02 12:00")
	runs := func() bool { return slices.Contains(waitIDs(d.state().Waits(now, calendar(t))), "WAIT-7@F2-9") }
	if !runs() {
		t.Fatal("WAIT-7 does not run")
	}
	d.must("F2-8", listing.ActReturn, at, "F2-3")
	if runs() {
		t.Error("WAIT-7 still runs")
	}
}

// TestWithdrawHint: where the portal can take it back as well, the undo says how.
func TestWithdrawHint(t *testing.T) {
	d := run(t, "FLOW-3", listing.KindH5)
	d.finish("F3-1")
	for _, a := range d.state().Acts("F3-1", nil) {
		if a.Act == listing.ActUndo && (!a.Allowed || !strings.Contains(a.Hint, "撤销升级")) {
			t.Errorf("%+v", a)
		}
	}
}
