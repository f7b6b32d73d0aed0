package precheck

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Subject is everything the rules look at.
type Subject struct {
	Unit     listing.Unit
	Settings listing.Settings
	Vendor   *listing.Vendor // of App; nil while none is chosen
	App      listing.App
	// Others are all other apps of the unit, archived ones included: their identifiers stay taken (RULE-4). An entry
	// with App's own ID is passed over.
	Others []listing.App
	// Settled holds the tasks of the app's case that are passed or done, by ID ("STEP-2.4"); nil when the app has no
	// case. A task set aside as 不适用 does not belong here: it proves nothing (RULE-13, RULE-14).
	Settled map[string]bool
	// Tracking is what the check of the tracking inputs found, if it was run; its errors break RULE-14. The findings
	// themselves are not repeated in the Report.
	Tracking []listing.Finding
}

// Report is the answer to all rules about one app.
type Report struct {
	Findings      []listing.Finding `json:"findings"` // errors, then warnings, then infos; each in the order of the rules
	RulesVersion  string            `json:"rules_version"`
	Checked       []string          `json:"checked"`        // rule IDs that were evaluated
	NotApplicable []string          `json:"not_applicable"` // rule IDs that do not concern this kind of app
}

// Passed reports whether no error stands.
func (r Report) Passed() bool { return len(listing.Blocking(r.Findings)) == 0 }

// Check evaluates every rule and form with the embedded data. The only errors are those of Default.
func Check(s Subject) (Report, error) {
	book, err := Default()
	if err != nil {
		return Report{}, err
	}
	return book.Check(s), nil
}

// Check evaluates every rule and form.
func (b *Book) Check(s Subject) Report {
	report := Report{RulesVersion: b.Version, Findings: []listing.Finding{}, Checked: []string{}, NotApplicable: []string{}}
	f := b.factsOf(s)
	for i := range b.rules {
		r := &b.rules[i]
		found, applies := b.evaluate(r, f)
		if !applies {
			report.NotApplicable = append(report.NotApplicable, r.ID)
			continue
		}
		report.Checked = append(report.Checked, r.ID)
		report.Findings = append(report.Findings, found...)
	}
	report.Findings = append(report.Findings, unreported(report.Findings, b.checkForms(f))...)
	report.Findings = append(report.Findings, b.waive(report.Findings, s.App.Waivers)...)
	b.sort(report.Findings)
	return report
}

// evaluate asks one rule; a rule about some kinds only cannot be asked while no kind is chosen, and says so.
func (b *Book) evaluate(r *Rule, f *facts) (found []listing.Finding, applies bool) {
	q := &inquiry{rule: r, facts: f}
	switch {
	case r.Kinds != ForAll && f.App.Kind == "":
		q.found = append(q.found, b.common["kind"].finding(r, "app.kind", "title", r.Title))
	case !r.Kinds.concerns(f.App.Kind, f.Settings.PortalUnhosted):
		return nil, false
	default:
		b.deciders[r.ID](q)
	}
	return q.found, true
}

// unreported drops the missing fields that a rule has reported as an error already.
func unreported(reported, missing []listing.Finding) []listing.Finding {
	seen := map[string]bool{}
	for _, f := range reported {
		if f.Level == listing.LevelError && f.Field != "" {
			seen[f.Field] = true
		}
	}
	return slices.DeleteFunc(missing, func(f listing.Finding) bool { return seen[f.Field] })
}

// sort orders findings by level, then by rule; rules stand before forms, and answers of one rule keep their order.
func (b *Book) sort(findings []listing.Finding) {
	slices.SortStableFunc(findings, func(x, y listing.Finding) int {
		return cmp.Or(cmp.Compare(rank(x.Level), rank(y.Level)), cmp.Compare(family(x.Rule), family(y.Rule)), cmp.Compare(number(x.Rule), number(y.Rule)))
	})
}

func rank(l listing.Level) int {
	return slices.Index([]listing.Level{listing.LevelError, listing.LevelWarning, listing.LevelInfo}, l)
}

func family(id string) int {
	if strings.HasPrefix(id, "RULE-") {
		return 0
	}
	return 1
}

func number(id string) int {
	_, digits, _ := strings.Cut(id, "-")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// facts is a Subject prepared for reading by field key.
type facts struct {
	Subject
	book     *Book
	values   *forms.Values
	contacts []listing.Contact // the vendor's people that the forms name
}

func (b *Book) factsOf(s Subject) *facts {
	d := forms.Dossier{Unit: s.Unit, Vendor: s.Vendor, App: s.App}
	return &facts{Subject: s, book: b, values: b.catalogue.ValuesOf(d), contacts: d.Contacts()}
}

func (f *facts) label(field string) string {
	if x := f.book.catalogue.Field(field); x != nil {
		return x.Label
	}
	return field
}
