package trace

import (
	"strings"
	"unicode"
)

// outside is a call of something that cannot be seen through. Functions handed to it are work that it sets off.
func (m *machine) outside(this, fn *Value, name string, args []*Value, at Mark) *Value {
	if name == "newwpkReporter" {
		m.emit(&Event{What: Unspaced, Name: name, At: at})
	}
	if name == "getAuthCode" || name == "requestAuthCode" {
		m.emit(&Event{What: PhoneCode, At: at})
	}
	m.missed[name] = true
	switch {
	case name == "use":
		m.install(this, args)
	case name == "App" && this == nil:
		m.launch(args)
	case name == "getApp" && m.app != nil:
		return m.self(m.app)
	}
	m.codeInText(name, args)
	c := &chain{api: name}
	for i, a := range args {
		switch a.Kind {
		case Func:
			m.given(a, name, i, args, c)
		case Object:
			m.offered(a, name, c, 0)
		case Array:
			for _, item := range a.List() {
				if item.Kind == Func {
					m.handed(item, name, this, at)
				} else if item.Kind == Object {
					m.offered(item, name, c, 1)
				}
			}
		}
	}
	path := fn.Path
	if path == "" {
		path = name
	}
	out := unknown(path + "()")
	out.chain = c
	return out
}

// miniLoader notes the settings that the mini-program SDK is given in one object when it is loaded.
func (m *machine) miniLoader(args []*Value) {
	if len(args) == 0 || args[0].Kind != Object {
		return
	}
	info := args[0].Get("metaInfo")
	if info == nil {
		return
	}
	for _, k := range info.Keys() {
		m.emit(&Event{What: Meta, Name: k.Name, Value: info.Get(k.Name), At: k.At})
	}
}

// codeInText notes the names in code that is written as text, as in setTimeout("go()", 100).
func (m *machine) codeInText(name string, args []*Value) {
	if len(args) == 0 || args[0].Kind != String || name != "setTimeout" && name != "setInterval" && name != "eval" {
		return
	}
	for _, word := range strings.FieldsFunc(args[0].Text, func(r rune) bool { return !isNamePart(r) }) {
		m.missed[word] = true
	}
}

func isNamePart(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// given is a function handed over by itself.
func (m *machine) given(fn *Value, callee string, i int, args []*Value, c *chain) {
	if fn.fn.name == "" {
		fn.fn.name = callee
	}
	if m.idles(fn.fn) {
		return
	}
	w := &Work{Name: callee, At: fn.At, When: whenNamed(callee)}
	if len(args) > 1 && args[0].Kind == String && i > 0 {
		if named := whenNamed(args[0].Text); named != "" && !outcome(named) {
			w.When, w.Name = named, args[0].Text
		}
	}
	if w.When == OnView && watchesRoute(args) {
		w.When = OnRoute
	}
	if w.When == "" {
		w.When = whenPlaced(fn, callee, i, args)
	}
	if outcome(w.When) && (whenNamed(callee) != "" || !nodeStyle(fn)) {
		w.chain = c
	}
	m.later(w, func() { m.call(fn.fn, nil, nil) })
}

// whenPlaced tells from its place among the arguments when a function is called whose receiver has no telling name.
func whenPlaced(fn *Value, callee string, i int, args []*Value) When {
	switch {
	case isRequest(callee) && i > 0 && len(args) <= 4:
		return OnSuccess
	case twoFunctions(args) && firstFunction(args) < i:
		return OnFailure
	case twoFunctions(args):
		return OnSuccess
	case nodeStyle(fn):
		return OnEither
	}
	return OnCall
}

func outcome(w When) bool { return w == OnSuccess || w == OnFailure || w == OnEither }

// isRequest reports whether a function of this name asks a back end, and calls its last argument with the answer.
func isRequest(name string) bool {
	switch name {
	case "get", "post", "getJSON", "ajax", "request":
		return true
	}
	return false
}

func twoFunctions(args []*Value) bool {
	n := 0
	for _, a := range args {
		if a.Kind == Func {
			n++
		}
	}
	return n == 2
}

func firstFunction(args []*Value) int {
	for i, a := range args {
		if a.Kind == Func {
			return i
		}
	}
	return -1
}

// nodeStyle reports whether a function takes an error first.
func nodeStyle(fn *Value) bool {
	if fn.fn.params == nil || len(fn.fn.params.List) < 2 {
		return false
	}
	switch fn.fn.params.List[0].String() {
	case "Binding(err)", "Binding(error)", "Binding(e)":
		return true
	}
	return false
}

// watchesRoute reports whether an effect depends on the address.
func watchesRoute(args []*Value) bool {
	for _, a := range args {
		for _, item := range a.List() {
			if item.Kind == Unknown && routePath(item.Path) {
				return true
			}
		}
	}
	return false
}

// offered is an object handed over with functions in it: what they are called says when they run.
func (m *machine) offered(o *Value, callee string, c *chain, depth int) {
	if depth > 3 {
		return
	}
	for _, k := range o.Keys() {
		v := o.Get(k.Name)
		switch v.Kind {
		case Func:
			m.offeredFunc(o, v, k, callee, c)
		case Object:
			m.offered(v, k.Name, c, depth+1)
		}
	}
}

func (m *machine) offeredFunc(o, v *Value, k Key, callee string, c *chain) {
	w := &Work{When: whenNamed(k.Name), Name: k.Name, At: v.At}
	if m.idles(v.fn) || v.fn.get || m.entered[v.fn] && !outcome(w.When) {
		return
	}
	if callee == "watch" && routePath(k.Name) {
		w.When = OnRoute
	}
	switch {
	case outcome(w.When):
		w.chain = c
	case w.When == "":
		v.fn.used = true // a method; entered at the end when nobody calls it
		return
	}
	m.entered[v.fn] = true
	m.later(w, func() { m.call(v.fn, m.self(o), nil) })
}

// handed is a function given to a property of something outside, as router.onready = f.
func (m *machine) handed(fn *Value, name string, owner *Value, at Mark) {
	when := whenNamed(name)
	if when == "" || outcome(when) {
		when = OnCall
	}
	m.later(&Work{When: when, Name: name, At: at}, func() { m.call(fn.fn, owner, nil) })
}

// handedOutcome is a function given to a request made by hand.
func (m *machine) handedOutcome(fn *Value, name string, owner *Value) {
	w := &Work{When: whenNamed(name), Name: name, At: fn.At, chain: owner.chain}
	if name == "onload" {
		w.When = OnSuccess
	}
	if w.When == "" {
		w.When, w.chain = OnCall, nil
	}
	m.later(w, func() { m.call(fn.fn, unknown("xhr"), nil) })
}

func routePath(path string) bool {
	for _, part := range []string{"route", "location", "pathname", "hash"} {
		if containsFold(path, part) {
			return true
		}
	}
	return false
}
