package cli

import (
	"fmt"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/tracking"
)

type packageCommand struct {
	App          string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Out          string `name:"out" required:"" placeholder:"文件夹" help:"放在哪个文件夹"`
	Draft        bool   `name:"draft" help:"生成草稿：每页有“草稿”字样，列出尚未通过的检查"`
	WithPassword bool   `name:"with-password" help:"在申请表上印出测试密码（会记入记录）"`
}

// packageResult is what `package --json` prints.
type packageResult struct {
	File    string                `json:"file"`
	Package listing.PackageRecord `json:"package"`
}

// Run makes the package and puts it into the folder.
func (p packageCommand) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		made, err := s.Packages.Make(c.ctx, service.MakeRequest{AppID: p.App, Draft: p.Draft, WithPassword: p.WithPassword})
		if err != nil {
			return err
		}
		file, err := s.Packages.CopyTo(c.ctx, made.ID, p.Out)
		if err != nil {
			return err
		}
		return c.out.show(packageResult{File: file, Package: made}, func(b *strings.Builder) {
			line(b, "已生成", file)
			fmt.Fprintf(b, "文件 %d 个，%d 字节\nSHA-256：%s\nSM3：%s\n", len(made.Files), made.Size, made.SHA256, made.SM3)
			if made.Draft {
				fmt.Fprintf(b, "这是草稿，还有 %d 条须改正：\n", len(made.Blocking))
				findings(b, made.Blocking)
			}
		})
	})
}

type snippetCommand struct {
	App   string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Stack string `name:"stack" required:"" placeholder:"写法" help:"${stacks}"`
	Out   string `name:"out" required:"" placeholder:"文件夹" help:"放在哪个文件夹"`
}

// stackWords lists the stacks for the help of --stack.
func stackWords() string {
	names := []string{}
	for _, s := range tracking.Stacks() {
		names = append(names, string(s)+"（"+s.Word()+"）")
	}
	return "前端写法：" + strings.Join(names, "、")
}

// Run writes the tracking code, or prints what stands against it.
func (s snippetCommand) Run(c *call) error {
	return c.with(func(services *service.Services) error {
		view, err := services.Tracking.Snippets(c.ctx, s.App, tracking.Stack(s.Stack))
		if err != nil {
			return err
		}
		files := []string{}
		if len(view.Files) > 0 {
			if files, err = service.WriteSnippets(s.Out, view); err != nil {
				return err
			}
		}
		out := map[string]any{"stack": view.Stack, "files": files, "findings": view.Findings}
		err = c.out.show(out, func(b *strings.Builder) {
			for _, f := range files {
				line(b, "已写入", f)
			}
			findings(b, view.Findings)
		})
		if err == nil && len(files) == 0 {
			return errFindings
		}
		return err
	})
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(c *call) error {
	return c.out.show(map[string]string{"version": c.Version}, func(b *strings.Builder) { line(b, "上架通", c.Version) })
}
