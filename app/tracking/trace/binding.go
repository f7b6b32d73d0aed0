package trace

import "github.com/tdewolff/parse/v2/js"

// declareBinding makes the variables of one part of a declaration. "var x" without a value leaves x as it was.
func (m *machine) declareBinding(f *frame, b js.BindingElement, isVar bool) {
	v, plain := b.Binding.(*js.Var)
	if b.Default == nil {
		if plain && (!isVar || m.absent(f, v)) {
			m.declare(f, v, nothing())
		}
		return
	}
	val := m.eval(f, b.Default)
	if plain {
		if val.Kind == Func && val.fn.name == "" {
			val.fn.name = string(v.Name())
		}
		m.declare(f, v, val)
		return
	}
	m.bind(f, js.BindingElement{Binding: b.Binding}, val)
}

func (m *machine) absent(f *frame, v *js.Var) bool {
	if f.global && f.parent == nil {
		name := string(root(v).Name())
		return m.globals[name] == nil && hostValue(name) == nil
	}
	for at := f; at != nil; at = at.parent {
		if at.vars[root(v)] != nil {
			return false
		}
	}
	return true
}

// bind gives the variables of a pattern the parts of a value.
func (m *machine) bind(f *frame, b js.BindingElement, val *Value) {
	if b.Default != nil {
		if val == nil || val.Kind == Undefined {
			val = m.eval(f, b.Default)
		} else if val.Kind == Unknown {
			val = oneOf(val, m.eval(f, b.Default))
		}
	}
	if val == nil {
		val = nothing()
	}
	switch n := b.Binding.(type) {
	case *js.Var:
		m.declare(f, n, val)
	case *js.BindingArray:
		m.bindList(f, n, val)
	case *js.BindingObject:
		m.bindObject(f, n, val)
	}
}

func (m *machine) bindList(f *frame, n *js.BindingArray, val *Value) {
	for i, e := range n.List {
		if e.Binding != nil {
			m.bind(f, e, itemAt(val, i))
		}
	}
	if n.Rest != nil {
		m.bind(f, js.BindingElement{Binding: n.Rest}, newOpenArray())
	}
}

func newOpenArray() *Value {
	v := newArray(nil, Mark{})
	v.object.open = true
	return v
}

// itemAt is the item of a list at an index.
func itemAt(v *Value, i int) *Value {
	list := v.List()
	switch {
	case v.Kind == Array && i >= 0 && i < len(list):
		return list[i]
	case i >= 0 && !v.Unlisted():
		return nothing()
	}
	return unknown(dotted(v.Path, "[]"))
}

func (m *machine) bindObject(f *frame, n *js.BindingObject, val *Value) {
	for _, item := range n.List {
		name := ""
		if item.Key != nil {
			name, _ = m.nameOf(f, item.Key)
		} else if v, ok := item.Value.Binding.(*js.Var); ok {
			name = string(v.Name())
		}
		m.bind(f, item.Value, m.read(val, name))
	}
	if n.Rest != nil {
		rest := newObject(Mark{})
		rest.object.open = true
		m.declare(f, n.Rest, rest)
	}
}

// assignTo gives the target of an assignment a value.
func (m *machine) assignTo(f *frame, target js.IExpr, val *Value) {
	switch n := target.(type) {
	case *js.Var:
		m.unspaced(f, n)
		if name := string(root(n).Name()); name == "aplus_queue" || name == "_wpk" {
			m.seeVar(f, n)
		}
		m.assign(f, n, val)
	case *js.GroupExpr:
		m.assignTo(f, n.X, val)
	case *js.DotExpr, *js.IndexExpr:
		m.assignMember(f, n, val)
	case *js.ArrayExpr:
		for i, e := range n.List {
			if e.Value != nil {
				m.assignTo(f, e.Value, itemAt(val, i))
			}
		}
	case *js.ObjectExpr:
		for _, p := range n.List {
			if p.Name != nil && !p.Spread {
				name, _ := m.nameOf(f, p.Name)
				m.assignTo(f, p.Value, m.read(val, name))
			} else if v, ok := p.Value.(*js.Var); ok {
				m.assign(f, v, m.read(val, string(v.Name())))
			}
		}
	case *js.BinaryExpr: // a default inside a pattern
		m.assignTo(f, n.X, oneOf(val, m.eval(f, n.Y)))
	}
}

// unspaced notes an undeclared name that begins with a keyword and goes on with a name that is used undeclared as well: a
// space was lost.
func (m *machine) unspaced(f *frame, use *js.Var) {
	v := root(use)
	name := string(v.Name())
	if v.Decl != js.NoDecl {
		return
	}
	for _, word := range []string{"const", "var", "let"} {
		if len(name) > len(word) && name[:len(word)] == word && m.usesUndeclared(f, name[len(word):]) {
			m.emit(&Event{What: Unspaced, Name: name, At: m.mark(f.script, v.Data)})
			m.put(change{name: name[len(word):]}, unknown(name[len(word):]))
			return
		}
	}
}

func (m *machine) usesUndeclared(f *frame, name string) bool {
	return hostValue(name) == nil && (undeclaredVar(f.script, name) != nil || marked(name))
}
