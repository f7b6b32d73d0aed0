package service_test

import (
	"slices"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// A label of FORM-4 that the page calls otherwise, and one that stands there twice: told with what the page shows,
// mended, and the same action with its frozen data is done.
func TestOutboxFormIsMended(t *testing.T) {
	for name, c := range map[string]struct {
		label, now, kind, line, choose string
		seen                           []string
	}{
		"renamed": {"使用范围", "应用的使用范围", "missing_field", "irs forms[FORM-4].fields[应用使用范围].also", "应用的使用范围", []string{"应用的使用范围", "备注"}},
		"twice":   {"使用范围", "", "ambiguous_field", "irs forms[FORM-4].fields[应用使用范围].heading", "乙部分", []string{"甲部分", "乙部分"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := sampleDesk(t)
			approving(d.portal)
			d.portal.labels = map[string]string{"应用" + c.label: c.now}
			v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionApproval})
			frozen := v.Asks
			v = d.run(v.ID)
			if v.State != listing.ActionStopped || d.portal.sent != 0 || v.Filled == nil || len(v.Filled.Drift) != 1 {
				t.Fatalf("%s %s %+v", v.State, v.Reason, v.Filled)
			}
			got := v.Filled.Drift[0]
			if got.Kind != c.kind || got.Recipe != c.line || !slices.Equal(got.Seen, c.seen) || got.Message == "" || got.Hint == "" || got.Picture != v.Filled.Picture.SHA256 {
				t.Fatalf("%+v", got)
			}
			if _, err := d.Recipes.Mend(d.ctx, got.Recipe, c.choose); err != nil {
				t.Fatal(err)
			}
			v = d.run(v.ID)
			if v.State != listing.ActionDone || d.portal.sent != 1 || len(v.Filled.Drift) != 0 {
				t.Fatalf("%s %s %+v", v.State, v.Reason, v.Filled)
			}
			if len(v.Asks) != len(frozen) || len(v.Changed) != 0 {
				t.Errorf("the frozen data changed: %+v", v.Changed)
			}
		})
	}
}

// FORM-3: a field that stands under another heading now, and a label inside the rows that is called otherwise.
func TestOutboxMovedIsMended(t *testing.T) {
	for name, c := range map[string]struct {
		moved, cells       map[string]string
		kind, line, choose string
	}{
		"moved": {moved: map[string]string{"开发商名称": "承建单位"}, kind: "moved_field", line: "irs forms[FORM-3].fields[开发商名称].heading", choose: "承建单位"},
		"cell":  {cells: map[string]string{"姓名": "联系人"}, kind: "missing_field", line: "irs forms[FORM-3].fields[开发商联系方式].rows[姓名].also", choose: "联系人"},
	} {
		t.Run(name, func(t *testing.T) {
			d := sampleDesk(t)
			registering(d)
			d.portal.moved, d.portal.cells = c.moved, c.cells
			v := d.prepare(service.OutboxPrepare{AppID: subject, Kind: listing.ActionRegister})
			v = d.run(v.ID)
			if v.State != listing.ActionStopped || v.Filled == nil || len(v.Filled.Drift) != 1 {
				t.Fatalf("%s %s %+v", v.State, v.Reason, v.Filled)
			}
			got := v.Filled.Drift[0]
			if got.Kind != c.kind || got.Recipe != c.line || !slices.Equal(got.Seen, []string{c.choose}) || got.Message == "" || got.Hint == "" {
				t.Fatalf("%+v", got)
			}
			if _, err := d.Recipes.Mend(d.ctx, got.Recipe, c.choose); err != nil {
				t.Fatal(err)
			}
			if v = d.run(v.ID); v.State != listing.ActionDone || d.portal.sent != 1 || len(v.Filled.Drift) != 0 {
				t.Fatalf("%s %s %+v", v.State, v.Reason, v.Filled)
			}
		})
	}
}
