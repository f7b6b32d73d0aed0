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
	SessionEnded    = "ended" // it was in, and asks to log in again
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
	}
	return "没有打开"
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
	one.address = address
	return one, rules, nil
}

// use gives the page of a portal to one piece of work, and opens the browser where it is not. It waits until no other
// work uses it. done gives it back.
func (c *core) use(ctx context.Context, at PortalAt) (v *visit, done func(), err error) {
	one, rules, err := c.session(ctx, at)
	if err != nil {
		return nil, nil, err
	}
	select {
	case one.work <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	}
	done = func() {
		if at.Quiet && !at.Unseen {
			one.close(c.stamp())
		}
		<-one.work
	}
	if v = one.open(); v != nil && (at.Quiet || at.Unseen || !v.unseen) {
		if !v.unseen {
			done = func() { <-one.work }
		}
		v.rules = rules
		return v, done, nil
	}
	one.close(c.stamp())
	if v, err = c.start(ctx, one, rules, at.Quiet || at.Unseen); err != nil {
		<-one.work
		return nil, nil, err
	}
	return v, done, nil
}

// start opens the browser at the portal; it stays open until the person or the program closes it.
func (c *core) start(ctx context.Context, one *session, rules *recipe.Recipe, unseen bool) (*visit, error) {
	one.tell(SessionStarting, c.stamp())
	life, stop := context.WithCancel(WithSteps(c.life.ctx, steps(ctx)))
	forget := context.AfterFunc(ctx, stop) // until it stands, it ends with the work that asked for it
	v, err := c.visitBy(life, rules, one.address, unseen)
	if !forget() || err != nil {
		stop()
		if v != nil {
			v.close()
		}
		one.tell(SessionClosed, c.stamp())
		return nil, cmp.Or(err, error(listing.Fail(listing.CodeCanceled, "已停止", "")))
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	one.visit, one.stop, one.state, one.since = v, stop, SessionLogin, c.stamp()
	return v, nil
}

// open returns the visit while the browser is open.
func (one *session) open() *visit {
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.visit == nil || one.visit.gone() {
		return nil
	}
	return one.visit
}

func (one *session) tell(state, at string) {
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.state == state {
		return
	}
	one.state, one.since = state, at
	if state == SessionIn {
		one.in = at
	}
}

// close closes the browser, if it is open.
func (one *session) close(at string) {
	one.mu.Lock()
	v, stop := one.visit, one.stop
	one.visit, one.stop = nil, nil
	one.mu.Unlock()
	if v != nil {
		v.close()
		stop()
	}
	one.tell(SessionClosed, at)
}

// gone reports whether the browser is closed, by whomever.
func (v *visit) gone() bool {
	ctx, stop := context.WithTimeout(context.Background(), browser.CallTime)
	defer stop()
	_, err := v.page.Frames(ctx)
	return err != nil && ctx.Err() == nil
}

// look finds out how a session stands, unless work is under way on its page, which tells it itself.
func (c *core) look(ctx context.Context, one *session) {
	select {
	case one.work <- struct{}{}:
		defer func() { <-one.work }()
	default:
		return
	}
	one.mu.Lock()
	v := one.visit
	one.mu.Unlock()
	switch {
	case v == nil:
	case v.gone():
		one.close(c.stamp())
	default:
		c.judge(ctx, one, v)
	}
}

// judge tells by the marks of the page whether the person is logged in.
func (c *core) judge(ctx context.Context, one *session, v *visit) (in bool) {
	switch {
	case v.loggedIn(ctx):
		one.tell(SessionIn, c.stamp())
		return true
	case v.loggedOut(ctx):
		one.mu.Lock()
		was := one.state
		one.mu.Unlock()
		if was == SessionIn || was == SessionEnded {
			one.tell(SessionEnded, c.stamp())
		} else {
			one.tell(SessionLogin, c.stamp())
		}
	}
	return false
}

// loggedIn reports whether the page shows that somebody is logged in: a text that says so, or an address, unless a login
// stands on the page.
func (v *visit) loggedIn(ctx context.Context) bool {
	var texts, parts []recipe.Mark
	for _, m := range v.rules.LoggedIn {
		if m.Text != "" {
			texts = append(texts, m)
		} else {
			parts = append(parts, m)
		}
	}
	return v.marked(ctx, texts) || !v.loggedOut(ctx) && v.marked(ctx, parts)
}

// login waits until somebody is logged in. Quiet work does not wait: a login page is an error with FieldLogin.
func (c *core) login(ctx context.Context, one *session, v *visit, quiet bool) error {
	for until := time.Now().Add(showLimit); ; {
		if c.judge(ctx, one, v) {
			return nil
		}
		if ctx.Err() != nil {
			return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
		}
		if v.gone() {
			one.close(c.stamp())
			return listing.Fail(listing.CodeCanceled, "浏览器窗口已经关闭，没有办完", "请重新打开")
		}
		if quiet && (v.loggedOut(ctx) || time.Now().After(until)) {
			e := listing.Failf(listing.CodeRefused, "请打开平台登录一次", "%s需要重新登录", v.rules.Title)
			e.Field = FieldLogin
			return e
		}
		v.say(ctx, "等待登录")
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
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
		one.close(at)
	}
}

// forget removes the profile of a portal: its cookies and logins.
func (c *core) forget(one *session) error {
	one.close(c.stamp())
	dir := c.profile(one.at.Portal)
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
