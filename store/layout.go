package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
	"shangjiatong/store/record"
)

// product stands in the meta record of every database of ours.
const product = "shangjiatong"

// The kinds of envelopes that are no records.
const (
	kindMeta    = "meta"
	kindHead    = "head"
	kindJournal = "journal"
)

// The buckets are
//
//	meta     "store" → metaRecord, "head" → journal.Head
//	records  one bucket per kind: ID → record
//	journal  sequence number, 8 bytes big-endian → listing.JournalEntry
//	by_app   app ID, 0, sequence number as in journal → nothing; the index of journal by app
//
// and every value but those of by_app is an envelope of package record.
func bucketMeta() []byte    { return []byte("meta") }
func bucketRecords() []byte { return []byte("records") }
func bucketJournal() []byte { return []byte("journal") }
func bucketByApp() []byte   { return []byte("by_app") }

const (
	keyStore = "store"
	keyHead  = "head"
)

// metaRecord says what database this is. Programs of every version must be able to read Product and Schema.
type metaRecord struct {
	Product   string `json:"product"`
	Schema    int    `json:"schema"`
	StoreID   string `json:"store_id"`
	CreatedAt string `json:"created_at"` // RFC 3339
}

var errNotOurs = errors.New("the database is not of this program")

// lay makes the buckets of an empty database.
func lay(tx *bbolt.Tx, meta metaRecord) error {
	for _, name := range [][]byte{bucketMeta(), bucketRecords(), bucketJournal(), bucketByApp()} {
		if _, err := tx.CreateBucket(name); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}
	if err := putMeta(tx, meta); err != nil {
		return err
	}
	return putHead(tx, meta.Schema, journal.Head{})
}

func putMeta(tx *bbolt.Tx, meta metaRecord) error {
	return putEnveloped(tx.Bucket(bucketMeta()), []byte(keyStore), kindMeta, keyStore, meta.Schema, meta)
}

func putHead(tx *bbolt.Tx, schema int, head journal.Head) error {
	return putEnveloped(tx.Bucket(bucketMeta()), []byte(keyHead), kindHead, keyHead, schema, head)
}

func putEnveloped(b *bbolt.Bucket, key []byte, kind, id string, schema int, v any) error {
	body, err := record.Marshal(v)
	if err != nil {
		return err
	}
	raw, err := record.Encode(kind, id, schema, body)
	if err != nil {
		return err
	}
	return b.Put(key, raw)
}

// readStoreMeta returns what database this is; errNotOurs when it is no database of ours.
func readStoreMeta(tx *bbolt.Tx) (metaRecord, error) {
	var meta metaRecord
	b := tx.Bucket(bucketMeta())
	if b == nil || b.Get([]byte(keyStore)) == nil {
		return meta, errNotOurs
	}
	env, err := record.Decode(kindMeta, keyStore, b.Get([]byte(keyStore)))
	if err != nil {
		return meta, fmt.Errorf("meta: %w", err)
	}
	// Not strict: a newer program may have added members, and must still be recognised.
	if err := json.Unmarshal(env.Body, &meta); err != nil {
		return meta, fmt.Errorf("meta: %w", err)
	}
	if meta.Product != product || meta.Schema < 1 {
		return meta, errNotOurs
	}
	return meta, nil
}

// hasBuckets reports whether every bucket of the layout is there.
func hasBuckets(tx *bbolt.Tx) error {
	for _, name := range [][]byte{bucketRecords(), bucketJournal(), bucketByApp()} {
		if tx.Bucket(name) == nil {
			return fmt.Errorf("bucket %s is missing", name)
		}
	}
	return nil
}

func readHead(tx *bbolt.Tx) (journal.Head, error) {
	var head journal.Head
	env, err := record.Decode(kindHead, keyHead, tx.Bucket(bucketMeta()).Get([]byte(keyHead)))
	if err != nil {
		return head, fmt.Errorf("journal head: %w", err)
	}
	return head, record.Unmarshal(env.Body, &head)
}

// readEntry decodes what stands in the journal bucket under key.
func readEntry(key, raw []byte) (listing.JournalEntry, error) {
	if len(key) != 8 {
		return listing.JournalEntry{}, fmt.Errorf("%w: key of %d bytes", journal.ErrEntry, len(key))
	}
	seq := binary.BigEndian.Uint64(key)
	env, err := record.Decode(kindJournal, seqID(seq), raw)
	if err != nil {
		return listing.JournalEntry{}, err
	}
	e, err := journal.Open(env.Body)
	if err == nil && e.Seq != seq {
		err = fmt.Errorf("%w: entry %d under number %d", journal.ErrEntry, e.Seq, seq)
	}
	return e, err
}

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

func seqID(seq uint64) string { return strconv.FormatUint(seq, 10) }

// appKey is the key of an entry in the index by app; appPrefix is what all keys of an app start with.
func appKey(appID string, seq uint64) []byte { return append(appPrefix(appID), seqKey(seq)...) }

func appPrefix(appID string) []byte { return append([]byte(appID), 0) }

// recordKey names a record.
type recordKey struct {
	kind listing.RecordKind
	id   string
}

func (k recordKey) String() string { return string(k.kind) + "/" + k.id }
