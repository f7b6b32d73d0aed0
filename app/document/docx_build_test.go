package document_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// sampleForm uses every kind of block.
func sampleForm() *document.Doc {
	rows := []document.Row{
		{Cells: []document.Cell{document.LabelCell("序号"), document.LabelCell("项目"), document.LabelCell("内容").Wide(2)}},
		{Cells: []document.Cell{document.LabelCell("基本信息").Tall(3), document.LabelCell("应用名称"), document.TextCell("示例应用 <1> & \"2\"").Wide(2)}},
		{Cells: []document.Cell{document.LabelCell("网络环境"), document.RunCell(document.Check("政务内网 ", false), document.Check("政务外网", true)).Wide(2)}},
		{MinHeight: 9, Cells: []document.Cell{document.LabelCell("说明"), document.TextCell("第一行\n第二行"), document.TextCell("右").Tall(2)}},
		{MaySplit: true, Cells: []document.Cell{document.LabelCell("宽").Wide(2), {}}},
	}
	return &document.Doc{
		Title: "示例登记表", Subtitle: "（2026年第1号）", Header: "示例页眉", Creator: "示例市数据中心",
		Blocks: []document.Block{
			document.Heading{Level: 1, Text: "一、基本情况"}, document.Para("正文\t一\n二"),
			document.Heading{Level: 2, Text: "（一）说明"}, document.Heading{Level: 9, Text: "1. 组件"},
			document.Paragraph{Runs: []document.Run{{Text: "粗", Bold: true}, {Text: "线", Underline: true}}, Align: document.AlignCenter, KeepNext: true},
			document.Paragraph{Runs: document.Text("顶格"), NoIndent: true},
			document.List{Items: []string{"甲", "乙"}}, document.List{Items: []string{"一"}, Numbered: true}, document.List{Items: []string{"又一"}, Numbered: true},
			document.Table{Widths: []float64{20, 35, 60, 40}, HeaderRows: 1, Rows: rows},
			document.Table{Borderless: true, Size: 10.5, Rows: []document.Row{{Cells: []document.Cell{document.TextCell("小")}}}},
			document.Table{},
			document.Signature{Lines: []string{"示例市数据中心", "2026年3月2日"}}, document.PageBreak{}, document.Control("附件"),
		},
	}
}

