package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/table"
	"shangjiatong/app/service"
)

type outboxCommand struct {
	List     outboxList     `cmd:"" help:"列出准备好的办理"`
	Show     outboxShow     `cmd:"" help:"看一件：要填的内容、各步、回执"`
	Prepare  outboxPrepare  `cmd:"" help:"准备一件：冻结资料，认定对象；不用联网"`
	Renew    outboxRenew    `cmd:"" help:"照现在的资料重新准备"`
	Discard  outboxDiscard  `cmd:"" help:"作废一件"`
	Run      outboxRun      `cmd:"" help:"办理一件：在本机浏览器里填好，由您提交，再读回回执"`
	Answer   outboxAnswer   `cmd:"" help:"回答停下的一件问的问题"`
	Follow   outboxFollow   `cmd:"" help:"照回执登记办件里的事项"`
	Receipts outboxReceipts `cmd:"" help:"列出回执"`
}

type outboxList struct {
	App  string `name:"app" placeholder:"应用" help:"只看这个应用的"`
	Open bool   `name:"open" help:"只看还没有办妥的"`
}

// Run lists the prepared actions.
func (l outboxList) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		all, err := s.Outbox.List(c.ctx, service.OutboxFilter{AppID: l.App, Open: l.Open})
		if err != nil {
			return err
		}
		return c.out.show(all, func(b *strings.Builder) {
			for _, v := range all {
				fmt.Fprintf(b, "%s  %s  %s\n", v.ID, v.Title, v.StateWord)
			}
			if len(all) == 0 {
				b.WriteString("没有准备好的办理，用 outbox prepare 准备\n")
			}
		})
	})
}

type outboxShow struct {
	ID string `arg:"" name:"编号" help:"见 outbox list"`
}

// Run shows one action.
func (o outboxShow) Run(c *call) error {
	return c.with(func(s *service.Services) error { return c.showAction(s.Outbox.Show(c.ctx, o.ID)) })
}

// showAction prints an action, unless it came with an error.
func (c *call) showAction(v service.OutboxView, err error) error {
	if err != nil {
		return err
	}
	return c.out.show(v, func(b *strings.Builder) {
		fmt.Fprintf(b, "%s  %s  %s\n", v.ID, v.Title, v.StateWord)
		line(b, "办法", v.Hint)
		for _, a := range v.Asks {
			fmt.Fprintf(b, "  %s：%s\n", a.Label, a.Text)
		}
		for _, d := range v.Changed {
			fmt.Fprintf(b, "资料变过 %s：准备时“%s”，现在“%s”\n", d.Label, d.Before, d.After)
		}
		findings(b, v.Against)
		findings(b, v.Warnings)
		for _, s := range v.Steps {
			word := "没有办完"
			if s.OK {
				word = "好"
			}
			fmt.Fprintf(b, "%s %s：%s %s\n", s.Begun, s.Word, word, s.Outcome)
		}
		if v.Asking != nil {
			line(b, "请回答", v.Asking.Text+"（outbox answer "+v.ID+" "+v.Asking.ID+" yes|no）")
		}
		if v.Filled != nil && v.State != listing.ActionDone {
			for _, f := range v.Filled.Fields {
				if !f.OK {
					fieldText(b, fill.Field{Label: f.Label, Asked: f.Asked, Shown: f.Shown, Message: f.Message})
				}
			}
			for _, d := range v.Filled.Drift {
				c.driftText(b, table.Drift(d))
			}
		}
		if v.Receipt != nil {
			line(b, "回执", v.Receipt.OutcomeWord)
			for _, n := range v.Receipt.Notes {
				line(b, "经过", n)
			}
		}
		if v.Follow != nil && !v.Follow.Done {
			line(b, "接着", v.Follow.ActWord+" "+v.Follow.Task+" "+v.Follow.TaskTitle+"（outbox follow "+v.ID+"）")
		}
	})
}

