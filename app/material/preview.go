package material

import (
	"bytes"
	"context"
	"html"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// Preview returns one material as a fragment of simple HTML, safe to put into a page. It fails with listing.CodeRefused
// for what cannot be shown (Item.Previewable).
func Preview(ctx context.Context, in Input, id string) (string, error) {
	w, err := furnish(in)
	if err != nil {
		return "", err
	}
	p, err := w.find(id)
	if err != nil {
		return "", err
	}
	if !p.Previewable {
		return "", listing.Failf(listing.CodeRefused, "请生成材料包后打开文件", "“%s”不能预览", p.Title)
	}
	if p.front != nil {
		return p.front()
	}
	body, err := w.build(ctx, p)
	if err != nil {
		return "", err
	}
	switch p.Kind {
	case kindDocx:
		return document.PreviewHTML(body)
	case kindXlsx:
		return previewSheets(ctx, body)
	}
	return preformatted(body), nil
}

// previewSheets shows a workbook as one table per sheet.
func previewSheets(ctx context.Context, body []byte) (string, error) {
	var b strings.Builder
	b.WriteString(`<div class="xlsx">`)
	first, err := document.ReadSheet(ctx, bytes.NewReader(body), int64(len(body)), "")
	if err != nil {
		return "", err
	}
	for _, name := range first.Sheets {
		grid, err := document.ReadSheet(ctx, bytes.NewReader(body), int64(len(body)), name)
		if err != nil {
			return "", err
		}
		b.WriteString("<h3>" + html.EscapeString(grid.Sheet) + "</h3><table>")
		for _, row := range grid.Cells {
			b.WriteString("<tr>")
			for _, cell := range row {
				b.WriteString("<td>" + html.EscapeString(cell) + "</td>")
			}
			b.WriteString("</tr>")
		}
		b.WriteString("</table>")
	}
	b.WriteString("</div>")
	return b.String(), nil
}
