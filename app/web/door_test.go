package web

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAttacks(t *testing.T) {
	f := begin(t, nil)
	bare := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	head := func(key, value string) func(*http.Request) { return func(r *http.Request) { r.Header.Set(key, value) } }
	host := func(name string) func(*http.Request) {
		return func(r *http.Request) { r.Host = name; r.Header.Set("Origin", "http://"+name) }
	}
	get := func(path string) func(*http.Request) {
		return func(r *http.Request) {
			r.Method = "GET"
			r.URL.Opaque = path
			r.Header.Del("Origin")
		}
	}
	_, port, _ := net.SplitHostPort(f.Addr())
	const path, args = "/api/Notes/Join", `["a",1]`
	for _, c := range []struct {
		name, path, args string
		edit             func(*http.Request)
		stranger         bool
		status           int
		says             string
	}{
		{"the honest call", path, args, nil, false, 200, "a1"},
		{"by the name localhost", path, args, host("localhost:" + port), false, 200, "a1"},
		{"DNS rebinding", path, args, host("evil.example:" + port), false, 421, "refused"},
		{"DNS rebinding for a page", path, args, func(r *http.Request) { get("/")(r); r.Host = "evil.example:" + port }, false, 421, "不是上架通的地址"},
		{"host without port", path, args, host("127.0.0.1"), false, 421, "refused"},
		{"host of another port", path, args, host("127.0.0.1:1"), false, 421, "refused"},
		{"host with a dot", path, args, host("localhost.:" + port), false, 421, "refused"},
		{"other loopback address", path, args, host("127.0.0.2:" + port), false, 421, "refused"},
		{"foreign origin", path, args, head("Origin", "https://evil.example"), false, 403, "refused"},
		{"origin null", path, args, head("Origin", "null"), false, 403, "refused"},
		{"origin of another port", path, args, head("Origin", "http://127.0.0.1:1"), false, 403, "refused"},
		{"origin that begins the same", path, args, head("Origin", "http://"+f.Addr()+".evil.example"), false, 403, "refused"},
		{"origin by https", path, args, head("Origin", "https://"+f.Addr()), false, 403, "refused"},
		{"no origin", path, args, func(r *http.Request) { r.Header.Del("Origin") }, false, 403, "refused"},
		{"cross-site", path, args, head("Sec-Fetch-Site", "cross-site"), false, 403, "refused"},
		{"other port of the same site", path, args, head("Sec-Fetch-Site", "same-site"), false, 403, "refused"},
		{"no cookie", path, args, nil, true, 401, "refused"},
		{"no cookie, page", path, args, get("/"), true, 401, "shangjiatong serve"},
		{"no cookie, asset", path, args, get("/assets/plain.css"), true, 401, "shangjiatong serve"},
		{"no cookie, file", path, args, get("/file/package/42"), true, 401, "shangjiatong serve"},
		{"made-up cookie", path, args, head("Cookie", f.door.cookie+"=x"), true, 401, "refused"},
		{"empty cookie", path, args, head("Cookie", f.door.cookie+"="), true, 401, "refused"},
		{"token of nothing", path, args, get("/?token="), true, 401, "shangjiatong serve"},
		{"wrong token", path, args, get("/?token=" + strings.Repeat("A", 43)), true, 401, "shangjiatong serve"},
		{"file from another site", path, args, func(r *http.Request) { get("/file/package/42")(r); r.Header.Set("Sec-Fetch-Site", "cross-site") }, false, 403, "不是从上架通的页面"},
		{"call by GET", path, args, get(path), false, 405, "POST"},
		{"call by PUT", path, args, func(r *http.Request) { r.Method = "PUT" }, false, 405, "POST"},
		{"page by POST", "/", "", nil, false, 405, "只能查看"},
		{"file by DELETE", "/file/package/42", "", func(r *http.Request) { r.Method = "DELETE" }, false, 405, "只能下载"},
		{"simple form", path, args, head("Content-Type", "text/plain"), false, 415, "application/json"},
		{"form", path, args, head("Content-Type", "application/x-www-form-urlencoded"), false, 415, "application/json"},
		{"unknown service", "/api/Nothing/Join", args, nil, false, 404, "not_found"},
		{"unknown method", "/api/Notes/Drop", `[]`, nil, false, 404, "not_found"},
		{"unexported method", "/api/Notes/secret", `[]`, nil, false, 404, "not_found"},
		{"other case", "/api/notes/join", args, nil, false, 404, "not_found"},
		{"deeper path", "/api/Notes/Join/x", args, nil, false, 404, "not_found"},
		{"no method", "/api/Notes/", args, nil, false, 404, "not_found"},
		{"too few", path, `["a"]`, nil, false, 400, "提交了 1 个参数，应为 2 个"},
		{"too many", path, `["a",1,2]`, nil, false, 400, "提交了 3 个参数，应为 2 个"},
		{"no array", path, `{"a":1}`, nil, false, 400, "不是 JSON 数组"},
		{"null", path, `null`, nil, false, 400, "不是 JSON 数组"},
		{"empty", path, ``, nil, false, 400, "不是 JSON 数组"},
		{"trailing", path, args + `[]`, nil, false, 400, "不是 JSON 数组"},
		{"wrong type", path, `[1,1]`, nil, false, 400, "第 1 个参数读不懂（值 的类型应为 string）"},
		{"fraction", path, `["a",1.5]`, nil, false, 400, "第 2 个参数"},
		{"null for a value", path, `["a",null]`, nil, false, 400, "第 2 个参数读不懂（不能是 null）"},
		{"unknown member", "/api/Notes/Check", `[{"titel":"x"}]`, nil, false, 400, "没有名为 \\\"titel\\\" 的项"},
		{"member of a wrong type", "/api/Notes/Check", `[{"size":"x"}]`, nil, false, 400, "size 的类型应为 int"},
		{"no UTF-8", path, "[\"\xff\",1]", nil, false, 400, "UTF-8"},
		{"deep nesting", "/api/Notes/Check", strings.Repeat("[", 30000), nil, false, 400, "invalid"},
		{"oversize", path, `["` + strings.Repeat("a", 1<<16) + `",1]`, nil, false, 413, "上限 65536 字节"},
		{"out of the folder", path, args, get("/../web.go"), false, 404, "没有这个页面"},
		{"out of the folder, encoded", path, args, get("/%2e%2e/%2e%2e/etc/passwd"), false, 404, "没有这个页面"},
		{"out of the folder, backslash", path, args, get("/..%5c..%5cx"), false, 404, "没有这个页面"},
		{"drive letter", path, args, get("/C:/x"), false, 404, "没有这个页面"},
		{"zero byte", path, args, get("/a%00b"), false, 404, "没有这个页面"},
		{"hidden file", path, args, get("/.keep"), false, 404, "没有这个页面"},
		{"hidden file below", path, args, get("/assets/.map"), false, 404, "没有这个页面"},
		{"file out of the folder", path, args, get("/file/../../etc/passwd"), false, 404, "没有这个文件"},
		{"file, encoded slash", path, args, get("/file/..%2fpackage%2f42"), false, 404, "没有这个文件"},
		{"file, encoded dots", path, args, get("/file/%2e%2e/package/42"), false, 404, "没有这个文件"},
		{"file, empty segment", path, args, get("/file/package//42"), false, 404, "没有这个文件"},
		{"file without ID", path, args, get("/file/"), false, 404, "没有这个文件"},
		{"file with a long ID", path, args, get("/file/" + strings.Repeat("x", 2000)), false, 404, "没有这个文件"},
		{"options", path, "", func(r *http.Request) { r.Method = "OPTIONS"; r.Header.Set("Origin", "https://evil.example") }, false, 403, "refused"},
	} {
		r := f.request(c.path, c.args, c.edit)
		client := f.client
		if c.stranger {
			client = bare
		} else if r.Host != "" { // the jar goes by the address, not by the Host header
			r.AddCookie(&http.Cookie{Name: f.door.cookie, Value: f.door.session})
		}
		resp, err := client.Do(r)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		raw, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != c.status || !strings.Contains(string(raw), c.says) {
			t.Errorf("%s: %d %.200s; want %d %q", c.name, resp.StatusCode, raw, c.status, c.says)
		}
		if h := resp.Header; h.Get("Access-Control-Allow-Origin") != "" || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") != "no-referrer" || h.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: headers %v", c.name, h)
		}
	}
}

