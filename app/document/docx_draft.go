package document

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/beevik/etree"
)

// headerXML is a header part: the text, and the mark as a big slanting watermark with the same word beside the text.
func headerXML(text, mark string) string {
	var b xmlBuf
	b.raw(xmlHead, `<w:hdr `, nsWord, `>`)
	if mark != "" {
		b.raw(draftParagraph(mark, `<w:pStyle w:val="Header"/>`))
	}
	if text != "" || mark == "" {
		b.raw(`<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r>`)
		b.runContent(text)
		b.raw(`</w:r></w:p>`)
	}
	b.raw(`</w:hdr>`)
	return b.String()
}

// markID is the shape id by which our own watermark is known again.
const markID = "DocumentDraftMark"

// draftParagraph is a header paragraph with the mark in red and the watermark shape. It uses the prefixes w, v, o, declared here.
func draftParagraph(mark, pStyle string) string {
	var text bytes.Buffer
	escapeXML(&text, mark)
	return `<w:p xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pPr>` + pStyle + `<w:jc w:val="right"/></w:pPr>` +
		`<w:r><w:rPr><w:noProof/></w:rPr><w:pict>` +
		`<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">` +
		`<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>` +
		`<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>` +
		`<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>` +
		`<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>` +
		`<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>` +
		`<v:shape id="` + markID + `" o:spid="_x0000_s2049" type="#_x0000_t136" alt="" ` +
		`style="position:absolute;margin-left:0;margin-top:0;width:330pt;height:165pt;rotation:315;z-index:-251658752;` +
		`mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" ` +
		`o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="` + text.String() + `"/></v:shape>` +
		`</w:pict></w:r><w:r><w:rPr><w:b/><w:color w:val="C00000"/><w:sz w:val="28"/></w:rPr><w:t>` + text.String() + `</w:t></w:r></w:p>`
}

// MarkDraft returns a .docx with mark (usually DraftMark) slanting behind the text of every page, and in red at its head: in all headers of
// all sections, for first, odd and even pages. Marking twice changes nothing. The .docx may be a user's own; errors are those
// of OpenTemplate.
func MarkDraft(docx []byte, mark string) ([]byte, error) {
	lim := docxLimits()
	p, err := openPack(bytes.NewReader(docx), int64(len(docx)), "docx", lim)
	if err != nil {
		return nil, err
	}
	stories, err := findStories(p, lim)
	if err != nil {
		return nil, err
	}
	for _, s := range stories {
		if strings.HasPrefix(s.label, labelHeader) {
			if err := markHeader(p, s.name, mark, lim); err != nil {
				return nil, err
			}
		}
	}
	if err := markSections(p, stories[0].name, mark, lim); err != nil {
		return nil, err
	}
	return p.bytes()
}

func markHeader(p *pack, name, mark string, lim limits) error {
	if bytes.Contains(p.get(name), []byte(markID)) {
		return nil
	}
	root, err := parseStory(p.get(name), lim)
	if err != nil {
		return err
	}
	frag := etree.NewDocument()
	if err := frag.ReadFromString(draftParagraph(mark, "")); err != nil {
		return fmt.Errorf("draft paragraph: %w", err)
	}
	root.InsertChildAt(0, frag.Root())
	p.set(name, []byte(xmlHead+xmlOf(root)))
	return nil
}

const (
	relMark    = "rIdDraftMark"
	nsRelation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// markSections gives the first section the headers it lacks; the sections after it take them over.
func markSections(p *pack, body, mark string, lim limits) error {
	root, err := parseStory(p.get(body), lim)
	if err != nil {
		return err
	}
	have := map[string]bool{}
	sect := firstSection(root)
	for _, e := range sect.ChildElements() {
		if isW(e, "headerReference") {
			have[attrW(e, "type")] = true
		}
	}
	added := false
	for _, kind := range []string{"even", "first", "default"} {
		if have[kind] {
			continue
		}
		ref := etree.NewElement("w:headerReference")
		ref.CreateAttr("xmlns:r", nsRelation)
		ref.CreateAttr("w:type", kind)
		ref.CreateAttr("r:id", relMark)
		sect.InsertChildAt(0, ref)
		added = true
	}
	if !added {
		return nil
	}
	p.set(body, []byte(xmlHead+xmlOf(root)))
	return addHeaderPart(p, body, mark, lim)
}

// firstSection returns the properties of the first section, making them where a document has none.
func firstSection(root *etree.Element) *etree.Element {
	if s := root.FindElement(".//w:sectPr"); s != nil {
		return s
	}
	body := childW(root, "body")
	if body == nil {
		body = root.CreateElement("w:body")
	}
	return body.CreateElement("w:sectPr")
}

func addHeaderPart(p *pack, body, mark string, lim limits) error {
	dir, file := path.Split(body)
	name := dir + "draftmark.xml"
	p.set(name, []byte(headerXML("", mark)))
	err := appendTo(p, "[Content_Types].xml", lim, "Override", "PartName", "/"+name, "ContentType", typeWord+"header+xml")
	if err != nil {
		return err
	}
	rels := dir + "_rels/" + file + ".rels"
	if !p.has(rels) {
		p.set(rels, []byte(relsXML(nil)))
	}
	return appendTo(p, rels, lim, "Relationship", "Id", relMark, "Type", relOffice+"header", "Target", "draftmark.xml")
}

// appendTo adds an element with attributes to the root of a part.
func appendTo(p *pack, name string, lim limits, element string, attrs ...string) error {
	doc, err := parseXML(p.get(name), "docx", lim)
	if err != nil {
		return err
	}
	root := doc.Root()
	full := element
	if root.Space != "" {
		full = root.Space + ":" + element
	}
	e := root.CreateElement(full)
	for i := 0; i+1 < len(attrs); i += 2 {
		e.CreateAttr(attrs[i], attrs[i+1])
	}
	p.set(name, []byte(xmlHead+xmlOf(root)))
	return nil
}
