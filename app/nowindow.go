//go:build !(desktop || bindings) || browser

package app

import "io/fs"

// openWindow stands in for the window in a build that has none.
func openWindow(fs.FS) error { return errNoWindow }
