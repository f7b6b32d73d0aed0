package procedure_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

func stepIDs(v procedure.NextView) string {
	var out []string
	for _, s := range v.Steps {
		out = append(out, strings.TrimPrefix(s.Task, "STEP-"))
	}
	return strings.Join(out, " ")
}

// TestNext holds what comes next along FLOW-1, for everybody and for one party.
func TestNext(t *testing.T) {
	toAcceptance := "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3"
	cases := []struct {
		name    string
		settled string
		acts    string // task:act
		party   string
		want    string
		says    string
	}{
		{"at the beginning", "", "", "", "1.1 2.1", "STEP-1.1 申请开放平台租户"},
		{"the owner's half", "", "", procedure.PartyOwner, "2.1", "应用单位编目账号办“STEP-2.1"},
		{"the vendor's half", "", "", procedure.PartyVendor, "1.1", "开发商办“STEP-1.1"},
		{"sent in is no step", "", "1.1:submit", "", "2.1", "STEP-2.1"},
		{"all sent in", "", "1.1:submit 2.1:submit", "", "", "2 个事项在等审核"},
		{"returned comes first", "1.1 1.2", "2.1:submit 2.1:return", "", "2.1", "被退回：因故"},
		{"returned before the rest", "2.1", "1.1:submit 2.3:submit 2.3:return", "", "2.3 2.2", "被退回"},
		{"wait for the next day", "2.1 2.2", "1.1:submit 2.3:submit", "", "2.4", "以后再办"},
		{"held steps come last", "1.1 1.2 2.1 2.3 2.2", "", "", "3.2 2.4", "STEP-3.2"},
		{"nothing for the vendor", toAcceptance, "3.4:submit", procedure.PartyVendor, "", "1 个事项在等审核"},
		{"platform's turn, shown to the owner", toAcceptance + " 3.4", "", procedure.PartyOwner, "3.4b", "浙政钉应用管理员"},
		{"platform's turn, not the vendor's", toAcceptance + " 3.4", "", procedure.PartyVendor, "", "在等另一方"},
		{"after the listing", toAcceptance + " 3.4 3.4b", "", "", "4.1 5", "STEP-4.1"},
		{"finished", toAcceptance + " 3.4 3.4b 4.1 4.2 4.3 4.4 5", "", "", "", "全部事项都已办好"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := begin(t, listing.KindH5)
			d.settle(strings.Fields(c.settled)...)
			for _, a := range strings.Fields(c.acts) {
				task, act, _ := strings.Cut(a, ":")
				d.do(task, listing.ActName(act))
			}
			v := d.state().Next(clock(t, "2026-03-02 12:00"), calendar(t), c.party)
			if got := stepIDs(v); got != c.want {
				t.Errorf("steps %q, want %q", got, c.want)
			}
			if !strings.Contains(v.Message, c.says) {
				t.Errorf("message %q does not say %q", v.Message, c.says)
			}
			if v.Finished != (c.name == "finished") {
				t.Errorf("finished %v", v.Finished)
			}
		})
	}
}

// TestSuggestedAct follows a task with a form and materials, and one that nobody reviews.
func TestSuggestedAct(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("1.1")
	step := func(task string) procedure.NextStep {
		for _, s := range d.state().Next(clock(t, "2026-03-02 12:00"), calendar(t), "").Steps {
			if s.Task == "STEP-"+task {
				return s
			}
		}
		return procedure.NextStep{}
	}
	for _, want := range []listing.ActName{listing.ActFill, listing.ActGenerate, listing.ActSubmit} {
		s := step("2.1")
		if s.Act != want || s.ActWord != want.Word() {
			t.Errorf("2.1 suggests %s, want %s", s.Act, want)
		}
		if want != listing.ActSubmit {
			d.do("2.1", want)
		}
	}
	if s := step("2.1"); s.Unlocks != 13 || s.PartyWord != "应用单位" || s.NetworkName != "政务外网" {
		t.Errorf("%+v", s)
	}
	d.do("1.2", listing.ActGenerate)
	if s := step("1.2"); s.Act != listing.ActConfirm {
		t.Errorf("1.2 suggests %s", s.Act)
	}
}

func TestProgress(t *testing.T) {
	d := begin(t, listing.KindMini)
	d.settle("1.1", "2.1")
	d.do("2.3", listing.ActSubmit)
	want := [][5]int{{1, 2, 1, 0, 0}, {1, 3, 1, 1, 0}, {0, 5, 0, 0, 5}, {0, 4, 0, 0, 4}, {0, 1, 0, 0, 1}}
	got := d.state().Progress()
	if len(got) != len(want) {
		t.Fatalf("%d stages", len(got))
	}
	for i, s := range got {
		if row := [5]int{s.Settled, s.Total, s.Open, s.Waiting, s.Blocked}; row != want[i] || s.Step != i+1 {
			t.Errorf("stage %s: %v, want %v", s.Name, row, want[i])
		}
	}
}

