package store

import (
	"context"
	"errors"
	"io"
	"time"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/snapshot"
)

// Snapshots takes, lists and restores snapshots of an open store.
type Snapshots struct{ db *DB }

// List returns all snapshots, newest first. One with a Problem is not to be trusted.
func (s *Snapshots) List(ctx context.Context) ([]snapshot.Info, error) { return List(ctx, s.db.opts) }

// Take makes and verifies a snapshot; note may be empty. On failure nothing is left. CodeDamaged when the copy does
// not pass, which means that the database itself is damaged.
func (s *Snapshots) Take(ctx context.Context, why snapshot.Reason, note string) (snapshot.Info, error) {
	opts := s.db.opts
	if err := stopped(ctx); err != nil {
		return snapshot.Info{}, err
	}
	info, err := opts.ring().Take(ctx, source{s.db}, why, note)
	if err != nil && info.ID != "" {
		opts.Logger.Warn("old snapshots stay", "dir", opts.snapshots(), "error", err)
		return info, nil
	}
	if err != nil {
		return info, writeFailed(opts.snapshots(), err)
	}
	return info, nil
}

// DailyIfDue takes the daily snapshot unless there is one of now's date; it reports whether it took one.
func (s *Snapshots) DailyIfDue(ctx context.Context, now time.Time) (snapshot.Info, bool, error) {
	due, err := s.db.opts.ring().DailyDue(now)
	if err != nil {
		return snapshot.Info{}, false, readFailed(s.db.opts.snapshots(), err)
	}
	if !due {
		return snapshot.Info{}, false, nil
	}
	info, err := s.Take(ctx, snapshot.Daily, "")
	return info, err == nil, err
}

// Restore puts a snapshot in the database's place while the store stays open. See the function Restore.
func (s *Snapshots) Restore(ctx context.Context, id, by string) (Restored, error) {
	return s.db.restore(ctx, id, by)
}

// List returns the snapshots in a data folder whose database need not be open, or sound; newest first.
func List(ctx context.Context, opts Options) ([]snapshot.Info, error) {
	if err := stopped(ctx); err != nil {
		return nil, err
	}
	all, err := opts.withDefaults().ring().List()
	if err != nil {
		return nil, readFailed(opts.snapshots(), err)
	}
	return all, nil
}

func (o Options) ring() snapshot.Ring {
	return snapshot.Ring{Dir: o.snapshots(), FS: o.FS, Clock: o.Clock}
}

// find returns a snapshot by ID.
func (o Options) find(id string) (snapshot.Info, error) {
	info, err := o.ring().Get(id)
	if errors.Is(err, snapshot.ErrNone) {
		return info, noSnapshot(o.snapshots(), id)
	}
	if err != nil {
		return info, readFailed(o.snapshots(), err)
	}
	return info, nil
}

// source is a DB as the ring sees it.
type source struct{ db *DB }

// WriteTo implements snapshot.Source. Before it begins it makes sure the copy will fit.
func (s source) WriteTo(ctx context.Context, w io.Writer) error {
	return s.db.view(ctx, func(tx *bbolt.Tx) error {
		if err := s.db.opts.fits(tx.Size()); err != nil {
			return err
		}
		to := &recalling{to: w}
		err := guard(func() error {
			_, err := tx.WriteTo(to)
			return err
		})
		if err != nil && to.failed != nil {
			return to.failed // bbolt passes on only its text
		}
		return err
	})
}

// recalling is a writer that remembers why it failed.
type recalling struct {
	to     io.Writer
	failed error
}

func (r *recalling) Write(p []byte) (int, error) {
	n, err := r.to.Write(p)
	if err != nil {
		r.failed = err
	}
	return n, err
}

// Check implements snapshot.Source.
func (s source) Check(ctx context.Context, path string) (snapshot.Summary, error) {
	return s.db.opts.checkCopy(ctx, path)
}

// checkCopy verifies a copy and fails with CodeDamaged when anything is wrong with it.
func (o Options) checkCopy(ctx context.Context, path string) (snapshot.Summary, error) {
	rep, err := o.Check(ctx, path)
	if err != nil {
		return snapshot.Summary{}, err
	}
	if !rep.OK {
		return snapshot.Summary{}, rep.asError()
	}
	sum := snapshot.Summary{Schema: rep.Schema, Journal: rep.Journal}
	for _, n := range rep.Records {
		sum.Records += n
	}
	return sum, nil
}

// spare is how much room must stay on the disk after a copy, in bytes.
const spare = 8 << 20

// fits refuses a copy of so many bytes the disk has no room for. Where the room is unknown, writing will tell.
func (o Options) fits(size int64) error {
	room, err := o.FS.Free(o.Dir)
	if err != nil {
		o.Logger.Warn("free space unknown", "dir", o.Dir, "error", err)
		return nil
	}
	if uint64(max(size, 0))+spare <= room {
		return nil
	}
	return listing.Failf(listing.CodeUnwritable, "请在该磁盘上腾出空间后重试；已保存的数据没有受影响",
		"%s 所在磁盘空间不足：需要 %s，剩余 %s", o.Dir, sizeWord(size+spare), sizeWord(int64(min(room, 1<<62))))
}
