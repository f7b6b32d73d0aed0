package service

import (
	"context"

	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/table"
)

// PortalAt names a portal and, for the hosting platform, whose.
type PortalAt struct {
	Portal string `json:"portal"` // irs or hosting
	Region string `json:"region,omitempty"`
	Quiet  bool   `json:"quiet,omitempty"` // without a window: a login page is an error at once
	// Unseen is without a window too, but stays open from one call to the next: a rehearsal.
	Unseen bool `json:"unseen,omitempty"`
}

// PortalPage is a page of a portal as it stands in the browser.
type PortalPage struct {
	ID    string            `json:"id"`
	URL   string            `json:"url"`
	Title string            `json:"title"`
	Shown map[string]string `json:"shown"` // label to text, of what tells whose page it is
}

// Portal is a portal in the user's own browser. Whatever goes wrong is a *listing.Error; one that means that the person
// has to log in again has the Field FieldLogin.
type Portal interface {
	// Open sees to it that somebody is logged in; it waits for the person to do so.
	Open(ctx context.Context, at PortalAt) error
	// Read reads a table, all pages of it. about names the app whose page it is, where the list has one for each (TABLE-3).
	Read(ctx context.Context, at PortalAt, tableID, about string) (table.Result, PortalPage, error)
	// Await waits until the person has opened a form and returns its page.
	Await(ctx context.Context, at PortalAt, form string) (PortalPage, error)
	// Fill fills the form in, up to and including its last page; it presses no final button.
	Fill(ctx context.Context, at PortalAt, form string, asks []fill.Ask, upload func(label string, files []string) bool) (fill.Result, error)
	// Gone waits until the form is no longer on the page: the person has submitted or left it.
	Gone(ctx context.Context, at PortalAt, form string) error
	// Lost waits until the browser is gone and tells how it went; nil when ctx ends before that.
	Lost(ctx context.Context, at PortalAt) error
	// Picture returns the page as a PNG.
	Picture(ctx context.Context, at PortalAt) ([]byte, error)
	// Log returns the record of a compilation, empty when the page offers none.
	Log(ctx context.Context, at PortalAt, version string) (string, error)
}

// FieldLogin marks the errors that mean: log in again.
const FieldLogin = "login"