func bytesOf(t testing.TB, d *document.Doc) []byte {
	t.Helper()
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBuildIsDeterministicAndWellFormed(t *testing.T) {
	for _, mark := range []string{"", document.DraftMark} {
		d := sampleForm()
		d.Mark, d.Landscape = mark, mark != ""
		first, again := bytesOf(t, d), bytesOf(t, d)
		if !bytes.Equal(first, again) {
			t.Error("bytes differ")
		}
		wellFormed(t, first)
	}
}

func TestBuildLayout(t *testing.T) {
	b := bytesOf(t, sampleForm())
	body, styles, settings := partOf(t, b, "word/document.xml"), partOf(t, b, "word/styles.xml"), partOf(t, b, "word/settings.xml")
	cases := []struct{ name, in, want string }{
		{"A4", body, `<w:pgSz w:w="11906" w:h="16838"/>`},
		{"margins 37 26 35 28 mm", body, `<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`},
		{"body 16 pt", styles, `<w:sz w:val="32"/>`},
		{"body font", styles, `w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="仿宋_GB2312"`},
		{"22 lines", styles, `w:line="579" w:lineRule="exact"`},
		{"title font", styles, `w:eastAsia="方正小标宋简体"/><w:spacing w:val="0"/><w:sz w:val="44"/>`},
		{"level 1", styles, `w:eastAsia="黑体"`}, {"level 2", styles, `w:eastAsia="楷体_GB2312"`},
		{"odd and even pages", settings, `<w:evenAndOddHeaders/>`},
		{"odd page number", partOf(t, b, "word/footer1.xml"), `<w:ind w:right="280" w:rightChars="100"/><w:jc w:val="right"/>`},
		{"even page number", partOf(t, b, "word/footer2.xml"), `<w:ind w:left="280" w:leftChars="100"/><w:jc w:val="left"/>`},
		{"page field", partOf(t, b, "word/footer1.xml"), ` PAGE `},
		{"header row repeated", body, `<w:cantSplit/><w:tblHeader/>`},
		{"row may split", body, `<w:tr><w:trPr></w:trPr>`},
		{"row height", body, `<w:trHeight w:val="510" w:hRule="atLeast"/>`},
		{"wide cell", body, `<w:gridSpan w:val="2"/>`},
		{"tall cell", body, `<w:vMerge w:val="restart"/>`},
		{"ticked", body, `<w14:checked w14:val="1"/>`}, {"not ticked", body, `<w14:checked w14:val="0"/>`},
		{"line break", body, `第一行</w:t><w:br/><w:t xml:space="preserve">第二行`},
		{"escaped", body, `示例应用 &lt;1&gt; &amp; &quot;2&quot;`},
		{"numbering starts anew", partOf(t, b, "word/numbering.xml"), `<w:num w:numId="3">`},
		{"title property", partOf(t, b, "docProps/core.xml"), `<dc:title>示例登记表</dc:title>`},
	}
	for _, c := range cases {
		if !strings.Contains(c.in, c.want) {
			t.Errorf("%s: no %s", c.name, c.want)
		}
	}
	if strings.Contains(partOf(t, b, "docProps/core.xml"), "created") {
		t.Error("a date in the properties")
	}
}

// TestBuildTableGrid checks that every row covers all columns of the grid.
func TestBuildTableGrid(t *testing.T) {
	tooWide := document.Table{Widths: []float64{1, 1}, Rows: []document.Row{
		{Cells: []document.Cell{document.TextCell("a").Tall(9), document.TextCell("b").Wide(7)}},
		{Cells: []document.Cell{document.TextCell("c").Wide(3), document.TextCell("lost")}}, {},
	}}
	for _, d := range []*document.Doc{sampleForm(), {Blocks: []document.Block{tooWide}}} {
		xml := partOf(t, bytesOf(t, d), "word/document.xml")
		for _, tbl := range regexp.MustCompile(`(?s)<w:tbl>.*?</w:tbl>`).FindAllString(xml, -1) {
			cols := strings.Count(tbl, "<w:gridCol ")
			for i, tr := range regexp.MustCompile(`(?s)<w:tr>.*?</w:tr>`).FindAllString(tbl, -1) {
				n := strings.Count(tr, "<w:tc>")
				for _, m := range regexp.MustCompile(`gridSpan w:val="(\d)"`).FindAllStringSubmatch(tr, -1) {
					n += int(m[1][0]-'0') - 1
				}
				if n != cols {
					t.Errorf("row %d covers %d of %d columns: %s", i, n, cols, tr)
				}
			}
		}
	}
}

func TestBuildDropsWhatXMLCannotHold(t *testing.T) {
	b := bytesOf(t, &document.Doc{Title: "a\x00b\x1fc\xff\ufffe", Blocks: []document.Block{document.Para("x\x07\r\ny")}})
	wellFormed(t, b)
	if got := textOf(partOf(t, b, "word/document.xml")); !strings.HasPrefix(got, "abc\ufffd¶x⏎y¶") {
		t.Errorf("%q", got)
	}
}

type fullDisk struct{ room int }

func (f *fullDisk) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space left")
	}
	return len(p), nil
}

