package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// builds are the programs that ship: their platform and tags.
func builds() []struct{ system, tags string } {
	return []struct{ system, tags string }{
		{"linux", "browser"}, {"windows", "browser"}, {"linux", "desktop,production"}, {"windows", "desktop,production,wv2runtime.error"},
	}
}

// goModules returns the modules linked into any of the builds, and Go itself.
func goModules() ([]part, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	text, err := licenceText(strings.TrimSpace(string(root)))
	if err != nil {
		return nil, err
	}
	parts := []part{{from: "Go", name: "Go standard library", licence: classify(text), text: text}}
	seen := map[string]bool{}
	for _, build := range builds() {
		cmd := exec.Command("go", "list", "-deps", "-tags", build.tags, "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", ".")
		cmd.Env = append(os.Environ(), "GOOS="+build.system, "GOARCH=amd64", "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for line := range strings.Lines(string(out)) {
			fields := strings.Fields(line)
			if len(fields) != 3 || seen[fields[0]] {
				continue
			}
			seen[fields[0]] = true
			text, err := licenceText(fields[2])
			if err != nil {
				return nil, err
			}
			parts = append(parts, part{from: "Go", name: fields[0], version: fields[1], licence: classify(text), text: text})
		}
	}
	return parts, nil
}

// npmPackages returns what package-lock.json lists as needed by the front end when it runs. Some of it only helps to
// build and does not ship: the list errs on the safe side.
func npmPackages() ([]part, error) {
	raw, err := os.ReadFile("frontend/package-lock.json")
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct {
			Version, License                       string
			Dev, DevOptional, Optional, Extraneous bool
		}
	}
	if err := json.Unmarshal(raw, &lock); err != nil {
		return nil, fmt.Errorf("package-lock.json: %w", err)
	}
	var parts []part
	for path, p := range lock.Packages {
		if path == "" || p.Dev || p.DevOptional || p.Optional || p.Extraneous {
			continue
		}
		text, err := licenceText(filepath.Join("frontend", path))
		if err != nil {
			return nil, err
		}
		name := path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):]
		parts = append(parts, part{from: "npm", name: name, version: p.Version, licence: p.License, text: text})
	}
	return parts, nil
}

// assets returns the licence files that lie beside embedded files, such as fonts.
func assets() ([]part, error) {
	var parts []part
	for _, root := range []string{"app", "store", "frontend/src"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !isLicence(entry.Name()) {
				return err
			}
			raw, err := os.ReadFile(path)
			text := clean(raw)
			parts = append(parts, part{from: "asset", name: filepath.ToSlash(path), licence: classify(text), text: text})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// licenceText returns the licence and notice files of a package's folder, one after the other. A folder without any
// gives an empty text.
func licenceText(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, e := range entries {
		if e.IsDir() || !isLicence(e.Name()) {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return "", err
		}
		texts = append(texts, clean(raw))
	}
	slices.Sort(texts)
	return strings.Join(slices.Compact(texts), "\n\n"), nil
}

// isLicence tells a licence or notice file by its name.
func isLicence(name string) bool {
	return regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|ofl|unlicense)([-._].*)?$`).MatchString(name) && filepath.Ext(name) != ".go"
}

// clean makes line ends and the fence of the page safe.
func clean(raw []byte) string {
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	return strings.TrimSpace(strings.ReplaceAll(text, "```", "'''"))
}
