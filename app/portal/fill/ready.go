package fill

import (
	"context"
	"errors"
	"time"
)

// presence is how far a page has drawn a form.
type presence struct {
	Asked  int    `json:"asked"`  // how many of the fields that are waited for there are
	Fields bool   `json:"fields"` // whether there is anything to fill at all
	Face   string `json:"face"`   // changes while the page is being drawn
	Quiet  int    `json:"quiet"`  // milliseconds since the page last loaded anything
}

// ready waits until the page has drawn the fields: all of them, or what there is has not changed for a while. A page
// that shows nothing to fill yet is waited for longest.
func (f *filler) ready(ctx context.Context, waited []int) error {
	l := f.words.Limits
	began := time.Now()
	last, since := "", began
	for {
		now, err := f.presence(ctx, waited)
		if err != nil {
			return err
		}
		if now.Face != last {
			if last != "" {
				now.Quiet = 0
			}
			last, since = now.Face, time.Now().Add(-ms(now.Quiet))
		}
		still := time.Since(since)
		switch {
		case now.Asked >= len(waited), time.Since(began) > ms(l.Draw):
			return nil
		case now.Asked > 0 && still > ms(l.Still), now.Fields && still > ms(l.Other):
			return nil
		}
		if err := pause(ctx, ms(100)); err != nil {
			return err
		}
	}
}

// presence looks at the page, in another frame or document if the fields are there now.
func (f *filler) presence(ctx context.Context, waited []int) (presence, error) {
	now, err := call[presence](ctx, f, "present", waited)
	if err == nil && now.Asked > 0 {
		return now, nil
	}
	if err != nil && !errors.Is(err, errMoved) {
		return now, err
	}
	if err := f.begin(ctx); err != nil {
		return now, err
	}
	return call[presence](ctx, f, "present", waited)
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
