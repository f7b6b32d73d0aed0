package table

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"

	"shangjiatong/app/listing"

	"golang.org/x/net/html"
)

// part is a part of an MHTML file that holds HTML.
type part struct {
	id, place string // Content-ID without its brackets, Content-Location
	text      string
}

func looksMHTML(raw []byte) bool {
	head := strings.ToLower(string(raw[:min(len(raw), 4096)]))
	if at := strings.IndexByte(head, '<'); at >= 0 && strings.HasPrefix(strings.TrimSpace(head), "<") {
		return false
	}
	return strings.Contains(head, "content-type:") && (strings.Contains(head, "multipart/related") || strings.Contains(head, "multipart/mixed"))
}

// openMHTML reads a page saved as one file: its main document, and the documents of its frames after it.
func openMHTML(raw []byte, l Limits) (Source, error) {
	parts, err := htmlParts(raw, l)
	if err == nil && len(parts) == 0 {
		err = errNoHTML
	}
	if err != nil {
		var told *listing.Error
		if errors.As(err, &told) {
			return Source{}, err
		}
		return Source{}, listing.Fail(listing.CodeUnreadable, "这个 MHTML 文件不完整，读不出网页", "在浏览器里重新把网页另存为“单个文件（*.mhtml）”").Because(err)
	}
	var s Source
	used := map[int]bool{}
	err = s.add(parts, 0, used, l)
	return s, err
}

// add reads a document and then those of the frames in it.
func (s *Source) add(parts []part, at int, used map[int]bool, l Limits) error {
	used[at] = true
	root, err := parse(parts[at].text)
	if err == nil {
		err = checkDepth(root, l)
	}
	if err != nil {
		return err
	}
	s.Documents = append(s.Documents, Document{URL: parts[at].place, Root: root})
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || (n.Data != "iframe" && n.Data != "frame") || hidden(n) {
			continue
		}
		if next := framePart(parts, attr(n, "src"), used); next >= 0 {
			if err := s.add(parts, next, used, l); err != nil {
				return err
			}
		}
	}
	return nil
}

func framePart(parts []part, source string, used map[int]bool) int {
	for i, p := range parts {
		if id, isID := strings.CutPrefix(source, "cid:"); !used[i] && source != "" && (isID && id == p.id || source == p.place) {
			return i
		}
	}
	return -1
}

// htmlParts reads the parts that hold HTML, in their order.
func htmlParts(raw []byte, l Limits) ([]part, error) {
	r := bufio.NewReader(bytes.NewReader(raw))
	head, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	_, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, errors.Join(errors.New("no boundary"), err)
	}
	if !bytes.Contains(raw, []byte("--"+params["boundary"]+"--")) {
		return nil, io.ErrUnexpectedEOF // saved in part: rows could be missing
	}
	mixed := multipart.NewReader(r, params["boundary"])
	var parts []part
	total := 0
	for n := 0; ; n++ {
		if n > l.Parts {
			return nil, tooLarge("文件里的部分超过 %d 个", l.Parts)
		}
		p, err := mixed.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parts, nil
		}
		if err != nil {
			return nil, err
		}
		kind := p.Header.Get("Content-Type")
		if !strings.HasPrefix(strings.ToLower(kind), "text/html") && !strings.HasPrefix(strings.ToLower(kind), "application/xhtml") {
			continue
		}
		body, err := io.ReadAll(io.LimitReader(uncoded(p, p.Header.Get("Content-Transfer-Encoding")), int64(l.Bytes-total)+1))
		if err != nil {
			return nil, err
		}
		if total += len(body); total > l.Bytes {
			return nil, tooLarge("内容超过 %d MB", l.Bytes>>20)
		}
		parts = append(parts, part{id: strings.Trim(p.Header.Get("Content-Id"), "<> "), place: p.Header.Get("Content-Location"), text: decode(body, kind)})
	}
}

func uncoded(r io.Reader, coding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}
