package document

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// xmlBuf writes XML by hand; raw text is trusted, text is escaped.
type xmlBuf struct {
	bytes.Buffer
}

func (b *xmlBuf) raw(parts ...string) {
	for _, s := range parts {
		b.WriteString(s)
	}
}

func (b *xmlBuf) text(s string) { escapeXML(&b.Buffer, s) }

// escapeXML writes s escaped for text and attribute values, without characters XML does not allow.
func escapeXML(b *bytes.Buffer, s string) {
	last := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		rep, swap := escapeRune(r, n)
		if swap {
			b.WriteString(s[last:i])
			b.WriteString(rep)
			last = i + n
		}
		i += n
	}
	b.WriteString(s[last:])
}

func escapeRune(r rune, n int) (string, bool) {
	switch r {
	case '&':
		return "&amp;", true
	case '<':
		return "&lt;", true
	case '>':
		return "&gt;", true
	case '"':
		return "&quot;", true
	case '\t', '\n', '\r':
		return "", false
	case utf8.RuneError:
		return "\ufffd", n == 1
	case 0xFFFE, 0xFFFF:
		return "", true
	}
	return "", r < 0x20
}

// runContent writes text as the inside of a w:r: w:t, w:br for line breaks, w:tab for tabs.
func (b *xmlBuf) runContent(s string) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	for len(s) > 0 {
		i := strings.IndexAny(s, "\n\t")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			b.raw(`<w:t xml:space="preserve">`)
			b.text(s[:i])
			b.raw(`</w:t>`)
		}
		if i == len(s) {
			return
		}
		if s[i] == '\n' {
			b.raw(`<w:br/>`)
		} else {
			b.raw(`<w:tab/>`)
		}
		s = s[i+1:]
	}
}

const (
	boxOn   = "☑"
	boxOff  = "☐"
	boxFont = `<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol" w:hint="eastAsia"/>`
	nsW14   = "http://schemas.microsoft.com/office/word/2010/wordml"
)

// checkbox writes a checkbox content control. rPr is the inside of the run properties around it; its fonts are replaced.
func (b *xmlBuf) checkbox(id int, on bool, rPr string) {
	flag, mark := "0", boxOff
	if on {
		flag, mark = "1", boxOn
	}
	b.raw(`<w:sdt><w:sdtPr><w:id w:val="`, strconv.Itoa(id), `"/><w14:checkbox xmlns:w14="`, nsW14, `"><w14:checked w14:val="`, flag,
		`"/><w14:checkedState w14:val="2611" w14:font="Segoe UI Symbol"/><w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox></w:sdtPr>`,
		`<w:sdtContent><w:r><w:rPr>`, boxFont, rPr, `</w:rPr><w:t>`, mark, `</w:t></w:r></w:sdtContent></w:sdt>`)
}
