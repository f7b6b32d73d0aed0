package material

import (
	"slices"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// dimension is one of the five sides reviewers look at (ROLE-6).
type dimension struct {
	ID    string  `yaml:"id"`
	Title string  `yaml:"title"`
	Items []check `yaml:"items"`
}

// check is one question of the self-check. It is ticked beforehand only when what Proof names is there.
type check struct {
	Text   string `yaml:"text"`
	Only   string `yaml:"only"` // hosted or mini; empty for every app
	Source string `yaml:"source"`
	Proof  proof  `yaml:"proof"`
}

// proof names what shows that the answer is yes; empty means that a person has to look.
type proof struct {
	Tasks []string `yaml:"tasks"` // any of them is settled
	Slots []string `yaml:"slots"` // any of these files is there
	Rules []string `yaml:"rules"` // none of them has anything to say
	Forms []string `yaml:"forms"` // all of them are complete
}

type selfCheckFile struct {
	forms.Origin `yaml:",inline"`
	Dimensions   []dimension `yaml:"dimensions"`
}

func checkDimensions(dims []dimension, c *forms.Catalogue) error {
	if len(dims) == 0 {
		return broken("自查数据没有方面")
	}
	for _, d := range dims {
		if d.ID == "" || d.Title == "" || len(d.Items) == 0 {
			return broken("自查的方面 %q 没有写全", d.ID)
		}
		for _, i := range d.Items {
			if i.Text == "" || i.Source == "" || !slices.Contains([]string{"", "hosted", "mini"}, i.Only) {
				return broken("自查项 %q 没有写全", i.Text)
			}
			for _, s := range i.Proof.Slots {
				if c.Slot(s) == nil {
					return broken("自查项 %q 指向不存在的附件 %s", i.Text, s)
				}
			}
			for _, f := range i.Proof.Forms {
				if c.Form(f) == nil {
					return broken("自查项 %q 指向不存在的表 %s", i.Text, f)
				}
			}
		}
	}
	return nil
}

const (
	shareNumber = 10
	shareText   = 42
	shareResult = 29
	shareReason = 19
)

// selfCheckTemplate is a table with a part per dimension; the rows are loops, so a unit's own template can lay them out anew.
func (k *knowledge) selfCheckTemplate(s spec) *document.Doc {
	doc := &document.Doc{Title: s.Heading, Blocks: []document.Block{
		document.Table{Widths: []float64{20, 30, 20, 30}, Rows: []document.Row{
			formRow(document.LabelCell("应用名称"), document.TextCell("{{app.name}}"+orBlank("app.name", blank)),
				document.LabelCell("应用标识"), document.TextCell("{{app.identifier}}"+orBlank("app.identifier", blank))),
			formRow(document.LabelCell("应用单位"), document.TextCell("{{unit.name}}"+orBlank("unit.name", blank)),
				document.LabelCell("开发商"), document.TextCell("{{vendor.name}}"+orBlank("vendor.name", blank))),
		}},
	}}
	table := document.Table{HeaderRows: 1, Size: 10.5, Widths: []float64{shareNumber, shareText, shareResult, shareReason}, Rows: []document.Row{
		{Cells: []document.Cell{document.LabelCell("序号"), document.LabelCell("自查内容"), document.LabelCell("结果"), document.LabelCell("依据")}}}}
	for _, d := range k.dimensions {
		table.Rows = append(table.Rows, dimensionRow(d))
	}
	doc.Blocks = append(doc.Blocks, table,
		document.Table{Borderless: true, Size: 10.5, Rows: []document.Row{{Cells: []document.Cell{document.TextCell(
			"注：已打勾的由程序凭登记的资料判定，其余请逐项核对后勾选。")}}}},
		document.Table{Widths: []float64{1, 1}, Rows: []document.Row{{MinHeight: 22, Cells: []document.Cell{
			signCell("应用负责人（签字）："), signCell("开发商（签字）："),
		}}}})
	return doc
}

func signCell(title string) document.Cell {
	return document.Cell{Top: true, Paras: []document.Paragraph{{Runs: document.Text(title)}, {}, {Runs: document.Text(dateLine), Align: document.AlignRight}}}
}

// dimensionRow names its dimension in every row, so that no heading is left alone at the foot of a page.
func dimensionRow(d dimension) document.Row {
	key := "self_check." + d.ID
	return document.Row{Cells: []document.Cell{
		aligned(document.TextCell("{{#"+key+"}}"+d.Title+" {{n}}"), document.AlignCenter), document.TextCell("{{text}}"),
		document.TextCell("{{☐yes}}符合 {{☐no}}不符合 {{☐none}}不涉及"), document.TextCell("{{reason}}{{/" + key + "}}"),
	}}
}

// selfCheckValues answers the questions as far as the data goes.
func (w *workshop) selfCheckValues() document.Values {
	out := document.Values{}
	for _, d := range w.know.dimensions {
		rows := []document.Values{}
		for _, c := range d.Items {
			if !w.concerns(c.Only) {
				continue
			}
			reason, yes := w.proven(c.Proof)
			rows = append(rows, document.Values{"n": len(rows) + 1, "text": c.Text, "yes": yes, "no": false, "none": false, "reason": reason})
		}
		out["self_check."+d.ID] = rows
	}
	return out
}

// proven tells whether the data shows that something is so, and what shows it.
func (w *workshop) proven(p proof) (string, bool) {
	var reasons []string
	for _, id := range p.Tasks {
		if t := w.task(id); t != nil && (t.Status == listing.StatusDone || t.Status == listing.StatusPassed) {
			reasons = append(reasons, "事项“"+t.Title+"”"+t.StatusWord)
			break
		}
	}
	for _, id := range p.Slots {
		if a, ok := w.in.Dossier.App.Attachments[id]; ok {
			reasons = append(reasons, "已附《"+w.in.Forms.Slot(id).Title+"》："+a.Name)
			break
		}
	}
	if len(p.Rules) > 0 && w.quiet(p.Rules) {
		reasons = append(reasons, "程序核对无问题")
	}
	if len(p.Forms) > 0 && w.complete(p.Forms) {
		reasons = append(reasons, "各表必填项已填全")
	}
	return strings.Join(reasons, "；"), len(reasons) > 0
}

// quiet reports whether none of some rules found anything, waived or not. A rule about a field that is empty proves nothing.
func (w *workshop) quiet(rules []string) bool {
	for _, id := range rules {
		if r := w.rules.Rule(id); r == nil || len(r.Fields) == 0 || !w.values.Filled(r.Fields[0]) {
			return false
		}
	}
	return !slices.ContainsFunc(w.in.Findings, func(f listing.Finding) bool {
		return f.Level != listing.LevelInfo && slices.Contains(rules, f.Rule)
	})
}

func (w *workshop) complete(ids []string) bool {
	for _, id := range ids {
		if form := w.in.Forms.Form(id); form == nil || len(w.values.Complete(form).Missing) > 0 {
			return false
		}
	}
	return true
}
