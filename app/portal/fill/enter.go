package fill

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

func count(n int) string { return strconv.Itoa(n) }

// enter puts a value into a field, by whatever controls the field has.
func (s *sheet) enter(ctx context.Context, at spot, a Ask) error {
	v := a.Value
	if shown, equal := s.shown(ctx, at, v); equal && shown != "" && v.Rows == nil {
		return nil
	}
	for _, c := range at.state.Controls {
		if c.Off && len(at.state.Controls) == 1 {
			return trouble("这一栏在页面上不能修改", "看一看是不是要先填别的栏目")
		}
	}
	switch {
	case v.Rows != nil:
		return s.rows(ctx, at, a)
	case v.Files != nil:
		return s.files(ctx, at, a)
	case v.Text != nil:
		return s.text(ctx, at, *v.Text)
	case v.Choose != nil:
		return s.choose(ctx, at, *v.Choose)
	case v.Check != nil:
		return s.check(ctx, at, v.Check)
	case v.Path != nil:
		return s.path(ctx, at, v.Path)
	case v.Date != nil:
		return s.date(ctx, at, *v.Date)
	case v.Switch != nil:
		return s.toggle(ctx, at, *v.Switch)
	}
	return nil
}

// text writes into the one control that takes text.
func (s *sheet) text(ctx context.Context, at spot, text string) error {
	texts := at.state.of("text")
	if len(texts) == 0 {
		texts = slices.DeleteFunc(at.state.of("picker"), func(c control) bool { return !c.Writable })
	}
	switch {
	case len(texts) > 1:
		return trouble("这一栏有 "+count(len(texts))+" 个输入框，分不清填哪一个", "用“逐项复制”自己填这一栏")
	case len(texts) == 0 && len(at.state.Controls) > 0:
		return s.choose(ctx, at, text)
	case len(texts) == 0:
		return trouble("这一栏没有可以输入文字的地方", "用“逐项复制”自己填这一栏")
	}
	return s.write(ctx, at, texts[0], text)
}

// write sets a text, leaves the field, and types it as a person would when the page did not keep it.
func (s *sheet) write(ctx context.Context, at spot, c control, text string) error {
	if _, err := call[string](ctx, s, at.frame, `async (id, t) => { const did = sjt.write(id, t); await sjt.sleep(30); sjt.leave(id); await sjt.sleep(30); return did }`, c.ID, text); err != nil {
		return err
	}
	same, err := call[bool](ctx, s, at.frame, `(id, t) => { const el = sjt.el(id); return !el || (el.isContentEditable ? el.innerText : el.value) === t }`, c.ID, text)
	if err != nil || same {
		return err
	}
	if err := s.click(ctx, at.frame, c.ID, false); err != nil {
		return err
	}
	if _, err := call[bool](ctx, s, at.frame, `(id) => { sjt.el(id)?.select?.(); return true }`, c.ID); err != nil {
		return err
	}
	if err := s.page.Type(ctx, text); err != nil {
		return err
	}
	_, err = call[bool](ctx, s, at.frame, `async (id) => { await sjt.sleep(50); sjt.leave(id); return true }`, c.ID)
	return err
}

// toggle sets a switch or a lone tick.
func (s *sheet) toggle(ctx context.Context, at spot, on bool) error {
	switches := at.state.of("switch")
	if len(switches) == 0 {
		switches = at.state.of("check")
	}
	if len(switches) != 1 {
		return trouble("这一栏不是一个开关", "用“逐项复制”自己填这一栏")
	}
	now, err := call[bool](ctx, s, at.frame, `(id) => sjt.ticked(sjt.el(id))`, switches[0].ID)
	if err != nil || now == on {
		return err
	}
	return s.click(ctx, at.frame, switches[0].ID, false)
}

// choose picks one word of a radio group or a list.
func (s *sheet) choose(ctx context.Context, at spot, word string) error {
	if ticks := at.state.of("radio", "check"); len(ticks) > 0 && len(at.state.of("picker", "native", "text")) == 0 {
		return s.tick(ctx, at, ticks, word, true)
	}
	if native := at.state.of("native"); len(native) == 1 {
		return s.native(ctx, at, native[0], []string{word})
	}
	if ticks := at.state.of("radio"); len(ticks) > 0 {
		for _, t := range ticks {
			if plain(t.Option) == plain(word) {
				return s.tick(ctx, at, ticks, word, true)
			}
		}
	}
	c, err := s.picker(at)
	if err != nil {
		return err
	}
	return s.pick(ctx, at, c, []string{word}, false)
}

