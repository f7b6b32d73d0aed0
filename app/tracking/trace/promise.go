package trace

// promised is the value of work under way that will give out.
func (m *machine) promised(c *chain, out *Value) *Value {
	p := &Value{Kind: promise, chain: c, object: &object{props: map[string]*Value{}}}
	if out.Kind == promise {
		if out.chain != nil {
			out.chain.hang(c)
		}
		p.object.list = out.object.list
		return p
	}
	p.object.list = []*Value{out}
	return p
}

// outcome is what a promise gives.
func (v *Value) outcome() *Value {
	if v.Kind == promise && v.object != nil && len(v.object.list) > 0 {
		return oneOf(v.object.list...)
	}
	return unknown(v.Path)
}

// newPromise follows new Promise(executor): what is given to resolve is what the promise gives.
func (m *machine) newPromise(args []*Value) *Value {
	p := &Value{Kind: promise, chain: &chain{}, object: &object{props: map[string]*Value{}}}
	if len(args) == 0 || args[0].Kind != Func {
		return p
	}
	resolve := native("resolve", func(_ *frame, _ *Value, given []*Value) *Value {
		v := nothing()
		if len(given) > 0 {
			v = given[0]
		}
		if v.Kind == promise && v.chain != nil {
			v.chain.hang(p.chain)
			v = v.outcome()
		}
		p.object.list = append(p.object.list, v)
		return nothing()
	})
	reject := native("reject", func(*frame, *Value, []*Value) *Value { return nothing() })
	m.call(args[0].fn, nil, []*Value{resolve, reject})
	return p
}

// then hangs functions on an outcome. It returns nil when name is no method of a promise.
func (m *machine) then(v *Value, name string, args []*Value, at Mark) *Value {
	switch name {
	case "then", "done", "catch", "fail", "finally", "always":
	default:
		return nil
	}
	if v.chain == nil {
		v.chain = &chain{}
	}
	c := v.chain
	next := &Value{Kind: promise, chain: c, object: &object{props: map[string]*Value{}}}
	sure := neverFails(c.api)
	switch name {
	case "then", "done":
		m.hangOn(v, next, c, args, 0, OnSuccess, sure, at)
		m.hangOn(v, next, c, args, 1, OnFailure, sure, at)
		if len(args) > 1 && args[1].Kind == Func {
			c.caught = true
		}
	case "catch", "fail":
		m.hangOn(v, next, c, args, 0, OnFailure, sure, at)
		if name == "catch" {
			next.object.list = append(next.object.list, v.outcome())
			c.caught = true
		}
	default:
		m.hangOn(v, next, c, args, 0, OnEither, sure, at)
		next.object.list = append(next.object.list, v.outcome())
	}
	return next
}

// hangOn sets one handler off.
func (m *machine) hangOn(v, next *Value, c *chain, args []*Value, i int, when When, sure bool, at Mark) {
	if i >= len(args) || args[i].Kind != Func && args[i].Kind != Union {
		return
	}
	if when == OnSuccess && (c.caught || sure) {
		when = OnEither
	}
	w := &Work{When: when, Name: string(when), At: at, chain: c}
	m.later(w, func() {
		given := v.outcome()
		if when == OnFailure {
			given = unknown("error")
		}
		args[i].Each(func(fn *Value) {
			if fn.Kind == Func {
				m.settle(next, m.call(fn.fn, nil, []*Value{given}))
			}
		})
	})
}

// settle adds what a handler returned to what the next one gets.
func (m *machine) settle(next, out *Value) {
	if out.Kind == promise || out.Kind == Unknown && out.chain != nil {
		if out.chain != nil {
			out.chain.hang(next.chain)
		}
		out = out.outcome()
	}
	next.object.list = append(next.object.list, out)
}

// promiseStatic follows Promise.all and its like: the outcome of the whole fails when a part fails.
func (m *machine) promiseStatic(name string, args []*Value) *Value {
	c := &chain{}
	out := &Value{Kind: promise, chain: c, object: &object{props: map[string]*Value{}}}
	if len(args) == 0 {
		return out
	}
	switch name {
	case "resolve", "reject":
		out.object.list = []*Value{args[0]}
		if args[0].Kind == promise {
			return args[0]
		}
		if name == "resolve" {
			c.caught = true
		}
	case "all", "race", "any", "allSettled":
		for _, part := range args[0].List() {
			if part.chain != nil {
				part.chain.hang(c)
			}
		}
		c.caught = name == "allSettled"
		out.object.list = []*Value{m.together(name, args[0])}
	}
	return out
}

// together is what Promise.all gives for a list.
func (m *machine) together(name string, list *Value) *Value {
	if name != "all" || list.Kind != Array {
		return unknown("")
	}
	var parts []*Value
	for _, p := range list.List() {
		if p.Kind == promise {
			p = p.outcome()
		}
		parts = append(parts, p)
	}
	return newArray(parts, list.At)
}
