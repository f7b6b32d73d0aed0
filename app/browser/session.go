package browser

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"shangjiatong/app/listing"

	"github.com/chromedp/chromedp"
)

const (
	startTime = 40 * time.Second // a cold start from a slow disk, with a virus scanner in between
	closeTime = 10 * time.Second // for a kept profile, whose files have to be written
	leaveTime = 5 * time.Second  // for a browser that was told to end by closing its pipe
	leaveStep = 20 * time.Millisecond
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
	// Patience is how long the browser's first answer is waited for; 0 means as long as a slow machine needs.
	Patience time.Duration
}

// Browser is a running browser. It is safe for use by several goroutines, each with its own pages.
type Browser struct {
	ctx    context.Context // of chromedp; ends with the browser
	cancel context.CancelFunc
	temp   string // what the browser leaves lying about, and a temporary profile
	kept   bool
	ended  sync.Once
	done   chan struct{} // closed once the browser is gone and everything of it is put away
	closed atomic.Bool   // by us, not by the person or by a fault
	cmd    *exec.Cmd     // its state may be read only after done
	tabs   tabList
}

// Start starts a browser that ends when Close is called or ctx ends, together with its helpers and, for a temporary
// profile, its files. CodeMissingTool says that it could not be started, CodeConflict that another browser works with
// the profile, CodeCanceled that ctx ended meanwhile.
func Start(ctx context.Context, o Options) (*Browser, error) {
	b := &Browser{kept: o.Profile != "", done: make(chan struct{})}
	if err := clearLock(o.Profile); err != nil {
		return nil, err
	}
	var err error
	if b.temp, err = tempDir(); err != nil {
		return nil, unwritable("临时文件夹", err)
	}
	if o.Profile == "" {
		o.Profile = filepath.Join(b.temp, "profile")
	}
	said := &lastWords{}
	allocated, free := chromedp.NewExecAllocator(ctx, append(allocation(o, b.temp), b.process(said)...)...)
	silent := chromedp.WithErrorf(func(string, ...any) {})
	var stop context.CancelFunc
	b.ctx, stop = chromedp.NewContext(allocated, silent, chromedp.WithLogf(func(string, ...any) {}))
	b.cancel = func() { stop(); free() }
	if err := b.begin(ctx, o.Patience, said); err != nil {
		b.end()
		if taken := clearLock(o.Profile); taken != nil && ctx.Err() == nil {
			return nil, taken // the other one was quicker
		}
		return nil, startError(ctx, o.Path, err)
	}
	context.AfterFunc(b.ctx, b.end) // of ctx, too: it is b.ctx's parent
	return b, nil
}

// process is how the program file is run: with its helpers in one group, and heard for what it says before it is heard
// of through the pipe.
func (b *Browser) process(said *lastWords) []chromedp.ExecAllocatorOption {
	return []chromedp.ExecAllocatorOption{
		chromedp.CombinedOutput(said),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			b.cmd = cmd
			cmd.WaitDelay = 5 * time.Second
			endTogether(cmd, b.kept)
		}),
	}
}

// begin waits for the browser's first answer. The limit must not be a deadline of the context: the browser lives as
// long as the context of its first command.
func (b *Browser) begin(ctx context.Context, patience time.Duration, said *lastWords) error {
	if patience == 0 {
		patience = startTime
	}
	began := make(chan error, 1)
	go func() { began <- chromedp.Do(b.ctx) }()
	look := time.NewTicker(200 * time.Millisecond)
	defer look.Stop()
	late := time.After(patience)
	for {
		select {
		case err := <-began:
			if err != nil && said.forbidden() {
				return errForbidden
			}
			return err
		case <-look.C:
			if said.forbidden() {
				return errForbidden
			}
		case <-late:
			return errSilent
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

var (
	errForbidden = errors.New("remote debugging is disallowed by policy")
	errSilent    = errors.New("the browser runs and does not answer")
)

const withoutHint = "程序控制不了这个浏览器时，仍然可以：读取另存的网页（HTML、MHTML），读取复制的表格，用“逐项复制”手工填写；也可以在“设置”里换一个浏览器"

func startError(ctx context.Context, path string, cause error) error {
	switch {
	case ctx.Err() != nil:
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case errors.Is(cause, chromedp.ErrNoDisplay):
		return listing.Fail(listing.CodeMissingTool, "这台电脑没有图形界面，浏览器窗口显示不出来", "去掉“显示窗口”，让浏览器在后台运行").Because(cause)
	case errors.Is(cause, errForbidden):
		return listing.Failf(listing.CodeMissingTool, withoutHint, "单位的安全策略不允许程序控制浏览器：%s", path).Because(cause)
	case errors.Is(cause, errSilent):
		return listing.Failf(listing.CodeMissingTool, withoutHint, "浏览器启动了，但不接受程序的控制（可能是单位的安全策略不允许）：%s", path).Because(cause)
	}
	return listing.Failf(listing.CodeMissingTool, missingHint, "浏览器启动不了：%s", path).Because(cause)
}

// lastWords keeps the beginning of what the browser prints, which says why it cannot be driven.
type lastWords struct {
	mu   sync.Mutex
	text []byte
}

// Write takes in what the browser prints; it never fails.
func (w *lastWords) Write(p []byte) (int, error) {
	const most = 64 << 10
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text = append(w.text, p[:min(len(p), most-len(w.text))]...)
	return len(p), nil
}

// forbidden reports whether the browser says that a policy stands against being driven.
func (w *lastWords) forbidden() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Contains(w.text, []byte("disallowed by the system admin"))
}

// allocation are the arguments of the browser: ours, none of the library's.
func allocation(o Options, temp string) []chromedp.ExecAllocatorOption {
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(o.Path), chromedp.UserDataDir(o.Profile), chromedp.Env("TMPDIR=" + temp),
	}
	for _, name := range []string{
		"no-first-run", "no-default-browser-check", "disable-background-networking", "disable-component-update",
		"disable-sync", "disable-default-apps", "disable-breakpad", "disable-quic", "disable-domain-reliability",
		"disable-client-side-phishing-detection", "metrics-recording-only", "use-mock-keychain", "hide-crash-restore-bubble",
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
	b.closed.Store(true)
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
		close(b.done)
	})
}

// Done is closed when the browser is gone, for whatever reason, and its files are put away.
func (b *Browser) Done() <-chan struct{} { return b.done }

// Fell reports, once Done is closed, whether the browser ended by a fault or was killed, rather than closed by us or by
// the person.
func (b *Browser) Fell() bool {
	select {
	case <-b.done:
	default:
		return false
	}
	return !b.closed.Load() && b.cmd != nil && b.cmd.ProcessState != nil && !b.cmd.ProcessState.Success()
}

// PID is the process of the browser, for those who look after processes.
func (b *Browser) PID() int {
	if running := chromedp.FromContext(b.ctx).Browser; running != nil && running.Process() != nil {
		return running.Process().Pid
	}
	return 0
}
