package trace

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// Survey is what stands in a script at large, whether it has to do with the tracking code or not.
type Survey struct {
	Requests  []Literal // addresses that are asked, or set as the base of requests
	Addresses []Literal // other texts that begin like an address
	Regexes   []Literal // regular expressions
	Bare      []Literal // statements that only name something nobody declared
	Passwords []Mark    // fields for a password that the script makes
}

// Literal is a text with its place. Cut says that something unknown follows.
type Literal struct {
	Text string
	At   Mark
	Cut  bool
}

// SurveyOf walks once through a script.
func SurveyOf(s *Script) Survey {
	v := &surveyor{s: s, asked: map[int]bool{}}
	js.Walk(v, s.tree)
	var rest []Literal
	for _, a := range v.out.Addresses {
		if !v.asked[a.At.Offset] {
			rest = append(rest, a)
		}
	}
	v.out.Addresses = rest
	return v.out
}

type surveyor struct {
	s     *Script
	out   Survey
	asked map[int]bool // offsets of texts that are requests
}

// Exit implements js.IVisitor.
func (v *surveyor) Exit(js.INode) {}

// Enter implements js.IVisitor.
func (v *surveyor) Enter(n js.INode) js.IVisitor {
	switch n := n.(type) {
	case *js.LiteralExpr:
		v.literal(n)
	case *js.TemplateExpr:
		if len(n.List) > 0 {
			v.address(trimTemplate(n.List[0].Value), n.List[0].Value)
		} else {
			v.address(trimTemplate(n.Tail), n.Tail)
		}
	case *js.CallExpr:
		v.call(n)
	case *js.NewExpr:
		if name := lastName(n.X); (name == "WebSocket" || name == "EventSource") && n.Args != nil && len(n.Args.List) > 0 {
			v.request(n.Args.List[0].Value)
		}
	case *js.ObjectExpr:
		v.object(n)
	case *js.BinaryExpr:
		if n.Op == js.EqToken && baseName(lastName(n.X)) {
			v.request(n.Y)
		}
	case *js.VarDecl:
		v.bases(n)
	case *js.ExprStmt:
		v.bare(n.Value)
	}
	return v
}

// bases notes the addresses that variables named so hold as the base of requests.
func (v *surveyor) bases(n *js.VarDecl) {
	for _, b := range n.List {
		if name, ok := b.Binding.(*js.Var); ok && b.Default != nil && baseName(string(name.Name())) {
			v.request(b.Default)
		}
	}
}

func (v *surveyor) literal(n *js.LiteralExpr) {
	switch n.TokenType {
	case js.StringToken:
		v.address(unquote(n.Data), n.Data)
	case js.RegExpToken:
		if lit := regexOf(string(n.Data), Mark{v.s, v.s.offset(n.Data)}); lit.Kind == Regex {
			v.out.Regexes = append(v.out.Regexes, Literal{Text: lit.Text, At: lit.At})
		}
	}
}

func (v *surveyor) address(text string, token []byte) {
	if strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "//") || strings.HasPrefix(text, "ws://") || strings.HasPrefix(text, "wss://") {
		v.out.Addresses = append(v.out.Addresses, Literal{Text: text, At: Mark{v.s, v.s.offset(token)}})
	}
}

var unhyphened = strings.NewReplacer("_", "", "-", "")

// baseName reports whether a variable of this name holds where requests go.
func baseName(name string) bool {
	n := strings.ToLower(unhyphened.Replace(name))
	switch n {
	case "baseurl", "baseapi", "apibase", "apiurl", "apihost", "baseuri", "serverurl", "serverhost", "requesturl", "gateway", "apiprefix", "backend",
		"host", "server", "domain", "apibaseurl", "baseurlapi", "apiroot", "rooturl", "hosturl", "apiserver", "wsurl", "uploadurl", "api":
		return true
	}
	return strings.HasSuffix(n, "baseurl") || strings.HasSuffix(n, "apiurl") || strings.HasSuffix(n, "baseapi")
}

