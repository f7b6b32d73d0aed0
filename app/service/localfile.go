package service

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFile writes a file of this machine for a command, by way of a temporary one in the same folder, and returns its
// path. A file that is there already is replaced.
func WriteFile(path string, body []byte) (string, error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", unwritable(dir, err)
	}
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return "", unwritable(dir, err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	_, err = f.Write(body)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return "", unwritable(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return "", unwritable(path, err)
	}
	return path, nil
}
