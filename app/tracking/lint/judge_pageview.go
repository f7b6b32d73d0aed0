package lint

import (
	"path"
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// fields of the second argument of sendPV, in the order of TRACK-3.
func pvFields() []string { return []string{"sapp_id", "sapp_name", "page_id", "page_name", "page_url"} }

// pageViews judges every sendPV of a page (TRACK-3, TRACK-7 to TRACK-9, TRACK-11).
func (c *check) pageViews(u *unit) {
	pvs := u.base().Of(trace.PV)
	if len(pvs) == 0 && !u.oddPV() {
		if u.redirect {
			return
		}
		c.unsent(u)
		return
	}
	for _, e := range pvs {
		c.pageView(u, e)
	}
	c.routes(u, pvs)
}

// unsent is a page with settings that sends nothing: the only one of its site, or one of those that all send.
func (c *check) unsent(u *unit) {
	for _, other := range c.units {
		if other != u && len(other.base().Of(trace.PV)) > 0 {
			c.missing(u, "page.no_pv", spot{u.name, 0}, tracking.Words{})
			return
		}
	}
	c.missing(u, "pv.none", u.home(), tracking.Words{})
}

func (u *unit) oddPV() bool {
	for _, e := range u.base().Of(trace.Odd) {
		if isPVAction(e.Name) {
			return true
		}
	}
	return false
}

func (c *check) pageView(u *unit, e *trace.Event) {
	if len(e.Args) == 0 {
		if given := e.Value.Get("arguments"); given == nil || given.Known() {
			c.say("pv.no_arguments", at(e.At), tracking.Words{})
		}
		return
	}
	if len(e.Args) < 2 {
		c.say("pv.one_argument", at(e.At), tracking.Words{})
		return
	}
	c.autoFlag(e)
	e.Args[1].Each(func(v *trace.Value) {
		switch v.Kind {
		case trace.Object:
			c.pvObject(u, e, v)
		case trace.String, trace.Number, trace.Array, trace.Bool:
			c.say("pv.not_object", at(e.At), tracking.Words{Value: shown(v)})
		}
	})
}

// autoFlag judges the first argument: {is_auto: false}.
func (c *check) autoFlag(e *trace.Event) {
	e.Args[0].Each(func(v *trace.Value) {
		if v.Kind != trace.Object {
			if v.Known() {
				c.say("pv.no_auto", at(e.At), tracking.Words{})
			}
			return
		}
		auto := v.Get("is_auto")
		if auto == nil {
			if !v.Open() {
				c.say("pv.no_auto", at(e.At), tracking.Words{})
			}
			return
		}
		auto.Each(func(a *trace.Value) {
			switch {
			case a.Kind == trace.Bool && !a.Bool, a.Kind == trace.Unknown:
			case a.Kind == trace.Bool:
				c.say("pv.auto_true", valueSpot(a, e), tracking.Words{})
			default:
				c.say("pv.auto_type", valueSpot(a, e), tracking.Words{Value: shown(a)})
			}
		})
	})
}

func (c *check) pvObject(u *unit, e *trace.Event, v *trace.Value) {
	meantFields := map[string]bool{}
	for _, k := range v.Keys() {
		c.pvKey(e, v, k, meantFields)
	}
	for _, name := range pvFields() {
		if v.Get(name) == nil && !v.Open() && !meantFields[name] {
			key := "pv.lacks_page"
			if strings.HasPrefix(name, "sapp") {
				key = "pv.lacks_sapp"
			}
			c.say(key, at(e.At), tracking.Words{Place: name})
		}
	}
	for _, name := range pvFields() {
		if val := v.Get(name); val != nil {
			val.Each(func(one *trace.Value) { c.pvValue(u, e, name, one) })
		}
	}
}

// pvKey judges the name of a field, and the form of a value of any name.
func (c *check) pvKey(e *trace.Event, v *trace.Value, k trace.Key, meantFields map[string]bool) {
	where := at(e.At)
	if !k.At.IsZero() {
		where = at(k.At)
	}
	if field := c.fieldMeant(k.Name); field != "" {
		meantFields[field] = true
		if v.Get(field) == nil {
			c.say("pv.misspelt", where, tracking.Words{Value: k.Name, Want: field})
		}
	}
	v.Get(k.Name).Each(func(one *trace.Value) {
		switch one.Kind {
		case trace.Object, trace.Array:
			c.say("pv.nested", where, tracking.Words{Place: k.Name})
		case trace.Number, trace.Bool:
			c.say("value.not_string", valueSpot(one, e), tracking.Words{Place: k.Name, Value: shown(one)})
		}
	})
}

// fieldMeant returns the field of sendPV a misspelt name stands for.
func (c *check) fieldMeant(name string) string {
	if field := c.Facts.FieldMeant(name); field != "" {
		return field
	}
	for _, field := range pvFields() {
		if name != field && squeezed(name) == squeezed(field) {
			return field
		}
	}
	return ""
}

func (c *check) pvValue(u *unit, e *trace.Event, name string, v *trace.Value) {
	if v.Kind != trace.String {
		return
	}
	where := valueSpot(v, e)
	w := tracking.Words{Place: name, Value: v.Text}
	switch {
	case name == "sapp_id" || name == "sapp_name":
		c.issued(where, name, v.Text)
	case strings.TrimSpace(v.Text) == "":
		c.say("pv.empty", where, w)
	case c.Facts.IsPlaceholder(v.Text):
		c.say("pv.placeholder", where, w)
	case !tracking.IsCleanText(v.Text):
		c.say("value.encoding", where, w)
	case name == "page_name":
		c.pageName(where, v.Text)
	case name == "page_url":
		c.pageURL(u, where, v.Text)
	case name == "page_id":
		c.pageID(where, v.Text)
	}
}

// issued judges sapp_id and sapp_name against what was issued (TRACK-11).
func (c *check) issued(where spot, name, value string) {
	want := c.Params.SappID
	if name == "sapp_name" {
		want = c.Params.SappName
	}
	w := tracking.Words{Place: name, Value: value, Want: want}
	switch {
	case strings.TrimSpace(value) == "":
		c.say("sapp.empty", where, w)
	case c.Facts.IsPlaceholder(value) && value != want:
		c.say("sapp.placeholder", where, w)
	case want == "":
		c.say("sapp.open", where, w)
	case value != want && strings.TrimSpace(value) == want:
		c.say("sapp.spaces", where, w)
	case value != want:
		c.say("sapp.other", where, w)
	}
}

func (c *check) pageID(where spot, id string) {
	w := tracking.Words{Value: id}
	switch {
	case strings.TrimSpace(id) != id:
		c.say("page_id.spaces", where, w)
	case c.Facts.PersonalIn(id) != "":
		c.say("page_id.personal", where, tracking.Words{Value: id, Other: c.Facts.PersonalIn(id)})
	case len(c.Pages) > 0 && !c.registered(id):
		c.say("page_id.unregistered", where, w)
	}
}

func (c *check) registered(id string) bool {
	for _, p := range c.Pages {
		if p.PageID == id {
			return true
		}
	}
	return false
}

// pageName judges the characters of a page name (TRACK-9).
func (c *check) pageName(where spot, name string) {
	faults, detail := c.Facts.NameFaults(name)
	for _, f := range faults {
		c.say("page_name."+string(f), where, tracking.Words{Value: name, Other: detail})
	}
}

func (c *check) pageURL(u *unit, where spot, address string) {
	w := tracking.Words{Value: address}
	switch {
	case c.Facts.IsLocalAddress(address):
		c.say("page_url.local", where, w)
	case c.Facts.IsTestAddress(address):
		c.say("page_url.test", where, w)
	case c.Facts.PersonalIn(address) != "":
		c.say("page_url.personal", where, tracking.Words{Value: address, Other: c.Facts.PersonalIn(address)})
	case c.otherPage(u, address) != "":
		c.say("page_url.other", where, tracking.Words{Value: address, Want: u.name, Other: c.otherPage(u, address)})
	}
}

// otherPage returns the page of the site that an address names when it is not the page it is sent from, or "". Only a
// page that sends one address alone can be wrong in this.
func (c *check) otherPage(u *unit, address string) string {
	if u.page == nil || len(u.addresses()) != 1 || tracking.HasRoute(address) {
		return ""
	}
	file := path.Base(stripQuery(address))
	if !strings.HasSuffix(file, ".html") && !strings.HasSuffix(file, ".htm") || file == path.Base(u.name) {
		return ""
	}
	for _, other := range c.units {
		if other != u && path.Base(other.name) == file {
			return other.name
		}
	}
	return ""
}

// addresses are the known page_urls a page sends.
func (u *unit) addresses() map[string]bool { return u.sent("page_url") }

// sent are the known values of a field over all page views of a page.
func (u *unit) sent(field string) map[string]bool {
	out := map[string]bool{}
	for _, e := range u.base().Of(trace.PV) {
		for _, v := range fieldOf(e, field) {
			if v.Kind == trace.String {
				out[v.Text] = true
			}
		}
	}
	return out
}

// fieldOf are the possible values of a field of a page view.
func fieldOf(e *trace.Event, field string) []*trace.Value {
	var out []*trace.Value
	if len(e.Args) < 2 {
		return nil
	}
	e.Args[1].Each(func(o *trace.Value) {
		if v := o.Get(field); v != nil {
			v.Each(func(one *trace.Value) { out = append(out, one) })
		}
	})
	return out
}

// routes judges whether each route of a single-page application sends its own page (TRACK-6, TRACK-8).
func (c *check) routes(u *unit, pvs []*trace.Event) {
	table := u.routeTable()
	if len(table) < 2 || len(pvs) == 0 {
		return
	}
	onRoute := false
	for _, e := range pvs {
		if !e.Within(trace.OnRoute) {
			continue
		}
		onRoute = true
		ids := fieldOf(e, "page_id")
		if len(ids) == 1 && ids[0].Kind == trace.String && len(pvsOnRoute(pvs)) == 1 {
			c.say("page_id.same", valueSpot(ids[0], e), tracking.Words{Value: ids[0].Text})
		}
	}
	if onRoute || u.open() {
		return
	}
	for _, e := range pvs {
		if e.Within(trace.OnView, trace.OnDemand, trace.OnCall, trace.OnUser) {
			return
		}
	}
	c.say("pv.first_only", at(pvs[0].At), tracking.Words{})
}

// pvsOnRoute are the places that send on a change of route.
func pvsOnRoute(pvs []*trace.Event) map[spot]bool {
	out := map[spot]bool{}
	for _, e := range pvs {
		if e.Within(trace.OnRoute) {
			out[pvSpot(e)] = true
		}
	}
	return out
}

func pvSpot(e *trace.Event) spot {
	if ids := fieldOf(e, "page_id"); len(ids) == 1 && !ids[0].At.IsZero() {
		return at(ids[0].At)
	}
	return at(e.At)
}

// routeTable are the distinct paths of the routes a page knows.
func (u *unit) routeTable() []string {
	seen := map[string]bool{}
	var out []string
	for _, e := range u.base().Of(trace.RouteTable) {
		if name := strings.Trim(e.Name, "/"); !seen[name] && !strings.Contains(name, "*") {
			seen[name] = true
			out = append(out, e.Name)
		}
	}
	return out
}
