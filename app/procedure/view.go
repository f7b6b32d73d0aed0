package procedure

import (
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/workday"
)

// CaseView is everything a screen shows of a case.
type CaseView struct {
	CaseID      string      `json:"case_id"`
	AppID       string      `json:"app_id"`
	Flow        string      `json:"flow"`
	FlowName    string      `json:"flow_name"`
	FlowVersion string      `json:"flow_version"`
	FlowSource  string      `json:"flow_source"`
	FlowChecked string      `json:"flow_checked"` // date
	StartedAt   string      `json:"started_at"`
	StartedBy   string      `json:"started_by"`
	ClosedAt    string      `json:"closed_at"`
	Finished    bool        `json:"finished"`
	Settled     int         `json:"settled"`
	Total       int         `json:"total"`
	Stages      []StageView `json:"stages"`
	Tasks       []TaskView  `json:"tasks"`
	Next        NextView    `json:"next"`
	Waits       []Wait      `json:"waits"`
	// Notices say what a later change of the application's kind or of the flow's version left behind, as sentences.
	Notices []string `json:"notices"`

	Inputs  []InputView    `json:"inputs"`
	Effects []Effect       `json:"effects"` // what the case changes once it is finished
	Moves   []listing.Move `json:"moves"`
}

// InputView is something the flow asks when it is started, with what was given.
type InputView struct {
	Key      string   `json:"key"`
	Label    string   `json:"label"`
	Type     string   `json:"type"`
	Required bool     `json:"required"`
	Field    string   `json:"field"` // key of package forms that holds the present value; empty when there is none
	List     string   `json:"list"`  // name of the options in package forms; empty when they are given here
	Options  []string `json:"options"`
	Help     string   `json:"help"`
	Value    string   `json:"value"`
}

// StageView is the progress of one stage.
type StageView struct {
	ID      string   `json:"id"`
	Step    int      `json:"step"`
	Name    string   `json:"name"`
	Summary string   `json:"summary"`
	Settled int      `json:"settled"`
	Total   int      `json:"total"`
	Open    int      `json:"open"`    // can be worked on now
	Waiting int      `json:"waiting"` // submitted or in review
	Blocked int      `json:"blocked"`
	Tasks   []string `json:"tasks"`
}

// TaskView is one task with its guidance, its state and what can be done to it.
type TaskView struct {
	ID         string         `json:"id"`
	Title      string         `json:"title"`
	Stage      string         `json:"stage"`
	StageName  string         `json:"stage_name"`
	Step       int            `json:"step"`
	Status     listing.Status `json:"status"`
	StatusWord string         `json:"status_word"`
	Settled    bool           `json:"settled"`
	Open       bool           `json:"open"`
	Reviewed   bool           `json:"reviewed"`

	Why          string        `json:"why"`
	Actor        string        `json:"actor"`
	ActorName    string        `json:"actor_name"`
	Role         string        `json:"role"` // ROLE-n or empty
	Party        string        `json:"party"`
	PartyWord    string        `json:"party_word"`
	WithNames    []string      `json:"with_names"`
	ReviewerName string        `json:"reviewer_name"` // empty when nobody reviews
	Network      string        `json:"network"`
	NetworkName  string        `json:"network_name"`
	NetworkNote  string        `json:"network_note"`
	Places       []PlaceView   `json:"places"`
	Prepare      []string      `json:"prepare"`
	Steps        []string      `json:"steps"`
	Takes        string        `json:"takes"`
	Cautions     []CautionView `json:"cautions"`
	Answer       string        `json:"answer"`
	Forms        []string      `json:"forms"`
	Materials    []string      `json:"materials"`
	Gates        []string      `json:"gates"`
	ProofWhat    string        `json:"proof_what"`
	ProofNeeded  bool          `json:"proof_needed"`
	SkipWhen     string        `json:"skip_when"`
	Sources      []string      `json:"sources"`
	Checked      string        `json:"checked"`

	Needs    []string     `json:"needs"`
	Blockers []Blocker    `json:"blockers"`
	Acts     []ActView    `json:"acts"`
	Waits    []Wait       `json:"waits"`
	ProofIDs []string     `json:"proof_ids"`
	History  []ActHistory `json:"history"`

	Rounds     []Round  `json:"rounds"`
	Reopenable []string `json:"reopenable"`  // tasks that a return may send back
	ReopenedBy string   `json:"reopened_by"` // the task whose return sent this one back and that waits for it; else empty
	ReopenWhy  string   `json:"reopen_why"`

	PortalBefore   []string `json:"portal_before"` // states of the portal in which it can be begun
	PortalDuring   []string `json:"portal_during"`
	PortalAfter    []string `json:"portal_after"`
	WithdrawWord   string   `json:"withdraw_word"` // 撤回 or 撤销升级 in the portal; empty where it has neither
	WithdrawPath   string   `json:"withdraw_path"`
	WithdrawStates []string `json:"withdraw_states"`
	WithdrawSource string   `json:"withdraw_source"`
}

