// Package disk is the little the store needs of a file system, and the one way it writes a file: temporary file in the
// same folder, sync, rename, sync of the folder. Tests put a failing FS in place to prove that every step may fail
// without anything half-written staying behind.
package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// tempMark stands in the name of every temporary file, so that leftovers of a crash can be told apart and swept.
const tempMark = ".sjt-new-"

// File is a new file being written.
type File interface {
	io.Writer
	Name() string
	Sync() error
	Close() error
}

// FS is what the store does to folders and files besides bbolt's own work inside the database file.
type FS interface {
	MkdirAll(dir string) error
	// CreateTemp makes an empty file in dir that only this user can read; pattern as in os.CreateTemp.
	CreateTemp(dir, pattern string) (File, error)
	// SyncFile flushes a closed file to the disk.
	SyncFile(name string) error
	// SyncDir flushes the names in a folder to the disk, where the system can do that.
	SyncDir(dir string) error
	// Rename moves a file and replaces what has the new name.
	Rename(from, to string) error
	// RenameNew moves a file and fails with fs.ErrExist when something has the new name.
	RenameNew(from, to string) error
	// Link gives a file a second name.
	Link(from, to string) error
	Remove(name string) error
	// Free returns how many bytes this user can still write into dir.
	Free(dir string) (uint64, error)
}

// Write writes a file whole or not at all, replacing what has the name. It stops when ctx is done.
func Write(ctx context.Context, fsys FS, name string, fill func(io.Writer) error) error {
	temp, err := WriteTemp(ctx, fsys, filepath.Dir(name), filepath.Base(name), fill)
	if err != nil {
		return err
	}
	return Publish(fsys, temp, name, fsys.Rename)
}

// WriteTemp writes and syncs a temporary file in dir and returns its name. On failure nothing is left.
func WriteTemp(ctx context.Context, fsys FS, dir, base string, fill func(io.Writer) error) (string, error) {
	f, err := fsys.CreateTemp(dir, TempPattern(base))
	if err != nil {
		return "", fmt.Errorf("create temporary file: %w", err)
	}
	err = fill(&stoppable{ctx: ctx, to: f})
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return "", errors.Join(err, fsys.Remove(f.Name()))
	}
	return f.Name(), nil
}

// Publish gives a synced temporary file its final name through rename (one of the FS's) and syncs the folder.
// When the rename fails the temporary file is removed.
func Publish(fsys FS, temp, name string, rename func(from, to string) error) error {
	if err := rename(temp, name); err != nil {
		return errors.Join(fmt.Errorf("rename: %w", err), fsys.Remove(temp))
	}
	if err := fsys.SyncDir(filepath.Dir(name)); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

// stoppable is a writer that fails once its context is done.
type stoppable struct {
	ctx context.Context
	to  io.Writer
}

func (s *stoppable) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.to.Write(p)
}

// Sweep removes the temporary files a crash left in dir. A folder that does not exist is clean.
func Sweep(fsys FS, dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read folder: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || !strings.Contains(e.Name(), tempMark) {
			continue
		}
		if err := fsys.Remove(filepath.Join(dir, e.Name())); err != nil {
			return fmt.Errorf("remove leftover: %w", err)
		}
	}
	return nil
}

// TempPattern returns the pattern for CreateTemp whose files Sweep will find.
func TempPattern(base string) string { return base + tempMark + "*" }
