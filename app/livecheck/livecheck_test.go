package livecheck

import (
	"testing"

	"shangjiatong/app/listing"
)

func TestCleanTwins(t *testing.T) {
	t.Run("static", func(t *testing.T) {
		r := run(t, Input{Folder: staticSite(t, staticPages(3), nil), Pages: staticPages(3)})
		report(t, r)
		if !r.Passed || len(listing.Blocking(r.Findings)) > 0 {
			t.Error(summary(r))
		}
	})
	t.Run("hash routes", func(t *testing.T) {
		r := run(t, Input{Folder: routedSite(t, nil), Pages: routedPages()})
		report(t, r)
		if !r.Passed {
			t.Error(summary(r))
		}
	})
}
