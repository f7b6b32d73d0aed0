package lint

import (
	"bytes"
	"context"
	"net/netip"
	"net/url"
	"runtime"
	"strings"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// note is a finding to be, made beside others.
type note struct {
	key   string
	where spot
	words tracking.Words
}

// scan goes through every file, whether it has to do with the tracking code or not (RULE-1, RULE-15, PKG-10), and looks
// for damage in the tracking code that is no event.
func (c *check) scan(ctx context.Context) error {
	for _, u := range c.units {
		if u.page != nil {
			c.scanPage(u)
		}
	}
	for _, name := range c.lib.of(envFile) {
		c.scanEnv(name)
	}
	return c.scanScripts(ctx)
}

func (c *check) scanPage(u *unit) {
	for _, at := range u.passwords {
		c.say("password.field", spot{u.name, at}, tracking.Words{})
	}
	for _, l := range u.links {
		c.foreignHost(l.text, spot{u.name, l.at})
	}
	for _, t := range u.page.scripts {
		if t.has {
			c.foreignHost(t.src, spot{u.name, t.srcAt})
		} else if s := c.lib.inline[inlineKey{u.name, t.from}]; s != nil {
			c.tell(c.survey(s, hasTracking(u.text[t.from:t.to])))
		}
	}
	for _, e := range u.base().Of(trace.Loader) {
		if e.Value != nil && e.Value.Kind == trace.String {
			c.foreignHost(e.Value.Text, valueSpot(e.Value, e))
		}
	}
}

func (c *check) tell(notes []note) {
	for _, n := range notes {
		c.say(n.key, n.where, n.words)
	}
}

// foreignHost judges what a page loads from elsewhere (PKG-10).
func (c *check) foreignHost(address string, where spot) {
	host := strings.ToLower(hostOf(plainAddress(address)))
	host, _, _ = strings.Cut(host, ":")
	if host == "" || c.allowed(host) || c.Facts.IsLocalAddress(address) {
		return
	}
	c.say("cdn", where, tracking.Words{Value: host})
}

func (c *check) allowed(host string) bool {
	for _, known := range append([]string{hostOf(c.Facts.Stability.Host), hostOf(c.Facts.Traffic.Script), c.Facts.Traffic.LogHost}, c.Facts.Code.AllowedHosts...) {
		if host == known || strings.HasPrefix(known, ".") && strings.HasSuffix(host, known) {
			return true
		}
	}
	return c.outdated(host)
}

// scanEnv reads the settings of a production build.
func (c *check) scanEnv(name string) {
	src := c.source(name)
	if src == nil {
		return
	}
	offset := 0
	for line := range bytes.SplitSeq(src.text, []byte("\n")) {
		if key, value, found := bytes.Cut(line, []byte("=")); found && !bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
			text := strings.Trim(strings.TrimSpace(string(value)), `"'`)
			if n, bad := c.request(text, spot{name, offset + len(key) + 1}); bad {
				c.tell([]note{n})
			}
		}
		offset += len(line) + 1
	}
}

