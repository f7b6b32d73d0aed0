package service

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
)

const (
	firstTab = 5 * time.Second  // for a window to show its first tab
	endLimit = 5 * time.Second  // for a browser whose tab is gone to be gone itself
	tryAgain = 30 * time.Second // before a tab that did not answer is asked again
)

// incidents are what pages did of their own while the program worked on them, and what was answered.
type incidents struct {
	mu      sync.Mutex
	working bool
	all     []string
	lacking map[string]bool // tabs whose page did not get all data that it asked for
	moves   map[string]int  // how often a tab went to another page
}

func newIncidents(working bool) *incidents {
	return &incidents{working: working, lacking: map[string]bool{}, moves: map[string]int{}}
}

func (i *incidents) hear(tab string, e browser.Event, attended bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	switch {
	case e.Kind == browser.EventMoved:
		delete(i.lacking, tab)
		i.moves[tab]++
	case e.Data && (e.Kind == browser.EventFailed || e.Status >= http.StatusBadRequest):
		i.lacking[tab] = true
	}
	word := ""
	switch e.Kind {
	case browser.EventDialog:
		word = fmt.Sprintf("页面弹出对话框“%s”，程序按“取消”作了回答", e.Text)
	case browser.EventDownload:
		word = fmt.Sprintf("页面要下载“%s”，程序没有让它下载", e.Text)
	case browser.EventWindow:
		word = "页面打开了一个新窗口，程序把它关了"
		if attended {
			word = "页面打开了一个新窗口，程序没有动它"
		}
	}
	if word != "" && i.working && len(i.all) < 20 && !slices.Contains(i.all, word) {
		i.all = append(i.all, word)
	}
}

// lacks reports whether the page of a tab did not get all data that it asked for: then a list without rows may be one
// that was not loaded.
func (i *incidents) lacks(tab string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.lacking[tab]
}

// moved is how often a tab went to another page so far.
func (i *incidents) moved(tab string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.moves[tab]
}

func (i *incidents) work(on bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.working = on
}

// kept reports whether the page asked not to be left.
func (i *incidents) kept() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.ContainsFunc(i.all, func(w string) bool { return strings.Contains(w, "beforeunload") })
}

// taken returns what happened since the last time.
func (i *incidents) taken() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	all := i.all
	i.all = nil
	return all
}

// begin opens the first page: in a window the person's own tab, which stays theirs but for the time of work.
func (v *visit) begin(ctx context.Context, address string) (err error) {
	if v.unseen {
		if v.page, err = v.browser.Open(ctx, browser.Device{}, v.watch("")); err == nil {
			err = v.page.Navigate(ctx, address, openLimit)
		}
		return err
	}
	v.tabs, v.deaf = map[string]*browser.Page{}, map[string]time.Time{}
	id, err := v.blank(ctx)
	if err != nil {
		return err
	}
	if v.page, err = v.attach(ctx, id); err != nil {
		return err
	}
	return v.page.Navigate(ctx, address, openLimit)
}

// blank returns the empty tab that a window begins with, or a new one: a tab that shows something is left alone.
func (v *visit) blank(ctx context.Context) (string, error) {
	for until := time.Now().Add(firstTab); ; {
		tabs, err := v.browser.Tabs(ctx)
		if err != nil {
			return "", err
		}
		for _, t := range tabs {
			if t.URL == "about:blank" || strings.HasPrefix(t.URL, "chrome://newtab") || strings.HasPrefix(t.URL, "chrome://new-tab-page") {
				return t.ID, nil
			}
		}
		if len(tabs) > 0 || time.Now().After(until) {
			return v.browser.NewTab(ctx, "about:blank")
		}
		if err := moment(ctx); err != nil {
			return "", err
		}
	}
}

// watch hears what the page of a tab does.
func (v *visit) watch(tab string) browser.Watch {
	return browser.Watch{Shared: true, Event: func(e browser.Event) { v.did.hear(tab, e, !v.unseen) }}
}