// PlaceView is where a task is done. Address is a key of package forms; with PerRegion "." and the region follow it.
type PlaceView struct {
	Address   string `json:"address"`
	PerRegion bool   `json:"per_region"`
	Region    string `json:"region"` // as the case was started with; empty means the app's own
	Path      string `json:"path"`
}

// CautionView is a caution with the rules behind it.
type CautionView struct {
	Text  string   `json:"text"`
	Rules []string `json:"rules"`
}

// ActView is an act the task has in its present state. One that is not allowed says why and what to do instead.
type ActView struct {
	Act         listing.ActName `json:"act"`
	Word        string          `json:"word"`
	Allowed     bool            `json:"allowed"`
	Reason      string          `json:"reason"`
	Hint        string          `json:"hint"`
	NeedsReason bool            `json:"needs_reason"`
	NeedsProof  bool            `json:"needs_proof"`
}

// ActHistory is one act of the past. Undone marks an act that was taken back; Task is another task's ID when its return
// reopened this one.
type ActHistory struct {
	Seq    int             `json:"seq"`
	Task   string          `json:"task"`
	Act    listing.ActName `json:"act"`
	Word   string          `json:"word"`
	By     string          `json:"by"`
	At     string          `json:"at"`
	Reason string          `json:"reason"`
	Proofs []string        `json:"proofs"`
	Undone bool            `json:"undone"`

	Reopens []string       `json:"reopens"`
	Links   []listing.Link `json:"links"`
}

// View returns everything a screen shows of the case at now. findings are those about the app; with a party the next
// steps are only those of that party (see Next).
func (s *State) View(now time.Time, cal *workday.Calendar, findings []listing.Finding, party string) CaseView {
	f := s.Plan.Flow
	v := CaseView{CaseID: s.Case.ID, AppID: s.Case.AppID, Flow: f.ID, FlowName: f.Name, FlowVersion: f.Version,
		FlowSource: f.Source, FlowChecked: f.Checked, StartedAt: s.Case.StartedAt, StartedBy: s.Case.StartedBy,
		ClosedAt: s.Case.ClosedAt, Finished: s.Finished(), Stages: s.Progress(), Next: s.Next(now, cal, party),
		Waits: s.Waits(now, cal), Notices: s.notices(), Tasks: []TaskView{},
		Inputs: f.inputViews(s.Case.Inputs), Effects: Effects(s.Plan, s.Case),
		Moves: append([]listing.Move{}, s.Case.Moves...)}
	for _, stage := range v.Stages {
		v.Settled += stage.Settled
		v.Total += stage.Total
	}
	for _, t := range s.Plan.tasks {
		v.Tasks = append(v.Tasks, s.taskView(t, v.Waits, findings))
	}
	return v
}

// TaskView returns one task as a screen shows it; CodeNotFound or CodeRefused for a task the case does not have.
func (s *State) TaskView(id string, now time.Time, cal *workday.Calendar, findings []listing.Finding) (TaskView, error) {
	t := s.Plan.Flow.Task(id)
	if t == nil || !s.Plan.Has(id) {
		return TaskView{}, s.Can(id, listing.ActFill, nil)
	}
	return s.taskView(t, s.Waits(now, cal), findings), nil
}

