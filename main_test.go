package main

import (
	"os/exec"
	"strings"
	"testing"
)

// A build without the window must start where no webview is installed, so it may not link Wails at all.
func TestBrowserBuildLinksNoWails(t *testing.T) {
	for _, tags := range []string{"browser", "browser,desktop,production", ""} {
		out, err := exec.Command("go", "list", "-deps", "-tags", tags, ".").Output()
		if err != nil {
			t.Fatal(err)
		}
		deps := string(out)
		if !strings.Contains(deps, "shangjiatong/app\n") {
			t.Fatalf("tags %q: the list of dependencies is not ours:\n%s", tags, deps)
		}
		if strings.Contains(deps, "wails") {
			t.Errorf("tags %q: Wails is linked", tags)
		}
	}
}

func TestWindowBuildLinksWails(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-tags", "desktop,production", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "github.com/wailsapp/wails/v2\n") {
		t.Error("the window is missing")
	}
}
