package procedure

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"shangjiatong/app/listing"
)

// With returns a library that also holds the given flows; a flow in a version that is there already is CodeConflict.
func (l *Library) With(extra ...*Flow) (*Library, error) {
	out := &Library{flows: slices.Clone(l.flows)}
	for _, f := range extra {
		if out.find(f.ID, f.Version) != nil {
			return nil, listing.Failf(listing.CodeConflict, "要改内容，请把文件里的版本日期改新再导入",
				"流程 %s 的版本 %s 已经有了", f.ID, f.Version)
		}
		out.flows = append(out.flows, f)
	}
	return out, nil
}

// Versions lists the versions of a flow, oldest first.
func (l *Library) Versions(id string) []string {
	out := []string{}
	for _, f := range l.flows {
		if f.ID == id {
			out = append(out, f.Version)
		}
	}
	slices.Sort(out)
	return out
}

// The kinds of differences.
const (
	DiffAdded   = "added"
	DiffRemoved = "removed"
	DiffChanged = "changed"
)

// TaskDiff is how one task differs between two versions of a flow. An empty Task speaks of the flow itself.
type TaskDiff struct {
	Task     string      `json:"task"`
	Title    string      `json:"title"`
	Kind     string      `json:"kind"`
	KindWord string      `json:"kind_word"`
	Fields   []FieldDiff `json:"fields"` // only of changed
}

// FieldDiff is one thing that reads differently.
type FieldDiff struct {
	Field  string `json:"field"` // in words
	Before string `json:"before"`
	After  string `json:"after"`
}

// Diff compares two versions of a flow: the flow itself first, then the tasks in the order of b, removed ones last.
func Diff(a, b *Flow) []TaskDiff {
	out := []TaskDiff{}
	if fields := compare(a.facts(), b.facts()); len(fields) > 0 {
		out = append(out, TaskDiff{Title: b.Name, Kind: DiffChanged, KindWord: "改动", Fields: fields})
	}
	b.each(func(s *Stage, t *Task) {
		old, oldStage := a.Task(t.ID), a.stageOf(t.ID)
		if old == nil {
			out = append(out, TaskDiff{Task: t.ID, Title: t.Title, Kind: DiffAdded, KindWord: "新增", Fields: []FieldDiff{}})
			return
		}
		if fields := compare(a.taskFacts(oldStage, old), b.taskFacts(s, t)); len(fields) > 0 {
			out = append(out, TaskDiff{Task: t.ID, Title: t.Title, Kind: DiffChanged, KindWord: "改动", Fields: fields})
		}
	})
	a.each(func(_ *Stage, t *Task) {
		if b.Task(t.ID) == nil {
			out = append(out, TaskDiff{Task: t.ID, Title: t.Title, Kind: DiffRemoved, KindWord: "取消", Fields: []FieldDiff{}})
		}
	})
	return out
}

func (f *Flow) each(do func(s *Stage, t *Task)) {
	for i := range f.Stages {
		for j := range f.Stages[i].Tasks {
			do(&f.Stages[i], &f.Stages[i].Tasks[j])
		}
	}
}

func (f *Flow) stageOf(task string) *Stage {
	var out *Stage
	f.each(func(s *Stage, t *Task) {
		if t.ID == task {
			out = s
		}
	})
	return out
}

// fact is one line of a comparison.
type fact struct{ name, value string }

// compare lists the facts with different values; both lists have the same names in the same order.
func compare(a, b []fact) []FieldDiff {
	out := []FieldDiff{}
	for i := range b {
		if a[i].value != b[i].value {
			out = append(out, FieldDiff{Field: b[i].name, Before: a[i].value, After: b[i].value})
		}
	}
	return out
}

