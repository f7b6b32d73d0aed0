package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
	"shangjiatong/store/snapshot"
)

func TestRestoreOfAClosedStore(t *testing.T) {
	for name, c := range map[string]struct {
		spoil              func(t *testing.T, opts Options)
		before, quarantine bool
	}{
		"sound":         {func(*testing.T, Options) {}, true, true},
		"empty":         {func(t *testing.T, o Options) { must(t, os.Truncate(o.Path(), 0)) }, false, true},
		"foreign":       {func(t *testing.T, o Options) { foreignBolt(t, o.Path()) }, false, true},
		"cut off":       {func(t *testing.T, o Options) { must(t, os.Truncate(o.Path(), 2*pageSize)) }, false, true},
		"gone":          {func(t *testing.T, o Options) { must(t, os.Remove(o.Path())) }, false, false},
		"all but snaps": {func(t *testing.T, o Options) { must(t, errors.Join(os.Remove(o.Path()), os.Remove(o.marker()))) }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			opts, id := restorable(t)
			c.spoil(t, opts)
			old, _ := os.ReadFile(opts.Path())
			done, err := Restore(t.Context(), opts, id, "联系人甲")
			must(t, err)
			if done.From.ID != id || (done.Before != nil) != c.before || (done.Quarantine != "") != c.quarantine {
				t.Errorf("done %+v", done)
			}
			if kept, _ := os.ReadFile(done.Quarantine); c.quarantine && len(kept) != len(old) {
				t.Errorf("quarantine holds %d bytes of %d", len(kept), len(old))
			}
			if got := stateOf(t, opts.Dir); got != "前" {
				t.Errorf("restored %q", got)
			}
			if done.Before != nil {
				again, err := Restore(t.Context(), opts, done.Before.ID, "联系人甲")
				must(t, err)
				if got := stateOf(t, opts.Dir); got != "后" || again.Quarantine == done.Quarantine {
					t.Errorf("back again %q, %s", got, again.Quarantine)
				}
			}
		})
	}
}

func TestRestoreWhileOpen(t *testing.T) {
	opts, id := restorable(t)
	db, err := Open(t.Context(), opts)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	blob, err := db.Blobs().Put(t.Context(), strings.NewReader("abc"), 9)
	must(t, err)
	done, err := db.Snapshots().Restore(t.Context(), id, "联系人乙")
	must(t, err)
	if got := nameOf(t, db, "a"); got != "前" || done.Before == nil {
		t.Errorf("restored %q, %+v", got, done)
	}
	save(t, db, listing.App{ID: "a", Name: "又"})
	f, err := db.Blobs().Open(blob.SHA256)
	must(t, err)
	must(t, f.Close())
	entries, err := db.Journal(t.Context(), listing.JournalQuery{})
	must(t, err)
	if e := entries[1]; e.Kind != journal.KindStore || e.By != "联系人乙" || !strings.Contains(e.What, id) || len(entries) != 3 {
		t.Errorf("journal %+v", entries)
	}
	if rep, err := db.Verify(t.Context()); err != nil || !rep.OK || rep.Blobs != 1 {
		t.Errorf("Verify: %+v, %v", rep, err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	opts, id := restorable(t)
	for _, wrong := range []string{"", "20200101-000000-manual", "../" + id, filepath.Join("..", "shangjiatong")} {
		_, err := Restore(t.Context(), opts, wrong, "联系人甲")
		wantError(t, err, listing.CodeNotFound, "没有快照")
	}
	db, err := Open(t.Context(), opts)
	must(t, err)
	_, err = Restore(t.Context(), opts, id, "联系人甲")
	wantError(t, err, listing.CodeLocked, "另一个上架通")
	must(t, db.Close())

	flip(t, opts.ring().Path(id), 3*pageSize)
	_, err = Restore(t.Context(), opts, id, "联系人甲")
	wantError(t, err, listing.CodeDamaged, "快照“"+id+"”已损坏")
	must(t, os.Remove(filepath.Join(opts.snapshots(), id+".json"))) // now only the check of the content is left
	flip(t, opts.ring().Path(id), 40)
	flip(t, opts.ring().Path(id), pageSize+40)
	_, err = Restore(t.Context(), opts, id, "联系人甲")
	wantError(t, err, listing.CodeDamaged, "快照“"+id+"”已损坏")
	if got := stateOf(t, opts.Dir); got != "后" {
		t.Errorf("a refused restore changed the data to %q", got)
	}
}

func TestRestoreStopsWithItsContext(t *testing.T) {
	opts, id := restorable(t)
	db, err := Open(t.Context(), opts)
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = db.Snapshots().Restore(ctx, id, "联系人甲")
	if listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("got %v", err)
	}
	must(t, db.Close())
	if got := stateOf(t, opts.Dir); got != "后" {
		t.Errorf("got %q", got)
	}
}

func TestSnapshots(t *testing.T) {
	opts := testOptions(t)
	db := create(t, opts)
	save(t, db, listing.App{ID: "a"}, listing.Vendor{ID: "v"})
	info, took, err := db.Snapshots().DailyIfDue(t.Context(), testNow())
	if err != nil || !took || info.Records != 2 || info.Journal != 2 || info.Schema != 1 || info.Reason != snapshot.Daily {
		t.Errorf("took %v, %+v, %v", took, info, err)
	}
	_, took, err = db.Snapshots().DailyIfDue(t.Context(), testNow().Add(time.Hour))
	if err != nil || took {
		t.Errorf("a second one on the same day: %v, %v", took, err)
	}
	all, err := List(t.Context(), opts)
	if err != nil || len(all) != 1 || all[0] != info {
		t.Errorf("listed %+v, %v", all, err)
	}
	if rep, err := Verify(t.Context(), opts.ring().Path(info.ID)); err != nil || !rep.OK {
		t.Errorf("the snapshot itself: %+v, %v", rep, err)
	}
}

func TestASnapshotOfADamagedDatabaseIsRefused(t *testing.T) {
	opts := testOptions(t)
	db := create(t, opts)
	save(t, db, listing.App{ID: "a"})
	must(t, db.change(t.Context(), listing.Change{}, func(w *writer) error {
		return w.tx.Bucket(bucketRecords()).Bucket([]byte(listing.KindApp)).Put([]byte("a"), []byte("spoilt"))
	}))
	_, err := db.Snapshots().Take(t.Context(), snapshot.Manual, "")
	wantError(t, err, listing.CodeDamaged, "应用“a”")
	if all, err := db.Snapshots().List(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("listed %v, %v", all, err)
	}
}
