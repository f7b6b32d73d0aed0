package document

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// PreviewHTML returns the body of a .docx (also a user's own) as a simple HTML fragment, to be put into a page as it is: paragraphs, headings,
// tables with merged cells, checkboxes as ☑ and ☐, nothing active, everything escaped. Its root is <div class="docx">; classes
// in it: mark, center, right, list, box, image, page. Errors are those of OpenTemplate.
func PreviewHTML(docx []byte) (string, error) {
	lim := docxLimits()
	p, err := openPack(bytes.NewReader(docx), int64(len(docx)), "docx", lim)
	if err != nil {
		return "", err
	}
	stories, err := findStories(p, lim)
	if err != nil {
		return "", err
	}
	root, err := parseStory(p.get(stories[0].name), lim)
	if err != nil {
		return "", err
	}
	v := &previewer{styles: styleNames(p, lim)}
	v.raw(`<div class="docx">`)
	if mark := drawnMark(p, stories, lim); mark != "" {
		v.raw(`<p class="mark">`, html.EscapeString(mark), `</p>`)
	}
	if body := childW(root, "body"); body != nil {
		v.blocks(body)
	}
	v.raw(`</div>`)
	return v.String(), nil
}

// drawnMark returns the text of our own watermark, if a header has it.
func drawnMark(p *pack, stories []story, lim limits) string {
	for _, s := range stories {
		if !bytes.Contains(p.get(s.name), []byte(markID)) {
			continue
		}
		root, err := parseStory(p.get(s.name), lim)
		if err != nil {
			continue // a damaged header does not keep the body from being shown
		}
		for _, e := range root.FindElements(".//v:textpath[@string]") {
			return e.SelectAttrValue("string", "")
		}
	}
	return ""
}

// styleNames maps style ids to lower-case names; an editor's ids differ by language, its names do not.
func styleNames(p *pack, lim limits) map[string]string {
	names := map[string]string{}
	doc, err := parseXML(p.get("word/styles.xml"), "docx", lim)
	if err != nil {
		return names // without styles, headings show as paragraphs
	}
	for _, s := range doc.Root().ChildElements() {
		if n := childW(s, "name"); isW(s, "style") && n != nil {
			names[attrW(s, "styleId")] = strings.ToLower(attrW(n, "val"))
		}
	}
	return names
}

type previewer struct {
	xmlBuf
	styles map[string]string
}

// transparent reports whether an element only wraps others.
func transparent(e *etree.Element) bool {
	switch e.Tag {
	case "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple":
		return e.Space == "w"
	}
	return false
}

func (v *previewer) blocks(e *etree.Element) {
	for _, c := range e.ChildElements() {
		switch {
		case isW(c, "p"):
			v.paragraph(c)
		case isW(c, "tbl"):
			v.table(c)
		case transparent(c):
			v.blocks(c)
		}
	}
}

