package document

import (
	"strings"

	"shangjiatong/app/listing"
)

type tagKind int

const (
	tagValue tagKind = iota
	tagBox
	tagEach
	tagWhen
	tagUnless
	tagClose
)

const (
	keySelf  = "."
	keyCount = "@n"
	maxKey   = 120 // characters of a tag
)

// tag is one {{…}} of a template.
type tag struct {
	kind   tagKind
	key    string
	option string // after =, with picks
	picks  bool
	text   string // as it stands
	pair   int    // ordinal of the opening or closing tag that belongs to this one; -1 for none
	near   string // text around, for messages
}

func (g tag) opens() bool { return g.kind == tagEach || g.kind == tagWhen || g.kind == tagUnless }

// tagSpan is a tag and its place in a paragraph's text.
type tagSpan struct {
	tag        tag
	start, end int
}

// scanTags finds the tags in a paragraph's text.
func scanTags(text, part string) ([]tagSpan, error) {
	var spans []tagSpan
	at := 0
	for {
		rest := text[at:]
		open, end := strings.Index(rest, "{{"), strings.Index(rest, "}}")
		if open < 0 && end < 0 {
			return spans, nil
		}
		if open < 0 || end >= 0 && end < open {
			return nil, braceError(part, around(text, at+end), "}}", "{{")
		}
		if end < 0 {
			return nil, braceError(part, around(text, at+open), "{{", "}}")
		}
		whole := rest[open : end+2]
		g, ok := parseTag(whole)
		if !ok {
			return nil, badTag(part, whole)
		}
		g.near = around(text, at+open)
		spans = append(spans, tagSpan{g, at + open, at + end + 2})
		at += end + 2
	}
}

// parseTag reads {{…}}; it refuses an inside with further braces, one that is empty or too long.
func parseTag(whole string) (tag, bool) {
	inner := strings.TrimSpace(whole[2 : len(whole)-2])
	g := tag{text: whole, pair: -1}
	if strings.ContainsAny(inner, "{}\n\t") || len(inner) > 3*maxKey {
		return g, false
	}
	for sign, kind := range map[string]tagKind{"#": tagEach, "?": tagWhen, "？": tagWhen, "^": tagUnless, "/": tagClose, boxOff: tagBox, boxOn: tagBox} {
		if rest, ok := strings.CutPrefix(inner, sign); ok {
			g.kind, inner = kind, strings.TrimSpace(rest)
			break
		}
	}
	if g.kind == tagBox || g.kind == tagWhen || g.kind == tagUnless {
		if i := strings.IndexAny(inner, "=＝"); i >= 0 {
			_, after, _ := strings.Cut(strings.Replace(inner, "＝", "=", 1), "=")
			inner, g.option, g.picks = strings.TrimSpace(inner[:i]), strings.TrimSpace(after), true
		}
	}
	g.key = inner
	return g, inner != "" || g.kind == tagClose
}

// pairTags finds for every opening tag the closing one, over a whole part.
func pairTags(tags []tag, part string) error {
	var open []int
	for i := range tags {
		g := &tags[i]
		if g.opens() {
			open = append(open, i)
		}
		if g.kind != tagClose {
			continue
		}
		if len(open) == 0 {
			return listing.Failf(listing.CodeInvalid, "请删去它，或在前面补上对应的开始标记", "模板%s中的“%s”没有对应的开始标记（%s）", part, g.text, g.near)
		}
		last := open[len(open)-1]
		if g.key != "" && g.key != tags[last].key {
			return listing.Failf(listing.CodeInvalid, "请先结束里面的，再结束外面的", "模板%s中的“%s”与“%s”不配对（%s）", part, tags[last].text, g.text, g.near)
		}
		open = open[:len(open)-1]
		g.pair, tags[last].pair = last, i
	}
	if len(open) > 0 {
		g := tags[open[len(open)-1]]
		return listing.Failf(listing.CodeInvalid, "请在要结束的地方补上“{{/"+g.key+"}}”", "模板%s中的“%s”没有结束标记（%s）", part, g.text, g.near)
	}
	return nil
}

func braceError(part, near, have, miss string) error {
	return listing.Failf(listing.CodeInvalid, "请补上“"+miss+"”；占位符要在同一段里写完整，如 {{单位名称}}", "模板%s中有“%s”没有配对的“%s”（%s）", part, have, miss, near)
}

func badTag(part, whole string) error {
	return listing.Failf(listing.CodeInvalid, "占位符写作 {{名称}}，名称里不能有花括号和换行，也不能为空", "模板%s中的占位符“%s”写法不对", part, clip(whole, 40))
}

// around returns the text near a byte position, for a message.
func around(text string, at int) string {
	from := max(at-30, 0)
	return clip(strings.ToValidUTF8(text[from:min(at+60, len(text))], ""), 24)
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
