package table

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"shangjiatong/app/listing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Source is what tables are read from: the documents of one page, its own first, or a piece of one.
type Source struct {
	Documents []Document
	// Piece says that this is a piece somebody copied: headers may have been left behind.
	Piece bool
}

// Document is one document of a page.
type Document struct {
	URL  string     // for links without a host; may be empty
	Root *html.Node // as html.Parse makes it, or built by the caller
}

// Open reads a saved page or a piece of one, whatever of these it is: MHTML, HTML, an HTML clipboard, or text with tabs.
func Open(raw []byte) (Source, error) {
	l, err := CurrentLimits()
	if err != nil {
		return Source{}, err
	}
	if len(raw) > l.Bytes {
		return Source{}, tooLarge("内容超过 %d MB", l.Bytes>>20)
	}
	switch text := decode(raw, ""); {
	case len(bytes.TrimSpace(raw)) == 0:
		return Source{}, listing.Fail(listing.CodeUnreadable, "内容是空的", "重新保存网页或重新复制后再试")
	case looksMHTML(raw):
		return openMHTML(raw, l)
	case looksClipboard(text):
		return openClipboard(text, l)
	case strings.Contains(text, "<") && hasTag(text):
		return openHTML(text, l)
	case strings.Contains(text, "\t"):
		return openTabbed(text, l)
	}
	return Source{}, listing.Fail(listing.CodeUnreadable, "认不出这份内容：不是网页，也不是复制的表格", "在浏览器里把网页另存为“单个文件（*.mhtml）”或“仅 HTML”，再选这个文件")
}

func hasTag(text string) bool {
	text = strings.ToLower(text)
	for _, tag := range []string{"<!doctype html", "<html", "<body", "<table", "<div", "<tr", "<meta"} {
		if strings.Contains(text, tag) {
			return true
		}
	}
	return false
}

func openHTML(text string, l Limits) (Source, error) {
	root, err := parse(text)
	if err != nil {
		return Source{}, err
	}
	return Source{Documents: []Document{{Root: root}}}, checkDepth(root, l)
}

// parse reads HTML; what is nested deeper than the parser takes is refused.
func parse(text string) (*html.Node, error) {
	root, err := html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(true))
	if err != nil {
		return nil, tooLarge("网页的元素套得太深，超过 %d 层", 512).Because(err)
	}
	return root, nil
}

func checkDepth(root *html.Node, l Limits) error {
	depth := 0
	for n := root; n != nil; {
		if n.FirstChild != nil {
			n, depth = n.FirstChild, depth+1
			if depth > l.Depth {
				return tooLarge("网页的元素套得太深，超过 %d 层", l.Depth)
			}
			continue
		}
		for n != root && n.NextSibling == nil {
			n, depth = n.Parent, depth-1
		}
		if n == root {
			return nil
		}
		n = n.NextSibling
	}
	return nil
}

func tooLarge(format string, args ...any) *listing.Error {
	return listing.Failf(listing.CodeTooLarge, "这不像平台的列表页；换一个页面，或者只保存有列表的那一页", format, args...)
}

// decode turns bytes into text: by the byte order mark, by the given content type, by what the page says of itself, else
// as UTF-8, else as GB18030, which holds GBK and GB2312.
func decode(raw []byte, contentType string) string {
	if bytes.HasPrefix(raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(raw, []byte{0xfe, 0xff}) || bytes.HasPrefix(raw, []byte{0xef, 0xbb, 0xbf}) {
		return decoded(raw, unicode.BOMOverride(unicode.UTF8.NewDecoder()).Transform)
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	_, name, certain := charset.DetermineEncoding(raw[:min(len(raw), 1024)], contentType)
	if found, err := htmlindex.Get(name); certain && err == nil && name != "utf-8" && !isGB(name) {
		return decodedBy(raw, found)
	}
	if certain && name == "utf-8" {
		return strings.ToValidUTF8(string(raw), "")
	}
	return decodedBy(raw, simplifiedchinese.GB18030)
}

func isGB(name string) bool { return name == "gbk" || name == "gb18030" || name == "gb2312" }

func decodedBy(raw []byte, e encoding.Encoding) string {
	return decoded(raw, e.NewDecoder().Transform)
}

// decoded runs a transformation over all of raw; what it cannot read is left out.
func decoded(raw []byte, transform func(dst, src []byte, atEOF bool) (int, int, error)) string {
	var out bytes.Buffer
	space := make([]byte, 64<<10)
	for {
		wrote, read, err := transform(space, raw, true)
		out.Write(space[:wrote])
		raw = raw[read:]
		if err == nil || len(raw) == 0 || (wrote == 0 && read == 0) {
			return strings.ToValidUTF8(out.String(), "")
		}
	}
}

var errNoHTML = errors.New("no part holds HTML")
