package capture

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// Source is one capture: a file, or text that was pasted.
type Source struct {
	Name string
	Body io.Reader
}

// Input is what a check needs. Empty Params and Pages are compared with nothing, which the result says.
type Input struct {
	Facts   tracking.Facts
	Params  tracking.Params
	Pages   []listing.Page
	Sources []Source
}

// Check reads the sources, whatever their form, and judges what they hold. What cannot be read is named in the result,
// and does not stop the rest. The error is a *listing.Error with code canceled when ctx ends, or a fault of the program.
func Check(ctx context.Context, in Input) (tracking.Result, error) {
	j, err := NewJudge(in.Facts, in.Params, in.Pages)
	if err != nil {
		return tracking.Result{}, err
	}
	var names []string
	var bytes int64
	for _, s := range in.Sources {
		n, err := j.read(ctx, s)
		if ctx.Err() != nil {
			return tracking.Result{}, listing.Fail(listing.CodeCanceled, "已取消，没有检查完", "需要时请重新检查").Because(errors.Join(ctx.Err(), err))
		}
		bytes += n
		names = append(names, s.Name)
	}
	r := j.Result()
	r.Target, r.Files, r.Bytes = strings.Join(names, "、"), len(in.Sources), bytes
	return r, nil
}

// counter counts what is read, and ends the reading with the context.
type counter struct {
	ctx context.Context
	r   io.Reader
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// bufferSize is how much of a source is in memory at a time, in bytes.
const bufferSize = 256 << 10

// read reads one source and returns its size.
func (j *Judge) read(ctx context.Context, s Source) (int64, error) {
	from := &counter{ctx: ctx, r: s.Body}
	before := j.views + j.uploads + j.surplus + len(j.events)
	var err error
	var long int
	r := decoded(from)
	show := func(e entry) error { return j.take(e, s.Name) }
	if looksLikeHAR(r) {
		err = readHAR(r, j.Limits, show)
	} else {
		long, err = j.readText(r, show)
	}
	j.fault(s.Name, err, long)
	if err == nil && j.views+j.uploads+j.surplus+len(j.events) == before {
		j.about(sourceEmpty, s.Name, tracking.Words{})
	}
	return from.n, err
}

// fault says what stood in the way of reading a source.
func (j *Judge) fault(name string, err error, long int) {
	var b *broken
	switch {
	case errors.Is(err, errNoEntries):
		j.about(sourceFormat, name, tracking.Words{})
	case errors.As(err, &b):
		j.about(sourceBroken, name, tracking.Words{Place: fmt.Sprintf("第 %d 字节处", b.at), Other: fmt.Sprint(b.after)})
	case err != nil:
		j.about(sourceUnreadable, name, tracking.Words{})
	}
	if long > 0 {
		j.about(sourceLong, name, tracking.Words{Want: fmt.Sprint(j.Limits.LineBytes), Other: fmt.Sprint(long)})
	}
}

// decoded reads UTF-8, or UTF-16 with its mark as PowerShell writes it.
func decoded(from io.Reader) *bufio.Reader {
	r := bufio.NewReaderSize(from, bufferSize)
	mark, _ := r.Peek(3) // fewer bytes are no mark
	if bytes.HasPrefix(mark, []byte{0xFF, 0xFE}) || bytes.HasPrefix(mark, []byte{0xFE, 0xFF}) {
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		return bufio.NewReaderSize(transform.NewReader(r, utf16.NewDecoder()), bufferSize)
	}
	if bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = r.Discard(len(mark)) // peeked at already
	}
	return r
}

// looksLikeHAR tells a HAR by its beginning: JSON with an object named log.
func looksLikeHAR(r *bufio.Reader) bool {
	start, _ := r.Peek(4096) // a short source is all there
	return harStart().Match(start)
}

var harStart = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*\{(?s:.*)"log"\s*:\s*\{`) })

// take judges an entry of a source.
func (j *Judge) take(e entry, source string) error {
	if e.method == "OPTIONS" { // the browser's own question before an upload
		return nil
	}
	r := j.recognise(e, source, j.facts)
	switch {
	case r.view != nil:
		j.View(*r.view)
	case r.upload != nil && r.upload.unreadable:
		j.unreadable(r.upload.Seen)
	case r.upload != nil:
		j.Upload(r.upload.Upload, r.upload.Seen)
	}
	return nil
}
