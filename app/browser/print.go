package browser

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

// printTime is how long a browser may take to start and to print.
const printTime = 90 * time.Second

// PrintPDF lets the browser at browserPath print a self-contained HTML page to the file out, which is replaced when it
// is there and left as it is when printing fails. The page has to be one of ours, whose content security policy forbids
// scripts, such as document.Page writes. Beside the errors of the package there is CodeUnwritable when a file cannot be
// written.
func PrintPDF(ctx context.Context, browserPath string, html []byte, out string) error {
	dir, err := tempDir()
	if err != nil {
		return unwritable("临时文件夹", err)
	}
	defer removeSoon(dir)
	page, pdf := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	if err := os.WriteFile(page, html, 0o600); err != nil {
		return unwritable("临时文件夹", err)
	}
	if err := run(ctx, browserPath, arguments(dir, page, pdf)); err != nil {
		return err
	}
	body, err := os.ReadFile(pdf)
	if err != nil || !bytes.HasPrefix(body, []byte("%PDF-")) {
		return cannotPrint(browserPath, err)
	}
	return replace(out, body)
}

// arguments are those of trials on Edge and Chromium: nothing but the page is fetched, shown or kept.
func arguments(dir, page, pdf string) []string {
	args := []string{
		"--headless", "--disable-gpu", "--user-data-dir=" + filepath.Join(dir, "profile"),
		"--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-breakpad", "--disable-quic",
		"--disable-domain-reliability", "--metrics-recording-only", "--password-store=basic", "--use-mock-keychain",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
		"--no-pdf-header-footer", "--print-to-pdf-no-header", "--print-to-pdf=" + pdf,
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	return append(args, fileURL(page))
}

func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// run waits for the browser to end; it and what it started are ended when the time is up.
func run(ctx context.Context, browserPath string, args []string) error {
	timed, stop := context.WithTimeout(ctx, printTime)
	defer stop()
	cmd := exec.CommandContext(timed, browserPath, args...)
	cmd.WaitDelay = 5 * time.Second
	endTogether(cmd, false)
	said := &tail{}
	cmd.Stderr = said
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return listing.Fail(listing.CodeCanceled, "已停止打印", "").Because(ctx.Err())
	case errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission):
		return listing.Failf(listing.CodeMissingTool, missingHint, "浏览器打不开：%s", browserPath).Because(err)
	case err != nil:
		return cannotPrint(browserPath, fmt.Errorf("%w: %s", err, said))
	}
	return nil
}

func cannotPrint(browserPath string, cause error) error {
	return listing.Failf(listing.CodeMissingTool, missingHint, "浏览器没有打印出 PDF：%s", browserPath).Because(cause)
}

func unwritable(place string, cause error) error {
	return listing.Failf(listing.CodeUnwritable, "请检查磁盘空间和写入权限，然后重试", "写不进%s", place).Because(cause)
}

// replace writes body beside out and puts it in its place at once.
func replace(out string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(out), ".printing-*")
	if err != nil {
		return unwritable("“"+filepath.Dir(out)+"”", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(body)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), out)
	}
	if err != nil {
		return unwritable("“"+out+"”", err)
	}
	return nil
}

// removeSoon removes the profile; on Windows the browser lets go of its files a moment after it has ended.
func removeSoon(dir string) {
	for range 20 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// tail keeps the last of what a browser says, for the log.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	t.kept = t.kept[max(len(t.kept)-2000, 0):]
	return len(p), nil
}

func (t *tail) String() string { return strings.TrimSpace(string(t.kept)) }
