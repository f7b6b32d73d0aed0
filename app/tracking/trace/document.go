package trace

import "strings"

// documentMethod is a call on document.
func (m *machine) documentMethod(name string, args []*Value, at Mark) *Value {
	switch name {
	case "createElement":
		tag := ""
		if len(args) > 0 {
			tag = strings.ToLower(args[0].Text)
		}
		return &Value{Kind: host, Text: "element", At: at, element: &element{tag: tag, attrs: map[string]*Value{}, at: at}}
	case "getElementsByTagName", "querySelectorAll":
		list := newArray([]*Value{hosted("node")}, Mark{})
		return list
	case "getElementById", "querySelector":
		return &Value{Path: "document." + name, guard: true}
	case "write", "writeln":
		m.written(args)
		return nothing()
	}
	return nil
}

// written notes scripts that document.write puts into the page.
func (m *machine) written(args []*Value) {
	for _, a := range args {
		if a.Kind != String || !strings.Contains(strings.ToLower(a.Text), "<script") {
			continue
		}
		_, rest, found := strings.Cut(a.Text, "src=")
		if !found || len(rest) < 2 {
			continue
		}
		src, _, _ := strings.Cut(rest[1:], rest[:1])
		e := &element{tag: "script", attrs: map[string]*Value{"src": text(src, a.At)}}
		for _, name := range []string{"id", "async", "crossorigin"} {
			if _, after, has := strings.Cut(a.Text, name+"="); has && len(after) > 1 {
				value, _, _ := strings.Cut(after[1:], after[:1])
				e.attrs[name] = text(value, a.At)
			}
		}
		m.loads(e)
	}
}

// nodeMethod is a call on an element of the page.
func (m *machine) nodeMethod(this *Value, name string, args []*Value) *Value {
	switch name {
	case "appendChild", "insertBefore", "append", "prepend", "after", "before", "insertAdjacentElement":
		return args0(args)
	case "setAttribute":
		if this.element != nil && len(args) > 1 && args[0].Kind == String {
			this.element.attrs[args[0].Text] = args[1]
			if args[0].Text == "src" {
				m.loads(this.element)
			}
		}
		return nothing()
	}
	return nil
}

func args0(args []*Value) *Value {
	if len(args) == 0 {
		return nothing()
	}
	return args[0]
}
