package trace

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/go-sourcemap/sourcemap"
)

// lowered is a script that was turned into plain JavaScript, with the way back to its original places.
type lowered struct {
	text     []byte
	original []byte
	from, to lines // line starts of text and of original
	places   *sourcemap.Consumer
}

// lower turns TypeScript, JSX and syntax newer than the parser into JavaScript it can read.
func lower(text []byte, lang Language) (*lowered, error) {
	loaders := map[Language]api.Loader{JavaScript: api.LoaderJSX, TypeScript: api.LoaderTS, TSX: api.LoaderTSX}
	out := api.Transform(string(text), api.TransformOptions{
		Loader: loaders[lang], Target: api.ES2022, LogLevel: api.LogLevelSilent, Sourcemap: api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude, Charset: api.CharsetUTF8, JSX: api.JSXTransform,
		Supported:   map[string]bool{"arrow": false, "import-attributes": false},
		TsconfigRaw: `{"compilerOptions":{"verbatimModuleSyntax":true,"experimentalDecorators":true}}`,
	})
	if len(out.Errors) > 0 {
		return nil, syntaxError(text, out.Errors[0])
	}
	if len(bytes.TrimSpace(out.Code)) == 0 { // types alone leave no code
		return &lowered{text: nil, original: text, from: linesOf(nil), to: linesOf(text)}, nil
	}
	places, err := sourcemap.Parse("", out.Map)
	if err != nil {
		return nil, &SyntaxError{Text: err.Error()}
	}
	return &lowered{text: out.Code, original: text, from: linesOf(out.Code), to: linesOf(text), places: places}, nil
}

func syntaxError(text []byte, m api.Message) *SyntaxError {
	e := &SyntaxError{Text: m.Text}
	if m.Location != nil {
		e.Offset = linesOf(text).offset(m.Location.Line-1) + m.Location.Column
		if strings.HasPrefix(m.Text, "Unterminated string") {
			e.Offset = opening(text, e.Offset)
		}
	}
	return e
}

// opening returns where the text that ends before an offset without a quote begins.
func opening(text []byte, offset int) int {
	offset = min(offset, len(text))
	line := bytes.LastIndexByte(text[:offset], '\n') + 1
	if at := bytes.LastIndexAny(text[line:offset], `'"`); at >= 0 {
		return line + at
	}
	return offset
}

// origin carries an offset of the lowered text back to the original one.
func (l *lowered) origin(offset int) int {
	if l.places == nil {
		return 0
	}
	line := l.from.line(offset)
	column := units(l.text[l.from.offset(line):offset])
	_, _, line, column, found := l.places.Source(line+1, column)
	if !found {
		return 0
	}
	start := l.to.offset(line - 1)
	return start + skipUnits(l.original[start:], column)
}

// lines holds the offset of the first byte of every line.
type lines []int

func linesOf(text []byte) lines {
	out := lines{0}
	for at := 0; ; {
		next := bytes.IndexByte(text[at:], '\n')
		if next < 0 {
			return out
		}
		at += next + 1
		out = append(out, at)
	}
}

// line returns the number of the line an offset is on, from 0.
func (l lines) line(offset int) int { return sort.SearchInts(l, offset+1) - 1 }

// offset returns where a line begins, from 0; a line that is not there begins at the last one.
func (l lines) offset(line int) int { return l[max(0, min(line, len(l)-1))] }

// units counts text in UTF-16 units, as places in source maps are.
func units(text []byte) int {
	n := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		n += unitsOf(r)
		text = text[size:]
	}
	return n
}

// skipUnits returns how many bytes the first n UTF-16 units of text take.
func skipUnits(text []byte, n int) int {
	at := 0
	for n > 0 && at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		n -= unitsOf(r)
		at += size
	}
	return at
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
