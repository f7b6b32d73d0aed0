package document

import "strconv"

const (
	pdfPad     = 1.6 // mm left and right of a cell's text
	pdfPadV    = 0.9 // above and below
	pdfLeading = 1.35
)

// pdfCell is a cell with its place in the grid and its text broken into lines.
type pdfCell struct {
	Cell
	x, width float64
	rows     int // rows it covers
	lines    []pdfLine
	aligns   []Align // of the lines
}

// pdfRow is a row with the cells that begin in it.
type pdfRow struct {
	cells  []pdfCell
	height float64
	group  int // rows from here on that cells tie together, at least 1
}

// table draws a table; its header rows are repeated on every page.
func (p *pdfWriter) table(t Table) {
	cols := t.columns()
	if cols == 0 {
		return
	}
	size := t.Size
	if size == 0 {
		size = 12
	}
	rows := p.layout(t, size)
	head := min(t.HeaderRows, len(rows))
	p.loosen(rows, size, heightOf(rows[:head]))
	if head > 0 && head < len(rows) {
		p.fits(heightOf(rows[:head]) + heightOf(rows[head:head+rows[head].group]))
	}
	for i := 0; i < len(rows); {
		group := rows[i : i+rows[i].group]
		if p.y+heightOf(group) > p.bottom+0.01 && p.y > p.top && i >= head {
			p.page()
			p.draw(rows[:head], t, size)
		}
		p.draw(group, t, size)
		i += len(group)
	}
}

func heightOf(rows []pdfRow) float64 {
	sum := 0.0
	for _, r := range rows {
		sum += r.height
	}
	return sum
}

// layout places all cells in the grid and works out the heights of the rows.
func (p *pdfWriter) layout(t Table, size float64) []pdfRow {
	widths := make([]float64, t.columns())
	for i, w := range t.twips(len(widths), int(p.width/25.4*1440)) {
		widths[i] = twipsMM(w)
	}
	down := make([]covered, len(widths))
	rows := make([]pdfRow, len(t.Rows))
	for i, r := range t.Rows {
		rows[i].height = max(r.MinHeight, size*mmPerPt*pdfLeading+2*pdfPadV)
		rows[i].cells = p.cells(r, widths, down, size, len(t.Rows)-i)
	}
	tie(rows)
	p.heights(rows, size)
	return rows
}

func (p *pdfWriter) cells(r Row, widths []float64, down []covered, size float64, rowsLeft int) []pdfCell {
	var out []pdfCell
	next, x := 0, p.left
	for col := 0; col < len(widths); {
		if d := &down[col]; d.left > 0 {
			d.left--
			for range d.span {
				x += widths[col]
				col++
			}
			continue
		}
		c := pdfCell{x: x}
		if next < len(r.Cells) {
			c.Cell = r.Cells[next]
			next++
		}
		span := freeSpan(max(c.Span, 1), col, down)
		c.rows = min(max(c.RowSpan, 1), rowsLeft)
		if c.rows > 1 {
			down[col] = covered{left: c.rows - 1, span: span}
		}
		for range span {
			c.width += widths[col]
			x += widths[col]
			col++
		}
		p.fillCell(&c, size)
		out = append(out, c)
	}
	return out
}

func (p *pdfWriter) fillCell(c *pdfCell, size float64) {
	for _, para := range c.Paras {
		align := c.Align
		if para.Align != AlignAuto {
			align = para.Align
		}
		for _, l := range p.lines(pdfText{runs: para.Runs, size: size}, c.width-2*pdfPad) {
			c.lines = append(c.lines, l)
			c.aligns = append(c.aligns, align)
		}
	}
}

// tie joins the rows that cells reach over, so that no page break comes between them.
func tie(rows []pdfRow) {
	for i := range rows {
		rows[i].group = 1
	}
	for i := 0; i < len(rows); i += rows[i].group {
		for j := i; j < i+rows[i].group && j < len(rows); j++ {
			for _, c := range rows[j].cells {
				rows[i].group = max(rows[i].group, min(j-i+c.rows, len(rows)-i))
			}
		}
	}
}

