// Package service is what a person can do with the program, one file per subject: look at the overview, fill in an
// app, act on a task, make a package. It knows no window, no HTTP and no flags; the faces (packages bind, web and cli)
// call the same methods. Every method takes and returns plain DTOs whose times are RFC 3339 strings, and its errors are
// *listing.Error.
//
// New builds the services over a Workplace, which holds the open store and can be opened, created and restored while
// the program runs.
package service

import (
	"context"
	"log/slog"
	"time"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/precheck"
	"shangjiatong/app/procedure"
	"shangjiatong/app/tracking"
	"shangjiatong/app/vault"
	"shangjiatong/app/workday"
)

// Environment is what the services need from outside.
type Environment struct {
	Workplace *Workplace
	Version   string
	Face      string                                         // window, browser or command
	DataDir   string                                         // the folder of the store
	Clock     func() time.Time                               // what time it is
	Vault     func(ctx context.Context) (vault.Vault, error) // opens the vault when a secret is first needed
	Browse    func(url string) error                         // opens an address in the user's own browser
	Browser   func() (string, error)                         // finds the program that prints PDF; nil looks for one on this machine
	Log       *slog.Logger
	By        string // acts in this name instead of the 操作人 of the settings; empty for the settings
	// Addresses stand in the place of all addresses for this run; what they do not name has none. Nil for the settings.
	Addresses map[string]string
	Portal    Portal        // the portals in the user's own browser
	Unseen    bool          // no browser shows a window: for tests, where the person is played
	Poll      time.Duration // between two looks at a portal that has not finished yet; 0 for a few seconds
}

// Services are all services of the program.
type Services struct {
	System    *System
	Units     *Units
	Vendors   *Vendors
	Apps      *Apps
	Files     *Files
	Cases     *Cases
	Overview  *Overview
	Checks    *Checks
	Packages  *Packages
	Tracking  *Tracking
	Journal   *Journal
	Snapshots *Snapshots
	Templates *Templates
	Calendar  *Calendar
	Search    *Search
	Views     *Views
	Checklist *Checklist
	Downloads *Downloads
	Todo      *Todo
	Reports   *Reports
	Imports   *Imports
	Flows     *Flows
	Networks  *Networks
	Recipes   *Recipes
	Portals   *Portals
	Sync      *Sync
	Outbox    *Outbox
	Receipts  *Receipts
	Refresh   *Refresh
}

// core is what the services share.
type core struct {
	Environment
	// backdated lets changes carry times before the newest entry of the journal: the sample plays past days.
	backdated bool
	forms     *forms.Catalogue
	embedded  *procedure.Library // without what the unit imported; see library
	imported  *parsedFlows
	facts     *parsedFacts
	portal    *procedure.PortalStates
	words     *procedure.Words
	rules     *precheck.Book
	calendar  *workday.Calendar
	uploads   *uploads
	jobs      *jobs
	asking    *asking
	quiet     *quietly
	sighted   *sighted
	life      *life
	own       *ownRecipes
	questions *questions
	sessions  *sessions
}

// New builds the services.
func New(env Environment) (*Services, error) {
	c := &core{Environment: env, jobs: newJobs(), asking: newAsking(), quiet: newQuietly(), imported: &parsedFlows{}, facts: &parsedFacts{},
		sighted: &sighted{}, life: newLife(), own: &ownRecipes{}, questions: &questions{}, sessions: &sessions{}}
	var err error
	if c.forms, err = forms.Default(); err != nil {
		return nil, err
	}
	if c.calendar, err = workday.Default(); err != nil {
		return nil, err
	}
	if c.rules, err = precheck.Default(); err != nil {
		return nil, err
	}
	if c.embedded, err = procedure.Embedded(); err != nil {
		return nil, err
	}
	if c.portal, err = procedure.EmbeddedPortal(); err != nil {
		return nil, err
	}
	if c.words, err = procedure.EmbeddedWords(); err != nil {
		return nil, err
	}
	if c.facts.embedded, err = tracking.CurrentFacts(); err != nil {
		return nil, err
	}
	c.uploads = newUploads(env.DataDir)
	return &Services{
		System: &System{c}, Units: &Units{c}, Vendors: &Vendors{c}, Apps: &Apps{c}, Files: &Files{c},
		Cases: &Cases{c}, Overview: &Overview{c}, Checks: &Checks{c}, Packages: &Packages{c},
		Tracking: &Tracking{c}, Journal: &Journal{c}, Snapshots: &Snapshots{c}, Templates: &Templates{c}, Calendar: &Calendar{c}, Search: &Search{c}, Views: &Views{c},
		Checklist: &Checklist{c}, Downloads: &Downloads{c}, Todo: &Todo{c}, Reports: &Reports{c},
		Imports: &Imports{c}, Flows: &Flows{c}, Networks: &Networks{c}, Recipes: &Recipes{c}, Portals: &Portals{c},
		Sync: &Sync{c}, Outbox: &Outbox{c}, Receipts: &Receipts{c}, Refresh: &Refresh{c},
	}, nil
}

