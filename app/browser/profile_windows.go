package browser

import (
	"errors"
	"os"
	"path/filepath"
)

// clearLock refuses a kept profile that a browser works with: that browser holds its lock file open, and the file goes
// with it.
func clearLock(profile string) error {
	if profile == "" {
		return nil
	}
	held, err := os.OpenFile(filepath.Join(profile, "lockfile"), os.O_RDWR, 0)
	if err == nil {
		return held.Close()
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return inUse(profile)
}
