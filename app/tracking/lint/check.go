package lint

import (
	"context"
	"io/fs"
	"slices"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/trace"
)

// Input is what a check of code needs. Code is a folder or an opened zip; Pages may be empty, Params may have empty
// values: what they are needed for is then left open.
type Input struct {
	Facts  tracking.Facts
	Params tracking.Params
	Pages  []listing.Page
	Code   fs.FS
	Target string // what Code is, as the person named it
	Left   []Left // what was left out before, when the code was opened
	// Progress is told how many of the scripts have been looked at; nil for nobody.
	Progress func(done, total int)
}

// Left is a file that could not be taken, with the reason in Chinese.
type Left struct{ Path, Why string }

// Check reads the code and judges it. Errors are *listing.Error: CodeCanceled, and CodeUnreadable when there is nothing to
// look at; what is wrong with the code is in the result.
func Check(ctx context.Context, in Input) (tracking.Result, error) {
	book, err := sentences()
	if err != nil {
		return tracking.Result{}, err
	}
	inv, err := take(ctx, in.Code, in.Facts.Code)
	if err != nil {
		return tracking.Result{}, err
	}
	if inv.files == 0 && len(in.Left) == 0 {
		return tracking.Result{}, listing.Fail(listing.CodeUnreadable, "这里面一个文件也没有", "请选择应用的代码文件夹，或代码压缩包")
	}
	for _, l := range in.Left {
		inv.leave(l.Path, l.Why)
	}
	lib := newLibrary(inv)
	c := &check{Input: in, book: book, lib: lib, seen: map[seenKey]bool{}, files: map[string]*source{}}
	c.units = lib.units()
	agents := in.Facts.Code.Agents
	byDevice := map[device]string{android: agents.Android, iphone: agents.IOS, desktop: agents.Other}
	done := map[string]map[device]*trace.Trace{}
	for _, u := range c.units {
		if ctx.Err() != nil {
			return tracking.Result{}, listing.Fail(listing.CodeCanceled, "已取消检查", "需要时请重新开始").Because(ctx.Err())
		}
		lib.follow(u, byDevice, done)
	}
	if err := c.scan(ctx); err != nil {
		return tracking.Result{}, err
	}
	c.judge()
	return c.result(), nil
}

// check collects the findings of one run.
type check struct {
	Input
	book  tracking.Book
	lib   *library
	units []*unit
	found []listing.Finding
	seen  map[seenKey]bool
	files map[string]*source // of places, read again when they were not kept
	rows  []tracking.PageResult
}

// seenKey tells findings apart: one place is told once for each thing.
type seenKey struct {
	key, file    string
	line, column int
}

// spot is a place in a file.
type spot struct {
	file   string
	offset int
}

// at carries a place in a script back to its file.
func at(m trace.Mark) spot {
	if m.IsZero() {
		return spot{}
	}
	return spot{m.Script.File, m.Script.Origin(m.Offset)}
}

// say adds a finding at a place. A place without an offset is the file as a whole.
func (c *check) say(key string, where spot, w tracking.Words) bool {
	f := c.book.Finding(key, w)
	f.File = where.file
	if src := c.source(where.file); src != nil && where.offset >= 0 {
		f.Line, f.Column = src.place(where.offset)
		f.Excerpt, f.Mark = src.excerpt(where.offset)
	}
	id := seenKey{key, f.File, f.Line, f.Column}
	if c.seen[id] {
		return false
	}
	c.seen[id] = true
	c.found = append(c.found, f)
	return true
}

// whole is a file as a whole.
func whole(file string) spot { return spot{file, -1} }

func (c *check) source(file string) *source {
	if file == "" {
		return nil
	}
	if s := c.lib.texts[file]; s != nil {
		return s
	}
	if s, known := c.files[file]; known {
		return s
	}
	var s *source
	if data, ok := c.lib.raw(file); ok {
		s = decode(file, data)
	}
	c.files[file] = s
	return s
}

// result puts the findings into order: by level, then by file and place.
func (c *check) result() tracking.Result {
	c.found = slices.DeleteFunc(c.found, func(f listing.Finding) bool { // told as a page_url
		return f.Rule == "RULE-15" && c.seen[seenKey{"page_url.local", f.File, f.Line, f.Column}]
	})
	rank := map[listing.Level]int{listing.LevelError: 0, listing.LevelWarning: 1, listing.LevelInfo: 2}
	slices.SortStableFunc(c.found, func(a, b listing.Finding) int {
		if d := rank[a.Level] - rank[b.Level]; d != 0 {
			return d
		}
		if a.File != b.File {
			if a.File < b.File {
				return -1
			}
			return 1
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	r := tracking.Result{
		Kind: tracking.CheckCode, Target: c.Target, Files: c.lib.files, Bytes: c.lib.bytes,
		Pages: c.rows, Findings: c.found, FactsVersion: c.Facts.Version,
	}
	r.Judge()
	return r
}
