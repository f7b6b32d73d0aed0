package procedure

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

// What a requirement looks at. Each refuses what is known to be otherwise; where the app says nothing, it lets pass and
// leaves the question to the first task of the flow.
const (
	RequireListed    = "listed"     // listed: a milestone of By is settled, or a version or a state of States is recorded
	RequireNotListed = "not_listed" // the opposite
	RequireActive    = "active"     // not taken down (FLOW-5)
	RequirePortal    = "portal"     // the recorded state of the portal, when there is one, is among States
	RequireField     = "field"      // the field, when it is filled in, has one of Values
)

// Requirement is what must hold of an app before a flow can be started.
type Requirement struct {
	Is     string      `yaml:"is"`
	By     []Milestone `yaml:"by"`
	States []string    `yaml:"states"`
	Field  string      `yaml:"field"`
	Values []string    `yaml:"values"`
	Why    string      `yaml:"why"`
	Hint   string      `yaml:"hint"`
	Source string      `yaml:"source"`
}

// Milestone is a task of a flow whose settling is looked at from outside, without that flow at hand.
type Milestone struct {
	Flow string `yaml:"flow"`
	Task string `yaml:"task"`
}

// Exclusion is a flow that must not run at the same time.
type Exclusion struct {
	Flow  string `yaml:"flow"`
	Name  string `yaml:"name"`
	Until string `yaml:"until"` // the running case no longer counts once this task of it is settled; empty means to its end
	Why   string `yaml:"why"`
}

// The types of inputs.
const (
	InputText    = "text"
	InputPhone   = "phone"
	InputDate    = "date" // 2006-01-02
	InputURL     = "url"
	InputVersion = "version" // such as 1.2.0
	InputOne     = "one"     // one of Options
)

// Input is something a flow asks when it is started.
type Input struct {
	Key      string   `yaml:"key"`
	Label    string   `yaml:"label"`
	Type     string   `yaml:"type"`
	Required bool     `yaml:"required"`
	Field    string   `yaml:"field"` // key of package forms whose value is there now; empty when there is none
	List     string   `yaml:"list"`  // one: name of the options in package forms
	Options  []string `yaml:"options"`
	Help     string   `yaml:"help"`
}

// Change is what a finished flow makes of the app: a field set from an input or to a fixed value.
type Change struct {
	Key   string `yaml:"key"`
	From  string `yaml:"from"`
	Value string `yaml:"value"`
	Only  Only   `yaml:"only"`
}

// Effect is one fact that a finished case changes. Key is a key of package forms (app.…, unit.…) or app.released_version
// or app.retired, whose value is 是.
type Effect struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Label string `json:"label"` // of the input it comes from; empty for a fixed value
}

// Effects lists what a case changes once it is finished, in the order of the flow; inputs left empty change nothing.
func Effects(p *Plan, c listing.Case) []Effect {
	out := []Effect{}
	for _, e := range p.Flow.Effects {
		value, label := e.Value, ""
		if e.From != "" {
			value = c.Inputs[e.From]
			if in := p.Flow.Input(e.From); in != nil {
				label = in.Label
			}
		}
		if value != "" && p.Shape.Has(e.Only) {
			out = append(out, Effect{Key: e.Key, Value: value, Label: label})
		}
	}
	return out
}

// Effects lists what the case changes: nothing before it is finished.
func (s *State) Effects() []Effect {
	if !s.Finished() {
		return []Effect{}
	}
	return Effects(s.Plan, s.Case)
}

// Input returns the input with the given key, or nil.
func (f *Flow) Input(key string) *Input {
	for i := range f.Inputs {
		if f.Inputs[i].Key == key {
			return &f.Inputs[i]
		}
	}
	return nil
}

// Starting is all a flow looks at when a case is begun.
type Starting struct {
	App    listing.App
	Others []listing.Case // the cases the app has already, of whatever flow
	// Fields answers a RequireField by the key of package forms; nil means that nothing is known.
	Fields         func(key string) string
	PortalUnhosted bool // the unit's setting about KIND-4
	ID, By, At     string
	Inputs         map[string]string
}

// Start is Begin without inputs.
func (f *Flow) Start(app listing.App, others []listing.Case, id, by, at string) (listing.Case, error) {
	return f.Begin(Starting{App: app, Others: others, ID: id, By: by, At: at})
}

