package service

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // a logo may be a jpg
	_ "image/png"  // or a png
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/gabriel-vasile/mimetype"
	"github.com/google/uuid"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking/capture"
)

// Files receives files from the front end in pieces, the same way in the window and in a browser.
type Files struct{ *core }

// uploads are the files on their way in, each a temporary file in the data folder.
type uploads struct {
	dir string
	mu  sync.Mutex
	all map[string]*upload
}

type upload struct {
	name string
	path string
	got  int64
	size int64
}

// uploadsDir is the folder of unfinished uploads inside the data folder; see Workplace.sweep.
const uploadsDir = "uploads"

func newUploads(dataDir string) *uploads {
	return &uploads{dir: filepath.Join(dataDir, uploadsDir), all: map[string]*upload{}}
}

// maxUpload is the size of the largest slot, in bytes.
func (c *core) maxUpload() int64 {
	var mb int64
	for _, s := range c.forms.Slots {
		mb = max(mb, s.MB)
	}
	return mb << 20
}

// Begin announces a file of so many bytes and returns a token for its pieces.
func (s *Files) Begin(_ context.Context, name string, size int64) (string, error) {
	if size <= 0 {
		return "", listing.Failf(listing.CodeInvalid, "请重新选择文件", "文件“%s”是空的", name)
	}
	captures, err := capture.UploadBytes()
	if err != nil {
		return "", err
	}
	if limit := max(s.maxUpload(), captures); size > limit { // an attachment is held to its slot once it is there
		return "", tooLarge(name, limit)
	}
	return s.uploads.begin(name, size)
}

func tooLarge(name string, limit int64) error {
	return listing.Failf(listing.CodeTooLarge, "请压缩图片、拆分或精简后再试", "文件“%s”超过了 %d MB", name, limit>>20)
}

