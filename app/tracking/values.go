package tracking

import (
	"slices"
	"strings"
	"unicode"
)

// IsPlaceholder reports whether a value is text that stands for one still to be filled in (dossier 3.4).
func (f Facts) IsPlaceholder(value string) bool { return f.Placeholders.match(narrow(value)) }

// PersonalIn returns the Chinese word for the first kind of personal data a value seems to hold, or "" (TRACK-9).
func (f Facts) PersonalIn(value string) string {
	if what := f.Personal.match(narrow(value)); what != "" {
		return what
	}
	return f.Personal.match(compact(value))
}

// IsLocalAddress reports whether an address works on a developer's machine or network only (RULE-15).
func (f Facts) IsLocalAddress(address string) bool {
	host, ok := plausibleURL(address)
	return ok && host != "" && f.LocalHosts.match(host)
}

// IsTestAddress reports whether an address is that of a test version (dossier 5.4).
func (f Facts) IsTestAddress(address string) bool {
	return containsAny(address, f.LocalHosts.TestPaths)
}

// IsCleanText reports whether a value is UTF-8 without control characters and marks of a wrong decoding (TRACK-7).
func IsCleanText(value string) bool { return cleanText(value) }

// NameFault is one thing wrong with a page_name (TRACK-9).
type NameFault string

// The faults of a page name. NameLetters comes with the rune, NamePersonal with the word for what it looks like.
const (
	NamePersonal   NameFault = "personal"
	NameUnderscore NameFault = "underscore"
	NameLetters    NameFault = "letters"
	NameDigits     NameFault = "digits"
)

// NameFaults says what is wrong with a page name that is not empty; detail is what NameFault promises.
func (f Facts) NameFaults(name string) (faults []NameFault, detail string) {
	if what := f.Personal.match(compact(name)); what != "" {
		return []NameFault{NamePersonal}, what
	}
	if strings.HasPrefix(name, "_") {
		faults = append(faults, NameUnderscore)
	}
	if bad, found := foreignRune(name); found {
		return append(faults, NameLetters), string(bad)
	}
	if strings.ContainsFunc(name, unicode.IsDigit) {
		faults = append(faults, NameDigits)
	}
	return faults, ""
}

// FieldMeant returns the field of sendPV that a misspelt name most likely means ("paga_name": page_name), or "" for one
// that is spelt right or means none.
func (f Facts) FieldMeant(name string) string {
	for field, titles := range map[string][]string{"page_id": f.Columns.PageID, "page_name": f.Columns.PageName, "page_url": f.Columns.PageURL} {
		if name != field && slices.Contains(titles, titleKey(name)) {
			return field
		}
	}
	return ""
}

// RouteKey is what tells a page apart by its address: the route after "#", else the path, with a slash in front. routed
// says that the application uses hash routes, so that an address without one is its entry.
func RouteKey(address string, routed bool) string { return routeKey(address, routed) }

// HasRoute reports whether an address carries a hash route.
func HasRoute(address string) bool { return strings.Contains(address, "#/") }

// DiffersByUnderscores reports whether two values differ in how often their underscores are repeated, and in nothing else.
func DiffersByUnderscores(a, b string) bool { return a != b && squeeze(a) == squeeze(b) }
