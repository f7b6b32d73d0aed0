package service

import (
	"context"
	"slices"
	"strings"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// livePortal is the portals in the user's own browser.
type livePortal struct{ *core }

// Open implements Portal.
func (p livePortal) Open(ctx context.Context, at PortalAt) error {
	if at.Quiet {
		return nil // the page is opened, looked at and closed by Read
	}
	v, one, done, err := p.use(ctx, at)
	if err != nil {
		return err
	}
	return done(p.login(ctx, one, v, false))
}

// Read implements Portal.
func (p livePortal) Read(ctx context.Context, at PortalAt, id, about string) (out table.Result, page PortalPage, err error) {
	rules, want, err := p.wanted(id, "")
	if err != nil {
		return out, page, err
	}
	v, one, done, err := p.use(ctx, at)
	if err != nil {
		return out, page, err
	}
	defer func() { err = done(err) }()
	v.rules, v.about = rules, about
	if err = p.login(ctx, one, v, at.Quiet); err == nil && at.Quiet && !v.unseen {
		var end func()
		if v, end, err = v.aside(ctx, one.url()); err == nil {
			defer end()
		}
	}
	if err == nil {
		err = p.towards(ctx, one, v, want[0], about)
	}
	if err != nil {
		return out, page, err
	}
	out, err = p.readLists(ctx, v, want, true)
	if err != nil {
		return out, page, err
	}
	page = v.here(ctx)
	if found, lookErr := portal.Shown(ctx, v.page, []string{about}); about != "" && lookErr == nil && len(found) > 0 {
		page.Shown[shownRelease] = about
	}
	if len(out.Drift) == 0 && about == "" {
		p.rememberPage(ctx, one.at, want[0].ID, page.URL)
	}
	return out, page, nil
}

// shownRelease is under what a page says which release it is about.
const shownRelease = "治理侧名称"

// towards leads to the page of a table where its address is known: from the last time, or by the recipe.
// It is asked for anew even when it stands there already, since what it shows may be old. Otherwise the person leads.
func (p livePortal) towards(ctx context.Context, one *session, v *visit, want recipe.Table, about string) error {
	if about != "" { // every app has a page of its own: only the one that stands there already may be asked for anew
		a := headersOf(v.rules, []recipe.Table{want})
		if found, err := v.find(ctx, showing(ctx, a.texts, a.enough)); err != nil || !found {
			return err
		}
		return v.renew(ctx, v.address(ctx))
	}
	address, err := p.rememberedPage(ctx, one.at, want.ID)
	if err != nil {
		return err
	}
	if address == "" && want.Path != "" {
		address = originOf(one.url()) + want.Path
	}
	if address == "" || originOf(address) != originOf(one.url()) {
		return nil
	}
	return v.renew(ctx, address)
}

// renew opens an address anew; one that differs only behind the # would not be asked for again. A page that the person
// has not finished with is left as it is, and the address opened beside it.
func (v *visit) renew(ctx context.Context, address string) error {
	done, err := v.work(ctx)
	if err != nil {
		return err
	}
	if strings.Contains(address, "#") {
		err = v.page.Navigate(ctx, "about:blank", openLimit)
	}
	if err == nil {
		err = v.page.Navigate(ctx, address, openLimit)
	}
	done()
	if err != nil && !v.unseen && v.did.kept() {
		return v.elsewhere(ctx, address)
	}
	return err
}

// pageKey names a page in the settings.
func pageKey(at PortalAt, tableID string) string { return at.key() + " " + tableID }

// rememberedPage is the address at which a table was last read.
func (c *core) rememberedPage(ctx context.Context, at PortalAt, tableID string) (string, error) {
	var set listing.Settings
	err := c.maybe(ctx, func(r listing.Reader) (err error) {
		if r != nil {
			set, err = settings(r)
		}
		return err
	})
	return set.Pages[pageKey(at, tableID)], err
}

// rememberPage keeps the address at which a table was read, so that the next reading goes there at once. The reading is
// none the worse when it cannot be kept.
func (c *core) rememberPage(ctx context.Context, at PortalAt, tableID, address string) {
	if known, err := c.rememberedPage(ctx, at, tableID); err != nil || known == address || checkAddress(address) != nil {
		return
	}
	err := (&Networks{c}).set(ctx, "记住列表页的地址", func(set *listing.Settings) {
		if set.Pages == nil {
			set.Pages = map[string]string{}
		}
		set.Pages[pageKey(at, tableID)] = address
	})
	if err != nil && c.Log != nil {
		c.Log.Warn("page not remembered", "error", err)
	}
}

// here tells where the page is.
func (v *visit) here(ctx context.Context) PortalPage {
	title, _ := browser.Evaluate[string](ctx, v.page, `document.title`) // a page without a title will do
	return PortalPage{URL: v.address(ctx), Title: title, Shown: map[string]string{}}
}

// formOn is the form that stands on the page worked on last.
func (p livePortal) formOn(ctx context.Context, at PortalAt, id string) (v *visit, form *recipe.Form, done func(error) error, err error) {
	rules, err := p.recipeOf(id)
	if err != nil {
		return nil, nil, nil, err
	}
	if v, done, err = p.stay(ctx, at); err != nil {
		return nil, nil, nil, err
	}
	v.rules = rules
	return v, rules.Form(id), done, nil
}

// Await implements Portal.
func (p livePortal) Await(ctx context.Context, at PortalAt, id string) (page PortalPage, err error) {
	rules, err := p.recipeOf(id)
	if err != nil {
		return PortalPage{}, err
	}
	v, _, done, err := p.use(ctx, at)
	if err != nil {
		return PortalPage{}, err
	}
	defer func() { err = done(err) }()
	v.rules = rules
	form := rules.Form(id)
	if err := v.until(ctx, form); err != nil {
		return PortalPage{}, err
	}
	v.stood = v.did.moved(v.tab())
	v.form, err = v.formHere(ctx, form)
	return v.form, err
}

// Fill implements Portal.
func (p livePortal) Fill(ctx context.Context, at PortalAt, id string, asks []fill.Ask, upload func(label string, files []string) bool) (out fill.Result, err error) {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return fill.Result{}, err
	}
	defer func() { err = done(err) }()
	if err := v.same(ctx, form); err != nil {
		return fill.Result{}, err
	}
	v.say(ctx, "正在填写 "+form.Title)
	before, err := v.holds(ctx, form, asks)
	if err != nil {
		return fill.Result{}, v.withoutForm(ctx, err, form, "什么也没有填")
	}
	out, err = v.fill(ctx, asks, fill.Options{
		Labels: form.Labels(), Next: v.rules.Buttons("next", id), Add: v.rules.Buttons("add", id), Never: v.rules.NeverWords(), Upload: upload,
	})
	v.remember(ctx, form, asks, before, out)
	return out, v.withoutForm(ctx, err, form, "没有填完")
}

