package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/store/disk"
	"shangjiatong/store/disk/disktest"
	"shangjiatong/store/snapshot"
)

// everyStep runs act again and again, each time with the next operation on the disk failing, until none fails any
// more. before makes what act works on; after looks at what a failure left.
func everyStep[T any](t *testing.T, atLeast int, before func(*testing.T) (Options, T), act func(*testing.T, Options, T) error,
	after func(t *testing.T, opts Options, with T, err error),
) {
	t.Helper()
	for step := 1; ; step++ {
		opts, with := before(t)
		faulty := &disktest.Faulty{FS: disk.OS(), FailAt: step}
		opts.FS = faulty
		err := act(t, opts, with)
		if faulty.Failed() == "" {
			if err != nil || step <= atLeast {
				t.Errorf("after %d steps: %v", step-1, err)
			}
			return
		}
		t.Run(strings.ReplaceAll(faulty.Failed(), opts.Dir, ""), func(t *testing.T) { after(t, opts, with, err) })
	}
}

// temporary returns the names of temporary files below dir.
func temporary(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	must(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.Contains(filepath.Base(path), ".sjt-new-") {
			out = append(out, path)
		}
		return err
	}))
	return out
}

func TestCreateFailsWholeAtEveryStep(t *testing.T) {
	everyStep(t, 10,
		func(t *testing.T) (Options, struct{}) { return testOptions(t), struct{}{} },
		func(_ *testing.T, opts Options, _ struct{}) error {
			db, err := Create(t.Context(), opts)
			if err != nil {
				return err
			}
			return db.Close()
		},
		func(t *testing.T, opts Options, _ struct{}, err error) {
			if err == nil { // the marker was not written, which Open makes up for
				db, err := Open(t.Context(), Options{Dir: opts.Dir})
				must(t, err)
				must(t, db.Close())
				return
			}
			wantError(t, err, listing.CodeUnwritable, "磁盘已满")
			if left, _ := os.ReadDir(opts.Dir); len(left) != 0 {
				t.Errorf("left %v", left)
			}
			create(t, Options{Dir: opts.Dir})
		})
}

func TestBlobPutFailsWholeAtEveryStep(t *testing.T) {
	everyStep(t, 7,
		func(t *testing.T) (Options, struct{}) { return testOptions(t), struct{}{} },
		func(t *testing.T, opts Options, _ struct{}) error {
			b := &blobs{dir: opts.blobs(), fs: opts.FS}
			_, err := b.Put(t.Context(), strings.NewReader("abc"), 9)
			return err
		},
		func(t *testing.T, opts Options, _ struct{}, err error) {
			wantError(t, err, listing.CodeUnwritable, "磁盘已满")
			b := &blobs{dir: opts.blobs(), fs: disk.OS()}
			if _, err := os.Stat(opts.blobs()); err == nil && len(temporary(t, opts.blobs())) != 0 {
				t.Errorf("left %v", temporary(t, opts.blobs()))
			}
			blob, err := b.Put(t.Context(), strings.NewReader("abc"), 9)
			must(t, err)
			f, err := b.Open(blob.SHA256)
			must(t, err)
			must(t, f.Close())
		})
}

// restorable makes a store with a snapshot of "前" whose database by now says "后".
func restorable(t *testing.T) (Options, string) {
	t.Helper()
	opts := testOptions(t)
	db := create(t, opts)
	save(t, db, listing.App{ID: "a", Name: "前"})
	info, err := db.Snapshots().Take(t.Context(), snapshot.Manual, "")
	must(t, err)
	save(t, db, listing.App{ID: "a", Name: "后"})
	must(t, db.Close())
	return opts, info.ID
}

// stateOf returns the app's name in a store, which must be sound.
func stateOf(t *testing.T, dir string) string {
	t.Helper()
	db, err := Open(t.Context(), Options{Dir: dir})
	must(t, err)
	name := nameOf(t, db, "a")
	must(t, db.Close())
	if rep, err := Verify(t.Context(), db.Path()); err != nil || !rep.OK {
		t.Errorf("Verify: %+v, %v", rep, err)
	}
	return name
}

