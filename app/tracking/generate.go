package tracking

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"text/template"
	"unicode"

	"shangjiatong/app/listing"

	"github.com/goccy/go-yaml"
)

//go:embed snippets
var snippetFiles embed.FS

// marker opens a line of a template that explains the lines after it.
const marker = "@@"

// Generate makes the tracking code of an application for a stack. It fails with listing.CodeInvalid for an unknown
// stack and with listing.CodeRefused while an input blocks (CheckInputs), while two pages cannot be told apart, and
// for a mini-program, which uses another SDK (TRACK-15). It goes by the facts this build carries; Facts.Generate goes by
// any.
func Generate(stack Stack, p Params, pages []listing.Page) (Bundle, error) {
	f, err := embedded()
	if err != nil {
		return Bundle{}, err
	}
	return f.Generate(stack, p, pages)
}

// Generate is the function Generate by the facts f, which must come from ParseFacts.
func (f Facts) Generate(stack Stack, p Params, pages []listing.Page) (Bundle, error) {
	if p.Kind == listing.KindMini {
		return Bundle{}, listing.Fail(listing.CodeRefused, "小程序不用网页的埋点代码（TRACK-15）", "小程序使用另一套 SDK，请向开发商索取")
	}
	manifest, err := readManifest()
	if err != nil {
		return Bundle{}, err
	}
	plans, known := manifest[stack]
	if !known {
		return Bundle{}, unknownStack(stack)
	}
	findings := f.CheckInputs(p, pages)
	if blocking := listing.Blocking(findings); len(blocking) > 0 {
		return Bundle{}, refuse(blocking)
	}
	keyed, err := keyPages(stack, pages)
	if err != nil {
		return Bundle{}, err
	}
	b := Bundle{Stack: stack, FactsVersion: f.Version, Findings: findings}
	data := snippetData{Params: p, Pages: keyed, Facts: f, Findings: findings, Others: plans[:len(plans)-1]}
	b.Files, err = renderAll(plans, data)
	return b, err
}

func unknownStack(stack Stack) error {
	names := make([]string, 0, len(Stacks()))
	for _, s := range Stacks() {
		names = append(names, fmt.Sprintf("%s（%s）", s, s.Word()))
	}
	return listing.Failf(listing.CodeInvalid, "可选："+strings.Join(names, "、"), "没有“%s”这种前端类型", stack)
}

func refuse(blocking []listing.Finding) error {
	e := listing.Failf(listing.CodeRefused, blocking[0].Fix, "还有 %d 处须改正，暂不能生成埋点代码：%s", len(blocking), blocking[0].Message)
	e.Field = blocking[0].Field
	return e
}

// plan is one file of a stack as snippets/stacks.yaml lists it.
type plan struct {
	Name     string `yaml:"name"`
	Template string `yaml:"template"`
	Title    string `yaml:"title"`
	Place    string `yaml:"place"`
}

func readManifest() (map[Stack][]plan, error) {
	data, err := snippetFiles.ReadFile("snippets/stacks.yaml")
	if err != nil {
		return nil, fmt.Errorf("tracking stacks: %w", err)
	}
	return parseManifest(data)
}

func parseManifest(data []byte) (map[Stack][]plan, error) {
	var file struct {
		Version string           `yaml:"version"`
		Stacks  map[Stack][]plan `yaml:"stacks"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("tracking stacks: %w", err)
	}
	for _, stack := range Stacks() {
		if len(file.Stacks[stack]) < 2 {
			return nil, fmt.Errorf("tracking stacks: %s lacks files", stack)
		}
	}
	for stack, plans := range file.Stacks {
		for _, p := range plans {
			if p.Name == "" || p.Template == "" || p.Title == "" || p.Place == "" {
				return nil, fmt.Errorf("tracking stacks: %s: a file is incomplete", stack)
			}
		}
	}
	if !isDate(file.Version) || len(file.Stacks) != len(Stacks()) {
		return nil, errors.New("tracking stacks: version is no date, or a stack is unknown")
	}
	return file.Stacks, nil
}

// snippetData is what a template sees.
type snippetData struct {
	Params   Params
	Pages    []keyedPage
	Facts    Facts
	Findings []listing.Finding
	Others   []plan // all files but the instructions
}

func renderAll(plans []plan, data snippetData) ([]File, error) {
	files := make([]File, 0, len(plans))
	for _, p := range plans {
		text, err := render(p.Template, data)
		if err != nil {
			return nil, err
		}
		body, notes := splitNotes(text)
		files = append(files, File{Name: p.Name, Title: p.Title, Place: p.Place, Body: body, Explain: notes})
	}
	return files, nil
}

func render(name string, data snippetData) (string, error) {
	t := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"js": jsValue, "regex": jsRegex, "plain": plainText,
		"inc":  func(i int) int { return i + 1 },
		"last": func(i int, all []keyedPage) bool { return i == len(all)-1 },
	})
	for _, part := range []struct{ name, file string }{
		{"stability", "shared/stability.html.tmpl"}, {"notes", "shared/notes.txt.tmpl"}, {"file", name},
	} {
		text, err := fs.ReadFile(snippetFiles, path.Join("snippets", part.file))
		if err != nil {
			return "", fmt.Errorf("tracking snippet: %w", err)
		}
		if _, err := t.New(part.name).Parse(string(text)); err != nil {
			return "", fmt.Errorf("tracking snippet %s: %w", part.file, err)
		}
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "file", data); err != nil {
		return "", fmt.Errorf("tracking snippet %s: %w", name, err)
	}
	return out.String(), nil
}

// splitNotes takes the marker lines out of a rendered template. A note reaches up to the next marker; blank lines at
// its end do not belong to it.
func splitNotes(text string) (string, []Note) {
	var body []string
	notes := []Note{}
	end := func() {
		if len(notes) == 0 {
			return
		}
		n := &notes[len(notes)-1]
		for n.To = len(body); n.To > n.From && strings.TrimSpace(body[n.To-1]) == ""; n.To-- {
		}
	}
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if note, found := strings.CutPrefix(line, marker); found {
			end()
			notes = append(notes, Note{From: len(body) + 1, Text: strings.TrimSpace(note)})
			continue
		}
		body = append(body, line)
	}
	end()
	return strings.Join(body, "\n") + "\n", notes
}

// jsValue writes a string as a JavaScript literal that is also safe inside a script element.
func jsValue(s string) (string, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return "", err
	}
	return strings.ReplaceAll(strings.TrimSuffix(out.String(), "\n"), "<", `\u003c`), nil
}

// jsRegex writes a pattern as a JavaScript regular expression literal.
func jsRegex(pattern string) (string, error) {
	if _, err := regexp.Compile(pattern); err != nil {
		return "", fmt.Errorf("pattern: %w", err)
	}
	if pattern == "" || strings.ContainsAny(pattern, "/<\r\n") {
		return "", fmt.Errorf("pattern %q cannot stand in a literal", pattern)
	}
	return "/" + pattern + "/", nil
}

// plainText keeps a value on one line of the instructions.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}