// Gone implements Portal.
func (p livePortal) Gone(ctx context.Context, at PortalAt, id string) error {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return err
	}
	return done(v.submitted(ctx, form))
}

// Picture implements Portal.
func (p livePortal) Picture(ctx context.Context, at PortalAt) (raw []byte, err error) {
	v, done, err := p.stay(ctx, at)
	if err != nil {
		return nil, err
	}
	raw, err = v.page.Screenshot(ctx)
	return raw, done(err)
}

// Lost implements Portal.
func (p livePortal) Lost(ctx context.Context, at PortalAt) error {
	one, _, err := p.session(ctx, at)
	if err != nil {
		return err
	}
	for v := one.current(); v != nil; {
		if err := moment(ctx); err != nil {
			return nil //nolint:nilerr // ctx ended: nothing was lost
		}
		if err := v.lost(); err != nil {
			return err
		}
	}
	return one.notOpen()
}

// Log implements Portal. The record stands behind a button of the version's row, which the recipe allows to be pressed; what
// opens stays open, since what closes it is the person's.
func (p livePortal) Log(ctx context.Context, at PortalAt, version string) (text string, err error) {
	rules, want, err := p.wanted("TABLE-3", "")
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(want, func(t recipe.Table) bool { return len(rules.Buttons("log", t.ID)) > 0 })
	if i < 0 {
		return "", nil
	}
	v, done, err := p.stay(ctx, at)
	if err != nil {
		return "", err
	}
	defer func() { err = done(err) }()
	a := headersOf(rules, want[i:i+1])
	if found, err := v.find(ctx, showing(ctx, a.texts, a.enough)); err != nil || !found {
		return "", err
	}
	back, err := v.work(ctx)
	if err != nil {
		return "", err
	}
	defer back()
	button := rules.Buttons("log", want[i].ID)[0]
	v.say(ctx, "正在读 "+button)
	text, err = portal.ReadRecord(ctx, v.page, rules, portal.Record{Table: want[i], Key: version, Button: button})
	if err == nil {
		v.say(ctx, button+"已经读到，页面上开着的窗口请您自己关上")
	}
	return text, err
}
