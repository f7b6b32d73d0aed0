package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

func catalogue(t testing.TB) *forms.Catalogue {
	t.Helper()
	c, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func saved(t testing.TB, b *document.Workbook) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readTable(t testing.TB, body []byte) *Table {
	t.Helper()
	table, err := Read(t.Context(), bytes.NewReader(body), int64(len(body)), "")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func guessed(t testing.TB, table *Table) Mapping {
	t.Helper()
	m, err := Guess(table, catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func looked(t testing.TB, table *Table, m Mapping, known Known) *Preview {
	t.Helper()
	p, err := Check(t.Context(), table, m, known)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sheetOf is a workbook of one plain sheet.
func sheetOf(rows ...[]string) *document.Workbook {
	s := document.Sheet{Name: "表"}
	for _, h := range rows[0] {
		s.Columns = append(s.Columns, document.Column{Header: h})
	}
	for _, row := range rows[1:] {
		var cells []any
		for _, c := range row {
			cells = append(cells, c)
		}
		s.Rows = append(s.Rows, cells)
	}
	return &document.Workbook{Sheets: []document.Sheet{s}}
}

// preview reads, guesses and checks a sheet.
func preview(t testing.TB, known Known, rows ...[]string) *Preview {
	t.Helper()
	table := readTable(t, saved(t, sheetOf(rows...)))
	return looked(t, table, guessed(t, table), known)
}

func told(p *Preview) []string {
	out := []string{}
	for _, x := range p.Problems {
		out = append(out, strings.TrimSpace(x.Cell+" "+string(x.Code)))
	}
	return out
}

func there() Known {
	return Known{
		Existing: []listing.App{
			{ID: "app-1", Name: "示例督办", Identifier: "sldb_demo", Kind: listing.KindH5, Level: "市级", Networks: []string{"政务外网"}, VendorID: "v-1"},
			{ID: "app-2", Name: "示例会议", Identifier: "slhy_demo", AppliedIdentifier: "slhy_old", Kind: listing.KindMini},
			{ID: "app-3", Name: "示例旧应用", Identifier: "sljyy_demo", Kind: listing.KindH5, Archived: true},
		},
		Vendors: []listing.Vendor{{ID: "v-1", Name: "示例科技有限公司", CreditCode: "91330199MA0000000R"}, {ID: "v-2", Name: "示例软件(浙江)公司", CreditCode: "91330199MA0000001P"},
			{ID: "v-3", Name: "同名公司"}, {ID: "v-4", Name: "同名公司"}},
	}
}

// filledTemplate is the template with n rows that are all right.
func filledTemplate(t testing.TB, n int) (*document.Workbook, map[string]int) {
	t.Helper()
	book, err := Template()
	if err != nil {
		t.Fatal(err)
	}
	c := catalogue(t)
	columns := map[string]int{}
	at := 0
	for i := range c.Fields {
		if takes(&c.Fields[i]) {
			columns[c.Fields[i].Key] = at
			at++
		}
	}
	kinds := listing.AppKinds()
	for i := range n {
		row := make([]any, at)
		for key, j := range columns {
			row[j] = c.Field(key).Sample
		}
		row[columns[keyName]] = fmt.Sprintf("示例应用%03d", i+1)
		row[columns[keyIdent]] = fmt.Sprintf("ｓｌｙｙ_%03d", i+1) // full width, as some input methods type
		row[columns[keyKind]] = string(kinds[i%len(kinds)])
		row[columns[keyVendor]] = []string{"示例科技有限公司", "91330199ma0000001p", "示例软件（浙江）公司"}[i%3]
		row[columns["app.networks"]] = []string{"政务外网、互联网", "政务外网，互联网", "政务外网,互联网", "政务外网;互联网", "政务外网；互联网"}[i%5]
		row[columns["app.egress_ips"]] = []string{"8.8.8.8、8.8.4.4", "８.８.８.８", "2001:4860::8888; 8.8.8.8"}[i%3]
		row[columns["app.level"]] = []string{"市级", "县（市、区）", " 省级 "}[i%3]
		book.Sheets[0].Rows = append(book.Sheets[0].Rows, row)
	}
	return book, columns
}

// planted are the twelve mistakes of the show, one of each kind: which row (as in the spreadsheet), which field, what is typed.
var planted = []struct {
	row  int
	key  string
	text string
	code ProblemCode
}{
	{7, "app.level", "地级", WrongWord},
	{23, keyName, "", MissingName},
	{31, keyKind, "安卓", UnknownKind},
	{48, keyIdent, "SLYY_012", DuplicateInFile},
	{64, keyIdent, "sldb_demo", DuplicateInStore},
	{77, keyName, "示例应用030", DuplicateName},
	{90, "app.egress_ips", "8.8.8.8、内网", BadIP},
	{111, "app.egress_ips", "8.8.8.8、8.8.4.4、1.1.1.1、1.0.0.1", TooMany},
	{135, "app.catalog_state", "建设中、运行中", SeveralValues},
	{150, keyVendor, "没有登记的公司", UnknownVendor},
	{171, "app.component_name", "名称写得比十个字还要长一些", TooLong},
	{199, "app.responsible_phone", "1.38E+10", BadNumber},
}

func TestShow4TwelvePlantedMistakes(t *testing.T) {
	book, columns := filledTemplate(t, 200)
	var want []string
	for _, p := range planted {
		book.Sheets[0].Rows[p.row-2][columns[p.key]] = p.text
		want = append(want, fmt.Sprintf("%s %s", place(columns[p.key], p.row), p.code))
	}
	table := readTable(t, saved(t, book))
	got := looked(t, table, guessed(t, table), there())
	if !slices.Equal(told(got), want) {
		t.Errorf("got  %q\nwant %q", told(got), want)
	}
	for _, p := range got.Problems {
		if p.Sheet != "应用" || p.Label == "" || p.Message == "" || p.Fix == "" || (p.Value == "") != (p.Code == MissingName) {
			t.Errorf("%+v", p)
		}
	}
	if c := got.Counts; c != (Counts{Rows: 200, Add: 189, Skip: 11, Errors: 11, Warnings: 1}) || len(got.Plan()) != 189 {
		t.Errorf("%+v, %d to apply", c, len(got.Plan()))
	}
}

func TestWithoutMistakesNothingIsSaid(t *testing.T) {
	book, _ := filledTemplate(t, 200)
	table := readTable(t, saved(t, book))
	for _, m := range guessed(t, table) {
		if m.Match != Matched {
			t.Errorf("%+v", m)
		}
	}
	got := looked(t, table, guessed(t, table), there())
	if len(got.Problems) > 0 || got.Counts.Add != 200 {
		t.Errorf("%q %+v", told(got), got.Counts)
	}
	values := map[string][]string{}
	for _, v := range got.Rows[1].Values {
		values[v.Key] = v.Values
	}
	for key, want := range map[string]string{keyIdent: "slyy_002", keyVendor: "v-2", "app.networks": "政务外网 互联网", "app.egress_ips": "8.8.8.8", "app.level": "县(市、区)"} {
		if strings.Join(values[key], " ") != want {
			t.Errorf("%s: %q", key, values[key])
		}
	}
}

// rawBook is a workbook whose sheet is written by hand, for what package document never writes.
func rawBook(t testing.TB, sheetXML string) []byte {
	t.Helper()
	return rawBookBy(t, zip.Store, sheetXML)
}

func rawBookBy(t testing.TB, method uint16, sheetXML string) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + sheetXML + `</worksheet>`},
	} {
		w, err := zw.CreateHeader(&zip.FileHeader{Name: p[0], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// xmlRow writes a row of texts; an entry that begins with "<" stands for the whole cell's inside.
func xmlRow(number int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, number)
	for i, c := range cells {
		switch {
		case c == "":
		case c[0] == '<':
			fmt.Fprintf(&b, `<c r="%s" t="str">%s</c>`, place(i, number), c)
		case c[0] == '!': // an error value
			fmt.Fprintf(&b, `<c r="%s" t="e">%s</c>`, place(i, number), c[1:])
		case c[0] == '=': // a formula without type, as a library writes it
			fmt.Fprintf(&b, `<c r="%s">%s</c>`, place(i, number), c[1:])
		default:
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, place(i, number), c)
		}
	}
	return b.String() + "</row>"
}

func data(rows ...string) string { return "<sheetData>" + strings.Join(rows, "") + "</sheetData>" }
