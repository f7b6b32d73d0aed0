package lint

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// page is one HTML file with what matters of it.
type page struct {
	*source
	scripts   []scriptTag
	links     []address // style sheets and the like
	passwords []int     // offsets of password fields
	stray     []int     // offsets of tracking code that stands outside a script
	charset   string    // as declared, lower case
	refresh   string    // where a refresh sends the reader
	bare      bool      // shows hardly anything by itself
	mentioned []string  // names used in attributes that hold code
	fragment  bool      // no page of its own: a template or part of one
}

// scriptTag is a script element.
type scriptTag struct {
	src      string // as written; empty for an inline one
	has      bool   // has a src at all
	at       int    // offset of the tag
	srcAt    int    // offset of the address
	attrs    map[string]string
	from, to int // the inline body
}

// address is a written address with its place.
type address struct {
	text string
	at   int
}

func (t scriptTag) attr(name string) (string, bool) {
	v, ok := t.attrs[name]
	return v, ok
}

// code reports whether the element holds code, and not data or a template.
func (t scriptTag) code() bool {
	kind := strings.ToLower(strings.TrimSpace(t.attrs["type"]))
	switch kind {
	case "", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript", "application/x-javascript", "text/babel", "text/jsx":
		return true
	}
	return false
}

func (t scriptTag) module() bool {
	return strings.EqualFold(strings.TrimSpace(t.attrs["type"]), "module")
}

// reader walks through the tags of a page.
type reader struct {
	*page
	skip  int  // inside elements whose text is shown as it is
	quiet int  // inside elements that show nothing
	shown int  // how much is there to be seen: elements, and characters of text
	root  bool // has html, head or body
}

// readPage reads the tags of an HTML file; every text is some page.
func readPage(s *source) *page {
	r := &reader{page: &page{source: s}}
	z := html.NewTokenizer(bytes.NewReader(s.text))
	at := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := len(z.Raw())
		r.token(kind, z, at, s.text[at:min(at+raw, len(s.text))])
		at += raw
	}
	r.bare = r.shown <= fewShown
	r.fragment = !r.root && len(r.scripts) == 0
	return r.page
}

func (r *reader) token(kind html.TokenType, z *html.Tokenizer, at int, raw []byte) {
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		r.start(z.Token(), at, raw)
	case html.EndTagToken:
		r.end(z.Token().Data)
	case html.TextToken:
		r.plain(at, raw)
	}
}

// fewShown is how much a page shows that only says that its reader is sent on.
const fewShown = 60

func (r *reader) end(tag string) {
	if shownAsText(tag) && r.skip > 0 {
		r.skip--
	}
	if showsNothing(tag) && r.quiet > 0 {
		r.quiet--
	}
}

func showsNothing(tag string) bool { return tag == "title" || tag == "style" || tag == "noscript" }

// shownAsText reports whether the text inside an element is there to be read, code included.
func shownAsText(tag string) bool {
	return tag == "pre" || tag == "code" || tag == "textarea" || tag == "template" || tag == "xmp"
}

func (r *reader) start(t html.Token, at int, raw []byte) {
	attrs := map[string]string{}
	for _, a := range t.Attr {
		if _, twice := attrs[a.Key]; !twice {
			attrs[a.Key] = a.Val
		}
	}
	switch t.Data {
	case "html", "head", "body", "!doctype":
		r.root = true
	case "script":
		r.script(attrs, at, raw)
	case "link":
		if href := attrs["href"]; href != "" && !strings.Contains(attrs["rel"], "canonical") {
			r.links = append(r.links, address{href, at + offsetOf(raw, href)})
		}
	case "meta":
		r.meta(attrs)
	case "title", "style", "base", "noscript", "div", "br", "span", "p", "a", "center", "strong":
	case "table", "form", "ul", "iframe", "button", "input", "select":
		r.shown += fewShown
	default:
		r.shown += 10
	}
	if showsNothing(t.Data) {
		r.quiet++
	}
	r.mention(t.Attr)
	if shownAsText(t.Data) {
		r.skip++
	}
	if strings.EqualFold(attrs["type"], "password") && t.Data != "script" {
		r.passwords = append(r.passwords, at)
	}
}

