package lint

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// judge goes through the pages, then through what concerns all of them.
func (c *check) judge() {
	for _, b := range c.lib.broken {
		c.brokenScript(b)
	}
	for _, u := range c.units {
		c.unit(u)
	}
	c.stability()
	c.repeatedPages()
	c.pageTable()
	c.leftOut()
	if len(c.units) == 0 {
		c.noPages()
	}
}

// unit judges one page.
func (c *check) unit(u *unit) {
	if u.page != nil {
		for _, at := range u.stray {
			c.say("stray", spot{u.name, at}, tracking.Words{})
		}
		c.encoding(u)
	}
	u.redirect = u.redirects()
	if u.plain() {
		c.withoutCode(u)
		return
	}
	c.queueUse(u)
	c.loader(u)
	c.settings(u)
	c.actions(u)
	c.pageViews(u)
	c.users(u)
	c.hold(u)
}

// base is the trace that is judged where devices do not differ.
func (u *unit) base() *trace.Trace { return u.traces[desktop] }

// plain reports whether a page has no part in traffic analysis at all.
func (u *unit) plain() bool {
	for _, t := range u.traces {
		if len(t.Of(trace.Meta, trace.PV, trace.Push, trace.Odd, trace.Record)) > 0 {
			return false
		}
	}
	return true
}

// redirects reports whether a page only sends its reader on.
func (u *unit) redirects() bool {
	if u.page == nil || !u.bare {
		return false
	}
	return u.refresh != "" || len(u.base().Of(trace.Redirect)) > 0
}

// withoutCode is a page that sends nothing (TRACK-6).
func (c *check) withoutCode(u *unit) {
	switch {
	case u.damaged, u.page != nil && len(u.stray) > 0:
		return // said already
	case u.redirect:
		c.say("page.passes_on", whole(u.name), tracking.Words{})
	case u.page != nil && len(u.lost) > 0 && u.lostTracking():
		c.say("page.script_lost", spot{u.name, u.lost[0].srcAt}, tracking.Words{Value: u.lost[0].src})
	case c.ofLibrary(u):
		c.say("page.library", whole(u.name), tracking.Words{})
	case u.base().Stopped:
		c.say("page.too_long", whole(u.name), tracking.Words{})
	default:
		c.say("page.no_code", spot{u.name, 0}, tracking.Words{Value: u.name})
	}
}

// ofLibrary reports whether a page lies in a folder of libraries, while the site has pages that send.
func (c *check) ofLibrary(u *unit) bool {
	inside := false
	for _, folder := range strings.Split(strings.ToLower(path.Dir(u.name)), "/") {
		inside = inside || slices.Contains(c.Facts.Code.Libraries, folder)
	}
	return inside && slices.ContainsFunc(c.units, func(other *unit) bool { return !other.plain() && path.Dir(other.name) != path.Dir(u.name) })
}

// lostTracking reports whether a script that is not there sounds like the tracking code.
func (u *unit) lostTracking() bool {
	return slices.ContainsFunc(u.lost, func(t scriptTag) bool {
		name := strings.ToLower(path.Base(t.src))
		return strings.Contains(name, "track") || strings.Contains(name, "aplus") || strings.Contains(name, "maidian") || strings.Contains(name, "buried")
	})
}

// open reports whether something is pushed that cannot be seen through, so that what seems missing may be there.
func (u *unit) open() bool {
	return len(u.base().Of(trace.Push)) > 0 || u.damaged || u.base().Stopped
}

// missing says what a page lacks; where something cannot be seen through it is handed to the live check.
func (c *check) missing(u *unit, key string, where spot, w tracking.Words) {
	if u.damaged || u.page != nil && len(u.stray) > 0 {
		return // what cannot be read was told; what is missing may be in it
	}
	if u.open() {
		c.say("open.maybe", where, w)
		return
	}
	c.say(key, where, w)
}

// home is the place of what concerns the tracking code of a page as a whole: its first push.
func (u *unit) home() spot {
	for _, e := range u.base().Of(trace.Meta, trace.PV, trace.Odd, trace.Push) {
		if !e.At.IsZero() {
			return at(e.At)
		}
	}
	return spot{u.name, 0}
}

// sending is where a page sends: its first page view.
func (u *unit) sending() spot {
	if pvs := u.base().Of(trace.PV); len(pvs) > 0 && !pvs[0].At.IsZero() {
		return at(pvs[0].At)
	}
	return u.home()
}

// queueUse judges how the queue is held (TRACK-2, dossier 3.2 no 10).
func (c *check) queueUse(u *unit) {
	t := u.base()
	for _, e := range t.Of(trace.Renewed) {
		c.say("queue.renewed", at(e.At), tracking.Words{})
	}
	for _, e := range t.Of(trace.Meta, trace.PV, trace.Odd, trace.Push, trace.Record) {
		if e.Cached && !e.AtOnce() {
			c.say("queue.kept", at(e.At), tracking.Words{})
			break // every later push through the same variable is lost in the same way
		}
	}
	c.lookAlikes(u)
	for _, e := range t.Of(trace.Unspaced) {
		key := "unspaced.traffic"
		if strings.Contains(strings.ToLower(e.Name), "wpk") || strings.Contains(e.Name, "config") {
			key = "unspaced.stability"
		}
		c.say(key, at(e.At), tracking.Words{Value: e.Name})
	}
	if t.Stopped {
		c.say("open.stopped", whole(u.name), tracking.Words{})
	}
}

