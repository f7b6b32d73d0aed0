package cli

import (
	"fmt"
	"strings"

	"shangjiatong/app/report"
	"shangjiatong/app/service"
)

type todoCommand struct {
	ICS     string `name:"ics" placeholder:"文件" help:"把有期限的事项写成日历文件（.ics）"`
	App     string `name:"app" placeholder:"应用" help:"只看这个应用"`
	Party   string `name:"party" placeholder:"责任方" help:"只看在等谁：owner、vendor、administrator 或 reviewer"`
	Role    string `name:"role" placeholder:"角色" help:"谁的待办：owner、vendor 或 all，默认是本机的角色"`
	Kind    string `name:"kind" placeholder:"种类" help:"act 要办的，wait 在等的"`
	Flow    string `name:"flow" placeholder:"流程" help:"只看这个流程"`
	Region  string `name:"region" placeholder:"区域" help:"只看这个所属区域"`
	Query   string `name:"query" placeholder:"文字" help:"应用名称或事项标题里有这些字"`
	Overdue bool   `name:"overdue" help:"只看超过期限的"`
	Until   string `name:"until" placeholder:"日期" help:"只看这天以前到期的，例如 2026-03-06"`
	Parties bool   `name:"parties" help:"改为按责任方汇总"`
}

// todoResult is what `todo --json` prints.
type todoResult struct {
	service.TodoView
	File string `json:"file"` // the calendar file, when one was asked for
}

// Run prints what waits for somebody, and writes the calendar file.
func (t todoCommand) Run(c *call) error {
	if t.Parties {
		return c.with(c.showParties)
	}
	filter := service.TodoFilter{Role: t.Role, Party: t.Party, App: t.App, Kind: t.Kind, Flow: t.Flow, Region: t.Region,
		Query: t.Query, Overdue: t.Overdue, Until: t.Until}
	return c.with(func(s *service.Services) error {
		v, err := s.Todo.List(c.ctx, filter)
		if err != nil {
			return err
		}
		out := todoResult{TodoView: v}
		if t.ICS != "" {
			_, body, err := s.Todo.ICS(c.ctx, filter)
			if err != nil {
				return err
			}
			if out.File, err = service.WriteFile(t.ICS, body); err != nil {
				return err
			}
		}
		return c.out.show(out, func(b *strings.Builder) { todoText(b, out) })
	})
}

func todoText(b *strings.Builder, v todoResult) {
	if len(v.Items) == 0 {
		b.WriteString("没有符合条件的待办\n")
	}
	for _, i := range v.Items {
		fmt.Fprintf(b, "%s  %s：%s %s〔%s〕%s\n", dueWord(i), i.App, i.Task, i.Title, i.StatusWord, i.Who)
		if i.Message != "" {
			fmt.Fprintf(b, "      %s\n", i.Message)
		}
	}
	fmt.Fprintf(b, "共 %d 项，今天到期 %d，超过期限 %d\n", v.Total, v.Today, v.Overdue)
	line(b, "日历文件", v.File)
}

// dueWord is the first column of the list.
func dueWord(i report.TodoItem) string {
	if i.Due == "" {
		return "无期限    "
	}
	word := i.Due[:10]
	if i.Overdue {
		word += "（已超）"
	}
	if i.Estimated {
		word += "（推算）"
	}
	return word
}

func (c *call) showParties(s *service.Services) error {
	loads, err := s.Todo.Parties(c.ctx)
	if err != nil {
		return err
	}
	return c.out.show(loads, func(b *strings.Builder) {
		for _, l := range loads {
			fmt.Fprintf(b, "%s：%d 项，涉及 %d 个应用，超过期限 %d，最长已等 %d 个工作日\n", l.Word, l.Count, l.Apps, l.Overdue, l.Longest)
		}
	})
}
