package service

import (
	"context"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/recipe"
)

const (
	expiredLooks = 5 // for a page that is on its way to the login

	openLimit = 30 * time.Second // for the first answer of an address
	showLimit = 20 * time.Second // for a page without a window to show what is looked for
	bareLimit = 5 * time.Second  // for a page that shows nothing, before it is asked for anew
	lookEvery = 300 * time.Millisecond
)

// visit is one address in the user's own browser, for as long as one piece of work lasts.
type visit struct {
	browser *browser.Browser
	page    *browser.Page // the one that is worked on
	rules   *recipe.Recipe
	about   string // the app whose page is looked for, where each has its own
	unseen  bool
	said    *spoken
	did     *incidents
	state   func(state string) // hears whether the person is asked to log in; nil outside a session
	mu      sync.Mutex
	tabs    map[string]*browser.Page // of a window: every page that is looked at, by its tab; under mu, since it may be closed meanwhile
	deaf    map[string]time.Time     // tabs that do not answer, until when they are left alone
	form    PortalPage               // that was waited for last
	stood   int                      // how often its tab had gone elsewhere by then
	filled  filledIn                 // what was filled in last
}

// spoken remembers the last word, so that waiting does not repeat it.
type spoken struct{ last string }

func (v *visit) say(ctx context.Context, word string) {
	if v.said.last != word {
		v.said.last = word
		steps(ctx)(word)
	}
}

// visitTo opens an address. The profile is kept only where there is a store; otherwise a temporary one is used.
func (c *core) visitTo(ctx context.Context, address string, unseen bool) (*visit, error) {
	if err := checkAddress(address); err != nil {
		return nil, err
	}
	rules, region, err := c.rulesAt(ctx, address)
	if err != nil {
		return nil, err
	}
	return c.visitBy(ctx, PortalAt{Portal: rules.ID, Region: region}, rules, address, unseen)
}

// visitBy is visitTo by the rules of a portal: several portals may stand at one host, as in a rehearsal.
func (c *core) visitBy(ctx context.Context, at PortalAt, rules *recipe.Recipe, address string, unseen bool) (*visit, error) {
	path, err := c.browserPath(ctx)
	if err != nil {
		return nil, err
	}
	v := &visit{rules: rules, unseen: unseen, said: &spoken{}, did: newIncidents(unseen)}
	v.say(ctx, "打开浏览器")
	o := browser.Options{Path: path, Visible: !unseen && !c.Unseen, AnyHost: !here(address), Profile: c.profile(at, address)}
	if v.browser, err = browser.Start(ctx, o); err != nil {
		return nil, windowless(err, unseen)
	}
	v.say(ctx, "打开 "+address)
	if err := v.begin(ctx, address); err != nil {
		err = v.explain(ctx, err)
		v.close()
		return nil, err
	}
	return v, nil
}

// windowless says what to do where no window can be shown.
func windowless(err error, unseen bool) error {
	e := listing.AsError(err)
	if !unseen && e.Code == listing.CodeMissingTool && strings.Contains(e.Message, "图形界面") {
		return listing.Fail(e.Code, e.Message, "命令可以加上 --headless 在后台运行；也可以改用保存的网页").Because(err)
	}
	return err
}

func (v *visit) close() {
	for _, p := range v.known() {
		p.Close()
	}
	if v.unseen && v.page != nil {
		v.page.Close()
	}
	_ = v.browser.Close() // it ends all the same
}

