package fill

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
)

//go:embed script/*.js
var scripts embed.FS

// engine is the script's source: one function that leaves __fill on the global object of our own world.
var engine = sync.OnceValues(func() (string, error) {
	var b strings.Builder
	b.WriteString("() => {\nif (globalThis.__fill) return;\nconst words = {};\n")
	for _, name := range []string{"dom", "controls", "looks", "labels", "aim", "layer", "tree", "field", "files", "rows", "calendar", "told", "draft", "page"} {
		part, err := scripts.ReadFile("script/" + name + ".js")
		if err != nil {
			return "", fmt.Errorf("script: %w", err)
		}
		b.Write(part)
	}
	b.WriteString("}")
	return b.String(), nil
})

// errMoved says that the page shows another document than the one that was being filled.
var errMoved = listing.Fail(listing.CodeUnreadable, "表单已经不在页面上，页面跳到了别处", "请重新打开表单，再办一次")

// filler fills one form.
type filler struct {
	page    *browser.Page
	asks    []Ask
	o       Options
	words   words
	frame   string
	pressed bool
	notes   []string
	field   int          // the ask that is being filled
	opened  bool         // whether the last click on a control opened something
	chosen  map[int]bool // the selects of several in which we chose all that was asked
	walked  map[int]bool // the paths that we went to their ends
	gate    gate
}

const invoke = `async (name, ...args) => globalThis.__fill ? { value: await globalThis.__fill[name](...args) } : { missing: true }`

// call calls a function of the script in the frame that is being filled.
func call[T any](ctx context.Context, f *filler, name string, args ...any) (T, error) {
	type envelope struct {
		Missing bool            `json:"missing"`
		Value   json.RawMessage `json:"value"`
	}
	var out T
	got, err := browser.CallIn[envelope](ctx, f.page, f.frame, invoke, append([]any{name}, args...)...)
	if err != nil {
		return out, err
	}
	if got.Missing {
		return out, errMoved
	}
	if len(got.Value) > 0 {
		if err := json.Unmarshal(got.Value, &out); err != nil {
			return out, fmt.Errorf("answer of %s: %w", name, err)
		}
	}
	return out, nil
}

// askShape is an ask as the script wants it.
type askShape struct {
	Texts   []string   `json:"texts"`
	Heading string     `json:"heading"`
	Kind    string     `json:"kind"`
	Cells   [][]string `json:"cells"` // for each, its name and what else it is called
	Files   []string   `json:"files"`
}

func shapes(asks []Ask) []askShape {
	out := []askShape{}
	for _, a := range asks {
		one := askShape{Texts: append([]string{a.Label}, a.Also...), Heading: a.Heading, Kind: a.Value.kind(), Cells: [][]string{}, Files: fileNames(a.Value.Files)}
		for _, c := range a.cells() {
			one.Cells = append(one.Cells, append([]string{c}, a.CellAlso[c]...))
		}
		out = append(out, one)
	}
	return out
}

// cells are the labels inside a row, in a fixed order.
func (a Ask) cells() []string {
	all := map[string]bool{}
	for _, row := range a.Value.Rows {
		for label := range row {
			all[label] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// begin puts the script into the page's frames and stays with the one that shows most of the labels. Frames of the
// page's own origin are seen from the page itself.
func (f *filler) begin(ctx context.Context) error {
	source, err := engine()
	if err != nil {
		return err
	}
	frames, err := f.page.Frames(ctx)
	if err != nil {
		return err
	}
	best, at := -1, ""
	for _, frame := range frames {
		if frame.Parent != "" && best > 0 {
			break
		}
		count, err := f.install(ctx, frame.ID, source)
		if err != nil {
			if frame.Parent == "" {
				return err
			}
			continue
		}
		if count > best {
			best, at = count, frame.ID
		}
	}
	f.frame = at
	return nil
}

func (f *filler) install(ctx context.Context, frame, source string) (int, error) {
	if _, err := browser.CallIn[any](ctx, f.page, frame, source); err != nil {
		return 0, err
	}
	f.frame = frame
	more := f.o.Labels
	if more == nil {
		more = []string{}
	}
	return call[int](ctx, f, "begin", shapes(f.asks), more, f.words)
}

func newFiller(p *browser.Page, asks []Ask, o Options) (*filler, error) {
	w, err := wordsFor(o)
	if err != nil {
		return nil, err
	}
	for _, a := range asks {
		if a.Value.kind() == "" {
			return nil, listing.Failf(listing.CodeInvalid, valuesHint, "“%s”要写且只写一种内容", a.Name())
		}
	}
	return &filler{page: p, asks: asks, o: o, words: w, chosen: map[int]bool{}, walked: map[int]bool{}, gate: gate{passed: map[string][]*upload{}}}, nil
}

// refusal is why a field was not filled, in the person's words. It ends the field, not the form.
type refusal struct {
	why   string
	again bool // the page was in motion: another try may come out otherwise
	lost  string
	cells []string // labels that no row has
}

func (r refusal) Error() string { return r.why }

func refuse(format string, args ...any) error { return refusal{why: fmt.Sprintf(format, args...)} }

func unsteady(format string, args ...any) error {
	return refusal{why: fmt.Sprintf(format, args...), again: true}
}

// missing says that the page has no such field now; it may come once another is filled, or on the next page.
type missing struct{ found string }

func (m missing) Error() string {
	switch m.found {
	case "bare":
		return "页面上有这个栏目名称，但它后面没有可以填写的地方"
	case Moved:
		return "页面上有这一栏，但不在所写的标题下面"
	}
	return "页面上没有这一栏"
}