// picker is the one control that opens a list.
func (s *sheet) picker(at spot) (control, error) {
	all := at.state.of("picker", "text")
	if len(all) > 1 {
		if pickers := at.state.of("picker"); len(pickers) == 1 {
			all = pickers
		}
	}
	if len(all) != 1 {
		return control{}, trouble("这一栏里能选的地方有 "+count(len(all))+" 个，分不清是哪一个", "用“逐项复制”自己填这一栏")
	}
	return all[0], nil
}

func (s *sheet) tick(ctx context.Context, at spot, ticks []control, word string, on bool) error {
	var fits []control
	for _, t := range ticks {
		if plain(t.Option) == plain(word) {
			fits = append(fits, t)
		}
	}
	if len(fits) != 1 {
		return noOption(word, len(fits), options(ticks))
	}
	if fits[0].Ticked == on {
		return nil
	}
	if err := s.click(ctx, at.frame, fits[0].ID, false); err != nil {
		return err
	}
	now, err := call[bool](ctx, s, at.frame, `async (id, on) => { for (let n = 0; n < 20; n++) { const el = sjt.el(id); if (el && sjt.ticked(el) === on) return true; await sjt.sleep(30) } return false }`, fits[0].ID, on)
	if err == nil && !now {
		return trouble("点了“"+word+"”，页面没有变化", "请您自己在页面上选")
	}
	return err
}

func options(ticks []control) []string {
	var out []string
	for _, t := range ticks {
		out = append(out, t.Option)
	}
	return out
}

func noOption(word string, n int, seen []string) error {
	if n > 1 {
		return trouble("页面上有 "+count(n)+" 个“"+word+"”可选，分不清是哪一个", "请您自己在页面上选")
	}
	hint := "核对这个词，或请您自己在页面上选"
	if len(seen) > 0 {
		hint = "页面上可选的有：" + strings.Join(seen[:min(len(seen), 12)], "、")
	}
	return trouble("页面上没有“"+word+"”可选", hint)
}

func (s *sheet) native(ctx context.Context, at spot, c control, words []string) error {
	did, err := call[string](ctx, s, at.frame, `(id, w) => sjt.selectNative(id, w)`, c.ID, words)
	switch {
	case err != nil:
		return err
	case did == "several":
		return noOption(strings.Join(words, "、"), 2, nil)
	case did != "ok":
		return noOption(strings.Join(words, "、"), 0, nil)
	}
	_, err = call[bool](ctx, s, at.frame, `(id) => { sjt.leave(id); return true }`, c.ID)
	return err
}

