package service

import (
	"context"
	"slices"

	"shangjiatong/app/listing"
	"shangjiatong/app/precheck"
	"shangjiatong/app/procedure"
	"shangjiatong/app/tracking"
)

// Checks tells beforehand what reviewers would send back.
type Checks struct{ *core }

// CheckReport is the outcome of the precheck of one app.
type CheckReport struct {
	App          string            `json:"app"` // ID
	AppName      string            `json:"app_name"`
	Findings     []listing.Finding `json:"findings"`
	Passed       bool              `json:"passed"` // no error stands
	Errors       int               `json:"errors"`
	Warnings     int               `json:"warnings"` // without those let stand
	Undecided    int               `json:"undecided"`
	Checked      []string          `json:"checked"` // IDs of the rules that were looked at
	RulesVersion string            `json:"rules_version"`
	Rules        []RuleInfo        `json:"rules"`
	// Blocking are the findings that allow a package only as a draft.
	Blocking []listing.Finding `json:"blocking"`
}

// RuleInfo explains a rule to the person.
type RuleInfo struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Why    string `json:"why"`
	Fix    string `json:"fix"`
	Source string `json:"source"`
}

// Precheck checks one app.
func (s *Checks) Precheck(ctx context.Context, appID string) (CheckReport, error) {
	var out CheckReport
	err := s.view(ctx, func(r listing.Reader) error {
		run, err := s.running(r, appID)
		if err != nil {
			return err
		}
		out = s.report(run)
		return nil
	})
	return out, err
}

func (c *core) report(run *running) CheckReport {
	a := run.dossier.App
	out := CheckReport{App: a.ID, AppName: a.Name, Findings: run.findings, Passed: len(listing.Blocking(run.findings)) == 0,
		Checked: run.checked, RulesVersion: run.rulesVersion, Rules: []RuleInfo{},
		Blocking: append([]listing.Finding{}, c.rules.ForPackage(precheck.Report{Findings: run.findings})...)}
	if out.Findings == nil {
		out.Findings = []listing.Finding{}
	}
	var sum AppSummary
	sum.count(run.findings)
	out.Errors, out.Warnings, out.Undecided = sum.Errors, sum.Warnings, sum.Undecided
	for _, rule := range c.rules.Rules() {
		out.Rules = append(out.Rules, RuleInfo{ID: rule.ID, Title: rule.Title, Why: rule.Why, Fix: rule.Fix, Source: rule.Source})
	}
	return out
}

// check runs every rule over an app, its case and the other apps, and puts the outcome into run.
func (c *core) check(run *running, all []listing.App) (err error) {
	subject := precheck.Subject{Unit: run.dossier.Unit, Settings: run.settings, Vendor: run.dossier.Vendor,
		App: run.dossier.App, Others: all} // its own entry is passed over
	subject.Tracking = trackingFindings(run.facts, &run.dossier.App)
	if subject.Settled, err = c.settledToList(run); err != nil {
		return err
	}
	report := c.rules.Check(subject)
	run.checked, run.rulesVersion = report.Checked, report.RulesVersion
	run.findings = slices.Concat(report.Findings, subject.Tracking, proofFindings(&run.dossier.App))
	return nil
}

// settledToList lists the settled tasks of the app's newest case of FLOW-1, nil without one: the rules ask for them
// whatever flow the app goes through besides or afterwards.
func (c *core) settledToList(run *running) (out map[string]bool, err error) {
	if run.started && run.kase.Flow == FirstFlow {
		return settled(run.state), nil
	}
	for _, k := range slices.Backward(run.cases) {
		if k.Flow == FirstFlow {
			first := *run
			first.kase, first.started = k, true
			if err = c.replay(&first); err == nil {
				out = settled(first.state)
			}
			return out, err
		}
	}
	return out, nil
}

// settled lists the tasks that are passed or done; what was set aside as 不适用 proves nothing.
func settled(s *procedure.State) map[string]bool {
	out := map[string]bool{}
	for _, t := range s.Plan.Tasks() {
		status := s.Status(t.ID)
		out[t.ID] = status.Settled() && status != listing.StatusNotApplicable
	}
	return out
}

// trackingFindings judges the values of the tracking code (TRACK-7 to TRACK-11) once some of them are there; before
// that, RULE-14 says that they are missing.
func trackingFindings(f tracking.Facts, a *listing.App) []listing.Finding {
	if a.SappID == "" && a.SappName == "" && a.Bid == "" && a.Signkey == "" && len(a.Pages) == 0 {
		return nil
	}
	return f.CheckInputs(tracking.ParamsOf(a), a.Pages)
}
