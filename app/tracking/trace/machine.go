package trace

import (
	"maps"

	"github.com/tdewolff/parse/v2/js"
)

// Options say what surrounds the scripts.
type Options struct {
	UserAgent string // of the device
	// Module finds the script that an import or require names, nil when it is outside the code.
	Module func(from *Script, name string) *Script
	// Local finds the script behind an address that a page loads, nil when it is elsewhere.
	Local func(from *Script, address string) *Script
	Late  []*Script // loaded some time later, on demand
	Steps int       // how much is followed; 0 for the usual bound
}

const (
	usualSteps = 4_000_000
	maxDepth   = 48 // calls inside calls
	maxLoop    = 64 // turns of a loop whose end is known
	maxWorks   = 20_000
	maxWithin  = 24 // work inside work
)

// machine follows scripts.
type machine struct {
	opts    Options
	trace   *Trace
	globals map[string]*Value
	modules map[*Script]*module
	parts   map[string]*Value // functions of a bundle by their module key
	created []*function       // in the order they were met
	entered map[*function]bool
	active  map[js.INode]int
	tasks   []task

	switches map[string]bool // properties that code sets to true to do a thing only once

	at    *sequence // where events go
	works []*Work   // what is being done
	last  Mark      // the newest place that was seen
	tried int
	maybe int
	steps int
	depth int
	log   *[]change // variables changed on the way of an undecided condition
}

// task is work that waits for its turn.
type task struct {
	work  *Work
	works []*Work
	do    func()
}

// module is what one script exports.
type module struct {
	exports *Value
	done    bool
}

// frame holds the variables of one run of a function or script.
type frame struct {
	vars    map[*js.Var]*Value
	parent  *frame
	script  *Script
	global  bool // top level of a classic script: its variables are the page's
	this    *Value
	args    []*Value
	returns []*Value
	chain   *chain // what a function that waits hangs on
	async   bool
	exports *Value // of a module
}

// Run follows the scripts of one page in their order.
func Run(scripts []*Script, o Options) *Trace {
	if o.Steps == 0 {
		o.Steps = usualSteps
	}
	root := &sequence{}
	m := &machine{
		opts: o, trace: &Trace{root: root}, globals: map[string]*Value{}, modules: map[*Script]*module{},
		parts: map[string]*Value{}, switches: map[string]bool{}, entered: map[*function]bool{}, active: map[js.INode]int{}, at: root,
	}
	for _, s := range scripts {
		m.script(s)
	}
	for _, s := range o.Late {
		m.later(&Work{When: OnDemand, Name: "late"}, func() { m.script(s) })
	}
	m.finish()
	return m.trace
}

// script runs one script of the page, a module once.
func (m *machine) script(s *Script) {
	if s == nil || s.tree == nil {
		return
	}
	m.routes(s)
	maps.Copy(m.switches, s.outline.switches)
	if s.Module || isModule(s.tree) {
		m.module(s)
		return
	}
	m.block(&frame{script: s, global: true, vars: map[*js.Var]*Value{}, this: hosted("window")}, s.tree.List)
}

func (m *machine) routes(s *Script) {
	for _, r := range s.outline.routes {
		m.emit(&Event{What: RouteTable, Name: r.path, At: m.mark(s, r.at)})
	}
}

func isModule(tree *js.AST) bool {
	for _, st := range tree.List {
		switch st.(type) {
		case *js.ImportStmt, *js.ExportStmt:
			return true
		}
	}
	return false
}

// module runs a module and returns what it exports.
func (m *machine) module(s *Script) *Value {
	if known := m.modules[s]; known != nil {
		return known.exports
	}
	maps.Copy(m.switches, s.outline.switches)
	mod := &module{exports: newObject(Mark{})}
	m.modules[s] = mod
	f := &frame{script: s, vars: map[*js.Var]*Value{}, this: nothing(), exports: mod.exports}
	holder := newObject(Mark{})
	holder.set("exports", mod.exports, Mark{})
	for name, v := range map[string]*Value{"module": holder, "exports": mod.exports} {
		if declared := undeclaredVar(s, name); declared != nil {
			f.vars[declared] = v
		}
	}
	keep := m.works
	at := m.at
	m.block(f, s.tree.List)
	m.works, m.at = keep, at
	m.export(f, s)
	if out := holder.Get("exports"); out != mod.exports {
		mod.exports = out
	}
	mod.done = true
	return mod.exports
}

