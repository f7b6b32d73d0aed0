package fill

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
)

// Fill fills the fields in their order, through the following pages of the form where Options.Next leads there, and
// reads all of them back. What could not be filled is told field by field; an error means that the page itself is gone.
// Nothing is pressed but the fields' own controls, what those open, and the buttons named by Options.
func Fill(ctx context.Context, p *browser.Page, asks []Ask, o Options) (Result, error) {
	f, err := newFiller(p, asks, o)
	if err != nil {
		return Result{}, err
	}
	run := &run{filler: f, fields: make([]Field, len(asks)), state: make([]state, len(asks)), why: make([]string, len(asks)), again: make([]bool, len(asks)), lost: make([]loss, len(asks))}
	stop := p.Hear(run.seen.hear)
	defer stop()
	if err := f.begin(ctx); err != nil {
		return Result{}, err
	}
	err = run.all(ctx)
	run.blocked = run.blocked || err != nil
	if left := run.letGo(ctx); err == nil {
		err = left
	}
	if errors.Is(err, errMoved) {
		f.notes = append(f.notes, "填写时页面跳到了别处，后面的栏目没有填写："+run.seen.place())
		err = nil
	} else if err == nil {
		_, _ = call[any](ctx, f, "restore")
	}
	run.finish()
	return Result{Fields: run.fields, PressedFinal: f.pressed, Notes: append(f.notes, run.seen.notes()...), Seen: run.shownLabels()}, err
}

type state int

const (
	waiting state = iota // not found yet
	filled               // on the page that is shown
	failed               // on the page that is shown, and not as it should be
	left                 // on an earlier page, read back before it was left
)

// run is the work on one form.
type run struct {
	*filler
	fields []Field
	state  []state
	why    []string
	again  []bool
	lost   []loss
	labels []Label // what the pages show
	seen   witness
	// blocked says that a following page of the form may be there which was not reached.
	blocked bool
}

func (r *run) all(ctx context.Context) error {
	for range r.words.Limits.Steps {
		if err := r.ready(ctx, r.waited()); err != nil {
			return err
		}
		if err := r.twice(ctx); err != nil {
			return err
		}
		if err := r.fillPage(ctx); err != nil {
			return err
		}
		fine, err := r.readPage(ctx)
		if err == nil && !fine {
			fine, err = r.mend(ctx)
		}
		if err != nil {
			return err
		}
		last := !fine || len(r.waited()) == 0
		if err := r.note(ctx, last); err != nil {
			return err
		}
		if last {
			return r.mayGoOn(ctx)
		}
		on, err := r.next(ctx)
		if err != nil || !on {
			return err
		}
	}
	r.blocked = true
	return nil
}

// onward is the button to the following page of the form: its ref, how many there are, whether one cannot be pressed.
type onward struct {
	Ref, Many int
	Off       bool
}

// mayGoOn remembers whether the page that is left as it is has a button to a following one, where fields are waited for.
func (r *run) mayGoOn(ctx context.Context) error {
	if len(r.waited()) == 0 {
		return nil
	}
	at, err := call[onward](ctx, r.filler, "button", r.words.Next)
	r.blocked = at.Many > 0 || at.Off
	return err
}

// waited lists the fields that were not found yet.
func (r *run) waited() []int {
	list := []int{}
	for i := range r.state {
		if r.state[i] == waiting {
			list = append(list, i)
		}
	}
	return list
}

// fillPage fills what the page shows, again and again while fields appear that depend on others.
func (r *run) fillPage(ctx context.Context) error {
	for {
		some := false
		for i := range r.asks {
			if r.state[i] != waiting {
				continue
			}
			if err := r.fillOne(ctx, i); err != nil {
				return err
			}
			some = some || r.state[i] != waiting
		}
		if !some || len(r.waited()) == 0 {
			return nil
		}
		if more, err := r.appear(ctx); !more || err != nil {
			return err
		}
	}
}

// appear waits for one of the fields that are waited for to come up.
func (r *run) appear(ctx context.Context) (bool, error) {
	for began := time.Now(); time.Since(began) < ms(r.words.Limits.Conditional); {
		now, err := call[presence](ctx, r.filler, "present", r.waited())
		if err != nil || now.Asked > 0 {
			return now.Asked > 0, err
		}
		if err := pause(ctx, ms(80)); err != nil {
			return false, err
		}
	}
	return false, nil
}

