package portal

import (
	"context"
	"maps"
	"slices"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/table"
)

// window is what script/window.js says of a table.
type window struct {
	Rows bool `json:"rows"` // there are rows that are not drawn
	End  bool `json:"end"`  // it stands at its end
	// Moved says that something around the table was moved to its end, where that was asked for.
	Moved bool `json:"moved"`
}

func (r *tableReader) window(ctx context.Context, v view, i int, move string) (window, error) {
	frame, mark, ok := v.place(i)
	if !ok {
		return window{End: true}, nil
	}
	return call[window](ctx, r, frame, "window", mark, move)
}

// whole adds the rows that a table draws only once it is moved to them. Each part has to begin with rows of the one
// before: otherwise some would be missing unnoticed.
func (l *list) whole(ctx context.Context, v view) (view, error) {
	at, err := l.window(ctx, v, 0, "top")
	if err != nil || !at.Rows {
		return v, err
	}
	out, err := l.drawn(ctx)
	if err != nil {
		return v, err
	}
	last := out
	for n := 0; n < l.o.MaxPages*4; n++ {
		if at, err = l.window(ctx, last, 0, "on"); err != nil {
			return v, err
		}
		if last, err = l.drawn(ctx); err != nil {
			return v, err
		}
		if out, err = joined(out, last); err != nil {
			return v, err
		}
		l.o.Progress(1, len(out.result.Rows), -1)
		if at.End {
			out.mark = v.mark
			return out, nil
		}
	}
	return v, listing.Failf(listing.CodeTooLarge, "先在页面上用查询条件缩小范围，再读", "“%s”滚动了很多次还没有到底，没有读完", l.title)
}

// drawn reads what the table shows once that stays the same.
func (l *list) drawn(ctx context.Context) (view, error) {
	var last view
	for until := time.Now().Add(l.words.turn()); ; {
		if err := pause(ctx, l.words.settle()/3); err != nil {
			return last, err
		}
		now, err := l.read(ctx)
		if err != nil {
			return last, err
		}
		if now.mark == last.mark && !l.busy(ctx, now) && len(now.result.Rows) > 0 {
			return now, nil
		}
		if last = now; time.Now().After(until) {
			return last, listing.Fail(listing.CodeUnreadable, "页面上的列表一直在变，读不准", "等页面静下来，或刷新页面后再读")
		}
	}
}

// joined appends the rows of a part that are not in what was read before it.
func joined(all, part view) (view, error) {
	rows := all.result.Rows
	for n := min(len(rows), len(part.result.Rows)); n > 0; n-- {
		if !slices.EqualFunc(rows[len(rows)-n:], part.result.Rows[:n], maps.Equal[map[string]string]) {
			continue
		}
		all.result.Rows = append(slices.Clone(rows), part.result.Rows[n:]...)
		all.result.Links = append(slices.Clone(all.result.Links), part.result.Links[min(n, len(part.result.Links)):]...)
		all.result.Notes, all.result.Places, all.frames = part.result.Notes, part.result.Places, part.frames
		return all, nil
	}
	return all, listing.Fail(listing.CodeUnreadable, "列表只画出看得见的行，滚动时接不上，没有读完", "把页面缩小显示，或把列表调高，再读")
}

// hidden tells of rows that are not drawn, where only what the page shows is read.
func (r *tableReader) hidden(ctx context.Context, v view, i int, res *table.Result, title string) error {
	at, err := r.window(ctx, v, i, "")
	if err == nil && at.Rows {
		res.Incomplete, res.Notes = true, append(res.Notes, "“"+title+"”只画出看得见的行，只读了这些")
	}
	return err
}
