package trace

import (
	"bytes"
	"errors"
	"unsafe"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// Language says how the text of a script is written.
type Language string

// The languages that are read. Plain JavaScript may hold JSX.
const (
	JavaScript Language = "js"
	TypeScript Language = "ts"
	TSX        Language = "tsx"
)

// Script is one parsed script. Text is what was parsed; offsets in it are carried back to the original file by Origin.
type Script struct {
	File   string // the file it stands in
	Base   int    // byte offset of the script inside the decoded text of that file
	Module bool   // has import or export, or was loaded as a module
	Text   []byte
	Lang   Language

	tree    *js.AST
	buffer  []byte   // the parsed text; the tokens of the tree are parts of it
	lowered *lowered // nil when the original text was parsed
	outline *outline
}

// SyntaxError is a script that cannot be read at all; Offset is a byte offset in the original text of the script.
type SyntaxError struct {
	Offset int
	Text   string
}

func (e *SyntaxError) Error() string { return e.Text }

// Parse reads the text of a script; an error is a *SyntaxError. base is where the text begins in its file.
func Parse(file string, text []byte, base int, lang Language) (*Script, error) {
	s := &Script{File: file, Base: base, Text: text, Lang: lang}
	if lang == JavaScript && s.read(text) == nil {
		return s, nil
	}
	low, err := lower(text, lang)
	if err != nil {
		return nil, err
	}
	if err := s.read(low.text); err != nil {
		return nil, &SyntaxError{Text: err.Error()}
	}
	s.lowered = low
	return s, nil
}

// read parses text and keeps the tree. The parser keeps parts of the buffer it is given; one spare byte lets it work in
// place. It is guarded against texts that make the parser fail in other ways than by an error.
func (s *Script) read(text []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("the parser gave up")
		}
	}()
	buffer := make([]byte, len(text), len(text)+1)
	copy(buffer, text)
	tree, err := js.Parse(parse.NewInputBytes(buffer), js.Options{})
	if err != nil {
		return err
	}
	s.Text, s.buffer, s.tree = text, buffer, tree
	s.outline = outlineOf(s)
	return nil
}

// offset tells where a token of the tree stands in the parsed text. The tree keeps parts of one buffer, so the distance
// of their addresses is the distance in the text.
func (s *Script) offset(token []byte) int {
	if len(token) == 0 || len(s.buffer) == 0 {
		return -1
	}
	at := int(uintptr(unsafe.Pointer(unsafe.SliceData(token))) - uintptr(unsafe.Pointer(unsafe.SliceData(s.buffer))))
	if at < 0 || at >= len(s.buffer) {
		return -1
	}
	return at
}

const farthest = 1 << 16 // how far a name is looked for

// next returns where a name stands from an offset on, -1 when it does not.
func (s *Script) next(name string, from int) int {
	to := min(len(s.Text), from+farthest)
	for from < to && name != "" {
		at := bytes.Index(s.Text[from:to], []byte(name))
		if at < 0 {
			return -1
		}
		at += from
		end := at + len(name)
		if (at == 0 || !isNameByte(s.Text[at-1])) && (end == len(s.Text) || !isNameByte(s.Text[end])) {
			return at
		}
		from = end
	}
	return -1
}

func isNameByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

// Origin carries an offset in Text back to a byte offset in the decoded text of the file.
func (s *Script) Origin(offset int) int {
	if s.lowered != nil {
		offset = s.lowered.origin(offset)
	}
	return s.Base + offset
}

// Marked reports whether a script speaks of tracking at all.
func (s *Script) Marked() bool { return s.outline.marked }

// Imports reports whether a script uses or gives modules.
func (s *Script) Imports() bool { return isModule(s.tree) }

// Size is the number of bytes of the script.
func (s *Script) Size() int { return len(s.Text) }
