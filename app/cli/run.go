package cli

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/store"
)

// ServeLine is the one line `serve` prints when the pages can be opened.
type ServeLine struct {
	URL  string `json:"url"` // with the one-time token
	Addr string `json:"addr"`
	PID  int    `json:"pid"`
}

type serveCommand struct {
	Addr   string `name:"addr" default:"127.0.0.1:0" placeholder:"地址" help:"本机地址和端口，端口 0 表示自动选择"`
	NoOpen bool   `name:"no-open" help:"不自动打开浏览器"`
}

// Run serves until it is interrupted. The line is JSON with and without --json.
func (s serveCommand) Run(c *call) error {
	ctx, stop := signal.NotifyContext(c.ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	return c.Serve(ctx, c.opening(), s.Addr, !s.NoOpen, func(l ServeLine) error {
		return printLine(c.Program, l)
	})
}

// DemoResult is what `demo --json` prints.
type DemoResult struct {
	App     string                `json:"app"`     // the app the package is of
	Dir     string                `json:"dir"`     // where everything lies
	Data    string                `json:"data"`    // the data folder with the sample unit
	File    string                `json:"file"`    // the package
	Package listing.PackageRecord `json:"package"` // what is in it
	Tree    []string              `json:"tree"`    // the files of the data folder, relative to it
	Browse  string                `json:"browse"`  // the command that shows the sample unit in a browser
}

type demoCommand struct {
	Out string `name:"out" placeholder:"文件夹" help:"放在哪里，默认是一个新的临时文件夹"`
}

// Run loads the sample unit and makes one package.
func (d demoCommand) Run(c *call) error {
	made, err := c.Demo(c.ctx, c.opening(), d.Out)
	if err != nil {
		return err
	}
	return c.out.show(made, func(b *strings.Builder) {
		fmt.Fprintf(b, "已载入虚构的示例单位，并生成“%s”的整套材料。\n%s\n", made.App, made.Dir)
		fmt.Fprintf(b, "├── %s\n", filepath.Base(made.File))
		branch(b, "│   ", names(made.Package.Files))
		b.WriteString("└── 数据（示例单位的数据文件夹）\n")
		branch(b, "    ", made.Tree)
		fmt.Fprintf(b, "\n在浏览器里查看示例单位：\n  %s\n", made.Browse)
	})
}

func names(files []listing.PackagedFile) []string {
	out := []string{}
	for _, f := range files {
		out = append(out, f.Name)
	}
	return append(out, "manifest.json")
}

// branch prints one level of a tree.
func branch(b *strings.Builder, indent string, lines []string) {
	for i, l := range lines {
		mark := "├── "
		if i == len(lines)-1 {
			mark = "└── "
		}
		fmt.Fprintln(b, indent+mark+l)
	}
}

type storeCommand struct {
	Verify      storeVerify      `cmd:"" help:"完整校验数据"`
	Snapshot    storeSnapshot    `cmd:"" help:"做一个快照"`
	List        storeList        `cmd:"" help:"列出快照"`
	Restore     storeRestore     `cmd:"" help:"恢复到一个快照；现有数据会先隔离保存，不会删除"`
	AcceptClock storeAcceptClock `cmd:"" help:"本机时间比最近的记录还早、但现在的时间才是对的时，确认一次"`
	VerifyChild storeVerifyChild `cmd:"" hidden:"" help:"在子进程里校验"`
}

type storeVerify struct{}

// Run verifies the store; damage is exit code 4.
func (storeVerify) Run(c *call) error {
	report, err := c.Verify(c.ctx, c.opening())
	if err != nil {
		return err
	}
	err = c.out.show(report, func(b *strings.Builder) {
		line(b, "数据文件", report.File)
		for _, p := range report.Problems {
			fmt.Fprintf(b, "[损坏] %s：%s。%s\n", p.Where, p.Message, p.Hint)
		}
		if report.OK {
			fmt.Fprintf(b, "完好：记录 %d 条，变更记录 %d 条，附件 %d 个\n", count(report), report.Journal, report.Blobs)
		}
	})
	if err == nil && !report.OK {
		return listing.Failf(listing.CodeDamaged, "用 store list 查看快照，再用 store restore 恢复", "数据有 %d 处问题", len(report.Problems))
	}
	return err
}

func count(r store.Report) int {
	n := 0
	for _, k := range r.Records {
		n += k
	}
	return n
}

type storeAcceptClock struct{}

// Run records that the machine's clock is right.
func (storeAcceptClock) Run(c *call) error {
	return c.with(func(services *service.Services) error {
		if err := services.System.AcceptClock(c.ctx); err != nil {
			return err
		}
		return c.out.show(map[string]bool{"accepted": true}, func(b *strings.Builder) { b.WriteString("已确认本机时间\n") })
	})
}

type storeVerifyChild struct {
	File string `name:"file" required:"" placeholder:"文件" help:"数据库文件"`
}

// Run is the child process of a verification.
func (s storeVerifyChild) Run(c *call) error { return c.Program.VerifyChild(s.File, c.Out) }

type storeSnapshot struct {
	Note string `name:"note" placeholder:"说明" help:"为什么做这个快照"`
}

// Run takes a snapshot.
func (s storeSnapshot) Run(c *call) error {
	return c.with(func(services *service.Services) error {
		made, err := services.Snapshots.Take(c.ctx, s.Note)
		if err != nil {
			return err
		}
		return c.out.show(made, func(b *strings.Builder) {
			fmt.Fprintf(b, "已做快照：%s（%d 字节，已校验）\n", made.ID, made.Size)
		})
	})
}

type storeList struct{}

// Run lists snapshots.
func (storeList) Run(c *call) error {
	all, err := c.Snapshots(c.ctx, c.opening())
	if err != nil {
		return err
	}
	return c.out.show(all, func(b *strings.Builder) {
		for _, i := range all {
			fmt.Fprintf(b, "%s  %s  %s %s  %d 字节 %s\n", i.ID, i.At, i.ReasonWord, i.Note, i.Size, i.Problem)
		}
	})
}

type storeRestore struct {
	ID string `arg:"" name:"快照" help:"快照编号，见 store list"`
}

// Run goes back to a snapshot.
func (s storeRestore) Run(c *call) error {
	restored, err := c.Restore(c.ctx, c.opening(), s.ID)
	if err != nil {
		return err
	}
	return c.out.show(restored, func(b *strings.Builder) {
		line(b, "已恢复到快照", restored.From.ID)
		line(b, "原数据放在", restored.Quarantine)
	})
}

func printLine(p Program, v any) error { return printer{w: p.Out, json: true}.compact(v) }

// services opens the services without any data folder, for commands that need none.
func (c *call) services() (*service.Services, error) {
	session, err := c.Open(c.ctx, Opening{Detached: true, Addresses: c.tree.Addresses, Now: c.tree.Now})
	if err != nil {
		return nil, err
	}
	return session.Services, nil
}
