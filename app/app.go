// Package app wires the program: it builds the services once, with the clock, the folders and the logger passed in,
// and hands them to the face that was asked for. It is the only place that knows all the others.
//
// Two kinds of build exist. With the tags "desktop,production" (plus "webkit2_41" where WebKitGTK 4.1 is installed)
// window.go links the Wails window. Without them, or with the tag "browser", nowindow.go stands in its place: such a
// build needs neither cgo nor a webview and shows the pages in the user's browser.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"shangjiatong/app/cli"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/store"
)

// Version is the version of the product. wails.json repeats it for the Windows resources; a test keeps them equal.
const Version = "0.1.0"

// errNoWindow says that no window can be opened on this machine, or by this build; the browser takes its place.
var errNoWindow = errors.New("no window")

// Main runs the program with the arguments after its name and the embedded front end (the folder frontend/dist inside
// assets). It returns the exit code that listing.ExitCode gives.
func Main(args []string, assets fs.FS) int {
	pages, err := fs.Sub(assets, "frontend/dist")
	if err != nil {
		return report(err)
	}
	exe, err := os.Executable()
	if err != nil {
		return report(err)
	}
	p := &program{pages: pages, exe: exe}
	if len(args) == 0 {
		err := p.openWindow()
		if !errors.Is(err, errNoWindow) {
			return report(err)
		}
		args = []string{"serve"}
	}
	return cli.Run(context.Background(), p.commands(os.Stdout, os.Stderr), args)
}

func report(err error) int {
	if err != nil {
		fmt.Fprintln(os.Stderr, "出错："+listing.AsError(err).Error())
	}
	return listing.ExitCode(err)
}

// commands is the program as the command line sees it.
func (p *program) commands(out, errs io.Writer) cli.Program {
	return cli.Program{
		Version: Version, Out: out, Err: errs,
		Open: p.session, Serve: p.serve, Demo: p.demo,
		VerifyChild: store.VerifyMain, Restore: p.restore, Verify: p.verify, Snapshots: p.snapshots,
	}
}

// options returns the store's options for commands that work on a store which may not open any more.
func (p *program) options(o cli.Opening) (store.Options, error) {
	d, err := p.desk(o, "command")
	if err != nil {
		return store.Options{}, err
	}
	return d.place.Options(), nil
}

func (p *program) verify(ctx context.Context, o cli.Opening) (store.Report, error) {
	options, err := p.options(o)
	if err != nil {
		return store.Report{}, err
	}
	return store.VerifyChild(ctx, p.exe, options.Path())
}

func (p *program) restore(ctx context.Context, o cli.Opening, id string) (store.Restored, error) {
	options, err := p.options(o)
	if err != nil {
		return store.Restored{}, err
	}
	by := o.By
	if by == "" {
		by = "命令行"
	}
	return store.Restore(ctx, options, id, by)
}

func (p *program) snapshots(ctx context.Context, o cli.Opening) ([]service.SnapshotView, error) {
	options, err := p.options(o)
	if err != nil {
		return nil, err
	}
	return service.ListSnapshots(ctx, options)
}
