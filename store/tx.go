package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
	"shangjiatong/store/record"
)

// errOver is what a reader, writer or decode says when it is used after its transaction or visit.
var errOver = errors.New("used after its transaction")

// errLost says that bbolt lists a key it does not find, or lists keys out of order.
var errLost = errors.New("the order of the keys is damaged")

// reader implements listing.Reader on a bbolt transaction.
type reader struct {
	ctx    context.Context
	tx     *bbolt.Tx
	path   string
	schema int
	over   bool
	// removed are the records this transaction deleted; any other that is listed and not found is damaged.
	removed map[recordKey]bool
}

var _ listing.Reader = (*reader)(nil)

// Get implements listing.Reader.
func (r *reader) Get(kind listing.RecordKind, id string, into any) error {
	body, err := r.body(kind, id)
	if err != nil {
		return err
	}
	if body == nil {
		return record.NotFound(kind, id)
	}
	return record.Read(kind, id, body, into)
}

// Each implements listing.Reader. It visits the records that were there when it began.
func (r *reader) Each(kind listing.RecordKind, visit func(string, func(any) error) error) error {
	ids, err := r.ids(kind)
	if err != nil {
		return err
	}
	for _, id := range ids {
		body, err := r.body(kind, id)
		if listing.CodeOf(err) == listing.CodeCanceled {
			return err
		}
		if err == nil && body == nil && r.removed[recordKey{kind, id}] {
			continue // by the visitor, meanwhile
		}
		if err == nil && body == nil {
			err = record.Damaged(kind, id, errLost)
		}
		if err := visitOne(kind, id, body, err, visit); err != nil {
			return err
		}
	}
	return nil
}

func visitOne(kind listing.RecordKind, id string, body []byte, damage error,
	visit func(string, func(any) error) error,
) error {
	over := false
	defer func() { over = true }()
	return visit(id, func(into any) error {
		switch {
		case over:
			return fmt.Errorf("decode: %w", errOver)
		case damage != nil:
			return damage
		}
		return record.Read(kind, id, body, into)
	})
}

// body returns a copy of a sound record's body, or nil when there is no such record.
func (r *reader) body(kind listing.RecordKind, id string) ([]byte, error) {
	if err := r.usable(kind); err != nil {
		return nil, err
	}
	var raw []byte
	err := guard(func() error {
		if b := r.tx.Bucket(bucketRecords()).Bucket([]byte(kind)); b != nil && id != "" {
			raw = bytes.Clone(b.Get([]byte(id)))
		}
		return nil
	})
	if err != nil {
		return nil, damagedFile(r.path, "已损坏", err)
	}
	if raw == nil {
		return nil, nil
	}
	env, err := record.Decode(string(kind), id, raw)
	if err == nil && env.Schema > r.schema {
		err = fmt.Errorf("schema %d, known up to %d", env.Schema, r.schema)
	}
	if err != nil {
		return nil, record.Damaged(kind, id, err)
	}
	return env.Body, nil
}

// ids returns the IDs of a kind in order.
func (r *reader) ids(kind listing.RecordKind) ([]string, error) {
	if err := r.usable(kind); err != nil {
		return nil, err
	}
	var ids []string
	err := guard(func() error {
		b := r.tx.Bucket(bucketRecords()).Bucket([]byte(kind))
		if b == nil {
			return nil
		}
		return b.ForEach(func(id, _ []byte) error {
			if n := len(ids); n > 0 && ids[n-1] >= string(id) {
				return errLost
			}
			ids = append(ids, string(id))
			return nil
		})
	})
	if err != nil {
		return nil, damagedFile(r.path, "已损坏", err)
	}
	return ids, nil
}

func (r *reader) usable(kind listing.RecordKind) error {
	if r.over {
		return fmt.Errorf("read %s: %w", kind, errOver)
	}
	if err := stopped(r.ctx); err != nil {
		return err
	}
	if !slices.Contains(listing.RecordKinds(), kind) {
		return record.CheckKey(kind, "-")
	}
	return nil
}

// writer implements listing.Writer and migrate.Tx.
type writer struct {
	reader
	change listing.Change
	now    time.Time
	head   journal.Head
	began  journal.Head // head when the transaction began
}

var _ listing.Writer = (*writer)(nil)

// Put implements listing.Writer. A record that would stay as it is leaves no trace.
func (w *writer) Put(rec listing.Record) error {
	body, err := record.Body(rec)
	if err != nil {
		return err
	}
	kind, id := rec.RecordKind(), rec.RecordID()
	before, err := w.body(kind, id)
	if err != nil {
		return err
	}
	if before != nil && bytes.Equal(before, body) {
		return nil
	}
	if err := w.store(kind, id, body); err != nil {
		return err
	}
	return w.append(kind, id, before, body)
}

// Delete implements listing.Writer. CodeNotFound when there is no such record.
func (w *writer) Delete(kind listing.RecordKind, id string) error {
	before, err := w.body(kind, id)
	if err != nil {
		return err
	}
	if before == nil {
		return record.NotFound(kind, id)
	}
	err = guard(func() error {
		return w.tx.Bucket(bucketRecords()).Bucket([]byte(kind)).Delete([]byte(id))
	})
	if err != nil {
		return w.failed(err)
	}
	if w.removed == nil {
		w.removed = map[recordKey]bool{}
	}
	w.removed[recordKey{kind, id}] = true
	return w.append(kind, id, before, nil)
}

// store puts a body into the database without a word to the journal.
func (w *writer) store(kind listing.RecordKind, id string, body []byte) error {
	raw, err := record.Encode(string(kind), id, w.schema, body)
	if err != nil {
		return fmt.Errorf("store %s %s: %w", kind, id, err)
	}
	err = guard(func() error {
		b, err := w.tx.Bucket(bucketRecords()).CreateBucketIfNotExists([]byte(kind))
		if err != nil {
			return err
		}
		return b.Put([]byte(id), raw)
	})
	return w.failed(err)
}

// append adds one entry to the journal and to its index.
func (w *writer) append(kind listing.RecordKind, id string, before, after []byte) error {
	e, body, head, err := journal.Seal(w.head, journal.Entry(w.change, w.now, kind, id, before, after))
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	raw, err := record.Encode(kindJournal, seqID(e.Seq), w.schema, body)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	err = guard(func() error {
		b := w.tx.Bucket(bucketJournal())
		seq, err := b.NextSequence()
		if err != nil {
			return err
		}
		if seq != e.Seq {
			return fmt.Errorf("%w: the next number is %d, after %d", journal.ErrBroken, seq, w.head.Seq)
		}
		if e.AppID != "" {
			if err := w.tx.Bucket(bucketByApp()).Put(appKey(e.AppID, seq), nil); err != nil {
				return err
			}
		}
		return b.Put(seqKey(seq), raw)
	})
	if err != nil {
		return w.failed(err)
	}
	w.head = head
	return nil
}

// failed puts a failure of bbolt inside the transaction into words.
func (w *writer) failed(err error) error {
	var p *panicked
	switch {
	case err == nil:
		return nil
	case errors.As(err, &p), errors.Is(err, journal.ErrBroken):
		return damagedFile(w.path, "已损坏", err)
	}
	return writeFailed(w.path, err)
}

// seal writes the new end of the journal; it must come last in the transaction.
func (w *writer) seal() error {
	if w.head == w.began {
		return nil
	}
	return w.failed(guard(func() error { return putHead(w.tx, w.schema, w.head) }))
}
