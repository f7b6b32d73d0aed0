package trace

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// bigScript is the size from which a script is followed only where it has to do with the tracking code: a bundle holds
// whole libraries besides.
const bigScript = 24 << 10

// plainScript is the size up to which a script is followed whole though nothing in it speaks of tracking: a larger one is a
// library.
const plainScript = 64 << 10

// denseScript is the same for one whose lines are longer than denseLine on the average, as minified ones are.
const (
	denseScript = 16 << 10
	denseLine   = 400
)

// markers are parts of the names and texts the tracking code is made of, in lower case.
var markers = []string{"aplus", "wpkrep", "_wpk", "wpkgate", "sendpv", "setmetainfo", "_hold", "sapp_", "_user_id", "page_id", "page_name", "alog-api", "alog.zj", "zzdpro"}

// outline is what is known of a script before it is followed.
type outline struct {
	relevant map[js.INode]bool // functions that have to do with the tracking code; nil: all of them
	sizes    map[js.INode]int  // how many nodes a function has, where relevant is not nil
	wanted   string            // the names of other scripts that relevant goes by
	marked   bool              // has to do with the tracking code itself
	inits    map[*js.Var]js.IExpr
	latches  map[*js.Var]bool    // variables that only ever hold true or false: "already done" and the like
	switches map[string]bool     // properties that are set to true somewhere: window.started = true
	left     map[string]js.IExpr // properties of window that are set
	names    map[string]*js.Var
	routes   []route // entries of route tables
}

// route is one entry of a table of routes found in a script.
type route struct {
	path string
	at   []byte
}

func outlineOf(s *Script) *outline {
	o := &outline{inits: map[*js.Var]js.IExpr{}, latches: map[*js.Var]bool{}, switches: map[string]bool{}, names: map[string]*js.Var{}, left: map[string]js.IExpr{}}
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
	o.marked = marked(string(s.Text))
	return o
}

// lookFor decides what of a big script is to be followed: what holds a marker, or one of the names that other scripts of the
// page give to their tracking code.
func (s *Script) lookFor(names map[string]bool) {
	o := s.outline
	if o.marked && len(s.Text) <= bigScript || !o.marked && !s.bulky() {
		return
	}
	wanted := strings.Join(slices.Sorted(maps.Keys(names)), " ")
	if o.relevant != nil && o.wanted == wanted {
		return
	}
	o.wanted = wanted
	if !o.marked && !s.mentions(names) {
		o.relevant = map[js.INode]bool{}
		return
	}
	o.findRelevant(s.tree, names)
}

// bulky reports whether a script without a marker is as large as libraries are.
func (s *Script) bulky() bool {
	lines := bytes.Count(s.Text, []byte("\n")) + 1
	return len(s.Text) > plainScript || len(s.Text) > denseScript && len(s.Text)/lines > denseLine
}

func (s *Script) mentions(names map[string]bool) bool {
	for n := range names {
		if bytes.Contains(s.Text, []byte(n)) && s.names(n) {
			return true
		}
	}
	return false
}

// names reports whether a script uses a name that it does not declare.
func (s *Script) names(name string) bool {
	for _, v := range s.tree.Undeclared {
		if string(v.Name()) == name {
			return true
		}
	}
	return s.outline.left[name] != nil || bytes.Contains(s.Text, []byte("window."+name))
}

// gives adds the names under which a script leaves its tracking code to the other scripts of a page.
func (s *Script) gives(names map[string]bool) {
	if s == nil || s.tree == nil || !s.outline.marked {
		return
	}
	o := s.outline
	big := len(s.Text) > bigScript
	if big && o.relevant == nil {
		o.findRelevant(s.tree, nil)
	}
	speaks := func(x js.IExpr) bool { return x != nil && (!big || o.relevant[x]) }
	for _, v := range s.tree.Declared {
		if name := string(v.Name()); len(name) > 2 && speaks(o.inits[v]) {
			names[name] = true
		}
	}
	for name, x := range o.left {
		if speaks(x) {
			names[name] = true
		}
	}
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
			w.assign(root(v), n.Y)
		} else if n.Op == js.EqToken && isBool(n.Y) {
			w.switches[lastName(n.X)] = true
		}
		if dot, ok := n.X.(*js.DotExpr); ok && n.Op == js.EqToken && lastName(dot.X) == "window" {
			w.left[lastName(dot.Y)] = n.Y
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
		return x.Op == js.NotToken && isConstant(x.X)
	case *js.GroupExpr:
		return isBool(x.X)
	case *js.CommaExpr:
		return isBool(x.List[len(x.List)-1])
	}
	return false
}

// isConstant reports whether x is always true or always false: 0, 1, a function, the assignment of one.
func isConstant(x js.IExpr) bool {
	switch x := x.(type) {
	case *js.LiteralExpr:
		return string(x.Data) == "0" || string(x.Data) == "1"
	case *js.FuncDecl, *js.ArrowFunc, *js.ObjectExpr, *js.ArrayExpr:
		return true
	case *js.GroupExpr:
		return isConstant(x.X)
	case *js.BinaryExpr:
		return x.Op == js.EqToken && isConstant(x.Y)
	case *js.CommaExpr:
		return isConstant(x.List[len(x.List)-1])
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

// propertyName returns the name of a property that is not computed.
func propertyName(n *js.PropertyName) string {
	if n.Literal.TokenType == js.StringToken {
		return unquote(n.Literal.Data)
	}
	return string(n.Literal.Data)
}
