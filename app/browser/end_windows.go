package browser

import (
	"errors"
	"os/exec"

	"golang.org/x/sys/windows"
)

// endTogether leaves the helpers to themselves: a browser's helpers end when its main process is gone. A browser that
// keeps its profile is first left the time to write it: it ends by itself once its pipe is closed.
func endTogether(cmd *exec.Cmd, kept bool) {
	if !kept {
		return
	}
	cmd.Cancel = func() error {
		if process, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(cmd.Process.Pid)); err == nil {
			_, _ = windows.WaitForSingleObject(process, uint32(leaveTime.Milliseconds()))
			_ = windows.CloseHandle(process)
		}
		return cmd.Process.Kill()
	}
}

// runs reports whether there is a process with a number, whoever's it is.
func runs(pid int) bool {
	process, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return errors.Is(err, windows.ERROR_ACCESS_DENIED)
	}
	defer func() { _ = windows.CloseHandle(process) }()
	state, err := windows.WaitForSingleObject(process, 0)
	return err != nil || state == uint32(windows.WAIT_TIMEOUT)
}
