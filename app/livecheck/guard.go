package livecheck

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/tracking"
)

func itoa(n int) string { return strconv.Itoa(n) }

// guard decides on every request of a tab, so that nothing leaves the machine.
type guard struct {
	k       *knowledge
	rec     *recorder
	facts   tracking.Facts
	site    site
	origin  string // of the site: scheme and host
	login   Login
	reply   []byte
	scripts map[string][]byte
	real    bool
}

// decide answers one request.
func (g *guard) decide(r browser.Request) browser.Answer {
	u, err := url.Parse(r.URL)
	if err != nil {
		return browser.Answer{}
	}
	if u.Scheme == "data" || u.Scheme == "blob" || u.Scheme == "about" {
		return browser.Answer{Act: browser.Pass}
	}
	g.rec.mu.Lock()
	defer g.rec.mu.Unlock()
	v := g.rec.now
	if v == nil {
		v = &visit{doc: g.rec.doc} // between two visits
	}
	v.active = time.Now()
	d := g.rec.asked(r.Top, r.Kind == "Document")
	if d.requests++; d.requests > g.k.Limits.Requests {
		v.busy = "发出的请求太多"
		return browser.Answer{}
	}
	if a, known := g.tracking(d, r, u); known {
		return a
	}
	if u.Scheme+"://"+u.Host == g.origin {
		return g.own(v, r, u)
	}
	return g.foreign(v, r, u)
}

// tracking answers what belongs to the tracking code.
func (g *guard) tracking(d *document, r browser.Request, u *url.URL) (browser.Answer, bool) {
	name, bare := path.Base(u.Path), u.Scheme+"://"+u.Host+u.Path
	switch {
	case r.Kind == "Preflight" && g.isTracking(u):
		return g.allow(r, 204, nil), true
	case name == g.k.Scripts.SDK && r.Kind == "Script":
		d.sdk = bare
		return g.script(bare, g.facts.Traffic.Script, "aplus.js"), true
	case name == g.k.Scripts.Reporter && r.Kind == "Script":
		d.reporter = bare
		return g.script(bare, g.facts.Stability.Script(), "wpk.js"), true
	case slices.ContainsFunc(g.k.Scripts.JSAPI, func(part string) bool { return strings.Contains(bare, part) }):
		return g.script(bare, "", "jsapi.js"), true
	case slices.Contains(g.k.Scripts.Logs, u.Path):
		if u.Path != "/eg.js" {
			d.logs = append(d.logs, r.URL)
		}
		return g.delivered(r, u.Host == g.facts.Traffic.LogHost, "image/gif", pixel()), true
	case u.Path == g.facts.Stability.UploadPath:
		d.uploads = append(d.uploads, uploadedApp(u))
		return g.delivered(r, u.Scheme+"://"+u.Host == g.facts.Stability.Host, "text/plain", nil), true
	}
	return browser.Answer{}, false
}

func (g *guard) isTracking(u *url.URL) bool {
	return slices.Contains(g.k.Scripts.Logs, u.Path) || u.Path == g.facts.Stability.UploadPath
}

// script answers with a model; on the real network the real script passes when it comes from its own address.
func (g *guard) script(address, right, name string) browser.Answer {
	if g.real && address == right {
		return browser.Answer{Act: browser.Pass}
	}
	return browser.Answer{Act: browser.Reply, Body: g.scripts[name], Delay: ms(g.k.Scripts.DelayMS), Header: map[string]string{
		"Content-Type": "text/javascript; charset=utf-8", "Access-Control-Allow-Origin": "*",
	}}
}

// delivered says that a log or an upload arrived; on the real network it goes to its right host itself.
func (g *guard) delivered(r browser.Request, right bool, kind string, body []byte) browser.Answer {
	if g.real && right {
		return browser.Answer{Act: browser.Pass}
	}
	a := g.allow(r, 200, body)
	a.Header["Content-Type"] = kind
	return a
}

// allow answers so that a page of any origin may read it.
func (g *guard) allow(r browser.Request, status int, body []byte) browser.Answer {
	from := header(r, "Origin")
	if from == "" {
		from = "*"
	}
	ask := header(r, "Access-Control-Request-Headers")
	if ask == "" {
		ask = "*"
	}
	return browser.Answer{Act: browser.Reply, Status: status, Body: body, Header: map[string]string{
		"Access-Control-Allow-Origin": from, "Access-Control-Allow-Headers": ask, "Access-Control-Allow-Credentials": "true",
		"Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS", "Access-Control-Expose-Headers": "*",
	}}
}

func header(r browser.Request, name string) string {
	for have, value := range r.Headers {
		if strings.EqualFold(have, name) {
			return value
		}
	}
	return ""
}

// own is a request to the application's own origin.
func (g *guard) own(v *visit, r browser.Request, u *url.URL) browser.Answer {
	if g.site.files == nil {
		return browser.Answer{Act: browser.Pass}
	}
	if _, there := g.site.files.file(u.Path); there && (r.Method == "GET" || r.Method == "HEAD") {
		return browser.Answer{Act: browser.Pass}
	}
	if isAPI(r) {
		v.relative = addNew(v.relative, u.Path)
		return g.backEnd(v, r, u.Path)
	}
	if r.Kind == "Script" || r.Kind == "Stylesheet" {
		v.missing = addNew(v.missing, u.Path)
	}
	return browser.Answer{Act: browser.Pass} // the server says that it is not there
}

// foreign is a request to another site.
func (g *guard) foreign(v *visit, r browser.Request, u *url.URL) browser.Answer {
	switch {
	case r.Kind == "Preflight":
		return g.allow(r, 204, nil)
	case isAPI(r):
		if g.facts.IsLocalAddress(r.URL) {
			v.local = addNew(v.local, u.Scheme+"://"+u.Host+u.Path)
		}
		return g.backEnd(v, r, u.Host+u.Path)
	case (r.Kind == "Script" || r.Kind == "Stylesheet") && !slices.Contains(g.k.Scripts.Logs, "/"+path.Base(u.Path)):
		v.parts = addNew(v.parts, u.Host+u.Path)
	default:
		v.other = addNew(v.other, u.Host)
	}
	return browser.Answer{}
}

func isAPI(r browser.Request) bool { return r.Kind == "XHR" || r.Kind == "Fetch" }

// backEnd answers for the application's back end, which cannot be reached: as the login goes.
func (g *guard) backEnd(v *visit, r browser.Request, name string) browser.Answer {
	v.apis = addNew(v.apis, name)
	status := 200
	if !g.login.succeeds() {
		status = 500
	}
	body := g.reply
	if status != 200 {
		body = []byte(`{"success": false, "code": 500, "message": "模拟：登录失败"}`)
	}
	a := g.allow(r, status, body)
	a.Header["Content-Type"] = "application/json; charset=utf-8"
	a.Delay = ms(g.k.Login.OKMS)
	return a
}

// uploadedApp reads the bid out of a stability upload.
func uploadedApp(u *url.URL) string {
	fields, err := url.ParseQuery(u.Query().Get("wpk-header"))
	if err != nil {
		return ""
	}
	return fields.Get("app")
}

// pixel is the GIF of one point a log server answers with.
func pixel() []byte {
	return []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
}

// replyOf is the body of the back end's answers: what was given, else a guess, with the made-up account in it.
func replyOf(k *knowledge, given []byte) []byte {
	if len(given) == 0 {
		given = k.reply
	}
	return bytes.ReplaceAll(given, []byte("{account}"), []byte(k.Login.Account))
}

// hostOf is the name of an address's host, without its port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
