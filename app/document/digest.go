package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"github.com/emmansun/gmsm/sm3"
)

// Digest is the size and the two digests of a stream, in lower-case hex.
type Digest struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	SM3    string `json:"sm3"`
}

// Digester computes a Digest of what is written to it. Its Write never fails.
type Digester struct {
	size int64
	sha  hash.Hash
	sm3  hash.Hash
}

// NewDigester returns an empty Digester.
func NewDigester() *Digester { return &Digester{sha: sha256.New(), sm3: sm3.New()} }

// Write adds p to the digests.
func (d *Digester) Write(p []byte) (int, error) {
	d.size += int64(len(p))
	_, _ = d.sha.Write(p) // a hash never returns an error
	_, _ = d.sm3.Write(p)
	return len(p), nil
}

// Sum returns the digest of what was written so far.
func (d *Digester) Sum() Digest {
	return Digest{
		Size:   d.size,
		SHA256: hex.EncodeToString(d.sha.Sum(nil)),
		SM3:    hex.EncodeToString(d.sm3.Sum(nil)),
	}
}

// DigestOf returns the digest of b.
func DigestOf(b []byte) Digest {
	d := NewDigester()
	_, _ = d.Write(b)
	return d.Sum()
}

// DigestReader reads r to its end and returns its digest.
func DigestReader(r io.Reader) (Digest, error) {
	d := NewDigester()
	if _, err := io.Copy(d, r); err != nil {
		return Digest{}, fmt.Errorf("digest: %w", err)
	}
	return d.Sum(), nil
}

// SameContent reports whether b has the digest d.
func (d Digest) SameContent(b []byte) bool {
	return int64(len(b)) == d.Size && DigestOf(b) == d
}

// BytesFile returns the ZipFile of a text or document held in memory.
func BytesFile(name string, b []byte) ZipFile {
	return ZipFile{Name: name, Size: int64(len(b)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(b)), nil
	}}
}