// asks reports whether a call of this name asks a back end, and which argument is the address.
func asks(n *js.CallExpr) (arg int, yes bool) {
	name := lastName(n.X)
	switch name {
	case "fetch", "axios", "sendBeacon":
		return 0, true
	case "open":
		return 1, len(n.Args.List) > 1 && isMethod(n.Args.List[0].Value)
	case "get", "post", "put", "delete", "patch", "request", "getJSON", "load":
		return 0, askedOf(n.X)
	}
	return 0, false
}

func isMethod(x js.IExpr) bool {
	lit, ok := x.(*js.LiteralExpr)
	if !ok || lit.TokenType != js.StringToken {
		return false
	}
	switch strings.ToUpper(unquote(lit.Data)) {
	case "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD":
		return true
	}
	return false
}

// askedOf reports whether a method belongs to something that asks back ends.
func askedOf(x js.IExpr) bool {
	dot, ok := x.(*js.DotExpr)
	if !ok {
		return false
	}
	switch strings.ToLower(lastName(dot.X)) {
	case "axios", "$", "jquery", "http", "$http", "request", "service", "ajax", "api", "instance", "default":
		return true
	}
	return false
}

func (v *surveyor) call(n *js.CallExpr) {
	if arg, yes := asks(n); yes && arg < len(n.Args.List) {
		v.request(n.Args.List[arg].Value)
	}
	for _, a := range n.Args.List {
		if o, ok := a.Value.(*js.ObjectExpr); ok && v.passwordField(o, 0) && v.element(n) {
			v.out.Passwords = append(v.out.Passwords, v.objectMark(o))
		}
	}
}

// element reports whether a call makes an element: its first argument names one, or it is handed what a field is given.
func (v *surveyor) element(n *js.CallExpr) bool {
	if len(n.Args.List) < 2 {
		return false
	}
	if lit, ok := n.Args.List[0].Value.(*js.LiteralExpr); ok && lit.TokenType == js.StringToken {
		tag := unquote(lit.Data)
		return tag == "input" || strings.HasSuffix(tag, "-input") || strings.HasSuffix(tag, "-field")
	}
	o, ok := n.Args.List[1].Value.(*js.ObjectExpr)
	return ok && (hasKey(o, "modelValue") || hasKey(o, "placeholder") || hasKey(o, "onChange") || hasKey(o, "model"))
}

func hasKey(o *js.ObjectExpr, name string) bool {
	for _, p := range o.List {
		if p.Name != nil && !p.Name.IsComputed() && propertyName(p.Name) == name {
			return true
		}
	}
	return false
}

// passwordField reports whether an object of attributes says type: "password".
func (v *surveyor) passwordField(o *js.ObjectExpr, depth int) bool {
	for _, p := range o.List {
		if p.Name == nil || p.Name.IsComputed() {
			continue
		}
		name := propertyName(p.Name)
		if lit, ok := p.Value.(*js.LiteralExpr); ok && name == "type" && lit.TokenType == js.StringToken && unquote(lit.Data) == "password" {
			return true
		}
		if inner, ok := p.Value.(*js.ObjectExpr); ok && depth == 0 && (name == "attrs" || name == "props" || name == "domProps") && v.passwordField(inner, 1) {
			return true
		}
	}
	return false
}

func (v *surveyor) objectMark(o *js.ObjectExpr) Mark {
	for _, p := range o.List {
		if p.Name != nil && !p.Name.IsComputed() {
			if at := v.s.offset(p.Name.Literal.Data); at >= 0 {
				return Mark{v.s, at}
			}
		}
	}
	return Mark{}
}

