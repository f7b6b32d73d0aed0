package trace

import (
	"strings"
)

// method follows a call of a method that the machine knows; nil means that it does not.
func (m *machine) method(this *Value, name string, args []*Value, at Mark) *Value {
	if this.Kind == Func {
		if out := m.funcMethod(this, name, args); out != nil {
			return out
		}
	}
	switch this.Kind {
	case host:
		return m.hostMethod(this, name, args, at)
	case Array:
		return m.arrayMethod(this, name, args)
	case String:
		return stringMethod(this, name, args)
	case Regex:
		return regexMethod(this, name, args)
	case promise:
		return m.then(this, name, args, at)
	case Unknown:
		if isOutcome(this, name) {
			return m.then(this, name, args, at)
		}
		if name == "installAll" {
			m.emit(&Event{What: Install, At: at})
		}
	case Object:
		if name == "hasOwnProperty" && len(args) > 0 && args[0].Kind == String && !this.Open() {
			return boolean(this.Get(args[0].Text) != nil)
		}
	}
	return nil
}

func regexMethod(this *Value, name string, args []*Value) *Value {
	switch {
	case len(args) == 0:
		return nil
	case name == "test":
		return matches(this, args[0])
	case name == "exec":
		return found(matches(this, args[0]))
	}
	return nil
}

// isOutcome reports whether a method waits for an outcome; done, fail and always do on what was asked for.
func isOutcome(this *Value, name string) bool {
	return name == "then" || name == "catch" || name == "finally" || this.chain != nil && (name == "done" || name == "fail" || name == "always")
}

// funcMethod follows call, apply and bind.
func (m *machine) funcMethod(fn *Value, name string, args []*Value) *Value {
	var this *Value
	if len(args) > 0 {
		this = args[0]
	}
	switch name {
	case "call":
		return m.call(fn.fn, this, rest(args))
	case "apply":
		list := []*Value{}
		if len(args) > 1 {
			list = args[1].List()
		}
		return m.call(fn.fn, this, list)
	case "bind":
		bound := *fn.fn
		bound.bound = append(bound.bound[:len(bound.bound):len(bound.bound)], rest(args)...)
		m.entered[fn.fn] = true
		m.created = append(m.created, &bound)
		out := *fn
		out.fn = &bound
		return &out
	}
	return nil
}

func rest(args []*Value) []*Value {
	if len(args) == 0 {
		return []*Value{}
	}
	return args[1:]
}

func (m *machine) hostMethod(this *Value, name string, args []*Value, at Mark) *Value {
	switch this.Text {
	case "queue":
		return m.queueMethod(this, name, args, at)
	case "reporter":
		if name == "installAll" {
			m.emit(&Event{What: Install, At: at})
		}
		return unknown("")
	case "Promise":
		return m.promiseStatic(name, args)
	case "document":
		return m.documentMethod(name, args, at)
	case "node", "element":
		return m.nodeMethod(this, name, args)
	case "location":
		if (name == "replace" || name == "assign") && len(args) > 0 {
			m.emit(&Event{What: Redirect, Value: args[0], At: at})
		}
	case "Object", "Reflect":
		return m.objectStatic(name, args)
	case "String", "Array", "JSON", "Math":
		return m.builtin(this.Text, name, args)
	}
	return nil
}

// queueMethod is a call on window.aplus_queue.
func (m *machine) queueMethod(q *Value, name string, args []*Value, at Mark) *Value {
	switch name {
	case "push", "unshift":
		m.pushed(q, args, at)
	case "concat", "splice":
		m.emit(&Event{What: Push, At: at, Cached: q.cached})
	case "apply", "call":
		return nil
	}
	return unknown("")
}

// objectStatic is a function of Object.
func (m *machine) objectStatic(name string, args []*Value) *Value {
	if len(args) == 0 {
		return nil
	}
	switch name {
	case "assign":
		for _, a := range rest(args) {
			m.assignAll(args[0], a)
		}
		return args[0]
	case "create":
		return inheriting(args[0])
	case "freeze", "seal", "preventExtensions":
		return args[0]
	case "keys", "getOwnPropertyNames":
		return m.keysOf(args[0])
	case "fromEntries":
		return fromEntries(args[0])
	case "setPrototypeOf":
		if len(args) > 1 && args[0].object != nil && args[1].object != nil && args[0].object != args[1].object {
			args[0].object.proto = args[1].object
		}
		return args[0]
	case "values":
		return m.valuesOf(args[0])
	case "entries":
		return m.entriesOf(args[0])
	case "defineProperty":
		m.defineProperty(args)
		return args[0]
	}
	return nil
}

// assignAll is Object.assign for one source.
func (m *machine) assignAll(to, from *Value) {
	if to.Kind != host {
		if to.object != nil {
			m.spread(to, from)
		}
		return
	}
	for _, k := range from.Keys() {
		m.assignHost(to, k.Name, from.Get(k.Name))
	}
}

