package document_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// docxOf makes a .docx whose body is the given XML.
func docxOf(t testing.TB, body string) []byte {
	t.Helper()
	b, err := (&document.Doc{}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return rezip(t, b, map[string]func(string) string{"word/document.xml": func(s string) string {
		i, j := strings.Index(s, "<w:body>")+len("<w:body>"), strings.Index(s, "<w:sectPr>")
		return s[:i] + body + s[j:]
	}})
}

// rezip changes parts of a zip.
func rezip(t testing.TB, b []byte, change map[string]func(string) string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range zr.File {
		s := partOf(t, b, f.Name)
		if fn := change[f.Name]; fn != nil {
			s = fn(s)
		}
		w, err := zw.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, s)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func partOf(t testing.TB, b []byte, name string) string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := zr.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

var (
	paraEnd = regexp.MustCompile(`</w:p>|<w:p/>`)
	rowEnd  = regexp.MustCompile(`</w:tr>`)
	lineEnd = regexp.MustCompile(`<w:br/>`)
	anyTag  = regexp.MustCompile(`<[^>]*>`)
)

// textOf shows a body: ¶ for a paragraph's end, ⏎ for a line break, ▮ for a row's end.
func textOf(xml string) string {
	xml = xml[strings.Index(xml, "<w:body>"):]
	xml = lineEnd.ReplaceAllString(xml, "⏎")
	xml = rowEnd.ReplaceAllString(paraEnd.ReplaceAllString(xml, "¶"), "▮")
	return anyTag.ReplaceAllString(xml, "")
}

func p(runs ...string) string {
	s := "<w:p>"
	for _, r := range runs {
		s += `<w:r><w:t xml:space="preserve">` + r + `</w:t></w:r>`
	}
	return s + "</w:p>"
}

func row(cells ...string) string {
	s := "<w:tr>"
	for _, c := range cells {
		s += "<w:tc><w:tcPr/>" + c + "</w:tc>"
	}
	return s + "</w:tr>"
}

func table(rows ...string) string {
	return "<w:tbl><w:tblPr/><w:tblGrid/>" + strings.Join(rows, "") + "</w:tbl>"
}

func TestFill(t *testing.T) {
	values := document.Values{
		"name": "示例应用", "empty": "", "nil": nil, "yes": true, "no": false, "n": 3, "lines": "一\n二", "markup": `<b>&"`,
		"net":  []string{"政务外网", "互联网"},
		"unit": document.Values{"name": "示例市数据中心"},
		"rows": []document.Values{{"a": "1", "b": "甲"}, {"a": "2", "b": "乙"}},
		"none": []document.Values{},
		"deep": []document.Values{{"t": "X", "in": []document.Values{{"v": "x1"}, {"v": "x2"}}}, {"t": "Y", "in": []document.Values{}}},
	}
	cases := []struct{ name, body, want string }{
		{"plain", p("名称：{{name}}。"), "名称：示例应用。¶"},
		{"spaces in the braces", p("{{ name }}"), "示例应用¶"},
		{"split over runs", p("名称：{", "{na", "me}", "}。"), "名称：示例应用。¶"},
		{"two in split runs", p("{{name}}{{", "n}}-{{", "unit.name}}"), "示例应用3-示例市数据中心¶"},
		{"nested path", p("{{unit.name}}"), "示例市数据中心¶"},
		{"empty and nil", p("[{{empty}}{{nil}}]"), "[]¶"},
		{"line breaks", p("{{lines}}"), "一⏎二¶"},
		{"escaped", p("{{markup}}"), "&lt;b&gt;&amp;&quot;¶"},
		{"list joined", p("{{net}}"), "政务外网、互联网¶"},
		{"bool is a box", p("{{yes}}{{no}}"), "☑☐¶"},
		{"box", p("{{☐yes}}是{{☐no}}否{{☐name}}{{☐empty}}"), "☑是☐否☑☐¶"},
		{"box of an option", p("{{☐net=政务内网}}内{{☐net=政务外网}}外{{☑name=示例应用}}名{{☐yes=是}}"), "☐内☑外☑名☑¶"},
		{"inline condition", p("a{{?yes}}b{{/yes}}c{{?no}}d{{/no}}e{{^no}}f{{/no}}g"), "abcefg¶"},
		{"condition on an option", p("{{?net=互联网}}有{{/net}}{{^net=政务内网}}无{{/net}}{{?net=政务内网}}错{{/}}"), "有无¶"},
		{"inline loop over runs", p("{{#rows}}", "{{a}}", "{{b}}", "；{{/rows}}完"), "1甲；2乙；完¶"},
		{"loop over texts", p("{{#net}}{{@n}}.{{.}} {{/net}}"), "1.政务外网 2.互联网 ¶"},
		{"block loop", p("{{#rows}}") + p("{{a}}") + p("{{b}}") + p("{{/rows}}") + p("end"), "1¶甲¶2¶乙¶end¶"},
		{"block loop with text beside", p("{{#rows}}第{{a}}") + p("{{b}}{{/rows}}止"), "第1¶甲止¶第2¶乙止¶"},
		{"block condition", p("{{?no}}") + p("x") + p("{{/no}}") + p("{{^no}}") + p("y") + p("{{/no}}"), "y¶"},
		{"nested blocks", p("{{#deep}}") + p("{{t}}") + p("{{#in}}") + p("{{v}}{{t}}") + p("{{/in}}") + p("{{/deep}}"), "X¶x1X¶x2X¶Y¶"},
		{"two tags in one control paragraph", p("{{?yes}}{{#rows}}") + p("{{a}}") + p("{{/rows}}{{/yes}}"), "1¶2¶"},
		{"row loop", table(row(p("h")), row(p("{{#rows}}{{a}}"), p("{{b}}{{/rows}}"))), "h¶▮1¶甲¶▮2¶乙¶▮"},
		{"row loop without rows", table(row(p("h")), row(p("{{#none}}{{a}}"), p("{{b}}{{/none}}"))), "h¶▮"},
		{"table left without rows", table(row(p("{{#none}}{{a}}"), p("{{b}}{{/none}}"))) + p("e"), "¶e¶"},
		{"loop inside a cell", table(row(p("{{#rows}}{{a}},{{/rows}}"), p("z"))), "1,2,¶z¶▮"},
		{"control rows", table(row(p("{{#rows}}")), row(p("{{a}}")), row(p("{{/rows}}"))), "1¶▮2¶▮"},
		{"row condition", table(row(p("{{?no}}a"), p("b{{/no}}")), row(p("{{?yes}}c"), p("d{{/yes}}"))), "c¶d¶▮"},
		{"row in a row", table(row(p("{{#deep}}{{t}}"), p("{{#in}}{{v}} {{/in}}{{/deep}}"))), "X¶x1 x2 ¶▮Y¶¶▮"},
		{"cell left empty keeps a paragraph", table(row(p("{{?no}}") + p("x") + p("{{/no}}"))), "¶▮"},
		{"text box", `<w:p><w:r><w:pict><v:textbox><w:txbxContent>` + p("{{na", "me}}") + `</w:txbxContent></v:textbox></w:pict></w:r></w:p>`, "示例应用¶¶"},
		{"hyperlink", `<w:p><w:hyperlink>` + `<w:r><w:t>{{name}}</w:t></w:r></w:hyperlink></w:p>`, "示例应用¶"},
		{"deleted text is left alone", `<w:p><w:del><w:r><w:delText>{{name}}</w:delText></w:r></w:del></w:p>`, "{{name}}¶"},
		{"unknown stays visible", p("{{who}}"), "{{who}}¶"},
		{"drawing between the runs of a tag", `<w:p><w:r><w:t>{{na</w:t><w:tab/><w:t>me}}!</w:t></w:r></w:p>`, "示例应用!¶"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := document.Fill(docxOf(t, c.body), values)
			if err != nil {
				t.Fatal(err)
			}
			xml := partOf(t, r.Docx, "word/document.xml")
			if got := textOf(xml); got != c.want {
				t.Errorf("got  %q\nwant %q\n%s", got, c.want, xml)
			}
			wellFormed(t, r.Docx)
		})
	}
}

func TestFillErrors(t *testing.T) {
	cases := []struct {
		name, body string
		code       listing.Code
		says       []string
	}{
		{"open brace", p("名称：{{name"), listing.CodeInvalid, []string{"正文", "{{", "名称：{{name"}},
		{"close brace", p("name}} 后"), listing.CodeInvalid, []string{"}}"}},
		{"brace in brace", p("{{a{{b}}"), listing.CodeInvalid, []string{"{{a{{b}}"}},
		{"empty", p("{{}}"), listing.CodeInvalid, []string{"{{}}"}},
		{"over paragraphs", p("{{na") + p("me}}"), listing.CodeInvalid, []string{"{{na"}},
		{"loop not closed", p("x{{#rows}}y"), listing.CodeInvalid, []string{"{{#rows}}", "没有结束标记"}},
		{"closed only", p("x{{/rows}}y"), listing.CodeInvalid, []string{"{{/rows}}", "没有对应的开始标记"}},
		{"crossed", p("{{#a}}{{#b}}{{/a}}{{/b}}"), listing.CodeInvalid, []string{"{{#b}}", "{{/a}}"}},
		{"out of a cell", table(row(p("{{#a}}"))) + p("{{/a}}{{#b}}") + p("{{/b}}"), listing.CodeInvalid, []string{"{{#b}}"}},
		{"doctype", "", listing.CodeUnreadable, nil},
		{"deep", strings.Repeat("<w:p>", 300) + strings.Repeat("</w:p>", 300) + p("{{a}}"), listing.CodeTooLarge, []string{"层"}},
		{"bad xml", "<w:p>{{a}}", listing.CodeUnreadable, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := docxOf(t, c.body)
			if c.name == "doctype" {
				b = rezip(t, b, map[string]func(string) string{"word/document.xml": func(s string) string {
					return strings.Replace(s, "<w:document", `<!DOCTYPE x [<!ENTITY e "{{x}}">]><w:document`, 1) + "<!--{{-->"
				}})
			}
			_, err := document.Fill(b, document.Values{})
			if listing.CodeOf(err) != c.code {
				t.Fatalf("got %v, want code %s", err, c.code)
			}
			if listing.AsError(err).Hint == "" {
				t.Error("no hint")
			}
			for _, s := range c.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
		})
	}
}