func (r *run) fillOne(ctx context.Context, i int) error {
	r.field = i
	err := r.fillSurely(ctx, i)
	r.lost[i] = lostBy(err)
	var absent missing
	switch why, plain := ordinary(err); {
	case errors.As(err, &absent):
		r.why[i] = why
		return nil
	case plain:
		r.state[i], r.why[i] = failed, why
		var refused refusal
		r.again[i] = errors.As(err, &refused) && refused.again
	case err != nil:
		return err
	default:
		r.state[i], r.why[i] = filled, ""
	}
	if r.o.Progress != nil {
		r.o.Progress(len(r.asks)-len(r.waited()), len(r.asks))
	}
	return nil
}

// fillSurely fills a field, and once more if the page does not show it: a list may have moved away under the click. What
// is right already is not touched, and files are never chosen twice.
func (r *run) fillSurely(ctx context.Context, i int) error {
	kind := r.asks[i].Value.kind()
	for try := 0; ; try++ {
		if err := r.fill(ctx, i); err != nil {
			return err
		}
		if kind == "files" || kind == "text" || try > 0 {
			return nil
		}
		if right, err := r.shows(ctx, i); right || err != nil {
			return err
		}
	}
}

// shows waits a moment for the page to show what was asked.
func (r *run) shows(ctx context.Context, i int) (bool, error) {
	for began := time.Now(); ; {
		s, err := r.shown(ctx, i)
		if err != nil || r.equal(i, s) || time.Since(began) > ms(r.words.Limits.Settle) {
			return err == nil && r.equal(i, s), err
		}
		if err := pause(ctx, ms(60)); err != nil {
			return false, err
		}
	}
}

// ordinary reports whether an error concerns the field alone, and says why.
func ordinary(err error) (string, bool) {
	var r refusal
	var m missing
	if errors.As(err, &r) || errors.As(err, &m) {
		return err.Error(), true
	}
	return "", false
}

func (f *filler) fill(ctx context.Context, i int) error {
	v := f.asks[i].Value
	switch v.kind() {
	case "text":
		return f.text(ctx, i, *v.Text)
	case "choose":
		return f.choose(ctx, i, *v.Choose)
	case "check":
		return f.check(ctx, i, v.Check)
	case "path":
		return f.path(ctx, i, v.Path)
	case "date":
		return f.date(ctx, i, *v.Date)
	case "switch":
		return f.toggleSwitch(ctx, i, *v.Switch)
	case "files":
		return f.files(ctx, i, v.Files)
	}
	return f.rows(ctx, i, v.Rows)
}

// readPage reads the fields of the page that is shown, and reports whether all are as asked. What the page needs a
// moment to show is waited for.
func (r *run) readPage(ctx context.Context) (bool, error) {
	if err := r.uploaded(ctx); err != nil {
		return false, err
	}
	fine := true
	for i := range r.asks {
		if r.state[i] != filled && r.state[i] != failed {
			continue
		}
		line, err := r.settled(ctx, i)
		if err != nil {
			return false, err
		}
		if r.state[i] == failed && r.asks[i].Value.kind() == "files" {
			line.OK = false // a page may list a file that never arrived
		}
		if !line.OK {
			line.Message = r.explained(i, line.Message)
		}
		r.fields[i] = line
		fine = fine && line.OK
	}
	return fine, nil
}

// mend fills once more what the page lost meanwhile, as one does that draws itself anew, and what it moved away under a
// click. What the page speaks against, and what cannot be, is left; files are not sent a second time.
func (r *run) mend(ctx context.Context) (bool, error) {
	some := false
	for i, line := range r.fields {
		lost := r.state[i] == filled && line.Label != "" && !line.OK && line.Message == differs && r.asks[i].Value.kind() != "files"
		if !lost && !(r.state[i] == failed && r.again[i]) {
			continue
		}
		some = true
		if err := r.fillOne(ctx, i); err != nil {
			return false, err
		}
	}
	if !some {
		return false, nil
	}
	return r.readPage(ctx)
}

