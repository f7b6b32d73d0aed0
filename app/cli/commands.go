package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/alecthomas/kong"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/store"
)

// Session is an open data folder; Close lets go of it.
type Session struct {
	*service.Services
	Close func() error
}

// Opening says how a data folder is to be opened.
type Opening struct {
	Data           string // the folder; empty for the usual one
	By             string // act in this name
	PassphraseFile string // opens the vault where there is no system keyring
	FileVault      bool   // keep secrets in the passphrase file even where a system keyring answers
	Detached       bool   // no data folder is needed
	Addresses      string // a file of addresses that stand in the place of all others for this run; empty for none
	Now            string // a fixed time, RFC 3339; empty for the clock of the machine
}

// Program is what the commands need of the rest of the program.
type Program struct {
	Version string
	Out     io.Writer
	Err     io.Writer
	In      io.Reader // what the person types; nil: standard input
	Open    func(ctx context.Context, o Opening) (*Session, error)
	// Serve shows the pages in a browser until ctx ends; ready is told where they are.
	Serve func(ctx context.Context, o Opening, addr string, open bool, ready func(ServeLine) error) error
	Demo  func(ctx context.Context, o Opening, out string) (DemoResult, error)
	// VerifyChild checks a database file and writes its answer; it runs in a process of its own.
	VerifyChild func(file string, out io.Writer) error
	// Restore brings a snapshot back although the database itself cannot be opened.
	Restore func(ctx context.Context, o Opening, id string) (store.Restored, error)
	// Snapshots lists the snapshots of a data folder, also of one whose database cannot be opened.
	Snapshots func(ctx context.Context, o Opening) ([]service.SnapshotView, error)
	// Verify checks the database of a data folder, also one that cannot be opened.
	Verify func(ctx context.Context, o Opening) (store.Report, error)
}

// tree is the tree of commands.
type tree struct {
	JSON           bool   `name:"json" help:"输出 JSON，形状固定，供脚本使用"`
	Data           string `name:"data" placeholder:"文件夹" help:"数据文件夹，默认在用户目录下"`
	By             string `name:"by" placeholder:"姓名" help:"以谁的名义操作，默认是设置里的操作人"`
	PassphraseFile string `name:"passphrase-file" placeholder:"文件" help:"密码库口令所在的文件（没有系统密钥环时使用）"`
	Addresses      string `name:"addresses" placeholder:"文件" help:"这一次改用文件里的地址（JSON 或 YAML，编号到网址），没写的就当没有；不保存"`
	Now            string `name:"now" hidden:"" help:"固定的当前时间"`

	Demo     demoCommand     `cmd:"" help:"在临时文件夹里载入示例单位，生成一个应用的整套材料"`
	Serve    serveCommand    `cmd:"" help:"在浏览器里使用（只在本机）"`
	Unit     unitCommand     `cmd:"" help:"应用单位"`
	Vendor   vendorCommand   `cmd:"" help:"开发商"`
	App      appCommand      `cmd:"" help:"应用"`
	Case     caseCommand     `cmd:"" help:"办件"`
	Flow     flowCommand     `cmd:"" help:"流程"`
	Next     nextCommand     `cmd:"" help:"现在可以办的事项"`
	Todo     todoCommand     `cmd:"" help:"待办：谁在等谁，什么时候到期"`
	Report   reportCommand   `cmd:"" help:"进展报告"`
	Import   importCommand   `cmd:"" help:"导入应用"`
	Precheck precheckCommand `cmd:"" help:"预审：评审会退回什么"`
	Package  packageCommand  `cmd:"" help:"生成材料包"`
	Snippet  snippetCommand  `cmd:"" help:"生成埋点代码"`
	Tracking trackingCommand `cmd:"" help:"埋点依据"`
	Check    checkCommand    `cmd:"" help:"检查埋点"`
	Sync     syncCommand     `cmd:"" help:"与平台比对：读列表、看变化、逐项采用"`
	Outbox   outboxCommand   `cmd:"" help:"预备办理：先准备好，联网后逐件办，留回执"`
	Calendar calendarCommand `cmd:"" help:"节假日"`
	Workday  workdayCommand  `cmd:"" help:"按工作日推算日期"`
	Journal  journalCommand  `cmd:"" help:"变更记录"`
	Portal   portalCommand   `cmd:"" help:"平台的页面：读列表、填表单、页面规则"`
	Net      netCommand      `cmd:"" help:"网络：哪些有回应"`
	Store    storeCommand    `cmd:"" help:"数据的校验、快照与恢复"`
	Version  versionCommand  `cmd:"" help:"版本"`
}

// call is one running command.
type call struct {
	Program
	ctx  context.Context
	tree *tree
	out  printer
}

// errFindings ends a command with exit code 1 after it printed its findings.
var errFindings = errors.New("findings")

// Run runs one command and returns the exit code.
func Run(ctx context.Context, p Program, args []string) int {
	var t tree
	exit := -1
	parser, err := kong.New(&t, kong.Name("shangjiatong"), kong.Description("上架通：浙政钉应用上架助手"),
		kong.Writers(p.Out, p.Err), kong.Exit(func(code int) { exit = code }), kong.Help(help), kong.ShortHelp(help),
		kong.Vars{"stacks": stackWords()}, kong.HelpOptions{NoExpandSubcommands: true}, kong.NoDefaultHelp())
	if err != nil {
		return fail(p, &t, err)
	}
	if wantsHelp(args) {
		return printHelp(parser, p, args)
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		t.JSON = slices.Contains(args, "--json") // a command that was not understood left it unset
		return fail(p, &t, usage(err))
	}
	c := &call{Program: p, ctx: ctx, tree: &t, out: printer{w: p.Out, json: t.JSON}}
	return fail(p, &t, parsed.Run(c))
}

func fail(p Program, t *tree, err error) int {
	if err == nil {
		return 0
	}
	if errors.Is(err, errFindings) {
		return 1
	}
	e := listing.AsError(err)
	if t.JSON {
		_ = printer{w: p.Err, json: true}.value(map[string]any{"error": e}) // nobody is left to tell
	} else {
		_, _ = fmt.Fprintln(p.Err, "出错："+e.Error())
	}
	return listing.ExitCode(e)
}

// opening gathers the flags that say how the data folder is opened.
func (c *call) opening() Opening {
	return Opening{Data: c.tree.Data, By: c.tree.By, PassphraseFile: c.tree.PassphraseFile, Addresses: c.tree.Addresses, Now: c.tree.Now}
}

// with opens the data folder for the length of do.
func (c *call) with(do func(s *service.Services) error) (err error) {
	session, err := c.Open(c.ctx, c.opening())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, session.Close()) }()
	return do(session.Services)
}
