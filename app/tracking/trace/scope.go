package trace

import "github.com/tdewolff/parse/v2/js"

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
func (m *machine) lookup(f *frame, use *js.Var) *Value { return reading(m.find(f, use)) }

// find is lookup that does not count as a use.
func (m *machine) find(f *frame, use *js.Var) *Value {
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
		if name == "arguments" {
			return f.arguments()
		}
		return m.global(name)
	}
	return m.unread(f, v, name)
}

// latched makes a once-only switch undecided: which of its two values it has depends on when the code runs.
func (m *machine) latched(f *frame, v *js.Var, val *Value) *Value {
	if (val.Kind == Bool || val.Kind == Union) && f.script.outline.latches[v] {
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
	m.missed[name] = true
	v := unknown(name)
	v.guard = isAPI(name)
	return v
}

// arguments is the list that every function has, but arrow functions.
func (f *frame) arguments() *Value {
	for at := f; at != nil; at = at.parent {
		if at.fn == nil || at.fn.arrow {
			continue
		}
		if at.args == nil {
			break
		}
		return newArray(at.args, Mark{})
	}
	return newOpenArray()
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
			m.emit(&Event{What: Renewed, At: m.last})
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
