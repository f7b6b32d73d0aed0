package procedure

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

// Doing is what somebody wants to do to a task.
type Doing struct {
	Task   string
	Act    listing.ActName
	By     string // 操作人
	At     string // RFC 3339
	Reason string
	// Proofs are IDs of proofs of the case. A confirm without any takes the proofs the task already has.
	Proofs   []string
	Complete bool // fill: every field the task needs is filled in
	// Reopens (return) names the settled tasks that have to be done again, each among Reopenable; Links (return) says
	// what the reviewer's words, in Reason, are about.
	Reopens []string
	Links   []listing.Link
	// Findings are all findings about the app; those that block and belong to the task's gates stop submit and confirm.
	Findings []listing.Finding
}

// Can says what stands against an act in the present state, or nil: blocked tasks are named with their titles, findings
// with their rules. What the person still has to give (reason, proof) is not asked; see Apply.
func (s *State) Can(task string, act listing.ActName, findings []listing.Finding) *listing.Error {
	t := s.Plan.Flow.Task(task)
	if t == nil {
		return listing.Failf(listing.CodeNotFound, "请检查事项编号，例如 STEP-2.1", "流程“%s”里没有事项 %s", s.Plan.Flow.Name, task)
	}
	r, known := ruleOf(act)
	if !known {
		return listing.Failf(listing.CodeInvalid, "动作只能是 "+actList(), "不认识动作“%s”", act)
	}
	if act == listing.ActUndo {
		return s.canUndo(t)
	}
	if !s.Plan.Has(task) {
		return listing.Failf(listing.CodeRefused, "无需办理；应用类型选错时请到“资料”里改",
			"“%s %s”不适用于这类应用", t.ID, t.Title)
	}
	if blockers := s.Blockers(task); len(blockers) > 0 && IsOpen(s.track(task).own()) { // results come from outside
		return blockedBy(t, act, blockers)
	}
	if misfit := r.fits(t); misfit != "" {
		return refuse(t, act, misfit, "请看本事项能做的动作")
	}
	if status := s.Status(task); !slices.Contains(r.from, status) {
		return refuse(t, act, "现在是“"+status.Word()+"”", r.first)
	}
	if r.gated {
		return gate(t, act, findings)
	}
	return nil
}

func actList() string {
	var words []string
	for _, a := range listing.ActNames() {
		words = append(words, string(a))
	}
	return strings.Join(words, "、")
}

func refuse(t *Task, act listing.ActName, why, hint string) *listing.Error {
	return listing.Failf(listing.CodeRefused, hint, "“%s %s”不能%s：%s", t.ID, t.Title, act.Word(), why)
}

func blockedBy(t *Task, act listing.ActName, blockers []Blocker) *listing.Error {
	var names []string
	for _, b := range blockers {
		names = append(names, fmt.Sprintf("%s %s（%s）", b.Task, b.Title, b.StatusWord))
	}
	return refuse(t, act, "要等这些事项办好："+strings.Join(names, "、"), "先办 "+blockers[0].Task+" "+blockers[0].Title)
}

// gate refuses an act while a finding that blocks belongs to the gates of the task.
func gate(t *Task, act listing.ActName, findings []listing.Finding) *listing.Error {
	var rules []string
	var first listing.Finding
	for _, f := range listing.Blocking(findings) {
		if !slices.Contains(t.Gates, f.Rule) || slices.Contains(rules, f.Rule) {
			continue
		}
		if len(rules) == 0 {
			first = f
		}
		rules = append(rules, f.Rule)
	}
	if len(rules) == 0 {
		return nil
	}
	hint := first.Fix
	if hint == "" {
		hint = "到“核对”里逐条改正"
	}
	e := refuse(t, act, fmt.Sprintf("还有 %d 项核对没有通过（%s），例如：%s", len(rules), strings.Join(rules, "、"), first.Message), hint)
	e.Field = first.Field
	return e
}

// canUndo refuses to take an act back while later acts rely on it: those of tasks that need this one or were returned
// with it, and those of tasks that the act itself reopened.
func (s *State) canUndo(t *Task) *listing.Error {
	live := s.track(t.ID).live
	if len(live) == 0 {
		return refuse(t, listing.ActUndo, "没有可以撤回的动作", "")
	}
	last := live[len(live)-1]
	if last.by != "" {
		by := last.by + " " + s.title(last.by)
		return refuse(t, listing.ActUndo, "它是因“"+by+"”被退回而重新打开的", "要恢复原状，请撤回“"+by+"”的登记退回")
	}
	if names := s.redone(last.at); len(names) > 0 {
		return refuse(t, listing.ActUndo, "退回后重新打开的事项已经在办："+strings.Join(names, "、"), "先把这些事项新办的动作撤回")
	}
	before := listing.StatusNotStarted
	if len(live) > 1 {
		before = live[len(live)-2].to
	}
	if !s.track(t.ID).own().Settled() || before.Settled() {
		return nil
	}
	if names := s.builtOn(t.ID, last.at); len(names) > 0 {
		return refuse(t, listing.ActUndo, "后面的事项已经在它之上办理："+strings.Join(names, "、"), "先把这些事项的动作撤回")
	}
	return nil
}

