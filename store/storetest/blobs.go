package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"

	"github.com/emmansun/gmsm/sm3"

	"shangjiatong/app/listing"
)

// MemoryBlobs is a listing.Blobs that lives in memory.
type MemoryBlobs struct {
	mu    sync.Mutex
	files map[string][]byte
}

var _ listing.Blobs = (*MemoryBlobs)(nil)

// NewMemoryBlobs returns an empty one.
func NewMemoryBlobs() *MemoryBlobs { return &MemoryBlobs{files: map[string][]byte{}} }

// Put implements listing.Blobs.
func (m *MemoryBlobs) Put(ctx context.Context, from io.Reader, limit int64) (listing.Blob, error) {
	var kept bytes.Buffer
	_, err := io.Copy(&kept, io.LimitReader(&stoppable{ctx, from}, limit+1))
	switch {
	case ctx.Err() != nil:
		return listing.Blob{}, canceled(ctx.Err())
	case err != nil:
		return listing.Blob{}, listing.Fail(listing.CodeUnreadable, "读取要保存的文件时出错", "请检查原文件能否打开，然后重试").Because(err)
	case int64(kept.Len()) > limit:
		return listing.Blob{}, listing.Failf(listing.CodeTooLarge, "请压缩或拆分后再添加", "文件超过上限 %d 字节", limit)
	}
	sha, sm := sha256.Sum256(kept.Bytes()), sm3.Sum(kept.Bytes())
	blob := listing.Blob{Size: int64(kept.Len()), SHA256: hex.EncodeToString(sha[:]), SM3: hex.EncodeToString(sm[:])}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[blob.SHA256] = kept.Bytes()
	return blob, nil
}

// Open implements listing.Blobs.
func (m *MemoryBlobs) Open(sum string) (io.ReadSeekCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[sum]
	if !ok {
		return nil, listing.Failf(listing.CodeNotFound, "请重新添加该附件", "没有找到附件文件 %.64s", sum)
	}
	return struct {
		io.ReadSeeker
		io.Closer
	}{bytes.NewReader(data), io.NopCloser(nil)}, nil
}

// stoppable is a reader that fails once its context is done.
type stoppable struct {
	ctx  context.Context
	from io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.from.Read(p)
}
