package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/workday"
)

// MaxDays is the longest span of a report: five years and a day or two.
const MaxDays = 5*366 + 1

// Progress is the report of a span of days. Where things stand is as of AsOf, what happened is within From and To.
type Progress struct {
	Title     string        `json:"title"`
	Unit      string        `json:"unit"`
	From      string        `json:"from"`  // date
	To        string        `json:"to"`    // date, included
	AsOf      string        `json:"as_of"` // the end of To, or the moment of writing when that is earlier
	Summary   []string      `json:"summary"`
	Standing  Standing      `json:"standing"`
	Happened  Happened      `json:"happened"`
	Weeks     []WeekCount   `json:"weeks"` // for spans longer than a week; else empty
	Apps      []AppProgress `json:"apps"`
	Loads     []Load        `json:"loads"`
	Events    []Event       `json:"events"` // oldest first
	Estimated bool          `json:"estimated"`
}

// Standing counts apps and cases at the end of the span.
type Standing struct {
	Apps     int `json:"apps"`
	Idle     int `json:"idle"`     // apps nothing was ever begun for
	Active   int `json:"active"`   // apps with a running case
	Settled  int `json:"settled"`  // apps whose cases are all finished
	Running  int `json:"running"`  // running cases
	Returned int `json:"returned"` // running cases with something returned
	Overdue  int `json:"overdue"`  // running cases with a wait that has run over
}

// Happened counts what was done in a span; acts taken back later in the span do not count.
type Happened struct {
	Started   int `json:"started"` // cases begun
	Closed    int `json:"closed"`  // cases finished
	Submitted int `json:"submitted"`
	Passed    int `json:"passed"`
	Returned  int `json:"returned"`
	Confirmed int `json:"confirmed"`
}

// WeekCount is what happened in one week of a longer span; the first and last may be shorter.
type WeekCount struct {
	From string `json:"from"`
	To   string `json:"to"`
	Happened
}

// AppProgress is one running case of an app, or an app without one.
type AppProgress struct {
	AppID      string          `json:"app_id"`
	Name       string          `json:"name"`
	Kind       listing.AppKind `json:"kind"`
	Region     string          `json:"region"`
	Vendor     string          `json:"vendor"`
	CaseID     string          `json:"case_id"` // empty when nothing was ever begun
	Flow       string          `json:"flow"`
	FlowName   string          `json:"flow_name"`
	StartedAt  string          `json:"started_at"`
	Stage      string          `json:"stage"`
	StageName  string          `json:"stage_name"`
	Settled    int             `json:"settled"`
	Total      int             `json:"total"`
	Status     listing.Status  `json:"status"`
	StatusWord string          `json:"status_word"`
	NextTask   string          `json:"next_task"`
	NextTitle  string          `json:"next_title"`
	Party      string          `json:"party"`
	PartyWord  string          `json:"party_word"`
	Who        string          `json:"who"`
	Since      string          `json:"since"`
	Days       int             `json:"days"` // working days
	Due        string          `json:"due"`  // the earliest of the case
	Overdue    bool            `json:"overdue"`
	Estimated  bool            `json:"estimated"`
	Message    string          `json:"message"`
	Returns    int             `json:"returns"` // in the span
	Done       []string        `json:"done"`    // titles of what was settled in the span
	Items      []TodoItem      `json:"items"`   // everything the case waits for
}

// WeekOf returns the Monday and the Sunday of the week of a day, at midnight in China's zone.
func WeekOf(day time.Time) (monday, sunday time.Time) {
	d := midnight(day)
	monday = d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
	return monday, monday.AddDate(0, 0, 6)
}

// Week reports the week, Monday to Sunday, that holds the day.
func Week(in Input, day time.Time) (Progress, error) {
	from, to := WeekOf(day)
	return Period(in, from, to)
}

