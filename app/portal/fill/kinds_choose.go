package fill

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// control is one control of a field.
type control struct {
	Ref      int    `json:"ref"`
	Box      int    `json:"box"`   // what it fills, with its border
	Realm    int    `json:"realm"` // a click anywhere in it is meant for this control
	Kind     string `json:"kind"`
	Disabled bool   `json:"disabled"`
	Readonly bool   `json:"readonly"`
	Multiple bool   `json:"multiple"`
	Type     string `json:"type"`
	Text     string `json:"text"`
	On       bool   `json:"on"`
	Shown    string `json:"shown"` // by a control that opens
}

type described struct {
	State    string    `json:"state"`
	Seen     []string  `json:"seen"`
	Controls []control `json:"controls"`
}

// describe finds the field, or says why it will not do.
func (f *filler) describe(ctx context.Context, i int) ([]control, error) {
	d, err := call[described](ctx, f, "describe", i)
	if err != nil {
		return nil, err
	}
	return d.Controls, unclear(d.State, d.Seen)
}

// unclear turns what the script found into the error of a field that is not there once.
func unclear(state string, seen []string) error {
	switch state {
	case "one":
		return nil
	case "several":
		return refusal{lost: Several, why: fmt.Sprintf("页面上有 %d 处叫这个名称的栏目%s，不知道填哪一处；请写成“所在标题>栏目名称”", len(seen), headingsSeen(seen))}
	}
	return missing{state}
}

func headingsSeen(seen []string) string {
	named := slices.DeleteFunc(slices.Clone(seen), func(s string) bool { return s == "" })
	apart := slices.Compact(slices.Sorted(slices.Values(named)))
	if len(named) == 0 {
		return ""
	}
	if len(apart) == 1 {
		return "（都在“" + apart[0] + "”下面）"
	}
	return "（分别在“" + strings.Join(named, "”“") + "”下面）"
}

func of(all []control, kinds ...string) []control {
	return slices.DeleteFunc(slices.Clone(all), func(c control) bool { return !slices.Contains(kinds, c.Kind) })
}

// only is the single control of some kinds.
func only(all []control, what string, kinds ...string) (control, error) {
	list := of(all, kinds...)
	switch {
	case len(list) == 0:
		return control{}, refuse("页面上这一栏不是%s", what)
	case len(list) > 1:
		return control{}, refuse("这个栏目名称后面有 %d 个%s，不知道填哪一个", len(list), what)
	case list[0].Disabled:
		return control{}, refuse("页面不让改这一栏（已禁用）")
	}
	return list[0], nil
}

func (f *filler) choose(ctx context.Context, i int, text string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	if radios := of(all, "radio"); len(radios) > 0 {
		return f.tick(ctx, i, radios, []string{text})
	}
	c, err := only(all, "选择框", "select", "combo", "text")
	if err != nil {
		return err
	}
	if c.Kind == "select" {
		return f.native(ctx, c, []string{text})
	}
	now, err := f.shown(ctx, i)
	if err != nil || sameTexts(now.Texts, []string{text}) {
		return err
	}
	return f.pick(ctx, c, text)
}

// native chooses in a native select, whose options may still be on their way.
func (f *filler) native(ctx context.Context, c control, texts []string) error {
	type answer struct {
		Why   string
		Texts []string
	}
	for began := time.Now(); ; {
		at, err := call[answer](ctx, f, "choose", c.Ref, texts)
		if err != nil || at.Why == "" {
			return err
		}
		if time.Since(began) > ms(f.words.Limits.Appear) {
			return unchosen(at.Why, strings.Join(at.Texts, "”“"))
		}
		if err := pause(ctx, ms(100)); err != nil {
			return err
		}
	}
}

// unchosen is why an option cannot be chosen.
func unchosen(why, text string) error {
	switch why {
	case "off":
		return refuse("选项“%s”现在不能选（已禁用）", text)
	case "several":
		return refuse("选项里有几个“%s”，不知道选哪一个", text)
	}
	return refuse("选项里没有“%s”", text)
}