// TestActsShown holds which acts a screen shows in each state, allowed ones plain and refused ones marked.
func TestActsShown(t *testing.T) {
	gate := []listing.Finding{{Rule: "RULE-2", Level: listing.LevelError, Message: "没有声明"}}
	cases := []struct {
		name, settled, acts, task string
		findings                  []listing.Finding
		want                      string
	}{
		{"reviewed, not started", "", "", "2.1", nil, "fill generate submit"},
		{"gated", "", "", "2.1", gate, "fill generate !submit"},
		{"blocked", "", "", "2.2", nil, "!fill !confirm !skip"},
		{"submitted", "", "2.1:submit", "2.1", nil, "review pass return undo"},
		{"passed", "", "2.1:submit 2.1:pass", "2.1", nil, "undo"},
		{"passed and relied on", "", "2.1:submit 2.1:pass 2.2:fill", "2.1", nil, "!undo"},
		{"unreviewed, skippable", "2.1", "", "2.2", nil, "fill confirm skip"},
		{"returned", "", "2.1:submit 2.1:return", "2.1", nil, "fill generate submit undo"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := begin(t, listing.KindH5)
			d.settle(strings.Fields(c.settled)...)
			for _, a := range strings.Fields(c.acts) {
				task, act, _ := strings.Cut(a, ":")
				d.do(task, listing.ActName(act))
			}
			var got []string
			for _, a := range d.state().Acts("STEP-"+c.task, c.findings) {
				mark := ""
				if !a.Allowed {
					mark = "!"
				}
				if a.Allowed == (a.Reason != "") {
					t.Errorf("%s: allowed %v with reason %q", a.Act, a.Allowed, a.Reason)
				}
				got = append(got, mark+string(a.Act))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("acts %q, want %q", strings.Join(got, " "), c.want)
			}
		})
	}
}

// TestViewComplete: every task of every kind comes with all its guidance, and no list is null in JSON.
func TestViewComplete(t *testing.T) {
	for _, kind := range listing.AppKinds() {
		d := begin(t, kind)
		d.do("2.1", listing.ActSubmit)
		v := d.state().View(clock(t, "2026-03-02 09:40"), calendar(t), nil, "")
		if v.Total != len(d.plan.Tasks()) || v.Settled != 0 || len(v.Tasks) != v.Total || len(v.Waits) != 2 {
			t.Errorf("%s: total %d, %d tasks, %d waits", kind, v.Total, len(v.Tasks), len(v.Waits))
		}
		for _, task := range v.Tasks {
			for name, text := range map[string]string{"why": task.Why, "actor": task.ActorName, "network": task.NetworkName,
				"takes": task.Takes, "answer": task.Answer, "proof": task.ProofWhat, "checked": task.Checked,
				"word": task.StatusWord, "party": task.PartyWord, "stage": task.StageName} {
				if text == "" {
					t.Errorf("%s %s has no %s", kind, task.ID, name)
				}
			}
			if len(task.Places) == 0 || len(task.Steps) == 0 || len(task.Prepare) == 0 || len(task.Sources) == 0 {
				t.Errorf("%s %s has no places, steps, preparation or sources", kind, task.ID)
			}
		}
		data, err := json.Marshal(v)
		if err != nil || strings.Contains(string(data), "null") {
			t.Errorf("%s: null in JSON, or error %v", kind, err)
		}
	}
}

// TestPlacesByKind: documents and cautions that a kind has no use for are left out.
func TestPlacesByKind(t *testing.T) {
	for kind, want := range map[listing.AppKind]string{
		listing.KindH5: "ADDR-2 ADDR-3 ADDR-3.user", listing.KindMini: "ADDR-2 ADDR-3.mini ADDR-3.user",
		listing.KindMiniPC: "ADDR-2 ADDR-3 ADDR-3.mini ADDR-3.user",
	} {
		v, err := begin(t, kind).state().TaskView("STEP-1.2", clock(t, "2026-03-02 09:40"), calendar(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range v.Places {
			got = append(got, p.Address)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", kind, got)
		}
	}
	_, err := begin(t, listing.KindMini).state().TaskView("STEP-2.4", clock(t, "2026-03-02 09:40"), calendar(t), nil)
	if listing.CodeOf(err) != listing.CodeRefused || !strings.Contains(err.Error(), "不适用") {
		t.Errorf("error %v", err)
	}
	_, err = begin(t, listing.KindMini).state().TaskView("STEP-9", clock(t, "2026-03-02 09:40"), calendar(t), nil)
	if listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("error %v", err)
	}
}

// TestNotices says what a changed kind left behind.
func TestNotices(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("1.1", "1.2", "2.1", "2.2", "2.3", "2.4")
	d.plan = plan(t, listing.KindMini)
	d.settle("3.1")
	v := d.state().View(clock(t, "2026-03-02 09:40"), calendar(t), nil, "")
	if len(v.Notices) != 1 || !strings.Contains(v.Notices[0], "STEP-2.4") {
		t.Errorf("notices %v", v.Notices)
	}
}

// TestBindable: what goes to the screens has only strings, numbers, booleans and lists, so that TypeScript types of it
// can be generated.
func TestBindable(t *testing.T) {
	var walk func(where string, r reflect.Type)
	walk = func(where string, r reflect.Type) {
		switch r.Kind() {
		case reflect.String, reflect.Bool, reflect.Int:
		case reflect.Slice:
			walk(where, r.Elem())
		case reflect.Struct:
			for i := range r.NumField() {
				f := r.Field(i)
				tag := f.Tag.Get("json")
				if tag == "" || strings.ToLower(tag) != tag || strings.Contains(tag, "omitempty") {
					t.Errorf("%s.%s has the JSON name %q", where, f.Name, tag)
				}
				walk(where+"."+f.Name, f.Type)
			}
		default:
			t.Errorf("%s is a %s", where, r)
		}
	}
	walk("CaseView", reflect.TypeFor[procedure.CaseView]())
}
