package document_test

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

func pdfOf(t testing.TB, d *document.Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.PDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pages counts the pages of a PDF by its page objects.
func pages(pdf []byte) int { return len(regexp.MustCompile(`/Type /Page\b[^s]`).FindAll(pdf, -1)) }

func everyBlock() *document.Doc {
	long := strings.Repeat("应用上架通过省一体化数字资源系统（IRS）办理，", 12)
	d := &document.Doc{Title: "各种版面", Subtitle: "示例市数据中心", Header: "内部资料", Mark: document.DraftMark}
	d.Blocks = []document.Block{
		document.Heading{Level: 1, Text: "一、正文"},
		document.Para(long),
		document.Paragraph{Runs: []document.Run{{Text: "加粗", Bold: true}, {Text: "下划线", Underline: true},
			document.Check("已选", true), document.Check("未选", false)}, NoIndent: true},
		document.Heading{Level: 2, Text: "（一）清单"},
		document.List{Items: []string{"第一项", long}, Numbered: true},
		document.List{Items: []string{"没有编号"}},
		document.Table{Widths: []float64{1, 2, 2}, HeaderRows: 1, Rows: []document.Row{
			{Cells: []document.Cell{document.LabelCell("序号"), document.LabelCell("内容").Wide(2)}},
			{Cells: []document.Cell{document.TextCell("跨两行").Tall(2), document.TextCell(long), document.TextCell("乙")}},
			{Cells: []document.Cell{document.TextCell("丙"), document.TextCell("丁")}},
		}},
		document.PageBreak{},
		document.Para("https://www.example.com/" + strings.Repeat("averylongaddress", 20)),
		document.Signature{Lines: []string{"示例市数据中心", "2026年3月6日"}},
		document.Control("{{#list}}"),
	}
	return d
}

func TestPDFEveryBlock(t *testing.T) {
	first := pdfOf(t, everyBlock())
	if !bytes.HasPrefix(first, []byte("%PDF-")) || !bytes.Contains(first[len(first)-16:], []byte("%%EOF")) {
		t.Fatalf("no PDF: %q … %q", first[:8], first[len(first)-16:])
	}
	if n := pages(first); n != 4 {
		t.Errorf("%d pages, want 4", n)
	}
	if !bytes.Equal(first, pdfOf(t, everyBlock())) {
		t.Error("two runs differ")
	}
	if name := os.Getenv("PDF_OUT"); name != "" {
		if err := os.WriteFile(name, first, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPDFPages holds where pages end.
func TestPDFPages(t *testing.T) {
	row := func(text string) document.Row {
		return document.Row{Cells: []document.Cell{document.TextCell(text)}}
	}
	rows := func(n int) (out []document.Row) {
		for range n {
			out = append(out, row("一行"))
		}
		return out
	}
	tied := rows(60)
	tied[0] = document.Row{Cells: []document.Cell{document.TextCell("跨").Tall(60), document.TextCell("甲")}}
	cases := []struct {
		name   string
		blocks []document.Block
		want   int
	}{
		{"nothing", nil, 1},
		{"22 lines", lines(22), 1},
		{"23 lines", lines(23), 2},
		{"100 rows", []document.Block{document.Table{Rows: rows(100), HeaderRows: 1}}, 4},
		{"a row higher than two pages", []document.Block{document.Table{Rows: []document.Row{row(strings.Repeat("字\n", 100))}}}, 3},
		{"rows tied together are not torn while they fit", []document.Block{document.Para("一"), document.Table{Rows: tied[:20]}}, 1},
		{"more tied rows than a page holds", []document.Block{document.Table{Rows: tied}}, 3},
		{"only header rows", []document.Block{document.Table{Rows: rows(3), HeaderRows: 3}}, 1},
		{"a table without rows", []document.Block{document.Table{}}, 1},
		{"break after break", []document.Block{document.PageBreak{}, document.PageBreak{}}, 3},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := pages(pdfOf(t, &document.Doc{Blocks: c.blocks})); got != c.want {
				t.Errorf("%d pages, want %d", got, c.want)
			}
		})
	}
	if got := pages(pdfOf(t, &document.Doc{Landscape: true, Blocks: lines(22)})); got != 2 {
		t.Errorf("landscape: %d pages, want 2", got)
	}
}

func lines(n int) []document.Block {
	var out []document.Block
	for range n {
		out = append(out, document.Para("一行"))
	}
	return out
}

// TestPDFFontHasNames checks that the subset has the characters that names and places need beyond GB/T 2312, and says
// so for one it lacks: what is lacking is printed as another character, so that the two PDFs are the same.
func TestPDFFontHasNames(t *testing.T) {
	same := func(a, b string) bool {
		doc := func(s string) []byte { return pdfOf(t, &document.Doc{Blocks: []document.Block{document.Para(s)}}) }
		return bytes.Equal(doc(a), doc(b))
	}
	for _, r := range "垚犇喆昇堃玥镕翀衢鄞瓯奉椒①【】…" {
		if same(string(r), "〓") {
			t.Errorf("the font lacks %c", r)
		}
	}
	for _, r := range "𠀀龘\ufffe" {
		if r != '龘' && !same(string(r), "〓") {
			t.Errorf("%U is not replaced", r)
		}
	}
}

func TestPDFWriterFails(t *testing.T) {
	err := everyBlock().PDF(failing{})
	if listing.CodeOf(err) != listing.CodeUnwritable {
		t.Errorf("got %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

func FuzzPDF(f *testing.F) {
	f.Add("应用", "说明\n第二行", 2, 1)
	f.Add("", "\x00\ufffe𠀀", 0, 9)
	f.Add("ab cd/ef", "（（（", -3, 300)
	f.Fuzz(func(t *testing.T, a, b string, span, tall int) {
		d := &document.Doc{Title: a, Blocks: []document.Block{document.Para(b), document.Table{Rows: []document.Row{
			{Cells: []document.Cell{document.TextCell(a).Tall(tall), document.TextCell(b).Wide(span)}},
			{Cells: []document.Cell{document.TextCell(b)}},
		}}}}
		if pages(pdfOf(t, d)) < 1 {
			t.Error("no page")
		}
	})
}
