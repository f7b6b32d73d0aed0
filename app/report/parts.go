package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// MaxEvents is how many events a printed report lists; the workbook has all of them.
const MaxEvents = 200

// parts are the sections of the printed report, numbered, empty ones left out.
func (p Progress) parts() []part {
	all := []part{
		{heading: "总体情况", paras: p.Summary},
		p.loadPart(), p.latePart(), p.weekPart(), p.appPart(), p.eventPart(),
	}
	var out []part
	for _, part := range all {
		if len(part.rows) == 0 && len(part.paras) == 0 {
			continue
		}
		part.heading = numeral(len(out)) + "、" + part.heading
		out = append(out, part)
	}
	return out
}

func numeral(i int) string {
	return []string{"一", "二", "三", "四", "五", "六"}[min(i, 5)]
}

func (p Progress) loadPart() part {
	out := part{heading: "在等谁办理", columns: []column{{"责任方", 3, false}, {"事项数", 2, true}, {"涉及应用", 2, true},
		{"已超期限", 2, true}, {"最长已等工作日", 3.2, true}, {"中位数", 2, true}, {"等得最久的事项", 9, false}}}
	for _, l := range p.Loads {
		longest := "—"
		if l.Count > 0 {
			longest = l.Items[0].App + "：" + l.Items[0].Title
		}
		out.rows = append(out.rows, []string{l.Word, strconv.Itoa(l.Count), strconv.Itoa(l.Apps), strconv.Itoa(l.Overdue),
			strconv.Itoa(l.Longest), strconv.Itoa(l.Median), longest})
	}
	return out
}

func (p Progress) latePart() part {
	out := part{heading: "超期和退回", columns: []column{{"应用", 5, false}, {"事项", 6, false}, {"状态", 2.2, true},
		{"等待对象", 4, false}, {"期限", 3.4, true}, {"已等工作日", 2.4, true}, {"情况", 9, false}}}
	for _, a := range p.Apps {
		for _, i := range a.Items {
			if !i.Overdue && i.Status != "returned" {
				continue
			}
			out.rows = append(out.rows, []string{i.App, i.Title, i.StatusWord, i.Who, due(i.Due, i.Estimated),
				strconv.Itoa(i.Days), i.Message})
			out.tones = append(out.tones, tone(i.Overdue, i.Status == "returned"))
		}
	}
	if len(out.rows) == 0 {
		out.paras = []string{"没有超过期限的办件，也没有被退回的事项。"}
	}
	return out
}

func tone(overdue, returned bool) document.Tone {
	switch {
	case overdue:
		return document.ToneRed
	case returned:
		return document.ToneAmber
	}
	return document.ToneNone
}

func (p Progress) weekPart() part {
	out := part{heading: "按周统计", columns: []column{{"起", 3, true}, {"止", 3, true}, {"新开办件", 2, true},
		{"办结办件", 2, true}, {"提交", 2, true}, {"通过", 2, true}, {"办结事项", 2, true}, {"退回", 2, true}}}
	for _, w := range p.Weeks {
		row := []string{w.From, w.To}
		for _, n := range []int{w.Started, w.Closed, w.Submitted, w.Passed, w.Confirmed, w.Returned} {
			row = append(row, strconv.Itoa(n))
		}
		out.rows = append(out.rows, row)
	}
	return out
}

func (p Progress) appPart() part {
	out := part{heading: "各应用进展", columns: []column{{"序号", 1.5, true}, {"应用", 5, false}, {"办理到哪里", 5.5, false},
		{"下一步", 6, false}, {"等待对象", 4.6, false}, {"已等工作日", 2.2, true}, {"最近期限", 3.4, true}, {"本期办成", 6.5, false}}}
	for i, a := range p.Apps {
		row := []string{strconv.Itoa(i + 1), a.Name, "", a.StatusWord, a.Who, "", due(a.Due, a.Estimated), few(a.Done)}
		if a.Kind != "" {
			row[1] += "（" + string(a.Kind) + "）"
		}
		if a.CaseID != "" {
			row[2] = fmt.Sprintf("%s %d/%d", a.FlowName, a.Settled, a.Total)
		}
		if a.StageName != "" {
			row[2] += "，" + a.StageName
		}
		if len(a.Items) > 0 {
			row[3], row[5] = a.NextTitle+"："+a.StatusWord, strconv.Itoa(a.Days)
		}
		out.rows = append(out.rows, row)
		out.tones = append(out.tones, tone(a.Overdue, a.Status == "returned"))
	}
	return out
}

// few names the first three and how many there are.
func few(titles []string) string {
	if len(titles) <= 3 {
		return strings.Join(titles, "、")
	}
	return fmt.Sprintf("%s等 %d 项", strings.Join(titles[:3], "、"), len(titles))
}

func (p Progress) eventPart() part {
	out := part{heading: "办理记录", columns: []column{{"时间", 3.6, true}, {"应用", 5, false}, {"流程", 3.4, false},
		{"事项", 6, false}, {"动作", 3, true}, {"操作人", 2.6, true}, {"说明", 7, false}}}
	events := p.Events
	if len(p.Weeks) > 0 {
		events = slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return !e.weighty() })
		out.paras = []string{fmt.Sprintf("共 %d 条，这里只列退回和全部办结的 %d 条；全部记录见电子表格。", len(p.Events), len(events))}
	}
	if n := len(events); n > MaxEvents {
		out.paras = []string{fmt.Sprintf("共 %d 条，这里只列最近 %d 条；全部记录见电子表格。", len(p.Events), MaxEvents)}
		events = events[n-MaxEvents:]
	}
	for _, e := range events {
		out.rows = append(out.rows, []string{e.at.Format("01-02 15:04"), e.App, e.FlowName, e.Title, e.said(), e.By, e.Reason})
	}
	return out
}

// weighty reports whether an event belongs into the report of a long span.
func (e Event) weighty() bool {
	return !e.Undone && (e.Kind == EventClosed || e.Act == string(listing.ActReturn))
}

func (e Event) said() string {
	if e.Undone {
		return e.Word + "（已撤回）"
	}
	return e.Word
}

func due(at string, estimated bool) string {
	if at == "" {
		return "—"
	}
	text := moment(at).Format("01-02 15:04")
	if estimated {
		text += "（推算）"
	}
	return text
}
