package document

import (
	"bytes"
	"strings"

	"github.com/beevik/etree"

	"shangjiatong/app/listing"
)

type nodeKind int

const (
	nodeRaw   nodeKind = iota // open
	nodeTag                   // a value or checkbox: run properties in open (with) and close (without fonts)
	nodeBox                   // a checkbox control of the template: open when ticked, close when not
	nodeBlock                 // body for each row, or on a condition
	nodeGuard                 // open body close; alt when the body came out empty
)

// node is a piece of a compiled part.
type node struct {
	kind        nodeKind
	open, close []byte
	alt         []byte
	tag         tag
	body        []node
}

// compiler turns a part's tree into nodes. Every tag stands alone in a run (or is a checkbox control) and has an
// ordinal in document order; an element knows the ordinals inside it, so that whether a pair of tags lies within it is a
// comparison.
type compiler struct {
	label string
	tags  []tag
	at    map[*etree.Element]int    // ordinal of a tag's element
	span  map[*etree.Element][2]int // ordinals inside an element: from, to
	dead  []bool                    // tags taken out of the tree
}

func compilePart(s story, data []byte, lim limits) (compiledPart, error) {
	root, err := parseStory(data, lim)
	if err != nil {
		return compiledPart{}, err
	}
	a := &atomizer{label: s.label, found: map[*etree.Element]tag{}}
	if err := a.element(root); err != nil {
		return compiledPart{}, err
	}
	c := &compiler{label: s.label, at: map[*etree.Element]int{}, span: map[*etree.Element][2]int{}}
	c.number(root, a.found)
	if err := pairTags(c.tags, s.label); err != nil {
		return compiledPart{}, err
	}
	c.dead = make([]bool, len(c.tags))
	nodes, err := c.element(root)
	if err != nil {
		return compiledPart{}, err
	}
	return compiledPart{name: s.name, label: s.label, nodes: nodes, tags: c.tags}, nil
}

// number gives the tags their ordinals.
func (c *compiler) number(e *etree.Element, found map[*etree.Element]tag) {
	from := len(c.tags)
	if g, ok := found[e]; ok {
		c.at[e] = len(c.tags)
		c.tags = append(c.tags, g)
	} else {
		for _, t := range e.Child {
			if child, ok := t.(*etree.Element); ok {
				c.number(child, found)
			}
		}
	}
	if len(c.tags) > from {
		c.span[e] = [2]int{from, len(c.tags)}
	}
}

// leaving returns the first living tag inside e whose partner lies outside of e, or -1.
func (c *compiler) leaving(e *etree.Element) int {
	s := c.span[e]
	for i := s[0]; i < s[1]; i++ {
		if p := c.tags[i].pair; p >= 0 && !c.dead[i] && (p < s[0] || p >= s[1]) {
			return i
		}
	}
	return -1
}

// element compiles e. Whatever holds no tag is kept as it stands.
func (c *compiler) element(e *etree.Element) ([]node, error) {
	if _, has := c.span[e]; !has {
		return []node{raw(xmlOf(e))}, nil
	}
	if i, ok := c.at[e]; ok {
		return c.tagNode(e, i), nil
	}
	if isW(e, "tr") {
		if i := c.leavingCell(e); i >= 0 {
			return c.block(i, []etree.Token{e})
		}
	}
	head, rest := properties(e)
	body, err := c.list(rest)
	if err != nil {
		return nil, err
	}
	start, end := startTag(e)+head, "</"+e.FullTag()+">"
	switch {
	case isW(e, "tbl"):
		return []node{guard(start, end, "<w:p/>", body)}, nil
	case isW(e, "tc"), isW(e, "txbxContent"), isW(e, "hdr"), isW(e, "ftr"):
		return []node{guard(start, end, start+"<w:p/>"+end, body)}, nil
	}
	return join(append(append([]node{raw(start)}, body...), raw(end))), nil
}

// properties splits what a table or cell says about itself from its contents.
func properties(e *etree.Element) (string, []etree.Token) {
	if !isW(e, "tbl") && !isW(e, "tc") {
		return "", e.Child
	}
	head := ""
	for i, t := range e.Child {
		p, ok := t.(*etree.Element)
		if ok && !isW(p, "tcPr") && !isW(p, "tblPr") && !isW(p, "tblGrid") {
			return head, e.Child[i:]
		}
		if ok {
			head += xmlOf(p)
		}
	}
	return head, nil
}

// leavingCell returns the first tag in a row whose partner is in another cell of the same row, or -1.
func (c *compiler) leavingCell(row *etree.Element) int {
	s := c.span[row]
	for _, cell := range row.ChildElements() {
		i := c.leaving(cell)
		if i >= 0 && c.tags[i].pair >= s[0] && c.tags[i].pair < s[1] {
			return i
		}
	}
	return -1
}

