package livecheck

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

// host serves a folder on 127.0.0.1 under a sub-path, as the hosting platform does: files as they are, index.html for a
// folder, nothing else.
type host struct {
	files  fs.FS
	prefix string // starts and ends with a slash
	origin string // http://127.0.0.1:port
	most   int64
	server *http.Server
}

// serve starts a host; stop ends it.
func serve(files fs.FS, prefix string, most int64) (*host, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, listing.Fail(listing.CodeInternal, "本机的网页服务启动不了", "检查安全软件有没有拦截，然后重试").Because(err)
	}
	h := &host{files: files, prefix: prefix, origin: "http://" + listener.Addr().String(), most: most}
	h.server = &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = h.server.Serve(listener) }()
	return h, nil
}

func (h *host) stop() { _ = h.server.Close() }

// file is the file behind a path of the address, or false.
func (h *host) file(address string) (string, bool) {
	inside, found := strings.CutPrefix(address, h.prefix)
	if !found {
		return "", false
	}
	name := strings.TrimPrefix(path.Clean("/"+inside), "/")
	if name == "" || strings.HasSuffix(inside, "/") {
		name = path.Join(name, "index.html")
	}
	if strings.Contains(name, `\`) || !fs.ValidPath(name) {
		return "", false
	}
	info, err := fs.Stat(h.files, name)
	return name, err == nil && info.Mode().IsRegular()
}

// ServeHTTP answers with a file, or 404.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, there := h.file(r.URL.Path)
	if !there {
		http.NotFound(w, r)
		return
	}
	f, err := h.files.Open(name)
	if err != nil {
		http.Error(w, "unreadable", http.StatusInternalServerError)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("Cache-Control", "no-store")
	if _, err := io.Copy(w, io.LimitReader(f, h.most)); err != nil && !errors.Is(err, net.ErrClosed) {
		return // the browser has lost interest
	}
}

// contentType is given here, since what the system says of a name differs between machines. Text goes without a
// charset: the page says it, or nobody.
func contentType(name string) string {
	types := map[string]string{
		".html": "text/html", ".htm": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css",
		".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
		".gif": "image/gif", ".webp": "image/webp", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf",
		".wasm": "application/wasm", ".txt": "text/plain", ".xml": "text/xml",
	}
	if known := types[strings.ToLower(path.Ext(name))]; known != "" {
		return known
	}
	return "application/octet-stream"
}
