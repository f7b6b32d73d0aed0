package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"shangjiatong/app/listing"
)

const (
	spareRows    = 200 // rows after the last that still get dropdowns and colours
	listLimit    = 250 // characters of a dropdown that fit into the sheet itself
	optionsSheet = "选项"
	defaultWidth = 14
)

// Write writes the .xlsx; the same Workbook gives the same bytes. A cell of a type that Sheet.Rows does not name is a CodeInternal error.
func (b *Workbook) Write(w io.Writer) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	x := &xlsxWriter{file: f, mark: b.Mark}
	if err := x.book(b); err != nil {
		return wrapXlsx(err)
	}
	p := newPack()
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &packWriter{pack: p} })
	if _, err := f.WriteTo(io.Discard); err != nil {
		return wrapXlsx(err)
	}
	p.set("docProps/core.xml", []byte(corePropsXML(b.Title, b.Creator)))
	p.sort()
	return p.write(w)
}

func wrapXlsx(err error) error {
	return listing.Fail(listing.CodeInternal, "生成 xlsx 表格时出错", "请重试；仍然不行时，把日志交给维护人员").Because(err)
}

// sort puts the parts in the order readers expect: the content types first, the rest by name.
func (p *pack) sort() {
	slices.SortStableFunc(p.parts, func(a, b part) int {
		const first = "[Content_Types].xml"
		if a.name == first || b.name == first {
			return strings.Compare(strconv.FormatBool(b.name == first), strconv.FormatBool(a.name == first))
		}
		return strings.Compare(a.name, b.name)
	})
	for i, f := range p.parts {
		p.index[f.name] = i
	}
}

// packWriter takes the parts from excelize instead of a zip.
type packWriter struct {
	pack *pack
	name string
	buf  bytes.Buffer
}

func (p *packWriter) flush() {
	if p.name != "" {
		p.pack.set(p.name, bytes.Clone(p.buf.Bytes()))
	}
	p.buf.Reset()
}

// Create begins a part.
func (p *packWriter) Create(name string) (io.Writer, error) {
	p.flush()
	p.name = name
	return &p.buf, nil
}

// AddFS is not used by excelize when it writes a new file.
func (p *packWriter) AddFS(fs.FS) error { return zip.ErrAlgorithm }

// Close ends the last part.
func (p *packWriter) Close() error {
	p.flush()
	p.name = ""
	return nil
}

type xlsxWriter struct {
	file   *excelize.File
	mark   string
	styles map[string]int
	lists  int // columns used on the options sheet
}

func (x *xlsxWriter) book(b *Workbook) error {
	sheets := b.Sheets
	if len(sheets) == 0 {
		sheets = []Sheet{{Name: "Sheet1"}}
	}
	names := sheetNames(sheets)
	if err := x.file.SetSheetName("Sheet1", names[0]); err != nil {
		return fmt.Errorf("name sheet: %w", err)
	}
	for _, name := range names[1:] {
		if _, err := x.file.NewSheet(name); err != nil {
			return fmt.Errorf("new sheet: %w", err)
		}
	}
	for i := range sheets {
		s := &sheetWriter{xlsxWriter: x, sheet: &sheets[i], name: names[i]}
		if err := s.write(); err != nil {
			return fmt.Errorf("sheet %q: %w", names[i], err)
		}
	}
	return nil
}

// sheetNames makes names Excel accepts: without []:*?/\, at most 31 characters, all different.
func sheetNames(sheets []Sheet) []string {
	seen := map[string]bool{optionsSheet: true}
	names := make([]string, len(sheets))
	for i, s := range sheets {
		base := strings.Trim(strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\`, r) || r < 0x20 {
				return '_'
			}
			return r
		}, strings.ToValidUTF8(s.Name, "_")), "' ")
		if base == "" {
			base = "表"
		}
		name := cutUTF16(base, 31)
		for n := 2; seen[strings.ToLower(name)]; n++ {
			tail := "_" + strconv.Itoa(n)
			name = cutUTF16(base, 31-len(tail)) + tail
		}
		seen[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

func cutUTF16(s string, n int) string {
	for len(utf16.Encode([]rune(s))) > n {
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	return s
}

// style returns the id of a style, made once.
func (x *xlsxWriter) style(key string, s *excelize.Style) (int, error) {
	if id, ok := x.styles[key]; ok {
		return id, nil
	}
	id, err := x.file.NewStyle(s)
	if err != nil {
		return 0, fmt.Errorf("style: %w", err)
	}
	if x.styles == nil {
		x.styles = map[string]int{}
	}
	x.styles[key] = id
	return id, nil
}

// cleanCell drops what XML cannot hold and what Excel would cut off.
func cleanCell(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return cutUTF16(s, excelize.TotalCellChars)
}