func (f *Flow) facts() []fact {
	return []fact{
		{"名称", f.Name}, {"用途", f.Purpose}, {"适用类型", join(f.Kinds) + string(f.Only)},
		{"开始的条件", each(f.Requires, func(r Requirement) string { return r.Why })},
		{"不能同时办的流程", each(f.Excludes, func(x Exclusion) string { return x.Name })},
		{"开始时要填的", each(f.Inputs, func(in Input) string { return in.Label + when(in.Required, "（必填）") })},
		{"办完改动的资料", each(f.Effects, func(c Change) string { return c.Key + "=" + c.From + c.Value })},
		{"阶段", each(f.Stages, func(s Stage) string { return s.Name })},
	}
}

func (f *Flow) taskFacts(s *Stage, t *Task) []fact {
	return []fact{
		{"名称", t.Title}, {"阶段", s.Name}, {"适用", string(t.Only)}, {"办理人", f.names(append([]string{t.Actor}, t.With...))},
		{"审核人", f.names([]string{t.Reviewer})}, {"网络", t.Network}, {"要先办", f.needWords(s, t)},
		{"为什么办", t.Why}, {"准备", join(t.Prepare)}, {"步骤", join(t.Steps)}, {"时长", t.Takes},
		{"在哪里办", each(t.Places, func(p Place) string { return strings.TrimSpace(p.Address + " " + p.Path) })},
		{"注意", each(t.Cautions, func(c Caution) string { return c.Text + strings.Join(c.Rules, " ") })},
		{"表格", join(t.Forms)}, {"材料", join(t.Materials)}, {"提交前的核对", join(t.Gates)},
		{"证明", t.Proof.What + when(t.Proof.Required, "（必须）")}, {"可以跳过的情况", t.SkipWhen}, {"通过的样子", t.Answer},
		{"等待", f.waitWords(t.ID)}, {"治理侧状态", join(t.Portal.Before) + " → " + join(t.Portal.During) + " → " + join(t.Portal.After)},
		{"撤回办法", t.Withdraw.words()}, {"来源", join(t.Sources)},
	}
}

func (f *Flow) names(actors []string) string {
	var out []string
	for _, id := range actors {
		if a := f.Actor(id); a != nil {
			out = append(out, a.Name)
		}
	}
	return strings.Join(out, "、")
}

func (f *Flow) needWords(s *Stage, t *Task) string {
	out := each(t.Needs, func(n Need) string { return n.Task + when(n.Only != "", "（"+string(n.Only)+"）") })
	return strings.Trim(out+"；"+join(s.Needs), "；")
}

func (f *Flow) waitWords(task string) string {
	var out []string
	for _, w := range f.Waits {
		if w.Task == task {
			out = append(out, fmt.Sprintf("%s %s %s %d", w.ID, w.Name, w.Kind, w.N))
		}
	}
	return strings.Join(out, "；")
}

func (w *Withdraw) words() string {
	if w == nil {
		return ""
	}
	return w.Word + "：" + w.Path + "（" + join(w.States) + "）"
}

func join[T ~string](values []T) string {
	return each(values, func(v T) string { return string(v) })
}

func each[T any](values []T, say func(T) string) string {
	var out []string
	for _, v := range values {
		out = append(out, say(v))
	}
	return strings.Join(out, "；")
}

func when(set bool, words string) string {
	if set {
		return words
	}
	return ""
}

// Moving is a change of a running case to another version of its flow.
type Moving struct {
	Case     listing.Case
	From, To *Flow
	Shape    Shape
	By, At   string // At is RFC 3339
}

