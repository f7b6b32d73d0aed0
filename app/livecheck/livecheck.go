package livecheck

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// Input says what is checked and how.
type Input struct {
	Facts  tracking.Facts
	Params tracking.Params
	Pages  []listing.Page // the page table; empty: the pages of the folder, or the address alone
	// Target is what the person gave, for the report. Folder, when given, is served on 127.0.0.1; otherwise Address is
	// opened.
	Target  string
	Address string
	Folder  fs.FS
	// Devices are IDs of Devices, nil for all. Logins are the outcomes of the login to play, nil for success and failure:
	// every page is judged on every device with the first; with the others, whether held reports are let go.
	Devices []string
	Logins  []Login
	Reply   []byte // what the application's back end answers, JSON; "{account}" stands for the played accountId. Nil: a guess
	Browser string // program file, from browser.Find
	Visible bool   // show the window
	// RealNetwork lets the tracking requests go to their servers, and judges the answers. The login is not played then:
	// no invented user gets into the platform's figures.
	RealNetwork bool
	Progress    func(done, total int64) // visits
}

// check is one run.
type check struct {
	k       *knowledge
	in      Input
	table   bool // there is a page table to compare with
	devices []device
	files   *host // or nil
	site    site
	reply   []byte
	scripts map[string][]byte
	browser *browser.Browser

	mu     sync.Mutex
	visits []*visit
	total  int64
}

// Check opens the pages and judges what they do. Its errors are *listing.Error: CodeInvalid for an input that makes no
// sense, CodeMissingTool without a browser, CodeCanceled when ctx ends. A page that cannot be opened is a finding.
func Check(ctx context.Context, in Input) (tracking.Result, error) {
	c, err := prepare(in)
	if err != nil {
		return tracking.Result{}, err
	}
	defer c.end()
	b, err := browser.Start(ctx, c.options())
	if err != nil {
		return tracking.Result{}, err
	}
	return c.with(ctx, b)
}

func (c *check) options() browser.Options {
	return browser.Options{Path: c.in.Browser, Visible: c.in.Visible, Hosts: c.hosts()}
}

// with checks in a browser that runs already, and closes the one it ends with.
func (c *check) with(ctx context.Context, b *browser.Browser) (tracking.Result, error) {
	c.browser = b
	defer func() { c.browser.Close() }()
	if err := c.run(ctx); err != nil {
		return tracking.Result{}, err
	}
	return c.judge()
}

// open opens a tab. A browser that cannot do it any more, since a page has brought it down, is replaced once.
func (c *check) open(ctx context.Context, d browser.Device, w browser.Watch) (*browser.Page, error) {
	c.mu.Lock()
	b := c.browser
	c.mu.Unlock()
	p, err := b.Open(ctx, d, w)
	if err == nil || ctx.Err() != nil {
		return p, err
	}
	if b, err = c.replaced(ctx, b); err != nil {
		return nil, err
	}
	return b.Open(ctx, d, w)
}

// replaced starts another browser in the place of one that is broken, unless somebody else has done so already.
func (c *check) replaced(ctx context.Context, broken *browser.Browser) (*browser.Browser, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.browser != broken {
		return c.browser, nil
	}
	broken.Close()
	b, err := browser.Start(ctx, c.options())
	if err == nil {
		c.browser = b
	}
	return b, err
}

