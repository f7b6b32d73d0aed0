// Command code measures how long our command line takes to check the code of a tree of real npm packages (the front end's
// own, about 100 MB of scripts), against rg looking for two words in the same tree. Both are timed as whole processes, in
// turn. rg reads bytes; we parse every script that may matter.
//
//	go run ./build/bench/code build/bin/shangjiatong-browser frontend/node_modules
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"

	"shangjiatong/build/bench/timing"
)

const params = `{"name":"示例","identifier":"demo_app","kind":"H5","sapp_id":"40001","sapp_name":"demo_app","bid":"demo_app_zzdpro","signkey":"1234567890abcdef"}`

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: code PROGRAM FOLDER")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(program, tree string) error {
	if _, err := exec.LookPath("rg"); err != nil {
		fmt.Println("code of 100 MB: rg is not installed, nothing to compare with")
		return nil
	}
	dir, err := os.MkdirTemp("", "shangjiatong-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	given := filepath.Join(dir, "params.json")
	if err := os.WriteFile(given, []byte(params), 0o600); err != nil {
		return err
	}
	ours := func() (timing.Cost, error) {
		return timing.Measure([]int{1}, program, "check", "code", tree, "--params", given, "--json") // some packages bring pages of their own
	}
	theirs := func() (timing.Cost, error) {
		return timing.Measure([]int{1}, "rg", "--no-ignore", "--hidden", "-c", "aplus_queue|wpkReporter", tree)
	}
	return timing.Compare("code of 100 MB", "rg", "ours", ours, theirs)
}
