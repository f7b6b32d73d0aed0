// Package fill fills the forms of portals by the labels a person sees, whatever kit a page is built with, and reads
// back what the page then shows. It refuses rather than guesses, and presses only what it was told it may.
package fill

// Value is what is asked of a field. Exactly one member is set.
type Value struct {
	Text   *string             `json:"text,omitempty"`
	Choose *string             `json:"choose,omitempty"` // of a select or radio group
	Check  []string            `json:"check,omitempty"`  // of checkboxes or a select of several: exactly these
	Path   []string            `json:"path,omitempty"`   // of a cascader, outermost first
	Date   *string             `json:"date,omitempty"`   // 2006-01-02
	Switch *bool               `json:"switch,omitempty"`
	Files  []string            `json:"files,omitempty"` // paths on this machine
	Rows   []map[string]string `json:"rows,omitempty"`  // label inside the row to text
}

// Ask is one field to fill.
type Ask struct {
	Heading string // where the label occurs more than once
	Label   string
	Also    []string // other texts the label was seen under
	Value   Value
	// CellAlso are, of rows, other texts the labels inside a row were seen under.
	CellAlso map[string][]string
	// Optional: when the page has no such field, that is told and not refused.
	Optional bool
}

// Options say how a form is filled.
type Options struct {
	Labels []string // further labels known to be on the page: they bound the fields before them
	Next   []string // the buttons that may be pressed to reach the following page of the form; nil: the usual ones
	Add    []string // the buttons that may be pressed for one more row; nil: those that begin with a usual word
	Never  []string // words of buttons that are never pressed
	// Upload decides on files that the page began to send by itself once they were chosen: the request is held until it
	// returns, and fails if the answer is no; nil says no. It is called from a goroutine of the page.
	Upload func(label string, files []string) bool
	// Progress hears how many of the fields are done; may be nil.
	Progress func(done, total int)
}

// Why a field is Lost.
const (
	Absent  = "absent"
	Several = "several"
	Moved   = "moved" // it stands under other headings than the one that was given
)

// Field is one line of the table of asked and shown.
type Field struct {
	Label   string `json:"label"` // with the heading before it where one was given: heading>label
	Asked   string `json:"asked"`
	Shown   string `json:"shown"` // read back from the page after all fields were filled
	OK      bool   `json:"ok"`
	Message string `json:"message"` // why not, or what the page itself says of the field; empty when all is well
	Lost    string `json:"-"`       // Absent, Several or Moved when the page has not just one field of this label
	// LostCells are, of rows, the labels that no row has.
	LostCells []string `json:"-"`
}

// Result is what came of it.
type Result struct {
	Fields       []Field  `json:"fields"`
	PressedFinal bool     `json:"pressed_final"` // a final button was hit all the same, because the page moved under the click
	Notes        []string `json:"notes,omitempty"`
	Seen         []Label  `json:"-"` // the fields that the pages of the form show, where any was Lost
}
