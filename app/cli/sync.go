package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/table"
	"shangjiatong/app/service"
)

type syncCommand struct {
	Plan  syncPlan  `cmd:"" help:"读平台的列表，与本机比对；只比对，不改动"`
	Show  syncShow  `cmd:"" help:"看最近一次比对"`
	Apply syncApply `cmd:"" help:"采用比对里选定的内容，事前留快照"`
}

type syncPlan struct {
	Table    []string `name:"table" default:"TABLE-1" placeholder:"TABLE-n" help:"TABLE-1 治理侧列表、TABLE-2 托管列表、TABLE-3 部署发布、TABLE-4 我的资源"`
	HTML     []string `name:"html" placeholder:"文件" help:"保存的网页（HTML、MHTML），一页一个；不写就用本机浏览器去读"`
	Rows     []string `name:"rows" placeholder:"文件" help:"portal read --json 的输出（- 表示标准输入）"`
	URL      string   `name:"url" placeholder:"网址" help:"用本机浏览器在这个地址读"`
	App      string   `name:"app" placeholder:"应用" help:"TABLE-3 是哪个应用的页面"`
	Choose   []string `name:"choose" placeholder:"行=应用" help:"不能确定的行是哪个应用；行=new 表示都不是"`
	Headless bool     `name:"headless" help:"不显示浏览器窗口；没有登录就停下"`
	Out      string   `name:"out" placeholder:"文件" help:"把比对结果另存为文件（JSON）"`
}

// Run compares and prints what would change.
func (p syncPlan) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		plan, err := p.make(c, s)
		if err != nil {
			return err
		}
		for _, one := range p.Choose {
			row, app, ok := strings.Cut(one, "=")
			if !ok {
				return listing.Failf(listing.CodeInvalid, "写成 行=应用，例如 r0123abcd=示例督办", "看不懂 --choose %s", one)
			}
			if plan, err = s.Sync.Choose(c.ctx, service.SyncChoice{PlanID: plan.ID, Row: row, AppID: app}); err != nil {
				return err
			}
		}
		if p.Out != "" {
			body, err := json.MarshalIndent(plan, "", "  ")
			if err != nil {
				return fmt.Errorf("print a plan: %w", err)
			}
			if _, err := service.WriteFile(p.Out, append(body, '\n')); err != nil {
				return err
			}
		}
		return c.showPlan(plan)
	})
}

// make reads the tables from files, or in the browser.
func (p syncPlan) make(c *call, s *service.Services) (service.SyncPlan, error) {
	if p.URL != "" && len(p.HTML)+len(p.Rows) > 0 {
		return service.SyncPlan{}, listing.Fail(listing.CodeInvalid, "--url 不能和 --html、--rows 一起写", "从网址读，或用已经读到的文件，选一样")
	}
	if p.URL != "" && len(p.Table) > 1 {
		return service.SyncPlan{}, listing.Fail(listing.CodeInvalid, "一个网址只能读一张表", "--table 只写一张，或不写 --url")
	}
	if len(p.HTML) > 0 && len(p.Table) > 1 {
		return service.SyncPlan{}, listing.Fail(listing.CodeInvalid, "--html 的网页都是同一张表的，--table 只能写一张", "每张表各用 portal read --json 读成文件，再一起用 --rows 给出")
	}
	var readings []service.SyncReading
	if len(p.HTML) > 0 {
		var files []service.ProofFile
		for _, f := range p.HTML {
			files = append(files, service.ProofFile{Name: filepath.Base(f), Path: f})
		}
		reading, err := s.Sync.ReadFiles(c.ctx, p.Table[0], p.App, files)
		if err != nil {
			return service.SyncPlan{}, err
		}
		readings = append(readings, reading)
	}
	for _, f := range p.Rows {
		var result table.Result
		if err := readJSON(f, &result); err != nil {
			return service.SyncPlan{}, err
		}
		readings = append(readings, service.SyncReading{Result: result, From: filepath.Base(f), AppID: p.App})
	}
	if len(readings) > 0 {
		return s.Sync.Plan(c.ctx, service.SyncRequest{Readings: readings})
	}
	return s.Sync.Live(c.watched(), service.SyncLive{Tables: p.Table, AppID: p.App, URL: p.URL, Quiet: p.Headless})
}

type syncShow struct{}

// Run prints the newest plan, compared with what stands here now.
func (syncShow) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		plan, err := s.Sync.Current(c.ctx)
		if err != nil {
			return err
		}
		return c.showPlan(plan)
	})
}

