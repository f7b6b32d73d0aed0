package portal

import (
	"context"
	_ "embed" // the script is a file of its own
	"slices"

	"shangjiatong/app/browser"
)

//go:embed script/look.js
var lookScript string

// Shown returns those of the texts that stand visibly on the page, in any of its documents.
func Shown(ctx context.Context, p *browser.Page, texts []string) ([]string, error) {
	frames, err := p.Frames(ctx)
	if err != nil {
		return nil, err
	}
	var found []string
	for i, f := range frames {
		here, err := browser.CallIn[[]string](ctx, p, f.ID, lookScript, texts)
		if err != nil && i == 0 {
			return nil, err // a document inside the page may be gone by now; the page itself may not
		}
		for _, text := range here {
			if !slices.Contains(found, text) {
				found = append(found, text)
			}
		}
	}
	return found, nil
}
