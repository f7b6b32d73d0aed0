package trace

import "strings"

// holdsMethods reports whether a property of this name holds the methods of a component or the actions of a store.
func holdsMethods(name string) bool {
	switch name {
	case "methods", "actions", "computed", "watch", "lifetimes", "pageLifetimes", "getters", "mutations":
		return true
	}
	return false
}

// self is what "this" is in a function of an object that a framework calls: the component with its methods and those mixed
// in, or the object itself.
func (m *machine) self(owner *Value) *Value {
	if owner.object == nil {
		return owner
	}
	if outer := owner.object.outer; outer != nil && outer != owner {
		return m.self(outer)
	}
	if !isComponent(owner) {
		return owner
	}
	if owner.object.self == nil {
		view := newObject(owner.At)
		view.object.open = true
		owner.object.self = view
		m.spread(view, owner)
		m.mixIn(view, owner, 0)
	}
	return owner.object.self
}

// mixIn gives a component its methods and those of its mixins.
func (m *machine) mixIn(view, from *Value, depth int) {
	if depth > 4 {
		return
	}
	for _, name := range []string{"methods", "actions"} {
		if held := from.Get(name); held != nil && held.Kind == Object {
			m.spread(view, held)
		}
	}
	if mixins := from.Get("mixins"); mixins != nil {
		for _, one := range mixins.List() {
			m.mixIn(view, one, depth+1)
		}
	}
	view.object.open = true
}

// isComponent reports whether an object is the options of a component, page, application or store.
func isComponent(v *Value) bool {
	if v.Kind != Object || v.object.class != nil || v.object.mod != nil {
		return false
	}
	for _, k := range v.object.keys {
		switch k.Name {
		case "methods", "data", "actions", "mixins", "setup", "computed", "components", "globalData", "created", "mounted", "watch":
			return true
		}
		if strings.HasPrefix(k.Name, "onL") || strings.HasPrefix(k.Name, "onShow") {
			return true
		}
	}
	return false
}

// install runs a plugin at once, as use(plugin, options) does.
func (m *machine) install(on *Value, args []*Value) {
	if len(args) == 0 {
		return
	}
	if on == nil {
		on = unknown("app")
	}
	switch plugin := args[0]; plugin.Kind {
	case Object:
		if fn := plugin.Get("install"); fn != nil && fn.Kind == Func && !m.entered[fn.fn] {
			m.call(fn.fn, plugin, append([]*Value{on}, rest(args)...))
		}
	case Func:
		if fn := plugin.Get("install"); fn != nil && fn.Kind == Func && !m.entered[fn.fn] {
			m.call(fn.fn, plugin, append([]*Value{on}, rest(args)...))
		}
	}
}

// launch is App({…}) of a mini-program: the application starts before any of its pages.
func (m *machine) launch(args []*Value) {
	if len(args) == 0 || args[0].Kind != Object {
		return
	}
	m.app = args[0]
	for _, name := range []string{"onLaunch", "onShow"} {
		if fn := args[0].Get(name); fn != nil && fn.Kind == Func {
			m.call(fn.fn, m.self(m.app), nil)
		}
	}
}
