package document_test

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

func sampleBook() *document.Workbook {
	long := make([]string, 40)
	for i := range long {
		long[i] = strings.Repeat("选", i%7+3) + string(rune('a'+i%26))
	}
	return &document.Workbook{Title: "示例清单", Creator: "示例市数据中心", Mark: document.DraftMark, Sheets: []document.Sheet{
		{
			Name: "发布清单", Title: "示例清单", Notes: []string{"说明一", "说明二"}, Filter: true,
			Columns: []document.Column{{Header: "序号", Width: 6, Align: document.AlignCenter}, {Header: "事项", Width: 40},
				{Header: "状态", Options: []string{"未核对", "已核对"}}, {Header: "负责人", Options: []string{"甲,乙", "丙"}}, {Header: "长", Options: long, NoWrap: true}},
			Rows:    [][]any{{1, "=1+1", "未核对", nil, true}, {2.5, "多行\n文字\x01", "已核对", "丙", false}, {int64(3)}},
			Colours: []document.ColourRule{{Column: 2, Text: "未核对", Tone: document.ToneAmber}, {Column: -1, Text: `引"号`, Tone: document.ToneRed}},
		},
		{Name: "发布清单", Portrait: true}, {Name: "a/b[c]:" + strings.Repeat("长", 40)}, {Name: "''"}, {Name: "选项"},
	}}
}

func bookBytes(t testing.TB, b *document.Workbook) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWorkbookIsDeterministicAndWellFormed(t *testing.T) {
	first, again := bookBytes(t, sampleBook()), bookBytes(t, sampleBook())
	if !bytes.Equal(first, again) {
		t.Error("bytes differ")
	}
	wellFormed(t, first)
}

func TestWorkbookContents(t *testing.T) {
	b := bookBytes(t, sampleBook())
	g, err := document.ReadSheet(t.Context(), bytes.NewReader(b), int64(len(b)), "")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"【草稿】"}, {"示例清单"}, {"说明一"}, {"说明二"}, {"序号", "事项", "状态", "负责人", "长"},
		{"1", "=1+1", "未核对", "", "是"}, {"2.5", "多行\n文字", "已核对", "丙", "否"}, {"3"},
	}
	if !reflect.DeepEqual(g.Cells, want) {
		t.Errorf("%q", g.Cells)
	}
	if len(g.Sheets) != 6 || g.Sheets[1] != "发布清单_2" || g.Sheets[3] != "表" || g.Sheets[4] != "选项_2" || len([]rune(g.Sheets[2])) != 31 {
		t.Errorf("%q", g.Sheets)
	}
	if len(g.Merged) != 4 || g.Merged[0] != (document.MergedRange{LastCol: 4, Ref: "A1:E1"}) {
		t.Errorf("%+v", g.Merged)
	}
	sheet := partOf(t, b, "xl/worksheets/sheet1.xml")
	for name, want := range map[string]string{
		"short list in place": `<formula1>"未核对,已核对"</formula1>`,
		"list with a comma":   `<formula1>'选项'!$A$1:$A$2</formula1>`,
		"long list":           `<formula1>'选项'!$B$1:$B$40</formula1>`,
		"colour by text":      `<formula>"未核对"</formula>`,
		"colour with a quote": `"引""号"`,
		"colour of all":       `sqref="A6:E208"`,
		"landscape":           `orientation="landscape"`, "A4": `paperSize="9"`, "fit to width": `fitToHeight="0"`,
		"size": `<dimension ref="A1:E8"`, "frozen": `state="frozen"`, "mark in print": `草稿</oddHeader>`, "filter": `<autoFilter ref="$A$5:$E$8"`,
	} {
		if !strings.Contains(strings.ReplaceAll(sheet, "&#34;", `"`), want) {
			t.Errorf("%s: no %s in %s", name, want, sheet)
		}
	}
	if strings.Contains(sheet, "<f>") {
		t.Error("a text became a formula")
	}
	book := partOf(t, b, "xl/workbook.xml")
	if !strings.Contains(book, "_xlnm.Print_Titles") || !strings.Contains(book, `state="hidden"`) {
		t.Error(book)
	}
}

func TestWorkbookRefusesAForeignType(t *testing.T) {
	b := &document.Workbook{Sheets: []document.Sheet{{Columns: []document.Column{{}}, Rows: [][]any{{struct{}{}}}}}}
	if err := b.Write(&bytes.Buffer{}); listing.CodeOf(err) != listing.CodeInternal {
		t.Error(err)
	}
}