// now returns the present time as records carry it, in China's zone.
func (c *core) now() time.Time { return c.Clock().In(workday.Zone()) }

func (c *core) stamp() string { return c.now().Format(time.RFC3339) }

func (c *core) today() string { return c.now().Format(time.DateOnly) }

func (c *core) view(ctx context.Context, read func(listing.Reader) error) error {
	store, err := c.Workplace.Store()
	if err != nil {
		return err
	}
	return store.View(ctx, read)
}

// change runs one journalled transaction in the operator's name.
func (c *core) change(ctx context.Context, what, appID string, write func(listing.Writer) error) error {
	store, err := c.Workplace.Store()
	if err != nil {
		return err
	}
	if !c.backdated {
		if err := c.checkClock(ctx); err != nil {
			return err
		}
	}
	by, err := c.operator(ctx)
	if err != nil {
		return err
	}
	return store.Change(ctx, listing.Change{By: by, What: what, AppID: appID}, write)
}

// operator returns in whose name things are done.
func (c *core) operator(ctx context.Context) (by string, err error) {
	if c.By != "" {
		return c.By, nil
	}
	err = c.view(ctx, func(r listing.Reader) (err error) {
		by, err = c.actor(r)
		return err
	})
	return by, err
}

// actor is operator inside a transaction.
func (c *core) actor(r listing.Reader) (string, error) {
	if c.By != "" {
		return c.By, nil
	}
	s, err := settings(r)
	if s.Operator == "" {
		return "未登记", err
	}
	return s.Operator, err
}

// settings reads the settings; before they were ever saved they are the defaults.
func settings(r listing.Reader) (listing.Settings, error) {
	s, err := listing.Load[listing.Settings](r, listing.SettingsID)
	if listing.CodeOf(err) == listing.CodeNotFound {
		s, err = listing.Settings{ID: listing.SettingsID, Role: listing.RoleOwner}, nil
	}
	whole(&s)
	return s, err
}

// unit reads the unit; before it was ever saved it is empty.
func unit(r listing.Reader) (listing.Unit, error) {
	u, err := listing.Load[listing.Unit](r, listing.UnitID)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return listing.Unit{ID: listing.UnitID}, nil
	}
	return u, err
}

// app reads an app by ID, identifier or name; what a person gives may be any of these.
func app(r listing.Reader, given string) (listing.App, error) {
	a, err := listing.Load[listing.App](r, given)
	if err == nil || listing.CodeOf(err) != listing.CodeNotFound {
		return a, err
	}
	all, err := listing.All[listing.App](r)
	if err != nil {
		return listing.App{}, err
	}
	return pick(all, given)
}

func pick(all []listing.App, given string) (listing.App, error) {
	var found []listing.App
	for _, a := range all {
		if given != "" && (a.Identifier == given || a.Name == given) {
			found = append(found, a)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return listing.App{}, listing.Failf(listing.CodeNotFound, "可用应用的编号、标识或名称来指定；先看一下应用列表", "没有找到应用“%s”", given)
	default:
		return listing.App{}, listing.Failf(listing.CodeInvalid, "请改用应用编号指定", "有 %d 个应用都叫“%s”", len(found), given)
	}
}

// dossier reads an app together with its unit and vendor.
func dossier(r listing.Reader, given string) (forms.Dossier, error) {
	var d forms.Dossier
	var err error
	if d.App, err = app(r, given); err != nil {
		return d, err
	}
	if d.Unit, err = unit(r); err != nil {
		return d, err
	}
	d.Vendor, err = vendorOf(r, d.App)
	return d, err
}

// vendorOf reads the vendor of an app, nil when none is chosen or it is gone.
func vendorOf(r listing.Reader, a listing.App) (*listing.Vendor, error) {
	if a.VendorID == "" {
		return nil, nil
	}
	v, err := listing.Load[listing.Vendor](r, a.VendorID)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v, nil
}
