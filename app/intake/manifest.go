package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// What a package may hold. Real bytes are counted where files are opened; the sizes the zip declares, where they are not.
const (
	MaxPackage        = 4 << 30 // bytes of all files, unpacked
	MaxPackageFiles   = 5000
	MaxManifest       = 8 << 20 // bytes of manifest.json
	maxRatio          = 200     // unpacked to packed, of one file
	ratioFrom         = 8 << 20 // bytes a file may unpack to, whatever its ratio
	manifestName      = "manifest.json"
	manifestHint      = "请选择本程序生成的材料包（.zip），不要解开后重新压缩"
	manifestLongField = 200 // characters of a name
)

// Package is an earlier package (材料包) that was opened: a skeleton of its app and the files that may be attached. It reads
// from the file it was opened from.
type Package struct {
	App          listing.App            `json:"app"`           // name, identifier and kind only; no ID
	FlowVersion  string                 `json:"flow_version"`  // the version of the procedure then
	RulesVersion string                 `json:"rules_version"` // the version of the rules then
	Files        []listing.PackagedFile `json:"files"`         // as listed by the manifest and found in the zip
	Lost         []string               `json:"lost"`          // listed, but not in the zip or of another size
	Foreign      []string               `json:"foreign"`       // in the zip, but not listed
	parts        map[string]*zip.File
}

// manifest is manifest.json as package material writes it.
type manifest struct {
	App *struct {
		Name       string `json:"name"`
		Identifier string `json:"identifier"`
		Kind       string `json:"kind"`
	} `json:"app"`
	FlowVersion  string                 `json:"flow_version"`
	RulesVersion string                 `json:"rules_version"`
	Files        []listing.PackagedFile `json:"files"`
}

// FromManifest opens a package of size bytes and reads its manifest. No other file is unpacked.
//
// Errors are *listing.Error: CodeUnreadable for what is no package, is damaged or has names that lead out of it or stand
// there twice; CodeTooLarge over a limit; CodeCanceled.
func FromManifest(ctx context.Context, r io.ReaderAt, size int64) (*Package, error) {
	if ctx.Err() != nil {
		return nil, listing.Fail(listing.CodeCanceled, "已取消，什么也没有导入", "需要时请重新选择文件").Because(ctx.Err())
	}
	zr, err := zip.NewReader(r, size)
	if err != nil {
		return nil, notPackage("这个文件不是材料包，或已损坏", err)
	}
	parts, err := inspect(zr)
	if err != nil {
		return nil, err
	}
	at, ok := parts[manifestName]
	if !ok {
		return nil, notPackage("压缩包里没有 "+manifestName, nil)
	}
	body, err := readAll(at, MaxManifest)
	if err != nil {
		return nil, err
	}
	m, err := parseManifest(body)
	if err != nil {
		return nil, err
	}
	return m.open(parts), nil
}

// inspect checks the names and sizes of a zip before anything is unpacked.
func inspect(zr *zip.Reader) (map[string]*zip.File, error) {
	if len(zr.File) > MaxPackageFiles {
		return nil, tooLarge("压缩包里有 %d 个文件，最多 %d 个", len(zr.File), MaxPackageFiles)
	}
	parts, seen, total := map[string]*zip.File{}, map[string]bool{}, uint64(0)
	for _, f := range zr.File {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue
		}
		if err := safePath(f); err != nil {
			return nil, err
		}
		key := strings.ToLower(f.Name)
		if seen[key] {
			return nil, notPackage(fmt.Sprintf("压缩包里有两个同名文件“%s”", short(f.Name)), nil)
		}
		seen[key], parts[f.Name] = true, f
		if f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio {
			return nil, tooLarge("文件“%s”的压缩比超过 %d 倍", short(f.Name), maxRatio)
		}
		if total += min(f.UncompressedSize64, MaxPackage+1); total > MaxPackage {
			return nil, tooLarge("压缩包解开后超过 %d GB", MaxPackage>>30)
		}
	}
	return parts, nil
}

// safePath refuses names that lead out of the package or mean different things to different systems, and links.
func safePath(f *zip.File) error {
	name := f.Name
	bad := name == "" || !utf8.ValidString(name) || strings.ContainsAny(name, "\\:\x00") || !fs.ValidPath(name) || path.Clean(name) != name
	if bad || f.Mode()&(fs.ModeSymlink|fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0 || f.Flags&1 != 0 {
		return notPackage(fmt.Sprintf("压缩包里的“%s”路径不安全、是链接或已加密", short(strings.ToValidUTF8(name, "?"))), nil)
	}
	return nil
}

func readAll(f *zip.File, limit int64) ([]byte, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, notPackage("压缩包已损坏："+f.Name+" 打不开", err)
	}
	body, err := io.ReadAll(io.LimitReader(rc, limit+1))
	if err := errors.Join(err, rc.Close()); err != nil && int64(len(body)) <= limit {
		return nil, notPackage("压缩包已损坏："+f.Name+" 读不出来", err)
	}
	if int64(len(body)) > limit {
		return nil, tooLarge("%s 超过 %d MB", f.Name, limit>>20)
	}
	return body, nil
}

