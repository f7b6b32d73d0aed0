package service

import (
	"context"
	"fmt"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/recipe"
)

// RecipeDraft is a recipe drafted from a page, for a person to complete. Nothing was stored.
type RecipeDraft struct {
	YAML    string `json:"yaml"`
	URL     string `json:"url"`
	Picture string `json:"picture"` // see the download picture
}

// Draft opens an address in the user's own browser and drafts a recipe of what it shows. Whoever calls says when the page
// is the right one: ready is waited for; nil takes the page once it has settled.
func (s *Recipes) Draft(ctx context.Context, address string, headless bool, ready func(ctx context.Context) error) (RecipeDraft, error) {
	v, err := s.visitTo(ctx, address, headless)
	if err != nil {
		return RecipeDraft{}, err
	}
	defer v.close()
	if ready != nil {
		if err := ready(ctx); err != nil {
			return RecipeDraft{}, err
		}
	}
	v.shown(ctx)
	seen, err := v.survey(ctx)
	if err != nil {
		return RecipeDraft{}, v.explain(ctx, err)
	}
	body, err := s.drafted(seen)
	if err != nil {
		return RecipeDraft{}, err
	}
	return RecipeDraft{YAML: body, URL: seen.Address, Picture: s.pictureOf(ctx, v.page)}, nil
}

// survey tells what the page shows once it has settled: the same twice, or as it is after a while.
func (v *visit) survey(ctx context.Context) (recipe.Seen, error) {
	var last string
	for until := time.Now().Add(showLimit); ; {
		seen, err := portal.Survey(ctx, v.page)
		if err != nil {
			return seen, err
		}
		now := fmt.Sprint(seen)
		full := len(seen.Tables)+len(seen.Fields) > 0
		if now == last && full || time.Now().After(until) {
			return seen, nil
		}
		last = now
		if err := moment(ctx); err != nil {
			return seen, err
		}
	}
}

// Record drafts a recipe of the page that is open in the browser of a portal. Storing it is another act.
func (s *Recipes) Record(ctx context.Context, id string) (string, error) {
	at, err := s.unitAt(ctx, id)
	if err != nil {
		return "", err
	}
	one, _, err := s.session(ctx, at)
	if err != nil {
		return "", err
	}
	if s.open(one) == nil {
		return "", listing.Failf(listing.CodeRefused, "先打开平台，在浏览器里打开要记录的页面", "%s还没有打开", one.title)
	}
	v, _, done, err := s.use(ctx, at)
	if err != nil {
		return "", err
	}
	v.shown(ctx)
	seen, err := v.survey(ctx)
	if err := done(err); err != nil {
		return "", err
	}
	return s.drafted(seen)
}

// drafted is the draft of what a page shows; a page that shows nothing to describe is not the one that was meant.
func (s *Recipes) drafted(seen recipe.Seen) (string, error) {
	if len(seen.Tables)+len(seen.Fields) == 0 {
		return "", listing.Failf(listing.CodeRefused, "等页面显示完整，或者打开有列表、有栏目的那一页，再记录", "“%s”这一页上没有看到列表，也没有看到栏目", seen.Title)
	}
	body, err := recipe.Marshal(recipe.Draft(seen, s.now()))
	return string(body), err
}
