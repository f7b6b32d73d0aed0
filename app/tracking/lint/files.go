package lint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// inventory is what was found in the code.
type inventory struct {
	fsys    fs.FS
	limits  tracking.Code
	files   int
	bytes   int64
	kinds   map[string]kind
	paths   []string // of the files that matter, sorted
	texts   map[string]*source
	left    []leftOut // what was not read, and why
	stopped bool
}

// leftOut is a file that could not be judged.
type leftOut struct {
	path, why string
}

// kind is what a file is to the check.
type kind uint8

const (
	other kind = iota
	htmlFile
	scriptFile
	typedFile
	tsxFile
	vueFile
	envFile
	dataFile // app.json, pages.json
)

// kindOf tells from its name what a file is.
func kindOf(name string) kind {
	base := strings.ToLower(path.Base(name))
	if strings.HasSuffix(base, ".d.ts") || strings.HasSuffix(base, ".map") || testName(base) {
		return other
	}
	if base == ".env" || strings.HasPrefix(base, ".env.prod") {
		return envFile
	}
	switch path.Ext(base) {
	case ".html", ".htm", ".xhtml":
		return htmlFile
	case ".js", ".mjs", ".cjs", ".jsx":
		return scriptFile
	case ".ts", ".mts", ".cts":
		return typedFile
	case ".tsx":
		return tsxFile
	case ".vue", ".nvue":
		return vueFile
	}
	if base == "app.json" || base == "pages.json" {
		return dataFile
	}
	return other
}

// testName reports whether a file is a test or the settings of a tool, which never reach a user.
func testName(base string) bool {
	for _, part := range []string{".spec.", ".test.", ".config.", ".conf.", ".stories."} {
		if strings.Contains(base, part) {
			return true
		}
	}
	return base == "gulpfile.js" || base == "gruntfile.js" || strings.HasPrefix(base, ".eslintrc") || base == "mock.js"
}

// skipFolder reports whether a folder holds nothing that reaches a user.
func skipFolder(name string) bool {
	switch strings.ToLower(name) {
	case "node_modules", ".git", ".svn", ".hg", ".idea", ".vscode", "__macosx", "__tests__", "coverage":
		return true
	}
	return false
}

// take lists the files of the code. What cannot be listed is named and the rest goes on.
func take(ctx context.Context, fsys fs.FS, limits tracking.Code) (*inventory, error) {
	inv := &inventory{fsys: fsys, limits: limits, kinds: map[string]kind{}, texts: map[string]*source{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return listing.Fail(listing.CodeCanceled, "已取消检查", "需要时请重新开始").Because(ctx.Err())
		case err != nil:
			inv.left = append(inv.left, leftOut{name, "打不开"})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if name != "." && skipFolder(d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		return inv.file(name, d)
	})
	slices.Sort(inv.paths)
	if errors.Is(err, errEnough) {
		inv.stopped, err = true, nil
	}
	return inv, err
}

var errEnough = errors.New("enough files")

func (inv *inventory) file(name string, d fs.DirEntry) error {
	if inv.files >= inv.limits.Files || inv.bytes > inv.limits.TotalBytes {
		return errEnough
	}
	inv.files++
	info, err := d.Info()
	switch k := kindOf(name); {
	case err != nil || !info.Mode().IsRegular():
		inv.left = append(inv.left, leftOut{name, "不是普通文件，或打不开"})
	case k == other:
		inv.bytes += info.Size()
	default:
		inv.bytes += info.Size()
		inv.kinds[name] = k
		inv.paths = append(inv.paths, name)
	}
	return nil
}

// of lists the files of some kinds.
func (inv *inventory) of(kinds ...kind) []string {
	var out []string
	for _, p := range inv.paths {
		if slices.Contains(kinds, inv.kinds[p]) {
			out = append(out, p)
		}
	}
	return out
}

func (inv *inventory) has(name string) bool { return inv.kinds[name] != other }

// raw reads a file within the limits, and names one that it cannot read.
func (inv *inventory) raw(name string) ([]byte, bool) {
	data, why := inv.rawQuiet(name)
	if why != "" {
		inv.leave(name, why)
	}
	return data, why == ""
}

// rawQuiet reads a file within the limits; why says what stood against it.
func (inv *inventory) rawQuiet(name string) (data []byte, why string) {
	f, err := inv.fsys.Open(name)
	if err != nil {
		return nil, "打不开"
	}
	defer func() { _ = f.Close() }()
	data, err = io.ReadAll(io.LimitReader(f, inv.limits.FileBytes+1))
	switch {
	case err != nil:
		return nil, "读到一半出错"
	case int64(len(data)) > inv.limits.FileBytes:
		return nil, fmt.Sprintf("超过 %d MB，太大", inv.limits.FileBytes>>20)
	}
	return data, ""
}

func (inv *inventory) leave(name, why string) {
	for _, l := range inv.left {
		if l.path == name {
			return
		}
	}
	inv.left = append(inv.left, leftOut{name, why})
}

// read returns a file as text, nil when it cannot be read.
func (inv *inventory) read(name string) *source {
	if s, known := inv.texts[name]; known {
		return s
	}
	var s *source
	if data, ok := inv.raw(name); ok {
		s = decode(name, data)
	}
	inv.texts[name] = s
	return s
}
