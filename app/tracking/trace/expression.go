package trace

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// eval finds the value of an expression and does what it does.
func (m *machine) eval(f *frame, x js.IExpr) *Value {
	if m.spent() || m.depth > 4*maxDepth {
		return unknown("")
	}
	m.depth++
	defer func() { m.depth-- }()
	switch n := x.(type) {
	case *js.LiteralExpr:
		return m.literal(f, n)
	case *js.Var:
		return m.lookup(f, n)
	case *js.GroupExpr:
		return m.eval(f, n.X)
	case *js.TemplateExpr:
		return m.template(f, n)
	case *js.ArrayExpr:
		return m.array(f, n)
	case *js.ObjectExpr:
		return m.objectOf(f, n)
	case *js.FuncDecl, *js.ArrowFunc, *js.MethodDecl:
		return m.function(f, n)
	case *js.ClassDecl:
		return m.class(f, n)
	case *js.DotExpr, *js.IndexExpr:
		_, v := m.member(f, x)
		return v
	case *js.CallExpr:
		return m.callExpr(f, n)
	case *js.NewExpr:
		return m.newExpr(f, n)
	default:
		return m.operation(f, x)
	}
}

func (m *machine) operation(f *frame, x js.IExpr) *Value {
	switch n := x.(type) {
	case *js.VarDecl:
		for _, b := range n.List {
			m.declareBinding(f, b, n.TokenType == js.VarToken)
		}
	case *js.CommaExpr:
		var last *Value
		for _, e := range n.List {
			last = m.eval(f, e)
		}
		return last
	case *js.UnaryExpr:
		return m.unary(f, n)
	case *js.BinaryExpr:
		return m.binary(f, n)
	case *js.CondExpr:
		return m.conditional(f, m.eval(f, n.Cond), n.X, n.Y)
	case *js.YieldExpr:
		if n.X != nil {
			m.eval(f, n.X)
		}
	}
	return unknown("")
}

func (m *machine) literal(f *frame, n *js.LiteralExpr) *Value {
	switch n.TokenType {
	case js.StringToken:
		return text(unquote(n.Data), m.see(f, n.Data))
	case js.TrueToken, js.FalseToken:
		return &Value{Kind: Bool, Bool: n.TokenType == js.TrueToken, At: m.see(f, n.Data)}
	case js.NullToken:
		return &Value{Kind: Null, At: m.see(f, n.Data)}
	case js.ThisToken:
		if f.this != nil {
			return f.this
		}
		return unknown("this")
	case js.RegExpToken:
		return regexOf(string(n.Data), m.see(f, n.Data))
	case js.DecimalToken, js.IntegerToken, js.HexadecimalToken, js.BinaryToken, js.OctalToken:
		return &Value{Kind: Number, Text: strings.ReplaceAll(string(n.Data), "_", ""), At: m.see(f, n.Data)}
	}
	return unknown(string(n.Data))
}

func (m *machine) template(f *frame, n *js.TemplateExpr) *Value {
	if n.Tag != nil {
		m.eval(f, n.Tag)
		return unknown("")
	}
	at := m.see(f, n.Tail)
	whole := text("", at)
	for i, p := range n.List {
		if i == 0 {
			whole.At = m.see(f, p.Value)
		}
		whole = plus(whole, text(unescape(trimTemplate(p.Value)), whole.At))
		whole = plus(whole, m.eval(f, p.Expr))
	}
	return plus(whole, text(unescape(trimTemplate(n.Tail)), whole.At))
}

// trimTemplate takes the marks around a part of a template literal off.
func trimTemplate(part []byte) string {
	s := strings.TrimPrefix(strings.TrimPrefix(string(part), "`"), "}")
	return strings.TrimSuffix(strings.TrimSuffix(s, "${"), "`")
}

