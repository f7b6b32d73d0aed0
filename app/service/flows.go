package service

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"slices"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// flows are all flows the program knows at one moment: those it brings and those the unit imported. It keeps the plans it
// made, since many cases share one.
type flows struct {
	*procedure.Library
	plans map[planned]*procedure.Plan
}

type planned struct {
	flow  *procedure.Flow
	shape procedure.Shape
}

func (f *flows) plan(flow *procedure.Flow, shape procedure.Shape) *procedure.Plan {
	key := planned{flow, shape}
	if f.plans[key] == nil {
		f.plans[key] = flow.Plan(shape)
	}
	return f.plans[key]
}

// parsedFlows remembers imported files that were read before, by their SHA-256.
type parsedFlows struct {
	mu  sync.Mutex
	all map[string]*procedure.Flow
}

func (p *parsedFlows) parse(file listing.FlowFile) (*procedure.Flow, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.all[file.SHA256]; f != nil {
		return f, nil
	}
	f, err := procedure.Parse(file.FileName, []byte(file.Body))
	if err != nil {
		return nil, err
	}
	if p.all == nil {
		p.all = map[string]*procedure.Flow{}
	}
	p.all[file.SHA256] = f
	return f, nil
}

// library returns the flows of the program with those the unit imported. An imported version that the program meanwhile
// brings itself is passed over, and so, with a word to the log, is one that a later program finds wanting: the other
// flows must go on.
func (c *core) library(r listing.Reader) (*flows, error) {
	files, err := listing.All[listing.FlowFile](r)
	if err != nil {
		return nil, err
	}
	all := c.embedded
	for _, file := range files {
		flow, err := c.imported.parse(file)
		if err != nil {
			if c.Log != nil {
				c.Log.Warn("imported flow left out", "flow", file.ID, "error", err)
			}
			continue
		}
		more, err := all.With(flow)
		switch {
		case err == nil:
			all = more
		case listing.CodeOf(err) != listing.CodeConflict:
			return nil, err
		}
	}
	return &flows{all, map[planned]*procedure.Plan{}}, nil
}

// newest lists the newest version of every flow, in the order of the files.
func (f *flows) newest() []*procedure.Flow {
	out := []*procedure.Flow{}
	for _, flow := range f.Flows() {
		i := slices.IndexFunc(out, func(have *procedure.Flow) bool { return have.ID == flow.ID })
		switch {
		case i < 0:
			out = append(out, flow)
		case flow.Version > out[i].Version:
			out[i] = flow
		}
	}
	return out
}

// Flows is what can be done with the flows themselves: those the program brings and those the unit imported.
type Flows struct{ *core }

// maxFlow is the largest procedure file taken, in bytes.
const maxFlow = 1 << 20

// FlowInfo is one version of a flow.
type FlowInfo struct {
	procedure.FlowView
	Own        bool   `json:"own"`     // imported by the unit
	Latest     bool   `json:"latest"`  // new cases begin with it
	Running    int    `json:"running"` // cases that are pinned to it and not finished
	FileName   string `json:"file_name"`
	ImportedBy string `json:"imported_by"`
	ImportedAt string `json:"imported_at"`
	SHA256     string `json:"sha256"`
}

// FlowDetail is one version of a flow with its tasks.
type FlowDetail struct {
	Info   FlowInfo    `json:"info"`
	Stages []FlowStage `json:"stages"`
	Waits  []FlowWait  `json:"waits"`
}

// FlowStage is a stage of a FlowDetail.
type FlowStage struct {
	ID      string     `json:"id"`
	Step    int        `json:"step"`
	Name    string     `json:"name"`
	Summary string     `json:"summary"`
	Tasks   []FlowTask `json:"tasks"`
}

// FlowTask is a task of a FlowDetail.
type FlowTask struct {
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	Why          string   `json:"why"`
	ActorName    string   `json:"actor_name"`
	PartyWord    string   `json:"party_word"`
	ReviewerName string   `json:"reviewer_name"`
	NetworkName  string   `json:"network_name"`
	Takes        string   `json:"takes"`
	Needs        []string `json:"needs"`
	Only         string   `json:"only"` // hosted, unhosted or mini; empty for all kinds
	Sources      []string `json:"sources"`
}

// FlowWait is a wait of a FlowDetail.
type FlowWait struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Task   string `json:"task"`
	Text   string `json:"text"`
	Source string `json:"source"`
}

// List lists every flow in every version, the newest version of a flow first.
func (s *Flows) List(ctx context.Context) ([]FlowInfo, error) {
	out := []FlowInfo{}
	err := s.maybe(ctx, func(r listing.Reader) (err error) {
		out, err = s.infos(r)
		return err
	})
	return out, err
}

