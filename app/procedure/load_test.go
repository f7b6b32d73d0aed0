package procedure_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

const file = "flows/flow-1.yaml"

func raw(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestBrokenFlows breaks the real file in one place each and expects a message that names file and place.
func TestBrokenFlows(t *testing.T) {
	good := raw(t)
	cases := []struct {
		name, old, new string
		says           []string
	}{
		{"unknown key", "purpose: ", "porpoise: ", []string{"行", "porpoise"}},
		{"unknown key in a task", "        title: 发布工作台", "        titel: 发布工作台", []string{"titel"}},
		{"repeated key", "id: FLOW-1\n", "id: FLOW-1\nid: FLOW-1\n", []string{"行"}},
		{"wrong type", "step: 2", "step: zwei", []string{"行"}},
		{"missing source", "source: 上架指南 sections 1 to 3 and 10; dossier 5\n", "", []string{"source", "空"}},
		{"task without sources", "sources: [STEP-3.4b, WAIT-7, ROLE-8, TABLE-1]", "sources: []", []string{"STEP-3.4b", "sources"}},
		{"source of no known form", "sources: [STEP-3.4b, ", "sources: [hearsay, ", []string{"STEP-3.4b", "hearsay"}},
		{"version is no date", `version: "2026-03-01"`, `version: "v1"`, []string{"version", "v1"}},
		{"checked is no date", `checked: "2026-11-23"`, `checked: "2026-13-23"`, []string{"checked", "2026-13-23"}},
		{"unknown need", "- {task: STEP-2.4}", "- {task: STEP-2.9}", []string{"STEP-3.1", "STEP-2.9"}},
		{"unknown need of a stage", "needs: [STEP-3.4]", "needs: [STEP-9]", []string{"stages[3].needs", "STEP-9"}},
		{"cycle", "answer: 收到开放平台短信，租户账号已开通，可以登录。\n        needs: []",
			"answer: 收到开放平台短信，租户账号已开通，可以登录。\n        needs: [{task: STEP-4.4}]",
			[]string{"STEP-1.1", "→", "STEP-4.4"}},
		{"need standing later", "- {task: STEP-1.1}\n", "- {task: STEP-2.1}\n", []string{"STEP-1.2", "STEP-2.1", "前面"}},
		{"same task twice", "id: STEP-4.3", "id: STEP-4.2", []string{"STEP-4.2", "重复"}},
		{"same stage twice", "id: workbench\n", "id: catalog\n", []string{"stages[3]", "catalog"}},
		{"stage order", "step: 3", "step: 4", []string{"stages[2].step"}},
		{"unknown actor", "actor: lister\n", "actor: nobody\n", []string{"STEP-3.4b", "nobody"}},
		{"unknown reviewer", "reviewer: acceptance", "reviewer: nobody", []string{"STEP-3.4", "nobody"}},
		{"unknown companion", "with: [vendor]", "with: [nobody]", []string{"STEP-5", "nobody"}},
		{"unknown party", "party: platform, role: ROLE-8", "party: press, role: ROLE-8", []string{"actors[9].party", "press"}},
		{"unknown network", "network: NET-3", "network: NET-4", []string{"STEP-2.4", "NET-4"}},
		{"unknown kind", "only: hosted\n", "only: cloud\n", []string{"STEP-2.4", "cloud"}},
		{"gate that is no rule", "gates: [RULE-17]", "gates: [RULE-X]", []string{"STEP-4.1", "RULE-X"}},
		{"form of no known form", "forms: [FORM-3]", "forms: [form-3]", []string{"STEP-3.1", "form-3"}},
		{"material with a capital", "materials: [tracking]", "materials: [Tracking]", []string{"STEP-3.2", "Tracking"}},
		{"empty title", "title: 发布工作台", `title: "  "`, []string{"STEP-4.4", "title"}},
		{"empty step", "- 由本人点“发布”。", `- ""`, []string{"STEP-4.4", "steps[0]"}},
		{"empty answer", "answer: 治理侧列表状态为已发布，参数已核对一致。", `answer: ""`, []string{"STEP-3.4b", "answer"}},
		{"address of no known form", "{address: ADDR-8,", "{address: http,", []string{"STEP-5", "http"}},
		{"unreviewed task without proof", "proof: {what: 月度考核报告, required: true}",
			"proof: {what: 月度考核报告, required: false}", []string{"STEP-5", "proof"}},
		{"wait for an unknown task", "task: STEP-1.1\n    from", "task: STEP-8\n    from", []string{"WAIT-1", "STEP-8"}},
		{"wait from an act the task lacks", "from: {task: STEP-2.2, act: confirm}", "from: {task: STEP-2.2, act: pass}",
			[]string{"WAIT-3", "STEP-2.2", "pass"}},
		{"wait from no act", "from: {task: STEP-2.2, act: confirm}", "from: {task: STEP-2.2, act: dance}", []string{"WAIT-3", "dance"}},
		{"wait of an unknown kind", "kind: next_day", "kind: someday", []string{"WAIT-3", "someday"}},
		{"wait without length", "    n: 3\n", "", []string{"WAIT-1", "n"}},
		{"same wait twice", "- id: WAIT-7", "- id: WAIT-1", []string{"waits[6]", "WAIT-1"}},
		{"anchor", "purpose: ", "purpose: &x ", []string{"锚点"}},
		{"second document", "actors:\n", "---\nactors:\n", []string{"YAML"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(good, c.old) {
				t.Fatalf("the file has no %q any more", c.old)
			}
			_, err := procedure.Parse(file, []byte(strings.Replace(good, c.old, c.new, 1)))
			if listing.CodeOf(err) != listing.CodeInvalid {
				t.Fatalf("error %v", err)
			}
			for _, word := range append(c.says, file) {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("%q does not name %q", err, word)
				}
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	good := raw(t)
	cases := []struct {
		name string
		fsys fstest.MapFS
		code listing.Code
	}{
		{"no file", fstest.MapFS{}, listing.CodeNotFound},
		{"empty file", fstest.MapFS{"a.yaml": {}}, listing.CodeInvalid},
		{"too large", fstest.MapFS{"a.yaml": {Data: make([]byte, 600<<10)}}, listing.CodeTooLarge},
		{"not YAML", fstest.MapFS{"a.yaml": {Data: []byte("\x00\x01{[")}}, listing.CodeInvalid},
		{"folder", fstest.MapFS{"a.yaml/b": {Data: []byte("x")}}, listing.CodeUnreadable},
		{"same version twice", fstest.MapFS{"a.yaml": {Data: []byte(good)}, "b.yaml": {Data: []byte(good)}}, listing.CodeConflict},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := procedure.Load(c.fsys, "*.yaml")
			var e *listing.Error
			if !errors.As(err, &e) || e.Code != c.code || e.Message == "" || e.Hint == "" {
				t.Errorf("error %#v", err)
			}
		})
	}
}

// TestLatestOfTwo keeps an older version for the cases pinned to it.
func TestLatestOfTwo(t *testing.T) {
	newer := strings.Replace(raw(t), `version: "2026-03-01"`, `version: "2026-09-01"`, 1)
	lib, err := procedure.Load(fstest.MapFS{"a.yaml": {Data: []byte(newer)}, "b.yaml": {Data: []byte(raw(t))}}, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := lib.Latest(flow1); f.Version != "2026-09-01" {
		t.Errorf("latest is %s", f.Version)
	}
	if f, err := lib.Flow(flow1, "2026-03-01"); err != nil || f.Version != "2026-03-01" {
		t.Errorf("pinned version: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	good := raw(f)
	f.Add([]byte(good))
	f.Add([]byte("id: FLOW-1\nstages:\n  - id: a\n    step: 1\n    tasks:\n      - {id: STEP-1, needs: [{task: STEP-1}]}\n"))
	f.Add([]byte("id: [\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte(""))
	f.Add([]byte(strings.Replace(good, "- {task: STEP-2.4}", "- {task: STEP-3.1}", 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		flow, err := procedure.Parse("x.yaml", data)
		if err != nil {
			var e *listing.Error
			if !errors.As(err, &e) || !strings.Contains(e.Message, "x.yaml") {
				t.Fatalf("error that does not name the file: %v", err)
			}
			return
		}
		for _, shape := range []procedure.Shape{{}, {Hosted: true}, {Mini: true}, {Hosted: true, Mini: true}} {
			p := flow.Plan(shape)
			s, err := p.Replay(listing.Case{Flow: flow.ID, FlowVersion: flow.Version})
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Tasks()) > 0 && s.Finished() {
				t.Fatal("a case without acts is finished")
			}
			open := 0
			for _, task := range p.Tasks() {
				if procedure.IsOpen(s.Status(task.ID)) {
					open++
				}
			}
			if len(p.Tasks()) > 0 && open == 0 {
				t.Fatal("a case that nobody can begin")
			}
		}
	})
}
