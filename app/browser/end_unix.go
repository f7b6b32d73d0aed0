//go:build !windows

package browser

import (
	"os/exec"
	"syscall"
)

// endTogether ends the browser's helpers with it: they are its process group.
func endTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
