package service

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/tracking"
	"shangjiatong/app/workday"
)

// Cases is what can be done with the runs of flows.
type Cases struct{ *core }

// FirstFlow is the flow a new app begins with.
const FirstFlow = "FLOW-1"

// CaseView is a case as the 办理 page shows it; before the case was started it shows what the flow will ask for.
type CaseView struct {
	procedure.CaseView
	Started bool            `json:"started"`
	AppName string          `json:"app_name"`
	Kind    listing.AppKind `json:"kind"`
	Proofs  []listing.Proof `json:"proofs"`
	Places  []TaskPlaces    `json:"places"`
	Portal  PortalView      `json:"portal"`
	// NewerVersion is a later version of the flow that the case can be moved to; empty when there is none.
	NewerVersion string `json:"newer_version"`
}

// TaskPlaces are the addresses of one task, with the person's changes applied.
type TaskPlaces struct {
	Task   string      `json:"task"`
	Places []PlaceInfo `json:"places"`
}

// PlaceInfo is where a task is done.
type PlaceInfo struct {
	Key   string `json:"key"` // ADDR-n, empty when only the way is known
	Title string `json:"title"`
	URL   string `json:"url"` // empty: not given, to be entered in the settings
	Path  string `json:"path"`
}

// running is everything about one case that the state machine works on.
type running struct {
	dossier  forms.Dossier
	settings listing.Settings
	kase     listing.Case
	started  bool
	cases    []listing.Case // all of the app, oldest first
	flows    *flows
	flow     *procedure.Flow
	state    *procedure.State
	findings []listing.Finding
	calendar *workday.Calendar
	facts    tracking.Facts

	checked      []string // IDs of the rules that were looked at
	rulesVersion string
}

// View returns a case, given by its ID or by its app: then the app's newest running case, else its newest.
func (s *Cases) View(ctx context.Context, given string) (CaseView, error) {
	var out CaseView
	err := s.view(ctx, func(r listing.Reader) error {
		run, err := s.running(r, given)
		if err != nil {
			return err
		}
		out = s.caseView(run)
		return nil
	})
	return out, err
}

// running loads a case by its ID, or the one current finds for an app, or what it would be when none was started.
func (c *core) running(r listing.Reader, given string) (*running, error) {
	run := &running{}
	switch k, err := listing.Load[listing.Case](r, given); {
	case err == nil:
		given, run.kase, run.started = k.AppID, k, true
	case listing.CodeOf(err) != listing.CodeNotFound:
		return nil, err
	}
	var err error
	if run.dossier, err = dossier(r, given); err != nil {
		return nil, err
	}
	if run.settings, err = settings(r); err != nil {
		return nil, err
	}
	if run.calendar, err = c.days(r); err != nil {
		return nil, err
	}
	if run.flows, err = c.library(r); err != nil {
		return nil, err
	}
	if run.facts, err = c.trackingFacts(r); err != nil {
		return nil, err
	}
	if run.cases, err = casesOf(r, run.dossier.App.ID); err != nil {
		return nil, err
	}
	if !run.started && len(run.cases) > 0 {
		run.kase, run.started = current(run.cases), true
	}
	if err := c.replay(run); err != nil {
		return nil, err
	}
	others, err := listing.All[listing.App](r)
	if err != nil {
		return nil, err
	}
	return run, c.check(run, others)
}

// subject returns the app that a person named, or whose case, and what running finds the same case by.
func (c *core) subject(ctx context.Context, given string) (appID, key string, err error) {
	err = c.view(ctx, func(r listing.Reader) error {
		k, err := listing.Load[listing.Case](r, given)
		if err == nil {
			appID, key = k.AppID, k.ID
			return nil
		}
		if listing.CodeOf(err) != listing.CodeNotFound {
			return err
		}
		a, err := app(r, given)
		appID, key = a.ID, a.ID
		return err
	})
	return appID, key, err
}

// replay derives the state of the case from its acts, by the version of the flow it is pinned to.
func (c *core) replay(run *running) (err error) {
	if run.started {
		run.flow, err = run.flows.Flow(run.kase.Flow, run.kase.FlowVersion)
	} else {
		run.flow, err = run.flows.Latest(FirstFlow)
	}
	if err != nil {
		return err
	}
	if !run.started {
		run.kase = listing.Case{AppID: run.dossier.App.ID, Flow: run.flow.ID, FlowVersion: run.flow.Version}
	}
	shape := procedure.ShapeOf(run.dossier.App.Kind, run.settings.PortalUnhosted)
	run.state, err = run.flows.plan(run.flow, shape).Replay(run.kase)
	return err
}

// current picks, of the cases of an app oldest first, the one that its pages show: the newest that still runs, else the
// newest.
func current(cases []listing.Case) listing.Case {
	for _, k := range slices.Backward(cases) {
		if k.ClosedAt == "" {
			return k
		}
	}
	return cases[len(cases)-1]
}

