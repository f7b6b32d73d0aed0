package material

import (
	"bytes"
	"slices"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/precheck"
)

// The words of the state columns, which are dropdowns the user may change by hand.
const (
	wordReady   = "已备齐"
	wordOpen    = "待补充"
	wordMissing = "未提供"
	wordKept    = "已附上"
	wordScan    = "待盖章扫描"
	wordFilled  = "已填"
	wordEmpty   = "未填"
	wordMayBe   = "可不填"
	wordNA      = "不适用"
	wordPassed  = "通过"
	wordUnknown = "未核对"
	wordWaived  = "已放行"
)

func tones(column int) []document.ColourRule {
	byTone := []struct {
		tone  document.Tone
		words []string
	}{
		{document.ToneGreen, []string{wordReady, wordKept, wordFilled, wordPassed, "已通过", "已办结"}},
		{document.ToneAmber, []string{wordOpen, wordScan, listing.LevelWarning.Word(), wordWaived, "未开始"}},
		{document.ToneRed, []string{wordMissing, wordEmpty, listing.LevelError.Word(), wordUnknown, "暂不能办", "被退回"}},
		{document.ToneBlue, []string{"办理中", "已填写", "已生成", "已提交", "审核中", listing.LevelInfo.Word()}},
		{document.ToneGrey, []string{wordMayBe, wordNA}},
	}
	var out []document.ColourRule
	for _, t := range byTone {
		for _, word := range t.words {
			out = append(out, document.ColourRule{Column: column, Text: word, Tone: t.tone})
		}
	}
	return out
}

// checklist is the workbook with everything the submission needs: materials, fields, tasks and rules, each with its
// state and who sees to it.
func (w *workshop) checklist() ([]byte, error) {
	book := document.Workbook{Mark: w.mark(), Title: "新应用上架清单", Sheets: []document.Sheet{
		w.materialSheet(), w.fieldSheet(), w.ruleSheet(),
	}}
	if w.in.Case != nil && len(w.in.Case.Tasks) > 0 {
		book.Sheets = append(book.Sheets, w.taskSheet())
	}
	for i := range book.Sheets {
		s := &book.Sheets[i]
		s.Title, s.Filter = w.appName()+s.Title, true
	}
	var b bytes.Buffer
	err := book.Write(&b)
	return b.Bytes(), err
}

func (w *workshop) materialSheet() document.Sheet {
	s := document.Sheet{Name: "材料", Title: "新应用上架清单：材料", Notes: []string{"“上架材料”栏为“是”的，提交审批时全部要交。"},
		Columns: []document.Column{{Header: "序号", Width: 6, Align: document.AlignCenter}, {Header: "材料", Width: 30}, {Header: "上架材料", Width: 9, Align: document.AlignCenter},
			{Header: "盖章", Width: 7, Align: document.AlignCenter}, {Header: "状态", Width: 12, Align: document.AlignCenter, Options: []string{wordReady, wordKept, wordOpen, wordScan, wordMissing, wordNA}},
			{Header: "由谁办", Width: 17}, {Header: "包内文件", Width: 34}, {Header: "说明", Width: 30}},
		Colours: tones(4)}
	n := 0
	for _, p := range w.products {
		if p.ID == makerIndex || p.ID == makerChecklist || p.detail {
			continue
		}
		n++
		s.Rows = append(s.Rows, []any{n, p.Title, p.listed, p.sealed, p.StateWord, p.owner, p.FileName, p.Note})
	}
	return s
}

// fieldSheet lists the rows of every form with what is filled in.
func (w *workshop) fieldSheet() document.Sheet {
	s := document.Sheet{Name: "栏目", Title: "新应用上架清单：各表栏目", Columns: []document.Column{{Header: "表", Width: 20}, {Header: "栏目", Width: 22},
		{Header: "必填", Width: 7, Align: document.AlignCenter}, {Header: "填写内容", Width: 44},
		{Header: "状态", Width: 10, Align: document.AlignCenter, Options: []string{wordFilled, wordEmpty, wordMayBe, wordNA}}, {Header: "由谁办", Width: 17}, {Header: "说明", Width: 32}},
		Colours: tones(4)}
	for i := range w.in.Forms.Forms {
		form := &w.in.Forms.Forms[i]
		for _, section := range form.Sections {
			for _, row := range section.Rows {
				s.Rows = append(s.Rows, w.fieldRow(form, section, row))
			}
		}
	}
	return s
}

