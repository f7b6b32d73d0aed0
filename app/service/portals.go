package service

import (
	"context"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
)

// Portals are the portals in the user's own browser: read, and filled in, while the person watches.
type Portals struct{ *core }

// browserPath is the browser of this machine: the one the person chose, or one that is found.
func (c *core) browserPath(ctx context.Context) (string, error) {
	if c.Browser != nil {
		return c.Browser()
	}
	var set listing.Settings
	err := c.maybe(ctx, func(r listing.Reader) (err error) {
		if r != nil {
			set, err = settings(r)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return browser.Find(set.Browser)
}
