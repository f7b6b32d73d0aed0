package trace

import (
	"github.com/tdewolff/parse/v2/js"
)

// imports gives the names of an import statement their values.
func (m *machine) imports(f *frame, n *js.ImportStmt) {
	var space *Value
	if m.opts.Module != nil {
		if s := m.opts.Module(f.script, unquote(n.Module)); s != nil {
			space = m.module(s)
		}
	}
	if n.Default != nil {
		m.imported(f, string(n.Default), space, "default")
	}
	for _, a := range n.List {
		name := string(a.Name)
		if a.Name == nil {
			name = string(a.Binding)
		}
		m.imported(f, string(a.Binding), space, name)
	}
}

func (m *machine) imported(f *frame, local string, space *Value, name string) {
	v := f.script.outline.names[local]
	if v == nil {
		return
	}
	val := unknown(local)
	switch {
	case space == nil:
	case name == "*":
		val = space
	default:
		if out := space.Get(name); out != nil {
			val = m.getter(out, nil)
		} else if name == "default" && space.Get("__esModule") == nil && len(space.Keys()) > 0 {
			val = space // a module of the older kind
		}
	}
	f.vars[root(v)] = val
}

// exportDecl follows what stands in an export statement; its names are collected when the module has run.
func (m *machine) exportDecl(f *frame, n *js.ExportStmt) {
	switch d := n.Decl.(type) {
	case nil:
	case *js.FuncDecl:
		if d.Name == nil {
			f.exports.set("default", m.function(f, d), Mark{})
		} else if n.Default {
			f.exports.set("default", m.find(f, d.Name), Mark{})
		}
	default:
		v := m.eval(f, n.Decl)
		if n.Default {
			if v.Kind == Func && v.fn.name == "" {
				v.fn.name = "default"
			}
			f.exports.set("default", v, Mark{})
		}
	}
}

// export collects what a module exports by name.
func (m *machine) export(f *frame, s *Script) {
	for _, st := range s.tree.List {
		n, ok := st.(*js.ExportStmt)
		if !ok {
			continue
		}
		switch d := n.Decl.(type) {
		case *js.VarDecl:
			for _, b := range d.List {
				if v, ok := b.Binding.(*js.Var); ok {
					m.exported(f, string(v.Name()), string(v.Name()))
				}
			}
		case *js.FuncDecl:
			if d.Name != nil {
				m.exported(f, string(d.Name.Name()), string(d.Name.Name()))
			}
		case *js.ClassDecl:
			if d.Name != nil {
				m.exported(f, string(d.Name.Name()), string(d.Name.Name()))
			}
		case nil:
			m.exportList(f, n)
		}
	}
}

func (m *machine) exported(f *frame, local, name string) {
	if v := f.script.outline.names[local]; v != nil {
		f.exports.set(name, m.find(f, v), Mark{})
	}
}

func (m *machine) exportList(f *frame, n *js.ExportStmt) {
	var space *Value
	if n.Module != nil {
		if m.opts.Module == nil {
			return
		}
		s := m.opts.Module(f.script, unquote(n.Module))
		if s == nil {
			return
		}
		space = m.module(s)
	}
	for _, a := range n.List {
		name, local := string(a.Binding), string(a.Name)
		if a.Name == nil {
			local = name
		}
		switch {
		case space == nil:
			m.exported(f, local, name)
		case local == "*" && name == "*" || name == "":
			m.spread(f.exports, space)
		case local == "*":
			f.exports.set(name, space, Mark{})
		case space.Get(local) != nil:
			f.exports.set(name, space.Get(local), Mark{})
		}
	}
}

// require is the older way to use a module, and how mini-programs do it.
func (m *machine) require(f *frame, args []*Value) *Value {
	if len(args) == 0 || args[0].Kind != String || m.opts.Module == nil {
		return unknown("require()")
	}
	if s := m.opts.Module(f.script, args[0].Text); s != nil {
		return m.module(s)
	}
	return unknown(args[0].Text)
}

// partArgument is what a bundle gives to one of its modules: the module, its exports, and the way to other modules.
func (m *machine) partArgument(fn *function, i int) *Value {
	switch i {
	case 0:
		holder := newObject(Mark{})
		holder.object.open = true
		holder.set("exports", m.partExports(fn.name), Mark{})
		return holder
	case 1:
		return m.partExports(fn.name)
	}
	return m.partRequire()
}

func (m *machine) partExports(key string) *Value {
	name := "part " + key
	if m.globals[name] == nil {
		v := newObject(Mark{})
		v.object.open = true
		m.globals[name] = v
	}
	return m.globals[name]
}

// partRequire is the function by which modules of a bundle find each other.
func (m *machine) partRequire() *Value {
	out := native("require", func(_ *frame, _ *Value, args []*Value) *Value {
		if len(args) == 0 || args[0].Kind != String && args[0].Kind != Number {
			return unknown("")
		}
		key := args[0].Text
		part := m.parts[key]
		if part == nil {
			return unknown("")
		}
		if !m.entered[part.fn] && part.fn.script().outline.follow(part.fn.node) {
			holder := m.partArgument(part.fn, 0)
			m.call(part.fn, holder, []*Value{holder, m.partExports(key), m.partRequire()})
			m.globals["part "+key] = holder.Get("exports")
		}
		return m.partExports(key)
	})
	out.object = &object{props: map[string]*Value{}, open: true}
	out.set("d", native("d", func(_ *frame, _ *Value, args []*Value) *Value { return m.partDefine(args) }), Mark{})
	out.set("n", native("n", func(_ *frame, _ *Value, args []*Value) *Value { return m.partDefault(args) }), Mark{})
	out.set("r", native("r", func(*frame, *Value, []*Value) *Value { return nothing() }), Mark{})
	return out
}

// partDefine is how a bundle names the exports of a module: d(exports, {name: getter}), or d(exports, "name", getter).
func (m *machine) partDefine(args []*Value) *Value {
	if len(args) == 3 && args[1].Kind == String && args[2].Kind == Func {
		m.setGetter(args[0], args[1].Text, args[2])
	}
	if len(args) == 2 {
		for _, k := range args[1].Keys() {
			if get := args[1].Get(k.Name); get.Kind == Func {
				m.setGetter(args[0], k.Name, get)
			}
		}
	}
	return nothing()
}

// partDefault gives a function that returns the default export of a module.
func (m *machine) partDefault(args []*Value) *Value {
	return native("n", func(*frame, *Value, []*Value) *Value {
		if len(args) == 0 {
			return nothing()
		}
		if v := args[0].Get("default"); v != nil {
			return m.getter(v, nil)
		}
		return args[0]
	})
}