// Begin begins a case of the flow for an app, pinned to the flow's version; ID is the ID of the new case, At is RFC
// 3339. It refuses what MayBegin refuses, and inputs that are missing, unknown or of the wrong form (CodeInvalid or
// CodeRefused, with the key of the input as Field, inputs.KEY).
func (f *Flow) Begin(in Starting) (listing.Case, error) {
	if e := signed(in.By, in.At); e != nil {
		return listing.Case{}, e
	}
	if e := f.MayBegin(in); e != nil {
		return listing.Case{}, e
	}
	inputs, e := f.inputs(in.Inputs)
	if e != nil {
		return listing.Case{}, e
	}
	return listing.Case{ID: in.ID, AppID: in.App.ID, Flow: f.ID, FlowVersion: f.Version, StartedAt: in.At,
		StartedBy: strings.TrimSpace(in.By), Acts: []listing.Act{}, Proofs: []listing.Proof{}, Inputs: inputs}, nil
}

// MayBegin says what stands against beginning the flow for an app, or nil; inputs, person and time are not looked at. A
// second running case of the same flow, and one of a flow that excludes it, is CodeConflict and named. An archived app
// is refused, and so is one without a kind, since the kind decides which tasks there are.
func (f *Flow) MayBegin(in Starting) *listing.Error {
	if in.App.Archived {
		return listing.Failf(listing.CodeRefused, "先把它恢复，再开始办理", "应用“%s”已归档", in.App.Name)
	}
	if !slices.Contains(listing.AppKinds(), in.App.Kind) {
		e := listing.Failf(listing.CodeRefused, "先到“资料”里选应用类型，事项随类型而定", "应用“%s”还没有选应用类型", in.App.Name)
		e.Field = "app.kind"
		return e
	}
	if !f.For(in.App.Kind, in.PortalUnhosted) {
		e := listing.Failf(listing.CodeRefused, "应用类型选错时请到“资料”里改", "“%s”不适用于“%s”类应用", f.Name, in.App.Kind)
		e.Field = "app.kind"
		return e
	}
	if e := f.alone(in); e != nil {
		return e
	}
	for i := range f.Requires {
		if e := f.Requires[i].check(f, in); e != nil {
			return e
		}
	}
	return nil
}

// For reports whether the flow is for apps of a kind.
func (f *Flow) For(kind listing.AppKind, portalUnhosted bool) bool {
	return (len(f.Kinds) == 0 || slices.Contains(f.Kinds, kind)) && ShapeOf(kind, portalUnhosted).Has(f.Only)
}

// alone refuses a second case of the flow and flows that exclude it.
func (f *Flow) alone(in Starting) *listing.Error {
	for _, c := range in.Others {
		if c.AppID != in.App.ID || c.ClosedAt != "" {
			continue
		}
		if c.Flow == f.ID {
			return listing.Failf(listing.CodeConflict, "请接着办已有的办件",
				"应用“%s”已有一个正在办的“%s”（办件 %s）", in.App.Name, f.Name, c.ID)
		}
		for _, x := range f.Excludes {
			if c.Flow == x.Flow && (x.Until == "" || !settledIn(c, x.Until)) {
				return listing.Failf(listing.CodeConflict, "先把那个办件办完，或撤回它的动作后取消",
					"应用“%s”正在办“%s”（办件 %s），不能同时办“%s”：%s", in.App.Name, x.Name, c.ID, f.Name, x.Why)
			}
		}
	}
	return nil
}

// settledIn reports whether the acts of a case leave a task settled; it needs no flow.
func settledIn(c listing.Case, task string) bool {
	var live []listing.Status
	for i := range c.Acts {
		a := &c.Acts[i]
		r, known := ruleOf(a.Act)
		switch {
		case slices.Contains(a.Reopens, task) && !takenBack(c, i):
			live = append(live, listing.StatusReturned)
		case a.Task != task || !known:
		case a.Act != listing.ActUndo:
			live = append(live, r.lead(*a))
		case len(live) > 0:
			live = live[:len(live)-1]
		}
	}
	return len(live) > 0 && live[len(live)-1].Settled()
}

// takenBack reports whether the act at a place of the case was undone later.
func takenBack(c listing.Case, at int) bool {
	depth := 1
	for _, a := range c.Acts[at+1:] {
		switch {
		case a.Task != c.Acts[at].Task:
		case a.Act == listing.ActUndo:
			depth--
		default:
			depth++
		}
		if depth == 0 {
			return true
		}
	}
	return false
}

// listed reports whether the app counts as listed: a milestone is settled in one of its cases or such a case is closed,
// a released version is known, or the portal was seen in one of the states.
func (r *Requirement) listed(in Starting) bool {
	for _, c := range in.Others {
		for _, m := range r.By {
			if c.AppID == in.App.ID && c.Flow == m.Flow && (c.ClosedAt != "" || settledIn(c, m.Task)) {
				return true
			}
		}
	}
	return in.App.ReleasedVersion != "" || slices.Contains(r.States, in.App.Portal.State)
}

