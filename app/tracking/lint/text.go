package lint

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// encoding says how a file was written.
type encoding string

const (
	utf8Text   encoding = "UTF-8"
	utf16Text  encoding = "UTF-16"
	gbText     encoding = "GBK"
	brokenText encoding = "" // neither; what cannot be read was replaced
)

// source is one file as text.
type source struct {
	path    string
	text    []byte // UTF-8
	written encoding
	starts  []int // where each line begins
}

// decode turns the bytes of a file into text. A byte order mark is taken off.
func decode(path string, raw []byte) *source {
	s := &source{path: path}
	s.text, s.written = toUTF8(raw)
	s.starts = append(s.starts, 0)
	for at := 0; ; {
		next := bytes.IndexByte(s.text[at:], '\n')
		if next < 0 {
			return s
		}
		at += next + 1
		s.starts = append(s.starts, at)
	}
}

func toUTF8(raw []byte) ([]byte, encoding) {
	if rest, found := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); found {
		raw = rest
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw); err == nil {
			return out, utf16Text
		}
	}
	if utf8.Valid(raw) {
		return raw, utf8Text
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err == nil && !bytes.ContainsRune(out, utf8.RuneError) {
		return out, gbText
	}
	return bytes.ToValidUTF8(raw, []byte("\uFFFD")), brokenText
}

// place returns line and column of an offset, both from 1; the column counts characters.
func (s *source) place(offset int) (line, column int) {
	offset = max(0, min(offset, len(s.text)))
	line = sort.SearchInts(s.starts, offset+1)
	return line, utf8.RuneCount(s.text[s.starts[line-1]:offset]) + 1
}

const (
	excerptSide = 90 // characters shown before and after a place in a long line
	blanks      = " \t\r\n\v\f\u00a0\u3000"
)

// excerpt returns the line an offset is on, or the part of a long line around it, and the character the offset is at, from
// 1.
func (s *source) excerpt(offset int) (text string, mark int) {
	offset = max(0, min(offset, len(s.text)))
	line, _ := s.place(offset)
	from, to := s.starts[line-1], len(s.text)
	if line < len(s.starts) {
		to = s.starts[line]
	}
	before, after := s.text[from:offset], s.text[offset:to]
	long := to-from > 3*excerptSide
	if long {
		before, after = tail(before, excerptSide), head(after, excerptSide)
	}
	cutBefore, cutAfter := from+len(before) < offset, offset+len(after) < to
	before, after = bytes.TrimLeft(before, blanks), bytes.TrimRight(after, blanks)
	if len(before) == 0 {
		after = bytes.TrimLeft(after, blanks)
	}
	text, mark = string(before)+string(after), utf8.RuneCount(before)+1
	if cutBefore {
		text, mark = "…"+text, mark+1
	}
	if cutAfter {
		text += "…"
	}
	return text, mark
}

func head(text []byte, runes int) []byte {
	at := 0
	for ; runes > 0 && at < len(text); runes-- {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return text[:at]
}

func tail(text []byte, runes int) []byte {
	at := len(text)
	for ; runes > 0 && at > 0; runes-- {
		_, size := utf8.DecodeLastRune(text[:at])
		at -= size
	}
	return text[at:]
}
