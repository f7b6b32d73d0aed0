// Package recipe holds what is known of the portals' pages (页面规则), as versioned data: where each page is, by what
// it is recognised, the columns of its tables, the labels of its forms, which buttons may be pressed, and which never.
// The program reads and fills portals by these recipes alone; what they do not name is not pressed.
package recipe

// Recipe is what is known of one portal.
type Recipe struct {
	ID      string `yaml:"id" json:"id"` // irs, hosting, console; any for a page without a recipe
	Title   string `yaml:"title" json:"title"`
	Version string `yaml:"version" json:"version"`
	Source  string `yaml:"source" json:"source"`
	Date    string `yaml:"date" json:"date"`
	// Address is the key of package forms under which the portal is found. A key without a region (ADDR-5) is completed
	// with the app's or the unit's 所属区域.
	Address string `yaml:"address,omitempty" json:"address"`
	// LoggedIn and LoggedOut recognise a page of a person who has, or has not, logged in: any one mark is enough.
	LoggedIn  []Mark   `yaml:"logged_in,omitempty" json:"logged_in"`
	LoggedOut []Mark   `yaml:"logged_out,omitempty" json:"logged_out"`
	Tables    []Table  `yaml:"tables,omitempty" json:"tables"`
	Forms     []Form   `yaml:"forms,omitempty" json:"forms"`
	May       []Button `yaml:"may,omitempty" json:"may"`     // buttons that may be pressed
	Never     []string `yaml:"never,omitempty" json:"never"` // words of buttons that are never pressed, whatever else is said
}

// Mark recognises a page. Exactly one member is set.
type Mark struct {
	Text    string `yaml:"text,omitempty" json:"text,omitempty"`       // a visible element whose whole text this is
	URL     string `yaml:"url,omitempty" json:"url,omitempty"`         // a part of the page's address
	Assumed bool   `yaml:"assumed,omitempty" json:"assumed,omitempty"` // not in any picture of the guide
}

// Button is something that may be pressed on a page, by its visible text.
type Button struct {
	Text string `yaml:"text" json:"text"`
	// For says what it is pressed for: next (the following page of a form), add (one more row of a field), way (towards
	// a page), open (a dialog for filling), log (a record to read).
	For     string `yaml:"for" json:"for"`
	Page    string `yaml:"page,omitempty" json:"page,omitempty"` // FORM-n or TABLE-n; empty for any page of the portal
	Assumed bool   `yaml:"assumed,omitempty" json:"assumed,omitempty"`
}

// Table is a table of a page.
type Table struct {
	ID      string `yaml:"id" json:"id"` // TABLE-1; two tables of one page: TABLE-3/线上环境 and TABLE-3/测试环境
	Title   string `yaml:"title" json:"title"`
	Heading string `yaml:"heading,omitempty" json:"heading,omitempty"` // what stands above it, where a page has several alike
	// Path leads to the page from the root of the portal's address; empty when only a person finds the way.
	Path    string   `yaml:"path,omitempty" json:"path,omitempty"`
	Way     []string `yaml:"way,omitempty" json:"way,omitempty"` // texts to press one after the other, each named in May
	Key     []string `yaml:"key,omitempty" json:"key"`           // the columns that tell rows apart
	Columns []Column `yaml:"columns,omitempty" json:"columns"`
}

// Column is a column of a table, found by its header.
type Column struct {
	Header   string   `yaml:"header" json:"header"`
	Also     []string `yaml:"also,omitempty" json:"also,omitempty"`         // other headers it was seen under
	Optional bool     `yaml:"optional,omitempty" json:"optional,omitempty"` // its absence is no drift
}

// Form is a form of a portal. Its fields are found by their labels.
type Form struct {
	ID     string  `yaml:"id" json:"id"` // FORM-1
	Title  string  `yaml:"title" json:"title"`
	Marks  []Mark  `yaml:"marks,omitempty" json:"marks"` // by which its page is recognised, all of them together
	Fields []Field `yaml:"fields,omitempty" json:"fields"`
}

// Field is a field of a form: the portal's label and the fact that goes there.
type Field struct {
	Label   string   `yaml:"label" json:"label"`
	Heading string   `yaml:"heading,omitempty" json:"heading,omitempty"` // where the label occurs more than once
	Also    []string `yaml:"also,omitempty" json:"also,omitempty"`       // other labels it was seen under
	// Fact is a key of package forms; slots.listed for all files of the listing checklist, slots.<ID> for those of one
	// slot; upload.version, upload.remark or upload.file for what is given when a package is uploaded.
	Fact     string `yaml:"fact,omitempty" json:"fact"`
	As       string `yaml:"as" json:"as"`                         // text, choose, check, path, date, switch, files or rows
	Join     string `yaml:"join,omitempty" json:"join,omitempty"` // for text: what stands between several values; 、 when empty
	Rows     []Cell `yaml:"rows,omitempty" json:"rows,omitempty"` // for rows: the labels inside one row
	Optional bool   `yaml:"optional,omitempty" json:"optional,omitempty"`
	When     string `yaml:"when,omitempty" json:"when,omitempty"` // shown only once another label holds a word: "建设依据=其他"
	Assumed  bool   `yaml:"assumed,omitempty" json:"assumed,omitempty"`
}

// Cell is a label inside one row of a repeated field, and what goes there: name or phone.
type Cell struct {
	Label string   `yaml:"label" json:"label"`
	Also  []string `yaml:"also,omitempty" json:"also,omitempty"`
	Part  string   `yaml:"part" json:"part"`
}