// tick makes exactly the wanted of radios or checkboxes ticked.
func (f *filler) tick(ctx context.Context, i int, boxes []control, wanted []string) error {
	for _, text := range wanted {
		same := slices.DeleteFunc(slices.Clone(boxes), func(c control) bool { return !same(c.Text, text) })
		if len(same) != 1 {
			return unchosen(map[bool]string{true: "missing", false: "several"}[len(same) == 0], text)
		}
	}
	for _, box := range boxes {
		want := slices.ContainsFunc(wanted, func(w string) bool { return same(w, box.Text) })
		if box.On == want || (box.Kind == "radio" && !want) {
			continue
		}
		if box.Disabled {
			return refuse("页面不让改选项“%s”（已禁用）", box.Text)
		}
		fresh, err := f.describe(ctx, i) // the page may have drawn the group anew
		if err != nil {
			return err
		}
		at := slices.IndexFunc(fresh, func(c control) bool { return c.Kind == box.Kind && c.Text == box.Text })
		if at < 0 {
			return unsteady("选项“%s”在填写时消失了", box.Text)
		}
		if err := f.click(ctx, fresh[at].Ref, asChoice, 0); err != nil {
			return err
		}
		if err := f.turnedOver(ctx, i, box); err != nil {
			return err
		}
	}
	return nil
}

// turnedOver waits for a checkbox that was clicked to say something else than before. One that does not is left: a page may
// show it as chosen by its looks alone, and then a second click would take that back.
func (f *filler) turnedOver(ctx context.Context, i int, box control) error {
	if box.Kind != "check" {
		return nil
	}
	for began := time.Now(); ; {
		now, err := f.describe(ctx, i)
		if err != nil || !slices.ContainsFunc(now, func(c control) bool { return c.Kind == box.Kind && c.Text == box.Text && c.On == box.On }) {
			return err
		}
		if time.Since(began) > ms(f.words.Limits.Settle) {
			return refuse("点了选项“%s”，但读不出它有没有随着改变，没有再点，请在页面上核对这一栏", box.Text)
		}
		if err := pause(ctx, ms(60)); err != nil {
			return err
		}
	}
}

// choice is an option in the layer.
type choice struct {
	Ref int    `json:"ref"`
	On  string `json:"on"`
	Off bool   `json:"off"`
	// Apart: a person sees it, or would by scrolling its list.
	Apart bool `json:"apart"`
}

// openLayer opens the control's layer.
func (f *filler) openLayer(ctx context.Context, c control) error {
	if c.Disabled {
		return refuse("页面不让改这一栏（已禁用）")
	}
	if _, err := call[any](ctx, f, "bring", c.Ref, c.Realm); err != nil { // before we remember what is visible
		return err
	}
	if _, err := call[any](ctx, f, "snapshot", c.Box, c.Realm); err != nil {
		return err
	}
	if err := f.click(ctx, c.Ref, asControl, c.Realm); err != nil {
		return err
	}
	var err error
	f.opened, err = call[bool](ctx, f, "opened", f.words.Limits.Appear/2)
	return err
}

// within opens the control's layer, does something in it, and closes it again.
func (f *filler) within(ctx context.Context, c control, do func() error) error {
	if err := f.openLayer(ctx, c); err != nil {
		return err
	}
	err := do()
	if left := f.leave(ctx); err == nil {
		err = left
	}
	_, _ = call[any](ctx, f, "forget")
	return err
}

// pick opens the control and chooses one option.
func (f *filler) pick(ctx context.Context, c control, text string) error {
	return f.within(ctx, c, func() error { return f.pickOpen(ctx, c, text) })
}

func (f *filler) pickOpen(ctx context.Context, c control, text string) error {
	found, err := f.option(ctx, c, text)
	if err != nil {
		return err
	}
	return f.clickOnly(ctx, found, text)
}

// clickOnly clicks the option with a text, unless several can be chosen that have it.
func (f *filler) clickOnly(ctx context.Context, found []choice, text string) error {
	if err := alone(found, text); err != nil {
		return err
	}
	return f.clickFirst(ctx, found, text)
}