// mention notes the names in attributes that hold code, as onclick and @click do.
func (r *reader) mention(attrs []html.Attribute) {
	for _, a := range attrs {
		if !strings.HasPrefix(a.Key, "on") && !strings.HasPrefix(a.Key, "@") && !strings.HasPrefix(a.Key, ":") && !strings.HasPrefix(a.Key, "v-") {
			continue
		}
		r.mentioned = append(r.mentioned, strings.FieldsFunc(a.Val, func(c rune) bool {
			return c != '_' && c != '$' && !unicode.IsLetter(c) && !unicode.IsDigit(c)
		})...)
	}
}

func (r *reader) script(attrs map[string]string, at int, raw []byte) {
	src, has := attrs["src"]
	tag := scriptTag{src: strings.TrimSpace(src), has: has, at: at, attrs: attrs, from: at + len(raw), to: at + len(raw)}
	tag.srcAt = at + offsetOf(raw, src)
	end := bytes.Index(bytes.ToLower(r.text[tag.from:]), []byte("</script"))
	if end >= 0 {
		tag.to = tag.from + end
	} else {
		tag.to = len(r.text)
	}
	r.scripts = append(r.scripts, tag)
}

// offsetOf finds an attribute's value in its tag; an escaped one is taken to stand at the tag.
func offsetOf(raw []byte, value string) int {
	if value == "" {
		return 0
	}
	return max(0, bytes.Index(raw, []byte(value)))
}

func (r *reader) meta(attrs map[string]string) {
	if c := attrs["charset"]; c != "" {
		r.charset = strings.ToLower(strings.TrimSpace(c))
	}
	switch strings.ToLower(attrs["http-equiv"]) {
	case "content-type":
		if _, c, found := strings.Cut(strings.ToLower(attrs["content"]), "charset="); found && r.charset == "" {
			r.charset = strings.TrimSpace(c)
		}
	case "refresh":
		if _, to, found := strings.Cut(strings.ToLower(attrs["content"]), "url="); found {
			r.refresh = strings.Trim(to, `'" `)
		}
	}
}

// plain looks at text between tags. The body of a script comes as text too; it begins where a script does.
func (r *reader) plain(at int, raw []byte) {
	if n := len(r.scripts); n > 0 && r.scripts[n-1].from == at && r.scripts[n-1].to > at {
		return
	}
	text := bytes.TrimSpace(raw)
	if len(text) == 0 {
		return
	}
	if r.quiet == 0 {
		r.shown += utf8.RuneCount(text)
	}
	if r.skip == 0 {
		for _, sign := range []string{"aplus_queue", "aplus.setMetaInfo", "aplus.sendPV", "wpkReporter("} {
			if i := bytes.Index(raw, []byte(sign)); i >= 0 {
				r.stray = append(r.stray, at+i)
				return
			}
		}
	}
}

// unitOf is the script part of a single-file component: everything else is blanked, so that places stay as they are.
func unitOf(s *source) (script []byte, typed string, p *page) {
	p = readPage(s)
	out := bytes.Map(func(c rune) rune {
		if c == '\n' {
			return c
		}
		return ' '
	}, asciiOnly(s.text))
	for _, t := range p.scripts {
		if !t.has {
			copy(out[t.from:t.to], s.text[t.from:t.to])
		}
		if lang := strings.ToLower(t.attrs["lang"]); lang != "" {
			typed = lang
		}
	}
	return out, typed, p
}

// asciiOnly replaces every byte beyond ASCII, so that blanking keeps the length.
func asciiOnly(text []byte) []byte {
	out := bytes.Clone(text)
	for i, c := range out {
		if c >= 0x80 {
			out[i] = ' '
		}
	}
	return out
}
