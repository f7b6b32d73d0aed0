package browser

import (
	"context"

	"github.com/chromedp/cdproto/input"
)

// Point is a place in the viewport of the page, in CSS pixels.
type Point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// Click presses and lets go of the left button, as a person would: the page takes it for a real click.
func (p *Page) Click(ctx context.Context, at Point) error {
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		params := input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y}
		if kind != input.DispatchMouseEventTypeMouseMoved {
			params.Button, params.ClickCount = input.MouseButtonLeft, 1
		}
		if err := p.call(ctx, do(input.DispatchMouseEvent, params)); err != nil {
			return p.failed(ctx, "点不了页面", err)
		}
	}
	return nil
}

// Move puts the mouse over a place.
func (p *Page) Move(ctx context.Context, at Point) error {
	if err := p.call(ctx, do(input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: at.X, Y: at.Y})); err != nil {
		return p.failed(ctx, "点不了页面", err)
	}
	return nil
}

// Wheel turns the wheel over a place; down is positive.
func (p *Page) Wheel(ctx context.Context, at Point, down float64) error {
	params := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: at.X, Y: at.Y, DeltaY: down}
	if err := p.call(ctx, do(input.DispatchMouseEvent, params)); err != nil {
		return p.failed(ctx, "滚不动页面", err)
	}
	return nil
}

// Type puts text where the focus is, as an input method would.
func (p *Page) Type(ctx context.Context, text string) error {
	if err := p.call(ctx, do(input.InsertText, input.InsertTextParams{Text: text})); err != nil {
		return p.failed(ctx, "输入不了文字", err)
	}
	return nil
}

// Keys presses the keys of a text one after the other, where the focus is.
func (p *Page) Keys(ctx context.Context, text string) error {
	for _, r := range text {
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
			params := input.DispatchKeyEventParams{Type: kind, Key: string(r)}
			if kind == input.DispatchKeyEventTypeKeyDown {
				params.Text, params.UnmodifiedText = string(r), string(r)
			}
			if err := p.call(ctx, do(input.DispatchKeyEvent, params)); err != nil {
				return p.failed(ctx, "输入不了文字", err)
			}
		}
	}
	return nil
}
