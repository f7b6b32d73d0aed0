package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"shangjiatong/app/listing"
)

// printer prints a value as JSON, or the text that says the same to a person.
type printer struct {
	w    io.Writer
	json bool
}

// show prints value as JSON with --json, and text otherwise.
func (p printer) show(value any, text func(*strings.Builder)) error {
	if p.json {
		return p.value(value)
	}
	var b strings.Builder
	text(&b)
	_, err := io.WriteString(p.w, b.String())
	return err
}

func (p printer) value(v any) error { return p.encode(v, "  ") }

// compact prints a value on one line.
func (p printer) compact(v any) error { return p.encode(v, "") }

func (p printer) encode(v any, indent string) error {
	e := json.NewEncoder(p.w)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// line prints one line with a word in front.
func line(b *strings.Builder, word, text string) {
	if text != "" {
		fmt.Fprintf(b, "%s：%s\n", word, text)
	}
}

// findings prints findings the way screens word them.
func findings(b *strings.Builder, all []listing.Finding) {
	for _, f := range all {
		word := f.Level.Word()
		if f.Code == listing.FindingUndecided {
			word = "未核对"
		}
		if f.Waiver != nil {
			word = "已保留（" + f.Waiver.By + "，" + f.Waiver.On + "：" + f.Waiver.Reason + "）"
		}
		fmt.Fprintf(b, "[%s] %s %s\n", word, f.Rule, f.Message)
		line(b, "    影响", f.Effect)
		line(b, "    改法", f.Fix)
	}
}
