package web

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

const indexPage = "index.html"

// hashed finds names the build tool made from the content, such as assets/index-BqY3-x0k.js.
var hashed = regexp.MustCompile(`^assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$`)

// page serves the front end. A path without an extension that is no file is a page of its own router.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	if !reads(r) {
		w.Header().Set("Allow", "GET, HEAD")
		plain(w, http.StatusMethodNotAllowed, listing.Fail(listing.CodeInvalid, "这个地址只能查看", "请刷新页面后重试"))
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = indexPage
	}
	if !servable(name) {
		noPage(w)
		return
	}
	raw, err := s.asset(name)
	if errors.Is(err, fs.ErrNotExist) && path.Ext(name) == "" {
		name = indexPage
		raw, err = s.asset(name)
	}
	switch {
	case err == nil:
		send(w, r, name, raw)
	case name == indexPage:
		ownPage(w, http.StatusServiceUnavailable, "pages/unbuilt.html")
	default:
		noPage(w)
	}
}

// servable refuses what could leave the folder, and hidden files.
func servable(name string) bool {
	return fs.ValidPath(name) && !strings.ContainsAny(name, "\\:\x00") && !strings.HasPrefix(name, ".") && !strings.Contains(name, "/.")
}

func (s *Server) asset(name string) ([]byte, error) {
	if s.cfg.Assets == nil {
		return nil, fs.ErrNotExist
	}
	info, err := fs.Stat(s.cfg.Assets, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(s.cfg.Assets, name)
}

func send(w http.ResponseWriter, r *http.Request, name string, raw []byte) {
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("Cache-Control", "no-cache")
	if hashed.MatchString(name) {
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(raw))
}

func noPage(w http.ResponseWriter) {
	plain(w, http.StatusNotFound, listing.Fail(listing.CodeNotFound, "没有这个页面", "请从上架通的首页进入"))
}

// contentType knows the files a front end is built of. The table of the system is not asked: on Windows any program
// can change it, and a script under a wrong type does not run.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return "application/json; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".webp":
		return "image/webp"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".woff":
		return "font/woff"
	case ".ttf":
		return "font/ttf"
	case ".txt":
		return "text/plain; charset=utf-8"
	default:
		return "application/octet-stream"
	}
}
