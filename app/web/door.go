package web

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"embed"
	"encoding/base64"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"shangjiatong/app/listing"
)

//go:embed pages/*.html
var pages embed.FS

const (
	secretBytes = 32
	tokenKey    = "token"
	healthPath  = "/healthz"
)

// door decides who comes in.
type door struct {
	addr    string
	hosts   []string // what the Host header may say
	cookie  string   // name of the cookie; browsers share cookies between ports, so it holds the port
	session string

	mu    sync.Mutex
	token string // empty once used
}

func newDoor(addr string) (*door, error) {
	bound, err := netip.ParseAddrPort(addr)
	if err != nil {
		return nil, badAddr(addr, err)
	}
	session, err := random()
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(addr)
	d := &door{addr: addr, cookie: "shangjiatong_" + port, session: session, hosts: []string{addr, "localhost:" + port}}
	if bound.Port() == 80 { // which browsers leave out
		d.hosts = append(d.hosts, strings.TrimSuffix(addr, ":80"), "localhost")
	}
	return d, d.renew()
}

func random() (string, error) {
	raw := make([]byte, secretBytes)
	if _, err := rand.Read(raw); err != nil {
		return "", listing.Fail(listing.CodeInternal, "系统的随机数用不了", "请重新启动程序").Because(err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

func (d *door) renew() error {
	token, err := random()
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.token = token
	return nil
}

func (d *door) link() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.token == "" {
		return "http://" + d.addr + "/"
	}
	return "http://" + d.addr + "/?" + tokenKey + "=" + d.token
}

// admit is true when the request may go on to be answered; otherwise it has answered it.
func (d *door) admit(w http.ResponseWriter, r *http.Request) bool {
	switch {
	case !slices.Contains(d.hosts, r.Host):
		turnAway(w, r, http.StatusMisdirectedRequest, "这个地址不是上架通的地址")
	case r.URL.Path == healthPath && reads(r):
		w.WriteHeader(http.StatusNoContent)
	case !ownOrigin(r):
		turnAway(w, r, http.StatusForbidden, "这个请求不是从上架通的页面发出的")
	case d.knows(r):
		if !r.URL.Query().Has(tokenKey) {
			return true
		}
		http.Redirect(w, r, "/", http.StatusSeeOther) // the link opened again in the browser that is already in
	case d.opens(r):
		d.letIn(w, r)
	default:
		lockedOut(w, r)
	}
	return false
}

func reads(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }

// ownOrigin stops requests that other pages make in the user's browser. Pages and the opening link may be reached from
// anywhere; without the cookie they show nothing.
func ownOrigin(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	if reads(r) {
		page := !strings.HasPrefix(r.URL.Path, apiPrefix) && !strings.HasPrefix(r.URL.Path, filePrefix)
		return page || site == "" || site == "same-origin" || site == "none"
	}
	return r.Header.Get("Origin") == "http://"+r.Host && (site == "" || site == "same-origin")
}

// knows is true for the browser that was let in.
func (d *door) knows(r *http.Request) bool {
	for _, c := range r.CookiesNamed(d.cookie) {
		if same(c.Value, d.session) {
			return true
		}
	}
	return false
}

// opens is true for the first request with the token, and never again for that token. A browser that only fetches
// the link in advance does not use it up.
func (d *door) opens(r *http.Request) bool {
	given := r.URL.Query().Get(tokenKey)
	if r.Method != http.MethodGet || r.URL.Path != "/" || given == "" || r.Header.Get("Sec-Purpose") != "" || r.Header.Get("Purpose") != "" {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.token == "" || !same(given, d.token) {
		return false
	}
	d.token = ""
	return true
}

func (d *door) letIn(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{
		Name: d.cookie, Value: d.session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// same compares in constant time, whatever the lengths.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

func lockedOut(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, apiPrefix) {
		turnAway(w, r, http.StatusUnauthorized, "这个页面没有从上架通打开，或程序已经重新启动")
		return
	}
	ownPage(w, http.StatusUnauthorized, "pages/locked.html")
}

func turnAway(w http.ResponseWriter, r *http.Request, status int, message string) {
	e := listing.Fail(listing.CodeRefused, message, "请从上架通重新打开页面")
	if strings.HasPrefix(r.URL.Path, apiPrefix) {
		answer(w, status, reply{Error: e})
		return
	}
	plain(w, status, e)
}

// ownPage sends one of this package's own pages.
func ownPage(w http.ResponseWriter, status int, name string) {
	raw, err := pages.ReadFile(name)
	if err != nil {
		plain(w, http.StatusInternalServerError, listing.AsError(err))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}
