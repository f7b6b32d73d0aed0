package trace

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// bigScript is the size in bytes from which a script is followed only where it has to do with the tracking code: a bundle
// holds whole libraries besides. A function of up to smallFunction nodes is entered all the same when it is called, and in
// one of up to plainFunction nodes no statement is passed over.
const (
	bigScript     = 40 << 10
	smallFunction = 250
	plainFunction = 1500
)

// markers are parts of the names and texts the tracking code is made of, in lower case.
func markers() []string {
	return []string{"aplus", "wpk", "sendpv", "setmetainfo", "_hold", "sapp_", "_user_id", "page_id", "page_name", "alog-", "alog.", "zzdpro", "metainfo"}
}

// outline is what is known of a script before it is followed.
type outline struct {
	relevant map[js.INode]bool // statements and functions to be followed; nil: all of them
	sizes    map[js.INode]int  // nodes in each function, of a big script
	changed  map[*js.Var]bool  // variables that are given another value somewhere
	inits    map[*js.Var]js.IExpr
	latches  map[*js.Var]bool // variables that only ever hold true or false: "already done" and the like
	switches map[string]bool  // properties that are set to true somewhere: window.started = true
	names    map[string]*js.Var
	routes   []route // entries of route tables
	routed   bool
}

// route is one entry of a table of routes found in a script.
type route struct {
	path string
	at   []byte
}

func outlineOf(s *Script) *outline {
	o := &outline{inits: map[*js.Var]js.IExpr{}, changed: map[*js.Var]bool{}, latches: map[*js.Var]bool{}, switches: map[string]bool{}, names: map[string]*js.Var{}}
	for _, v := range s.tree.Undeclared { // imported names are among them
		o.names[string(v.Name())] = v
	}
	for _, v := range s.tree.Declared {
		o.names[string(v.Name())] = v
	}
	first := &sweep{outline: o, other: map[*js.Var]bool{}}
	js.Walk(first, s.tree)
	for v := range first.other {
		delete(o.latches, v)
	}
	if len(s.Text) > bigScript {
		o.findRelevant(s.tree)
		m := &measure{sizes: map[js.INode]int{}}
		js.Walk(m, s.tree)
		o.sizes = m.sizes
	}
	return o
}

// measure counts the nodes in every function.
type measure struct {
	nodes int
	begun []int
	sizes map[js.INode]int
}

// Enter implements js.IVisitor.
func (m *measure) Enter(n js.INode) js.IVisitor {
	m.nodes++
	if isFunction(n) {
		m.begun = append(m.begun, m.nodes)
	}
	return m
}

// Exit implements js.IVisitor.
func (m *measure) Exit(n js.INode) {
	if !isFunction(n) {
		return
	}
	last := len(m.begun) - 1
	m.sizes[n] = m.nodes - m.begun[last]
	m.begun = m.begun[:last]
}

func isFunction(n js.INode) bool {
	switch n.(type) {
	case *js.FuncDecl, *js.ArrowFunc, *js.MethodDecl:
		return true
	}
	return false
}

// beyond reports whether a function of a big script has nothing to do with the tracking code and is too large to look into.
func (o *outline) beyond(n js.INode) bool {
	return o.relevant != nil && !o.relevant[n] && o.sizes[n] > smallFunction
}

// sparse reports whether only some statements of a function, or of the script itself, are followed.
func (o *outline) sparse(n js.INode) bool {
	return o.relevant != nil && (n == nil || o.sizes[n] > plainFunction)
}

// sweep collects initialisers, latches and routes.
type sweep struct {
	*outline
	other map[*js.Var]bool // assigned something else than true or false
}

// Enter implements js.IVisitor.
func (w *sweep) Enter(n js.INode) js.IVisitor {
	switch n := n.(type) {
	case *js.VarDecl:
		for _, b := range n.List {
			if v, ok := b.Binding.(*js.Var); ok && b.Default != nil {
				w.assign(root(v), b.Default)
				w.inits[root(v)] = b.Default
			}
		}
	case *js.FuncDecl:
		if n.Name != nil {
			w.inits[root(n.Name)] = n
		}
	case *js.ClassDecl:
		if n.Name != nil {
			w.inits[root(n.Name)] = n
		}
	case *js.BinaryExpr:
		if v, ok := n.X.(*js.Var); ok && n.Op == js.EqToken {
			w.changed[root(v)] = true
			w.assign(root(v), n.Y)
		} else if n.Op == js.EqToken && isBool(n.Y) {
			w.switches[lastName(n.X)] = true
		}
	case *js.ObjectExpr:
		w.route(n)
	}
	return w
}

// Exit implements js.IVisitor.
func (w *sweep) Exit(js.INode) {}