// Period reports the days from and to and all between. Errors are *listing.Error: CodeInvalid when to comes before
// from, or lies more than MaxDays later.
func Period(in Input, from, to time.Time) (Progress, error) {
	from, to = midnight(from), midnight(to)
	span := int(to.Sub(from).Hours()/24) + 1
	if span < 1 || span > MaxDays {
		return Progress{}, listing.Failf(listing.CodeInvalid, "开始日期要早于结束日期，相隔不超过五年",
			"报表的时间段不对：%s 至 %s", date(from), date(to))
	}
	p := Progress{Unit: in.Unit, From: date(from), To: date(to), Title: title(span),
		Summary: []string{}, Weeks: []WeekCount{}, Apps: []AppProgress{}, Events: []Event{}}
	end := to.AddDate(0, 0, 1).Add(-time.Second)
	if in.Now.Before(end) {
		end = in.Now.In(workday.Zone())
	}
	p.AsOf = stamp(end)
	if err := p.gather(in, from, end); err != nil {
		return Progress{}, err
	}
	if span > 7 {
		p.Weeks = weekly(p.Events, from, to)
	}
	p.Summary = p.sentences()
	return p, nil
}

func title(span int) string {
	if span == 7 {
		return "应用上架工作周报"
	}
	return "应用上架工作报告"
}

func (p *Progress) gather(in Input, from, end time.Time) error {
	all, err := groups()
	if err != nil {
		return err
	}
	g := gatherer{p: p, groups: all, cal: in.Calendar, from: from, end: end}
	entries := slices.Clone(in.Entries)
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.App.Name, b.App.Name), cmp.Compare(a.App.ID, b.App.ID))
	})
	for _, e := range entries {
		if err := g.entry(e); err != nil {
			return err
		}
	}
	slices.SortStableFunc(p.Events, byTime)
	p.Happened = count(p.Events)
	items := []TodoItem{}
	for _, a := range p.Apps {
		items = append(items, a.Items...)
		p.Estimated = p.Estimated || a.Estimated
	}
	p.Loads, err = loads(items)
	return err
}

// gatherer collects the rows and events of a report app by app.
type gatherer struct {
	p         *Progress
	groups    []Group
	cal       *workday.Calendar
	from, end time.Time
}

// standing is a case as of the end of the span, with what happened in it.
type standing struct {
	*procedure.State
	events []Event
}

// entry adds an app: a row for every running case, else one for the case finished last, else one that nothing was
// begun. Archived apps only add what happened.
func (g *gatherer) entry(e Entry) error {
	var running []standing
	var last *standing
	for _, s := range byStart(e.Cases) {
		then, err := asOf(s, g.end)
		if err != nil {
			return err
		}
		if then == nil {
			continue
		}
		now := standing{then, happened(e.App, then, g.from, g.end)}
		g.p.Events = append(g.p.Events, now.events...)
		switch {
		case !then.Finished() && then.Case.ClosedAt == "":
			running = append(running, now)
		case last == nil || last.Case.ClosedAt <= then.Case.ClosedAt:
			last = &now
		}
	}
	if e.App.Archived {
		return nil
	}
	g.p.Standing.Apps++
	switch {
	case len(running) > 0:
		g.p.Standing.Active++
	case last != nil:
		g.p.Standing.Settled++
		running = []standing{*last}
	default:
		g.p.Standing.Idle++
		g.p.Apps = append(g.p.Apps, appRow(e))
	}
	for _, s := range running {
		g.row(e, s)
	}
	return nil
}

func byStart(cases []*procedure.State) []*procedure.State {
	out := slices.Clone(cases)
	slices.SortStableFunc(out, func(a, b *procedure.State) int {
		return cmp.Or(moment(a.Case.StartedAt).Compare(moment(b.Case.StartedAt)), cmp.Compare(a.Case.ID, b.Case.ID))
	})
	return out
}

