package codepack

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"shangjiatong/app/listing"
)

// Code is opened code. Close lets go of it.
type Code struct {
	fs.FS
	Name string // base name of what was opened
	Left []Left // what was left out
	zip  string // path of the zip, empty for a folder or a file
	end  func() error
}

// Left is an entry that was left out, with the reason in Chinese.
type Left struct{ Path, Why string }

// Close implements io.Closer.
func (c *Code) Close() error { return c.end() }

// Open opens a folder, a zip or a single file. Errors are *listing.Error: CodeInvalid when nothing is there, CodeUnreadable
// for a damaged zip, CodeTooLarge when no limit lets any of it in.
func Open(name string) (*Code, error) {
	limits, err := CurrentLimits()
	if err != nil {
		return nil, err
	}
	return openWithin(name, limits)
}

func openWithin(name string, limits Limits) (*Code, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, listing.Failf(listing.CodeInvalid, "请检查路径和权限", "打不开“%s”", name).Because(err)
	}
	switch {
	case info.IsDir():
		return openFolder(name)
	case !info.Mode().IsRegular():
		return nil, listing.Failf(listing.CodeInvalid, "请选择文件夹、压缩包或代码文件", "“%s”不是普通文件", name)
	case isZip(name):
		return openZip(name, info.Size(), limits)
	}
	return openFile(name)
}

// openFolder opens a folder so that no link leads out of it.
func openFolder(name string) (*Code, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, listing.Failf(listing.CodeUnreadable, "请检查文件夹的权限", "打不开文件夹“%s”", name).Because(err)
	}
	return &Code{FS: root.FS(), Name: filepath.Base(filepath.Clean(name)), end: root.Close}, nil
}

// openFile opens one file as a folder that holds it alone.
func openFile(name string) (*Code, error) {
	base := filepath.Base(name)
	t := newTree()
	t.add(base, &entry{open: func() (io.ReadCloser, error) { return os.Open(name) }, info: func() (fs.FileInfo, error) { return os.Stat(name) }})
	return &Code{FS: t, Name: base, end: func() error { return nil }}, nil
}

// isZip tells a zip by its first bytes, not by its name.
func isZip(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	var sign [4]byte
	_, err = io.ReadFull(f, sign[:])
	return err == nil && (string(sign[:]) == "PK\x03\x04" || string(sign[:]) == "PK\x05\x06")
}

func openZip(name string, size int64, limits Limits) (*Code, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, listing.Failf(listing.CodeUnreadable, "请检查文件的权限", "打不开压缩包“%s”", name).Because(err)
	}
	zr, err := zip.NewReader(f, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		_ = f.Close()
		return nil, listing.Failf(listing.CodeUnreadable, "请重新压缩或重新下载后再试", "压缩包“%s”已损坏或不完整", filepath.Base(name)).Because(err)
	}
	c := &Code{Name: filepath.Base(name), zip: name, end: f.Close}
	c.FS, c.Left = zipTree(zr, limits)
	return c, nil
}

// Digest tells two states of the code apart: of a zip its SHA-256, of a folder one over the names and contents of its
// files, without node_modules and .git and without empty files, which a browser does not hand over. It is lower-case hex.
func (c *Code) Digest(ctx context.Context) (string, error) {
	sum := sha256.New()
	if c.zip != "" {
		f, err := os.Open(c.zip)
		if err != nil {
			return "", listing.Failf(listing.CodeUnreadable, "请确认文件还在", "读不了“%s”", c.Name).Because(err)
		}
		defer func() { _ = f.Close() }()
		if _, err := io.Copy(sum, f); err != nil {
			return "", listing.Failf(listing.CodeUnreadable, "请确认文件完整", "读不了“%s”", c.Name).Because(err)
		}
		return hex.EncodeToString(sum.Sum(nil)), nil
	}
	err := fs.WalkDir(c.FS, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return listing.Fail(listing.CodeCanceled, "已取消检查", "需要时请重新开始").Because(ctx.Err())
		case err != nil:
			return nil //nolint:nilerr // what cannot be read is no part of the state
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		return c.digestFile(name, sum)
	})
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (c *Code) digestFile(name string, into io.Writer) error {
	f, failed := c.Open(name)
	if failed != nil {
		return nil // what cannot be read is no part of the state
	}
	defer func() { _ = f.Close() }()
	one := sha256.New()
	n, _ := io.Copy(one, f)
	if n == 0 { // an upload cannot be empty, so that an empty file is no part of the state
		return nil
	}
	_, err := fmt.Fprintf(into, "%s\x00%d\x00%x\n", name, n, one.Sum(nil))
	return err
}

// safeName judges the name of a zip entry; why is empty for one that can be used.
func safeName(name string, limits Limits) (why string) {
	parts := strings.Split(strings.TrimSuffix(name, "/"), "/")
	switch {
	case name == "" || strings.HasPrefix(name, "/") || strings.Contains(name, `\`):
		return "路径写法不安全（反斜杠或以 / 开头）"
	case len(name) > 1 && name[1] == ':':
		return "路径带盘符"
	case len(parts) > limits.Depth:
		return fmt.Sprintf("文件夹超过 %d 层", limits.Depth)
	case !fs.ValidPath(path.Clean(name)) || path.Clean(name) != strings.TrimSuffix(name, "/"):
		return "路径指向压缩包外面"
	}
	for _, p := range parts {
		if strings.HasSuffix(p, ".") || strings.HasSuffix(p, " ") || strings.ContainsAny(p, "\x00:*?\"<>|") || deviceName(p) {
			return "文件名在 Windows 上不能用"
		}
	}
	return ""
}

// deviceName reports whether Windows takes a name for a device.
func deviceName(part string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(part), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}
