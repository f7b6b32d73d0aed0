package service

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// liveDesk is the portals in the user's own browser. A window stays open from one action to the next, so that the person
// logs in once.
type liveDesk struct {
	*core
	mu    sync.Mutex
	open  map[string]*visit
	pages map[string]string // addresses of lists that were found once, by portal, table and app
}

func newLiveDesk(c *core) *liveDesk {
	return &liveDesk{core: c, open: map[string]*visit{}, pages: map[string]string{}}
}

func (at PortalAt) key() string { return at.Portal + "/" + at.Region }

// tell says what is being done or waited for, where somebody listens.
func (at PortalAt) tell(word string) {
	if at.Say != nil {
		at.Say(word)
	}
}

// visit returns the open window of a portal, or an error that says to begin again.
func (l *liveDesk) visit(ctx context.Context, at PortalAt) (*visit, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := l.open[at.key()]
	if v == nil {
		return nil, windowGone()
	}
	if _, err := v.page.Frames(ctx); err != nil && ctx.Err() == nil {
		v.close()
		delete(l.open, at.key())
		return nil, windowGone().Because(err)
	}
	v.say = at.tell
	return v, nil
}

func windowGone() *listing.Error {
	return listing.Fail(listing.CodeMissingTool, "浏览器窗口已经关闭", "再次办理时会重新打开，并先看平台上已经有什么")
}

// told turns the end of a browser in the middle of the work into words.
func (l *liveDesk) told(ctx context.Context, at PortalAt, err error) error {
	if err == nil || ctx.Err() != nil || listing.AsError(err).Field == FieldLogin {
		return err
	}
	if _, gone := l.visit(ctx, at); gone != nil {
		return gone
	}
	return err
}

// Open implements Portal.
func (l *liveDesk) Open(ctx context.Context, at PortalAt) error {
	if v, err := l.visit(ctx, at); err == nil {
		if at.Quiet && !v.unseen {
			return listing.Fail(listing.CodeRefused, "平台的窗口开着，这次没有读", "用完以后关掉窗口，会接着读")
		}
		return l.told(ctx, at, l.login(ctx, v))
	}
	address := at.URL
	if address == "" {
		var err error
		if address, err = l.root(ctx, at); err != nil {
			return err
		}
	}
	v, err := l.visitTo(l.life.ctx, address, at.Quiet, at.tell)
	if err != nil {
		return err
	}
	l.mu.Lock()
	l.open[at.key()] = v
	l.mu.Unlock()
	return l.told(ctx, at, l.login(ctx, v))
}

// Close implements Portal.
func (l *liveDesk) Close(at PortalAt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if v := l.open[at.key()]; v != nil && v.unseen {
		v.close()
		delete(l.open, at.key())
	}
}

// calm is how often in a row a page must not ask to log in before it counts as logged in.
const calm = 4

// login waits until the page shows that somebody is logged in, or has not asked to for a while. Without a window a page
// that keeps asking is an error.
func (l *liveDesk) login(ctx context.Context, v *visit) error {
	limit := time.Now().Add(showLimit)
	for quiet := 0; quiet < calm; {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := v.page.Frames(ctx); err != nil {
			return err
		}
		switch {
		case !v.loggedOut(ctx) && v.marked(ctx, v.rules.LoggedIn):
			return nil
		case v.loggedOut(ctx):
			quiet = 0
			v.say("等待登录")
			if err := v.tooLate(awaited{what: v.rules.Title}, true, v.unseen && time.Now().After(limit)); err != nil {
				return err
			}
		default:
			quiet++
		}
		rest(ctx)
	}
	return nil
}

// rest waits a moment between two looks at a page.
func rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(lookEvery):
	}
}

// root is the address of a portal; of the hosting platform that of the region.
func (l *liveDesk) root(ctx context.Context, at PortalAt) (string, error) {
	rules, err := l.core.recipe(at.Portal)
	if err != nil {
		return "", err
	}
	placed, err := l.addresses(ctx)
	if err != nil {
		return "", err
	}
	for _, key := range []string{rules.Address, rules.Address + "." + at.Region} {
		if a := l.forms.Address(key, placed); a != nil && a.URL != "" {
			return a.URL, nil
		}
	}
	return "", listing.Failf(listing.CodeInvalid, "到“设置”的地址里填写", "没有“%s%s”的地址", rules.Title, map[bool]string{true: "（" + at.Region + "）"}[at.Region != ""])
}

// Read implements Portal.
func (l *liveDesk) Read(ctx context.Context, at PortalAt, tableID, about string) (table.Result, PortalPage, error) {
	v, err := l.visit(ctx, at)
	if err != nil {
		return table.Result{}, PortalPage{}, err
	}
	rules, want, err := l.wanted(tableID, "")
	if err != nil {
		return table.Result{}, PortalPage{}, err
	}
	v.rules = rules
	if err := l.lead(ctx, v, at, tableID+"/"+about, want); err != nil {
		return table.Result{}, PortalPage{}, l.told(ctx, at, err)
	}
	out, err := l.readLists(ctx, v, want, true)
	page := PortalPage{URL: v.address(ctx), Title: want[0].Title}
	if err != nil {
		return out, page, l.told(ctx, at, err)
	}
	if len(out.Drift) == 0 {
		l.mu.Lock()
		l.pages[at.key()+"/"+tableID+"/"+about] = page.URL
		l.mu.Unlock()
	}
	return out, page, nil
}