// Progress counts the tasks of each stage by where they stand. Stages without tasks for this kind are left out.
func (s *State) Progress() []StageView {
	out := []StageView{}
	for i := range s.Plan.Flow.Stages {
		stage := &s.Plan.Flow.Stages[i]
		v := StageView{ID: stage.ID, Step: stage.Step, Name: stage.Name, Summary: stage.Summary, Tasks: []string{}}
		for _, t := range stage.Tasks {
			if s.Plan.Has(t.ID) {
				v.count(t.ID, s.Status(t.ID))
			}
		}
		if v.Total > 0 {
			out = append(out, v)
		}
	}
	return out
}

func (v *StageView) count(task string, status listing.Status) {
	v.Tasks = append(v.Tasks, task)
	v.Total++
	switch {
	case status.Settled():
		v.Settled++
	case status == listing.StatusBlocked:
		v.Blocked++
	case IsOpen(status):
		v.Open++
	default:
		v.Waiting++
	}
}

func (s *State) notices() []string {
	out := []string{}
	for _, id := range s.Stray() {
		if t := s.Plan.Flow.Task(id); t != nil {
			out = append(out, "“"+id+" "+t.Title+"”办过，但现在的应用类型没有这个事项，记录保留")
			continue
		}
		out = append(out, "“"+id+"”办过，但现在的流程版本（"+s.Plan.Flow.Version+"）没有这个事项，记录保留")
	}
	for _, id := range s.Aside() {
		out = append(out, "“"+id+" "+s.title(id)+"”在原来的流程版本里办过的动作，有的在现在的版本里对不上，记录保留，请照现在的状态接着办")
	}
	for _, id := range s.Early() {
		out = append(out, "“"+id+" "+s.title(id)+"”已经在办，但它要等的 "+s.neglected(id)[0]+" 还没有办好，请补办")
	}
	return out
}

func (f *Flow) inputViews(values map[string]string) []InputView {
	out := []InputView{}
	for _, in := range f.Inputs {
		out = append(out, InputView{Key: in.Key, Label: in.Label, Type: in.Type, Required: in.Required, Field: in.Field,
			List: in.List, Options: list(in.Options), Help: in.Help, Value: values[in.Key]})
	}
	return out
}

func (s *State) taskView(t *Task, waits []Wait, findings []listing.Finding) TaskView {
	stage, status := s.Plan.stage[t.ID], s.Status(t.ID)
	v := TaskView{ID: t.ID, Title: t.Title, Stage: stage.ID, StageName: stage.Name, Step: stage.Step,
		Status: status, StatusWord: status.Word(), Settled: status.Settled(), Open: IsOpen(status), Reviewed: t.Reviewed(),
		Why: t.Why, Prepare: list(t.Prepare), Steps: list(t.Steps), Takes: t.Takes, Answer: t.Answer,
		Forms: list(t.Forms), Materials: list(t.Materials), Gates: list(t.Gates), ProofWhat: t.Proof.What,
		ProofNeeded: t.Proof.Required, SkipWhen: t.SkipWhen, Sources: list(t.Sources), Checked: t.Checked,
		Needs: list(s.Plan.needs[t.ID]), Blockers: s.Blockers(t.ID), Acts: s.Acts(t.ID, findings),
		Waits: []Wait{}, ProofIDs: list(s.proofsOf(t.ID)), History: s.History(t.ID)}
	s.people(t, &v)
	s.guidance(t, &v)
	s.returns(t, &v)
	v.portal(t)
	for _, w := range waits {
		if w.Task == t.ID {
			v.Waits = append(v.Waits, w)
		}
	}
	return v
}

func (s *State) people(t *Task, v *TaskView) {
	f := s.Plan.Flow
	if a := f.Actor(t.Actor); a != nil {
		v.Actor, v.ActorName, v.Role, v.Party, v.PartyWord = a.ID, a.Name, a.Role, a.Party, PartyWord(a.Party)
	}
	v.WithNames = []string{}
	for _, id := range t.With {
		if a := f.Actor(id); a != nil {
			v.WithNames = append(v.WithNames, a.Name)
		}
	}
	if a := f.Actor(t.Reviewer); a != nil {
		v.ReviewerName = a.Name
	}
	if n := f.Network(t.Network); n != nil {
		v.Network, v.NetworkName, v.NetworkNote = n.ID, n.Name, n.Note
	}
}

