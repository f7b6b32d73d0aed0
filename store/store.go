package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
)

// DB is an open store. It implements listing.Store; its methods may be called from several goroutines. Do not call
// Change, View, Journal, Verify or a method of Snapshots from inside a View or Change: it may wait for itself.
type DB struct {
	opts  Options
	blobs *blobs
	// turn holds one token, which the writer has: Change and Restore take turns, and waiting can be cancelled.
	turn chan struct{}

	gate *gate       // used while bolt is, owned while it is exchanged
	bolt *bbolt.DB   // nil once closed
	file fs.FileInfo // the file that is open, which need not be the one at the path any more

	doubtMu sync.Mutex
	doubt   error // why nothing may be written any more before the store is opened again
}

var _ listing.Store = (*DB)(nil)

// Path returns where the database file lies.
func (db *DB) Path() string { return db.opts.Path() }

// Blobs returns the attached files beside the database.
func (db *DB) Blobs() listing.Blobs { return db.blobs }

// Snapshots returns the snapshots of this store.
func (db *DB) Snapshots() *Snapshots { return &Snapshots{db: db} }

// View implements listing.Store.
func (db *DB) View(ctx context.Context, read func(listing.Reader) error) error {
	return db.view(ctx, func(tx *bbolt.Tx) error {
		r := &reader{ctx: ctx, tx: tx, path: db.Path(), schema: db.opts.plan.Schema()}
		defer func() { r.over = true }()
		return read(r)
	})
}

// view runs read in a bbolt transaction that only reads.
func (db *DB) view(ctx context.Context, read func(*bbolt.Tx) error) error {
	if err := stopped(ctx); err != nil {
		return err
	}
	defer db.gate.use()()
	tx, err := db.begin(false)
	if err != nil {
		return err
	}
	defer func() { _ = guard(tx.Rollback) }()
	return read(tx)
}

// begin starts a bbolt transaction; the gate must be used.
func (db *DB) begin(writable bool) (tx *bbolt.Tx, err error) {
	if db.bolt == nil {
		return nil, closed(db.Path())
	}
	err = guard(func() (err error) {
		tx, err = db.bolt.Begin(writable)
		return err
	})
	if err != nil {
		return nil, damagedFile(db.Path(), "暂时不能使用", err)
	}
	return tx, nil
}

// Change implements listing.Store. When the disk does not confirm the change, CodeUnwritable says so and nothing of it
// is kept; in the rare case that this stays uncertain, the store takes no more changes until it is opened again.
func (db *DB) Change(ctx context.Context, c listing.Change, write func(listing.Writer) error) error {
	return db.change(ctx, c, func(w *writer) error { return write(w) })
}

func (db *DB) change(ctx context.Context, c listing.Change, write func(*writer) error) error {
	if err := checkChange(c); err != nil {
		return err
	}
	if err := db.takeTurn(ctx); err != nil {
		return err
	}
	defer db.endTurn()
	defer db.gate.use()()
	if err := db.mayWrite(); err != nil {
		return err
	}
	tx, err := db.begin(true)
	if err != nil {
		return err
	}
	defer func() { _ = guard(tx.Rollback) }() // does nothing after a commit
	w, err := db.newWriter(ctx, tx, c)
	if err != nil {
		return err
	}
	defer func() { w.over = true }()
	if err := write(w); err != nil {
		return err
	}
	return db.commit(w)
}

func (db *DB) newWriter(ctx context.Context, tx *bbolt.Tx, c listing.Change) (*writer, error) {
	w := &writer{change: c, now: db.opts.Clock()}
	w.reader = reader{ctx: ctx, tx: tx, path: db.Path(), schema: db.opts.plan.Schema()}
	err := guard(func() (err error) {
		w.head, err = readHead(tx)
		return err
	})
	if err != nil {
		return nil, damagedFile(db.Path(), "中的日志已损坏", err)
	}
	w.began = w.head
	return w, nil
}

func (db *DB) commit(w *writer) error {
	if err := w.seal(); err != nil {
		return err
	}
	if err := stopped(w.ctx); err != nil {
		return err
	}
	if err := db.inPlace(); err != nil {
		return err
	}
	err := guard(w.tx.Commit)
	if err == nil {
		return nil
	}
	_ = guard(w.tx.Rollback)
	db.opts.Logger.Error("commit failed", "path", db.Path(), "error", err)
	db.recheck(w, err)
	return writeFailed(db.Path(), err)
}

// recheck finds out whether a failed commit left the old state, as it should. When the new one shows, only the last
// sync failed, and nobody knows what is on the disk: then nothing more is written over it.
func (db *DB) recheck(w *writer, cause error) {
	var now journal.Head
	tx, err := db.begin(false)
	if err == nil {
		err = guard(func() (err error) {
			now, err = readHead(tx)
			return err
		})
		_ = guard(tx.Rollback)
	}
	var p *panicked
	if err == nil && now == w.began && !errors.As(cause, &p) {
		return
	}
	db.doubtMu.Lock()
	defer db.doubtMu.Unlock()
	db.doubt = errors.Join(cause, err)
}

// mayWrite refuses writing after a commit whose outcome is unknown.
func (db *DB) mayWrite() error {
	db.doubtMu.Lock()
	defer db.doubtMu.Unlock()
	if db.doubt == nil {
		return nil
	}
	return listing.Failf(listing.CodeUnwritable, "请检查磁盘，然后关闭程序重新打开，核对最近一次修改后再继续",
		"上一次写入数据文件 %s 没有得到磁盘确认，已停止写入", db.Path()).Because(db.doubt)
}

// inPlace makes sure that the open file is still the one at the path: a file renamed away or replaced would take
// changes that the next start does not find.
func (db *DB) inPlace() error {
	now, err := os.Stat(db.Path())
	if err == nil && os.SameFile(now, db.file) {
		return nil
	}
	return listing.Failf(listing.CodeUnwritable,
		"请把它放回原处，或关闭程序后用 shangjiatong store restore 恢复；在此之前的修改都在被移走的文件中",
		"数据文件 %s 在使用中被移走、改名或替换，本次修改没有保存", db.Path()).Because(err)
}

func (db *DB) takeTurn(ctx context.Context) error {
	if err := stopped(ctx); err != nil {
		return err
	}
	select {
	case <-db.turn:
		return nil
	case <-ctx.Done():
		return canceled(ctx.Err())
	}
}

func (db *DB) endTurn() { db.turn <- struct{}{} }

// Close implements listing.Store. It waits for what is going on; a second Close does nothing.
func (db *DB) Close() error {
	defer db.gate.own()()
	bolt := db.bolt
	db.bolt = nil
	if err := closeBolt(bolt); err != nil {
		return listing.Failf(listing.CodeUnwritable, "已保存的数据没有受影响", "关闭数据文件 %s 时出错", db.Path()).Because(err)
	}
	return nil
}

// String names the store for logs.
func (db *DB) String() string { return fmt.Sprintf("store %s", db.Path()) }
