package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/service"
)

type flowCommand struct {
	List   flowList   `cmd:"" help:"列出流程；加 --app 时说明这个应用现在能办哪些"`
	Show   flowShow   `cmd:"" help:"查看一个流程的阶段和事项"`
	Import flowImport `cmd:"" help:"导入流程文件；正在办的办件不受影响"`
	Diff   flowDiff   `cmd:"" help:"两个版本逐个事项有哪些不同"`
}

type flowList struct {
	App string `name:"app" placeholder:"应用" help:"应用编号、标识或名称"`
}

// Run lists flows.
func (f flowList) Run(c *call) error {
	if f.App != "" {
		return c.with(func(s *service.Services) error { return c.offers(s, f.App) })
	}
	return c.with(func(s *service.Services) error {
		all, err := s.Flows.List(c.ctx)
		if err != nil {
			return err
		}
		return c.out.show(all, func(b *strings.Builder) {
			for _, i := range all {
				word := "自带"
				if i.Own {
					word = i.ImportedBy + " 于 " + i.ImportedAt + " 导入"
				}
				if !i.Latest {
					word += "，旧版"
				}
				fmt.Fprintf(b, "%s %s（%s）%d 个事项，正在办 %d；%s\n    %s\n", i.ID, i.Name, i.Version, i.Tasks, i.Running, word, i.Purpose)
			}
		})
	})
}

func (c *call) offers(s *service.Services, app string) error {
	all, err := s.Flows.For(c.ctx, app)
	if err != nil {
		return err
	}
	return c.out.show(all, func(b *strings.Builder) {
		for _, o := range all {
			word := "可以开始"
			if !o.Allowed {
				word = o.Reason + "。" + o.Hint
			}
			fmt.Fprintf(b, "%s %s（%s）：%s\n", o.ID, o.Name, o.Version, word)
			for _, i := range o.Inputs {
				fmt.Fprintf(b, "    --input %s=…  %s%s\n", i.Key, i.Label, required(i.Required))
			}
		}
	})
}

func required(yes bool) string {
	if yes {
		return "（必填）"
	}
	return ""
}

type flowShow struct {
	Flow    string `arg:"" name:"流程" help:"流程编号，例如 FLOW-3"`
	Version string `name:"version" placeholder:"版本" help:"版本日期，默认最新"`
}

// Run prints a flow.
func (f flowShow) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		v, err := s.Flows.Show(c.ctx, f.Flow, f.Version)
		if err != nil {
			return err
		}
		return c.out.show(v, func(b *strings.Builder) {
			fmt.Fprintf(b, "%s %s（%s）\n%s\n", v.Info.ID, v.Info.Name, v.Info.Version, v.Info.Purpose)
			for _, stage := range v.Stages {
				fmt.Fprintf(b, "%d %s\n", stage.Step, stage.Name)
				for _, t := range stage.Tasks {
					fmt.Fprintf(b, "  %-10s %s（%s，%s）\n", t.ID, t.Title, t.ActorName, t.NetworkName)
				}
			}
			for _, w := range v.Waits {
				fmt.Fprintf(b, "%s %s：%s\n", w.ID, w.Name, w.Text)
			}
		})
	})
}

type flowImport struct {
	File string `arg:"" name:"文件" help:"流程文件（YAML）"`
	Sum  string `name:"sha256" placeholder:"校验码" help:"文件的 SHA-256；文件末行写有“# sha256: …”时可以不给"`
}

// Run imports a flow.
func (f flowImport) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		i, err := s.Flows.ImportFile(c.ctx, service.ProofFile{Name: filepath.Base(f.File), Path: f.File}, f.Sum)
		if err != nil {
			return err
		}
		return c.out.show(i, func(b *strings.Builder) { fmt.Fprintf(b, "已导入 %s %s，版本 %s\n", i.ID, i.Name, i.Version) })
	})
}

type flowDiff struct {
	Flow string `arg:"" name:"流程" help:"流程编号，例如 FLOW-3"`
	From string `name:"from" required:"" placeholder:"版本" help:"旧的版本日期"`
	To   string `name:"to" placeholder:"版本" help:"新的版本日期，默认最新"`
}

// Run compares two versions of a flow.
func (f flowDiff) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		diff, err := s.Flows.Diff(c.ctx, f.Flow, f.From, f.To)
		if err != nil {
			return err
		}
		return c.out.show(diff, func(b *strings.Builder) { differences(b, diff) })
	})
}

func differences(b *strings.Builder, diff []procedure.TaskDiff) {
	if len(diff) == 0 {
		b.WriteString("没有不同\n")
	}
	for _, d := range diff {
		fmt.Fprintf(b, "%s %s %s\n", d.KindWord, d.Task, d.Title)
		for _, f := range d.Fields {
			fmt.Fprintf(b, "    %s：%s → %s\n", f.Field, short(f.Before), short(f.After))
		}
	}
}

