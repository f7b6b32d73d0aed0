package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"shangjiatong/app/listing"
)

// The most that ReadSheet takes from one sheet.
const (
	MaxRows    = 20_000
	MaxColumns = 300
)

// ReadSheet reads one sheet of a user's .xlsx of size bytes; an empty name means the first sheet. Empty rows at the end are left out.
// Errors are *listing.Error: CodeUnreadable when it is no .xlsx, CodeTooLarge over a limit, CodeNotFound for a sheet that
// is not there, CodeCanceled.
func ReadSheet(ctx context.Context, r io.ReaderAt, size int64, sheet string) (*Grid, error) {
	lim := xlsxLimits()
	p, err := openPack(r, size, "xlsx", lim)
	if err != nil {
		return nil, err
	}
	if !p.has("[Content_Types].xml") || !p.has("xl/workbook.xml") {
		return nil, damagedFile("xlsx", errors.New("no workbook"))
	}
	for _, f := range p.parts {
		if ext := path.Ext(f.name); ext == ".xml" || ext == ".rels" {
			if err := checkXML(f.data, "xlsx", lim); err != nil {
				return nil, err
			}
		}
	}
	data := make([]byte, size)
	if _, err := r.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadableFile("xlsx", err)
	}
	g, err := readGrid(ctx, data, sheet, lim)
	if err != nil {
		return nil, err
	}
	return g, g.readMerged(p, lim)
}

// readGrid reads with excelize, whose panics on damaged files mean that the file is damaged.
func readGrid(ctx context.Context, data []byte, sheet string, lim limits) (g *Grid, err error) {
	defer func() {
		if v := recover(); v != nil {
			g, err = nil, damagedFile("xlsx", fmt.Errorf("panic while reading: %v", v))
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: lim.total, UnzipXMLSizeLimit: lim.total})
	if err != nil {
		return nil, damagedFile("xlsx", err)
	}
	defer func() { _ = f.Close() }()
	g = &Grid{Sheet: sheet, Sheets: f.GetSheetList()}
	if g.Sheet == "" && len(g.Sheets) > 0 {
		g.Sheet = g.Sheets[0]
	}
	if i, ierr := f.GetSheetIndex(g.Sheet); ierr != nil || i < 0 {
		return nil, listing.Failf(listing.CodeNotFound, "文件里有："+strings.Join(g.Sheets, "、"), "文件里没有名为“%s”的工作表", sheet)
	}
	return g, g.read(ctx, f)
}

func (g *Grid) read(ctx context.Context, f *excelize.File) error {
	rows, err := f.Rows(g.Sheet)
	if err != nil {
		return damagedFile("xlsx", err)
	}
	defer func() { _ = rows.Close() }()
	last := 0
	for n := 1; rows.Next(); n++ {
		if n > MaxRows {
			return tooLarge("xlsx", "工作表超过 %d 行", MaxRows)
		}
		if n%256 == 0 {
			if err := canceled(ctx); err != nil {
				return err
			}
		}
		cells, err := rows.Columns()
		if err != nil {
			return damagedFile("xlsx", err)
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > MaxColumns {
			return tooLarge("xlsx", "工作表超过 %d 列", MaxColumns)
		}
		if len(cells) > 0 {
			last = n
		}
		g.Cells = append(g.Cells, cells)
	}
	g.Cells = g.Cells[:last]
	return nil
}

// readMerged finds the merged ranges by itself: excelize spreads every range out in memory, whatever size a file claims.
func (g *Grid) readMerged(p *pack, lim limits) error {
	data, err := sheetPart(p, g.Sheet, lim)
	if err != nil {
		return err
	}
	start := bytes.Index(data, []byte("mergeCells"))
	if start < 0 {
		return nil
	}
	for _, m := range regexp.MustCompile(`mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z0-9:]+)["']`).FindAllSubmatch(data[start:], MaxRows) {
		ref := string(m[1])
		first, last, _ := strings.Cut(ref, ":")
		c1, r1, err1 := excelize.CellNameToCoordinates(first)
		c2, r2, err2 := excelize.CellNameToCoordinates(last)
		if err := errors.Join(err1, err2); err != nil || c2 < c1 || r2 < r1 {
			return damagedFile("xlsx", fmt.Errorf("merged range %s: %w", ref, err))
		}
		g.Merged = append(g.Merged, MergedRange{r1 - 1, c1 - 1, r2 - 1, c2 - 1, ref})
	}
	return nil
}

// sheetPart returns the XML of a sheet, or nothing where the workbook names no part for it.
func sheetPart(p *pack, sheet string, lim limits) ([]byte, error) {
	book, err := parseXML(p.get("xl/workbook.xml"), "xlsx", lim)
	if err != nil {
		return nil, err
	}
	id := ""
	for _, s := range book.Root().FindElements("./sheets/sheet") {
		if s.SelectAttrValue("name", "") == sheet {
			id = s.SelectAttrValue("r:id", "")
		}
	}
	rels, err := parseXML(p.get("xl/_rels/workbook.xml.rels"), "xlsx", lim)
	if err != nil {
		return nil, err
	}
	for _, r := range rels.Root().ChildElements() {
		target := r.SelectAttrValue("Target", "")
		if r.SelectAttrValue("Id", "") == id && target != "" {
			if strings.HasPrefix(target, "/") {
				return p.get(target[1:]), nil
			}
			return p.get(path.Join("xl", target)), nil
		}
	}
	return nil, nil
}
