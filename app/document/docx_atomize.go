package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"
)

// atomizer rewrites the paragraphs of a part so that every tag stands in a run of its own, whatever runs an editor split it
// into. The run a tag starts in gives it its look. found has the elements that are tags.
type atomizer struct {
	label string
	found map[*etree.Element]tag
}

func (a *atomizer) element(e *etree.Element) error {
	if isW(e, "sdt") {
		if done, err := a.control(e); done || err != nil {
			return err
		}
	}
	if isW(e, "p") {
		if err := a.paragraph(e); err != nil {
			return err
		}
	}
	dropIDs(e)
	for _, c := range e.ChildElements() {
		if err := a.element(c); err != nil {
			return err
		}
	}
	return nil
}

// dropIDs removes the paragraph ids of newer Word versions, which would repeat in loops.
func dropIDs(e *etree.Element) {
	if isW(e, "p") || isW(e, "tr") {
		e.RemoveAttr("w14:paraId")
		e.RemoveAttr("w14:textId")
	}
}

// control takes a checkbox control whose own tag is a placeholder as a tag.
func (a *atomizer) control(sdt *etree.Element) (bool, error) {
	name := boxTag(sdt)
	if name == "" {
		return false, nil
	}
	spans, err := scanTags(name, a.label)
	if err != nil {
		return false, err
	}
	g := spans[0].tag
	if len(spans) != 1 || g.kind != tagValue && g.kind != tagBox {
		return false, badTag(a.label, name)
	}
	if g.kind == tagValue { // {{key=option}} in a checkbox control means {{☐key=option}}
		g, _ = parseTag("{{" + boxOff + g.text[2:])
		g.text, g.near = spans[0].tag.text, spans[0].tag.near
	}
	a.found[sdt] = g
	return true, nil
}

// boxTag returns the tag of a checkbox control when it is a placeholder, else "".
func boxTag(sdt *etree.Element) string {
	pr := childW(sdt, "sdtPr")
	if pr == nil || checkboxOf(pr) == nil {
		return ""
	}
	name := childW(pr, "tag")
	if name == nil || !strings.Contains(attrW(name, "val"), "{{") {
		return ""
	}
	return attrW(name, "val")
}

func checkboxOf(pr *etree.Element) *etree.Element {
	for _, c := range pr.ChildElements() {
		if c.Tag == "checkbox" {
			return c
		}
	}
	return nil
}

// controlState returns a checkbox control as bytes, ticked or not.
func controlState(sdt *etree.Element, on bool) []byte {
	sdt = sdt.Copy()
	box := checkboxOf(childW(sdt, "sdtPr"))
	flag, state, mark := "0", "uncheckedState", boxOff
	if on {
		flag, state, mark = "1", "checkedState", boxOn
	}
	found := false
	for _, c := range box.ChildElements() {
		if c.Tag == "checked" {
			c.Attr = nil
			c.CreateAttr(box.Space+":val", flag)
			found = true
		}
		if c.Tag == state {
			mark = markOf(c, mark)
		}
	}
	if !found {
		box.InsertChildAt(0, newChecked(box.Space, flag))
	}
	for _, t := range sdt.FindElements(".//w:sdtContent//w:t") {
		t.SetText(mark)
		mark = ""
	}
	return []byte(xmlOf(sdt))
}

func newChecked(space, flag string) *etree.Element {
	e := etree.NewElement(space + ":checked")
	e.CreateAttr(space+":val", flag)
	return e
}

// markOf reads the character of a checkbox state, given as hexadecimal.
func markOf(state *etree.Element, otherwise string) string {
	for _, at := range state.Attr {
		if at.Key != "val" {
			continue
		}
		if r, ok := hexRune(at.Value); ok {
			return string(r)
		}
	}
	return otherwise
}

// piece is a w:t and its place in the paragraph's text.
type piece struct {
	start, end int
}