// here reports whether an address is on this machine: then the browser reaches nothing else.
func here(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// portalsDir is the folder of the browser profiles inside the data folder.
const portalsDir = "portals"

// profile is the folder of a kept profile: one for every portal, region and host, so that no login reaches another
// city's portal. It is empty without a store.
func (c *core) profile(at PortalAt, address string) string {
	if _, err := c.Workplace.Store(); err != nil {
		return ""
	}
	host := ""
	if u, err := url.Parse(address); err == nil {
		host = u.Host
	}
	return filepath.Join(c.DataDir, portalsDir, document.SafeName(at.key()+"@"+host))
}

// rulesAt returns the recipe of the portal that an address belongs to, with the region where each has its own; or the
// recipe for pages without one. Of several portals at one host it is the one whose address goes furthest with it.
func (c *core) rulesAt(ctx context.Context, address string) (*recipe.Recipe, string, error) {
	all, err := c.recipes()
	if err != nil {
		return nil, "", err
	}
	placed, err := c.addresses(ctx)
	if err != nil {
		return nil, "", err
	}
	at, err := url.Parse(address)
	if err != nil {
		return nil, "", checkAddress(address)
	}
	id, region, most := "any", "", -1
	for _, r := range all {
		for place, of := range c.placesOf(r, placed) {
			if u, err := url.Parse(place); err == nil && u.Host != "" && u.Host == at.Host {
				if same := common(place, address); same > most || same == most && r.ID+of < id+region {
					id, region, most = r.ID, of, same
				}
			}
		}
	}
	rules, err := c.recipe(id)
	return rules, region, err
}

// common is how far two texts are the same.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// placesOf are the addresses of a recipe's portal, and whose region each is, where each has its own.
func (c *core) placesOf(r recipe.Recipe, placed map[string]string) map[string]string {
	if strings.HasPrefix(r.Address, "http") {
		return map[string]string{r.Address: ""}
	}
	out := map[string]string{}
	for _, a := range c.forms.Addresses {
		if region, each := strings.CutPrefix(a.Key, r.Address+"."); r.Address != "" && (each || a.Key == r.Address) {
			if !each {
				region = ""
			}
			out[c.forms.Address(a.Key, placed).URL] = region
		}
	}
	return out
}

// awaited is what a page is recognised by: enough of the texts stand on it.
type awaited struct {
	what   string   // for the person: 治理侧应用发布
	way    []string // what the person presses to get there, by the recipe
	about  string   // the app whose page it is, where each has its own
	texts  []string
	enough int
}

// lateLimit is how long a page is waited for before the person is told that it may stand there under other names.
const lateLimit = time.Minute

// word is what the person is asked for, and, once that has been waited for long, why it may not come.
func (a awaited) word(since time.Time) string {
	var more []string
	if len(a.way) > 0 {
		more = append(more, a.presses())
	}
	if time.Since(since) > lateLimit {
		more = append(more, "早已打开了的话，可能是平台改了页面上的名称，请停下后到“设置”的“页面规则”核对")
	}
	if len(more) == 0 {
		return "等待打开 " + a.what
	}
	return "等待打开 " + a.what + "（" + strings.Join(more, "；") + "）"
}

// presses is what the person presses to get there, and where.
func (a awaited) presses() string {
	how := "点“"
	if len(a.way) > 1 {
		how = "依次点“"
	}
	if a.about != "" {
		how = "在“" + a.about + "”那一行" + how
	}
	return how + strings.Join(a.way, "”、“") + "”"
}

// await waits until one of the pages is the one that is looked for. A window is the person's to lead there: then it
// waits as long as it takes. Without a window there is a limit; after that, a login page is told as such.
func (v *visit) await(ctx context.Context, a awaited) error {
	for began := time.Now(); ; {
		found, _ := v.find(ctx, showing(ctx, a.texts, a.enough)) // a page that does not answer now may later
		if found {
			return nil
		}
		if err := v.broken(ctx); err != nil {
			return err
		}
		out := v.loggedOut(ctx)
		if v.unseen {
			if err := v.tooLate(a, out, time.Since(began) > showLimit); err != nil {
				return err
			}
		}
		v.waits(ctx, out, a.word(began))
		if err := moment(ctx); err != nil {
			return err
		}
	}
}

// waits says what the person is waited for.
func (v *visit) waits(ctx context.Context, out bool, otherwise string) {
	switch {
	case v.dialog() != "":
		v.say(ctx, "页面上有一个对话框等您处理："+v.dialog())
	case out:
		v.say(ctx, "等待登录")
	default:
		v.say(ctx, otherwise)
	}
	if out && v.state != nil {
		v.state(SessionLogin)
	}
}

// tooLate says why a page without a window is not waited for any longer.
func (v *visit) tooLate(a awaited, login, late bool) error {
	switch {
	case login && late:
		e := listing.Failf(listing.CodeRefused, "去掉 --headless，由您在窗口里登录", "%s需要登录", v.rules.Title)
		e.Field = FieldLogin
		return e
	case late:
		return listing.Failf(listing.CodeRefused, "检查地址；要先点开的，去掉 --headless，由您在窗口里打开", "这个页面上没有看到%s", a.what)
	}
	return nil
}

// loggedOut reports whether the page asks to log in.
func (v *visit) loggedOut(ctx context.Context) bool { return v.marked(ctx, v.page, v.rules.LoggedOut) }

// marked reports whether a page shows any of the marks.
func (v *visit) marked(ctx context.Context, p *browser.Page, marks []recipe.Mark) bool {
	if p.Dialog() != "" {
		return false
	}
	var texts, parts []string
	for _, m := range marks {
		if m.Text != "" {
			texts = append(texts, m.Text)
		} else {
			parts = append(parts, m.URL)
		}
	}
	if found, err := portal.Shown(ctx, p, texts); err == nil && len(found) > 0 {
		return true
	}
	at := addressOf(ctx, p)
	return slices.ContainsFunc(parts, func(part string) bool { return leadsTo(at, part) })
}

// expired puts a login that the page asks for in the place of the error that it led to.
func (v *visit) expired(ctx context.Context, err error) error {
	if e := listing.AsError(err); err == nil || e.Code != listing.CodeUnreadable || e.Field != "" || !v.sentOut(ctx) {
		return err
	}
	return loginGone().Because(err)
}

func loginGone() *listing.Error {
	e := listing.Fail(listing.CodeRefused, "办到一半，登录失效了", "请重新登录，再办一次")
	e.Field = FieldLogin
	return e
}

// sentOut reports whether the page asks to log in, or is on its way to that.
func (v *visit) sentOut(ctx context.Context) bool {
	for range expiredLooks {
		if ctx.Err() != nil || v.page.Gone() {
			return false
		}
		if v.loggedOut(ctx) {
			return true
		}
		if moment(ctx) != nil {
			return false
		}
	}
	return false
}

// bare reports whether the page shows nothing at all, as one does whose parts did not arrive.
func (v *visit) bare(ctx context.Context) bool {
	shows, err := browser.Evaluate[bool](ctx, v.page, `!!document.body && (document.body.innerText.trim() !== '' || !!document.querySelector('img, svg, canvas, iframe'))`)
	return err == nil && !shows || strings.HasPrefix(v.address(ctx), "chrome-error:")
}

// leadsTo reports whether an address holds a part in its path, or in the path behind its #. What follows a ? says where
// somebody came from or goes on to, not where they are.
func leadsTo(address, part string) bool {
	path, inner, _ := strings.Cut(address, "#")
	path, _, _ = strings.Cut(path, "?")
	inner, _, _ = strings.Cut(inner, "?")
	return strings.Contains(path, part) || strings.Contains(inner, part)
}

// address is where the page is now.
func (v *visit) address(ctx context.Context) string { return addressOf(ctx, v.page) }

func addressOf(ctx context.Context, p *browser.Page) string {
	frames, err := p.Frames(ctx)
	if err != nil || len(frames) == 0 {
		return ""
	}
	return frames[0].URL
}

// pictureOf keeps a picture of the page and returns its name: the SHA-256 of a kept file, or, without a store, a file of
// this machine. Without a picture the work is none the worse: then the name is empty.
func (c *core) pictureOf(ctx context.Context, p *browser.Page) string {
	raw, err := p.Screenshot(ctx)
	if err != nil {
		return ""
	}
	return c.keepPicture(ctx, raw)
}