func TestFillRefusesWhatIsNoDocx(t *testing.T) {
	var x bytes.Buffer
	if err := (&document.Workbook{Sheets: []document.Sheet{{Name: "a"}}}).Write(&x); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		data []byte
	}{
		{"nothing", nil}, {"text", []byte("hello")}, {"old doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....")},
		{"xlsx", x.Bytes()}, {"zip of nothing", zipOf(t, nil)}, {"escaping name", zipOf(t, map[string]string{"../a": "x"})},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := document.Fill(c.data, nil)
			if listing.CodeOf(err) != listing.CodeUnreadable {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestFillRefusesBombs(t *testing.T) {
	big := rezip(t, docxOf(t, p("{{a}}")), map[string]func(string) string{"word/styles.xml": func(string) string { return strings.Repeat(" ", 70<<20) }})
	if _, err := document.Fill(big, nil); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Fatalf("big part: %v", err)
	}
	ratio := rezip(t, docxOf(t, p("{{a}}")), map[string]func(string) string{"word/styles.xml": func(string) string { return strings.Repeat(" ", 20<<20) }})
	if _, err := document.Fill(ratio, nil); listing.CodeOf(err) != listing.CodeTooLarge || !strings.Contains(err.Error(), "压缩比") {
		t.Fatalf("ratio: %v", err)
	}
	many := map[string]string{}
	for i := range 2100 {
		many[fmt.Sprint(i)] = ""
	}
	if _, err := document.Fill(zipOf(t, many), nil); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Fatalf("many: %v", err)
	}
	wide := docxOf(t, strings.Repeat("<w:p/>", 1_000_001)+p("{{a}}"))
	if _, err := document.Fill(wide, nil); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Fatalf("elements: %v", err)
	}
}

