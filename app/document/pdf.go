package document

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strconv"

	"codeberg.org/go-pdf/fpdf"

	"shangjiatong/app/listing"
)

// pdfFont is a subset of Noto Sans SC, made by build/fonts; its licence is fonts/OFL.txt.
//
//go:embed fonts/NotoSansSC-subset.ttf
var pdfFont []byte

const (
	pdfFamily = "noto"
	mmPerPt   = 25.4 / 72
)

// PDF writes the document as .pdf with a font of its own, for workstations without a browser: the same layout in one
// typeface, left aligned. The same Doc gives the same bytes. A Chinese character the font lacks is printed as 〓; the
// font has those of GB/T 2312 and of the national table of standard characters within Unicode's first plane.
// Errors are those of w, or CodeInternal.
func (d *Doc) PDF(w io.Writer) error {
	p := newPDF(d)
	p.page()
	if d.Title != "" {
		p.text(pdfText{runs: Text(d.Title), size: 22, line: twipsMM(680), align: AlignCenter, bold: true, keep: 20})
		p.y += twipsMM(289)
	}
	if d.Subtitle != "" {
		p.text(pdfText{runs: Text(d.Subtitle), size: 16, line: twipsMM(lineHeight), align: AlignCenter, keep: 20})
	}
	for i, b := range d.Blocks {
		next := Block(nil)
		if i+1 < len(d.Blocks) {
			next = d.Blocks[i+1]
		}
		p.block(b, next)
	}
	p.feet()
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return listing.Fail(listing.CodeInternal, "生成 PDF 时程序内部出错："+err.Error(), "请改用 docx").Because(err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return unwritableZip(d.Title+".pdf", err)
	}
	return nil
}

// pdfWriter lays blocks out from the top of a page to its foot. All lengths are millimetres.
type pdfWriter struct {
	*fpdf.Fpdf
	doc                      *Doc
	left, top, width, bottom float64
	y                        float64
	widths                   map[rune]int // in thousandths of the type size
	has                      func(rune) bool
}

func twipsMM(twips int) float64 { return float64(twips) / 1440 * 25.4 }

func newPDF(d *Doc) *pdfWriter {
	p := &pdfWriter{Fpdf: fpdf.New("P", "mm", "A4", ""), doc: d, widths: map[rune]int{}}
	p.left, p.top = twipsMM(marginLeft), twipsMM(marginTop)
	right, foot, height := marginRight, marginBottom, pageHeight
	width := pageWidth - marginLeft
	if d.Landscape {
		p.Fpdf = fpdf.New("L", "mm", "A4", "")
		p.left, p.top = twipsMM(marginBottom), twipsMM(marginLeft)
		right, foot, height = marginTop, marginRight, pageWidth
		width = pageHeight - marginBottom
	}
	p.width, p.bottom = twipsMM(width-right), twipsMM(height-foot)
	p.SetAutoPageBreak(false, 0)
	p.SetCreationDate(fixedTime())
	p.SetModificationDate(fixedTime())
	p.SetCatalogSort(true)
	p.SetProducer("", true)
	p.SetTitle(d.Title, true)
	p.SetLang("zh-CN")
	p.AddUTF8FontFromBytes(pdfFamily, "", pdfFont)
	p.SetFont(pdfFamily, "", 16)
	p.has = pdfFontHas()
	return p
}

// page starts a page with its header and its mark.
func (p *pdfWriter) page() {
	p.AddPage()
	p.y = p.top
	if p.doc.Mark != "" {
		p.mark()
	}
	head := p.doc.Header
	if p.doc.Mark != "" {
		head = "【" + p.doc.Mark + "】" + head
	}
	if head != "" {
		y := p.y
		p.y = twipsMM(marginHeader)
		p.text(pdfText{runs: Text(head), size: 10.5, line: 5, align: AlignRight, free: true})
		p.y = y
	}
}

// mark writes the watermark over the middle of the page, pale, before anything else.
func (p *pdfWriter) mark() {
	width, height := p.GetPageSize()
	p.SetFontSize(110)
	p.SetTextColor(235, 235, 235)
	p.TransformBegin()
	p.TransformRotate(35, width/2, height/2)
	p.Text(width/2-p.GetStringWidth(p.doc.Mark)/2, height/2+15, p.doc.Mark)
	p.TransformEnd()
	p.SetTextColor(0, 0, 0)
}

// feet numbers the pages outside at the foot, as GB/T 9704 wants it.
func (p *pdfWriter) feet() {
	pages := p.PageCount()
	for n := 1; n <= pages; n++ {
		p.SetPage(n)
		p.SetFontSize(14)
		text := "— " + strconv.Itoa(n) + " —"
		x := p.left + 5
		if n%2 == 1 {
			x = p.left + p.width - 5 - p.GetStringWidth(text)
		}
		p.Text(x, p.bottom+10, text)
	}
}

// fits starts a new page when there is less than height left, unless the page is still empty.
func (p *pdfWriter) fits(height float64) {
	if p.y+height > p.bottom+0.01 && p.y > p.top {
		p.page()
	}
}

func (p *pdfWriter) block(b, next Block) {
	body := pdfText{size: 16, line: twipsMM(lineHeight)}
	switch b := b.(type) {
	case Paragraph:
		p.paragraph(b, body)
	case Heading:
		body.runs, body.indent, body.keep = Text(b.Text), 32*mmPerPt, body.line
		body.bold = b.Level != 2
		if isTable(next) {
			body.keep = 30
		}
		p.text(body)
	case List:
		for i, item := range b.Items {
			p.item(b, i, item, body)
		}
	case Signature:
		p.fits(float64(len(b.Lines)) * body.line)
		for _, line := range b.Lines {
			t := body
			t.runs, t.align, t.right = Text(line), AlignRight, 64*mmPerPt
			p.text(t)
		}
	case Table:
		p.table(b)
		if next == nil || isTable(next) {
			p.y += 2
		}
	case PageBreak:
		p.page()
	case Control:
		body.runs = Text(string(b))
		p.text(body)
	}
}

func (p *pdfWriter) paragraph(b Paragraph, t pdfText) {
	t.runs, t.align = b.Runs, b.Align
	if b.Align == AlignAuto && !b.NoIndent {
		t.indent = 32 * mmPerPt
	}
	if b.KeepNext {
		t.keep = t.line
	}
	p.text(t)
}

func (p *pdfWriter) item(l List, i int, item string, t pdfText) {
	sign := "●"
	if l.Numbered {
		sign = fmt.Sprintf("%d.", i+1)
	}
	t.runs, t.indent = Text(sign+" "+item), 32*mmPerPt
	t.hang = t.indent + trimmed(p.atoms(pdfText{runs: Text(sign + "."), size: t.size})).width
	p.text(t)
}
