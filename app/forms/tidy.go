package forms

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"shangjiatong/app/listing"
)

// Tidy forgives what people paste: a label in front ("应用标识：abc"), spaces around, and, where only Latin text makes
// sense (identifiers, addresses, telephone numbers), full-width characters. It never changes the meaning.
func Tidy(f *Field, raw string) string {
	s := strings.TrimSpace(strings.ReplaceAll(raw, "\u00a0", " "))
	s = cutLabel(f.Label, s)
	if latin(f) {
		s = strings.TrimSpace(width.Narrow.String(s))
	}
	return s
}

func latin(f *Field) bool {
	switch f.Type {
	case IPs, URL, URLs, Phone:
		return true
	}
	return f.Latin
}

func cutLabel(label, s string) string {
	for _, colon := range []string{"：", ":"} {
		if rest, ok := strings.CutPrefix(s, label+colon); ok {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// CheckWords returns an error naming the first field of an app whose value is no word of its list. Empty values and
// fields that take free text are fine.
func (c *Catalogue) CheckWords(app listing.App) error {
	v := c.ValuesOf(Dossier{App: app})
	for i := range c.Fields {
		f := &c.Fields[i]
		words := c.Lists[f.Options]
		if f.Type == YesNo {
			words = c.Lists["yesno"]
		}
		if AppKey(f.Key) == "" || f.Free || len(words) == 0 {
			continue
		}
		for _, item := range v.Items(f.Key) {
			if !slices.Contains(words, item) {
				e := listing.Failf(listing.CodeInvalid, "请改为："+strings.Join(words, "、"), "“%s”不能填“%s”", f.Label, item)
				e.Field = f.Key
				return e
			}
		}
	}
	return nil
}
