package service

import (
	"cmp"
	"context"
	"maps"
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
	v.rules = rules
	if err = p.login(ctx, one, v, at.Quiet); err == nil {
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
		page.Shown["治理侧名称"] = about
	}
	if len(out.Drift) == 0 && about == "" {
		p.rememberPage(ctx, one.at, want[0].ID, page.URL)
	}
	return out, page, nil
}

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
		address = originOf(one.address) + want.Path
	}
	if address == "" || originOf(address) != originOf(one.address) {
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

// onPage is a question for find: does a form stand on the page? It does when most of the fields it must have do. A label
// alone says little, since a list may have a column of the same name (版本号).
func onPage(ctx context.Context, form *recipe.Form) func(*browser.Page) (bool, error) {
	return func(p *browser.Page) (bool, error) {
		found, err := portal.Shown(ctx, p, form.Labels())
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
}

// until waits until a form stands on any of the pages, twice in a row.
func (v *visit) until(ctx context.Context, form *recipe.Form) error {
	limit := time.Now().Add(showLimit)
	for same := 0; ; {
		found, err := v.find(ctx, onPage(ctx, form))
		switch {
		case err == nil && found && same > 0:
			return nil
		case err == nil && found:
			same++
		default:
			same = 0
		}
		if err := v.broken(ctx); err != nil {
			return err
		}
		out := !found && v.loggedOut(ctx)
		if v.unseen {
			if err := v.tooLate(awaited{what: form.Title}, out, time.Now().After(limit)); err != nil {
				return err
			}
		}
		if !found {
			v.waits(ctx, out, "等待打开 "+form.Title)
		}
		if err := moment(ctx); err != nil {
			return err
		}
	}
}

// left waits until a form no longer stands on its page, twice in a row: it may be closed together with its tab.
func (v *visit) left(ctx context.Context, form *recipe.Form) error {
	is := onPage(ctx, form)
	for same := 0; same < 2; {
		on, err := v.standing(is)
		if broken := v.broken(ctx); broken != nil || v.page.Gone() {
			return cmp.Or(broken, v.lost())
		}
		switch {
		case err == nil && !on:
			same++
		default:
			same = 0
		}
		v.waits(ctx, false, "等您提交")
		if err := moment(ctx); err != nil {
			return err
		}
	}
	return nil
}

// standing asks the page that is worked on, unless a dialog on it waits for the person: then nothing has changed.
func (v *visit) standing(is func(*browser.Page) (bool, error)) (bool, error) {
	if v.page.Dialog() != "" {
		return true, nil
	}
	return is(v.page)
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
	v.form, err = v.formHere(ctx, form)
	return v.form, err
}

// same makes sure that the page still shows the form that was waited for, of the same application: whoever is asked
// about it may have opened another one meanwhile.
func (v *visit) same(ctx context.Context, form *recipe.Form) error {
	there, err := v.standing(onPage(ctx, form))
	if err != nil {
		return err
	}
	now := PortalPage{}
	if there {
		if now, err = v.formHere(ctx, form); err != nil {
			return err
		}
	}
	switch {
	case there && maps.Equal(now.Shown, v.form.Shown) && (now.URL == v.form.URL || tells(now.Shown)):
		return nil
	case v.sentOut(ctx):
		return loginGone()
	}
	return listing.Failf(listing.CodeRefused, "请重新打开表单，再办一次", "“%s”的表单已经不在页面上，什么也没有填", form.Title)
}

// tells reports whether a page shows anything of whose it is.
func tells(shown map[string]string) bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(shown)), func(text string) bool { return text != "" })
}

// formHere is the page of a form, with what it already shows of whose it is.
func (v *visit) formHere(ctx context.Context, form *recipe.Form) (PortalPage, error) {
	page := v.here(ctx)
	page.ID = form.ID
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
	if err == nil {
		err = told(ctx, v, asks, page)
	}
	return page, err
}

// told adds what the page says of whose it is in plain text, where no field says it.
func told(ctx context.Context, v *visit, asks []fill.Ask, page PortalPage) error {
	var names [][]string
	for _, a := range asks {
		names = append(names, append([]string{a.Label}, a.Also...))
	}
	texts, err := fill.Told(ctx, v.page, names)
	for i, text := range texts {
		page.Shown[asks[i].Label] = cmp.Or(page.Shown[asks[i].Label], text)
	}
	return err
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
	return v.fill(ctx, asks, fill.Options{
		Labels: form.Labels(), Next: v.rules.Buttons("next", id), Add: v.rules.Buttons("add", id), Never: v.rules.NeverWords(), Upload: upload,
	})
}

// fill fills in the page that is worked on, and tells what the page did of its own meanwhile.
func (v *visit) fill(ctx context.Context, asks []fill.Ask, o fill.Options) (fill.Result, error) {
	done, err := v.work(ctx)
	if err != nil {
		return fill.Result{}, err
	}
	defer done()
	out, err := fill.Fill(ctx, v.page, asks, o)
	out.Notes = append(out.Notes, v.did.taken()...)
	if err == nil && slices.ContainsFunc(out.Fields, func(f fill.Field) bool { return !f.OK }) && v.sentOut(ctx) {
		err = loginGone()
	}
	return out, err
}

// Gone implements Portal.
func (p livePortal) Gone(ctx context.Context, at PortalAt, id string) error {
	v, form, done, err := p.formOn(ctx, at, id)
	if err != nil {
		return err
	}
	return done(v.left(ctx, form))
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
