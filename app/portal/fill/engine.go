package fill

import (
	"context"
	"errors"
	"slices"
	"strings"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
)

// Fill fills the fields of a page and reads all of them back. An error means that the work was broken off (the page or
// the browser is gone, ctx ended); a field that could not be filled is no error but a Field that is not OK.
func Fill(ctx context.Context, p *browser.Page, asks []Ask, o Options) (Result, error) {
	s, err := open(ctx, p, asks, o)
	if err != nil {
		return Result{Fields: []Field{}}, err
	}
	defer s.release()
	done := make([]Field, len(asks))
	for i, a := range asks {
		done[i] = Field{Label: title(a), Asked: a.Value.String()}
	}
	left := indexes(asks)
	for {
		here, err := s.round(ctx, asks, left, done)
		if err != nil {
			return s.result(done), err
		}
		if err := s.readBack(ctx, asks, here, done); err != nil {
			return s.result(done), err
		}
		left = slices.DeleteFunc(left, func(i int) bool { return slices.Contains(here, i) })
		if len(left) == 0 || !allOK(done, here) {
			break
		}
		moved, err := s.next(ctx, asks, left)
		if err != nil {
			return s.result(done), err
		}
		if !moved {
			break
		}
	}
	s.absent(ctx, asks, left, done)
	return s.result(done), nil
}

// ReadBack reads what the page shows for the asks, and fills nothing.
func ReadBack(ctx context.Context, p *browser.Page, asks []Ask, o Options) ([]Field, error) {
	s, err := open(ctx, p, asks, o)
	if err != nil {
		return nil, err
	}
	defer s.release()
	done := make([]Field, len(asks))
	for i, a := range asks {
		done[i] = Field{Label: title(a), Asked: a.Value.String()}
	}
	err = s.readBack(ctx, asks, indexes(asks), done)
	return done, err
}

func open(ctx context.Context, p *browser.Page, asks []Ask, o Options) (*sheet, error) {
	w, err := known()
	if err != nil {
		return nil, err
	}
	if len(o.Next) == 0 {
		o.Next = w.Next
	}
	if len(o.Add) == 0 {
		o.Add = w.Add
	}
	s := &sheet{page: p, words: w, options: o, known: slices.Clone(o.Labels)}
	for _, a := range asks {
		s.known = append(append(s.known, a.Label), a.Also...)
	}
	return s, s.install(ctx)
}

// release lets the page send its forms again.
func (s *sheet) release() {
	for _, f := range s.frames {
		_, _ = browser.CallIn[bool](context.WithoutCancel(context.Background()), s.page, f.ID, `() => { if (globalThis.sjt) { sjt.filling = false; sjt.arm(0) } return true }`)
	}
}

func indexes(asks []Ask) []int {
	out := make([]int, len(asks))
	for i := range asks {
		out[i] = i
	}
	return out
}

// title is the label as the person wrote it, with its heading.
func title(a Ask) string {
	if a.Heading == "" {
		return a.Label
	}
	return a.Heading + ">" + a.Label
}

func allOK(done []Field, which []int) bool {
	for _, i := range which {
		if !done[i].OK {
			return false
		}
	}
	return true
}

// round fills what this page has of the asks. What is not there at first is tried again after the others: it may be
// shown only once another field holds a word. It returns the asks whose label was there.
func (s *sheet) round(ctx context.Context, asks []Ask, left []int, done []Field) ([]int, error) {
	var here []int
	rest := slices.Clone(left)
	for range 3 {
		var missing []int
		for _, i := range rest {
			there, err := s.one(ctx, asks[i], &done[i])
			if err != nil {
				return here, err
			}
			if !there {
				missing = append(missing, i)
				continue
			}
			here = append(here, i)
			if s.options.Progress != nil {
				s.options.Progress(len(asks)-len(left)+len(here), len(asks))
			}
		}
		if len(missing) == 0 || len(missing) == len(rest) {
			break
		}
		rest = missing
	}
	return here, nil
}

// one fills one field; there is false when the page has no such label.
func (s *sheet) one(ctx context.Context, a Ask, f *Field) (there bool, err error) {
	at, message, err := s.place(ctx, a)
	if err != nil {
		return false, err
	}
	if at == nil {
		f.Message = message
		return message != "", nil
	}
	f.Message = ""
	if err := s.enter(ctx, *at, a); err != nil {
		if ctx.Err() != nil || s.page.Crashed() {
			return true, err
		}
		f.Message = said(err)
	}
	return true, nil
}

func said(err error) string {
	var e *listing.Error
	if errors.As(err, &e) {
		return e.Error()
	}
	return "这一栏填不了"
}

