package bind

import (
	"encoding/json"
	"fmt"
	"os"
)

// SmokeReport is what one smoke run saw in the window.
type SmokeReport struct {
	Version string `json:"version"` // the version in the answer of the bound call System.Info
	Title   string `json:"title"`   // document.title
	Text    string `json:"text"`    // the text a person can read in the window
	Error   string `json:"error"`   // what went wrong in the page, if anything did
	Shown   int64  `json:"shown"`   // when there was text and no sign of waiting, in milliseconds since 1970
}

// Smoke lets a test look into the real window, which no web driver can do here. When it is given a file, the page
// is read once it shows text, a SmokeReport is written to that file, and the window closes when the test has removed
// the file again; in between the test can take a picture. Without a file it does nothing.
type Smoke struct{ file string }

// SmokeFromEnvironment returns the Smoke asked for by the variable SHANGJIATONG_SMOKE, which names the report's file.
func SmokeFromEnvironment() *Smoke { return &Smoke{file: os.Getenv("SHANGJIATONG_SMOKE")} }

// Report takes what the page saw. It is called by the page; outside a smoke run it does nothing.
func (s *Smoke) Report(seen SmokeReport) error {
	if s.file == "" {
		return nil
	}
	raw, err := json.MarshalIndent(seen, "", "  ")
	if err != nil {
		return fmt.Errorf("smoke report: %w", err)
	}
	if err := os.WriteFile(s.file+".part", raw, 0o600); err != nil {
		return fmt.Errorf("smoke report: %w", err)
	}
	return os.Rename(s.file+".part", s.file)
}

// Waiting tells whether the report still lies where it was written, that is, whether the window must stay open.
func (s *Smoke) Waiting() bool {
	if s.file == "" {
		return false
	}
	_, err := os.Stat(s.file)
	return err == nil
}
