// Command start measures how long our program takes from its start to a usable window, against an empty Wails window on
// the same display. Both run in turn, several times; the medians and their ratio are printed.
//
//	go run ./build/bench/start build/bin/shangjiatong build/cache/bin/empty
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"time"

	"shangjiatong/build/smoke"
)

const rounds = 9

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: start PROGRAM EMPTY")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(program, empty string) error {
	display, err := smoke.StartDisplay()
	if err != nil {
		return err
	}
	defer display.Stop()
	var ours, theirs []time.Duration
	for round := range rounds + 1 {
		a, err := measure(display, empty)
		if err != nil {
			return fmt.Errorf("empty window: %w", err)
		}
		b, err := measure(display, program, smoke.Enter)
		if err != nil {
			return fmt.Errorf("our window: %w", err)
		}
		if round == 0 {
			continue // fills the caches
		}
		theirs, ours = append(theirs, a), append(ours, b)
	}
	a, b := median(theirs), median(ours)
	fmt.Printf("start to usable window: empty Wails window %d ms, ours %d ms, ratio %.2f\n", a.Milliseconds(), b.Milliseconds(), float64(b)/float64(a))
	return nil
}

// measure starts a program with a new home, prepared as asked, and returns the time until its page was there.
func measure(display *smoke.Display, program string, prepare ...func(program, home string) error) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	home, err := os.MkdirTemp("", "shangjiatong-bench-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(home)
	for _, p := range prepare {
		if err := p(program, home); err != nil {
			return 0, err
		}
	}
	file := filepath.Join(home, "seen.json")
	began := time.Now()
	cmd, err := display.Start(ctx, program, home, file, io.Discard)
	if err != nil {
		return 0, err
	}
	seen, err := smoke.Await(ctx, file)
	if err != nil {
		return 0, err
	}
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	if err := cmd.Wait(); err != nil {
		return 0, err
	}
	return time.UnixMilli(seen.Shown).Sub(began), nil
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
