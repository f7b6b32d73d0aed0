package procedure_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

const flow1 = "FLOW-1"

var library = sync.OnceValues(procedure.Embedded)

func flow(t testing.TB) *procedure.Flow {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	f, err := lib.Latest(flow1)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func plan(t testing.TB, kind listing.AppKind) *procedure.Plan {
	t.Helper()
	return flow(t).Plan(procedure.ShapeOf(kind, false))
}

func ids(tasks []*procedure.Task) string {
	var out []string
	for _, t := range tasks {
		out = append(out, strings.TrimPrefix(t.ID, "STEP-"))
	}
	return strings.Join(out, " ")
}

// TestTasksByKind holds FLOW-1 against KIND-1 to KIND-4: hosting tasks are absent for 小程序, the mini-program task is
// absent where there is none.
func TestTasksByKind(t *testing.T) {
	cases := []struct {
		fact     string
		kind     listing.AppKind
		unhosted bool
		want     string
	}{
		{"KIND-1", listing.KindH5, false, "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 3.4b 4.1 4.2 4.3 4.4 5"},
		{"KIND-2", listing.KindMini, false, "1.1 1.2 2.1 2.2 2.3 3.1 3.2 3.4 3.4b 3.5 4.1 4.2 4.3 4.4 5"},
		{"KIND-3", listing.KindMiniPC, false, "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 3.4b 3.5 4.1 4.2 4.3 4.4 5"},
		{"KIND-4", listing.KindPortal, false, "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 3.4b 4.1 4.2 4.3 4.4 5"},
		{"KIND-4 switched off", listing.KindPortal, true, "1.1 1.2 2.1 2.2 2.3 3.1 3.2 3.4 3.4b 4.1 4.2 4.3 4.4 5"},
		{"kind not chosen", "", false, "1.1 1.2 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 3.4b 3.5 4.1 4.2 4.3 4.4 5"},
	}
	for _, c := range cases {
		t.Run(c.fact, func(t *testing.T) {
			p := flow(t).Plan(procedure.ShapeOf(c.kind, c.unhosted))
			if got := ids(p.Tasks()); got != c.want {
				t.Errorf("tasks\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestNeeds holds the needs of section 3 of the procedure, with tasks that a kind does not have dropped out, and the two
// sentences of FLOW-1: step 3 only once debugging is complete (so 3.2 waits for 1.2), step 4 only once accepted.
func TestNeeds(t *testing.T) {
	cases := []struct {
		task string
		h5   string
		mini string
		both string
	}{
		{"1.1", "", "", ""},
		{"1.2", "1.1", "1.1", "1.1"},
		{"2.1", "", "", ""},
		{"2.2", "2.1", "2.1", "2.1"},
		{"2.3", "2.1", "2.1", "2.1"},
		{"2.4", "2.2", "-", "2.2"},
		{"3.1", "1.2 2.3 2.4", "1.2 2.3", "1.2 2.3 2.4"},
		{"3.2", "2.3 1.2", "2.3 1.2", "2.3 1.2"},
		{"3.3", "3.1 3.2", "-", "3.1 3.2"},
		{"3.4", "3.2 3.3", "3.2 3.1", "3.2 3.3"}, // 小程序: the button stands in the row that 3.1 makes (TABLE-1)
		{"3.4b", "3.4", "3.4", "3.4"},
		{"3.5", "-", "3.4b", "3.4b"},
		{"4.1", "3.4b", "3.4b", "3.4b"},
		{"4.2", "4.1", "4.1 3.5", "4.1 3.5"},
		{"4.3", "4.2", "4.2", "4.2"},
		{"4.4", "4.3", "4.3", "4.3"},
		{"5", "3.4b", "3.4b", "3.4b"},
	}
	for _, c := range cases {
		for kind, want := range map[listing.AppKind]string{
			listing.KindH5: c.h5, listing.KindPortal: c.h5, listing.KindMini: c.mini, listing.KindMiniPC: c.both,
		} {
			p := plan(t, kind)
			got := strings.ReplaceAll(strings.Join(p.Needs("STEP-"+c.task), " "), "STEP-", "")
			if !p.Has("STEP-" + c.task) {
				got = "-"
			}
			if got != want {
				t.Errorf("STEP-%s of %s needs %q, want %q", c.task, kind, got, want)
			}
		}
	}
}

func TestStagesInOrder(t *testing.T) {
	want := []string{"开放平台准备与调试", "编目与权限", "发布与验收", "工作台上架", "上架后考核"}
	for i, s := range flow(t).Stages {
		if s.Name != want[i] || s.Step != i+1 {
			t.Errorf("stage %d is %d %s, want %s", i, s.Step, s.Name, want[i])
		}
	}
}

// TestFacts holds who does each task, from which network, and whether it is reviewed, against section 3.
func TestFacts(t *testing.T) {
	cases := []struct {
		task, party, role, network, reviewerRole string
		reviewed, skippable                      bool
	}{
		{"STEP-1.1", "vendor", "", "NET-1", "", true, true},
		{"STEP-1.2", "vendor", "", "NET-1", "", false, false},
		{"STEP-2.1", "owner", "ROLE-1", "NET-2", "", true, false},
		{"STEP-2.2", "vendor", "", "NET-2", "", false, true},
		{"STEP-2.3", "owner", "ROLE-1", "NET-2", "", true, false},
		{"STEP-2.4", "vendor", "ROLE-3", "NET-3", "", false, false},
		{"STEP-3.1", "owner", "ROLE-1", "NET-2", "", false, false},
		{"STEP-3.2", "vendor", "", "any", "", false, false},
		{"STEP-3.3", "vendor", "ROLE-3", "NET-3", "", false, false},
		{"STEP-3.4", "owner", "ROLE-1", "NET-2", "ROLE-6", true, false},
		{"STEP-3.4b", "platform", "ROLE-8", "any", "", false, false},
		{"STEP-3.5", "vendor", "", "NET-1", "", false, false},
		{"STEP-4.1", "owner", "ROLE-4", "NET-2", "", false, true},
		{"STEP-4.2", "owner", "ROLE-4", "NET-2", "", false, false},
		{"STEP-4.3", "owner", "ROLE-4", "NET-2", "", false, true},
		{"STEP-4.4", "owner", "ROLE-4", "NET-2", "", false, false},
		{"STEP-5", "owner", "ROLE-1", "any", "", false, false},
	}
	f := flow(t)
	for _, c := range cases {
		task := f.Task(c.task)
		actor := f.Actor(task.Actor)
		if actor.Party != c.party || actor.Role != c.role || task.Network != c.network {
			t.Errorf("%s: %s %s on %s", c.task, actor.Party, actor.Role, task.Network)
		}
		if task.Reviewed() != c.reviewed || task.Skippable() != c.skippable {
			t.Errorf("%s: reviewed %v, skippable %v", c.task, task.Reviewed(), task.Skippable())
		}
		if c.reviewerRole != "" && f.Actor(task.Reviewer).Role != c.reviewerRole {
			t.Errorf("%s is reviewed by %s", c.task, task.Reviewer)
		}
		if !slices.Contains(task.Sources, c.task) {
			t.Errorf("%s does not name its own fact as source", c.task)
		}
	}
}

// TestMaterialsAndForms holds that every material of a package and every form belongs to some task.
func TestMaterialsAndForms(t *testing.T) {
	want := map[string]string{
		"form-1": "STEP-2.1", "form-2-qr-login": "STEP-2.3", "form-2-organization": "STEP-2.3", "form-2-message": "STEP-2.3",
		"form-3": "STEP-3.1", "form-4": "STEP-3.4", "checklist": "STEP-3.4", "self-check": "STEP-3.4",
		"vendor-task-sheet": "STEP-1.2", "error-page": "STEP-3.4", "tracking": "STEP-3.2",
		"FORM-1": "STEP-2.1", "FORM-2": "STEP-2.3", "FORM-3": "STEP-3.1", "FORM-4": "STEP-3.4",
	}
	f := flow(t)
	for id, task := range want {
		if got := f.Task(task); !slices.Contains(got.Materials, id) && !slices.Contains(got.Forms, id) {
			t.Errorf("%s does not carry %s", task, id)
		}
	}
	for _, s := range f.Stages {
		for _, task := range s.Tasks {
			for _, m := range append(slices.Clone(task.Materials), task.Forms...) {
				if want[m] == "" {
					t.Errorf("%s carries the unknown %s", task.ID, m)
				}
			}
		}
	}
}

// TestFormsAgree: addresses and forms are those of package forms, and a form belongs to the task it names itself.
func TestFormsAgree(t *testing.T) {
	catalogue, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range flow(t).Stages {
		for _, task := range s.Tasks {
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
				if f := catalogue.Form(id); f == nil || f.Task != task.ID {
					t.Errorf("%s has the form %s: %+v", task.ID, id, f)
				}
			}
		}
	}
}

func BenchmarkEmbedded(b *testing.B) {
	for b.Loop() {
		if _, err := procedure.Embedded(); err != nil {
			b.Fatal(err)
		}
	}
}

func TestLibrary(t *testing.T) {
	lib, err := procedure.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if f, err := lib.Flow(flow1, "2026-03-01"); err != nil || f.Name != "新应用上架" {
		t.Errorf("flow %v, error %v", f, err)
	}
	_, err = lib.Flow(flow1, "2031-01-01")
	if listing.CodeOf(err) != listing.CodeNotFound || !strings.Contains(err.Error(), "2031-01-01") {
		t.Errorf("unknown version: %v", err)
	}
	_, err = lib.Flow("FLOW-9", "2026-03-01")
	if listing.CodeOf(err) != listing.CodeNotFound || !strings.Contains(err.Error(), "FLOW-9") {
		t.Errorf("unknown flow: %v", err)
	}
	if n := len(lib.Flows()); n != 7 {
		t.Errorf("%d flows", n)
	}
}
