package precheck

import (
	"strings"
	"time"

	"shangjiatong/app/listing"
)

// holder is a person of the unit and the fields that name him.
type holder struct {
	nameField, phoneField string
	listing.Person
}

// holders returns those who act for the unit in IRS: the holder of the catalog account and, when it is somebody else,
// the applicant (ROLE-1).
func (f *facts) holders() []holder {
	account := holder{"unit.catalog_account.name", "unit.catalog_account.phone", tidied(f.Unit.CatalogAccount)}
	applicant := holder{"app.applicant_name", "app.applicant_phone", tidied(listing.Person{Name: f.App.ApplicantName, Phone: f.App.ApplicantPhone})}
	if applicant.Name != "" && applicant.Person == account.Person {
		return []holder{account}
	}
	return []holder{account, applicant}
}

func tidied(p listing.Person) listing.Person {
	return listing.Person{Name: strings.TrimSpace(p.Name), Phone: phone(p.Phone)}
}

// phone brings a telephone number into the one form in which numbers are compared.
func phone(s string) string {
	s = strings.NewReplacer(" ", "", "-", "", "\u00a0", "", "\t", "").Replace(s)
	for _, prefix := range []string{"+86", "0086"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			return rest
		}
	}
	return s
}

// who names a contact in a message.
func who(c listing.Contact) string { return quote(firstOf(strings.TrimSpace(c.Name), c.Phone)) }

// likeness says how much two people look like one.
type likeness int

const (
	different likeness = iota
	namesakes          // one name, two telephone numbers
	same
)

func compare(a listing.Person, c listing.Contact) likeness {
	b := tidied(listing.Person{Name: c.Name, Phone: c.Phone})
	switch {
	case a.Phone != "" && a.Phone == b.Phone:
		return same
	case a.Name == "" || a.Name != b.Name:
		return different
	case a.Phone != "" && b.Phone != "":
		return namesakes
	}
	return same
}

// vouched reports whether an attestation is whole: by somebody, on a date.
func vouched(a *listing.Attestation) bool {
	if a == nil || strings.TrimSpace(a.By) == "" {
		return false
	}
	return isDate(a.On)
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	return err == nil
}

// ownStaff decides RULE-2: who submits is on the establishment, which somebody attested, and works for no vendor.
func ownStaff(q *inquiry) {
	asked := map[string]bool{}
	for _, h := range q.holders() {
		if h.Name == "" {
			q.say("no_name", h.nameField)
			continue
		}
		q.comparePeople(h)
		if !asked[h.Name] && !q.attested(h.Name) {
			q.say("not_attested", h.nameField, "name", quote(h.Name))
		}
		asked[h.Name] = true
	}
}

// attested looks for a whole attestation of the rule about a person; an unfinished one beside it does no harm.
func (q *inquiry) attested(name string) bool {
	for i := range q.App.Attestations {
		a := &q.App.Attestations[i]
		if a.Rule == q.rule.ID && strings.TrimSpace(a.About) == name && vouched(a) {
			return true
		}
	}
	return false
}

func (q *inquiry) comparePeople(h holder) {
	if q.Vendor == nil {
		return
	}
	for _, c := range q.Vendor.Contacts {
		switch compare(h.Person, c) {
		case same:
			q.say("vendor_person", h.nameField, "name", quote(h.Name), "contact", who(c))
		case namesakes:
			q.say("namesake", h.nameField, "name", quote(h.Name))
		}
	}
}

// staffed says what is missing when there is no vendor or nobody of the vendor to ask about.
func (q *inquiry) staffed() bool {
	switch {
	case q.Vendor == nil:
		q.say("no_vendor", "app.vendor_id")
	case len(q.contacts) == 0:
		q.say("no_contacts", "vendor.contacts", "vendor", quote(q.Vendor.Name))
	default:
		return true
	}
	return false
}

// vendorStaff decides RULE-9: the vendor's people are insured by the vendor, as somebody attested, with a personnel
// type; the vendor's code has the right check character.
func vendorStaff(q *inquiry) {
	if !q.staffed() {
		return
	}
	vendor := quote(q.Vendor.Name)
	for _, c := range q.contacts {
		if !insured(c) {
			q.say("not_insured", "vendor.contacts", "name", who(c), "vendor", vendor)
		}
		if strings.TrimSpace(c.PersonnelType) == "" {
			q.say("no_type", "vendor.contacts", "name", who(c))
		}
	}
	q.vendorCode(vendor)
}

// insured reports whether a contact's attestation is whole and still about this person.
func insured(c listing.Contact) bool {
	if !vouched(c.Insured) {
		return false
	}
	about := strings.TrimSpace(c.Insured.About)
	return about == "" || about == strings.TrimSpace(c.Name)
}

func (q *inquiry) vendorCode(vendor string) {
	const field = "vendor.credit_code"
	if !q.require(field, "no_code", "vendor", vendor) {
		return
	}
	code := q.text(field)
	ok, want, err := CheckCreditCode(code)
	switch {
	case err != nil:
		q.say("malformed_code", field, "value", quote(code), "why", listing.AsError(err).Message)
	case !ok:
		q.say("wrong_code", field, "value", quote(code), "want", string(want))
	}
}

// vendorAccounts decides RULE-11: each contact's number is a mobile one and a 浙政钉 account's.
func vendorAccounts(q *inquiry) {
	if !q.staffed() {
		return
	}
	for _, c := range q.contacts {
		q.vendorAccount(c)
	}
}

func (q *inquiry) vendorAccount(c listing.Contact) {
	const field = "vendor.contacts"
	number := phone(c.Phone)
	switch {
	case number == "":
		q.say("no_phone", field, "name", who(c))
	case !q.book.mobile.MatchString(number):
		q.say("not_mobile", field, "name", who(c), "value", quote(c.Phone))
	case strings.TrimSpace(c.HasAccount) == "":
		q.say("unanswered", field, "name", who(c), "value", quote(c.Phone))
	case strings.TrimSpace(c.HasAccount) != listing.Yes:
		q.say("no_account", field, "name", who(c), "value", quote(c.Phone))
	}
}

// accountsApart decides RULE-12: no contact of the vendor uses an account of the unit's.
func accountsApart(q *inquiry) {
	if q.Vendor == nil || len(q.Vendor.Contacts) == 0 {
		q.staffed()
		return
	}
	if phone(q.Unit.CatalogAccount.Phone) == "" {
		q.say("no_phone", "unit.catalog_account.phone")
	}
	for _, c := range q.Vendor.Contacts {
		if phone(c.Phone) == "" {
			q.say("no_contact_phone", "vendor.contacts", "name", who(c))
		}
		for _, h := range q.holders() {
			if h.Phone != "" && h.Phone == phone(c.Phone) {
				q.say("same", h.phoneField, "phone", quote(h.Phone), "name", who(c))
			}
		}
	}
}

// changesOfPeople decides RULE-20, which only guides.
func changesOfPeople(q *inquiry) {
	q.say("administrator", "app.administrator", "who", quote(q.Unit.RegionalAdmin.Name))
	q.say("responsible", "app.responsible_name", "who", firstOf(quote(q.App.ResponsibleName), "原来的人"))
}
