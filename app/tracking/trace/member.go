package trace

import (
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// member finds a property and what it belongs to.
func (m *machine) member(f *frame, x js.IExpr) (owner, v *Value) {
	switch n := x.(type) {
	case *js.DotExpr:
		owner = m.eval(f, n.X)
		m.seeName(f, n.Y)
		return owner, m.read(owner, lastName(n.Y))
	case *js.IndexExpr:
		owner = m.eval(f, n.X)
		key := m.eval(f, n.Y)
		return owner, m.readKey(owner, key)
	}
	return nil, m.eval(f, x)
}

func (m *machine) readKey(owner, key *Value) *Value {
	switch key.Kind {
	case String, Number:
		return m.read(owner, key.Text)
	case Union:
		var out []*Value
		key.Each(func(k *Value) { out = append(out, m.readKey(owner, k)) })
		return oneOf(out...)
	}
	if owner.Kind == Object && len(owner.Keys()) > 0 && len(owner.Keys()) <= maxAlts {
		var out []*Value
		for _, k := range owner.Keys() {
			out = append(out, owner.Get(k.Name))
		}
		return oneOf(append(out, nothing())...)
	}
	if owner.Kind == Array {
		return itemOf(owner)
	}
	return unknown(dotted(owner.Path, "[]"))
}

// read finds the property of a value by name.
func (m *machine) read(owner *Value, name string) *Value {
	if name == "aplus_queue" {
		return hosted("queue")
	}
	switch owner.Kind {
	case host:
		return m.readHost(owner, name)
	case Object, Array, Func:
		if v := m.readOwn(owner, name); v != nil {
			return v
		}
	case String:
		if name == "length" {
			return number(float64(len([]rune(owner.Text))), owner.At)
		}
	case Union:
		var out []*Value
		owner.Each(func(a *Value) {
			if a.Kind != Undefined && a.Kind != Null { // reading from these throws
				out = append(out, m.read(a, name))
			}
		})
		return oneOf(out...)
	}
	if v := m.loose[name]; v != nil && owner.Kind != String {
		return v
	}
	path := owner.Path
	if owner.Kind != Unknown {
		path = ""
	}
	v := unknown(dotted(path, name))
	v.guard = owner.guard && owner.Kind == Unknown || m.switches[name] || name == "readyState"
	return v
}

func (m *machine) readOwn(owner *Value, name string) *Value {
	if owner.object == nil {
		return nil
	}
	if v := owner.object.find(name); v != nil {
		return m.getter(reading(v), owner)
	}
	if owner.Kind == Func && name == "prototype" {
		return m.prototype(owner)
	}
	if owner.Kind == Array {
		if name == "length" && !owner.Unlisted() {
			return number(float64(len(owner.List())), owner.At)
		}
		if i, err := strconv.Atoi(name); err == nil {
			return itemAt(owner, i)
		}
		return m.borrowed(owner, name)
	}
	if owner.Kind == Object && !owner.Open() && owner.object.class == nil && owner.object.mod == nil {
		if _, method := objectMethods[name]; !method && m.loose[name] == nil {
			return nothing()
		}
	}
	return nil
}

// objectMethods are what every object has, and what modules may have.
var objectMethods = map[string]bool{"hasOwnProperty": true, "toString": true, "constructor": true, "__esModule": true, "default": true}

// getter runs the function behind a property that is computed when it is read.
func (m *machine) getter(v, owner *Value) *Value {
	if v.Kind == Func && v.fn.get {
		return m.call(v.fn, owner, []*Value{})
	}
	return v
}

// prototype is what the objects made by a function inherit from.
func (m *machine) prototype(fn *Value) *Value {
	proto := newObject(Mark{})
	proto.object.open = true
	fn.object.props["prototype"] = proto
	m.prototypes[proto.object] = true
	return proto
}

// borrowed is a method of lists taken off a list, as [].push.apply(window.aplus_queue, …) does.
func (m *machine) borrowed(list *Value, name string) *Value {
	switch name {
	case "push", "unshift":
		return m.pusher(list)
	case "slice", "concat", "forEach", "map", "join", "filter", "reduce":
		return native(name, func(_ *frame, this *Value, args []*Value) *Value {
			if this == nil || this.Kind != Array {
				return unknown("")
			}
			return m.arrayMethod(this, name, args)
		})
	}
	return nil
}

func (m *machine) readHost(owner *Value, name string) *Value {
	switch owner.Text + "." + name {
	case "window.window", "window.self", "window.top", "window.parent", "window.globalThis":
		return owner
	case "queue.push", "queue.unshift":
		return m.pusher(owner)
	case "Array.prototype":
		return newArray(nil, Mark{})
	case "navigator.userAgent", "navigator.appVersion":
		m.trace.Asked = true
		return text(m.opts.UserAgent, Mark{})
	case "document.location":
		return hosted("location")
	case "document.head", "document.body", "document.documentElement", "node.parentNode", "node.firstChild":
		return hosted("node")
	}
	switch owner.Text {
	case "window":
		return m.windowed(name)
	case "element":
		if v := owner.element.attrs[name]; v != nil {
			return v
		}
		if name == "parentNode" {
			return hosted("node")
		}
	}
	v := unknown(dotted(owner.Text, name))
	v.guard = name == "readyState"
	return v
}

// windowed is a property of window: a variable of the page, something of the browser, or whatever another script left.
func (m *machine) windowed(name string) *Value {
	if v := reading(m.global(name)); v.Kind != Unknown {
		return v
	}
	v := unknown("window." + name)
	v.guard = isAPI(name) || m.switches[name]
	return v
}

// assignMember gives a property a value.
func (m *machine) assignMember(f *frame, x js.IExpr, val *Value) {
	owner, name, at := m.target(f, x)
	switch {
	case owner.Kind == host:
		m.assignHost(owner, name, val)
	case name != "" && owner.object != nil:
		if m.log != nil && owner.object.props[name] != nil {
			val = oneOf(owner.object.props[name], val)
		}
		m.own(owner, name, val)
		owner.set(name, keptQueue(val), at)
	case name == "aplus_queue" && val.Kind == Array:
		m.emit(&Event{What: Renewed, At: at})
	case name == "_wpk":
		m.emit(&Event{What: Kept, At: at})
	case owner.Kind == Unknown && m.share(lastPart(owner.Path), name, val):
	case val.Kind == Func:
		m.handed(val, name, owner, at)
	}
}

// own notes what a function belongs to that is made a property.
func (m *machine) own(owner *Value, name string, val *Value) {
	if val.Kind == Func && val.fn.owner == nil {
		val.fn.owner = owner
	}
	if m.prototypes[owner.object] && strings.HasPrefix(name, "$") {
		m.share("prototype", name, val)
	}
}

// share keeps what is put where every component finds it, as Vue.prototype.$track or globalProperties.track: reading that
// property of something unknown gives it.
func (m *machine) share(on, name string, val *Value) bool {
	switch on {
	case "prototype", "globalProperties", "Vue", "app", "uni", "React", "getApp()", "vm":
	default:
		return false
	}
	if val.Kind != Object && val.Kind != Func || name == "" || whenNamed(name) != "" {
		return false
	}
	if _, common := commonMethods[name]; common {
		return false
	}
	m.loose[name] = oneOf(m.loose[name], val)
	return true
}

// commonMethods are names that too many things have for a shared property to be recognised by them.
var commonMethods = map[string]bool{
	"push": true, "get": true, "set": true, "init": true, "install": true, "use": true, "call": true, "apply": true, "bind": true,
	"add": true, "remove": true, "config": true, "constructor": true, "toString": true, "value": true, "data": true, "length": true,
	"concat": true, "slice": true, "forEach": true, "map": true, "filter": true, "join": true, "includes": true, "replace": true,
	"then": true, "catch": true, "finally": true, "reject": true, "resolve": true, "send": true, "open": true, "close": true,
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

func (m *machine) target(f *frame, x js.IExpr) (owner *Value, name string, at Mark) {
	switch n := x.(type) {
	case *js.DotExpr:
		owner, name = m.eval(f, n.X), lastName(n.Y)
		at = m.seeName(f, n.Y)
	case *js.IndexExpr:
		owner = m.eval(f, n.X)
		key := m.eval(f, n.Y)
		if key.Kind == String || key.Kind == Number {
			name, at = key.Text, key.At
		} else if owner.object != nil {
			owner.object.open = true
		}
	}
	return owner, name, at
}

func (m *machine) assignHost(owner *Value, name string, val *Value) {
	switch {
	case owner.Text == "window" && name == "location", owner.Text == "location" && name == "href", owner.Text == "document" && name == "location":
		m.emit(&Event{What: Redirect, Value: val, At: val.At})
	case owner.Text == "window" && val.Kind == Func && strings.HasPrefix(name, "on"):
		m.handed(val, name, owner, val.At)
	case owner.Text == "window":
		m.setGlobal(name, val)
	case owner.Text == "element":
		m.assignElement(owner, name, val)
	case owner.Text == "xhr" && val.Kind == Func:
		m.handedOutcome(val, name, owner)
	}
}

func (m *machine) assignElement(owner *Value, name string, val *Value) {
	owner.element.attrs[name] = val
	if name == "src" {
		m.loads(owner.element)
	}
	if val.Kind != Func {
		return
	}
	when := OnCall
	if name == "onload" || name == "onreadystatechange" {
		when = OnLoad
	}
	m.later(&Work{When: when, Name: name, At: val.At}, func() { m.call(val.fn, owner, nil) })
}

// loads notes that a script element got its address.
func (m *machine) loads(e *element) {
	if strings.EqualFold(e.tag, "script") {
		m.emit(&Event{What: Loader, Value: e.attrs["src"], Attrs: e.attrs, At: e.attrs["src"].At})
		m.loadLocal(e)
	}
}

// loadLocal follows a script of the same site that a script loads.
func (m *machine) loadLocal(e *element) {
	src := e.attrs["src"]
	if src.Kind != String || m.opts.Local == nil || src.At.Script == nil {
		return
	}
	if s := m.opts.Local(src.At.Script, src.Text); s != nil {
		m.later(&Work{When: OnLoad, Name: "script", At: src.At}, func() { m.script(s) })
	}
}

// pusher is the push function of a list, which may be called on the queue.
func (m *machine) pusher(list *Value) *Value {
	return native("push", func(_ *frame, this *Value, args []*Value) *Value {
		if this == nil || this.Kind != host && this.Kind != Array {
			this = list
		}
		if this.Kind == host && this.Text == "queue" {
			m.pushed(this, args, m.last)
		} else if this.Kind == Array {
			m.arrayMethod(this, "push", args)
		}
		return unknown("")
	})
}
