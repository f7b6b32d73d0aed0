package codepack

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// tree is a folder in memory whose files are opened when they are read.
type tree struct {
	files map[string]*entry
	dirs  map[string][]string // names in a folder
}

// entry is one file of a tree.
type entry struct {
	open func() (io.ReadCloser, error)
	info func() (fs.FileInfo, error)
}

func newTree() *tree {
	return &tree{files: map[string]*entry{}, dirs: map[string][]string{".": nil}}
}

func (t *tree) add(name string, e *entry) {
	t.files[name] = e
	for at := name; at != "."; at = path.Dir(at) {
		dir := path.Dir(at)
		if !slices.Contains(t.dirs[dir], path.Base(at)) {
			t.dirs[dir] = append(t.dirs[dir], path.Base(at))
		}
	}
}

// clashes reports whether a file of this name cannot be beside what is there: it is a folder, or lies inside a file.
func (t *tree) clashes(name string) bool {
	if _, folder := t.dirs[name]; folder {
		return true
	}
	for at := path.Dir(name); at != "."; at = path.Dir(at) {
		if t.files[at] != nil {
			return true
		}
	}
	return false
}

// Open implements fs.FS.
func (t *tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if e := t.files[name]; e != nil {
		body, err := e.open()
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &file{ReadCloser: body, e: e}, nil
	}
	if _, ok := t.dirs[name]; ok {
		return &folder{t: t, name: name}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadDir implements fs.ReadDirFS.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	names, ok := t.dirs[name]
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	names = slices.Sorted(slices.Values(names))
	out := make([]fs.DirEntry, 0, len(names))
	for _, n := range names {
		info, err := t.stat(path.Join(name, n))
		if err == nil {
			out = append(out, fs.FileInfoToDirEntry(info))
		}
	}
	return out, nil
}

func (t *tree) stat(name string) (fs.FileInfo, error) {
	if e := t.files[name]; e != nil {
		return e.info()
	}
	return dirInfo(path.Base(name)), nil
}

// file is an open file of a tree.
type file struct {
	io.ReadCloser
	e *entry
}

// Stat implements fs.File.
func (f *file) Stat() (fs.FileInfo, error) { return f.e.info() }

// folder is an open folder of a tree; rest is what has not been listed yet.
type folder struct {
	t      *tree
	name   string
	listed bool
	rest   []fs.DirEntry
}

// Stat implements fs.File.
func (d *folder) Stat() (fs.FileInfo, error) { return dirInfo(path.Base(d.name)), nil }

// Read implements fs.File.
func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a folder")}
}

// Close implements fs.File.
func (d *folder) Close() error { return nil }

// ReadDir implements fs.ReadDirFile.
func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if !d.listed {
		all, err := d.t.ReadDir(d.name)
		if err != nil {
			return nil, err
		}
		d.rest, d.listed = all, true
	}
	if n <= 0 {
		n = len(d.rest)
	} else if len(d.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.rest))
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out, nil
}

// dirInfo describes a folder.
type dirInfo string

func (d dirInfo) Name() string     { return string(d) }
func (dirInfo) Size() int64        { return 0 }
func (dirInfo) Mode() fs.FileMode  { return fs.ModeDir | 0o755 }
func (dirInfo) ModTime() time.Time { return time.Time{} }
func (dirInfo) IsDir() bool        { return true }
func (dirInfo) Sys() any           { return nil }

// zipTree takes the files of a zip; what cannot be taken is named.
func zipTree(zr *zip.Reader, limits Limits) (*tree, []Left) {
	t, left := newTree(), []Left{}
	folded := map[string]bool{}
	var total int64
	for i, f := range zr.File {
		name := entryName(f)
		if strings.HasSuffix(name, "/") {
			continue
		}
		if i >= limits.Entries {
			left = append(left, Left{name, fmt.Sprintf("压缩包里的文件超过 %d 个，从这里起", limits.Entries)})
			break
		}
		why := safeName(name, limits)
		switch {
		case why != "":
		case !f.Mode().IsRegular():
			why = "不是普通文件"
		case t.clashes(name):
			why = "既是文件又是文件夹"
		case folded[strings.ToLower(name)]:
			why = "与另一个文件只差大小写，或重名"
		case f.Flags&1 != 0:
			why = "加了密码"
		case int64(f.UncompressedSize64) > limits.FileBytes:
			why = fmt.Sprintf("超过 %d MB，太大", limits.FileBytes>>20)
		case total+int64(f.UncompressedSize64) > limits.TotalBytes:
			why = fmt.Sprintf("解开后总共超过 %d MB", limits.TotalBytes>>20)
		}
		if why != "" {
			left = append(left, Left{name, why})
			continue
		}
		folded[strings.ToLower(name)] = true
		total += int64(f.UncompressedSize64)
		t.add(name, &entry{open: func() (io.ReadCloser, error) { return unpack(f, limits) }, info: func() (fs.FileInfo, error) { return f.FileInfo(), nil }})
	}
	return t, left
}

// entryName decodes the name of an entry: old Chinese tools write GBK without saying so.
func entryName(f *zip.File) string {
	if !f.NonUTF8 || utf8.ValidString(f.Name) {
		return f.Name
	}
	if out, err := simplifiedchinese.GB18030.NewDecoder().String(f.Name); err == nil {
		return out
	}
	return strings.ToValidUTF8(f.Name, "_")
}

var errBomb = errors.New("the entry unpacks to more than it may")

// unpack opens an entry. Real bytes are counted, whatever the zip declares.
func unpack(f *zip.File, limits Limits) (io.ReadCloser, error) {
	body, err := f.Open()
	if err != nil {
		return nil, err
	}
	most := limits.FileBytes
	if byRatio := int64(f.CompressedSize64) * limits.Ratio; byRatio < most {
		most = max(byRatio, limits.RatioFrom)
	}
	return &counted{ReadCloser: body, left: most}, nil
}

type counted struct {
	io.ReadCloser
	left int64
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, errBomb
	}
	return n, err
}
