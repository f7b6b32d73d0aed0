package service

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/report"
	"shangjiatong/app/tracking"
)

// keptChecks is how many checks of an app are kept beside the one that proves its tracking code; keptFindings is how many
// findings of one.
const (
	keptChecks   = 20
	keptFindings = 1000
)

// CheckView is a kept check.
type CheckView struct {
	ID     string          `json:"id"`
	AppID  string          `json:"app_id"`
	At     string          `json:"at"`
	By     string          `json:"by"`
	Digest string          `json:"digest"`
	Proves bool            `json:"proves"`  // its report was taken as the proof of STEP-3.2
	Stale  bool            `json:"stale"`   // the code was changed after this check
	WhyNot string          `json:"why_not"` // why it cannot be taken as the proof; empty when it can
	Result tracking.Result `json:"result"`
}

// CheckBrief is a kept check in a list.
type CheckBrief struct {
	ID       string             `json:"id"`
	At       string             `json:"at"`
	By       string             `json:"by"`
	Kind     tracking.CheckKind `json:"kind"`
	KindWord string             `json:"kind_word"`
	Target   string             `json:"target"`
	Passed   bool               `json:"passed"`
	Errors   int                `json:"errors"`
	Pages    int                `json:"pages"`
	Good     int                `json:"good"` // pages that are 合格
	Proves   bool               `json:"proves"`
	Stale    bool               `json:"stale"`
}

// keepCheck keeps a result for an app and remembers which code was seen last.
func (s *Tracking) keepCheck(ctx context.Context, about Subject, digest string, r tracking.Result) (CheckView, error) {
	if len(r.Findings) > keptFindings {
		r.Findings = r.Findings[:keptFindings]
	}
	by, err := s.operator(ctx)
	if err != nil {
		return CheckView{}, err
	}
	id, err := uuid.NewV7() // in the order of time, for checks of the same second
	if err != nil {
		return CheckView{}, fmt.Errorf("id of a check: %w", err)
	}
	var view CheckView
	err = s.change(ctx, "检查埋点（"+r.Kind.Word()+"）", about.App, func(w listing.Writer) error {
		a, err := app(w, about.App)
		if err != nil {
			return err
		}
		check := tracking.Check{ID: id.String(), AppID: a.ID, At: s.stamp(), By: by, Digest: digest, Params: about.Params, Result: r}
		if err := w.Put(check); err != nil {
			return err
		}
		if digest != "" {
			a.Tracked.Seen, a.Tracked.SeenAt = digest, check.At
			if err := w.Put(a); err != nil {
				return err
			}
		}
		view = viewOf(check, a)
		return forgetOld(w, a)
	})
	return view, err
}

// forgetOld removes the oldest checks of an app beyond what is kept.
func forgetOld(w listing.Writer, a listing.App) error {
	all, err := checksOf(w, a.ID)
	if err != nil {
		return err
	}
	for _, old := range all[min(len(all), keptChecks):] {
		if old.ID == a.Tracked.CheckID {
			continue
		}
		if err := w.Delete(listing.KindCheck, old.ID); err != nil {
			return err
		}
	}
	return nil
}

// checksOf lists the kept checks of an app, newest first.
func checksOf(r listing.Reader, appID string) ([]tracking.Check, error) {
	all, err := listing.All[tracking.Check](r)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c tracking.Check) bool { return c.AppID != appID })
	slices.SortStableFunc(all, func(a, b tracking.Check) int { return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.ID, a.ID)) })
	return all, nil
}

func viewOf(c tracking.Check, a listing.App) CheckView {
	v := CheckView{ID: c.ID, AppID: c.AppID, At: c.At, By: c.By, Digest: c.Digest, Result: c.Result,
		Proves: c.ID == a.Tracked.CheckID, Stale: outdatedBy(c, a)}
	v.WhyNot = whyNot(v)
	return v
}

// whyNot says what stands against taking a check as the proof of STEP-3.2, which asks for a report with every page 合格.
func whyNot(v CheckView) string {
	r := v.Result
	switch {
	case !r.Passed:
		return "这次检查没有通过，不能作为办结依据：逐条改正后重新检查"
	case v.Stale:
		return "这次检查之后代码又变过，不能作为办结依据：用现在的代码重新检查"
	case len(r.Pages) == 0:
		return "这次检查没有看到页面，不能作为办结依据：选择完整的代码重新检查"
	case r.Unproven() > 0:
		return fmt.Sprintf("还有 %d 页没有判为合格，不能作为办结依据：用“实测”打开这些页面", r.Unproven())
	}
	return ""
}

// outdatedBy reports whether other code was seen after a check.
func outdatedBy(c tracking.Check, a listing.App) bool {
	return c.Digest != "" && a.Tracked.Seen != "" && c.Digest != a.Tracked.Seen
}

// Checks lists the kept checks of an app, newest first.
func (s *Tracking) Checks(ctx context.Context, appID string) ([]CheckBrief, error) {
	out := []CheckBrief{}
	err := s.view(ctx, func(r listing.Reader) error {
		a, err := app(r, appID)
		if err != nil {
			return err
		}
		all, err := checksOf(r, a.ID)
		for _, c := range all {
			out = append(out, briefOf(c, a))
		}
		return err
	})
	return out, err
}

func briefOf(c tracking.Check, a listing.App) CheckBrief {
	b := CheckBrief{ID: c.ID, At: c.At, By: c.By, Kind: c.Result.Kind, KindWord: c.Result.Kind.Word(), Target: c.Result.Target,
		Passed: c.Result.Passed, Pages: len(c.Result.Pages), Proves: c.ID == a.Tracked.CheckID, Stale: outdatedBy(c, a)}
	b.Errors = len(listing.Blocking(c.Result.Findings))
	for _, p := range c.Result.Pages {
		if p.Verdict == tracking.VerdictPass {
			b.Good++
		}
	}
	return b
}

