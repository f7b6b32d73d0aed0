package service

import (
	"fmt"
	"slices"
	"time"

	"shangjiatong/app/listing"
)

// breaksOff records that a run ended before its end.
func breaksOff(a *listing.Action, at, reason, hint string) {
	b := listing.ActionBreak{At: at, Reason: reason}
	if n := len(a.Steps); n > 0 {
		b.Step, b.Word = a.Steps[n-1].Step, a.Steps[n-1].Word
	}
	a.State, a.Reason, a.Hint = listing.ActionStopped, reason, hint
	a.Breaks = append(slices.Clone(a.Breaks), b)
}

// cutOff puts an action right that the program had under way when it was ended: nobody could record that.
func (c *core) cutOff(a *listing.Action) {
	if a.State != listing.ActionRunning && a.State != listing.ActionWaiting || c.asking.runs(a.ID) {
		return
	}
	breaksOff(a, a.ChangedAt, "程序中断了，没有办完", "再次办理时会先看平台上已经有什么")
	if !standsOver(*a) {
		a.Asking = nil
	}
}

func reached(a listing.Action, step string) bool {
	return slices.ContainsFunc(a.Steps, func(s listing.ActionStep) bool { return s.Step == step })
}

// waited reports whether everything was filled in and the person may have pressed the final button.
func waited(a listing.Action) bool { return a.Filled != nil && reached(a, stepWait) }

// doubtful reports whether the person may have sent what no list shows: a form that was only begun may have been filled
// in to its end by hand.
func doubtful(a listing.Action) bool {
	n := len(a.Breaks)
	return waited(a) || n > 0 && a.Breaks[n-1].Step == stepFill && !a.Breaks[n-1].Unsent
}

// maySend reports whether the person may have sent what a list does not show yet: everything was filled in, a final button
// was hit, or the list is one that shows it late.
func maySend(a listing.Action) bool {
	return waited(a) || a.Filled != nil && a.Filled.PressedFinal || a.Kind == listing.ActionCatalog && doubtful(a)
}

// unsent takes the person's word that nothing was sent: what was filled in is gone.
func unsent(a *listing.Action) {
	a.Filled, a.Breaks = nil, slices.Clone(a.Breaks)
	if n := len(a.Breaks); n > 0 {
		a.Breaks[n-1].Unsent = true
	}
}

// sawLeave reports whether the program saw the form go that was filled in last.
func sawLeave(a listing.Action) bool {
	for _, s := range slices.Backward(a.Steps) {
		if s.Step == stepWait {
			return s.OK
		}
	}
	return false
}

// notes tell of a receipt what its outcome leaves out: where the action broke off, and what therefore nobody has seen.
func (r *runner) notes(rec listing.Receipt) []string {
	out := []string{}
	if r.a.Filled != nil {
		out = append(out, r.a.Filled.Notes...)
	}
	for _, b := range r.a.Breaks {
		out = append(out, fmt.Sprintf("%s 办到“%s”时停下：%s", minute(b.At), b.Word, b.Reason))
	}
	if !r.late {
		return out
	}
	if rec.Outcome != listing.OutcomeTold {
		out = append(out, "接着办时平台的列表里已经有了，没有再填，也没有再提交")
	}
	switch {
	case len(rec.Fields) == 0:
		out = append(out, "提交的时候程序没有看着，也没有读到填写的内容")
	default:
		seen := map[bool]string{true: "程序看到表单离开，没有看到结果", false: "提交的时候程序没有看着"}[sawLeave(r.a)]
		out = append(out, fmt.Sprintf("%s；填写的内容是 %s 填好时页面上的，后来改过的不在里面", seen, minute(r.a.Filled.At)))
	}
	return out
}

// minute is a moment as a person reads it, on the clock of this machine.
func minute(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	return t.Format("2006-01-02 15:04")
}
