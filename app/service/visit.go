package service

import (
	"context"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/recipe"
)

const (
	openLimit = 30 * time.Second // for the first answer of an address
	showLimit = 20 * time.Second // for a page without a window to show what is looked for
	lookEvery = 300 * time.Millisecond
)

// visit is one address in the user's own browser, for as long as one piece of work lasts.
type visit struct {
	browser *browser.Browser
	page    *browser.Page
	rules   *recipe.Recipe
	unseen  bool
	say     func(word string)
}

// visitTo opens an address. The profile is kept only where there is a store; otherwise a temporary one is used.
func (c *core) visitTo(ctx context.Context, address string, unseen bool, say func(string)) (*visit, error) {
	if err := checkAddress(address); err != nil {
		return nil, err
	}
	rules, err := c.rulesAt(ctx, address)
	if err != nil {
		return nil, err
	}
	path, err := c.browserPath(ctx)
	if err != nil {
		return nil, err
	}
	say("打开浏览器")
	v := &visit{rules: rules, unseen: unseen, say: say}
	o := browser.Options{Path: path, Visible: !unseen, AnyHost: !here(address), Profile: c.profile(rules.ID)}
	if v.browser, err = browser.Start(ctx, o); err != nil {
		return nil, windowless(err, unseen)
	}
	if v.page, err = v.browser.Open(ctx, browser.Device{}, browser.Watch{Shared: true}); err == nil {
		say("打开 " + address)
		err = v.page.Navigate(ctx, address, openLimit)
	}
	if err != nil {
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
	if v.page != nil {
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

// profile is the folder of a portal's kept profile; empty without a store.
func (c *core) profile(id string) string {
	if _, err := c.Workplace.Store(); err != nil {
		return ""
	}
	return filepath.Join(c.DataDir, portalsDir, id)
}

// rulesAt returns the recipe of the portal that an address belongs to, or the one for pages without a recipe.
func (c *core) rulesAt(ctx context.Context, address string) (*recipe.Recipe, error) {
	all, err := c.recipes()
	if err != nil {
		return nil, err
	}
	placed, err := c.addresses(ctx)
	if err != nil {
		return nil, err
	}
	at, err := url.Parse(address)
	if err != nil {
		return nil, checkAddress(address)
	}
	for i := range all {
		for _, place := range c.placesOf(all[i], placed) {
			if u, err := url.Parse(place); err == nil && u.Host != "" && u.Host == at.Host {
				return recipe.Find(all, all[i].ID), nil
			}
		}
	}
	return c.recipe("any")
}

// placesOf are the addresses of a recipe's portal: of all regions, where each has its own.
func (c *core) placesOf(r recipe.Recipe, placed map[string]string) []string {
	if strings.HasPrefix(r.Address, "http") {
		return []string{r.Address}
	}
	var out []string
	for _, a := range c.forms.Addresses {
		if r.Address != "" && (a.Key == r.Address || strings.HasPrefix(a.Key, r.Address+".")) {
			out = append(out, c.forms.Address(a.Key, placed).URL)
		}
	}
	return out
}

// await waits until one of the texts stands on the page. A page with a window is the person's to lead there: then it
// waits as long as it takes; a page without one has a limit.
func (v *visit) await(ctx context.Context, what string, texts []string) error {
	limit := time.Now().Add(showLimit)
	for {
		found, err := portal.Shown(ctx, v.page, texts)
		switch {
		case len(found) > 0:
			return nil
		case ctx.Err() != nil:
			return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
		case err != nil && v.page.Crashed():
			return err
		case v.unseen && time.Now().After(limit):
			return listing.Failf(listing.CodeRefused, "检查地址；要先登录或先点开的，去掉 --headless，由您在窗口里打开", "这个页面上没有看到%s", what)
		}
		v.say(v.waitWord(ctx, what))
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}

// waitWord says what the person is waited for.
func (v *visit) waitWord(ctx context.Context, what string) string {
	var marks []string
	for _, m := range v.rules.LoggedOut {
		if m.Text != "" {
			marks = append(marks, m.Text)
		}
	}
	if found, err := portal.Shown(ctx, v.page, marks); err == nil && len(found) > 0 {
		return "等待登录"
	}
	return "等待打开 " + what
}

// picture keeps a picture of the page and returns its name: the SHA-256 of a kept file, or, without a store, a file of
// this machine. Without a picture the work is none the worse: then the name is empty.
func (c *core) pictureOf(ctx context.Context, p *browser.Page) string {
	raw, err := p.Screenshot(ctx)
	if err != nil {
		return ""
	}
	return c.keepPicture(ctx, raw)
}
