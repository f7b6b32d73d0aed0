// Command bundles runs the check of code over npm packages: see run.sh.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/lint"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: bundles FOLDER RIGHT-SITE")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir, right string) error {
	names, err := packages(filepath.Join(dir, "package.json"))
	if err != nil {
		return err
	}
	wrong := 0
	tree := fstest.MapFS{}
	size := 0
	for _, name := range names {
		scripts, err := scriptsOf(filepath.Join(dir, "node_modules", name))
		if err != nil {
			return err
		}
		for file, f := range scripts {
			if size < 100<<20 {
				tree[name+"/"+file] = f
				size += len(f.Data)
			}
		}
		alone, err := check(scripts)
		if err != nil {
			return err
		}
		site, err := withScript(right, largest(scripts))
		if err != nil {
			return err
		}
		beside, err := check(site)
		if err != nil {
			return err
		}
		wrong += tell(name, alone) + tell(name+" beside a right site", beside)
	}
	if err := measure(tree); err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("%d errors in scripts that have none", wrong)
	}
	fmt.Printf("%d packages, no error\n", len(names))
	return nil
}

// packages lists what package.json names.
func packages(file string) ([]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var p struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, err
	}
	var out []string
	for name := range p.Dependencies {
		out = append(out, name)
	}
	slices.Sort(out)
	return out, nil
}

// scriptsOf reads the scripts of a package; its sample pages are none of an application.
func scriptsOf(dir string) (fstest.MapFS, error) {
	root := os.DirFS(dir)
	out := fstest.MapFS{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".js", ".mjs", ".cjs", ".ts", ".vue", ".jsx", ".tsx":
			data, err := fs.ReadFile(root, name)
			out[name] = &fstest.MapFile{Data: data}
			return err
		}
		return nil
	})
	return out, err
}

func largest(scripts fstest.MapFS) []byte {
	var out []byte
	for name, f := range scripts {
		if path.Ext(name) == ".js" && len(f.Data) > len(out) {
			out = f.Data
		}
	}
	return out
}

// withScript is a right site whose pages load one script more.
func withScript(right string, script []byte) (fstest.MapFS, error) {
	site, err := readAll(right)
	if err != nil {
		return nil, err
	}
	for name, f := range site {
		if path.Ext(name) == ".html" {
			up := strings.Repeat("../", strings.Count(name, "/"))
			text := strings.Replace(string(f.Data), "</body>", `<script src="`+up+`extra.js"></script></body>`, 1)
			site[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	site["extra.js"] = &fstest.MapFile{Data: script}
	return site, nil
}

func readAll(dir string) (fstest.MapFS, error) {
	root := os.DirFS(dir)
	out := fstest.MapFS{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	return out, err
}

func check(code fs.FS) (tracking.Result, error) {
	facts, err := tracking.CurrentFacts()
	if err != nil {
		return tracking.Result{}, err
	}
	p := tracking.Params{Identifier: "demo_parking", SappID: "40001", SappName: "demo_parking", Bid: "demo_parking_zzdpro", Signkey: "1234567890abcdef"}
	return lint.Check(context.Background(), lint.Input{Facts: facts, Params: p, Code: code, Target: "bundle"})
}

func tell(name string, r tracking.Result) int {
	blocking := listing.Blocking(r.Findings)
	for _, f := range blocking {
		fmt.Printf("%s: %s %s:%d:%d %s\n", name, f.Rule, f.File, f.Line, f.Column, f.Message)
	}
	return len(blocking)
}

// measure times the check of one big tree, which is in memory already, and tells the most memory the program had.
func measure(tree fstest.MapFS) error {
	before := time.Now()
	r, err := check(tree)
	if err != nil {
		return err
	}
	if r.Bytes == 0 {
		return errors.New("nothing to measure")
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%d files, %d MB in %.1f s, %d MB taken from the system, %d of them the tree itself\n",
		r.Files, r.Bytes>>20, time.Since(before).Seconds(), m.Sys>>20, r.Bytes>>20)
	return nil
}
