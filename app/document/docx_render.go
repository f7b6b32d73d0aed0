package document

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"shangjiatong/app/listing"
)

// firstBoxID is the first id of the checkboxes a filled document gets, far from those of templates.
const firstBoxID = 700_000_000

// renderer fills the parts of one document.
type renderer struct {
	xmlBuf
	label   string
	boxes   int
	seen    map[Placeholder]bool
	unknown []Placeholder
	err     error
}

func (r *renderer) part(c compiledPart, v Values) ([]byte, error) {
	r.Buffer = bytes.Buffer{}
	r.label = c.label
	r.raw(xmlHead)
	r.nodes(c.nodes, &scope{values: v})
	return r.Bytes(), r.err
}

func (r *renderer) nodes(ns []node, sc *scope) {
	for i := range ns {
		switch n := &ns[i]; n.kind {
		case nodeRaw:
			r.Write(n.open)
		case nodeTag:
			r.value(n, sc)
		case nodeBox:
			r.control(n, sc)
		case nodeBlock:
			r.block(n, sc)
		case nodeGuard:
			r.guard(n, sc)
		}
	}
}

func (r *renderer) guard(n *node, sc *scope) {
	start := r.Len()
	r.Write(n.open)
	from := r.Len()
	r.nodes(n.body, sc)
	if len(bytes.TrimSpace(r.Bytes()[from:])) == 0 {
		r.Truncate(start)
		r.Write(n.alt)
		return
	}
	r.Write(n.close)
}

// value writes a plain or checkbox tag; an unknown one stays visible.
func (r *renderer) value(n *node, sc *scope) {
	v, ok := sc.find(n.tag.key)
	if !ok {
		r.report(n.tag)
		r.run(n.open, n.tag.text)
		return
	}
	if b, isBool := v.(bool); isBool && n.tag.kind == tagValue {
		r.box(n, b)
		return
	}
	if n.tag.kind == tagBox {
		r.box(n, r.holds(n.tag, v))
		return
	}
	if s := r.textOf(n.tag, v); s != "" {
		r.run(n.open, s)
	}
}

func (r *renderer) run(rPr []byte, s string) {
	r.raw(`<w:r>`)
	r.Write(rPr)
	r.runContent(s)
	r.raw(`</w:r>`)
}

func (r *renderer) box(n *node, on bool) {
	r.checkbox(firstBoxID+r.boxes, on, string(n.close))
	r.boxes++
}

func (r *renderer) control(n *node, sc *scope) {
	v, ok := sc.find(n.tag.key)
	if !ok {
		r.report(n.tag)
	}
	if ok && r.holds(n.tag, v) {
		r.Write(n.open)
		return
	}
	r.Write(n.close)
}

func (r *renderer) block(n *node, sc *scope) {
	v, ok := sc.find(n.tag.key)
	if !ok {
		r.report(n.tag)
		return
	}
	switch n.tag.kind {
	case tagWhen:
		if r.holds(n.tag, v) {
			r.nodes(n.body, sc)
		}
	case tagUnless:
		if !r.holds(n.tag, v) {
			r.nodes(n.body, sc)
		}
	default:
		r.each(n, v, sc)
	}
}

// each repeats a body for the rows of a list; a nested tree is one row, any other value a condition.
func (r *renderer) each(n *node, v any, sc *scope) {
	switch v := v.(type) {
	case []Values:
		for i, row := range v {
			r.nodes(n.body, &scope{values: row, n: i + 1, outer: sc})
		}
	case []map[string]any:
		for i, row := range v {
			r.nodes(n.body, &scope{values: row, n: i + 1, outer: sc})
		}
	case []string:
		for i, s := range v {
			r.nodes(n.body, &scope{self: s, n: i + 1, outer: sc})
		}
	case []any:
		for i, x := range v {
			r.nodes(n.body, rowScope(x, i+1, sc))
		}
	case Values, map[string]any:
		r.nodes(n.body, rowScope(v, 1, sc))
	default:
		if r.holds(n.tag, v) {
			r.nodes(n.body, sc)
		}
	}
}

// holds tells whether a condition or checkbox holds for v.
func (r *renderer) holds(g tag, v any) bool {
	if g.picks {
		return r.picked(g, v)
	}
	switch v := v.(type) {
	case []string:
		return len(v) > 0
	case []any:
		return len(v) > 0
	case []Values:
		return len(v) > 0
	case []map[string]any:
		return len(v) > 0
	case Values:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	switch strings.TrimSpace(r.textOf(g, v)) {
	case "", "否", "0", "false":
		return false
	}
	return true
}

func (r *renderer) picked(g tag, v any) bool {
	switch v := v.(type) {
	case []string:
		for _, s := range v {
			if strings.TrimSpace(s) == g.option {
				return true
			}
		}
		return false
	case []any:
		for _, x := range v {
			if strings.TrimSpace(r.textOf(g, x)) == g.option {
				return true
			}
		}
		return false
	}
	return strings.TrimSpace(r.textOf(g, v)) == g.option
}

// textOf returns a value as text.
func (r *renderer) textOf(g tag, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		if v {
			return "是"
		}
		return "否"
	case []string:
		return strings.Join(v, "、")
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = r.textOf(g, x)
		}
		return strings.Join(parts, "、")
	case fmt.Stringer:
		return v.String()
	}
	if s, ok := plainText(v); ok {
		return s
	}
	if r.err == nil {
		r.err = listing.Failf(listing.CodeInternal, "请把模板和日志交给维护人员", "“%s”的值不是文字（%T）", g.text, v)
	}
	return ""
}

// plainText returns numbers and values of types that are strings underneath as text.
func plainText(v any) (string, bool) {
	switch x := reflect.ValueOf(v); {
	case x.Kind() == reflect.String:
		return x.String(), true
	case x.CanInt():
		return strconv.FormatInt(x.Int(), 10), true
	case x.CanUint():
		return strconv.FormatUint(x.Uint(), 10), true
	case x.CanFloat():
		return strconv.FormatFloat(x.Float(), 'f', -1, 64), true
	}
	return "", false
}

func (r *renderer) report(g tag) {
	p := Placeholder{Key: g.key, Text: g.text, Part: r.label}
	if !r.seen[p] {
		r.seen[p] = true
		r.unknown = append(r.unknown, p)
	}
}

// scope is where keys are looked up: a row, then what is around its loop.
type scope struct {
	values map[string]any
	self   any // the row itself where it is no tree
	n      int // of the row, from 1; 0 outside of loops
	outer  *scope
}

func rowScope(v any, n int, outer *scope) *scope {
	switch v := v.(type) {
	case Values:
		return &scope{values: v, n: n, outer: outer}
	case map[string]any:
		return &scope{values: v, n: n, outer: outer}
	}
	return &scope{self: v, n: n, outer: outer}
}

func (s *scope) find(key string) (any, bool) {
	for ; s != nil; s = s.outer {
		if s.n > 0 && key == keyCount {
			return s.n, true
		}
		if s.n > 0 && s.values == nil && key == keySelf {
			return s.self, true
		}
		if v, ok := lookUp(s.values, key); ok {
			return v, true
		}
	}
	return nil, false
}

// lookUp finds a key, whole or as a path through nested trees: unit.name.
func lookUp(values map[string]any, key string) (any, bool) {
	if v, ok := values[key]; ok {
		return v, true
	}
	first, rest, dotted := strings.Cut(key, ".")
	if !dotted {
		return nil, false
	}
	switch inner := values[first].(type) {
	case Values:
		return lookUp(inner, rest)
	case map[string]any:
		return lookUp(inner, rest)
	}
	return nil, false
}
