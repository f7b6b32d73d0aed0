package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/listing"

	"github.com/chromedp/chromedp"
)

const (
	startTime = 40 * time.Second // a cold start from a slow disk, with a virus scanner in between
	closeTime = 10 * time.Second // for a kept profile, whose files have to be written
)

// Options say how a browser is started.
type Options struct {
	// Path is the program file, from Find.
	Path string
	// Profile is the folder of a profile that is kept; empty means a temporary one, removed on Close.
	Profile string
	// Visible shows a window; otherwise the browser works unseen.
	Visible bool
	// Hosts are the only hosts whose names resolve and that can be reached, beside 127.0.0.1. It holds for what
	// interception does not see too: WebSockets, workers, new windows, frames of other sites. The system's proxy is not
	// used then.
	Hosts []string
	// AnyHost lets the browser reach what it wants, through the system's proxy; Hosts is not looked at.
	AnyHost bool
}

// Browser is a running browser. It is safe for use by several goroutines, each with its own pages.
type Browser struct {
	ctx    context.Context // of chromedp; ends with the browser
	cancel context.CancelFunc
	temp   string // what the browser leaves lying about, and a temporary profile
	kept   bool
	ended  sync.Once
}

// Start starts a browser that ends when Close is called or ctx ends, together with its helpers and, for a temporary
// profile, its files. CodeMissingTool says that it could not be started, CodeCanceled that ctx ended meanwhile.
func Start(ctx context.Context, o Options) (*Browser, error) {
	b := &Browser{kept: o.Profile != ""}
	var err error
	if b.temp, err = os.MkdirTemp("", "sjt-browser-"); err != nil {
		return nil, unwritable("临时文件夹", err)
	}
	if o.Profile == "" {
		o.Profile = filepath.Join(b.temp, "profile")
	}
	allocated, free := chromedp.NewExecAllocator(ctx, allocation(o, b.temp)...)
	silent := chromedp.WithErrorf(func(string, ...any) {})
	var stop context.CancelFunc
	b.ctx, stop = chromedp.NewContext(allocated, silent, chromedp.WithLogf(func(string, ...any) {}))
	b.cancel = func() { stop(); free() }
	if err := b.begin(); err != nil {
		b.end()
		return nil, startError(ctx, o.Path, err)
	}
	context.AfterFunc(ctx, b.end)
	return b, nil
}

// begin waits for the browser's first answer. The limit must not be a deadline of the context: the browser lives as
// long as the context of its first command.
func (b *Browser) begin() error {
	began := make(chan error, 1)
	go func() { began <- chromedp.Do(b.ctx) }()
	select {
	case err := <-began:
		return err
	case <-time.After(startTime):
		return errors.New("no answer")
	}
}

func startError(ctx context.Context, path string, cause error) error {
	switch {
	case ctx.Err() != nil:
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case errors.Is(cause, chromedp.ErrNoDisplay):
		return listing.Fail(listing.CodeMissingTool, "这台电脑没有图形界面，浏览器窗口显示不出来", "去掉“显示窗口”，让浏览器在后台运行").Because(cause)
	}
	return listing.Failf(listing.CodeMissingTool, missingHint, "浏览器启动不了：%s", path).Because(cause)
}

// allocation are the arguments of the browser: ours, none of the library's.
func allocation(o Options, temp string) []chromedp.ExecAllocatorOption {
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(o.Path), chromedp.UserDataDir(o.Profile), chromedp.Env("TMPDIR=" + temp),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			cmd.WaitDelay = 5 * time.Second
			endTogether(cmd)
		}),
	}
	for _, name := range []string{
		"no-first-run", "no-default-browser-check", "disable-background-networking", "disable-component-update",
		"disable-sync", "disable-default-apps", "disable-breakpad", "disable-quic", "disable-domain-reliability",
		"disable-client-side-phishing-detection", "metrics-recording-only", "use-mock-keychain",
		// A page in the background has to go on as if it were looked at.
		"disable-background-timer-throttling", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
	} {
		opts = append(opts, chromedp.Flag(name, true))
	}
	opts = append(opts, chromedp.Flag("password-store", "basic"), chromedp.Flag("no-sandbox", os.Geteuid() == 0))
	if !o.AnyHost {
		opts = append(opts, chromedp.Flag("host-resolver-rules", resolverRules(o.Hosts)), chromedp.Flag("no-proxy-server", true))
	}
	if o.Visible {
		return append(opts, chromedp.VisibleWindow)
	}
	return append(opts, chromedp.Flag("headless", "new"), chromedp.Flag("mute-audio", true), chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-gpu", true))
}

// resolverRules lets nothing resolve, addresses made of numbers included, but this machine and the given hosts.
func resolverRules(hosts []string) string {
	rules := "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
	for _, host := range hosts {
		if host != "" && !strings.ContainsAny(host, ", *") {
			rules += " , EXCLUDE " + host
		}
	}
	return rules
}

// Close ends the browser and its helpers, and removes a temporary profile. Calling it again does nothing.
func (b *Browser) Close() error {
	if b.kept && b.ctx.Err() == nil {
		// The browser writes its profile while it closes by itself.
		timed, stop := context.WithTimeout(b.ctx, closeTime)
		defer stop()
		if err := chromedp.Cancel(timed); err != nil && b.ctx.Err() == nil {
			b.end()
			return fmt.Errorf("close browser: %w", err)
		}
	}
	b.end()
	return nil
}

func (b *Browser) end() {
	b.ended.Do(func() {
		b.cancel()
		removeSoon(b.temp)
	})
}

// PID is the process of the browser, for those who look after processes.
func (b *Browser) PID() int {
	if running := chromedp.FromContext(b.ctx).Browser; running != nil && running.Process() != nil {
		return running.Process().Pid
	}
	return 0
}