func (c *call) showPlan(p service.SyncPlan) error {
	return c.out.show(p, func(b *strings.Builder) {
		if p.ID == "" {
			b.WriteString("还没有比对过\n")
			return
		}
		for _, t := range p.Tables {
			fmt.Fprintf(b, "读到 %s %s：%d 页，%d 行（%s）\n", t.Table, t.Title, t.Pages, t.Rows, t.From)
		}
		for _, r := range p.Rows {
			showRow(b, r)
		}
		for _, m := range p.Missing {
			fmt.Fprintf(b, "\n%s：%s\n", m.Name, m.Message)
		}
		n := p.Counts
		fmt.Fprintf(b, "\n%d 行，%d 行没有变化；可改 %d 处，可登记 %d 项，可收 %d 个，要您判断 %d 处，要您选择 %d 行\n",
			n.Rows, n.Same, n.Fields, n.Acts, n.Adopt, n.Questions, n.Ambiguous)
		fmt.Fprintf(b, "采用：sync apply --plan %s --lines 编号,编号…（打勾的用 --all）\n", p.ID)
	})
}

func showRow(b *strings.Builder, r service.SyncRow) {
	if len(r.Lines) == 0 && r.Match != service.MatchAmbiguous && len(r.Notes) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s %s %s（%s）\n", r.ID, r.Name, r.Number, r.MatchWord)
	for _, m := range r.Candidates {
		fmt.Fprintf(b, "  可能是 %s（%s）%s\n", m.Name, m.AppID, m.Why)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(b, "  注意：%s\n", n)
	}
	for _, l := range r.Lines {
		mark := "[ ]"
		if l.Ticked {
			mark = "[√]"
		}
		fmt.Fprintf(b, "  %s %s %s：本机“%s”，平台“%s”，采用后“%s”。%s\n", mark, l.ID, l.Label, l.Local, l.Portal, l.Result, l.Meaning)
		if l.Why != "" {
			fmt.Fprintf(b, "      不能采用：%s。%s\n", l.Why, l.Hint)
		}
	}
}

type syncApply struct {
	Plan   string   `name:"plan" required:"" placeholder:"编号或文件" help:"比对的编号，或 sync plan --out 写的文件"`
	Lines  []string `name:"lines" placeholder:"编号" help:"要采用的各项，用逗号隔开"`
	All    bool     `name:"all" help:"采用所有打勾的"`
	Reason string   `name:"reason" placeholder:"意见" help:"登记退回时的退回意见"`
	Reopen []string `name:"reopen" placeholder:"事项" help:"登记退回时要重办的事项"`
	DryRun bool     `name:"dry-run" help:"只说明会做什么，不写入"`
}

// Run applies lines of a plan: all of them or none.
func (a syncApply) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		in, err := a.request(c, s)
		if err != nil {
			return err
		}
		out, err := s.Sync.Apply(c.ctx, in)
		if err != nil {
			return err
		}
		return c.out.show(out, func(b *strings.Builder) {
			for _, d := range out.Done {
				fmt.Fprintln(b, d)
			}
			for _, n := range out.Notices {
				line(b, "注意", n)
			}
			if a.DryRun {
				b.WriteString("什么也没有写入\n")
			}
			line(b, "事前的快照", out.Snapshot)
		})
	})
}

func (a syncApply) request(c *call, s *service.Services) (service.SyncApply, error) {
	in := service.SyncApply{PlanID: a.Plan, Lines: a.Lines, DryRun: a.DryRun, Reasons: map[string]string{}, Reopens: map[string][]string{}}
	if _, err := os.Stat(a.Plan); err == nil || filepath.Base(a.Plan) != a.Plan || filepath.Ext(a.Plan) != "" { // an ID has neither
		var plan service.SyncPlan
		if err := readJSON(a.Plan, &plan); err != nil {
			return in, err
		}
		in.PlanID = plan.ID
	}
	plan, err := s.Sync.Current(c.ctx)
	if err != nil {
		return in, err
	}
	for _, r := range plan.Rows {
		for _, l := range r.Lines {
			if a.All && l.Ticked {
				in.Lines = append(in.Lines, l.ID)
			}
			if l.Act != listing.ActReturn {
				continue
			}
			if a.Reason != "" {
				in.Reasons[l.ID] = a.Reason
			}
			in.Reopens[l.ID] = a.Reopen
		}
	}
	switch {
	case len(in.Lines) > 0:
		return in, nil
	case a.All:
		return in, listing.Fail(listing.CodeInvalid, "这次比对里没有打勾的内容", "用 sync show 看有哪些，再写 --lines 编号,编号…")
	}
	return in, listing.Fail(listing.CodeInvalid, "没有说采用哪几项", "写上 --lines 编号,编号…，或 --all 采用所有打勾的")
}
