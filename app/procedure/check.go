package procedure

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

const dateLayout = "2006-01-02"

// The forms of IDs. Patterns are compiled where a flow is checked, once per file.
const (
	patternFlow     = `FLOW-[1-9]\d*`
	patternStep     = `STEP-[1-9]\d*(\.[1-9]\d*[a-z]?)?`
	patternTask     = patternStep + `|F[1-9]\d*-[1-9]\d*[a-z]?`
	patternWait     = `WAIT-[1-9]\d*`
	patternRole     = `ROLE-[1-9]\d*`
	patternNet      = `NET-[1-9]\d*|any`
	patternAddr     = `ADDR-[1-9]\d*(\.[a-z]+)?`
	patternForm     = `FORM-[1-9]\d*`
	patternRule     = `(RULE|TRACK|PKG|KPI)-[1-9]\d*|` + patternStep
	patternGate     = `(RULE|FORM)-[1-9]\d*`
	patternMaterial = `[a-z]+(-[a-z0-9]+)*`
	patternSource   = `(FLOW|ROLE|NET|KIND|FORM|TABLE|RULE|TRACK|PARAM|PKG|KPI|ADDR|WAIT)-[1-9]\d*|` + patternStep +
		`|dossier [1-9]\d*(\.\d+)?`
)

// checker collects what is wrong with a flow file, each fault with its place.
type checker struct {
	file     string
	faults   []*listing.Error
	patterns map[string]*regexp.Regexp
}

// check reports the first fault of the flow, and how many there are.
func (f *Flow) check(file string) error {
	c := newChecker(file)
	c.head(f)
	c.start(f)
	c.stages(f)
	if len(c.faults) == 0 { // the needs and waits are only worth following when all names are right
		c.needs(f)
		c.waits(f)
	}
	return c.first()
}

func newChecker(file string) *checker {
	return &checker{file: file, patterns: map[string]*regexp.Regexp{}}
}

// first returns the first fault, saying how many more there are, or nil.
func (c *checker) first() error {
	if len(c.faults) == 0 {
		return nil
	}
	first := c.faults[0]
	if more := len(c.faults) - 1; more > 0 {
		first.Message += fmt.Sprintf("（另有 %d 处）", more)
	}
	return first
}

func (c *checker) fault(place, format string, args ...any) {
	c.faults = append(c.faults, wrong(c.file, place, format, args...))
}

func (c *checker) text(place, value string) {
	if strings.TrimSpace(value) == "" {
		c.fault(place, "不能是空的")
	}
}

func (c *checker) texts(place string, values []string) {
	if len(values) == 0 {
		c.fault(place, "至少要有一项")
	}
	for i, v := range values {
		c.text(fmt.Sprintf("%s[%d]", place, i), v)
	}
}

func (c *checker) date(place, value string) {
	if _, err := time.Parse(dateLayout, value); err != nil {
		c.fault(place, "“%s”不是 2026-03-01 这样的日期", value)
	}
}

func (c *checker) id(place, value, pattern string) {
	re, ok := c.patterns[pattern]
	if !ok {
		re = regexp.MustCompile(`^(?:` + pattern + `)$`)
		c.patterns[pattern] = re
	}
	if !re.MatchString(value) {
		c.fault(place, "“%s”不是这里能用的编号", value)
	}
}

func (c *checker) ids(place string, values []string, pattern string) {
	for i, v := range values {
		at := fmt.Sprintf("%s[%d]", place, i)
		c.id(at, v, pattern)
		if slices.Contains(values[:i], v) {
			c.fault(at, "“%s”写了两次", v)
		}
	}
}

func (c *checker) oneOf(place, value string, words ...string) {
	if !slices.Contains(words, value) {
		c.fault(place, "“%s”不认识，只能是 %s", value, strings.Join(words, "、"))
	}
}

func (c *checker) only(place string, value Only) {
	c.oneOf(place+".only", string(value), "", string(OnlyHosted), string(OnlyUnhosted), string(OnlyMini))
}

func (c *checker) head(f *Flow) {
	c.id("id", f.ID, patternFlow)
	c.text("name", f.Name)
	c.date("version", f.Version)
	c.text("source", f.Source)
	c.date("checked", f.Checked)
	c.text("purpose", f.Purpose)
	var actors, nets []string
	for i, a := range f.Actors {
		place := fmt.Sprintf("actors[%d]", i)
		c.id(place+".id", a.ID, patternMaterial)
		c.oneOf(place+".party", a.Party, PartyOwner, PartyVendor, PartyPlatform)
		if a.Role != "" {
			c.id(place+".role", a.Role, patternRole)
		}
		c.text(place+".name", a.Name)
		actors = append(actors, a.ID)
	}
	for i, n := range f.Nets {
		place := fmt.Sprintf("networks[%d]", i)
		c.id(place+".id", n.ID, patternNet)
		c.text(place+".name", n.Name)
		c.text(place+".note", n.Note)
		nets = append(nets, n.ID)
	}
	c.unique("actors", actors)
	c.unique("networks", nets)
}

