// Command pack measures how long our command line takes to make the full package of one app, against a Node program that
// writes the same contents with docxtemplater, exceljs and archiver (build/bench/node). Both are timed as whole
// processes, in turn; the medians, their ratio and the peak memory are printed.
//
//	go run ./build/bench/pack build/bin/shangjiatong-browser
package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"shangjiatong/build/bench/timing"
)

const node = "build/bench/node"

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
	pack := func() (timing.Cost, error) {
		return timing.Measure(nil, program, "package", "--data", filepath.Join(dir, "data"), "--app", app, "--draft", "--out", out)
	}
	if _, err := pack(); err != nil {
		return err
	}
	zip, err := zipIn(out)
	if err != nil {
		return err
	}
	if _, err := timing.Measure(nil, "node", node+"/prepare.mjs", zip, filepath.Join(dir, "peer")); err != nil {
		return err
	}
	peer := func() (timing.Cost, error) {
		return timing.Measure(nil, "node", node+"/make.mjs", filepath.Join(dir, "peer"), filepath.Join(dir, "peer.zip"))
	}
	return timing.Compare("full package of one app", "Node peer", "ours", pack, peer)
}

// enter makes a data folder with one H5 app, the complete example that the program prints itself, and returns the
// app's name.
func enter(program, dir string) (string, error) {
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "app.json")
	example, err := exec.Command(program, "app", "template", "--kind", "H5").Output()
	if err != nil {
		return "", fmt.Errorf("app template: %w", err)
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