func TestRestoreFailsWholeAtEveryStep(t *testing.T) {
	for name, prepare := range map[string]func(*testing.T, Options){
		"sound":   func(*testing.T, Options) {},
		"damaged": func(t *testing.T, o Options) { must(t, os.Truncate(o.Path(), 5)) },
	} {
		t.Run(name, func(t *testing.T) {
			everyStep(t, 10,
				func(t *testing.T) (Options, string) {
					opts, id := restorable(t)
					prepare(t, opts)
					return opts, id
				},
				func(t *testing.T, opts Options, id string) error {
					_, err := Restore(t.Context(), opts, id, "联系人甲")
					return err
				},
				func(t *testing.T, opts Options, _ string, err error) {
					checkFailedRestore(t, opts, name == "damaged", err)
				})
		})
	}
}

// checkFailedRestore: whatever failed, there is one whole database at the path, the old or the new one.
func checkFailedRestore(t *testing.T, opts Options, damaged bool, err error) {
	t.Helper()
	if err == nil { // what failed could be done without, such as links or the room left
		if got := stateOf(t, opts.Dir); got != "前" {
			t.Errorf("restored %q", got)
		}
		return
	}
	wantError(t, err, listing.CodeUnwritable, "磁盘已满")
	info, statErr := os.Stat(opts.Path())
	must(t, statErr)
	if damaged {
		if info.Size() != 5 {
			t.Errorf("the damaged database has %d bytes", info.Size())
		}
		return
	}
	if got := stateOf(t, opts.Dir); got != "后" {
		t.Errorf("after a failed restore %q", got)
	}
}

// TestDatabaseFull lets the database reach a size it may not exceed, as bbolt reports a full disk.
func TestDatabaseFull(t *testing.T) {
	opts := testOptions(t)
	opts.maxSize = 1 << 17
	db := create(t, opts)
	save(t, db, listing.App{ID: "a", Name: "前"})
	big := listing.App{ID: "b", Description: strings.Repeat("长", 1<<17)}
	wantError(t, trySave(t.Context(), db, listing.App{ID: "a", Name: "后"}, big), listing.CodeUnwritable, "磁盘已满")
	if got := nameOf(t, db, "a"); got != "前" {
		t.Errorf("got %q", got)
	}
	save(t, db, listing.App{ID: "a", Name: "后"}) // smaller changes still work
	must(t, db.Close())
	if got := stateOf(t, opts.Dir); got != "后" {
		t.Errorf("got %q", got)
	}
}

// TestUncertainCommitStopsWriting: after a commit whose outcome nobody knows, nothing more is written.
func TestUncertainCommitStopsWriting(t *testing.T) {
	opts := testOptions(t)
	db := create(t, opts)
	save(t, db, listing.App{ID: "a", Name: "前"})
	db.recheck(&writer{}, errors.New("fsync: input/output error")) // began is not what the database says now
	wantError(t, trySave(t.Context(), db, listing.App{ID: "a", Name: "后"}), listing.CodeUnwritable, "没有得到磁盘确认")
	if got := nameOf(t, db, "a"); got != "前" {
		t.Errorf("reading goes on: %q", got)
	}
	must(t, db.Close())
	again, err := Open(t.Context(), opts)
	must(t, err)
	save(t, again, listing.App{ID: "a", Name: "后"})
	must(t, again.Close())
}

// TestNoRoomForASnapshot: the room is looked at before anything is written.
func TestNoRoomForASnapshot(t *testing.T) {
	opts := testOptions(t)
	opts.FS = tight{disk.OS()}
	db := create(t, opts)
	_, err := db.Snapshots().Take(t.Context(), snapshot.Manual, "")
	wantError(t, err, listing.CodeUnwritable, "磁盘空间不足")
	if left := temporary(t, opts.Dir); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

// tight is a disk with a little room.
type tight struct{ disk.FS }

func (tight) Free(string) (uint64, error) { return 1000, nil }
