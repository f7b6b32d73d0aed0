//go:build rooms

package rooms

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	root   = "../.."
	linter = root + "/build/cache/bin/golangci-lint"
)

// imports are what a package must and must not import.
var imports = []struct {
	in, imports string
	allowed     bool
}{
	{"app/listing", "shangjiatong/store", false},
	{"app/listing", "shangjiatong/app/forms", false},
	{"app/forms", "shangjiatong/app/listing", true},
	{"app/forms", "shangjiatong/app/workday", false},
	{"app/forms", "os", false},
	{"app/procedure", "shangjiatong/app/workday", true},
	{"app/procedure", "shangjiatong/app/precheck", false},
	{"app/tracking", "net/http", false},
	{"app/tracking", "net/url", true},
	{"app/document", "github.com/xuri/excelize/v2", true},
	{"app/document", "go.etcd.io/bbolt", false},
	{"app/material", "shangjiatong/app/document", true},
	{"app/material", "github.com/xuri/excelize/v2", false},
	{"app/material", "shangjiatong/app/service", false},
	{"store", "go.etcd.io/bbolt", true},
	{"store", "shangjiatong/store/record", true},
	{"store/record", "shangjiatong/store/journal", true},
	{"store", "shangjiatong/app/vault", false},
	{"app/service", "shangjiatong/store", true},
	{"app/service", "shangjiatong/app/web", false},
	{"app/service", "github.com/wailsapp/wails/v2/pkg/runtime", false},
	{"app/cli", "shangjiatong/app/service", true},
	{"app/cli", "shangjiatong/app/web", false},
	{"app/web", "github.com/wailsapp/wails/v2/pkg/runtime", false},
	{"app/bind", "github.com/wailsapp/wails/v2/pkg/runtime", true},
	{"app", "shangjiatong/app/cli", true},
}

// TestRooms writes a module of the project's shape whose every file holds one import, and compares what the linter
// says with what the table says. Each room that exists is also made to import the wiring, which none may, so that a
// room without a rule is noticed.
func TestRooms(t *testing.T) {
	module := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", ".golangci.yml"} {
		copyFile(t, filepath.Join(root, name), filepath.Join(module, name))
	}
	want := map[string]bool{}
	add := func(in, imported string, allowed bool) {
		file := filepath.Join(in, fmt.Sprintf("import%d", len(want)))
		name := filepath.Base(in)
		write(t, filepath.Join(module, in, "doc.go"), "package "+name+"\n")
		if own, ok := strings.CutPrefix(imported, "shangjiatong/"); ok {
			// An outside test may close a circle of imports, which would keep the linter from looking at all.
			file, name = file+"_test", name+"_test"
			write(t, filepath.Join(module, own, "doc.go"), "package "+filepath.Base(own)+"\n")
		}
		write(t, filepath.Join(module, file+".go"), fmt.Sprintf("package %s\n\nimport _ %q\n", name, imported))
		want[file+".go"] = allowed
	}
	for _, i := range imports {
		add(i.in, i.imports, i.allowed)
	}
	for _, room := range rooms(t) {
		add(room, "shangjiatong/app", false)
	}

	reported := lint(t, module)
	for file, allowed := range want {
		if slices.Contains(reported, file) == allowed {
			raw, _ := os.ReadFile(filepath.Join(module, file))
			t.Errorf("%s: allowed should be %v, the linter says otherwise:\n%s", file, allowed, raw)
		}
	}
}

// rooms lists the rooms that exist today.
func rooms(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(root, "app"))
	if err != nil {
		t.Fatal(err)
	}
	found := []string{"store"}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "testdata" {
			found = append(found, filepath.Join("app", e.Name()))
		}
	}
	if len(found) < 5 {
		t.Fatalf("only %v found", found)
	}
	return found
}

// lint returns the files in which depguard found a forbidden import.
func lint(t *testing.T, module string) []string {
	t.Helper()
	program, err := filepath.Abs(linter)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "run", "--enable-only", "depguard", "--output.json.path", "stdout", "--show-stats=false", "./...")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) && len(out) == 0 {
		t.Fatalf("the linter did not run: %v\n%s", err, failed.Stderr)
	} else if err != nil && failed == nil {
		t.Fatalf("the linter did not run (make lint builds it): %v", err)
	}
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct{ Filename string }
		}
	}
	if err := json.NewDecoder(strings.NewReader(string(out))).Decode(&report); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	var files []string
	for _, issue := range report.Issues {
		if issue.FromLinter != "depguard" {
			t.Fatalf("%s: %s (%s)", issue.Pos.Filename, issue.Text, issue.FromLinter)
		}
		files = append(files, filepath.FromSlash(issue.Pos.Filename))
	}
	return files
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, string(raw))
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
