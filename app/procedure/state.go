package procedure

import (
	"fmt"
	"slices"
	"time"

	"shangjiatong/app/listing"
)

// State is where a case stands: the status of every task, derived from the acts of the case and nothing else. It never
// changes after Replay.
type State struct {
	Plan  *Plan
	Case  listing.Case
	tasks map[string]*track
}

// track is what the acts made of one task.
type track struct {
	live []step // acts not taken back, oldest first
	// undone holds the places in Case.Acts of the acts taken back.
	undone []int
	status listing.Status
}

// step is one live act and where it led.
type step struct {
	at    int // place in Case.Acts
	to    listing.Status
	by    string // the task whose return reopened this one; empty for the task's own acts
	aside bool   // kept from another version of the flow, where it fitted; it changes nothing here
}

// own is the status by the task's own acts, whatever its needs.
func (t *track) own() listing.Status {
	if len(t.live) == 0 {
		return listing.StatusNotStarted
	}
	return t.live[len(t.live)-1].to
}

// Replay derives the state of a case. The case must be pinned to the flow of the plan. Acts are taken as they stand:
// findings and needs are not asked again, so that a case stays readable when the application's kind was corrected
// later (see State.Stray, State.Early). What no act of this program could have left behind is CodeDamaged; in a case that
// was moved to another version (see Move), acts that do not fit are set aside instead (see State.Aside).
func (p *Plan) Replay(c listing.Case) (*State, error) {
	if c.Flow != p.Flow.ID || c.FlowVersion != p.Flow.Version {
		return nil, listing.Failf(listing.CodeInternal, "请用办件所属的流程版本打开它",
			"办件属于流程 %s 的版本 %s，不是 %s 的版本 %s", c.Flow, c.FlowVersion, p.Flow.ID, p.Flow.Version)
	}
	s := &State{Plan: p, Case: c, tasks: map[string]*track{}}
	for _, stage := range p.Flow.Stages {
		for _, t := range stage.Tasks {
			s.tasks[t.ID] = &track{}
		}
	}
	for i, a := range c.Acts {
		if err := s.take(i, a); err != nil {
			return nil, err
		}
	}
	for _, t := range p.tasks {
		tr := s.track(t.ID)
		tr.status = tr.own()
		if IsOpen(tr.status) && len(s.unsettled(t.ID)) > 0 {
			tr.status = listing.StatusBlocked
		}
	}
	return s, nil
}

// track returns the track of a task of the flow, and an empty one for any other.
func (s *State) track(task string) *track {
	if tr := s.tasks[task]; tr != nil {
		return tr
	}
	return &track{}
}

// take replays one act.
func (s *State) take(i int, a listing.Act) error {
	t := s.Plan.Flow.Task(a.Task)
	r, known := ruleOf(a.Act)
	moved := len(s.Case.Moves) > 0
	if _, err := time.Parse(time.RFC3339, a.At); err != nil || a.Seq != i+1 || (t == nil && !moved) || !known {
		return damaged(a)
	}
	if a.Act == listing.ActUndo {
		return s.takeUndo(a)
	}
	tr := s.open(a.Task)
	next := step{at: i, to: r.lead(a)}
	if t != nil && (!slices.Contains(r.from, tr.own()) || r.fits(t) != "") {
		if !moved {
			return damaged(a)
		}
		next.to, next.aside = tr.own(), true
	}
	tr.live = append(tr.live, next)
	for _, id := range a.Reopens {
		other := s.track(id)
		if !moved && (a.Act != listing.ActReturn || !other.own().Settled() || len(other.live) == 0) {
			return damaged(a)
		}
		other = s.open(id)
		other.live = append(other.live, step{at: i, to: listing.StatusReturned, by: a.Task})
	}
	return nil
}

// takeUndo replays an undo: the last act of the task goes, and with a return what it reopened.
func (s *State) takeUndo(a listing.Act) error {
	tr := s.track(a.Task)
	last := len(tr.live) - 1
	if last < 0 || tr.live[last].by != "" {
		return damaged(a)
	}
	gone := tr.live[last]
	for _, id := range s.Case.Acts[gone.at].Reopens {
		other := s.track(id)
		end := len(other.live) - 1
		if end < 0 || other.live[end].at != gone.at {
			return damaged(a)
		}
		other.live = other.live[:end]
	}
	tr.undone = append(tr.undone, gone.at)
	tr.live = tr.live[:last]
	return nil
}

// open returns the track of a task, and makes one for a task the flow no longer has.
func (s *State) open(task string) *track {
	if s.tasks[task] == nil {
		s.tasks[task] = &track{}
	}
	return s.tasks[task]
}

func damaged(a listing.Act) error {
	return listing.Failf(listing.CodeDamaged, "请从快照恢复，或把数据文件交给维护人员",
		"办件记录的第 %d 条（事项 %s，动作 %s）与流程对不上", a.Seq, a.Task, a.Act)
}

