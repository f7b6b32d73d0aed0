package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"shangjiatong/app/listing"
)

// notes is a service with every shape of method.
type notes struct {
	began chan struct{}
	ended chan error
}

type note struct {
	Title string   `json:"title"`
	Tags  []string `json:"tags,omitempty"`
	Size  int      `json:"size"`
}

func (*notes) Version() string                                  { return "0.1" }
func (*notes) Touch()                                           {}
func (*notes) Check(n note) error                               { return nil }
func (*notes) Join(a string, b int) (string, error)             { return fmt.Sprint(a, b), nil }
func (*notes) Save(ctx context.Context, n note) (note, error)   { n.Size++; return n, ctx.Err() }
func (*notes) Maybe(n *note, tags []string) (bool, error)       { return n == nil && tags == nil, nil }
func (*notes) Wide() (string, error)                            { return strings.Repeat("字", 5000), nil }
func (*notes) Odd() (any, error)                                { return func() {}, nil }
func (*notes) Panic(string) error                               { panic("odd state") }
func (*notes) Bytes(b []byte) (int, error)                      { return len(b), nil }
func (*notes) Fail(code string) error                           { return fail(code) }
func (*notes) secret() string                                   { return "unexported" }
func (n *notes) Wait(ctx context.Context, ms int) (bool, error) { return n.wait(ctx, ms) }

var _ = (*notes).secret // there for the attack that calls it

func fail(code string) error {
	if code == "plain" {
		return errors.New("disk on fire")
	}
	e := listing.Fail(listing.Code(code), "不行", "换一种办法")
	e.Field = "unit.name"
	return fmt.Errorf("wrapped: %w", e)
}

func (n *notes) wait(ctx context.Context, ms int) (bool, error) {
	n.began <- struct{}{}
	select {
	case <-ctx.Done():
		n.ended <- ctx.Err()
		return false, ctx.Err()
	case <-time.After(time.Duration(ms) * time.Millisecond):
		n.ended <- nil
		return true, nil
	}
}

var pagesOfTheTest = fstest.MapFS{
	"index.html":               {Data: []byte("<!doctype html><title>上架通</title>")},
	"assets/index-BqY3-x0k.js": {Data: []byte("export {}")},
	"assets/plain.css":         {Data: []byte("a{}")},
	"favicon.svg":              {Data: []byte("<svg/>")},
	".keep":                    {Data: []byte("hidden")},
	"assets/.map":              {Data: []byte("hidden")},
}

type fixture struct {
	*Server
	t      *testing.T
	notes  *notes
	log    *safeBuffer
	client *http.Client // let in already
	stop   context.CancelFunc
	done   chan error
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func begin(t *testing.T, change func(*Config, *Server)) *fixture {
	t.Helper()
	f := &fixture{t: t, notes: &notes{began: make(chan struct{}, 9), ended: make(chan error, 9)}, log: &safeBuffer{}, done: make(chan error, 1)}
	cfg := Config{
		Assets: pagesOfTheTest, Services: []Service{{Name: "Notes", Target: f.notes}}, Files: filesOfTheTest,
		Logger: slog.New(slog.NewTextHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug})), MaxBody: 1 << 16,
	}
	if change != nil {
		change(&cfg, nil)
	}
	server, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&cfg, server)
	}
	ctx, stop := context.WithCancel(t.Context())
	f.Server, f.stop = server, stop
	go func() { f.done <- server.Serve(ctx) }()
	t.Cleanup(func() { stop(); <-f.done; f.done <- nil })
	jar, _ := cookiejar.New(nil)
	f.client = &http.Client{Jar: jar, Timeout: 10 * time.Second}
	f.visit(server.URL(), http.StatusOK)
	return f
}

func filesOfTheTest(_ context.Context, id string) (string, int64, io.ReadCloser, error) {
	body := io.NopCloser(strings.NewReader("content of " + id))
	switch id {
	case "package/42":
		return "材料包 \"一\".zip", int64(len("content of package/42")), body, nil
	case "unknown-size":
		return "a.txt", -1, body, nil
	case "short":
		return "a.txt", 1000, body, nil
	case "broken":
		return "a.txt", -1, io.NopCloser(io.MultiReader(body, brokenReader{})), nil
	case "fails":
		return "", 0, nil, listing.Fail(listing.CodeRefused, "有一项没有通过", "请先改正")
	}
	return "", 0, nil, listing.Fail(listing.CodeNotFound, "没有这个文件", "")
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("disk gone") }

func (f *fixture) base() string { return "http://" + f.Addr() }

func (f *fixture) visit(url string, want int) {
	f.t.Helper()
	resp, err := f.client.Get(url)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != want {
		f.t.Fatalf("GET %s: %s, want %d", url, resp.Status, want)
	}
}

