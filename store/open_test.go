package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/snapshot"
)

// wantError checks code and words: the message must name what, and there must be a way out.
func wantError(t *testing.T, err error, code listing.Code, what string) {
	t.Helper()
	if err == nil || listing.CodeOf(err) != code {
		t.Fatalf("error %v, want %s", err, code)
	}
	e := listing.AsError(err)
	if !strings.Contains(e.Message, what) || e.Hint == "" {
		t.Errorf("message %q, hint %q; want %q and a hint", e.Message, e.Hint, what)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func save(t *testing.T, db *DB, recs ...listing.Record) {
	t.Helper()
	must(t, trySave(t.Context(), db, recs...))
}

func trySave(ctx context.Context, db *DB, recs ...listing.Record) error {
	return db.Change(ctx, listing.Change{By: "联系人甲", What: "保存"}, func(w listing.Writer) error {
		for _, rec := range recs {
			if err := w.Put(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

func nameOf(t *testing.T, db *DB, id string) string {
	t.Helper()
	var app listing.App
	must(t, db.View(t.Context(), func(r listing.Reader) (err error) {
		app, err = listing.Load[listing.App](r, id)
		return err
	}))
	return app.Name
}

// made returns the options of a closed store with a little in it.
func made(t *testing.T) Options {
	t.Helper()
	opts := testOptions(t)
	db := create(t, opts)
	save(t, db, listing.App{ID: "a", Name: "示例"}, listing.Unit{ID: listing.UnitID, Name: "示例市数据中心"})
	must(t, db.Close())
	return opts
}

func fileSum(t *testing.T, path string) [32]byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	return sha256.Sum256(raw)
}

func TestOpenRefusesWhatIsNoSoundDatabase(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path string)
		words string
	}{
		"empty": {func(t *testing.T, p string) { must(t, os.Truncate(p, 0)) }, "是空的"},
		"text":  {func(t *testing.T, p string) { must(t, os.WriteFile(p, []byte("甲,乙\n1,2\n"), 0o600)) }, "不是上架通的数据文件"},
		"zeros": {func(t *testing.T, p string) { must(t, os.WriteFile(p, make([]byte, 1<<16), 0o600)) }, "不是上架通的数据文件"},
		"a zip": {func(t *testing.T, p string) {
			must(t, os.WriteFile(p, []byte("PK\x03\x04"+strings.Repeat("x", 9000)), 0o600))
		}, "不是上架通的数据文件"},
		"first page only": {func(t *testing.T, p string) { must(t, os.Truncate(p, pageSize)) }, "尾部缺失"},
		"half":            {func(t *testing.T, p string) { must(t, os.Truncate(p, 3*pageSize)) }, "尾部缺失"},
		"odd length":      {func(t *testing.T, p string) { must(t, os.Truncate(p, 4*pageSize+17)) }, "尾部缺失"},
		"ten bytes":       {func(t *testing.T, p string) { must(t, os.Truncate(p, 10)) }, "不是上架通的数据文件"},
		"both headers":    {func(t *testing.T, p string) { flip(t, p, 30); flip(t, p, pageSize+30) }, "文件头已损坏"},
		"free list":       {func(t *testing.T, p string) { breakFreelist(t, p) }, "文件头已损坏"},
		"foreign bbolt":   {foreignBolt, "不是上架通的数据文件"},
		"a folder":        {func(t *testing.T, p string) { must(t, os.Remove(p)); must(t, os.Mkdir(p, 0o700)) }, "不是文件"},
		"no journal":      {dropJournal, "已损坏"},
	} {
		t.Run(name, func(t *testing.T) {
			opts := made(t)
			c.spoil(t, opts.Path())
			before, _ := os.Stat(opts.Path())
			_, err := Open(t.Context(), opts)
			wantError(t, err, listing.CodeDamaged, c.words)
			wantError(t, err, listing.CodeDamaged, opts.Path())
			if hint := listing.AsError(err).Hint; !strings.Contains(hint, "store restore") || !strings.Contains(hint, "quarantine") {
				t.Errorf("the hint names no way out: %q", hint)
			}
			if after, _ := os.Stat(opts.Path()); after.Size() != before.Size() {
				t.Errorf("Open changed the file from %d to %d bytes", before.Size(), after.Size())
			}
			if rep, err := Verify(t.Context(), opts.Path()); err != nil || rep.OK || rep.Problems[0].Message == "" {
				t.Errorf("Verify: %+v, %v", rep, err)
			}
			_, err = Create(t.Context(), opts)
			wantError(t, err, listing.CodeConflict, opts.Path())
		})
	}
}

// flip changes one byte of a file.
func flip(t *testing.T, path string, at int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	b := make([]byte, 1)
	_, err = f.ReadAt(b, at)
	must(t, err)
	b[0] ^= 0xFF
	_, err = f.WriteAt(b, at)
	must(t, errors.Join(err, f.Close()))
}

// breakFreelist makes the list of free pages claim more entries than the file has bytes.
func breakFreelist(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	must(t, err)
	meta, err := newestMeta(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	at := int(meta.freelist) * pageSize
	binary.NativeEndian.PutUint16(raw[at+10:], manyFree)
	binary.NativeEndian.PutUint64(raw[at+pageHeader:], 1<<60)
	must(t, os.WriteFile(path, raw, 0o600))
}

func withBolt(t *testing.T, path string, do func(*bbolt.Tx) error) {
	t.Helper()
	bolt, err := bbolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, errors.Join(bolt.Update(do), bolt.Close()))
}

func foreignBolt(t *testing.T, path string) {
	t.Helper()
	must(t, os.Remove(path))
	withBolt(t, path, func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("other"))
		return err
	})
}

func dropJournal(t *testing.T, path string) {
	t.Helper()
	withBolt(t, path, func(tx *bbolt.Tx) error { return tx.DeleteBucket(bucketJournal()) })
}

func TestOpenNeverCreates(t *testing.T) {
	opts := testOptions(t)
	_, err := Open(t.Context(), opts)
	wantError(t, err, listing.CodeNotFound, opts.Dir)
	if left, _ := os.ReadDir(opts.Dir); len(left) != 0 {
		t.Errorf("Open left %v", left)
	}
}

func TestOpenReadsOneDamagedHeaderPage(t *testing.T) {
	for page := range int64(2) {
		opts := made(t)
		flip(t, opts.Path(), page*pageSize+30)
		db, err := Open(t.Context(), opts)
		if err != nil {
			t.Fatalf("page %d: %v", page, err)
		}
		must(t, db.Close())
	}
}

func TestOpenRefusesANewerSchemaByName(t *testing.T) {
	opts := made(t)
	withBolt(t, opts.Path(), func(tx *bbolt.Tx) error {
		return putMeta(tx, metaRecord{Product: product, Schema: 7})
	})
	before := fileSum(t, opts.Path())
	_, err := Open(t.Context(), opts)
	wantError(t, err, listing.CodeDamaged, "数据格式 7，本程序最高支持 1")
	if fileSum(t, opts.Path()) != before {
		t.Error("Open changed a file it must not touch")
	}
	rep, err := Verify(t.Context(), opts.Path())
	if err != nil || rep.OK || rep.Schema != 7 || rep.Problems[0].Code != ProblemSchema {
		t.Errorf("Verify: %+v, %v", rep, err)
	}
}

func TestSecondInstanceIsToldSo(t *testing.T) {
	opts := testOptions(t)
	db := create(t, opts)
	_, err := Open(t.Context(), opts)
	wantError(t, err, listing.CodeLocked, "另一个上架通")
	_, err = Verify(t.Context(), opts.Path())
	wantError(t, err, listing.CodeLocked, opts.Path())
	_, err = VerifyChild(t.Context(), os.Args[0], opts.Path())
	wantError(t, err, listing.CodeLocked, opts.Path())
	must(t, db.Close())
	again, err := Open(t.Context(), opts)
	must(t, err)
	must(t, again.Close())
}

func TestAFailedOpenLetsGoOfTheFile(t *testing.T) {
	opts := made(t)
	dropJournal(t, opts.Path())
	for range 2 {
		_, err := Open(t.Context(), opts)
		wantError(t, err, listing.CodeDamaged, "已损坏") // not CodeLocked the second time
	}
}

func TestCreateRefusesWhereAStoreWas(t *testing.T) {
	for name, keep := range map[string]func(t *testing.T, opts Options){
		"database": func(*testing.T, Options) {},
		MarkerName: func(t *testing.T, opts Options) { must(t, os.Remove(opts.Path())) },
		snapshotsName: func(t *testing.T, opts Options) {
			db, err := Open(t.Context(), opts)
			must(t, err)
			_, err = db.Snapshots().Take(t.Context(), snapshot.Manual, "")
			must(t, errors.Join(err, db.Close(), os.Remove(opts.Path()), os.Remove(opts.marker())))
		},
		blobsName: func(t *testing.T, opts Options) {
			db, err := Open(t.Context(), opts)
			must(t, err)
			_, err = db.Blobs().Put(t.Context(), strings.NewReader("x"), 9)
			must(t, errors.Join(err, db.Close(), os.Remove(opts.Path()), os.Remove(opts.marker())))
		},
	} {
		t.Run(name, func(t *testing.T) {
			opts := made(t)
			keep(t, opts)
			_, err := Create(t.Context(), opts)
			wantError(t, err, listing.CodeConflict, opts.Dir)
			if name == "database" {
				opts.Anew = true
				_, err = Create(t.Context(), opts)
				wantError(t, err, listing.CodeConflict, opts.Path())
				return
			}
			_, err = Open(t.Context(), opts)
			wantError(t, err, listing.CodeNotFound, "不见了")
			opts.Anew = true
			create(t, opts)
		})
	}
}

// TestRenamedAwayWhileOpen is what trials found: bbolt goes on writing into a file that lost its name.
func TestRenamedAwayWhileOpen(t *testing.T) {
	opts := testOptions(t)
	db := create(t, opts)
	save(t, db, listing.App{ID: "a", Name: "前"})
	away := filepath.Join(opts.Dir, "away.db")
	must(t, os.Rename(opts.Path(), away))
	wantError(t, trySave(t.Context(), db, listing.App{ID: "a", Name: "后"}), listing.CodeUnwritable, "被移走")
	if _, err := os.Lstat(opts.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Error("a twin appeared")
	}
	must(t, os.Rename(away, opts.Path()))
	save(t, db, listing.App{ID: "a", Name: "后"})
	if got := nameOf(t, db, "a"); got != "后" {
		t.Errorf("got %q", got)
	}
}

func TestOpenSweepsAndMarksAgain(t *testing.T) {
	opts := made(t)
	left := filepath.Join(opts.Dir, "restore.sjt-new-1")
	must(t, os.WriteFile(left, []byte("half"), 0o600))
	must(t, os.Remove(opts.marker()))
	db, err := Open(t.Context(), opts)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	if _, err := os.Stat(left); err == nil {
		t.Error("the leftover is still there")
	}
	if _, err := os.Stat(opts.marker()); err != nil {
		t.Error("no marker")
	}
}

func TestOpenStopsWithItsContext(t *testing.T) {
	opts := made(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ctx, opts)
	if listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("Open: %v", err)
	}
	_, err = Create(ctx, testOptions(t))
	if listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("Create: %v", err)
	}
}

