package service

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// Overview shows where all apps stand.
type Overview struct{ *core }

// OverviewFilter narrows the overview; empty members do not filter.
type OverviewFilter struct {
	Party    string `json:"party"` // owner, vendor or platform: who has to act
	Kind     string `json:"kind"`
	Region   string `json:"region"`
	Stage    string `json:"stage"`
	Query    string `json:"query"` // part of a name or an identifier
	Archived bool   `json:"archived"`
}

// AppSummary is one app as a row of a list.
type AppSummary struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Kind        listing.AppKind `json:"kind"`
	Identifier  string          `json:"identifier"`
	Archived    bool            `json:"archived"`
	VendorName  string          `json:"vendor_name"`
	Region      string          `json:"region"`
	Started     bool            `json:"started"`
	Stage       string          `json:"stage"`
	StageName   string          `json:"stage_name"`
	StageStep   int             `json:"stage_step"` // 1, 2, …: the order of the stages
	Status      listing.Status  `json:"status"`
	StatusWord  string          `json:"status_word"`
	NextTask    string          `json:"next_task"`
	NextTitle   string          `json:"next_title"`
	Message     string          `json:"message"`
	Party       string          `json:"party"`
	PartyWord   string          `json:"party_word"`
	WaitingDays int             `json:"waiting_days"` // working days of the longest running wait
	Settled     int             `json:"settled"`
	Total       int             `json:"total"`
	Errors      int             `json:"errors"`
	Warnings    int             `json:"warnings"`
	Undecided   int             `json:"undecided"`
	UpdatedAt   string          `json:"updated_at"`
}

// NextItem is one thing that can be done now.
type NextItem struct {
	AppID   string `json:"app_id"`
	AppName string `json:"app_name"`
	procedure.NextStep
}

// DueItem is one running wait of an app.
type DueItem struct {
	AppID   string `json:"app_id"`
	AppName string `json:"app_name"`
	procedure.Wait
}

// Count is a number with its name.
type Count struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Count int    `json:"count"`
}

// OverviewView is the 总览 page.
type OverviewView struct {
	Sentence string       `json:"sentence"` // the one next step over all apps
	Next     *NextItem    `json:"next,omitempty"`
	Apps     []AppSummary `json:"apps"`
	Total    int          `json:"total"`   // apps before filtering
	Stages   []Count      `json:"stages"`  // of all apps, whatever the filter
	Parties  []Count      `json:"parties"` // likewise
	Due      []DueItem    `json:"due"`
	AsOf     string       `json:"as_of"`
}

// row is what is worked out once for every app.
type row struct {
	summary AppSummary
	next    []procedure.NextStep
	waits   []procedure.Wait
}

// Get returns the overview.
func (s *Overview) Get(ctx context.Context, filter OverviewFilter) (OverviewView, error) {
	out := OverviewView{Apps: []AppSummary{}, Stages: []Count{}, Parties: []Count{}, Due: []DueItem{}, AsOf: s.stamp()}
	rows, err := s.rows(ctx, filter.Archived)
	if err != nil {
		return out, err
	}
	out.Total = len(rows)
	out.Stages = countBy(rows, func(a AppSummary) (Count, int) {
		return Count{ID: a.Stage, Title: a.StageName}, a.StageStep
	})
	out.Parties = countBy(rows, func(a AppSummary) (Count, int) {
		return Count{ID: a.Party, Title: a.PartyWord}, slices.Index(parties(), a.Party)
	})
	rows = slices.DeleteFunc(rows, func(r row) bool { return !filter.takes(r.summary) })
	for _, r := range rows {
		out.Apps = append(out.Apps, r.summary)
		for _, w := range r.waits {
			out.Due = append(out.Due, DueItem{AppID: r.summary.ID, AppName: r.summary.Name, Wait: w})
		}
	}
	out.Due = s.thisWeek(out.Due)
	out.Next, out.Sentence = first(rows)
	return out, nil
}

func (f OverviewFilter) takes(a AppSummary) bool {
	is := func(wanted, have string) bool { return wanted == "" || wanted == have }
	return is(f.Party, a.Party) && is(f.Kind, string(a.Kind)) && is(f.Region, a.Region) && is(f.Stage, a.Stage) &&
		(f.Query == "" || strings.Contains(a.Name, f.Query) || strings.Contains(a.Identifier, f.Query))
}

// thisWeek keeps what is due within seven days or overdue, the most urgent first.
func (s *Overview) thisWeek(due []DueItem) []DueItem {
	limit := s.now().AddDate(0, 0, 7).Format(time.RFC3339)
	due = slices.DeleteFunc(due, func(d DueItem) bool { return d.Due == "" || d.Due > limit })
	slices.SortStableFunc(due, func(a, b DueItem) int { return cmp.Compare(a.Due, b.Due) })
	return due
}

// parties lists who may have to act, in the order charts show them.
func parties() []string {
	return []string{procedure.PartyOwner, procedure.PartyVendor, procedure.PartyPlatform}
}

// countBy counts rows by what of names, in the order of the ranks of gives; an empty ID is not counted.
func countBy(rows []row, of func(AppSummary) (name Count, rank int)) []Count {
	ranks, at := map[string]int{}, map[string]int{}
	out := []Count{}
	for _, r := range rows {
		name, rank := of(r.summary)
		if name.ID == "" {
			continue
		}
		i, ok := at[name.ID]
		if !ok {
			i = len(out)
			at[name.ID], ranks[name.ID] = i, rank
			out = append(out, name)
		}
		out[i].Count++
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Compare(ranks[a.ID], ranks[b.ID]) })
	return out
}

