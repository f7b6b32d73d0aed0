//go:build smoke

package smoke

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// words must be readable in the window when the program is started for the first time.
var words = []string{"上架通"}

// report is what the page says about itself; see bind.SmokeReport.
type report struct{ Version, Title, Text, Error string }

// TestWindow starts the window build on a display of its own with empty folders. The page must answer a bound call,
// show words, and be painted: a white page fails each of the three.
func TestWindow(t *testing.T) {
	program := programPath(t)
	display := startDisplay(t)
	file := filepath.Join(t.TempDir(), "seen.json")
	done := startWindow(t, program, display, file)

	seen := awaitReport(t, file, done)
	picture := takePicture(t, display)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}

	if seen.Error != "" {
		t.Errorf("the bound call failed in the page: %s", seen.Error)
	}
	if want := versionOf(t, program); seen.Version != want {
		t.Errorf("System.Version answered %q, the command line says %q", seen.Version, want)
	}
	for _, word := range words {
		if !strings.Contains(seen.Text, word) {
			t.Errorf("the window does not show %q; it shows:\n%s", word, seen.Text)
		}
	}
	if n := colours(picture); n < 8 {
		t.Errorf("the picture of the window has %d colours: nothing was painted", n)
	}
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("the program ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the window did not close when it was told to")
	}
}

// programPath returns the window build. Looking at the file makes the test cache notice a new build.
func programPath(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../bin/shangjiatong")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("build the window first (make build): %v", err)
	}
	return path
}

// startDisplay starts Xvfb on the first free number and returns its name, such as ":7".
func startDisplay(t *testing.T) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb named no display: %v", err)
	}
	return ":" + strings.TrimSpace(number)
}

// startWindow starts the program with a home of its own and returns a channel that gets its end.
func startWindow(t *testing.T, program, display, file string) <-chan error {
	t.Helper()
	home := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	cmd := exec.CommandContext(ctx, "dbus-run-session", "--", program)
	cmd.Env = append(os.Environ(), "DISPLAY="+display, "WAYLAND_DISPLAY=", "HOME="+home, "XDG_CONFIG_HOME=", "XDG_DATA_HOME=",
		"XDG_CACHE_HOME=", "XDG_RUNTIME_DIR="+home, "SHANGJIATONG_SMOKE="+file, "LANG=C.UTF-8")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done, ended := make(chan error, 1), make(chan struct{})
	go func() { done <- cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		cancel()
		<-ended
		if t.Failed() {
			t.Logf("the program said:\n%s", output.String())
		}
	})
	return done
}

// awaitReport waits for the page's report, up to a minute, for as long as the program runs.
func awaitReport(t *testing.T, file string, done <-chan error) report {
	t.Helper()
	deadline := time.After(time.Minute)
	for {
		raw, err := os.ReadFile(file)
		if err == nil {
			var seen report
			if err := json.Unmarshal(raw, &seen); err != nil {
				t.Fatal(err)
			}
			return seen
		}
		if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		select {
		case err := <-done:
			t.Fatalf("the program ended before its page reported: %v", err)
		case <-deadline:
			t.Fatal("the page did not report within a minute")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// takePicture keeps a picture of the display in build/cache/window.png and returns it.
func takePicture(t *testing.T, display string) image.Image {
	t.Helper()
	path := filepath.Join("..", "cache", "window.png")
	if out, err := exec.Command("import", "-display", display, "-window", "root", path).CombinedOutput(); err != nil {
		t.Fatalf("picture: %v\n%s", err, out)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// colours counts the different colours of the picture.
func colours(picture image.Image) int {
	seen := map[[3]uint32]bool{}
	b := picture.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, bl}] = true
		}
	}
	return len(seen)
}

// versionOf returns what the command line of the same program says.
func versionOf(t *testing.T, program string) string {
	t.Helper()
	out, err := exec.Command(program, "version", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var v struct{ Version string }
	if err := json.Unmarshal(out, &v); err != nil {
		t.Fatal(err)
	}
	if v.Version == "" {
		t.Fatalf("no version in %s", out)
	}
	return v.Version
}
