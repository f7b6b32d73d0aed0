package service

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
)

// The states of a session with a portal.
const (
	SessionClosed   = "closed"
	SessionStarting = "starting"
	SessionLogin    = "login" // the person has to log in
	SessionIn       = "in"
	SessionEnded    = "ended"   // it was in, and asks to log in again
	SessionCrashed  = "crashed" // the browser ended by a fault, or was killed
)

func sessionWord(state string) string {
	switch state {
	case SessionStarting:
		return "正在打开"
	case SessionLogin:
		return "等待登录"
	case SessionIn:
		return "已登录"
	case SessionEnded:
		return "登录已失效"
	case SessionCrashed:
		return "浏览器意外退出"
	}
	return "没有打开"
}

// word is how a session stands, in words.
func (one *session) word() string {
	if one.state == SessionClosed && one.opened {
		return "已关闭"
	}
	return sessionWord(one.state)
}

// sessions are the browsers that are open at portals, one for each.
type sessions struct {
	mu  sync.Mutex
	all map[string]*session
}

// session is one portal in the browser. One piece of work uses its page at a time.
type session struct {
	at      PortalAt
	title   string
	address string
	work    chan struct{} // holds one while a piece of work uses the page
	mu      sync.Mutex
	visit   *visit // nil while closed
	state   string
	since   string
	in      string // when the person logged in
	opened  bool   // it was open at some time
	stop    context.CancelFunc
}

// key names a portal; the hosting platform is another one in every region.
func (at PortalAt) key() string { return strings.TrimSuffix(at.Portal+"."+at.Region, ".") }

// locate returns a portal's recipe and address. A region is looked at only where each has its own.
func (c *core) locate(ctx context.Context, at PortalAt) (PortalAt, *recipe.Recipe, string, error) {
	rules, err := c.recipe(at.Portal)
	if err != nil {
		return at, nil, "", err
	}
	placed, err := c.addresses(ctx)
	if err != nil {
		return at, nil, "", err
	}
	if strings.HasPrefix(rules.Address, "http") {
		at.Region = ""
		return at, rules, rules.Address, nil
	}
	a := c.forms.Address(rules.Address, placed)
	if a != nil {
		at.Region = ""
	} else if a = c.forms.Address(rules.Address+"."+at.Region, placed); a == nil {
		return at, rules, "", listing.Failf(listing.CodeRefused, "请先在单位或应用的资料里选择所属区域", "不知道是哪个区域的%s", rules.Title)
	}
	if a.URL == "" {
		return at, rules, "", listing.Failf(listing.CodeRefused, "请在设置的“地址”里填写", "%s的地址还没有填写", a.Title)
	}
	return at, rules, a.URL, checkAddress(a.URL)
}

// session returns the session of a portal, which may be closed.
func (c *core) session(ctx context.Context, at PortalAt) (*session, *recipe.Recipe, error) {
	at, rules, address, err := c.locate(ctx, at)
	if err != nil {
		return nil, nil, err
	}
	c.sessions.mu.Lock()
	defer c.sessions.mu.Unlock()
	if c.sessions.all == nil {
		c.sessions.all = map[string]*session{}
	}
	one := c.sessions.all[at.key()]
	if one == nil {
		one = &session{at: at, title: rules.Title, work: make(chan struct{}, 1), state: SessionClosed, since: c.stamp()}
		c.sessions.all[at.key()] = one
	}
	one.mu.Lock()
	one.address = address
	one.mu.Unlock()
	return one, rules, nil
}

// use gives the pages of a portal to one piece of work, and opens the browser where it is not. It waits until no other
// work uses them. done gives them back, and tells from how the work ended how the session stands.
func (c *core) use(ctx context.Context, at PortalAt) (v *visit, one *session, done func(error) error, err error) {
	return c.using(ctx, at, c.opened)
}

// stay is use for work that goes on with what stands on a page already: no other browser would do.
func (c *core) stay(ctx context.Context, at PortalAt) (v *visit, done func(error) error, err error) {
	v, _, done, err = c.using(ctx, at, c.standing)
	return v, done, err
}