func (m *machine) array(f *frame, n *js.ArrayExpr) *Value {
	out := newArray(nil, m.last)
	for _, e := range n.List {
		if e.Value == nil {
			out.object.list = append(out.object.list, nothing())
			continue
		}
		v := m.eval(f, e.Value)
		switch {
		case !e.Spread:
			out.object.list = append(out.object.list, v)
		case v.Kind == Array:
			out.object.list = append(out.object.list, v.List()...)
			out.object.open = out.object.open || v.Open()
			out.bound()
		default:
			out.object.open = true
		}
		if len(out.object.list) == 1 && !v.At.IsZero() {
			out.At = v.At
		}
	}
	return out
}

func (m *machine) objectOf(f *frame, n *js.ObjectExpr) *Value {
	out := newObject(m.last)
	for i := range n.List {
		p := &n.List[i]
		switch {
		case p.Spread:
			m.spread(out, m.eval(f, p.Value))
		case p.Name == nil:
			m.shorthand(f, out, p)
		default:
			m.property(f, out, p)
		}
	}
	if len(out.object.keys) > 0 {
		out.At = out.object.keys[0].At
	}
	return out
}

// shorthand is a property {name}, or a method.
func (m *machine) shorthand(f *frame, out *Value, p *js.Property) {
	switch v := p.Value.(type) {
	case *js.MethodDecl:
		fn := m.function(f, v)
		name, at := m.nameOf(f, &v.Name.PropertyName)
		fn.fn.name = name
		fn.fn.owner = out
		out.set(name, fn, at)
	case *js.Var:
		out.set(string(v.Name()), m.lookup(f, v), Mark{})
	}
}

func (m *machine) property(f *frame, out *Value, p *js.Property) {
	name, at := m.nameOf(f, p.Name)
	v := m.eval(f, p.Value)
	if v.Kind == Func {
		if v.fn.name == "" {
			v.fn.name = name
		}
		if v.fn.owner == nil {
			v.fn.owner = out
		}
		if isPartKey(name) {
			m.parts[name] = v
		}
	}
	if name == "" {
		out.object.open = true
		return
	}
	if v.Kind == Object && holdsMethods(name) {
		v.object.outer = out
	}
	out.set(name, keptQueue(v), at)
}

// isPartKey reports whether a property of this name may be a module of a bundle.
func isPartKey(name string) bool {
	return strings.HasPrefix(name, "./") || name != "" && strings.Trim(name, "0123456789") == ""
}

func (m *machine) nameOf(f *frame, n *js.PropertyName) (string, Mark) {
	if n.IsComputed() {
		v := m.eval(f, n.Computed)
		if v.Kind == String || v.Kind == Number {
			return v.Text, v.At
		}
		return "", Mark{}
	}
	return propertyName(n), m.see(f, n.Literal.Data)
}

func (m *machine) spread(out, from *Value) {
	if from.Kind == Union {
		spreadAny(out, from)
		return
	}
	if from.Kind != Object || from.Open() {
		out.object.open = out.object.open || from.Kind != Undefined && from.Kind != Null
	}
	for _, k := range from.Keys() {
		out.set(k.Name, from.Get(k.Name), k.At)
	}
}

// spreadAny spreads one of several objects: a property may have the value of any of them.
func spreadAny(out, from *Value) {
	var keys []Key
	held := map[string][]*Value{}
	from.Each(func(a *Value) {
		out.object.open = out.object.open || a.Open() || a.Kind == Unknown
		for _, k := range a.Keys() {
			if held[k.Name] == nil {
				keys = append(keys, k)
			}
			held[k.Name] = append(held[k.Name], a.Get(k.Name))
		}
	})
	for _, k := range keys {
		out.set(k.Name, oneOf(held[k.Name]...), k.At)
	}
}

func (m *machine) unary(f *frame, n *js.UnaryExpr) *Value {
	switch n.Op {
	case js.AwaitToken:
		return m.await(f, m.eval(f, n.X))
	case js.TypeofToken:
		return typeOf(m.eval(f, n.X))
	case js.NotToken:
		return not(m.eval(f, n.X))
	case js.VoidToken:
		m.eval(f, n.X)
		return nothing()
	}
	v := m.eval(f, n.X)
	switch n.Op {
	case js.NegToken:
		if v.Kind == Number {
			return number(-v.num(), v.At)
		}
	case js.PosToken:
		if v.Kind == Number || v.Kind == String {
			return number(v.num(), v.At)
		}
	case js.PostIncrToken, js.PreIncrToken, js.PostDecrToken, js.PreDecrToken:
		return m.count(f, n, v)
	}
	return unknown("")
}