const differs = "页面显示的与要填的不一致"

// explained is why a field is not as it should be: what happened while it was filled, and what the page says of it.
func (r *run) explained(i int, said string) string {
	var parts []string
	for _, part := range []string{r.why[i], said} {
		if part != "" && !strings.Contains(strings.Join(parts, "；"), part) {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return differs
	}
	return strings.Join(parts, "；")
}

func (r *run) settled(ctx context.Context, i int) (Field, error) {
	began := time.Now()
	for {
		line, err := r.readField(ctx, i)
		if err != nil || line.OK || r.state[i] == failed || time.Since(began) > ms(r.words.Limits.Settle) {
			return line, err
		}
		if err := pause(ctx, ms(80)); err != nil {
			return line, err
		}
	}
}

// next presses the button to the following page of the form, and reports whether that came up.
func (r *run) next(ctx context.Context) (bool, error) {
	at, err := call[onward](ctx, r.filler, "button", r.words.Next)
	names := strings.Join(r.words.Next, "”“")
	r.blocked = at.Many > 0 || at.Off
	switch {
	case at.Many > 1:
		r.notes = append(r.notes, fmt.Sprintf("页面上有 %d 个“%s”按钮，不知道按哪一个，没有按", at.Many, names))
	case at.Many == 0 && at.Off:
		r.notes = append(r.notes, "没有进入下一页：“"+names+"”按钮现在不能按（已禁用）")
	}
	if err != nil || at.Ref == 0 {
		return false, err
	}
	was, err := call[string](ctx, r.filler, "step")
	if err != nil {
		return false, err
	}
	if err := r.click(ctx, at.Ref, asPress, 0); err != nil {
		if why, plain := ordinary(err); plain {
			r.notes = append(r.notes, "没有进入下一页："+why)
			return false, nil
		}
		if !errors.Is(err, errMoved) {
			return false, err
		}
	}
	return r.arrive(ctx, was)
}

// arrive waits for the following page, which may be another document, and may come only when files were sent.
func (r *run) arrive(ctx context.Context, was string) (bool, error) {
	for wait, held := 0, 0; wait < r.words.Limits.Step; wait += 100 {
		now, err := call[string](ctx, r.filler, "step")
		if errors.Is(err, errMoved) {
			if err = r.begin(ctx); err == nil {
				now, err = call[string](ctx, r.filler, "step")
			}
		}
		if err == nil && now != was {
			r.leavePage()
			r.blocked = false
			return true, pause(ctx, ms(150))
		}
		if err := pause(ctx, ms(100)); err != nil {
			return false, err
		}
		if r.gate.busy() && held < r.words.Limits.Sending {
			wait, held = wait-100, held+100
		}
	}
	said, err := call[[]string](ctx, r.filler, "complaints")
	if err != nil {
		return false, err
	}
	note := "按了下一步，页面没有变化"
	if len(said) > 0 {
		note += "；页面说：" + strings.Join(said, "；")
	}
	r.notes = append(r.notes, note)
	_, err = r.readPage(ctx)
	return false, err
}

func (r *run) leavePage() {
	for i := range r.state {
		if r.state[i] == filled || r.state[i] == failed {
			r.state[i] = left
		}
	}
}

// finish completes the lines of fields that were never reached.
func (r *run) finish() {
	for i, a := range r.asks {
		if r.fields[i].Label != "" {
			r.fields[i].Lost, r.fields[i].LostCells = r.lost[i].why, r.lost[i].cells
			continue
		}
		r.fields[i] = Field{Lost: r.lost[i].why, LostCells: r.lost[i].cells, Label: a.Name(), Asked: a.asked(), Message: r.why[i]}
		switch {
		case r.why[i] == "":
			r.fields[i].Message = "没有填写"
		case a.Optional && r.lost[i].why == Absent:
			r.fields[i].Lost, r.fields[i].OK = "", !r.blocked
			r.fields[i].Message += map[bool]string{true: "；后面的页面没有打开，那里有没有还不知道", false: "，跳过"}[r.blocked]
		}
	}
}

func canceled(err error) error {
	return listing.Fail(listing.CodeCanceled, "已停止", "").Because(err)
}
