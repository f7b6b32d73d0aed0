package service_test

import (
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func TestOnlyPicturesAreShown(t *testing.T) {
	d := sampleDesk(t)
	blobs, err := d.place.Blobs()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := blobs.Put(d.ctx, strings.NewReader("\x89PNG\r\n\x1a\n and so on"), 100)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := d.Downloads.Picture(d.ctx, "picture/"+kept.SHA256); err != nil || got != "data:image/png;base64,iVBORw0KGgogYW5kIHNvIG9u" {
		t.Errorf("%q, %v", got, err)
	}
	for id, code := range map[string]listing.Code{"template/form-3": listing.CodeInvalid, "picture/../x": listing.CodeNotFound} {
		if got, err := d.Downloads.Picture(d.ctx, id); listing.CodeOf(err) != code || got != "" {
			t.Errorf("%s: %q, %v", id, got, err)
		}
	}
}