func (w *sweep) assign(v *js.Var, x js.IExpr) {
	if isBool(x) {
		w.latches[v] = true
	} else {
		w.other[v] = true
	}
}

// isBool reports whether x is true or false, also as minifiers write them: !0, or !(x = function …) behind other work.
func isBool(x js.IExpr) bool {
	switch x := x.(type) {
	case *js.LiteralExpr:
		return x.TokenType == js.TrueToken || x.TokenType == js.FalseToken
	case *js.UnaryExpr:
		return x.Op == js.NotToken && isTruthy(x.X)
	case *js.GroupExpr:
		return isBool(x.X)
	case *js.CommaExpr:
		return len(x.List) > 0 && isBool(x.List[len(x.List)-1])
	}
	return false
}

// isTruthy reports whether an expression is written so that everybody sees whether it counts as true.
func isTruthy(x js.IExpr) bool {
	switch x := x.(type) {
	case *js.LiteralExpr:
		return string(x.Data) == "0" || string(x.Data) == "1"
	case *js.GroupExpr:
		return isTruthy(x.X)
	case *js.BinaryExpr:
		return x.Op == js.EqToken && isTruthy(x.Y)
	case *js.FuncDecl, *js.ArrowFunc, *js.ObjectExpr, *js.ArrayExpr:
		return true
	}
	return false
}

// route notes an object that looks like an entry of a route table: it has a path and something to show there.
func (w *sweep) route(n *js.ObjectExpr) {
	var path *js.LiteralExpr
	shows := false
	for _, p := range n.List {
		if p.Name == nil || p.Name.IsComputed() {
			continue
		}
		switch propertyName(p.Name) {
		case "path":
			if lit, ok := p.Value.(*js.LiteralExpr); ok && lit.TokenType == js.StringToken {
				path = lit
			}
		case "component", "components", "element", "Component", "lazy", "loader":
			shows = true
		}
	}
	if path != nil && shows {
		w.routes = append(w.routes, route{path: unquote(path.Data), at: path.Data})
	}
}

// root follows the links that the parser sets between uses of one variable.
func root(v *js.Var) *js.Var {
	for v.Link != nil {
		v = v.Link
	}
	return v
}

// findRelevant marks the statements and functions that hold a marker, then those that use what such a function is called,
// until nothing is added.
func (o *outline) findRelevant(tree *js.AST) {
	m := &marking{nodes: map[js.INode]bool{}, vars: map[*js.Var]bool{}}
	for range 6 {
		before := len(m.nodes)
		js.Walk(m, tree)
		for v, x := range o.inits {
			if m.nodes[x] {
				m.vars[v] = true
			}
		}
		if len(m.nodes) == before {
			break
		}
	}
	o.relevant = m.nodes
}

// marking marks every statement and function around a marker.
type marking struct {
	nodes map[js.INode]bool
	vars  map[*js.Var]bool
	stack []js.INode
}

// Enter implements js.IVisitor.
func (m *marking) Enter(n js.INode) js.IVisitor {
	m.stack = append(m.stack, n)
	hit := false
	switch n := n.(type) {
	case *js.LiteralExpr:
		hit = marked(string(n.Data))
	case js.LiteralExpr:
		hit = marked(string(n.Data))
	case *js.Var:
		hit = m.vars[root(n)] || marked(string(n.Name()))
	case *js.TemplateExpr:
		hit = marked(string(n.Tail))
		for _, p := range n.List {
			hit = hit || marked(string(p.Value))
		}
	case *js.ObjectExpr:
		for _, p := range n.List {
			hit = hit || p.Name != nil && marked(string(p.Name.Literal.Data))
		}
	case *js.MethodDecl:
		hit = marked(string(n.Name.Literal.Data))
	}
	if hit {
		for _, around := range m.stack {
			if _, word := around.(js.LiteralExpr); !word { // a value, which cannot be a key; nobody asks for it
				m.nodes[around] = true
			}
		}
	}
	return m
}

// Exit implements js.IVisitor.
func (m *marking) Exit(js.INode) { m.stack = m.stack[:len(m.stack)-1] }

func marked(text string) bool {
	if len(text) > 4096 {
		return false
	}
	text = strings.ToLower(text)
	for _, m := range markers() {
		if strings.Contains(text, m) {
			return true
		}
	}
	return false
}

func (o *outline) follow(n js.INode) bool { return o.relevant == nil || o.relevant[n] }

// propertyName returns the name of a property that is not computed.
func propertyName(n *js.PropertyName) string {
	if n.Literal.TokenType == js.StringToken {
		return unquote(n.Literal.Data)
	}
	return string(n.Literal.Data)
}