// CheckOf returns a kept check.
func (s *Tracking) CheckOf(ctx context.Context, id string) (CheckView, error) {
	var view CheckView
	err := s.view(ctx, func(r listing.Reader) error {
		c, a, err := keptCheck(r, id)
		view = viewOf(c, a)
		return err
	})
	return view, err
}

func keptCheck(r listing.Reader, id string) (tracking.Check, listing.App, error) {
	c, err := listing.Load[tracking.Check](r, id)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return c, listing.App{}, listing.Fail(listing.CodeNotFound, "没有这次检查的结果", "较早的检查不再保留，请重新检查")
	}
	if err != nil {
		return c, listing.App{}, err
	}
	a, err := app(r, c.AppID)
	return c, a, err
}

// trackedTask is the task that a passing report proves (STEP-3.2), reportSlot where the report is attached.
const (
	trackedTask = "STEP-3.2"
	reportSlot  = "tracking-report"
)

// Prove takes the report of a passing check as the proof of STEP-3.2: it is attached to the app, so that it goes into the
// package, and to the task of the running case, if there is one. The person still marks the task as done.
func (s *Tracking) Prove(ctx context.Context, id string) (CheckView, error) {
	view, err := s.CheckOf(ctx, id)
	if err != nil {
		return view, err
	}
	if view.WhyNot != "" {
		what, how, _ := strings.Cut(view.WhyNot, "：")
		return view, listing.Fail(listing.CodeRefused, what, how)
	}
	name, body, err := s.Report(ctx, id, "docx")
	if err != nil {
		return view, err
	}
	file, err := os.CreateTemp("", "shangjiatong-report-*.docx")
	if err != nil {
		return view, unwritable(os.TempDir(), err)
	}
	defer func() { _ = os.Remove(file.Name()) }()
	_, err = file.Write(body)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return view, unwritable(file.Name(), err)
	}
	return s.attachReport(ctx, view, name, file.Name())
}

func (s *Tracking) attachReport(ctx context.Context, view CheckView, name, path string) (CheckView, error) {
	place := s.forms.Slot(reportSlot)
	if place == nil {
		return view, listing.Fail(listing.CodeInternal, "没有放埋点检查报告的位置", "请重新安装程序")
	}
	att, err := s.keep(ctx, place, name, path)
	if err != nil {
		return view, err
	}
	err = s.change(ctx, "埋点检查报告作为 "+trackedTask+" 的依据", view.AppID, func(w listing.Writer) error {
		a, err := app(w, view.AppID)
		if err != nil {
			return err
		}
		if a.Attachments == nil {
			a.Attachments = map[string]listing.Attachment{}
		}
		a.Attachments[reportSlot] = att
		a.Tracked = listing.TrackingProof{CheckID: view.ID, Digest: view.Digest, Report: att.SHA256, At: s.stamp(), By: att.AddedBy, Seen: a.Tracked.Seen, SeenAt: a.Tracked.SeenAt}
		if err := w.Put(a); err != nil {
			return err
		}
		return s.proveCase(w, a.ID, att)
	})
	if err != nil {
		return view, err
	}
	return s.CheckOf(ctx, view.ID)
}

// proveCase adds the report to STEP-3.2 of the running case of an app; there may be none.
func (s *Tracking) proveCase(w listing.Writer, appID string, att listing.Attachment) error {
	cases, err := casesOf(w, appID)
	if err != nil {
		return err
	}
	for _, k := range cases {
		if k.ClosedAt != "" {
			continue
		}
		run, err := (&Cases{s.core}).startedCase(w, k.ID)
		if err != nil || !run.state.Plan.Has(trackedTask) {
			continue
		}
		k.Proofs = append(k.Proofs, listing.Proof{ID: uuid.NewString(), Task: trackedTask, File: &att, By: att.AddedBy, At: s.stamp()})
		return w.Put(k)
	}
	return nil
}

// proofFindings says when the proof of the tracking code no longer holds (RULE-14).
func proofFindings(a *listing.App) []listing.Finding {
	if !a.Tracked.Stale() {
		return nil
	}
	return []listing.Finding{{Rule: "RULE-14", Code: listing.FindingViolated, Level: listing.LevelError,
		Message: "代码在埋点检查之后变过，原来的检查报告不再作数",
		Effect:  "提交的报告与上传的代码对不上，验收会退回", Fix: "用现在的代码重新检查，通过后再作为办结依据"}}
}

// Report makes the report of a kept check in a format: docx, html or pdf.
func (s *Tracking) Report(ctx context.Context, id, format string) (name string, body []byte, err error) {
	if !slices.Contains([]string{"docx", "html", "pdf"}, format) {
		return "", nil, listing.Failf(listing.CodeInvalid, "可以写：docx、html、pdf", "没有“%s”这种格式", format)
	}
	var r report.TrackCheck
	err = s.view(ctx, func(reader listing.Reader) error {
		c, a, err := keptCheck(reader, id)
		if err != nil {
			return err
		}
		u, err := unit(reader)
		r = report.TrackCheck{Unit: u.Name, App: a.Name, Identifier: a.Identifier, Check: c}
		return err
	})
	if err != nil {
		return "", nil, err
	}
	body, err = s.printed(ctx, r, format)
	return document.SafeName("埋点检查报告-" + r.App + "-" + r.Check.At[:10] + "." + format), body, err
}