// loader judges how the SDK is loaded (TRACK-2).
func (c *check) loader(u *unit) {
	if u.mini {
		return
	}
	right, found := 0, false
	for _, l := range u.loaders() {
		if !c.sdkAddress(l.src) || c.ownScript(u, l.src) {
			continue
		}
		found = true
		if c.judgeLoader(l) {
			right++
		}
	}
	if !found {
		c.missing(u, "loader.none", u.home(), tracking.Words{Want: c.Facts.Traffic.Script, Other: c.Facts.Traffic.ScriptID})
	}
}

// loading is one script element, written in the page or made by code.
type loading struct {
	src     string
	where   spot
	id      string
	hasID   bool
	async   bool
	cross   bool
	written bool // in the page itself
}

// loaders lists the script elements of a page that load from elsewhere.
func (u *unit) loaders() []loading {
	var out []loading
	if u.page != nil {
		for _, t := range u.written() {
			id, hasID := t.attr("id")
			_, async := t.attr("async")
			_, deferred := t.attr("defer")
			_, cross := t.attr("crossorigin")
			out = append(out, loading{t.src, spot{u.name, t.srcAt}, id, hasID, async || deferred || t.module(), cross, true})
		}
	}
	for _, e := range u.base().Of(trace.Loader) {
		if e.Value == nil {
			continue
		}
		e.Value.Each(func(v *trace.Value) {
			if v.Kind != trace.String {
				return
			}
			l := loading{src: v.Text, where: at(v.At), async: true}
			if id := e.Attrs["id"]; id != nil {
				l.id, l.hasID = id.Text, true
			}
			if a := e.Attrs["async"]; a != nil && a.Kind == trace.Bool && !a.Bool {
				l.async = false
			}
			l.cross = e.Attrs["crossorigin"] != nil || e.Attrs["crossOrigin"] != nil
			out = append(out, l)
		})
	}
	return out
}

func (u *unit) written() []scriptTag {
	var out []scriptTag
	for _, t := range u.page.scripts {
		if t.has && t.code() {
			out = append(out, t)
		}
	}
	return out
}

// sdkAddress reports whether an address is that of the traffic SDK, or of a copy of it.
func (c *check) sdkAddress(src string) bool {
	name := strings.ToLower(path.Base(plainAddress(src)))
	return strings.Contains(name, "aplus") && strings.HasSuffix(name, ".js") && !strings.Contains(name, "track") ||
		strings.Contains(strings.ToLower(src), "/alilog/") || name == "zwlog.js"
}

// ownScript reports whether an address is a script of the site that pushes onto the queue, whatever it is called: no copy of
// the SDK.
func (c *check) ownScript(u *unit, address string) bool {
	name := c.lib.find(u.name, address)
	if name == "" || path.Base(name) == path.Base(c.Facts.Traffic.Script) {
		return false
	}
	src := c.source(name)
	return src != nil && bytes.Contains(src.text, []byte("aplus_queue")) && !bytes.Contains(src.text, []byte("goldlog"))
}

// plainAddress takes query, hash and spaces off.
func plainAddress(src string) string {
	src = strings.Join(strings.Fields(src), "")
	src, _, _ = strings.Cut(src, "#")
	src, _, _ = strings.Cut(src, "?")
	return src
}

func (c *check) judgeLoader(l loading) bool {
	want := c.Facts.Traffic.Script
	bare := func(s string) string { _, rest, _ := strings.Cut(s, "//"); return rest }
	w := tracking.Words{Value: l.src, Want: want}
	id := tracking.Words{Value: l.id, Want: c.Facts.Traffic.ScriptID}
	switch {
	case plainAddress(l.src) != stripQuery(l.src):
		return !c.say("loader.spaces", l.where, w)
	case strings.HasPrefix(l.src, "http://") && bare(plainAddress(l.src)) == bare(want):
		return !c.say("loader.plain_http", l.where, w)
	case bare(plainAddress(l.src)) != bare(want):
		return !c.say("loader.copy", l.where, w)
	case !l.hasID:
		return !c.say("loader.no_id", l.where, id)
	case l.id != c.Facts.Traffic.ScriptID:
		return !c.say("loader.other_id", l.where, id)
	case !l.async:
		return !c.say("loader.not_async", l.where, w)
	}
	return true
}

func stripQuery(src string) string {
	src, _, _ = strings.Cut(src, "#")
	src, _, _ = strings.Cut(src, "?")
	return src
}

// brokenScript is a script that no browser would run (TRACK-1, TRACK-2); one without tracking code is only named.
func (c *check) brokenScript(b brokenScript) {
	src := c.source(b.path)
	if src == nil {
		return
	}
	text := src.text[b.from:b.to]
	where := spot{b.path, b.from + b.err.Offset}
	if !hasTracking(text) {
		c.say("open.unreadable", where, tracking.Words{})
		return
	}
	if mark, off := c.watermark(text, b.err.Offset); mark != "" {
		c.say("script.watermark", spot{b.path, b.from + off}, tracking.Words{Value: mark})
		return
	}
	key := "script.broken"
	lower := strings.ToLower(string(text))
	if strings.Contains(lower, "wpkreporter") && !strings.Contains(lower, "aplus") {
		key = "stability.broken"
	}
	c.say(key, where, tracking.Words{Other: b.err.Text})
}

// leftOut names what was not judged.
func (c *check) leftOut() {
	for i, l := range c.lib.left {
		if i == 20 {
			c.say("left.more", spot{}, tracking.Words{})
			break
		}
		key := "left.file"
		if c.lib.used[l.path] || c.lib.kinds[l.path] == htmlFile {
			key = "left.used" // a page depends on it: what is in it decides whether the page is right
		}
		c.say(key, whole(l.path), tracking.Words{Value: l.path, Other: l.why})
	}
	if c.lib.stopped {
		c.say("left.stopped", spot{}, tracking.Words{})
	}
}
