package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// world is the name of our own JavaScript world in every frame: it shares the document with the page's scripts, and
// nothing else, so that a page cannot put its own functions in the place of the browser's.
const world = "sjt"

// Frame is a document of a page: the page's own, or one in a frame that runs in the same process (of the same site).
type Frame struct {
	ID     string
	Parent string // empty for the page's own document
	URL    string
	Name   string
}

// Frames lists the documents of the page, the page's own first, each before those inside it.
func (p *Page) Frames(ctx context.Context) ([]Frame, error) {
	timed, stop := p.limit(ctx, CallTime)
	defer stop()
	tree, err := chromedp.Call(timed, page.GetFrameTree, empty{})
	if err != nil {
		return nil, p.failed(ctx, "页面没有回答", err)
	}
	return flatten(nil, tree.FrameTree), nil
}

func flatten(into []Frame, t *page.FrameTree) []Frame {
	if t == nil || t.Frame == nil {
		return into
	}
	into = append(into, Frame{ID: string(t.Frame.ID), Parent: string(t.Frame.ParentID), URL: t.Frame.URL + t.Frame.URLFragment, Name: t.Frame.Name})
	for _, child := range t.ChildFrames {
		into = flatten(into, child)
	}
	return into
}

// CallIn calls a JavaScript function in our own world of a frame, with plain data as arguments, and returns its value,
// which has to be plain data too. A promise is waited for. What the function leaves on globalThis is there for later
// calls, as long as the frame shows the same document.
func CallIn[T any](ctx context.Context, p *Page, frame, function string, args ...any) (T, error) {
	var out T
	timed, stop := p.limit(ctx, CallTime)
	defer stop()
	res, err := p.callIn(timed, frame, function, true, args)
	if err == nil && res != nil && len(res.Value) > 0 {
		err = json.Unmarshal(res.Value, &out)
	}
	if err != nil {
		return out, p.failed(ctx, "页面没有回答", err)
	}
	return out, nil
}

// SetFiles chooses files of this machine in the file field that a function returns, as CallIn would call it.
func (p *Page) SetFiles(ctx context.Context, frame string, files []string, function string, args ...any) error {
	timed, stop := p.limit(ctx, CallTime)
	defer stop()
	field, err := p.callIn(timed, frame, function, false, args)
	if err == nil && field.ObjectID == "" {
		err = errors.New("no file field")
	}
	if err == nil {
		_, err = chromedp.Call(timed, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, ObjectID: field.ObjectID})
	}
	if err != nil {
		return p.failed(ctx, "选不了文件", err)
	}
	return nil
}

// callIn calls a function in our world of the frame. The world ends with the document of the frame.
func (p *Page) callIn(ctx context.Context, frame, function string, plain bool, args []any) (*runtime.RemoteObject, error) {
	if at, known := p.worlds.Load(frame); known {
		res, err := callAt(ctx, at.(runtime.ExecutionContextID), function, plain, args)
		if err == nil || !strings.Contains(err.Error(), "Cannot find context") {
			return res, err
		}
	}
	made, err := chromedp.Call(ctx, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: cdp.FrameID(frame), WorldName: world})
	if err != nil {
		return nil, fmt.Errorf("world of frame: %w", err)
	}
	p.worlds.Store(frame, made.ExecutionContextID)
	return callAt(ctx, made.ExecutionContextID, function, plain, args)
}

func callAt(ctx context.Context, at runtime.ExecutionContextID, function string, plain bool, args []any) (*runtime.RemoteObject, error) {
	if args == nil {
		args = []any{}
	}
	list, err := json.Marshal(args)
	if err != nil {
		return nil, fmt.Errorf("arguments: %w", err)
	}
	// The arguments travel as one text: the protocol's library leaves out arguments that are empty lists or texts.
	text, err := json.Marshal(string(list))
	if err != nil {
		return nil, fmt.Errorf("arguments: %w", err)
	}
	yes := true
	params := runtime.CallFunctionOnParams{
		FunctionDeclaration: "(list) => (" + function + ")(...JSON.parse(list))", ExecutionContextID: at,
		Arguments: []*runtime.CallArgument{{Value: text}}, AwaitPromise: &yes, ReturnByValue: &plain,
	}
	res, err := chromedp.Call(ctx, runtime.CallFunctionOn, params)
	if err != nil {
		return nil, err
	}
	if res.ExceptionDetails != nil {
		return nil, errors.New(exception(res.ExceptionDetails).Text)
	}
	return res.Result, nil
}
