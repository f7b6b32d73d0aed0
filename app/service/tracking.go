package service

import (
	"bytes"
	"context"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// Tracking is what can be done with the tracking code (埋点代码) of an app.
type Tracking struct{ *core }

// StackInfo is one way a front end can be built.
type StackInfo struct {
	ID    tracking.Stack `json:"id"`
	Title string         `json:"title"`
}

// Stacks lists the stacks code can be made for: those the kind of an app can have, or all when no app is named.
func (s *Tracking) Stacks(ctx context.Context, appID string) ([]StackInfo, error) {
	stacks := tracking.Stacks()
	if appID != "" {
		a, _, err := s.load(ctx, appID)
		if err != nil {
			return nil, err
		}
		stacks = tracking.StacksFor(a.Kind)
	}
	out := []StackInfo{}
	for _, k := range stacks {
		out = append(out, StackInfo{ID: k, Title: k.Word()})
	}
	return out, nil
}

// SnippetView is the tracking code of an app, or what stands against making it.
type SnippetView struct {
	Stack        tracking.Stack    `json:"stack"`
	FactsVersion string            `json:"facts_version"`
	Files        []tracking.File   `json:"files"` // empty while a finding blocks
	Findings     []listing.Finding `json:"findings"`
}

// Check judges the issued values and the page table (TRACK-7 to TRACK-11).
func (s *Tracking) Check(ctx context.Context, appID string) ([]listing.Finding, error) {
	a, facts, err := s.load(ctx, appID)
	if err != nil {
		return nil, err
	}
	out := facts.CheckInputs(tracking.ParamsOf(&a), a.Pages)
	if out == nil {
		out = []listing.Finding{}
	}
	return out, nil
}

// load returns an app with the facts its tracking code goes by.
func (s *Tracking) load(ctx context.Context, given string) (a listing.App, f tracking.Facts, err error) {
	err = s.view(ctx, func(r listing.Reader) (err error) {
		if a, err = app(r, given); err != nil {
			return err
		}
		f, err = s.trackingFacts(r)
		return err
	})
	return a, f, err
}

// Snippets makes the tracking code of an app for one stack. While a finding blocks there are no files.
func (s *Tracking) Snippets(ctx context.Context, appID string, stack tracking.Stack) (SnippetView, error) {
	out := SnippetView{Stack: stack, Files: []tracking.File{}}
	a, facts, err := s.load(ctx, appID)
	if err != nil {
		return out, err
	}
	if out.Findings, err = s.Check(ctx, a.ID); err != nil || len(listing.Blocking(out.Findings)) > 0 {
		return out, err
	}
	bundle, err := facts.Generate(stack, tracking.ParamsOf(&a), a.Pages)
	if err != nil {
		return out, err
	}
	out.FactsVersion, out.Files = bundle.FactsVersion, bundle.Files
	return out, nil
}

// ParsePages reads a pasted page table.
func (s *Tracking) ParsePages(ctx context.Context, text string) ([]listing.Page, error) {
	f, err := s.effectiveFacts(ctx)
	if err != nil {
		return nil, err
	}
	return f.ParsePages(text)
}

// Zip returns the tracking code of an app for one stack as a zip, with the name it should be saved under.
func (s *Tracking) Zip(ctx context.Context, appID string, stack tracking.Stack) (name string, zip []byte, err error) {
	a, _, err := s.load(ctx, appID)
	if err != nil {
		return "", nil, err
	}
	view, err := s.Snippets(ctx, a.ID, stack)
	if err != nil {
		return "", nil, err
	}
	if blocking := listing.Blocking(view.Findings); len(blocking) > 0 {
		return "", nil, Refusal("还不能生成埋点代码", blocking)
	}
	var files []document.ZipFile
	for _, f := range view.Files {
		files = append(files, document.BytesFile(f.Name, []byte(f.Body)))
	}
	var out bytes.Buffer
	if _, err := document.WriteZip(ctx, &out, files, nil); err != nil {
		return "", nil, err
	}
	return document.SafeName(a.Name + "-埋点代码-" + string(stack) + ".zip"), out.Bytes(), nil
}

// Refusal turns findings that block into one error that names the first few.
func Refusal(what string, blocking []listing.Finding) error {
	text := ""
	for i, f := range blocking {
		if i == 5 {
			text += "；……"
			break
		}
		if i > 0 {
			text += "；"
		}
		text += f.Rule + " " + f.Message
	}
	e := listing.Failf(listing.CodeRefused, "请先到“核对”里逐条改正", "%s，还有 %d 条没有通过：%s", what, len(blocking), text)
	e.Field = blocking[0].Field
	return e
}
