package document

import (
	"bytes"
	"fmt"
)

const relOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

const typeWord = "application/vnd.openxmlformats-officedocument.wordprocessingml."

func contentTypesXML(headers bool) string {
	over := func(name, kind string) string {
		return `<Override PartName="/` + name + `" ContentType="` + kind + `"/>`
	}
	s := xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		over("word/document.xml", typeWord+"document.main+xml")
	for _, name := range []string{"styles", "settings", "fontTable", "numbering"} {
		s += over("word/"+name+".xml", typeWord+name+"+xml")
	}
	for i := 1; i <= 2; i++ {
		s += over(fmt.Sprintf("word/footer%d.xml", i), typeWord+"footer+xml")
		if headers {
			s += over(fmt.Sprintf("word/header%d.xml", i), typeWord+"header+xml")
		}
	}
	return s + over("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml") + `</Types>`
}

func relsXML(rels [][3]string) string {
	s := xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for _, r := range rels {
		s += `<Relationship Id="` + r[0] + `" Type="` + r[1] + `" Target="` + r[2] + `"/>`
	}
	return s + `</Relationships>`
}

func docRels(headers bool) [][3]string {
	rels := [][3]string{}
	for i, name := range []string{"styles", "settings", "fontTable", "numbering"} {
		rels = append(rels, [3]string{fmt.Sprintf("rId%d", i+1), relOffice + name, name + ".xml"})
	}
	rels = append(rels, [3]string{"rId8", relOffice + "footer", "footer1.xml"}, [3]string{"rId9", relOffice + "footer", "footer2.xml"})
	if headers {
		rels = append(rels, [3]string{"rId10", relOffice + "header", "header1.xml"}, [3]string{"rId11", relOffice + "header", "header2.xml"})
	}
	return rels
}

// corePropsXML has no dates, so that the bytes do not depend on the day.
func corePropsXML(title, creator string) string {
	var b bytes.Buffer
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`)
	if title != "" {
		b.WriteString(`<dc:title>`)
		escapeXML(&b, title)
		b.WriteString(`</dc:title>`)
	}
	if creator != "" {
		b.WriteString(`<dc:creator>`)
		escapeXML(&b, creator)
		b.WriteString(`</dc:creator>`)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}
