package trace

import (
	"github.com/tdewolff/parse/v2/js"
)

// function is a function met in the code, or one of the machine's own.
type function struct {
	node   js.INode
	params *js.Params
	body   *js.BlockStmt
	frame  *frame // where it was written
	name   string
	at     Mark
	arrow  bool
	this   *Value // of an arrow function
	owner  *Value // the object it is a property of
	async  bool
	get    bool    // runs when the property is read
	used   bool    // something reads it
	born   []*Work // what was being done when it was met
	native func(f *frame, this *Value, args []*Value) *Value
	bound  []*Value
}

func (fn *function) script() *Script { return fn.frame.script }

// function makes the value of a function expression or declaration.
func (m *machine) function(f *frame, n js.INode) *Value {
	fn := &function{node: n, frame: f}
	switch n := n.(type) {
	case *js.FuncDecl:
		fn.params, fn.body, fn.async = &n.Params, &n.Body, n.Async
		if n.Name != nil {
			fn.name, fn.at = string(n.Name.Name()), m.mark(f.script, n.Name.Data)
		}
	case *js.ArrowFunc:
		fn.params, fn.body, fn.async, fn.this, fn.arrow = &n.Params, &n.Body, n.Async, f.this, true
	case *js.MethodDecl:
		fn.params, fn.body, fn.async, fn.get = &n.Params, &n.Body, n.Async, n.Get
		fn.name, fn.at = propertyName(&n.Name.PropertyName), m.mark(f.script, n.Name.Literal.Data)
	}
	if fn.at.IsZero() {
		fn.at = m.last
	}
	fn.born = m.works
	m.created = append(m.created, fn)
	return &Value{Kind: Func, fn: fn, At: fn.at, object: &object{props: map[string]*Value{}, open: true}}
}

func native(name string, do func(f *frame, this *Value, args []*Value) *Value) *Value {
	return &Value{
		Kind: Func, object: &object{props: map[string]*Value{}, open: true},
		fn: &function{name: name, native: do, frame: &frame{script: &Script{outline: &outline{}}}},
	}
}

// call runs a function and returns what it gives.
func (m *machine) call(fn *function, this *Value, args []*Value) *Value {
	if len(fn.bound) > 0 {
		args = append(fn.bound[:len(fn.bound):len(fn.bound)], args...)
	}
	if fn.native != nil {
		return fn.native(fn.frame, this, args)
	}
	if m.active[fn.node] >= 2 || m.depth > maxDepth*3 || m.spent() {
		return unknown("")
	}
	if !m.enters(fn) {
		return unknown("")
	}
	defer m.wander(fn)()
	m.entered[fn], m.ran[fn.node] = true, true
	m.active[fn.node]++
	m.depth++
	at, works, tried, last := m.at, m.works, m.tried, m.last
	f := m.enterFrame(fn, this, args)
	m.block(f, fn.body.List)
	m.at, m.works, m.tried, m.last = at, works, tried, last
	m.depth--
	m.active[fn.node]--
	if out := m.result(f); fn.script().outline.follow(fn.node) || tellsAlone(out) {
		return out
	}
	return unknown(fn.name)
}

func (m *machine) enterFrame(fn *function, this *Value, args []*Value) *frame {
	f := &frame{vars: map[*js.Var]*Value{}, parent: fn.frame, script: fn.frame.script, this: this, args: args, async: fn.async, fn: fn}
	switch {
	case fn.this != nil:
		f.this = fn.this
	case this == nil && fn.owner != nil:
		f.this = m.self(fn.owner)
	case this == nil:
		f.this = unknown("this")
	}
	if fn.async {
		f.chain = &chain{}
	}
	log := m.log
	m.log = nil // the variables of a call are its own
	for i, p := range fn.params.List {
		m.bind(f, p, m.argument(fn, args, i, p))
	}
	if fn.params.Rest != nil {
		rest := newArray(nil, m.last)
		if args == nil {
			rest.object.open = true
		} else if len(args) > len(fn.params.List) {
			rest.object.list = args[len(fn.params.List):]
		}
		m.bind(f, js.BindingElement{Binding: fn.params.Rest}, rest)
	}
	m.log = log
	return f
}

