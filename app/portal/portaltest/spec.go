package portaltest

// Spec is a page as its bundle draws it.
type Spec struct {
	Title  string  `json:"title"`
	Look   Look    `json:"look"`
	SPA    bool    `json:"spa"` // the ways to other pages do not load the document anew
	Nav    []Link  `json:"nav,omitempty"`
	User   string  `json:"user,omitempty"`
	Blocks []Block `json:"blocks"`
	Wait   *Wait   `json:"wait,omitempty"`
}

// Look is what differs with the seed and with the page's query.
type Look struct {
	Class   string   `json:"cls"`
	Body    string   `json:"body"`
	Depth   int      `json:"depth"`   // of elements around the fields
	Heading string   `json:"heading"` // the element of headings
	Labels  string   `json:"labels"`  // where labels stand: right, left, top
	Border  bool     `json:"border"`
	Split   bool     `json:"split"` // the header is a table of its own
	Sticky  bool     `json:"sticky"`
	Zoom    float64  `json:"zoom,omitempty"`
	Hostile []string `json:"hostile,omitempty"`
}

// Link is a way to another page.
type Link struct {
	Text string `json:"text"`
	To   string `json:"to"`
}

// Wait makes a page ask again and again where to go on.
type Wait struct {
	URL   string `json:"url"`
	Every int    `json:"every"` // milliseconds
}

// Block is a part of a page; its members are drawn in their order.
type Block struct {
	Tag     string   `json:"tag,omitempty"`
	Text    string   `json:"text,omitempty"`
	Image   string   `json:"image,omitempty"`
	Alt     string   `json:"alt,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
	Form    *Form    `json:"form,omitempty"`
	List    *List    `json:"list,omitempty"`
}

// Button is something to press.
type Button struct {
	Text     string `json:"text"`
	Class    string `json:"cls"`
	Look     string `json:"look"` // primary, link or plain of the kit; div, a, input or icon of nobody's
	Do       string `json:"do"`   // act (the server decides), next, back, close, go
	To       string `json:"to,omitempty"`
	Validate bool   `json:"validate,omitempty"` // only when the kit's own validation passes
	Steps    []int  `json:"steps,omitempty"`    // shown in these steps only
}

// Form is a form of one or several steps.
type Form struct {
	ID      string   `json:"id"`
	Part    *int     `json:"part,omitempty"` // the form is the content of a frame: which group
	Steps   []Step   `json:"steps"`
	Buttons []Button `json:"buttons,omitempty"`
}

// Step is a page of a form.
type Step struct {
	Title  string  `json:"title"`
	Groups []Group `json:"groups"`
}

// Group is the fields under a heading.
type Group struct {
	Heading string  `json:"heading"`
	Place   string  `json:"place,omitempty"` // frame, shadow; empty for the page itself
	Source  string  `json:"src,omitempty"`
	Fields  []Field `json:"fields"`
}

// The kinds of fields.
const (
	Text     = "text"
	Long     = "long"
	Number   = "number"
	Radio    = "radio"
	Check    = "check"
	Select   = "select"
	Multiple = "multiple"
	Path     = "path"
	Date     = "date"
	Switch   = "switch"
	Files    = "files"
	Rows     = "rows"
)

// Field is a field of a form.
type Field struct {
	ID       string   `json:"id"`
	Key      string   `json:"key"` // label, or heading>label where the label occurs twice
	Label    string   `json:"label"`
	Shown    string   `json:"shown"` // the label with its marks
	Kind     string   `json:"kind"`
	Required bool     `json:"required"`
	Options  []Option `json:"options,omitempty"`
	Remote   string   `json:"remote,omitempty"` // the list that is searched on the server
	Virtual  bool     `json:"virtual,omitempty"`
	Filter   bool     `json:"filter,omitempty"`
	Free     bool     `json:"free,omitempty"`    // a word of one's own may be typed
	Fixed    bool     `json:"fixed,omitempty"`   // a date nobody can type
	Collect  bool     `json:"collect,omitempty"` // files are not uploaded when chosen
	Many     bool     `json:"many,omitempty"`
	Help     bool     `json:"help,omitempty"`
	Server   bool     `json:"server,omitempty"` // the server looks at it when it is left
	Pattern  string   `json:"pattern,omitempty"`
	Message  string   `json:"message,omitempty"`
	Verb     string   `json:"verb,omitempty"` // 请选择, 请上传
	When     *When    `json:"when,omitempty"`
	Value    string   `json:"value,omitempty"` // what a text holds from the beginning
	Cells    []Field  `json:"cells,omitempty"`
	Add      string   `json:"add,omitempty"`
}

// When shows a field only once another holds a word.
type When struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Has   string `json:"has"`
}

// Option is something to choose.
type Option struct {
	Text     string   `json:"text"`
	Children []Option `json:"children,omitempty"`
}

// List is a table with a pager.
type List struct {
	ID      string   `json:"id"`
	Heading string   `json:"heading,omitempty"`
	Columns []Column `json:"columns"`
	Size    int      `json:"size"`
	Sizes   []int    `json:"sizes"`
	Bare    bool     `json:"bare,omitempty"` // without a pager
}

// Column is a column of a list, or a group of them.
type Column struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Kind     string   `json:"kind,omitempty"`  // text, link, qr, state, tip, actions
	Fixed    string   `json:"fixed,omitempty"` // left, right
	Width    int      `json:"width,omitempty"`
	Children []Column `json:"children,omitempty"`
}

// Row is a row of a list as it travels to the page: column ID to text.
type Row struct {
	ID      string            `json:"id"`
	Cells   map[string]string `json:"cells"`
	Actions []Button          `json:"actions,omitempty"`
}

// Dialog is opened over the page.
type Dialog struct {
	Title   string   `json:"title"`
	Text    string   `json:"text,omitempty"`
	Row     string   `json:"row,omitempty"` // it is about
	Form    *Form    `json:"form,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
}

// Answer is what the server makes a page do after a press.
type Answer struct {
	Errors  map[string]string `json:"errors,omitempty"`
	Message string            `json:"message,omitempty"`
	Type    string            `json:"type,omitempty"`
	Close   int               `json:"close,omitempty"` // dialogs, the topmost first
	Open    *Dialog           `json:"open,omitempty"`
	Go      string            `json:"go,omitempty"`
	Reload  bool              `json:"reload,omitempty"`
}