// paragraph splits the runs of a paragraph around its tags.
func (a *atomizer) paragraph(p *etree.Element) error {
	var text strings.Builder
	var runs []*etree.Element
	pieces := map[*etree.Element]piece{}
	collectText(p, &text, &runs, pieces)
	s := text.String()
	if !strings.Contains(s, "{{") && !strings.Contains(s, "}}") {
		return nil
	}
	spans, err := scanTags(s, a.label)
	if err != nil {
		return err
	}
	for _, r := range runs {
		a.split(r, s, spans, pieces)
	}
	return nil
}

// collectText gathers the runs of a paragraph and their text, not looking into paragraphs inside (text boxes).
func collectText(e *etree.Element, text *strings.Builder, runs *[]*etree.Element, pieces map[*etree.Element]piece) {
	for _, c := range e.ChildElements() {
		switch {
		case isW(c, "p"), isW(c, "del"), isW(c, "moveFrom"), c.Tag == "drawing", c.Tag == "pict", c.Tag == "object", c.Tag == "AlternateContent":
			continue
		case isW(c, "r"):
			*runs = append(*runs, c)
			for _, t := range c.ChildElements() {
				if isW(t, "t") {
					from := text.Len()
					text.WriteString(t.Text())
					pieces[t] = piece{from, text.Len()}
				}
			}
		case isW(c, "sdt") && boxTag(c) != "":
			continue
		default:
			collectText(c, text, runs, pieces)
		}
	}
}

// split replaces a run that holds tags, or parts of them, by several.
func (a *atomizer) split(run *etree.Element, s string, spans []tagSpan, pieces map[*etree.Element]piece) {
	b := &runSplitter{a: a, rPr: childW(run, "rPr")}
	touched := false
	for _, c := range run.ChildElements() {
		switch p, isText := pieces[c]; {
		case c == b.rPr:
		case isText:
			touched = b.text(c, s, p, spans) || touched
		default:
			b.keep(c)
		}
	}
	if !touched {
		return
	}
	b.flush()
	parent, at := run.Parent(), run.Index()
	parent.RemoveChildAt(at)
	for i, r := range b.out {
		parent.InsertChildAt(at+i, r)
	}
}

// runSplitter collects the runs that take a run's place.
type runSplitter struct {
	a    *atomizer
	rPr  *etree.Element
	kept []*etree.Element
	out  []*etree.Element
}

// text cuts a w:t into what is outside of tags and the tags that start in it; it reports whether a tag touches it.
func (b *runSplitter) text(t *etree.Element, s string, p piece, spans []tagSpan) bool {
	touched, at := false, p.start
	for _, g := range spans {
		if g.end <= p.start || g.start >= p.end {
			continue
		}
		touched = true
		if g.start >= p.start {
			b.keepText(s[at:g.start])
			b.flush()
			r := b.newRun()
			b.a.found[r] = g.tag
			b.out = append(b.out, r)
		}
		at = min(g.end, p.end)
	}
	if !touched {
		b.keep(t)
		return false
	}
	b.keepText(s[at:p.end])
	return true
}

func (b *runSplitter) keep(e *etree.Element) { b.kept = append(b.kept, e) }

func (b *runSplitter) keepText(s string) {
	if s == "" {
		return
	}
	t := etree.NewElement("w:t")
	t.CreateAttr("xml:space", "preserve")
	t.SetText(s)
	b.keep(t)
}

func (b *runSplitter) flush() {
	if len(b.kept) == 0 {
		return
	}
	r := b.newRun()
	for _, e := range b.kept {
		r.AddChild(e)
	}
	b.out = append(b.out, r)
	b.kept = nil
}

func (b *runSplitter) newRun() *etree.Element {
	r := etree.NewElement("w:r")
	if b.rPr != nil {
		r.AddChild(b.rPr.Copy())
	}
	return r
}

func hexRune(s string) (rune, bool) {
	n, err := strconv.ParseUint(s, 16, 21)
	return rune(n), err == nil && n >= 0x20 && utf8.ValidRune(rune(n))
}
