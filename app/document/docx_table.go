package document

import (
	"math"
	"strconv"
)

func (t Table) write(w *docWriter) {
	cols := t.columns()
	if cols == 0 {
		return
	}
	widths := t.twips(cols, w.width)
	w.raw(`<w:tbl><w:tblPr><w:tblW w:w="`, strconv.Itoa(w.width), `" w:type="dxa"/><w:jc w:val="center"/>`)
	if !t.Borderless {
		w.raw(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			w.raw(`<w:`, side, ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
		}
		w.raw(`</w:tblBorders>`)
	}
	w.raw(`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, x := range widths {
		w.raw(`<w:gridCol w:w="`, strconv.Itoa(x), `"/>`)
	}
	w.raw(`</w:tblGrid>`)
	t.rows(w, widths)
	w.raw(`</w:tbl>`)
}

// columns returns the number of columns: the widths given, or the widest row.
func (t Table) columns() int {
	n := len(t.Widths)
	for _, r := range t.Rows {
		sum := 0
		for _, c := range r.Cells {
			sum += max(c.Span, 1)
		}
		n = max(n, sum)
	}
	return n
}

func (t Table) twips(cols, width int) []int {
	sum := 0.0
	share := func(i int) float64 {
		if i < len(t.Widths) && t.Widths[i] > 0 {
			return t.Widths[i]
		}
		return 1
	}
	for i := range cols {
		sum += share(i)
	}
	widths, used := make([]int, cols), 0
	for i := range cols {
		widths[i] = int(math.Round(share(i) / sum * float64(width)))
		used += widths[i]
	}
	widths[cols-1] += width - used
	return widths
}

// covered is a cell that reaches down into the following rows.
type covered struct {
	left int // rows still to cover
	span int
	cell Cell
}

func (t Table) rows(w *docWriter, widths []int) {
	down := make([]covered, len(widths))
	size := ""
	if t.Size > 0 && t.Size != 12 {
		half := strconv.Itoa(int(math.Round(t.Size * 2)))
		size = `<w:sz w:val="` + half + `"/><w:szCs w:val="` + half + `"/>`
	}
	for i, r := range t.Rows {
		w.raw(`<w:tr><w:trPr>`)
		if !r.MaySplit {
			w.raw(`<w:cantSplit/>`)
		}
		if r.MinHeight > 0 {
			w.raw(`<w:trHeight w:val="`, strconv.Itoa(int(r.MinHeight*1440/25.4)), `" w:hRule="atLeast"/>`)
		}
		if i < t.HeaderRows {
			w.raw(`<w:tblHeader/>`)
		}
		w.raw(`</w:trPr>`)
		w.row(r, widths, down, size)
		w.raw(`</w:tr>`)
	}
}

// row writes the cells of a row, putting the continuations of cells above in their places and filling a short row up.
func (w *docWriter) row(r Row, widths []int, down []covered, size string) {
	next := 0
	for col := 0; col < len(widths); {
		if d := &down[col]; d.left > 0 {
			d.left--
			w.cell(d.cell, `<w:vMerge/>`, widths[col:col+d.span], size, true)
			col += d.span
			continue
		}
		c := Cell{}
		if next < len(r.Cells) {
			c = r.Cells[next]
			next++
		}
		span := freeSpan(max(c.Span, 1), col, down)
		merge := ""
		if c.RowSpan > 1 {
			merge = `<w:vMerge w:val="restart"/>`
			down[col] = covered{left: c.RowSpan - 1, span: span, cell: Cell{Shade: c.Shade}}
		}
		w.cell(c, merge, widths[col:col+span], size, false)
		col += span
	}
}

// freeSpan cuts a span at the table's edge and at a cell reaching down from above.
func freeSpan(span, col int, down []covered) int {
	n := 1
	for n < span && col+n < len(down) && down[col+n].left == 0 {
		n++
	}
	return n
}

func (w *docWriter) cell(c Cell, merge string, widths []int, size string, empty bool) {
	width := 0
	for _, x := range widths {
		width += x
	}
	w.raw(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`)
	if len(widths) > 1 {
		w.raw(`<w:gridSpan w:val="`, strconv.Itoa(len(widths)), `"/>`)
	}
	w.raw(merge)
	if c.Shade != "" {
		w.raw(`<w:shd w:val="clear" w:color="auto" w:fill="`)
		w.text(c.Shade)
		w.raw(`"/>`)
	}
	if !c.Top {
		w.raw(`<w:vAlign w:val="center"/>`)
	}
	w.raw(`</w:tcPr>`)
	paras := c.Paras
	if empty || len(paras) == 0 {
		paras = []Paragraph{{}}
	}
	for _, p := range paras {
		w.cellPara(p, c.Align, size)
	}
	w.raw(`</w:tc>`)
}

func (w *docWriter) cellPara(p Paragraph, align Align, size string) {
	if p.Align != AlignAuto {
		align = p.Align
	}
	w.raw(`<w:p><w:pPr><w:pStyle w:val="TableText"/>`)
	if align != AlignAuto {
		w.raw(`<w:jc w:val="`, string(align), `"/>`)
	}
	w.raw(`</w:pPr>`)
	w.runs(p.Runs, size)
	w.raw(`</w:p>`)
}