// alone refuses options of one text of which a person could choose several.
func alone(found []choice, text string) error {
	if apart := slices.DeleteFunc(slices.Clone(found), func(c choice) bool { return c.Off || !c.Apart }); len(apart) > 1 {
		return unchosen("several", text)
	}
	return nil
}

// clickFirst clicks the first of several places with the option's text that a click would reach.
func (f *filler) clickFirst(ctx context.Context, found []choice, text string) error {
	err := unchosen("missing", text)
	if !f.opened {
		err = unsteady("点开后没有出现选项，没有选“%s”", text)
	}
	for _, one := range found {
		if one.Off {
			err = unchosen("off", text)
			continue
		}
		if err = f.click(ctx, one.Ref, asChoice, 0); err == nil {
			return nil
		}
	}
	return err
}

// option looks for an option: in what is open, else by typing it into the search box, else by scrolling.
func (f *filler) option(ctx context.Context, c control, text string) ([]choice, error) {
	l := f.words.Limits
	for _, look := range []func() ([]choice, error){
		func() ([]choice, error) { return call[[]choice](ctx, f, "option", text, l.Settle/4, 0, false) },
		func() ([]choice, error) { return f.searched(ctx, c, text) },
		func() ([]choice, error) { return call[[]choice](ctx, f, "option", text, l.Settle, 0, false) },
	} {
		if found, err := look(); err != nil || len(found) > 0 {
			return found, err
		}
	}
	return f.unrolled(ctx, text)
}

// unrolled looks for an option in a list that holds its options in parts, from its top to its end.
func (f *filler) unrolled(ctx context.Context, text string) ([]choice, error) {
	type part struct {
		Found []choice
		More  bool
	}
	const once = 3000 // milliseconds: a call to the page has to come back
	for took := 0; took < f.words.Limits.Unroll; took += once {
		got, err := call[part](ctx, f, "unroll", text, took == 0, once)
		if err != nil || len(got.Found) > 0 || !got.More {
			return got.Found, err
		}
	}
	return nil, nil
}

func (f *filler) searched(ctx context.Context, c control, text string) ([]choice, error) {
	type box struct{ Ref int }
	at, err := call[box](ctx, f, "searchBox", c.Box, false)
	if err != nil || at.Ref == 0 {
		return nil, err
	}
	if _, err := call[any](ctx, f, "clearBox", at.Ref); err != nil {
		return nil, err
	}
	if err := f.page.Type(ctx, text); err != nil {
		return nil, err
	}
	found, err := call[[]choice](ctx, f, "option", text, f.words.Limits.Remote, 0, false)
	if err != nil || len(found) > 0 {
		return found, err
	}
	_, err = call[any](ctx, f, "clearBox", at.Ref)
	return nil, err
}

// path goes down a cascader level by level, or through one select after the other.
func (f *filler) path(ctx context.Context, i int, path []string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	if len(of(all, "select")) > 0 || len(of(all, "combo", "text")) > 1 {
		return f.pathOfSelects(ctx, i, path)
	}
	now, err := f.shown(ctx, i)
	if err != nil || samePath(now.Texts, path) {
		return err
	}
	c, err := only(all, "级联选择框", "combo", "text")
	if err != nil {
		return err
	}
	err = f.within(ctx, c, func() error { return f.descend(ctx, path) })
	f.walked[i] = err == nil
	return err
}

// descend goes down the levels of a cascader, which stand beside one another, or of a tree, whose branches open by a sign
// of their own. A page may draw a level anew while it comes up: then the way is gone again from its beginning.
func (f *filler) descend(ctx context.Context, path []string) error {
	moved := false
	for try := 0; ; try++ {
		var (
			err     error
			refused refusal
		)
		for n, at := 0, (level{}); n < len(path) && err == nil; n++ {
			at, err = f.down(ctx, at, path, n)
		}
		if !errors.As(err, &refused) {
			return err
		}
		if !refused.again || try > 1 {
			refused.again = refused.again || moved // what is open may be another thing by now
			return refused
		}
		moved = true
		if err := pause(ctx, ms(f.words.Limits.Settle/2)); err != nil {
			return err
		}
	}
}

