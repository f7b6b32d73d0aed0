package lint

import (
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// The settings the SDK knows, with the fact that a mistake in their name belongs to.
func settingRules() map[string]string {
	return map[string]string{
		"aplus-rhost-v": "TRACK-2", "aplus-rhost-g": "TRACK-2", "appId": "TRACK-2", "aplus-waiting": "TRACK-3",
		"_hold": "TRACK-4", "_dev_id": "TRACK-4", "_user_id": "TRACK-10", "_user_nick": "TRACK-10", "_anony_id": "TRACK-4",
	}
}

// meant returns the setting that a misspelt name stands for, or "".
func meant(name string) string {
	if _, right := settingRules()[name]; right || name == "" {
		return ""
	}
	bare := squeezed(name)
	for known := range settingRules() {
		if squeezed(known) == bare {
			return known
		}
	}
	return ""
}

// squeezed drops case, spaces, hyphens and underscores.
func squeezed(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	return strings.NewReplacer("_", "", "-", "", "\u200b", "").Replace(s)
}

// named returns the events that set something, by the name that is meant: misspelt names and actions count too, so that
// one mistake is not told as another's absence.
func (u *unit) named(t *trace.Trace, setting string) (right, meantIt []*trace.Event) {
	for _, e := range t.Of(trace.Meta) {
		if e.Name == setting {
			right = append(right, e)
		} else if meant(e.Name) == setting {
			meantIt = append(meantIt, e)
		}
	}
	for _, e := range t.Of(trace.Odd) {
		if isMetaAction(e.Name) && len(e.Args) > 0 && e.Args[0].Kind == trace.String {
			if name := e.Args[0].Text; name == setting || meant(name) == setting {
				meantIt = append(meantIt, e)
			}
		}
	}
	return right, meantIt
}

func isMetaAction(name string) bool { return strings.Contains(squeezed(name), "setmetainfo") }
func isPVAction(name string) bool   { return strings.HasSuffix(squeezed(name), "sendpv") }

// settings judges hosts, appId and aplus-waiting (TRACK-2, TRACK-3).
func (c *check) settings(u *unit) {
	t := u.base()
	for _, e := range t.Of(trace.Meta) {
		c.settingName(e)
		c.settingForm(e)
	}
	c.logHosts(u)
	c.appID(u)
	c.waiting(u)
}

func (c *check) settingName(e *trace.Event) {
	want := meant(e.Name)
	if want == "" {
		return
	}
	keys := map[string]string{"TRACK-2": "key.traffic", "TRACK-3": "key.waiting", "TRACK-4": "key.hold", "TRACK-10": "key.user"}
	c.say(keys[settingRules()[want]], at(e.At), tracking.Words{Value: e.Name, Want: want})
}

// settingForm judges the type of a value: strings only (TRACK-7).
func (c *check) settingForm(e *trace.Event) {
	if _, known := settingRules()[e.Name]; !known {
		return
	}
	if e.Value == nil {
		if len(e.Args) > 0 && len(e.Args) < 2 {
			c.say("setting.no_value", at(e.At), tracking.Words{Place: e.Name})
		}
		return
	}
	e.Value.Each(func(v *trace.Value) {
		switch v.Kind {
		case trace.Number, trace.Bool, trace.Object, trace.Array:
			c.say("value.not_string", valueSpot(v, e), tracking.Words{Place: e.Name, Value: shown(v)})
		}
	})
}

func valueSpot(v *trace.Value, e *trace.Event) spot {
	if v != nil && !v.At.IsZero() {
		return at(v.At)
	}
	return at(e.At)
}

// shown is a value as a person reads it.
func shown(v *trace.Value) string {
	switch v.Kind {
	case trace.String, trace.Number:
		return v.Text
	case trace.Bool:
		if v.Bool {
			return "true"
		}
		return "false"
	case trace.Object:
		return "{…}"
	case trace.Array:
		return "[…]"
	}
	return v.Path
}

// logHosts judges the two log hosts.
func (c *check) logHosts(u *unit) {
	for _, name := range []string{"aplus-rhost-v", "aplus-rhost-g"} {
		right, near := u.named(u.base(), name)
		if len(right)+len(near) == 0 {
			c.missing(u, "host.none", u.home(), tracking.Words{Place: name, Want: c.Facts.Traffic.LogHost})
		}
		for _, e := range right {
			if e.Value == nil {
				continue
			}
			e.Value.Each(func(v *trace.Value) { c.logHost(e, v) })
		}
	}
}

func (c *check) logHost(e *trace.Event, v *trace.Value) {
	want := c.Facts.Traffic.LogHost
	w := tracking.Words{Place: e.Name, Value: v.Text, Want: want}
	where := valueSpot(v, e)
	if v.Kind != trace.String {
		if v.Kind == trace.Unknown {
			c.say("host.open", where, w)
		}
		return
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(v.Text), "https://"), "http://"), "/")
	bare = strings.TrimPrefix(bare, "//")
	switch {
	case v.Text == want:
	case c.outdated(bare):
		c.say("host.outdated", where, w)
	case strings.Contains(v.Text, "//"):
		c.say("host.scheme", where, w)
	case strings.Join(strings.Fields(v.Text), "") == want:
		c.say("host.spaces", where, w)
	default:
		c.say("host.other", where, w)
	}
}

