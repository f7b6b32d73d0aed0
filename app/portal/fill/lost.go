package fill

import (
	"context"
	"errors"
	"slices"
)

// loss is why a field is lost: Absent, Several or Moved, or the labels that no row of it has.
type loss struct {
	why   string
	cells []string
}

func (l loss) is() bool { return l.why != "" || len(l.cells) > 0 }

// lostBy tells by the error of filling a field whether, and why, it is lost.
func lostBy(err error) loss {
	var m missing
	switch {
	case errors.As(err, &m) && m.found == Moved:
		return loss{why: Moved}
	case errors.As(err, &m) && m.found != "bare":
		return loss{why: Absent}
	}
	var r refusal
	errors.As(err, &r)
	return loss{why: r.lost, cells: r.cells}
}

// note keeps what the page shows: of the last one only where a field is lost.
func (r *run) note(ctx context.Context, last bool) error {
	if last && !slices.ContainsFunc(r.lost, loss.is) {
		return nil
	}
	more, err := call[[]Label](ctx, r.filler, "labels")
	r.labels = append(r.labels, more...)
	return err
}

// shownLabels are what the pages showed, where a field is lost.
func (r *run) shownLabels() []Label {
	if slices.ContainsFunc(r.fields, func(f Field) bool { return f.Lost != "" || len(f.LostCells) > 0 }) {
		return r.labels
	}
	return nil
}

const onlyEarlier = "填在了前面一步；这一步也有叫这个名称的栏目，没有填。请核对该填哪一处，可以写成“所在标题>栏目名称”"

// twice looks, on a following page of the form, for fields that were filled on an earlier one. Which of the two was
// meant nobody said, and the earlier cannot be taken back: it is told. One that shows the same is the same.
func (r *run) twice(ctx context.Context) error {
	for i := range r.asks {
		if r.state[i] != left || !r.fields[i].OK || r.told(i) {
			continue
		}
		another, err := r.another(ctx, i)
		if err != nil {
			return err
		}
		if another {
			r.fields[i].OK, r.fields[i].Message, r.lost[i] = false, onlyEarlier, loss{why: Several}
		}
	}
	return nil
}

// told reports whether another ask says by its heading which of the fields of this label it means.
func (r *run) told(i int) bool {
	return slices.ContainsFunc(r.asks, func(a Ask) bool {
		return a.Label == r.asks[i].Label && a.Heading != "" && a.Heading != r.asks[i].Heading
	})
}

// another reports whether the page has a field of an ask that can be filled and shows something else than was asked.
func (r *run) another(ctx context.Context, i int) (bool, error) {
	controls, err := r.describe(ctx, i)
	if _, plain := ordinary(err); plain {
		return lostBy(err).why == Several, nil
	}
	if err != nil || !slices.ContainsFunc(controls, func(c control) bool { return !c.Disabled }) {
		return false, err
	}
	now, err := r.shown(ctx, i)
	if _, plain := ordinary(err); plain {
		return false, nil
	}
	return err == nil && !r.asks[i].equal(now), err
}