// first picks the one next step over all apps: what was returned first, then what unlocks most.
func first(rows []row) (*NextItem, string) {
	var best *NextItem
	for _, r := range rows {
		for _, n := range r.next {
			item := &NextItem{AppID: r.summary.ID, AppName: r.summary.Name, NextStep: n}
			if best == nil || before(item, best) {
				best = item
			}
		}
	}
	if best == nil {
		if len(rows) == 0 {
			return nil, "还没有应用，先新建一个"
		}
		return nil, "现在没有要办的事项"
	}
	return best, best.AppName + "：" + best.ActorName + "办理“" + best.Title + "”，" + best.Reason
}

func before(a, b *NextItem) bool {
	rank := func(n *NextItem) int {
		switch {
		case n.Status == listing.StatusReturned:
			return 0
		case n.NotBefore != "":
			return 3
		case n.Party == procedure.PartyPlatform:
			return 2
		}
		return 1
	}
	if rank(a) != rank(b) {
		return rank(a) < rank(b)
	}
	return a.Unlocks > b.Unlocks
}

// rows works out where every app stands, archived ones only when asked for.
func (s *Overview) rows(ctx context.Context, archived bool) ([]row, error) {
	out := []row{}
	err := s.view(ctx, func(r listing.Reader) error {
		all, err := s.loadAll(r)
		if err != nil {
			return err
		}
		for _, run := range all {
			if run.dossier.App.Archived != archived {
				continue
			}
			out = append(out, s.row(run))
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b row) int { return strings.Compare(a.summary.Name, b.summary.Name) })
	return out, err
}

func (s *Overview) row(run *running) row {
	a := run.dossier.App
	now := s.now()
	next := run.state.Next(now, run.calendar, "")
	out := row{next: next.Steps, summary: AppSummary{
		ID: a.ID, Name: a.Name, Kind: a.Kind, Identifier: a.Identifier, Archived: a.Archived, Region: a.ProcessRegion,
		Started: run.started, UpdatedAt: a.UpdatedAt, Message: next.Message,
	}}
	if run.dossier.Vendor != nil {
		out.summary.VendorName = run.dossier.Vendor.Name
	}
	if run.started {
		out.waits = run.state.Waits(now, run.calendar)
	} else {
		out.next = nil
		out.summary.Message = "资料准备中，还没有开始办理"
	}
	out.summary.place(run, next)
	for _, w := range out.waits {
		out.summary.WaitingDays = max(out.summary.WaitingDays, w.Day)
	}
	out.summary.count(run.findings)
	return out
}

// place says in which stage an app is and who has to act: the first stage that is not settled.
func (a *AppSummary) place(run *running, next procedure.NextView) {
	a.Status, a.StatusWord = listing.StatusNotStarted, listing.StatusNotStarted.Word()
	for _, stage := range run.state.Progress() {
		a.Settled += stage.Settled
		a.Total += stage.Total
		if a.Stage == "" && stage.Settled < stage.Total {
			a.Stage, a.StageName, a.StageStep = stage.ID, stage.Name, stage.Step
		}
	}
	if !run.started {
		return
	}
	switch {
	case next.Finished:
		a.Status = listing.StatusDone
	case len(next.Steps) > 0:
		n := next.Steps[0]
		a.Status, a.NextTask, a.NextTitle, a.Party, a.PartyWord = n.Status, n.Task, n.Title, n.Party, n.PartyWord
	case len(next.Waiting) > 0:
		a.Status, a.NextTask = run.state.Status(next.Waiting[0]), next.Waiting[0]
		a.NextTitle = run.flow.Task(a.NextTask).Title
		a.Party, a.PartyWord = procedure.PartyPlatform, procedure.PartyWord(procedure.PartyPlatform)
	}
	a.StatusWord = a.Status.Word()
}

func (a *AppSummary) count(findings []listing.Finding) {
	for _, f := range findings {
		switch {
		case f.Waiver != nil:
		case f.Code == listing.FindingUndecided:
			a.Undecided++
		case f.Level == listing.LevelError:
			a.Errors++
		case f.Level == listing.LevelWarning:
			a.Warnings++
		}
	}
}

// loadAll reads everything once and works out every app's case, so that 200 apps take one pass over the store.
func (c *core) loadAll(r listing.Reader) ([]*running, error) {
	h, err := c.holding(r)
	if err != nil {
		return nil, err
	}
	out := []*running{}
	for _, a := range h.apps {
		run := &running{settings: h.settings, calendar: h.calendar, flows: h.flows, facts: h.facts}
		run.dossier.Unit, run.dossier.App, run.dossier.Vendor = h.unit, a, h.vendors[a.VendorID]
		if run.cases = h.cases[a.ID]; len(run.cases) > 0 {
			run.kase, run.started = current(run.cases), true
		}
		if err := c.replay(run); err != nil {
			return nil, err
		}
		if err := c.check(run, h.apps); err != nil {
			return nil, err
		}
		out = append(out, run)
	}
	return out, nil
}

// List returns the apps as rows, by name.
func (s *Apps) List(ctx context.Context, archived bool) ([]AppSummary, error) {
	rows, err := (&Overview{s.core}).rows(ctx, archived)
	out := []AppSummary{}
	for _, r := range rows {
		out = append(out, r.summary)
	}
	return out, err
}

// Next returns what can be done now over all apps, the most urgent first; limit 0 means all.
func (s *Cases) Next(ctx context.Context, limit int) ([]NextItem, error) {
	rows, err := (&Overview{s.core}).rows(ctx, false)
	out := []NextItem{}
	for _, r := range rows {
		for _, n := range r.next {
			out = append(out, NextItem{AppID: r.summary.ID, AppName: r.summary.Name, NextStep: n})
		}
	}
	slices.SortStableFunc(out, func(a, b NextItem) int {
		switch {
		case before(&a, &b):
			return -1
		case before(&b, &a):
			return 1
		}
		return 0
	})
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out, err
}
