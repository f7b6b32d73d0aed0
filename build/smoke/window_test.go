//go:build smoke

package smoke

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// words must be readable in the window: the program, its places, and the unit, which stands in the store only.
var words = []string{"上架通", "总览", "应用", "设置", Unit}

// TestWindow enters a unit, then starts the window build on a display of its own. The page must answer a bound call,
// show words, and be painted: a white page fails the last two, and a page without Go behind it the first two.
func TestWindow(t *testing.T) {
	program := programPath(t)
	display, err := StartDisplay()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(display.Stop)
	file := filepath.Join(t.TempDir(), "seen.json")
	ended := startWindow(t, display, program, file)

	seen := awaitReport(t, file, ended)
	picture := takePicture(t, display.Name)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}

	if seen.Error != "" {
		t.Errorf("the bound call failed in the page: %s", seen.Error)
	}
	if want := versionOf(t, program); seen.Version != want {
		t.Errorf("System.Info answered %q, the command line says %q", seen.Version, want)
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
	case err := <-ended:
		if err != nil {
			t.Errorf("the program ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("the window did not close when it was told to")
	}
}

// programPath returns the window build.
func programPath(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../bin/shangjiatong")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("build the window first (make window): %v", err)
	}
	return path
}

// startWindow starts the program and returns a channel that gets its end.
func startWindow(t *testing.T, display *Display, program, file string) <-chan error {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	home := t.TempDir()
	if err := Enter(program, home); err != nil {
		cancel()
		t.Fatal(err)
	}
	var output bytes.Buffer
	cmd, err := display.Start(ctx, program, home, file, &output)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	result, ended := make(chan error, 1), make(chan struct{})
	go func() { result <- cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		cancel()
		<-ended
		if t.Failed() {
			t.Logf("the program said:\n%s", output.String())
		}
	})
	return result
}

// awaitReport waits for the page's report, up to a minute, for as long as the program runs.
func awaitReport(t *testing.T, file string, ended <-chan error) Report {
	t.Helper()
	ctx, cancel := context.WithTimeoutCause(context.Background(), time.Minute, context.DeadlineExceeded)
	defer cancel()
	go func() {
		select {
		case err := <-ended:
			t.Errorf("the program ended before its page reported: %v", err)
			cancel()
		case <-ctx.Done():
		}
	}()
	seen, err := Await(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	return seen
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
