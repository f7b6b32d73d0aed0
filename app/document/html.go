package document

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var pageSource string

// Write writes the page; the same Page gives the same bytes. Errors are those of w.
func (p *Page) Write(w io.Writer) error {
	t, err := template.New("page").Parse(pageSource)
	if err != nil {
		return fmt.Errorf("page template: %w", err)
	}
	if err := t.Execute(w, p); err != nil {
		return unwritableZip(p.Title+".html", err)
	}
	return nil
}
