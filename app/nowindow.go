//go:build !(desktop || bindings) || browser

package app

// openWindow stands in for the window in a build that has none.
func (p *program) openWindow() error { return errNoWindow }
