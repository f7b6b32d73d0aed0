package fill

import (
	"context"
	"slices"
	"time"
)

type calendar struct {
	State string `json:"state"` // none, month, day
	Year  int    `json:"year"`
	Month int    `json:"month"`
	Ref   int    `json:"ref"`
	Back  []int  `json:"back"`
	On    []int  `json:"on"`
}

// date picks a day in the calendar the control opens, or writes it where none opens.
func (f *filler) date(ctx context.Context, i int, date string) error {
	want, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return refuse("日期要写成 2026-12-01 的样子")
	}
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "日期框", "text", "combo")
	if err != nil {
		return err
	}
	if c.Type == "date" {
		return f.write(ctx, c.Ref, date)
	}
	now, err := f.shown(ctx, i)
	if err != nil || sameDate(first(now.Texts), date) {
		return err
	}
	return f.within(ctx, c, func() error { return f.pickDay(ctx, c, want) })
}

func (f *filler) pickDay(ctx context.Context, c control, want time.Time) error {
	typed := !c.Readonly && c.Kind != "combo"
	for n := range f.words.Limits.Presses {
		at, err := f.calendar(ctx, want, n == 0 && (f.opened || !typed))
		if err != nil {
			return err
		}
		switch at.State {
		case "none":
			if !typed {
				return unsteady("看不懂打开的日历，没有填写")
			}
			return f.write(ctx, c.Ref, want.Format(time.DateOnly))
		case "day":
			return f.takeDay(ctx, at.Ref)
		}
		if err := f.turn(ctx, at, want); err != nil {
			return err
		}
	}
	return refuse("日历翻不到 %d 年 %d 月", want.Year(), int(want.Month()))
}

// calendar reads the open calendar, and waits for it to be drawn when it has just been opened.
func (f *filler) calendar(ctx context.Context, want time.Time, wait bool) (calendar, error) {
	for began := time.Now(); ; {
		at, err := call[calendar](ctx, f, "calendar", want.Year(), int(want.Month()), want.Day())
		if err != nil || at.State != "none" || !wait || time.Since(began) > ms(f.words.Limits.Settle) {
			return at, err
		}
		if err := pause(ctx, 60*time.Millisecond); err != nil {
			return at, err
		}
	}
}

// turn presses the arrow that leads towards the month: the outer one for years.
func (f *filler) turn(ctx context.Context, at calendar, want time.Time) error {
	months := (want.Year()-at.Year)*12 + int(want.Month()) - at.Month
	arrows, outer := at.On, len(at.On)-1
	inner := 0
	if months < 0 {
		arrows, outer, inner, months = at.Back, 0, len(at.Back)-1, -months
	}
	if len(arrows) == 0 {
		return refuse("日历上没有翻页的箭头")
	}
	which := inner
	if months >= 12 && len(arrows) > 1 {
		which = outer
	}
	if err := f.click(ctx, arrows[which], asChoice, 0); err != nil {
		return err
	}
	return f.turned(ctx, at, want)
}

// turned waits until the calendar shows another month.
func (f *filler) turned(ctx context.Context, from calendar, want time.Time) error {
	for wait := 0; wait < f.words.Limits.Settle; wait += 40 {
		at, err := f.calendar(ctx, want, false)
		if err != nil || at.Year != from.Year || at.Month != from.Month {
			return err
		}
		if err := pause(ctx, ms(40)); err != nil {
			return err
		}
	}
	return nil
}

// takeDay clicks a day, and the button of a picker that waits for one. What the page asks besides, in a box of its own or
// below the form, is the person's to answer: it is told.
func (f *filler) takeDay(ctx context.Context, ref int) error {
	type confirm struct {
		Ref  int
		Asks bool
	}
	if _, err := call[any](ctx, f, "picking", ref); err != nil {
		return err
	}
	if err := f.click(ctx, ref, asChoice, 0); err != nil {
		return err
	}
	gone, err := call[bool](ctx, f, "closed", f.words.Limits.Settle/2)
	if err != nil || gone {
		return err
	}
	at, err := call[confirm](ctx, f, "confirmIn")
	if err != nil {
		return err
	}
	if note := "选了“" + f.asks[f.field].Name() + "”的日期后页面另外要求确认，程序没有点，请在页面上看清后自己处理"; at.Asks && !slices.Contains(f.notes, note) {
		f.notes = append(f.notes, note)
	}
	if at.Ref == 0 {
		return nil
	}
	return f.click(ctx, at.Ref, asConfirm, 0)
}
