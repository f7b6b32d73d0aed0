package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

// quick is a prober that does not wait long.
func quick(t *testing.T) *Prober {
	t.Helper()
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	p.settings.Connect, p.settings.Answer = 2, 1
	return p
}

func serve(t *testing.T, tls bool, answer http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(answer)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	if tls {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s.URL
}

// raw serves bare connections.
func raw(t *testing.T, handle func(*net.TCPConn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(func() { stop(); l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(ctx, func() { c.Close() })
			go handle(c.(*net.TCPConn))
		}
	}()
	return "http://" + l.Addr().String()
}

func refusing(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// reset takes a request and breaks the connection off.
func reset(c *net.TCPConn) {
	_, _ = c.Read(make([]byte, 1))
	_ = c.SetLinger(0)
	c.Close()
}

// NET-1 to NET-3: what an address can be found to be, each from a server on this machine.
func TestAsk(t *testing.T) {
	var followed, gets atomic.Int32
	elsewhere := serve(t, false, func(http.ResponseWriter, *http.Request) { followed.Add(1) })
	plain := serve(t, false, func(http.ResponseWriter, *http.Request) {})
	status := func(code int) string {
		return serve(t, false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
	}
	onlyGet := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		gets.Add(1)
		fmt.Fprint(w, strings.Repeat("x", 1<<20))
	})
	redirecting := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere+"/login?ticket=secret", http.StatusFound)
	})
	cases := []struct {
		name, url string
		kind      Kind
		status    int
		word      string
	}{
		{"answers", plain, Answered, 200, "有回应（HTTP 200）"},
		{"fragment and query", plain + "/portal/?a=1#/index", Answered, 200, "有回应"},
		{"500", status(500), Answered, 500, "有回应（HTTP 500）"},
		{"401", status(401), Answered, 401, "有回应（HTTP 401）"},
		{"knows no HEAD", onlyGet, Answered, 200, "有回应（HTTP 200）"},
		{"redirects", redirecting, Answered, 302, "转到 " + elsewhere + "/login）"},
		{"self-signed", serve(t, true, func(http.ResponseWriter, *http.Request) {}), Distrusted, 0, "证书不被信任"},
		{"no TLS where there should be", strings.Replace(plain, "http:", "https:", 1), Distrusted, 0, "有回应"},
		{"refused", refusing(t), Refused, 0, "连接被拒绝"},
		{"never answers", raw(t, func(*net.TCPConn) {}), Silent, 0, "连上了"},
		{"reset", raw(t, reset), Reset, 0, "连接被中断"},
		{"closes at once", raw(t, func(c *net.TCPConn) { c.Close() }), Reset, 0, "连接被中断"},
		{"no HTTP at all", raw(t, func(c *net.TCPConn) { fmt.Fprint(c, "SSH-2.0-x\r\n"); c.Close() }), Reset, 0, "连接被中断"},
		{"no such name", "http://no..such/", NoName, 0, "找不到这个主机名"},
		{"no address", "  ", NoAddress, 0, "没有填写地址"},
		{"a file", "file:///etc/hostname", BadAddress, 0, "不是网页地址"},
		{"no host", "http:///x", BadAddress, 0, "不是网页地址"},
		{"broken", "http://[::1", BadAddress, 0, "不是网页地址"},
	}
	var urls []string
	for _, c := range cases {
		urls = append(urls, c.url)
	}
	var heard atomic.Int32
	got, err := quick(t).Ask(t.Context(), urls, func(int) { heard.Add(1) })
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		a := got[i]
		if a.URL != c.url || a.Kind != c.kind || a.Status != c.status || !strings.Contains(a.Word, c.word) {
			t.Errorf("%s: %+v", c.name, a)
		}
		if asked := a.Kind != NoAddress && a.Kind != BadAddress; asked != (a.Took > 0) {
			t.Errorf("%s: took %v", c.name, a.Took)
		}
		if a.Kind.Answers() != strings.HasPrefix(a.Word, "有回应") {
			t.Errorf("%s: the word disagrees: %+v", c.name, a)
		}
	}
	if followed.Load() != 0 || gets.Load() != 1 || int(heard.Load()) != len(cases) {
		t.Errorf("followed %d, GET %d, heard %d of %d", followed.Load(), gets.Load(), heard.Load(), len(cases))
	}
}

// What is sent: no cookie, no login from the address, and the name of who asks.
func TestRequestIsLight(t *testing.T) {
	seen := make(chan *http.Request, 1)
	url := serve(t, false, func(_ http.ResponseWriter, r *http.Request) { seen <- r })
	if _, err := quick(t).Ask(t.Context(), []string{strings.Replace(url, "http://", "http://user:word@", 1)}, nil); err != nil {
		t.Fatal(err)
	}
	r := <-seen
	if r.Method != http.MethodHead || r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" || r.UserAgent() != "shangjiatong-probe" {
		t.Errorf("%s %v", r.Method, r.Header)
	}
}

func TestAFewAtATime(t *testing.T) {
	var now, most atomic.Int32
	url := serve(t, false, func(http.ResponseWriter, *http.Request) {
		n := now.Add(1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
	})
	p := quick(t)
	p.settings.Parallel = 3
	if _, err := p.Ask(t.Context(), slices.Repeat([]string{url}, 30), nil); err != nil {
		t.Fatal(err)
	}
	if most.Load() > 3 {
		t.Errorf("%d at a time", most.Load())
	}
	if _, err := p.Ask(t.Context(), make([]string, p.settings.Most+1), nil); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Errorf("too many: %v", err)
	}
}

func TestCanceled(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	url := raw(t, func(*net.TCPConn) { stop() })
	p := quick(t)
	p.settings.Answer = 600
	if _, err := p.Ask(ctx, []string{url}, nil); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("got %v", err)
	}
}

func TestKindOfWindowsNumbers(t *testing.T) {
	for number, want := range map[int]Kind{10061: Refused, 10051: Unreachable, 10065: Unreachable, 10054: Reset} {
		if got := kindOf(&net.OpError{Op: "dial", Err: syscall.Errno(number)}, false); got != want {
			t.Errorf("%d: %s", number, got)
		}
	}
	if got := kindOf(context.DeadlineExceeded, false); got != Timeout {
		t.Errorf("deadline: %s", got)
	}
	if got := kindOf(errors.New("x"), false); got != Failed {
		t.Errorf("unknown: %s", got)
	}
}

func TestSettingsAreChecked(t *testing.T) {
	good := string(settingsYAML)
	for name, bad := range map[string]string{
		"unknown key":  good + "more: 1\n",
		"no source":    strings.Replace(good, "source: ", "#", 1),
		"no limit":     strings.Replace(good, "parallel: 6", "parallel: 0", 1),
		"a word less":  strings.Replace(good, "  silent:", "  #", 1),
		"another word": strings.Replace(good, "  silent:", "  quiet:", 1),
	} {
		if bad == good {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := parseSettings([]byte(bad)); listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
