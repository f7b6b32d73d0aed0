package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

type command[P, R any] = cdp.Command[P, R]

// EventKind says what happened in a page.
type EventKind string

// The events of a page.
const (
	EventTold     EventKind = "told"     // Watch.Script told Text
	EventError    EventKind = "error"    // an exception nobody caught, or a promise whose failure nobody handled
	EventConsole  EventKind = "console"  // an error or a warning written to the console
	EventDialog   EventKind = "dialog"   // alert, confirm, prompt or beforeunload; dismissed, unless it is the person's
	EventDownload EventKind = "download" // a download, refused unless it is the person's
	EventWindow   EventKind = "window"   // a new window; closed, unless the person attends
	EventCrash    EventKind = "crash"    // the tab crashed; nothing more will come
	EventMoved    EventKind = "moved"    // the page shows another document, or another part of the same (Text "within")
	EventDocument EventKind = "document" // the server answered for the document, Status
	EventAnswered EventKind = "answered" // a server answered for anything else, Status
	EventFailed   EventKind = "failed"   // a request got no answer; Text says why
	EventLoaded   EventKind = "loaded"   // the document with all its parts has loaded
)

// Event is something that happened in a page. Line and Column count from 1 and are 0 when unknown.
type Event struct {
	Kind   EventKind
	Text   string
	URL    string
	Line   int
	Column int
	Status int
	Data   bool // of EventAnswered and EventFailed: a script had asked for it
}

// hear is called for every event of the tab, one after the other, and must not wait.
func (p *Page) hear(raw any) {
	if g := p.gate.Load(); g != nil {
		g.network(raw)
	}
	switch ev := raw.(type) {
	case *fetch.EventRequestPaused:
		go p.answer(ev)
	case *page.EventJavascriptDialogOpening:
		p.reply(ev)
		p.say(Event{Kind: EventDialog, Text: string(ev.Type) + "：" + ev.Message, URL: ev.URL})
	case *page.EventJavascriptDialogClosed:
		p.dialog.Store(nil)
	case *target.EventTargetCreated:
		p.newTarget(ev.TargetInfo)
	case *inspector.EventTargetCrashed:
		p.say(Event{Kind: EventCrash})
		p.crash(errCrashed)
	default:
		if said, ok := p.plain(raw); ok {
			p.say(said)
		}
	}
}

// plain turns the events that only have to be told into ours.
func (p *Page) plain(raw any) (Event, bool) {
	switch ev := raw.(type) {
	case *runtime.EventBindingCalled:
		return Event{Kind: EventTold, Text: ev.Payload}, ev.Name == p.tell
	case *runtime.EventExceptionThrown:
		return exception(ev.ExceptionDetails), true
	case *runtime.EventConsoleAPICalled:
		return console(ev)
	case *page.EventFrameNavigated:
		return Event{Kind: EventMoved, URL: ev.Frame.URL + ev.Frame.URLFragment}, ev.Frame.ParentID == ""
	case *page.EventNavigatedWithinDocument:
		return Event{Kind: EventMoved, Text: "within", URL: ev.URL}, p.top(ev.FrameID)
	case *page.EventLoadEventFired:
		return Event{Kind: EventLoaded}, true
	case *network.EventResponseReceived:
		kind := EventAnswered
		if ev.Type == network.ResourceTypeDocument && p.top(ev.FrameID) {
			kind = EventDocument
		}
		return Event{Kind: kind, URL: ev.Response.URL, Status: int(ev.Response.Status), Data: data(ev.Type)}, true
	case *network.EventLoadingFailed:
		return Event{Kind: EventFailed, Text: ev.ErrorText, Data: data(ev.Type)}, !ev.Canceled
	}
	return Event{}, false
}

func data(t network.ResourceType) bool {
	return t == network.ResourceTypeXHR || t == network.ResourceTypeFetch
}

func (p *Page) say(e Event) {
	if p.watch.Event != nil {
		p.watch.Event(e)
	}
	if also := p.also.Load(); also != nil {
		(*also)(e)
	}
}

// Hear lets a second one, beside Watch.Event, hear what happens, until the returned function is called. There can be one.
func (p *Page) Hear(event func(Event)) (stop func()) {
	p.also.Store(&event)
	return func() { p.also.CompareAndSwap(&event, nil) }
}

// top reports whether a frame is the tab's own: it has the tab's ID.
func (p *Page) top(id cdp.FrameID) bool {
	t := chromedp.FromContext(p.ctx).Target
	return t != nil && string(id) == string(t.TargetID)
}

// refuseDownloads refuses what the page wants to save, and hears of it: that is the browser's matter, not the tab's.
func (p *Page) refuseDownloads(ctx context.Context) error {
	events := true
	_, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorDeny, EventsEnabled: &events, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
	})
	if err != nil {
		return err
	}
	return p.hearDownloads()
}

func (p *Page) hearDownloads() error {
	return chromedp.ListenBrowser(p.ctx, func(raw any) {
		if ev, ok := raw.(*browser.EventDownloadWillBegin); ok && p.top(ev.FrameID) {
			p.say(Event{Kind: EventDownload, Text: ev.SuggestedFilename, URL: ev.URL})
		}
	})
}

// newTarget closes a window that this tab opened; the person's stay, and are told of only while the program works.
func (p *Page) newTarget(info *target.Info) {
	own := chromedp.FromContext(p.ctx).Target
	if info.Type != "page" || own == nil || info.OpenerID != own.TargetID {
		return
	}
	if p.shared && p.held.Load() {
		return
	}
	p.say(Event{Kind: EventWindow, URL: info.URL})
	if p.shared {
		return
	}
	go func() {
		_ = p.call(p.ctx, func(ctx context.Context) error {
			_, err := chromedp.CallBrowser(ctx, target.CloseTarget, target.CloseTargetParams{TargetID: info.TargetID})
			return err
		})
	}()
}

func exception(d *runtime.ExceptionDetails) Event {
	text := d.Text
	if d.Exception != nil && d.Exception.Description != "" {
		text, _, _ = strings.Cut(d.Exception.Description, "\n")
	} else if d.Exception != nil && len(d.Exception.Value) > 0 {
		text += " " + string(d.Exception.Value)
	}
	return Event{Kind: EventError, Text: clip(text), URL: d.URL, Line: int(d.LineNumber) + 1, Column: int(d.ColumnNumber) + 1}
}

func console(ev *runtime.EventConsoleAPICalled) (Event, bool) {
	if ev.Type != runtime.ConsoleAPICalledTypeError && ev.Type != runtime.ConsoleAPICalledTypeWarning {
		return Event{}, false
	}
	var words []string
	for _, arg := range ev.Args {
		words = append(words, shown(arg))
	}
	return Event{Kind: EventConsole, Text: clip(fmt.Sprintf("%s：%s", ev.Type, strings.Join(words, " ")))}, true
}

// shown is a value as the console shows it: a text without quotes, of anything else its first line.
func shown(arg *runtime.RemoteObject) string {
	var text string
	if json.Unmarshal(arg.Value, &text) == nil {
		return text
	}
	if arg.Description != "" {
		first, _, _ := strings.Cut(arg.Description, "\n")
		return first
	}
	return string(arg.Value)
}

// clip keeps a text of the page at a length that can be shown.
func clip(s string) string {
	const most = 500
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
