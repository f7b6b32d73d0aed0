package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

type caseCommand struct {
	Start caseStart `cmd:"" help:"开始一个流程"`
	Show  caseShow  `cmd:"" help:"查看办件：事项、状态、等待"`
	List  caseList  `cmd:"" help:"列出办件"`
	Act   caseAct   `cmd:"" help:"登记一个动作"`

	Move    caseMove    `cmd:"" help:"改用流程的另一个版本，或用 --undo 改回"`
	Suggest caseSuggest `cmd:"" help:"退回意见可能与哪些规则、字段、材料有关"`
	Drop    caseDrop    `cmd:"" help:"取消一个动作都已撤回的办件"`
}

type caseStart struct {
	chosen
	Flow  string   `name:"flow" default:"FLOW-1" placeholder:"流程" help:"流程编号"`
	Input []string `name:"input" sep:"none" placeholder:"项=值" help:"流程开始时要填的，可重复；要填哪些用“flow list --app 应用”查看"`
}

// Run starts a flow.
func (s caseStart) Run(c *call) error {
	name, err := s.name()
	if err != nil {
		return err
	}
	given, err := inputs(s.Input)
	if err != nil {
		return err
	}
	return c.with(func(services *service.Services) error {
		v, err := services.Cases.Begin(c.ctx, service.BeginRequest{AppID: name, Flow: s.Flow, Inputs: given})
		if err != nil {
			return err
		}
		return c.showCase(v)
	})
}

type caseShow struct{ chosen }

// Run prints the case of an app.
func (s caseShow) Run(c *call) error {
	name, err := s.name()
	if err != nil {
		return err
	}
	return c.with(func(services *service.Services) error {
		v, err := services.Cases.View(c.ctx, name)
		if err != nil {
			return err
		}
		return c.showCase(v)
	})
}

func (c *call) showCase(v service.CaseView) error {
	return c.out.show(v, func(b *strings.Builder) {
		fmt.Fprintf(b, "%s（%s）%s %d/%d\n", v.AppName, v.Kind, v.FlowName, v.Settled, v.Total)
		if !v.Started {
			b.WriteString("还没有开始办理\n")
		}
		stage := ""
		for _, t := range v.Tasks {
			if t.StageName != stage {
				stage = t.StageName
				fmt.Fprintf(b, "%s\n", stage)
			}
			fmt.Fprintf(b, "  %-10s %s〔%s〕%s\n", t.ID, t.Title, t.StatusWord, t.ActorName)
			for _, k := range t.Blockers {
				fmt.Fprintf(b, "             要先办 %s %s（%s）\n", k.Task, k.Title, k.StatusWord)
			}
			for _, w := range t.Waits {
				fmt.Fprintf(b, "             %s\n", w.Message)
			}
		}
		for _, e := range v.Effects {
			fmt.Fprintf(b, "办结后：%s 改为 %s\n", e.Key, e.Value)
		}
		for _, n := range append(slices.Clone(v.Notices), v.Portal.Notice) {
			line(b, "请核对", n)
		}
		if v.NewerVersion != "" {
			line(b, "流程有新版本", v.NewerVersion+"，可用 case move 改用")
		}
		fmt.Fprintf(b, "%s\n", v.Next.Message)
	})
}

type caseList struct {
	App string `name:"app" placeholder:"应用" help:"只看这个应用"`
}

// Run lists cases.
func (l caseList) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		rows, err := s.Cases.List(c.ctx, l.App)
		if err != nil {
			return err
		}
		return c.out.show(rows, func(b *strings.Builder) {
			for _, r := range rows {
				fmt.Fprintf(b, "%s  %s  %s（%s）  %d/%d  %s\n", r.ID, r.AppName, r.FlowName, r.FlowVersion, r.Settled, r.Total, r.Message)
			}
		})
	})
}

type caseAct struct {
	App    string   `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称，或办件编号"`
	Task   string   `name:"task" required:"" placeholder:"事项" help:"事项编号，例如 STEP-2.1"`
	Act    string   `name:"act" required:"" placeholder:"动作" help:"fill、generate、submit、review、pass、return、confirm、skip 或 undo"`
	Reason string   `name:"reason" placeholder:"理由" help:"退回、不适用、撤回要写理由；办结时作为一句说明"`
	Proof  []string `name:"proof" sep:"none" placeholder:"文件" help:"办结依据，可重复"`
	Reopen []string `name:"reopen" sep:"none" placeholder:"事项" help:"退回时要重新办的事项，可重复"`
	Link   []string `name:"link" sep:"none" placeholder:"关联" help:"退回意见说的是什么，例如“rule:RULE-16”，可重复"`
}

// Run does an act.
func (a caseAct) Run(c *call) error {
	var files []service.ProofFile
	for _, p := range a.Proof {
		files = append(files, service.ProofFile{Name: filepath.Base(p), Path: p})
	}
	about, err := links(a.Link)
	if err != nil {
		return err
	}
	request := service.ActRequest{AppID: a.App, Task: a.Task, Act: listing.ActName(a.Act), Reason: a.Reason, Reopens: a.Reopen, Links: about}
	return c.with(func(s *service.Services) error {
		v, err := s.Cases.ActWith(c.ctx, request, files)
		if err != nil {
			return err
		}
		return c.showCase(v)
	})
}

type nextCommand struct {
	Limit int `name:"limit" default:"0" placeholder:"条数" help:"最多列出几条，0 表示全部"`
}

// Run prints what can be done now over all apps.
func (n nextCommand) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		items, err := s.Cases.Next(c.ctx, n.Limit)
		if err != nil {
			return err
		}
		return c.out.show(items, func(b *strings.Builder) {
			if len(items) == 0 {
				b.WriteString("现在没有要办的事项\n")
			}
			for _, i := range items {
				fmt.Fprintf(b, "%s：%s %s〔%s〕%s办理，%s\n", i.AppName, i.Task, i.Title, i.StatusWord, i.ActorName, i.Reason)
			}
		})
	})
}

type precheckCommand struct{ chosen }

// Run prints the findings; exit code 1 when an error stands.
func (p precheckCommand) Run(c *call) error {
	name, err := p.name()
	if err != nil {
		return err
	}
	return c.with(func(s *service.Services) error {
		report, err := s.Checks.Precheck(c.ctx, name)
		if err != nil {
			return err
		}
		err = c.out.show(report, func(b *strings.Builder) {
			findings(b, report.Findings)
			fmt.Fprintf(b, "%s：须改正 %d，请留意 %d，未核对 %d\n", report.AppName, report.Errors, report.Warnings, report.Undecided)
		})
		if err == nil && !report.Passed {
			return errFindings
		}
		return err
	})
}

type journalCommand struct {
	App   string `name:"app" placeholder:"应用" help:"只看这个应用"`
	Limit int    `name:"limit" default:"50" placeholder:"条数" help:"最多列出几条"`
}

// Run prints the newest entries of the journal.
func (j journalCommand) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		page, err := s.Journal.List(c.ctx, service.JournalRequest{AppID: j.App, Limit: j.Limit})
		if err != nil {
			return err
		}
		return c.out.show(page, func(b *strings.Builder) {
			for _, l := range page.Lines {
				fmt.Fprintf(b, "%d  %s  %s  %s（%s）\n", l.Seq, l.At, l.By, l.What, l.KindWord)
				for _, ch := range l.Changes {
					fmt.Fprintf(b, "      %s：%s → %s\n", ch.Label, short(ch.Before), short(ch.After))
				}
			}
		})
	})
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