func (u *uploads) begin(name string, size int64) (string, error) {
	if err := os.MkdirAll(u.dir, 0o700); err != nil {
		return "", unwritable(u.dir, err)
	}
	token := uuid.NewString()
	path := filepath.Join(u.dir, token)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", unwritable(path, err)
	}
	if err := f.Close(); err != nil {
		return "", unwritable(path, err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.all[token] = &upload{name: name, path: path, size: size}
	return token, nil
}

func unwritable(path string, cause error) error {
	return listing.Failf(listing.CodeUnwritable, "请检查磁盘空间和写入权限，然后重试", "不能写入“%s”", path).Because(cause)
}

// Append adds a piece, base64 encoded, and returns how many bytes have arrived.
func (s *Files) Append(_ context.Context, token, piece string) (int64, error) {
	raw, err := base64.StdEncoding.DecodeString(piece)
	if err != nil {
		return 0, listing.Fail(listing.CodeInvalid, "上传的内容不完整", "请重新上传").Because(err)
	}
	return s.uploads.add(token, raw)
}

func (u *uploads) add(token string, raw []byte) (int64, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up := u.all[token]
	if up == nil {
		return 0, unknownUpload()
	}
	if up.got+int64(len(raw)) > up.size {
		return up.got, listing.Failf(listing.CodeInvalid, "请重新上传", "文件“%s”比声明的大", up.name)
	}
	f, err := os.OpenFile(up.path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return up.got, unwritable(up.path, err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err != nil {
		return up.got, unwritable(up.path, err)
	}
	up.got += int64(len(raw))
	return up.got, nil
}

func unknownUpload() error {
	return listing.Fail(listing.CodeNotFound, "没有这次上传", "请重新选择文件")
}

// Abort forgets a file on its way in.
func (s *Files) Abort(_ context.Context, token string) error {
	s.uploads.drop(token)
	return nil
}

func (u *uploads) drop(token string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if up := u.all[token]; up != nil {
		_ = os.Remove(up.path) // a left-over is removed at the next start
		delete(u.all, token)
	}
}

// finished returns a complete upload.
func (u *uploads) finished(token string) (upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up := u.all[token]
	if up == nil {
		return upload{}, unknownUpload()
	}
	if up.got != up.size {
		return upload{}, listing.Failf(listing.CodeInvalid, "请重新上传", "文件“%s”还没有传完", up.name)
	}
	return *up, nil
}

// Attach puts an uploaded file into a slot of an app.
func (s *Apps) Attach(ctx context.Context, id, slot, token string) (listing.App, error) {
	up, err := s.uploads.finished(token)
	if err != nil {
		return listing.App{}, err
	}
	a, err := s.AttachFile(ctx, id, slot, up.name, up.path)
	if err == nil {
		s.uploads.drop(token)
	}
	return a, err
}

// AttachFile puts a file of this machine into a slot of an app, under the given name.
func (s *Apps) AttachFile(ctx context.Context, id, slot, name, path string) (listing.App, error) {
	place := s.forms.Slot(slot)
	if place == nil {
		return listing.App{}, listing.Failf(listing.CodeInvalid, "可用的位置："+s.slotIDs(), "没有附件位置“%s”", slot)
	}
	att, err := s.keep(ctx, place, name, path)
	if err != nil {
		return listing.App{}, err
	}
	return s.edit(ctx, "上传"+place.Title, id, func(_ listing.Writer, a *listing.App) error {
		if a.Attachments == nil {
			a.Attachments = map[string]listing.Attachment{}
		}
		a.Attachments[slot] = att
		return nil
	})
}

func (c *core) slotIDs() string {
	var ids []string
	for _, s := range c.forms.Slots {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, "、")
}

// Detach takes a file out of its slot. The file itself stays in the store, since the journal may name it.
func (s *Apps) Detach(ctx context.Context, id, slot string) (listing.App, error) {
	return s.edit(ctx, "移除附件", id, func(_ listing.Writer, a *listing.App) error {
		delete(a.Attachments, slot)
		return nil
	})
}

// keep checks a file by its content and puts it among the blobs. place may be nil: then any type up to the largest
// size is taken, as for proofs.
func (c *core) keep(ctx context.Context, place *forms.Slot, name, path string) (listing.Attachment, error) {
	var att listing.Attachment
	f, err := os.Open(path)
	if err != nil {
		return att, listing.Failf(listing.CodeUnreadable, "请确认文件还在，并且没有被别的程序占用", "读不了文件“%s”", name).Because(err)
	}
	defer func() { _ = f.Close() }()
	limit := c.maxUpload()
	if place != nil {
		limit = place.MB << 20
	}
	if info, err := f.Stat(); err == nil && info.Size() > limit {
		return att, tooLarge(name, limit)
	}
	kind, err := checkContent(f, place, name)
	if err != nil {
		return att, err
	}
	blobs, err := c.Workplace.Blobs()
	if err != nil {
		return att, err
	}
	blob, err := blobs.Put(ctx, f, limit)
	if err != nil {
		return att, err
	}
	by, err := c.operator(ctx)
	if err != nil {
		return att, err
	}
	att = listing.Attachment{
		Name: filepath.Base(name), Size: blob.Size, Type: kind, SHA256: blob.SHA256, SM3: blob.SM3,
		AddedBy: by, AddedAt: c.stamp(),
	}
	if place != nil {
		att.Slot = place.ID
	}
	return att, nil
}

// checkContent tells a file's type by its content and holds it against the slot (RULE-8). It leaves f at its start.
func checkContent(f io.ReadSeeker, place *forms.Slot, name string) (string, error) {
	kind, err := TypeOf(f)
	if err != nil {
		return "", listing.Failf(listing.CodeUnreadable, "请确认文件完整", "读不了文件“%s”", name).Because(err)
	}
	if place == nil {
		return kind, nil
	}
	if !slices.Contains(place.Types, kind) {
		return "", listing.Failf(listing.CodeInvalid,
			"请另存为 "+strings.Join(place.Types, "、")+" 再上传；只改扩展名没有用",
			"“%s”的内容是%s，不能作为“%s”", name, typeWord(kind), place.Title)
	}
	if ext := extension(name); ext != kind {
		return "", listing.Failf(listing.CodeInvalid, "请把文件名的扩展名改成 ."+kind+"，或另存为想要的格式",
			"“%s”的内容其实是%s，与文件名不符", name, typeWord(kind))
	}
	return kind, checkPicture(f, place, name)
}

func extension(name string) string {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	switch ext {
	case "jpeg":
		return "jpg"
	case "htm":
		return "html"
	}
	return ext
}

func checkPicture(f io.ReadSeeker, place *forms.Slot, name string) error {
	if place.Width == 0 {
		return nil
	}
	cfg, _, err := image.DecodeConfig(f)
	if err != nil {
		return listing.Failf(listing.CodeUnreadable, "请换一张能正常打开的图片", "“%s”不是完好的图片", name).Because(err)
	}
	if cfg.Width != place.Width || cfg.Height != place.Height {
		return listing.Failf(listing.CodeInvalid, fmt.Sprintf("请改成 %d×%d 像素", place.Width, place.Height),
			"“%s”的尺寸是 %d×%d 像素", name, cfg.Width, cfg.Height)
	}
	_, err = f.Seek(0, io.SeekStart)
	return err
}

// TypeOf tells a file's type by its content, in the words of listing.Attachment. It leaves f at its start.
func TypeOf(f io.ReadSeeker) (string, error) {
	m, err := mimetype.DetectReader(f)
	if err != nil {
		return "", err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	for at := m; at != nil; at = at.Parent() {
		switch ext := strings.TrimPrefix(at.Extension(), "."); ext {
		case "doc", "docx", "pdf", "xlsx", "xls", "png", "jpg", "zip", "html":
			return ext, nil
		case "txt":
			return "text", nil
		}
	}
	return "unknown", nil
}

func typeWord(kind string) string {
	switch kind {
	case "unknown":
		return "认不出的格式"
	case "text":
		return "纯文本"
	case "zip":
		return "压缩包"
	}
	return " " + kind + " "
}