func appRow(e Entry) AppProgress {
	return AppProgress{AppID: e.App.ID, Name: e.App.Name, Kind: e.App.Kind, Region: e.App.ProcessRegion, Vendor: e.Vendor,
		Status: listing.StatusNotStarted, StatusWord: listing.StatusNotStarted.Word(), Done: []string{}, Items: []TodoItem{}}
}

func (g *gatherer) row(e Entry, s standing) {
	a := appRow(e)
	f := s.Plan.Flow
	a.CaseID, a.Flow, a.FlowName, a.StartedAt = s.Case.ID, f.ID, f.Name, s.Case.StartedAt
	for _, stage := range s.State.Progress() {
		a.Settled += stage.Settled
		a.Total += stage.Total
		if a.Stage == "" && stage.Settled < stage.Total {
			a.Stage, a.StageName = stage.ID, stage.Name
		}
	}
	a.Items = append(a.Items, itemsOf(g.groups, e, s.State, g.end, g.cal)...)
	a.lead()
	if len(a.Items) == 0 {
		a.Status, a.StatusWord = listing.StatusDone, listing.StatusDone.Word()
		a.Message = "已全部办结"
		a.Since = s.Case.ClosedAt
	}
	for _, ev := range s.events {
		if ev.Undone {
			continue
		}
		switch listing.ActName(ev.Act) {
		case listing.ActReturn:
			a.Returns++
		case listing.ActPass, listing.ActConfirm:
			a.Done = append(a.Done, ev.Title)
		}
	}
	g.count(a)
	g.p.Apps = append(g.p.Apps, a)
}

// lead takes over what the case first of all waits for: the next thing to do, unless only waiting is left.
func (a *AppProgress) lead() {
	var first *TodoItem
	for i := range a.Items {
		item := &a.Items[i]
		a.Overdue = a.Overdue || item.Overdue
		a.Estimated = a.Estimated || item.Estimated
		if first == nil || first.NotBefore != "" && item.NotBefore == "" {
			first = item
		}
	}
	if first == nil {
		return
	}
	a.Status, a.StatusWord, a.NextTask, a.NextTitle = first.Status, first.StatusWord, first.Task, first.Title
	a.Party, a.PartyWord, a.Who, a.Since, a.Days = first.Party, first.PartyWord, first.Who, first.Since, first.Days
	a.Message = first.Message
	for _, item := range a.Items {
		if item.Due != "" && (a.Due == "" || item.Due < a.Due) {
			a.Due = item.Due
		}
	}
}

func (g *gatherer) count(a AppProgress) {
	if len(a.Items) == 0 {
		return
	}
	s := &g.p.Standing
	s.Running++
	if a.Overdue {
		s.Overdue++
	}
	if slices.ContainsFunc(a.Items, func(i TodoItem) bool { return i.Status == listing.StatusReturned }) {
		s.Returned++
	}
}

func (p *Progress) sentences() []string {
	s, h := p.Standing, p.Happened
	out := []string{fmt.Sprintf("%s至%s，新开办件 %d 件，办结 %d 件；登记提交 %d 项，审核通过 %d 项，办结事项 %d 项，被退回 %d 项。",
		day(p.From), day(p.To), h.Started, h.Closed, h.Submitted, h.Passed, h.Confirmed, h.Returned)}
	out = append(out, fmt.Sprintf("截至%s，共有应用 %d 个，其中办理中 %d 个、全部办结 %d 个、尚未开始 %d 个；在办办件 %d 件，其中有事项被退回的 %d 件，已超过期限的 %d 件。",
		minute(p.AsOf), s.Apps, s.Active, s.Settled, s.Idle, s.Running, s.Returned, s.Overdue))
	if p.Estimated {
		out = append(out, "部分日期所在年度的节假日安排尚未公布，天数和期限为推算。")
	}
	return out
}

// day says a date in Chinese.
func day(d string) string {
	t, err := time.Parse(time.DateOnly, d)
	if err != nil {
		return d
	}
	return t.Format("2006年1月2日")
}

func minute(at string) string { return moment(at).Format("2006年1月2日 15:04") }
