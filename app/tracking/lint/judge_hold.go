package lint

import (
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// hold judges how records are held and released, and the order of it all (TRACK-4, TRACK-5; what the SDK makes of each
// order: dossier 3.2).
func (c *check) hold(u *unit) {
	h := holding(u)
	for _, e := range h.odd {
		c.say("hold.value", valueSpot(e.Value, e), tracking.Words{Value: shown(e.Value)})
	}
	if len(h.blocks)+len(h.nearBlocks) == 0 {
		if len(h.pvs) > 0 || len(h.users) > 0 {
			c.missing(u, "hold.none", u.home(), tracking.Words{})
		}
		if len(h.starts) > 0 {
			return
		}
	}
	if len(h.starts) == 0 {
		if len(h.blocks) > 0 && len(h.nearStarts) == 0 {
			c.missing(u, "hold.never_released", at(h.blocks[0].At), tracking.Words{})
		}
		return
	}
	c.release(u, h)
	c.early(h)
	c.blocks(h)
	c.order(h)
}

// held are the events the order is judged by.
type held struct {
	blocks, starts, users, pvs []*trace.Event
	nearBlocks, nearStarts     []*trace.Event // misspelt ones
	odd                        []*trace.Event // values that are neither
}

func holding(u *unit) held {
	t := u.base()
	h := held{pvs: t.Of(trace.PV)}
	right, near := u.named(t, "_hold")
	for _, e := range right {
		h.sort(e, &h.blocks, &h.starts)
	}
	for _, e := range near {
		h.sort(e, &h.nearBlocks, &h.nearStarts)
	}
	h.users, _ = u.named(t, "_user_id")
	return h
}

// sort puts a hold where it belongs; of one with an unknown value both are possible.
func (h *held) sort(e *trace.Event, blocks, starts *[]*trace.Event) {
	value := e.Value
	if value == nil && len(e.Args) > 1 {
		value = e.Args[1]
	}
	if value == nil {
		return
	}
	value.Each(func(v *trace.Value) {
		switch {
		case v.Kind == trace.String && v.Text == "BLOCK":
			*blocks = append(*blocks, e)
		case v.Kind == trace.String && v.Text == "START":
			*starts = append(*starts, e)
		case v.Kind == trace.Unknown:
			*blocks = append(*blocks, e)
			*starts = append(*starts, e)
		default:
			h.odd = append(h.odd, e)
			if strings.EqualFold(strings.TrimSpace(v.Text), "START") {
				h.nearStarts = append(h.nearStarts, e)
			} else {
				h.nearBlocks = append(h.nearBlocks, e)
			}
		}
	})
}

func isStart(e *trace.Event) bool {
	if e.What != trace.Meta || e.Name != "_hold" || e.Value == nil {
		return false
	}
	texts, _ := e.Value.Strings()
	for _, t := range texts {
		if t == "START" {
			return true
		}
	}
	return e.Value.Kind == trace.Unknown
}

// release judges whether START comes in every outcome: without it nothing is ever sent (dossier 3.2 no 4).
func (c *check) release(u *unit, h held) {
	if u.base().Settles(isStart) {
		return
	}
	outside := true
	for _, e := range h.starts {
		outside = outside && e.Within(trace.OnCall)
	}
	if outside || u.open() {
		c.say("open.release", at(h.starts[0].At), tracking.Words{})
		return
	}
	c.say("hold.not_always", at(h.starts[0].At), tracking.Words{})
}

// early judges whether START comes before the user is known.
func (c *check) early(h held) {
	if len(h.users) == 0 {
		return
	}
	for _, s := range h.starts {
		if s.AtOnce() && !s.Maybe() && !anyEvent(h.users, (*trace.Event).AtOnce) {
			c.say("hold.early", at(s.At), tracking.Words{})
			return
		}
		for _, user := range h.users {
			if trace.SameRun(s, user) && s.Seq < user.Seq && !anyEvent(h.users, func(e *trace.Event) bool { return trace.Before(e, s) }) {
				c.say("hold.before_user", at(s.At), tracking.Words{})
				return
			}
		}
	}
}

func anyEvent(list []*trace.Event, is func(*trace.Event) bool) bool {
	for _, e := range list {
		if is(e) {
			return true
		}
	}
	return false
}

// blocks judges a BLOCK that comes again and again, with a START that does not.
func (c *check) blocks(h held) {
	for _, b := range h.blocks {
		if b.Within(trace.OnRoute) && !b.SettlesWithin(isStart, trace.OnRoute) {
			c.say("hold.again", at(b.At), tracking.Words{})
			return
		}
	}
}

// order judges where the page views stand (TRACK-5).
func (c *check) order(h held) {
	for _, p := range h.pvs {
		if len(h.blocks) == 0 {
			return
		}
		blocked := anyEvent(h.blocks, func(b *trace.Event) bool { return trace.Before(b, p) })
		switch {
		case !blocked && anyEvent(h.blocks, func(b *trace.Event) bool { return trace.SameRun(b, p) }):
			c.say("order.before_block", at(p.At), tracking.Words{})
		case !blocked && p.AtOnce():
			c.say("order.unheld", at(p.At), tracking.Words{})
		case !blocked && !anyEvent(h.blocks, (*trace.Event).AtOnce) && p.Within(trace.OnRoute, trace.OnView) && !sharesWork(h.blocks, p):
			c.say("order.unheld", at(p.At), tracking.Words{})
		case c.afterStart(h, p):
			c.say("order.after_start", at(p.At), tracking.Words{})
		}
	}
}

// sharesWork reports whether one of the events happens in the same outermost work.
func sharesWork(list []*trace.Event, p *trace.Event) bool {
	return anyEvent(list, func(e *trace.Event) bool {
		return len(e.Works()) > 0 && len(p.Works()) > 0 && e.Works()[0] == p.Works()[0]
	})
}

// afterStart reports whether a page view comes after START in the same run, so that the SDK forgives it: the user is set.
func (c *check) afterStart(h held, p *trace.Event) bool {
	return anyEvent(h.starts, func(s *trace.Event) bool { return trace.SameRun(s, p) && s.Seq < p.Seq && !s.AtOnce() }) &&
		!p.Within(trace.OnRoute, trace.OnUser)
}
