package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

// ours reports whether an error is one a person can read.
func ours(err error) bool {
	var e *listing.Error
	return errors.As(err, &e) && e.Code != listing.CodeInternal && e.Message != "" && e.Hint != ""
}

// FuzzRead reads any bytes as a workbook: a table or a readable error, and the table can be checked.
func FuzzRead(f *testing.F) {
	head := xmlRow(1, "应用名称", "应用类型")
	f.Add(rawBook(f, data(head, xmlRow(2, "甲", "<f>A1</f><v>H5</v>"))))
	f.Add(rawBook(f, data(head)+`<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>`))
	f.Add(rawBook(f, `<sheetData><row r="7"><c><v>1</v></c><c r="ZZZ9"><f>x</f></c></row></sheetData>`))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, body []byte) {
		table, err := Read(t.Context(), bytes.NewReader(body), int64(len(body)), "")
		if err != nil {
			if !ours(err) {
				t.Fatal(err)
			}
			return
		}
		if _, err := Check(t.Context(), table, guessed(t, table), there()); err != nil && !ours(err) {
			t.Fatal(err)
		}
	})
}

// FuzzSheet reads any XML as a sheet.
func FuzzSheet(f *testing.F) {
	f.Add(data(xmlRow(1, "应用名称", "应用类型"), xmlRow(2, "甲", "H5")))
	f.Add(`<sheetData><row><c><f/></c></row><row r="-1"><c r="9"/></row></sheetData><mergeCells><mergeCell ref="B2:A1"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		body := rawBook(t, sheet)
		if _, err := Read(t.Context(), bytes.NewReader(body), int64(len(body)), "表"); err != nil && !ours(err) {
			t.Fatal(err)
		}
	})
}

// FuzzCheck types any text into every column: what is taken is never empty, keeps to the lists, and a second look at what
// would then be stored finds nothing to change.
func FuzzCheck(f *testing.F) {
	f.Add("示例督办", "市级、省级")
	f.Add("新", "8.8.8.8，县（市、区）")
	f.Add("\x00", "))((、,;；")
	f.Add("1.38E+10", "是")
	f.Fuzz(func(t *testing.T, name, text string) {
		c := catalogue(t)
		table, m := &Table{Sheet: "表", Header: 1}, Mapping{}
		row := Row{Number: 2}
		for i, target := range Targets(c)[1:] {
			cell := text
			if target.Key == keyName {
				cell = name
			}
			table.Columns = append(table.Columns, Column{i, letter(i), target.Label})
			m = append(m, MappedColumn{Column: i, Key: target.Key})
			row.Cells = append(row.Cells, cell)
		}
		table.Rows = []Row{row}
		p := looked(t, table, m, there())
		if _, err := json.Marshal(p); err != nil {
			t.Fatal(err)
		}
		r := newReader(c, there().Vendors)
		for i, target := range Targets(c)[1:] {
			field := c.Field(target.Key)
			values, trouble := r.read(field, row.Cells[i])
			if trouble != nil && trouble.level == "" && len(values) > 0 || slices.Contains(values, "") {
				t.Fatalf("%s %q: %q %+v", target.Key, row.Cells[i], values, trouble)
			}
			list := r.list(field)
			for _, v := range values {
				if words := c.Lists[list]; len(words) > 0 && !field.Free && !slices.Contains(words, v) {
					t.Fatalf("%s: %q is no word of %s", target.Key, v, list)
				}
			}
			again, _ := r.read(field, strings.Join(values, "、"))
			if utf8.ValidString(text) && utf8.ValidString(name) && len(values) > 0 && field.Max == 0 && !slices.Equal(again, values) && len(again) > 0 && len(values) > 1 {
				t.Fatalf("%s: %q became %q", target.Key, values, again)
			}
		}
	})
}

// FuzzFromManifest opens any bytes as a package; whatever opens can be read to its end.
func FuzzFromManifest(f *testing.F) {
	f.Add(zipOf(f, "a.pdf", planPDF, "manifest.json", manifestOf(f, "甲", "H5", listed("a.pdf", planPDF))))
	f.Add(zipOf(f, "../a", "x", "manifest.json", "{}"))
	f.Add(stored(f, "manifest.json", manifestOf(f, "甲", "小程序")))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := opened(t, body)
		if err != nil {
			if !ours(err) {
				t.Fatal(err)
			}
			return
		}
		for _, file := range p.Files {
			rc, err := p.Open(file.Name)
			if err == nil {
				_, err = io.Copy(io.Discard, rc)
				err = errors.Join(err, rc.Close())
			}
			if err != nil && !ours(err) {
				t.Fatal(err)
			}
		}
	})
}
