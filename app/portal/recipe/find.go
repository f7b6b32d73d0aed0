package recipe

import (
	"slices"
	"strings"
)

// TablesOf returns the tables that an ID names: TABLE-3 names both TABLE-3/线上环境 and TABLE-3/测试环境.
func (r Recipe) TablesOf(id string) []Table {
	var found []Table
	for _, t := range r.Tables {
		if t.ID == id || strings.HasPrefix(t.ID, id+"/") {
			found = append(found, t)
		}
	}
	return found
}

// Form returns the form with an ID, or nil.
func (r Recipe) Form(id string) *Form {
	for i := range r.Forms {
		if r.Forms[i].ID == id {
			return &r.Forms[i]
		}
	}
	return nil
}

// Find returns the recipe with an ID in its newest version, or nil.
func Find(all []Recipe, id string) *Recipe {
	var newest *Recipe
	for i := range all {
		if r := &all[i]; r.ID == id && (newest == nil || Newer(r.Version, newest.Version)) {
			newest = r
		}
	}
	return newest
}

// Holding returns the recipe that describes a table or form (TABLE-3, FORM-1, UPLOAD), or nil.
func Holding(all []Recipe, page string) *Recipe {
	var newest *Recipe
	for i := range all {
		r := &all[i]
		if (r.Form(page) != nil || len(r.TablesOf(page)) > 0) && (newest == nil || r.ID == newest.ID && Newer(r.Version, newest.Version)) {
			newest = r
		}
	}
	return newest
}

// Texts are the header of a column and all others it was seen under.
func (c Column) Texts() []string { return append([]string{c.Header}, c.Also...) }

// Texts are the label of a field and all others it was seen under.
func (f Field) Texts() []string { return append([]string{f.Label}, f.Also...) }

// Labels lists every text of the form's labels, those inside repeated rows included.
func (f Form) Labels() []string {
	var all []string
	for _, field := range f.Fields {
		all = append(all, field.Texts()...)
		for _, cell := range field.Rows {
			all = append(append(all, cell.Label), cell.Also...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Field returns the field with a label, or with "heading>label" where a label occurs more than once; or nil.
func (f *Form) Field(label string) *Field {
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Label == label || field.Heading+">"+field.Label == label {
			return field
		}
	}
	return nil
}