// tab is the name of the tab that is worked on.
func (v *visit) tab() string {
	if v.unseen {
		return ""
	}
	return v.page.ID()
}

func (v *visit) attach(ctx context.Context, id string) (*browser.Page, error) {
	p, err := v.browser.Attach(ctx, id, v.watch(id))
	if err == nil {
		v.mu.Lock()
		v.tabs[id] = p
		v.mu.Unlock()
	}
	return p, err
}

// pages returns every page that can be looked at, the one worked on first, then the latest ones. A page where a dialog
// waits for the person answers nothing, and is left out.
func (v *visit) pages(ctx context.Context) []*browser.Page {
	if v.unseen {
		return []*browser.Page{v.page}
	}
	tabs, err := v.browser.Tabs(ctx)
	if err != nil {
		return nil
	}
	open := map[string]bool{}
	var out []*browser.Page
	for _, t := range slices.Backward(tabs) {
		open[t.ID] = true
		p := v.tabOf(ctx, t.ID)
		if p == nil || p.Dialog() != "" {
			continue
		}
		if p == v.page {
			out = slices.Insert(out, 0, p)
		} else {
			out = append(out, p)
		}
	}
	for id, p := range v.known() {
		if !open[id] {
			v.drop(id, p)
		}
	}
	return out
}

// known are the tabs that are looked at.
func (v *visit) known() map[string]*browser.Page {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.tabs)
}

func (v *visit) drop(id string, p *browser.Page) {
	p.Close()
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.tabs, id)
}

// tabOf is the page of a tab; nil while it has crashed or does not answer.
func (v *visit) tabOf(ctx context.Context, id string) *browser.Page {
	p := v.known()[id]
	if p != nil && !p.Gone() {
		return p
	}
	if p != nil {
		v.drop(id, p)
		v.deaf[id] = time.Now().Add(tryAgain)
	}
	if time.Now().Before(v.deaf[id]) {
		return nil
	}
	p, err := v.attach(ctx, id)
	if err != nil {
		v.deaf[id] = time.Now().Add(tryAgain)
		return nil
	}
	return p
}

// find looks through the pages for one that is what is looked for; that one is worked on from then on.
func (v *visit) find(ctx context.Context, is func(*browser.Page) (bool, error)) (found bool, err error) {
	for _, p := range v.pages(ctx) {
		there, failed := is(p)
		if there {
			v.page = p
			return true, nil
		}
		if failed != nil && p == v.page {
			err = failed
		}
	}
	return false, err
}

// showing is a question for find: does the page show enough of the texts?
func showing(ctx context.Context, texts []string, enough int) func(*browser.Page) (bool, error) {
	return func(p *browser.Page) (bool, error) {
		found, err := portal.Shown(ctx, p, texts)
		return err == nil && len(found) >= max(1, min(enough, len(texts))), err
	}
}

// shown goes on with the page that the person sees: where several windows stand open, with the one that has the focus.
func (v *visit) shown(ctx context.Context) {
	for _, question := range []string{`() => document.visibilityState === 'visible' && document.hasFocus()`, `() => document.visibilityState === 'visible'`} {
		found, _ := v.find(ctx, func(p *browser.Page) (bool, error) {
			frames, err := p.Frames(ctx)
			if err != nil || len(frames) == 0 {
				return false, err
			}
			return browser.CallIn[bool](ctx, p, frames[0].ID, question)
		}) // a page that does not say is not the one
		if found {
			return
		}
	}
}

// dialog is the text of a dialog that waits for the person on any page.
func (v *visit) dialog() string {
	for _, p := range v.known() {
		if text := p.Dialog(); text != "" {
			return text
		}
	}
	return ""
}

