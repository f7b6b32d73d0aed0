package procedure

import (
	"fmt"
	"strings"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/workday"
)

// WaitOpen is the kind of a wait for a review whose length no fact gives; its WaitID is empty.
const WaitOpen = "open"

// Wait is a wait that runs at the moment. Times are RFC 3339 in China's zone; an empty Due means nobody knows when.
type Wait struct {
	Task      string `json:"task"`
	Title     string `json:"title"`
	WaitID    string `json:"wait_id"` // WAIT-n; empty for a review whose length no fact gives
	Name      string `json:"name"`
	Kind      string `json:"kind"`
	Party     string `json:"party"` // whom one waits for
	ActorName string `json:"actor_name"`
	Since     string `json:"since"`
	Received  string `json:"received"` // when the desk counts it as received (WAIT-5); else as Since
	Due       string `json:"due"`
	Remind    string `json:"remind"`     // next reminder of a wait of unknown length
	DaysTotal int    `json:"days_total"` // working days it takes; 0 unless counted in working days
	Day       int    `json:"day"`        // days gone: working days when counted so, else calendar days
	Left      int    `json:"left"`       // working days left, 0 when run over
	Overdue   bool   `json:"overdue"`
	Estimated bool   `json:"estimated"` // some day lies in a year without holiday data (推算)
	Unknown   bool   `json:"unknown"`   // nobody says how long it takes
	Assumed   bool   `json:"assumed"`   // the length is taken over from another wait (推定)
	Progress  string `json:"progress"`  // 第 3 个工作日，共 5 个; only when counted in working days
	CallName  string `json:"call_name"`
	CallParty string `json:"call_party"`
	Call      string `json:"call"` // whom to ask next and what, as a sentence
	Message   string `json:"message"`
	Source    string `json:"source"`
}

// Waits lists the waits that run at now, by the order of the flow's waits, then reviews whose length no fact gives. In a
// finished case nothing is waited for.
func (s *State) Waits(now time.Time, cal *workday.Calendar) []Wait {
	out := []Wait{}
	if s.Finished() {
		return out
	}
	covered := map[string]bool{}
	for i := range s.Plan.Flow.Waits {
		r := &s.Plan.Flow.Waits[i]
		since, running := s.since(r)
		if !running {
			continue
		}
		covered[r.Task] = covered[r.Task] || r.Until == UntilSettled
		if w := s.measure(r, since, now.In(workday.Zone()), cal); r.Until == UntilSettled || now.Before(parse(w.Due)) {
			out = append(out, w)
		}
	}
	return append(out, s.openReviews(now.In(workday.Zone()), covered)...)
}

// since returns when the wait began, and whether it runs as far as the acts say.
func (s *State) since(r *WaitRule) (time.Time, bool) {
	act := s.lastLive(r.From.Task, listing.ActName(r.From.Act))
	if act == nil || !s.Plan.Has(r.Task) || !s.Plan.Has(r.From.Task) {
		return time.Time{}, false
	}
	status := s.Status(r.Task)
	if s.track(r.From.Task).own() == listing.StatusReturned { // what began the wait is being done again
		return time.Time{}, false
	}
	ends := r.Until == UntilSettled || r.Kind == WaitDesk // the desk is not waited for once it has answered
	if status == listing.StatusReturned || (ends && status.Settled()) {
		return time.Time{}, false
	}
	if r.From.Task == r.Task && IsOpen(status) { // returned and worked on again: nothing is waited for
		return time.Time{}, false
	}
	return parse(act.At), true
}

// parse reads a time that replay has already found readable.
func parse(at string) time.Time {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return time.Time{}
	}
	return t.In(workday.Zone())
}

