package trace

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// In a big script the calls of most functions are passed over: those that have nothing to do with the tracking code, unless
// they are small. Statements are all followed.

// smallFunction is how many nodes of the tree a function may have to be entered for what it gives back alone.
const smallFunction = 400

// findRelevant marks the functions that hold a marker, then those that use what such a function is called, until nothing is
// added.
func (o *outline) findRelevant(tree *js.AST, names map[string]bool) {
	m := &marking{nodes: map[js.INode]bool{}, sizes: map[js.INode]int{}, vars: map[*js.Var]bool{}, names: names}
	for range 6 {
		before := len(m.nodes)
		js.Walk(m, tree)
		for v, x := range o.inits {
			if m.nodes[x] {
				m.vars[v] = true
			}
		}
		m.sized = true
		if len(m.nodes) == before {
			break
		}
	}
	o.relevant, o.sizes = m.nodes, m.sizes
}

// marking marks every expression and function around a marker, and counts how much there is in a function.
type marking struct {
	nodes map[js.INode]bool
	sizes map[js.INode]int
	sized bool
	vars  map[*js.Var]bool
	names map[string]bool // of other scripts
	stack []js.INode
	count int
	from  []int // the count at the start of every function around
}

// Enter implements js.IVisitor.
func (m *marking) Enter(n js.INode) js.IVisitor {
	m.stack = append(m.stack, n)
	m.count++
	if isFunction(n) {
		m.from = append(m.from, m.count)
	}
	if m.hit(n) {
		for i := len(m.stack) - 1; i >= 0; i-- {
			around := m.stack[i]
			if _, value := around.(js.LiteralExpr); value { // not a pointer: no key of a map
				continue
			}
			if m.nodes[around] && i < len(m.stack)-1 {
				break // so is all that is around it
			}
			m.nodes[around] = true
		}
	}
	return m
}

// Exit implements js.IVisitor.
func (m *marking) Exit(n js.INode) {
	m.stack = m.stack[:len(m.stack)-1]
	if !isFunction(n) {
		return
	}
	last := len(m.from) - 1
	if !m.sized {
		m.sizes[n] = m.count - m.from[last]
	}
	m.from = m.from[:last]
}

func isFunction(n js.INode) bool {
	switch n.(type) {
	case *js.FuncDecl, *js.ArrowFunc, *js.MethodDecl:
		return true
	}
	return false
}

func (m *marking) hit(n js.INode) bool {
	switch n := n.(type) {
	case *js.LiteralExpr:
		return m.marks(n.Data)
	case js.LiteralExpr:
		return m.marks(n.Data)
	case *js.Var:
		return m.vars[root(n)] || m.marks(n.Name())
	case *js.MethodDecl:
		return m.marks(n.Name.Literal.Data)
	case *js.TemplateExpr:
		if m.marks(n.Tail) {
			return true
		}
		for _, p := range n.List {
			if m.marks(p.Value) {
				return true
			}
		}
	case *js.ObjectExpr:
		for _, p := range n.List {
			if p.Name != nil && m.marks(p.Name.Literal.Data) {
				return true
			}
		}
	}
	return false
}

func (m *marking) marks(word []byte) bool {
	const longest = 4096 // of a text worth looking into
	return m.names[string(word)] || len(word) <= longest && len(word) > 3 && marked(string(word))
}

func marked(text string) bool {
	text = strings.ToLower(text)
	for _, m := range markers {
		if strings.Contains(text, m) {
			return true
		}
	}
	return false
}

// follow reports whether a function is worth entering that nobody calls.
func (o *outline) follow(n js.INode) bool { return o.relevant == nil || o.relevant[n] }

// library reports whether nothing in a script is worth following.
func (o *outline) library() bool { return o.relevant != nil && len(o.relevant) == 0 }

// strange is how far the machine has gone into functions that have nothing to do with the tracking code.
type strange struct {
	depth int
	since int // the step at which it left what has to do with it
	spent int // steps of all such ways that are over
}

const (
	strangeDepth = 3
	strangeSteps = 3000
	strangeInAll = 150_000
)

// enters reports whether a call of a function is followed: of one that has nothing to do with the tracking code for a few
// steps only.
func (m *machine) enters(fn *function) bool {
	o := fn.script().outline
	if o.follow(fn.node) {
		return true
	}
	if o.sizes[fn.node] > smallFunction || m.strange.spent > strangeInAll {
		return false
	}
	return m.strange.depth == 0 || m.strange.depth < strangeDepth && m.steps-m.strange.since < strangeSteps
}

// tellsAlone reports whether what a function of a library gives back means something without the state of the library.
func tellsAlone(v *Value) bool {
	switch v.Kind {
	case Undefined, Null, Array, Union:
		texts, all := v.Strings()
		return all && len(texts) > 0
	}
	return true
}

// wander notes that a function is entered, and returns what to do when it is left.
func (m *machine) wander(fn *function) func() {
	depth, since := m.strange.depth, m.strange.since
	switch {
	case fn.script().outline.follow(fn.node):
		m.strange.depth = 0
	case depth == 0:
		m.strange.depth, m.strange.since = 1, m.steps
	default:
		m.strange.depth++
	}
	return func() {
		if m.strange.depth == 1 {
			m.strange.spent += m.steps - m.strange.since
		}
		m.strange.depth, m.strange.since = depth, since
	}
}

// idles reports whether work that has nothing to do with the tracking code is set off by code that has not either: it is
// not done.
func (m *machine) idles(fn *function) bool {
	return m.strange.depth > 0 && fn.native == nil && !fn.script().outline.follow(fn.node)
}
