package browser

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"shangjiatong/app/listing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const (
	openTime = 20 * time.Second
	// CallTime is how long one command to a page may take when the caller sets no limit of its own.
	CallTime = 10 * time.Second
)

// Device is what a page is shown as. The zero Device is the browser itself.
type Device struct {
	UserAgent string  `yaml:"user_agent"`
	Platform  string  `yaml:"platform"` // what navigator.platform says
	Width     int     `yaml:"width"`    // of the viewport, CSS pixels
	Height    int     `yaml:"height"`
	Scale     float64 `yaml:"scale"` // device pixels for a CSS pixel
	Mobile    bool    `yaml:"mobile"`
	Touch     bool    `yaml:"touch"`
}

// Watch says what is done while a page runs. All of its functions are called from goroutines of the page.
type Watch struct {
	// Script is run in every document before the document's own scripts. It is a function expression of one argument,
	// tell(text), whose texts arrive as EventTold, in their order, even when the page is gone by then.
	Script string
	// Intercept, when given, decides on every request of the page before it leaves; each call has its own goroutine.
	Intercept func(Request) Answer
	// Event, when given, hears what happens, in the order it happens; it must return at once.
	Event func(Event)
	// Shared opens the page in the browser's own profile, where logins are kept, instead of a fresh one of its own.
	Shared bool
}

// Page is one tab. Its methods may be called by one goroutine at a time, but for Close and Request answers.
type Page struct {
	ctx    context.Context // of chromedp; ends with the tab
	close  context.CancelFunc
	dead   context.Context // ends with ctx, or when the tab crashes
	crash  context.CancelCauseFunc
	watch  Watch
	tell   string // the name of the function behind tell
	closed sync.Once
	shared bool                   // attached to: the person's, and stays open
	held   atomic.Bool            // in the person's hands, see Hold
	dialog atomic.Pointer[string] // what stands open and waits for the person
	gate   atomic.Pointer[Gate]   // see Guard
	also   atomic.Pointer[func(Event)]
	worlds sync.Map // frame to the execution context of our world in its document
}

var (
	errCrashed   = errors.New("the tab crashed")
	errTabClosed = errors.New("the tab was closed")
)

// Open opens a tab. Dialogs are dismissed, downloads refused and new windows closed; Watch hears of them.
func (b *Browser) Open(ctx context.Context, d Device, w Watch) (*Page, error) {
	p := &Page{watch: w, tell: "__tell"}
	opts := []chromedp.ContextOption{chromedp.WithListener(p.hear)}
	if !w.Shared {
		opts = append(opts, chromedp.WithNewBrowserContext())
	}
	p.ctx, p.close = chromedp.NewContext(b.ctx, opts...)
	p.dead, p.crash = context.WithCancelCause(p.ctx)
	opened := make(chan error, 1)
	go func() { opened <- chromedp.Do(p.ctx) }()
	select {
	case err := <-opened:
		if err == nil {
			err = p.prepare(ctx, d)
		}
		if err != nil {
			p.Close()
			return nil, p.failed(ctx, "标签页打不开", err)
		}
		return p, nil
	case <-ctx.Done():
	case <-time.After(openTime):
	}
	p.Close()
	return nil, p.failed(ctx, "标签页打不开", context.DeadlineExceeded)
}

// prepare sets up emulation, script and interception before anything is loaded.
func (p *Page) prepare(ctx context.Context, d Device) error {
	timed, stop := p.limit(ctx, openTime)
	defer stop()
	steps := []func(context.Context) error{
		do(network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}),
		do(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		p.refuseDownloads,
	}
	steps = append(steps, emulate(d)...)
	if p.watch.Script != "" {
		steps = append(steps,
			do(runtime.AddBinding, runtime.AddBindingParams{Name: p.tell}),
			do(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: injected(p.tell, p.watch.Script)}))
	}
	if p.watch.Intercept != nil {
		steps = append(steps, do(fetch.Enable, fetch.EnableParams{}))
	}
	for _, step := range steps {
		if err := step(timed); err != nil {
			return err
		}
	}
	return nil
}

// injected hands the function behind tell to the script and takes it out of the page's sight.
func injected(tell, script string) string {
	return "(() => { const told = globalThis." + tell + "; delete globalThis." + tell + "; if (told) { (" + script + ")(told); } })();"
}

func emulate(d Device) []func(context.Context) error {
	var steps []func(context.Context) error
	if d.UserAgent != "" {
		steps = append(steps, do(emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
			UserAgent: d.UserAgent, Platform: d.Platform, AcceptLanguage: "zh-CN",
		}))
	}
	if d.Width > 0 && d.Height > 0 {
		steps = append(steps, do(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(d.Width), Height: int64(d.Height), DeviceScaleFactor: d.Scale, Mobile: d.Mobile,
		}))
	}
	if d.Touch {
		steps = append(steps, do(emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 5}))
	}
	return steps
}

// Navigate sends the page to an address and returns once the answer began to arrive, or limit is over, in which case
// the loading is stopped. It does not wait for the page to load: EventLoaded tells that.
func (p *Page) Navigate(ctx context.Context, address string, limit time.Duration) error {
	timed, stop := p.limit(ctx, limit)
	defer stop()
	res, err := chromedp.Call(timed, page.Navigate, page.NavigateParams{URL: address})
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil && p.dead.Err() == nil {
		_ = p.call(ctx, do(page.StopLoading, empty{})) // the page may be too busy to hear it
		return listing.Failf(listing.CodeUnreadable, "检查地址和网络；服务器没有响应的，先让它响应", "%d 秒里没有打开：%s", int(limit.Seconds()), address).Because(err)
	}
	if err != nil {
		return p.failed(ctx, "打不开 "+address, err)
	}
	if res.IsDownload {
		return listing.Failf(listing.CodeUnreadable, "填页面的地址，不要填文件的地址", "这个地址是下载，不是页面：%s", address)
	}
	if res.ErrorText != "" {
		return listing.Failf(listing.CodeUnreadable, "检查地址是否写对，服务器是否开着", "打不开 %s：%s", address, netError(res.ErrorText)).Because(errors.New(res.ErrorText))
	}
	return nil
}

