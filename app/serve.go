package app

import (
	"context"
	"errors"
	"os"
	"reflect"

	"github.com/pkg/browser"

	"shangjiatong/app/bind"
	"shangjiatong/app/cli"
	"shangjiatong/app/service"
	"shangjiatong/app/web"
)

// serve shows the pages in a browser of this machine until ctx ends.
func (p *program) serve(ctx context.Context, o cli.Opening, addr string, open bool, ready func(cli.ServeLine) error) (err error) {
	d, err := p.desk(o, "browser")
	if err != nil {
		return err
	}
	if err := d.start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	server, err := web.New(web.Config{
		Addr: addr, Assets: p.pages, Services: webServices(ctx, d.Services), Files: d.Downloads.Open,
	})
	if err != nil {
		return err
	}
	if err := ready(cli.ServeLine{URL: server.URL(), Addr: server.Addr(), PID: os.Getpid()}); err != nil {
		return errors.Join(err, server.Close())
	}
	if open {
		_ = browser.OpenURL(server.URL()) // the line just printed says where to go when no browser opens
	}
	return server.Serve(ctx)
}

// start opens the store for a face that stays, and takes the snapshot of the day.
func (d *desk) start(ctx context.Context) error {
	if err := d.place.Open(ctx); err != nil {
		return errors.Join(err, d.close())
	}
	if err := d.Snapshots.Daily(ctx); err != nil {
		return errors.Join(err, d.close())
	}
	d.Begin(ctx)
	return nil
}

// webServices offers the same facades to a browser as the window gets, under the same names.
func webServices(ctx context.Context, s *service.Services) []web.Service {
	var out []web.Service
	for _, facade := range bind.Facades(func() context.Context { return ctx }, s) {
		out = append(out, web.Service{Name: reflect.TypeOf(facade).Elem().Name(), Target: facade})
	}
	return out
}
