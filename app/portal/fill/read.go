package fill

import (
	"context"
	"strings"
	"time"

	"shangjiatong/app/browser"
)

// Label is a labelled field as a page shows it.
type Label struct {
	Label   string   `json:"label"`
	Heading string   `json:"heading"`
	Kind    string   `json:"kind"`    // text, choose, check, date, switch, files or rows: a guess
	Cells   []string `json:"cells"`   // of rows: the labels inside one row
	Options []string `json:"options"` // as far as they can be seen without opening anything
}

// Labels lists the fields a page shows, in their order, to who knows none of their labels: what stands right before a
// control is taken for its label. It changes nothing.
func Labels(ctx context.Context, p *browser.Page) ([]Label, error) {
	f, err := newFiller(p, nil, Options{})
	if err != nil {
		return nil, err
	}
	if err := f.begin(ctx); err != nil {
		return nil, err
	}
	return call[[]Label](ctx, f, "draft")
}

// Told reads what a page says in plain text beside a label, outside of its controls: "应用名称：示例", a list of
// descriptions, a table with its headers on the left. For each label, given by its names, it is the value, or empty where
// the page says nothing, several things, or something whose end cannot be told.
func Told(ctx context.Context, p *browser.Page, labels [][]string) ([]string, error) {
	f, err := newFiller(p, nil, Options{})
	if err != nil {
		return nil, err
	}
	if err := f.begin(ctx); err != nil {
		return nil, err
	}
	found, err := call[[][]string](ctx, f, "pairs", labels)
	out := make([]string, len(labels))
	for i, values := range found {
		if len(values) == 1 {
			out[i] = values[0]
		}
	}
	return out, err
}

// ReadBack reads what the page shows for the fields, and changes nothing.
func ReadBack(ctx context.Context, p *browser.Page, asks []Ask, o Options) ([]Field, error) {
	f, err := newFiller(p, asks, o)
	if err != nil {
		return nil, err
	}
	if err := f.begin(ctx); err != nil {
		return nil, err
	}
	if err := f.ready(ctx, indices(len(asks))); err != nil {
		return nil, err
	}
	fields := make([]Field, len(asks))
	for i := range asks {
		if fields[i], err = f.readField(ctx, i); err != nil {
			return nil, err
		}
	}
	return fields, nil
}

type shown struct {
	State   string              `json:"state"`
	Seen    []string            `json:"seen"`
	Texts   []string            `json:"texts"`
	Message string              `json:"message"`
	Rows    []map[string]string `json:"rows"`
	Numeric bool                `json:"numeric"` // whether the input takes nothing but numbers
}

func (f *filler) shown(ctx context.Context, i int) (shown, error) {
	s, err := call[shown](ctx, f, "shown", i)
	if err != nil {
		return s, err
	}
	if f.asks[i].Value.kind() == "check" {
		s.Texts = f.expanded(i, s.Texts)
	}
	return s, unclear(s.State, s.Seen)
}

// readField reads one field and compares it with what was asked.
func (f *filler) readField(ctx context.Context, i int) (Field, error) {
	a := f.asks[i]
	line := Field{Label: a.Name(), Asked: a.asked()}
	s, err := f.shown(ctx, i)
	if why, plain := ordinary(err); plain {
		line.Message = why
		return line, nil
	}
	if err != nil {
		return line, err
	}
	line.Shown = a.shownText(s)
	line.Message = s.Message
	line.OK = f.equal(i, s) && s.Message == ""
	return line, nil
}

// equal reports whether a field shows what was asked. A path that we went to its end may show its last part alone.
func (f *filler) equal(i int, s shown) bool {
	a := f.asks[i]
	return a.equal(s) || f.walked[i] && sameTexts(s.Texts, a.Value.Path[len(a.Value.Path)-1:])
}

func (a Ask) asked() string {
	v := a.Value
	switch a.Value.kind() {
	case "text":
		return *v.Text
	case "choose":
		return *v.Choose
	case "check":
		return strings.Join(v.Check, "、")
	case "path":
		return strings.Join(v.Path, " / ")
	case "date":
		return *v.Date
	case "switch":
		return onOff(*v.Switch)
	case "files":
		return strings.Join(fileNames(v.Files), "、")
	}
	return rowsText(v.Rows, a.cells())
}

func onOff(on bool) string {
	if on {
		return "开"
	}
	return "关"
}

func (a Ask) shownText(s shown) string {
	switch a.Value.kind() {
	case "text", "choose", "date":
		return strings.Join(s.Texts, "")
	case "switch":
		return onOff(first(s.Texts) == "1")
	case "path":
		if len(s.Texts) > 1 && !strings.Contains(strings.Join(s.Texts, ""), "/") {
			return strings.Join(s.Texts, " / ")
		}
		return strings.Join(s.Texts, "")
	case "rows":
		return rowsText(s.Rows, a.cells())
	}
	return strings.Join(s.Texts, "、")
}

func (a Ask) equal(s shown) bool {
	v := a.Value
	switch a.Value.kind() {
	case "text":
		return len(s.Texts) > 0 && sameText(s.Texts[0], *v.Text, s.Numeric)
	case "choose":
		return sameTexts(s.Texts, []string{*v.Choose})
	case "check":
		return sameSet(s.Texts, v.Check)
	case "path":
		return samePath(s.Texts, v.Path)
	case "date":
		return sameDate(first(s.Texts), *v.Date)
	case "switch":
		return len(s.Texts) > 0 && (s.Texts[0] == "1") == *v.Switch
	case "files":
		return sameSet(s.Texts, fileNames(v.Files))
	}
	return sameRows(s.Rows, v.Rows)
}

func sameRows(shown, asked []map[string]string) bool {
	if len(shown) != len(asked) {
		return false
	}
	for i, row := range asked {
		for label, text := range row {
			if _, other := time.Parse(time.DateOnly, text); !sameText(shown[i][label], text, false) && (other != nil || !sameDate(shown[i][label], text)) {
				return false
			}
		}
	}
	return true
}