func (s *State) guidance(t *Task, v *TaskView) {
	v.Places, v.Cautions = []PlaceView{}, []CautionView{}
	for _, p := range t.Places {
		if s.Plan.Shape.Has(p.Only) {
			v.Places = append(v.Places, PlaceView{Address: p.Address, PerRegion: p.PerRegion, Path: p.Path,
				Region: s.Case.Inputs[p.Region]})
		}
	}
	for _, c := range t.Cautions {
		if s.Plan.Shape.Has(c.Only) {
			v.Cautions = append(v.Cautions, CautionView{Text: c.Text, Rules: list(c.Rules)})
		}
	}
}

func (s *State) returns(t *Task, v *TaskView) {
	v.Rounds, v.Reopenable = s.Rounds(t.ID), s.Reopenable(t.ID)
	tr := s.track(t.ID)
	if !tr.reopened() {
		return
	}
	v.ReopenWhy = s.reopenReason(t)
	for _, st := range tr.live {
		if st.by != "" {
			v.ReopenedBy = st.by
		}
	}
}

func (v *TaskView) portal(t *Task) {
	v.PortalBefore, v.PortalDuring, v.PortalAfter = list(t.Portal.Before), list(t.Portal.During), list(t.Portal.After)
	v.WithdrawStates = []string{}
	if w := t.Withdraw; w != nil {
		v.WithdrawWord, v.WithdrawPath, v.WithdrawStates, v.WithdrawSource = w.Word, w.Path, list(w.States), w.Source
	}
}

// Acts lists the acts that fit the state of a task: those it has at all and whose starting status it is in, each
// allowed or with the reason why not. On a blocked task these are the acts it would begin with, all refused.
func (s *State) Acts(task string, findings []listing.Finding) []ActView {
	out := []ActView{}
	t := s.Plan.Flow.Task(task)
	if t == nil {
		return out
	}
	for _, act := range listing.ActNames() {
		r, _ := ruleOf(act)
		e := s.Can(task, act, findings)
		if e != nil && !s.shows(t, act, r) {
			continue
		}
		v := ActView{Act: act, Word: act.Word(), Allowed: e == nil, NeedsReason: r.reason, NeedsProof: r.proof}
		if e != nil {
			v.Reason, v.Hint = e.Message, e.Hint
		} else if w := t.Withdraw; w != nil && act == listing.ActUndo {
			v.Hint = "在治理侧也要" + w.Word + "：" + w.Path + "（状态为" + strings.Join(w.States, "、") + "时）"
		}
		out = append(out, v)
	}
	return out
}

// shows reports whether an act that is refused is still worth showing in the present state.
func (s *State) shows(t *Task, act listing.ActName, r rule) bool {
	if act == listing.ActUndo {
		return len(s.track(t.ID).live) > 0
	}
	own := s.track(t.ID).own()
	for _, from := range r.from {
		if from == own {
			return s.Plan.Has(t.ID) && r.fits(t) == ""
		}
	}
	return false
}

// History lists the acts on a task, oldest first, and the returns of other tasks that reopened it.
func (s *State) History(task string) []ActHistory {
	out := []ActHistory{}
	undone := map[int]bool{}
	for _, tr := range s.tasks {
		for _, at := range tr.undone {
			undone[at] = true
		}
	}
	for i, a := range s.Case.Acts {
		word := a.Act.Word()
		switch {
		case slices.Contains(a.Reopens, task):
			word = "被“" + a.Task + "”的退回重新打开"
		case a.Task != task:
			continue
		}
		out = append(out, ActHistory{Seq: a.Seq, Task: a.Task, Act: a.Act, Word: word, By: a.By, At: a.At, Reason: a.Reason,
			Proofs: list(a.Proofs), Undone: undone[i], Reopens: list(a.Reopens), Links: append([]listing.Link{}, a.Links...)})
	}
	return out
}

// list copies a list; nil becomes empty, so that JSON has [] and not null.
func list(values []string) []string { return append([]string{}, values...) }
