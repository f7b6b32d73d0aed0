package trace

import (
	"slices"

	"github.com/tdewolff/parse/v2/js"
)

// ending says how a statement ended.
type ending uint8

const (
	flows ending = iota
	left         // return, throw, break or continue
)

// block runs statements in order. Functions are known before the first one runs.
func (m *machine) block(f *frame, list []js.IStmt) ending {
	m.hoist(f, list)
	return m.sequel(f, list)
}

func (m *machine) sequel(f *frame, list []js.IStmt) ending {
	for i, s := range list {
		if m.spent() {
			return left
		}
		if f.sparse && !f.script.outline.follow(s) {
			continue
		}
		if n, ok := s.(*js.IfStmt); ok {
			done, end := m.ifThen(f, n, list[i+1:])
			if done || end != flows {
				return end
			}
			continue
		}
		if end := m.statement(f, s); end != flows {
			return end
		}
	}
	return flows
}

func (m *machine) hoist(f *frame, list []js.IStmt) {
	for _, s := range list {
		switch n := s.(type) {
		case *js.FuncDecl:
			m.hoistFunc(f, n)
		case *js.ExportStmt:
			if fn, ok := n.Decl.(*js.FuncDecl); ok {
				m.hoistFunc(f, fn)
			}
		}
	}
}

func (m *machine) hoistFunc(f *frame, n *js.FuncDecl) {
	if n.Name != nil {
		m.declare(f, n.Name, m.function(f, n))
	}
}

func (m *machine) statement(f *frame, s js.IStmt) ending {
	switch n := s.(type) {
	case *js.ExprStmt:
		m.eval(f, n.Value)
	case *js.VarDecl:
		m.eval(f, n)
	case *js.BlockStmt:
		return m.block(f, n.List)
	case *js.IfStmt:
		_, end := m.ifThen(f, n, nil)
		return end
	case *js.ReturnStmt:
		if n.Value != nil {
			f.returns = append(f.returns, m.eval(f, n.Value))
		}
		return left
	case *js.ThrowStmt:
		m.eval(f, n.Value)
		return left
	case *js.BranchStmt:
		return left
	case *js.LabelledStmt:
		return m.statement(f, n.Value)
	case *js.TryStmt:
		return m.try(f, n)
	case *js.SwitchStmt:
		return m.choose(f, n)
	case *js.ClassDecl:
		m.eval(f, n)
	case *js.ImportStmt:
		m.imports(f, n)
	case *js.ExportStmt:
		m.exportDecl(f, n)
	case *js.WithStmt:
		m.eval(f, n.Cond)
		return m.statement(f, n.Body)
	default:
		return m.loop(f, s)
	}
	return flows
}

// ifThen follows a condition; rest are the statements after it in the same block. done says that rest was followed too:
// when one way leaves, what comes after belongs to the other alone.
func (m *machine) ifThen(f *frame, n *js.IfStmt, rest []js.IStmt) (done bool, end ending) {
	cond := m.eval(f, n.Cond)
	other := func() ending {
		if n.Else == nil {
			return flows
		}
		return m.statement(f, n.Else)
	}
	if yes, known := cond.truth(); known {
		if yes {
			return false, m.statement(f, n.Body)
		}
		return false, other()
	}
	ways := m.split(cond.guard, func() ending { return m.statement(f, n.Body) }, other)
	if ways[0].end == ways[1].end {
		m.join(ways)
		return ways[0].end == left, ways[0].end
	}
	open := &ways[0]
	if open.end == left {
		open = &ways[1]
	}
	m.join(ways)
	at := m.at
	m.at = open.body
	end = m.sequel(f, rest)
	m.at = at
	return true, end
}

// way is one followed way of a condition.
type way struct {
	body    *sequence
	end     ending
	idle    bool
	changes map[change]*Value
}

// split follows both ways of an undecided condition, each from the same variables.
func (m *machine) split(guard bool, ways ...func() ending) []way {
	out := make([]way, 0, len(ways))
	at, works, outer := m.at, m.works, m.log
	m.maybe++
	for _, follow := range ways {
		log := []change{}
		m.at, m.works, m.log = &sequence{}, works, &log
		w := way{body: m.at, changes: map[change]*Value{}}
		w.end = follow()
		w.idle = guard && len(w.body.steps) == 0
		for i := len(log) - 1; i >= 0; i-- {
			c := log[i]
			spot := change{f: c.f, v: c.v, name: c.name}
			if _, there := w.changes[spot]; !there {
				w.changes[spot] = spot.get(m)
			}
			spot.set(m, c.old)
		}
		out = append(out, w)
	}
	m.maybe--
	m.at, m.works, m.log = at, works, outer
	return out
}

