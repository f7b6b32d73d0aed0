package forms

import (
	"encoding/json"
	"strings"

	"shangjiatong/app/listing"
)

// Dossier is everything a form can draw on: the unit, one app and the app's vendor (nil when none is chosen).
type Dossier struct {
	Unit   listing.Unit
	Vendor *listing.Vendor
	App    listing.App
}

// Contacts returns the vendor's contacts that the forms name: those chosen, or all when none is.
func (d Dossier) Contacts() []listing.Contact {
	if d.Vendor == nil {
		return nil
	}
	if len(d.App.ContactIDs) == 0 {
		return d.Vendor.Contacts
	}
	var out []listing.Contact
	for _, id := range d.App.ContactIDs {
		if c := d.Vendor.Contact(id); c != nil {
			out = append(out, *c)
		}
	}
	return out
}

// Values reads the facts of one dossier by field key.
type Values struct {
	catalogue *Catalogue
	dossier   Dossier
	roots     map[string]map[string]any
}

// ValuesOf prepares a dossier for reading.
func (c *Catalogue) ValuesOf(d Dossier) *Values {
	v := &Values{catalogue: c, dossier: d, roots: map[string]map[string]any{}}
	v.roots["unit"] = tree(d.Unit)
	v.roots["app"] = tree(d.App)
	if d.Vendor != nil {
		v.roots["vendor"] = tree(d.Vendor)
	}
	return v
}

// tree turns a struct into nested maps; the structs of package listing always marshal.
func tree(record any) map[string]any {
	body, err := json.Marshal(record)
	if err != nil {
		return nil
	}
	var out map[string]any
	if json.Unmarshal(body, &out) != nil {
		return nil
	}
	return out
}

// Items returns the values of a field one by one; an empty field has none.
func (v *Values) Items(key string) []string {
	switch {
	case key == "vendor.contacts":
		return v.contacts()
	case key == "app.contact_ids":
		return v.contacts()
	case key == "app.vendor_id":
		if v.dossier.Vendor == nil {
			return nil
		}
		return nonEmpty(v.dossier.Vendor.Name)
	}
	if f := v.catalogue.Field(key); f != nil && f.Type == File {
		return nonEmpty(v.dossier.App.Attachments[f.Slot].Name)
	}
	return v.Raw(key)
}

func (v *Values) contacts() []string {
	var out []string
	for _, c := range v.dossier.Contacts() {
		if s := strings.TrimSpace(c.Name + " " + c.Phone); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func items(at any) []string {
	switch x := at.(type) {
	case string:
		return nonEmpty(x)
	case []any:
		var out []string
		for _, e := range x {
			out = append(out, items(e)...)
		}
		return out
	}
	return nil
}

func nonEmpty(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

// Raw returns what is stored under a key, entry by entry: like Items, but choices (vendor, contacts) stay IDs.
func (v *Values) Raw(key string) []string {
	parts := strings.Split(key, ".")
	var at any = v.roots[parts[0]]
	for _, p := range parts[1:] {
		m, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = m[p]
	}
	return items(at)
}

// Text returns the value of a field as one line, several joined by 、. A secret never shows: it reads 另行提供 when one
// is kept.
func (v *Values) Text(key string) string {
	in := v.Items(key)
	if f := v.catalogue.Field(key); f != nil && f.Type == Sealed && len(in) > 0 {
		return "另行提供"
	}
	return strings.Join(in, "、")
}

// Filled reports whether a field holds anything.
func (v *Values) Filled(key string) bool { return len(v.Items(key)) > 0 }

// Needed reports whether a field must be filled in for this app.
func (v *Values) Needed(key string) bool {
	f := v.catalogue.Field(key)
	if f == nil {
		return false
	}
	if f.Mini && !v.dossier.App.Kind.HasMini() {
		return false
	}
	if w := f.RequiredWhen; w != nil {
		return v.holds(w)
	}
	return f.Required
}

func (v *Values) holds(w *Condition) bool {
	if w.Filled {
		return v.Filled(w.Field)
	}
	for _, item := range v.Items(w.Field) {
		if item == w.Has {
			return true
		}
	}
	return false
}

// Applies reports whether a section of a form is asked for this app: a section of a component only when that
// component is applied for.
func (v *Values) Applies(s Section) bool {
	if s.Component == "" {
		return true
	}
	for _, c := range v.dossier.App.Components {
		if c == s.Component {
			return true
		}
	}
	return false
}

// Completeness counts the rows of one form: how many must be filled in, how many of these are, and which are not.
type Completeness struct {
	Form    string   `json:"form"`
	Title   string   `json:"title"`
	Needed  int      `json:"needed"`
	Filled  int      `json:"filled"`
	Missing []string `json:"missing"` // field keys
}

// Complete reports how far a form is filled in.
func (v *Values) Complete(form *Form) Completeness {
	out := Completeness{Form: form.ID, Title: form.Title, Missing: []string{}}
	for _, s := range form.Sections {
		if !v.Applies(s) {
			continue
		}
		for _, row := range s.Rows {
			if !v.Needed(row.Field) {
				continue
			}
			out.Needed++
			if v.Filled(row.Field) {
				out.Filled++
			} else {
				out.Missing = append(out.Missing, row.Field)
			}
		}
	}
	return out
}

// Snapshot returns every field's text by key, secrets excepted: the data a package is made from.
func (v *Values) Snapshot() map[string]string {
	out := make(map[string]string, len(v.catalogue.Fields))
	for _, f := range v.catalogue.Fields {
		if text := v.Text(f.Key); text != "" {
			out[f.Key] = text
		}
	}
	return out
}