// answered is what a test keeps of a response.
type answered struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
}

func TestTheLinkWorksOnce(t *testing.T) {
	server, err := New(Config{Assets: pagesOfTheTest})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx) }()
	defer func() { stop(); <-done }()
	link := server.URL()
	try := func(method, url string, edit func(*http.Request)) answered {
		r, _ := http.NewRequestWithContext(ctx, method, url, nil)
		if edit != nil {
			edit(r)
		}
		resp, err := (&http.Transport{}).RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		return answered{resp.StatusCode, resp.Header, resp.Cookies()}
	}
	// What only looks ahead must not use the link up.
	for name, resp := range map[string]answered{
		"HEAD":        try("HEAD", link, nil),
		"prefetch":    try("GET", link, func(r *http.Request) { r.Header.Set("Sec-Purpose", "prefetch;prerender") }),
		"other path":  try("GET", strings.Replace(link, "/?", "/x?", 1), nil),
		"other token": try("GET", link[:len(link)-1], nil),
	} {
		if resp.status != 401 || len(resp.cookies) != 0 {
			t.Errorf("%s: %d", name, resp.status)
		}
	}
	first := try("GET", link, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	cookies := first.cookies
	if first.status != 303 || first.header.Get("Location") != "/" || len(cookies) != 1 {
		t.Fatalf("%d %v", first.status, first.header)
	}
	if c := cookies[0]; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 0 {
		t.Errorf("cookie %v", c)
	}
	if first.header.Get("Cache-Control") != "no-store" {
		t.Error("the redirect may be cached")
	}
	if again := try("GET", link, nil); again.status != 401 || len(again.cookies) != 0 {
		t.Errorf("replayed: %d", again.status)
	}
	withCookie := func(r *http.Request) { r.AddCookie(cookies[0]) }
	if again := try("GET", link, withCookie); again.status != 303 || again.header.Get("Location") != "/" {
		t.Errorf("opened again by the same browser: %d", again.status)
	}
	if page := try("GET", server.URL(), withCookie); page.status != 200 {
		t.Errorf("with the cookie: %d", page.status)
	}
	renewed, err := server.Renew()
	if err != nil || renewed == link {
		t.Fatalf("%s %v", renewed, err)
	}
	if second := try("GET", renewed, nil); second.status != 303 {
		t.Errorf("renewed link: %d", second.status)
	}
}

func TestOnlyOneOfManyGetsInByTheSameLink(t *testing.T) {
	f := begin(t, nil)
	link, err := f.Renew()
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	in := make(chan bool, 16)
	for range cap(in) {
		all.Go(func() {
			r, _ := http.NewRequestWithContext(t.Context(), "GET", link, nil)
			resp, err := (&http.Transport{}).RoundTrip(r)
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			in <- resp.StatusCode == 303
		})
	}
	all.Wait()
	close(in)
	n := 0
	for ok := range in {
		if ok {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d got in", n)
	}
}

func TestEveryRunHasItsOwnSecrets(t *testing.T) {
	seen := map[string]bool{}
	for range 8 {
		s, err := New(Config{})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		for _, secret := range []string{s.door.session, s.door.token} {
			if seen[secret] || len(secret) < 43 {
				t.Errorf("secret %q", secret)
			}
			seen[secret] = true
		}
	}
}

func TestPort80(t *testing.T) {
	d, err := newDoor("127.0.0.1:80")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(d.hosts); got != "[127.0.0.1:80 localhost:80 127.0.0.1 localhost]" {
		t.Error(got)
	}
}