type outboxPrepare struct {
	App       string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称"`
	Kind      string `name:"kind" required:"" enum:"catalog,component,register,upload,approval" placeholder:"办理" help:"catalog 应用注册、component 组件申请、register 应用发布注册、upload 上传代码、approval 提交审批"`
	Component string `name:"component" placeholder:"组件" help:"组件申请：哪个组件"`
	Version   string `name:"version" placeholder:"版本号" help:"上传代码：版本号"`
	Remark    string `name:"remark" placeholder:"备注" help:"上传代码：备注"`
	File      string `name:"file" placeholder:"压缩包" help:"上传代码：代码包"`
}

// Run prepares an action.
func (p outboxPrepare) Run(c *call) error {
	in := service.OutboxPrepare{AppID: p.App, Kind: listing.ActionKind(p.Kind), Component: p.Component, Version: p.Version, Remark: p.Remark}
	var file *service.ProofFile
	if p.File != "" {
		file = &service.ProofFile{Name: filepath.Base(p.File), Path: p.File}
	}
	return c.with(func(s *service.Services) error { return c.showAction(s.Outbox.PrepareFile(c.ctx, in, file)) })
}

type outboxRenew struct {
	ID string `arg:"" name:"编号" help:"见 outbox list"`
}

// Run freezes the data anew.
func (o outboxRenew) Run(c *call) error {
	return c.with(func(s *service.Services) error { return c.showAction(s.Outbox.Renew(c.ctx, o.ID)) })
}

type outboxDiscard struct {
	ID     string `arg:"" name:"编号" help:"见 outbox list"`
	Reason string `name:"reason" required:"" placeholder:"理由" help:"作废的理由"`
}

// Run gives an action up.
func (o outboxDiscard) Run(c *call) error {
	return c.with(func(s *service.Services) error { return c.showAction(s.Outbox.Discard(c.ctx, o.ID, o.Reason)) })
}

type outboxRun struct {
	ID        string `arg:"" name:"编号" help:"见 outbox list"`
	YesUpload bool   `name:"yes-upload" help:"事先同意：选定文件后马上上传"`
	Headless  bool   `name:"headless" help:"不显示浏览器窗口（演练用：没有人能登录和提交）"`
}

