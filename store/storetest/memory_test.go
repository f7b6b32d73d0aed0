package storetest_test

import (
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.Run(t, func(*testing.T) listing.Store { return storetest.NewMemory(nil) })
}

func TestMemoryBlobs(t *testing.T) {
	storetest.RunBlobs(t, func(*testing.T) listing.Blobs { return storetest.NewMemory(nil).Blobs() })
}