func (v *surveyor) object(n *js.ObjectExpr) {
	method := hasKey(n, "method") || hasKey(n, "type") || hasKey(n, "success") || hasKey(n, "dataType")
	for _, p := range n.List {
		if p.Name == nil || p.Name.IsComputed() || p.Value == nil {
			continue
		}
		name := propertyName(p.Name)
		if baseName(name) || name == "url" && method {
			v.request(p.Value)
		}
	}
}

// request notes an address that is asked.
func (v *surveyor) request(x js.IExpr) {
	text, token, cut, ok := v.fold(x, 0)
	if !ok || text == "" {
		return
	}
	at := v.s.offset(token)
	if at < 0 || v.asked[at] {
		return
	}
	v.asked[at] = true
	v.out.Requests = append(v.out.Requests, Literal{Text: text, At: Mark{v.s, at}, Cut: cut})
}

// fold finds how an address begins.
func (v *surveyor) fold(x js.IExpr, depth int) (text string, token []byte, cut, ok bool) {
	if depth > 6 {
		return "", nil, false, false
	}
	switch n := x.(type) {
	case *js.LiteralExpr:
		if n.TokenType == js.StringToken {
			return unquote(n.Data), n.Data, false, true
		}
	case *js.TemplateExpr:
		if len(n.List) == 0 {
			return unescape(trimTemplate(n.Tail)), n.Tail, false, n.Tag == nil
		}
		head := unescape(trimTemplate(n.List[0].Value))
		if head == "" {
			return v.fold(n.List[0].Expr, depth+1)
		}
		return head, n.List[0].Value, true, n.Tag == nil
	case *js.GroupExpr:
		return v.fold(n.X, depth+1)
	case *js.BinaryExpr:
		if n.Op == js.AddToken {
			text, token, _, ok = v.fold(n.X, depth+1)
			return text, token, true, ok
		}
		if n.Op == js.OrToken || n.Op == js.NullishToken {
			return v.fold(n.Y, depth+1)
		}
	case *js.Var:
		if init := v.s.outline.inits[root(n)]; init != nil {
			return v.fold(init, depth+1)
		}
	}
	return "", nil, false, false
}

// bare notes a statement that only names things nobody declared, as text that got into a script by mistake does.
func (v *surveyor) bare(x js.IExpr) {
	var names []*js.Var
	for {
		switch n := x.(type) {
		case *js.BinaryExpr:
			if y, ok := n.Y.(*js.Var); ok && (n.Op == js.DivToken || n.Op == js.SubToken || n.Op == js.MulToken) {
				names = append(names, y)
				x = n.X
				continue
			}
			return
		case *js.Var:
			names = append(names, n)
		default:
			return
		}
		break
	}
	first := names[len(names)-1]
	if root(first).Decl == js.NoDecl && hostValue(string(first.Name())) == nil {
		v.out.Bare = append(v.out.Bare, Literal{Text: string(first.Name()), At: Mark{v.s, v.s.offset(root(first).Data)}})
	}
}

// Alike is a name that nothing declares, with the declared name it looks like.
type Alike struct {
	Text, Like string
	At         Mark
}

// LookAlikes lists the names a script uses without declaring them that differ from a declared one only in characters that
// look the same, as copied or recognised text does.
func LookAlikes(s *Script) []Alike {
	if len(s.Text) > bigScript {
		return nil // minified libraries: names of one letter
	}
	declared := map[string]string{}
	for _, v := range s.tree.Declared {
		declared[shape(string(v.Name()))] = string(v.Name())
	}
	var out []Alike
	for _, v := range s.tree.Undeclared {
		name := string(v.Name())
		like := declared[shape(name)]
		if like != "" && like != name && len(name) > 2 && hostValue(name) == nil {
			out = append(out, Alike{name, like, Mark{s, max(0, s.next(name, 0))}})
		}
	}
	return out
}

// shape writes a name with one sign for all that look alike.
func shape(name string) string {
	return strings.NewReplacer("0", "O", "o", "O", "1", "l", "I", "l").Replace(name)
}