func (c *checker) unique(place string, ids []string) {
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			c.fault(fmt.Sprintf("%s[%d].id", place, i), "编号 %s 重复", id)
		}
	}
}

func (c *checker) stages(f *Flow) {
	if len(f.Stages) == 0 {
		c.fault("stages", "一个阶段也没有")
	}
	var stages, tasks []string
	for i := range f.Stages {
		s := &f.Stages[i]
		place := fmt.Sprintf("stages[%d]", i)
		c.id(place+".id", s.ID, patternMaterial)
		if s.Step != i+1 {
			c.fault(place+".step", "阶段要按 1、2、3 的顺序排，这里应是 %d，写的是 %d", i+1, s.Step)
		}
		c.text(place+".name", s.Name)
		c.text(place+".summary", s.Summary)
		c.id(place+".source", s.Source, patternSource)
		if len(s.Tasks) == 0 {
			c.fault(place+".tasks", "阶段里一个事项也没有")
		}
		stages = append(stages, s.ID)
		for j := range s.Tasks {
			t := &s.Tasks[j]
			at := fmt.Sprintf("%s.tasks[%d]（%s）", place, j, t.ID)
			if slices.Contains(tasks, t.ID) {
				c.fault(at+".id", "编号 %s 重复", t.ID)
			}
			tasks = append(tasks, t.ID)
			c.task(f, at, t)
		}
	}
	c.unique("stages", stages)
}

func (c *checker) task(f *Flow, at string, t *Task) {
	c.id(at+".id", t.ID, patternTask)
	if owner := ownerOf(t.ID); owner != f.ID {
		c.fault(at+".id", "编号 %s 属于流程 %s，不能用在 %s 里", t.ID, owner, f.ID)
	}
	c.portalOf(at, t)
	c.text(at+".title", t.Title)
	c.text(at+".why", t.Why)
	c.text(at+".takes", t.Takes)
	c.text(at+".answer", t.Answer)
	c.text(at+".proof.what", t.Proof.What)
	c.only(at, t.Only)
	c.people(f, at, t)
	c.guidance(f, at, t)
	c.texts(at+".prepare", t.Prepare)
	c.texts(at+".steps", t.Steps)
	c.ids(at+".forms", t.Forms, patternForm)
	c.ids(at+".materials", t.Materials, patternMaterial)
	c.ids(at+".gates", t.Gates, patternGate)
	c.texts(at+".sources", t.Sources)
	c.ids(at+".sources", t.Sources, patternSource)
	c.date(at+".checked", t.Checked)
	if !t.Reviewed() && !t.Proof.Required {
		c.fault(at+".proof.required", "不经审核的事项必须要证明")
	}
}

func (c *checker) people(f *Flow, at string, t *Task) {
	if f.Actor(t.Actor) == nil {
		c.fault(at+".actor", "没有办理人 %s", t.Actor)
	}
	for i, with := range t.With {
		if f.Actor(with) == nil {
			c.fault(fmt.Sprintf("%s.with[%d]", at, i), "没有办理人 %s", with)
		}
	}
	if t.Reviewer != "" && f.Actor(t.Reviewer) == nil {
		c.fault(at+".reviewer", "没有办理人 %s", t.Reviewer)
	}
	if f.Network(t.Network) == nil {
		c.fault(at+".network", "没有网络 %s", t.Network)
	}
}

func (c *checker) guidance(f *Flow, at string, t *Task) {
	if len(t.Places) == 0 {
		c.fault(at+".places", "至少要有一项")
	}
	for i, p := range t.Places {
		place := fmt.Sprintf("%s.places[%d]", at, i)
		if p.Address != "" || p.PerRegion {
			c.id(place+".address", p.Address, patternAddr)
		}
		c.text(place+".path", p.Path)
		c.only(place, p.Only)
		if p.Region != "" && (!p.PerRegion || f.Input(p.Region) == nil) {
			c.fault(place+".region", "没有可以说明区域的项 %s", p.Region)
		}
	}
	for i, caution := range t.Cautions {
		place := fmt.Sprintf("%s.cautions[%d]", at, i)
		c.text(place+".text", caution.Text)
		c.ids(place+".rules", caution.Rules, patternRule)
		c.only(place, caution.Only)
	}
}

