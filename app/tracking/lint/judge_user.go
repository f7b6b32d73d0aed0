package lint

import (
	"slices"
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// users judges who is written into the records (TRACK-10), and the device number (TRACK-4).
func (c *check) users(u *unit) {
	right, near := u.named(u.base(), "_user_id")
	if len(right)+len(near) == 0 && len(u.base().Of(trace.PV)) > 0 {
		c.missing(u, "user.none", u.home(), tracking.Words{})
	}
	for _, e := range right {
		if e.Value != nil {
			c.user(e)
		}
	}
	devices, _ := u.named(u.base(), "_dev_id")
	for _, e := range devices {
		if e.Value != nil {
			e.Value.Each(func(v *trace.Value) { c.deviceNumber(e, v) })
		}
	}
}

// user judges the possible values of _user_id: what is known beforehand is not the user.
func (c *check) user(e *trace.Event) {
	dynamic := false
	e.Value.Each(func(v *trace.Value) { dynamic = dynamic || v.Kind == trace.Unknown })
	e.Value.Each(func(v *trace.Value) {
		where := valueSpot(v, e)
		w := tracking.Words{Value: shown(v)}
		switch {
		case v.Kind == trace.Unknown:
			c.userSource(e, v)
		case v.Kind != trace.String && v.Kind != trace.Number || strings.TrimSpace(v.Text) == "":
		case c.Facts.IsPlaceholder(v.Text):
			c.say("user.placeholder", where, w)
		case c.Facts.PersonalIn(v.Text) != "":
			c.say("user.personal", where, tracking.Words{Value: v.Text, Other: c.Facts.PersonalIn(v.Text)})
		case dynamic:
			c.say("user.fallback", where, w)
		default:
			c.say("user.fixed", where, w)
		}
	})
}

// userSource judges where the user comes from, as far as the name of the member tells.
func (c *check) userSource(e *trace.Event, v *trace.Value) {
	member := v.Path
	if i := strings.LastIndexByte(member, '.'); i >= 0 {
		member = member[i+1:]
	} else {
		return // a variable of its own: its name says little
	}
	if slices.Contains(c.Facts.Code.NotAccount, strings.ToLower(strings.ReplaceAll(member, "_", ""))) {
		c.say("user.not_account", at(e.At), tracking.Words{Value: v.Path})
	}
}

func (c *check) deviceNumber(e *trace.Event, v *trace.Value) {
	if v.Kind == trace.String && c.Facts.IsPlaceholder(v.Text) {
		c.say("device.placeholder", valueSpot(v, e), tracking.Words{Value: v.Text})
	}
}
