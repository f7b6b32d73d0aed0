package browser

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/listing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Tab is a page that is open in the browser, whoever opened it.
type Tab struct {
	ID    string
	URL   string
	Title string
}

// tabList numbers the tabs as they are first seen.
type tabList struct {
	mu   sync.Mutex
	next int
	born map[string]int
}

// order sorts tabs by when they were first seen, the latest last, and forgets those that are gone.
func (l *tabList) order(tabs []Tab) {
	l.mu.Lock()
	defer l.mu.Unlock()
	born := map[string]int{}
	for _, t := range tabs {
		if _, known := l.born[t.ID]; !known {
			l.next++
			born[t.ID] = l.next
			continue
		}
		born[t.ID] = l.born[t.ID]
	}
	l.born = born
	slices.SortFunc(tabs, func(a, b Tab) int { return born[a.ID] - born[b.ID] })
}

// Tabs lists the open pages, the latest last. Those that belong to the browser itself are left out.
func (b *Browser) Tabs(ctx context.Context) ([]Tab, error) {
	timed, stop := b.limit(ctx, CallTime)
	defer stop()
	infos, err := chromedp.Targets(timed)
	if err != nil {
		return nil, b.failed(ctx, "看不到打开的网页", err)
	}
	var tabs []Tab
	for _, info := range infos {
		if info.Type == "page" && !strings.HasPrefix(info.URL, "devtools:") && !strings.HasPrefix(info.URL, "chrome-extension:") {
			tabs = append(tabs, Tab{ID: string(info.TargetID), URL: info.URL, Title: info.Title})
		}
	}
	slices.Reverse(tabs) // the browser names the latest first
	b.tabs.order(tabs)
	return tabs, nil
}

// NewTab opens a page in the browser's own window and profile, and returns its ID.
func (b *Browser) NewTab(ctx context.Context, address string) (string, error) {
	return b.newTab(ctx, target.CreateTargetParams{URL: address})
}

// TabBehind is NewTab for an empty page that does not come before the one the person looks at.
func (b *Browser) TabBehind(ctx context.Context) (string, error) {
	behind := true
	return b.newTab(ctx, target.CreateTargetParams{URL: "about:blank", Background: &behind})
}

// CloseTab closes a page by its ID.
func (b *Browser) CloseTab(ctx context.Context, id string) error {
	timed, stop := b.limit(ctx, openTime)
	defer stop()
	_, err := chromedp.CallBrowser(timed, target.CloseTarget, target.CloseTargetParams{TargetID: target.ID(id)})
	return err
}

func (b *Browser) newTab(ctx context.Context, params target.CreateTargetParams) (string, error) {
	timed, stop := b.limit(ctx, openTime)
	defer stop()
	res, err := chromedp.CallBrowser(timed, target.CreateTarget, params)
	if err != nil {
		return "", b.failed(ctx, "标签页打不开", err)
	}
	return string(res.TargetID), nil
}

// Attach connects to a page that is open, by its ID, until Close, which leaves the page open. It begins in the person's
// hands, see Hold. CodeNotFound says that there is no such page any more.
func (b *Browser) Attach(ctx context.Context, tab string, w Watch) (*Page, error) {
	p := &Page{watch: w, tell: "__tell", shared: true}
	p.held.Store(true)
	p.ctx, p.close = chromedp.NewContext(b.ctx, chromedp.WithListener(p.hear), chromedp.WithTargetID(target.ID(tab)), chromedp.WithDetachOnCancel())
	p.dead, p.crash = context.WithCancelCause(p.ctx)
	attached := make(chan error, 1)
	go func() { attached <- chromedp.Do(p.ctx) }()
	select {
	case err := <-attached:
		if err == nil {
			err = p.mind()
		}
		if err != nil {
			p.Close()
			if b.ctx.Err() == nil && ctx.Err() == nil && strings.Contains(err.Error(), "No target with given id") {
				return nil, listing.Fail(listing.CodeNotFound, "这个标签页已经关闭", "请在浏览器里重新打开页面").Because(err)
			}
			return nil, p.failed(ctx, "连不上标签页", err)
		}
		return p, nil
	case <-ctx.Done():
	case <-time.After(openTime):
	}
	p.Close()
	return nil, p.failed(ctx, "连不上标签页", context.DeadlineExceeded)
}

