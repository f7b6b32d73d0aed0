package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/beevik/etree"

	"shangjiatong/app/listing"
)

// limits bounds what a user's office file may hold. Real bytes are counted, not the declared ones.
type limits struct {
	file     int64 // bytes of the file itself
	entries  int   // files inside
	part     int64 // bytes of one file inside
	total    int64 // bytes of all
	ratio    int64 // total / file, looked at once total is over ratioFrom
	depth    int   // of XML elements
	elements int   // of one XML part, estimated by "<"
}

const ratioFrom = 8 << 20

func docxLimits() limits {
	return limits{file: 50 << 20, entries: 2000, part: 64 << 20, total: 128 << 20, ratio: 200, depth: 200, elements: 1_000_000}
}

func xlsxLimits() limits {
	return limits{file: 30 << 20, entries: 1000, part: 64 << 20, total: 128 << 20, ratio: 200, depth: 60, elements: 4_000_000}
}

// pack is an office file in memory: its parts in their order.
type pack struct {
	parts []part
	index map[string]int
}

type part struct {
	name string
	data []byte
}

func newPack() *pack { return &pack{index: map[string]int{}} }

// set adds or replaces a part.
func (p *pack) set(name string, data []byte) {
	if i, ok := p.index[name]; ok {
		p.parts[i].data = data
		return
	}
	p.index[name] = len(p.parts)
	p.parts = append(p.parts, part{name, data})
}

// get returns a part, or nil.
func (p *pack) get(name string) []byte {
	if i, ok := p.index[name]; ok {
		return p.parts[i].data
	}
	return nil
}

func (p *pack) has(name string) bool {
	_, ok := p.index[name]
	return ok
}

// write writes the parts as a zip with fixed times.
func (p *pack) write(w io.Writer) error {
	zw := zip.NewWriter(w)
	for _, f := range p.parts {
		fw, err := zw.CreateHeader(zipHeader(f.name))
		if err != nil {
			return unwritableZip(f.name, err)
		}
		if _, err := fw.Write(f.data); err != nil {
			return unwritableZip(f.name, err)
		}
	}
	if err := zw.Close(); err != nil {
		return unwritableZip("目录", err)
	}
	return nil
}

func (p *pack) bytes() ([]byte, error) {
	var b bytes.Buffer
	if err := p.write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// openPack reads an office file within limits; kind is docx or xlsx, for the messages.
func openPack(r io.ReaderAt, size int64, kind string, lim limits) (*pack, error) {
	if size > lim.file {
		return nil, tooLarge(kind, "文件超过 %d MB", lim.file>>20)
	}
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, notOffice(r, size, kind, err)
	}
	if len(zr.File) > lim.entries {
		return nil, tooLarge(kind, "文件内部超过 %d 个部分", int64(lim.entries))
	}
	p, total := newPack(), int64(0)
	for _, f := range zr.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := checkPartName(p, f.Name, kind); err != nil {
			return nil, err
		}
		data, err := readPart(f, kind, min(lim.part, lim.total-total))
		if err != nil {
			return nil, err
		}
		total += int64(len(data))
		if total > ratioFrom && total/max(size, 1) > lim.ratio {
			return nil, tooLarge(kind, "文件的压缩比超过 %d 倍", lim.ratio)
		}
		p.set(f.Name, data)
	}
	return p, nil
}

func checkPartName(p *pack, name, kind string) error {
	bad := strings.ContainsAny(name, "\\:\x00") || path.IsAbs(name) || path.Clean(name) != name || strings.HasPrefix(name, "..")
	if bad || p.has(name) {
		return damagedFile(kind, errors.New("bad or repeated part name "+name))
	}
	return nil
}

func readPart(f *zip.File, kind string, limit int64) ([]byte, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, damagedFile(kind, err)
	}
	defer func() { _ = rc.Close() }()
	data, err := io.ReadAll(io.LimitReader(rc, limit+1))
	if err != nil {
		return nil, damagedFile(kind, err)
	}
	if int64(len(data)) > limit {
		return nil, tooLarge(kind, "文件内部解开后超过 %d MB", limit>>20)
	}
	return data, nil
}

// checkXML refuses XML that is too big to be read as a tree, or that declares a document type.
func checkXML(data []byte, kind string, lim limits) error {
	if bytes.Count(data, []byte("<")) > lim.elements {
		return tooLarge(kind, "文件内容超过 %d 个元素", int64(lim.elements))
	}
	for _, word := range []string{"<!DOCTYPE", "<!ENTITY", "<!doctype", "<!entity"} {
		if bytes.Contains(data, []byte(word)) {
			return damagedFile(kind, errors.New("document type declaration"))
		}
	}
	return nil
}

// parseXML reads a part as a tree.
func parseXML(data []byte, kind string, lim limits) (*etree.Document, error) {
	if err := checkXML(data, kind, lim); err != nil {
		return nil, err
	}
	doc := etree.NewDocument()
	doc.ReadSettings = etree.ReadSettings{MaxDepth: lim.depth, CharsetReader: onlyUTF8}
	err := doc.ReadFromBytes(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	switch {
	case errors.Is(err, etree.ErrMaxDepth):
		return nil, tooLarge(kind, "文件内容嵌套超过 %d 层", int64(lim.depth))
	case err != nil:
		return nil, damagedFile(kind, err)
	case doc.Root() == nil:
		return nil, damagedFile(kind, errors.New("no root element"))
	}
	for _, t := range doc.Child {
		if _, ok := t.(*etree.Directive); ok {
			return nil, damagedFile(kind, errors.New("document type declaration"))
		}
	}
	return doc, nil
}

func onlyUTF8(charset string, r io.Reader) (io.Reader, error) {
	if strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "us-ascii") {
		return r, nil
	}
	return nil, errors.New("charset " + charset)
}

func tooLarge(kind, format string, n int64) error {
	return listing.Failf(listing.CodeTooLarge, "请精简文件内容后重试", "不能打开这个 "+kind+" 文件："+format, n)
}

func damagedFile(kind string, cause error) error {
	return listing.Failf(listing.CodeUnreadable, "请用 Word、WPS 等打开后另存为 ."+kind+" 再试", "这个 %s 文件已损坏，或内容不合规范", kind).Because(cause)
}

// notOffice explains why a file is no zip.
func notOffice(r io.ReaderAt, size int64, kind string, cause error) error {
	head := make([]byte, min(max(size, 0), 8))
	n, _ := r.ReadAt(head, 0) // a file too short to be read is explained by the general message
	if bytes.Equal(head[:n], []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}) {
		return listing.Failf(listing.CodeUnreadable, "请去掉密码，另存为 ."+kind+" 再试", "这个文件是旧格式或设了密码，不是 %s 文件", kind).Because(cause)
	}
	return listing.Failf(listing.CodeUnreadable, "请选择真正的 ."+kind+" 文件，只改扩展名不行", "这个文件不是 %s 文件", kind).Because(cause)
}
