package trace

import "slices"

// What says what an event is.
type What string

// The events.
const (
	Meta       What = "meta"        // aplus.setMetaInfo: Name and Value
	PV         What = "pv"          // aplus.sendPV: Args
	Record     What = "record"      // another action that exists: Name is the action
	Odd        What = "odd"         // an action nobody knows: Name is the action
	Push       What = "push"        // something pushed that cannot be seen through
	Renewed    What = "renewed"     // window.aplus_queue was assigned a new array
	Loader     What = "loader"      // a script element: Value is its address, Attrs the rest
	Reporter   What = "reporter"    // new wpkReporter(Value)
	Install    What = "install"     // wpk.installAll()
	Kept       What = "kept"        // window._wpk = …
	Unspaced   What = "unspaced"    // a name that lost a space, as newwpkReporter: Name
	RouteTable What = "route table" // an entry of a table of routes: Name is its path
	Request    What = "request"     // an address the page asks: Value
	Redirect   What = "redirect"    // the page sends its user elsewhere: Value
	PhoneCode  What = "login code"  // asks 浙政钉 for the code of the login
)

// Event is one thing the scripts of a page would do.
type Event struct {
	What   What
	At     Mark
	Name   string
	Value  *Value // nil when there is none
	Args   []*Value
	Attrs  map[string]*Value // of a Loader
	Cached bool              // pushed onto a queue that was kept in a variable
	Tried  bool              // inside try/catch
	Seq    int               // order of finding
	works  []*Work           // what it happens in, outermost first
	maybe  int               // how many undecided conditions stand around it
}

// When says what sets a piece of work off.
type When string

// The kinds of work beside what runs at once.
const (
	OnSuccess When = "success"   // something asked for has come
	OnFailure When = "failure"   // it has failed
	OnEither  When = "either"    // it has come or failed
	OnTimer   When = "timer"     // some time later
	OnLoad    When = "load"      // the page or a script is there
	OnLeave   When = "leave"     // the page is left
	OnRoute   When = "route"     // a route was changed
	OnView    When = "view"      // a component or page is shown
	OnUser    When = "user"      // the person did something
	OnCall    When = "callback"  // handed to something that cannot be seen through
	OnDemand  When = "on demand" // nobody in the code calls it
)

// Work is a piece of code that runs later, or again and again.
type Work struct {
	When  When
	Name  string // what it was given to, as far as there is a name
	At    Mark
	body  *sequence
	chain *chain
}

// Works are the pieces of work an event happens in, outermost first; empty means at once.
func (e *Event) Works() []*Work { return e.works }

// Within reports whether an event happens in work of one of these kinds.
func (e *Event) Within(kinds ...When) bool {
	for _, w := range e.works {
		for _, k := range kinds {
			if w.When == k {
				return true
			}
		}
	}
	return false
}

// AtOnce reports whether an event happens while the page's scripts run, on no condition that is undecided.
func (e *Event) AtOnce() bool { return len(e.works) == 0 }

// Before reports whether a surely happens before b: earlier in the same run of code, or in the run that set off the work
// b happens in, since a run ends before the work it sets off begins.
func Before(a, b *Event) bool {
	if len(a.works) > len(b.works) || !slices.Equal(a.works, b.works[:len(a.works)]) {
		return false
	}
	return len(a.works) < len(b.works) || a.Seq < b.Seq
}

// SameRun reports whether two events happen in one run of code, so that nothing else comes between them.
func SameRun(a, b *Event) bool { return slices.Equal(a.works, b.works) }

// Maybe reports whether an event hangs on a condition that is decided outside the code.
func (e *Event) Maybe() bool { return e.maybe > 0 }

// Trace is what the scripts of a page would do on one device.
type Trace struct {
	Events  []*Event
	Stopped bool // a bound was reached; what comes after it was not seen
	Asked   bool // a script asked for the user agent, so that devices may differ
	root    *sequence
}

