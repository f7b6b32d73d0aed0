package material

import (
	"shangjiatong/app/document"
	"shangjiatong/app/forms"
)

// skeleton is the docx to start a text of dossier 5.5 from: headings, prefilled names, and hints what belongs where.
type skeleton struct {
	Slot   string  `yaml:"slot"`
	Title  string  `yaml:"title"`
	Blocks []piece `yaml:"blocks"`
}

// piece is one block; exactly one member is set.
type piece struct {
	Heading string    `yaml:"heading"`
	Sub     string    `yaml:"sub"` // a heading of the second level
	Text    string    `yaml:"text"`
	Hint    string    `yaml:"hint"` // says what to write here; to be replaced
	Table   *tabulate `yaml:"table"`
	Sign    []string  `yaml:"sign"`
}

// tabulate is a table; the rows of Each are repeated for every entry of a loop, those of Rows stand as they are.
type tabulate struct {
	Columns []string   `yaml:"columns"`
	Widths  []float64  `yaml:"widths"`
	Each    string     `yaml:"each"`
	Row     []string   `yaml:"row"`
	Rows    [][]string `yaml:"rows"`
}

type skeletonFile struct {
	forms.Origin `yaml:",inline"`
	Skeletons    []skeleton `yaml:"skeletons"`
}

func checkSkeletons(all []skeleton, c *forms.Catalogue) error {
	have := map[string]bool{}
	for _, s := range all {
		slot := c.Slot(s.Slot)
		if slot == nil || !slot.Skeleton || s.Title == "" || len(s.Blocks) == 0 || have[s.Slot] {
			return broken("文稿框架 %q 重复、没有写全，或没有对应的附件位置", s.Slot)
		}
		have[s.Slot] = true
		for _, p := range s.Blocks {
			if t := p.Table; t != nil && (len(t.Columns) == 0 || (t.Each != "") != (len(t.Row) > 0)) {
				return broken("文稿框架 %q 的表格没有写全", s.Slot)
			}
		}
	}
	for _, slot := range c.Slots {
		if slot.Skeleton && !have[slot.ID] {
			return broken("附件“%s”缺少文稿框架", slot.Title)
		}
	}
	return nil
}

func (k *knowledge) skeleton(slot string) *skeleton {
	for i := range k.skeletons {
		if k.skeletons[i].Slot == slot {
			return &k.skeletons[i]
		}
	}
	return nil
}

func (s *skeleton) template() *document.Doc {
	doc := &document.Doc{Title: s.Title}
	for _, p := range s.Blocks {
		doc.Blocks = append(doc.Blocks, p.block())
	}
	return doc
}

func (p piece) block() document.Block {
	switch {
	case p.Heading != "":
		return document.Heading{Level: 1, Text: p.Heading}
	case p.Sub != "":
		return document.Heading{Level: 2, Text: p.Sub}
	case p.Hint != "":
		return document.Para("〔填写提示：" + p.Hint + "〕")
	case p.Table != nil:
		return p.Table.block()
	case len(p.Sign) > 0:
		return document.Signature{Lines: p.Sign}
	}
	return document.Para(p.Text)
}

func (t *tabulate) block() document.Block {
	out := document.Table{HeaderRows: 1, Widths: t.Widths}
	head := document.Row{}
	for _, c := range t.Columns {
		head.Cells = append(head.Cells, document.LabelCell(c))
	}
	out.Rows = append(out.Rows, head)
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, textRow(r))
	}
	if t.Each != "" {
		row := append([]string(nil), t.Row...)
		row[0] = "{{#" + t.Each + "}}" + row[0]
		row[len(row)-1] += "{{/" + t.Each + "}}"
		out.Rows = append(out.Rows, textRow(row))
	}
	return out
}

func textRow(texts []string) document.Row {
	row := document.Row{MinHeight: 8}
	for _, t := range texts {
		row.Cells = append(row.Cells, document.TextCell(t))
	}
	return row
}
