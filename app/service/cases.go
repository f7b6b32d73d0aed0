package service

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
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
	flows    *flows
	flow     *procedure.Flow
	state    *procedure.State
	findings []listing.Finding
	calendar *workday.Calendar

	checked      []string // IDs of the rules that were looked at
	rulesVersion string
}

// View returns the case of an app.
func (s *Cases) View(ctx context.Context, appID string) (CaseView, error) {
	var out CaseView
	err := s.view(ctx, func(r listing.Reader) error {
		run, err := s.running(r, appID)
		if err != nil {
			return err
		}
		out = s.caseView(run)
		return nil
	})
	return out, err
}

// running loads the latest case of an app, or what it would be when none was started.
func (c *core) running(r listing.Reader, given string) (*running, error) {
	d, err := dossier(r, given)
	if err != nil {
		return nil, err
	}
	set, err := settings(r)
	if err != nil {
		return nil, err
	}
	cases, err := casesOf(r, d.App.ID)
	if err != nil {
		return nil, err
	}
	run := &running{dossier: d, settings: set}
	if run.calendar, err = c.days(r); err != nil {
		return nil, err
	}
	if run.flows, err = c.library(r); err != nil {
		return nil, err
	}
	if len(cases) > 0 {
		run.kase, run.started = current(cases), true
	}
	if err := c.replay(run); err != nil {
		return nil, err
	}
	others, err := listing.All[listing.App](r)
	if err != nil {
		return nil, err
	}
	c.check(run, others)
	return run, nil
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
			info.Key += "." + run.dossier.App.ProcessRegion
		}
		if a := c.forms.Address(info.Key, run.settings.Addresses); a != nil {
			info.Title, info.URL = a.Title, a.URL
		} else if p.PerRegion {
			info.Key, info.Title = "", "代码托管平台（先在资料里选择所属区域）"
		}
		out = append(out, info)
	}
	return out
}

// Start begins a flow for an app.
func (s *Cases) Start(ctx context.Context, appID, flowID string) (CaseView, error) {
	if flowID == "" {
		flowID = FirstFlow
	}
	flow, err := s.embedded.Latest(flowID)
	if err != nil {
		return CaseView{}, err
	}
	by, err := s.operator(ctx)
	if err != nil {
		return CaseView{}, err
	}
	id, err := s.appID(ctx, appID)
	if err != nil {
		return CaseView{}, err
	}
	err = s.change(ctx, "开始办理"+flow.Name, id, func(w listing.Writer) error {
		a, err := app(w, id)
		if err != nil {
			return err
		}
		others, err := casesOf(w, a.ID)
		if err != nil {
			return err
		}
		kase, err := flow.Start(a, others, uuid.NewString(), by, s.stamp())
		if err != nil {
			return err
		}
		return w.Put(kase)
	})
	if err != nil {
		return CaseView{}, err
	}
	return s.View(ctx, id)
}

// ActRequest is what a person does to a task. Note and Uploads become proofs of the task.
type ActRequest struct {
	AppID   string          `json:"app_id"`
	Task    string          `json:"task"`
	Act     listing.ActName `json:"act"`
	Reason  string          `json:"reason"`
	Note    string          `json:"note"`
	Uploads []string        `json:"uploads"` // tokens of Files
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
	id, err := s.appID(ctx, in.AppID)
	if err != nil {
		return CaseView{}, err
	}
	if err := s.mayAct(ctx, id, in); err != nil {
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
	what := in.Act.Word() + " " + in.Task
	err = s.change(ctx, what, id, func(w listing.Writer) error { return s.apply(w, id, in, proofs, by) })
	if err != nil {
		return CaseView{}, err
	}
	return s.View(ctx, id)
}

// mayAct refuses what the state refuses before any file is kept for it.
func (s *Cases) mayAct(ctx context.Context, id string, in ActRequest) error {
	return s.view(ctx, func(r listing.Reader) error {
		run, err := s.startedCase(r, id)
		if err != nil {
			return err
		}
		if e := run.state.Can(in.Task, in.Act, run.findings); e != nil {
			return e
		}
		return nil
	})
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

func (s *Cases) apply(w listing.Writer, id string, in ActRequest, proofs []listing.Proof, by string) error {
	run, err := s.startedCase(w, id)
	if err != nil {
		return err
	}
	run.kase.Proofs = append(slices.Clone(run.kase.Proofs), proofs...)
	if err := s.replay(run); err != nil {
		return err
	}
	doing := procedure.Doing{Task: in.Task, Act: in.Act, By: by, At: s.stamp(), Reason: in.Reason,
		Complete: s.complete(run, in.Task), Findings: run.findings}
	for _, p := range proofs {
		doing.Proofs = append(doing.Proofs, p.ID)
	}
	next, err := run.state.Apply(doing)
	if err != nil {
		return err
	}
	return w.Put(next)
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
	FlowVersion string `json:"flow_version"`
	StartedAt   string `json:"started_at"`
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
		out = append(out, CaseSummary{ID: k.ID, AppID: a.ID, AppName: a.Name, Flow: k.Flow, FlowVersion: k.FlowVersion,
			StartedAt: k.StartedAt, ClosedAt: k.ClosedAt, Settled: v.Settled, Total: v.Total, Message: v.Next.Message})
	}
	return out, nil
}
