package service

import (
	"encoding/json"
	"reflect"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// FieldValue is the value of one field as a person typed it: one entry for a text, several for a list, none for empty.
type FieldValue struct {
	Key    string   `json:"key"`
	Values []string `json:"values"`
}

// setFields writes field values into a record (a pointer to a listing struct) whose keys begin with prefix ("app.").
// Whatever was typed is kept; only what cannot mean anything is refused: an unknown key, a list where one value
// belongs.
func (c *core) setFields(record any, prefix string, values []FieldValue) error {
	tree := map[string]any{}
	body, err := json.Marshal(record)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, &tree); err != nil {
		return err
	}
	for _, v := range values {
		f := c.forms.Field(v.Key)
		path, ok := strings.CutPrefix(v.Key, prefix)
		if f == nil || !ok || f.Type == forms.Sealed || f.Type == forms.File || f.Type == forms.People {
			return unknownField(v.Key)
		}
		value, err := fieldValue(f, v.Values)
		if err != nil {
			return err
		}
		put(tree, strings.Split(path, "."), value)
	}
	if body, err = json.Marshal(tree); err != nil {
		return err
	}
	return json.Unmarshal(body, record)
}

// whole makes the nil lists and maps of a record (a pointer to a struct) empty ones, so that its JSON never says null
// where a script or a page expects a list.
func whole(record any) {
	v := reflect.ValueOf(record).Elem()
	for i := range v.NumField() {
		f := v.Field(i)
		switch {
		case f.Kind() == reflect.Slice && f.IsNil():
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		case f.Kind() == reflect.Map && f.IsNil():
			f.Set(reflect.MakeMap(f.Type()))
		}
	}
}

func unknownField(key string) error {
	e := listing.Failf(listing.CodeInvalid, "请检查字段名；可用的字段见 app template 给出的样例", "没有可以填写的字段“%s”", key)
	e.Field = key
	return e
}

// fieldValue tidies the entries of one field: lists lose their empty entries, single values are one text.
func fieldValue(f *forms.Field, entries []string) (any, error) {
	out := []string{}
	for _, e := range entries {
		out = append(out, split(f, forms.Tidy(f, e))...)
	}
	switch f.Type {
	case forms.Many, forms.IPs, forms.URLs:
		return out, nil
	}
	if len(out) > 1 {
		e := listing.Failf(listing.CodeInvalid, "请只填一个值", "“%s”只能填一个值", f.Label)
		e.Field = f.Key
		return nil, e
	}
	return strings.Join(out, ""), nil
}

// split takes a pasted list apart where only a list makes sense.
func split(f *forms.Field, s string) []string {
	if f.Type == forms.IPs || f.Type == forms.URLs {
		return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;，；、､", r) })
	}
	if s == "" {
		return nil
	}
	return []string{s}
}

func put(tree map[string]any, path []string, value any) {
	for len(path) > 1 {
		next, ok := tree[path[0]].(map[string]any)
		if !ok {
			next = map[string]any{}
			tree[path[0]] = next
		}
		tree, path = next, path[1:]
	}
	tree[path[0]] = value
}

// stored returns the values as they now stand, for the front end to show what tidying made of them.
func stored(v *forms.Values, asked []FieldValue) []FieldValue {
	out := make([]FieldValue, 0, len(asked))
	for _, a := range asked {
		items := v.Raw(a.Key)
		if items == nil {
			items = []string{}
		}
		out = append(out, FieldValue{Key: a.Key, Values: items})
	}
	return out
}