// infos works without a store too.
func (s *Flows) infos(r listing.Reader) ([]FlowInfo, error) {
	library, own, running, set := &flows{Library: s.embedded}, map[string]listing.FlowFile{}, map[string]int{}, listing.Settings{}
	if r != nil {
		var err error
		if library, err = s.library(r); err != nil {
			return nil, err
		}
		if set, err = settings(r); err != nil {
			return nil, err
		}
		if own, running, err = pins(r); err != nil {
			return nil, err
		}
	}
	latest := map[string]string{}
	for _, f := range library.newest() {
		latest[f.ID] = f.Version
	}
	out := []FlowInfo{}
	for _, f := range library.Flows() {
		id := pin(f.ID, f.Version)
		file := own[id]
		out = append(out, FlowInfo{FlowView: s.flowView(f, set.PortalUnhosted), Own: file.ID != "", Latest: latest[f.ID] == f.Version,
			Running: running[id], FileName: file.FileName, ImportedBy: file.ImportedBy, ImportedAt: file.ImportedAt, SHA256: file.SHA256})
	}
	slices.SortStableFunc(out, func(a, b FlowInfo) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(b.Version, a.Version))
	})
	return out, nil
}

// flowView fills in the options that stand in lists of package forms.
func (c *core) flowView(f *procedure.Flow, portalUnhosted bool) procedure.FlowView {
	v := f.View(portalUnhosted)
	for i := range v.Inputs {
		if in := &v.Inputs[i]; in.List != "" {
			in.Options = append([]string{}, c.forms.Lists[in.List]...)
		}
	}
	return v
}

func pin(flow, version string) string { return flow + "@" + version }

// pins reads the imported files, and counts the running cases of every version.
func pins(r listing.Reader) (own map[string]listing.FlowFile, running map[string]int, err error) {
	files, err := listing.All[listing.FlowFile](r)
	if err != nil {
		return nil, nil, err
	}
	cases, err := listing.All[listing.Case](r)
	own, running = map[string]listing.FlowFile{}, map[string]int{}
	for _, f := range files {
		own[f.ID] = f
	}
	for _, k := range cases {
		if k.ClosedAt == "" {
			running[pin(k.Flow, k.FlowVersion)]++
		}
	}
	return own, running, err
}

// Show returns one version of a flow with its tasks; an empty version means the newest.
func (s *Flows) Show(ctx context.Context, id, version string) (FlowDetail, error) {
	var out FlowDetail
	err := s.maybe(ctx, func(r listing.Reader) error {
		infos, err := s.infos(r)
		if err != nil {
			return err
		}
		f, err := s.flow(r, id, version)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(infos, func(i FlowInfo) bool { return i.ID == f.ID && i.Version == f.Version })
		out = detailOf(f, infos[i])
		return nil
	})
	return out, err
}

// flow finds a version of a flow, the newest when none is named; r may be nil.
func (s *Flows) flow(r listing.Reader, id, version string) (*procedure.Flow, error) {
	library := s.embedded
	if r != nil {
		all, err := s.library(r)
		if err != nil {
			return nil, err
		}
		library = all.Library
	}
	if version == "" {
		return library.Latest(id)
	}
	return library.Flow(id, version)
}

func detailOf(f *procedure.Flow, info FlowInfo) FlowDetail {
	out := FlowDetail{Info: info, Stages: []FlowStage{}, Waits: []FlowWait{}}
	for _, stage := range f.Stages {
		view := FlowStage{ID: stage.ID, Step: stage.Step, Name: stage.Name, Summary: stage.Summary, Tasks: []FlowTask{}}
		for _, t := range stage.Tasks {
			view.Tasks = append(view.Tasks, flowTask(f, t, stage.Needs))
		}
		out.Stages = append(out.Stages, view)
	}
	for _, w := range f.Waits {
		out.Waits = append(out.Waits, FlowWait{ID: w.ID, Name: w.Name, Task: w.Task, Text: w.Text, Source: w.Source})
	}
	return out
}

func flowTask(f *procedure.Flow, t procedure.Task, needs []string) FlowTask {
	out := FlowTask{ID: t.ID, Title: t.Title, Why: t.Why, Takes: t.Takes, Only: string(t.Only),
		Needs: append([]string{}, needs...), Sources: append([]string{}, t.Sources...)}
	if a := f.Actor(t.Actor); a != nil {
		out.ActorName, out.PartyWord = a.Name, procedure.PartyWord(a.Party)
	}
	if a := f.Actor(t.Reviewer); a != nil {
		out.ReviewerName = a.Name
	}
	if n := f.Network(t.Network); n != nil {
		out.NetworkName = n.Name
	}
	for _, n := range t.Needs {
		out.Needs = append(out.Needs, n.Task)
	}
	return out
}

