package app

import (
	"encoding/json"
	"os"
	"testing"
)

// The Windows resources are made from wails.json and must tell the version that the program tells.
func TestVersionIsTheOneOfTheWindowsResources(t *testing.T) {
	raw, err := os.ReadFile("../wails.json")
	if err != nil {
		t.Fatal(err)
	}
	var project struct {
		Info struct{ ProductVersion string }
	}
	if err := json.Unmarshal(raw, &project); err != nil {
		t.Fatal(err)
	}
	if project.Info.ProductVersion != Version {
		t.Errorf("wails.json says %q, the program %q", project.Info.ProductVersion, Version)
	}
}
