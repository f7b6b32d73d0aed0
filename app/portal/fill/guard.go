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
	var last target
	for try := range f.words.Limits.Tries {
		at, err := call[target](ctx, f, "aim", ref, as, try, box)
		if err != nil {
			return err
		}
		switch last = at; at.State {
		case "ok":
			return f.clickAt(ctx, browser.Point{X: at.X, Y: at.Y})
		case "gone":
			return unsteady("控件在填写时消失了")
		case "final":
			return refuse("要点的地方是“%s”按钮，程序不点这类按钮", at.By)
		}
		if err := pause(ctx, 60*time.Millisecond); err != nil {
			return err
		}
	}
	if last.State == "moving" {
		return unsteady("控件一直在移动，点不准，没有点")
	}
	if last.By != "" {
		return unsteady("控件被“%s”遮住，点不到", last.By)
	}
	return unsteady("控件被遮住，点不到")
}

// clickAt clicks, and hears where the click really landed.
func (f *filler) clickAt(ctx context.Context, at browser.Point) error {
	if err := f.page.Click(ctx, at); err != nil {
		return err
	}
	finals, err := call[[]string](ctx, f, "landed")
	if err != nil {
		return err
	}
	for _, name := range finals {
		f.pressed = true
		f.notes = append(f.notes, "页面移动，点到了“"+name+"”按钮，请立即核对页面")
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
