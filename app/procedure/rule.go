package procedure

import (
	"slices"

	"shangjiatong/app/listing"
)

// rule is one line of the table of acts: where an act may start, where it leads, and what it needs besides.
type rule struct {
	from     []listing.Status
	to       listing.Status
	complete listing.Status       // fill: where it leads when every field is filled in; else empty
	fits     func(t *Task) string // why a task does not have this act at all, or empty
	gated    bool                 // stopped by blocking findings of the task's gates
	reason   bool                 // needs a reason
	proof    bool                 // needs a proof
	first    string               // the way out when the state is wrong
}

// ruleOf returns the line of the table for an act, and whether the act is known.
func ruleOf(act listing.ActName) (rule, bool) {
	sent := []listing.Status{listing.StatusSubmitted, listing.StatusInReview}
	const submitFirst = "先“登记提交”，有了审核结果再登记"
	const reopen = "要改动，先“撤回上一步”"
	switch act {
	case listing.ActFill:
		return rule{from: openStatuses(), to: listing.StatusInProgress, complete: listing.StatusFilled,
			fits: anyTask, first: reopen}, true
	case listing.ActGenerate:
		return rule{from: openStatuses(), to: listing.StatusGenerated, fits: withMaterials, first: reopen}, true
	case listing.ActSubmit:
		return rule{from: openStatuses(), to: listing.StatusSubmitted, fits: reviewed, gated: true, first: reopen}, true
	case listing.ActReview:
		return rule{from: sent[:1], to: listing.StatusInReview, fits: reviewed, first: submitFirst}, true
	case listing.ActPass:
		return rule{from: sent, to: listing.StatusPassed, fits: reviewed, first: submitFirst}, true
	case listing.ActReturn:
		return rule{from: sent, to: listing.StatusReturned, fits: reviewed, reason: true, first: submitFirst}, true
	case listing.ActConfirm:
		return rule{from: openStatuses(), to: listing.StatusDone, fits: unreviewed, gated: true, proof: true, first: reopen}, true
	case listing.ActSkip:
		return rule{from: openStatuses(), to: listing.StatusNotApplicable, fits: skippable, reason: true, first: reopen}, true
	case listing.ActUndo:
		return rule{fits: anyTask, reason: true}, true
	}
	return rule{fits: anyTask}, false
}

// openStatuses lists the statuses in which a task can be worked on.
func openStatuses() []listing.Status {
	return []listing.Status{listing.StatusNotStarted, listing.StatusInProgress, listing.StatusFilled,
		listing.StatusGenerated, listing.StatusReturned}
}

// IsOpen reports whether a task with this status is there to be worked on: not blocked, not sent in, not settled.
func IsOpen(s listing.Status) bool { return slices.Contains(openStatuses(), s) }

// lead returns the status an act leads to.
func (r rule) lead(a listing.Act) listing.Status {
	if a.Complete && r.complete != "" {
		return r.complete
	}
	return r.to
}

func anyTask(*Task) string { return "" }

func withMaterials(t *Task) string {
	if len(t.Materials) == 0 {
		return "本事项没有要生成的材料"
	}
	return ""
}

func reviewed(t *Task) string {
	if !t.Reviewed() {
		return "本事项不经审核，办好后附上证明直接“登记办结”"
	}
	return ""
}

func unreviewed(t *Task) string {
	if t.Reviewed() {
		return "本事项要经审核，请用“登记提交”和“登记通过”"
	}
	return ""
}

func skippable(t *Task) string {
	if !t.Skippable() {
		return "本事项不能跳过，必须办理"
	}
	return ""
}
