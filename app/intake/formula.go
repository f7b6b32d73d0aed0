package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"shangjiatong/app/listing"
)

// formulaTag finds out quickly whether a sheet has any formula; most have none.
var formulaTag = regexp.MustCompile(`[<:]f[\s/>]`)

// formulas lists the cells of a sheet that hold formulas, which document.Grid does not tell from typed text. It is called
// after document.ReadSheet has found the file within its limits.
func formulas(r io.ReaderAt, size int64, sheet string) ([]Formula, error) {
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, unreadableBook(err)
	}
	part, err := sheetPart(zr, sheet)
	if err != nil || part == "" {
		return []Formula{}, err
	}
	body, err := partOf(zr, part)
	if err != nil {
		return nil, err
	}
	if !formulaTag.Match(body) {
		return []Formula{}, nil
	}
	return scanFormulas(xml.NewDecoder(bytes.NewReader(body)))
}

// sheetPart returns the name of the part that holds a sheet.
func sheetPart(zr *zip.Reader, sheet string) (string, error) {
	var book struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(decodePart(zr, "xl/workbook.xml", &book), decodePart(zr, "xl/_rels/workbook.xml.rels", &rels)); err != nil {
		return "", err
	}
	id := ""
	for _, s := range book.Sheets {
		for _, a := range s.Attrs {
			if s.Name == sheet && a.Name.Local == "id" {
				id = a.Value
			}
		}
	}
	for _, rel := range rels.All {
		if rel.ID == id && rel.Target != "" {
			if rooted, ok := strings.CutPrefix(rel.Target, "/"); ok {
				return rooted, nil
			}
			return path.Join("xl", rel.Target), nil
		}
	}
	return "", nil
}

func decodePart(zr *zip.Reader, name string, into any) error {
	body, err := partOf(zr, name)
	if err != nil {
		return err
	}
	if err := xml.Unmarshal(body, into); err != nil {
		return unreadableBook(err)
	}
	return nil
}

// partOf reads one part; one that is not there is empty.
func partOf(zr *zip.Reader, name string) ([]byte, error) {
	for _, f := range zr.File {
		if f.Name != name {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			return nil, unreadableBook(err)
		}
		body, err := io.ReadAll(rc)
		if err := errors.Join(err, rc.Close()); err != nil {
			return nil, unreadableBook(err)
		}
		return body, nil
	}
	return nil, unreadableBook(errors.New("no part " + name))
}

// scanFormulas walks over the cells of a sheet.
func scanFormulas(d *xml.Decoder) ([]Formula, error) {
	out := []Formula{}
	row, column, formula, value, in := 0, -1, false, false, ""
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, unreadableBook(err)
		}
		switch el := tok.(type) {
		case xml.StartElement:
			switch in = el.Name.Local; in {
			case "row":
				row, column = number(attr(el, "r"), row+1), -1
			case "c": // a formula whose result is an empty text is a saved one
				column, formula, value = columnOf(attr(el, "r"), column+1), false, attr(el, "t") == "str"
			case "f":
				formula = true
			}
		case xml.CharData:
			value = value || (len(el) > 0 && (in == "v" || in == "t"))
		case xml.EndElement:
			in = ""
			if el.Name.Local == "c" && formula {
				out = append(out, Formula{Row: row, Column: column, Saved: value})
			}
		}
	}
}

func attr(el xml.StartElement, name string) string {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// columnOf returns the column of a cell's name.
func columnOf(ref string, otherwise int) int {
	n := 0
	for i := 0; i < len(ref) && i < 3 && ref[i] >= 'A' && ref[i] <= 'Z'; i++ {
		n = n*26 + int(ref[i]-'A') + 1
	}
	if n == 0 {
		return otherwise
	}
	return n - 1
}

func unreadableBook(cause error) error {
	return listing.Fail(listing.CodeUnreadable, "这个 xlsx 文件已损坏，或内容不合规范", "请用 Excel、WPS 打开后另存为 .xlsx 再试").Because(cause)
}
