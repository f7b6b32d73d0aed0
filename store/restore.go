package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/disk"
	"shangjiatong/store/journal"
	"shangjiatong/store/record"
	"shangjiatong/store/snapshot"
)

// Restored says what a restore did.
type Restored struct {
	From       snapshot.Info  `json:"from"`       // the snapshot that now is the database
	Before     *snapshot.Info `json:"before"`     // the snapshot taken before; null when the old database was beyond that
	Quarantine string         `json:"quarantine"` // where the old database lies now; empty when there was none
}

// Restore puts snapshot id in the place of a database that is not open here; it may be damaged or missing. When the
// old database can still be read, a snapshot of it is taken first; its file goes to quarantine in any case and is
// never deleted; attached files stay. by is who does it: the restored journal says so in its last entry.
// CodeNotFound without such a snapshot, CodeLocked while another instance has the database open, CodeDamaged when the
// snapshot itself does not pass, CodeUnwritable when the disk fails; then the old database is still in place.
func Restore(ctx context.Context, opts Options, id, by string) (Restored, error) {
	opts = opts.withDefaults()
	if _, err := opts.find(id); err != nil {
		return Restored{}, err
	}
	db, err := Open(ctx, opts)
	if err == nil {
		done, err := db.restore(ctx, id, by)
		return done, errors.Join(err, db.Close())
	}
	if code := listing.CodeOf(err); code != listing.CodeDamaged && code != listing.CodeNotFound {
		return Restored{}, err
	}
	if err := unlocked(opts.Path()); err != nil {
		return Restored{}, err
	}
	staged, done, err := opts.stage(ctx, id, by)
	if err != nil {
		return Restored{}, err
	}
	return done, opts.exchange(staged, done.Quarantine)
}

// unlocked makes sure that no other instance has a file open, whatever is in it.
func unlocked(path string) error {
	if _, gone := os.Stat(path); gone == nil {
		bolt, _, err := openBolt(path, access{readOnly: true})
		if listing.CodeOf(err) == listing.CodeLocked {
			return err
		}
		return closeBolt(bolt)
	}
	return nil
}

// restore does it for an open store.
func (db *DB) restore(ctx context.Context, id, by string) (Restored, error) {
	if err := db.takeTurn(ctx); err != nil {
		return Restored{}, err
	}
	defer db.endTurn()
	staged, done, err := db.opts.stage(ctx, id, by)
	if err != nil {
		return Restored{}, err
	}
	before, err := db.Snapshots().Take(ctx, snapshot.Restore, "恢复快照 "+id+" 之前")
	switch {
	case err == nil:
		done.Before = &before
	case listing.CodeOf(err) != listing.CodeDamaged:
		return Restored{}, errors.Join(err, db.opts.FS.Remove(staged))
	}
	if err := db.exchange(staged, done.Quarantine); err != nil {
		return Restored{}, err
	}
	if err := db.lift(ctx); err != nil {
		// What is in place now is whole, but of a schema this program must not write into.
		return done, errors.Join(err, db.Close())
	}
	return done, nil
}

// exchange closes bolt, swaps the files and opens bolt again, also when swapping failed.
func (db *DB) exchange(staged, quarantine string) error {
	defer db.gate.own()()
	if db.bolt == nil {
		return errors.Join(closed(db.Path()), db.opts.FS.Remove(staged))
	}
	if err := closeBolt(db.bolt); err != nil {
		db.opts.Logger.Warn("close before restore", "error", err)
	}
	db.bolt = nil
	swapped := db.opts.exchange(staged, quarantine)
	bolt, file, err := openBolt(db.Path(), access{maxSize: db.opts.maxSize})
	if err != nil {
		return errors.Join(swapped, err)
	}
	db.bolt, db.file = bolt, file
	db.doubtMu.Lock()
	defer db.doubtMu.Unlock()
	if swapped == nil {
		db.doubt = nil
	}
	return swapped
}

// lift migrates a restored database of an older schema; the turn is held.
func (db *DB) lift(ctx context.Context) error {
	meta, err := db.recognise()
	if err != nil || meta.Schema == db.opts.plan.Schema() {
		return err
	}
	return db.migrate(ctx, meta)
}

// stage copies a snapshot beside the database, proves the copy sound, and adds the restore to its journal.
func (o Options) stage(ctx context.Context, id, by string) (string, Restored, error) {
	info, err := o.find(id)
	if err != nil {
		return "", Restored{}, err
	}
	done := Restored{From: info}
	if _, err := os.Lstat(o.Path()); err == nil {
		done.Quarantine = filepath.Join(o.quarantine(), o.Clock().Format("20060102-150405")+"-"+id, DatabaseName)
	}
	temp, err := o.copySnapshot(ctx, info)
	if err != nil {
		return "", Restored{}, err
	}
	if err := o.proveStaged(ctx, temp, done, by); err != nil {
		return "", Restored{}, errors.Join(err, o.FS.Remove(temp))
	}
	return temp, done, nil
}

