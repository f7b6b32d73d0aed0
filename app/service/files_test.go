package service_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/store"
)

func docx(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	doc := document.Doc{Title: "示例", Blocks: []document.Block{document.Para("这是虚构的示例文件。")}}
	if err := doc.Build(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func xlsx(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	book := document.Workbook{Title: "示例", Sheets: []document.Sheet{{Name: "表", Columns: []document.Column{{Header: "列", Width: 10}}}}}
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func picture(t testing.TB, w, h int, as string) []byte {
	t.Helper()
	var out bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, w, h))
	err := png.Encode(&out, img)
	if as == "jpg" {
		out.Reset()
		err = jpeg.Encode(&out, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const pdf = "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// RULE-8: what a file is, its content says.
func TestAttachLooksAtTheContent(t *testing.T) {
	exe := append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), make([]byte, 300)...)
	doc := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 1024)...)
	truncated := picture(t, 200, 200, "png")[:40]
	for _, tc := range []struct {
		name, slot, file string
		body             []byte
		code             listing.Code
		words            []string
	}{
		{"docx", "plan", "建设方案.docx", docx(t), "", nil},
		{"docx with capitals", "plan", "建设方案.DOCX", docx(t), "", nil},
		{"pdf", "plan", "建设方案.pdf", []byte(pdf), "", nil},
		{"docx renamed .pdf", "plan", "建设方案.pdf", docx(t), listing.CodeInvalid, []string{"建设方案.pdf", "docx", "扩展名"}},
		{"doc renamed .pdf", "plan", "方案.pdf", doc, listing.CodeInvalid, []string{"方案.pdf"}},
		{"pdf renamed .doc", "plan", "方案.doc", []byte(pdf), listing.CodeInvalid, []string{"pdf"}},
		{"no extension", "plan", "方案", []byte(pdf), listing.CodeInvalid, []string{".pdf"}},
		{"exe", "plan", "方案.exe", exe, listing.CodeInvalid, []string{"方案.exe", "doc、docx、pdf"}},
		{"exe renamed .pdf", "plan", "方案.pdf", exe, listing.CodeInvalid, []string{"doc、docx、pdf"}},
		{"text renamed .docx", "plan", "方案.docx", []byte("只是文字"), listing.CodeInvalid, []string{"纯文本"}},
		{"xlsx renamed .docx", "plan", "方案.docx", xlsx(t), listing.CodeInvalid, []string{"xlsx"}},
		{"xlsx where one is taken", "contacts", "联系人.xlsx", xlsx(t), "", nil},
		{"png", "logo", "logo.png", picture(t, 200, 200, "png"), "", nil},
		{"jpg as jpeg", "logo", "logo.jpeg", picture(t, 200, 200, "jpg"), "", nil},
		{"jpg renamed .png", "logo", "logo.png", picture(t, 200, 200, "jpg"), listing.CodeInvalid, []string{"jpg"}},
		{"logo too small", "logo", "logo.png", picture(t, 100, 100, "png"), listing.CodeInvalid, []string{"100×100", "200×200"}},
		{"logo not square", "logo", "logo.png", picture(t, 200, 201, "png"), listing.CodeInvalid, []string{"200×201"}},
		{"truncated picture", "logo", "logo.png", truncated, "", nil}, // the header is whole; only the size is asked for
		{"picture without a size", "logo", "logo.png", truncated[:20], listing.CodeUnreadable, []string{"logo.png"}},
		{"unknown slot", "nonsense", "x.pdf", []byte(pdf), listing.CodeInvalid, []string{"nonsense", "plan"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := openDesk(t)
			a := d.app("示例督办", listing.KindH5)
			after, err := d.Apps.Attach(d.ctx, a.ID, tc.slot, d.upload(tc.file, tc.body))
			wants(t, err, tc.code, tc.words...)
			if err != nil {
				if len(d.view(a.ID).App.Attachments) > 0 {
					t.Error("attached all the same")
				}
				return
			}
			att := after.Attachments[tc.slot]
			if att.Name != tc.file || att.Size != int64(len(tc.body)) || att.AddedBy != "联系人甲" || att.AddedAt != monday || att.Slot != tc.slot {
				t.Errorf("%+v", att)
			}
			if got := d.blob(att.SHA256); !bytes.Equal(got, tc.body) {
				t.Error("the file kept is another one")
			}
		})
	}
}

