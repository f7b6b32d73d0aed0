package fill

import (
	"context"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
)

// sheet is a page while it is being filled.
type sheet struct {
	page    *browser.Page
	words   *words
	options Options
	known   []string // every label asked for or given, which bounds the fields before it
	frames  []browser.Frame
	notes   []string
}

// spot is where an ask was found: the frame, and what the frame says of it.
type spot struct {
	frame string
	state state
}

// state is the answer of sjt.state.
type state struct {
	Labels   int       `json:"labels"`
	Fields   int       `json:"fields"`
	Label    int       `json:"label"`
	Box      int       `json:"box"`
	Whole    int       `json:"whole"`
	Controls []control `json:"controls"`
	Messages []string  `json:"messages"`
	Around   string    `json:"around"`
}

type control struct {
	ID       int      `json:"id"`
	Kind     string   `json:"kind"`
	Shown    []string `json:"shown"`
	Option   string   `json:"option"`
	Ticked   bool     `json:"ticked"`
	Off      bool     `json:"off"`
	Writable bool     `json:"writable"`
	Multiple bool     `json:"multiple"`
}

func (s state) of(kinds ...string) []control {
	var out []control
	for _, c := range s.Controls {
		for _, k := range kinds {
			if c.Kind == k {
				out = append(out, c)
			}
		}
	}
	return out
}

type jsAsk struct {
	Label   string   `json:"label"`
	Also    []string `json:"also"`
	Heading string   `json:"heading"`
	Rows    bool     `json:"rows"` // its controls may not be there yet
}

// install puts the script into every frame that can take it; a frame that is gone meanwhile is left out.
func (s *sheet) install(ctx context.Context) error {
	frames, err := s.page.Frames(ctx)
	if err != nil {
		return err
	}
	source, err := script()
	if err != nil {
		return err
	}
	s.frames = nil
	for i, f := range frames {
		if _, err := browser.CallIn[bool](ctx, s.page, f.ID, source); err != nil {
			if i == 0 || ctx.Err() != nil {
				return err
			}
			continue
		}
		if _, err := browser.CallIn[bool](ctx, s.page, f.ID, `(rules) => { sjt.rules = { ...sjt.rules, ...rules }; sjt.filling = true; return true }`, s.rules()); err != nil {
			return err
		}
		s.frames = append(s.frames, f)
	}
	return nil
}

// rules are the words of the guard as the script takes them.
func (s *sheet) rules() map[string]any {
	type word struct {
		Text  string `json:"text"`
		Whole bool   `json:"whole"`
	}
	var never []word
	for _, w := range append(append([]string{}, s.words.Contains...), s.options.Never...) {
		never = append(never, word{Text: plain(w)})
	}
	for _, w := range s.words.Whole {
		never = append(never, word{Text: plain(w), Whole: true})
	}
	return map[string]any{"never": never, "allowed": []string{}, "layer": false}
}

// call runs an expression of the script in a frame.
func call[T any](ctx context.Context, s *sheet, frame, function string, args ...any) (T, error) {
	return browser.CallIn[T](ctx, s.page, frame, function, args...)
}

// find looks an ask up in every frame.
func (s *sheet) find(ctx context.Context, a Ask) (spots []spot, labels int, err error) {
	for _, f := range s.frames {
		st, err := call[state](ctx, s, f.ID, `(a, k) => sjt.state(a, k)`, jsAsk{a.Label, append([]string{}, a.Also...), a.Heading, a.Value.Rows != nil}, s.known)
		if err != nil {
			if ctx.Err() != nil {
				return nil, 0, err
			}
			continue
		}
		labels += st.Labels
		if st.Fields > 0 {
			spots = append(spots, spot{frame: f.ID, state: st})
		}
	}
	return spots, labels, nil
}

// click presses an element with the mouse, once it is still and nothing covers it. layer says that it belongs to a layer
// which a click of ours opened, allowed that it is a button we may press.
func (s *sheet) click(ctx context.Context, frame string, id int, layer bool, allowed ...string) error {
	at, err := s.aim(ctx, frame, id, layer, allowed)
	if err != nil {
		return err
	}
	if _, err := call[bool](ctx, s, frame, `(id, o) => { sjt.stopped = ''; sjt.arm(o || id); return true }`, id, at.Ours); err != nil {
		return err
	}
	if err := s.page.Click(ctx, browser.Point{X: at.X, Y: at.Y}); err != nil {
		return err
	}
	stopped, err := call[string](ctx, s, frame, `() => { sjt.arm(0); sjt.rules.layer = false; sjt.rules.allowed = []; return sjt.stopped ?? '' }`)
	if err != nil {
		return nil // the page went on to another document: the caller sees that by itself
	}
	if stopped != "" {
		return refused(stopped)
	}
	return nil
}

type aimed struct {
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	Ours  int     `json:"ours"`
	Final string  `json:"final"`
	Why   string  `json:"why"`
}

func (s *sheet) aim(ctx context.Context, frame string, id int, layer bool, allowed []string) (aimed, error) {
	plainAllowed := []string{}
	for _, w := range allowed {
		plainAllowed = append(plainAllowed, plain(w))
	}
	for range s.words.Limits.Retries {
		at, err := call[aimed](ctx, s, frame, `(id, layer, allowed) => { sjt.rules.layer = layer; sjt.rules.allowed = allowed; return sjt.target(id) }`, id, layer, plainAllowed)
		switch {
		case err != nil:
			return at, err
		case at.Final != "":
			return at, refused(at.Final)
		case at.Why == "":
			return at, nil
		case at.Why == "gone":
			return at, trouble("页面在填写时换掉了这一栏", "再填一次；还是这样的，用“逐项复制”自己填")
		case at.Why == "covered":
			_ = s.dismiss(ctx, frame, id)
		}
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return at, err
		}
	}
	at, err := call[aimed](ctx, s, frame, `(id) => sjt.target(id)`, id)
	if err != nil {
		return at, err
	}
	switch at.Why {
	case "":
		return at, nil
	case "moving":
		return at, trouble("这一栏一直在移动，点不准", "等页面停下来再填，或者用“逐项复制”自己填")
	}
	return at, trouble("这一栏被别的内容挡住了，点不到", "关掉挡住它的内容再填一次")
}

// dismiss leaves an open layer by a click where nothing happens.
func (s *sheet) dismiss(ctx context.Context, frame string, near int) error {
	at, err := call[*browser.Point](ctx, s, frame, `(id) => { const p = sjt.blank(id); return p && { X: p.x, Y: p.y } }`, near)
	if err != nil || at == nil {
		return err
	}
	return s.page.Click(ctx, *at)
}

func refused(word string) error {
	return trouble("这里会按到“"+word+"”，程序从不替您按", "请您自己在浏览器里操作这一步")
}

func trouble(message, hint string) error {
	return listing.Fail(listing.CodeRefused, message, hint)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case <-time.After(d):
		return nil
	}
}
