// Package journal chains the entries of the journal: every entry carries the SM3 of the one before, and its own SM3
// over everything in it, so that no entry can be changed, dropped or slipped in unnoticed.
//
// The SM3 of an entry is taken over its JSON (package record's way of writing it) with prev filled in and sm3 empty,
// and stands in lower-case hex. Seq starts at 1 and has no gaps.
package journal

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"shangjiatong/app/listing"
	"shangjiatong/store/record"
)

// KindStore marks entries about the store itself (restore, migration). No record has this kind.
const KindStore listing.RecordKind = "store"

// DefaultLimit is how many entries a query without a limit gets.
const DefaultLimit = 100

// The ways in which a chain can be wrong. Errors of this package wrap one of them.
var (
	ErrBroken = errors.New("the chain is broken")
	ErrEntry  = errors.New("the entry is not what was written")
)

// Head is the end of a chain: the newest entry. The zero value is the empty chain.
type Head struct {
	Seq uint64 `json:"seq"`
	SM3 string `json:"sm3"`
}

// Seal appends to the chain that ends in head: it returns e with Seq, Prev and SM3 set, its JSON, and the new head.
func Seal(head Head, e listing.JournalEntry) (listing.JournalEntry, []byte, Head, error) {
	e.Seq, e.Prev = head.Seq+1, head.SM3
	sum, err := digest(e)
	if err != nil {
		return e, nil, head, err
	}
	e.SM3 = sum
	raw, err := record.Marshal(e)
	if err != nil {
		return e, nil, head, err
	}
	return e, raw, Head{Seq: e.Seq, SM3: e.SM3}, nil
}

// Open decodes an entry's JSON and checks its own SM3, but not its place in the chain.
func Open(raw []byte) (listing.JournalEntry, error) {
	var e listing.JournalEntry
	if err := record.Unmarshal(raw, &e); err != nil {
		return e, fmt.Errorf("%w: %w", ErrEntry, err)
	}
	again, err := record.Marshal(e)
	if err != nil || !bytes.Equal(again, raw) {
		return e, fmt.Errorf("%w: it would be written differently", ErrEntry)
	}
	sum, err := digest(e)
	if err != nil || sum != e.SM3 {
		return e, fmt.Errorf("%w: its SM3 differs", ErrEntry)
	}
	return e, nil
}

// Follow checks that e, which Open found sound, comes right after head, and returns the new head.
func Follow(head Head, e listing.JournalEntry) (Head, error) {
	if e.Seq != head.Seq+1 || e.Prev != head.SM3 {
		return head, fmt.Errorf("%w: entry %d after %d", ErrBroken, e.Seq, head.Seq)
	}
	return Head{Seq: e.Seq, SM3: e.SM3}, nil
}

// Entry starts an entry for one changed record; before and after are nil where there is none. A change that names no app,
// such as an import of many, still leaves each app's entries with that app.
func Entry(c listing.Change, at time.Time, kind listing.RecordKind, id string, before, after []byte) listing.JournalEntry {
	if c.AppID == "" && kind == listing.KindApp {
		c.AppID = id
	}
	return listing.JournalEntry{
		At: at.Format(time.RFC3339), By: valid(c.By), What: valid(c.What), AppID: c.AppID,
		Kind: kind, ID: id, Before: before, After: after,
	}
}

// valid replaces what is not UTF-8, which JSON could not give back as it was.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }

// Limit returns how many entries a query asks for.
func Limit(q listing.JournalQuery) int {
	if q.Limit <= 0 {
		return DefaultLimit
	}
	return q.Limit
}

func digest(e listing.JournalEntry) (string, error) {
	e.SM3 = ""
	raw, err := record.Marshal(e)
	if err != nil {
		return "", err
	}
	sum := sm3.Sum(raw)
	return hex.EncodeToString(sum[:]), nil
}