func TestFillReportsUnknownByPart(t *testing.T) {
	b, err := (&document.Doc{Header: "{{页眉项}}", Blocks: []document.Block{
		document.Para("{{甲}}{{乙}}{{甲}}"), document.Control("{{#丙}}"), document.Para("{{丁}}"), document.Control("{{/丙}}"),
		document.Paragraph{Runs: []document.Run{{Text: "{{☐戊=是}}"}}},
	}}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	r, err := document.Fill(b, document.Values{"乙": "x"})
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(r.Unknown)
	want := "[{甲 {{甲}} 正文} {丙 {{#丙}} 正文} {戊 {{☐戊=是}} 正文} {页眉项 {{页眉项}} 页眉 1} {页眉项 {{页眉项}} 页眉 2}]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	keys, err := document.Placeholders(b)
	if err != nil || strings.Join(keys, ",") != "丁,丙,乙,戊,甲,页眉项" {
		t.Errorf("keys %v, %v", keys, err)
	}
}

func TestFillKeepsTheLookOfTheFirstRun(t *testing.T) {
	body := `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{na</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>me}}x</w:t></w:r></w:p>`
	r, err := document.Fill(docxOf(t, body), document.Values{"name": "值"})
	if err != nil {
		t.Fatal(err)
	}
	want := `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">值</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">x</w:t></w:r>`
	if xml := partOf(t, r.Docx, "word/document.xml"); !strings.Contains(xml, want) {
		t.Error(xml)
	}
}

func TestFillSetsTheTemplatesOwnCheckboxes(t *testing.T) {
	sdt := func(tag string) string {
		return `<w:sdt><w:sdtPr><w:tag w:val="` + tag + `"/><w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="0052" w14:font="Wingdings 2"/><w14:uncheckedState w14:val="2610"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>`
	}
	body := `<w:p>` + sdt("{{net=政务外网}}") + sdt("{{☐no}}") + sdt("mine") + sdt("{{gone}}") + `</w:p>`
	r, err := document.Fill(docxOf(t, body), document.Values{"net": "政务外网", "no": false})
	if err != nil {
		t.Fatal(err)
	}
	xml := partOf(t, r.Docx, "word/document.xml")
	if got := textOf(xml); got != "R☐☐☐¶" {
		t.Errorf("%q", got)
	}
	if strings.Count(xml, `w14:checked w14:val="1"`) != 1 || len(r.Unknown) != 1 || r.Unknown[0].Key != "gone" {
		t.Error(xml, r.Unknown)
	}
}

func TestFillRefusesAForeignType(t *testing.T) {
	_, err := document.Fill(docxOf(t, p("{{x}}")), document.Values{"x": struct{}{}})
	if listing.CodeOf(err) != listing.CodeInternal {
		t.Fatal(err)
	}
}

func TestFillTakesNamedTypes(t *testing.T) {
	type word string
	type count int
	r, err := document.Fill(docxOf(t, p("{{w}}{{c}}{{☐w=甲}}{{?f}}x{{/f}}")), document.Values{"w": word("甲"), "c": count(7), "f": 0.5})
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(partOf(t, r.Docx, "word/document.xml")); got != "甲7☑x¶" {
		t.Error(got)
	}
}

func TestFillIsDeterministicAndParallel(t *testing.T) {
	b := docxOf(t, p("{{a}}{{☐b}}")+table(row(p("{{#r}}{{x}}"), p("{{☐y}}{{/r}}"))))
	tpl, err := document.OpenTemplate(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	v := document.Values{"a": "1", "b": true, "r": []document.Values{{"x": "1", "y": true}, {"x": "2", "y": false}}}
	first, err := tpl.Fill(v)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan []byte)
	for range 8 {
		go func() {
			r, err := tpl.Fill(v)
			if err != nil {
				t.Error(err)
			}
			done <- r.Docx
		}()
	}
	for range 8 {
		if !bytes.Equal(<-done, first.Docx) {
			t.Error("bytes differ")
		}
	}
}

// FuzzFill looks for templates that break the engine: it must answer with an error or with well-formed parts.
func FuzzFill(f *testing.F) {
	for _, s := range []string{
		p("{{a}}"), p("{", "{#r}}", "{{x}}{{/r}}"), p("{{#r}}") + p("{{x}}") + p("{{/r}}"), table(row(p("{{#r}}{{x}}"), p("{{/r}}"))),
		p("{{☐a=b}}{{?c}}d{{/c}}"), p("{{^c}}") + table(row(p("{{/c}}"))), "<w:tbl>" + p("{{a}}") + "</w:tbl>", p("}}{{"), p("{{/}}"), `<w:sdt><w:sdtPr><w:tag w:val="{{a}}"/><w14:checkbox/></w:sdtPr></w:sdt>{{`,
	} {
		f.Add(s)
	}
	v := document.Values{"a": "<&\x01\n", "c": true, "r": []document.Values{{"x": "1"}, {"x": true}}}
	f.Fuzz(func(t *testing.T, body string) {
		b := docxOf(t, body)
		r, err := document.Fill(b, v)
		if err != nil {
			if listing.CodeOf(err) == listing.CodeInternal {
				t.Fatal(err)
			}
			return
		}
		if _, err := document.PreviewHTML(r.Docx); err != nil {
			t.Fatalf("preview of a filled template: %v", err)
		}
		if _, err := document.MarkDraft(r.Docx, document.DraftMark); err != nil {
			t.Fatalf("mark of a filled template: %v", err)
		}
	})
}

// FuzzOpenTemplate feeds raw bytes as a file.
func FuzzOpenTemplate(f *testing.F) {
	b, err := (&document.Doc{Title: "{{t}}", Mark: "草稿", Blocks: []document.Block{document.Para("{{a}}")}}).Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := document.Fill(b, document.Values{"a": "1"}); err != nil && listing.CodeOf(err) == listing.CodeInternal {
			t.Fatal(err)
		}
	})
}

