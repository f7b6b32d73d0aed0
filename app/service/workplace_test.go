package service_test

import (
	"testing"
	"time"

	"shangjiatong/app/listing"
)

// The program is closed while something is read, which goes on to ask for the store: neither waits for the other for ever.
func TestCloseWhileReading(t *testing.T) {
	d := sampleDesk(t)
	db, err := d.place.Store()
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan error, 1)
	err = db.View(t.Context(), func(listing.Reader) error {
		go func() { closed <- d.place.Close() }()
		time.Sleep(100 * time.Millisecond) // for the other to be at its wait
		_, err := d.place.Store()
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}
