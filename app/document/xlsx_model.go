package document

// Workbook is an .xlsx to be written by Write.
type Workbook struct {
	Sheets  []Sheet
	Mark    string // printed at the head of every page and said in the first row of every sheet, such as DraftMark; empty for none
	Title   string // document property
	Creator string // document property
}

// Sheet is one sheet: an optional title row and note rows, then a header row that stays in sight and is repeated in print,
// then the rows. Printed on A4, landscape unless Portrait, fitted to the page's width.
type Sheet struct {
	Name     string // tab name; characters Excel forbids are replaced
	Title    string
	Notes    []string
	Columns  []Column
	Rows     [][]any // string, bool (是/否), number or nil; strings are never taken as formulas
	Colours  []ColourRule
	Portrait bool
	Filter   bool // filter buttons on the header row
}

// Column describes one column.
type Column struct {
	Header  string
	Width   float64 // in characters; 0 means 14
	NoWrap  bool    // long text is cut off instead of wrapped
	Align   Align
	Options []string // when given, a dropdown; other entries are refused by the spreadsheet program
}

// Tone is a colour with a meaning, the same in xlsx and HTML.
type Tone string

// The tones.
const (
	ToneNone  Tone = ""
	ToneGreen Tone = "green" // fine
	ToneAmber Tone = "amber" // to be looked at
	ToneRed   Tone = "red"   // wrong
	ToneBlue  Tone = "blue"  // under way
	ToneGrey  Tone = "grey"  // not concerned
)

// ColourRule colours cells whose whole text is Text, also after the user changes them.
type ColourRule struct {
	Column int // index into Columns; -1 for all
	Text   string
	Tone   Tone
}

// Grid is a sheet that was read.
type Grid struct {
	Sheet  string     // its name
	Sheets []string   // the names of all sheets of the file
	Cells  [][]string // rows as shown to a person, ragged; formulas give the value saved with them; merged cells only hold their first
	Merged []MergedRange
}

// MergedRange is a block of merged cells, by zero-based row and column, both ends included.
type MergedRange struct {
	FirstRow, FirstCol, LastRow, LastCol int
	Ref                                  string // as a person writes it: A1:B2
}
