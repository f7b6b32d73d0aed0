package precheck

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"shangjiatong/app/listing"
)

// egressAddresses decides RULE-5: one to three public addresses.
func egressAddresses(q *inquiry) {
	const field = "app.egress_ips"
	if !q.require(field, "empty") {
		return
	}
	items := q.values.Items(field)
	if most := q.book.catalogue.Field(field).Max; len(items) > most {
		q.say("many", field, "count", strconv.Itoa(len(items)), "max", strconv.Itoa(most))
	}
	seen := map[netip.Addr]bool{}
	for _, item := range items {
		addr, err := netip.ParseAddr(strings.TrimSpace(item))
		if err != nil || addr.Zone() != "" {
			q.say("malformed", field, "value", quote(item))
			continue
		}
		if seen[addr.Unmap()] {
			q.say("duplicate", field, "value", quote(item))
			continue
		}
		seen[addr.Unmap()] = true
		q.egressAddress(field, addr)
	}
}

func (q *inquiry) egressAddress(field string, addr netip.Addr) {
	if b, ok := q.book.addresses.specialBlock(addr); ok {
		q.say("special", field, "value", addr.String(), "range", b.Name, "block", b.Block)
	} else if b, ok := q.book.addresses.doubtfulBlock(addr); ok {
		q.say("doubtful", field, "value", addr.String(), "range", b.Name, "block", b.Block)
	}
}

// apiBases decides RULE-15 as far as what was typed tells: the bases are whole public addresses, and pages for PC and
// mobile are told apart.
func apiBases(q *inquiry) {
	const field = "app.api_bases"
	if q.require(field, "empty") {
		for _, base := range q.values.Items(field) {
			q.apiBase(field, strings.TrimSpace(base))
		}
	}
	mobile, pc := q.text("app.mobile_url"), q.text("app.pc_url")
	if mobile != "" && pc != "" && mobile != pc {
		q.expect("app.split_by_login", listing.Yes, "split_unanswered", "not_split")
	}
}

func (q *inquiry) apiBase(field, base string) {
	link := readLink(base)
	value := []string{"value", quote(base)}
	switch {
	case link.malformed:
		q.say("malformed", field, value...)
		return
	case link.host == "":
		q.say("relative", field, value...)
		return
	}
	site := q.book.addresses.locate(link.host)
	switch {
	case site.problem() != "":
		q.say(site.problem(), field, append(value, site.words()...)...)
	case link.scheme == "" && !link.schemeless:
		q.say("relative", field, value...)
	case link.scheme != "" && slices.Contains(q.book.limits.OpenSchemes, link.scheme):
		q.say("insecure", field, value...)
	case link.scheme != "" && !slices.Contains(q.book.limits.APISchemes, link.scheme):
		q.say("scheme", field, value...)
	}
	if site.where == sitePublic && site.doubt.Block != "" {
		q.say("doubtful", field, append(value, "range", site.doubt.Name, "block", site.doubt.Block)...)
	}
}

// healthAddress decides RULE-19: there is a health address that others can reach.
func healthAddress(q *inquiry) {
	const field = "app.health_url"
	if !q.require(field, "empty") {
		return
	}
	text := q.text(field)
	link := readLink(text)
	value := []string{"value", quote(text)}
	switch {
	case link.malformed:
		q.say("malformed", field, value...)
		return
	case link.host == "":
		q.say("path_only", field, value...)
		return
	}
	site := q.book.addresses.locate(link.host)
	switch {
	case site.problem() != "":
		q.say(site.problem(), field, append(value, site.words()...)...)
	case !slices.Contains(q.book.limits.HealthSchemes, link.scheme):
		q.say("scheme", field, value...)
	}
}
