package disk_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/store/disk"
	"shangjiatong/store/disk/disktest"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestWriteFailsWholeAtEveryStep(t *testing.T) {
	for step := 1; ; step++ {
		dir := t.TempDir()
		name := filepath.Join(dir, "file")
		if err := disk.Write(t.Context(), disk.OS(), name, text("old")); err != nil {
			t.Fatal(err)
		}
		faulty := &disktest.Faulty{FS: disk.OS(), FailAt: step}
		err := disk.Write(t.Context(), faulty, name, text("new"))
		got, readErr := os.ReadFile(name)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if faulty.Failed() == "" {
			if err != nil || string(got) != "new" || step < 5 {
				t.Errorf("after %d steps: %q, %v", step, got, err)
			}
			return
		}
		if !disk.Full(err) {
			t.Errorf("%s: error %v", faulty.Failed(), err)
		}
		renamed := strings.HasPrefix(faulty.Failed(), "syncdir")
		if want := map[bool]string{false: "old", true: "new"}[renamed]; string(got) != want {
			t.Errorf("%s: content %q, want %q", faulty.Failed(), got, want)
		}
		if left := names(t, dir); len(left) != 1 {
			t.Errorf("%s: left %v", faulty.Failed(), left)
		}
	}
}

func TestWriteStopsWithItsContext(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	err := disk.Write(ctx, disk.OS(), filepath.Join(dir, "file"), func(w io.Writer) error {
		cancel()
		return text("new")(w)
	})
	if !errors.Is(err, context.Canceled) || len(names(t, dir)) != 0 {
		t.Errorf("left %v, %v", names(t, dir), err)
	}
}

func TestRenameNewNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	for _, name := range []string{a, b} {
		if err := disk.Write(t.Context(), disk.OS(), name, text(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := disk.OS().RenameNew(a, b); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over an existing file: %v", err)
	}
	if got, _ := os.ReadFile(b); string(got) != b {
		t.Errorf("b holds %q", got)
	}
	if err := disk.OS().RenameNew(a, filepath.Join(dir, "c")); err != nil || len(names(t, dir)) != 2 {
		t.Errorf("to a new name: %v, %v", names(t, dir), err)
	}
}

func TestSweepRemovesOnlyLeftovers(t *testing.T) {
	dir := t.TempDir()
	if _, err := disk.WriteTemp(t.Context(), disk.OS(), dir, "blob", text("half")); err != nil {
		t.Fatal(err)
	}
	if err := disk.Write(t.Context(), disk.OS(), filepath.Join(dir, "blob.db"), text("whole")); err != nil {
		t.Fatal(err)
	}
	if err := disk.Sweep(disk.OS(), dir); err != nil {
		t.Fatal(err)
	}
	if left := names(t, dir); len(left) != 1 || left[0] != "blob.db" {
		t.Errorf("left %v", left)
	}
	if err := disk.Sweep(disk.OS(), filepath.Join(dir, "none")); err != nil {
		t.Error(err)
	}
}

func TestFree(t *testing.T) {
	if n, err := disk.OS().Free(t.TempDir()); err != nil || n == 0 {
		t.Errorf("%d bytes free, %v", n, err)
	}
}
