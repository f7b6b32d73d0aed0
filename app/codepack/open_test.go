package codepack

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"shangjiatong/app/listing"
)

func zipOf(t testing.TB, entries ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := zw.Create(e[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "包.zip")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestOpenZipIsAFolder(t *testing.T) {
	c, err := Open(zipOf(t, [2]string{"index.html", "<p>"}, [2]string{"js/a.js", "1"}, [2]string{"js/deep/b.js", "2"}))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := fstest.TestFS(c, "index.html", "js/a.js", "js/deep/b.js"); err != nil {
		t.Error(err)
	}
	if len(c.Left) > 0 {
		t.Errorf("left out: %v", c.Left)
	}
}

func TestOpenFolderAndFile(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret.js")
	for name, text := range map[string]string{filepath.Join(dir, "a.js"): "1", outside: "2"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link.js")); err != nil {
		t.Fatal(err)
	}
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := fs.ReadFile(c, "a.js"); err != nil || string(got) != "1" {
		t.Errorf("a.js: %q, %v", got, err)
	}
	if got, err := fs.ReadFile(c, "link.js"); err == nil {
		t.Errorf("a link led out of the folder: %q", got)
	}
	one, err := Open(filepath.Join(dir, "a.js"))
	if err != nil {
		t.Fatal(err)
	}
	if names, err := fs.ReadDir(one, "."); err != nil || len(names) != 1 || names[0].Name() != "a.js" {
		t.Errorf("one file: %v, %v", names, err)
	}
	for _, open := range []*Code{c, one} {
		if err := open.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestHostileEntries: what leads out or cannot be used is left out and named; the rest is there.
func TestHostileEntries(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("首页.html")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{
		"../up.js": "外面", "/root.js": "不安全", `a\b.js`: "不安全", "C:/x.js": "盘符", "con.js": "Windows", "dot./x.js": "Windows",
		"a/../../b.js": "外面", strings.Repeat("d/", 60) + "x.js": "层", "x:y.js": "盘符", "Index.html": "大小写",
	}
	entries := [][2]string{{"index.html", "fine"}, {gbk, "named in GBK"}}
	for name := range cases {
		entries = append(entries, [2]string{name, "bad"})
	}
	c, err := Open(zipOf(t, entries...))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	named := map[string]string{}
	for _, l := range c.Left {
		named[l.Path] = l.Why
	}
	for name, why := range cases {
		if !strings.Contains(named[name], why) {
			t.Errorf("%q: said %q, want something with %q", name, named[name], why)
		}
	}
	for _, name := range []string{"index.html", "首页.html"} {
		if _, err := fs.Stat(c, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestZipBomb(t *testing.T) {
	name := zipOf(t, [2]string{"bomb.js", strings.Repeat("0", 12<<20)}, [2]string{"index.html", "fine"})
	limits, err := CurrentLimits()
	if err != nil {
		t.Fatal(err)
	}
	c, err := openWithin(name, limits)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if got, err := fs.ReadFile(c, "bomb.js"); err == nil {
		t.Errorf("%d bytes were unpacked", len(got))
	}
	if _, err := fs.ReadFile(c, "index.html"); err != nil {
		t.Error(err)
	}
	limits.TotalBytes, limits.FileBytes = 1<<20, 1<<20
	small, err := openWithin(name, limits)
	if err != nil || len(small.Left) != 1 {
		t.Errorf("%v, left %v", err, small.Left)
	}
	_ = small.Close()
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	damaged := filepath.Join(dir, "坏.zip")
	if err := os.WriteFile(damaged, []byte("PK\x03\x04 and nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, code := range map[string]listing.Code{filepath.Join(dir, "none"): listing.CodeInvalid, damaged: listing.CodeUnreadable, "/dev/null": listing.CodeInvalid} {
		if _, err := Open(name); listing.CodeOf(err) != code || listing.AsError(err).Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDigest(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	digest := func() string {
		c, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		d, err := c.Digest(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	write("a.js", "1")
	first := digest()
	write("node_modules/x/index.js", "not counted")
	if digest() != first {
		t.Error("node_modules changed the digest")
	}
	write("a.js", "2")
	if digest() == first {
		t.Error("a change was not seen")
	}
}

func FuzzOpenZip(f *testing.F) {
	for _, name := range []string{zipOf(f, [2]string{"a.js", "1"}), zipOf(f, [2]string{"../a.js", "1"}, [2]string{"b/c.html", "<p>"})} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits, err := CurrentLimits()
		if err != nil {
			t.Fatal(err)
		}
		zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		tree, _ := zipTree(zr, limits)
		_ = fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || !fs.ValidPath(name) || strings.Contains(name, `\`) {
				t.Errorf("%q, %v", name, err)
			}
			if d != nil && !d.IsDir() {
				_, _ = fs.ReadFile(tree, name)
			}
			return nil
		})
	})
}
