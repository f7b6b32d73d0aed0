// Package table reads the tables of portals out of HTML by the texts of their headers, never by position. It knows no
// browser: pages come from a running browser, a saved page (HTML, MHTML) or the clipboard through the same reader.
package table

// Result is what was read. Its JSON shape is documented and stable.
type Result struct {
	Table string              `json:"table"` // TABLE-1
	Pages int                 `json:"pages"` // how many pages of the list were read
	Rows  []map[string]string `json:"rows"`  // header to text, in the page's order
	// Parts says which rows belong to which of several tables of one page (TABLE-3); absent for one table.
	Parts []Part   `json:"parts,omitempty"`
	Drift []Drift  `json:"drift"`           // what does not fit the recipe; then Rows is empty
	Notes []string `json:"notes,omitempty"` // what the person should know: a pager that never ended, a row left out
	// Incomplete says that the page itself speaks of more rows than were read; Notes says why. Nothing may be concluded
	// from a row that is not here.
	Incomplete bool `json:"incomplete,omitempty"`
	// Whole says that all rows there are were read: to the end of the list, or as many as the page says there are. What
	// is neither whole nor incomplete nobody knows.
	Whole bool `json:"whole,omitempty"`
	// Links are the addresses behind the texts of a row: header to addresses of the web; one member for each of Rows.
	Links []map[string][]string `json:"-"`
	// Places say where on the page each of the wanted tables was found, in their order.
	Places []Place `json:"-"`
}

// Place is where a table was found: the document's index in the Source, and the element that holds its header; and what
// the page says there of the size of the list.
type Place struct {
	Document int
	Mark     string // the element's MarkAttribute, where the source has such
	Size
}

// MarkAttribute numbers the tables of a running page, so that they can be found again there.
const MarkAttribute = "data-sjt-mark"

// Part is one of several tables of a page.
type Part struct {
	Heading string `json:"heading"`
	From    int    `json:"from"` // index of its first row in Result.Rows
	Rows    int    `json:"rows"`
}

// Drift says that a page is not as the recipe describes it.
type Drift struct {
	Kind    string   `json:"kind"`              // no_table, missing_column, ambiguous_column, ambiguous, ragged; of a form missing_field, ambiguous_field, moved_field
	What    string   `json:"what"`              // the header or label that was looked for
	Seen    []string `json:"seen"`              // what the page shows instead
	Recipe  string   `json:"recipe"`            // the line to change: irs tables[TABLE-1].columns[状态].also
	Message string   `json:"message"`           // Chinese
	Hint    string   `json:"hint"`              // Chinese: what to do
	Picture string   `json:"picture,omitempty"` // where the picture of the page is, once it was taken
}
