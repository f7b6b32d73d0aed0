package service

import (
	"context"
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/report"
	"shangjiatong/app/workday"
)

// Todo lists what waits for somebody.
type Todo struct{ *core }

// AllRoles as the role of a TodoFilter means both the unit's list and the vendor's.
const AllRoles = "all"

// TodoFilter narrows the list; empty members do not filter, except that an empty role is that of this machine.
type TodoFilter struct {
	Role    string `json:"role"`  // owner, vendor or all
	Party   string `json:"party"` // ID of a group of package report: who is waited for
	App     string `json:"app"`   // ID, identifier or name
	Kind    string `json:"kind"`  // act or wait
	AppKind string `json:"app_kind"`
	Region  string `json:"region"`
	Flow    string `json:"flow"`
	Query   string `json:"query"` // part of the app's name or of the task's title
	Overdue bool   `json:"overdue"`
	Until   string `json:"until"` // 2006-01-02: only what is due by the end of that day
}

// TodoView is the list, the most urgent first.
type TodoView struct {
	Role    string            `json:"role"`
	Items   []report.TodoItem `json:"items"`
	Total   int               `json:"total"`   // of the role, before the other filters
	Overdue int               `json:"overdue"` // likewise
	Today   int               `json:"today"`   // due today; likewise
	AsOf    string            `json:"as_of"`
}

// List returns what waits for somebody.
func (s *Todo) List(ctx context.Context, filter TodoFilter) (TodoView, error) {
	out := TodoView{Items: []report.TodoItem{}, AsOf: s.stamp()}
	err := s.view(ctx, func(r listing.Reader) error {
		f, err := s.filter(r, filter)
		if err != nil {
			return err
		}
		in, err := s.progress(r)
		if err != nil {
			return err
		}
		all, err := report.Todo(in, report.Filter{For: f.For})
		if err != nil {
			return err
		}
		out.Role, out.Total = roleWord(f.For), len(all)
		for _, i := range all {
			out.count(i, s.today())
			if f.Takes(i) {
				out.Items = append(out.Items, i)
			}
		}
		return nil
	})
	return out, err
}

func (v *TodoView) count(i report.TodoItem, today string) {
	if i.Overdue {
		v.Overdue++
	}
	if strings.HasPrefix(i.Due, today) {
		v.Today++
	}
}

func roleWord(role string) string {
	if role == "" {
		return AllRoles
	}
	return role
}

// filter reads the filter a person gave.
func (s *Todo) filter(r listing.Reader, in TodoFilter) (report.Filter, error) {
	out := report.Filter{For: in.Role, Party: in.Party, Kind: in.Kind, AppKind: in.AppKind, Region: in.Region, Flow: in.Flow,
		Query: in.Query, Overdue: in.Overdue}
	if err := knownFilter(in); err != nil {
		return out, err
	}
	switch in.Role {
	case AllRoles:
		out.For = ""
	case "":
		set, err := settings(r)
		if err != nil {
			return out, err
		}
		out.For = string(set.Role)
	}
	if in.App != "" {
		a, err := app(r, in.App)
		if err != nil {
			return out, err
		}
		out.AppID = a.ID
	}
	if in.Until != "" {
		at, err := day(in.Until)
		if err != nil {
			return out, err
		}
		out.Until = at.AddDate(0, 0, 1).Add(-time.Second)
	}
	return out, nil
}

// knownFilter refuses words that could only ever find nothing.
func knownFilter(in TodoFilter) error {
	groups, err := report.Groups()
	if err != nil {
		return err
	}
	parties := []string{}
	for _, g := range groups {
		parties = append(parties, g.ID)
	}
	for _, f := range []struct {
		name, given string
		known       []string
	}{
		{"role", in.Role, []string{procedure.PartyOwner, procedure.PartyVendor, AllRoles}},
		{"party", in.Party, parties},
		{"kind", in.Kind, []string{report.KindAct, report.KindWait}},
	} {
		if f.given != "" && !slices.Contains(f.known, f.given) {
			e := listing.Failf(listing.CodeInvalid, "可以写："+strings.Join(f.known, "、"), "没有“%s”这种筛选", f.given)
			e.Field = f.name
			return e
		}
	}
	return nil
}

// Parties sums up who is waited for, and for how long.
func (s *Todo) Parties(ctx context.Context) ([]report.Load, error) {
	out := []report.Load{}
	err := s.view(ctx, func(r listing.Reader) error {
		in, err := s.progress(r)
		if err != nil {
			return err
		}
		out, err = report.ByParty(in)
		return err
	})
	return out, err
}

// ICS returns the due dates of the list as a calendar file, and the name it should be saved under.
func (s *Todo) ICS(ctx context.Context, filter TodoFilter) (name string, body []byte, err error) {
	v, err := s.List(ctx, filter)
	if err != nil {
		return "", nil, err
	}
	body, err = report.ICS(v.Items, report.Calendar{Name: "上架通待办", Product: "shangjiatong/" + s.Version, Now: s.now(), Alarm: alarm})
	return "上架通待办-" + s.today() + ".ics", body, err
}

// alarm is how long before something falls due the calendar program reminds of it.
const alarm = 24 * time.Hour

// progress gathers what the lists and reports of package report are made of: every app with all its cases.
func (c *core) progress(r listing.Reader) (report.Input, error) {
	h, err := c.holding(r)
	if err != nil {
		return report.Input{}, err
	}
	in := report.Input{Now: c.now(), Unit: h.unit.Name, Calendar: h.calendar}
	for _, a := range h.apps {
		e := report.Entry{App: a}
		if v := h.vendors[a.VendorID]; v != nil {
			e.Vendor = v.Name
		}
		for _, k := range h.cases[a.ID] {
			run := &running{settings: h.settings, flows: h.flows, kase: k, started: true}
			run.dossier.App = a
			if err := c.replay(run); err != nil {
				return in, err
			}
			e.Cases = append(e.Cases, run.state)
		}
		in.Entries = append(in.Entries, e)
	}
	return in, nil
}

// casesByApp parts cases by app, each app's oldest first.
func casesByApp(all []listing.Case) map[string][]listing.Case {
	out := map[string][]listing.Case{}
	for _, k := range all {
		out[k.AppID] = append(out[k.AppID], k)
	}
	for _, mine := range out {
		slices.SortStableFunc(mine, earlier)
	}
	return out
}

// earlier orders cases by when they were started.
func earlier(a, b listing.Case) int {
	at := func(k listing.Case) time.Time {
		t, err := time.Parse(time.RFC3339, k.StartedAt)
		if err != nil {
			return time.Time{}
		}
		return t.In(workday.Zone())
	}
	return at(a).Compare(at(b))
}
