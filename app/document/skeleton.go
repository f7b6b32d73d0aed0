package document

import (
	"context"
	"io"

	"shangjiatong/app/listing"
)

var errNotBuilt = listing.Fail(listing.CodeInternal, "尚未提供", "")

// MarkDraft returns the .docx with mark as a watermark on every page.
func MarkDraft(docx []byte, mark string) ([]byte, error) { return nil, errNotBuilt }

// PreviewHTML returns the body of a .docx as simple HTML, safe to put into a page.
func PreviewHTML(docx []byte) (string, error) { return "", errNotBuilt }

// Write writes the .xlsx; same Workbook, same bytes.
func (b *Workbook) Write(w io.Writer) error { return errNotBuilt }

// ReadSheet reads one sheet of a user's .xlsx; an empty sheet name means the first.
func ReadSheet(ctx context.Context, r io.ReaderAt, size int64, sheet string) (*Grid, error) {
	return nil, errNotBuilt
}

// Write writes the page.
func (p *Page) Write(w io.Writer) error { return errNotBuilt }