// Move moves a running case to another version of its flow. Every act stays: those on tasks the new version lacks are
// kept as notices (State.Stray), those that do not fit the new version are set aside (State.Aside). The sentences say
// what to look at afterwards; none means that nothing is lost. A closed case, another flow, and the version the case
// has already are refused.
func (m Moving) Move() (listing.Case, []string, error) {
	if e := m.fit(); e != nil {
		return m.Case, nil, e
	}
	before, err := m.From.Plan(m.Shape).Replay(m.Case)
	if err != nil {
		return m.Case, nil, fmt.Errorf("move case %s: %w", m.Case.ID, err)
	}
	next := m.Case
	next.FlowVersion = m.To.Version
	next.Moves = append(slices.Clone(m.Case.Moves), listing.Move{From: m.From.Version, To: m.To.Version,
		By: strings.TrimSpace(m.By), At: m.At})
	after, err := m.To.Plan(m.Shape).Replay(next)
	if err != nil {
		return m.Case, nil, fmt.Errorf("move case %s: %w", m.Case.ID, err)
	}
	if after.Finished() {
		next.ClosedAt = m.At
	}
	return next, append(problems(before, after), m.unasked()...), nil
}

func (m Moving) fit() *listing.Error {
	switch {
	case m.Case.ClosedAt != "":
		return listing.Failf(listing.CodeRefused, "它照原来的版本保留", "办件 %s 已经办完，不用换版本", m.Case.ID)
	case m.From.ID != m.To.ID || m.Case.Flow != m.To.ID:
		return listing.Failf(listing.CodeRefused, "请选同一个流程的另一个版本", "办件 %s 是 %s，不能换成 %s", m.Case.ID, m.Case.Flow, m.To.ID)
	case m.From.Version == m.To.Version:
		return listing.Failf(listing.CodeRefused, "请选另一个版本", "办件 %s 已经是版本 %s", m.Case.ID, m.To.Version)
	}
	return signed(m.By, m.At)
}

// problems says in sentences what a move changed of where the case stands.
func problems(before, after *State) []string {
	out := after.notices()
	for _, t := range before.Plan.tasks {
		if was, is := before.Status(t.ID), after.Status(t.ID); after.Plan.Has(t.ID) && was.Settled() && !is.Settled() {
			out = append(out, fmt.Sprintf("“%s %s”原来%s，在新版本里是%s，要重新办", t.ID, t.Title, was.Word(), is.Word()))
		}
	}
	return out
}

// unasked names inputs that the new version asks and the case does not have.
func (m Moving) unasked() []string {
	var out []string
	for _, in := range m.To.Inputs {
		if in.Required && m.Case.Inputs[in.Key] == "" {
			out = append(out, "新版本开始时要填“"+in.Label+"”，这个办件没有填过")
		}
	}
	return out
}

// MoveBack takes the last move back by moving the case to the version it came from, To; both moves stay recorded. Without
// acts since, every task is as it was before; acts done since stay too, and those that do not fit are set aside. A case
// that the move itself finished is opened again; otherwise it refuses what Move refuses.
func (m Moving) MoveBack() (listing.Case, []string, error) {
	n := len(m.Case.Moves)
	if n == 0 || m.Case.Moves[n-1].From != m.To.Version || m.Case.FlowVersion != m.From.Version {
		return m.Case, nil, listing.Failf(listing.CodeRefused, "只能撤回最后一次更换", "办件 %s 没有从版本 %s 换过来",
			m.Case.ID, m.To.Version)
	}
	given := m.Case
	if m.Case.ClosedAt == m.Case.Moves[n-1].At {
		m.Case.ClosedAt = ""
	}
	next, problems, err := m.Move()
	if err != nil {
		return given, nil, err
	}
	return next, problems, nil
}

// CanDrop says why a case cannot be dropped, or nil: only one in which every act was taken back can, since an act that
// still stands happened in the portal.
func (s *State) CanDrop() *listing.Error {
	if s.Case.ClosedAt != "" {
		return listing.Failf(listing.CodeRefused, "办完的办件要保留", "办件 %s 已经办完", s.Case.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(s.tasks)) {
		if len(s.track(id).live) > 0 {
			return listing.Failf(listing.CodeRefused, "先把办过的动作逐个撤回；在治理侧办过的，也要在治理侧撤回",
				"“%s %s”已经办过，不能取消办件", id, s.title(id))
		}
	}
	return nil
}