func (s *State) title(task string) string {
	if t := s.Plan.Flow.Task(task); t != nil {
		return t.Title
	}
	return ""
}

// redone names the tasks reopened by the act at a place that have newer acts.
func (s *State) redone(at int) []string {
	var names []string
	for _, id := range s.Case.Acts[at].Reopens {
		if live := s.track(id).live; len(live) > 0 && live[len(live)-1].at != at {
			names = append(names, strings.TrimSpace(id+" "+s.title(id)))
		}
	}
	return names
}

// builtOn names the tasks with acts after the given place that rely on a task being settled.
func (s *State) builtOn(task string, at int) []string {
	var names []string
	for _, t := range s.Plan.tasks {
		relies := slices.Contains(s.Plan.needs[t.ID], task) || slices.Contains(s.reopenedBy(t.ID), task)
		live := s.track(t.ID).live
		if relies && len(live) > 0 && live[len(live)-1].at > at {
			names = append(names, t.ID+" "+t.Title)
		}
	}
	return names
}

// Apply does an act: it returns the case with the act appended and leaves the given one as it is. It refuses what Can
// refuses, and an act without the reason or the proof it needs (CodeRefused with Field reason or proof), without a
// person or a readable time (CodeInvalid), with a proof the case does not have (CodeNotFound), or a return with tasks or
// links that it cannot have (CodeInvalid, Field reopens or links). When the act settles
// the last task, the case is closed at that time; an undo opens it again.
func (s *State) Apply(d Doing) (listing.Case, error) {
	if e := s.Can(d.Task, d.Act, d.Findings); e != nil {
		return s.Case, e
	}
	r, _ := ruleOf(d.Act)
	t := s.Plan.Flow.Task(d.Task)
	proofs, e := s.complete(t, r, d)
	if e == nil {
		e = s.checkReturn(t, d)
	}
	if e != nil {
		return s.Case, e
	}
	next := s.Case
	next.Acts = append(slices.Clone(s.Case.Acts), listing.Act{
		Seq: len(s.Case.Acts) + 1, Task: d.Task, Act: d.Act, By: strings.TrimSpace(d.By), At: d.At,
		Reason: strings.TrimSpace(d.Reason), Proofs: proofs, Complete: d.Act == listing.ActFill && d.Complete,
		Reopens: slices.Clone(d.Reopens), Links: slices.Clone(d.Links),
	})
	after, err := s.Plan.Replay(next)
	if err != nil {
		return s.Case, fmt.Errorf("act %s on %s: %w", d.Act, d.Task, err)
	}
	next.ClosedAt = ""
	if after.Finished() {
		next.ClosedAt = d.At
	}
	return next, nil
}

// complete checks what the person has to give and returns the proofs that go with the act.
func (s *State) complete(t *Task, r rule, d Doing) ([]string, *listing.Error) {
	if e := signed(d.By, d.At); e != nil {
		return nil, e
	}
	if r.reason && strings.TrimSpace(d.Reason) == "" {
		e := refuse(t, d.Act, "没有写理由", "请写明理由，记录里会保留")
		e.Field = "reason"
		return nil, e
	}
	proofs := slices.Clone(d.Proofs)
	if r.proof && len(proofs) == 0 {
		proofs = s.proofsOf(t.ID)
	}
	for _, id := range proofs {
		if e := s.checkProof(t, id); e != nil {
			return nil, e
		}
	}
	if r.proof && len(proofs) == 0 {
		e := refuse(t, d.Act, "还没有证明", "请附上："+t.Proof.What+"，文件或一句说明都可以")
		e.Field = "proof"
		return nil, e
	}
	return proofs, nil
}

func signed(by, at string) *listing.Error {
	if strings.TrimSpace(by) == "" {
		e := listing.Fail(listing.CodeInvalid, "没有写操作人", "请先在“设置”里填写操作人")
		e.Field = "by"
		return e
	}
	if _, err := time.Parse(time.RFC3339, at); err != nil {
		e := listing.Failf(listing.CodeInvalid, "时间应像 2026-03-02T09:30:00+08:00 这样", "时间“%s”读不懂", at)
		e.Field = "at"
		return e.Because(err)
	}
	return nil
}

func (s *State) proofsOf(task string) []string {
	var out []string
	for _, p := range s.Case.Proofs {
		if p.Task == task {
			out = append(out, p.ID)
		}
	}
	return out
}

func (s *State) checkProof(t *Task, id string) *listing.Error {
	for _, p := range s.Case.Proofs {
		if p.ID != id || p.Task != t.ID {
			continue
		}
		if p.File == nil && strings.TrimSpace(p.Note) == "" {
			return listing.Failf(listing.CodeRefused, "请附上文件，或写一句说明", "“%s %s”的证明 %s 是空的", t.ID, t.Title, id)
		}
		return nil
	}
	return listing.Failf(listing.CodeNotFound, "请先把证明加到这个事项里", "“%s %s”没有证明 %s", t.ID, t.Title, id)
}
