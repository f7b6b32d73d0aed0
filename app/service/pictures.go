package service

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"regexp"

	"shangjiatong/app/listing"
)

// keepPicture keeps a picture of a page (PNG): among the kept files, where its name is the SHA-256, or, without a store,
// in a file of its own. The name is empty when it could not be kept.
func (c *core) keepPicture(ctx context.Context, raw []byte) string {
	blobs, err := c.Workplace.Blobs()
	if err != nil {
		return pictureFile(raw)
	}
	blob, err := blobs.Put(ctx, bytes.NewReader(raw), maxPicture)
	if err != nil {
		if c.Log != nil {
			c.Log.Warn("picture not kept", "error", err)
		}
		return ""
	}
	return blob.SHA256
}

func pictureFile(raw []byte) string {
	f, err := os.CreateTemp("", "shangjiatong-页面-*.png")
	if err != nil {
		return ""
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name()) // a left-over in the folder of temporary files
		return ""
	}
	return f.Name()
}

var sha256Name = regexp.MustCompile(`^[0-9a-f]{64}$`)

// pictureNamed opens a kept picture by its name.
func (c *core) pictureNamed(name string) (string, int64, io.ReadCloser, error) {
	if !sha256Name.MatchString(name) {
		return "", 0, nil, noDownload("picture/" + name)
	}
	blobs, err := c.Workplace.Blobs()
	if err != nil {
		return "", 0, nil, err
	}
	body, err := blobs.Open(name)
	if err != nil {
		return "", 0, nil, err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(body, head); err != nil || string(head) != "\x89PNG\r\n\x1a\n" {
		_ = body.Close()
		return "", 0, nil, listing.Fail(listing.CodeNotFound, "没有这张图", "请从页面里重新打开") // some other kept file
	}
	size, err := body.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = body.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = body.Close()
		return "", 0, nil, err
	}
	return "页面.png", size, body, nil
}
