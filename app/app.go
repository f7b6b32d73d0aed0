// Package app wires the program: it builds the services once, with the clock, the folders and the logger passed in,
// and hands them to the face that was asked for. It is the only place that knows all the others.
//
// Two kinds of build exist. With the tags "desktop,production" (plus "webkit2_41" where WebKitGTK 4.1 is installed)
// window.go links the Wails window. Without them, or with the tag "browser", nowindow.go stands in its place: such a
// build needs neither cgo nor a webview and shows the pages in the user's browser.
package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"

	"shangjiatong/app/listing"
)

// Version is the version of the product. wails.json repeats it for the Windows resources; a test keeps them equal.
const Version = "0.1.0"

// errNoWindow says that no window can be opened on this machine, or by this build; the browser takes its place.
var errNoWindow = errors.New("no window")

// Main runs the program with the arguments after its name and the embedded front end (the folder frontend/dist inside
// assets). It returns the exit code that listing.ExitCode gives.
func Main(args []string, assets fs.FS) int {
	if err := run(args, assets, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, listing.AsError(err))
		return listing.ExitCode(err)
	}
	return 0
}

func run(args []string, assets fs.FS, out io.Writer) error {
	pages, err := fs.Sub(assets, "frontend/dist")
	if err != nil {
		return fmt.Errorf("front end: %w", err)
	}
	if len(args) == 0 {
		err := openWindow(pages)
		if !errors.Is(err, errNoWindow) {
			return err
		}
		return serve(pages, out)
	}
	switch args[0] {
	case "version":
		return json.NewEncoder(out).Encode(map[string]string{"version": Version})
	case "serve":
		return serve(pages, out)
	case "demo":
		_, err := fmt.Fprintln(out, "上架通 演示")
		return err
	}
	return listing.Failf(listing.CodeInvalid, "可用的命令：version、serve、demo", "没有这个命令：%s", args[0])
}

func serve(pages fs.FS, out io.Writer) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	addr := l.Addr().String()
	line := map[string]any{"url": "http://" + addr + "/", "addr": addr, "pid": os.Getpid()}
	if err := json.NewEncoder(out).Encode(line); err != nil {
		return fmt.Errorf("print address: %w", err)
	}
	return http.Serve(l, http.FileServerFS(pages))
}
