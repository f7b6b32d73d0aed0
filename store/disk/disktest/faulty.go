// Package disktest injects faults into what the store does to the disk. Only tests import it.
package disktest

import (
	"fmt"
	"strings"
	"sync"
	"syscall"

	"shangjiatong/store/disk"
)

// Faulty passes everything on to another FS but for one operation, which fails with ENOSPC.
type Faulty struct {
	disk.FS
	FailAt int // the operation that fails, counting from 1; 0: none

	mu     sync.Mutex
	done   int
	failed string
}

// Failed says which operation failed, such as "sync blob.sjt-new-1", or is empty.
func (f *Faulty) Failed() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.failed
}

// FailedRemove reports whether it was a removal that failed, which may leave a temporary file until the next start.
func (f *Faulty) FailedRemove() bool { return strings.HasPrefix(f.Failed(), "remove ") }

// step counts one operation and fails when its turn has come.
func (f *Faulty) step(operation, name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done++
	if f.done != f.FailAt {
		return nil
	}
	f.failed = operation + " " + name
	return fmt.Errorf("%s: injected: %w", f.failed, syscall.ENOSPC)
}

// MkdirAll implements disk.FS.
func (f *Faulty) MkdirAll(dir string) error {
	if err := f.step("mkdir", dir); err != nil {
		return err
	}
	return f.FS.MkdirAll(dir)
}

// CreateTemp implements disk.FS.
func (f *Faulty) CreateTemp(dir, pattern string) (disk.File, error) {
	if err := f.step("create", pattern); err != nil {
		return nil, err
	}
	file, err := f.FS.CreateTemp(dir, pattern)
	if err != nil {
		return nil, err
	}
	return &faultyFile{File: file, by: f}, nil
}

// SyncFile implements disk.FS.
func (f *Faulty) SyncFile(name string) error {
	if err := f.step("sync", name); err != nil {
		return err
	}
	return f.FS.SyncFile(name)
}

// SyncDir implements disk.FS.
func (f *Faulty) SyncDir(dir string) error {
	if err := f.step("syncdir", dir); err != nil {
		return err
	}
	return f.FS.SyncDir(dir)
}

// Rename implements disk.FS.
func (f *Faulty) Rename(from, to string) error {
	if err := f.step("rename", to); err != nil {
		return err
	}
	return f.FS.Rename(from, to)
}

// RenameNew implements disk.FS.
func (f *Faulty) RenameNew(from, to string) error {
	if err := f.step("rename", to); err != nil {
		return err
	}
	return f.FS.RenameNew(from, to)
}

// Link implements disk.FS.
func (f *Faulty) Link(from, to string) error {
	if err := f.step("link", to); err != nil {
		return err
	}
	return f.FS.Link(from, to)
}

// Remove implements disk.FS.
func (f *Faulty) Remove(name string) error {
	if err := f.step("remove", name); err != nil {
		return err
	}
	return f.FS.Remove(name)
}

// Free implements disk.FS.
func (f *Faulty) Free(dir string) (uint64, error) {
	if err := f.step("free", dir); err != nil {
		return 0, err
	}
	return f.FS.Free(dir)
}

// faultyFile fails where its Faulty says so; half of a failing write arrives.
type faultyFile struct {
	disk.File
	by *Faulty
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.by.step("write", f.Name()); err != nil {
		n, _ := f.File.Write(p[:len(p)/2])
		return n, err
	}
	return f.File.Write(p)
}

func (f *faultyFile) Sync() error {
	if err := f.by.step("sync", f.Name()); err != nil {
		return err
	}
	return f.File.Sync()
}

func (f *faultyFile) Close() error {
	err := f.by.step("close", f.Name())
	if closed := f.File.Close(); err == nil {
		err = closed
	}
	return err
}