// casesOf returns the cases of an app, oldest first.
func casesOf(r listing.Reader, appID string) ([]listing.Case, error) {
	all, err := listing.All[listing.Case](r)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(c listing.Case) bool { return c.AppID != appID })
	slices.SortStableFunc(all, earlier)
	return all, nil
}

func (c *core) caseView(run *running) CaseView {
	out := CaseView{
		CaseView: run.state.View(c.now(), run.calendar, run.findings, ""),
		Started:  run.started, AppName: run.dossier.App.Name, Kind: run.dossier.App.Kind,
		Proofs: run.kase.Proofs, Places: []TaskPlaces{},
	}
	if out.Proofs == nil {
		out.Proofs = []listing.Proof{}
	}
	for i, e := range out.Effects {
		if e.Label == "" { // no input asks for it: the program writes it
			out.Effects[i].Label = c.labelOf(e)
		}
	}
	out.Portal = c.portalView(run)
	if latest, err := run.flows.Latest(run.flow.ID); run.started && run.kase.ClosedAt == "" && err == nil && latest.Version > run.flow.Version {
		out.NewerVersion = latest.Version
	}
	for _, t := range out.Tasks {
		out.Places = append(out.Places, TaskPlaces{Task: t.ID, Places: c.places(run, t)})
	}
	return out
}

func (c *core) places(run *running, t procedure.TaskView) []PlaceInfo {
	out := []PlaceInfo{}
	for _, p := range t.Places {
		info := PlaceInfo{Key: p.Address, Path: p.Path}
		if p.PerRegion {
			info.Key += "." + cmp.Or(p.Region, run.dossier.App.ProcessRegion)
		}
		if a := c.forms.Address(info.Key, c.placed(run.settings)); a != nil {
			info.Title, info.URL = a.Title, a.URL
		} else if p.PerRegion {
			info.Key, info.Title = "", "代码托管平台（先在资料里选择所属区域）"
		}
		out = append(out, info)
	}
	return out
}

// Start begins a flow that asks nothing; see Begin.
func (s *Cases) Start(ctx context.Context, appID, flowID string) (CaseView, error) {
	return s.Begin(ctx, BeginRequest{AppID: appID, Flow: flowID})
}

// ActRequest is what a person does to a task. Note and Uploads become proofs of the task.
type ActRequest struct {
	AppID   string          `json:"app_id"`  // or the case's ID
	CaseID  string          `json:"case_id"` // which case of the app; empty for the one View shows
	Task    string          `json:"task"`
	Act     listing.ActName `json:"act"`
	Reason  string          `json:"reason"`
	Note    string          `json:"note"`
	Uploads []string        `json:"uploads"` // tokens of Files
	Reopens []string        `json:"reopens"` // return: tasks to be done again
	Links   []listing.Link  `json:"links"`   // return: what the reviewer's words, in Reason, are about
}

// ProofFile is a file of this machine that proves a task.
type ProofFile struct {
	Name string
	Path string
}

// Act does an act and returns the case as it then stands.
func (s *Cases) Act(ctx context.Context, in ActRequest) (CaseView, error) {
	files, err := s.uploaded(in.Uploads)
	if err != nil {
		return CaseView{}, err
	}
	out, err := s.ActWith(ctx, in, files)
	if err == nil {
		for _, token := range in.Uploads {
			s.uploads.drop(token)
		}
	}
	return out, err
}

// ActWith is Act with proofs that are files of this machine.
func (s *Cases) ActWith(ctx context.Context, in ActRequest, files []ProofFile) (CaseView, error) {
	if in.CaseID != "" {
		in.AppID = in.CaseID
	}
	id, key, err := s.subject(ctx, in.AppID)
	if err != nil {
		return CaseView{}, err
	}
	was, err := s.mayAct(ctx, key, in)
	if err != nil {
		return CaseView{}, err
	}
	proofs, err := s.proofs(ctx, in, files)
	if err != nil {
		return CaseView{}, err
	}
	by, err := s.operator(ctx)
	if err != nil {
		return CaseView{}, err
	}
	var notices []string
	err = s.change(ctx, in.Act.Word()+" "+in.Task, id, func(w listing.Writer) (err error) {
		notices, err = s.apply(w, was, in, proofs, by)
		return err
	})
	if err != nil {
		return CaseView{}, err
	}
	v, err := s.View(ctx, was.caseID)
	v.Notices = append(v.Notices, notices...)
	return v, err
}

// mayAct refuses what the state refuses before any file is kept for it. It returns what an undo may have to bring back.
func (s *Cases) mayAct(ctx context.Context, key string, in ActRequest) (was former, err error) {
	err = s.view(ctx, func(r listing.Reader) error {
		run, err := s.startedCase(r, key)
		if err != nil {
			return err
		}
		was = former{caseID: run.kase.ID, appID: run.dossier.App.ID, closed: run.kase.ClosedAt != ""}
		if e := run.state.Can(in.Task, in.Act, run.findings); e != nil {
			return e
		}
		return nil
	})
	if err == nil && was.closed {
		err = s.recall(ctx, &was)
	}
	return was, err
}