// foreignBook is a file as another program writes it.
func foreignBook(t testing.TB, fill func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadSheet(t *testing.T) {
	b := foreignBook(t, func(f *excelize.File) error {
		_ = f.SetCellValue("Sheet1", "B2", "x")
		_ = f.SetCellValue("Sheet1", "A9", "")
		return f.MergeCell("Sheet1", "B2", "C3")
	})
	b = rezip(t, b, map[string]func(string) string{"xl/worksheets/sheet1.xml": func(s string) string {
		return strings.Replace(s, "</sheetData>", `<row r="12"><c r="A12"><f>1+1</f><v>2</v></c></row></sheetData>`, 1)
	}})
	b = rezip(t, b, map[string]func(string) string{"xl/worksheets/sheet1.xml": func(s string) string {
		return strings.Replace(s, "</mergeCells>", `<mergeCell ref="A4:XFD1048576"/></mergeCells>`, 1) // as large as a file can claim
	}})
	g, err := document.ReadSheet(t.Context(), bytes.NewReader(b), int64(len(b)), "Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Cells) != 12 || g.Cells[1][1] != "x" || g.Cells[11][0] != "2" || g.Merged[0].Ref != "B2:C3" || g.Merged[1].LastRow != 1048575 {
		t.Errorf("%q %v", g.Cells, g.Merged)
	}
}

func TestReadSheetErrors(t *testing.T) {
	plain := foreignBook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "x") })
	far := foreignBook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A20001", "x") })
	wide := foreignBook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "XFD1", "x") })
	dtd := rezip(t, plain, map[string]func(string) string{"xl/workbook.xml": func(s string) string { return "<!DOCTYPE a>" + s }})
	merged := rezip(t, plain, map[string]func(string) string{"xl/worksheets/sheet1.xml": func(s string) string {
		return strings.Replace(s, "</sheetData>", `</sheetData><mergeCells><mergeCell ref="B2:A1"/></mergeCells>`, 1)
	}})
	cases := []struct {
		name, sheet string
		data        []byte
		code        listing.Code
	}{
		{"no such sheet", "没有", plain, listing.CodeNotFound}, {"rows", "", far, listing.CodeTooLarge}, {"columns", "", wide, listing.CodeTooLarge},
		{"doctype", "", dtd, listing.CodeUnreadable}, {"docx", "", docxOf(t, p("x")), listing.CodeUnreadable}, {"text", "", []byte("a,b"), listing.CodeUnreadable},
		{"merged backwards", "", merged, listing.CodeUnreadable}, {"cut", "", plain[:len(plain)/2], listing.CodeUnreadable},
	}
	for _, c := range cases {
		_, err := document.ReadSheet(t.Context(), bytes.NewReader(c.data), int64(len(c.data)), c.sheet)
		if listing.CodeOf(err) != c.code || listing.AsError(err).Hint == "" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	many := foreignBook(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A9000", "x") })
	if _, err := document.ReadSheet(ctx, bytes.NewReader(many), int64(len(many)), ""); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("canceled: %v", err)
	}
}

// FuzzReadSheet changes the sheet's XML; the answer is a grid or an error for the user.
func FuzzReadSheet(f *testing.F) {
	base := foreignBook(f, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "x") })
	for _, s := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`, `<row r="-5"><c r="XX"><v>1</v></c></row>`,
		`<row><c t="inlineStr"><is><t>a</t></is></c></row>`, `<row r="1"><c r="A1" s="999"><v>1e400</v></c></row></sheetData><mergeCells><mergeCell ref="A1"/></mergeCells><sheetData>`,
		`<row r="1"><c r="A1" t="e"><f>A1</f></c></row>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		b := rezip(t, base, map[string]func(string) string{"xl/worksheets/sheet1.xml": func(s string) string {
			return s[:strings.Index(s, "<sheetData>")+len("<sheetData>")] + rows + "</sheetData></worksheet>"
		}})
		g, err := document.ReadSheet(t.Context(), bytes.NewReader(b), int64(len(b)), "")
		if err != nil {
			if listing.CodeOf(err) == listing.CodeInternal {
				t.Fatal(err)
			}
			return
		}
		if len(g.Cells) > document.MaxRows {
			t.Fatal("too many rows")
		}
	})
}

func BenchmarkWorkbook60(b *testing.B) {
	rows := make([][]any, 60)
	for i := range rows {
		rows[i] = []any{i + 1, "事项说明", "未核对", "联系人甲", ""}
	}
	book := sampleBook()
	book.Sheets[0].Rows = rows
	b.ReportAllocs()
	for b.Loop() {
		bookBytes(b, book)
	}
}
