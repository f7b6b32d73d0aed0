package precheck

import (
	"strings"
	"unicode"

	"shangjiatong/app/listing"
)

const identifierField = "app.identifier"

// identifierForm decides RULE-3: how an identifier may be written.
func identifierForm(q *inquiry) {
	if !q.require(identifierField, "empty") {
		return
	}
	id := q.App.Identifier
	switch {
	case strings.ContainsFunc(id, unicode.IsSpace):
		q.say("spaces", identifierField, "value", quote(id))
	case strings.ContainsFunc(id, isHan):
		q.say("chinese", identifierField, "value", quote(id))
	case !q.book.identifier.MatchString(id):
		q.say("characters", identifierField, "value", quote(id), "bad", q.strange(id))
	}
	for _, s := range q.book.limits.IdentifierSuffixes {
		if strings.HasSuffix(strings.TrimSpace(id), s) {
			q.say("suffix", identifierField, "value", quote(id), "suffix", s)
		}
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// strange lists the characters of an identifier that the pattern does not take, each once.
func (q *inquiry) strange(id string) string {
	var out []string
	seen := map[rune]bool{}
	for _, r := range id {
		if !seen[r] && !q.book.identifier.MatchString(string(r)) {
			out = append(out, quote(string(r)))
		}
		seen[r] = true
	}
	return quote(strings.Join(out, " "))
}

// identifierShared decides RULE-4: the identifier is the one of the interface application, and no other app has it.
func identifierShared(q *inquiry) {
	if !q.require(identifierField, "empty") {
		return
	}
	id, applied := strings.TrimSpace(q.App.Identifier), strings.TrimSpace(q.App.AppliedIdentifier)
	if applied != "" && applied != id {
		q.say("differs", "app.applied_identifier", "value", quote(id), "applied", quote(applied))
	}
	for _, other := range q.Others {
		if other.ID != q.App.ID {
			q.compareIdentifiers(id, other)
		}
	}
}

// compareIdentifiers compares without regard to case: parameters derived from identifiers end in host names and file
// names, where case is lost. Each other app is named at most once.
func (q *inquiry) compareIdentifiers(id string, other listing.App) {
	for _, theirs := range []string{other.Identifier, other.AppliedIdentifier} {
		theirs = strings.TrimSpace(theirs)
		switch {
		case theirs == id:
			q.say("shared", identifierField, "value", quote(id), "other", otherName(other))
			return
		case strings.EqualFold(theirs, id):
			q.say("shared_case", identifierField, "value", quote(id), "other", otherName(other), "theirs", quote(theirs))
			return
		}
	}
}

func otherName(a listing.App) string {
	name := quote(firstOf(strings.TrimSpace(a.Name), a.ID))
	if a.Archived {
		return name + "（已归档）"
	}
	return name
}
