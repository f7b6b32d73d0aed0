package precheck

import (
	"slices"
	"strings"
)

// usageScope decides RULE-6: the scope is an address-book path in which the unit stands.
func usageScope(q *inquiry) {
	const field = "app.usage_scope"
	if !q.require(field, "empty") {
		return
	}
	value := q.text(field)
	levels := pathLevels(value)
	if len(levels) < 2 {
		q.say("no_path", field, "value", quote(value))
		return
	}
	if slices.Contains(levels, "") {
		q.say("gap", field, "value", quote(value))
	}
	units := q.unitNames()
	if len(units) == 0 {
		q.say("no_unit", "unit.address_path", "value", quote(value))
		return
	}
	for _, u := range units {
		if slices.ContainsFunc(levels, func(level string) bool { return strings.Contains(level, u) }) {
			return
		}
	}
	q.say("other_unit", field, "value", quote(value), "unit", quote(units[0]))
}

// pathLevels splits an address-book path; the slashes at both ends do not count.
func pathLevels(path string) []string {
	path = strings.Trim(strings.ReplaceAll(path, "／", "/"), "/ ")
	levels := strings.Split(path, "/")
	for i := range levels {
		levels[i] = strings.TrimSpace(levels[i])
	}
	return levels
}

// unitNames returns the names under which the unit may stand in a path: its name and the end of its own path.
func (q *inquiry) unitNames() []string {
	var out []string
	levels := pathLevels(q.Unit.AddressPath)
	for _, name := range []string{strings.TrimSpace(q.Unit.Name), levels[len(levels)-1]} {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// region decides RULE-7: a region is given, and it is the unit's, whether written with the city in front or without.
func region(q *inquiry) {
	const field = "app.region"
	if !q.require(field, "empty") {
		return
	}
	ours, units := plainRegion(q.App.Region), plainRegion(q.Unit.Region)
	switch {
	case units == "":
		q.say("no_unit", "unit.region", "value", quote(q.App.Region))
	case !strings.HasSuffix(ours, units) && !strings.HasSuffix(units, ours):
		q.say("differs", field, "value", quote(q.App.Region), "unit", quote(q.Unit.Region))
	}
}

func plainRegion(s string) string {
	return strings.NewReplacer(" ", "", "/", "", "／", "", "-", "").Replace(strings.TrimSpace(s))
}