// check makes exactly the given words ticked.
func (s *sheet) check(ctx context.Context, at spot, words []string) error {
	if native := at.state.of("native"); len(native) == 1 {
		return s.native(ctx, at, native[0], words)
	}
	ticks := at.state.of("check", "radio")
	if len(ticks) == 0 {
		c, err := s.picker(at)
		if err != nil {
			return err
		}
		return s.pick(ctx, at, c, words, true)
	}
	wanted := map[string]bool{}
	for _, w := range words {
		wanted[plain(w)] = true
		if err := s.tick(ctx, at, ticks, w, true); err != nil {
			return err
		}
	}
	for _, t := range ticks {
		if t.Ticked && !wanted[plain(t.Option)] && t.Kind == "check" {
			if err := s.click(ctx, at.frame, t.ID, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// openLayer clicks a control and waits until something opened.
func (s *sheet) openLayer(ctx context.Context, at spot, c control) error {
	if _, err := call[bool](ctx, s, at.frame, `() => { sjt.leave(0); sjt.before(); sjt.seenOptions = null; return true }`); err != nil {
		return err
	}
	for range 2 {
		if err := s.click(ctx, at.frame, c.ID, false); err != nil {
			return err
		}
		opened, err := call[bool](ctx, s, at.frame, `async () => { for (let n = 0; n < 25; n++) { if (!sjt.closed()) return true; await sjt.sleep(40) } return false }`)
		if err != nil || opened {
			return err
		}
	}
	return nil
}

// closeLayer closes what we opened, and nothing else.
func (s *sheet) closeLayer(ctx context.Context, at spot) error {
	for range 3 {
		closed, err := call[bool](ctx, s, at.frame, `async () => { for (let n = 0; n < 15; n++) { if (sjt.closed()) return true; await sjt.sleep(40) } return false }`)
		if err != nil || closed {
			return err
		}
		if err := s.dismiss(ctx, at.frame, at.state.Label); err != nil {
			return err
		}
	}
	return nil
}

type option struct {
	Count  int   `json:"count"`
	ID     int   `json:"id"`
	Chosen *bool `json:"chosen"`
	Opened bool  `json:"opened"`
}

// pick chooses words in the list that a control opens; several says that the list takes more than one.
func (s *sheet) pick(ctx context.Context, at spot, c control, words []string, several bool) error {
	if err := s.openLayer(ctx, at, c); err != nil {
		return err
	}
	shown := map[string]bool{}
	for _, t := range c.Shown {
		shown[plain(t)] = true
	}
	for _, w := range words {
		if several && shown[plain(w)] {
			continue
		}
		if err := s.pickOne(ctx, at, c, w, several); err != nil {
			_ = s.closeLayer(ctx, at)
			return err
		}
	}
	if several {
		for _, t := range c.Shown {
			if !slices.ContainsFunc(words, func(w string) bool { return plain(w) == plain(t) }) && !strings.HasPrefix(t, "+") {
				if err := s.pickOne(ctx, at, c, t, several); err != nil {
					_ = s.closeLayer(ctx, at)
					return err
				}
			}
		}
	}
	return s.closeLayer(ctx, at)
}

// pickOne presses one option, which may have to be searched for or scrolled to.
func (s *sheet) pickOne(ctx context.Context, at spot, c control, word string, several bool) error {
	found, err := s.option(ctx, at, word, s.words.Limits.Option)
	if err != nil {
		return err
	}
	if found.ID == 0 {
		if found, err = s.searched(ctx, at, c, word); err != nil {
			return err
		}
	}
	if found.ID == 0 {
		if found, err = s.scrolled(ctx, at, word); err != nil {
			return err
		}
	}
	if found.ID == 0 && !found.Opened && c.Writable && !several {
		return s.write(ctx, at, c, word)
	}
	if found.ID == 0 {
		seen, err := call[[]string](ctx, s, at.frame, `() => sjt.offers()`)
		if err != nil {
			return err
		}
		return noOption(word, found.Count, seen)
	}
	if err := s.click(ctx, at.frame, found.ID, true); err != nil {
		return err
	}
	return pause(ctx, 60*time.Millisecond)
}

func (s *sheet) option(ctx context.Context, at spot, word string, wait int) (option, error) {
	return call[option](ctx, s, at.frame, `(w, ms) => sjt.option(w, ms, true)`, word, wait)
}

// searched types the word where the list can be searched.
func (s *sheet) searched(ctx context.Context, at spot, c control, word string) (option, error) {
	box := c.ID
	if !c.Writable {
		id, err := call[int](ctx, s, at.frame, `() => sjt.searchBox()`)
		if err != nil || id == 0 {
			return option{Opened: true}, err
		}
		box = id
	}
	if _, err := call[bool](ctx, s, at.frame, `(id) => { const el = sjt.el(id); el?.focus(); el?.select?.(); return true }`, box); err != nil {
		return option{}, err
	}
	if err := s.page.Type(ctx, word); err != nil {
		return option{}, err
	}
	return s.option(ctx, at, word, s.words.Limits.Remote)
}

// scrolled goes through a list that draws only what is in sight.
func (s *sheet) scrolled(ctx context.Context, at spot, word string) (option, error) {
	type step struct {
		Moved bool `json:"moved"`
	}
	stuck := 0
	for n := range s.words.Limits.Scrolls {
		moved, err := call[*step](ctx, s, at.frame, `(restart) => sjt.scrollOn(restart)`, n == 0)
		if err != nil || moved == nil {
			return option{Opened: true}, err
		}
		found, err := s.option(ctx, at, word, 120)
		if err != nil || found.ID != 0 {
			return found, err
		}
		if !moved.Moved && n > 0 {
			if stuck++; stuck > 2 {
				break
			}
		}
	}
	return option{Opened: true}, nil
}

// path goes down a cascader.
func (s *sheet) path(ctx context.Context, at spot, words []string) error {
	c, err := s.picker(at)
	if err != nil {
		return err
	}
	if err := s.openLayer(ctx, at, c); err != nil {
		return err
	}
	for i, w := range words {
		found, err := s.option(ctx, at, w, s.words.Limits.Remote)
		if err == nil && found.ID == 0 {
			found, err = s.scrolled(ctx, at, w)
		}
		if err == nil && found.ID == 0 {
			err = noOption(w, found.Count, nil)
		}
		if err == nil {
			_, err = call[bool](ctx, s, at.frame, `() => { sjt.mark(); return true }`)
		}
		if err == nil {
			err = s.click(ctx, at.frame, found.ID, true)
		}
		if err != nil {
			_ = s.closeLayer(ctx, at)
			return err
		}
		if i+1 < len(words) {
			if err := pause(ctx, 150*time.Millisecond); err != nil {
				return err
			}
		}
	}
	return s.closeLayer(ctx, at)
}
