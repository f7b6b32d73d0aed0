package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
	"shangjiatong/store/record"
)

// errOver is what a reader, writer or decode says when it is used after its transaction or visit.
var errOver = errors.New("used after its transaction")

// Memory is a listing.Store that lives in memory, for tests of what works on a store. It journals, refuses and orders
// exactly like the real one; it may be used from several goroutines.
type Memory struct {
	clock func() time.Time
	blobs *MemoryBlobs
	turn  chan struct{} // one token, which the writer has

	mu    sync.Mutex
	state state
	over  bool
}

var _ listing.Store = (*Memory)(nil)

type recordKey struct {
	kind listing.RecordKind
	id   string
}

// state is one consistent view; its maps and slices are never changed once it is in a Memory.
type state struct {
	bodies  map[recordKey][]byte
	journal []listing.JournalEntry
	head    journal.Head
}

// NewMemory returns an empty store that takes its times from clock; nil means time.Now.
func NewMemory(clock func() time.Time) *Memory {
	if clock == nil {
		clock = time.Now
	}
	m := &Memory{
		clock: clock, blobs: NewMemoryBlobs(), turn: make(chan struct{}, 1),
		state: state{bodies: map[recordKey][]byte{}},
	}
	m.turn <- struct{}{}
	return m
}

// Blobs returns files kept in memory.
func (m *Memory) Blobs() listing.Blobs { return m.blobs }

// View implements listing.Store.
func (m *Memory) View(ctx context.Context, read func(listing.Reader) error) error {
	now, err := m.now(ctx)
	if err != nil {
		return err
	}
	r := &reader{ctx: ctx, state: now}
	defer func() { r.over = true }()
	return read(r)
}

// Change implements listing.Store.
func (m *Memory) Change(ctx context.Context, c listing.Change, write func(listing.Writer) error) error {
	if c.AppID != "" {
		if err := record.CheckKey(listing.KindApp, c.AppID); err != nil {
			return err
		}
	}
	select {
	case <-m.turn:
	case <-ctx.Done():
		return canceled(ctx.Err())
	}
	defer func() { m.turn <- struct{}{} }()
	now, err := m.now(ctx)
	if err != nil {
		return err
	}
	now.bodies, now.journal = maps.Clone(now.bodies), slices.Clone(now.journal)
	w := &writer{reader: reader{ctx: ctx, state: now}, change: c, at: m.clock()}
	defer func() { w.over = true }()
	if err := write(w); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return canceled(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.state = w.state
	return nil
}

// Journal implements listing.Store.
func (m *Memory) Journal(ctx context.Context, q listing.JournalQuery) ([]listing.JournalEntry, error) {
	now, err := m.now(ctx)
	if err != nil {
		return nil, err
	}
	out := []listing.JournalEntry{}
	for _, e := range slices.Backward(now.journal) {
		if len(out) == journal.Limit(q) {
			break
		}
		if (q.Before == 0 || e.Seq < q.Before) && (q.AppID == "" || e.AppID == q.AppID) {
			e.Before, e.After = bytes.Clone(e.Before), bytes.Clone(e.After)
			out = append(out, e)
		}
	}
	return out, nil
}

// Close implements listing.Store.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.over = true
	return nil
}

func (m *Memory) now(ctx context.Context) (state, error) {
	if err := ctx.Err(); err != nil {
		return state{}, canceled(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.over {
		return state{}, listing.Fail(listing.CodeRefused, "内存中的数据已经关闭", "请重新打开")
	}
	return m.state, nil
}

func canceled(cause error) error {
	return listing.Fail(listing.CodeCanceled, "操作已取消，数据没有改动", "").Because(cause)
}

// reader implements listing.Reader.
type reader struct {
	ctx   context.Context
	state state
	over  bool
}

func (r *reader) usable(kind listing.RecordKind) error {
	if r.over {
		return fmt.Errorf("read %s: %w", kind, errOver)
	}
	if err := r.ctx.Err(); err != nil {
		return canceled(err)
	}
	if !slices.Contains(listing.RecordKinds(), kind) {
		return record.CheckKey(kind, "-")
	}
	return nil
}

// Get implements listing.Reader.
func (r *reader) Get(kind listing.RecordKind, id string, into any) error {
	if err := r.usable(kind); err != nil {
		return err
	}
	body, ok := r.state.bodies[recordKey{kind, id}]
	if !ok {
		return record.NotFound(kind, id)
	}
	return record.Read(kind, id, body, into)
}

// Each implements listing.Reader. It visits the records that were there when it began.
func (r *reader) Each(kind listing.RecordKind, visit func(string, func(any) error) error) error {
	if err := r.usable(kind); err != nil {
		return err
	}
	for _, id := range r.ids(kind) {
		if err := r.usable(kind); err != nil {
			return err
		}
		body, ok := r.state.bodies[recordKey{kind, id}]
		if !ok {
			continue // removed meanwhile by the visitor
		}
		if err := visitOne(kind, id, body, visit); err != nil {
			return err
		}
	}
	return nil
}

func visitOne(kind listing.RecordKind, id string, body []byte, visit func(string, func(any) error) error) error {
	over := false
	defer func() { over = true }()
	return visit(id, func(into any) error {
		if over {
			return fmt.Errorf("decode: %w", errOver)
		}
		return record.Read(kind, id, body, into)
	})
}

func (r *reader) ids(kind listing.RecordKind) []string {
	var ids []string
	for key := range r.state.bodies {
		if key.kind == kind {
			ids = append(ids, key.id)
		}
	}
	slices.Sort(ids)
	return ids
}

// writer implements listing.Writer.
type writer struct {
	reader
	change listing.Change
	at     time.Time
}

// Put implements listing.Writer. A record that would stay as it is leaves no trace.
func (w *writer) Put(rec listing.Record) error {
	body, err := record.Body(rec)
	if err != nil {
		return err
	}
	key := recordKey{rec.RecordKind(), rec.RecordID()}
	if err := w.usable(key.kind); err != nil {
		return err
	}
	before, had := w.state.bodies[key]
	if had && bytes.Equal(before, body) {
		return nil
	}
	w.state.bodies[key] = body
	return w.append(key, before, body)
}

// Delete implements listing.Writer. CodeNotFound when there is no such record.
func (w *writer) Delete(kind listing.RecordKind, id string) error {
	if err := w.usable(kind); err != nil {
		return err
	}
	key := recordKey{kind, id}
	before, had := w.state.bodies[key]
	if !had {
		return record.NotFound(kind, id)
	}
	delete(w.state.bodies, key)
	return w.append(key, before, nil)
}

func (w *writer) append(key recordKey, before, after []byte) error {
	e, _, head, err := journal.Seal(w.state.head, journal.Entry(w.change, w.at, key.kind, key.id, before, after))
	if err != nil {
		return err
	}
	w.state.journal, w.state.head = append(w.state.journal, e), head
	return nil
}
