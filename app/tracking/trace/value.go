package trace

import (
	"math"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// Kind says what is known of a value.
type Kind uint8

// The kinds of values. Unknown is whatever comes from outside the code.
const (
	Unknown Kind = iota
	Undefined
	Null
	Bool
	Number
	String
	Object
	Array
	Func
	Regex
	Union   // one of several; which one is decided outside the code
	host    // something of the browser: window, document, the queue
	promise // the outcome of work under way
)

// Mark is a place in a script: a byte offset in its parsed text.
type Mark struct {
	Script *Script
	Offset int
}

// IsZero reports whether the place is unknown.
func (m Mark) IsZero() bool { return m.Script == nil || m.Offset < 0 }

// Value is what an expression may be, as far as the code alone tells.
type Value struct {
	Kind Kind
	Text string   // String: the text; Number: as written in decimal; Regex: its pattern; host: which one
	Bool bool     // Bool: the value
	At   Mark     // where it was written
	Alts []*Value // Union: the possible values
	// Path is how an unknown value was reached, as "res.data.accountId"; Textual says it is surely a string all the same.
	Path    string
	Textual bool

	object  *object
	fn      *function
	chain   *chain
	flags   string // Regex
	head    string // Unknown: how it begins, of a text that goes on in an unknown way
	guard   bool   // Bool or Unknown: whether something of the browser is there, or a once-only switch
	cached  bool   // host queue: kept in a variable
	element *element
}

// object is the body of an Object, Array or module.
type object struct {
	props map[string]*Value
	keys  []Key
	list  []*Value
	open  bool // may hold more than is known
	mod   *module
	class *js.ClassDecl
	proto *object // where properties are looked for that it has not itself
	outer *Value  // the component or store whose methods or actions it holds
	self  *Value  // what "this" is inside the functions of a component
	pairs bool    // a Map: its list holds pairs
}

// Key is a property of an object, with the place of its name.
type Key struct {
	Name string
	At   Mark
}

// element is a page element that a script made.
type element struct {
	tag   string
	attrs map[string]*Value
	at    Mark
}

func unknown(path string) *Value    { return &Value{Path: path} }
func text(s string, at Mark) *Value { return &Value{Kind: String, Text: s, At: at} }
func boolean(b bool) *Value         { return &Value{Kind: Bool, Bool: b} }
func hosted(name string) *Value     { return &Value{Kind: host, Text: name} }
func nothing() *Value               { return &Value{Kind: Undefined} }

func newObject(at Mark) *Value {
	return &Value{Kind: Object, At: at, object: &object{props: map[string]*Value{}}}
}

func newArray(list []*Value, at Mark) *Value {
	return &Value{Kind: Array, At: at, object: &object{props: map[string]*Value{}, list: list}}
}

// Bounds of what is carried along; beyond them a text is some text, and a list may hold more than is known.
const (
	maxText  = 64 << 10
	maxItems = 2000
)

// bound cuts a list that grew too long.
func (v *Value) bound() {
	if len(v.object.list) > maxItems {
		v.object.list, v.object.open = v.object.list[:maxItems:maxItems], true
	}
}

// number keeps a number as the text JavaScript would show.
func number(f float64, at Mark) *Value {
	return &Value{Kind: Number, Text: strconv.FormatFloat(f, 'f', -1, 64), At: at}
}

func (v *Value) num() float64 {
	f, err := strconv.ParseFloat(v.Text, 64)
	if err != nil {
		return math.NaN()
	}
	return f
}

// Keys are the properties of an object in the order they were written.
func (v *Value) Keys() []Key {
	if v.object == nil {
		return nil
	}
	return v.object.keys
}

// Get returns a property of an object, nil when the code gives none.
func (v *Value) Get(name string) *Value {
	if v.object == nil {
		return nil
	}
	return v.object.find(name)
}

// find looks for a property in an object and in what it inherits from.
func (o *object) find(name string) *Value {
	for range maxInherited {
		if v, ok := o.props[name]; ok {
			return v
		}
		if o.proto == nil {
			return nil
		}
		o = o.proto
	}
	return nil
}

const maxInherited = 16

// List are the items of an array.
func (v *Value) List() []*Value {
	if v.object == nil {
		return nil
	}
	return v.object.list
}

// Open reports whether an object may hold more than is known.
func (v *Value) Open() bool { return v.object != nil && v.object.open }

// Unlisted reports whether a list may hold other items than are known: an empty one is there to be filled somewhere else.
func (v *Value) Unlisted() bool {
	return v.Kind != Array || v.Open() || len(v.List()) == 0 || len(v.List()) > maxLoop
}

// Each visits the possible values: the alternatives of a Union, else the value itself.
func (v *Value) Each(visit func(*Value)) {
	if v.Kind != Union {
		visit(v)
		return
	}
	for _, a := range v.Alts {
		a.Each(visit)
	}
}

// Known reports whether every possible value is known.
func (v *Value) Known() bool {
	known := true
	v.Each(func(a *Value) { known = known && a.Kind != Unknown && a.Kind != promise && a.Kind != host })
	return known
}

// Strings returns the possible texts; all is false when the value may be something else as well.
func (v *Value) Strings() (texts []string, all bool) {
	all = true
	v.Each(func(a *Value) {
		if a.Kind == String {
			texts = append(texts, a.Text)
		} else {
			all = false
		}
	})
	return texts, all
}

const maxAlts = 24

// oneOf joins possible values.
func oneOf(values ...*Value) *Value {
	out := &Value{Kind: Union}
	seen := map[string]bool{}
	for _, v := range values {
		if v == nil {
			continue
		}
		v.Each(func(a *Value) {
			key := a.key()
			if key == "" || !seen[key] {
				out.Alts = append(out.Alts, a)
			}
			seen[key] = true
		})
	}
	switch {
	case len(out.Alts) == 1:
		return out.Alts[0]
	case len(out.Alts) == 0:
		return unknown("")
	case len(out.Alts) > maxAlts:
		return unknown("")
	}
	return out
}

// key tells simple values apart; an empty key means that two are never the same.
func (v *Value) key() string {
	switch v.Kind {
	case String, Number:
		return string(rune('0'+v.Kind)) + v.Text
	case Bool:
		return "b" + strconv.FormatBool(v.Bool)
	case Undefined:
		return "u"
	case Null:
		return "n"
	case Unknown:
		return "?" + v.Path
	}
	return ""
}

// truth decides a condition; known is false when it depends on what is outside the code.
func (v *Value) truth() (yes, known bool) {
	switch v.Kind {
	case Undefined, Null:
		return false, true
	case Bool:
		return v.Bool, !v.guard
	case String:
		return v.Text != "", true
	case Number:
		f := v.num()
		return f != 0 && !math.IsNaN(f), true
	case Object, Array, Func, Regex, host, promise:
		return true, true
	case Union:
		return v.unionTruth()
	}
	return false, false
}

func (v *Value) unionTruth() (yes, known bool) {
	for i, a := range v.Alts {
		y, k := a.truth()
		if !k || i > 0 && y != yes {
			return false, false
		}
		yes = y
	}
	return yes, len(v.Alts) > 0
}

func (v *Value) set(name string, val *Value, at Mark) {
	if v.object == nil {
		return
	}
	if _, there := v.object.props[name]; !there {
		v.object.keys = append(v.object.keys, Key{name, at})
	}
	v.object.props[name] = val
}

// dotted appends a property to the path of an unknown value.
func dotted(path, name string) string {
	const most = 120
	if path == "" || len(path) > most {
		return name
	}
	return path + "." + name
}

// unquote returns the text of a string literal.
func unquote(lit []byte) string {
	if len(lit) < 2 {
		return string(lit)
	}
	return unescape(string(lit[1 : len(lit)-1]))
}

// unescape resolves the escapes of a string or template literal.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		i += escape(&b, s[i:])
	}
	return b.String()
}

var simpleEscapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", 'v': "\v", '0': "\x00", '\n': ""}

// escape writes what the escape at the start of s stands for, and returns how many bytes it took beyond the first.
func escape(b *strings.Builder, s string) int {
	if t, ok := simpleEscapes[s[0]]; ok {
		b.WriteString(t)
		return 0
	}
	digits, skip := "", 0
	switch {
	case s[0] == 'x' && len(s) >= 3:
		digits, skip = s[1:3], 2
	case s[0] == 'u' && len(s) >= 2 && s[1] == '{':
		end := strings.IndexByte(s, '}')
		if end > 2 {
			digits, skip = s[2:end], end
		}
	case s[0] == 'u' && len(s) >= 5:
		digits, skip = s[1:5], 4
	}
	if n, err := strconv.ParseUint(digits, 16, 32); err == nil && digits != "" {
		b.WriteRune(rune(n))
		return skip
	}
	b.WriteByte(s[0])
	return 0
}

// Begins returns how a text begins, as far as it is known.
func (v *Value) Begins() string {
	if v.Kind == String {
		return v.Text
	}
	return v.head
}
