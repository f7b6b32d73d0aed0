// Package forms holds what the portals ask for: the forms and their exact labels, the lists to choose from, the
// addresses, and the places for files, as embedded data with version, source and date (上架指南 sections 1, 4, 9).
//
// A Field is one fact a person types, known by its key ("app.identifier"). A Form lists Rows; each Row pairs a
// portal's label with a key, so that one fact serves several forms. Default returns the data, Values reads the facts
// of one app through it.
package forms

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/listing"
)

//go:embed data/*.yaml
var embedded embed.FS

// Type says how a field is typed and shown.
type Type string

// The types of fields.
const (
	Text   Type = "text"
	Long   Type = "long"   // several lines
	One    Type = "one"    // one of a list
	Many   Type = "many"   // any of a list
	YesNo  Type = "yesno"  // 是 or 否
	IPs    Type = "ips"    // up to Max addresses
	URL    Type = "url"    // one address
	URLs   Type = "urls"   // several addresses
	Phone  Type = "phone"  // a telephone number
	People Type = "person" // names with telephone numbers
	Sealed Type = "secret" // kept in the vault
	File   Type = "file"   // an attachment in Slot
)

// Condition makes a field required only when another field holds a word (Has) or holds anything (Filled).
type Condition struct {
	Field  string `yaml:"field" json:"field"`
	Has    string `yaml:"has" json:"has,omitempty"`
	Filled bool   `yaml:"filled" json:"filled,omitempty"`
}

// Field is one fact a person types.
type Field struct {
	Key          string     `yaml:"key" json:"key"`
	Subject      string     `yaml:"subject" json:"subject,omitempty"`
	Label        string     `yaml:"label" json:"label"`
	Type         Type       `yaml:"type" json:"type"`
	Options      string     `yaml:"options" json:"options,omitempty"` // name of a list, or vendors, contacts
	Free         bool       `yaml:"free" json:"free,omitempty"`       // a word outside the list may be typed
	Required     bool       `yaml:"required" json:"required,omitempty"`
	RequiredWhen *Condition `yaml:"required_when" json:"required_when,omitempty"`
	Mini         bool       `yaml:"mini" json:"mini,omitempty"` // asked only for apps with a mini-program part
	Latin        bool       `yaml:"latin" json:"-"`             // only Latin text makes sense: full-width characters are narrowed
	Max          int        `yaml:"max" json:"max,omitempty"`   // characters, or entries of a list
	Slot         string     `yaml:"slot" json:"slot,omitempty"`
	Sample       string     `yaml:"sample" json:"sample,omitempty"`
	Help         string     `yaml:"help" json:"help,omitempty"`
}

// Subject is a group of the app's fields on the 资料 page.
type Subject struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Note  string `yaml:"note" json:"note"`
}

// Row is one line of a form: the portal's label and the fact it takes.
type Row struct {
	Label    string `yaml:"label" json:"label"`
	Field    string `yaml:"field" json:"field"`
	Required bool   `yaml:"required" json:"required,omitempty"`
	Assumed  bool   `yaml:"assumed" json:"assumed,omitempty"` // the label is not in any picture of the guide
}

// Section is a part of a form under a heading; Component limits it to the form of one component (FORM-2).
type Section struct {
	Heading   string `yaml:"heading" json:"heading,omitempty"`
	Component string `yaml:"component" json:"component,omitempty"`
	Rows      []Row  `yaml:"rows" json:"rows"`
}

// Form is one form of a portal.
type Form struct {
	ID           string    `yaml:"id" json:"id"`
	Title        string    `yaml:"title" json:"title"`
	Portal       string    `yaml:"portal" json:"portal"`
	Task         string    `yaml:"task" json:"task"`
	PerComponent bool      `yaml:"per_component" json:"per_component,omitempty"`
	Sections     []Section `yaml:"sections" json:"sections"`
}

