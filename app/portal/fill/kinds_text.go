package fill

import (
	"context"
	"strings"
	"unicode/utf16"
)

func (f *filler) text(ctx context.Context, i int, text string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "输入框", "text", "combo")
	if err != nil {
		return err
	}
	return f.write(ctx, c.Ref, text)
}

// write puts a text into an input and leaves it.
func (f *filler) write(ctx context.Context, ref int, text string) error {
	said, err := call[string](ctx, f, "setText", ref, text)
	if err != nil {
		return err
	}
	switch said {
	case "":
		return nil
	case "dropped":
		return f.typed(ctx, ref, text)
	case "readonly":
		return refuse("页面不让直接输入这一栏（只读）")
	case "disabled":
		return refuse("页面不让改这一栏（已禁用）")
	case "covered":
		return unsteady("输入框被遮住，没有填写")
	}
	if most, long := strings.CutPrefix(said, "long "); long {
		return refuse("这一栏最多 %s 个字，要填的有 %d 个，没有填；请缩短后再填", most, len(utf16.Encode([]rune(text))))
	}
	return unsteady("输入框在填写时消失了")
}

// typed types into an input that takes nothing but keys, and leaves it.
func (f *filler) typed(ctx context.Context, ref int, text string) error {
	there, err := call[bool](ctx, f, "focus", ref)
	if err != nil || !there {
		return err
	}
	if err := f.page.Keys(ctx, text); err != nil {
		return err
	}
	_, err = call[any](ctx, f, "blur")
	return err
}