func (o Options) copySnapshot(ctx context.Context, info snapshot.Info) (string, error) {
	path := o.ring().Path(info.ID)
	f, err := os.Open(path)
	if err != nil {
		return "", readFailed(path, err)
	}
	sha := sha256.New()
	temp, err := disk.WriteTemp(ctx, o.FS, o.Dir, "restore", func(w io.Writer) error {
		if err := o.fits(info.Size); err != nil {
			return err
		}
		_, err := io.Copy(io.MultiWriter(w, sha), f)
		return err
	})
	if err := errors.Join(err, f.Close()); err != nil {
		return "", writeFailed(o.Dir, err)
	}
	if info.SHA256 != "" && hex.EncodeToString(sha.Sum(nil)) != info.SHA256 {
		return "", errors.Join(badSnapshot(info.ID, nil), o.FS.Remove(temp))
	}
	return temp, nil
}

func badSnapshot(id string, cause error) error {
	return listing.Failf(listing.CodeDamaged, "请改用另一个快照；现有数据没有改动", "快照“%s”已损坏，校验不符", id).Because(cause)
}

// proveStaged checks a staged copy and appends the restore to its journal.
func (o Options) proveStaged(ctx context.Context, temp string, done Restored, by string) error {
	if _, err := o.checkCopy(ctx, temp); err != nil {
		if listing.CodeOf(err) == listing.CodeDamaged {
			return badSnapshot(done.From.ID, err)
		}
		return err
	}
	bolt, _, err := openBolt(temp, access{maxSize: o.maxSize})
	if err != nil {
		return err
	}
	err = guard(func() error {
		return bolt.Update(func(tx *bbolt.Tx) error { return o.note(tx, done, by) })
	})
	if err := errors.Join(err, closeBolt(bolt)); err != nil {
		return writeFailed(o.Dir, err)
	}
	if err := o.FS.SyncFile(temp); err != nil {
		return writeFailed(o.Dir, err)
	}
	return nil
}

// note appends the restore to the journal of the copy, which has the schema of its time.
func (o Options) note(tx *bbolt.Tx, done Restored, by string) error {
	meta, err := readStoreMeta(tx)
	if err != nil {
		return err
	}
	head, err := readHead(tx)
	if err != nil {
		return err
	}
	after, err := record.Marshal(struct {
		Snapshot   string `json:"snapshot"`
		Taken      string `json:"taken"`
		Quarantine string `json:"quarantine,omitempty"`
	}{done.From.ID, done.From.At, quarantineID(done.Quarantine)})
	if err != nil {
		return err
	}
	w := &writer{change: listing.Change{By: by, What: "恢复快照 " + done.From.ID}, now: o.Clock(), head: head, began: head}
	w.reader = reader{tx: tx, path: o.Path(), schema: meta.Schema}
	if err := w.append(journal.KindStore, "restore", nil, after); err != nil {
		return err
	}
	return w.seal()
}

// exchange moves the database, if there is one, to quarantine and the staged copy to its place. With links the old
// database keeps its name until the new one takes it, so that there is one at every moment; without, a failed second
// step moves it back.
func (o Options) exchange(staged, quarantine string) error {
	if quarantine == "" {
		return writeFailedOrNil(o.Path(), disk.Publish(o.FS, staged, o.Path(), o.FS.RenameNew))
	}
	dir := filepath.Dir(quarantine)
	if err := o.FS.MkdirAll(dir); err != nil {
		return errors.Join(writeFailed(dir, err), o.FS.Remove(staged))
	}
	linked := o.FS.Link(o.Path(), quarantine) == nil
	if !linked {
		if err := o.FS.RenameNew(o.Path(), quarantine); err != nil {
			return errors.Join(writeFailed(quarantine, err), o.FS.Remove(staged))
		}
	}
	if err := errors.Join(o.FS.SyncDir(dir), o.FS.SyncDir(o.quarantine())); err != nil {
		return errors.Join(writeFailed(dir, err), o.FS.Remove(staged), o.putBack(quarantine, linked))
	}
	if err := o.FS.Rename(staged, o.Path()); err != nil {
		return errors.Join(writeFailed(o.Path(), err), o.FS.Remove(staged), o.putBack(quarantine, linked))
	}
	if err := o.FS.SyncDir(o.Dir); err != nil {
		// A power cut may now undo the exchange, which leaves the old database: either is whole.
		o.Logger.Warn("folder not synced after restore", "dir", o.Dir, "error", err)
	}
	return nil
}

// quarantineID names a place in quarantine by its folder.
func quarantineID(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Base(filepath.Dir(path))
}

// putBack undoes the move to quarantine.
func (o Options) putBack(quarantine string, linked bool) error {
	if linked {
		return o.FS.Remove(quarantine)
	}
	if err := o.FS.RenameNew(quarantine, o.Path()); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("put the database back: %w", err)
	}
	return nil
}

func writeFailedOrNil(place string, err error) error {
	if err == nil {
		return nil
	}
	return writeFailed(place, err)
}
