package document

import (
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"shangjiatong/app/listing"
)

const nsW = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

// story is a part of a .docx that holds text.
type story struct {
	name  string // in the package
	label string // in the user's words
}

const (
	labelBody   = "正文"
	labelHeader = "页眉"
	labelFooter = "页脚"
)

// findStories lists the body, headers, footers and notes of a .docx, the body first.
func findStories(p *pack, lim limits) ([]story, error) {
	doc, err := parseXML(p.get("[Content_Types].xml"), "docx", lim)
	if err != nil {
		return nil, err
	}
	var body, rest []story
	count := map[string]int{}
	for _, o := range doc.Root().SelectElements("Override") {
		name := strings.TrimPrefix(o.SelectAttrValue("PartName", ""), "/")
		kind, ok := strings.CutPrefix(o.SelectAttrValue("ContentType", ""), typeWord)
		if !ok || !p.has(name) {
			continue
		}
		label := map[string]string{"document.main+xml": labelBody, "header+xml": labelHeader, "footer+xml": labelFooter, "footnotes+xml": "脚注", "endnotes+xml": "尾注"}[kind]
		switch label {
		case "":
		case labelBody:
			body = append(body, story{name, label})
		case labelHeader, labelFooter:
			count[label]++
			rest = append(rest, story{name, fmt.Sprintf("%s %d", label, count[label])})
		default:
			rest = append(rest, story{name, label})
		}
	}
	if len(body) != 1 {
		return nil, listing.Fail(listing.CodeUnreadable, "这个文件不是普通的 Word 文档（可能是模板、启用宏的文档或其他文件）", "请在 Word、WPS 中另存为 .docx 再试").Because(fmt.Errorf("%d main parts", len(body)))
	}
	return append(body, rest...), nil
}

// parseStory reads a text part and makes sure that w: means what it usually means.
func parseStory(data []byte, lim limits) (*etree.Element, error) {
	doc, err := parseXML(data, "docx", lim)
	if err != nil {
		return nil, err
	}
	root := doc.Root()
	if root.Space != "w" || root.SelectAttrValue("xmlns:w", "") != nsW {
		return nil, damagedFile("docx", errors.New("unusual namespace in "+root.FullTag()))
	}
	return root, nil
}

// isW reports whether e is the WordprocessingML element with that name.
func isW(e *etree.Element, name string) bool { return e.Space == "w" && e.Tag == name }

// childW returns the first child w:name, or nil.
func childW(e *etree.Element, name string) *etree.Element {
	for _, t := range e.Child {
		if c, ok := t.(*etree.Element); ok && isW(c, name) {
			return c
		}
	}
	return nil
}

// attrW returns the value of the attribute w:name, or "".
func attrW(e *etree.Element, name string) string {
	for _, a := range e.Attr {
		if a.Space == "w" && a.Key == name {
			return a.Value
		}
	}
	return ""
}

// xmlOf returns an element as bytes, as it stands in its part.
func xmlOf(e *etree.Element) string {
	var b strings.Builder
	e.WriteTo(&b, &etree.WriteSettings{})
	return b.String()
}

// startTag returns the opening tag of an element.
func startTag(e *etree.Element) string {
	var b xmlBuf
	b.raw("<", e.FullTag())
	for _, a := range e.Attr {
		b.raw(" ", a.FullKey(), `="`)
		b.text(a.Value)
		b.raw(`"`)
	}
	b.raw(">")
	return b.String()
}