func (c *core) using(ctx context.Context, at PortalAt, take func(context.Context, *session, *recipe.Recipe, PortalAt) (*visit, error)) (v *visit, one *session, done func(error) error, err error) {
	one, rules, err := c.session(ctx, at)
	if err != nil {
		return nil, nil, nil, err
	}
	select {
	case one.work <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, nil, listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	}
	if at.Quiet && c.asking.busy() { // between its steps an action leaves the page to the person
		<-one.work
		return nil, nil, nil, listing.Fail(listing.CodeRefused, "正在办理动作，没有动平台的页面", "办完以后再读")
	}
	v, err = take(ctx, one, rules, at)
	if err != nil {
		<-one.work
		return nil, nil, nil, err
	}
	done = func(err error) error {
		defer func() { <-one.work }()
		err = c.settle(ctx, one, v, err)
		if at.Quiet && !at.Unseen && v.unseen {
			one.close(c.stamp(), SessionClosed)
		}
		return err
	}
	return v, one, done, nil
}

// opened returns the visit of a session that stands open already, or opens it.
func (c *core) opened(ctx context.Context, one *session, rules *recipe.Recipe, at PortalAt) (*visit, error) {
	unseen := at.Quiet || at.Unseen
	if v := c.open(one); v != nil && (unseen || !v.unseen) {
		v.rules, v.said.last = rules, ""
		return v, v.explain(ctx, v.revive(ctx, one.url()))
	}
	one.close(c.stamp(), one.stands())
	return c.start(ctx, one, rules, unseen)
}

// standing returns the visit of a session that stands open, with the page that was worked on last.
func (c *core) standing(_ context.Context, one *session, rules *recipe.Recipe, _ PortalAt) (*visit, error) {
	v := c.open(one)
	if v == nil {
		return nil, one.notOpen()
	}
	v.rules, v.said.last = rules, ""
	return v, nil
}

// notOpen is the error of work that needs a browser that is gone.
func (one *session) notOpen() error {
	if one.stands() == SessionCrashed {
		return browserFell()
	}
	return browserClosed()
}

// current is the visit of a session, which may be gone without anybody having noticed; nil while closed.
func (one *session) current() *visit {
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.visit
}

// stands is how a session stands.
func (one *session) stands() string {
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.state
}

// url is where the portal begins.
func (one *session) url() string {
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.address
}

// start opens the browser at the portal; it stays open until the person or the program closes it.
func (c *core) start(ctx context.Context, one *session, rules *recipe.Recipe, unseen bool) (*visit, error) {
	was := one.tell(SessionStarting, c.stamp())
	life, stop := context.WithCancel(WithSteps(c.life.ctx, steps(ctx)))
	forget := context.AfterFunc(ctx, stop) // until it stands, it ends with the work that asked for it
	v, err := c.visitBy(life, one.at, rules, one.url(), unseen)
	if !forget() || err != nil {
		stop()
		if v != nil {
			v.close()
		}
		one.tell(was, c.stamp())
		return nil, cmp.Or(err, error(listing.Fail(listing.CodeCanceled, "已停止", "")))
	}
	v.state = func(string) { c.out(one) }
	one.mu.Lock()
	defer one.mu.Unlock()
	one.visit, one.stop, one.state, one.since, one.opened = v, stop, SessionLogin, c.stamp(), true
	return v, nil
}

// open returns the visit while the browser is open, and puts one away that is not.
func (c *core) open(one *session) *visit {
	v := one.current()
	if v == nil || !v.gone() {
		return v
	}
	state := SessionClosed
	if v.browser.Fell() {
		state = SessionCrashed
	}
	one.close(c.stamp(), state)
	return nil
}

// settle tells how a session stands once work has ended with an error.
func (c *core) settle(ctx context.Context, one *session, v *visit, err error) error {
	err = v.explain(ctx, v.expired(ctx, v.explain(ctx, err))) // a browser that goes may take its time
	switch e := listing.AsError(err); {
	case err == nil:
	case e.Field == FieldLogin:
		c.out(one)
	default:
		c.open(one)
	}
	return err
}

// tell sets the state of a session and returns the one before.
func (one *session) tell(state, at string) (was string) {
	one.mu.Lock()
	defer one.mu.Unlock()
	if was = one.state; was == state {
		return was
	}
	one.state, one.since = state, at
	if state == SessionIn {
		one.in = at
	}
	return was
}

