package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

// The variables that make the test binary play a part in a process of its own; see play.
const (
	roleVariable = "SHANGJIATONG_TEST_ROLE"
	dirVariable  = "SHANGJIATONG_TEST_DIR"
)

// play runs one of the parts and returns the exit code.
func play(role string) int {
	dir := os.Getenv(dirVariable)
	switch role {
	case "write":
		return playWriter(dir)
	case "read":
		return playReader(dir)
	case "garbage":
		fmt.Println(`{"report":`)
	case "both":
		fmt.Println(`{"report":{"ok":true},"error":{"code":"internal","message":"x"}}`)
	case "liar":
		fmt.Println(`{"report":{"ok":true,"problems":[{"code":"page"}]}}`)
	case "panic":
		panic("over a damaged page")
	case "killed":
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			_ = self.Kill()
		}
		time.Sleep(time.Minute)
	case "full":
		return playFull(dir)
	case "slow":
		time.Sleep(time.Minute)
	}
	return 0
}

// part starts the test binary in a role; the caller runs it.
func part(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), roleVariable+"="+role, dirVariable+"="+dir)
	return cmd
}

// playWriter counts up in one record for ever and prints each number once it is stored.
func playWriter(dir string) int {
	db, err := Open(context.Background(), Options{Dir: dir})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for n := 1; ; n++ {
		apps := []listing.Record{
			listing.PackageRecord{ID: "n", Number: n},
			listing.App{ID: "a" + strconv.Itoa(n%7), Description: strings.Repeat("示例", n%3000)},
		}
		if err := trySave(context.Background(), db, apps...); err != nil {
			fmt.Println(err)
			return 1
		}
		fmt.Println(n)
	}
}

// playReader reads every record and prints "ok" and a digest of them all, or the code of the first error.
func playReader(dir string) int {
	sum, err := digestAll(dir)
	if err != nil {
		fmt.Println(listing.CodeOf(err))
		return 0
	}
	fmt.Println("ok", sum)
	return 0
}

func digestAll(dir string) (string, error) {
	db, err := Open(context.Background(), Options{Dir: dir})
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	h := sha256.New()
	err = db.View(context.Background(), func(r listing.Reader) error {
		for _, kind := range listing.RecordKinds() {
			err := r.Each(kind, func(id string, decode func(any) error) error {
				var v any
				err := decode(&v)
				fmt.Fprint(h, kind, id, v)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	entries, err := db.Journal(context.Background(), listing.JournalQuery{Limit: 1 << 20})
	for _, e := range entries {
		fmt.Fprint(h, e.SM3)
	}
	return hex.EncodeToString(h.Sum(nil)), err
}

// TestKilledWhileWriting: nothing that was acknowledged is lost, and nothing half-written shows.
func TestKilledWhileWriting(t *testing.T) {
	opts := made(t)
	stored := 0
	for round := range 10 {
		acknowledged := killedWriter(t, opts.Dir, time.Duration(10+round*7)*time.Millisecond)
		rep, err := Verify(t.Context(), opts.Path())
		if err != nil || !rep.OK {
			t.Fatalf("round %d: %+v, %v", round, rep, err)
		}
		db, err := Open(t.Context(), opts)
		must(t, err)
		must(t, db.View(t.Context(), func(r listing.Reader) error {
			n, err := listing.Load[listing.PackageRecord](r, "n")
			if acknowledged > 0 && (n.Number < acknowledged || n.Number > acknowledged+1) {
				t.Errorf("round %d: %d stored, %d acknowledged", round, n.Number, acknowledged)
			}
			stored += n.Number
			return err
		}))
		must(t, db.Close())
	}
	if stored == 0 {
		t.Error("nothing was ever stored, so nothing was shown")
	}
}

// killedWriter lets a process write until it has stored something and a while has passed, kills it, and returns the
// last number it acknowledged.
func killedWriter(t *testing.T, dir string, while time.Duration) int {
	t.Helper()
	cmd := part(t, "write", dir)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	last := 0
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the writer says %s", lines.Text())
		}
		if last = n; n == 1 {
			time.AfterFunc(while, func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait()
	return last
}
