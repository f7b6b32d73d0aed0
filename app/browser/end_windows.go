package browser

import (
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
