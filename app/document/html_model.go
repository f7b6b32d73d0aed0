package document

// Page is one printable HTML page, self-contained: no scripts, no outside resources.
type Page struct {
	Title    string
	Subtitle string
	Mark     string // a watermark such as DraftMark; empty for none
	Sections []Section
	Footer   string
}

// Section is a part of a Page. Its members appear in the order of the fields; empty ones are left out.
type Section struct {
	Heading string
	Tone    Tone // a coloured edge
	Paras   []string
	Items   []Item
	Table   *PageTable
}

// Item is a list entry, a link when Href is given (relative path, http or https; anything else becomes harmless).
type Item struct {
	Text string
	Href string
	Note string // small text behind
	Tone Tone
}

// PageTable is a table of a Section.
type PageTable struct {
	Caption string
	Columns []string
	Widths  []float64 // of the columns, in percent; without them the text decides
	Rows    [][]Item
}