// argument is the value of a parameter; nil args mean that the caller is unknown. A module of a bundle gets what bundles
// give their modules.
func (m *machine) argument(fn *function, args []*Value, i int, p js.BindingElement) *Value {
	switch {
	case args == nil && isPartKey(fn.name) && fn.owner != nil:
		return m.partArgument(fn, i)
	case args == nil:
		name := ""
		if v, ok := p.Binding.(*js.Var); ok {
			name = string(v.Name())
		}
		return unknown(name)
	case i < len(args):
		return args[i]
	}
	return nothing()
}

// result is what a finished call gives: a promise when the function is async.
func (m *machine) result(f *frame) *Value {
	var out *Value
	switch len(f.returns) {
	case 0:
		out = nothing()
	case 1:
		out = f.returns[0]
	default:
		out = oneOf(f.returns...)
	}
	if !f.async {
		return out
	}
	return m.promised(f.chain, out)
}

// callExpr follows a call.
func (m *machine) callExpr(f *frame, n *js.CallExpr) *Value {
	if lit, ok := n.X.(*js.LiteralExpr); ok {
		return m.special(f, lit, n)
	}
	callee := n.X
	if g, ok := callee.(*js.GroupExpr); ok {
		callee = g.X
	}
	if c, ok := callee.(*js.CommaExpr); ok && len(c.List) > 0 { // (0, module.function)(…)
		callee = c.List[len(c.List)-1]
	}
	this, fn := m.member(f, callee)
	name := lastName(callee)
	if v, ok := callee.(*js.Var); ok {
		m.seeName(f, v)
	}
	at := m.last
	args := m.arguments(f, n.Args)
	return m.apply(f, this, fn, name, args, at)
}

func (m *machine) arguments(f *frame, list js.Args) []*Value {
	out := []*Value{}
	for _, a := range list.List {
		v := m.eval(f, a.Value)
		if a.Rest && v.Kind == Array {
			out = append(out, v.List()[:min(len(v.List()), maxItems)]...)
			continue
		}
		out = append(out, v)
	}
	return out
}

// apply calls a value, whatever it is.
func (m *machine) apply(f *frame, this, fn *Value, name string, args []*Value, at Mark) *Value {
	m.miniLoader(args)
	if this != nil {
		if out := m.method(this, name, args, at); out != nil {
			return out
		}
	}
	switch fn.Kind {
	case Func:
		if fn.fn.native == nil && !m.enters(fn.fn) {
			break
		}
		return m.call(fn.fn, this, args)
	case host:
		return m.callHost(f, fn, args, at)
	case Union:
		var out []*Value
		fn.Each(func(a *Value) {
			if a.Kind == Func {
				out = append(out, m.call(a.fn, this, args))
			}
		})
		if len(out) > 0 {
			return oneOf(out...)
		}
	}
	return m.outside(this, fn, name, args, at)
}

// special is super(…) or import(…).
func (m *machine) special(f *frame, lit *js.LiteralExpr, n *js.CallExpr) *Value {
	args := m.arguments(f, n.Args)
	if lit.TokenType == js.SuperToken {
		m.super(f, args)
	}
	if lit.TokenType != js.ImportToken || len(args) == 0 || args[0].Kind != String || m.opts.Module == nil {
		return unknown("")
	}
	s := m.opts.Module(f.script, args[0].Text)
	if s == nil {
		return unknown("import")
	}
	space := newObject(Mark{})
	space.object.open, space.object.mod = true, &module{}
	m.later(&Work{When: OnLoad, Name: "import", At: args[0].At}, func() {
		m.spread(space, m.module(s))
		useAll(space, 0)
	})
	out := m.promised(&chain{api: "import"}, space)
	return out
}

// newExpr follows new X(…).
func (m *machine) newExpr(f *frame, n *js.NewExpr) *Value {
	class := m.eval(f, n.X)
	if v, ok := n.X.(*js.Var); ok {
		m.seeName(f, v)
	}
	at := m.last
	name := lastName(n.X)
	var args []*Value
	if n.Args != nil {
		args = m.arguments(f, *n.Args)
	}
	if class.Kind == host {
		if made := m.newHost(class.Text, args); made != nil {
			return made
		}
	}
	switch {
	case class.Kind == host && class.Text == "wpkReporter", name == "wpkReporter":
		return m.reporter(args, at)
	case class.Kind == Func && class.object.class != nil:
		return m.construct(class, args)
	case class.Kind == Func:
		return m.made(class, args)
	}
	m.outside(nil, class, name, args, at)
	return unknown(name)
}

