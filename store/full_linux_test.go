package store

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"shangjiatong/app/listing"
)

// playFull fills the database until the system refuses to let it grow, goes on with a small change, and prints the code
// of the failure and what it reads afterwards.
func playFull(dir string) int {
	signal.Ignore(syscall.SIGXFSZ)
	db, err := Open(context.Background(), Options{Dir: dir})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	limit := syscall.Rlimit{Cur: 1 << 19, Max: 1 << 19}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		fmt.Println(err)
		return 1
	}
	stored := 0
	for err == nil && stored < 1000 {
		err = trySave(context.Background(), db, listing.PackageRecord{ID: "n", Number: stored + 1, FileName: strings.Repeat("长", 9000)})
		if err == nil {
			stored++
		}
	}
	var n listing.PackageRecord
	read := db.View(context.Background(), func(r listing.Reader) (err error) {
		n, err = listing.Load[listing.PackageRecord](r, "n")
		return err
	})
	fmt.Println(listing.CodeOf(err), n.Number-stored, stored > 1, read, trySave(context.Background(), db, listing.Vendor{ID: "v"}), db.Close())
	return 0
}

// TestSystemRefusesToGrow has the system itself refuse, half-way through a commit.
func TestSystemRefusesToGrow(t *testing.T) {
	opts := made(t)
	out, err := part(t, "full", opts.Dir).CombinedOutput()
	if got := strings.TrimSpace(string(out)); err != nil || got != "unwritable 0 true <nil> <nil> <nil>" {
		t.Fatalf("the process says %s, %v", got, err)
	}
	if got := stateOf(t, opts.Dir); got != "示例" {
		t.Errorf("got %q", got)
	}
	if _, err := os.Stat(opts.Path()); err != nil {
		t.Error(err)
	}
}