// request is a call as the page makes it; edit turns it into an attack.
func (f *fixture) request(path, body string, edit func(*http.Request)) *http.Request {
	f.t.Helper()
	r, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.base()+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", f.base())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if edit != nil {
		edit(r)
	}
	return r
}

func (f *fixture) do(r *http.Request) (int, string, http.Header) {
	f.t.Helper()
	resp, err := f.client.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return resp.StatusCode, string(raw), resp.Header
}

func TestCalls(t *testing.T) {
	f := begin(t, nil)
	for _, c := range []struct {
		method, args, want string
		status             int
	}{
		{"Version", `[]`, `{"result":"0.1"}`, 200},
		{"Touch", ` [ ] `, `{"result":null}`, 200},
		{"Join", `["a", 7]`, `{"result":"a7"}`, 200},
		{"Check", `[{"title":"x"}]`, `{"result":null}`, 200},
		{"Save", `[{"title":"题","tags":["a"],"size":1}]`, `{"result":{"title":"题","tags":["a"],"size":2}}`, 200},
		{"Maybe", `[null, null]`, `{"result":true}`, 200},
		{"Bytes", `["AAEC"]`, `{"result":3}`, 200},
		{"Fail", `["refused"]`, `{"error":{"code":"refused","field":"unit.name","message":"不行","hint":"换一种办法"}}`, 422},
		{"Fail", `["conflict"]`, `"code":"conflict"`, 409},
		{"Fail", `["not_found"]`, `"code":"not_found"`, 404},
		{"Fail", `["damaged"]`, `"code":"damaged"`, 500},
		{"Fail", `["locked"]`, `"code":"locked"`, 423},
		{"Fail", `["plain"]`, `"code":"internal"`, 500},
		{"Panic", `["sesame"]`, `"code":"internal"`, 500},
		{"Odd", `[]`, `"code":"internal"`, 500},
	} {
		status, body, header := f.do(f.request("/api/Notes/"+c.method, c.args, nil))
		if status != c.status || !strings.Contains(body, c.want) || !json.Valid([]byte(body)) {
			t.Errorf("%s%s: %d %s; want %d %s", c.method, c.args, status, body, c.status, c.want)
		}
		if header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(header.Get("Content-Type"), "application/json") {
			t.Errorf("%s: headers %v", c.method, header)
		}
	}
	log := f.log.String()
	if !strings.Contains(log, "odd state") || !strings.Contains(log, "web_test.go") || !strings.Contains(log, "disk on fire") {
		t.Error("the log lacks the panic's stack or the internal error")
	}
	for _, private := range []string{"sesame", f.door.session, "token"} {
		if strings.Contains(log, private) {
			t.Errorf("the log shows %q", private)
		}
	}
}

func TestPages(t *testing.T) {
	f := begin(t, nil)
	for _, c := range []struct {
		path   string
		status int
		kind   string
		cache  string
		body   string
	}{
		{"/", 200, "text/html; charset=utf-8", "no-cache", "上架通"},
		{"/index.html", 200, "text/html; charset=utf-8", "no-cache", "上架通"},
		{"/apps/7/tasks", 200, "text/html; charset=utf-8", "no-cache", "上架通"},
		{"/assets/index-BqY3-x0k.js", 200, "text/javascript; charset=utf-8", "private, max-age=31536000, immutable", "export"},
		{"/assets/plain.css", 200, "text/css; charset=utf-8", "no-cache", "a{}"},
		{"/favicon.svg", 200, "image/svg+xml", "no-cache", "svg"},
		{"/assets/gone-BqY3-x0k.js", 404, "text/plain; charset=utf-8", "no-store", "没有这个页面"},
	} {
		status, body, h := f.do(f.request(c.path, "", func(r *http.Request) { r.Method = "GET" }))
		if status != c.status || h.Get("Content-Type") != c.kind || h.Get("Cache-Control") != c.cache || !strings.Contains(body, c.body) {
			t.Errorf("%s: %d %v %.100s", c.path, status, h, body)
		}
	}
}

func TestUnbuiltFrontEndSaysSo(t *testing.T) {
	s := &Server{cfg: Config{Assets: fstest.MapFS{".keep": {}}}}
	for _, assets := range []bool{true, false} {
		if !assets {
			s.cfg.Assets = nil
		}
		r, _ := http.NewRequestWithContext(t.Context(), "GET", "http://x/", nil)
		w := &memoryWriter{h: http.Header{}}
		s.page(w, r)
		if w.status != 503 || !strings.Contains(w.b.String(), "make build") {
			t.Errorf("%d %s", w.status, w.b.String())
		}
	}
}