type caseMove struct {
	App     string `name:"app" required:"" placeholder:"应用" help:"应用，或办件编号"`
	Version string `name:"version" placeholder:"版本" help:"改用哪个版本，默认最新"`
	DryRun  bool   `name:"dry-run" help:"只说明有哪些不同"`
	Undo    bool   `name:"undo" help:"改回原来的版本"`
}

// Run moves a case to another version of its flow.
func (m caseMove) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		v, err := m.do(c, s)
		if err != nil {
			return err
		}
		return c.out.show(v, func(b *strings.Builder) {
			fmt.Fprintf(b, "%s：%s → %s\n", v.Flow, v.From, v.To)
			differences(b, v.Diff)
			for _, n := range v.Notices {
				b.WriteString(n + "\n")
			}
		})
	})
}

func (m caseMove) do(c *call, s *service.Services) (service.MoveView, error) {
	switch {
	case m.Undo:
		return s.Cases.MoveBack(c.ctx, m.App)
	case m.DryRun:
		return s.Cases.MovePreview(c.ctx, m.App, m.Version)
	}
	return s.Cases.Move(c.ctx, m.App, m.Version)
}

type caseDrop struct {
	Case string `arg:"" name:"办件" help:"办件编号"`
}

// Run forgets a case in which nothing stands any more.
func (d caseDrop) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		if err := s.Cases.Drop(c.ctx, d.Case); err != nil {
			return err
		}
		return c.out.show(map[string]string{"dropped": d.Case}, func(b *strings.Builder) { line(b, "已取消办件", d.Case) })
	})
}

type caseSuggest struct {
	Words string `arg:"" name:"退回意见" help:"评审写的原话"`
}

// Run guesses what a reviewer's words are about.
func (g caseSuggest) Run(c *call) error {
	s, err := c.services()
	if err != nil {
		return err
	}
	all, err := s.Cases.Suggest(c.ctx, g.Words)
	if err != nil {
		return err
	}
	return c.out.show(all, func(b *strings.Builder) {
		if len(all) == 0 {
			b.WriteString("没有认出与哪条规则、字段或材料有关\n")
		}
		for _, x := range all {
			fmt.Fprintf(b, "--link %s:%s  %s（%s）\n", x.Kind, x.ID, x.Title, strings.Join(x.Found, "、"))
		}
	})
}

type appPortal struct {
	chosen
	State     *string `name:"state" placeholder:"状态" help:"治理侧列表现在显示的状态，照抄；写空表示清除"`
	ReleaseID *string `name:"release-id" placeholder:"编号" help:"应用发布ID"`
}

// Run prints, or records, what the portal says of an app.
func (p appPortal) Run(c *call) error {
	name, err := p.name()
	if err != nil {
		return err
	}
	return c.with(func(s *service.Services) error {
		v, err := s.Apps.Portal(c.ctx, name)
		if err == nil && (p.State != nil || p.ReleaseID != nil) {
			request := service.PortalRequest{AppID: name, State: v.Row.State, ReleaseID: v.Row.ReleaseID}
			if p.State != nil {
				request.State = *p.State
			}
			if p.ReleaseID != nil {
				request.ReleaseID = *p.ReleaseID
			}
			v, err = s.Apps.SetPortalState(c.ctx, request)
		}
		if err != nil {
			return err
		}
		return c.out.show(v, func(b *strings.Builder) { portalText(b, v) })
	})
}

func portalText(b *strings.Builder, v service.PortalView) {
	if v.Row.State == "" {
		b.WriteString("还没有登记治理侧状态\n")
	} else {
		fmt.Fprintf(b, "治理侧状态：%s（%s 于 %s 看到）\n", v.Row.State, v.Row.SeenBy, v.Row.SeenAt)
	}
	line(b, "应用发布ID", v.Row.ReleaseID)
	line(b, "含义", v.State.Meaning)
	line(b, "下一步", v.State.Next)
	line(b, "按办件应当是", strings.Join(v.Expected, "、"))
	line(b, "请核对", v.Notice)
	for _, g := range v.Greyed {
		fmt.Fprintf(b, "“%s”不能点：%s\n", g.Button, g.Why)
	}
}

// links reads what --link says: rule:RULE-16, field:app.health_url, material:plan.
func links(given []string) ([]listing.Link, error) {
	out := []listing.Link{}
	for _, g := range given {
		kind, id, ok := strings.Cut(g, ":")
		if !ok || id == "" {
			return nil, listing.Failf(listing.CodeInvalid, "写成“rule:RULE-16”“field:app.health_url”或“material:材料编号”", "看不懂 --link“%s”", g)
		}
		out = append(out, listing.Link{Kind: listing.LinkKind(kind), ID: id})
	}
	return out, nil
}

// inputs reads what --input says: version=1.2.0.
func inputs(given []string) (map[string]string, error) {
	out := map[string]string{}
	for _, g := range given {
		key, value, ok := strings.Cut(g, "=")
		if !ok || key == "" {
			return nil, listing.Failf(listing.CodeInvalid, "写成 version=1.2.0；要填哪些用“flow list --app 应用”查看", "看不懂 --input“%s”", g)
		}
		out[key] = value
	}
	return out, nil
}