func (m *machine) count(f *frame, n *js.UnaryExpr, v *Value) *Value {
	next := unknown("")
	if v.Kind == Number {
		by := 1.0
		if n.Op == js.PostDecrToken || n.Op == js.PreDecrToken {
			by = -1
		}
		next = number(v.num()+by, v.At)
	}
	m.assignTo(f, n.X, next)
	if n.Op == js.PostIncrToken || n.Op == js.PostDecrToken {
		return v
	}
	return next
}

func not(v *Value) *Value {
	yes, known := v.truth()
	if known {
		return boolean(!yes)
	}
	return &Value{guard: v.guard}
}

var typeWords = map[Kind]string{
	Undefined: "undefined", Null: "object", Bool: "boolean", Number: "number", String: "string", Object: "object",
	Array: "object", Func: "function", Regex: "object", promise: "object",
}

// typeOf is the word typeof gives; of something unknown it is a guard, since code asks it of what may not be there.
func typeOf(v *Value) *Value {
	if w, ok := typeWords[v.Kind]; ok {
		return text(w, v.At)
	}
	return &Value{Path: "typeof", guard: true, Textual: true}
}

func (m *machine) binary(f *frame, n *js.BinaryExpr) *Value {
	switch n.Op {
	case js.EqToken:
		v := m.eval(f, n.Y)
		if v.Kind == Func && v.fn.name == "" {
			v.fn.name = lastName(n.X)
		}
		m.assignTo(f, n.X, v)
		return v
	case js.AndToken, js.OrToken, js.NullishToken:
		return m.logical(n.Op, m.eval(f, n.X), func() *Value { return m.eval(f, n.Y) })
	case js.AndEqToken, js.OrEqToken, js.NullishEqToken:
		plain := map[js.TokenType]js.TokenType{js.AndEqToken: js.AndToken, js.OrEqToken: js.OrToken, js.NullishEqToken: js.NullishToken}
		return m.logical(plain[n.Op], m.eval(f, n.X), func() *Value {
			v := m.eval(f, n.Y)
			m.assignTo(f, n.X, v)
			return v
		})
	case js.AddEqToken:
		v := plus(m.eval(f, n.X), m.eval(f, n.Y))
		m.assignTo(f, n.X, v)
		return v
	}
	return compare(n.Op, m.eval(f, n.X), m.eval(f, n.Y))
}

// logical follows the right side of && and || only where it counts.
func (m *machine) logical(op js.TokenType, a *Value, right func() *Value) *Value {
	yes, known := a.truth()
	if op == js.NullishToken {
		yes, known = a.Kind != Undefined && a.Kind != Null, a.Kind != Unknown && a.Kind != Union
		yes = !yes
	} else if op == js.OrToken {
		yes = !yes
	}
	if known {
		if yes {
			return right()
		}
		return a
	}
	var b *Value
	m.join(m.split(a.guard, func() ending { b = right(); return flows }, func() ending { return flows }))
	if op == js.AndToken {
		out := *b
		if out.Kind == Unknown || out.Kind == Bool {
			out.guard = a.guard && (b.guard || b.Kind == Bool)
			out.Kind = Unknown
		}
		return &out
	}
	return oneOf(a, b)
}

func (m *machine) conditional(f *frame, cond *Value, x, y js.IExpr) *Value {
	if yes, known := cond.truth(); known {
		if yes {
			return m.eval(f, x)
		}
		return m.eval(f, y)
	}
	var a, b *Value
	m.join(m.split(cond.guard, func() ending { a = m.eval(f, x); return flows }, func() ending { b = m.eval(f, y); return flows }))
	return oneOf(a, b)
}