// join goes on after the ways of a condition: a variable may have what either way gave it.
func (m *machine) join(ways []way) {
	st := step{}
	spots := map[change]bool{}
	for _, w := range ways {
		st.alts = append(st.alts, alternative{body: w.body, idle: w.idle})
		for spot := range w.changes {
			spots[spot] = true
		}
	}
	for spot := range spots {
		var values []*Value
		for _, w := range ways {
			if w.end == left {
				continue
			}
			if v, changed := w.changes[spot]; changed {
				values = append(values, v)
			} else if old := spot.get(m); old != nil {
				values = append(values, old)
			}
		}
		if len(values) > 0 {
			m.put(spot, oneOf(values...))
		}
	}
	if anySteps(st.alts) || ways[0].end != ways[1].end {
		m.at.steps = append(m.at.steps, st)
	}
}

func anySteps(alts []alternative) bool {
	return slices.ContainsFunc(alts, func(a alternative) bool { return len(a.body.steps) > 0 })
}

// choose follows a switch: the case that matches, or each of them.
func (m *machine) choose(f *frame, n *js.SwitchStmt) ending {
	on := m.eval(f, n.Init)
	var ways []func() ending
	fallback := func() ending { return flows }
	sure := false
	for i := range n.List {
		c := &n.List[i]
		way := func() ending { return m.cases(f, n, i) }
		if c.Cond == nil {
			fallback = way
			continue
		}
		match, known := same(on, m.eval(f, c.Cond))
		if known && !match {
			continue
		}
		ways = append(ways, way)
		if sure = known; sure {
			break
		}
	}
	if !sure {
		ways = append(ways, fallback)
	}
	if len(ways) == 1 {
		return ways[0]()
	}
	return m.joinWays(m.split(false, ways...))
}

// joinWays goes on after alternatives that may all have left.
func (m *machine) joinWays(ways []way) ending {
	all := true
	for _, w := range ways {
		all = all && w.end == left
	}
	m.join(ways)
	if all {
		return left
	}
	return flows
}

// cases runs the statements from one case on, up to a break.
func (m *machine) cases(f *frame, n *js.SwitchStmt, from int) ending {
	returned := len(f.returns)
	for _, c := range n.List[from:] {
		if m.block(f, c.List) != left {
			continue
		}
		if len(f.returns) > returned {
			return left
		}
		break
	}
	return flows
}

// loop runs the body of a loop: as often as it is known to turn, else once.
func (m *machine) loop(f *frame, s js.IStmt) ending {
	switch n := s.(type) {
	case *js.ForStmt:
		m.forLoop(f, n)
	case *js.ForOfStmt:
		m.each(f, n.Init, m.eval(f, n.Value), n.Body.List)
	case *js.ForInStmt:
		m.each(f, n.Init, m.keysOf(m.eval(f, n.Value)), n.Body.List)
	case *js.WhileStmt:
		if yes, known := m.eval(f, n.Cond).truth(); yes || !known {
			m.statement(f, n.Body)
		}
	case *js.DoWhileStmt:
		m.statement(f, n.Body)
		m.eval(f, n.Cond)
	}
	return flows
}

func (m *machine) forLoop(f *frame, n *js.ForStmt) {
	if n.Init != nil {
		m.eval(f, n.Init)
	}
	for range maxLoop {
		known, yes := true, true
		if n.Cond != nil {
			yes, known = m.eval(f, n.Cond).truth()
		}
		if known && !yes || m.spent() {
			return
		}
		m.block(f, n.Body.List)
		if !known || n.Cond == nil {
			return
		}
		if n.Post != nil {
			m.eval(f, n.Post)
		}
	}
}

func (m *machine) each(f *frame, init js.IExpr, over *Value, body []js.IStmt) {
	items := over.List()
	if over.Unlisted() {
		items = []*Value{itemOf(over)}
	}
	for _, item := range items {
		m.bindLoop(f, init, item)
		m.block(f, body)
	}
}

func (m *machine) bindLoop(f *frame, init js.IExpr, item *Value) {
	switch n := init.(type) {
	case *js.VarDecl:
		for _, b := range n.List {
			m.bind(f, b, item)
		}
	default:
		m.assignTo(f, init, item)
	}
}

func (m *machine) keysOf(v *Value) *Value {
	var keys []*Value
	for _, k := range v.Keys() {
		keys = append(keys, text(k.Name, k.At))
	}
	out := newArray(keys, v.At)
	out.object.open = v.Kind != Object || v.Open()
	return out
}

// itemOf is any item of a list.
func itemOf(v *Value) *Value {
	if v.Kind == Array && len(v.List()) > 0 {
		return oneOf(v.List()...)
	}
	return unknown(dotted(v.Path, "[]"))
}
