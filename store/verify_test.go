package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
	"shangjiatong/store/record"
)

// rich makes a closed store with an attachment and several changes.
func rich(t *testing.T) (Options, listing.Blob) {
	t.Helper()
	opts := testOptions(t)
	db := create(t, opts)
	blob, err := db.Blobs().Put(t.Context(), strings.NewReader("abc"), 9)
	must(t, err)
	a := listing.App{ID: "a", Attachments: map[string]listing.Attachment{"plan": {Slot: "plan", Name: "方案.pdf", SHA256: blob.SHA256}}}
	for _, name := range []string{"一", "二", "三"} {
		a.Name = name
		must(t, db.Change(t.Context(), listing.Change{By: "联系人甲", What: "改名", AppID: "a"}, func(w listing.Writer) error {
			return w.Put(a)
		}))
	}
	save(t, db, listing.Vendor{ID: "v"})
	must(t, db.Close())
	return opts, blob
}

func TestVerifySound(t *testing.T) {
	opts, _ := rich(t)
	rep, err := Verify(t.Context(), opts.Path())
	must(t, err)
	raw, err := json.Marshal(rep)
	must(t, err)
	want := `{"ok":true,"file":"` + opts.Path() + `","schema":1,"records":{"app":1,"vendor":1},"journal":4,"blobs":1,"problems":[]}`
	if string(raw) != want {
		t.Errorf("got  %s\nwant %s", raw, want)
	}
}

// TestVerifyFinds tampers with a sound database below its surface; every time bbolt itself is content.
func TestVerifyFinds(t *testing.T) {
	app, key := []byte(listing.KindApp), []byte("a")
	apps := func(tx *bbolt.Tx) *bbolt.Bucket { return tx.Bucket(bucketRecords()).Bucket(app) }
	for name, c := range map[string]struct {
		spoil func(tx *bbolt.Tx) error
		code  string
		where string
	}{
		"a changed byte in a record": {func(tx *bbolt.Tx) error {
			return apps(tx).Put(key, bytes.Replace(apps(tx).Get(key), []byte("三"), []byte("四"), 1))
		}, ProblemRecord, "app/a"},
		"a record under another ID": {func(tx *bbolt.Tx) error {
			return apps(tx).Put([]byte("b"), bytes.Clone(apps(tx).Get(key)))
		}, ProblemRecord, "app/b"},
		"an older state of a record": {func(tx *bbolt.Tx) error {
			e, err := readEntry(seqKey(2), tx.Bucket(bucketJournal()).Get(seqKey(2)))
			if err != nil {
				return err
			}
			raw, err := record.Encode("app", "a", 1, e.After)
			return errors.Join(err, apps(tx).Put(key, raw))
		}, ProblemJournal, "app/a"},
		"a record gone": {func(tx *bbolt.Tx) error { return apps(tx).Delete(key) }, ProblemJournal, "app/a"},
		"a record slipped in": {func(tx *bbolt.Tx) error {
			raw, err := record.Encode("app", "b", 1, []byte(`{"id":"b"}`))
			return errors.Join(err, apps(tx).Put([]byte("b"), raw))
		}, ProblemJournal, "app/b"},
		"a kind nobody knows": {func(tx *bbolt.Tx) error {
			_, err := tx.Bucket(bucketRecords()).CreateBucket([]byte("new"))
			return err
		}, ProblemRecord, "new"},
		"a changed byte in the journal": {func(tx *bbolt.Tx) error {
			b := tx.Bucket(bucketJournal())
			return b.Put(seqKey(2), bytes.Replace(b.Get(seqKey(2)), []byte("联系人甲"), []byte("联系人乙"), 1))
		}, ProblemJournal, "journal/2"},
		"an entry forged with all its sums": {func(tx *bbolt.Tx) error { return forge(tx, 2) }, ProblemJournal, "journal/3"},
		"an entry dropped":                  {func(tx *bbolt.Tx) error { return tx.Bucket(bucketJournal()).Delete(seqKey(3)) }, ProblemJournal, "journal/4"},
		"the end dropped":                   {func(tx *bbolt.Tx) error { return tx.Bucket(bucketJournal()).Delete(seqKey(4)) }, ProblemJournal, "journal/3"},
		"the end forgotten": {func(tx *bbolt.Tx) error {
			return errors.Join(tx.Bucket(bucketJournal()).Delete(seqKey(4)), putHead(tx, 1, journal.Head{Seq: 3}))
		}, ProblemJournal, "journal/3"},
		"the index lost":    {func(tx *bbolt.Tx) error { return tx.Bucket(bucketByApp()).Delete(appKey("a", 2)) }, ProblemJournal, "by_app"},
		"the index too big": {func(tx *bbolt.Tx) error { return tx.Bucket(bucketByApp()).Put(appKey("b", 2), nil) }, ProblemJournal, "by_app"},
		"no head":           {func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta()).Delete([]byte(keyHead)) }, ProblemJournal, "journal/4"},
		"no index":          {func(tx *bbolt.Tx) error { return tx.DeleteBucket(bucketByApp()) }, ProblemPage, "shangjiatong.db"},
	} {
		t.Run(name, func(t *testing.T) {
			opts, _ := rich(t)
			withBolt(t, opts.Path(), c.spoil)
			rep, err := Verify(t.Context(), opts.Path())
			if err != nil || rep.OK {
				t.Fatalf("%+v, %v", rep, err)
			}
			for _, p := range rep.Problems {
				if p.Code == c.code && strings.HasSuffix(p.Where, c.where) && p.Message != "" && p.Hint != "" {
					return
				}
			}
			t.Errorf("found only %+v", rep.Problems)
		})
	}
}