// list compiles siblings, making blocks of those between the tags of a pair.
func (c *compiler) list(tokens []etree.Token) ([]node, error) {
	var out []node
	for i := 0; i < len(tokens); i++ {
		e, ok := tokens[i].(*etree.Element)
		if !ok {
			out = append(out, rawToken(tokens[i]))
			continue
		}
		open := c.leaving(e)
		if open < 0 {
			ns, err := c.element(e)
			if err != nil {
				return nil, err
			}
			out = append(out, ns...)
			continue
		}
		end := c.holder(tokens, i+1, c.tags[open].pair)
		if end < 0 {
			return nil, c.crossing(open)
		}
		ns, err := c.block(open, tokens[i:end+1])
		if err != nil {
			return nil, err
		}
		out = append(out, ns...)
		i = end
	}
	return join(out), nil
}

// holder returns the sibling that holds tag n, or -1.
func (c *compiler) holder(tokens []etree.Token, from, n int) int {
	for i := from; i < len(tokens); i++ {
		if e, ok := tokens[i].(*etree.Element); ok {
			if s := c.span[e]; n >= s[0] && n < s[1] {
				return i
			}
		}
	}
	return -1
}

// block takes the pair that tag i belongs to out of the tokens and makes them its body.
func (c *compiler) block(i int, tokens []etree.Token) ([]node, error) {
	if !c.tags[i].opens() {
		return nil, c.crossing(i)
	}
	c.dead[i], c.dead[c.tags[i].pair] = true, true
	body, err := c.list(c.withoutControls(tokens))
	if err != nil {
		return nil, err
	}
	return []node{{kind: nodeBlock, tag: c.tags[i], body: body}}, nil
}

func (c *compiler) crossing(i int) error {
	return listing.Failf(listing.CodeInvalid, "请把开始和结束标记放在同一层：同一段、同一行表格，或各占一段、各占一行",
		"模板%s中的“%s”与它的结束标记之间的范围不完整（%s）", c.label, c.tags[i].text, c.tags[i].near)
}

// withoutControls leaves out the first and last token when nothing but taken-out tags is left in them.
func (c *compiler) withoutControls(tokens []etree.Token) []etree.Token {
	if c.control(tokens[0]) {
		tokens = tokens[1:]
	}
	if n := len(tokens); n > 0 && c.control(tokens[n-1]) {
		tokens = tokens[:n-1]
	}
	return tokens
}

func (c *compiler) control(t etree.Token) bool {
	e, ok := t.(*etree.Element)
	if !ok || !isW(e, "p") && !isW(e, "tr") {
		return false
	}
	s, has := c.span[e]
	for i := s[0]; i < s[1]; i++ {
		if !c.dead[i] {
			return false
		}
	}
	return has && c.blank(e)
}

// blank reports whether an element shows nothing.
func (c *compiler) blank(e *etree.Element) bool {
	if _, tagged := c.at[e]; tagged {
		return true
	}
	switch e.Tag {
	case "t", "delText", "instrText":
		return strings.TrimSpace(e.Text()) == ""
	case "drawing", "pict", "object", "br", "sectPr", "footnoteReference", "endnoteReference", "AlternateContent":
		return false
	}
	for _, child := range e.ChildElements() {
		if !c.blank(child) {
			return false
		}
	}
	return true
}

// tagNode compiles an element that is a tag.
func (c *compiler) tagNode(e *etree.Element, i int) []node {
	switch {
	case c.dead[i]:
		return nil
	case isW(e, "sdt"):
		return []node{{kind: nodeBox, tag: c.tags[i], open: controlState(e, true), close: controlState(e, false)}}
	}
	full, plain := "", ""
	if pr := childW(e, "rPr"); pr != nil {
		full = xmlOf(pr)
		for _, p := range pr.ChildElements() {
			if !isW(p, "rFonts") && !isW(p, "rStyle") {
				plain += xmlOf(p)
			}
		}
	}
	return []node{{kind: nodeTag, tag: c.tags[i], open: []byte(full), close: []byte(plain)}}
}

func raw(s string) node { return node{kind: nodeRaw, open: []byte(s)} }

func rawToken(t etree.Token) node {
	var b bytes.Buffer
	switch t := t.(type) {
	case *etree.CharData:
		t.WriteTo(&b, &etree.WriteSettings{})
	case *etree.Comment:
		t.WriteTo(&b, &etree.WriteSettings{})
	}
	return node{kind: nodeRaw, open: b.Bytes()}
}

// guard makes a node of a container that must not end up without its contents: alt stands in for it then.
func guard(start, end, alt string, body []node) node {
	return node{kind: nodeGuard, open: []byte(start), close: []byte(end), alt: []byte(alt), body: body}
}

// join merges neighbouring raw nodes.
func join(ns []node) []node {
	var out []node
	for _, n := range ns {
		if k := len(out) - 1; n.kind == nodeRaw && k >= 0 && out[k].kind == nodeRaw {
			out[k].open = append(out[k].open, n.open...)
			continue
		}
		out = append(out, n)
	}
	return out
}