// out tells that the person is asked to log in, for the first time or again.
func (c *core) out(one *session) {
	if state := one.stands(); state == SessionIn || state == SessionEnded {
		one.tell(SessionEnded, c.stamp())
	} else {
		one.tell(SessionLogin, c.stamp())
	}
}

// close closes the browser, if it is open, and says how it stands then.
func (one *session) close(at, state string) {
	one.mu.Lock()
	v, stop := one.visit, one.stop
	one.visit, one.stop = nil, nil
	one.mu.Unlock()
	if v == nil {
		return
	}
	v.close()
	stop()
	one.tell(state, at)
}

// look finds out how a session stands, unless work is under way on its pages, which tells it itself.
func (c *core) look(ctx context.Context, one *session) {
	select {
	case one.work <- struct{}{}:
		defer func() { <-one.work }()
	default:
		return
	}
	if v := c.open(one); v != nil {
		c.judge(ctx, one, v)
	}
}

// judge tells by the marks of the pages whether the person is logged in: one page that says so is enough, since another
// may still show the login that was done elsewhere.
func (c *core) judge(ctx context.Context, one *session, v *visit) (in *browser.Page) {
	out := false
	for _, p := range v.pages(ctx) {
		if v.loggedIn(ctx, p) {
			if one.tell(SessionIn, c.stamp()) != SessionIn {
				c.quiet.loggedIn()
			}
			return p
		}
		out = out || v.marked(ctx, p, v.rules.LoggedOut)
	}
	if out {
		c.out(one)
	}
	return nil
}

// stays reports whether somebody was seen to be logged in since the browser opened, and nothing has said otherwise: not every
// page carries a mark.
func (one *session) stays() bool {
	return one.stands() == SessionIn
}

// loggedIn reports whether a page shows that somebody is logged in: a text that says so, or an address, unless a login
// stands on the page.
func (v *visit) loggedIn(ctx context.Context, p *browser.Page) bool {
	var texts, parts []recipe.Mark
	for _, m := range v.rules.LoggedIn {
		if m.Text != "" {
			texts = append(texts, m)
		} else {
			parts = append(parts, m)
		}
	}
	return v.marked(ctx, p, texts) || !v.marked(ctx, p, v.rules.LoggedOut) && v.marked(ctx, p, parts)
}

// login waits until somebody is logged in, on whatever page; where the one worked on asks to log in, work goes on there.
// Quiet work does not wait: a login page is an error with FieldLogin.
func (c *core) login(ctx context.Context, one *session, v *visit, quiet bool) error {
	shows := time.Now()
	for until := time.Now().Add(showLimit); ; {
		if in := c.judge(ctx, one, v); in != nil {
			if v.page.Gone() || v.loggedOut(ctx) {
				v.page = in
			}
			return nil
		}
		if err := v.broken(ctx); err != nil {
			return err
		}
		if one.stays() && !v.page.Gone() {
			return nil
		}
		if quiet && (v.loggedOut(ctx) || time.Now().After(until)) {
			e := listing.Failf(listing.CodeRefused, "请打开平台登录一次", "%s需要重新登录", v.rules.Title)
			e.Field = FieldLogin
			return e
		}
		v.waits(ctx, true, "等待登录")
		if !v.bare(ctx) {
			shows = time.Now()
		} else if time.Since(shows) > bareLimit {
			shows = time.Now()
			_ = v.page.Navigate(ctx, one.url(), openLimit) // it is tried again
		}
		if err := moment(ctx); err != nil {
			return err
		}
	}
}

// closeAll closes every browser.
func (s *sessions) closeAll(at string) {
	s.mu.Lock()
	all := make([]*session, 0, len(s.all))
	for _, one := range s.all {
		all = append(all, one)
	}
	s.mu.Unlock()
	for _, one := range all {
		one.close(at, SessionClosed)
	}
}

// forget removes the profile of a portal: its cookies and logins.
func (c *core) forget(one *session) error {
	one.close(c.stamp(), SessionClosed)
	dir := c.profile(one.at, one.url())
	if dir == "" {
		return nil
	}
	if err := os.RemoveAll(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return unwritable(dir, err)
	}
	return nil
}

// originOf is the root of an address.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
