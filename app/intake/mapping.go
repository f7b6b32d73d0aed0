package intake

import (
	"fmt"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Match says what became of a header.
type Match string

// The answers to a header.
const (
	Matched   Match = "matched"   // one field
	Unknown   Match = "unknown"   // no field; the person may choose one
	Ambiguous Match = "ambiguous" // several fields; the person has to choose
	Duplicate Match = "duplicate" // an earlier column holds the same field
	Refused   Match = "refused"   // a field that no table can bring: a password, a file
)

// Mapping pairs the columns of a Table with field keys. The person may change every Key; an empty one leaves the column out.
type Mapping []MappedColumn

// MappedColumn is one column and what it holds.
type MappedColumn struct {
	Column     int      `json:"column"` // index, from 0
	Letter     string   `json:"letter"`
	Header     string   `json:"header"`
	Key        string   `json:"key"` // one of Targets, or empty
	Match      Match    `json:"match"`
	Candidates []string `json:"candidates"` // keys to choose from, when Match is ambiguous
	Note       string   `json:"note,omitempty"`
}

// Target is a field that a column can be paired with.
type Target struct {
	Key   string `json:"key"`
	Label string `json:"label"`
}

// Targets lists the fields that columns can be paired with, in the order of the 资料 page; the first is the app's ID.
func Targets(c *forms.Catalogue) []Target {
	out := []Target{{keyID, "应用编号"}}
	for i := range c.Fields {
		if takes(&c.Fields[i]) {
			out = append(out, Target{c.Fields[i].Key, c.Fields[i].Label})
		}
	}
	return out
}

// takes reports whether a table can bring a field.
func takes(f *forms.Field) bool {
	return forms.AppKey(f.Key) != "" && f.Type != forms.Sealed && f.Type != forms.File && f.Type != forms.People && f.Options != "contacts"
}

// Guess pairs every column with the field its header means.
func Guess(t *Table, c *forms.Catalogue) (Mapping, error) {
	x, err := newLexicon(c)
	if err != nil {
		return nil, err
	}
	fields := map[string]*forms.Field{}
	for i := range c.Fields {
		fields[c.Fields[i].Key] = &c.Fields[i]
	}
	m, taken := Mapping{}, map[string]string{}
	for _, col := range t.Columns {
		out := MappedColumn{Column: col.Index, Letter: col.Letter, Header: col.Header, Candidates: []string{}}
		out.decide(x.lookUp(col.Header), fields, taken)
		m = append(m, out)
	}
	return m, nil
}

func (m *MappedColumn) decide(keys []string, fields map[string]*forms.Field, taken map[string]string) {
	switch {
	case len(keys) == 0:
		m.Match, m.Note = Unknown, "不认识这个表头，可以选择它对应的栏目，不选就不导入这一列"
	case len(keys) > 1:
		m.Match, m.Candidates, m.Note = Ambiguous, keys, "这个表头可以指几个栏目，请选择"
	case fields[keys[0]] != nil && !takes(fields[keys[0]]):
		m.Match, m.Note = Refused, refusal(fields[keys[0]])
	case taken[keys[0]] != "":
		m.Match, m.Note = Duplicate, fmt.Sprintf("与 %s 列是同一个栏目，只导入前一列", taken[keys[0]])
	default:
		m.Match, m.Key = Matched, keys[0]
		taken[m.Key] = m.Letter
	}
}

func refusal(f *forms.Field) string {
	switch f.Type {
	case forms.Sealed:
		return "密码和密钥不通过表格导入，请在资料页存入密码库"
	case forms.File:
		return "附件不通过表格导入，请在资料页上传"
	}
	return "这个栏目不通过表格导入，请在资料页填写"
}

// check returns the column of every field, or what is wrong with a mapping the person changed.
func (m Mapping) check(t *Table, c *forms.Catalogue) (map[string]int, error) {
	columns, headers := map[string]int{}, map[int]bool{}
	for _, col := range t.Columns {
		headers[col.Index] = true
	}
	for _, col := range m {
		if col.Key == "" {
			continue
		}
		f := c.Field(col.Key)
		at := letter(max(col.Column, 0))
		switch {
		case !headers[col.Column]:
			return nil, wrongMapping("", "表里没有第 %d 列", col.Column+1)
		case col.Key != keyID && (f == nil || !takes(f)):
			return nil, wrongMapping(col.Key, "%s 列不能对应“%s”", at, col.Key)
		}
		if other, ok := columns[col.Key]; ok {
			return nil, wrongMapping(col.Key, "%s 列和 %s 列对应了同一个栏目“%s”", letter(other), at, labelOf(c, col.Key))
		}
		columns[col.Key] = col.Column
	}
	if len(columns) == 0 {
		return nil, listing.Failf(listing.CodeInvalid, "请先为各列选择对应的栏目；也可以下载模板填写", "没有一列对应到栏目（表头在第 %d 行：%s）", t.Header, t.headline())
	}
	return columns, nil
}

// headline returns the first headers, to recognise the row by.
func (t *Table) headline() string {
	var out []string
	for _, c := range t.Columns[:min(len(t.Columns), 5)] {
		out = append(out, short(c.Header))
	}
	return strings.Join(out, "、")
}

func wrongMapping(key, format string, args ...any) error {
	e := listing.Failf(listing.CodeInvalid, "请重新选择各列对应的栏目", format, args...)
	e.Field = key
	return e
}

func labelOf(c *forms.Catalogue, key string) string {
	if f := c.Field(key); f != nil {
		return f.Label
	}
	if key == keyID {
		return "应用编号"
	}
	return key
}