// lead opens the address of a list: the one given, the one it was found at before, or the recipe's. Where none is known
// the person leads the way.
func (l *liveDesk) lead(ctx context.Context, v *visit, at PortalAt, list string, want []recipe.Table) error {
	l.mu.Lock()
	address := l.pages[at.key()+"/"+list]
	l.mu.Unlock()
	if at.URL != "" {
		address = at.URL
	}
	if id, about, _ := strings.Cut(list, "/"); address == "" && about == "" {
		var err error
		if address, err = l.listAddress(ctx, id); err != nil {
			return err
		}
	}
	if address == "" && want[0].Path != "" {
		root, err := l.root(ctx, at)
		if err != nil {
			return err
		}
		u, err := url.Parse(root)
		if err != nil {
			return listing.Failf(listing.CodeInvalid, "到“设置”的地址里改正", "地址“%s”读不懂", root).Because(err)
		}
		address = u.Scheme + "://" + u.Host + want[0].Path
	}
	if address == "" {
		return nil
	}
	if strings.Contains(address, "#") { // the same address would not be asked for anew
		if err := v.page.Navigate(ctx, "about:blank", openLimit); err != nil {
			return err
		}
	}
	return v.page.Navigate(ctx, address, openLimit)
}

// formOn reports whether a form stands on the page: most of its fields do.
func (l *liveDesk) formOn(ctx context.Context, v *visit, form *recipe.Form) (bool, error) {
	found, err := portal.Shown(ctx, v.page, form.Labels())
	if err != nil {
		return false, err
	}
	there, needed := 0, 0
	for _, f := range form.Fields {
		if !f.Optional {
			needed++
		}
		if slices.ContainsFunc(f.Texts(), func(t string) bool { return slices.Contains(found, t) }) {
			there++
		}
	}
	return there >= max(1, (needed+1)/2+needed/4), nil
}

// form returns the recipe of a form, and the open window.
func (l *liveDesk) form(ctx context.Context, at PortalAt, id string) (*visit, *recipe.Recipe, *recipe.Form, error) {
	rules, err := l.recipeOf(id)
	if err != nil {
		return nil, nil, nil, err
	}
	v, err := l.visit(ctx, at)
	if err != nil {
		return nil, nil, nil, err
	}
	v.rules = rules
	return v, rules, rules.Form(id), nil
}

// Await implements Portal.
func (l *liveDesk) Await(ctx context.Context, at PortalAt, id string) (PortalPage, error) {
	v, _, form, err := l.form(ctx, at, id)
	if err != nil {
		return PortalPage{}, err
	}
	if err := l.until(ctx, v, form, true); err != nil {
		return PortalPage{}, l.told(ctx, at, err)
	}
	page := PortalPage{URL: v.address(ctx), Title: form.Title, Shown: map[string]string{}}
	var asks []fill.Ask
	for _, label := range []string{"应用名称", "治理侧名称", "应用标识", "应用发布ID", "APPID"} {
		empty := ""
		asks = append(asks, fill.Ask{Label: label, Optional: true, Value: fill.Value{Text: &empty}})
	}
	fields, err := fill.ReadBack(ctx, v.page, asks, fill.Options{Labels: form.Labels()})
	for _, f := range fields {
		if f.Shown != "" {
			page.Shown[f.Label] = f.Shown
		}
	}
	return page, l.told(ctx, at, err)
}

// until waits until a form is on the page, or no longer.
func (l *liveDesk) until(ctx context.Context, v *visit, form *recipe.Form, there bool) error {
	limit := time.Now().Add(showLimit)
	for same := 0; same < 2; {
		on, err := l.formOn(ctx, v, form)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			if _, gone := v.page.Frames(ctx); gone != nil {
				return err
			}
			same = 0 // the page is being loaded
		case on == there:
			same++
		default:
			same = 0
		}
		out := v.loggedOut(ctx)
		if out && !there {
			e := listing.Fail(listing.CodeRefused, "登录失效了，不知道提交了没有", "请重新登录；再次办理时会先看平台上已经有什么")
			e.Field = FieldLogin
			return e
		}
		if v.unseen && there && time.Now().After(limit) {
			if err := v.tooLate(awaited{what: form.Title}, out, true); err != nil {
				return err
			}
		}
		rest(ctx)
	}
	return nil
}

// Fill implements Portal.
func (l *liveDesk) Fill(ctx context.Context, at PortalAt, id string, asks []fill.Ask, upload func(label string, files []string) bool) (fill.Result, error) {
	v, rules, form, err := l.form(ctx, at, id)
	if err != nil {
		return fill.Result{}, err
	}
	out, err := fill.Fill(ctx, v.page, asks, fill.Options{Labels: form.Labels(), Next: rules.Buttons("next", id), Add: rules.Buttons("add", id),
		Never: rules.NeverWords(), Upload: upload})
	return out, l.told(ctx, at, err)
}

// Gone implements Portal.
func (l *liveDesk) Gone(ctx context.Context, at PortalAt, id string) error {
	v, _, form, err := l.form(ctx, at, id)
	if err != nil {
		return err
	}
	return l.told(ctx, at, l.until(ctx, v, form, false))
}

// Picture implements Portal.
func (l *liveDesk) Picture(ctx context.Context, at PortalAt) ([]byte, error) {
	v, err := l.visit(ctx, at)
	if err != nil {
		return nil, err
	}
	return v.page.Screenshot(ctx)
}

// Log implements Portal. What a record of a compilation shows is part of the page that is open.
func (l *liveDesk) Log(context.Context, PortalAt, string) (string, error) { return "", nil }

// end closes every window.
func (l *liveDesk) end() {
	l.mu.Lock()
	all := slices.Collect(maps.Values(l.open))
	l.open = map[string]*visit{}
	l.mu.Unlock()
	for _, v := range all {
		v.close()
	}
}
