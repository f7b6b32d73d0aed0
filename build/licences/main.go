// Command licences writes build/THIRD_PARTY_LICENSES.md: everything that is not ours but ships in our programs, with
// its licence. It looks at the Go modules that are really linked (into the window builds for Linux and Windows and into
// the browser build), at the npm packages that the front end depends on, and at licence files kept beside embedded
// assets such as fonts. It fails when a licence asks more of the unit than to keep a notice.
//
//	go run ./build/licences          writes the file
//	go run ./build/licences -check   fails when the file is not current
//
// Run it in the project's root, with frontend/node_modules in place; "make licences" does.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
)

const target = "build/THIRD_PARTY_LICENSES.md"

// part is one thing that ships with the program and is not ours.
type part struct {
	from    string // "Go", "npm" or "asset"
	name    string
	version string
	licence string // SPDX identifier
	text    string // licence and notice as found, or empty when the package carries none
}

func main() {
	log.SetFlags(0)
	check := flag.Bool("check", false, "only compare with "+target)
	flag.Parse()
	if err := run(*check); err != nil {
		log.Fatal(err)
	}
}

func run(check bool) error {
	parts, err := collect()
	if err != nil {
		return err
	}
	if err := judge(parts); err != nil {
		return err
	}
	page := render(parts)
	if !check {
		return os.WriteFile(target, page, 0o644)
	}
	kept, err := os.ReadFile(target)
	if err != nil {
		return err
	}
	if !bytes.Equal(kept, page) {
		return fmt.Errorf("%s 不是最新的：请运行 make licences 并提交", target)
	}
	return nil
}

// collect finds all parts, in the order of the page.
func collect() ([]part, error) {
	var all []part
	for _, source := range []func() ([]part, error){goModules, npmPackages, assets} {
		found, err := source()
		if err != nil {
			return nil, err
		}
		slices.SortFunc(found, func(a, b part) int { return strings.Compare(a.name+a.version, b.name+b.version) })
		all = append(all, found...)
	}
	return all, nil
}

// judge returns an error that names every part whose licence may not ship.
func judge(parts []part) error {
	var errs []error
	for _, p := range parts {
		if !allowed(p.licence) {
			errs = append(errs, fmt.Errorf("%s %s %s: licence %q may not ship", p.from, p.name, p.version, p.licence))
		}
	}
	return errors.Join(errs...)
}

// render writes the page: a table of all parts, then each different text once.
func render(parts []part) []byte {
	var b bytes.Buffer
	b.WriteString("# Third-party licences\n\nWritten by `make licences`; do not edit.\n\n")
	b.WriteString("| from | name | version | licence |\n| --- | --- | --- | --- |\n")
	users := map[string][]string{}
	var texts []string
	for _, p := range parts {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", p.from, p.name, p.version, p.licence)
		if p.text == "" {
			continue
		}
		if users[p.text] == nil {
			texts = append(texts, p.text)
		}
		users[p.text] = append(users[p.text], p.name)
	}
	for _, text := range texts {
		fmt.Fprintf(&b, "\n## %s\n\n```text\n%s\n```\n", strings.Join(slices.Compact(users[text]), ", "), text)
	}
	return b.Bytes()
}
