// Package web is the program's face towards a browser on the same machine: it serves the pages the window shows, and
// the same services behind them, over HTTP on a loopback address.
//
//	GET  /?token=…               the opening link, good for one use; sets the cookie and leads to /
//	GET  /…                      the pages
//	POST /api/<Service>/<Method> calls a method; the body is a JSON array of its arguments
//	GET  /file/<id>              a download, made by Config.Files
//	GET  /healthz                204, for whoever wants to know that the program runs
//
// A call answers {"result": …}, or {"error": {code, field, message, hint}} with a status that goes with the code.
//
// Any web page in the user's browser can send requests to a loopback address, and so can other users of the machine.
// Therefore all but /healthz needs the cookie that only the opening link gives; the Host header must be the address
// bound, which stops DNS rebinding; what changes something must come from our own origin. Cookies do not tell ports apart, so
// another program on the same machine that the user visits by http://127.0.0.1 could read ours: a program running as the
// user could read the data folder as well.
package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

const (
	defaultAddr    = "127.0.0.1:0"
	defaultMaxBody = 4 << 20 // bytes; uploads come in pieces
	headerTimeout  = 10 * time.Second
	bodyTimeout    = time.Minute
	idleTimeout    = 2 * time.Minute
	graceTimeout   = 5 * time.Second
	maxHeader      = 32 << 10
)

// Service is one subject of the program. Each exported method of Target becomes /api/Name/Method. A method may take
// a context.Context first, which ends when the browser goes away, and JSON-readable arguments after it; it returns
// nothing, a result, an error, or a result and an error.
type Service struct {
	Name   string
	Target any
}

// FilesFunc opens the download named by id, one or more path segments such as package/42. size is its length in
// bytes, or -1 when unknown. The server closes body.
type FilesFunc func(ctx context.Context, id string) (name string, size int64, body io.ReadCloser, err error)

// Config says what a Server serves.
type Config struct {
	// Addr is the address to bind: loopback only, 127.0.0.1:0 when empty. Port 0 lets the system choose.
	Addr string
	// Assets is the built front end, index.html at its root.
	Assets fs.FS
	// Services are called by the pages.
	Services []Service
	// Files opens downloads; nil means there are none.
	Files FilesFunc
	// Logger gets one line a request, never arguments, results or tokens; nil means none.
	Logger *slog.Logger
	// MaxBody is the most bytes a call may carry, 4 MiB when 0.
	MaxBody int64
}

// Server is a bound, not yet serving face. Make one with New, then call Serve once, or Close.
type Server struct {
	cfg      Config
	listener net.Listener
	door     *door
	methods  map[string]method
	log      *slog.Logger
	grace    time.Duration
	bodyTime time.Duration
}

// New checks the configuration and binds the address. Errors: code invalid and field addr for an address that is not
// loopback, conflict when it cannot be bound, internal for a service that cannot be offered.
func New(cfg Config) (*Server, error) {
	addr, err := loopback(cfg.Addr)
	if err != nil {
		return nil, err
	}
	methods, err := methodsOf(cfg.Services)
	if err != nil {
		return nil, err
	}
	if cfg.MaxBody <= 0 {
		cfg.MaxBody = defaultMaxBody
	}
	log := cfg.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, unbound(addr, err)
	}
	door, err := newDoor(listener.Addr().String())
	if err != nil {
		_ = listener.Close()
		return nil, err
	}
	return &Server{cfg: cfg, listener: listener, door: door, methods: methods, log: log, grace: graceTimeout, bodyTime: bodyTimeout}, nil
}

// Addr returns the address bound, such as 127.0.0.1:40123.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// URL returns the opening link. It lets one browser in, once; treat it as a secret.
func (s *Server) URL() string { return s.door.link() }

// Renew makes a new opening link, for a second browser or a lost page; an unused older one no longer works.
func (s *Server) Renew() (string, error) {
	if err := s.door.renew(); err != nil {
		return "", err
	}
	return s.door.link(), nil
}

// Serve answers requests until ctx ends, then lets running calls finish for a few seconds before it ends their
// contexts too. It returns nil after an orderly end.
func (s *Server) Serve(ctx context.Context) error {
	calls, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return calls },
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", s.Addr(), err)
	case <-ctx.Done():
	}
	return s.shutdown(server, abort)
}

func (s *Server) shutdown(server *http.Server, abort context.CancelFunc) error {
	patience, stop := context.WithTimeout(context.Background(), s.grace)
	defer stop()
	err := server.Shutdown(patience)
	if errors.Is(err, context.DeadlineExceeded) {
		abort()
		s.log.Warn("calls were cut off at the end of the program")
		err = server.Close()
	}
	if err != nil {
		return fmt.Errorf("shut down %s: %w", s.Addr(), err)
	}
	return nil
}

// Close gives the address back. It is needed only when Serve is never called.
func (s *Server) Close() error { return s.listener.Close() }

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	seen := &recorder{ResponseWriter: w}
	defer func() {
		if fault := recover(); fault != nil {
			s.fault(seen, r, fault)
		}
		s.log.LogAttrs(r.Context(), slog.LevelDebug, "request", slog.String("method", r.Method),
			slog.String("path", r.URL.Path), slog.Int("status", seen.status), slog.Duration("took", time.Since(began)))
	}()
	secure(seen.Header())
	if s.door.admit(seen, r) {
		s.route(seen, r)
	}
}

func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, apiPrefix):
		s.call(w, r)
	case strings.HasPrefix(r.URL.Path, filePrefix):
		s.file(w, r)
	default:
		s.page(w, r)
	}
}

// secure sets the headers every answer has. Element Plus sets styles on elements, hence unsafe-inline for styles.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "+
		"font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// loopback returns addr as an IP address and port, or refuses it.
func loopback(addr string) (string, error) {
	if addr == "" {
		addr = defaultAddr
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", badAddr(addr, err)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.Unmap().IsLoopback() || ip.Zone() != "" {
		return "", badAddr(addr, err)
	}
	full, err := netip.ParseAddrPort(net.JoinHostPort(ip.Unmap().String(), port))
	if err != nil {
		return "", badAddr(addr, err)
	}
	return full.String(), nil
}

func badAddr(addr string, cause error) error {
	e := listing.Failf(listing.CodeInvalid, "请用 127.0.0.1:端口 或 [::1]:端口；端口写 0 时自动选择",
		"浏览器模式只能用本机地址，不能用“%s”", addr)
	e.Field = "addr"
	return e.Because(cause)
}

func unbound(addr string, cause error) error {
	e := listing.Failf(listing.CodeConflict, "请换一个端口，或写 127.0.0.1:0 自动选择", "地址 %s 用不了，可能已被别的程序占用", addr)
	e.Field = "addr"
	return e.Because(cause)
}
