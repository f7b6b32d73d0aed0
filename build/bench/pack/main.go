// Command pack measures how long our command line takes to make the full package of one app, against a Node program that
// writes the same contents with docxtemplater, exceljs and archiver (build/bench/node). Both are timed as whole
// processes, in turn; the medians, their ratio and the peak memory are printed.
//
//	go run ./build/bench/pack build/bin/shangjiatong-browser
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	rounds = 7
	node   = "build/bench/node"
)

// cost is what one run of a process took.
type cost struct {
	time   time.Duration
	memory int64 // peak resident size in KiB
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: pack PROGRAM")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(program string) error {
	dir, err := os.MkdirTemp("", "shangjiatong-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	app, err := enter(program, dir)
	if err != nil {
		return err
	}
	out := filepath.Join(dir, "package")
	pack := func() (cost, error) {
		return measure(program, "package", "--data", filepath.Join(dir, "data"), "--app", app, "--draft", "--out", out)
	}
	if _, err := pack(); err != nil {
		return err
	}
	zip, err := zipIn(out)
	if err != nil {
		return err
	}
	if _, err := measure("node", node+"/prepare.mjs", zip, filepath.Join(dir, "peer")); err != nil {
		return err
	}
	peer := func() (cost, error) {
		return measure("node", node+"/make.mjs", filepath.Join(dir, "peer"), filepath.Join(dir, "peer.zip"))
	}
	return compare(pack, peer)
}

// enter makes a data folder with one H5 app, the complete example that the program prints itself, and returns the
// app's name.
func enter(program, dir string) (string, error) {
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "app.json")
	example, err := exec.Command(program, "app", "template", "--kind", "H5").Output()
	if err != nil {
		return "", explain(err)
	}
	if err := os.WriteFile(file, example, 0o600); err != nil {
		return "", err
	}
	for _, args := range [][]string{
		{"unit", "set", "--data", data, "name=示例市数据中心", "operator=联系人甲"},
		{"app", "add", "--data", data, "--file", file},
	} {
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", strings.Join(args[:2], " "), err, out)
		}
	}
	var entered struct{ Name string }
	if err := json.Unmarshal(example, &entered); err != nil {
		return "", fmt.Errorf("app template: %w", err)
	}
	return entered.Name, nil
}

// compare runs both in turn and prints what they took.
func compare(ours, theirs func() (cost, error)) error {
	var a, b []cost
	for range rounds {
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
	fmt.Printf("full package of one app: Node peer %d ms, %d MiB; ours %d ms, %d MiB; ratio of time %.2f\n",
		y.time.Milliseconds(), y.memory>>10, x.time.Milliseconds(), x.memory>>10, float64(x.time)/float64(y.time))
	return nil
}

// measure runs a process to its end.
func measure(program string, args ...string) (cost, error) {
	cmd := exec.Command(program, args...)
	began := time.Now()
	_, err := cmd.Output()
	took := time.Since(began)
	if err != nil {
		return cost{}, fmt.Errorf("%s %s: %w", filepath.Base(program), args[0], explain(err))
	}
	c := cost{time: took}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.memory = usage.Maxrss
	}
	return c, nil
}

// explain adds what a failed process said.
func explain(err error) error {
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return fmt.Errorf("%w\n%s", err, failed.Stderr)
	}
	return err
}

// zipIn finds the package's zip in a folder.
func zipIn(dir string) (string, error) {
	var found string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".zip" {
			found = path
		}
		return err
	})
	if err == nil && found == "" {
		err = fmt.Errorf("no zip in %s", dir)
	}
	return found, err
}

func median(costs []cost) cost {
	slices.SortFunc(costs, func(a, b cost) int { return int(a.time - b.time) })
	return costs[len(costs)/2]
}
