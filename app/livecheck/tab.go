package livecheck

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
)

// tab plays the visits of one device and one outcome of the login in one browser tab.
type tab struct {
	*check
	device device
	login  Login
	rec    *recorder
	guard  *guard
	page   *browser.Page
	unruly bool // the page shown makes noise
}

func (c *check) newTab(d device, login Login) *tab {
	t := &tab{check: c, device: d, login: login, rec: &recorder{k: c.k}}
	t.guard = &guard{
		k: c.k, rec: t.rec, facts: c.in.Facts, site: c.site, origin: originOf(c.site.base), login: login,
		reply: c.reply, scripts: c.scripts, real: c.in.RealNetwork,
	}
	return t
}

// originOf is scheme and host of an address.
func originOf(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

func (t *tab) close() {
	if t.page != nil {
		t.page.Close()
		t.page = nil
	}
}

// ready opens the browser's tab when there is none, or the last one was spoilt.
func (t *tab) ready(ctx context.Context) error {
	if t.page != nil {
		return nil
	}
	hook, err := t.hook()
	if err != nil {
		return err
	}
	t.page, err = t.open(ctx, t.device.Show, browser.Watch{Script: hook, Intercept: t.guard.decide, Event: t.rec.event})
	if err != nil {
		t.page = nil
	}
	t.unruly = false
	return err
}

// hook is the script that runs in every document, with what it has to know.
func (t *tab) hook() (string, error) {
	wait := t.k.Login.OKMS
	if t.login == LoginSlow {
		wait = t.k.Login.SlowMS
	}
	config, err := json.Marshal(map[string]any{
		"text": t.k.Limits.Text, "events": t.k.Limits.Events, "sdk": t.k.Scripts.SDK, "client": t.device.Client,
		"login": map[string]any{"outcome": t.login, "wait": wait, "patience": t.k.Login.PatienceMS, "code": t.k.Login.Code},
	})
	if err != nil {
		return "", fmt.Errorf("live check: %w", err)
	}
	return "(tell) => { const config = " + string(config) + ";\n" + string(t.scripts["hook.js"]) + "\n}", nil
}

// group visits the pages of one document: the first by loading it, the others by changes of route. Only a canceled
// check and a browser that is gone are errors.
func (t *tab) group(ctx context.Context, stops []stop, done func(*visit)) error {
	for i, at := range stops {
		v := &visit{stop: at, device: t.device, login: t.login}
		if err := t.visit(ctx, v, i > 0); err != nil {
			return err
		}
		done(v)
		if v.routed && v.views() == 0 && v.busy == "" && t.login.first(t.in) {
			again := &visit{stop: at, device: t.device, login: t.login, reload: true}
			if err := t.visit(ctx, again, false); err != nil {
				return err
			}
			done(again)
		}
	}
	return nil
}

// first reports whether this is the outcome every page is judged with.
func (l Login) first(in Input) bool { return len(in.Logins) == 0 || in.Logins[0] == l }

// visit opens one page and waits until it has done what it will do.
func (t *tab) visit(ctx context.Context, v *visit, route bool) error {
	if err := t.ready(ctx); err != nil {
		return t.spoilt(ctx, v, err)
	}
	route = route && t.rec.doc != nil
	var err error
	if route || t.site.historyRoute(v.stop) && !v.reload {
		err = t.byRoute(ctx, v, route)
	} else {
		err = t.load(ctx, v)
	}
	if err != nil {
		return t.spoilt(ctx, v, err)
	}
	if err := t.settle(ctx, v); err != nil {
		return err
	}
	return t.finish(ctx, v)
}

// load opens an address anew, also where only the route differs from what is shown. A page that made noise is left
// first, so that its noise is not taken for the next one's.
func (t *tab) load(ctx context.Context, v *visit) error {
	if t.unruly || t.rec.doc != nil && strings.Contains(v.address, "#") {
		t.unruly = false
		if err := t.page.Navigate(ctx, "about:blank", ms(t.k.Limits.NavigateMS)); err != nil {
			return err
		}
	}
	t.rec.begin(v, false)
	return t.page.Navigate(ctx, v.address, ms(t.k.Limits.NavigateMS))
}

// byRoute changes the route of the document that is there, after loading it when it is not.
func (t *tab) byRoute(ctx context.Context, v *visit, there bool) error {
	if !there {
		entry := &visit{stop: v.stop, device: v.device, login: v.login}
		t.rec.begin(entry, false)
		if err := t.page.Navigate(ctx, v.stop.doc, ms(t.k.Limits.NavigateMS)); err != nil {
			return err
		}
		if err := t.settle(ctx, entry); err != nil {
			return err
		}
	}
	t.rec.begin(v, true)
	target, err := json.Marshal(v.address)
	if err != nil {
		return fmt.Errorf("live check: %w", err)
	}
	_, err = browser.Evaluate[bool](ctx, t.page, `((to) => {
		const u = new URL(to), same = u.pathname === location.pathname && u.search === location.search;
		if (same) { location.hash = u.hash; return true; }
		history.pushState(null, '', to);
		dispatchEvent(new PopStateEvent('popstate', { state: null }));
		return true;
	})(`+string(target)+`)`)
	return err
}

// spoilt keeps why a page was not opened, unless the check itself has to end. The tab is not used again.
func (t *tab) spoilt(ctx context.Context, v *visit, err error) error {
	if ctx.Err() != nil || listing.CodeOf(err) != listing.CodeUnreadable {
		return err
	}
	t.rec.finish()
	v.failed = listing.AsError(err).Message
	t.close()
	t.rec.doc = nil
	return nil
}

// settle waits until the page is done, by what was heard of it.
func (t *tab) settle(ctx context.Context, v *visit) error {
	began := time.Now()
	beat := time.NewTicker(15 * time.Millisecond)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return listing.Fail(listing.CodeCanceled, "已停止检查", "").Because(ctx.Err())
		case <-beat.C:
			if t.rec.done(v, time.Since(began)) {
				return nil
			}
		}
	}
}

