package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/workday"
)

// The kinds of a TodoItem.
const (
	KindAct  = "act"  // somebody has to do something
	KindWait = "wait" // something is sent in and has to be looked after
)

// TodoItem is one thing that waits for somebody.
type TodoItem struct {
	AppID      string          `json:"app_id"`
	App        string          `json:"app"`
	AppKind    listing.AppKind `json:"app_kind"`
	Region     string          `json:"region"`
	CaseID     string          `json:"case_id"`
	Flow       string          `json:"flow"`
	FlowName   string          `json:"flow_name"`
	Stage      string          `json:"stage"`
	StageName  string          `json:"stage_name"`
	Task       string          `json:"task"`
	Title      string          `json:"title"`
	Kind       string          `json:"kind"`    // act or wait
	WaitID     string          `json:"wait_id"` // WAIT-n; empty for an act and for a review whose length no fact gives
	Status     listing.Status  `json:"status"`
	StatusWord string          `json:"status_word"`
	// For is whose list the item belongs on: owner or vendor. For a wait it is who sent it in and has to ask.
	For string `json:"for"`
	// Party is the group (see Groups) that is waited for, Who the actor.
	Party       string `json:"party"`
	PartyWord   string `json:"party_word"`
	Who         string `json:"who"`
	NetworkName string `json:"network_name"`
	NotBefore   string `json:"not_before"` // cannot be begun earlier; empty for at once
	Since       string `json:"since"`
	Days        int    `json:"days"` // working days waited
	Due         string `json:"due"`  // empty when nobody says when
	Remind      string `json:"remind"`
	Overdue     bool   `json:"overdue"`
	Estimated   bool   `json:"estimated"` // 推算
	Day         int    `json:"day"`       // of a wait counted in working days: day …
	Of          int    `json:"of"`        // … of so many; else 0
	Message     string `json:"message"`
}

// Filter narrows a list of items; empty members do not filter.
type Filter struct {
	For     string    // procedure.PartyOwner or PartyVendor: items for that role
	Party   string    // ID of a group: who is waited for
	AppID   string    //
	AppKind string    //
	Region  string    //
	Flow    string    //
	Query   string    // part of the app's name or the task's title
	Kind    string    // KindAct or KindWait
	Overdue bool      // only what is overdue
	Until   time.Time // only what is due by then; zero for all, also what has no due date
}

// Todo lists everything that waits for somebody: what is overdue and due first, by due date, then what was returned,
// then what has waited longest. Archived apps and finished cases have nothing to do.
func Todo(in Input, f Filter) ([]TodoItem, error) {
	all, err := groups()
	if err != nil {
		return nil, err
	}
	out := []TodoItem{}
	for _, e := range in.Entries {
		if e.App.Archived {
			continue
		}
		for _, s := range e.Cases {
			for _, item := range itemsOf(all, e, s, in.Now, in.Calendar) {
				if f.Takes(item) {
					out = append(out, item)
				}
			}
		}
	}
	slices.SortStableFunc(out, byUrgency)
	return out, nil
}

// Takes tells whether an item is one the filter lets through.
func (f Filter) Takes(i TodoItem) bool {
	is := func(wanted, have string) bool { return wanted == "" || wanted == have }
	return is(f.For, i.For) && is(f.Party, i.Party) && is(f.AppID, i.AppID) && is(f.AppKind, string(i.AppKind)) &&
		is(f.Region, i.Region) && is(f.Flow, i.Flow) && is(f.Kind, i.Kind) && (!f.Overdue || i.Overdue) &&
		(f.Until.IsZero() || i.Due != "" && !moment(i.Due).After(f.Until)) &&
		(strings.Contains(i.App, f.Query) || strings.Contains(i.Title, f.Query))
}

func byUrgency(a, b TodoItem) int {
	rank := func(i TodoItem) int {
		switch {
		case i.Due != "":
			return 0
		case i.Status == listing.StatusReturned:
			return 1
		case i.NotBefore != "":
			return 3
		}
		return 2
	}
	return cmp.Or(
		cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Due, b.Due), cmp.Compare(a.NotBefore, b.NotBefore),
		cmp.Compare(b.Days, a.Days), cmp.Compare(a.App, b.App), cmp.Compare(a.AppID, b.AppID),
		cmp.Compare(a.CaseID, b.CaseID), cmp.Compare(a.Task, b.Task), cmp.Compare(a.WaitID, b.WaitID))
}

