package service

import (
	"context"
	"slices"
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
		err = p.towards(ctx, one, v, want[0])
	}
	if err != nil {
		return table.Result{}, PortalPage{}, err
	}
	out, err := p.readLists(ctx, v, want, true)
	page := v.here(ctx)
	if found, lookErr := portal.Shown(ctx, v.page, []string{about}); about != "" && lookErr == nil && len(found) > 0 {
		page.Shown["治理侧名称"] = about
	}
	if err == nil && len(out.Drift) == 0 {
		p.rememberPage(ctx, one.at, want[0].ID, page.URL)
	}
	return out, page, err
}

// towards leads to the page of a table where its address is known: from the last time, or by the recipe. Otherwise the
// person leads the way.
func (p livePortal) towards(ctx context.Context, one *session, v *visit, want recipe.Table) error {
	a := headersOf([]recipe.Table{want})
	if found, err := portal.Shown(ctx, v.page, a.texts); err == nil && len(found) >= a.enough {
		return nil
	}
	address, err := p.rememberedPage(ctx, one.at, want.ID)
	if err != nil {
		return err
	}
	if address == "" && want.Path != "" {
		address = originOf(one.address) + want.Path
	}
	if address == "" || originOf(address) != originOf(one.address) {
		return nil
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

// labelsOf is what the page of a form is recognised by: some of its labels.
func labelsOf(form *recipe.Form) awaited {
	var texts []string
	for _, f := range form.Fields {
		texts = append(texts, f.Label)
	}
	return awaited{form.Title, texts, min(3, len(texts))}
}

// Await implements Portal.
func (p livePortal) Await(ctx context.Context, at PortalAt, id string) (PortalPage, error) {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return PortalPage{}, err
	}
	defer done()
	if err := v.await(ctx, labelsOf(form)); err != nil {
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
	if len(asks) == 0 {
		return nil
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

// Gone implements Portal: the form is gone when the page twice in a row shows none of its labels.
func (p livePortal) Gone(ctx context.Context, at PortalAt, id string) error {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return err
	}
	defer done()
	v.say(ctx, "等您提交")
	for absent := 0; absent < 2; {
		found, err := portal.Shown(ctx, v.page, labelsOf(form).texts)
		switch {
		case ctx.Err() != nil:
			return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
		case err != nil && v.gone():
			return listing.Fail(listing.CodeUnreadable, "浏览器窗口已经关闭", "请重新办理，程序会先看平台上办了没有").Because(err)
		case err == nil && len(found) == 0:
			absent++
		default:
			absent = 0
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
	return nil
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
