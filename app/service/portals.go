package service

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
)

// Portals are the portals in the user's own browser: read, and filled in, while the person watches.
type Portals struct{ *core }

// PortalSession is how it stands with one portal.
type PortalSession struct {
	Portal     string `json:"portal"` // irs, hosting, console
	Title      string `json:"title"`
	Region     string `json:"region"` // whose hosting platform
	URL        string `json:"url"`
	State      string `json:"state"`
	Word       string `json:"word"`
	Message    string `json:"message"` // why it cannot be opened; empty otherwise
	Since      string `json:"since"`
	Remembered bool   `json:"remembered"` // a profile is kept from an earlier time
	LoggedInAt string `json:"logged_in_at"`
}

// PortalBrowser is the browser of this machine.
type PortalBrowser struct {
	Found   bool   `json:"found"`
	Name    string `json:"name"`
	Path    string `json:"path"`
	Chosen  bool   `json:"chosen"` // by the person
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// PortalsView is how it stands with all portals.
type PortalsView struct {
	Sessions []PortalSession `json:"sessions"`
	Browser  PortalBrowser   `json:"browser"`
}

// View tells how it stands with the portals; nothing is opened.
func (s *Portals) View(ctx context.Context) (PortalsView, error) {
	out := PortalsView{Sessions: []PortalSession{}}
	all, err := s.recipes()
	if err != nil {
		return out, err
	}
	for _, r := range all {
		if r.Address == "" {
			continue
		}
		one, err := s.state(ctx, r)
		if err != nil {
			return out, err
		}
		out.Sessions = append(out.Sessions, one)
	}
	out.Browser, err = s.browserView(ctx)
	return out, err
}

func (s *Portals) state(ctx context.Context, r recipe.Recipe) (PortalSession, error) {
	at, err := s.unitAt(ctx, r.ID)
	if err != nil {
		return PortalSession{}, err
	}
	out := PortalSession{Portal: r.ID, Title: r.Title, Region: at.Region, State: SessionClosed, Word: sessionWord(SessionClosed)}
	one, _, err := s.session(ctx, at)
	if err != nil {
		out.Message = listing.AsError(err).Error()
		return out, nil
	}
	if dir := s.profile(one.at, one.url()); dir != "" {
		found, err := os.ReadDir(dir)
		out.Remembered = err == nil && len(found) > 0
	}
	s.look(ctx, one)
	one.mu.Lock()
	defer one.mu.Unlock()
	out.Region, out.URL, out.State, out.Word, out.Since, out.LoggedInAt = one.at.Region, one.address, one.state, one.word(), one.since, one.in
	return out, nil
}

// unitAt is a portal with the region of the unit.
func (c *core) unitAt(ctx context.Context, id string) (PortalAt, error) {
	at := PortalAt{Portal: id}
	err := c.maybe(ctx, func(r listing.Reader) error {
		if r == nil {
			return nil
		}
		u, err := unit(r)
		at.Region = u.ProcessRegion
		return err
	})
	return at, err
}

// Open opens the browser at a portal and shows its window; the person logs in there.
func (s *Portals) Open(ctx context.Context, id string) (PortalsView, error) {
	at, err := s.unitAt(ctx, id)
	if err != nil {
		return PortalsView{}, err
	}
	v, _, done, err := s.use(ctx, at)
	if err != nil {
		return PortalsView{}, err
	}
	if !v.unseen {
		err = v.page.ToFront(ctx)
	}
	if err := done(err); err != nil {
		return PortalsView{}, err
	}
	return s.View(ctx)
}

// Close closes the browser of a portal; its profile stays.
func (s *Portals) Close(ctx context.Context, id string) (PortalsView, error) {
	one, err := s.of(ctx, id)
	if err != nil {
		return PortalsView{}, err
	}
	one.close(s.stamp(), SessionClosed)
	return s.View(ctx)
}

// Forget closes the browser of a portal and removes its profile: cookies and logins.
func (s *Portals) Forget(ctx context.Context, id string) (PortalsView, error) {
	one, err := s.of(ctx, id)
	if err == nil {
		err = s.forget(one)
	}
	if err != nil {
		return PortalsView{}, err
	}
	return s.View(ctx)
}

func (s *Portals) of(ctx context.Context, id string) (*session, error) {
	at, err := s.unitAt(ctx, id)
	if err != nil {
		return nil, err
	}
	one, _, err := s.session(ctx, at)
	return one, err
}

// SetBrowser chooses the browser program; empty lets the program find one.
func (s *Portals) SetBrowser(ctx context.Context, path string) (PortalsView, error) {
	path = strings.TrimSpace(path)
	if path != "" {
		if _, err := browser.Find(path); err != nil {
			return PortalsView{}, err
		}
	}
	if err := (&Networks{s.core}).set(ctx, "选择浏览器", func(set *listing.Settings) { set.Browser = path }); err != nil {
		return PortalsView{}, err
	}
	return s.View(ctx)
}

func (s *Portals) browserView(ctx context.Context) (PortalBrowser, error) {
	path, err := s.browserPath(ctx)
	if err != nil {
		e := listing.AsError(err)
		return PortalBrowser{Message: e.Message, Hint: e.Hint, Chosen: e.Field == "browser"}, nil
	}
	var set listing.Settings
	err = s.maybe(ctx, func(r listing.Reader) (err error) {
		if r != nil {
			set, err = settings(r)
		}
		return err
	})
	return PortalBrowser{Found: true, Path: path, Name: strings.TrimSuffix(filepath.Base(path), ".exe"), Chosen: set.Browser != ""}, err
}

// PortalWanted names a table to read in the person's browser.
type PortalWanted struct {
	Table string `json:"table"`
	AppID string `json:"app_id"` // whose page it is, of TABLE-3
	Job   string `json:"job"`    // name under which the work can be watched and canceled; may be empty
}

// Read reads a table in the person's browser, all pages of it, once the person has logged in and opened the page.
func (s *Portals) Read(ctx context.Context, in PortalWanted) (PortalRead, error) {
	ctx, _, end := s.jobs.begin(ctx, in.Job)
	defer end()
	rules, _, err := s.wanted(in.Table, "")
	if err != nil {
		return PortalRead{}, err
	}
	region, about, err := (&Sync{s.core}).whose(ctx, in.AppID)
	if err != nil {
		return PortalRead{}, err
	}
	live := s.live()
	at := PortalAt{Portal: rules.ID, Region: region}
	if err := live.Open(ctx, at); err != nil {
		return PortalRead{}, err
	}
	out, page, err := live.Read(ctx, at, in.Table, about)
	return PortalRead{Result: out, From: page.URL, AppID: in.AppID}, err
}

// browserPath is the browser of this machine: the one the person chose, or one that is found.
func (c *core) browserPath(ctx context.Context) (string, error) {
	if c.Browser != nil {
		return c.Browser()
	}
	var set listing.Settings
	err := c.maybe(ctx, func(r listing.Reader) (err error) {
		if r != nil {
			set, err = settings(r)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	return browser.Find(set.Browser)
}
