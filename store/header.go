package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// What can be wrong with a file before bbolt has seen it.
var (
	errEmpty     = errors.New("the file is empty")
	errForeign   = errors.New("the file is no bbolt database")
	errTruncated = errors.New("the file is shorter than its header says")
	errHeader    = errors.New("the header is damaged")
)

// bbolt's own numbers, from its file format version 2. All fields are in the byte order of the machine.
const (
	boltMagic    = 0xED0CDAED
	boltVersion  = 2
	pageHeader   = 16   // bytes of id, flags, count, overflow
	metaSize     = 64   // bytes of a meta, the last eight being the checksum
	minPage      = 1024 // bytes
	maxPageShift = 14   // the largest page has minPage << maxPageShift bytes
	freelistFlag = 0x10
	manyFree     = 0xFFFF // in count: the real count stands in the first element
)

// boltMeta is what a meta page says.
type boltMeta struct {
	pageSize             int64
	root, freelist, high uint64 // page numbers; high is the first one not in use
	tx                   uint64
}

// checkHeader looks at the two meta pages and at the list of free pages without help of bbolt, which panics on a
// truncated file and makes a new database of an empty one.
func checkHeader(f io.ReaderAt, size int64) error {
	if size == 0 {
		return errEmpty
	}
	meta, err := newestMeta(f, size)
	if err != nil {
		return err
	}
	if meta.high > uint64(size/meta.pageSize) {
		return fmt.Errorf("%w: %d pages of %d bytes in %d bytes", errTruncated, meta.high, meta.pageSize, size)
	}
	if meta.root < 2 || meta.root >= meta.high || meta.freelist < 2 || meta.freelist >= meta.high {
		return fmt.Errorf("%w: root %d, free list %d of %d", errHeader, meta.root, meta.freelist, meta.high)
	}
	return checkFreelist(f, meta)
}

// newestMeta returns the valid meta with the highest transaction number. The second one stands after the first page,
// whose size is unknown while the first one is invalid.
func newestMeta(f io.ReaderAt, size int64) (boltMeta, error) {
	first, ok, magic := readMeta(f, 0)
	found := []boltMeta{}
	if ok {
		found = append(found, first)
	}
	for shift := range maxPageShift + 1 {
		at := int64(minPage) << shift
		if at >= size {
			break
		}
		second, valid, marked := readMeta(f, at)
		magic = magic || marked
		if valid && second.pageSize == at && (!ok || first.pageSize == at) {
			found = append(found, second)
		}
	}
	if len(found) == 0 && magic {
		return boltMeta{}, errHeader
	}
	if len(found) == 0 {
		return boltMeta{}, errForeign
	}
	newest := found[0]
	for _, m := range found[1:] {
		if m.tx > newest.tx {
			newest = m
		}
	}
	return newest, nil
}

// readMeta reads the meta of the page at offset at; marked says that bbolt's magic stands there.
func readMeta(f io.ReaderAt, at int64) (m boltMeta, valid, marked bool) {
	var raw [metaSize]byte
	if _, err := f.ReadAt(raw[:], at+pageHeader); err != nil {
		return m, false, false
	}
	order := binary.NativeEndian
	if order.Uint32(raw[0:]) != boltMagic || order.Uint32(raw[4:]) != boltVersion {
		return m, false, false
	}
	h := fnv.New64a()
	h.Write(raw[:metaSize-8])
	if h.Sum64() != order.Uint64(raw[metaSize-8:]) {
		return m, false, true
	}
	m = boltMeta{
		pageSize: int64(order.Uint32(raw[8:])), root: order.Uint64(raw[16:]),
		freelist: order.Uint64(raw[32:]), high: order.Uint64(raw[40:]), tx: order.Uint64(raw[48:]),
	}
	return m, m.pageSize >= minPage && m.pageSize <= minPage<<maxPageShift, true
}

// checkFreelist makes sure that reading the list of free pages stays inside the file.
func checkFreelist(f io.ReaderAt, meta boltMeta) error {
	at := int64(meta.freelist) * meta.pageSize
	var raw [pageHeader + 8]byte
	if _, err := f.ReadAt(raw[:], at); err != nil {
		return fmt.Errorf("%w: free list: %w", errHeader, err)
	}
	order := binary.NativeEndian
	id, flags := order.Uint64(raw[0:]), order.Uint16(raw[8:])
	count, overflow := uint64(order.Uint16(raw[10:])), uint64(order.Uint32(raw[12:]))
	if id != meta.freelist || flags != freelistFlag || meta.freelist+overflow >= meta.high {
		return fmt.Errorf("%w: free list page %d", errHeader, meta.freelist)
	}
	if count == manyFree {
		count = order.Uint64(raw[pageHeader:]) + 1
	}
	room := (overflow+1)*uint64(meta.pageSize) - pageHeader
	if count > meta.high || count*8 > room {
		return fmt.Errorf("%w: free list of %d", errHeader, count)
	}
	return nil
}