type memoryWriter struct {
	h      http.Header
	status int
	b      bytes.Buffer
}

func (m *memoryWriter) Header() http.Header         { return m.h }
func (m *memoryWriter) WriteHeader(status int)      { m.status = status }
func (m *memoryWriter) Write(p []byte) (int, error) { return m.b.Write(p) }

func TestFiles(t *testing.T) {
	f := begin(t, nil)
	get := func(id string) (answered, string, error) {
		r := f.request("/file/"+id, "", func(r *http.Request) { r.Method = "GET" })
		resp, err := f.client.Do(r)
		if err != nil {
			return answered{}, "", err
		}
		defer resp.Body.Close()
		raw, err := io.ReadAll(resp.Body)
		return answered{status: resp.StatusCode, header: resp.Header}, string(raw), err
	}
	resp, body, err := get("package/42")
	if err != nil || resp.status != 200 || body != "content of package/42" || resp.header.Get("Content-Length") != "21" {
		t.Errorf("%v %q %v", resp, body, err)
	}
	want := `attachment; filename="___ ___.zip"; filename*=UTF-8''%E6%9D%90%E6%96%99%E5%8C%85%20_%E4%B8%80_.zip`
	if got := resp.header.Get("Content-Disposition"); got != want {
		t.Errorf("disposition %s\nwant        %s", got, want)
	}
	if csp := resp.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox") {
		t.Errorf("a download may act as a page: %s", csp)
	}
	if resp, body, err = get("unknown-size"); err != nil || body != "content of unknown-size" {
		t.Errorf("%v %q %v", resp, body, err)
	}
	for _, id := range []string{"short", "broken"} {
		if _, body, err := get(id); err == nil {
			t.Errorf("%s: a half file %q was taken for a whole one", id, body)
		}
	}
	if resp, body, _ = get("fails"); resp.status != 422 || !strings.Contains(body, "请先改正") {
		t.Errorf("%d %s", resp.status, body)
	}
	if resp, body, _ = get("none"); resp.status != 404 {
		t.Errorf("%d %s", resp.status, body)
	}
}

func TestDisposition(t *testing.T) {
	for name, want := range map[string]string{
		"a.zip":            `attachment; filename="a.zip"; filename*=UTF-8''a.zip`,
		"":                 `attachment; filename="download"; filename*=UTF-8''download`,
		"..":               `attachment; filename="download"; filename*=UTF-8''download`,
		"../x\r\ny\"; a=b": `attachment; filename=".._x__y_; a=b"; filename*=UTF-8''.._x__y_%3B%20a%3Db`,
		"50%.txt":          `attachment; filename="50_.txt"; filename*=UTF-8''50%25.txt`,
		"C:\\x\xff.txt":    `attachment; filename="C__x_.txt"; filename*=UTF-8''C__x_.txt`,
	} {
		if got := disposition(name); got != want {
			t.Errorf("%q: %s\nwant %s", name, got, want)
		}
	}
}

