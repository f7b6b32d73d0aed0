package portal

import (
	"context"
	"encoding/json"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/table"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// snapshot is what a frame's document shows, as script/snapshot.js writes it.
type snapshot struct {
	Over bool   `json:"over"`
	URL  string `json:"url"`
	Tree *node  `json:"tree"`
}

// node is an element as [name, attributes, children], or a text.
type node struct{ html.Node }

// UnmarshalJSON builds the element with all that is in it.
func (n *node) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		n.Type = html.TextNode
		return json.Unmarshal(raw, &n.Data)
	}
	var (
		attributes map[string]string
		children   []*node
	)
	if err := json.Unmarshal(raw, &[]any{&n.Data, &attributes, &children}); err != nil {
		return err
	}
	n.Type, n.DataAtom = html.ElementNode, atom.Lookup([]byte(n.Data))
	for name, value := range attributes {
		n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
	}
	for _, c := range children {
		if c != nil {
			n.AppendChild(&c.Node)
		}
	}
	return nil
}

// look takes down what all frames of the page show. Frames that go away meanwhile are left out; the page's own is not.
func (r *tableReader) look(ctx context.Context) (table.Source, []browser.Frame, error) {
	frames, err := r.page.Frames(ctx)
	if err != nil {
		return table.Source{}, nil, err
	}
	var s table.Source
	var kept []browser.Frame
	for i, f := range frames {
		text, err := call[string](ctx, r, f.ID, "snapshot", r.words.SnapshotBytes)
		if err != nil && i > 0 && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return s, nil, err
		}
		var shot snapshot
		if err := json.Unmarshal([]byte(text), &shot); err != nil {
			return s, nil, listing.Fail(listing.CodeUnreadable, "页面的内容读不出来", "刷新页面后再读").Because(err)
		}
		if shot.Over {
			return s, nil, listing.Failf(listing.CodeTooLarge, "这不像平台的列表页；换一个页面再读", "页面太大，超过 %d MB", r.words.SnapshotBytes>>20)
		}
		if shot.Tree != nil {
			s.Documents = append(s.Documents, table.Document{URL: shot.URL, Root: &shot.Tree.Node})
			kept = append(kept, f)
		}
	}
	return s, kept, nil
}

// call runs one of our scripts in a frame.
func call[T any](ctx context.Context, r *tableReader, frame, name string, args ...any) (T, error) {
	text, err := script(name)
	if err != nil {
		var zero T
		return zero, err
	}
	return browser.CallIn[T](ctx, r.page, frame, text, args...)
}
