package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"shangjiatong/app/listing"
)

// The digests of the three bytes "abc", as published with the algorithms (FIPS 180-4, GB/T 32905).
const (
	abcSHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	abcSM3    = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
)

// RunBlobs puts a listing.Blobs through everything it promises. open returns a new, empty one.
func RunBlobs(t *testing.T, open func(t *testing.T) listing.Blobs) {
	t.Helper()
	for _, c := range []struct {
		name  string
		check func(*testing.T, listing.Blobs)
	}{
		{"a file comes back", blobComesBack},
		{"the same file is kept once", blobTwice},
		{"the limit holds", blobLimit},
		{"what is missing is not found", blobMissing},
		{"a failing source leaves nothing", blobFails},
		{"a done context leaves nothing", blobCanceled},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, open(t)) })
	}
}

func blobComesBack(t *testing.T, b listing.Blobs) {
	for _, data := range []string{"abc", "", strings.Repeat("示例", 100_000)} {
		got, err := b.Put(t.Context(), iotest.HalfReader(strings.NewReader(data)), 1<<20)
		if err != nil || got.Size != int64(len(data)) {
			t.Fatalf("Put: %+v, %v", got, err)
		}
		if data == "abc" && (got.SHA256 != abcSHA256 || got.SM3 != abcSM3) {
			t.Errorf("digests %+v", got)
		}
		if back := readBlob(t, b, got.SHA256); back != data {
			t.Errorf("%d bytes came back of %d", len(back), len(data))
		}
	}
}

func readBlob(t *testing.T, b listing.Blobs, sum string) string {
	t.Helper()
	f, err := b.Open(sum)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	whole, err := io.ReadAll(f)
	if err != nil {
		t.Error(err)
	}
	if at, err := f.Seek(1, io.SeekStart); err != nil || at != 1 {
		t.Errorf("Seek: %d, %v", at, err)
	}
	if rest, err := io.ReadAll(f); err != nil || (len(whole) > 0 && !bytes.Equal(rest, whole[1:])) {
		t.Errorf("after Seek: %d bytes, %v", len(rest), err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	return string(whole)
}

func blobTwice(t *testing.T, b listing.Blobs) {
	for range 2 {
		if got, err := b.Put(t.Context(), strings.NewReader("abc"), 3); err != nil || got.SHA256 != abcSHA256 {
			t.Fatalf("Put: %+v, %v", got, err)
		}
	}
	if readBlob(t, b, abcSHA256) != "abc" {
		t.Error("the second Put changed it")
	}
}

func blobLimit(t *testing.T, b listing.Blobs) {
	if _, err := b.Put(t.Context(), strings.NewReader("abc"), 2); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Errorf("got %v", err)
	}
	_, err := b.Open(abcSHA256)
	wantCode(t, err, listing.CodeNotFound)
}

func blobMissing(t *testing.T, b listing.Blobs) {
	for _, sum := range []string{"", "x", abcSHA256, strings.ToUpper(abcSHA256), "../" + abcSHA256[3:], strings.Repeat("/", 64)} {
		_, err := b.Open(sum)
		wantCode(t, err, listing.CodeNotFound)
	}
}

func blobFails(t *testing.T, b listing.Blobs) {
	from := io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(errors.New("unplugged")))
	_, err := b.Put(t.Context(), from, 100)
	wantCode(t, err, listing.CodeUnreadable)
	_, err = b.Open(abcSHA256)
	wantCode(t, err, listing.CodeNotFound)
}

func blobCanceled(t *testing.T, b listing.Blobs) {
	ctx, cancel := context.WithCancel(t.Context())
	from := io.MultiReader(strings.NewReader("abc"), readerFunc(func([]byte) (int, error) { cancel(); return 0, io.EOF }))
	_, err := b.Put(ctx, from, 100)
	wantCode(t, err, listing.CodeCanceled)
	_, err = b.Open(abcSHA256)
	wantCode(t, err, listing.CodeNotFound)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
