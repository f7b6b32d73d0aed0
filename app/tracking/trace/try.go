package trace

import "github.com/tdewolff/parse/v2/js"

// try follows try, catch and finally. Where the body waits for something, catch runs on its failure and what comes after
// runs either way; else catch runs only when the body throws.
func (m *machine) try(f *frame, n *js.TryStmt) ending {
	at, works, outer := m.at, m.works, f.chain
	f.chain = &chain{}
	m.tried++
	end := m.block(f, n.Body.List)
	m.tried--
	waited, own := m.at != at, f.chain
	f.chain = outer
	m.at, m.works = at, works
	if waited {
		end = m.afterWait(f, n, own, end)
	} else {
		end = m.afterThrow(f, n, end)
	}
	if n.Finally != nil {
		if m.block(f, n.Finally.List) == left {
			return left
		}
	}
	return end
}

// afterThrow follows catch as a way that may be taken or not.
func (m *machine) afterThrow(f *frame, n *js.TryStmt, end ending) ending {
	if n.Catch == nil {
		return end
	}
	ways := m.split(false, func() ending { return m.catch(f, n) }, func() ending { return flows })
	both := ways[0].end == left && end == left
	ways[0].end, ways[1].end = flows, flows
	m.join(ways)
	if both {
		return left
	}
	return flows
}

func (m *machine) catch(f *frame, n *js.TryStmt) ending {
	if n.Binding != nil {
		m.bind(f, js.BindingElement{Binding: n.Binding}, unknown("error"))
	}
	return m.block(f, n.Catch.List)
}

func (m *machine) afterWait(f *frame, n *js.TryStmt, own *chain, end ending) ending {
	if f.chain != nil && n.Catch == nil {
		own.parent = f.chain // a failure goes on outwards
	}
	failed := left
	if n.Catch != nil {
		at, works := m.at, m.works
		m.enter(&Work{When: OnFailure, Name: "catch", At: m.last, chain: own})
		failed = m.catch(f, n)
		m.at, m.works = at, works
	}
	when := OnEither
	switch {
	case n.Finally != nil:
	case end == left && failed == left:
		return left
	case end == left:
		when = OnFailure
	case failed == left:
		when = OnSuccess
	}
	m.enter(&Work{When: when, At: m.last, chain: own})
	if n.Finally != nil && end == left && failed == left {
		return left
	}
	return flows
}

// await goes on when the value is there.
func (m *machine) await(f *frame, v *Value) *Value {
	if v.Kind != promise && v.Kind != Unknown {
		return v
	}
	if f.chain == nil {
		f.chain = &chain{}
	}
	if v.chain != nil {
		v.chain.hang(f.chain)
	}
	m.enter(&Work{When: OnSuccess, Name: "await", At: m.last, chain: f.chain})
	if v.Kind == promise {
		return v.outcome()
	}
	return unknown(v.Path)
}
