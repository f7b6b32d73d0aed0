package capture

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// scanner reads JSON in one pass without keeping it: what is not asked for is skipped, whatever its size.
type scanner struct {
	r     *bufio.Reader
	at    int64 // bytes read
	depth int   // of objects and lists that may still be opened
	most  int   // bytes of a text that are kept
}

// errSyntax is what every mistake of the JSON is.
var errSyntax = errors.New("broken JSON")

// next returns the next byte that is no white space, and leaves it to be read.
func (s *scanner) next() (byte, error) {
	for {
		b, err := s.r.Peek(1)
		if err != nil {
			return 0, err
		}
		switch b[0] {
		case ' ', '\t', '\n', '\r':
			s.passOne()
		default:
			return b[0], nil
		}
	}
}

// passOne passes over one byte that is known to be there.
func (s *scanner) passOne() {
	done, _ := s.r.Discard(1) // the caller has peeked at it
	s.at += int64(done)
}

// expect passes over one given byte.
func (s *scanner) expect(want byte) error {
	b, err := s.next()
	if err != nil {
		return err
	}
	if b != want {
		return s.broken()
	}
	s.passOne()
	return nil
}

func (s *scanner) broken() error { return fmt.Errorf("%w at byte %d", errSyntax, s.at) }

// object calls member for each key of an object; member must read or skip the value. Another value is skipped.
func (s *scanner) object(member func(key string) error) error {
	if b, err := s.next(); err != nil || b != '{' {
		return errors.Join(err, s.skip())
	}
	return s.members(member)
}

func (s *scanner) members(member func(key string) error) error {
	return s.group('{', '}', func() error {
		key, err := s.text()
		if err != nil {
			return err
		}
		if err := s.expect(':'); err != nil {
			return err
		}
		return member(key)
	})
}

// list calls element for each element of a list; element must read or skip it. Another value is skipped.
func (s *scanner) list(element func() error) error {
	if b, err := s.next(); err != nil || b != '[' {
		return errors.Join(err, s.skip())
	}
	return s.group('[', ']', element)
}

func (s *scanner) group(open, end byte, one func() error) error {
	if s.depth == 0 {
		return fmt.Errorf("nested too deep: %w", s.broken())
	}
	s.depth--
	defer func() { s.depth++ }()
	if err := s.expect(open); err != nil {
		return err
	}
	if b, err := s.next(); err != nil || b == end {
		s.passOne()
		return err
	}
	for {
		if err := one(); err != nil {
			return err
		}
		b, err := s.next()
		if err != nil {
			return err
		}
		if b == end {
			s.passOne()
			return nil
		}
		if err := s.expect(','); err != nil {
			return err
		}
	}
}

// text reads a text; of a long one only the beginning is kept.
func (s *scanner) text() (string, error) {
	var raw []byte
	err := s.pass(func(piece []byte) { raw = append(raw, piece[:min(len(piece), s.most-len(raw))]...) })
	return unquote(raw), err
}

// pass reads a text and shows its pieces as they are written.
func (s *scanner) pass(show func([]byte)) error {
	if err := s.expect('"'); err != nil {
		return err
	}
	slashes := 0 // backslashes at the end of what was read
	for {
		piece, err := s.r.ReadSlice('"')
		s.at += int64(len(piece))
		body := bytes.TrimSuffix(piece, []byte(`"`))
		closed := len(body) < len(piece)
		trailing := len(body) - len(bytes.TrimRight(body, `\`))
		if trailing == len(body) {
			trailing += slashes
		}
		if closed && trailing%2 == 0 {
			show(body)
			return nil
		}
		show(piece)
		slashes = trailing
		if closed {
			slashes = 0
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// unquote undoes the escapes of a text, also of one that was cut or holds bytes that JSON forbids.
func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return valid(string(raw))
	}
	var out string
	quoted := append(append([]byte{'"'}, raw...), '"')
	if json.Unmarshal(quoted, &out) == nil {
		return out
	}
	return valid(unescape(string(raw)))
}

// valid puts a mark in the place of each byte that is no UTF-8, as encoding/json does.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// unescape undoes the escapes that can be understood and leaves the others.
func unescape(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, `\`)
		b.WriteString(before)
		if !found || after == "" {
			return b.String()
		}
		r, size := escaped(after)
		b.WriteRune(r)
		s = after[size:]
	}
}

// escaped reads what stands after a backslash, which is not empty.
func escaped(s string) (rune, int) {
	switch s[0] {
	case 'n':
		return '\n', 1
	case 'r':
		return '\r', 1
	case 't':
		return '\t', 1
	case 'b':
		return '\b', 1
	case 'f':
		return '\f', 1
	case 'u':
		return codePoint(s, 1, 4)
	case 'x':
		return codePoint(s, 1, 2)
	}
	return utf8.DecodeRuneInString(s)
}

// codePoint reads digits after the letter of an escape; without them the letter stands for itself.
func codePoint(s string, from, digits int) (rune, int) {
	if len(s) < from+digits {
		return rune(s[0]), 1
	}
	var r rune
	for _, c := range strings.ToLower(s[from : from+digits]) {
		i := strings.IndexRune("0123456789abcdef", c)
		if i < 0 {
			return rune(s[0]), 1
		}
		r = r<<4 | rune(i)
	}
	return r, from + digits
}

// number reads a number or another bare word.
func (s *scanner) bare() (string, error) {
	var out []byte
	if _, err := s.next(); err != nil {
		return "", err
	}
	for {
		b, err := s.r.Peek(1)
		if errors.Is(err, io.EOF) && len(out) > 0 {
			return string(out), nil
		}
		if err != nil {
			return "", err
		}
		if !bytes.ContainsAny(b, "+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			break
		}
		if len(out) < 64 {
			out = append(out, b[0])
		}
		s.passOne()
	}
	if len(out) == 0 {
		return "", s.broken()
	}
	return string(out), nil
}

// skip passes over a value.
func (s *scanner) skip() error {
	b, err := s.next()
	if err != nil {
		return err
	}
	switch b {
	case '{':
		return s.members(func(string) error { return s.skip() })
	case '[':
		return s.group('[', ']', s.skip)
	case '"':
		return s.pass(func([]byte) {})
	}
	_, err = s.bare()
	return err
}

// word reads a text or a bare value as text; anything else is skipped and gives "".
func (s *scanner) word() (string, error) {
	b, err := s.next()
	switch {
	case err != nil:
		return "", err
	case b == '"':
		return s.text()
	case b == '{' || b == '[':
		return "", s.skip()
	}
	return s.bare()
}
