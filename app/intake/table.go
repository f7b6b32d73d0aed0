package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// headerDepth is how many rows may stand above the header.
const headerDepth = 30

// Table is a sheet that was read: one header row and the rows under it that hold anything.
type Table struct {
	Sheet    string        `json:"sheet"`
	Sheets   []string      `json:"sheets"` // all sheets of the file, for the person to choose from
	Header   int           `json:"header"` // number of the header row, from 1
	Columns  []Column      `json:"columns"`
	Rows     []Row         `json:"rows"`
	Formulas []Formula     `json:"formulas"` // below the header
	Merged   []MergedCells `json:"merged"`   // below the header
	Pages    *PageTable    `json:"pages,omitempty"`
}

// Column is one column with a header.
type Column struct {
	Index  int    `json:"index"`  // from 0
	Letter string `json:"letter"` // A, B, …
	Header string `json:"header"` // as typed
}

// Row is one row; cells stand at the index of their column and may end early.
type Row struct {
	Number int      `json:"number"` // as the spreadsheet shows it, from 1
	Cells  []string `json:"cells"`
}

// Formula is a cell whose text was computed when the file was saved.
type Formula struct {
	Row    int  `json:"row"`    // from 1
	Column int  `json:"column"` // from 0
	Saved  bool `json:"saved"`  // the result was saved with it
}

// MergedCells is a block of merged cells, by row numbers and column indexes, both ends included.
type MergedCells struct {
	Ref         string `json:"ref"` // A5:A7
	FirstRow    int    `json:"first_row"`
	LastRow     int    `json:"last_row"`
	FirstColumn int    `json:"first_column"`
	LastColumn  int    `json:"last_column"`
}

// Read reads one sheet of an .xlsx of size bytes; an empty name means the first. The header row is the one of the first
// rows that holds the most known headers. When the file has a page table (页面表) it is read as well. The cells of columns
// for passwords are dropped at once.
//
// Errors are *listing.Error: those of document.ReadSheet (CodeUnreadable, CodeNotFound, CodeCanceled, CodeTooLarge over
// document.MaxRows rows or document.MaxColumns columns), CodeInvalid for an empty sheet or a header with merged cells.
func Read(ctx context.Context, r io.ReaderAt, size int64, sheet string) (*Table, error) {
	c, err := forms.Default()
	if err != nil {
		return nil, err
	}
	x, err := newLexicon(c)
	if err != nil {
		return nil, err
	}
	g, err := readSheet(ctx, r, size, sheet)
	if err != nil {
		return nil, err
	}
	t, err := layOut(g, func(header string) bool { return len(x.lookUp(header)) > 0 })
	if err != nil {
		return nil, err
	}
	all, err := formulas(r, size, g.Sheet)
	if err != nil {
		return nil, err
	}
	t.Formulas = slices.DeleteFunc(all, func(f Formula) bool { return f.Row <= t.Header })
	t.dropSecrets(c, x)
	t.Pages, err = readPages(ctx, r, size, g)
	return t, err
}

// readSheet reads a sheet and says in the hint how much is taken at once.
func readSheet(ctx context.Context, r io.ReaderAt, size int64, sheet string) (*document.Grid, error) {
	g, err := document.ReadSheet(ctx, r, size, sheet)
	var known *listing.Error
	if errors.As(err, &known) && known.Code == listing.CodeTooLarge {
		hint := fmt.Sprintf("一次最多导入 %d 行、%d 列；请删去多余的行、列和格式，或分成几个文件", document.MaxRows, document.MaxColumns)
		return nil, listing.Fail(listing.CodeTooLarge, known.Message, hint).Because(err)
	}
	return g, err
}

// layOut finds the header of a sheet and takes the sheet apart.
func layOut(g *document.Grid, known func(header string) bool) (*Table, error) {
	at := headerRow(g.Cells, known)
	if at < 0 {
		return nil, listing.Failf(listing.CodeInvalid, "请选择有内容的工作表，或下载模板填写", "工作表“%s”是空的，没有表头", g.Sheet)
	}
	t := &Table{Sheet: g.Sheet, Sheets: g.Sheets, Header: at + 1, Columns: []Column{}, Rows: []Row{}, Formulas: []Formula{}, Merged: []MergedCells{}}
	for _, m := range g.Merged {
		switch {
		case m.LastRow < at:
		case m.FirstRow <= at:
			return nil, listing.Failf(listing.CodeInvalid, "请取消合并，让每一列在同一行里各有一个表头", "工作表“%s”的表头（第 %d 行）里有合并单元格 %s", g.Sheet, at+1, m.Ref)
		default:
			t.Merged = append(t.Merged, MergedCells{Ref: m.Ref, FirstRow: m.FirstRow + 1, LastRow: m.LastRow + 1, FirstColumn: m.FirstCol, LastColumn: m.LastCol})
		}
	}
	for i, header := range g.Cells[at] {
		if strings.TrimSpace(header) != "" {
			t.Columns = append(t.Columns, Column{Index: i, Letter: letter(i), Header: header})
		}
	}
	for i, cells := range g.Cells[at+1:] {
		if filled(cells) > 0 {
			t.Rows = append(t.Rows, Row{Number: at + 2 + i, Cells: cells})
		}
	}
	return t, nil
}

// headerRow returns the index of the first row with the most known headers; where there is none, of the first row with
// two cells, or of the first with any. It returns -1 for an empty sheet.
func headerRow(rows [][]string, known func(string) bool) int {
	best, most := -1, 0
	for i, cells := range rows[:min(len(rows), headerDepth)] {
		score := 0
		for _, c := range cells {
			if known(c) {
				score++
			}
		}
		if score > most {
			best, most = i, score
		}
	}
	for need := 2; need > 0 && best < 0; need-- {
		best = slices.IndexFunc(rows, func(cells []string) bool { return filled(cells) >= need })
	}
	return best
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// dropSecrets forgets the cells of columns whose header means a password.
func (t *Table) dropSecrets(c *forms.Catalogue, x *lexicon) {
	for _, col := range t.Columns {
		secret := slices.ContainsFunc(x.lookUp(col.Header), func(key string) bool {
			f := c.Field(key)
			return f != nil && f.Type == forms.Sealed
		})
		for i := range t.Rows {
			if secret && col.Index < len(t.Rows[i].Cells) {
				t.Rows[i].Cells[col.Index] = ""
			}
		}
	}
}

// cell returns the text of a cell, empty where the row ends before it.
func (r Row) cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// letter returns the name of a column, A for 0.
func letter(column int) string {
	s := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// place returns the name of a cell: C7 for column 2 of row 7, or nothing when a place has no row.
func place(column, row int) string {
	if row <= 0 || column < 0 {
		return ""
	}
	return letter(column) + strconv.Itoa(row)
}