func (c *check) outdated(host string) bool {
	for _, old := range c.Facts.Traffic.OutdatedHosts {
		if strings.EqualFold(host, old) {
			return true
		}
	}
	return false
}

// appID judges the appId of each kind of device.
func (c *check) appID(u *unit) {
	ids := c.Facts.Traffic.AppID
	wants := map[device]string{android: ids.Android, iphone: ids.IOS, desktop: ids.Other}
	right, near := u.named(u.base(), "appId")
	if len(right)+len(near) == 0 {
		if o, _ := u.named(u.traces[android], "appId"); len(o) == 0 {
			c.missing(u, "app_id.none", u.home(), tracking.Words{})
			return
		}
	}
	for _, d := range devices() {
		events, _ := u.named(u.traces[d], "appId")
		for _, e := range events {
			if e.Value != nil {
				c.appIDValue(u, d, e, wants)
			}
		}
	}
}

// appIDValue judges one value; what may be one of several is judged only where none of them fits.
func (c *check) appIDValue(u *unit, d device, e *trace.Event, wants map[device]string) {
	fits, known := false, true
	var wrong *trace.Value
	e.Value.Each(func(v *trace.Value) {
		switch {
		case v.Kind == trace.String && v.Text == wants[d]:
			fits = true
		case v.Kind == trace.String:
			wrong = v
			c.foreignID(e, v, wants)
		case v.Kind == trace.Number:
			wrong, fits = v, fits || v.Text == wants[d] // said as a matter of type
		default:
			known = false
		}
	})
	if fits || wrong == nil || !known || c.damagedAgent(u) {
		return
	}
	if foreign(wrong.Text, wants) {
		return
	}
	key := "app_id.swapped"
	if u.mini {
		if d == desktop {
			return // a mini-program does not run there
		}
		key = "app_id.mini"
	}
	c.say(key, valueSpot(wrong, e), tracking.Words{Place: string(d), Value: wrong.Text, Want: wants[d]})
}

func foreign(id string, wants map[device]string) bool {
	for _, w := range wants {
		if strings.TrimSpace(id) == w {
			return strings.TrimSpace(id) != id
		}
	}
	return true
}

func (c *check) foreignID(e *trace.Event, v *trace.Value, wants map[device]string) {
	if !foreign(v.Text, wants) {
		return
	}
	key := "app_id.foreign"
	if strings.TrimSpace(v.Text) != v.Text {
		key = "app_id.spaces"
	}
	want := "安卓 " + wants[android] + "、苹果 " + wants[iphone] + "、其他 " + wants[desktop]
	c.say(key, valueSpot(v, e), tracking.Words{Value: v.Text, Want: want})
}

// damagedAgent reports whether the expression that tells devices apart is damaged: what follows from it is not told again.
func (c *check) damagedAgent(u *unit) bool {
	for s := range c.seen {
		if s.key == "agent.damaged" && c.belongs(u, s.file) {
			return true
		}
	}
	return false
}

func (c *check) belongs(u *unit, file string) bool {
	if file == u.name {
		return true
	}
	for _, t := range u.traces {
		for _, e := range t.Events {
			if e.At.Script != nil && e.At.Script.File == file {
				return true
			}
		}
	}
	return false
}

// waiting judges aplus-waiting (TRACK-3).
func (c *check) waiting(u *unit) {
	right, near := u.named(u.base(), "aplus-waiting")
	if len(right)+len(near) == 0 && !u.mini {
		c.missing(u, "waiting.none", u.sending(), tracking.Words{})
	}
	for _, e := range right {
		if e.Value == nil {
			continue
		}
		e.Value.Each(func(v *trace.Value) {
			if v.Kind == trace.String && v.Text != "MAN" {
				c.say("waiting.other", valueSpot(v, e), tracking.Words{Value: v.Text})
			}
		})
	}
}

// actions judges the names of actions: the SDK ignores one it does not know, without a word.
func (c *check) actions(u *unit) {
	for _, e := range u.base().Of(trace.Odd) {
		w := tracking.Words{Value: e.Name}
		switch {
		case isPVAction(e.Name):
			w.Want = "aplus.sendPV"
			c.say("action.pv", at(e.At), w)
		case isMetaAction(e.Name):
			w.Want = "aplus.setMetaInfo"
			c.say(metaActionKey(e), at(e.At), w)
		default:
			c.say("action.unknown", at(e.At), w)
		}
	}
}

// metaActionKey gives a misspelt setMetaInfo to the fact of what it was to set.
func metaActionKey(e *trace.Event) string {
	if len(e.Args) > 0 {
		name := e.Args[0].Text
		if m := meant(name); m != "" {
			name = m
		}
		switch settingRules()[name] {
		case "TRACK-3":
			return "action.waiting"
		case "TRACK-4":
			return "action.hold"
		case "TRACK-10":
			return "action.user"
		}
	}
	return "action.meta"
}
