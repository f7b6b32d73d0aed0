package precheck

import (
	"slices"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// CheckForms reports every required field of FORM-1 to FORM-4 that is empty, as an error of code undecided under the
// first form that needs it, and components missing from FORM-2. Check holds back those a rule has reported already.
func (b *Book) CheckForms(s Subject) []listing.Finding { return b.checkForms(b.factsOf(s)) }

func (b *Book) checkForms(f *facts) []listing.Finding {
	var order []string
	needers := map[string][]*forms.Form{}
	for i := range b.forms {
		form := b.catalogue.Form(b.forms[i].ID)
		for _, key := range b.missing(f, form, b.forms[i].Also) {
			if needers[key] == nil {
				order = append(order, key)
			}
			if !slices.Contains(needers[key], form) {
				needers[key] = append(needers[key], form)
			}
		}
	}
	var out []listing.Finding
	for _, key := range order {
		root, _, _ := strings.Cut(key, ".")
		out = append(out, b.formFinding("missing", needers[key][0].ID, key, "where", b.where[root], "label", f.label(key), "forms", titles(needers[key])))
	}
	return append(out, b.incompleteLists(f)...)
}

// missing returns the empty fields of one form. While no vendor is chosen, that is what is missing, not each of the
// vendor's facts.
func (b *Book) missing(f *facts, form *forms.Form, also []string) []string {
	keys := f.values.Complete(form).Missing
	for _, key := range also {
		if !f.values.Filled(key) {
			keys = append(keys, key)
		}
	}
	for i, key := range keys {
		if f.Vendor == nil && strings.HasPrefix(key, "vendor.") {
			keys[i] = "app.vendor_id"
		}
	}
	return keys
}

// incompleteLists reports the words of a list that must all be chosen and are not; an empty choice is a missing field.
func (b *Book) incompleteLists(f *facts) []listing.Finding {
	var out []listing.Finding
	for _, n := range b.forms {
		if n.Whole == nil || !f.values.Filled(n.Whole.Field) {
			continue
		}
		chosen := f.values.Items(n.Whole.Field)
		lacks := slices.DeleteFunc(slices.Clone(b.catalogue.Lists[n.Whole.List]), func(word string) bool { return slices.Contains(chosen, word) })
		if len(lacks) > 0 {
			out = append(out, b.formFinding("whole", n.ID, n.Whole.Field, "lacks", strings.Join(lacks, "、")))
		}
	}
	return out
}

func (b *Book) formFinding(name, form, field string, pairs ...string) listing.Finding {
	return b.formAnswers[name].finding(&Rule{ID: form, Level: listing.LevelError}, field, pairs...)
}

func titles(in []*forms.Form) string {
	out := make([]string, len(in))
	for i, f := range in {
		out[i] = f.Title
	}
	return strings.Join(out, "、")
}