// level is how far a path has been gone.
type level struct {
	last int  // the option of the level above
	tree bool // whether that is a branch of a tree
}

func (f *filler) down(ctx context.Context, at level, path []string, n int) (level, error) {
	wait := f.words.Limits.Appear
	if n > 0 {
		wait = f.words.Limits.Remote
	}
	found, err := call[[]choice](ctx, f, "atLevel", path[n], wait, at.last, at.tree)
	if err != nil {
		return at, err
	}
	if len(found) == 0 {
		return at, f.noLevel(ctx, at, n, path[n])
	}
	if err := alone(found, path[n]); err != nil {
		return at, err
	}
	next := level{last: found[0].Ref}
	if n+1 < len(path) {
		if next.tree, err = f.unfold(ctx, next.last, path[n+1]); err != nil || next.tree {
			return next, err
		}
		if open, err := f.opensUnder(ctx, found, path[n+1]); open || err != nil {
			return next, err
		}
	}
	return next, f.clickFirst(ctx, found, path[n])
}

// opensUnder reports whether the following level comes up when the mouse is over an option: then a click might close it.
func (f *filler) opensUnder(ctx context.Context, found []choice, next string) (bool, error) {
	if found[0].Off {
		return false, nil
	}
	was, err := call[[]choice](ctx, f, "option", next, 0, found[0].Ref, false)
	if err != nil || len(was) > 0 {
		return false, err
	}
	if _, err := f.reach(ctx, found[0].Ref, asChoice, 0); err != nil {
		if _, plain := ordinary(err); plain {
			err = nil // another place of the option may do
		}
		return false, err
	}
	now, err := call[[]choice](ctx, f, "option", next, 0, found[0].Ref, false)
	return len(now) > 0, err
}

func (f *filler) noLevel(ctx context.Context, at level, n int, text string) error {
	gone, err := call[bool](ctx, f, "gone", at.last)
	if err != nil {
		return err
	}
	return refusal{why: fmt.Sprintf("第 %d 级里没有“%s”", n+1, text), again: gone}
}

// unfold opens an option that is a branch of a tree, where what is below it does not show yet; false when it is none.
func (f *filler) unfold(ctx context.Context, ref int, next string) (bool, error) {
	type branch struct {
		Tree bool
		Ref  int
	}
	at, err := call[branch](ctx, f, "branch", ref, next)
	if err != nil || at.Ref == 0 {
		return at.Tree, err
	}
	return true, f.click(ctx, at.Ref, asChoice, 0)
}

// pathOfSelects goes through one select after the other, of which each may come up once the one before it is chosen.
func (f *filler) pathOfSelects(ctx context.Context, i int, path []string) error {
	for n, text := range path {
		c, err := f.selectOf(ctx, i, n)
		if err != nil {
			return err
		}
		if c.Kind == "select" {
			err = f.native(ctx, c, []string{text})
		} else if !same(c.Shown, text) {
			err = f.pick(ctx, c, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) selectOf(ctx context.Context, i, n int) (control, error) {
	for wait := 0; ; wait += 100 {
		all, err := f.describe(ctx, i)
		if err != nil {
			return control{}, err
		}
		if list := of(all, "select", "combo", "text"); len(list) > n && !list[n].Disabled {
			return list[n], nil
		}
		if wait >= f.words.Limits.Remote {
			return control{}, refuse("第 %d 级没有出现", n+1)
		}
		if err := pause(ctx, ms(100)); err != nil {
			return control{}, err
		}
	}
}

func (f *filler) toggleSwitch(ctx context.Context, i int, on bool) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "开关", "switch", "check")
	if err != nil || c.On == on {
		return err
	}
	return f.click(ctx, c.Ref, asChoice, 0)
}
