package trace

// finish does the work that waits, then enters the functions nobody called, until nothing is left.
func (m *machine) finish() {
	for next := 0; ; {
		m.drain()
		if m.spent() || next >= len(m.created) && !m.wake() {
			return
		}
		if next == len(m.created) {
			continue
		}
		fn := m.created[next]
		next++
		switch {
		case fn.native != nil || m.entered[fn] || !fn.script().outline.follow(fn.node):
		case m.unused(fn):
			m.idle = append(m.idle, fn)
		default:
			m.onDemand(fn)
		}
	}
}

// onDemand enters a function that nobody called. A module of a bundle runs when the bundle does.
func (m *machine) onDemand(fn *function) {
	if fn.owner != nil && isPartKey(fn.name) {
		m.resume(fn.born, func() { m.call(fn, nil, nil) })
		return
	}
	m.later(&Work{When: demand(fn.name), Name: fn.name, At: fn.at}, func() { m.call(fn, nil, nil) })
}

// resume goes on within earlier work.
func (m *machine) resume(works []*Work, do func()) {
	at, before := m.at, m.works
	m.works, m.at = works, m.trace.root
	if len(works) > 0 {
		m.at = works[len(works)-1].body
	}
	do()
	m.at, m.works = at, before
}

// wake enters functions that looked unused when it turns out that something asks for their name; it reports whether there
// was one.
func (m *machine) wake() bool {
	var still []*function
	woken := false
	for _, fn := range m.idle {
		switch {
		case m.entered[fn]:
		case m.unused(fn):
			still = append(still, fn)
		default:
			woken = true
			m.onDemand(fn)
		}
	}
	m.idle = still
	return woken
}

// unused reports whether a function is certain not to run: it has a name, and nothing reads it, hands it on, or asks for
// that name. Of a script that is followed in part only nothing is certain.
func (m *machine) unused(fn *function) bool {
	switch {
	case fn.used || fn.name == "" || fn.script().outline.relevant != nil, m.missed[fn.name], m.opts.Mentioned[fn.name], whenNamed(fn.name) != "":
		return false
	case fn.owner == nil || fn.owner.object == nil:
		return true
	}
	return fn.owner.object.outer == nil && !isComponent(fn.owner) && !isPartKey(fn.name)
}

// reading notes that functions are read, so that they may run where nobody sees it.
func reading(v *Value) *Value {
	if v.Kind == Func || v.Kind == Union {
		v.Each(func(a *Value) {
			if a.Kind == Func {
				a.fn.used = true
			}
		})
	}
	return v
}

// useAll notes that somebody outside may use whatever an object holds.
func useAll(v *Value, depth int) {
	if reading(v); depth > 3 {
		return
	}
	for _, k := range v.Keys() {
		useAll(v.Get(k.Name), depth+1)
	}
	for _, item := range v.List() {
		useAll(item, depth+1)
	}
}