// Stop ends what is being loaded.
func (p *Page) Stop(ctx context.Context) error { return p.call(ctx, do(page.StopLoading, empty{})) }

// Screenshot returns what the page shows as PNG.
func (p *Page) Screenshot(ctx context.Context) ([]byte, error) {
	timed, stop := p.limit(ctx, CallTime)
	defer stop()
	res, err := chromedp.Call(timed, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng})
	if err != nil {
		return nil, p.failed(ctx, "截不了图", err)
	}
	return res.Data, nil
}

// MHTML returns the page with all its frames as one file, as 另存为 of the browser would save it.
func (p *Page) MHTML(ctx context.Context) ([]byte, error) {
	timed, stop := p.limit(ctx, openTime)
	defer stop()
	res, err := chromedp.Call(timed, page.CaptureSnapshot, page.CaptureSnapshotParams{Format: page.CaptureSnapshotFormatMhtml})
	if err != nil {
		return nil, p.failed(ctx, "网页保存不了", err)
	}
	return []byte(res.Data), nil
}

// Evaluate runs an expression in the page and returns its value, which has to be plain data. A promise is waited for.
func Evaluate[T any](ctx context.Context, p *Page, expression string) (T, error) {
	timed, stop := p.limit(ctx, CallTime)
	defer stop()
	v, err := chromedp.Run(timed, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		var zero T
		return zero, p.failed(ctx, "页面没有回答", err)
	}
	return v, nil
}

// Crashed reports whether the tab has crashed; then it can only be closed.
func (p *Page) Crashed() bool { return errors.Is(context.Cause(p.dead), errCrashed) }

// Close closes the tab and forgets what it stored. A tab that was attached to is let go, and stays open.
func (p *Page) Close() { p.closed.Do(p.close) }

type empty = struct{}

// do makes a step of a command without an answer worth reading.
func do[P, R any](cmd command[P, R], params P) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, cmd, params)
		return err
	}
}

func (p *Page) call(ctx context.Context, step func(context.Context) error) error {
	timed, stop := p.limit(ctx, CallTime)
	defer stop()
	return step(timed)
}

// limit is a context for commands to the page that ends with ctx, with the tab, and after d.
func (p *Page) limit(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	timed, stop := context.WithTimeout(p.dead, d)
	forget := context.AfterFunc(ctx, stop)
	return timed, func() { forget(); stop() }
}

func (p *Page) failed(ctx context.Context, what string, cause error) error {
	switch {
	case p.Dialog() != "" && !errors.Is(ctx.Err(), context.Canceled):
		return listing.Failf(listing.CodeUnreadable, "请先在浏览器里处理这个对话框，再试一次", "%s：页面上有一个对话框等人处理：%s", what, p.Dialog()).Because(cause)
	case ctx.Err() != nil:
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case p.Crashed():
		return listing.Fail(listing.CodeUnreadable, what+"：标签页崩溃了", "页面可能占用内存过多；关掉其他程序后重试").Because(cause)
	case errors.Is(context.Cause(p.dead), errTabClosed) && p.ctx.Err() == nil:
		return listing.Fail(listing.CodeUnreadable, what+"：标签页已经被关闭", "请在浏览器里重新打开页面").Because(cause)
	case errors.Is(cause, context.DeadlineExceeded):
		return listing.Fail(listing.CodeUnreadable, what+"：页面一直忙，没有回答", "检查页面里有没有停不下来的循环").Because(cause)
	case p.ctx.Err() != nil:
		return listing.Fail(listing.CodeUnreadable, what+"：浏览器已经关闭", "请重试").Because(cause)
	}
	return listing.Fail(listing.CodeUnreadable, what, "请重试").Because(cause)
}

// netError puts the browser's word for a failed load into Chinese, keeping the word.
func netError(text string) string {
	words := map[string]string{
		"net::ERR_NAME_NOT_RESOLVED": "找不到这个主机", "net::ERR_CONNECTION_REFUSED": "服务器拒绝连接",
		"net::ERR_CONNECTION_RESET": "连接被中断", "net::ERR_CONNECTION_CLOSED": "连接被关闭", "net::ERR_EMPTY_RESPONSE": "服务器没有返回内容",
		"net::ERR_TOO_MANY_REDIRECTS": "页面来回跳转，停不下来", "net::ERR_ABORTED": "页面没有内容，或者是下载",
		"net::ERR_CONNECTION_TIMED_OUT": "连接超时", "net::ERR_BLOCKED_BY_CLIENT": "程序没有放行", "net::ERR_INVALID_RESPONSE": "服务器的回答读不懂",
		"net::ERR_UNSAFE_PORT": "浏览器不允许打开这个端口", "net::ERR_ADDRESS_UNREACHABLE": "到不了这个地址", "net::ERR_INTERNET_DISCONNECTED": "没有连上网络",
	}
	if word, known := words[text]; known {
		return word + "（" + text + "）"
	}
	return text
}
