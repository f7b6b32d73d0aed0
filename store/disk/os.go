package disk

import (
	"fmt"
	"os"
)

// OS returns the real file system.
func OS() FS { return real{} }

type real struct{}

func (real) MkdirAll(dir string) error { return os.MkdirAll(dir, 0o700) }

func (real) CreateTemp(dir, pattern string) (File, error) {
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (real) SyncFile(name string) error {
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

func (real) SyncDir(dir string) error        { return syncDir(dir) }
func (real) Rename(from, to string) error    { return rename(from, to) }
func (real) RenameNew(from, to string) error { return renameNew(from, to) }
func (real) Link(from, to string) error      { return os.Link(from, to) }
func (real) Remove(name string) error        { return os.Remove(name) }
func (real) Free(dir string) (uint64, error) { return free(dir) }