func (s *Cases) startedCase(r listing.Reader, id string) (*running, error) {
	run, err := s.running(r, id)
	if err != nil {
		return nil, err
	}
	if !run.started {
		return nil, listing.Failf(listing.CodeRefused, "请先点“开始办理”，或执行 case start", "应用“%s”还没有开始办理", run.dossier.App.Name)
	}
	return run, nil
}

func (s *Cases) apply(w listing.Writer, was former, in ActRequest, proofs []listing.Proof, by string) ([]string, error) {
	run, err := s.startedCase(w, was.caseID)
	if err != nil {
		return nil, err
	}
	before := run.kase
	run.kase.Proofs = append(slices.Clone(run.kase.Proofs), proofs...)
	if err := s.replay(run); err != nil {
		return nil, err
	}
	doing := procedure.Doing{Task: in.Task, Act: in.Act, By: by, At: s.stamp(), Reason: in.Reason,
		Complete: s.complete(run, in.Task), Findings: run.findings, Reopens: in.Reopens, Links: in.Links}
	for _, p := range proofs {
		doing.Proofs = append(doing.Proofs, p.ID)
	}
	next, err := run.state.Apply(doing)
	if err != nil {
		return nil, err
	}
	return s.put(w, run, before, next, was)
}

// complete reports whether every field that a task's forms need is filled in.
func (c *core) complete(run *running, task string) bool {
	t := run.flow.Task(task)
	if t == nil {
		return false
	}
	values := c.forms.ValuesOf(run.dossier)
	for _, id := range t.Forms {
		if form := c.forms.Form(id); form != nil && len(values.Complete(form).Missing) > 0 {
			return false
		}
	}
	return true
}

// proofs keeps the files and the note that come with an act. For an act that asks for a proof, the reason given on the
// command line counts as a note.
func (s *Cases) proofs(ctx context.Context, in ActRequest, files []ProofFile) ([]listing.Proof, error) {
	by, err := s.operator(ctx)
	if err != nil {
		return nil, err
	}
	var out []listing.Proof
	for _, f := range files {
		att, err := s.keep(ctx, nil, f.Name, f.Path)
		if err != nil {
			return nil, err
		}
		out = append(out, listing.Proof{ID: uuid.NewString(), Task: in.Task, File: &att, By: by, At: s.stamp()})
	}
	note := strings.TrimSpace(in.Note)
	if note == "" && in.Act == listing.ActConfirm {
		note = strings.TrimSpace(in.Reason)
	}
	if note != "" {
		out = append(out, listing.Proof{ID: uuid.NewString(), Task: in.Task, Note: note, By: by, At: s.stamp()})
	}
	return out, nil
}

// CaseSummary is one case in a list.
type CaseSummary struct {
	ID          string `json:"id"`
	AppID       string `json:"app_id"`
	AppName     string `json:"app_name"`
	Flow        string `json:"flow"`
	FlowName    string `json:"flow_name"`
	FlowVersion string `json:"flow_version"`
	StartedAt   string `json:"started_at"`
	Finished    bool   `json:"finished"`
	ClosedAt    string `json:"closed_at"`
	Settled     int    `json:"settled"`
	Total       int    `json:"total"`
	Message     string `json:"message"` // what comes next, as a sentence
}

// List returns every case of the unit, or of one app.
func (s *Cases) List(ctx context.Context, appID string) ([]CaseSummary, error) {
	out := []CaseSummary{}
	err := s.view(ctx, func(r listing.Reader) error {
		apps, err := listing.All[listing.App](r)
		if err != nil {
			return err
		}
		if appID != "" {
			a, err := app(r, appID)
			if err != nil {
				return err
			}
			apps = []listing.App{a}
		}
		for _, a := range apps {
			rows, err := s.summaries(r, a)
			if err != nil {
				return err
			}
			out = append(out, rows...)
		}
		return nil
	})
	return out, err
}

func (s *Cases) summaries(r listing.Reader, a listing.App) ([]CaseSummary, error) {
	cases, err := casesOf(r, a.ID)
	if err != nil {
		return nil, err
	}
	set, err := settings(r)
	if err != nil {
		return nil, err
	}
	calendar, err := s.days(r)
	if err != nil {
		return nil, err
	}
	library, err := s.library(r)
	if err != nil {
		return nil, err
	}
	out := []CaseSummary{}
	for _, k := range cases {
		run := &running{dossier: forms.Dossier{App: a}, settings: set, flows: library, kase: k, started: true}
		if err := s.replay(run); err != nil {
			return nil, err
		}
		v := run.state.View(s.now(), calendar, nil, "")
		out = append(out, CaseSummary{ID: k.ID, AppID: a.ID, AppName: a.Name, Flow: k.Flow, FlowName: v.FlowName,
			FlowVersion: k.FlowVersion, Finished: v.Finished, StartedAt: k.StartedAt, ClosedAt: k.ClosedAt, Settled: v.Settled, Total: v.Total, Message: v.Next.Message})
	}
	return out, nil
}
