package service_test

import (
	"encoding/json"
	"slices"
	"testing"

	"shangjiatong/app/listing"
)

func TestPrecheckReport(t *testing.T) {
	d := sampleDesk(t)
	for name, want := range map[string]struct {
		passed  bool
		rules   []string // rules with an error that is certain
		warning []string
	}{
		"示例督办":   {true, nil, nil},
		"示例会议室":  {true, nil, nil},
		"示例食堂":   {true, nil, nil},
		"示例巡查":   {false, []string{"RULE-14"}, nil},
		"示例驾驶舱":  {false, []string{"RULE-16"}, []string{"RULE-6"}},
		"示例信访登记": {false, []string{"RULE-1", "RULE-3", "RULE-5", "RULE-15", "RULE-19"}, []string{"RULE-6", "RULE-7", "RULE-9", "RULE-15"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := d.Checks.Precheck(d.ctx, name)
			if err != nil {
				t.Fatal(err)
			}
			errs, warnings := []string{}, []string{}
			for _, f := range r.Findings {
				if f.Code != listing.FindingViolated {
					continue
				}
				if f.Level == listing.LevelError {
					errs = append(errs, f.Rule)
				} else {
					warnings = append(warnings, f.Rule)
				}
				if f.Message == "" || f.Fix == "" || f.Effect == "" {
					t.Errorf("%s does not say what, why or how to mend it: %+v", f.Rule, f)
				}
			}
			if r.Passed != want.passed || !slices.Equal(errs, append([]string{}, want.rules...)) || !slices.Equal(warnings, append([]string{}, want.warning...)) {
				t.Errorf("passed %v, errors %v, warnings %v", r.Passed, errs, warnings)
			}
			if r.App != d.view(name).App.ID || r.AppName != name || len(r.Checked) < 18 || len(r.Rules) < 20 || r.RulesVersion == "" {
				t.Errorf("app %q %q, %d checked, %d rules, version %q", r.App, r.AppName, len(r.Checked), len(r.Rules), r.RulesVersion)
			}
		})
	}
	_, err := d.Checks.Precheck(d.ctx, "没有")
	wants(t, err, listing.CodeNotFound)
}

// The shape of a finding: empty members are left out.
func TestFindingsLeaveEmptyMembersOut(t *testing.T) {
	d := sampleDesk(t)
	r, err := d.Checks.Precheck(d.ctx, "示例信访登记")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(r.Findings)
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	known := []string{"rule", "code", "level", "field", "file", "line", "column", "message", "effect", "fix", "waiver"}
	for _, f := range all {
		for key, value := range f {
			if !slices.Contains(known, key) || value == "" || value == nil || value == float64(0) {
				t.Errorf("%s: %q is %v", f["rule"], key, value)
			}
		}
		if !slices.Contains([]any{"error", "warning", "info"}, f["level"]) {
			t.Errorf("%s: level %v", f["rule"], f["level"])
		}
	}
}

// Only warnings can be let stand, with author, date and reason; errors never.
func TestWaivers(t *testing.T) {
	d := sampleDesk(t)
	const app = "示例驾驶舱"
	for name, tc := range map[string]struct {
		rule, field, reason string
		code                listing.Code
		words               []string
	}{
		"an error":          {"RULE-16", "", "不要紧", listing.CodeRefused, []string{"RULE-16", "须改正"}},
		"an advice":         {"RULE-20", "", "不要紧", listing.CodeRefused, []string{"RULE-20"}},
		"no reason":         {"RULE-6", "", " 　", listing.CodeInvalid, []string{"理由"}},
		"nothing to waive":  {"RULE-7", "", "不要紧", listing.CodeNotFound, []string{"RULE-7"}},
		"another field":     {"RULE-6", "app.name", "不要紧", listing.CodeNotFound, []string{"RULE-6"}},
		"no such rule":      {"RULE-99", "", "不要紧", listing.CodeNotFound, []string{"RULE-99"}},
		"nothing at all":    {"", "", "不要紧", listing.CodeNotFound, nil},
		"a tracking rule":   {"TRACK-8", "", "不要紧", listing.CodeNotFound, nil},
		"a form with a gap": {"FORM-1", "", "不要紧", listing.CodeNotFound, nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.Apps.Waive(d.ctx, app, tc.rule, tc.field, tc.reason)
			wants(t, err, tc.code, tc.words...)
			if len(d.view(app).App.Waivers) > 0 {
				t.Error("let stand all the same")
			}
		})
	}

	before, err := d.Checks.Precheck(d.ctx, app)
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.Apps.Waive(d.ctx, app, "RULE-6", "", "全市都要用，已与审核人员说明")
	if err != nil || len(a.Waivers) != 1 {
		t.Fatalf("%+v, %v", a.Waivers, err)
	}
	if w := a.Waivers[0]; w.By != "联系人甲" || w.On != "2026-03-02" || w.Reason != "全市都要用，已与审核人员说明" {
		t.Errorf("%+v", w)
	}
	after, err := d.Checks.Precheck(d.ctx, app)
	if err != nil || after.Warnings != before.Warnings-1 || len(after.Findings) != len(before.Findings) {
		t.Errorf("%d warnings, %d findings, before %d and %d: %v", after.Warnings, len(after.Findings), before.Warnings, len(before.Findings), err)
	}
	if _, err := d.Apps.Waive(d.ctx, app, "RULE-6", "", "再说明一次"); err != nil {
		t.Fatal(err)
	}
	if got := d.view(app).App.Waivers; len(got) != 1 || got[0].Reason != "再说明一次" {
		t.Errorf("%+v", got)
	}
	if _, err := d.Apps.Unwaive(d.ctx, app, "RULE-6", ""); err != nil {
		t.Fatal(err)
	}
	again, err := d.Checks.Precheck(d.ctx, app)
	if err != nil || again.Warnings != before.Warnings {
		t.Errorf("%d warnings: %v", again.Warnings, err)
	}
}

// RULE-5 and RULE-3 mix errors with warnings under one ID: a warning of such a rule does not open the way for its error.
func TestWaiverOfAMixedRuleLeavesTheError(t *testing.T) {
	d := sampleDesk(t)
	d.set("示例督办", "egress_ips=1.2.3.4|1.2.3.4")
	if _, err := d.Apps.Waive(d.ctx, "示例督办", "RULE-5", "", "待删"); err != nil {
		t.Fatal(err)
	}
	d.set("示例督办", "egress_ips=1.2.3.4|1.2.3.4|10.0.0.8")
	r, err := d.Checks.Precheck(d.ctx, "示例督办")
	if err != nil || r.Passed || r.Errors != 1 {
		t.Errorf("passed %v with %d errors: %v", r.Passed, r.Errors, err)
	}
}

// RULE-13, RULE-14, RULE-17: what was settled on the way to the listing counts whatever flow the app goes through besides.
func TestPrecheckBesideAnotherFlow(t *testing.T) {
	for _, name := range []string{"示例督办", "示例会议室", "示例食堂", "示例巡查"} {
		d := sampleDesk(t)
		before, err := d.Checks.Precheck(d.ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		d.begin(name, "FLOW-7", map[string]string{"new_name": "联系人乙", "new_phone": "13800000002"})
		after, err := d.Checks.Precheck(d.ctx, name)
		if err != nil || after.Passed != before.Passed || len(after.Findings) != len(before.Findings) {
			t.Errorf("%s: %d findings before, %d beside FLOW-7, %v", name, len(before.Findings), len(after.Findings), err)
		}
	}
}
