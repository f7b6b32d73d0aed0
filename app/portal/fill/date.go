package fill

import (
	"context"
	"time"
)

type calendar struct {
	Year   int   `json:"year"`
	Month  int   `json:"month"`
	Days   []int `json:"days"`
	Arrows struct {
		Back     int `json:"back"`
		On       int `json:"on"`
		BackYear int `json:"backYear"`
		OnYear   int `json:"onYear"`
	} `json:"arrows"`
}

// date picks a day in the calendar that a field opens; where none opens, it is typed.
func (s *sheet) date(ctx context.Context, at spot, date string) error {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return trouble("日期看不懂："+date, "写成 2026-12-01")
	}
	c, err := s.picker(at)
	if err != nil {
		return err
	}
	native, err := call[bool](ctx, s, at.frame, `(id) => sjt.el(id)?.type === 'date'`, c.ID)
	if err != nil {
		return err
	}
	if native {
		return s.write(ctx, at, c, date)
	}
	if err := s.openLayer(ctx, at, c); err != nil {
		return err
	}
	if err := s.turnTo(ctx, at, c, day); err != nil {
		_ = s.closeLayer(ctx, at)
		return err
	}
	return s.closeLayer(ctx, at)
}

// turnTo turns the calendar to the month of a day and presses the day.
func (s *sheet) turnTo(ctx context.Context, at spot, c control, day time.Time) error {
	for range s.words.Limits.Months {
		cal, err := s.calendar(ctx, at)
		if err != nil {
			return err
		}
		if cal == nil || cal.Month == 0 {
			if c.Writable {
				return s.write(ctx, at, c, day.Format(time.DateOnly))
			}
			return trouble("看不懂这个日期选择框", "请您自己在页面上选日期 "+day.Format(time.DateOnly))
		}
		away := (day.Year()-cal.Year)*12 + int(day.Month()) - cal.Month
		if away == 0 {
			if len(cal.Days) < day.Day() {
				return trouble("日期选择框里没有这一天", "请您自己在页面上选日期")
			}
			return s.click(ctx, at.frame, cal.Days[day.Day()-1], true)
		}
		arrow := cal.arrow(away)
		if arrow == 0 {
			return trouble("翻不动日期选择框", "请您自己在页面上选日期 "+day.Format(time.DateOnly))
		}
		if err := s.click(ctx, at.frame, arrow, true); err != nil {
			return err
		}
		if err := s.turned(ctx, at, *cal); err != nil {
			return err
		}
	}
	return trouble("翻了很多次也没有翻到这个月", "请您自己在页面上选日期 "+day.Format(time.DateOnly))
}

// arrow is the one that brings the month nearer; a year's only when it does not overshoot.
func (c calendar) arrow(away int) int {
	switch {
	case away >= 12 && c.Arrows.OnYear != 0:
		return c.Arrows.OnYear
	case away <= -12 && c.Arrows.BackYear != 0:
		return c.Arrows.BackYear
	case away > 0:
		return c.Arrows.On
	}
	return c.Arrows.Back
}

func (s *sheet) calendar(ctx context.Context, at spot) (*calendar, error) {
	return call[*calendar](ctx, s, at.frame, `async () => { for (let n = 0; n < 25; n++) { const c = sjt.calendar(); if (c) return c; await sjt.sleep(60) } return null }`)
}

// turned waits until the calendar shows another month.
func (s *sheet) turned(ctx context.Context, at spot, from calendar) error {
	_, err := call[bool](ctx, s, at.frame, `async (y, m) => { for (let n = 0; n < 30; n++) { const c = sjt.calendar(); if (c && (c.year !== y || c.month !== m)) { await sjt.sleep(60); return true } await sjt.sleep(40) } return false }`, from.Year, from.Month)
	return err
}