func TestHealthNeedsNobody(t *testing.T) {
	f := begin(t, nil)
	resp, err := http.Get(f.base() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 204 {
		t.Error(resp.Status)
	}
}

func TestAnAbandonedCallIsCanceled(t *testing.T) {
	f := begin(t, nil)
	ctx, leave := context.WithCancel(t.Context())
	r := f.request("/api/Notes/Wait", `[60000]`, nil).WithContext(ctx)
	go func() { <-f.notes.began; leave() }()
	if resp, err := f.client.Do(r); err == nil {
		resp.Body.Close()
		t.Error("answered")
	}
	select {
	case err := <-f.notes.ended:
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the call goes on although the browser went away")
	}
}

// The limit on the time a body may take must not end a call that works longer.
func TestALongCallOutlivesTheBodyDeadline(t *testing.T) {
	f := begin(t, func(_ *Config, s *Server) {
		if s != nil {
			s.bodyTime = 100 * time.Millisecond
		}
	})
	if status, body, _ := f.do(f.request("/api/Notes/Wait", `[400]`, nil)); status != 200 || body != `{"result":true}` {
		t.Errorf("%d %s", status, body)
	}
	pipe, feed := io.Pipe()
	defer feed.Close()
	go func() { _, _ = io.WriteString(feed, `["a",`) }() // and then nothing
	slow := f.request("/api/Notes/Join", "", nil)
	slow.Body, slow.ContentLength = pipe, -1
	if resp, err := f.client.Do(slow); err == nil {
		defer resp.Body.Close()
		if resp.StatusCode != 422 {
			t.Errorf("a body that never ends: %s", resp.Status)
		}
	}
}

func TestShutdownLetsCallsFinish(t *testing.T) {
	f := begin(t, nil)
	go func() { <-f.notes.began; f.stop() }()
	if status, body, _ := f.do(f.request("/api/Notes/Wait", `[300]`, nil)); status != 200 {
		t.Errorf("%d %s", status, body)
	}
	if err := <-f.done; err != nil {
		t.Error(err)
	}
	f.done <- nil
	if _, err := net.DialTimeout("tcp", f.Addr(), time.Second); err == nil {
		t.Error("still listening")
	}
}

func TestShutdownEndsCallsThatDoNotFinish(t *testing.T) {
	f := begin(t, func(_ *Config, s *Server) {
		if s != nil {
			s.grace = 100 * time.Millisecond
		}
	})
	go func() { <-f.notes.began; f.stop() }()
	if resp, err := f.client.Do(f.request("/api/Notes/Wait", `[60000]`, nil)); err == nil {
		resp.Body.Close()
	}
	if err := <-f.done; err != nil {
		t.Error(err)
	}
	f.done <- nil
	if err := <-f.notes.ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestCallsAtOnce(t *testing.T) {
	f := begin(t, nil)
	var all sync.WaitGroup
	for i := range 24 {
		all.Go(func() {
			args := fmt.Sprintf(`["n",%d]`, i)
			resp, err := f.client.Do(f.request("/api/Notes/Join", args, nil))
			if err != nil {
				t.Error(err)
				return
			}
			defer resp.Body.Close()
			if raw, _ := io.ReadAll(resp.Body); string(raw) != fmt.Sprintf(`{"result":"n%d"}`, i) {
				t.Errorf("%d: %s", i, raw)
			}
		})
	}
	all.Wait()
}

func TestAddresses(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:80", "10.0.0.1:0", "example.com:80", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "[::1%lo]:0", "unix:/tmp/x", "127.1:0", "[::ffff:10.0.0.1]:0"} {
		_, err := New(Config{Addr: addr})
		if e := listing.AsError(err); e == nil || e.Code != listing.CodeInvalid || e.Field != "addr" {
			t.Errorf("%s: %v", addr, err)
		}
	}
	for _, addr := range []string{"", "127.0.0.1:0", "localhost:0", "[::1]:0", "127.0.0.9:0", "[::ffff:127.0.0.1]:0"} {
		s, err := New(Config{Addr: addr, Assets: pagesOfTheTest})
		if err != nil {
			if addr == "[::1]:0" && listing.CodeOf(err) == listing.CodeConflict {
				continue // a machine without IPv6
			}
			t.Errorf("%s: %v", addr, err)
			continue
		}
		if !strings.HasPrefix(s.URL(), "http://"+s.Addr()+"/?token=") || len(s.URL()) < len("http://"+s.Addr()+"/?token=")+43 {
			t.Errorf("%s: %s", addr, s.URL())
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAddressInUse(t *testing.T) {
	first, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if _, err := New(Config{Addr: first.Addr()}); listing.CodeOf(err) != listing.CodeConflict || !strings.Contains(err.Error(), first.Addr()) {
		t.Errorf("%v", err)
	}
}

func TestServesOverIPv6(t *testing.T) {
	probe, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Logf("this machine has no IPv6: %v", err)
		return
	}
	probe.Close()
	f := begin(t, func(c *Config, _ *Server) { c.Addr = "[::1]:0" })
	if status, body, _ := f.do(f.request("/api/Notes/Version", `[]`, nil)); status != 200 {
		t.Errorf("%d %s", status, body)
	}
}

type variadic struct{}

func (variadic) Join(...string) error { return nil }

type twoValues struct{}

func (twoValues) Split() (string, int) { return "", 0 }

func TestServicesThatCannotBeOffered(t *testing.T) {
	good := Service{Name: "Notes", Target: &notes{}}
	for name, services := range map[string][]Service{
		"no name": {{Target: &notes{}}}, "slash": {{Name: "a/b", Target: &notes{}}}, "twice": {good, good}, "no target": {{Name: "A"}},
		"variadic": {{Name: "A", Target: variadic{}}}, "two values": {{Name: "A", Target: twoValues{}}},
	} {
		if _, err := New(Config{Services: services}); listing.CodeOf(err) != listing.CodeInternal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStatusOfEveryCode(t *testing.T) {
	for code, want := range map[listing.Code]int{
		listing.CodeInvalid: 400, listing.CodeNotFound: 404, listing.CodeConflict: 409, listing.CodeRefused: 422, listing.CodeTooLarge: 413,
		listing.CodeUnwritable: 507, listing.CodeUnreadable: 422, listing.CodeCanceled: 499, listing.CodeMissingTool: 503,
		listing.CodeLocked: 423, listing.CodeDamaged: 500, listing.CodeInternal: 500, "later": 500,
	} {
		if got := StatusOf(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}
