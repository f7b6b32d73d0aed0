package portal

import (
	"context"
	_ "embed" // the script is a file of its own

	"shangjiatong/app/browser"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
)

//go:embed script/survey.js
var surveyScript string

// surveyed is what the script finds in one document.
type surveyed struct {
	Tables []struct {
		Heading string   `json:"heading"`
		Headers []string `json:"headers"`
	} `json:"tables"`
	Buttons []string `json:"buttons"`
}

// Survey tells what a page shows, for the draft of a recipe. Nothing is pressed.
func Survey(ctx context.Context, p *browser.Page) (recipe.Seen, error) {
	frames, err := p.Frames(ctx)
	if err != nil {
		return recipe.Seen{}, err
	}
	out := recipe.Seen{}
	for i, f := range frames {
		here, err := browser.CallIn[surveyed](ctx, p, f.ID, surveyScript)
		if err != nil && i == 0 {
			return out, err
		}
		if i == 0 {
			out.Address = f.URL
			out.Title, _ = browser.CallIn[string](ctx, p, f.ID, `() => document.title`) // a draft without a title will do
		}
		for _, t := range here.Tables {
			out.Tables = append(out.Tables, recipe.SeenTable{Heading: t.Heading, Headers: t.Headers})
		}
		out.Buttons = append(out.Buttons, here.Buttons...)
	}
	// Fields are told by the reader that fills them later: what it would not find under this label is of no use here.
	labels, err := fill.Labels(ctx, p)
	for _, l := range labels {
		out.Fields = append(out.Fields, recipe.SeenField{Heading: l.Heading, Label: l.Label, As: l.Kind, Cells: l.Cells})
	}
	return out, err
}
