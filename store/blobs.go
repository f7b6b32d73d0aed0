package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/emmansun/gmsm/sm3"

	"shangjiatong/app/listing"
	"shangjiatong/store/disk"
)

// blobs implements listing.Blobs in a folder: ab/<sha256>, ab being the first two digits. Files are only added.
type blobs struct {
	dir string
	fs  disk.FS
}

var _ listing.Blobs = (*blobs)(nil)

// Put implements listing.Blobs. CodeTooLarge over the limit, CodeUnreadable when from fails, CodeUnwritable when the
// disk does, CodeCanceled when ctx is done; in each case nothing is kept.
func (b *blobs) Put(ctx context.Context, from io.Reader, limit int64) (listing.Blob, error) {
	if err := stopped(ctx); err != nil {
		return listing.Blob{}, err
	}
	if err := b.fs.MkdirAll(b.dir); err != nil {
		return listing.Blob{}, writeFailed(b.dir, err)
	}
	in := &intake{ctx: ctx, from: from, limit: limit, sha: sha256.New(), sm3: sm3.New()}
	temp, err := disk.WriteTemp(ctx, b.fs, b.dir, "blob", func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	if err != nil {
		return listing.Blob{}, in.words(b.dir, err)
	}
	blob := in.blob()
	if err := b.keep(temp, blob.SHA256); err != nil {
		return listing.Blob{}, writeFailed(b.dir, err)
	}
	return blob, nil
}

// keep gives a temporary file its place, unless a sound file is there already.
func (b *blobs) keep(temp, sum string) error {
	path := b.path(sum)
	if have, err := hashFile(path); err == nil && have == sum {
		return b.fs.Remove(temp)
	}
	shard := filepath.Dir(path)
	if _, err := os.Stat(shard); err != nil {
		if err := b.newShard(shard); err != nil {
			return errors.Join(err, b.fs.Remove(temp))
		}
	}
	if err := b.fs.Rename(temp, path); err != nil {
		return errors.Join(err, b.fs.Remove(temp))
	}
	if err := b.fs.SyncDir(shard); err != nil {
		return errors.Join(err, b.fs.Remove(path))
	}
	return nil
}

func (b *blobs) newShard(shard string) error {
	if err := b.fs.MkdirAll(shard); err != nil {
		return err
	}
	return b.fs.SyncDir(b.dir)
}

func (b *blobs) path(sum string) string { return filepath.Join(b.dir, sum[:2], sum) }

// Open implements listing.Blobs. The whole file is read once and compared with its name: CodeDamaged when it differs.
func (b *blobs) Open(sum string) (io.ReadSeekCloser, error) {
	none := listing.Failf(listing.CodeNotFound, "请重新添加该附件", "没有找到附件文件 %.64s", sum)
	if !isSum(sum) {
		return nil, none
	}
	path := b.path(sum)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, none.Because(err)
	}
	if err != nil {
		return nil, readFailed(path, err)
	}
	if err := checkBlob(f, path, sum); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func checkBlob(f *os.File, path, sum string) error {
	have, err := hashReader(f)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return readFailed(path, err)
	}
	if have != sum {
		return listing.Failf(listing.CodeDamaged, "请从原件重新添加该附件，内容相同即自动修复",
			"附件文件 %s 的内容已改变，校验不符", path)
	}
	return nil
}

// isSum reports whether sum is a SHA-256 in lower-case hex, which is the only thing that becomes part of a path.
func isSum(sum string) bool {
	raw, err := hex.DecodeString(sum)
	return err == nil && len(raw) == sha256.Size && hex.EncodeToString(raw) == sum
}

func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	sum, err := hashReader(f)
	return sum, errors.Join(err, f.Close())
}

func hashReader(from io.Reader) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, from); err != nil {
		return "", fmt.Errorf("hash: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// intake reads what is to be stored, hashes and measures it, and stops at the limit or when ctx is done.
type intake struct {
	ctx    context.Context
	from   io.Reader
	limit  int64
	size   int64
	sha    hash.Hash
	sm3    hash.Hash
	failed error // why reading stopped early
}

func (in *intake) Read(p []byte) (int, error) {
	if err := in.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := in.from.Read(p)
	in.size += int64(n)
	if in.size > in.limit {
		in.failed = tooLarge(in.limit)
		return 0, in.failed
	}
	in.sha.Write(p[:n])
	in.sm3.Write(p[:n])
	if err != nil && !errors.Is(err, io.EOF) {
		in.failed = listing.Fail(listing.CodeUnreadable, "读取要保存的文件时出错", "请检查原文件能否打开，然后重试").Because(err)
		return n, in.failed
	}
	return n, err
}

func (in *intake) blob() listing.Blob {
	return listing.Blob{Size: in.size, SHA256: hex.EncodeToString(in.sha.Sum(nil)), SM3: hex.EncodeToString(in.sm3.Sum(nil))}
}

// words says what went wrong: with the source, when reading failed, else with the disk.
func (in *intake) words(place string, err error) error {
	if in.failed != nil && in.ctx.Err() == nil {
		return in.failed
	}
	return writeFailed(place, err)
}

func tooLarge(limit int64) error {
	return listing.Failf(listing.CodeTooLarge, "请压缩或拆分后再添加", "文件超过上限 %s", sizeWord(limit))
}

// sizeWord writes a size for people.
func sizeWord(bytes int64) string {
	const kilo = 1024
	switch {
	case bytes >= kilo*kilo:
		return fmt.Sprintf("%.4g MB", float64(bytes)/(kilo*kilo))
	case bytes >= kilo:
		return fmt.Sprintf("%.4g KB", float64(bytes)/kilo)
	}
	return fmt.Sprintf("%d 字节", bytes)
}