// work takes the page out of the person's hands until done is called: meanwhile its dialogs are answered safely, and
// what happened is kept for notes.
func (v *visit) work(ctx context.Context) (done func(), err error) {
	p := v.page
	if !v.unseen {
		if err := p.Hold(ctx, false); err != nil {
			return nil, err
		}
	}
	v.did.work(true)
	return func() {
		v.did.work(false)
		if !v.unseen {
			_ = p.Hold(context.WithoutCancel(ctx), true) // a page that is gone is nobody's
		}
	}, nil
}

// gone reports whether the browser is closed, by whomever: a window without tabs is.
func (v *visit) gone() bool {
	select {
	case <-v.browser.Done():
		return true
	default:
	}
	ctx, stop := context.WithTimeout(context.Background(), browser.CallTime)
	defer stop()
	tabs, err := v.browser.Tabs(ctx)
	return err == nil && len(tabs) == 0
}

// lost is the error of work whose browser went away, or nil while it is there.
func (v *visit) lost() error {
	if v.page != nil && v.page.Gone() && !v.page.Crashed() { // the browser may be about to follow its tab
		select {
		case <-v.browser.Done():
		case <-time.After(endLimit):
		}
	}
	switch {
	case !v.gone():
		return nil
	case v.browser.Fell():
		return browserFell()
	}
	return browserClosed()
}

func browserFell() error {
	return listing.Fail(listing.CodeUnreadable, "浏览器意外退出了，没有办完", "请重新打开再办，程序会先看平台上已经有什么")
}

func browserClosed() error {
	return listing.Fail(listing.CodeCanceled, "浏览器窗口已经关闭，没有办完", "请重新打开再办，程序会先看平台上已经有什么")
}

// broken is why waiting for the pages makes no sense any more; nil while it does.
func (v *visit) broken(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case v.gone():
		return v.lost()
	case v.page.Crashed():
		return listing.Fail(listing.CodeUnreadable, "网页崩溃了，没有办完", "再办一次，程序会重新打开平台；仍然崩溃时，关掉其他程序再试")
	}
	return nil
}

// explain puts the loss of the browser in the place of the error it led to.
func (v *visit) explain(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	if lost := v.lost(); lost != nil {
		return lost
	}
	return err
}

// revive opens a tab at the portal where all that could be looked at have crashed or were closed.
func (v *visit) revive(ctx context.Context, address string) error {
	if v.unseen || !v.page.Gone() {
		return nil
	}
	if pages := v.pages(ctx); len(pages) > 0 {
		v.page = pages[0]
		return nil
	}
	return v.elsewhere(ctx, address)
}

// elsewhere goes on in a new tab.
func (v *visit) elsewhere(ctx context.Context, address string) error {
	id, err := v.browser.NewTab(ctx, "about:blank")
	if err != nil {
		return err
	}
	p, err := v.attach(ctx, id)
	if err != nil {
		return err
	}
	v.page = p
	return p.Navigate(ctx, address, openLimit)
}

// aside is a visit of its own to an address, in a tab behind the one the person looks at: their pages are not touched. end
// closes the tab.
func (v *visit) aside(ctx context.Context, address string) (w *visit, end func(), err error) {
	id, err := v.browser.TabBehind(ctx)
	if err != nil {
		return nil, nil, err
	}
	gone := func() { _ = v.browser.CloseTab(context.WithoutCancel(ctx), id) } // it goes with the window
	w = &visit{browser: v.browser, rules: v.rules, unseen: true, said: v.said, did: newIncidents(true)}
	if w.page, err = v.browser.Attach(ctx, id, w.watch("")); err == nil {
		if err = w.page.Hold(ctx, false); err == nil {
			err = w.page.Navigate(ctx, address, openLimit)
		}
	}
	if err != nil {
		gone()
		return nil, nil, err
	}
	return w, func() { w.page.Close(); gone() }, nil
}

// moment waits between two looks, or until ctx ends.
func moment(ctx context.Context) error {
	t := time.NewTimer(lookEvery)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case <-t.C:
		return nil
	}
}
