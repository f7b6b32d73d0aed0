package document

import (
	"bytes"
	"io"
	"slices"
)

// Values is what a template is filled with. A value is a string, a bool, a number, nil (same as ""), a []string, a []Values, a
// nested Values, or the same built of map[string]any and []any. Any other type is an error of the caller.
type Values map[string]any

// Placeholder is one tag of a template and where it stands.
type Placeholder struct {
	Key  string `json:"key"`  // 单位名称, or unit.name for nested values
	Text string `json:"text"` // as it stands in the template: {{☐网络环境=政务外网}}
	Part string `json:"part"` // in the user's words: 正文, 页眉 1, 页脚 2, 脚注
}

// Result is a filled document. Unknown lists, once for each part, the placeholders for which there was no value: plain ones are left
// visible in Docx, loops and conditions over them are left out. The caller decides whether that is acceptable.
type Result struct {
	Docx    []byte
	Unknown []Placeholder
}

// Template is a compiled .docx. It is not changed by Fill and may be used by several goroutines.
//
// What a template may hold, in body, headers, footers, notes and text boxes, however Word has split the runs:
//
//	{{key}}            the value; line breaks stay line breaks; a list is joined by 、; a bool becomes a checkbox
//	{{☐key}}           a real checkbox, ticked when the value is true (or any text but "", 否, false, 0)
//	{{☐key=选项}}      a real checkbox, ticked when the value is this option, or a list that holds it
//	{{#list}}…{{/list}}   repeats what is between for every row of the list. Both tags in one paragraph repeat text; in
//	                   different cells of one table row, the row; in different paragraphs or rows, all of these
//	{{?key}}…{{/key}}  keeps what is between only when the value is true, not empty, not 否; also {{?key=选项}}
//	{{^key}}…{{/key}}  the opposite; also {{^key=选项}}
//
// A paragraph or row that holds nothing but loop or condition tags vanishes. Inside a loop the row's keys come first, then those
// outside; {{.}} is the row itself where it is a plain text, {{@n}} its number from 1. {{/}} closes the innermost.
// A checkbox control of the template's own whose tag (Word: 控件属性, 标记) is such a placeholder is set as well.
type Template struct {
	pkg   *pack
	parts []compiledPart
}

// compiledPart is a part of the template that holds tags.
type compiledPart struct {
	name  string // in the package
	label string // in the user's words
	nodes []node
	tags  []tag
}

// Fill compiles a template and fills it once.
func Fill(template []byte, v Values) (*Result, error) {
	t, err := OpenTemplate(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return nil, err
	}
	return t.Fill(v)
}

// Placeholders lists the keys a template uses, sorted, each once.
func Placeholders(template []byte) ([]string, error) {
	t, err := OpenTemplate(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return nil, err
	}
	return t.Keys(), nil
}

// OpenTemplate reads and compiles a .docx of size bytes. Errors are *listing.Error: CodeUnreadable when it is no .docx,
// CodeTooLarge over a limit, CodeInvalid for a tag that is not closed, naming the tag and where it stands.
func OpenTemplate(r io.ReaderAt, size int64) (*Template, error) {
	lim := docxLimits()
	p, err := openPack(r, size, "docx", lim)
	if err != nil {
		return nil, err
	}
	stories, err := findStories(p, lim)
	if err != nil {
		return nil, err
	}
	t := &Template{pkg: p}
	for _, s := range stories {
		c, err := compilePart(s, p.get(s.name), lim)
		if err != nil {
			return nil, err
		}
		if len(c.tags) > 0 {
			t.parts = append(t.parts, c)
		}
	}
	return t, nil
}

// Fill returns the template filled with v; its errors are *listing.Error with CodeInternal (a value of unknown type).
func (t *Template) Fill(v Values) (*Result, error) {
	out := newPack()
	for _, f := range t.pkg.parts {
		out.set(f.name, f.data)
	}
	r := &renderer{seen: map[Placeholder]bool{}}
	for _, c := range t.parts {
		data, err := r.part(c, v)
		if err != nil {
			return nil, err
		}
		out.set(c.name, data)
	}
	docx, err := out.bytes()
	if err != nil {
		return nil, err
	}
	return &Result{Docx: docx, Unknown: r.unknown}, nil
}

// Keys lists the keys the template uses, sorted, each once. Keys inside a loop are listed as they stand; {{.}} and {{@n}} are left out.
func (t *Template) Keys() []string {
	keys := []string{}
	for _, p := range t.parts {
		for _, g := range p.tags {
			if g.kind != tagClose && g.key != keySelf && g.key != keyCount {
				keys = append(keys, g.key)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
