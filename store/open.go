package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/disk"
	"shangjiatong/store/record"
)

// Create makes a new store in opts.Dir and opens it. CodeConflict when a database is there, or when a marker, blobs or
// snapshots show that one was there (unless opts.Anew); CodeUnwritable when the folder cannot be written.
// The database is made under another name and takes its own only when it is whole, without ever replacing a file.
func Create(ctx context.Context, opts Options) (*DB, error) {
	opts = opts.withDefaults()
	if err := stopped(ctx); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(opts.Path()); err == nil {
		return nil, exists(opts)
	}
	if what := leftovers(opts); what != "" && !opts.Anew {
		return nil, wasHere(opts, what)
	}
	if err := opts.FS.MkdirAll(opts.Dir); err != nil {
		return nil, writeFailed(opts.Dir, err)
	}
	temp, err := buildNew(opts)
	if err == nil {
		err = publishNew(ctx, opts, temp)
	}
	if err == nil {
		return Open(ctx, opts)
	}
	if _, other := os.Lstat(opts.Path()); other == nil {
		return nil, exists(opts).Because(err) // another instance was quicker, and may have swept our temporary file
	}
	return nil, writeFailed(opts.Dir, err)
}

// publishNew gives a new database its name.
func publishNew(ctx context.Context, opts Options, temp string) error {
	if err := stopped(ctx); err != nil {
		return errors.Join(err, opts.FS.Remove(temp))
	}
	err := opts.FS.RenameNew(temp, opts.Path())
	if errors.Is(err, fs.ErrExist) {
		return errors.Join(exists(opts), opts.FS.Remove(temp))
	}
	if err != nil {
		return errors.Join(writeFailed(opts.Path(), err), opts.FS.Remove(temp))
	}
	if err := opts.FS.SyncDir(opts.Dir); err != nil {
		// The name may be lost in a power cut, and nothing is in the file yet: better none than a doubtful one.
		return errors.Join(writeFailed(opts.Dir, err), opts.FS.Remove(opts.Path()))
	}
	return nil
}

// buildNew makes an empty database under a temporary name and returns it, synced.
func buildNew(opts Options) (string, error) {
	f, err := opts.FS.CreateTemp(opts.Dir, disk.TempPattern(DatabaseName))
	if err != nil {
		return "", err
	}
	temp := f.Name()
	err = f.Close()
	if err == nil {
		err = fillNew(opts, temp)
	}
	if err == nil {
		err = opts.FS.SyncFile(temp)
	}
	if err != nil {
		return "", errors.Join(err, opts.FS.Remove(temp))
	}
	return temp, nil
}

func fillNew(opts Options, path string) error {
	bolt, _, err := openBolt(path, access{maxSize: opts.maxSize})
	if err != nil {
		return err
	}
	meta := metaRecord{
		Product: product, Schema: opts.plan.Schema(), StoreID: uuid.NewString(),
		CreatedAt: opts.Clock().Format(time.RFC3339),
	}
	err = guard(func() error {
		return bolt.Update(func(tx *bbolt.Tx) error { return lay(tx, meta) })
	})
	return errors.Join(err, closeBolt(bolt))
}

// leftovers names what shows that a database was in the folder before, or returns an empty string.
func leftovers(opts Options) string {
	if _, err := os.Lstat(opts.marker()); err == nil {
		return MarkerName
	}
	for _, dir := range []string{opts.blobs(), opts.snapshots(), opts.quarantine()} {
		if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
			return filepath.Base(dir)
		}
	}
	return ""
}

// Open opens the store in opts.Dir and never creates one. CodeNotFound when there is none, CodeLocked when another
// instance has it open, CodeDamaged when the file is empty, foreign, damaged or newer than this program,
// CodeUnreadable and CodeUnwritable when the system does not let us. An older database is lifted to this program's
// schema, after a snapshot.
func Open(ctx context.Context, opts Options) (*DB, error) {
	opts = opts.withDefaults()
	if _, err := os.Lstat(opts.Path()); errors.Is(err, fs.ErrNotExist) {
		return nil, missing(opts)
	}
	if err := inspect(ctx, opts.Path()); err != nil {
		return nil, err
	}
	bolt, file, err := openBolt(opts.Path(), access{maxSize: opts.maxSize})
	if err != nil {
		return nil, err
	}
	db := &DB{
		gate: newGate(),
		opts: opts, bolt: bolt, file: file, turn: make(chan struct{}, 1),
		blobs: &blobs{dir: opts.blobs(), fs: opts.FS},
	}
	db.turn <- struct{}{}
	if err := db.ready(ctx); err != nil {
		return nil, errors.Join(err, closeBolt(bolt))
	}
	return db, nil
}

// ready recognises the database, cleans up after a crash and migrates.
func (db *DB) ready(ctx context.Context) error {
	meta, err := db.recognise()
	if err != nil {
		return err
	}
	if err := db.sweep(); err != nil {
		db.opts.Logger.Warn("leftovers stay", "dir", db.opts.Dir, "error", err)
	}
	if err := db.mark(ctx, meta); err != nil {
		db.opts.Logger.Warn("marker not written", "dir", db.opts.Dir, "error", err)
	}
	if meta.Schema < db.opts.plan.Schema() {
		return db.migrate(ctx, meta)
	}
	return nil
}

func (db *DB) recognise() (metaRecord, error) {
	var meta metaRecord
	tx, err := db.begin(false)
	if err != nil {
		return meta, err
	}
	defer func() { _ = guard(tx.Rollback) }()
	err = guard(func() (err error) {
		if meta, err = readStoreMeta(tx); err != nil || meta.Schema > db.opts.plan.Schema() {
			return err
		}
		if err = hasBuckets(tx); err == nil {
			_, err = readHead(tx)
		}
		return err
	})
	return meta, metaWords(db.Path(), meta, db.opts.plan.Schema(), err)
}

// metaWords says what is wrong with a database whose meta record was read with err.
func metaWords(path string, meta metaRecord, known int, err error) error {
	switch {
	case errors.Is(err, errNotOurs):
		return damagedFile(path, "不是上架通的数据文件", err)
	case err != nil:
		return damagedFile(path, "已损坏", err)
	case meta.Schema > known:
		return newerSchema(path, meta.Schema, known)
	}
	return nil
}

// sweep removes the temporary files of a crash; we hold the lock of the database, so nobody is writing them.
func (db *DB) sweep() error {
	return errors.Join(
		disk.Sweep(db.opts.FS, db.opts.Dir),
		disk.Sweep(db.opts.FS, db.opts.blobs()),
		disk.Sweep(db.opts.FS, db.opts.snapshots()),
	)
}

// mark writes the marker when it is missing or of another database.
func (db *DB) mark(ctx context.Context, meta metaRecord) error {
	text := fmt.Sprintf("%s %s\n", product, meta.StoreID)
	if have, err := os.ReadFile(db.opts.marker()); err == nil && string(have) == text {
		return nil
	}
	return disk.Write(ctx, db.opts.FS, db.opts.marker(), func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// checkChange refuses a change whose app ID could not stand in the index.
func checkChange(c listing.Change) error {
	if c.AppID == "" {
		return nil
	}
	return record.CheckKey(listing.KindApp, c.AppID)
}
