package lint

import (
	"bytes"
	"errors"
	"net/url"
	"path"
	"strings"

	"shangjiatong/app/tracking/trace"
)

// library holds the scripts that are followed, parsed once.
type library struct {
	*inventory
	scripts map[string]*trace.Script
	inline  map[inlineKey]*trace.Script
	broken  []brokenScript
	used    map[string]bool // files that some page reaches
	// mentioned are names used in attributes of pages and components.
	mentioned map[string]bool
}

// brokenScript is a script that cannot be read at all.
type brokenScript struct {
	path     string
	from, to int // where it stands in its file
	err      *trace.SyntaxError
}

type inlineKey struct {
	path string
	at   int
}

func newLibrary(inv *inventory) *library {
	return &library{inventory: inv, scripts: map[string]*trace.Script{}, inline: map[inlineKey]*trace.Script{}, used: map[string]bool{}, mentioned: map[string]bool{}}
}

// script returns a parsed file, nil when it is no script or cannot be read.
func (l *library) script(name string) *trace.Script {
	if s, known := l.scripts[name]; known {
		return s
	}
	l.scripts[name] = nil
	src := l.read(name)
	if src == nil {
		return nil
	}
	s, p, err := parseFile(src, l.kinds[name])
	if p != nil {
		l.mention(p.mentioned)
	}
	if err != nil {
		l.broken = append(l.broken, brokenScript{name, 0, len(src.text), err})
	}
	l.scripts[name] = s
	return s
}

// parseFile parses a script file or the script of a component, whose page comes with it.
func parseFile(src *source, k kind) (*trace.Script, *page, *trace.SyntaxError) {
	var p *page
	text, lang := src.text, trace.JavaScript
	switch k {
	case typedFile:
		lang = trace.TypeScript
	case tsxFile:
		lang = trace.TSX
	case vueFile:
		var typed string
		text, typed, p = unitOf(src)
		switch typed {
		case "ts":
			lang = trace.TypeScript
		case "tsx", "jsx":
			lang = trace.TSX
		}
	}
	s, err := parse(src.path, text, 0, lang)
	return s, p, err
}

func parse(file string, text []byte, base int, lang trace.Language) (*trace.Script, *trace.SyntaxError) {
	s, err := trace.Parse(file, text, base, lang)
	var bad *trace.SyntaxError
	if errors.As(err, &bad) {
		return nil, bad
	}
	return s, nil
}

// inlineScript returns a parsed script element.
func (l *library) inlineScript(p *page, t scriptTag) *trace.Script {
	key := inlineKey{p.path, t.from}
	if s, known := l.inline[key]; known {
		return s
	}
	s, err := parse(p.path, inlineText(p.text[t.from:t.to]), t.from, trace.JavaScript)
	if err != nil {
		l.broken = append(l.broken, brokenScript{p.path, t.from, t.to, err})
	}
	if s != nil {
		s.Module = t.module()
	}
	l.inline[key] = s
	return s
}

// inlineText blanks the comment marks of old pages around a script.
func inlineText(text []byte) []byte {
	if !bytes.Contains(text, []byte("<!--")) && !bytes.Contains(text, []byte("<![CDATA[")) {
		return text
	}
	out := bytes.Clone(text)
	for _, mark := range []string{"<![CDATA[", "]]>"} {
		if i := bytes.Index(out, []byte(mark)); i >= 0 {
			copy(out[i:], strings.Repeat(" ", len(mark)))
		}
	}
	return out
}

// find returns the file of the code that an address written in a page or script means, or "".
func (l *library) find(from, written string) string {
	written = strings.TrimSpace(written)
	if written == "" || strings.HasPrefix(written, "//") || strings.Contains(written, "://") || strings.HasPrefix(written, "data:") {
		return ""
	}
	written, _, _ = strings.Cut(written, "#")
	written, _, _ = strings.Cut(written, "?")
	if plain, err := url.PathUnescape(written); err == nil {
		written = plain
	}
	if rest, absolute := strings.CutPrefix(written, "/"); absolute {
		return l.below(path.Dir(from), rest)
	}
	if name := path.Join(path.Dir(from), written); l.has(name) {
		return name
	}
	return ""
}

// below looks for an address from the root of a site, which may be any folder around the page; folders of the hosting
// platform in front of it are passed over.
func (l *library) below(folder, rest string) string {
	for {
		for at := rest; at != ""; _, at, _ = strings.Cut(at, "/") {
			for _, root := range []string{folder, path.Join(folder, "public"), path.Join(folder, "src")} {
				if name := path.Join(root, at); l.has(name) {
					return name
				}
			}
			if !strings.Contains(at, "/") {
				break
			}
		}
		if folder == "." || folder == "" || folder == "/" {
			return ""
		}
		folder = path.Dir(folder)
	}
}

// module returns the script that an import names, nil when it comes from outside the code.
func (l *library) module(from *trace.Script, name string) *trace.Script {
	for _, file := range l.candidates(from.File, name) {
		for _, ending := range []string{"", ".js", ".ts", ".vue", ".jsx", ".tsx", ".mjs", "/index.js", "/index.ts", "/index.vue", "/index.tsx", "/index.jsx"} {
			if at := path.Clean(file + ending); l.scriptFile(at) {
				l.used[at] = true
				return l.script(at)
			}
		}
	}
	return nil
}

func (l *library) scriptFile(name string) bool {
	switch l.kinds[name] {
	case scriptFile, typedFile, tsxFile, vueFile:
		return true
	}
	return false
}

// candidates are the files an import may mean, without their endings.
func (l *library) candidates(from, name string) []string {
	name, _, _ = strings.Cut(name, "?")
	switch {
	case strings.HasPrefix(name, "./"), strings.HasPrefix(name, "../"), name == ".", name == "..":
		return []string{path.Join(path.Dir(from), name)}
	case strings.HasPrefix(name, "/"):
		return l.around(from, strings.TrimPrefix(name, "/"))
	case strings.HasPrefix(name, "@/"), strings.HasPrefix(name, "~@/"), strings.HasPrefix(name, "~/"), strings.HasPrefix(name, "src/"):
		_, rest, _ := strings.Cut(name, "/")
		return append(l.around(from, "src/"+rest), l.around(from, rest)...)
	}
	return nil
}

// around places a path into every folder around a file.
func (l *library) around(from, rest string) []string {
	var out []string
	for folder := path.Dir(from); ; folder = path.Dir(folder) {
		out = append(out, path.Join(folder, rest))
		if folder == "." || folder == "/" {
			return out
		}
	}
}

// local returns the script of the code that a page loads by address.
func (l *library) local(from *trace.Script, address string) *trace.Script {
	if name := l.find(from.File, address); name != "" && l.scriptFile(name) {
		l.used[name] = true
		return l.script(name)
	}
	return nil
}