// undeclaredVar returns the variable of a name that a script uses without declaring it.
func undeclaredVar(s *Script, name string) *js.Var {
	for _, v := range s.tree.Undeclared {
		if string(v.Name()) == name {
			return root(v)
		}
	}
	return nil
}

// finish does the work that waits, then enters the functions nobody called, until nothing is left.
func (m *machine) finish() {
	for next := 0; ; {
		m.drain()
		if next >= len(m.created) || m.spent() {
			return
		}
		fn := m.created[next]
		next++
		if fn.native != nil || m.entered[fn] || !fn.script().outline.follow(fn.node) {
			continue
		}
		m.later(&Work{When: demand(fn.name), Name: fn.name, At: fn.at}, func() { m.call(fn, nil, nil) })
	}
}

// drain does the work that waits, in the order it was set off.
func (m *machine) drain() {
	for i := 0; i < len(m.tasks) && !m.spent(); i++ {
		t := m.tasks[i]
		at, works, depth, log := m.at, m.works, m.depth, m.log
		m.at, m.works, m.depth, m.log = t.work.body, append(t.works[:len(t.works):len(t.works)], t.work), 0, nil
		t.do()
		m.at, m.works, m.depth, m.log = at, works, depth, log
	}
	m.tasks = nil
}

// later sets work off: it stands where it is set off, and is done when the present run has ended.
func (m *machine) later(w *Work, do func()) {
	if len(m.works) >= maxWithin || len(m.tasks) >= maxWorks {
		m.trace.Stopped = true
		return
	}
	w.body = &sequence{}
	m.at.steps = append(m.at.steps, step{work: w})
	m.tasks = append(m.tasks, task{work: w, works: m.works, do: do})
}

// enter lets what follows in this run be part of work, as after an await.
func (m *machine) enter(w *Work) {
	w.body = &sequence{}
	m.at.steps = append(m.at.steps, step{work: w})
	m.at = w.body
	m.works = append(m.works[:len(m.works):len(m.works)], w)
}

// emit notes an event at the present place.
func (m *machine) emit(e *Event) {
	if len(m.trace.Events) >= maxWorks {
		m.trace.Stopped = true
		return
	}
	e.Seq, e.works, e.Tried, e.maybe = len(m.trace.Events)+1, m.works, m.tried > 0, m.maybe
	if e.At.IsZero() {
		e.At = m.last
	}
	m.trace.Events = append(m.trace.Events, e)
	m.at.steps = append(m.at.steps, step{event: e})
}

// spent counts steps and reports whether the bound is reached.
func (m *machine) spent() bool {
	m.steps++
	if m.steps > m.opts.Steps {
		m.trace.Stopped = true
		return true
	}
	return false
}

// mark returns the place of a token.
func (m *machine) mark(s *Script, token []byte) Mark {
	if at := s.offset(token); at >= 0 {
		return Mark{s, at}
	}
	return Mark{}
}

// see remembers the place of a token as the newest.
func (m *machine) see(f *frame, token []byte) Mark {
	at := m.mark(f.script, token)
	if !at.IsZero() {
		m.last = at
	}
	return at
}

// change is a variable's value before it was changed on the way of an undecided condition.
type change struct {
	f    *frame
	v    *js.Var
	name string // of a global
	old  *Value
}

func (c change) get(m *machine) *Value {
	if c.name != "" {
		return m.globals[c.name]
	}
	return c.f.vars[c.v]
}

func (c change) set(m *machine, v *Value) {
	switch {
	case c.name != "" && v == nil:
		delete(m.globals, c.name)
	case c.name != "":
		m.globals[c.name] = v
	case v == nil:
		delete(c.f.vars, c.v)
	default:
		c.f.vars[c.v] = v
	}
}

