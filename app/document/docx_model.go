package document

// Align is the horizontal alignment of a paragraph, table cell or column.
type Align string

// The alignments. The zero value leaves the choice to the place: body text is justified, cells are left.
const (
	AlignAuto   Align = ""
	AlignLeft   Align = "left"
	AlignCenter Align = "center"
	AlignRight  Align = "right"
)

// DraftMark is the usual text of Doc.Mark, Workbook.Mark, Page.Mark and MarkDraft.
const DraftMark = "草稿"

// Doc is a document of A4 pages laid out after GB/T 9704: margins 37/28/35/26 mm, body in 16 pt 仿宋_GB2312 with 22 lines
// of 28 characters, page numbers outside at the foot. Every text in it may hold placeholders (see Template).
type Doc struct {
	Title     string // 22 pt, centred; empty for none
	Subtitle  string // centred under the title; empty for none
	Blocks    []Block
	Header    string // small text at the head of every page; empty for none
	Mark      string // a watermark such as DraftMark on every page; empty for none
	Landscape bool   // turn the page
	Creator   string // document property; empty for none
}

// Block is one piece of a Doc: Paragraph, Heading, Table, List, Signature, PageBreak or Control.
type Block interface {
	write(w *docWriter)
}

// Box says whether a Run is a checkbox.
type Box int

// The states of a Run's checkbox.
const (
	NoBox     Box = iota // plain text
	Unchecked            // ☐
	Checked              // ☑
)

// Run is a stretch of text in one look. "\n" in Text is a line break, "\t" a tab. With a Box other than NoBox the run is a real checkbox
// (a content control the reader can click) followed by Text as its label.
type Run struct {
	Text      string
	Bold      bool
	Underline bool
	Box       Box
}

// Text returns the runs of a plain text.
func Text(s string) []Run { return []Run{{Text: s}} }

// Bold returns the runs of a bold text.
func Bold(s string) []Run { return []Run{{Text: s, Bold: true}} }

// Check returns a checkbox with its label.
func Check(label string, checked bool) Run {
	if checked {
		return Run{Text: label, Box: Checked}
	}
	return Run{Text: label, Box: Unchecked}
}

// Paragraph is body text: justified, first line indented by two characters unless NoIndent is set or Align is given.
type Paragraph struct {
	Runs     []Run
	Align    Align
	NoIndent bool
	KeepNext bool // stays on the page of the next block
}

// Para returns a plain body paragraph.
func Para(s string) Paragraph { return Paragraph{Runs: Text(s)} }

// Heading is a heading of level 1 (黑体), 2 (楷体) or 3 (仿宋 bold); other levels are taken as the nearest.
// Numbers such as 一、 are part of Text.
type Heading struct {
	Level int
	Text  string
}

// Table is a bordered table in small type (TableSize), as a form has it.
type Table struct {
	Widths     []float64 // of the columns, in proportion; the table always fills the line. Empty: equal columns
	HeaderRows int       // rows repeated at the head of every page
	Rows       []Row
	Size       float64 // type size in points; 0 means 12 (小四). 10.5 is 五号
	Borderless bool
}

// Row is one row of a table; it never splits over two pages unless MaySplit is set.
type Row struct {
	Cells     []Cell
	MinHeight float64 // in mm; 0 for as high as its text
	MaySplit  bool
}

// Cell is one cell. Like in HTML, a cell that spans takes the place of those it covers: they are left out of the rows.
type Cell struct {
	Paras   []Paragraph // their indent is off; their own Align wins over the cell's
	Span    int         // columns covered; 0 means 1
	RowSpan int         // rows covered; 0 means 1
	Align   Align
	Top     bool   // text at the top instead of the middle
	Shade   string // background as RRGGBB; empty for none
}

// TextCell returns a cell of plain text.
func TextCell(s string) Cell { return RunCell(Text(s)...) }

// LabelCell returns a centred, bold, shaded cell, as for the name of a field or a column.
func LabelCell(s string) Cell {
	c := RunCell(Bold(s)...)
	c.Align, c.Shade = AlignCenter, "F2F2F2"
	return c
}

// RunCell returns a cell of one paragraph, for checkboxes and mixed looks.
func RunCell(runs ...Run) Cell { return Cell{Paras: []Paragraph{{Runs: runs}}} }

// Wide returns the cell covering so many columns.
func (c Cell) Wide(columns int) Cell {
	c.Span = columns
	return c
}

// Tall returns the cell covering so many rows.
func (c Cell) Tall(rows int) Cell {
	c.RowSpan = rows
	return c
}

// List is a simple list with bullets, or with numbers 1. 2. 3. that start anew in every list.
type List struct {
	Items    []string
	Numbered bool
}

// Signature is a block set to the right, such as the unit's name and the date.
// Each line stands on its own, four characters in from the right edge, and the block stays together.
type Signature struct {
	Lines []string
}

// PageBreak starts a new page.
type PageBreak struct{}

// Control is a paragraph that holds nothing but a template tag, such as {{#list}} or {{/list}}; filling removes it.
type Control string
