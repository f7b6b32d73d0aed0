// Command shangjiatong (上架通) leads an owner unit through listing its applications on the provincial platform.
//
// It is one program with three faces. With no arguments it opens a desktop window, or, in a build without the window,
// shows the same pages in this machine's browser. With arguments it is a command line; "shangjiatong help" lists the
// commands. Everything is wired in package app; this file only embeds the built front end.
package main

import (
	"embed"
	"os"

	"shangjiatong/app"
)

// assets is the built front end. A clean clone holds only the placeholder frontend/dist/.keep; "make build" fills it.
//
//go:embed all:frontend/dist
var assets embed.FS

func main() {
	os.Exit(app.Main(os.Args[1:], assets))
}
