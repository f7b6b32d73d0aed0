//go:build (desktop || bindings) && !browser

package app

import (
	"context"
	"errors"
	"net/http"

	"shangjiatong/app/bind"
	"shangjiatong/app/cli"
)

// openWindow shows the window and returns when it is closed. Nothing is opened before the window's start: the run
// that generates the TypeScript bindings comes through here too.
func (p *program) openWindow() error {
	d, err := p.desk(cli.Opening{}, "window")
	if err != nil {
		return err
	}
	running := context.Background()
	window := bind.Window{
		Title:   "上架通",
		Pages:   p.pages,
		Files:   http.NotFoundHandler(),
		Facades: bind.Facades(func() context.Context { return running }, d.Services),
		Start:   d.start,
		Stop:    func(context.Context) { _ = d.close() }, // the process ends with it
		Smoke:   bind.SmokeFromEnvironment(),
	}
	err = window.Open()
	if errors.Is(err, bind.ErrNoWebview) {
		return errors.Join(errNoWindow, err)
	}
	return err
}
