package service

import (
	"context"

	"shangjiatong/app/browser"
)

// BrowserOf is the browser that is open at a portal, for tests that do in it what the person does.
func (s *Portals) BrowserOf(ctx context.Context, id string) *browser.Browser {
	one, err := s.of(ctx, id)
	if err != nil {
		return nil
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.visit == nil {
		return nil
	}
	return one.visit.browser
}
