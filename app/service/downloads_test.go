package service_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/listing"
)

func TestDownloads(t *testing.T) {
	d := sampleDesk(t)
	app := d.view("示例督办").App
	for _, id := range []string{"material/" + app.ID + "/form-1", "snippet/" + app.ID + "/static", "journal/all", "journal/" + app.ID, "template/form-3"} {
		name, size, body, err := d.Downloads.Open(d.ctx, id)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		raw, err := io.ReadAll(body)
		if err != nil || int64(len(raw)) != size || size == 0 || name == "" || body.Close() != nil {
			t.Errorf("%s: %q, %d of %d bytes, %v", id, name, len(raw), size, err)
		}
	}
	for _, id := range []string{"", "package/x", "other/x", "material/" + app.ID, "a/b/c/d", "snippet/" + app.ID + "/cobol"} {
		if _, _, _, err := d.Downloads.Open(d.ctx, id); listing.CodeOf(err) == "" || listing.CodeOf(err) == listing.CodeInternal {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestSavedDownloadsNeverCollide(t *testing.T) {
	d := sampleDesk(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	if err := os.Mkdir(filepath.Join(home, "下载"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"form-3.docx", "form-3（2）.docx"} {
		saved, err := d.Downloads.Save(d.ctx, "template/form-3")
		if err != nil || saved.Path != filepath.Join(home, "下载", want) {
			t.Fatalf("saved %+v, %v", saved, err)
		}
		if info, err := os.Stat(saved.Path); err != nil || info.Size() != saved.Size {
			t.Errorf("%s: %v", saved.Path, err)
		}
	}
}