func (v *previewer) paragraph(p *etree.Element) {
	name, class := "p", ""
	if pr := childW(p, "pPr"); pr != nil {
		name, class = v.look(pr)
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	v.raw("<", name, class, ">")
	var boxes []*etree.Element
	v.inline(p, &boxes)
	v.raw("</", name, ">")
	for _, b := range boxes {
		v.raw(`<div class="box">`)
		v.blocks(b)
		v.raw(`</div>`)
	}
}

// look returns the element and class of a paragraph.
func (v *previewer) look(pr *etree.Element) (string, string) {
	name, class := "p", ""
	if s := childW(pr, "pStyle"); s != nil {
		switch style := v.styles[attrW(s, "val")]; style {
		case "title":
			name = "h1"
		case "subtitle":
			class = "center"
		case "heading 1", "heading 2", "heading 3":
			name = "h" + strconv.Itoa(int(style[8]-'0')+1)
		}
	}
	if childW(pr, "numPr") != nil {
		class = "list"
	}
	if jc := childW(pr, "jc"); jc != nil {
		switch attrW(jc, "val") {
		case "center":
			class = "center"
		case "right", "end":
			class = "right"
		}
	}
	return name, class
}

// inline writes the runs of a paragraph and gathers the text boxes in it.
func (v *previewer) inline(e *etree.Element, boxes *[]*etree.Element) {
	for _, c := range e.ChildElements() {
		switch {
		case isW(c, "r"):
			v.run(c, boxes)
		case transparent(c):
			v.inline(c, boxes)
		}
	}
}

func (v *previewer) run(r *etree.Element, boxes *[]*etree.Element) {
	open, end := "", ""
	if pr := childW(r, "rPr"); pr != nil {
		if on(childW(pr, "b")) {
			open, end = "<b>", "</b>"
		}
		if u := childW(pr, "u"); u != nil && attrW(u, "val") != "none" {
			open, end = open+"<u>", "</u>"+end
		}
	}
	v.raw(open)
	for _, c := range r.ChildElements() {
		switch {
		case isW(c, "t"):
			v.raw(html.EscapeString(c.Text()))
		case isW(c, "br") && attrW(c, "type") == "page":
			v.raw(`<span class="page"></span>`)
		case isW(c, "br"), isW(c, "cr"):
			v.raw("<br>")
		case isW(c, "tab"):
			v.raw("&emsp;")
		case c.Tag == "drawing", c.Tag == "pict", c.Tag == "object", c.Tag == "AlternateContent":
			v.picture(c, boxes)
		}
	}
	v.raw(end)
}

func on(e *etree.Element) bool {
	if e == nil {
		return false
	}
	switch attrW(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// picture notes the text box inside a drawing, or says that there is a picture.
func (v *previewer) picture(e *etree.Element, boxes *[]*etree.Element) {
	if t := e.FindElement(".//w:txbxContent"); t != nil {
		*boxes = append(*boxes, t)
		return
	}
	if e.FindElement(".//pic:pic") != nil || e.FindElement(".//v:imagedata") != nil {
		v.raw(`<span class="image">［图片］</span>`)
	}
}

// gridCell is a table cell and where it stands.
type gridCell struct {
	e         *etree.Element
	span      int
	down      int  // rows covered
	continued bool // belongs to a cell above
}

const maxColumns = 63 // Word's own limit

func (v *previewer) table(tbl *etree.Element) {
	var above map[int]*gridCell
	var order [][]*gridCell
	for _, tr := range descend(tbl, "tr") {
		at, byCol, cells := 0, map[int]*gridCell{}, []*gridCell{}
		for _, tc := range descend(tr, "tc") {
			g := newGridCell(tc)
			byCol[at] = g
			at += g.span
			cells = append(cells, g)
		}
		countDown(above, byCol)
		above, order = byCol, append(order, cells)
	}
	v.raw("<table>")
	for _, cells := range order {
		v.raw("<tr>")
		for _, g := range cells {
			v.cell(g)
		}
		v.raw("</tr>")
	}
	v.raw("</table>")
}

func newGridCell(tc *etree.Element) *gridCell {
	g := &gridCell{e: tc, span: 1, down: 1}
	pr := childW(tc, "tcPr")
	if pr == nil {
		return g
	}
	if s := childW(pr, "gridSpan"); s != nil {
		if n, err := strconv.Atoi(attrW(s, "val")); err == nil {
			g.span = min(max(n, 1), maxColumns)
		}
	}
	if m := childW(pr, "vMerge"); m != nil {
		g.continued = attrW(m, "val") != "restart"
	}
	return g
}

// countDown makes the continued cells of a new row part of the cells they continue.
func countDown(above, row map[int]*gridCell) {
	for col, g := range row {
		if !g.continued {
			continue
		}
		if top := above[col]; top != nil {
			top.down++
			row[col] = top // the next row continues the same cell
		} else {
			g.continued = false
		}
	}
}

func (v *previewer) cell(g *gridCell) {
	if g.continued {
		return
	}
	v.raw("<td")
	if g.span > 1 {
		v.raw(fmt.Sprintf(` colspan="%d"`, g.span))
	}
	if g.down > 1 {
		v.raw(fmt.Sprintf(` rowspan="%d"`, g.down))
	}
	v.raw(">")
	v.blocks(g.e)
	v.raw("</td>")
}

// descend lists the children w:name, also those inside wrappers.
func descend(e *etree.Element, name string) []*etree.Element {
	var out []*etree.Element
	for _, c := range e.ChildElements() {
		switch {
		case isW(c, name):
			out = append(out, c)
		case transparent(c):
			out = append(out, descend(c, name)...)
		}
	}
	return out
}