// Slot is a place for a file of the user's.
type Slot struct {
	ID       string   `yaml:"id" json:"id"`
	Title    string   `yaml:"title" json:"title"`
	Types    []string `yaml:"types" json:"types"` // by content, see listing.Attachment
	MB       int64    `yaml:"mb" json:"mb"`       // largest size, in units of 1024×1024 bytes
	Rule     string   `yaml:"rule" json:"rule,omitempty"`
	Width    int      `yaml:"width" json:"width,omitempty"` // exact size of a picture, pixels
	Height   int      `yaml:"height" json:"height,omitempty"`
	Skeleton bool     `yaml:"skeleton" json:"skeleton,omitempty"` // a docx to start from is generated while missing
	Listed   bool     `yaml:"listed" json:"listed,omitempty"`     // stands in the material list of dossier 5.5
	Optional bool     `yaml:"optional" json:"optional,omitempty"`
	Sealed   bool     `yaml:"sealed" json:"sealed,omitempty"`
	ScanOf   string   `yaml:"scan_of" json:"scan_of,omitempty"` // the generated form whose sealed scan goes here
}

// Address is a place where things are done (ADDR-n).
type Address struct {
	Key     string `yaml:"key" json:"key"`
	Title   string `yaml:"title" json:"title"`
	Network string `yaml:"network" json:"network"` // NET-1 to NET-3, in words
	URL     string `yaml:"url" json:"url"`         // empty: not given, the person enters it
}

// Catalogue is all the data of this package, loaded and checked.
type Catalogue struct {
	Networks  []Network
	Version   string
	Subjects  []Subject
	Fields    []Field
	Lists     map[string][]string
	Assumed   map[string][]string // words of Lists that are assumptions
	Forms     []Form
	Slots     []Slot
	Addresses []Address
	Tables    []Table
	Words     map[string]map[string]string // words of the portals' lists and ours
	blank     []string                     // what lists write where they have nothing to show
	byKey     map[string]*Field
}

// Origin says where a data file comes from.
type Origin struct {
	Version string `yaml:"version"`
	Source  string `yaml:"source"`
	Date    string `yaml:"date"`
}

type fieldFile struct {
	Origin   `yaml:",inline"`
	Subjects []Subject `yaml:"subjects"`
	Fields   []Field   `yaml:"fields"`
}

type optionFile struct {
	Origin  `yaml:",inline"`
	Lists   map[string][]string `yaml:"lists"`
	Assumed map[string][]string `yaml:"assumed"`
}

type formFile struct {
	Origin `yaml:",inline"`
	Forms  []Form `yaml:"forms"`
}

type slotFile struct {
	Origin `yaml:",inline"`
	Slots  []Slot `yaml:"slots"`
}

type addressFile struct {
	Origin    `yaml:",inline"`
	Networks  []Network `yaml:"networks"`
	Addresses []Address `yaml:"addresses"`
}

// Default returns the embedded data; it is read once.
var Default = sync.OnceValues(func() (*Catalogue, error) {
	return load(func(name string) ([]byte, error) { return embedded.ReadFile("data/" + name) })
})

func load(read func(name string) ([]byte, error)) (*Catalogue, error) {
	var (
		fields    fieldFile
		options   optionFile
		forms     formFile
		slots     slotFile
		addresses addressFile
		tables    tableFile
	)
	parts := []struct {
		name string
		into any
		head *Origin
	}{
		{"fields.yaml", &fields, &fields.Origin},
		{"options.yaml", &options, &options.Origin},
		{"forms.yaml", &forms, &forms.Origin},
		{"slots.yaml", &slots, &slots.Origin},
		{"addresses.yaml", &addresses, &addresses.Origin},
		{"tables.yaml", &tables, &tables.Origin},
	}
	for _, p := range parts {
		body, err := read(p.name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", p.name, err)
		}
		if err := decode(p.name, body, p.into, p.head); err != nil {
			return nil, err
		}
	}
	c := &Catalogue{
		Networks: addresses.Networks,
		Version:  fields.Version, Subjects: fields.Subjects, Fields: fields.Fields,
		Lists: options.Lists, Assumed: options.Assumed, Forms: forms.Forms, Slots: slots.Slots, Addresses: addresses.Addresses,
		Tables: tables.Tables, Words: tables.Words, blank: tables.Empty,
	}
	return c, c.index()
}