// Status returns the status of a task: not_applicable for a task the kind does not have, empty for an unknown one.
func (s *State) Status(task string) listing.Status {
	switch {
	case s.Plan.Has(task):
		return s.track(task).status
	case s.Plan.Flow.Task(task) != nil:
		return listing.StatusNotApplicable
	}
	return ""
}

// Finished reports whether every task is settled.
func (s *State) Finished() bool {
	for _, t := range s.Plan.tasks {
		if !s.Status(t.ID).Settled() {
			return false
		}
	}
	return true
}

// Stray lists tasks with live acts that the case does not have: the kind was changed after they were worked on, or the
// case was moved to a version of the flow without them.
func (s *State) Stray() []string {
	var out []string
	for _, stage := range s.Plan.Flow.Stages {
		for _, t := range stage.Tasks {
			if len(s.track(t.ID).live) > 0 && !s.Plan.Has(t.ID) {
				out = append(out, t.ID)
			}
		}
	}
	var gone []string
	for id, tr := range s.tasks {
		if s.Plan.Flow.Task(id) == nil && len(tr.live) > 0 {
			gone = append(gone, id)
		}
	}
	slices.Sort(gone)
	return append(out, gone...)
}

// Aside lists tasks some of whose acts, done under another version of the flow, do not fit this one and count for
// nothing.
func (s *State) Aside() []string {
	var out []string
	for _, t := range s.Plan.tasks {
		if slices.ContainsFunc(s.track(t.ID).live, func(st step) bool { return st.aside }) {
			out = append(out, t.ID)
		}
	}
	return out
}

// Early lists tasks that are settled or sent in although something they need is not settled. Acts of this package
// never lead there; a change of the kind or of the flow's version afterwards can. What a return reopened does not count.
func (s *State) Early() []string {
	var out []string
	for _, t := range s.Plan.tasks {
		if len(s.track(t.ID).live) > 0 && len(s.neglected(t.ID)) > 0 {
			out = append(out, t.ID)
		}
	}
	return out
}

// neglected lists the unsettled needs of a task that were never settled, reopened ones left out.
func (s *State) neglected(task string) []string {
	return slices.DeleteFunc(s.unsettled(task), func(need string) bool { return s.track(need).reopened() })
}

// reopened reports whether a return of another task sent this one back and it is not settled again.
func (t *track) reopened() bool {
	return !t.own().Settled() && slices.ContainsFunc(t.live, func(st step) bool { return st.by != "" })
}

// unsettled lists the tasks that must still be settled before the given one: its needs, and what its last return
// reopened.
func (s *State) unsettled(task string) []string {
	var out []string
	for _, need := range s.Plan.needs[task] {
		if !s.track(need).own().Settled() {
			out = append(out, need)
		}
	}
	reopened := s.reopenedBy(task)
	if len(reopened) == 0 {
		return out
	}
	behind := s.Plan.behind([]string{task}) // another version of the flow may have turned the order round
	for _, id := range reopened {
		if behind[id] && !s.track(id).own().Settled() && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// reopenedBy lists the tasks that the last live return of a task reopened.
func (s *State) reopenedBy(task string) []string {
	live := s.track(task).live
	for i := len(live) - 1; i >= 0; i-- {
		if a := s.Case.Acts[live[i].at]; a.Act == listing.ActReturn && live[i].by == "" {
			return a.Reopens
		}
	}
	return nil
}

// Blocker is a task that stands in the way of another.
type Blocker struct {
	Task       string         `json:"task"`
	Title      string         `json:"title"`
	Status     listing.Status `json:"status"`
	StatusWord string         `json:"status_word"`
	Message    string         `json:"message"`
}

// Blockers lists the tasks that must still be settled before the given one can be worked on, in order.
func (s *State) Blockers(task string) []Blocker {
	out := []Blocker{}
	for _, id := range s.unsettled(task) {
		t, status := s.Plan.Flow.Task(id), s.Status(id)
		out = append(out, Blocker{Task: id, Title: t.Title, Status: status, StatusWord: status.Word(),
			Message: fmt.Sprintf("要先%s“%s %s”（现在：%s）", settleWord(t), id, t.Title, status.Word())})
	}
	return out
}

// settleWord says how a task gets settled.
func settleWord(t *Task) string {
	if t.Reviewed() {
		return "通过"
	}
	return "办结"
}

// lastLive returns the last live act of the task itself with the given name that still counts, or nil.
func (s *State) lastLive(task string, act listing.ActName) *listing.Act {
	live := s.track(task).live
	for i := len(live) - 1; i >= 0; i-- {
		if a := &s.Case.Acts[live[i].at]; a.Act == act && live[i].by == "" && !live[i].aside {
			return a
		}
	}
	return nil
}