// lookup finds the value of a variable.
func (m *machine) lookup(f *frame, use *js.Var) *Value {
	v := root(use)
	name := string(v.Name())
	for at := f; at != nil; at = at.parent {
		if val, ok := at.vars[v]; ok {
			return m.latched(f, v, val)
		}
		if at.global && at.parent == nil {
			if val, ok := m.globals[name]; ok {
				return m.latched(f, v, val)
			}
		}
	}
	if v.Decl == js.NoDecl {
		return m.global(name)
	}
	return m.unread(f, v, name)
}

// latched makes a once-only switch undecided: which of its two values it has depends on when the code runs.
func (m *machine) latched(f *frame, v *js.Var, val *Value) *Value {
	if val.Kind == Bool && f.script.outline.latches[v] {
		return &Value{Kind: Bool, Bool: val.Bool, guard: true, At: val.At}
	}
	return val
}

// unread finds a variable whose declaration was passed over, as big bundles are followed only in part.
func (m *machine) unread(f *frame, v *js.Var, name string) *Value {
	init := f.script.outline.inits[v]
	if f.script.outline.relevant == nil || init == nil || m.active[init] > 0 {
		return unknown(name)
	}
	m.active[init]++
	defer func() { m.active[init]-- }()
	home := f
	for home.parent != nil {
		home = home.parent
	}
	val := m.declared(home, init)
	home.vars[v] = val
	return val
}

func (m *machine) declared(f *frame, init js.IExpr) *Value {
	if fn, ok := init.(*js.FuncDecl); ok {
		return m.function(f, fn)
	}
	switch init.(type) {
	case *js.CallExpr, *js.NewExpr:
		return unknown("")
	}
	return m.eval(f, init)
}

// global finds a name that no script of the chain of frames declares.
func (m *machine) global(name string) *Value {
	if val, ok := m.globals[name]; ok {
		return val
	}
	if h := hostValue(name); h != nil {
		return h
	}
	v := unknown(name)
	v.guard = isAPI(name)
	return v
}

// assign gives a variable a value; on the way of an undecided condition the old one is kept for the other way.
func (m *machine) assign(f *frame, use *js.Var, val *Value) {
	v := root(use)
	name := string(v.Name())
	for at := f; at != nil; at = at.parent {
		_, here := at.vars[v]
		if here {
			m.put(change{f: at, v: v}, keptQueue(val))
			return
		}
		if at.parent == nil && (at.global || v.Decl == js.NoDecl) {
			m.setGlobal(name, val)
			return
		}
	}
	m.put(change{f: outermost(f), v: v}, keptQueue(val))
}

func outermost(f *frame) *frame {
	for f.parent != nil {
		f = f.parent
	}
	return f
}

// setGlobal gives a variable of the page a value.
func (m *machine) setGlobal(name string, val *Value) {
	switch name {
	case "aplus_queue":
		if val.Kind == Array {
			m.emit(&Event{What: Renewed, At: val.At})
		}
		return
	case "_wpk":
		m.emit(&Event{What: Kept})
	}
	m.put(change{name: name}, keptQueue(val))
}

func (m *machine) put(c change, val *Value) {
	if m.log != nil {
		c.old = c.get(m)
		*m.log = append(*m.log, c)
	}
	c.set(m, val)
}

// declare makes a variable of a frame.
func (m *machine) declare(f *frame, v *js.Var, val *Value) {
	if f.global && f.parent == nil {
		m.setGlobal(string(root(v).Name()), val)
		return
	}
	m.put(change{f: f, v: root(v)}, keptQueue(val))
}

// keptQueue marks the queue as kept in a variable: the SDK puts another object into window.aplus_queue when it starts.
func keptQueue(v *Value) *Value {
	if v.Kind == host && v.Text == "queue" && !v.cached {
		return &Value{Kind: host, Text: "queue", cached: true}
	}
	return v
}

// demand tells from its name when a function that nobody calls is likely to run.
func demand(name string) When {
	if w := whenNamed(name); w != "" && w != OnSuccess && w != OnFailure && w != OnEither {
		return w
	}
	return OnDemand
}
