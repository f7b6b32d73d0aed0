package web

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

const (
	filePrefix = "/file/"
	maxID      = 512 // bytes
)

var errShort = errors.New("body shorter than its size")

// file answers GET /file/<id>: always a download, never shown, so that a file somebody sent cannot act as our page.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	if !reads(r) {
		w.Header().Set("Allow", "GET, HEAD")
		plain(w, http.StatusMethodNotAllowed, listing.Fail(listing.CodeInvalid, "文件只能下载", "请刷新页面后重试"))
		return
	}
	id, ok := fileID(r.URL.EscapedPath())
	if !ok || s.cfg.Files == nil {
		plain(w, http.StatusNotFound, listing.Fail(listing.CodeNotFound, "没有这个文件", "请回到页面重新下载"))
		return
	}
	name, size, body, err := s.cfg.Files(r.Context(), id)
	if err != nil {
		e := s.logged(r, err)
		plain(w, StatusOf(e.Code), e)
		return
	}
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", disposition(name))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if size >= 0 {
		h.Set("Content-Length", strconv.FormatInt(size, 10))
	}
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	if err := pour(w, body, size); err != nil {
		s.log.LogAttrs(r.Context(), slog.LevelWarn, "download broken off", slog.String("path", r.URL.Path), slog.String("error", err.Error()))
		cut(w)
	}
}

// pour copies the body; it is an error when it is not as long as was said.
func pour(w io.Writer, body io.Reader, size int64) error {
	n, err := io.Copy(w, body)
	if err == nil && size >= 0 && n != size {
		err = errShort
	}
	return err
}

// fileID returns the part of an escaped path after /file/, unescaped segment by segment. A segment that would change
// the path, or that no ID has, makes it not ok.
func fileID(escaped string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(escaped, filePrefix)
	if !ok || len(rest) > 3*maxID {
		return "", false
	}
	segments := strings.Split(rest, "/")
	for i, segment := range segments {
		text, err := url.PathUnescape(segment)
		bad := err != nil || text == "" || text == "." || text == ".." || !utf8.ValidString(text) ||
			strings.ContainsAny(text, `/\`) || strings.ContainsFunc(text, unicode.IsControl)
		if bad {
			return "", false
		}
		segments[i] = text
	}
	id = strings.Join(segments, "/")
	return id, len(id) <= maxID
}

// disposition names a download: in ASCII for old browsers and in UTF-8 after RFC 8187.
func disposition(name string) string {
	name = fileName(name)
	ascii := strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf || r == '"' || r == '%' {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + extended(name)
}

// fileName takes out what no file name may have.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	if strings.Trim(name, " ._") == "" {
		return "download"
	}
	return name
}

// extended percent-encodes all but the attr-chars of RFC 8187 that nobody disputes.
func extended(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' {
			b.WriteByte(c)
			continue
		}
		const digits = "0123456789ABCDEF"
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return b.String()
}
