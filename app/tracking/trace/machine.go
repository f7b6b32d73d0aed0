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
	// Mentioned are names used where no script is: in attributes of elements and in templates.
	Mentioned map[string]bool
	Steps     int // how much is followed; 0 for the usual bound
}

const (
	usualSteps = 1_500_000
	maxAside   = 3  // calls inside calls of what has nothing to do with the tracking code, in a big script
	maxDepth   = 48 // calls inside calls
	maxLoop    = 64 // turns of a loop whose end is known
	maxWorks   = 20_000
	maxWithin  = 24 // work inside work
)

// machine follows scripts.
type machine struct {
	opts       Options
	trace      *Trace
	globals    map[string]*Value
	modules    map[*Script]*module
	parts      map[string]*Value // functions of a bundle by their module key
	loose      map[string]*Value // properties put where every component finds them
	missed     map[string]bool   // names that were asked for and not found: what has such a name may be in use
	app        *Value            // what a mini-program gave to App
	prototypes map[*object]bool  // what functions have as prototype
	created    []*function       // in the order they were met
	idle       []*function       // nothing seems to use them
	entered    map[*function]bool
	active     map[js.INode]int
	tasks      []task

	switches map[string]bool // properties that code sets to true to do a thing only once

	at    *sequence // where events go
	works []*Work   // what is being done
	last  Mark      // the newest place that was seen
	tried int
	maybe int
	steps int
	depth int
	aside int
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
	sparse  bool // only what has to do with the tracking code is followed
	global  bool // top level of a classic script: its variables are the page's
	this    *Value
	args    []*Value
	fn      *function // nil for a script
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
		parts: map[string]*Value{}, loose: map[string]*Value{}, missed: map[string]bool{}, prototypes: map[*object]bool{}, switches: map[string]bool{}, entered: map[*function]bool{}, active: map[js.INode]int{}, at: root,
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
	if s.Module || isModule(s.tree) {
		if m.modules[s] == nil {
			useAll(m.module(s), 0)
		}
		return
	}
	m.routes(s)
	maps.Copy(m.switches, s.outline.switches)
	m.block(&frame{script: s, sparse: s.outline.sparse(nil), global: true, vars: map[*js.Var]*Value{}, this: hosted("window")}, s.tree.List)
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
	m.routes(s)
	maps.Copy(m.switches, s.outline.switches)
	mod := &module{exports: newObject(Mark{})}
	m.modules[s] = mod
	f := &frame{script: s, sparse: s.outline.sparse(nil), vars: map[*js.Var]*Value{}, this: nothing(), exports: mod.exports}
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
	if m.again(w) {
		return
	}
	if len(m.works) >= maxWithin || len(m.tasks) >= maxWorks {
		m.trace.Stopped = true
		return
	}
	w.body = &sequence{}
	m.at.steps = append(m.at.steps, step{work: w})
	m.tasks = append(m.tasks, task{work: w, works: m.works, do: do})
}

// again reports whether work sets itself off, as a timer that starts itself anew: once more shows all there is to see.
func (m *machine) again(w *Work) bool {
	n := 0
	for _, around := range m.works {
		if around.At == w.At && around.Name == w.Name && !w.At.IsZero() {
			n++
		}
	}
	return n >= 2
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
