package material

import (
	"slices"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
)

const (
	blank    = "（未填写）"
	noFile   = "（未提供）"
	notAsked = "（无须填写）"
	assumed  = "※"
	dateLine = "　　　　年　　月　　日"
	gap      = "　"
	formCols = 4
	lineFits = 53 // half-width characters on a line of a wide value cell
)

// formDoc is the template of one form: label and value cells in the portal's order, short fields two to a line.
type formDoc struct {
	catalogue *forms.Catalogue
	narrow    []string
	rows      []document.Row
	half      []document.Cell // a short field that waits for a second one
	assumed   bool
}

// formTemplate lays out a form as a table with a place to sign; every value in it is a placeholder.
func (k *knowledge) formTemplate(c *forms.Catalogue, s spec) *document.Doc {
	form := c.Form(s.Form)
	d := &formDoc{catalogue: c, narrow: k.Narrow}
	if s.Component != "" {
		d.component(c, s)
	}
	for _, section := range form.Sections {
		if section.Component != "" && section.Component != s.Component {
			continue
		}
		d.section(section)
	}
	if s.Attachments {
		d.attachments(c)
	}
	d.sign()
	return &document.Doc{Title: s.Heading, Blocks: []document.Block{
		document.Table{Borderless: true, Size: 10.5, Widths: []float64{3, 2}, Rows: []document.Row{{Cells: []document.Cell{
			document.TextCell("填报单位：{{unit.name}}" + orBlank("unit.name", blank)),
			aligned(document.TextCell("对应页面："+form.Portal), document.AlignRight),
		}}}},
		document.Table{Widths: []float64{24, 26, 24, 26}, Rows: d.rows},
		document.Table{Borderless: true, Size: 10.5, Rows: d.notes()},
	}}
}

func aligned(c document.Cell, a document.Align) document.Cell {
	c.Align = a
	return c
}

// orBlank shows a word in the place of an empty value.
func orBlank(key, word string) string { return "{{^" + key + "}}" + word + "{{/" + key + "}}" }

func (d *formDoc) component(c *forms.Catalogue, s spec) {
	d.wide(document.LabelCell("申请的组件"), document.TextCell(boxes("component.name", c.Lists["components"], nil)))
	if s.Publisher != "" {
		d.wide(document.LabelCell("组件发布者"), document.TextCell("{{component.publisher}}"))
	}
}

func (d *formDoc) section(s forms.Section) {
	d.flush()
	if s.Heading != "" {
		head := document.LabelCell(s.Heading).Wide(formCols)
		head.Align = document.AlignLeft
		d.rows = append(d.rows, document.Row{Cells: []document.Cell{head}, MinHeight: 8})
	}
	for _, row := range s.Rows {
		d.row(row)
	}
	d.flush()
}

func (d *formDoc) row(r forms.Row) {
	f := d.catalogue.Field(r.Field)
	label := r.Label
	if r.Assumed {
		label, d.assumed = label+assumed, true
	}
	if r.Required {
		label = "*" + label
	}
	if f.Type == forms.People {
		d.people(label, r.Field)
		return
	}
	value := document.TextCell(d.value(f))
	if f.Type == forms.YesNo || slices.Contains(d.narrow, f.Key) {
		d.short(document.LabelCell(label), value)
		return
	}
	d.wide(document.LabelCell(label), value)
}

func (d *formDoc) short(label, value document.Cell) {
	d.half = append(d.half, label, value)
	if len(d.half) == formCols {
		d.rows = append(d.rows, formRow(d.half...))
		d.half = nil
	}
}

func (d *formDoc) wide(label, value document.Cell) {
	d.flush()
	d.rows = append(d.rows, formRow(label, value.Wide(formCols-1)))
}

// flush gives a short field that stayed alone the whole line.
func (d *formDoc) flush() {
	if len(d.half) == 2 {
		d.rows = append(d.rows, formRow(d.half[0], d.half[1].Wide(formCols-1)))
	}
	d.half = nil
}

func formRow(cells ...document.Cell) document.Row { return document.Row{Cells: cells, MinHeight: 9} }

// people repeats a line of name and telephone number for each contact.
func (d *formDoc) people(label, key string) {
	d.flush()
	head := document.LabelCell
	d.rows = append(d.rows,
		formRow(document.LabelCell(label).Tall(3), head("*姓名"), head("*电话").Wide(2)),
		formRow(aligned(document.TextCell("{{#"+key+"}}{{name}}"+orBlank("name", blank)), document.AlignCenter),
			aligned(document.TextCell("{{phone}}"+orBlank("phone", blank)+"{{/"+key+"}}").Wide(2), document.AlignCenter)),
		formRow(aligned(document.TextCell("{{^"+key+"}}"+blank), document.AlignCenter),
			aligned(document.TextCell(blank+"{{/"+key+"}}").Wide(2), document.AlignCenter)))
}

