//go:build (desktop || bindings) && !browser

package app

import (
	"errors"
	"io/fs"

	"shangjiatong/app/bind"
)

// openWindow shows the window and returns when it is closed. Nothing is opened before the window's start: the run
// that generates the TypeScript bindings comes through here too.
func openWindow(pages fs.FS) error {
	err := bind.Window{
		Title:   "上架通",
		Pages:   pages,
		Facades: []any{bind.NewSystem(Version)},
		Smoke:   bind.SmokeFromEnvironment(),
	}.Open()
	if errors.Is(err, bind.ErrNoWebview) {
		return errors.Join(errNoWindow, err)
	}
	return err
}
