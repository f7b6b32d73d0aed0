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
// for a stack the kind of application does not have (StacksFor, TRACK-15). It goes by the facts this build carries; Facts.Generate goes by
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
	manifest, err := readManifest()
	if err != nil {
		return Bundle{}, err
	}
	plans, known := manifest[stack]
	if !known {
		return Bundle{}, unknownStack(stack)
	}
	if !stack.suits(p.Kind) {
		return Bundle{}, unsuited(stack, p.Kind)
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
	data := snippetData{Stack: stack, StackWord: stack.Word(), Params: p, Pages: keyed, Facts: f, Findings: findings, Others: plans[:len(plans)-1]}
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

// unsuited says that H5 and mini-program use different SDKs (TRACK-15).
func unsuited(stack Stack, kind listing.AppKind) error {
	names := []string{}
	for _, s := range StacksFor(kind) {
		names = append(names, s.Word())
	}
	return listing.Failf(listing.CodeRefused, "网页和小程序用的是两套 SDK，这类应用可选："+strings.Join(names, "、"),
		"%s类型的应用不用“%s”的埋点代码（TRACK-15）", kind, stack.Word())
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
	Stack     Stack
	StackWord string
	Params    Params
	Pages     []keyedPage
	Facts     Facts
	Findings  []listing.Finding
	Others    []plan // all files but the instructions
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
	parts, err := fs.Glob(snippetFiles, "snippets/shared/*.tmpl")
	if err != nil {
		return "", fmt.Errorf("tracking snippet: %w", err)
	}
	for _, file := range append(parts, path.Join("snippets", name)) {
		text, err := fs.ReadFile(snippetFiles, file)
		if err != nil {
			return "", fmt.Errorf("tracking snippet: %w", err)
		}
		if _, err := t.New(partName(file)).Parse(string(text)); err != nil {
			return "", fmt.Errorf("tracking snippet %s: %w", file, err)
		}
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, partName(path.Join("snippets", name)), data); err != nil {
		return "", fmt.Errorf("tracking snippet %s: %w", name, err)
	}
	return out.String(), nil
}

// partName is what a template is called by others: the first part of the name of a shared one, such as "stability".
func partName(file string) string {
	if rest, shared := strings.CutPrefix(file, "snippets/shared/"); shared {
		name, _, _ := strings.Cut(rest, ".")
		return name
	}
	return file
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