func (w *workshop) fieldRow(form *forms.Form, section forms.Section, row forms.Row) []any {
	needed := w.values.Needed(row.Field)
	state := wordMayBe
	switch {
	case !w.values.Applies(section):
		state, needed = wordNA, false
	case w.values.Filled(row.Field):
		state = wordFilled
	case needed:
		state = wordEmpty
	}
	note := ""
	if row.Assumed {
		note = "该栏目名称为推定，以页面为准"
	}
	return []any{form.ID + " " + form.Title, row.Label, needed, w.values.Text(row.Field), state, w.know.fieldOwner(row.Field), note}
}

func (w *workshop) ruleSheet() document.Sheet {
	s := document.Sheet{Name: "规则", Title: "新应用上架清单：规则核对", Columns: []document.Column{{Header: "编号", Width: 10, NoWrap: true}, {Header: "规则", Width: 28},
		{Header: "状态", Width: 10, Align: document.AlignCenter, Options: []string{wordPassed, listing.LevelError.Word(), listing.LevelWarning.Word(), listing.LevelInfo.Word(), wordUnknown, wordWaived, wordNA}},
		{Header: "由谁办", Width: 18}, {Header: "说明", Width: 44}, {Header: "怎样改", Width: 38}},
		Colours: tones(2)}
	for _, r := range w.rules.Rules() {
		s.Rows = append(s.Rows, w.ruleRow(r))
	}
	for _, f := range w.in.Findings {
		if w.rules.Rule(f.Rule) == nil {
			s.Rows = append(s.Rows, []any{f.Rule, "各表填写", findingWord(f), w.know.fieldOwner(f.Field), f.Message, f.Fix})
		}
	}
	return s
}

func (w *workshop) ruleRow(r precheck.Rule) []any {
	owner := w.know.fieldOwner(strings.Join(r.Fields[:min(1, len(r.Fields))], ""))
	if r.Kinds != precheck.ForAll && !w.concerns(string(r.Kinds)) {
		return []any{r.ID, r.Title, wordNA, owner, "", ""}
	}
	state := wordPassed
	var messages, fixes []string
	for _, f := range w.in.Findings {
		if f.Rule != r.ID {
			continue
		}
		if state == wordPassed {
			state = findingWord(f) // the gravest comes first
		}
		messages = append(messages, f.Message)
		if f.Fix != "" && !slices.Contains(fixes, f.Fix) {
			fixes = append(fixes, f.Fix)
		}
	}
	return []any{r.ID, r.Title, state, owner, strings.Join(messages, "\n"), strings.Join(fixes, "\n")}
}

func findingWord(f listing.Finding) string {
	switch {
	case f.Waiver != nil:
		return wordWaived
	case f.Code == listing.FindingUndecided:
		return wordUnknown
	}
	return f.Level.Word()
}

func (w *workshop) taskSheet() document.Sheet {
	var words []string
	for _, st := range []listing.Status{listing.StatusNotStarted, listing.StatusBlocked, listing.StatusInProgress, listing.StatusFilled, listing.StatusGenerated,
		listing.StatusSubmitted, listing.StatusInReview, listing.StatusPassed, listing.StatusReturned, listing.StatusDone, listing.StatusNotApplicable} {
		words = append(words, st.Word())
	}
	s := document.Sheet{Name: "事项", Title: "新应用上架清单：办理事项", Columns: []document.Column{{Header: "编号", Width: 11, NoWrap: true}, {Header: "阶段", Width: 20}, {Header: "事项", Width: 30},
		{Header: "状态", Width: 10, Align: document.AlignCenter, Options: words}, {Header: "由谁办", Width: 18}, {Header: "网络", Width: 12}, {Header: "要留的证明", Width: 40}},
		Colours: tones(3)}
	for _, t := range w.in.Case.Tasks {
		s.Rows = append(s.Rows, []any{t.ID, t.StageName, t.Title, t.StatusWord, t.ActorName, t.NetworkName, t.ProofWhat})
	}
	return s
}
