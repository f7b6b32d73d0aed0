package store

import (
	"bytes"
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
)

// Journal implements listing.Store. A damaged entry is CodeDamaged.
func (db *DB) Journal(ctx context.Context, q listing.JournalQuery) ([]listing.JournalEntry, error) {
	out := []listing.JournalEntry{}
	err := db.view(ctx, func(tx *bbolt.Tx) error {
		err := guard(func() error {
			err := newestFirst(tx, q, func(key []byte) error {
				if err := stopped(ctx); err != nil {
					return err
				}
				e, err := readEntry(key, bytes.Clone(tx.Bucket(bucketJournal()).Get(key)))
				if err == nil {
					out = append(out, e)
				}
				return err
			})
			if err == nil && q.AppID == "" {
				err = unbroken(tx, q, out)
			}
			return err
		})
		if err != nil && listing.CodeOf(err) != listing.CodeCanceled {
			return damagedFile(db.Path(), "中的日志已损坏", err)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// unbroken makes sure that entries hang together, and that the newest one is the end of the chain.
func unbroken(tx *bbolt.Tx, q listing.JournalQuery, newest []listing.JournalEntry) error {
	head, err := readHead(tx)
	if err != nil {
		return err
	}
	want := journal.Head{Seq: min(head.Seq, q.Before-1), SM3: head.SM3} // Before 0 wraps around: any number is smaller
	for i, e := range newest {
		if e.Seq != want.Seq || (e.SM3 != want.SM3 && (i > 0 || e.Seq == head.Seq)) {
			return fmt.Errorf("%w: entry %d where %d belongs", journal.ErrBroken, e.Seq, want.Seq)
		}
		want = journal.Head{Seq: e.Seq - 1, SM3: e.Prev}
	}
	if len(newest) < journal.Limit(q) && want.Seq != 0 {
		return fmt.Errorf("%w: entry %d is missing", journal.ErrBroken, want.Seq)
	}
	return nil
}

// newestFirst visits the keys of the entries a query selects.
func newestFirst(tx *bbolt.Tx, q listing.JournalQuery, visit func(key []byte) error) error {
	bucket, prefix := tx.Bucket(bucketJournal()), []byte(nil)
	if q.AppID != "" {
		bucket, prefix = tx.Bucket(bucketByApp()), appPrefix(q.AppID)
	}
	c := bucket.Cursor()
	key := before(c, prefix, q.Before)
	for range journal.Limit(q) {
		if key == nil || !bytes.HasPrefix(key, prefix) {
			return nil
		}
		if err := visit(bytes.Clone(key[len(prefix):])); err != nil {
			return err
		}
		key, _ = c.Prev()
	}
	return nil
}

// before moves c to the last key below prefix and seq, seq 0 meaning after all, and returns it.
func before(c *bbolt.Cursor, prefix []byte, seq uint64) []byte {
	if seq == 0 {
		seq-- // larger than any
	}
	key, _ := c.Seek(append(bytes.Clone(prefix), seqKey(seq)...))
	if key == nil {
		key, _ = c.Last()
		return key
	}
	key, _ = c.Prev()
	return key
}