// Run does an action; what it asks is asked here. An action that stopped is exit code 1.
func (o outboxRun) Run(c *call) error {
	ctx, stop := signal.NotifyContext(c.ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	return c.with(func(s *service.Services) error {
		watching, end := context.WithCancel(ctx)
		told, say := make(chan struct{}), c.teller()
		go func() {
			defer close(told)
			if err := c.tell(watching, s, o.ID, say); errors.Is(err, errNobody) {
				_, _ = fmt.Fprintln(c.Err, "没有人回答，先停下；需要时再办理") // nobody is left to tell
				stop()
			}
		}()
		if !c.tree.JSON {
			ctx = service.WithSteps(ctx, say)
		}
		v, err := s.Outbox.Run(ctx, service.OutboxRun{ID: o.ID, YesUpload: o.YesUpload, Headless: o.Headless})
		end()
		<-told
		if err := c.showAction(v, err); err != nil {
			return err
		}
		if v.State != listing.ActionDone {
			return errFindings
		}
		return nil
	})
}

// tell prints the steps of a running action as they begin, and asks what it asks. It ends with ctx, or with errNobody.
func (c *call) tell(ctx context.Context, s *service.Services, id string, say func(word string)) error {
	steps, asked := -1, ""
	var lines <-chan string
	for ctx.Err() == nil {
		v, err := s.Outbox.Show(ctx, id)
		if err == nil {
			if steps < 0 {
				steps = len(v.Steps)
			}
			for ; steps < len(v.Steps); steps++ {
				say(v.Steps[steps].Word)
			}
			question := asking(v)
			if question != "" && question != asked {
				if lines == nil {
					lines = c.lines(ctx)
				}
				if err := c.reply(ctx, s, id, lines, *v.Asking); err != nil {
					return err
				}
			}
			asked = question
		}
		select {
		case <-ctx.Done():
		case <-time.After(300 * time.Millisecond):
		}
	}
	return nil
}

// reply puts a question to the person and hands the answer on. Only the end of the input and that of ctx are errors.
func (c *call) reply(ctx context.Context, s *service.Services, id string, lines <-chan string, q listing.ActionQuestion) error {
	yes, err := c.prompt(ctx, lines, q)
	if err == nil {
		_, err = s.Outbox.Answer(ctx, service.OutboxAnswer{ID: id, Question: q.ID, Yes: yes})
	}
	if err == nil || errors.Is(err, errNobody) || ctx.Err() != nil {
		return err
	}
	_, _ = fmt.Fprintln(c.Err, listing.AsError(err).Error())
	return nil
}

// asking names the question a run asks: the same one may come again at a later step. What an earlier run left is none.
func asking(v service.OutboxView) string {
	if v.Asking == nil || v.State != listing.ActionRunning && v.State != listing.ActionWaiting {
		return ""
	}
	return fmt.Sprintf("%s %d %s", v.Asking.ID, len(v.Steps), v.Asking.Text)
}

// errNobody says that a question found nobody: the input has ended.
var errNobody = errors.New("nobody answers")

// prompt asks on the terminal, until ctx ends. The end of the input is no answer.
func (c *call) prompt(ctx context.Context, lines <-chan string, q listing.ActionQuestion) (bool, error) {
	if _, err := fmt.Fprintf(c.Err, "%s [y=%s / n=%s] ", q.Text, q.Yes, q.No); err != nil {
		return false, err
	}
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case text, ok := <-lines:
		if !ok {
			_, _ = fmt.Fprintln(c.Err) // nobody pressed return; nobody is left to tell either
			return false, errNobody
		}
		text = strings.ToLower(strings.TrimSpace(text))
		return text == "y" || text == "yes" || text == q.Yes, nil
	}
}

// lines are those of the input, read ahead by one so that waiting for them can be given up.
func (c *call) lines(ctx context.Context) <-chan string {
	from := c.In
	if from == nil {
		from = os.Stdin
	}
	out := make(chan string)
	go func() {
		defer close(out)
		for in := bufio.NewReader(from); ; {
			text, err := in.ReadString('\n')
			if err != nil && text == "" {
				return
			}
			select {
			case out <- text:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

type outboxAnswer struct {
	ID       string `arg:"" name:"编号" help:"见 outbox list"`
	Question string `arg:"" name:"问题" help:"submitted：填好以后提交了吗"`
	Answer   string `arg:"" name:"回答" enum:"yes,no" help:"yes 或 no"`
}

// Run answers what a stopped action asks.
func (o outboxAnswer) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		return c.showAction(s.Outbox.Answer(c.ctx, service.OutboxAnswer{ID: o.ID, Question: o.Question, Yes: o.Answer == "yes"}))
	})
}

type outboxFollow struct {
	ID string `arg:"" name:"编号" help:"见 outbox list"`
}

// Run does the act that follows from a receipt.
func (o outboxFollow) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		if _, err := s.Outbox.Follow(c.ctx, o.ID); err != nil {
			return err
		}
		return c.showAction(s.Outbox.Show(c.ctx, o.ID))
	})
}

type outboxReceipts struct {
	App string `name:"app" placeholder:"应用" help:"只看这个应用的"`
}

// Run lists the receipts.
func (o outboxReceipts) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		all, err := s.Receipts.List(c.ctx, o.App)
		if err != nil {
			return err
		}
		return c.out.show(all, func(b *strings.Builder) {
			for _, r := range all {
				fmt.Fprintf(b, "%s  %s  %s  %s：%s\n", r.ID, r.At, r.AppName, r.KindWord, r.OutcomeWord)
			}
			if len(all) == 0 {
				b.WriteString("还没有回执\n")
			}
		})
	})
}
