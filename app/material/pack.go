package material

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
)

// manifestName is the name of the manifest in the package.
const manifestName = "manifest.json"

// Package streams the whole package to w as a zip, the manifest last, and returns the manifest. progress, which may be
// nil, is told bytes written and to be written. The same Input gives the same bytes.
//
// Errors: listing.CodeRefused while a finding blocks and Input.Draft is not set; CodeInvalid for a unit's template with
// unknown placeholders, unless Draft; CodeCanceled; CodeUnreadable or CodeDamaged for an attachment; CodeUnwritable when
// w fails. What w has by then is no package.
func Package(ctx context.Context, in Input, w io.Writer, progress func(done, total int64)) (Manifest, error) {
	shop, err := furnish(in)
	if err != nil {
		return Manifest{}, err
	}
	if err := shop.mayPack(); err != nil {
		return Manifest{}, err
	}
	made, err := shop.makeAll(ctx)
	if err != nil {
		return Manifest{}, err
	}
	return shop.write(ctx, made, w, progress)
}

func (w *workshop) mayPack() error {
	blocking := w.blocking()
	if len(blocking) == 0 || w.in.Draft {
		return w.checkTemplates()
	}
	var parts []string
	for _, f := range blocking {
		parts = append(parts, f.Rule+" "+f.Message)
	}
	return listing.Failf(listing.CodeRefused, "请先改正，或生成草稿", "还有 %d 处须改正，不能生成正式材料包：%s", len(blocking), strings.Join(parts, "；"))
}

// file is one file of the package, ready to be written.
type file struct {
	*product
	body   []byte          // of what was made
	digest document.Digest // known beforehand: the index lists it
}

// makeAll makes everything but the manifest; the index comes last, because it lists the others.
func (w *workshop) makeAll(ctx context.Context) ([]*file, error) {
	var files []*file
	var index *file
	for _, p := range w.products {
		if p.FileName == "" {
			continue
		}
		f := &file{product: p}
		files = append(files, f)
		switch {
		case p.kept != nil:
			f.digest = document.Digest{Size: p.kept.Size, SHA256: p.kept.SHA256, SM3: p.kept.SM3}
			continue
		case p.Kind == kindHTML && p.ID == makerIndex:
			index = f
			continue
		}
		body, err := w.build(ctx, p)
		if err != nil {
			return nil, err
		}
		f.body, f.digest = body, document.DigestOf(body)
	}
	if index == nil {
		return files, nil
	}
	body, err := w.index(files)
	index.body, index.digest = body, document.DigestOf(body)
	return files, err
}

func (w *workshop) write(ctx context.Context, files []*file, to io.Writer, progress func(done, total int64)) (Manifest, error) {
	var done, total int64
	for _, f := range files {
		total += f.digest.Size
	}
	zip := document.NewZipWriter(to, func(n int64) {
		done = min(done+n, total) // the manifest is not counted
		if progress != nil {
			progress(done, total)
		}
	})
	app := w.in.Dossier.App
	m := Manifest{App: ManifestApp{Name: app.Name, Identifier: app.Identifier, Kind: app.Kind},
		FlowVersion: w.in.FlowVersion, RulesVersion: w.in.RulesVersion, Files: []listing.PackagedFile{}}
	for _, f := range files {
		d, err := zip.Add(ctx, w.zipFile(f))
		if err != nil {
			return Manifest{}, err
		}
		if f.kept != nil {
			if err := sameAs(f.kept, d); err != nil {
				return Manifest{}, err
			}
		}
		m.Files = append(m.Files, listing.PackagedFile{Name: f.FileName, Size: d.Size, SHA256: d.SHA256, SM3: d.SM3})
	}
	body, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return Manifest{}, fmt.Errorf("manifest: %w", err)
	}
	if _, err := zip.Add(ctx, document.BytesFile(manifestName, append(body, '\n'))); err != nil {
		return Manifest{}, err
	}
	return m, zip.Close()
}

func (w *workshop) zipFile(f *file) document.ZipFile {
	if f.kept == nil {
		return document.BytesFile(f.FileName, f.body)
	}
	return document.ZipFile{Name: f.FileName, Size: f.kept.Size, Open: func() (io.ReadCloser, error) { return w.openKept(f.kept) }}
}
