// Package timing times whole processes against each other for the benchmarks: time from start to end, and peak memory.
package timing

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// Rounds is how often each process runs.
const Rounds = 5

// Cost is what one run of a process took.
type Cost struct {
	Time   time.Duration
	Memory int64 // peak resident size in KiB
}

// Measure runs a process to its end. An exit code among fine is no failure.
func Measure(fine []int, program string, args ...string) (Cost, error) {
	cmd := exec.Command(program, args...)
	began := time.Now()
	out, err := cmd.Output()
	took := time.Since(began)
	var failed *exec.ExitError
	if errors.As(err, &failed) && !slices.Contains(fine, failed.ExitCode()) {
		return Cost{}, fmt.Errorf("%s: %w\n%s%s", filepath.Base(program), err, failed.Stderr, out[:min(len(out), 4000)])
	} else if err != nil && failed == nil {
		return Cost{}, fmt.Errorf("%s: %w", filepath.Base(program), err)
	}
	c := Cost{Time: took}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.Memory = usage.Maxrss
	}
	return c, nil
}

// Compare runs two processes in turn and prints their medians and the ratio of time; texts name the work and both sides.
func Compare(work, theirName, ourName string, ours, theirs func() (Cost, error)) error {
	var a, b []Cost
	for range Rounds {
		x, err := ours()
		if err != nil {
			return err
		}
		y, err := theirs()
		if err != nil {
			return err
		}
		a, b = append(a, x), append(b, y)
	}
	x, y := median(a), median(b)
	fmt.Printf("%s: %s %d ms, %d MiB; %s %d ms, %d MiB; ratio of time %.2f\n", work, theirName, y.Time.Milliseconds(), y.Memory>>10,
		ourName, x.Time.Milliseconds(), x.Memory>>10, float64(x.Time)/float64(y.Time))
	return nil
}

func median(costs []Cost) Cost {
	slices.SortFunc(costs, func(a, b Cost) int { return int(a.Time - b.Time) })
	return costs[len(costs)/2]
}
