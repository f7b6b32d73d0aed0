package lint

import (
	"path"
	"slices"
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// stability judges the reporter of stability monitoring (TRACK-1): it belongs on the entry page.
func (c *check) stability() {
	var entry *unit
	somewhere := false
	c.passEntry()
	for _, u := range c.units {
		if u.mini {
			return
		}
		has := c.hasReporter(u)
		somewhere = somewhere || has
		if has {
			c.reporter(u)
		}
		if u.entry && !has && entry == nil && !(u.redirect && u.plain()) {
			entry = u
		}
	}
	switch {
	case entry != nil && entry.damaged:
	case entry != nil:
		c.lacking(entry, "stability.none", spot{entry.name, 0})
	case !somewhere && len(c.units) > 0 && !slices.ContainsFunc(c.units, func(u *unit) bool { return u.damaged }):
		c.say("stability.none", spot{c.units[0].name, 0}, tracking.Words{})
	}
}

// hasReporter reports whether a page has anything of the reporter.
func (c *check) hasReporter(u *unit) bool {
	if len(u.base().Of(trace.Reporter)) > 0 || u.unspacedReporter() {
		return true
	}
	return slices.ContainsFunc(u.loaders(), c.isReporterScript)
}

func (u *unit) unspacedReporter() bool {
	return slices.ContainsFunc(u.base().Of(trace.Unspaced), func(e *trace.Event) bool { return strings.Contains(strings.ToLower(e.Name), "wpk") })
}

func (c *check) isReporterScript(l loading) bool {
	name := strings.ToLower(path.Base(plainAddress(l.src)))
	return strings.Contains(name, "wpkreporter") || strings.Contains(plainAddress(l.src), path.Dir(c.Facts.Stability.ScriptPath))
}

func (c *check) reporter(u *unit) {
	c.reporterScript(u)
	made := u.base().Of(trace.Reporter)
	if len(made) == 0 {
		if !u.unspacedReporter() {
			c.lacking(u, "stability.not_made", u.reporterSpot(c))
		}
		return
	}
	for _, e := range made {
		c.reporterSettings(e)
		if !e.Tried {
			c.say("stability.not_tried", at(e.At), tracking.Words{})
		}
	}
	if len(u.base().Of(trace.Install)) == 0 {
		c.lacking(u, "stability.not_installed", at(made[0].At))
	}
	if len(u.base().Of(trace.Kept)) == 0 {
		c.lacking(u, "stability.not_kept", at(made[0].At))
	}
}

// lacking says what the reporter of a page lacks, unless a script that may hold it cannot be read.
func (c *check) lacking(u *unit, key string, where spot) {
	if !u.damaged {
		c.say(key, where, tracking.Words{})
	}
}

// reporterSpot is where the reporter's script is loaded.
func (u *unit) reporterSpot(c *check) spot {
	for _, l := range u.loaders() {
		if c.isReporterScript(l) {
			return l.where
		}
	}
	return spot{u.name, 0}
}

// reporterScript judges the script element of the reporter.
func (c *check) reporterScript(u *unit) {
	found := false
	for _, l := range u.loaders() {
		if !c.isReporterScript(l) {
			continue
		}
		found = true
		want := c.Facts.Stability.Script()
		w := tracking.Words{Value: l.src, Want: want}
		host := hostOf(plainAddress(l.src))
		switch {
		case plainAddress(l.src) != stripQuery(l.src):
			c.say("stability.script_spaces", l.where, w)
		case c.outdated(host):
			c.say("stability.script_outdated", l.where, w)
		case withScheme(plainAddress(l.src)) != want:
			c.say("stability.script_other", l.where, w)
		case !l.cross:
			c.say("stability.no_crossorigin", l.where, w)
		}
	}
	if !found && !u.open() && (u.entry || !guarded(u.base().Of(trace.Reporter))) {
		c.say("stability.no_script", u.madeSpot(), tracking.Words{Want: c.Facts.Stability.Script()})
	}
}

// guarded reports whether a reporter is made only where its script is there, as code shared by all pages does.
func guarded(made []*trace.Event) bool {
	return len(made) > 0 && !slices.ContainsFunc(made, func(e *trace.Event) bool { return !e.Maybe() && !e.Tried })
}

// passEntry makes the pages that an entry page sends its reader to the entry pages instead of it.
func (c *check) passEntry() {
	for _, u := range c.units {
		if !u.entry || !u.redirect || !u.plain() {
			continue
		}
		u.entry = false
		for _, to := range u.targets() {
			for _, other := range c.units {
				other.entry = other.entry || other != u && c.lib.find(u.name, to) == other.name
			}
		}
	}
}

// targets are the addresses a page sends its reader to, as far as their beginning is known.
func (u *unit) targets() []string {
	out := []string{u.refresh}
	for _, t := range u.traces {
		for _, e := range t.Of(trace.Redirect) {
			e.Value.Each(func(v *trace.Value) { out = append(out, v.Begins()) })
		}
	}
	return out
}

func (u *unit) madeSpot() spot {
	if made := u.base().Of(trace.Reporter, trace.Unspaced); len(made) > 0 {
		return at(made[0].At)
	}
	return spot{u.name, 0}
}

func withScheme(src string) string {
	if strings.HasPrefix(src, "//") {
		return "https:" + src
	}
	return src
}

func hostOf(address string) string {
	_, rest, found := strings.Cut(address, "//")
	if !found {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// reporterSettings judges bid, signkey and gateway.
func (c *check) reporterSettings(e *trace.Event) {
	if e.Value == nil {
		c.say("stability.no_settings", at(e.At), tracking.Words{})
		return
	}
	e.Value.Each(func(o *trace.Value) {
		if o.Kind != trace.Object {
			return
		}
		for _, name := range []string{"bid", "signkey", "gateway"} {
			v := o.Get(name)
			if v == nil {
				if !o.Open() {
					c.say("stability.lacks", at(e.At), tracking.Words{Place: name})
				}
				continue
			}
			v.Each(func(one *trace.Value) { c.reporterValue(e, name, one) })
		}
	})
}

func (c *check) reporterValue(e *trace.Event, name string, v *trace.Value) {
	where := valueSpot(v, e)
	switch {
	case v.Kind == trace.Unknown:
		c.say("stability.open", where, tracking.Words{Place: name})
	case v.Kind != trace.String:
		c.say("stability.not_string", where, tracking.Words{Place: name, Value: shown(v)})
	case name == "bid":
		c.bid(where, v.Text)
	case name == "signkey":
		c.signkey(where, v.Text)
	default:
		c.gateway(where, v.Text)
	}
}

func (c *check) bid(where spot, bid string) {
	want := c.Params.Bid
	if want == "" && c.Params.Identifier != "" {
		want = c.Facts.Stability.Bid(c.Params.Identifier)
	}
	w := tracking.Words{Value: bid, Want: want}
	switch {
	case bid == want:
	case c.Facts.IsPlaceholder(bid):
		c.say("bid.placeholder", where, w)
	case want == "" && !strings.HasSuffix(bid, c.Facts.Stability.BidSuffix):
		c.say("bid.suffix", where, tracking.Words{Value: bid, Want: c.Facts.Stability.BidSuffix})
	case want == "":
		c.say("bid.open", where, w)
	case strings.ReplaceAll(bid, "__", "_") == strings.ReplaceAll(want, "__", "_"):
		c.say("bid.doubled", where, w)
	case strings.TrimSpace(bid) == want:
		c.say("bid.spaces", where, w)
	default:
		c.say("bid.other", where, w)
	}
}

func (c *check) signkey(where spot, key string) {
	want := c.Params.Signkey
	if want == "" {
		want = c.Facts.Stability.UsualSignkey
	}
	w := tracking.Words{Value: key, Want: want}
	switch {
	case key == want:
	case c.Params.Signkey == "" && !c.Facts.IsPlaceholder(key):
		c.say("signkey.open", where, w)
	default:
		c.say("signkey.other", where, w)
	}
}

func (c *check) gateway(where spot, gateway string) {
	want := c.Facts.Stability.Host
	w := tracking.Words{Value: gateway, Want: want}
	switch {
	case gateway == want, gateway == want+"/":
	case c.outdated(hostOf(gateway)) || c.outdated(gateway):
		c.say("gateway.outdated", where, w)
	default:
		c.say("gateway.other", where, w)
	}
}
