package document

import (
	"bytes"
	"io"
	"strconv"
	"strings"
)

// Build writes the .docx; the same Doc gives the same bytes. Errors are those of w.
func (d *Doc) Build(w io.Writer) error {
	return d.pack().write(w)
}

// Bytes returns the .docx.
func (d *Doc) Bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := d.Build(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (d *Doc) pack() *pack {
	w := &docWriter{bullets: 1, width: d.textWidth()}
	w.doc(d)
	p := newPack()
	headers := d.headers()
	p.set("[Content_Types].xml", []byte(contentTypesXML(headers)))
	p.set("_rels/.rels", []byte(relsXML([][3]string{
		{"rId1", relOffice + "officeDocument", "word/document.xml"},
		{"rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"},
	})))
	p.set("docProps/core.xml", []byte(corePropsXML(d.Title, d.Creator)))
	p.set("word/document.xml", w.Bytes())
	p.set("word/_rels/document.xml.rels", []byte(relsXML(docRels(headers))))
	p.set("word/styles.xml", []byte(stylesXML()))
	p.set("word/settings.xml", []byte(settingsXML()))
	p.set("word/fontTable.xml", []byte(fontTableXML()))
	p.set("word/numbering.xml", []byte(w.numberingXML()))
	p.set("word/footer1.xml", []byte(footerXML(false)))
	p.set("word/footer2.xml", []byte(footerXML(true)))
	if headers {
		h := []byte(headerXML(d.Header, d.Mark))
		p.set("word/header1.xml", h)
		p.set("word/header2.xml", h)
	}
	return p
}

func (d *Doc) headers() bool { return d.Header != "" || d.Mark != "" }

func (d *Doc) textWidth() int {
	if d.Landscape {
		return pageHeight - marginTop - marginBottom
	}
	return pageWidth - marginLeft - marginRight
}

// docWriter writes word/document.xml.
type docWriter struct {
	xmlBuf
	ids     int // of content controls
	bullets int // numbering used so far; 1 is the bullet
	width   int // of a text line
}

func (w *docWriter) doc(d *Doc) {
	w.raw(xmlHead, `<w:document `, nsWord, `><w:body>`)
	if d.Title != "" {
		w.styled("Title", "", Text(d.Title))
	}
	if d.Subtitle != "" {
		w.styled("Subtitle", "", Text(d.Subtitle))
	}
	for i, b := range d.Blocks {
		b.write(w)
		if _, table := b.(Table); table && (i+1 == len(d.Blocks) || isTable(d.Blocks[i+1])) {
			w.raw(`<w:p><w:pPr><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p>`) // tables side by side would merge
		}
	}
	w.section(d)
	w.raw(`</w:body></w:document>`)
}

func isTable(b Block) bool {
	_, ok := b.(Table)
	return ok
}

func (w *docWriter) section(d *Doc) {
	w.raw(`<w:sectPr>`)
	if d.headers() {
		w.raw(`<w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="even" r:id="rId11"/>`)
	}
	w.raw(`<w:footerReference w:type="default" r:id="rId8"/><w:footerReference w:type="even" r:id="rId9"/>`)
	n := strconv.Itoa
	if d.Landscape {
		w.raw(`<w:pgSz w:w="`, n(pageHeight), `" w:h="`, n(pageWidth), `" w:orient="landscape"/>`,
			`<w:pgMar w:top="`, n(marginLeft), `" w:right="`, n(marginTop), `" w:bottom="`, n(marginRight), `" w:left="`, n(marginBottom))
	} else {
		w.raw(`<w:pgSz w:w="`, n(pageWidth), `" w:h="`, n(pageHeight), `"/>`,
			`<w:pgMar w:top="`, n(marginTop), `" w:right="`, n(marginRight), `" w:bottom="`, n(marginBottom), `" w:left="`, n(marginLeft))
	}
	footer := marginFooter
	if d.Landscape {
		footer = marginRight - 850
	}
	w.raw(`" w:header="`, n(marginHeader), `" w:footer="`, n(footer), `" w:gutter="0"/>`,
		`<w:docGrid w:type="lines" w:linePitch="`, n(lineHeight), `"/></w:sectPr>`)
}

// styled writes a paragraph; pPr is what follows the style in its properties.
func (w *docWriter) styled(style, pPr string, runs []Run) {
	w.raw(`<w:p><w:pPr>`)
	if style != "" {
		w.raw(`<w:pStyle w:val="`, style, `"/>`)
	}
	w.raw(pPr, `</w:pPr>`)
	w.runs(runs, "")
	w.raw(`</w:p>`)
}

// runs writes runs; size is a w:sz element or empty.
func (w *docWriter) runs(runs []Run, size string) {
	for _, r := range runs {
		if r.Box != NoBox {
			w.ids++
			w.checkbox(w.ids, r.Box == Checked, size)
		}
		if r.Text == "" {
			continue
		}
		w.raw(`<w:r>`)
		if rPr := look(r, size); rPr != "" {
			w.raw(`<w:rPr>`, rPr, `</w:rPr>`)
		}
		w.runContent(r.Text)
		w.raw(`</w:r>`)
	}
}

// look returns the run properties in the order the schema asks for.
func look(r Run, size string) string {
	s := size
	if r.Bold {
		s = `<w:b/><w:bCs/>` + s
	}
	if r.Underline {
		s += `<w:u w:val="single"/>`
	}
	return s
}

func (p Paragraph) write(w *docWriter) {
	pPr := ""
	if p.KeepNext {
		pPr = `<w:keepNext/>`
	}
	switch {
	case p.Align == AlignAuto && !p.NoIndent:
		w.styled("BodyIndent", pPr+p.bodyAlign(), p.Runs)
	case p.Align == AlignAuto:
		w.styled("", pPr+p.bodyAlign(), p.Runs)
	default:
		w.styled("", pPr+`<w:jc w:val="`+string(p.Align)+`"/>`, p.Runs)
	}
}

// bodyAlign justifies body text, but for text that has or may get line breaks: the line before one would be stretched.
func (p Paragraph) bodyAlign() string {
	for _, r := range p.Runs {
		if strings.Contains(r.Text, "\n") || strings.Contains(r.Text, "{{") {
			return `<w:jc w:val="left"/>`
		}
	}
	return `<w:jc w:val="both"/>`
}

func (h Heading) write(w *docWriter) {
	level := min(max(h.Level, 1), 3)
	w.styled("Heading"+strconv.Itoa(level), "", Text(h.Text))
}

func (c Control) write(w *docWriter) { w.styled("", "", Text(string(c))) }

func (PageBreak) write(w *docWriter) { w.raw(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`) }

func (s Signature) write(w *docWriter) {
	for i, line := range s.Lines {
		pPr := `<w:keepLines/>`
		if i+1 < len(s.Lines) {
			pPr = `<w:keepNext/>` + pPr
		}
		w.styled("", pPr+`<w:ind w:right="1260" w:rightChars="400"/><w:jc w:val="right"/>`, Text(line))
	}
}

func (l List) write(w *docWriter) {
	num := 1
	if l.Numbered {
		w.bullets++
		num = w.bullets
	}
	for _, item := range l.Items {
		w.styled("ListParagraph", `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+strconv.Itoa(num)+`"/></w:numPr>`, Text(item))
	}
}

func (w *docWriter) numberingXML() string {
	level := func(id, format, text string) string {
		return `<w:abstractNum w:abstractNumId="` + id + `"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>` +
			`<w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/><w:lvlJc w:val="left"/>` +
			`<w:pPr><w:ind w:left="1110" w:hanging="480"/></w:pPr></w:lvl></w:abstractNum>`
	}
	s := xmlHead + `<w:numbering ` + nsWord + `>` + level("0", "bullet", "●") + level("1", "decimal", "%1.") +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
	for n := 2; n <= w.bullets; n++ {
		s += `<w:num w:numId="` + strconv.Itoa(n) + `"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`
	}
	return s + `</w:numbering>`
}
