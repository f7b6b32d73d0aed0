package browser

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
)

func TestPick(t *testing.T) {
	there := func(p string) bool { return p == "/usr/bin/chromium" || p == "/opt/mine/browser" }
	look := func(name string) (string, error) {
		if name == "uos-browser" {
			return "/somewhere/uos-browser", nil
		}
		return "", errors.New("not in PATH")
	}
	cases := []struct {
		name, choice string
		from         []string
		want         string
		code         listing.Code
	}{
		{"the choice first", "/opt/mine/browser", []string{"/usr/bin/chromium"}, "/opt/mine/browser", ""},
		{"a choice that is gone is not replaced silently", "/opt/gone", []string{"/usr/bin/chromium"}, "", listing.CodeMissingTool},
		{"the first there is", "", []string{"/usr/bin/edge", "/usr/bin/chromium"}, "/usr/bin/chromium", ""},
		{"a name in PATH", "", []string{"chrome", "uos-browser"}, "/somewhere/uos-browser", ""},
		{"none", "", []string{"/usr/bin/edge", "chrome"}, "", listing.CodeMissingTool},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := pick(c.choice, c.from, look, there)
			if got != c.want || listing.CodeOf(err) != c.code {
				t.Errorf("got %q, %v", got, err)
			}
			if err != nil && (listing.ExitCode(err) != 3 || listing.AsError(err).Hint == "") {
				t.Errorf("exit %d, hint %q", listing.ExitCode(err), listing.AsError(err).Hint)
			}
		})
	}
}

func TestCandidatesAreThere(t *testing.T) {
	if runtime.GOOS == "linux" && !slices.Contains(candidates(), "/usr/bin/chromium") {
		t.Error("chromium is not looked for")
	}
}

// TestPrintedOffline holds the promises of the arguments: own profile, no network, sandbox unless root.
func TestPrintedOffline(t *testing.T) {
	args := strings.Join(arguments("/tmp/x", "/tmp/x/第 1 页.html", "/tmp/x/page.pdf"), "\n")
	for _, want := range []string{"--user-data-dir=" + filepath.Join("/tmp/x", "profile"), "--host-resolver-rules=MAP * ~NOTFOUND",
		"--disable-background-networking", "--proxy-server=127.0.0.1:9", "file:///tmp/x/%E7%AC%AC%201%20%E9%A1%B5.html"} {
		if !strings.Contains(args, want) {
			t.Errorf("arguments lack %s", want)
		}
	}
	if root := os.Geteuid() == 0; strings.Contains(args, "--no-sandbox") != root {
		t.Errorf("root %v, but the sandbox does not follow", root)
	}
}

// pretend writes a program that does what the script says; $PDF is where it is to print.
func pretend(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		return ""
	}
	path := filepath.Join(t.TempDir(), "browser")
	text := "#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in --print-to-pdf=*) PDF=\"${a#--print-to-pdf=}\";; esac; done\n" + script + "\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPrintPDFOfAPretendedBrowser(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("the pretended browser is a shell script")
		return
	}
	cases := []struct {
		name, script string
		code         listing.Code
		want         string
	}{
		{"prints", `printf '%%PDF-1.4 new' > "$PDF"`, "", "%PDF-1.4 new"},
		{"ends without printing", `true`, listing.CodeMissingTool, "old"},
		{"fails", `echo broken >&2; exit 1`, listing.CodeMissingTool, "old"},
		{"prints something else", `printf 'no pdf' > "$PDF"`, listing.CodeMissingTool, "old"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			temp := t.TempDir()
			t.Setenv("TMPDIR", temp)
			out := filepath.Join(t.TempDir(), "报表.pdf")
			if err := os.WriteFile(out, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			err := PrintPDF(t.Context(), pretend(t, c.script), []byte("<p>页"), out)
			if listing.CodeOf(err) != c.code {
				t.Fatalf("got %v", err)
			}
			if got, _ := os.ReadFile(out); string(got) != c.want {
				t.Errorf("file holds %q, want %q", got, c.want)
			}
			for _, dir := range []string{temp, filepath.Dir(out)} {
				left, _ := filepath.Glob(filepath.Join(dir, "*print*"))
				if hidden, _ := filepath.Glob(filepath.Join(dir, ".print*")); len(left)+len(hidden) > 0 {
					t.Errorf("left behind: %v %v", left, hidden)
				}
			}
		})
	}
}

func TestPrintPDFStops(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("the pretended browser is a shell script")
		return
	}
	ctx, stop := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, stop)
	began := time.Now()
	err := PrintPDF(ctx, pretend(t, "sleep 60 & sleep 60"), []byte("<p>"), filepath.Join(t.TempDir(), "a.pdf"))
	if listing.CodeOf(err) != listing.CodeCanceled || time.Since(began) > 20*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
}

func TestPrintPDFMissing(t *testing.T) {
	err := PrintPDF(t.Context(), filepath.Join(t.TempDir(), "none"), nil, filepath.Join(t.TempDir(), "a.pdf"))
	if listing.CodeOf(err) != listing.CodeMissingTool {
		t.Errorf("got %v", err)
	}
	if path, err := Find(""); err == nil {
		err = PrintPDF(t.Context(), path, []byte("<p>"), filepath.Join(t.TempDir(), "no such folder", "a.pdf"))
		if listing.CodeOf(err) != listing.CodeUnwritable {
			t.Errorf("a folder that is not there: %v", err)
		}
	}
}

// TestPrintPDF prints with the browser of this machine, where there is one.
func TestPrintPDF(t *testing.T) {
	path, err := Find("")
	if err != nil {
		t.Logf("no browser on this machine: %v", err)
		return
	}
	out := filepath.Join(t.TempDir(), "一 页.pdf")
	page := `<!doctype html><meta charset="utf-8"><p>应用上架</p><img src="http://192.0.2.1/x.png">`
	if err := PrintPDF(t.Context(), path, []byte(page), out); err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	if info, err := os.Stat(out); err != nil || info.Size() < 3000 {
		t.Errorf("%v, %v", info, err)
	}
}
