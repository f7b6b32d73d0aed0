package procedure_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// edited parses a flow's file with some texts replaced, old and new by turns.
func edited(t testing.TB, id string, pairs ...string) *procedure.Flow {
	t.Helper()
	data, err := os.ReadFile("flows/" + strings.ToLower(id) + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("%s has no %q", id, pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	f, err := procedure.Parse(id, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// letter2 is a later FLOW-7: F7-1 is reviewed, F7-2 is not, F7-3 is gone and F7-4 is new.
func letter2(t testing.TB) *procedure.Flow {
	return edited(t, "FLOW-7", `version: "2026-03-01"`, `version: "2027-01-01"`, "F7-3", "F7-4",
		"reviewer: regional-admin\n        ", "", "答复截图, required: false", "答复截图, required: true",
		"        actor: responsible\n        network: any\n        places:\n          - {address: \"\", path: 在本程序里生成}",
		"        actor: responsible\n        reviewer: regional-admin\n        network: any\n        places:\n          - {address: \"\", path: 在本程序里生成}")
}

func TestLibraryWith(t *testing.T) {
	lib, err := procedure.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	next, err := lib.With(letter2(t))
	if err != nil {
		t.Fatal(err)
	}
	if f, err := next.Latest("FLOW-7"); err != nil || f.Version != "2027-01-01" {
		t.Errorf("%v %v", f, err)
	}
	if f, err := next.Flow("FLOW-7", "2026-03-01"); err != nil || f.Task("F7-3") == nil {
		t.Errorf("the running cases' version is gone: %v", err)
	}
	if got := next.Versions("FLOW-7"); !reflect.DeepEqual(got, []string{"2026-03-01", "2027-01-01"}) || len(lib.Versions("FLOW-7")) != 1 {
		t.Errorf("versions %v, before %v", got, lib.Versions("FLOW-7"))
	}
	if _, err := next.With(letter2(t)); listing.CodeOf(err) != listing.CodeConflict || !strings.Contains(err.Error(), "2027-01-01") {
		t.Errorf("twice: %v", err)
	}
}

// TestDiff names by task what is new, gone and changed, and says in words what reads differently.
func TestDiff(t *testing.T) {
	a, b := flowOf(t, "FLOW-7"), letter2(t)
	got := map[string]string{}
	for _, d := range procedure.Diff(a, b) {
		line := d.KindWord
		for _, f := range d.Fields {
			line += " " + f.Field + ":" + f.Before + ">" + f.After
		}
		got[d.Task] = line
	}
	want := map[string]string{
		"F7-1": "改动 审核人:>区域大数据中心 IRS 管理员", "F7-2": "改动 审核人:区域大数据中心 IRS 管理员> 证明:送达回执或答复截图>送达回执或答复截图（必须）",
		"F7-3": "取消", "F7-4": "新增",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if d := procedure.Diff(a, a); len(d) > 0 {
		t.Errorf("a flow differs from itself: %+v", d)
	}
	waits := procedure.Diff(flow(t), edited(t, flow1, "    n: 5\n", "    n: 7\n", "name: 新应用上架\nversion", "name: 应用上架\nversion"))
	if len(waits) != 2 || waits[0].Task != "" || waits[0].Fields[0].After != "应用上架" || waits[1].Task != "STEP-3.4" || waits[1].Fields[0].Field != "等待" {
		t.Errorf("%+v", waits)
	}
}

// TestMove: acts of vanished tasks and acts that no longer fit stay as notices, what was settled has to be settled anew,
// and taking the move back leads to the same statuses.
func TestMove(t *testing.T) {
	d := run(t, "FLOW-7", listing.KindH5)
	d.finish("F7-1", "F7-2")
	d.must("F7-3", listing.ActFill, at)
	before := statusesOf(d)
	from, to := d.plan.Flow, letter2(t)
	m := procedure.Moving{Case: d.c, From: from, To: to, Shape: d.plan.Shape, By: "联系人甲", At: at}
	moved, problems, err := m.Move()
	if err != nil {
		t.Fatal(err)
	}
	if moved.FlowVersion != to.Version || len(moved.Moves) != 1 || len(moved.Acts) != len(d.c.Acts) || len(d.c.Moves) != 0 {
		t.Errorf("%+v", moved)
	}
	for _, says := range []string{"F7-3", "F7-1 生成变更函并盖章”原来已办结", "F7-2"} {
		if !strings.Contains(strings.Join(problems, "\n"), says) {
			t.Errorf("problems %q do not say %s", problems, says)
		}
	}
	next := &desk{t: t, plan: to.Plan(d.plan.Shape), c: moved}
	if s := next.state(); s.Status("F7-1") != listing.StatusNotStarted || s.Status("F7-4") != listing.StatusBlocked {
		t.Errorf("%v", statusesOf(next))
	}
	back, _, err := procedure.Moving{Case: moved, From: to, To: from, Shape: d.plan.Shape, By: "联系人甲", At: at}.MoveBack()
	if err != nil || len(back.Moves) != 2 {
		t.Fatal(back.Moves, err)
	}
	again := &desk{t: t, plan: d.plan, c: back}
	if got := statusesOf(again); !reflect.DeepEqual(got, before) {
		t.Errorf("after move and back %v, want %v", got, before)
	}
	next.finish("F7-1", "F7-2", "F7-4") // the new version can be brought to its end
	if next.c.ClosedAt == "" {
		t.Error("not closed")
	}
}

func TestMoveRefuses(t *testing.T) {
	d := run(t, "FLOW-7", listing.KindH5)
	closed := d.c
	closed.ClosedAt = at
	good := procedure.Moving{Case: d.c, From: d.plan.Flow, To: letter2(t), Shape: d.plan.Shape, By: "联系人甲", At: at}
	for name, change := range map[string]func(*procedure.Moving){
		"a closed case":     func(m *procedure.Moving) { m.Case = closed },
		"another flow":      func(m *procedure.Moving) { m.To = flow(t) },
		"the same version":  func(m *procedure.Moving) { m.To = m.From },
		"by nobody":         func(m *procedure.Moving) { m.By = " " },
		"from another flow": func(m *procedure.Moving) { m.From = flow(t) },
	} {
		m := good
		change(&m)
		if _, _, err := m.Move(); err == nil {
			t.Errorf("%s moved", name)
		}
	}
	if _, _, err := good.MoveBack(); listing.CodeOf(err) != listing.CodeRefused {
		t.Errorf("back without a move: %v", err)
	}
}

// TestCanDrop: a case goes only when nothing in it stands.
func TestCanDrop(t *testing.T) {
	d := run(t, "FLOW-3", listing.KindH5)
	if e := d.state().CanDrop(); e != nil {
		t.Error(e)
	}
	d.finish("F3-1")
	if e := d.state().CanDrop(); e == nil || !strings.Contains(e.Message, "F3-1") {
		t.Errorf("%v", e)
	}
	d.must("F3-1", listing.ActUndo, at)
	if e := d.state().CanDrop(); e != nil {
		t.Error(e)
	}
}

// TestBrokenFlowHeads breaks the new parts of flow files, each in one place.
func TestBrokenFlowHeads(t *testing.T) {
	cases := []struct{ flow, old, new, says string }{
		{"flow-2", "kinds: [H5, ", "kinds: [H6, ", "H6"},
		{"flow-2", "only: hosted\nrequires", "only: cloud\nrequires", "cloud"},
		{"flow-2", "id: F2-9", "id: F3-9", "FLOW-3"},
		{"flow-2", "field: app.legacy_yida", "field: legacy", "requires[1].field"},
		{"flow-3", "- is: listed", "- is: lucky", "lucky"},
		{"flow-3", "task: STEP-3.4b}, ", "task: F2-1}, ", "F2-1"},
		{"flow-3", "until: STEP-3.4b", "until: F4-1", "F4-1"},
		{"flow-3", "{flow: FLOW-2, name", "{flow: FLOW-3, name", "同一个流程"},
		{"flow-3", "key: version, label", "key: Version, label", "Version"},
		{"flow-3", "type: version", "type: colour", "colour"},
		{"flow-3", "from: version}", "from: verse}", "verse"},
		{"flow-3", "key: app.released_version, from: version}", "key: app.released_version}", "effects[0]"},
		{"flow-3", "key: app.released_version, from", "key: released, from", "effects[0].key"},
		{"flow-3", "key: content, label", "key: version, label", "重复"},
		{"flow-4", "during: [变更审批中], ", "during: [\"\"], ", "portal.during"},
		{"flow-4", "states: [变更审批中], source: dossier 5.5", "states: [变更审批中], source: hearsay", "withdraw.source"},
		{"flow-4", "call: {actor: acceptance, say: 开窗", "call: {actor: nobody, say: 开窗", "nobody"},
		{"flow-6", "list: regions", "list: \"\"", "选项"},
		{"flow-6", "region: region, path: 打开", "region: city, path: 打开", "city"},
		{"flow-7", "purpose: ", "purpose: !!str ", "类型标记"},
		{"flow-7", "purpose: ", "<<: *x\npurpose: ", "锚点"},
		{"flow-7", "source: 上架指南 FLOW-7, RULE-20, ROLE-1, ROLE-2, ROLE-5\n", "", "source"},
	}
	for _, c := range cases {
		raw, err := os.ReadFile("flows/" + c.flow + ".yaml")
		if err != nil || !strings.Contains(string(raw), c.old) {
			t.Fatalf("%s has no %q (%v)", c.flow, c.old, err)
		}
		_, err = procedure.Parse(c.flow+".yaml", []byte(strings.Replace(string(raw), c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.flow) {
			t.Errorf("%s: %q to %q: %v", c.flow, c.old, c.new, err)
		}
	}
}
