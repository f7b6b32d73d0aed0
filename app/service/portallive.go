package service

import (
	"context"
	"slices"
	"strings"
	"time"

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
	v, done, err := p.use(ctx, at)
	if err != nil {
		return err
	}
	defer done()
	one, _, err := p.session(ctx, at)
	if err != nil {
		return err
	}
	return p.login(ctx, one, v, false)
}

// Read implements Portal.
func (p livePortal) Read(ctx context.Context, at PortalAt, id, about string) (table.Result, PortalPage, error) {
	rules, want, err := p.wanted(id, "")
	if err != nil {
		return table.Result{}, PortalPage{}, err
	}
	v, done, err := p.use(ctx, at)
	if err != nil {
		return table.Result{}, PortalPage{}, err
	}
	defer done()
	v.rules = rules
	one, _, err := p.session(ctx, at)
	if err == nil {
		err = p.login(ctx, one, v, at.Quiet)
	}
	if err == nil {
		err = p.towards(ctx, one, v, want[0], at.URL, about)
	}
	if err != nil {
		return table.Result{}, PortalPage{}, err
	}
	out, err := p.readLists(ctx, v, want, true)
	page := v.here(ctx)
	if found, lookErr := portal.Shown(ctx, v.page, []string{about}); about != "" && lookErr == nil && len(found) > 0 {
		page.Shown["治理侧名称"] = about
	}
	if err == nil && len(out.Drift) == 0 && about == "" {
		p.rememberPage(ctx, one.at, want[0].ID, page.URL)
	}
	return out, page, err
}

// towards leads to the page of a table where its address is known: the one given, from the last time, or by the recipe.
// It is asked for anew even when it stands there already, since what it shows may be old. Otherwise the person leads.
func (p livePortal) towards(ctx context.Context, one *session, v *visit, want recipe.Table, address, about string) (err error) {
	if address != "" {
		return v.renew(ctx, address)
	}
	if about != "" { // every app has a page of its own: only the one that stands there already may be asked for anew
		a := headersOf(v.rules, []recipe.Table{want})
		if found, err := portal.Shown(ctx, v.page, a.texts); err != nil || len(found) < a.enough {
			return err
		}
		return v.renew(ctx, v.address(ctx))
	}
	if address, err = p.rememberedPage(ctx, one.at, want.ID); err != nil {
		return err
	}
	if address == "" && want.Path != "" {
		address = originOf(one.address) + want.Path
	}
	if address == "" || originOf(address) != originOf(one.address) {
		return nil
	}
	return v.renew(ctx, address)
}

// renew opens an address anew; one that differs only behind the # would not be asked for again.
func (v *visit) renew(ctx context.Context, address string) error {
	if strings.Contains(address, "#") {
		if err := v.page.Navigate(ctx, "about:blank", openLimit); err != nil {
			return err
		}
	}
	return v.page.Navigate(ctx, address, openLimit)
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

// formOn is a form on the page of a portal.
func (p livePortal) formOn(ctx context.Context, at PortalAt, id string) (v *visit, form *recipe.Form, done func(), err error) {
	rules, err := p.recipeOf(id)
	if err != nil {
		return nil, nil, nil, err
	}
	if v, done, err = p.use(ctx, at); err != nil {
		return nil, nil, nil, err
	}
	v.rules = rules
	return v, rules.Form(id), done, nil
}

// onPage reports whether a form stands on the page: most of the fields it must have do. A label alone says little, since
// a list may have a column of the same name (版本号).
func (v *visit) onPage(ctx context.Context, form *recipe.Form) (bool, error) {
	found, err := portal.Shown(ctx, v.page, form.Labels())
	if err != nil {
		return false, err
	}
	there, needed := 0, 0
	for _, f := range form.Fields {
		if f.Optional {
			continue
		}
		needed++
		if slices.ContainsFunc(f.Texts(), func(t string) bool { return slices.Contains(found, t) }) {
			there++
		}
	}
	return there >= max(1, needed/2+1), nil
}

// until waits until a form stands on the page, or no longer does, twice in a row.
func (v *visit) until(ctx context.Context, form *recipe.Form, there bool) error {
	limit := time.Now().Add(showLimit)
	for same := 0; same < 2; {
		on, err := v.onPage(ctx, form)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && v.gone():
			return listing.Fail(listing.CodeUnreadable, "浏览器窗口已经关闭", "请重新办理，程序会先看平台上办了没有").Because(err)
		case err == nil && on == there:
			same++
		default:
			same = 0
		}
		if v.unseen && there {
			if err := v.tooLate(awaited{what: form.Title}, v.loggedOut(ctx), time.Now().After(limit)); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
	return nil
}

// Await implements Portal.
func (p livePortal) Await(ctx context.Context, at PortalAt, id string) (PortalPage, error) {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return PortalPage{}, err
	}
	defer done()
	v.say(ctx, "等待打开 "+form.Title)
	if err := v.until(ctx, form, true); err != nil {
		return PortalPage{}, err
	}
	page := v.here(ctx)
	page.ID = id
	return page, p.whoseForm(ctx, v, form, &page)
}

// whoseForm reads what the form already shows of whose it is.
func (p livePortal) whoseForm(ctx context.Context, v *visit, form *recipe.Form, page *PortalPage) error {
	var asks []fill.Ask
	for _, f := range form.Fields {
		if slices.Contains([]string{"app.name", "app.release_name", "app.identifier"}, f.Fact) {
			nothing := ""
			asks = append(asks, fill.Ask{Heading: f.Heading, Label: f.Label, Also: f.Also, Value: fill.Value{Text: &nothing}, Optional: true})
		}
	}
	for _, label := range []string{"应用名称", "治理侧名称", "应用标识", "应用发布ID", "APPID"} {
		if !slices.ContainsFunc(asks, func(a fill.Ask) bool { return a.Label == label }) {
			nothing := ""
			asks = append(asks, fill.Ask{Label: label, Value: fill.Value{Text: &nothing}, Optional: true})
		}
	}
	shown, err := fill.ReadBack(ctx, v.page, asks, fill.Options{Labels: form.Labels()})
	for i, f := range shown {
		page.Shown[asks[i].Label] = f.Shown
	}
	return err
}

// Fill implements Portal.
func (p livePortal) Fill(ctx context.Context, at PortalAt, id string, asks []fill.Ask, upload func(label string, files []string) bool) (fill.Result, error) {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return fill.Result{}, err
	}
	defer done()
	v.say(ctx, "正在填写 "+form.Title)
	return fill.Fill(ctx, v.page, asks, fill.Options{
		Labels: form.Labels(), Next: v.rules.Buttons("next", id), Add: v.rules.Buttons("add", id), Never: v.rules.NeverWords(), Upload: upload,
	})
}

// Gone implements Portal.
func (p livePortal) Gone(ctx context.Context, at PortalAt, id string) error {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return err
	}
	defer done()
	v.say(ctx, "等您提交")
	return v.until(ctx, form, false)
}

// Picture implements Portal.
func (p livePortal) Picture(ctx context.Context, at PortalAt) ([]byte, error) {
	v, done, err := p.use(ctx, at)
	if err != nil {
		return nil, err
	}
	defer done()
	return v.page.Screenshot(ctx)
}

// Log implements Portal. The record of a compilation stands behind a button of its row, which the person presses.
func (p livePortal) Log(context.Context, PortalAt, string) (string, error) { return "", nil }
