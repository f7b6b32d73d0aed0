package browser

import "os/exec"

// endTogether leaves the helpers to themselves: a browser's helpers end when its main process is gone.
func endTogether(*exec.Cmd) {}