// itemsOf lists what a running case waits for at now: what can be done, in the order of procedure's Next, then its
// waits. A task somebody of a platform does is a wait when the flow has one for it.
func itemsOf(all []Group, e Entry, s *procedure.State, now time.Time, cal *workday.Calendar) []TodoItem {
	if s.Case.ClosedAt != "" || s.Finished() {
		return nil
	}
	waits := s.Waits(now, cal)
	waited := map[string]bool{}
	for _, w := range waits {
		waited[w.Task] = true
	}
	var out []TodoItem
	for _, n := range s.Next(now, cal, "").Steps {
		if waited[n.Task] && n.Party == procedure.PartyPlatform {
			continue
		}
		out = append(out, actItem(all, e, s, n, now, cal))
	}
	for _, w := range waits {
		out = append(out, waitItem(all, e, s, w, now, cal))
	}
	return out
}

func blank(e Entry, s *procedure.State, task string) TodoItem {
	f := s.Plan.Flow
	status := s.Status(task)
	i := TodoItem{AppID: e.App.ID, App: e.App.Name, AppKind: e.App.Kind, Region: e.App.ProcessRegion, CaseID: s.Case.ID,
		Flow: f.ID, FlowName: f.Name, Task: task, Status: status, StatusWord: status.Word()}
	if t := f.Task(task); t != nil {
		i.Title = t.Title
		if net := f.Network(t.Network); net != nil {
			i.NetworkName = net.Name
		}
		i.For = sender(f, t)
	}
	for _, stage := range f.Stages {
		if slices.ContainsFunc(stage.Tasks, func(t procedure.Task) bool { return t.ID == task }) {
			i.Stage, i.StageName = stage.ID, stage.Name
		}
	}
	return i
}

// sender says on whose list a task belongs: who does it, and the owner where a platform's people do.
func sender(f *procedure.Flow, t *procedure.Task) string {
	if a := f.Actor(t.Actor); a != nil && a.Party == procedure.PartyVendor {
		return procedure.PartyVendor
	}
	return procedure.PartyOwner
}

func actItem(all []Group, e Entry, s *procedure.State, n procedure.NextStep, now time.Time, cal *workday.Calendar) TodoItem {
	i := blank(e, s, n.Task)
	g := groupOf(all, s.Plan.Flow.Actor(n.Actor))
	i.Kind, i.Party, i.PartyWord, i.Who = KindAct, g.ID, g.Word, n.ActorName
	i.NotBefore, i.Message = n.NotBefore, n.Reason
	i.waited(openSince(s, n.Task), now, cal)
	return i
}

func waitItem(all []Group, e Entry, s *procedure.State, w procedure.Wait, now time.Time, cal *workday.Calendar) TodoItem {
	i := blank(e, s, w.Task)
	f := s.Plan.Flow
	actor := ""
	if t := f.Task(w.Task); t != nil {
		actor = cmp.Or(t.Reviewer, t.Actor)
	}
	g := groupOf(all, f.Actor(actor))
	i.Kind, i.WaitID, i.Party, i.PartyWord, i.Who = KindWait, w.WaitID, g.ID, g.Word, w.ActorName
	i.waited(moment(w.Received), now, cal)
	i.Since, i.Due, i.Remind, i.Overdue = w.Since, w.Due, w.Remind, w.Overdue
	i.Estimated = i.Estimated || w.Estimated
	if w.DaysTotal > 0 {
		i.Day, i.Of = w.Day, w.DaysTotal
	}
	i.Title = cmp.Or(w.Name, i.Title)
	i.Message = w.Message
	return i
}

func (i *TodoItem) waited(since, now time.Time, cal *workday.Calendar) {
	i.Since = stamp(since)
	n, estimated := cal.Between(since, now)
	i.Days, i.Estimated = max(n, 0), estimated
}

// openSince returns when a task came to be somebody's turn: when it was last sent back, else when the last thing it
// needs was settled, else when the case began.
func openSince(s *procedure.State, task string) time.Time {
	since := moment(s.Case.StartedAt)
	later := func(t time.Time) {
		if t.After(since) {
			since = t
		}
	}
	if s.Status(task) == listing.StatusReturned {
		later(sentBack(s.Case, task))
		return since
	}
	for _, need := range s.Plan.Needs(task) {
		if !s.Status(need).Settled() {
			continue
		}
		for _, h := range s.History(need) {
			if !h.Undone && h.Act != listing.ActUndo {
				later(moment(h.At))
			}
		}
	}
	return since
}

// sentBack returns when a task was last returned, itself or through another task's return.
func sentBack(c listing.Case, task string) time.Time {
	for _, a := range slices.Backward(c.Acts) {
		if a.Act == listing.ActReturn && (a.Task == task || slices.Contains(a.Reopens, task)) {
			return moment(a.At)
		}
	}
	return time.Time{}
}
