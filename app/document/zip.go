package document

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

// ZipFile is a file to be put into a zip.
type ZipFile struct {
	Name string // path with forward slashes; each part must be a SafeName
	Size int64  // exact number of bytes Open delivers; -1 when not known beforehand
	Open func() (io.ReadCloser, error)
}

// ZipWriter streams files into a zip, one after the other, in constant memory. Times are fixed and names marked as UTF-8.
type ZipWriter struct {
	zw    *zip.Writer
	seen  map[string]string
	buf   []byte
	onAdd func(written int64)
}

// NewZipWriter returns a ZipWriter on w; progress, which may be nil, is told after every block how many bytes it had.
func NewZipWriter(w io.Writer, progress func(bytes int64)) *ZipWriter {
	zw := zip.NewWriter(w)
	return &ZipWriter{zw: zw, seen: map[string]string{}, buf: make([]byte, 128<<10), onAdd: progress}
}

// Add copies one file into the zip and returns its digest, so that a manifest can be written as the last file.
// Errors: CodeInvalid for a name that is unsafe or there twice, CodeCanceled, CodeUnreadable when the file cannot be opened, fails while being read or has not
// the size it said, CodeUnwritable when the zip cannot be written. After an error the zip is unusable.
func (z *ZipWriter) Add(ctx context.Context, f ZipFile) (Digest, error) {
	if err := z.claim(f.Name); err != nil {
		return Digest{}, err
	}
	if err := canceled(ctx); err != nil {
		return Digest{}, err
	}
	r, err := f.Open()
	if err != nil {
		return Digest{}, unreadableFile(f.Name, err)
	}
	defer func() { _ = r.Close() }()
	w, err := z.zw.CreateHeader(zipHeader(f.Name))
	if err != nil {
		return Digest{}, unwritableZip(f.Name, err)
	}
	d := NewDigester()
	if err := z.copy(ctx, f.Name, io.MultiWriter(w, d), r); err != nil {
		return Digest{}, err
	}
	if f.Size >= 0 && d.size != f.Size {
		return Digest{}, unreadableFile(f.Name, fmt.Errorf("has %d bytes, not %d", d.size, f.Size))
	}
	return d.Sum(), nil
}

// Close writes the directory of the zip; it does not close the writer below.
func (z *ZipWriter) Close() error {
	if err := z.zw.Close(); err != nil {
		return unwritableZip("目录", err)
	}
	return nil
}

func (z *ZipWriter) claim(name string) error {
	for part := range strings.SplitSeq(name, "/") {
		if part != SafeName(part) {
			return listing.Failf(listing.CodeInvalid, "请换一个不含特殊字符的名称", "文件名“%s”不能放进压缩包", name)
		}
	}
	key := strings.ToLower(name)
	if other, ok := z.seen[key]; ok {
		return listing.Failf(listing.CodeInvalid, "请给其中一个换名", "压缩包里有两个同名文件：“%s”和“%s”", other, name)
	}
	z.seen[key] = name
	return nil
}

func (z *ZipWriter) copy(ctx context.Context, name string, w io.Writer, r io.Reader) error {
	for {
		if err := canceled(ctx); err != nil {
			return err
		}
		n, rerr := r.Read(z.buf)
		if n > 0 {
			if _, err := w.Write(z.buf[:n]); err != nil {
				return unwritableZip(name, err)
			}
			if z.onAdd != nil {
				z.onAdd(int64(n))
			}
		}
		if errors.Is(rerr, io.EOF) {
			return nil
		}
		if rerr != nil {
			return unreadableFile(name, rerr)
		}
	}
}

// WriteZip writes the files in the order given and returns their digests in that order. progress may be nil; it is told
// the bytes read so far and the sum of the known sizes.
func WriteZip(ctx context.Context, w io.Writer, files []ZipFile, progress func(done, total int64)) ([]Digest, error) {
	var done, total int64
	for _, f := range files {
		total += max(f.Size, 0)
	}
	z := NewZipWriter(w, func(n int64) {
		done += n
		if progress != nil {
			progress(done, total)
		}
	})
	digests := make([]Digest, 0, len(files))
	for _, f := range files {
		d, err := z.Add(ctx, f)
		if err != nil {
			return nil, err
		}
		digests = append(digests, d)
	}
	return digests, z.Close()
}

// fixedTime is the time of everything inside our zips: the earliest a zip can hold.
func fixedTime() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) }

func zipHeader(name string) *zip.FileHeader {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: fixedTime()}
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".xlsx", ".pptx", ".zip", ".7z", ".rar", ".gz", ".png", ".jpg", ".jpeg", ".webp", ".mp4", ".woff2":
		h.Method = zip.Store
	}
	return h
}

func canceled(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return listing.Fail(listing.CodeCanceled, "已取消，没有生成文件", "需要时可以重新开始").Because(err)
	}
	return nil
}

func unreadableFile(name string, cause error) error {
	return listing.Failf(listing.CodeUnreadable, "请确认文件还在、没有被改动或占用，然后重试", "读取“%s”失败", name).Because(cause)
}

func unwritableZip(name string, cause error) error {
	return listing.Failf(listing.CodeUnwritable, "请检查磁盘空间和写入权限，然后重试", "写入“%s”失败", name).Because(cause)
}
