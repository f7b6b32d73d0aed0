package report

import (
	"fmt"
	"io"
	"math"

	"shangjiatong/app/document"
)

// Doc lays the report out after GB/T 9704, the table of apps on landscape pages.
func (p Progress) Doc() *document.Doc {
	d := &document.Doc{Title: p.Title, Subtitle: p.Unit + "　" + day(p.From) + "至" + day(p.To), Landscape: true}
	for _, part := range p.parts() {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: part.heading})
		for _, text := range part.paras {
			d.Blocks = append(d.Blocks, document.Para(text))
		}
		if len(part.rows) > 0 {
			d.Blocks = append(d.Blocks, part.table())
		}
	}
	d.Blocks = append(d.Blocks, document.Signature{Lines: []string{p.Unit, moment(p.AsOf).Format("2006年1月2日")}})
	return d
}

// Docx returns the report as .docx; the same Progress gives the same bytes.
func (p Progress) Docx() ([]byte, error) {
	out, err := p.Doc().Bytes()
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return out, nil
}

// HTML writes the report as one self-contained page that prints well, also for the browser to make a PDF of.
func (p Progress) HTML(w io.Writer) error {
	// On paper a footer may come to stand on a page of its own, so the head says it all.
	page := document.Page{Title: p.Title, Subtitle: p.Unit + "　" + day(p.From) + "至" + day(p.To) + "　数据截至 " + minute(p.AsOf)}
	for _, part := range p.parts() {
		s := document.Section{Heading: part.heading, Paras: part.paras}
		if len(part.rows) > 0 {
			s.Table = part.pageTable()
		}
		page.Sections = append(page.Sections, s)
	}
	if err := page.Write(w); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// part is a section of the printed report.
type part struct {
	heading string
	paras   []string
	columns []column
	rows    [][]string
	tones   []document.Tone // of the rows; may be shorter
}

type column struct {
	header string
	width  float64
	center bool
}

// landscapeOnly reports whether a column is left out of the page, which is printed upright.
func (c column) landscapeOnly() bool { return c.header == "序号" || c.header == "本期办成" }

func (p part) table() document.Table {
	t := document.Table{HeaderRows: 1, Size: 10.5}
	head := document.Row{}
	for _, c := range p.columns {
		t.Widths = append(t.Widths, c.width)
		head.Cells = append(head.Cells, document.LabelCell(c.header))
	}
	t.Rows = append(t.Rows, head)
	for i, r := range p.rows {
		row := document.Row{}
		for j, text := range r {
			cell := document.TextCell(text)
			if p.columns[j].center {
				cell.Align = document.AlignCenter
			}
			cell.Shade = shade(p.tone(i))
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (p part) pageTable() *document.PageTable {
	t := &document.PageTable{}
	for _, c := range p.columns {
		if !c.landscapeOnly() {
			t.Columns = append(t.Columns, c.header)
		}
	}
	for i, r := range p.rows {
		row := []document.Item{}
		for j, text := range r {
			if !p.columns[j].landscapeOnly() {
				row = append(row, document.Item{Text: text, Tone: p.tone(i)})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// pageWidths are the widths of the columns of pageTable, in percent.
func (p part) pageWidths() []float64 {
	var out []float64
	all := 0.0
	for _, c := range p.columns {
		if !c.landscapeOnly() {
			out, all = append(out, c.width), all+c.width
		}
	}
	for i := range out {
		out[i] = math.Round(1000*out[i]/all) / 10
	}
	return out
}

func (p part) tone(row int) document.Tone {
	if row < len(p.tones) {
		return p.tones[row]
	}
	return document.ToneNone
}

func shade(t document.Tone) string {
	switch t {
	case document.ToneRed:
		return "FBE4D5"
	case document.ToneAmber:
		return "FFF2CC"
	}
	return ""
}
