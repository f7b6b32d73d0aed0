package precheck

import (
	"strings"
	"unicode"

	"shangjiatong/app/listing"
)

// decider decides one rule and says what it found through the inquiry.
type decider func(q *inquiry)

// registry pairs every rule with the function that decides it.
func registry() map[string]decider {
	return map[string]decider{
		"RULE-1":  loginFree,
		"RULE-2":  ownStaff,
		"RULE-3":  identifierForm,
		"RULE-4":  identifierShared,
		"RULE-5":  egressAddresses,
		"RULE-6":  usageScope,
		"RULE-7":  region,
		"RULE-8":  planFile,
		"RULE-9":  vendorStaff,
		"RULE-10": kindAndRegistration,
		"RULE-11": vendorAccounts,
		"RULE-12": accountsApart,
		"RULE-13": platformEntered,
		"RULE-14": trackingDone,
		"RULE-15": apiBases,
		"RULE-16": trialEnvironment,
		"RULE-17": miniVersion,
		"RULE-18": errorPage,
		"RULE-19": healthAddress,
		"RULE-20": changesOfPeople,
	}
}

// inquiry is one rule being asked about one subject.
type inquiry struct {
	rule *Rule
	*facts
	found []listing.Finding
}

// say adds an answer about a field; pairs are the names and values of the words in braces.
func (q *inquiry) say(name, field string, pairs ...string) {
	a, ok := q.rule.Answers[name]
	if !ok {
		a, pairs = q.book.common["broken"], []string{"title", q.rule.Title, "answer", name}
	}
	q.found = append(q.found, a.finding(q.rule, field, append(pairs, "label", q.label(field))...))
}

// require says answer when a field is empty and reports whether it is filled.
func (q *inquiry) require(field, answer string, pairs ...string) bool {
	if q.values.Filled(field) {
		return true
	}
	q.say(answer, field, pairs...)
	return false
}

// text returns a field's value without the spaces around it.
func (q *inquiry) text(field string) string { return strings.TrimSpace(q.values.Text(field)) }

// expect says empty when a field is empty and wrong when it holds anything but want.
func (q *inquiry) expect(field, want, empty, wrong string) {
	if !q.require(field, empty) {
		return
	}
	if value := q.text(field); value != want {
		q.say(wrong, field, "value", quote(value))
	}
}

// finding turns an answer into a finding of a rule.
func (a answer) finding(r *Rule, field string, pairs ...string) listing.Finding {
	marks := make([]string, 0, len(pairs))
	for i, p := range pairs {
		if i%2 == 0 {
			p = "{" + p + "}"
		}
		marks = append(marks, p)
	}
	fill := strings.NewReplacer(marks...)
	level := a.Level
	if level == "" {
		level = r.Level
	}
	return listing.Finding{
		Rule: r.ID, Code: a.Code, Level: level, Field: field,
		Message: fill.Replace(a.Message),
		Effect:  fill.Replace(firstOf(a.Effect, r.Effect)),
		Fix:     fill.Replace(firstOf(a.Fix, r.Fix)),
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

const maxQuoted = 60 // characters of a value that a message repeats

// quote makes a typed value fit to stand in a message: one line, not endless.
func quote(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(strings.TrimSpace(s), "�"))
	if runes := []rune(s); len(runes) > maxQuoted {
		return string(runes[:maxQuoted]) + "…"
	}
	return s
}
