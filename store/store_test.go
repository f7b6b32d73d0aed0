package store

import (
	"os"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/store/storetest"
)

// TestMain lets the test binary stand in for the program's own when a child process is needed.
func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(play(role))
	}
	if len(os.Args) == 5 && os.Args[1] == "store" && os.Args[2] == "verify-child" {
		if VerifyMain(os.Args[4], os.Stdout) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	// The race detector makes every process linger for a second at its end; the children of these tests need not.
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// testNow is the clock of the tests: 2026-03-02 09:00 in Shanghai.
func testNow() time.Time {
	return time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*60*60))
}

func testOptions(t *testing.T) Options {
	t.Helper()
	return Options{Dir: t.TempDir(), Clock: testNow}
}

func create(t *testing.T, opts Options) *DB {
	t.Helper()
	db, err := Create(t.Context(), opts)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) listing.Store { return create(t, testOptions(t)) })
}

func TestBlobsConformance(t *testing.T) {
	storetest.RunBlobs(t, func(t *testing.T) listing.Blobs { return create(t, testOptions(t)).Blobs() })
}

// A read inside a read goes on while another waits to close the store.
func TestCloseWhileReading(t *testing.T) {
	db := create(t, Options{Dir: t.TempDir()})
	inside, closed := make(chan struct{}), make(chan error)
	go func() {
		<-inside
		closed <- db.Close()
	}()
	err := db.View(t.Context(), func(listing.Reader) error {
		close(inside)
		time.Sleep(100 * time.Millisecond) // for the other to be at its wait
		return db.View(t.Context(), func(listing.Reader) error { return nil })
	})
	if err != nil {
		t.Error(err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if err := db.View(t.Context(), func(listing.Reader) error { return nil }); err == nil {
		t.Error("read after the end")
	}
}
