package precheck

import (
	"strings"

	"shangjiatong/app/listing"
)

// waive puts whole waivers on the warnings they are for and returns what there is to say about the others: one on an
// error does nothing, and neither does one without author, date or reason. Waivers nothing calls for are passed over.
func (b *Book) waive(findings []listing.Finding, waivers []listing.Waiver) []listing.Finding {
	var remarks []listing.Finding
	for _, w := range waivers {
		lacks := lacking(w)
		onError, onWarning := false, false
		for i := range findings {
			f := &findings[i]
			if !matches(w, *f) {
				continue
			}
			onError = onError || f.Level == listing.LevelError
			onWarning = onWarning || f.Level == listing.LevelWarning
			if f.Level == listing.LevelWarning && lacks == "" && f.Waiver == nil {
				given := w
				f.Waiver = &given
			}
		}
		remarks = append(remarks, b.remarks(w, onError, onWarning, lacks)...)
	}
	return remarks
}

func (b *Book) remarks(w listing.Waiver, onError, onWarning bool, lacks string) []listing.Finding {
	rule := b.Rule(w.Rule)
	if rule == nil {
		rule = &Rule{ID: w.Rule, Title: w.Rule}
	}
	var out []listing.Finding
	if onError {
		out = append(out, b.waivers["on_error"].finding(rule, w.Field, "title", rule.Title, "by", firstOf(quote(w.By), "有人")))
	}
	if onWarning && lacks != "" {
		out = append(out, b.waivers["incomplete"].finding(rule, w.Field, "title", rule.Title, "lacks", lacks))
	}
	return out
}

func matches(w listing.Waiver, f listing.Finding) bool {
	return w.Rule == f.Rule && (w.Field == "" || w.Field == f.Field)
}

// lacking names what a waiver lacks, in words; a date that is none counts as lacking.
func lacking(w listing.Waiver) string {
	var out []string
	for _, part := range []struct {
		word string
		have bool
	}{
		{"放行人", strings.TrimSpace(w.By) != ""},
		{"日期", isDate(w.On)},
		{"原因", strings.TrimSpace(w.Reason) != ""},
	} {
		if !part.have {
			out = append(out, part.word)
		}
	}
	return strings.Join(out, "、")
}
