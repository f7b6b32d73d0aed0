package document

import (
	"strings"
	"unicode"
)

// pdfText is a paragraph to be set.
type pdfText struct {
	runs   []Run
	size   float64 // points
	line   float64 // height of a line
	align  Align
	bold   bool
	indent float64 // of the first line
	hang   float64 // of the others
	right  float64 // kept free at the right
	keep   float64 // kept together with so much of what follows
	free   bool    // never starts a new page
}

// atom is a character, or a checkbox, with its width in mm.
type atom struct {
	r         rune
	width     float64
	bold      bool
	underline bool
	box       Box
}

type pdfLine struct {
	atoms []atom
	width float64
}

// text sets a paragraph line by line at p.y.
func (p *pdfWriter) text(t pdfText) {
	lines := p.lines(t, p.width-t.right)
	if !t.free {
		p.fits(t.line + t.keep)
	}
	for i, l := range lines {
		if !t.free {
			p.fits(t.line)
		}
		x := p.left
		switch {
		case t.align == AlignCenter:
			x += (p.width - l.width) / 2
		case t.align == AlignRight:
			x += p.width - t.right - l.width
		case i == 0:
			x += t.indent
		default:
			x += t.hang
		}
		p.line(l, x, p.y, t.line, t.size)
		p.y += t.line
	}
}

// line draws a line whose top is at y, stretches of one look at a time.
func (p *pdfWriter) line(l pdfLine, x, y, height, size float64) {
	p.SetFontSize(size)
	base := y + height/2 + size*mmPerPt*0.36
	for start := 0; start < len(l.atoms); {
		a := l.atoms[start]
		if a.box != NoBox {
			p.box(a.box == Checked, x, base, size)
			x += a.width
			start++
			continue
		}
		end, width := start, 0.0
		var b strings.Builder
		for end < len(l.atoms) && l.atoms[end].box == NoBox && l.atoms[end].bold == a.bold && l.atoms[end].underline == a.underline {
			b.WriteRune(l.atoms[end].r)
			width += l.atoms[end].width
			end++
		}
		p.stretch(b.String(), a, x, base, width, size)
		x += width
		start = end
	}
}

// stretch draws text of one look. Bold is drawn with an outline, for the font has one weight.
func (p *pdfWriter) stretch(s string, look atom, x, base, width, size float64) {
	if strings.TrimSpace(s) != "" {
		if look.bold {
			p.SetLineWidth(size * mmPerPt / 40)
			p.SetTextRenderingMode(2)
		}
		p.Text(x, base, s)
		if look.bold {
			p.SetTextRenderingMode(0)
		}
	}
	if look.underline {
		p.SetLineWidth(0.2)
		p.Line(x, base+0.8, x+width, base+0.8)
	}
}

// box draws a checkbox: the font has none.
func (p *pdfWriter) box(checked bool, x, base, size float64) {
	side := size * mmPerPt * 0.8
	top := base - side*0.95
	p.SetLineWidth(0.25)
	p.Rect(x+side*0.1, top, side, side, "D")
	if checked {
		p.SetLineWidth(0.4)
		p.Line(x+side*0.3, top+side*0.5, x+side*0.5, top+side*0.8)
		p.Line(x+side*0.5, top+side*0.8, x+side*0.95, top+side*0.15)
	}
}

// atoms measures the runs; a line break is an atom '\n'.
func (p *pdfWriter) atoms(t pdfText) []atom {
	em := t.size * mmPerPt
	var out []atom
	for _, r := range t.runs {
		if r.Box != NoBox {
			out = append(out, atom{box: r.Box, width: em})
		}
		for _, c := range strings.ReplaceAll(r.Text, "\t", "    ") {
			if c != '\n' && unicode.IsControl(c) {
				continue
			}
			c, w := p.glyph(c)
			out = append(out, atom{r: c, width: em * float64(w) / 1000, bold: r.Bold || t.bold, underline: r.Underline})
		}
	}
	return out
}

// glyph returns the character to print and its width in thousandths of the type size.
func (p *pdfWriter) glyph(c rune) (rune, int) {
	if !p.has(c) && c != '\n' {
		c = '〓'
	}
	w, known := p.widths[c]
	if !known {
		w = p.GetStringSymbolWidth(string(c))
		p.widths[c] = w
	}
	return c, w
}

// lines breaks a paragraph into lines of at most so many mm.
func (p *pdfWriter) lines(t pdfText, width float64) []pdfLine {
	rest := p.atoms(t)
	if len(rest) == 0 {
		return []pdfLine{{}}
	}
	var out []pdfLine
	room := width - t.indent
	for len(rest) > 0 {
		n, skip := fill(rest, room)
		out = append(out, trimmed(rest[:n]))
		rest = rest[n+skip:]
		room = width - t.hang
	}
	return out
}

// fill says how many atoms go on a line, and how many after them are dropped: a line break, or spaces.
func fill(atoms []atom, room float64) (n, skip int) {
	used := 0.0
	for i, a := range atoms {
		if a.r == '\n' {
			return i, 1
		}
		used += a.width
		if used > room+0.001 && i > 0 {
			return breakAt(atoms, i)
		}
	}
	return len(atoms), 0
}

// breakAt finds the last place at or before i where a line may end; a word longer than the line is cut.
func breakAt(atoms []atom, i int) (n, skip int) {
	for at := i; at > 0; at-- {
		if !mayBreak(atoms[at-1], atoms[at]) {
			continue
		}
		end := at
		for end < len(atoms) && atoms[end].r == ' ' {
			end++
		}
		return at, end - at
	}
	return i, 0
}

const (
	noLineStart = "，。、；：？！”’）》】〉」』〕％…—·,.;:?!)]}%〗"
	noLineEnd   = "“‘（《【〈「『〔([{〖"
)

func mayBreak(before, after atom) bool {
	switch {
	case before.box != NoBox || strings.ContainsRune(noLineEnd, before.r) && before.r != 0:
		return false
	case after.box != NoBox || after.r == ' ' || before.r == ' ':
		return true
	case strings.ContainsRune(noLineStart, after.r):
		return false
	}
	return wide(before.r) || wide(after.r) || before.r == '/' || before.r == '-' || before.r == '_'
}

func wide(r rune) bool { return r >= 0x2e80 }

func trimmed(atoms []atom) pdfLine {
	for len(atoms) > 0 && atoms[len(atoms)-1].r == ' ' && !atoms[len(atoms)-1].underline {
		atoms = atoms[:len(atoms)-1]
	}
	l := pdfLine{atoms: atoms}
	for _, a := range atoms {
		l.width += a.width
	}
	return l
}
