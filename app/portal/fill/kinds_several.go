package fill

import (
	"context"
	"regexp"
	"slices"
	"strconv"
)

// check makes exactly the wanted texts chosen: of checkboxes, or of a select of several.
func (f *filler) check(ctx context.Context, i int, wanted []string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	if boxes := of(all, "check"); len(boxes) > 0 {
		return f.tick(ctx, i, boxes, wanted)
	}
	c, err := only(all, "多选框", "select", "combo", "text")
	if err != nil {
		return err
	}
	if c.Kind == "select" {
		return f.native(ctx, c, wanted)
	}
	now, err := f.shown(ctx, i)
	if err != nil || sameSet(now.Texts, wanted) {
		return err
	}
	visible, hidden := collapsed(now.Texts)
	err = f.within(ctx, c, func() error { return f.toggle(ctx, c, visible, wanted, hidden > 0) })
	f.chosen[i] = f.chosen[i] || err == nil
	return err
}

// toggle clicks the options that are wanted and not shown, and those shown and not wanted. Where some are chosen that
// are not shown, only options that say themselves whether they are chosen will do.
func (f *filler) toggle(ctx context.Context, c control, now, wanted []string, unseen bool) error {
	has := func(list []string, text string) bool {
		return slices.ContainsFunc(list, func(x string) bool { return same(x, text) })
	}
	var change []string
	for _, t := range now {
		if !has(wanted, t) {
			change = append(change, t)
		}
	}
	for _, t := range wanted {
		if !has(now, t) {
			change = append(change, t)
		}
	}
	for _, text := range change {
		found, err := f.option(ctx, c, text)
		if err != nil {
			return err
		}
		if len(found) > 0 && found[0].On == "yes" && has(wanted, text) {
			continue // shown only as a number of further ones
		}
		if len(found) > 0 && found[0].On == "" && unseen {
			return refuse("页面把已选的收起来了，看不出“%s”是不是已经选了；请先在页面上清空这一栏", text)
		}
		if err := f.clickOnly(ctx, found, text); err != nil {
			return err
		}
		if err := pause(ctx, ms(60)); err != nil {
			return err
		}
	}
	return nil
}

var further = regexp.MustCompile(`^\+(\d{1,4})(?:\.{1,3}|…|项|个)?$`)

// collapsed splits what a select of several shows into the chosen texts and the number of further ones: 数字政府 +2.
func collapsed(texts []string) (visible []string, hidden int) {
	for _, t := range texts {
		if m := further.FindStringSubmatch(plain(t)); m != nil {
			n, _ := strconv.Atoi(m[1])
			hidden += n
			continue
		}
		visible = append(visible, t)
	}
	return visible, hidden
}

// expanded is what a field of several shows, with the further ones named where we chose them and their number agrees.
func (f *filler) expanded(i int, texts []string) []string {
	visible, hidden := collapsed(texts)
	wanted := f.asks[i].Value.Check
	if hidden == 0 || !f.chosen[i] || len(visible)+hidden != len(wanted) {
		return texts
	}
	for _, v := range visible {
		if !slices.ContainsFunc(wanted, func(w string) bool { return same(v, w) }) {
			return texts
		}
	}
	return wanted
}
