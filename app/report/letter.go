package report

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

//go:embed data/letter.yaml
var letterSource []byte

type letterText struct {
	Version    int      `yaml:"version"`
	Source     string   `yaml:"source"`
	Title      string   `yaml:"title"`
	To         string   `yaml:"to"`
	Body       []string `yaml:"body"`
	Contact    string   `yaml:"contact"`
	Attachment string   `yaml:"attachment"`
	Annex      string   `yaml:"annex"`
	TableTitle string   `yaml:"table_title"`
	Seal       string   `yaml:"seal"`
	Date       string   `yaml:"date"`
	Rows       []struct {
		Label string `yaml:"label"`
		Value string `yaml:"value"`
	} `yaml:"rows"`
}

var letterTexts = sync.OnceValues(func() (letterText, error) {
	var t letterText
	if err := yaml.UnmarshalWithOptions(letterSource, &t, yaml.Strict()); err != nil {
		return letterText{}, fmt.Errorf("letter: %w", err)
	}
	return t, nil
})

// Letter is what the letter to ROLE-5 says (FLOW-7, RULE-20).
type Letter struct {
	Office     string // addressee (主送机关): the regional big-data centre
	Unit       listing.Unit
	App        string // name of the app
	Identifier string
	Old, New   listing.Person // the catalog administrator before and after
	Reason     string         // 工作岗位调整
	Contact    listing.Person // of the unit, for questions
	Mark       string         // document.DraftMark, or empty
}

// AdministratorLetter returns the letter by which the unit asks ROLE-5 to change the catalog administrator (编目管理员), as
// a .docx after GB/T 9704 with an annexed table. Date and seal are left to be put on by hand. What is not known yet
// stays a line to be filled in by hand.
func AdministratorLetter(l Letter) ([]byte, error) {
	t, err := letterTexts()
	if err != nil {
		return nil, err
	}
	say := l.words().Replace
	d := document.Doc{Title: say(t.Title), Mark: l.Mark}
	d.Blocks = append(d.Blocks, document.Paragraph{Runs: document.Text(say(t.To)), NoIndent: true})
	for _, text := range t.Body {
		d.Blocks = append(d.Blocks, document.Para(say(text)))
	}
	d.Blocks = append(d.Blocks,
		document.Para(say(t.Attachment)),
		document.Signature{Lines: []string{say("{{unit}}"), t.Seal, t.Date}},
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

func (l Letter) words() *strings.Replacer {
	or := func(s string) string {
		if s == "" {
			return blankLine
		}
		return s
	}
	return strings.NewReplacer(
		"{{office}}", or(l.Office), "{{unit}}", or(l.Unit.Name), "{{credit}}", or(l.Unit.CreditCode),
		"{{app}}", or(l.App), "{{identifier}}", or(l.Identifier), "{{reason}}", or(l.Reason),
		"{{old}}", or(l.Old.Name), "{{old_phone}}", or(l.Old.Phone),
		"{{new}}", or(l.New.Name), "{{new_phone}}", or(l.New.Phone),
		"{{contact}}", or(l.Contact.Name), "{{phone}}", or(l.Contact.Phone))
}
