package listing

import (
	"context"
	"encoding/json"
	"io"
)

// RecordKind names a kind of record in the store.
type RecordKind string

// The kinds of records.
const (
	KindUnit     RecordKind = "unit"
	KindSettings RecordKind = "settings"
	KindVendor   RecordKind = "vendor"
	KindApp      RecordKind = "app"
	KindCase     RecordKind = "case"
	KindPackage  RecordKind = "package"
	KindFlow     RecordKind = "flow"     // an imported procedure file
	KindCalendar RecordKind = "calendar" // an imported or typed year of holidays
	KindView     RecordKind = "view"     // saved filters of a page
	KindNote     RecordKind = "note"     // a line of the unit's own checklist
	KindFacts    RecordKind = "facts"    // imported facts of the tracking code
	KindCheck    RecordKind = "check"    // a check of the tracking code that was kept
	KindSync     RecordKind = "sync"     // what was read from the portals, and what follows from it
	KindAction   RecordKind = "action"   // something prepared to be done in a portal
	KindReceipt  RecordKind = "receipt"  // what a portal showed after an action
	KindVersion  RecordKind = "version"  // a version of the code in the hosting platform
	KindRecipe   RecordKind = "recipe"   // the unit's own recipe of a portal's pages
)

// RecordKinds lists every kind, in the order in which stores, snapshots and reports go through them.
func RecordKinds() []RecordKind {
	return []RecordKind{KindUnit, KindSettings, KindVendor, KindApp, KindCase, KindPackage, KindFlow, KindCalendar, KindView, KindNote, KindFacts, KindCheck,
		KindSync, KindAction, KindReceipt, KindVersion, KindRecipe}
}

// Word returns the Chinese word of a kind, or an empty text for a kind nobody declared.
func (k RecordKind) Word() string {
	switch k {
	case KindUnit:
		return "单位"
	case KindSettings:
		return "设置"
	case KindVendor:
		return "开发商"
	case KindApp:
		return "应用"
	case KindCase:
		return "办件"
	case KindPackage:
		return "材料包"
	case KindFlow:
		return "流程文件"
	case KindCalendar:
		return "节假日"
	case KindView:
		return "常用筛选"
	case KindNote:
		return "本单位核对项"
	case KindFacts:
		return "埋点依据"
	case KindCheck:
		return "埋点检查"
	case KindSync:
		return "同步方案"
	case KindAction:
		return "预备办理"
	case KindReceipt:
		return "回执"
	case KindRecipe:
		return "页面规则"
	case KindVersion:
		return "代码版本"
	}
	return ""
}

// Record is a thing that can be stored. RecordKind must not depend on the value.
type Record interface {
	RecordKind() RecordKind
	RecordID() string
}

// Reader reads records inside one consistent view.
type Reader interface {
	// Get decodes a record into a pointer; CodeNotFound when there is none, CodeDamaged when its checksum is wrong.
	Get(kind RecordKind, id string, into any) error
	// Each visits the records of a kind in the order of their IDs; decode works only during the visit.
	Each(kind RecordKind, visit func(id string, decode func(into any) error) error) error
}

// Writer reads and changes records inside one transaction. Each Put and Delete appends a journal entry by itself.
type Writer interface {
	Reader
	Put(rec Record) error
	Delete(kind RecordKind, id string) error
}

// Change describes a transaction to the journal.
type Change struct {
	By    string // 操作人
	What  string // what was done, a short Chinese phrase
	AppID string // the app it belongs to, empty when it belongs to none
}

// JournalEntry is one change of one record. Entries are only ever appended; SM3 is computed over the entry with Prev
// filled in and SM3 empty, so that each entry vouches for all before it.
type JournalEntry struct {
	Seq    uint64          `json:"seq"` // 1, 2, …
	At     string          `json:"at"`  // RFC 3339
	By     string          `json:"by"`
	What   string          `json:"what"`
	AppID  string          `json:"app_id,omitempty"`
	Kind   RecordKind      `json:"kind"`
	ID     string          `json:"id"`
	Before json.RawMessage `json:"before,omitempty"` // absent: the record is new
	After  json.RawMessage `json:"after,omitempty"`  // absent: the record was removed
	Prev   string          `json:"prev"`             // SM3 of the entry before, empty for the first
	SM3    string          `json:"sm3"`
}

// JournalQuery selects journal entries, newest first.
type JournalQuery struct {
	AppID  string
	Before uint64 // only entries with a smaller Seq; 0 means from the newest
	Limit  int    // at most this many; 0 means 100
}

// Store keeps records. Implementations pass the conformance suite in store/storetest.
type Store interface {
	View(ctx context.Context, read func(Reader) error) error
	// Change runs one transaction: all of it is stored and journalled, or, when write fails, nothing.
	Change(ctx context.Context, c Change, write func(Writer) error) error
	Journal(ctx context.Context, q JournalQuery) ([]JournalEntry, error)
	Close() error
}

// Blob is a file kept by its content.
type Blob struct {
	Size   int64
	SHA256 string // lower-case hex
	SM3    string
}

// Blobs keeps files by content, beside the database.
type Blobs interface {
	// Put stores what it reads; over limit bytes it fails with CodeTooLarge and keeps nothing.
	Put(ctx context.Context, from io.Reader, limit int64) (Blob, error)
	// Open returns a stored file by SHA-256; CodeNotFound when there is none.
	Open(sha256 string) (io.ReadSeekCloser, error)
}

// Load reads one record of the type's own kind.
func Load[T Record](r Reader, id string) (T, error) {
	var rec T
	err := r.Get(rec.RecordKind(), id, &rec)
	return rec, err
}

// All reads every record of the type's own kind, in the order of their IDs.
func All[T Record](r Reader) ([]T, error) {
	var zero T
	out := []T{}
	err := r.Each(zero.RecordKind(), func(_ string, decode func(any) error) error {
		var rec T
		if err := decode(&rec); err != nil {
			return err
		}
		out = append(out, rec)
		return nil
	})
	return out, err
}
