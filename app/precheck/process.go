package precheck

import (
	"slices"
	"strconv"
	"strings"

	"shangjiatong/app/listing"
)

// kindAndRegistration decides RULE-10: a kind is chosen, and old 宜搭 apps are linked while new ones are registered.
func kindAndRegistration(q *inquiry) {
	const field = "app.kind"
	if q.require(field, "no_kind") && !slices.Contains(listing.AppKinds(), q.App.Kind) {
		q.say("unknown_kind", field, "value", quote(string(q.App.Kind)), "kinds", q.words("kinds"))
	}
	legacy := q.choice("app.legacy_yida", "yesno")
	chosen := q.choice("app.registration", "registrations")
	switch {
	case legacy == "" || chosen == "":
	case legacy == listing.Yes && chosen != "存量关联":
		q.say("should_link", "app.registration", "value", chosen)
	case legacy == listing.No && chosen != "发布注册":
		q.say("should_register", "app.registration", "value", chosen)
	}
}

func (q *inquiry) words(list string) string { return strings.Join(q.book.catalogue.Lists[list], "、") }

// choice returns the word chosen, or nothing after saying that none, or none of the list, is.
func (q *inquiry) choice(field, list string) string {
	if !q.require(field, "unanswered") {
		return ""
	}
	value := q.text(field)
	if !slices.Contains(q.book.catalogue.Lists[list], value) {
		q.say("unknown_word", field, "value", quote(value), "words", q.words(list))
		return ""
	}
	return value
}

// platformEntered decides RULE-13: the vendor has been in the hosting platform.
func platformEntered(q *inquiry) {
	switch {
	case q.Settled == nil:
		q.say("no_case", "")
	case !q.Settled[q.book.enteredStep]:
		q.say("not_entered", "")
	}
}

// trackingDone decides RULE-14: the tracking code is in, and its inputs have no faults that are known.
func trackingDone(q *inquiry) {
	switch {
	case q.Settled == nil:
		q.say("no_case", "")
	case !q.Settled[q.book.trackedStep]:
		q.say("not_tracked", "")
	}
	if faults := listing.Blocking(q.Tracking); len(faults) > 0 {
		q.say("faults", "", "count", strconv.Itoa(len(faults)), "first", quote(faults[0].Message))
	}
}

// miniVersion decides RULE-17, which is due once the app is listed and only guides until then.
func miniVersion(q *inquiry) {
	const field = "app.mini_version"
	value := q.text(field)
	named := q.book.version.MatchString(value)
	switch {
	case named:
	case !q.Settled[q.book.listedStep]:
		q.say("later", field)
	case value == "":
		q.say("unpublished", field)
	default:
		q.say("not_version", field, "value", quote(value))
	}
}