// plus adds numbers and joins texts.
func plus(a, b *Value) *Value {
	simple := func(v *Value) bool { return v.Kind == String || v.Kind == Number }
	switch {
	case len(a.Text)+len(b.Text) > maxText:
		return &Value{Textual: true, At: a.At}
	case a.Kind == Number && b.Kind == Number:
		return number(a.num()+b.num(), a.At)
	case simple(a) && simple(b):
		at := a.At
		if a.Text == "" {
			at = b.At
		}
		return text(a.Text+b.Text, at)
	case a.Kind == Union && simple(b), b.Kind == Union && simple(a):
		var out []*Value
		a.Each(func(x *Value) { b.Each(func(y *Value) { out = append(out, plus(x, y)) }) })
		return oneOf(out...)
	}
	out := unknown(joinPath(a, b))
	out.Textual = textual(a) || textual(b)
	if out.head = a.head; a.Kind == String {
		out.head = a.Text
	}
	out.At = a.At
	return out
}

func textual(v *Value) bool { return v.Kind == String || v.Kind == Unknown && v.Textual }

// joinPath keeps the path of the one unknown part of a sum.
func joinPath(a, b *Value) string {
	switch {
	case a.Kind == String && a.Text == "":
		return b.Path
	case b.Kind == String && b.Text == "":
		return a.Path
	}
	return ""
}

// same compares two values; known is false when it cannot be told.
func same(a, b *Value) (equal, known bool) {
	ka, kb := a.key(), b.key()
	if a.Kind == Unknown || b.Kind == Unknown || ka == "" || kb == "" {
		return false, false
	}
	return ka == kb, true
}

func compare(op js.TokenType, a, b *Value) *Value {
	switch op {
	case js.AddToken:
		return plus(a, b)
	case js.EqEqToken, js.EqEqEqToken, js.NotEqToken, js.NotEqEqToken:
		equal, known := same(a, b)
		loose := op == js.EqEqToken || op == js.NotEqToken
		if known && loose && a.Kind != b.Kind {
			known = false
		}
		if !known {
			return &Value{guard: a.guard || b.guard}
		}
		return boolean(equal == (op == js.EqEqToken || op == js.EqEqEqToken))
	}
	if a.Kind != Number || b.Kind != Number {
		return unknown("")
	}
	return arithmetic(op, a, b)
}

func arithmetic(op js.TokenType, a, b *Value) *Value {
	x, y := a.num(), b.num()
	switch op {
	case js.LtToken:
		return boolean(x < y)
	case js.LtEqToken:
		return boolean(x <= y)
	case js.GtToken:
		return boolean(x > y)
	case js.GtEqToken:
		return boolean(x >= y)
	case js.SubToken:
		return number(x-y, a.At)
	case js.MulToken:
		return number(x*y, a.At)
	case js.DivToken:
		return number(x/y, a.At)
	}
	return unknown("")
}

// lastName is the name that an assignment gives.
func lastName(x js.IExpr) string {
	switch n := x.(type) {
	case *js.Var:
		return string(n.Name())
	case *js.DotExpr:
		return lastName(n.Y)
	case *js.LiteralExpr:
		return literalName(*n)
	case js.LiteralExpr:
		return literalName(n)
	case *js.IndexExpr:
		return lastName(n.Y)
	}
	return ""
}

func literalName(n js.LiteralExpr) string {
	if n.TokenType == js.StringToken {
		return unquote(n.Data)
	}
	return string(n.Data)
}

// seeName remembers the place of a name, and returns it.
func (m *machine) seeName(f *frame, y js.IExpr) Mark {
	switch n := y.(type) {
	case js.LiteralExpr:
		return m.see(f, n.Data)
	case *js.LiteralExpr:
		return m.see(f, n.Data)
	case *js.Var:
		return m.seeVar(f, n)
	}
	return Mark{}
}

// seeVar remembers the place where a variable is used: the next place of its name after the newest one that was seen, since
// the tree keeps one place for all uses.
func (m *machine) seeVar(f *frame, v *js.Var) Mark {
	name := string(v.Name())
	from := 0
	if m.last.Script == f.script {
		from = m.last.Offset
	}
	if at := f.script.next(name, from); at >= 0 {
		m.last = Mark{f.script, at}
		return m.last
	}
	return m.see(f, root(v).Data)
}
