package store

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"shangjiatong/store/disk"
	"shangjiatong/store/migrate"
)

// The names inside a data folder.
const (
	DatabaseName   = "shangjiatong.db"
	MarkerName     = "shangjiatong.id"
	blobsName      = "blobs"
	snapshotsName  = "snapshots"
	quarantineName = "quarantine"
)

// lockWait is how long Open waits for another instance to let go of the database.
const lockWait = time.Second

// Options says where a store lives and what it works with. Only Dir is needed.
type Options struct {
	Dir    string           // the data folder
	Clock  func() time.Time // time.Now when nil; journal and snapshots take their times from it
	Logger *slog.Logger     // nothing is logged when nil
	FS     disk.FS          // the real disk when nil; tests inject faults here
	// Anew lets Create make a new database although a marker, blobs or snapshots of an earlier one are there.
	// An existing database is never touched, whatever this says.
	Anew bool
	// Check verifies a copy of the database before it counts as a snapshot. Nil means Verify in this process; the
	// program passes ChildCheck, so that a damaged page cannot take the program down.
	Check func(ctx context.Context, path string) (Report, error)

	plan    *migrate.Plan // tests only: other migrations than the program's
	maxSize int           // tests only: the database may not grow beyond this many bytes
}

// Path returns where the database of these options lies.
func (o Options) Path() string { return filepath.Join(o.Dir, DatabaseName) }

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.FS == nil {
		o.FS = disk.OS()
	}
	if o.plan == nil {
		o.plan = migrate.Current()
	}
	if o.Check == nil {
		schema := o.plan.Schema()
		o.Check = func(ctx context.Context, path string) (Report, error) { return verify(ctx, path, schema) }
	}
	return o
}

func (o Options) blobs() string      { return filepath.Join(o.Dir, blobsName) }
func (o Options) snapshots() string  { return filepath.Join(o.Dir, snapshotsName) }
func (o Options) quarantine() string { return filepath.Join(o.Dir, quarantineName) }
func (o Options) marker() string     { return filepath.Join(o.Dir, MarkerName) }
