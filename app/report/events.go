package report

import (
	"cmp"
	"slices"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// The kinds of an Event.
const (
	EventStarted = "started" // a case was begun
	EventAct     = "act"
	EventClosed  = "closed" // a case was finished
)

// Event is something that happened.
type Event struct {
	Kind     string `json:"kind"`
	At       string `json:"at"`
	AppID    string `json:"app_id"`
	App      string `json:"app"`
	CaseID   string `json:"case_id"`
	FlowName string `json:"flow_name"`
	Seq      int    `json:"seq"` // of an act
	Task     string `json:"task"`
	Title    string `json:"title"`
	Act      string `json:"act"` // listing.ActName
	Word     string `json:"word"`
	By       string `json:"by"`
	Reason   string `json:"reason"`
	Undone   bool   `json:"undone"` // taken back by the end of the span

	at time.Time
}

// happened lists what happened in a case between from and end, both included. s is the case as of end.
func happened(app listing.App, s *procedure.State, from, end time.Time) []Event {
	base := Event{AppID: app.ID, App: app.Name, CaseID: s.Case.ID, FlowName: s.Plan.Flow.Name}
	within := func(at string) bool { return at != "" && !moment(at).Before(from) && !moment(at).After(end) }
	var out []Event
	if within(s.Case.StartedAt) {
		ev := base
		ev.Kind, ev.At, ev.By, ev.Word = EventStarted, s.Case.StartedAt, s.Case.StartedBy, "开始办理"
		ev.at = moment(ev.At)
		out = append(out, ev)
	}
	tasks := map[string]bool{}
	for _, a := range s.Case.Acts {
		if within(a.At) {
			tasks[a.Task] = true
		}
	}
	for task := range tasks {
		for _, h := range s.History(task) {
			if within(h.At) {
				out = append(out, base.act(s, task, h))
			}
		}
	}
	if within(s.Case.ClosedAt) {
		ev := base
		ev.Kind, ev.At, ev.Word = EventClosed, s.Case.ClosedAt, "全部办结"
		ev.Seq, ev.at = len(s.Case.Acts)+1, moment(ev.At)
		out = append(out, ev)
	}
	slices.SortFunc(out, byTime)
	return out
}

func (e Event) act(s *procedure.State, task string, h procedure.ActHistory) Event {
	e.Kind, e.At, e.Seq, e.Task, e.Title = EventAct, h.At, h.Seq, task, task
	if t := s.Plan.Flow.Task(task); t != nil {
		e.Title = t.Title
	}
	e.Act, e.Word, e.By, e.Reason, e.Undone = string(h.Act), h.Word, h.By, h.Reason, h.Undone
	e.at = moment(h.At)
	return e
}

func byTime(a, b Event) int {
	return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.App, b.App), cmp.Compare(a.AppID, b.AppID),
		cmp.Compare(a.CaseID, b.CaseID), cmp.Compare(a.Seq, b.Seq))
}

func count(events []Event) Happened {
	var h Happened
	for _, e := range events {
		switch {
		case e.Undone:
		case e.Kind == EventStarted:
			h.Started++
		case e.Kind == EventClosed:
			h.Closed++
		case e.Act == string(listing.ActSubmit):
			h.Submitted++
		case e.Act == string(listing.ActPass):
			h.Passed++
		case e.Act == string(listing.ActReturn):
			h.Returned++
		case e.Act == string(listing.ActConfirm):
			h.Confirmed++
		}
	}
	return h
}

// weekly splits the span by weeks that begin on Monday.
func weekly(events []Event, from, to time.Time) []WeekCount {
	out := []WeekCount{}
	for start := from; !start.After(to); {
		_, last := WeekOf(start)
		if last.After(to) {
			last = to
		}
		next := last.AddDate(0, 0, 1)
		n, _ := slices.BinarySearchFunc(events, next, func(e Event, t time.Time) int {
			return cmp.Or(e.at.Compare(t), 1)
		})
		out = append(out, WeekCount{From: date(start), To: date(last), Happened: count(events[:n])})
		events, start = events[n:], next
	}
	return out
}
