package report

import (
	"bytes"
	"fmt"
	"strings"

	"shangjiatong/app/document"
)

// Xlsx returns the report as a workbook: summary, apps, what everybody is waited for, events, weeks.
func (p Progress) Xlsx() ([]byte, error) {
	book := document.Workbook{Title: p.Title, Sheets: []document.Sheet{p.appSheet(), p.itemSheet(), p.eventSheet()}}
	if len(p.Weeks) > 0 {
		book.Sheets = append(book.Sheets, p.weekSheet())
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return b.Bytes(), nil
}

func (p Progress) appSheet() document.Sheet {
	s := document.Sheet{Name: "应用进展", Title: p.Title + "（" + p.From + " 至 " + p.To + "）", Notes: p.Summary, Filter: true,
		Columns: []document.Column{{Header: "应用", Width: 24}, {Header: "类型", Width: 12}, {Header: "区域", Width: 12},
			{Header: "开发商", Width: 20}, {Header: "流程", Width: 16}, {Header: "阶段", Width: 18}, {Header: "已办事项", Width: 10},
			{Header: "全部事项", Width: 10}, {Header: "下一步", Width: 26}, {Header: "状态", Width: 10}, {Header: "责任方", Width: 12},
			{Header: "等待对象", Width: 20}, {Header: "开始等待", Width: 18}, {Header: "已等（工作日）", Width: 10}, {Header: "最近期限", Width: 18},
			{Header: "已超期限", Width: 10}, {Header: "本期退回", Width: 10}, {Header: "本期办成", Width: 30}, {Header: "说明", Width: 30}},
		Colours: []document.ColourRule{{Column: 9, Text: "被退回", Tone: document.ToneAmber}, {Column: 9, Text: "已办结", Tone: document.ToneGreen},
			{Column: 15, Text: "是", Tone: document.ToneRed}}}
	for _, a := range p.Apps {
		s.Rows = append(s.Rows, []any{a.Name, string(a.Kind), a.Region, a.Vendor, a.FlowName, a.StageName, a.Settled, a.Total, a.NextTitle,
			a.StatusWord, a.PartyWord, a.Who, clock(a.Since), a.Days, guessed(a.Due, a.Estimated), a.Overdue, a.Returns, strings.Join(a.Done, "、"), a.Message})
	}
	return s
}

func (p Progress) itemSheet() document.Sheet {
	s := document.Sheet{Name: "在等谁办理", Filter: true, Columns: []document.Column{{Header: "责任方", Width: 12}, {Header: "等待对象", Width: 20},
		{Header: "应用", Width: 24}, {Header: "流程", Width: 16}, {Header: "事项", Width: 30}, {Header: "状态", Width: 10}, {Header: "开始等待", Width: 18},
		{Header: "已等（工作日）", Width: 10}, {Header: "期限", Width: 18}, {Header: "已超期限", Width: 10}, {Header: "说明", Width: 60}},
		Colours: []document.ColourRule{{Column: 5, Text: "被退回", Tone: document.ToneAmber}, {Column: 9, Text: "是", Tone: document.ToneRed}}}
	for _, l := range p.Loads {
		for _, i := range l.Items {
			s.Rows = append(s.Rows, []any{l.Word, i.Who, i.App, i.FlowName, i.Title, i.StatusWord, clock(i.Since), i.Days,
				guessed(i.Due, i.Estimated), i.Overdue, i.Message})
		}
	}
	return s
}

func (p Progress) eventSheet() document.Sheet {
	s := document.Sheet{Name: "办理记录", Filter: true, Columns: []document.Column{{Header: "时间", Width: 18}, {Header: "应用", Width: 24},
		{Header: "流程", Width: 16}, {Header: "事项", Width: 30}, {Header: "动作", Width: 18}, {Header: "操作人", Width: 14}, {Header: "说明", Width: 50}}}
	for _, e := range p.Events {
		s.Rows = append(s.Rows, []any{clock(e.At), e.App, e.FlowName, e.Title, e.said(), e.By, e.Reason})
	}
	return s
}

func (p Progress) weekSheet() document.Sheet {
	s := document.Sheet{Name: "按周统计", Columns: []document.Column{{Header: "起"}, {Header: "止"}, {Header: "新开办件"},
		{Header: "办结办件"}, {Header: "提交"}, {Header: "通过"}, {Header: "办结事项"}, {Header: "退回"}}}
	for _, w := range p.Weeks {
		s.Rows = append(s.Rows, []any{w.From, w.To, w.Started, w.Closed, w.Submitted, w.Passed, w.Confirmed, w.Returned})
	}
	return s
}

func clock(at string) string {
	if at == "" {
		return ""
	}
	return moment(at).Format("2006-01-02 15:04")
}

// guessed marks a due date that lies in a year without holiday data.
func guessed(at string, estimated bool) string {
	if at != "" && estimated {
		return clock(at) + "（推算）"
	}
	return clock(at)
}
