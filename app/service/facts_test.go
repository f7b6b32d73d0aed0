package service_test

import (
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/material"
	"shangjiatong/app/precheck"
	"shangjiatong/app/procedure"
)

// The data of the flow, of the forms, of the rules and of the materials name one another; here they are held together.

func flow1(t *testing.T) *procedure.Flow {
	t.Helper()
	library, err := procedure.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	flow, err := library.Latest("FLOW-1")
	if err != nil {
		t.Fatal(err)
	}
	return flow
}

// What holds a task up is the same in the flow (gates) and in precheck (steps).
func TestGatesAndStepsAgree(t *testing.T) {
	book, err := precheck.Default()
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"FORM-1", "FORM-2", "FORM-3", "FORM-4"}
	for _, r := range book.Rules() {
		ids = append(ids, r.ID)
	}
	known := map[string]bool{}
	for _, stage := range flow1(t).Stages {
		for _, task := range stage.Tasks {
			known[task.ID] = true
			for _, id := range ids {
				gated := slices.Contains(task.Gates, id)
				held := slices.ContainsFunc(book.Steps(id), func(step string) bool { return step == task.ID || strings.HasPrefix(task.ID, step+".") })
				if gated != held {
					t.Errorf("%s %s: the flow says %v, precheck says %v", task.ID, id, gated, held)
				}
			}
			for _, id := range task.Gates {
				if !slices.Contains(ids, id) {
					t.Errorf("%s: no rule or form %s", task.ID, id)
				}
			}
		}
	}
	for _, id := range ids {
		for _, step := range book.Steps(id) {
			found := known[step]
			for task := range known {
				found = found || strings.HasPrefix(task, step+".")
			}
			if !found {
				t.Errorf("%s: no step %s in the flow", id, step)
			}
		}
	}
}

func TestFlowNamesFormsAndAddressesThatExist(t *testing.T) {
	c, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, stage := range flow1(t).Stages {
		for _, task := range stage.Tasks {
			for _, id := range task.Forms {
				form := c.Form(id)
				if form == nil {
					t.Errorf("%s: no form %s", task.ID, id)
				} else if form.Task != task.ID {
					t.Errorf("%s: %s belongs to %s", task.ID, id, form.Task)
				}
			}
			for _, p := range task.Places {
				keys := []string{p.Address}
				if p.PerRegion {
					keys = nil
					for _, region := range c.Lists["regions"] {
						keys = append(keys, p.Address+"."+region)
					}
				}
				for _, key := range keys {
					if key != "" && c.Address(key, nil) == nil {
						t.Errorf("%s: no address %s", task.ID, key)
					}
				}
			}
		}
	}
	for _, form := range c.Forms {
		if form.Task != "" && flow1(t).Task(form.Task) == nil {
			t.Errorf("%s: no task %s", form.ID, form.Task)
		}
	}
}

// Every material the flow asks for is in the package.
func TestFlowNamesMaterialsThatExist(t *testing.T) {
	d := sampleDesk(t)
	have := map[string]bool{}
	for _, app := range []string{"示例督办", "示例巡查", "示例会议室", "示例驾驶舱"} {
		items, err := d.Packages.Materials(d.ctx, app)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			have[item.ID] = true
		}
	}
	for _, stage := range flow1(t).Stages {
		for _, task := range stage.Tasks {
			for _, id := range task.Materials {
				if !have[id] {
					t.Errorf("%s: no material %s", task.ID, id)
				}
			}
		}
	}
	for _, ref := range material.Templates() {
		if !have[ref.ID] {
			t.Errorf("no material has the template %s", ref.ID)
		}
	}
}

// The words of the kinds stand in the code and in the data.
func TestKindsAreTheListedOnes(t *testing.T) {
	c, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, k := range listing.AppKinds() {
		kinds = append(kinds, string(k))
	}
	if !slices.Equal(kinds, c.Lists["kinds"]) {
		t.Errorf("%v and %v", kinds, c.Lists["kinds"])
	}
}
