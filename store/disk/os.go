package disk

import (
	"fmt"
	"os"
)

// OS returns the real file system.
func OS() FS { return system{} }

type system struct{}

func (system) MkdirAll(dir string) error { return os.MkdirAll(dir, 0o700) }

func (system) CreateTemp(dir, pattern string) (File, error) {
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (system) SyncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("open for sync: %w", err)
	}
	err = f.Sync()
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

func (system) SyncDir(dir string) error        { return syncDir(dir) }
func (system) Rename(from, to string) error    { return rename(from, to) }
func (system) RenameNew(from, to string) error { return renameNew(from, to) }
func (system) Link(from, to string) error      { return os.Link(from, to) }
func (system) Remove(name string) error        { return os.Remove(name) }
func (system) Free(dir string) (uint64, error) { return free(dir) }
