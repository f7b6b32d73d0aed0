package service

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/store"
)

// Workplace is the store of one data folder while the program runs. It may begin without one: the first run makes it.
type Workplace struct {
	options store.Options
	mu      sync.Mutex
	db      *store.DB
}

// NewWorkplace returns the workplace of a data folder without touching the disk; see Open.
func NewWorkplace(options store.Options) *Workplace { return &Workplace{options: options} }

// Open opens the store of the data folder. A folder without one is fine: see Create. Any other trouble (damaged, locked,
// newer) is an error.
func (w *Workplace) Open(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	db, err := store.Open(ctx, w.options)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	w.db = db
	w.sweep()
	return nil
}

// sweep removes what an earlier run left half-done: uploads nobody finished, packages that were being written, files for a page that is gone. We hold
// the lock of the database, so nobody is working on them. What cannot be removed now is tried again at the next start.
func (w *Workplace) sweep() {
	for _, pattern := range []string{filepath.Join(uploadsDir, "*"), filepath.Join(packagesDir, making), filepath.Join(sendingDir, "*")} {
		names, err := filepath.Glob(filepath.Join(w.options.Dir, pattern))
		for _, name := range names {
			err = errors.Join(err, os.RemoveAll(name))
		}
		if err != nil && w.options.Logger != nil {
			w.options.Logger.Warn("leftovers stay", "dir", w.options.Dir, "error", err)
		}
	}
}

// open returns the open database; CodeNotFound while there is none yet.
func (w *Workplace) open() (*store.DB, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.db == nil {
		return nil, listing.Failf(listing.CodeNotFound, "请先打开程序填写单位，或执行 unit set", "文件夹“%s”里还没有数据", w.options.Dir)
	}
	return w.db, nil
}

// Options returns what the store is opened with.
func (w *Workplace) Options() store.Options { return w.options }

// Store returns the open store; CodeNotFound while there is none yet.
func (w *Workplace) Store() (listing.Store, error) {
	db, err := w.open()
	if err != nil {
		return nil, err
	}
	return db, nil
}

// Blobs returns the attached files.
func (w *Workplace) Blobs() (listing.Blobs, error) {
	db, err := w.open()
	if err != nil {
		return nil, err
	}
	return db.Blobs(), nil
}

// Create makes the store of a data folder that never had one.
func (w *Workplace) Create(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.db != nil {
		return nil
	}
	db, err := store.Create(ctx, w.options)
	if err != nil {
		return err
	}
	w.db = db
	return nil
}

// Close closes the store. It waits for what is going on, which may ask for the store meanwhile: it is not taken away before.
func (w *Workplace) Close() error {
	w.mu.Lock()
	db := w.db
	w.mu.Unlock()
	if db == nil {
		return nil
	}
	err := db.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.db == db {
		w.db = nil
	}
	return err
}
