//go:build !windows

package browser

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// clearLock makes sure that a kept profile can be used: it refuses one that a browser works with, and removes what a
// browser that is gone has left. The browsers mark a profile by a link whose target is "host-process".
func clearLock(profile string) error {
	if profile == "" {
		return nil
	}
	mark, _ := os.Readlink(filepath.Join(profile, "SingletonLock"))
	if mark == "" {
		return nil // no mark, or one that the browser itself has to judge
	}
	if alive(profile, mark) {
		return inUse(profile)
	}
	for _, name := range []string{"SingletonLock", "SingletonCookie", "SingletonSocket"} {
		if err := os.Remove(filepath.Join(profile, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return unwritable("浏览器的登录资料", fmt.Errorf("stale lock: %w", err))
		}
	}
	return nil
}

// alive reports whether the browser that left the mark still runs: its socket answers, or its process is there and is
// indeed a browser with this profile.
func alive(profile, mark string) bool {
	if conn, err := net.DialTimeout("unix", filepath.Join(profile, "SingletonSocket"), time.Second); err == nil {
		conn.Close()
		return true
	}
	at := strings.LastIndexByte(mark, '-')
	if at < 0 {
		return false
	}
	host, err := os.Hostname()
	pid, bad := strconv.Atoi(mark[at+1:])
	if err != nil || bad != nil || pid <= 0 || mark[:at] != host {
		return false // of another machine, or of this one under an older name
	}
	if !runs(pid) {
		return false
	}
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err != nil || bytes.Contains(line, []byte(profile))
}