func BenchmarkFillForm(b *testing.B) {
	tpl := formTemplate(b)
	v := formValues(12)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := document.Fill(tpl, v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFill2000Rows(b *testing.B) {
	tpl := formTemplate(b)
	v := formValues(2000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := document.Fill(tpl, v); err != nil {
			b.Fatal(err)
		}
	}
}

func formTemplate(t testing.TB) []byte {
	t.Helper()
	rows := []document.Row{{Cells: []document.Cell{document.LabelCell("序号"), document.LabelCell("页面"), document.LabelCell("地址"), document.LabelCell("已核对")}}}
	rows = append(rows, document.Row{Cells: []document.Cell{document.TextCell("{{#pages}}{{@n}}"), document.TextCell("{{name}}"), document.TextCell("{{url}}"), document.TextCell("{{☐ok}}{{/pages}}")}})
	form := []document.Row{}
	for i := range 30 {
		form = append(form, document.Row{Cells: []document.Cell{document.LabelCell(fmt.Sprint("项目", i)), document.TextCell(fmt.Sprintf("{{f%d}}", i))}})
	}
	b, err := (&document.Doc{Title: "{{title}}", Blocks: []document.Block{document.Table{Rows: form}, document.Table{Rows: rows, HeaderRows: 1}}}).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func formValues(n int) document.Values {
	v := document.Values{"title": "示例表"}
	for i := range 30 {
		v[fmt.Sprint("f", i)] = "示例值"
	}
	pages := make([]document.Values, n)
	for i := range pages {
		pages[i] = document.Values{"name": fmt.Sprint("页面", i), "url": "https://example.invalid/", "ok": i%2 == 0}
	}
	v["pages"] = pages
	return v
}