// value is the text of a value cell: boxes for what the portal lets one choose, the value or a blank for the rest.
func (d *formDoc) value(f *forms.Field) string {
	words := d.catalogue.Lists[f.Options]
	if f.Type == forms.YesNo {
		words = d.catalogue.Lists["yesno"]
	}
	switch {
	case f.Type == forms.File:
		return "{{" + f.Key + "}}" + orBlank(f.Key, noFile)
	case len(words) == 0 && f.RequiredWhen != nil && f.RequiredWhen.Has != "":
		when := f.RequiredWhen
		return "{{" + f.Key + "}}" + orBlank(f.Key, "{{?"+when.Field+"="+when.Has+"}}"+blank+"{{/"+when.Field+"}}{{^"+when.Field+"="+when.Has+"}}"+notAsked+"{{/"+when.Field+"}}")
	case len(words) == 0:
		return "{{" + f.Key + "}}" + orBlank(f.Key, blank)
	case !f.Free:
		return boxes(f.Key, words, d.guessed(f))
	}
	other := f.Key + otherSuffix
	d.assumed = true
	return lines(append(choices(f.Key, words, d.guessed(f)), choice{"{{☐" + other + "}}另行输入" + assumed + "：{{" + other + "}}", "另行输入※：自己填写的内容"}))
}

// guessed are the options of a field that are assumptions.
func (d *formDoc) guessed(f *forms.Field) []string {
	words := d.catalogue.Assumed[f.Options]
	if len(words) > 0 {
		d.assumed = true
	}
	return words
}

// choice is one box with its label: as it stands in the template, and what is seen of it.
type choice struct{ tag, label string }

func boxes(key string, words, guessed []string) string { return lines(choices(key, words, guessed)) }

func choices(key string, words, guessed []string) []choice {
	out := make([]choice, len(words))
	for i, w := range words {
		out[i] = choice{"{{☐" + key + "=" + w + "}}" + w, w}
		if slices.Contains(guessed, w) {
			out[i].tag, out[i].label = out[i].tag+assumed, w+assumed
		}
	}
	return out
}

// lines breaks between choices and never within one, which would tear a box from its label.
func lines(all []choice) string {
	var b strings.Builder
	used := 0
	for i, c := range all {
		width := halfWidths("☐" + c.label)
		switch {
		case i == 0:
		case used+halfWidths(gap)+width > lineFits:
			b.WriteString("\n")
			used = 0
		default:
			b.WriteString(gap)
			used += halfWidths(gap)
		}
		b.WriteString(c.tag)
		used += width
	}
	return b.String()
}

// halfWidths measures text in half-width characters.
func halfWidths(s string) int {
	n := 0
	for _, r := range s {
		if r < 0x80 {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// attachments ticks the texts of the material list that are attached.
func (d *formDoc) attachments(c *forms.Catalogue) {
	var all []choice
	for _, slot := range c.Slots {
		if slot.Listed {
			all = append(all, choice{"{{☐" + attachedPrefix + slot.ID + "}}" + slot.Title, slot.Title})
		}
	}
	d.assumed = true
	d.wide(document.LabelCell("附件"+assumed), document.TextCell(lines(all)))
}

func (d *formDoc) sign() {
	cell := func(lines ...string) document.Cell {
		c := document.Cell{Span: 2, Top: true}
		for _, l := range lines {
			c.Paras = append(c.Paras, document.Paragraph{Runs: document.Text(l)})
		}
		c.Paras[len(c.Paras)-1].Align = document.AlignRight
		return c
	}
	d.rows = append(d.rows, document.Row{MinHeight: 30, Cells: []document.Cell{
		cell("经办人（签字）：", "", "", dateLine), cell("单位（盖章）：", "", "", dateLine),
	}})
}

func (d *formDoc) notes() []document.Row {
	note := "注：栏目名称、选项和顺序与页面一致，带 * 的必填。"
	if d.assumed {
		note += "带 " + assumed + " 的，该栏目名称为推定，以页面为准。"
	}
	return []document.Row{{Cells: []document.Cell{document.TextCell(note)}}}
}
