package material

import (
	"slices"
	"strconv"
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
	shareNumber = 8
	shareText   = 43
	shareResult = 29
	shareReason = 20
)

// selfCheckTemplate is a table per dimension; its rows are a loop, so a unit's own template can lay them out anew.
func (k *knowledge) selfCheckTemplate(s spec) *document.Doc {
	doc := &document.Doc{Title: s.Heading, Blocks: []document.Block{
		document.Table{Widths: []float64{20, 30, 20, 30}, Rows: []document.Row{
			formRow(document.LabelCell("应用名称"), document.TextCell("{{app.name}}"+orBlank("app.name", blank)),
				document.LabelCell("应用标识"), document.TextCell("{{app.identifier}}"+orBlank("app.identifier", blank))),
			formRow(document.LabelCell("应用单位"), document.TextCell("{{unit.name}}"+orBlank("unit.name", blank)),
				document.LabelCell("开发商"), document.TextCell("{{vendor.name}}"+orBlank("vendor.name", blank))),
		}},
	}}
	for i, d := range k.dimensions {
		doc.Blocks = append(doc.Blocks, document.Heading{Level: 1, Text: chineseNumber(i+1) + "、" + d.Title}, dimensionTable(d))
	}
	doc.Blocks = append(doc.Blocks,
		document.Table{Borderless: true, Size: 10.5, Rows: []document.Row{{Cells: []document.Cell{document.TextCell(
			"注：“符合”栏已打勾的，是程序凭已登记的资料判定的，依据见末栏；其余请逐项试用、核对后由人勾选。")}}}},
		document.Table{Widths: []float64{1, 1}, Rows: []document.Row{{MinHeight: 26, Cells: []document.Cell{
			signCell("应用负责人（签字）："), signCell("开发商（签字）："),
		}}}})
	return doc
}

func signCell(title string) document.Cell {
	return document.Cell{Top: true, Paras: []document.Paragraph{{Runs: document.Text(title)}, {}, {Runs: document.Text(dateLine), Align: document.AlignRight}}}
}

func dimensionTable(d dimension) document.Table {
	key := "self_check." + d.ID
	return document.Table{HeaderRows: 1, Size: 10.5, Widths: []float64{shareNumber, shareText, shareResult, shareReason}, Rows: []document.Row{
		{Cells: []document.Cell{document.LabelCell("序号"), document.LabelCell("自查内容"), document.LabelCell("结果"), document.LabelCell("依据")}},
		{Cells: []document.Cell{
			aligned(document.TextCell("{{#"+key+"}}{{n}}"), document.AlignCenter), document.TextCell("{{text}}"),
			document.TextCell("{{☐yes}}符合 {{☐no}}不符合 {{☐none}}不涉及"), document.TextCell("{{reason}}{{/" + key + "}}")}},
	}}
}

func chineseNumber(n int) string {
	digits := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}
	if n > 10 || n < 0 {
		return strconv.Itoa(n)
	}
	return digits[n]
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
