package material

import (
	"context"
	"fmt"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// AdministratorLetter is the ID of the letter by which the unit asks ROLE-5 to change the catalog administrator
// (编目管理员): a material of the package while a case of FLOW-7 runs (RULE-20).
const AdministratorLetter = "administrator-letter"

// Letter is what the case of FLOW-7 says; the rest of the letter comes from the dossier.
type Letter struct {
	Old, New listing.Person // the catalog administrator before and after
	Reason   string         // 工作岗位调整
}

// letterFile is data/letter.yaml.
type letterFile struct {
	forms.Origin `yaml:",inline"`
	Title        string       `yaml:"title"`
	To           string       `yaml:"to"`
	Body         []string     `yaml:"body"`
	Contact      string       `yaml:"contact"`
	Attachment   string       `yaml:"attachment"`
	Annex        string       `yaml:"annex"`
	TableTitle   string       `yaml:"table_title"`
	Seal         string       `yaml:"seal"`
	Day          string       `yaml:"day"`
	Rows         []letterRow  `yaml:"rows"`
	Words        []letterWord `yaml:"words"`
}

type letterRow struct {
	Label string `yaml:"label"`
	Value string `yaml:"value"`
}

// letterWord is what stands for {{Key}}.
type letterWord struct {
	Key   string `yaml:"key"`
	Field string `yaml:"field"` // its field; empty for what only the case knows
	Blank string `yaml:"blank"` // what is to be written by hand while it is not known
}

// check refuses a letter with a placeholder nothing stands for, or a word of a field there is none of.
func (f letterFile) check(c *forms.Catalogue) error {
	pairs := []string{}
	for _, w := range f.Words {
		if w.Key == "" || w.Blank == "" || w.Field != "" && c.Field(w.Field) == nil {
			return broken("变更函里的 %q 没有写全，或字段 %s 不存在", w.Key, w.Field)
		}
		pairs = append(pairs, "{{"+w.Key+"}}", "")
	}
	texts := append([]string{f.Title, f.To, f.Contact, f.Attachment}, f.Body...)
	for _, r := range f.Rows {
		texts = append(texts, r.Value)
	}
	for _, t := range texts {
		if t == "" || strings.Contains(strings.NewReplacer(pairs...).Replace(t), "{{") {
			return broken("变更函的“%s”没有写全，或有不认识的占位符", t)
		}
	}
	return nil
}

// letter judges how far the letter can be written.
func (w *workshop) letter(p *product) {
	p.sealed = true
	p.make = func(context.Context) ([]byte, error) { return w.administratorLetter() }
	for _, word := range w.know.letter.Words {
		if w.letterText(word) == "" && word.Field != "" && !w.values.Filled(word.Field) {
			p.Missing = append(p.Missing, word.Field)
		}
	}
	if n := len(p.Missing); n > 0 {
		p.State, p.Note = stateIncomplete, "还有 "+itoa(n)+" 处没有填，函里留空待填"
	}
}

// letterText is the text of a word; empty while it is not known.
func (w *workshop) letterText(word letterWord) string {
	l := w.in.Letter
	switch word.Key {
	case "old":
		return l.Old.Name
	case "old_phone":
		return l.Old.Phone
	case "new":
		return l.New.Name
	case "new_phone":
		return l.New.Phone
	case "reason":
		return l.Reason
	}
	return w.values.Text(word.Field)
}

// administratorLetter returns the letter as a .docx after GB/T 9704 with an annexed table. Date and seal are left to be
// put on by hand. What is not known yet stays a line to be filled in by hand, which says what belongs there.
func (w *workshop) administratorLetter() ([]byte, error) {
	t := w.know.letter
	say := w.letterWords().Replace
	d := document.Doc{Title: say(t.Title), Mark: w.mark()}
	d.Blocks = append(d.Blocks, document.Paragraph{Runs: document.Text(say(t.To)), NoIndent: true})
	for _, text := range t.Body {
		d.Blocks = append(d.Blocks, document.Para(say(text)))
	}
	d.Blocks = append(d.Blocks,
		document.Para(say(t.Attachment)),
		document.Signature{Lines: []string{say("{{unit}}"), t.Seal, t.Day}},
		document.Para(say(t.Contact)),
		document.PageBreak{},
		document.Paragraph{Runs: document.Bold(t.Annex), NoIndent: true, KeepNext: true},
		document.Paragraph{Runs: document.Bold(t.TableTitle), Align: document.AlignCenter, KeepNext: true})
	table := document.Table{Widths: []float64{3, 7}}
	for _, r := range t.Rows {
		table.Rows = append(table.Rows, document.Row{MinHeight: 10,
			Cells: []document.Cell{document.LabelCell(r.Label), document.TextCell(say(r.Value))}})
	}
	d.Blocks = append(d.Blocks, table)
	out, err := d.Bytes()
	if err != nil {
		return nil, fmt.Errorf("letter: %w", err)
	}
	return out, nil
}

// blankLine stands for what is filled in by hand.
const blankLine = "＿＿＿＿＿＿"

func (w *workshop) letterWords() *strings.Replacer {
	pairs := []string{}
	for _, word := range w.know.letter.Words {
		text := w.letterText(word)
		if text == "" {
			text = blankLine + "（待填：" + word.Blank + "）"
		}
		pairs = append(pairs, "{{"+word.Key+"}}", text)
	}
	return strings.NewReplacer(pairs...)
}