// loosen unties groups of rows that no page holds: a cell over them keeps its text in the first row.
func (p *pdfWriter) loosen(rows []pdfRow, size, head float64) {
	for i := 0; i < len(rows); {
		n := rows[i].group
		if n > 1 && heightOf(rows[i:i+n]) > p.bottom-p.top-head {
			untie(rows[i : i+n])
			p.heights(rows[i:i+n], size)
		}
		i += n
	}
}

func untie(rows []pdfRow) {
	for i := range rows {
		rows[i].group = 1
		for j := range rows[i].cells {
			c := &rows[i].cells[j]
			for k := i + 1; k < i+c.rows; k++ {
				rows[k].cells = append(rows[k].cells, pdfCell{Cell: Cell{Shade: c.Shade}, x: c.x, width: c.width, rows: 1})
			}
			c.rows = 1
		}
	}
}

// heights makes every row high enough for its cells; a cell over several rows adds to the last of them.
func (p *pdfWriter) heights(rows []pdfRow, size float64) {
	for i := range rows {
		for _, c := range rows[i].cells {
			last := i + c.rows - 1
			need := float64(len(c.lines))*size*mmPerPt*pdfLeading + 2*pdfPadV
			have := heightOf(rows[i : last+1])
			if need > have {
				rows[last].height += need - have
			}
		}
	}
}

// draw draws rows at p.y; rows higher than a page go on over the next ones, line by line.
func (p *pdfWriter) draw(rows []pdfRow, t Table, size float64) {
	if len(rows) == 1 && rows[0].height > p.bottom-p.y {
		p.drawTall(rows[0], t, size)
		return
	}
	for i, r := range rows {
		for _, c := range r.cells {
			p.drawCell(c, heightOf(rows[i:min(i+c.rows, len(rows))]), t, size)
		}
		p.y += r.height
	}
}

func (p *pdfWriter) drawTall(r pdfRow, t Table, size float64) {
	line := size * mmPerPt * pdfLeading
	for {
		room := max(int((p.bottom-p.y-2*pdfPadV)/line), 1)
		part, left := pdfRow{}, pdfRow{}
		most := 1
		for _, c := range r.cells {
			n := min(room, len(c.lines))
			most = max(most, n)
			rest := c
			rest.lines, rest.aligns = c.lines[n:], c.aligns[n:]
			c.lines, c.aligns, c.rows, c.Top = c.lines[:n], c.aligns[:n], 1, true
			part.cells = append(part.cells, c)
			left.cells = append(left.cells, rest)
		}
		height := float64(most)*line + 2*pdfPadV
		for _, c := range part.cells {
			p.drawCell(c, height, t, size)
		}
		p.y += height
		if !anyLines(left) {
			return
		}
		r = left
		p.page()
	}
}

func anyLines(r pdfRow) bool {
	for _, c := range r.cells {
		if len(c.lines) > 0 {
			return true
		}
	}
	return false
}

func (p *pdfWriter) drawCell(c pdfCell, height float64, t Table, size float64) {
	if r, g, b, ok := rgb(c.Shade); ok {
		p.SetFillColor(r, g, b)
		p.Rect(c.x, p.y, c.width, height, "F")
		p.SetFillColor(0, 0, 0)
	}
	if !t.Borderless {
		p.SetLineWidth(0.18)
		p.Rect(c.x, p.y, c.width, height, "D")
	}
	line := size * mmPerPt * pdfLeading
	y := p.y + pdfPadV
	if !c.Top {
		y = p.y + (height-float64(len(c.lines))*line)/2
	}
	for i, l := range c.lines {
		x := c.x + pdfPad
		switch c.aligns[i] {
		case AlignCenter:
			x = c.x + (c.width-l.width)/2
		case AlignRight:
			x = c.x + c.width - pdfPad - l.width
		}
		p.line(l, x, y, line, size)
		y += line
	}
}

// rgb reads a colour written as RRGGBB.
func rgb(s string) (r, g, b int, ok bool) {
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 {
		return 0, 0, 0, false
	}
	return int(n >> 16), int(n >> 8 & 0xff), int(n & 0xff), true
}