func (d *desk) blob(sha string) []byte {
	d.t.Helper()
	blobs, err := d.place.Blobs()
	if err != nil {
		d.t.Fatal(err)
	}
	f, err := blobs.Open(sha)
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	body, err := io.ReadAll(f)
	if err != nil {
		d.t.Fatal(err)
	}
	return body
}

func TestAttachTooLarge(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	_, err := d.Files.Begin(d.ctx, "大.pdf", 4<<30)
	wants(t, err, listing.CodeTooLarge, "大.pdf", "MB")

	path := d.file("大.pdf", []byte(pdf))
	if err := os.Truncate(path, 200<<20); err != nil {
		t.Fatal(err)
	}
	_, err = d.Apps.AttachFile(d.ctx, a.ID, "plan", "大.pdf", path)
	wants(t, err, listing.CodeTooLarge, "大.pdf", "100 MB")

	logo := append(picture(t, 200, 200, "png"), make([]byte, 6<<20)...) // each slot has its own limit
	_, err = d.Apps.Attach(d.ctx, a.ID, "logo", d.upload("logo.png", logo))
	wants(t, err, listing.CodeTooLarge, "5 MB")
	if left := d.blobs(); len(left) > 0 {
		t.Errorf("kept all the same: %v", left)
	}
}

// blobs lists the files kept by content.
func (d *desk) blobs() []string {
	d.t.Helper()
	found, err := filepath.Glob(filepath.Join(d.dir, "blobs", "*", "*"))
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

func TestAttachCanceled(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	path := d.file("方案.pdf", []byte(pdf))
	ctx, cancel := context.WithCancel(d.ctx)
	cancel()
	_, err := d.Apps.AttachFile(ctx, a.ID, "plan", "方案.pdf", path)
	wants(t, err, listing.CodeCanceled)
	if len(d.view(a.ID).App.Attachments) > 0 || len(d.blobs()) > 0 {
		t.Error("something was kept")
	}
}

func TestAttachMissingFile(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	_, err := d.Apps.AttachFile(d.ctx, a.ID, "plan", "没有.pdf", filepath.Join(t.TempDir(), "没有.pdf"))
	wants(t, err, listing.CodeUnreadable, "没有.pdf")
	_, err = d.Apps.AttachFile(d.ctx, a.ID, "plan", "文件夹.pdf", t.TempDir())
	if err == nil {
		t.Error("a folder was attached")
	}
}

func TestDetachKeepsTheFileItself(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	a, err := d.Apps.Attach(d.ctx, a.ID, "plan", d.upload("方案.pdf", []byte(pdf)))
	if err != nil {
		t.Fatal(err)
	}
	sha := a.Attachments["plan"].SHA256
	a, err = d.Apps.Detach(d.ctx, a.ID, "plan")
	if err != nil || len(a.Attachments) > 0 {
		t.Fatalf("%v, %v", a.Attachments, err)
	}
	if string(d.blob(sha)) != pdf {
		t.Error("the file is gone")
	}
}

func TestUploads(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	begin := func(size int64) string {
		token, err := d.Files.Begin(d.ctx, "方案.pdf", size)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	t.Run("too many bytes", func(t *testing.T) {
		token := begin(4)
		got, err := d.Files.Append(d.ctx, token, encode([]byte("%PDF-")))
		wants(t, err, listing.CodeInvalid, "方案.pdf")
		if got != 0 {
			t.Errorf("%d bytes were taken", got)
		}
	})
	t.Run("unfinished", func(t *testing.T) {
		token := begin(100)
		if got, err := d.Files.Append(d.ctx, token, encode([]byte(pdf))); err != nil || got != int64(len(pdf)) {
			t.Fatal(got, err)
		}
		_, err := d.Apps.Attach(d.ctx, a.ID, "plan", token)
		wants(t, err, listing.CodeInvalid, "方案.pdf", "没有传完")
	})
	t.Run("unknown token", func(t *testing.T) {
		for _, token := range []string{"", "nonsense", "../shangjiatong.db"} {
			_, err := d.Files.Append(d.ctx, token, encode([]byte("x")))
			wants(t, err, listing.CodeNotFound)
			_, err = d.Apps.Attach(d.ctx, a.ID, "plan", token)
			wants(t, err, listing.CodeNotFound)
			if err := d.Files.Abort(d.ctx, token); err != nil {
				t.Error(err)
			}
		}
	})
	t.Run("not base64", func(t *testing.T) {
		_, err := d.Files.Append(d.ctx, begin(4), "!!!!")
		wants(t, err, listing.CodeInvalid)
	})
	t.Run("empty and negative", func(t *testing.T) {
		for _, size := range []int64{0, -1, -1 << 62} {
			_, err := d.Files.Begin(d.ctx, "空.pdf", size)
			wants(t, err, listing.CodeInvalid, "空.pdf")
		}
	})
	t.Run("aborted", func(t *testing.T) {
		token := begin(4)
		if err := d.Files.Abort(d.ctx, token); err != nil {
			t.Fatal(err)
		}
		_, err := d.Files.Append(d.ctx, token, encode([]byte("x")))
		wants(t, err, listing.CodeNotFound)
	})
	t.Run("used twice", func(t *testing.T) {
		token := d.upload("方案.pdf", []byte(pdf))
		if _, err := d.Apps.Attach(d.ctx, a.ID, "plan", token); err != nil {
			t.Fatal(err)
		}
		_, err := d.Apps.Attach(d.ctx, a.ID, "plan", token)
		wants(t, err, listing.CodeNotFound)
	})
	t.Run("a refused file can be tried in another slot", func(t *testing.T) {
		token := d.upload("logo.png", picture(t, 200, 200, "png"))
		_, err := d.Apps.Attach(d.ctx, a.ID, "plan", token)
		wants(t, err, listing.CodeInvalid)
		if _, err := d.Apps.Attach(d.ctx, a.ID, "logo", token); err != nil {
			t.Error(err)
		}
	})
	t.Run("hostile name", func(t *testing.T) {
		after, err := d.Apps.Attach(d.ctx, a.ID, "plan", d.upload("../../方案.pdf", []byte(pdf)))
		if err != nil || after.Attachments["plan"].Name != "方案.pdf" {
			t.Errorf("%q, %v", after.Attachments["plan"].Name, err)
		}
	})
}

// What an earlier run left half-done goes at the next start, and nothing else.
func TestStartSweepsLeftovers(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	token := d.upload("方案.pdf", []byte(pdf))
	if err := os.MkdirAll(filepath.Join(d.dir, "packages"), 0o700); err != nil {
		t.Fatal(err)
	}
	half, whole := filepath.Join(d.dir, "packages", "making-123"), filepath.Join(d.dir, "packages", "whole.zip")
	sent := filepath.Join(d.dir, "sending", "x")
	if err := os.MkdirAll(filepath.Join(sent, "0"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{half, whole, filepath.Join(sent, "0", "方案.pdf")} {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := service.NewWorkplace(store.Options{Dir: d.dir}) // a second instance is turned away and sweeps nothing
	if err := again.Open(d.ctx); listing.CodeOf(err) != listing.CodeLocked {
		t.Fatalf("a second instance: %v", err)
	}
	if _, err := d.Apps.Attach(d.ctx, a.ID, "plan", token); err != nil {
		t.Fatalf("the second instance took the upload away: %v", err)
	}
	left := d.upload("方案.pdf", []byte(pdf))
	if err := d.place.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.place.Open(d.ctx); err != nil {
		t.Fatal(err)
	}
	for path, stays := range map[string]bool{half: false, whole: true, sent: false, filepath.Join(d.dir, "uploads", left): false} {
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("%s: there is %v, want %v", filepath.Base(path), err == nil, stays)
		}
	}
	if string(d.blob(d.view(a.ID).App.Attachments["plan"].SHA256)) != pdf {
		t.Error("the attached file is gone")
	}
}

func FuzzTypeOf(f *testing.F) {
	for _, seed := range []string{"", pdf, "PK\x03\x04", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "<html>", "只是文字", "MZ"} {
		f.Add([]byte(seed))
	}
	known := map[string]bool{"doc": true, "docx": true, "pdf": true, "xlsx": true, "xls": true, "png": true, "jpg": true, "zip": true,
		"html": true, "text": true, "unknown": true}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := bytes.NewReader(body)
		kind, err := service.TypeOf(r)
		if err != nil || !known[kind] {
			t.Fatalf("%q, %v", kind, err)
		}
		if r.Len() != len(body) {
			t.Error("not back at the start")
		}
	})
}
