//go:build !windows

package browser

import (
	"errors"
	"os/exec"
	"syscall"
	"time"
)

// endTogether ends the browser's helpers with it: they are its process group. A browser that keeps its profile is first
// left the time to write it: it ends by itself once its pipe is closed.
func endTogether(cmd *exec.Cmd, kept bool) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		for wait := time.Duration(0); kept && wait < leaveTime && syscall.Kill(cmd.Process.Pid, 0) == nil; wait += leaveStep {
			time.Sleep(leaveStep)
		}
		return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}

// runs reports whether there is a process with a number, whoever's it is.
func runs(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
