package capture

import (
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeHAR makes a HAR of about so many bytes, as a browser writes one: most of it are pages, scripts and pictures with
// their contents; every twentieth request is a report, every hundredth an upload.
func writeHAR(to io.Writer, size int64) error {
	r := rand.New(rand.NewSource(1)) // the same file each time
	var b bytes.Buffer
	b.WriteString(`{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"pages":[],"entries":[`)
	var done int64
	for i := 0; done < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		switch {
		case i%100 == 7:
			b.WriteString(harEntry(goodUpload(), pcClient, 200))
		case i%20 == 3:
			b.WriteString(harEntry(good([]string{"home", "list", "detail"}[i/20%3]).address(), pcClient, 200))
		default:
			e := harEntry(fmt.Sprintf("https://demo.example.com/static/chunk-%d.js?v=%d", i, i), pcClient, 200)
			body := strings.Repeat(`function a(b){return b.map(function(c){return \"<div class=\\\"x\\\">\"+c+\"</div>\\n\"})};`, 1+r.Intn(400))
			b.WriteString(strings.Replace(e, `"R0lGODlh\"\\"`, `"`+body+`"`, 1))
		}
		n, err := b.WriteTo(to)
		if done += n; err != nil {
			return err
		}
	}
	b.WriteString(`]}}`)
	_, err := b.WriteTo(to)
	return err
}

// benchHAR returns the path of a HAR of 100 MB, made once a run.
func benchHAR(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bench.har")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := writeHAR(f, 100<<20); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// A HAR of 100 MB, read and judged.
func BenchmarkHAR(b *testing.B) {
	path := benchHAR(b)
	f := facts(b)
	b.ReportAllocs()
	for b.Loop() {
		file, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		r, err := Check(b.Context(), Input{Facts: f, Params: params(), Pages: pageList(), Sources: []Source{{Name: "bench.har", Body: file}}})
		if err != nil || !r.Passed || len(r.Pages) != 3 {
			b.Fatal(err, brief(r))
		}
		b.SetBytes(r.Bytes)
		_ = file.Close()
	}
}

// 20,000 copied addresses.
func BenchmarkAddresses(b *testing.B) {
	var text strings.Builder
	for range 20000 {
		text.WriteString(good("home").address() + "\n")
	}
	f := facts(b)
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if _, err := Check(b.Context(), Input{Facts: f, Params: params(), Sources: source(text.String())}); err != nil {
			b.Fatal(err)
		}
	}
}