// needs follows the needs of every task, those of its stage included.
func (c *checker) needs(f *Flow) {
	graph := map[string][]string{}
	order := []string{}
	for i, s := range f.Stages {
		c.known(f, fmt.Sprintf("stages[%d].needs", i), s.Needs)
		for j, t := range s.Tasks {
			at := fmt.Sprintf("stages[%d].tasks[%d]（%s）.needs", i, j, t.ID)
			var names []string
			for k, n := range t.Needs {
				c.only(fmt.Sprintf("%s[%d]", at, k), n.Only)
				if n.Source != "" {
					c.id(fmt.Sprintf("%s[%d].source", at, k), n.Source, patternSource)
				}
				names = append(names, n.Task)
			}
			c.known(f, at, names)
			graph[t.ID] = append(names, s.Needs...)
			order = append(order, t.ID)
		}
	}
	if ring := findCycle(graph, order); ring != nil {
		c.fault("stages", "事项互相等待，谁也开不了头：%s", strings.Join(ring, " → "))
		return
	}
	c.forward(graph, order)
}

func (c *checker) known(f *Flow, place string, names []string) {
	c.ids(place, names, patternTask)
	for i, name := range names {
		if f.Task(name) == nil {
			c.fault(fmt.Sprintf("%s[%d]", place, i), "没有事项 %s", name)
		}
	}
}

// forward demands that a task stands after what it needs, so that reading order is a possible working order.
func (c *checker) forward(graph map[string][]string, order []string) {
	for i, id := range order {
		for _, need := range graph[id] {
			if !slices.Contains(order[:i], need) {
				c.fault("stages", "事项 %s 要等 %s，却排在它前面", id, need)
			}
		}
	}
}

// findCycle returns a ring of tasks that wait for each other, its first task repeated at the end, or nil.
func findCycle(graph map[string][]string, order []string) []string {
	const visiting, finished = 1, 2
	mark := map[string]int{}
	var path []string
	var visit func(id string) []string
	visit = func(id string) []string {
		mark[id] = visiting
		path = append(path, id)
		for _, need := range graph[id] {
			if mark[need] == visiting {
				return append(slices.Clone(path[slices.Index(path, need):]), need)
			}
			if mark[need] != finished {
				if ring := visit(need); ring != nil {
					return ring
				}
			}
		}
		mark[id], path = finished, path[:len(path)-1]
		return nil
	}
	for _, id := range order {
		if mark[id] == 0 {
			if ring := visit(id); ring != nil {
				return ring
			}
		}
	}
	return nil
}

func (c *checker) waits(f *Flow) {
	var ids []string
	for i, w := range f.Waits {
		place := fmt.Sprintf("waits[%d]（%s）", i, w.ID)
		c.id(place+".id", w.ID, patternWait)
		c.text(place+".name", w.Name)
		c.text(place+".text", w.Text)
		c.id(place+".source", w.Source, patternSource)
		c.known(f, place+".task", []string{w.Task})
		c.known(f, place+".from.task", []string{w.From.Task})
		c.oneOf(place+".until", w.Until, UntilSettled, UntilDue)
		c.oneOf(place+".kind", w.Kind, WaitWorkdays, WaitHours, WaitNextDay, WaitDaily, WaitDesk)
		counted := w.Kind == WaitWorkdays || w.Kind == WaitHours
		if counted != (w.N > 0) || w.N < 0 || w.N > maxWait {
			c.fault(place+".n", "数量 %d 与种类 %s 不相配", w.N, w.Kind)
		}
		if w.Kind == WaitDaily && w.Until == UntilDue {
			c.fault(place+".until", "没有时长的等待不会自己结束")
		}
		c.starter(f, place, w)
		if f.Actor(w.Call.Actor) == nil {
			c.fault(place+".call.actor", "没有办理人 %s", w.Call.Actor)
		}
		c.text(place+".call.say", w.Call.Say)
		ids = append(ids, w.ID)
	}
	c.unique("waits", ids)
}

// maxWait bounds the length of a wait, in hours or working days.
const maxWait = 1000

func (c *checker) starter(f *Flow, place string, w WaitRule) {
	act := listing.ActName(w.From.Act)
	t := f.Task(w.From.Task)
	r, known := ruleOf(act)
	if !known || act == listing.ActUndo {
		c.fault(place+".from.act", "没有动作 %s", w.From.Act)
		return
	}
	if t != nil && r.fits(t) != "" {
		c.fault(place+".from.act", "事项 %s 没有动作 %s：%s", t.ID, w.From.Act, r.fits(t))
	}
}