// place finds the one field of an ask. No place and no message: the page has no such label.
func (s *sheet) place(ctx context.Context, a Ask) (*spot, string, error) {
	spots, labels, err := s.find(ctx, a)
	if err != nil {
		return nil, "", err
	}
	total := 0
	for _, at := range spots {
		total += at.state.Fields
	}
	switch {
	case total == 1:
		return &spots[0], "", nil
	case total > 1:
		return nil, "页面上有 " + count(total) + " 处“" + a.Label + "”，分不清是哪一处；写成“所在标题>" + a.Label + "”", nil
	case labels > 0:
		return nil, "", nil
	}
	return nil, "", nil
}

// absent says of the asks that were never found what is the matter with them.
func (s *sheet) absent(ctx context.Context, asks []Ask, left []int, done []Field) {
	for _, i := range left {
		if done[i].Message != "" {
			continue
		}
		done[i].OK = asks[i].Optional
		_, labels, err := s.find(ctx, asks[i])
		switch {
		case err == nil && labels > 0:
			done[i].Message = "页面上有“" + asks[i].Label + "”，但没有找到属于它的输入框"
		case asks[i].Optional:
			done[i].Message = "页面上没有这一栏，可以不填"
		default:
			done[i].Message = "页面上没有找到“" + title(asks[i]) + "”这一栏；核对名称，或在页面规则里补上它现在的名称"
		}
	}
}

// readBack reads the fields again, after all were filled: what one field did to another shows now.
func (s *sheet) readBack(ctx context.Context, asks []Ask, which []int, done []Field) error {
	for _, i := range which {
		at, message, err := s.place(ctx, asks[i])
		if err != nil {
			return err
		}
		f := &done[i]
		if at == nil {
			f.OK = false
			if f.Message == "" {
				f.Message = message
			}
			if f.Message == "" {
				f.Message = "填写之后页面上找不到这一栏了"
			}
			continue
		}
		shown, equal := s.shown(ctx, *at, asks[i].Value)
		f.Shown = shown
		told := strings.Join(at.state.Messages, "；")
		f.OK = equal && told == ""
		switch {
		case told != "":
			f.Message = joined(f.Message, "页面提示："+told)
		case equal:
			f.Message = ""
		case f.Message == "":
			f.Message = "页面上显示的与要填的不一样"
		}
	}
	return nil
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "；" + b
}

// next goes to the following page of the form, when there is a button for it.
func (s *sheet) next(ctx context.Context, asks []Ask, left []int) (bool, error) {
	for _, f := range s.frames {
		id, err := call[int](ctx, s, f.ID, `(words) => sjt.button(words, null)`, s.options.Next)
		if err != nil || id == 0 {
			continue
		}
		before, err := call[string](ctx, s, f.ID, `() => sjt.text(document.body, 4000)`)
		if err != nil {
			return false, err
		}
		if err := s.click(ctx, f.ID, id, false, s.options.Next...); err != nil {
			s.notes = append(s.notes, "没有进入下一步："+said(err))
			return false, nil
		}
		return s.arrived(ctx, f.ID, before, asks, left)
	}
	return false, nil
}

// arrived waits until one of the asks that are left is there.
func (s *sheet) arrived(ctx context.Context, frame, before string, asks []Ask, left []int) (bool, error) {
	for waited := 0; waited < s.words.Limits.Step; waited += 200 {
		if err := pause(ctx, milliseconds(200)); err != nil {
			return false, err
		}
		if err := s.install(ctx); err != nil {
			if ctx.Err() != nil || s.page.Crashed() {
				return false, err
			}
			continue
		}
		for _, i := range left {
			if spots, _, err := s.find(ctx, asks[i]); err == nil && len(spots) > 0 {
				return true, nil
			}
		}
	}
	now, err := call[string](ctx, s, frame, `() => sjt.alarms()`)
	if err == nil && now != "" {
		s.notes = append(s.notes, "没有进入下一步，页面提示："+now)
	} else {
		s.notes = append(s.notes, "点了下一步，但没有等到后面的栏目")
	}
	return false, nil
}

// result gathers the table and what our clicks really pressed.
func (s *sheet) result(done []Field) Result {
	r := Result{Fields: done, Notes: s.notes}
	for _, f := range s.frames {
		pressed, err := browser.CallIn[[]string](context.Background(), s.page, f.ID, `() => globalThis.sjt ? sjt.presses : []`)
		if err == nil && len(pressed) > 0 {
			r.PressedFinal = true
			r.Notes = append(r.Notes, "按到了："+strings.Join(pressed, "、"))
		}
	}
	return r
}
