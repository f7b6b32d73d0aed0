package document_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

func zipOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for name, s := range files {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, s)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wellFormed reads every XML part of an office file to its end.
func wellFormed(t testing.TB, b []byte) {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range zr.File {
		if !slices.Contains([]string{".xml", ".rels"}, path.Ext(f.Name)) {
			continue
		}
		d := xml.NewDecoder(bytes.NewReader([]byte(partOf(t, b, f.Name))))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
}

func TestWriteZip(t *testing.T) {
	files := []document.ZipFile{
		document.BytesFile("01 表格/登记表.docx", []byte("abc")), document.BytesFile("b.txt", bytes.Repeat([]byte("x"), 300_000)), document.BytesFile("空.txt", nil),
	}
	var told []int64
	write := func() ([]byte, []document.Digest) {
		var b bytes.Buffer
		d, err := document.WriteZip(t.Context(), &b, files, func(done, total int64) { told = append(told, done, total) })
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes(), d
	}
	first, digests := write()
	if again, _ := write(); !bytes.Equal(first, again) {
		t.Error("bytes differ")
	}
	if told[len(told)-2] != 300_003 || told[len(told)-1] != 300_003 {
		t.Errorf("progress %v", told)
	}
	zr, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range zr.File {
		if f.Name != files[i].Name || f.NonUTF8 || f.Modified.UTC().Format(time.DateOnly) != "1980-01-01" {
			t.Errorf("%d: %+v", i, f.FileHeader)
		}
		if !digests[i].SameContent([]byte(partOf(t, first, f.Name))) {
			t.Errorf("digest of %s", f.Name)
		}
	}
	if zr.File[0].Method != zip.Store || zr.File[1].Method != zip.Deflate {
		t.Error("methods")
	}
	if zr.File[0].Flags&0x800 == 0 {
		t.Error("Chinese name not marked as UTF-8")
	}
}

func TestWriteZipErrors(t *testing.T) {
	ok := func(name string) document.ZipFile { return document.BytesFile(name, []byte("x")) }
	short := ok("a")
	short.Size = 2
	gone := document.ZipFile{Name: "a", Open: func() (io.ReadCloser, error) { return nil, fs.ErrNotExist }}
	broken := document.ZipFile{Name: "a", Size: -1, Open: func() (io.ReadCloser, error) { return io.NopCloser(iotest.ErrReader(io.ErrUnexpectedEOF)), nil }}
	cases := []struct {
		name  string
		files []document.ZipFile
		code  listing.Code
	}{
		{"up", []document.ZipFile{ok("../a")}, listing.CodeInvalid},
		{"absolute", []document.ZipFile{ok("/a")}, listing.CodeInvalid},
		{"device", []document.ZipFile{ok("x/con.txt")}, listing.CodeInvalid},
		{"backslash", []document.ZipFile{ok(`a\b`)}, listing.CodeInvalid},
		{"twice but for case", []document.ZipFile{ok("A.txt"), ok("a.TXT")}, listing.CodeInvalid},
		{"changed size", []document.ZipFile{short}, listing.CodeUnreadable},
		{"gone", []document.ZipFile{gone}, listing.CodeUnreadable},
		{"broken", []document.ZipFile{broken}, listing.CodeUnreadable},
	}
	for _, c := range cases {
		_, err := document.WriteZip(t.Context(), io.Discard, c.files, nil)
		if listing.CodeOf(err) != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	_, err := document.WriteZip(t.Context(), &fullDisk{room: 10}, []document.ZipFile{ok("a")}, nil)
	if listing.CodeOf(err) != listing.CodeUnwritable {
		t.Errorf("full disk: %v", err)
	}
}

// endless is a file that never ends; the zip stops it when the person cancels.
type endless struct{ after func() }

func (e endless) Read(p []byte) (int, error) {
	e.after()
	return len(p), nil
}

func TestWriteZipStopsWhenCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	file := document.ZipFile{Name: "a.zip", Size: -1, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(endless{func() {
			if n++; n == 5 {
				cancel()
			}
		}}), nil
	}}
	_, err := document.WriteZip(ctx, io.Discard, []document.ZipFile{file}, nil)
	if listing.CodeOf(err) != listing.CodeCanceled || n > 6 {
		t.Errorf("%v after %d reads", err, n)
	}
}

func TestZipWriterTakesTheManifestLast(t *testing.T) {
	var b bytes.Buffer
	z := document.NewZipWriter(&b, nil)
	d, err := z.Add(t.Context(), document.BytesFile("a.txt", []byte("abc")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Add(t.Context(), document.BytesFile("manifest.json", []byte(d.SM3))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if partOf(t, b.Bytes(), "manifest.json") != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Error("SM3 of abc, GB/T 32905 example 1")
	}
	if d.SHA256 != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" || d.Size != 3 {
		t.Error(d)
	}
	if r, err := document.DigestReader(strings.NewReader("abc")); err != nil || r != d {
		t.Error(r, err)
	}
	if _, err := document.DigestReader(iotest.ErrReader(io.ErrUnexpectedEOF)); err == nil {
		t.Error("error of the reader lost")
	}
	if d.SameContent([]byte("abd")) || d.SameContent([]byte("abcd")) {
		t.Error("other content taken for the same")
	}
}

func TestSafeName(t *testing.T) {
	long := strings.Repeat("长", 200)
	cases := []struct{ in, want string }{
		{"登记表.docx", "登记表.docx"}, {"", "_"}, {".", "_"}, {"..", "_"}, {"a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j"},
		{"CON", "_CON"}, {"con.txt", "_con.txt"}, {"LPT9.a.b", "_LPT9.a.b"}, {"com¹", "_com¹"}, {"com10", "com10"}, {"nul .txt", "_nul .txt"},
		{"名称. . ", "名称"}, {"  a", "a"}, {"a\x00b\nc", "a_b c"}, {"a\u202eb", "a_b"}, {"全\u3000角", "全 角"}, {"\xff", "_"},
		{long + ".docx", strings.Repeat("长", 75) + ".docx"}, {".hidden", ".hidden"},
	}
	for _, c := range cases {
		if got := document.SafeName(c.in); got != c.want {
			t.Errorf("SafeName(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a", "CON.", strings.Repeat("x", 300) + ". .txt", "a." + strings.Repeat("b", 300), "..  .", "\u200b", "aux .x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := document.SafeName(s)
		if got == "" || got != document.SafeName(got) || len(got) > 255 || strings.ContainsAny(got, "\\/:*?\"<>|\x00\n") ||
			strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || !utf8.ValidString(got) {
			t.Errorf("%q gives %q gives %q", s, got, document.SafeName(got))
		}
	})
}