func parseManifest(body []byte) (*manifest, error) {
	var m manifest
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	if err := d.Decode(&m); err != nil {
		return nil, notPackage(manifestName+" 不是本程序的格式", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, notPackage(manifestName+" 后面还有多余的内容", err)
	}
	if m.App == nil || strings.TrimSpace(m.App.Name) == "" {
		return nil, notPackage(manifestName+" 里没有应用名称", nil)
	}
	for _, s := range []string{m.App.Name, m.App.Identifier, m.App.Kind, m.FlowVersion, m.RulesVersion} {
		if utf8.RuneCountInString(s) > manifestLongField {
			return nil, notPackage(fmt.Sprintf("%s 里的“%s”超过 %d 个字", manifestName, short(s), manifestLongField), nil)
		}
	}
	return &m, nil
}

// open compares what the manifest lists with what the zip holds.
func (m *manifest) open(parts map[string]*zip.File) *Package {
	p := &Package{App: listing.App{Name: strings.TrimSpace(m.App.Name), Identifier: strings.TrimSpace(m.App.Identifier), Kind: listing.AppKind(m.App.Kind)},
		FlowVersion: m.FlowVersion, RulesVersion: m.RulesVersion, Files: []listing.PackagedFile{}, Lost: []string{}, Foreign: []string{}, parts: map[string]*zip.File{}}
	listed := map[string]bool{manifestName: true}
	for _, f := range m.Files {
		if listed[f.Name] {
			continue
		}
		listed[f.Name] = true
		at := parts[f.Name]
		if at == nil || f.Size < 0 || at.UncompressedSize64 != uint64(f.Size) {
			p.Lost = append(p.Lost, f.Name)
			continue
		}
		p.Files = append(p.Files, f)
		p.parts[f.Name] = at
	}
	for name := range parts {
		if !listed[name] {
			p.Foreign = append(p.Foreign, name)
		}
	}
	slices.Sort(p.Foreign)
	return p
}

// Open opens one of Files. The reader ends with a CodeDamaged error instead of io.EOF when the content is not what the
// manifest vouches for; what was read by then must not be kept. CodeNotFound for a name that is not listed.
func (p *Package) Open(name string) (io.ReadCloser, error) {
	i := slices.IndexFunc(p.Files, func(f listing.PackagedFile) bool { return f.Name == name })
	if i < 0 || p.parts[name] == nil {
		return nil, listing.Failf(listing.CodeNotFound, "请从清单里选择", "材料包的清单里没有“%s”", short(name))
	}
	rc, err := p.parts[name].Open()
	if err != nil {
		return nil, notPackage("压缩包已损坏："+short(name)+" 打不开", err)
	}
	return &vouched{rc: rc, file: p.Files[i], digest: document.NewDigester()}, nil
}

// vouched reads a file and compares it with its manifest at the end.
type vouched struct {
	rc     io.ReadCloser
	file   listing.PackagedFile
	digest *document.Digester
	read   int64
}

// Read implements io.Reader.
func (v *vouched) Read(b []byte) (int, error) {
	n, err := v.rc.Read(b)
	v.read += int64(n)
	_, _ = v.digest.Write(b[:n]) // never fails
	switch {
	case v.read > v.file.Size:
		return 0, v.damaged(nil)
	case err != nil && !errors.Is(err, io.EOF):
		return n, v.damaged(err)
	case err != nil:
		if d := v.digest.Sum(); d.Size != v.file.Size || d.SHA256 != v.file.SHA256 || d.SM3 != v.file.SM3 {
			return n, v.damaged(nil)
		}
	}
	return n, err
}

// Close implements io.Closer.
func (v *vouched) Close() error { return v.rc.Close() }

func (v *vouched) damaged(cause error) error {
	return listing.Failf(listing.CodeDamaged, "请换一份完好的材料包，或单独上传这个文件", "材料包里的“%s”与清单不符，可能被改动过", short(v.file.Name)).Because(cause)
}

// Table returns the app of a package as a table of one row, to be checked like any other.
func (p *Package) Table(c *forms.Catalogue) *Table {
	t := &Table{Sheet: manifestName, Sheets: []string{manifestName}, Header: 1, Columns: []Column{}, Formulas: []Formula{}, Merged: []MergedCells{}}
	row := Row{Number: 2}
	for i, at := range []struct{ key, value string }{{keyName, p.App.Name}, {keyIdent, p.App.Identifier}, {keyKind, string(p.App.Kind)}} {
		t.Columns = append(t.Columns, Column{Index: i, Letter: letter(i), Header: labelOf(c, at.key)})
		row.Cells = append(row.Cells, at.value)
	}
	t.Rows = []Row{row}
	return t
}

func notPackage(message string, cause error) error {
	return listing.Fail(listing.CodeUnreadable, message, manifestHint).Because(cause)
}

func tooLarge(format string, args ...any) error {
	return listing.Failf(listing.CodeTooLarge, "请确认这是本程序生成的材料包", format, args...)
}
