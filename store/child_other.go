//go:build !windows

package store

import "os/exec"

// hideWindow does nothing where processes have no console window.
func hideWindow(*exec.Cmd) {}