func TestWritersSayWhenTheDiskIsFull(t *testing.T) {
	book := &document.Workbook{Sheets: []document.Sheet{{Name: "a", Rows: [][]any{{"x"}}}}}
	page := &document.Page{Title: strings.Repeat("题", 5000)}
	for name, write := range map[string]func(io.Writer) error{"docx": sampleForm().Build, "xlsx": book.Write, "html": page.Write} {
		if err := write(&fullDisk{room: 100}); listing.CodeOf(err) != listing.CodeUnwritable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMarkDraft(t *testing.T) {
	two := docxOf(t, `<w:p><w:pPr><w:sectPr><w:titlePg/></w:sectPr></w:pPr></w:p>`+p("二"))
	withHeader := bytesOf(t, sampleForm())
	bare := rezip(t, two, map[string]func(string) string{"word/document.xml": func(s string) string {
		return s[:strings.Index(s, "<w:body>")] + "<w:body><w:p/></w:body></w:document>"
	}})
	for name, in := range map[string][]byte{"two sections": two, "with header": withHeader, "no section": bare} {
		t.Run(name, func(t *testing.T) {
			out, err := document.MarkDraft(in, document.DraftMark)
			if err != nil {
				t.Fatal(err)
			}
			wellFormed(t, out)
			checkEveryPageMarked(t, out)
			again, err := document.MarkDraft(out, document.DraftMark)
			if err != nil || !bytes.Equal(out, again) {
				t.Errorf("marking twice changes the file: %v", err)
			}
			preview, err := document.PreviewHTML(out)
			if err != nil || !strings.Contains(preview, `<p class="mark">草稿</p>`) {
				t.Errorf("preview without mark: %s %v", preview, err)
			}
		})
	}
}

// checkEveryPageMarked follows the header references of the first section to marked parts.
func checkEveryPageMarked(t *testing.T, b []byte) {
	t.Helper()
	var rels struct {
		R []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := xml.Unmarshal([]byte(partOf(t, b, "word/_rels/document.xml.rels")), &rels); err != nil {
		t.Fatal(err)
	}
	target := map[string]string{}
	for _, r := range rels.R {
		target[r.ID] = r.Target
	}
	body := partOf(t, b, "word/document.xml")
	first := body[strings.Index(body, "<w:sectPr"):]
	refs := regexp.MustCompile(`<w:headerReference [^>]*>`).FindAllString(first, -1)
	types := map[string]bool{}
	for _, ref := range refs {
		id := regexp.MustCompile(`r:id="([^"]*)"`).FindStringSubmatch(ref)[1]
		types[regexp.MustCompile(`w:type="([^"]*)"`).FindStringSubmatch(ref)[1]] = true
		if part := partOf(t, b, "word/"+target[id]); !strings.Contains(part, `string="草稿"`) {
			t.Errorf("%s is not marked", target[id])
		}
		if !strings.Contains(partOf(t, b, "[Content_Types].xml"), "/word/"+target[id]) {
			t.Errorf("%s has no content type", target[id])
		}
	}
	if len(types) != 3 {
		t.Errorf("header types %v", types)
	}
}

func TestPreviewHTML(t *testing.T) {
	got, err := document.PreviewHTML(bytesOf(t, sampleForm()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<h1>示例登记表</h1>`, `<p class="center">（2026年第1号）</p>`, `<h2>一、基本情况</h2>`, `<h3>（一）说明</h3>`, `<h4>1. 组件</h4>`,
		`<p>正文&emsp;一<br>二</p>`, `<b>粗</b><u>线</u>`, `<p class="list">甲</p>`,
		`<td rowspan="3"><p class="center"><b>基本信息</b></p></td>`, `<td colspan="2"><p>☐政务内网 ☑政务外网</p></td>`,
		`示例应用 &lt;1&gt; &amp; &#34;2&#34;`, `<td rowspan="2"><p>右</p></td>`, `<p class="right">2026年3月2日</p>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	hostile := docxOf(t, p("&lt;script&gt;alert(1)&lt;/script&gt;")+table(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/><w:vMerge/></w:tcPr></w:tc></w:tr>`)+
		`<w:p><w:r><w:drawing><wp:x><pic:pic/></wp:x></w:drawing><w:pict><w:txbxContent>`+p("框")+`</w:txbxContent></w:pict></w:r></w:p>`)
	got, err = document.PreviewHTML(hostile)
	if err != nil {
		t.Fatal(err)
	}
	want := `<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><table><tr><td colspan="63"></td></tr></table><p><span class="image">［图片］</span></p><div class="box"><p>框</p></div>`
	if !strings.Contains(got, want) {
		t.Error(got)
	}
}
