// Package bind is the program's face towards its own window: facades whose exported methods the front end calls, and
// the window itself. window.go, which is left out of builds without a window, is the only file that imports Wails.
//
// A facade method takes and returns plain DTOs (times as strings, since Wails turns time.Time into any) and hands the
// work to package service. Bind facades only: every exported method of a bound struct can be called by the page.
// After a change of a facade, "make bindings" writes frontend/wailsjs anew.
package bind
