package document

// The measures of GB/T 9704-2012 in twentieths of a point: A4, margins 37/28/35/26 mm, 22 lines of 28 characters in the
// area of 156 × 225 mm, page number 7 mm under it.
const (
	pageWidth    = 11906
	pageHeight   = 16838
	marginTop    = 2098
	marginLeft   = 1587
	marginBottom = 1984
	marginRight  = 1474
	marginHeader = 1134
	marginFooter = 1304
	lineHeight   = 579 // 225 mm / 22
	charPitch    = -5  // 16 pt type set at 15.75 pt: 28 characters fill 156 mm
	indentTwo    = 630 // two characters of body text
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const nsWord = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"` +
	` xmlns:w10="urn:schemas-microsoft-com:office:word"` +
	` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
	` xmlns:w14="` + nsW14 + `" mc:Ignorable="w14"`

const (
	fontBody  = "仿宋_GB2312"
	fontTitle = "方正小标宋简体"
	fontHei   = "黑体"
	fontKai   = "楷体_GB2312"
	fontSong  = "宋体"
)

func fonts(eastAsia string) string {
	return `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="` + eastAsia + `"/>`
}

func style(id, name, more, pPr, rPr string) string {
	return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/><w:basedOn w:val="Normal"/>` +
		more + `<w:pPr>` + pPr + `</w:pPr><w:rPr>` + rPr + `</w:rPr></w:style>`
}

const exactLine = `<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>`

// stylesXML is word/styles.xml.
func stylesXML() string {
	next := `<w:next w:val="Normal"/>`
	return xmlHead + `<w:styles ` + nsWord + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(fontBody) +
		`<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>` +
		`<w:widowControl w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>` + exactLine +
		`</w:pPr><w:rPr><w:spacing w:val="-5"/></w:rPr></w:style>` +
		style("BodyIndent", "Body Text First Indent", `<w:qFormat/>`, `<w:ind w:firstLine="630" w:firstLineChars="200"/><w:jc w:val="both"/>`, ``) +
		style("Title", "Title", next+`<w:qFormat/>`, `<w:keepNext/><w:spacing w:before="0" w:after="289" w:line="680" w:lineRule="exact"/><w:jc w:val="center"/>`, fonts(fontTitle)+`<w:spacing w:val="0"/><w:sz w:val="44"/><w:szCs w:val="44"/>`) +
		style("Subtitle", "Subtitle", next+`<w:qFormat/>`, `<w:keepNext/><w:spacing w:before="0" w:after="289" w:line="579" w:lineRule="exact"/><w:jc w:val="center"/>`, fonts(fontKai)) +
		style("Heading1", "heading 1", next+`<w:qFormat/>`, `<w:keepNext/><w:ind w:firstLine="630" w:firstLineChars="200"/><w:outlineLvl w:val="0"/>`, fonts(fontHei)) +
		style("Heading2", "heading 2", next+`<w:qFormat/>`, `<w:keepNext/><w:ind w:firstLine="630" w:firstLineChars="200"/><w:outlineLvl w:val="1"/>`, fonts(fontKai)) +
		style("Heading3", "heading 3", next+`<w:qFormat/>`, `<w:keepNext/><w:ind w:firstLine="630" w:firstLineChars="200"/><w:outlineLvl w:val="2"/>`, fonts(fontBody)+`<w:b/><w:bCs/>`) +
		style("ListParagraph", "List Paragraph", `<w:qFormat/>`, `<w:jc w:val="both"/>`, ``) +
		style("TableText", "Table Text", `<w:qFormat/>`, `<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>`, fonts(fontSong)+`<w:spacing w:val="0"/><w:sz w:val="24"/><w:szCs w:val="24"/>`) +
		style("Header", "header", ``, `<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>`, fonts(fontSong)+`<w:spacing w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/>`) +
		style("Footer", "footer", ``, `<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>`, fonts(fontSong)+`<w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/>`) +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` +
		`<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
		`</w:styles>`
}

// fontTableXML names stand-ins for the fonts a workstation may lack.
func fontTableXML() string {
	s := xmlHead + `<w:fonts ` + nsWord + `>`
	for _, f := range [][2]string{
		{fontBody, "仿宋,FangSong"}, {fontTitle, "小标宋,宋体"}, {fontHei, "SimHei"},
		{fontKai, "楷体,KaiTi"}, {fontSong, "SimSun"}, {"Times New Roman", "Liberation Serif"},
	} {
		s += `<w:font w:name="` + f[0] + `"><w:altName w:val="` + f[1] + `"/></w:font>`
	}
	return s + `</w:fonts>`
}

func settingsXML() string {
	return xmlHead + `<w:settings ` + nsWord + `><w:zoom w:percent="100"/><w:evenAndOddHeaders/>` +
		`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:doNotExpandShiftReturn/>` +
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
}

// footerXML is the page number — 1 — in 14 pt 宋体, one character in from the outer edge.
func footerXML(even bool) string {
	place := `<w:ind w:right="280" w:rightChars="100"/><w:jc w:val="right"/>`
	if even {
		place = `<w:ind w:left="280" w:leftChars="100"/><w:jc w:val="left"/>`
	}
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	return xmlHead + `<w:ftr ` + nsWord + `><w:p><w:pPr><w:pStyle w:val="Footer"/>` + place + `</w:pPr>` +
		`<w:r><w:t xml:space="preserve">— </w:t></w:r>` + field("begin") +
		`<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` + field("separate") +
		`<w:r><w:t>1</w:t></w:r>` + field("end") + `<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}