// Diff compares two versions of a flow task by task; an empty version means the newest.
func (s *Flows) Diff(ctx context.Context, id, from, to string) ([]procedure.TaskDiff, error) {
	out := []procedure.TaskDiff{}
	err := s.maybe(ctx, func(r listing.Reader) error {
		a, err := s.flow(r, id, from)
		if err != nil {
			return err
		}
		b, err := s.flow(r, id, to)
		if err != nil {
			return err
		}
		out = procedure.Diff(a, b)
		return nil
	})
	return out, err
}

// Import takes an uploaded procedure file; see ImportFile.
func (s *Flows) Import(ctx context.Context, upload, sum string) (FlowInfo, error) {
	up, err := s.uploads.finished(upload)
	if err != nil {
		return FlowInfo{}, err
	}
	info, err := s.ImportFile(ctx, ProofFile{Name: up.name, Path: up.path}, sum)
	if err == nil {
		s.uploads.drop(upload)
	}
	return info, err
}

// ImportFile takes a procedure file (the format of the flows of package procedure). Its SHA-256 must be known, as for
// Calendar.ImportFile. Running cases stay on their version; new ones begin with the newest.
func (s *Flows) ImportFile(ctx context.Context, file ProofFile, sum string) (FlowInfo, error) {
	raw, err := readWhole(file, maxFlow)
	if err != nil {
		return FlowInfo{}, err
	}
	body, err := checked(raw, sum)
	if err != nil {
		return FlowInfo{}, err
	}
	flow, err := procedure.Parse(file.Name, body)
	if err != nil {
		return FlowInfo{}, err
	}
	by, err := s.operator(ctx)
	if err != nil {
		return FlowInfo{}, err
	}
	digest := sha256.Sum256(body)
	rec := listing.FlowFile{ID: pin(flow.ID, flow.Version), Flow: flow.ID, Version: flow.Version, FileName: file.Name, Body: string(body),
		SHA256: hex.EncodeToString(digest[:]), ImportedBy: by, ImportedAt: s.stamp()}
	err = s.change(ctx, "导入流程 "+rec.ID, "", func(w listing.Writer) error {
		now, err := s.library(w)
		if err != nil {
			return err
		}
		if _, err := now.With(flow); err != nil {
			return err
		}
		return w.Put(rec)
	})
	if err != nil {
		return FlowInfo{}, err
	}
	shown, err := s.Show(ctx, flow.ID, flow.Version)
	return shown.Info, err
}

// readWhole reads a small file of this machine.
func readWhole(file ProofFile, limit int64) ([]byte, error) {
	f, err := os.Open(file.Path)
	if err != nil {
		return nil, listing.Failf(listing.CodeUnreadable, "请检查路径和权限", "读不了文件“%s”", file.Name).Because(err)
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, listing.Failf(listing.CodeUnreadable, "请检查路径和权限", "读不了文件“%s”", file.Name).Because(err)
	}
	if int64(len(raw)) > limit {
		return nil, listing.Failf(listing.CodeTooLarge, "请检查是不是选错了文件", "文件“%s”超过 %d KB", file.Name, limit>>10)
	}
	return raw, nil
}

// Remove forgets an imported version of a flow that no case needs.
func (s *Flows) Remove(ctx context.Context, id, version string) error {
	return s.change(ctx, "移除流程 "+pin(id, version), "", func(w listing.Writer) error {
		if _, err := listing.Load[listing.FlowFile](w, pin(id, version)); err != nil {
			if listing.CodeOf(err) == listing.CodeNotFound {
				return listing.Failf(listing.CodeNotFound, "只能移除导入的版本；程序自带的不用移除", "没有导入过流程 %s 的版本 %s", id, version)
			}
			return err
		}
		cases, err := listing.All[listing.Case](w)
		if err != nil {
			return err
		}
		for _, k := range cases {
			if k.Flow == id && needs(k, version) {
				return listing.Failf(listing.CodeRefused, "先把办件改用别的版本", "办件 %s 还在用流程 %s 的版本 %s", k.ID, id, version)
			}
		}
		return w.Delete(listing.KindFlow, pin(id, version))
	})
}

// needs reports whether a case is pinned to a version, or may be moved back to it.
func needs(k listing.Case, version string) bool {
	return k.FlowVersion == version || slices.ContainsFunc(k.Moves, func(m listing.Move) bool { return m.From == version })
}
