package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What a program that was killed left of its browser goes with the next start; what belongs to one that runs, or was not
// made by the program, stays.
func TestSweep(t *testing.T) {
	gone := exec.Command(os.Args[0], "-test.run=^$")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, stays := range map[string]bool{
		fmt.Sprintf("sjt-%d-123", gone.Process.Pid): false,
		fmt.Sprintf("sjt-%d-123", os.Getpid()):      true,
		fmt.Sprintf("sjt-%d-123", os.Getppid()):     true,
		"sjt-notes-1":                               true,
		"sjt-":                                      true,
		"other":                                     true,
	} {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Join(at, "profile"), 0o700); err != nil {
			t.Fatal(err)
		}
		sweep(dir)
		if _, err := os.Stat(at); (err == nil) != stays {
			t.Errorf("%s stays: %v", name, err == nil)
		}
	}
}