func (s *State) measure(r *WaitRule, since, now time.Time, cal *workday.Calendar) Wait {
	t := s.Plan.Flow.Task(r.Task)
	w := Wait{Task: t.ID, Title: t.Title, WaitID: r.ID, Name: r.Name, Kind: r.Kind, Source: r.Source,
		Since: stamp(since), Received: stamp(since), Assumed: r.Assumed}
	w.waitsFor(s.Plan.Flow, t)
	w.calls(s.Plan.Flow, r.Call)
	switch r.Kind {
	case WaitWorkdays:
		w.countWorkdays(r, since, now, cal)
	case WaitHours:
		w.countTo(since.Add(time.Duration(r.N)*time.Hour), since, now)
	case WaitNextDay:
		w.countTo(midnight(since).AddDate(0, 0, 1), since, now)
	case WaitDesk:
		w.countTo(cal.Received(since), since, now)
		w.Estimated = cal.Due(since, 0, true).Estimated
		w.Message = mark(w.Message, w.Estimated, "推算")
	default:
		w.countDaily(since, now)
	}
	w.Message = mark(w.Message, w.Assumed, "时长为推定") + r.Text
	if w.Overdue {
		w.Message += w.Call + "。"
	}
	return w
}

// mark puts a remark in brackets before the full stop of a sentence.
func mark(sentence string, set bool, remark string) string {
	if !set {
		return sentence
	}
	return strings.TrimSuffix(sentence, "。") + "（" + remark + "）。"
}

// calls names whom to ask when it takes long.
func (w *Wait) calls(f *Flow, c Call) {
	a := f.Actor(c.Actor)
	if a == nil {
		return
	}
	w.CallName, w.CallParty, w.Call = a.Name, a.Party, "联系"+a.Name
	if c.Say != "" {
		w.Call += "：" + c.Say
	}
}

// waitsFor names whom one waits for: the reviewer, else who does the task.
func (w *Wait) waitsFor(f *Flow, t *Task) {
	id := t.Reviewer
	if id == "" {
		id = t.Actor
	}
	if a := f.Actor(id); a != nil {
		w.Party, w.ActorName = a.Party, a.Name
	}
}

func (w *Wait) countWorkdays(r *WaitRule, since, now time.Time, cal *workday.Calendar) {
	p := cal.Elapsed(since, now, r.N, r.Desk)
	w.DaysTotal, w.Day, w.Left = p.Of, p.Day, max(p.Left, 0)
	w.Received, w.Due = stamp(p.Received), stamp(p.Due)
	w.Overdue, w.Estimated, w.Progress = p.Overdue, p.Estimated, p.String()
	about := ""
	if r.About {
		about = "，时长是大约数"
	}
	w.Message = fmt.Sprintf("%s%s，%s。", p, about, dueWords(p.Due, p.Overdue))
}

func dueWords(due time.Time, overdue bool) string {
	at := due.Format("1月2日 15:04")
	if overdue {
		return at + " 已到期，请催办"
	}
	return at + " 到期"
}

func (w *Wait) countTo(due, since, now time.Time) {
	w.Due, w.Day = stamp(due), days(since, now)
	w.Message = "到 " + due.Format("1月2日 15:04") + "。"
}

func (w *Wait) countDaily(since, now time.Time) {
	w.Unknown, w.Day = true, days(since, now)
	w.Remind = stamp(since.AddDate(0, 0, w.Day+1))
	w.Message = fmt.Sprintf("已等 %d 天，时长没有规定，每天看一次。", w.Day)
}

// openReviews lists reviews for which the flow has no wait that lasts until they are settled.
func (s *State) openReviews(now time.Time, covered map[string]bool) []Wait {
	var out []Wait
	for _, t := range s.Plan.tasks {
		status := s.Status(t.ID)
		if covered[t.ID] || (status != listing.StatusSubmitted && status != listing.StatusInReview) {
			continue
		}
		since := parse(s.lastLive(t.ID, listing.ActSubmit).At)
		w := Wait{Task: t.ID, Title: t.Title, Name: t.Title + "审核", Kind: WaitOpen, Source: t.ID,
			Since: stamp(since), Received: stamp(since)}
		w.waitsFor(s.Plan.Flow, t)
		w.calls(s.Plan.Flow, Call{Actor: t.Reviewer, Say: "问“" + t.Title + "”办到哪一步"})
		w.countDaily(since, now)
		out = append(out, w)
	}
	return out
}

func stamp(t time.Time) string { return t.In(workday.Zone()).Format(time.RFC3339) }

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// days counts the calendar days from since to now; 0 on the same day and before.
func days(since, now time.Time) int {
	return max(int(midnight(now).Sub(midnight(since)).Hours()/24), 0)
}
