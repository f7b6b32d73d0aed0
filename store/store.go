package store

import (
	"context"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/store/snapshot"
)

// DB is an open store. It implements listing.Store; its methods may be called from several goroutines.
type DB struct {
	opts Options
}

var _ listing.Store = (*DB)(nil)

// Create makes a new store in opts.Dir and opens it. CodeConflict when a database is there, or when a marker, blobs or
// snapshots show that one was there (unless opts.Anew); CodeUnwritable when the folder cannot be written.
func Create(ctx context.Context, opts Options) (*DB, error) { return nil, errNotYet() }

// Open opens the store in opts.Dir and never creates one. CodeNotFound when there is none, CodeLocked when another
// instance has it open, CodeDamaged when the file is empty, foreign, damaged or newer than this program,
// CodeUnreadable and CodeUnwritable when the system does not let us.
func Open(ctx context.Context, opts Options) (*DB, error) { return nil, errNotYet() }

// View implements listing.Store.
func (db *DB) View(ctx context.Context, read func(listing.Reader) error) error { return errNotYet() }

// Change implements listing.Store.
func (db *DB) Change(ctx context.Context, c listing.Change, write func(listing.Writer) error) error {
	return errNotYet()
}

// Journal implements listing.Store.
func (db *DB) Journal(ctx context.Context, q listing.JournalQuery) ([]listing.JournalEntry, error) {
	return nil, errNotYet()
}

// Close implements listing.Store.
func (db *DB) Close() error { return nil }

// Path returns where the database file lies.
func (db *DB) Path() string { return db.opts.Path() }

// Blobs returns the attached files beside the database.
func (db *DB) Blobs() listing.Blobs { return nil }

// Snapshots returns the snapshots of this store.
func (db *DB) Snapshots() *Snapshots { return &Snapshots{db: db} }

// Verify checks the open database by way of a copy.
func (db *DB) Verify(ctx context.Context) (Report, error) { return Report{}, errNotYet() }

// Snapshots takes, lists and restores snapshots of an open store.
type Snapshots struct{ db *DB }

// List returns all snapshots, newest first.
func (s *Snapshots) List(ctx context.Context) ([]snapshot.Info, error) { return nil, errNotYet() }

// Take makes and verifies a snapshot; note may be empty.
func (s *Snapshots) Take(ctx context.Context, why snapshot.Reason, note string) (snapshot.Info, error) {
	return snapshot.Info{}, errNotYet()
}

// DailyIfDue takes the daily snapshot unless there is one of now's date; it reports whether it took one.
func (s *Snapshots) DailyIfDue(ctx context.Context, now time.Time) (snapshot.Info, bool, error) {
	return snapshot.Info{}, false, errNotYet()
}

// Restore puts a snapshot in the database's place while the store stays open. See the function Restore.
func (s *Snapshots) Restore(ctx context.Context, id, by string) (Restored, error) {
	return Restored{}, errNotYet()
}

// Restored says what a restore did.
type Restored struct {
	From       snapshot.Info  `json:"from"`       // the snapshot that now is the database
	Before     *snapshot.Info `json:"before"`     // the snapshot taken before; null when the old database was beyond that
	Quarantine string         `json:"quarantine"` // where the old database lies now; empty when there was none
}

// Restore puts snapshot id in the place of a database that is not open, damaged or missing. A snapshot of the old
// database is taken first when it can still be read; the old file goes to quarantine and is never deleted; attached
// files stay. by is who does it, for the journal.
func Restore(ctx context.Context, opts Options, id, by string) (Restored, error) {
	return Restored{}, errNotYet()
}

// List returns the snapshots in a data folder whose database need not be open or sound, newest first.
func List(ctx context.Context, opts Options) ([]snapshot.Info, error) { return nil, errNotYet() }

func errNotYet() error {
	return listing.Fail(listing.CodeInternal, "数据文件功能尚未就绪", "")
}
