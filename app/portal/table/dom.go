package table

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// FaintAttribute marks what takes up space and cannot be seen (visibility: hidden). Its text counts only in a cell that
// shows no other: kits hide the cells of fixed columns so in the table under the fixed copy.
const FaintAttribute = "data-sjt-faint"

// BlockAttribute marks an element beside which words are apart although its name does not say so.
const BlockAttribute = "data-sjt-block"

// AcrossAttribute says from where to where a cell reaches across the page, in its own pixels: two numbers.
const AcrossAttribute = "data-sjt-across"

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

var (
	displayNone = regexp.MustCompile(`(?i)(^|;)\s*display\s*:\s*none`)
	zeroHeight  = regexp.MustCompile(`(?i)(^|;)\s*(max-)?height\s*:\s*0(px)?\s*(!important)?\s*(;|$)`)
	unseen      = regexp.MustCompile(`(?i)(^|;)\s*visibility\s*:\s*(hidden|collapse)`)
)

// hidden reports whether an element and all in it takes no place on the page.
func hidden(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return n.Type == html.CommentNode || n.Type == html.DoctypeNode
	}
	switch n.Data {
	case "script", "style", "noscript", "head", "svg", "math", "object", "embed", "audio", "video", "datalist":
		return true
	case "template":
		return !has(n, "shadowrootmode") && !has(n, "shadowmode") // saved pages keep shadow roots so
	}
	return has(n, "hidden") || displayNone.MatchString(attr(n, "style"))
}

func faint(n *html.Node) bool {
	return n.Type == html.ElementNode && (has(n, FaintAttribute) || unseen.MatchString(attr(n, "style")))
}

// apart reports whether words before, in and after the element are words of their own.
func apart(n *html.Node) bool {
	switch n.Data {
	case "a", "button", "div", "p", "li", "ul", "ol", "br", "tr", "td", "th", "table", "section", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6",
		"hr", "option", "select", "textarea", "input", "pre", "label", "article", "header", "footer", "nav", "form", "img":
		return true
	}
	role := attr(n, "role")
	return role == "button" || role == "link" || role == "menuitem" || has(n, BlockAttribute)
}

// shown collects what an element shows.
type shown struct {
	text, faintText strings.Builder
	whole           strings.Builder // both, in the order of the page
	instead         []string        // of a cell without a text: values of fields, titles and alternative texts
	links           []string
	steps           *int
	limit           int
}

func (s *shown) add(n *html.Node, isFaint bool) {
	*s.steps--
	if *s.steps < 0 || hidden(n) {
		return
	}
	if n.Type == html.TextNode {
		s.write(n.Data, isFaint)
		return
	}
	isFaint = isFaint || faint(n)
	divides := n.Type == html.ElementNode && apart(n)
	if divides {
		s.write(" ", isFaint)
	}
	if n.Type == html.ElementNode {
		s.aside(n, isFaint)
	}
	if isButton(n) {
		inner := shown{steps: s.steps, limit: s.limit}
		inner.children(n, false)
		s.write(joinPair(inner.text.String()), isFaint)
		if clean(inner.text.String()) == "" {
			s.write(joinPair(inner.faintText.String()), true)
		}
		s.instead, s.links = append(s.instead, inner.instead...), append(s.links, inner.links...)
	} else if n.Data != "select" && n.Data != "textarea" {
		s.children(n, isFaint)
	}
	if divides {
		s.write(" ", isFaint)
	}
}

func (s *shown) children(n *html.Node, isFaint bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.add(c, isFaint)
	}
}

func (s *shown) write(text string, isFaint bool) {
	to := &s.text
	if isFaint {
		to = &s.faintText
	}
	for _, b := range []*strings.Builder{to, &s.whole} {
		if b.Len() < s.limit*8 {
			b.WriteString(text)
		}
	}
}

// aside notes what an element says other than by its text.
func (s *shown) aside(n *html.Node, isFaint bool) {
	switch n.Data {
	case "a":
		s.links = append(s.links, strings.TrimSpace(attr(n, "href")))
	case "input":
		if kind := strings.ToLower(attr(n, "type")); kind == "" || kind == "text" || kind == "search" || kind == "number" || kind == "url" || kind == "button" || kind == "submit" {
			s.write(attr(n, "value"), isFaint)
		}
	case "textarea":
		s.write(rawText(n), isFaint)
	case "select":
		for o := range n.Descendants() {
			if o.Data == "option" && has(o, "selected") {
				s.write(rawText(o)+" ", isFaint)
			}
		}
	case "img":
		s.instead = append(s.instead, attr(n, "alt"), attr(n, "title"))
	}
	if n.Data != "img" {
		s.instead = append(s.instead, attr(n, "title"), attr(n, "aria-label"))
	}
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func isButton(n *html.Node) bool {
	return n.Type == html.ElementNode && (n.Data == "button" || attr(n, "role") == "button")
}

// joinPair takes back the space that some kits put between the two characters of a short button.
func joinPair(text string) string {
	r := []rune(clean(text))
	if len(r) == 3 && r[1] == ' ' && unicode.Is(unicode.Han, r[0]) && unicode.Is(unicode.Han, r[2]) {
		return string([]rune{r[0], r[2]})
	}
	return text
}

// content is what a cell shows, that with what cannot be seen in it, and where its links lead.
func (r *reader) content(n *html.Node) (text, whole string, links []string) {
	s := shown{steps: &r.steps, limit: r.limits.Text}
	if has(n, "title") || has(n, "aria-label") {
		s.instead = append(s.instead, attr(n, "title"), attr(n, "aria-label"))
	}
	s.children(n, faint(n))
	text = clean(s.text.String())
	if text == "" {
		text = clean(s.faintText.String())
	}
	links = r.safeLinks(s.links)
	if short, isShort := cutShort(text); isShort {
		if at := slices.IndexFunc(s.instead, func(t string) bool { return len(clean(t)) > len(short) && strings.HasPrefix(clean(t), short) }); at >= 0 {
			text = clean(s.instead[at])
		}
	}
	if text == "" && len(links) > 0 {
		text = links[0]
	}
	for i := 0; text == "" && i < len(s.instead); i++ {
		text = clean(s.instead[i])
	}
	return cut(text, r.limits.Text), cut(clean(s.whole.String()), r.limits.Text), links
}

// cutShort is what stands before the dots of a text that was cut short.
func cutShort(text string) (string, bool) {
	for _, dots := range []string{"…", "..."} {
		if short, ok := strings.CutSuffix(text, dots); ok && len(strings.TrimSpace(short)) > 1 {
			return strings.TrimSpace(short), true
		}
	}
	return text, false
}

func cut(text string, limit int) string {
	if r := []rune(text); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return text
}

// safeLinks keeps the addresses of the web, completed by that of the page.
func (r *reader) safeLinks(hrefs []string) []string {
	var out []string
	for _, href := range hrefs {
		at, err := url.Parse(href)
		if err != nil || href == "" || strings.HasPrefix(href, "#") {
			continue
		}
		if r.base != nil {
			at = r.base.ResolveReference(at)
		}
		if (at.Scheme == "http" || at.Scheme == "https") && at.Host != "" && !slices.Contains(out, at.String()) {
			out = append(out, clean(at.String()))
		}
	}
	return out
}