// check returns the refusal when the app is known not to meet the requirement.
func (r *Requirement) check(f *Flow, in Starting) *listing.Error {
	met, now, field := true, "", ""
	switch r.Is {
	case RequireListed:
		met = r.listed(in)
		now = r.unlisted(in)
	case RequireNotListed:
		met = !r.listed(in)
	case RequireActive:
		met = !in.App.Retired
	case RequirePortal:
		state := in.App.Portal.State
		met, now = state == "" || slices.Contains(r.States, state), "（治理侧状态：“"+state+"”）"
	case RequireField:
		value := ""
		if in.Fields != nil {
			value = in.Fields(r.Field)
		}
		met, field = value == "" || slices.Contains(r.Values, value), r.Field
	}
	if met {
		return nil
	}
	e := listing.Failf(listing.CodeRefused, r.Hint, "应用“%s”现在不能办“%s”：%s%s", in.App.Name, f.Name, r.Why, now)
	e.Field = field
	return e
}

// unlisted names the running case that will list the app, when there is one.
func (r *Requirement) unlisted(in Starting) string {
	for _, c := range in.Others {
		for _, m := range r.By {
			if c.AppID == in.App.ID && c.Flow == m.Flow && c.ClosedAt == "" {
				return fmt.Sprintf("（%s 的办件 %s 还没有办到 %s）", c.Flow, c.ID, m.Task)
			}
		}
	}
	return ""
}

// maxInput bounds one input, in characters.
const maxInput = 500

// inputs checks what was given and returns it trimmed; nil when there is nothing.
func (f *Flow) inputs(given map[string]string) (map[string]string, *listing.Error) {
	out := map[string]string{}
	for key := range given {
		if f.Input(key) == nil {
			return nil, wrongInput(key, listing.CodeInvalid, "请检查要填的项", "“%s”不要填 %s", f.Name, key)
		}
	}
	for i := range f.Inputs {
		in := &f.Inputs[i]
		value := strings.TrimSpace(given[in.Key])
		if value == "" {
			if in.Required {
				return nil, wrongInput(in.Key, listing.CodeRefused, "请填写后再开始办理", "“%s”要先填“%s”", f.Name, in.Label)
			}
			continue
		}
		if hint := in.misfit(value); hint != "" {
			return nil, wrongInput(in.Key, listing.CodeInvalid, hint, "“%s”填的“%s”不合要求", in.Label, clip(value))
		}
		out[in.Key] = value
	}
	if f.AnyInput && !f.changes(out) {
		return nil, wrongInput(f.Inputs[0].Key, listing.CodeRefused, "至少填一项要变更的内容", "“%s”还没有写明要变更什么", f.Name)
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// changes reports whether some effect of the flow takes one of the inputs.
func (f *Flow) changes(inputs map[string]string) bool {
	return slices.ContainsFunc(f.Effects, func(e Change) bool { return e.From != "" && inputs[e.From] != "" })
}

func wrongInput(key string, code listing.Code, hint, format string, args ...any) *listing.Error {
	e := listing.Failf(code, hint, format, args...)
	e.Field = "inputs." + key
	return e
}

func clip(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// misfit says how a value should look, or nothing when it fits.
func (in *Input) misfit(value string) string {
	if utf8.RuneCountInString(value) > maxInput || strings.ContainsAny(value, "\x00\r\n") || !utf8.ValidString(value) {
		return fmt.Sprintf("只填一行，不超过 %d 个字", maxInput)
	}
	switch in.Type {
	case InputPhone:
		if !regexp.MustCompile(`^[0-9][0-9 -]{5,19}$`).MatchString(value) {
			return "请填电话号码，例如 13800000001"
		}
	case InputDate:
		if _, err := time.Parse(dateLayout, value); err != nil {
			return "日期应像 2026-03-01 这样"
		}
	case InputURL:
		if u, err := url.Parse(value); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return "请填完整地址，以 http:// 或 https:// 开头"
		}
	case InputVersion:
		if !regexp.MustCompile(`^[vV]?[0-9]+(\.[0-9]+){0,3}([-+][0-9A-Za-z.+-]+)?$`).MatchString(value) {
			return "版本号应像 1.2.0 这样"
		}
	case InputOne:
		if len(in.Options) > 0 && !slices.Contains(in.Options, value) {
			return "只能是：" + strings.Join(in.Options, "、")
		}
	}
	return ""
}