// inheriting is what Object.create gives.
func inheriting(proto *Value) *Value {
	out := newObject(Mark{})
	out.object.open = true
	if proto.Kind == Object {
		out.object.proto = proto.object
	}
	return out
}

// fromEntries makes an object of pairs.
func fromEntries(list *Value) *Value {
	out := newObject(list.At)
	out.object.open = list.Kind != Array || list.Open()
	for _, pair := range list.List() {
		if name := itemAt(pair, 0); name.Kind == String {
			out.set(name.Text, itemAt(pair, 1), name.At)
		} else {
			out.object.open = true
		}
	}
	return out
}

func (m *machine) valuesOf(v *Value) *Value {
	var out []*Value
	for _, k := range v.Keys() {
		out = append(out, v.Get(k.Name))
	}
	list := newArray(out, v.At)
	list.object.open = v.Kind != Object || v.Open()
	return list
}

func (m *machine) entriesOf(v *Value) *Value {
	var out []*Value
	for _, k := range v.Keys() {
		out = append(out, newArray([]*Value{text(k.Name, k.At), v.Get(k.Name)}, k.At))
	}
	list := newArray(out, v.At)
	list.object.open = v.Kind != Object || v.Open()
	return list
}

// defineProperty keeps what a property is computed by.
func (m *machine) defineProperty(args []*Value) {
	if len(args) < 3 || args[1].Kind != String || args[0].object == nil {
		return
	}
	if get := args[2].Get("get"); get != nil && get.Kind == Func {
		m.setGetter(args[0], args[1].Text, get)
	} else if v := args[2].Get("value"); v != nil {
		args[0].set(args[1].Text, v, args[1].At)
	}
}

func (m *machine) setGetter(on *Value, name string, get *Value) {
	fn := *get.fn
	fn.get = true
	m.entered[get.fn] = true
	v := *get
	v.fn = &fn
	on.set(name, &v, get.At)
}

func joined(this *Value, args []*Value) *Value {
	by := ","
	if len(args) > 0 {
		by = args[0].Text
	}
	if this.Open() || len(args) > 0 && args[0].Kind != String {
		return &Value{Textual: true}
	}
	var out *Value
	for i, item := range this.List() {
		switch {
		case i == 0:
			out = plus(text("", item.At), item)
		default:
			out = plus(plus(out, text(by, Mark{})), item)
		}
	}
	if out == nil {
		return text("", this.At)
	}
	return out
}

// builtin is a function of String, Array, JSON and the like.
func (m *machine) builtin(of, name string, args []*Value) *Value {
	switch {
	case of == "JSON" && name == "stringify":
		return &Value{Textual: true, Path: "JSON"}
	case of == "Array" && name == "from" && len(args) > 0 && args[0].Kind == Array:
		if len(args) > 1 {
			return m.overList(args[0], "map", args[1:])
		}
		return args[0]
	case of == "Array" && name == "of":
		return newArray(args, Mark{})
	case of == "Array" && name == "isArray" && len(args) > 0 && args[0].Kind != Unknown:
		return boolean(args[0].Kind == Array)
	}
	return unknown("")
}

// callHost is a call of something of the browser by its name.
func (m *machine) callHost(f *frame, fn *Value, args []*Value, at Mark) *Value {
	switch fn.Text {
	case "String":
		if len(args) > 0 {
			return asText(args[0])
		}
	case "Boolean":
		if len(args) > 0 {
			return not(not(args[0]))
		}
	case "Number":
		if len(args) > 0 && (args[0].Kind == String || args[0].Kind == Number) {
			return number(args[0].num(), args[0].At)
		}
	case "encodeURIComponent", "encodeURI", "decodeURIComponent", "decodeURI":
		return m.encoded(args)
	case "require":
		return m.require(f, args)
	case "wpkReporter":
		return m.reporter(args, at)
	case "newwpkReporter":
		m.emit(&Event{What: Unspaced, Name: fn.Text, At: at})
		return hosted("reporter")
	case "RegExp":
		if len(args) > 0 && args[0].Kind == String {
			return &Value{Kind: Regex, Text: args[0].Text, At: args[0].At, flags: flagsOf(args)}
		}
	}
	return m.outside(nil, fn, fn.Text, args, at)
}

func (m *machine) encoded(args []*Value) *Value {
	if len(args) == 0 {
		return nothing()
	}
	if args[0].Kind == String {
		return args[0]
	}
	return &Value{Textual: true, Path: args[0].Path}
}

// asText is what String(v) gives.
func asText(v *Value) *Value {
	switch v.Kind {
	case String:
		return v
	case Number:
		return text(v.Text, v.At)
	case Union:
		var out []*Value
		v.Each(func(a *Value) { out = append(out, asText(a)) })
		return oneOf(out...)
	case Unknown:
		c := *v
		c.Textual, c.chain = true, nil
		return &c
	case Undefined:
		return text("undefined", v.At)
	case Null:
		return text("null", v.At)
	}
	return &Value{Textual: true}
}

func containsFold(s, part string) bool {
	return strings.Contains(strings.ToLower(s), strings.ToLower(part))
}