// newHost makes an object of something the browser provides; nil means that nothing is known of it.
func (m *machine) newHost(class string, args []*Value) *Value {
	switch class {
	case "Promise":
		return m.newPromise(args)
	case "Map", "Set", "WeakMap":
		return newCollection(class, args)
	case "XMLHttpRequest":
		return &Value{Kind: host, Text: "xhr", chain: &chain{api: class}}
	case "RegExp":
		if len(args) > 0 && args[0].Kind == String {
			return &Value{Kind: Regex, Text: args[0].Text, At: args[0].At, flags: flagsOf(args)}
		}
	}
	return nil
}

func flagsOf(args []*Value) string {
	if len(args) > 1 && args[1].Kind == String {
		return args[1].Text
	}
	return ""
}

func (m *machine) reporter(args []*Value, at Mark) *Value {
	e := &Event{What: Reporter, At: at}
	if len(args) > 0 {
		e.Value = args[0]
	}
	m.emit(e)
	return hosted("reporter")
}

// class makes the value of a class: its methods are functions that anybody may call.
func (m *machine) class(f *frame, n *js.ClassDecl) *Value {
	out := native("", func(*frame, *Value, []*Value) *Value { return unknown("") })
	out.object = &object{props: map[string]*Value{}, open: true, class: n}
	out.fn.frame = f
	proto := newObject(Mark{})
	proto.object.open, proto.object.class = true, n
	if n.Extends != nil {
		m.inherit(out, proto, m.eval(f, n.Extends))
	}
	for i := range n.List {
		e := &n.List[i]
		switch {
		case e.StaticBlock != nil:
			m.block(f, e.StaticBlock.List)
		case e.Method != nil:
			fn := m.function(f, e.Method)
			fn.fn.owner = proto
			if e.Method.Static {
				out.set(fn.fn.name, fn, fn.At)
			} else {
				proto.set(fn.fn.name, fn, fn.At)
			}
		case e.Init != nil:
			val := m.eval(&frame{vars: map[*js.Var]*Value{}, parent: f, script: f.script, this: proto}, e.Init)
			proto.set(propertyName(&e.Name.PropertyName), val, m.last)
			if e.Static {
				out.set(propertyName(&e.Name.PropertyName), val, m.last)
			}
		}
	}
	out.set("prototype", proto, Mark{})
	if n.Name != nil {
		m.declare(f, n.Name, out)
	}
	return out
}

// inherit lets a class have what its base has.
func (m *machine) inherit(class, proto, base *Value) {
	if base.Kind != Func || base.object == nil {
		return
	}
	class.object.proto = base.object
	if from := m.read(base, "prototype"); from.object != nil {
		proto.object.proto = from.object
	}
}

// construct makes an object of a class.
func (m *machine) construct(class *Value, args []*Value) *Value {
	proto := class.Get("prototype")
	if proto == nil {
		return unknown("")
	}
	this := newObject(Mark{})
	this.object.open, this.object.proto = true, proto.object
	if made := proto.Get("constructor"); made != nil && made.Kind == Func {
		m.call(made.fn, this, args)
	}
	return this
}

// made is what new gives for a function of the older kind of class.
func (m *machine) made(class *Value, args []*Value) *Value {
	this := newObject(Mark{})
	this.object.open = true
	if proto := m.read(class, "prototype"); proto.object != nil {
		this.object.proto = proto.object
	}
	if out := m.call(class.fn, this, args); out.Kind == Object || out.Kind == Func || out.Kind == Array {
		return out
	}
	return this
}

// super runs the constructor of the base of a class.
func (m *machine) super(f *frame, args []*Value) {
	this, home := f.self()
	if home == nil || home.object.proto == nil {
		return
	}
	if made := home.object.proto.find("constructor"); made != nil && made.Kind == Func {
		m.call(made.fn, this, args)
	}
}

// self is the object a method runs on, and the prototype the method stands in.
func (f *frame) self() (this, home *Value) {
	for at := f; at != nil; at = at.parent {
		if at.fn != nil && !at.fn.arrow {
			return at.this, at.fn.owner
		}
	}
	return nil, nil
}
