package fill

import (
	"context"
	"time"

	"shangjiatong/app/browser"
)

// target is where the script says a click would hit what is meant.
type target struct {
	State string  `json:"state"` // ok, gone, moving, covered, final
	By    string  `json:"by"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
}

// What a click is for.
const (
	asControl = "control" // opens a control of a field
	asChoice  = "choice"  // an option of a field, or something in a layer our own click opened
	asConfirm = "confirm" // the button that confirms in the picker our own click opened
	asPress   = "press"   // a button the caller named
	asAdd     = "add"     // such a one, for one more row
)

// click clicks an element once it stands still and nothing covers it, and refuses a final button. With a box, a hit
// anywhere on the box is as good.
func (f *filler) click(ctx context.Context, ref int, as string, box int) error {
	at, err := f.reach(ctx, ref, as, box)
	if err != nil {
		return err
	}
	return f.clickAt(ctx, at)
}

// reach puts the mouse over an element, where a click would do what click says.
func (f *filler) reach(ctx context.Context, ref int, as string, box int) (browser.Point, error) {
	var last target
	for try := range f.words.Limits.Tries {
		at, err := call[target](ctx, f, "aim", ref, as, try, box)
		if err != nil {
			return browser.Point{}, err
		}
		switch last = at; at.State {
		case "ok":
			there := browser.Point{X: at.X, Y: at.Y}
			if still, err := f.hover(ctx, there); still || err != nil {
				return there, err
			}
			last.State = "moving"
		case "gone":
			return browser.Point{}, unsteady("控件在填写时消失了")
		case "final":
			return browser.Point{}, refuse("要点的地方是“%s”按钮，程序不点这类按钮", at.By)
		}
		if err := pause(ctx, 60*time.Millisecond); err != nil {
			return browser.Point{}, err
		}
	}
	return browser.Point{}, unreached(last)
}

// unreached is why an element was not clicked.
func unreached(last target) error {
	switch {
	case last.State == "moving":
		return unsteady("控件一直在移动，点不准，没有点")
	case last.By != "":
		return unsteady("控件被“%s”遮住，点不到", last.By)
	}
	return unsteady("控件被遮住，点不到")
}

// hover puts the mouse where the click will be, and reports whether it still would hit: a page may move under the mouse.
func (f *filler) hover(ctx context.Context, at browser.Point) (bool, error) {
	if err := f.page.Move(ctx, at); err != nil {
		return false, err
	}
	return call[bool](ctx, f, "still", at.X, at.Y)
}

// clickAt clicks, and hears where the click really landed.
func (f *filler) clickAt(ctx context.Context, at browser.Point) error {
	if err := f.page.Click(ctx, at); err != nil {
		return err
	}
	type hits struct {
		Finals  []string
		Missed  bool
		Changed []string
	}
	hit, err := call[hits](ctx, f, "landed")
	if err != nil {
		return err
	}
	for _, name := range hit.Finals {
		f.pressed = true
		f.notes = append(f.notes, "页面移动，点到了“"+name+"”按钮，请立即核对页面")
	}
	for _, name := range hit.Changed {
		f.notes = append(f.notes, "页面移动，误点了“"+name+"”，请核对页面")
	}
	if hit.Missed {
		return unsteady("页面移动，没有点到要点的地方")
	}
	return nil
}

// leave closes the layer our click opened by clicking bare ground beside the field.
func (f *filler) leave(ctx context.Context) error {
	still, err := call[bool](ctx, f, "open")
	if err != nil || !still {
		return err
	}
	at, err := call[*browser.Point](ctx, f, "blank", f.field)
	if err != nil {
		return err
	}
	if at != nil {
		if err := f.clickAt(ctx, *at); err != nil {
			return err
		}
		if gone, err := call[bool](ctx, f, "closed", f.words.Limits.Settle); err != nil || gone {
			return err
		}
	}
	if _, err := call[any](ctx, f, "blur"); err != nil {
		return err
	}
	_, err = call[bool](ctx, f, "closed", f.words.Limits.Settle)
	return err
}

// pause waits, unless the work is stopped meanwhile.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return canceled(ctx.Err())
	case <-time.After(d):
		return nil
	}
}
