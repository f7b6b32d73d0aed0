package forms

import (
	"slices"
	"strings"
)

// Take says what becomes of a value that a portal's list shows.
type Take string

// The ways.
const (
	TakeKeep  Take = "keep"  // what the portal alone decides
	TakeOffer Take = "offer" // taken over when ours is empty, else the person decides
	TakeAsk   Take = "ask"   // a difference is a question
)

// Column is a column of a portal's list and the fact it tells.
type Column struct {
	Header string `yaml:"header" json:"header"`
	Key    string `yaml:"key" json:"key"` // app.portal.* for what is only kept as it reads
	Label  string `yaml:"label" json:"label"`
	Take   Take   `yaml:"take" json:"take"`
	Listed bool   `yaml:"listed" json:"listed,omitempty"` // only words of the field's list are taken over
	Words  string `yaml:"words" json:"words,omitempty"`   // translated by these words first
	Means  string `yaml:"means" json:"means,omitempty"`   // a sentence: what a difference means
}

// Table is one list of a portal (TABLE-n): by which columns its rows are matched, and what they tell.
type Table struct {
	ID        string   `yaml:"id" json:"id"`
	Title     string   `yaml:"title" json:"title"`
	Portal    string   `yaml:"portal" json:"portal"`
	Name      string   `yaml:"name" json:"name,omitempty"`
	Number    string   `yaml:"number" json:"number,omitempty"`
	NumberKey string   `yaml:"number_key" json:"number_key,omitempty"`
	By        string   `yaml:"by" json:"by,omitempty"` // the local name compared first
	Columns   []Column `yaml:"columns" json:"columns,omitempty"`
	// Of TABLE-3, the versions of one app's code:
	Version string   `yaml:"version" json:"version,omitempty"`
	Compile string   `yaml:"compile" json:"compile,omitempty"`
	Preview string   `yaml:"preview" json:"preview,omitempty"`
	Updated string   `yaml:"updated" json:"updated,omitempty"`
	Online  string   `yaml:"online" json:"online,omitempty"`         // heading of the part that is online
	MB      int64    `yaml:"package_mb" json:"package_mb,omitempty"` // largest package that the platform is known to take well
	Passed  []string `yaml:"passed" json:"passed,omitempty"`
	Failed  []string `yaml:"failed" json:"failed,omitempty"`
}

type tableFile struct {
	Origin `yaml:",inline"`
	Tables []Table                      `yaml:"tables"`
	Empty  []string                     `yaml:"empty"`
	Words  map[string]map[string]string `yaml:"words"`
}

// Table returns a list of a portal by ID, or nil. TABLE-3/测试环境 is a part of TABLE-3.
func (c *Catalogue) Table(id string) *Table {
	id, _, _ = strings.Cut(id, "/")
	for i := range c.Tables {
		if c.Tables[i].ID == id {
			return &c.Tables[i]
		}
	}
	return nil
}

// Cell returns the text of a cell, empty for what lists write where they have nothing to show.
func (c *Catalogue) Cell(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if slices.Contains(c.blank, text) {
		return ""
	}
	return text
}

// Translate turns a word of a portal into ours; a word without one stays as it is, and ok is false.
func (c *Catalogue) Translate(words, text string) (word string, ok bool) {
	word, ok = c.Words[words][text]
	if !ok {
		return text, false
	}
	return word, true
}

// Has reports whether a word stands in the list of a field.
func (c *Catalogue) Has(key, word string) bool {
	f := c.Field(key)
	return f != nil && slices.Contains(c.Lists[f.Options], word)
}

func (c *Catalogue) checkTables() error {
	for _, t := range c.Tables {
		for _, col := range t.Columns {
			if c.byKey[col.Key] == nil && !strings.HasPrefix(col.Key, "app.portal.") {
				return broken("%s 的列“%s”指向不存在的字段 %s", t.ID, col.Header, col.Key)
			}
			if !slices.Contains([]Take{TakeKeep, TakeOffer, TakeAsk}, col.Take) {
				return broken("%s 的列“%s”的处理方式 %q 不认识", t.ID, col.Header, col.Take)
			}
			if col.Words != "" && len(c.Words[col.Words]) == 0 {
				return broken("%s 的列“%s”的对照词 %s 不存在", t.ID, col.Header, col.Words)
			}
		}
	}
	return nil
}