func TestOnlyOneOfManyCreates(t *testing.T) {
	opts := testOptions(t)
	codes := make(chan listing.Code, 4)
	for range cap(codes) {
		go func() {
			db, err := Create(context.Background(), opts)
			if err == nil {
				defer func() { _ = db.Close() }()
				err = trySave(context.Background(), db, listing.App{ID: "a"})
			}
			codes <- listing.CodeOf(err)
		}()
	}
	won := 0
	for range cap(codes) {
		switch code := <-codes; code {
		case "":
			won++
		case listing.CodeConflict, listing.CodeLocked:
		default:
			t.Errorf("code %s", code)
		}
	}
	if won > 1 {
		t.Errorf("%d instances created it", won)
	}
}

func FuzzHeader(f *testing.F) {
	opts := Options{Dir: f.TempDir(), Clock: testNow}
	db, err := Create(context.Background(), opts)
	if err != nil {
		f.Fatal(err)
	}
	if err := db.Close(); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(opts.Path())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good[:2*pageSize], uint32(len(good)))
	f.Add(good[:100], uint32(100))
	f.Add([]byte{}, uint32(0))
	f.Fuzz(func(t *testing.T, head []byte, size uint32) {
		raw := append(bytes.Clone(head), make([]byte, min(int(size), 1<<16))...)
		err := checkHeader(bytes.NewReader(raw), int64(len(raw)))
		for _, known := range []error{errEmpty, errForeign, errTruncated, errHeader} {
			if err == nil || errors.Is(err, known) {
				return
			}
		}
		t.Errorf("an error without words: %v", err)
	})
}
