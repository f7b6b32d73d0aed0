package service

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
)

// onPage is a question for find: does a form stand on the page? It does when most of the fields it must have do. A label
// alone says little, since a list may have a column of the same name (版本号). Of a form of several steps fewer will do,
// where the button to the next one stands too; of its last step what it showed once it was filled in.
func (v *visit) onPage(ctx context.Context, form *recipe.Form, last ...string) func(*browser.Page) (bool, error) {
	next := v.rules.Buttons("next", form.ID)
	return func(p *browser.Page) (bool, error) {
		found, err := portal.Shown(ctx, p, slices.Concat(form.Labels(), next))
		if err != nil {
			return false, err
		}
		is := func(text string) bool { return slices.Contains(found, text) }
		labels := slices.DeleteFunc(form.Labels(), func(text string) bool { return !is(text) })
		if slices.ContainsFunc(next, is) && len(labels) >= fewLabels || most(last, is) {
			return true, nil
		}
		needed := slices.DeleteFunc(slices.Clone(form.Fields), func(f recipe.Field) bool { return f.Optional })
		return most(needed, func(f recipe.Field) bool { return slices.ContainsFunc(f.Texts(), is) }), nil
	}
}

// fewLabels is how many labels of a form say, together with a button to a further step, that a step of it is there.
const fewLabels = 2

// most reports whether something holds of more than half of them.
func most[T any](of []T, is func(T) bool) bool {
	n := 0
	for _, x := range of {
		if is(x) {
			n++
		}
	}
	return n > len(of)/2
}

// until waits until a form stands on any of the pages, twice in a row.
func (v *visit) until(ctx context.Context, form *recipe.Form) error {
	began := time.Now()
	for same := 0; ; {
		found, err := v.find(ctx, v.onPage(ctx, form))
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
			if err := v.tooLate(awaited{what: form.Title}, out, time.Since(began) > showLimit); err != nil {
				return err
			}
		}
		if !found {
			v.waits(ctx, out, awaited{what: form.Title}.word(began))
		}
		if err := moment(ctx); err != nil {
			return err
		}
	}
}

// submitted waits until a form no longer stands on its page as it was filled in, twice in a row: it may be closed together with
// its tab, or stand there anew and empty, as after a login in between.
func (v *visit) submitted(ctx context.Context, form *recipe.Form) error {
	for same := 0; same < 2; {
		on, err := v.standing(v.onPage(ctx, form, v.lastStep()...))
		if broken := v.broken(ctx); broken != nil || v.page.Gone() {
			return cmp.Or(broken, v.lost())
		}
		switch {
		case err == nil && (!on || v.emptied(ctx, form)):
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

// lastStep is what the form showed when it had been filled in, as long as the page has gone nowhere since.
func (v *visit) lastStep() []string {
	if v.did.moved(v.tab()) != v.filled.moves {
		return nil
	}
	return v.filled.labels
}

// standing asks the page that is worked on, unless a dialog on it waits for the person: then nothing has changed.
func (v *visit) standing(is func(*browser.Page) (bool, error)) (bool, error) {
	if v.page.Dialog() != "" {
		return true, nil
	}
	return is(v.page)
}

// same makes sure that the page still shows the form that was waited for, of the same application: whoever is asked
// about it may have opened another one meanwhile.
func (v *visit) same(ctx context.Context, form *recipe.Form) error {
	now := PortalPage{}
	there, err := v.standing(v.onPage(ctx, form))
	if err == nil && there {
		now, err = v.formHere(ctx, form)
	}
	switch {
	case err != nil && !v.left(ctx):
		return err
	case err == nil && there && agrees(v.form.Shown, now.Shown) && (now.URL == v.form.URL || tells(v.form.Shown)):
		return nil
	case v.sentOut(ctx):
		return loginGone()
	}
	return formGone(form, "什么也没有填")
}

// left reports whether the page went elsewhere since the form stood on it; that is heard of a moment after it has stopped
// to answer.
func (v *visit) left(ctx context.Context) bool {
	if v.did.moved(v.tab()) == v.stood {
		_ = moment(ctx) // who stops the work meanwhile is told so all the same
	}
	return v.did.moved(v.tab()) != v.stood
}

// withoutForm puts the form that is gone in the place of the error that led to: a page that is being left does not answer.
func (v *visit) withoutForm(ctx context.Context, err error, form *recipe.Form, done string) error {
	if err != nil && listing.CodeOf(err) == listing.CodeUnreadable && v.left(ctx) {
		return formGone(form, done)
	}
	return err
}

func formGone(form *recipe.Form, done string) error {
	return listing.Failf(listing.CodeRefused, "请重新打开表单，再办一次", "“%s”的表单已经不在页面上，%s", form.Title, done)
}

// agrees reports whether a page still shows what it showed of whose it is; it may show more, once that has loaded.
func agrees(was, is map[string]string) bool {
	for label, text := range was {
		if text != "" && is[label] != text {
			return false
		}
	}
	return true
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
		err = v.told(ctx, asks, page)
	}
	return page, err
}

// told adds what the page says of whose it is in plain text, where no field says it.
func (v *visit) told(ctx context.Context, asks []fill.Ask, page PortalPage) error {
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

// filledIn is what filling a form put into it.
type filledIn struct {
	asks   []fill.Ask
	labels []string // that stand on the page then: those of the last step, where there are several
	moves  int      // of the page, by then
}

// holds tells which of the values a form shows already.
func (v *visit) holds(ctx context.Context, form *recipe.Form, asks []fill.Ask) ([]bool, error) {
	out := make([]bool, len(asks))
	fields, err := fill.ReadBack(ctx, v.page, asks, fill.Options{Labels: form.Labels()})
	for i, f := range fields {
		out[i] = f.OK || f.Shown == f.Asked
	}
	return out, err
}

// remember keeps what filling put into a form, but for files, which a page may show or not.
func (v *visit) remember(ctx context.Context, form *recipe.Form, asks []fill.Ask, before []bool, out fill.Result) {
	v.filled = filledIn{moves: v.did.moved(v.tab())}
	v.filled.labels, _ = portal.Shown(ctx, v.page, form.Labels()) // a page that does not answer is looked at again
	for i, f := range out.Fields {
		if f.OK && !before[i] && len(asks[i].Value.Files) == 0 {
			v.filled.asks = append(v.filled.asks, asks[i])
		}
	}
}

// emptied reports whether the page was left since the form was filled in, and shows the form again with nothing of that.
func (v *visit) emptied(ctx context.Context, form *recipe.Form) bool {
	now := v.did.moved(v.tab())
	if v.filled.moves == now || len(v.filled.asks) == 0 || v.page.Dialog() != "" {
		return false
	}
	held, err := v.holds(ctx, form, v.filled.asks)
	if err != nil {
		return false
	}
	if slices.Contains(held, true) {
		v.filled.moves = now
		return false
	}
	return true
}
