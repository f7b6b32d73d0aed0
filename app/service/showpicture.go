package service

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"strings"

	"shangjiatong/app/listing"
)

// maxShown is the largest picture shown on a page, in bytes.
const maxShown = 32 << 20

// pngSign begins every PNG.
var pngSign = []byte("\x89PNG\r\n\x1a\n")

// Picture returns a download that is a picture of a portal's page as a data URL, for showing on our pages: a download
// itself is never shown. Whatever is no PNG is refused.
func (s *Downloads) Picture(ctx context.Context, id string) (string, error) {
	_, _, body, err := s.Open(ctx, id)
	if err != nil {
		return "", err
	}
	defer func() { _ = body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(body, maxShown+1))
	if err != nil {
		return "", listing.Fail(listing.CodeInternal, "图片读不出来", "请检查数据文件夹的权限，再打开一次").Because(err)
	}
	if len(raw) > maxShown || !bytes.HasPrefix(raw, pngSign) {
		return "", listing.Failf(listing.CodeInvalid, "请下载下来看", "“%s”不是能在页面里显示的图片", id)
	}
	var out strings.Builder
	out.WriteString("data:image/png;base64,")
	out.WriteString(base64.StdEncoding.EncodeToString(raw))
	return out.String(), nil
}