// prepare checks the input, serves the folder and finds the pages.
func prepare(in Input) (*check, error) {
	c, err := settled(in)
	if err != nil {
		return nil, err
	}
	c.table = len(in.Pages) > 0
	if in.Folder != nil {
		if c.files, err = c.serveFolder(); err != nil {
			return nil, err
		}
	}
	if !c.table {
		c.in.Pages, err = ownPages(c.k, c.files)
	}
	if err == nil {
		c.site, err = newSite(c.k, c.in, c.files)
	}
	if err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// end stops what prepare began.
func (c *check) end() {
	if c.files != nil {
		c.files.stop()
	}
}

// settled checks the input, fills in what was left open, and reads what the check needs to know.
func settled(in Input) (*check, error) {
	k, err := embedded()
	if err != nil {
		return nil, err
	}
	if in.RealNetwork {
		in.Logins = []Login{LoginFail}
	}
	if len(in.Logins) == 0 {
		in.Logins = []Login{LoginOK, LoginFail}
	}
	for _, l := range in.Logins {
		if !slices.Contains(Logins(), l) {
			return nil, invalid("login", "可选：ok、fail、slow、never", "没有“%s”这种登录结果", string(l))
		}
	}
	if len(in.Devices) == 0 {
		for _, d := range k.Devices.List {
			in.Devices = append(in.Devices, d.ID)
		}
	}
	var devices []device
	for _, id := range in.Devices {
		d, known := k.device(id)
		if !known {
			return nil, invalid("device", "可选：pc、android、ios", "没有“%s”这种设备", id)
		}
		devices = append(devices, d)
	}
	if len(in.Pages) > k.Limits.Pages {
		return nil, listing.Failf(listing.CodeTooLarge, "分几次检查", "页面表有 %d 页，一次最多检查 %d 页", len(in.Pages), k.Limits.Pages)
	}
	if in.Progress == nil {
		in.Progress = func(int64, int64) {}
	}
	c := &check{k: k, in: in, devices: devices, reply: replyOf(k, in.Reply), scripts: map[string][]byte{}}
	for _, name := range []string{"hook.js", "aplus.js", "wpk.js", "jsapi.js"} {
		if c.scripts[name], err = files.ReadFile("script/" + name); err != nil {
			return nil, fmt.Errorf("live check: %w", err)
		}
	}
	return c, nil
}

func invalid(field, hint, format string, args ...any) error {
	e := listing.Failf(listing.CodeInvalid, hint, format, args...)
	e.Field = field
	return e
}

// serveFolder serves the built part of the folder where the page table says it is hosted.
func (c *check) serveFolder() (*host, error) {
	built, err := builtFolder(c.k, c.in.Folder)
	if err != nil {
		return nil, err
	}
	prefix := tableRoot(c.k, c.in.Pages)
	if prefix == "" {
		prefix = c.k.Hosting.Path
	}
	return serve(built, prefix, c.k.Limits.FileBytes)
}

// hosts are those the browser may reach: the application's, and on the real network those of the tracking code.
func (c *check) hosts() []string {
	hosts := []string{hostOf(c.site.base)}
	if c.in.RealNetwork {
		f := c.in.Facts
		hosts = append(hosts, f.Traffic.LogHost, hostOf(f.Traffic.Script), hostOf(f.Stability.Host))
	}
	return hosts
}

// run plays every device with the first outcome of the login, at most two at a time, then the first device with the
// other outcomes.
func (c *check) run(ctx context.Context) error {
	groups := c.site.stops(c.in.Pages)
	rounds := make([]*tab, 0, len(c.devices)+len(c.in.Logins))
	for _, d := range c.devices {
		rounds = append(rounds, c.newTab(d, c.in.Logins[0]))
	}
	for _, l := range c.in.Logins[1:] {
		rounds = append(rounds, c.newTab(c.devices[0], l))
	}
	c.total = int64(len(rounds) * len(c.in.Pages))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	errs := make([]error, len(rounds))
	turn := make(chan struct{}, c.k.Limits.Tabs)
	var all sync.WaitGroup
	for i, t := range rounds {
		all.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			if errs[i] = t.round(ctx, groups); errs[i] != nil {
				stop()
			}
		})
	}
	all.Wait()
	return firstCause(errs)
}

// firstCause is the error that ended the run; those that only say that it was ended come last.
func firstCause(errs []error) error {
	for _, err := range errs {
		if err != nil && listing.CodeOf(err) != listing.CodeCanceled {
			return err
		}
	}
	return errors.Join(errs...)
}

func (t *tab) round(ctx context.Context, groups [][]stop) error {
	defer t.close()
	if entry, apart := t.site.apart(groups); apart && t.table && t.login.first(t.in) {
		v := &visit{stop: entry, device: t.device, login: t.login, entry: true}
		if err := t.visit(ctx, v, false); err != nil {
			return err
		}
		t.keep(v)
	}
	for _, stops := range groups {
		if err := t.group(ctx, stops, t.keep); err != nil {
			return err
		}
	}
	return nil
}

// keep adds a visit to what is judged.
func (c *check) keep(v *visit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.visits = append(c.visits, v)
	done := 0
	for _, have := range c.visits {
		if !have.reload && !have.entry {
			done++
		}
	}
	c.in.Progress(int64(done), c.total)
}