// Of returns the events of some kinds, in order.
func (t *Trace) Of(kinds ...What) []*Event {
	var out []*Event
	for _, e := range t.Events {
		for _, k := range kinds {
			if e.What == k {
				out = append(out, e)
			}
		}
	}
	return out
}

// sequence is code in the order it runs.
type sequence struct{ steps []step }

// step is one of: an event, alternatives of which one runs, or work that is set off here.
type step struct {
	event *Event
	alts  []alternative
	work  *Work
}

// alternative is one way of a condition. An idle one is the way of a guard: it is taken only when there is nothing to do.
type alternative struct {
	body *sequence
	idle bool
}

// Settles reports whether in every outcome at least one event that wanted approves is reached: however a login ends, on
// every way of a condition. Work that hangs on the person, or on leaving the page, does not count.
func (t *Trace) Settles(wanted func(*Event) bool) bool { return t.root.settles(wanted) }

// SettlesWithin is Settles for the work an event happens in: the innermost piece of one of the kinds.
func (e *Event) SettlesWithin(wanted func(*Event) bool, kinds ...When) bool {
	for i := len(e.works) - 1; i >= 0; i-- {
		for _, k := range kinds {
			if e.works[i].When == k {
				return e.works[i].body.settles(wanted)
			}
		}
	}
	return false
}

func (s *sequence) settles(wanted func(*Event) bool) bool {
	for _, st := range s.steps {
		if st.event != nil && wanted(st.event) || len(st.alts) > 0 && settleAll(st.alts, wanted) {
			return true
		}
		if st.work != nil && st.work.chain == nil && st.work.alone() && st.work.body.settles(wanted) {
			return true
		}
	}
	return s.chainsSettle(wanted)
}

// alone reports whether the work is sure to be done, without looking at other work.
func (w *Work) alone() bool {
	switch w.When {
	case OnEither, OnTimer, OnLoad, OnRoute, OnView, OnDemand:
		return true
	}
	return false
}

func settleAll(alts []alternative, wanted func(*Event) bool) bool {
	some := false
	for _, a := range alts {
		switch {
		case a.body.settles(wanted):
			some = true
		case !a.idle:
			return false
		}
	}
	return some
}

// chainsSettle looks at the work that hangs on one outcome: its success and its failure both have to settle.
func (s *sequence) chainsSettle(wanted func(*Event) bool) bool {
	type ends struct{ success, failure bool }
	found := map[*chain]*ends{}
	for _, w := range s.works(nil) {
		if w.chain == nil || !w.body.settles(wanted) {
			continue
		}
		c := w.chain.root()
		if found[c] == nil {
			found[c] = &ends{}
		}
		e := found[c]
		e.success = e.success || w.When == OnSuccess || w.When == OnEither
		e.failure = e.failure || w.When == OnFailure || w.When == OnEither
		if e.success && e.failure {
			return true
		}
	}
	return false
}

// works lists the work set off here, and the work of the same outcome set off inside it.
func (s *sequence) works(out []*Work) []*Work {
	for _, st := range s.steps {
		if st.work == nil || st.work.chain == nil {
			continue
		}
		out = append(out, st.work)
		for _, inner := range st.work.body.works(nil) {
			if inner.chain != nil && inner.chain.root() == st.work.chain.root() {
				out = append(out, inner)
			}
		}
	}
	return out
}

// chain is one outcome that code waits for; a chain returned from inside another's work is settled with it.
type chain struct {
	parent *chain
	caught bool // a failure has been handled: what follows runs either way
	api    string
}

func (c *chain) root() *chain {
	for range 64 {
		if c.parent == nil {
			return c
		}
		c = c.parent
	}
	return c
}

// hang lets the failure of a chain go on to another one.
func (c *chain) hang(on *chain) {
	if from := c.root(); from != on.root() {
		from.parent = on
	}
}