// done reports whether there is nothing more to wait for.
func (r *recorder) done(v *visit, since time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, calm := r.k.Limits, time.Since(v.active)
	switch {
	case v.busy != "":
		return true
	case since > ms(l.SettleMS):
		if !v.loaded {
			v.busy = itoa(l.SettleMS/1000) + " 秒里没有载入完"
		}
		return true
	case !v.loaded || calm < ms(l.QuietMS):
		return false
	case v.status >= 400:
		return true
	}
	d := v.doc
	if d == nil || d.pushed == 0 && d.sdk == "" {
		return calm > ms(l.MissingMS)
	}
	if d.holding() || d.waiting > 0 && v.login.succeeds() {
		return false
	}
	return v.views() > 0 && d.started || calm > ms(l.MissingMS)
}

// finish asks the page what can only be asked at the end.
func (t *tab) finish(ctx context.Context, v *visit) error {
	t.rec.finish()
	t.unruly = len(v.disturbs) > 0 || len(v.errors) > 0
	if v.busy != "" {
		t.close() // whatever goes on in it goes on no longer
		t.rec.doc = nil
		return nil
	}
	timed, stop := context.WithTimeout(ctx, 3*time.Second)
	defer stop()
	text, err := browser.Evaluate[string](timed, t.page, `JSON.stringify({
		kept: Boolean(window._wpk),
		crossorigin: Array.from(document.scripts).some((s) => s.src.includes('`+t.k.Scripts.Reporter+`') && s.crossOrigin !== null),
		sdk_id: Array.from(document.scripts).some((s) => s.src.includes('`+t.k.Scripts.SDK+`') && s.id === '`+t.in.Facts.Traffic.ScriptID+`'),
		password: Array.from(document.querySelectorAll('input[type=password]')).some((i) => i.checkVisibility()),
		title: document.title.slice(0, 200),
	})`)
	if err != nil {
		if ctx.Err() != nil {
			return listing.Fail(listing.CodeCanceled, "已停止检查", "").Because(ctx.Err())
		}
		v.busy = "页面一直忙，没有回答"
		t.close()
		t.rec.doc = nil
		return nil
	}
	if err := json.Unmarshal([]byte(text), &v.end); err != nil {
		return fmt.Errorf("live check: %w", err)
	}
	return nil
}
