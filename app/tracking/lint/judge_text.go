package lint

import (
	"regexp"
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// encoding judges how the files of a page are written (TRACK-7): a page and the scripts in it have to say how.
func (c *check) encoding(u *unit) {
	declared := u.charset
	gb := strings.HasPrefix(declared, "gb")
	for _, src := range c.pageTexts(u) {
		if !hasTracking(src.text) {
			continue
		}
		w := tracking.Words{Value: string(src.written)}
		switch {
		case src.written == brokenText:
			c.say("encoding.broken", whole(src.path), w)
		case src.written == gbText && !gb && !c.scriptSaysGB(u, src.path):
			c.say("encoding.undeclared", whole(src.path), w)
		case src.written == gbText:
			c.say("encoding.gb", whole(src.path), w)
		case src.written == utf8Text && gb && beyondASCII(src.text):
			c.say("encoding.contradicts", whole(src.path), tracking.Words{Value: declared})
		}
	}
}

// pageTexts are the files whose tracking code a page runs.
func (c *check) pageTexts(u *unit) []*source {
	out := []*source{u.source}
	seen := map[string]bool{u.name: true}
	for _, e := range u.base().Events {
		if e.At.Script == nil || seen[e.At.Script.File] {
			continue
		}
		seen[e.At.Script.File] = true
		if src := c.source(e.At.Script.File); src != nil {
			out = append(out, src)
		}
	}
	return out
}

func (c *check) scriptSaysGB(u *unit, file string) bool {
	for _, t := range u.page.scripts {
		if t.has && c.lib.find(u.name, t.src) == file {
			return strings.HasPrefix(strings.ToLower(t.attrs["charset"]), "gb")
		}
	}
	return false
}

func beyondASCII(text []byte) bool {
	for _, b := range text {
		if b >= 0x80 {
			return true
		}
	}
	return false
}

// lookAlikes judges names that nothing declares but that look like a declared one, as isI0S like isIOS: the script ends there.
func (c *check) lookAlikes(u *unit) {
	for _, s := range u.scripts {
		for _, l := range trace.LookAlikes(s) {
			c.say("name.lookalike", at(l.At), tracking.Words{Value: l.Text, Want: l.Like})
		}
	}
}

// watermark finds text of a page watermark near a place where a script is broken.
func (c *check) watermark(text []byte, near int) (mark string, offset int) {
	for _, pattern := range c.Facts.Code.Watermarks {
		re, err := regexp.Compile("(?i)" + pattern)
		if err != nil {
			continue
		}
		for _, found := range re.FindAllIndex(text, -1) {
			if distance := found[0] - near; distance > -2000 && distance < 2000 {
				return string(text[found[0]:found[1]]), found[0]
			}
		}
	}
	return "", 0
}

// isWatermark reports whether a name is text of a page watermark, or no name anybody would give: such a line is valid
// syntax, and ends the script when it runs.
func (c *check) isWatermark(name string) bool {
	for _, pattern := range c.Facts.Code.Watermarks {
		if ok, err := trace.Match(pattern, "i", name); err == nil && ok {
			return true
		}
	}
	return false
}