func decode(name string, body []byte, into any, head *Origin) error {
	if err := yaml.UnmarshalWithOptions(body, into, yaml.Strict()); err != nil {
		return listing.Failf(listing.CodeInvalid, "请改用程序自带的数据", "数据文件 %s 格式不对：%v", name, err).Because(err)
	}
	if head.Version == "" || head.Source == "" || head.Date == "" {
		return listing.Failf(listing.CodeInvalid, "请补上 version、source 和 date", "数据文件 %s 没有写明版本、来源或日期", name)
	}
	return nil
}

// index checks that everything named exists and builds the look-up by key.
func (c *Catalogue) index() error {
	c.byKey = make(map[string]*Field, len(c.Fields))
	for _, a := range c.Addresses {
		if !slices.ContainsFunc(c.Networks, func(n Network) bool { return n.Name == a.Network }) {
			return broken("地址 %s 的网络“%s”不存在", a.Key, a.Network)
		}
	}
	for i := range c.Fields {
		f := &c.Fields[i]
		if c.byKey[f.Key] != nil {
			return broken("字段 %s 出现了两次", f.Key)
		}
		c.byKey[f.Key] = f
		if err := c.checkField(f); err != nil {
			return err
		}
	}
	for _, form := range c.Forms {
		for _, row := range form.Rows() {
			if c.byKey[row.Field] == nil {
				return broken("%s 的“%s”指向不存在的字段 %s", form.ID, row.Label, row.Field)
			}
		}
	}
	return c.checkTables()
}

func (c *Catalogue) checkField(f *Field) error {
	switch f.Type {
	case Text, Long, One, Many, YesNo, IPs, URL, URLs, Phone, People, Sealed, File:
	default:
		return broken("字段 %s 的类型 %q 不认识", f.Key, f.Type)
	}
	if f.Label == "" {
		return broken("字段 %s 没有名称", f.Key)
	}
	external := f.Options == "vendors" || f.Options == "contacts"
	if f.Options != "" && !external && len(c.Lists[f.Options]) == 0 {
		return broken("字段 %s 的选项表 %s 不存在", f.Key, f.Options)
	}
	if f.Type == File && c.Slot(f.Slot) == nil {
		return broken("字段 %s 的附件位置 %s 不存在", f.Key, f.Slot)
	}
	return nil
}

func broken(format string, args ...any) error {
	return listing.Failf(listing.CodeInvalid, "请改正数据文件", format, args...)
}

// Rows returns all rows of a form in order.
func (f *Form) Rows() []Row {
	var rows []Row
	for _, s := range f.Sections {
		rows = append(rows, s.Rows...)
	}
	return rows
}

// Field returns a field by key, or nil.
func (c *Catalogue) Field(key string) *Field { return c.byKey[key] }

// Form returns a form by ID, or nil.
func (c *Catalogue) Form(id string) *Form {
	for i := range c.Forms {
		if c.Forms[i].ID == id {
			return &c.Forms[i]
		}
	}
	return nil
}

// Slot returns a slot by ID, or nil.
func (c *Catalogue) Slot(id string) *Slot {
	for i := range c.Slots {
		if c.Slots[i].ID == id {
			return &c.Slots[i]
		}
	}
	return nil
}

// Address returns an address by key with the person's change applied, or nil.
func (c *Catalogue) Address(key string, changed map[string]string) *Address {
	for i := range c.Addresses {
		if c.Addresses[i].Key != key {
			continue
		}
		a := c.Addresses[i]
		if u, ok := changed[key]; ok {
			a.URL = u
		}
		return &a
	}
	return nil
}

// UsedBy returns the IDs of the forms that take a fact, in order.
func (c *Catalogue) UsedBy(key string) []string {
	var ids []string
	for _, form := range c.Forms {
		for _, row := range form.Rows() {
			if row.Field == key {
				ids = append(ids, form.ID)
				break
			}
		}
	}
	return ids
}

// AppKey returns the JSON name of an app's field ("identifier" for "app.identifier"), or "" for other keys.
func AppKey(key string) string {
	name, ok := strings.CutPrefix(key, "app.")
	if !ok {
		return ""
	}
	return name
}