// scanScripts surveys every script file, several at a time; what was parsed for the pages is not parsed again.
func (c *check) scanScripts(ctx context.Context) error {
	names := c.lib.of(scriptFile, typedFile, tsxFile, vueFile)
	results := make([][]note, len(names))
	var mu sync.Mutex
	next, done := 0, 0
	var wg sync.WaitGroup
	for range min(runtime.NumCPU(), 4) {
		wg.Go(func() {
			for ctx.Err() == nil {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(names) {
					return
				}
				found := c.scanFile(names[i], &mu)
				mu.Lock()
				results[i] = found
				done++
				if c.Progress != nil {
					c.Progress(done, len(names))
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return listing.Fail(listing.CodeCanceled, "已取消检查", "需要时请重新开始").Because(ctx.Err())
	}
	for _, found := range results {
		c.tell(found)
	}
	return nil
}

// scanFile surveys one file. mu guards what the check keeps.
func (c *check) scanFile(name string, mu *sync.Mutex) []note {
	mu.Lock()
	s, src := c.lib.scripts[name], c.lib.texts[name]
	mu.Unlock()
	if src == nil {
		data, ok := c.readGuarded(name, mu)
		if !ok {
			return nil
		}
		src = decode(name, data)
	}
	var out []note
	if c.lib.kinds[name] == vueFile {
		for _, at := range readPage(src).passwords {
			out = append(out, note{"password.field", spot{name, at}, tracking.Words{}})
		}
	}
	tracked := hasTracking(src.text)
	if s == nil {
		if !tracked && !worthReading(src.text) {
			return out
		}
		parsed, _, err := parseFile(src, c.lib.kinds[name])
		if err != nil {
			return append(out, c.unread(name, src, err, tracked, mu)...)
		}
		s = parsed
	}
	return append(out, c.survey(s, tracked)...)
}

func (c *check) readGuarded(name string, mu *sync.Mutex) ([]byte, bool) {
	data, why := c.lib.rawQuiet(name)
	if why == "" {
		return data, true
	}
	mu.Lock()
	defer mu.Unlock()
	c.lib.leave(name, why)
	return nil, false
}

// unread is a script that cannot be parsed; one that a page uses was told already.
func (c *check) unread(name string, src *source, err *trace.SyntaxError, tracked bool, mu *sync.Mutex) []note {
	mu.Lock()
	defer mu.Unlock()
	for _, b := range c.lib.broken {
		if b.path == name {
			return nil
		}
	}
	if tracked {
		c.lib.broken = append(c.lib.broken, brokenScript{name, 0, len(src.text), err})
		return nil
	}
	return []note{{"open.unreadable", spot{name, err.Offset}, tracking.Words{}}}
}

// worthReading reports whether a script without tracking code may hold something that is looked for.
func worthReading(text []byte) bool {
	for _, sign := range []string{"localhost", "127.0.0.1", "192.168.", "://10.", "//172.", "baseURL", "baseUrl", "password", "fetch(", "axios", "ajax", "XMLHttpRequest", "WebSocket"} {
		if bytes.Contains(text, []byte(sign)) {
			return true
		}
	}
	return false
}

// librarySize is the size from which a script without tracking code is taken for a library: a field for a password in it need
// not be one of the application.
const librarySize = 256 << 10

// survey turns what stands in a script into notes.
func (c *check) survey(s *trace.Script, tracked bool) []note {
	var out []note
	found := trace.SurveyOf(s)
	for _, r := range found.Requests {
		if n, bad := c.request(r.Text, at(r.At)); bad {
			out = append(out, n)
		}
	}
	for _, a := range found.Addresses {
		if c.privateAddress(a.Text) && !bareHost(a.Text) {
			out = append(out, note{"api.mentioned", at(a.At), tracking.Words{Value: a.Text}})
		}
	}
	for _, m := range found.Passwords {
		key := "password.made"
		if len(c.units) == 0 || !tracked && s.Size() > librarySize {
			key = "password.maybe"
		}
		out = append(out, note{key, at(m), tracking.Words{}})
	}
	if !tracked {
		return out
	}
	for _, re := range found.Regexes {
		if c.damagedRegex(re.Text) {
			out = append(out, note{"agent.damaged", at(re.At), tracking.Words{Value: re.Text, Want: c.Facts.Traffic.UserAgent.IOS}})
		}
	}
	for _, b := range found.Bare {
		if c.isWatermark(b.Text) {
			out = append(out, note{"script.watermark", at(b.At), tracking.Words{Value: b.Text}})
		}
	}
	return out
}

// damagedRegex reports whether an expression that is to know iPhones knows none, as the copied one that lost its spaces.
func (c *check) damagedRegex(pattern string) bool {
	if !strings.Contains(pattern, "CPU") || !strings.Contains(pattern, "Mac") {
		return false
	}
	for _, agent := range []string{c.Facts.Code.Agents.IOS, strings.Replace(c.Facts.Code.Agents.IOS, "iPhone; CPU iPhone OS", "iPad; CPU OS", 1)} {
		if yes, err := trace.Match(pattern, "", agent); err == nil && yes {
			return false
		}
	}
	return true
}

// request judges where a request goes (RULE-15).
func (c *check) request(text string, where spot) (note, bool) {
	w := tracking.Words{Value: text}
	switch {
	case c.privateAddress(text):
		return note{"api.private", where, w}, true
	case strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//") && len(text) > 1 && !strings.ContainsAny(text, " <>{}\n"):
		return note{"api.relative", where, w}, true
	}
	return note{}, false
}

// privateAddress reports whether an address works on one machine or inside one network only.
func (c *check) privateAddress(text string) bool {
	for _, scheme := range []string{"http://", "https://", "ws://", "wss://", "//"} {
		rest, found := strings.CutPrefix(text, scheme)
		if !found || rest == "" || strings.ContainsAny(rest, " \n") {
			continue
		}
		u, err := url.Parse("http://" + rest)
		if err != nil {
			return false
		}
		host := u.Hostname()
		if addr, err := netip.ParseAddr(host); err == nil {
			return addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast() || addr.IsUnspecified()
		}
		return host == "localhost" || strings.HasSuffix(host, ".localhost")
	}
	return false
}

// bareHost reports whether an address is a host alone, as libraries write it where they need some address.
func bareHost(text string) bool {
	_, rest, _ := strings.Cut(text, "//")
	return !strings.ContainsAny(strings.TrimSuffix(rest, "/"), ":/?")
}