// mind lets the page's commands end when the person closes the tab, and hears of downloads.
func (p *Page) mind() error {
	gone, err := chromedp.Detached(p.ctx)
	if err != nil {
		return err
	}
	go func() {
		select {
		case <-gone:
			p.crash(errTabClosed)
		case <-p.dead.Done():
		}
	}()
	return p.hearDownloads()
}

// Hold gives an attached page into the person's hands, or takes it back. In the person's hands dialogs, downloads and
// new windows are theirs. While the program works on the page, alerts are dismissed, confirms answered with no, leaving
// an unsaved page is not agreed to and downloads are refused; new windows stay. Watch hears of all of it.
func (p *Page) Hold(ctx context.Context, person bool) error {
	p.held.Store(person)
	behavior := browser.SetDownloadBehaviorBehaviorDeny
	if person {
		behavior = browser.SetDownloadBehaviorBehaviorDefault
	}
	events := true
	steps := []func(context.Context) error{
		func(ctx context.Context) error {
			_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: behavior, EventsEnabled: &events})
			return err
		},
		do(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: !person}),
	}
	for _, step := range steps {
		if err := p.call(ctx, step); err != nil {
			return p.failed(ctx, "页面没有回答", err)
		}
	}
	return nil
}

// Dialog returns the text of a dialog that stands open on the page and waits for the person, or an empty text. Until it
// is answered the page answers nothing.
func (p *Page) Dialog() string {
	if text := p.dialog.Load(); text != nil {
		return *text
	}
	return ""
}

// ID is the tab's ID, as Tabs lists it.
func (p *Page) ID() string {
	if t := chromedp.FromContext(p.ctx).Target; t != nil {
		return string(t.TargetID)
	}
	return ""
}

// Gone reports whether the tab is closed or has crashed, or the browser has ended.
func (p *Page) Gone() bool { return p.dead.Err() != nil }

// ToFront shows the tab to the person.
func (p *Page) ToFront(ctx context.Context) error {
	if err := p.call(ctx, do(page.BringToFront, empty{})); err != nil {
		return p.failed(ctx, "标签页切换不了", err)
	}
	return nil
}

// reply answers a dialog as far as it is ours to answer.
func (p *Page) reply(ev *page.EventJavascriptDialogOpening) {
	if p.shared && p.held.Load() {
		text := ev.Message
		p.dialog.Store(&text)
		return
	}
	// A page that wants to keep one from leaving: a page of ours is left all the same, the person's is not.
	accept := ev.Type == page.DialogTypeBeforeunload && !p.shared
	go func() {
		_ = p.call(p.ctx, do(page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: accept}))
	}()
}

// limit is a context for commands to the browser that ends with ctx, with the browser, and after d.
func (b *Browser) limit(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	timed, stop := context.WithTimeout(b.ctx, d)
	forget := context.AfterFunc(ctx, stop)
	return timed, func() { forget(); stop() }
}

func (b *Browser) failed(ctx context.Context, what string, cause error) error {
	switch {
	case ctx.Err() != nil:
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case b.ctx.Err() != nil:
		return listing.Fail(listing.CodeUnreadable, what+"：浏览器已经关闭", "请重新打开").Because(cause)
	case errors.Is(cause, context.DeadlineExceeded):
		return listing.Fail(listing.CodeUnreadable, what+"：浏览器一直忙，没有回答", "请稍后重试").Because(cause)
	}
	return listing.Fail(listing.CodeUnreadable, what, "请重试").Because(cause)
}