// forge rewrites an entry as somebody would who knows how: only the chain can tell.
func forge(tx *bbolt.Tx, seq uint64) error {
	b := tx.Bucket(bucketJournal())
	e, err := readEntry(seqKey(seq), b.Get(seqKey(seq)))
	if err != nil {
		return err
	}
	e.By = "联系人乙"
	_, body, _, err := journal.Seal(journal.Head{Seq: seq - 1, SM3: e.Prev}, e)
	if err != nil {
		return err
	}
	raw, err := record.Encode(kindJournal, seqID(seq), 1, body)
	return errors.Join(err, b.Put(seqKey(seq), raw))
}

func TestVerifyFindsWhatIsWrongWithBlobs(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, path string)
		where string
		left  int
	}{
		"changed": {func(t *testing.T, p string) { must(t, os.WriteFile(p, []byte("abd"), 0o600)) }, "ba7816bf", 0},
		"gone":    {func(t *testing.T, p string) { must(t, os.Remove(p)) }, "app/a", 0},
		"foreign": {func(t *testing.T, p string) { must(t, os.WriteFile(p+".bak", nil, 0o600)) }, ".bak", 1},
	} {
		t.Run(name, func(t *testing.T) {
			opts, blob := rich(t)
			c.spoil(t, (&blobs{dir: opts.blobs()}).path(blob.SHA256))
			rep, err := Verify(t.Context(), opts.Path())
			must(t, err)
			if rep.OK || len(rep.Problems) != 1 || rep.Problems[0].Code != ProblemBlob || rep.Blobs != c.left ||
				!strings.Contains(rep.Problems[0].Where, c.where) {
				t.Errorf("%+v", rep)
			}
		})
	}
}

func TestAChangedBlobIsNotServedAndHealsItself(t *testing.T) {
	opts, blob := rich(t)
	db, err := Open(t.Context(), opts)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	must(t, os.WriteFile(db.blobs.path(blob.SHA256), []byte("abd"), 0o600))
	_, err = db.Blobs().Open(blob.SHA256)
	wantError(t, err, listing.CodeDamaged, blob.SHA256)
	_, err = db.Blobs().Put(t.Context(), strings.NewReader("abc"), 9)
	must(t, err)
	f, err := db.Blobs().Open(blob.SHA256)
	must(t, err)
	must(t, f.Close())
}

func TestADamagedRecordIsNamedAndTheRestIsRead(t *testing.T) {
	opts := testOptions(t)
	db := create(t, opts)
	save(t, db, listing.App{ID: "a"}, listing.App{ID: "b"}, listing.App{ID: "c"})
	must(t, db.change(t.Context(), listing.Change{}, func(w *writer) error {
		return w.tx.Bucket(bucketRecords()).Bucket([]byte(listing.KindApp)).Put([]byte("b"), []byte("spoilt"))
	}))
	must(t, db.View(t.Context(), func(r listing.Reader) error {
		var sound, bad []string
		err := r.Each(listing.KindApp, func(id string, decode func(any) error) error {
			var app listing.App
			if err := decode(&app); err != nil {
				wantError(t, err, listing.CodeDamaged, "应用“b”")
				bad = append(bad, id)
				return nil
			}
			sound = append(sound, id)
			return nil
		})
		if strings.Join(sound, "") != "ac" || strings.Join(bad, "") != "b" {
			t.Errorf("sound %v, bad %v", sound, bad)
		}
		wantError(t, r.Get(listing.KindApp, "b", &listing.App{}), listing.CodeDamaged, "应用“b”")
		return err
	}))
	wantError(t, trySave(t.Context(), db, listing.App{ID: "b"}), listing.CodeDamaged, "应用“b”") // never written over
}

func TestVerifyOfNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), DatabaseName)
	_, err := Verify(t.Context(), path)
	wantError(t, err, listing.CodeNotFound, path)
	_, err = VerifyChild(t.Context(), os.Args[0], path)
	wantError(t, err, listing.CodeNotFound, path)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("Verify made a file")
	}
}
