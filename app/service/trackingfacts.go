package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// maxFacts is the largest file of facts taken, in bytes.
const maxFacts = 1 << 20

// parsedFacts holds the facts that come with the program, and remembers the imported ones by their SHA-256.
type parsedFacts struct {
	embedded tracking.Facts

	mu     sync.Mutex
	sha256 string
	read   tracking.Facts
}

func (p *parsedFacts) parse(file listing.TrackingFacts) (tracking.Facts, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sha256 != "" && p.sha256 == file.SHA256 {
		return p.read, nil
	}
	f, err := tracking.ParseFacts([]byte(file.Body))
	if err != nil {
		return tracking.Facts{}, err
	}
	p.sha256, p.read = file.SHA256, f
	return f, nil
}

// trackingFacts returns the facts the tracking code goes by: those the unit imported, or those of the program when
// nothing was imported, when the program meanwhile brings the same or newer ones, or, with a word to the log, when it
// can no longer read what was imported. r may be nil.
func (c *core) trackingFacts(r listing.Reader) (tracking.Facts, error) {
	if r == nil {
		return c.facts.embedded, nil
	}
	file, err := listing.Load[listing.TrackingFacts](r, listing.TrackingFactsID)
	switch {
	case listing.CodeOf(err) == listing.CodeNotFound:
		return c.facts.embedded, nil
	case err != nil:
		return tracking.Facts{}, err
	case file.Version <= c.facts.embedded.Version:
		return c.facts.embedded, nil
	}
	f, err := c.facts.parse(file)
	if err != nil {
		if c.Log != nil {
			c.Log.Warn("imported tracking facts left out", "version", file.Version, "error", err)
		}
		return c.facts.embedded, nil
	}
	return f, nil
}

func (s *Tracking) effectiveFacts(ctx context.Context) (f tracking.Facts, err error) {
	err = s.maybe(ctx, func(r listing.Reader) (err error) {
		f, err = s.trackingFacts(r)
		return err
	})
	return f, err
}

// FactsView is what the tracking code goes by (埋点依据).
type FactsView struct {
	Version         string       `json:"version"`          // of the facts in effect, a date
	Own             bool         `json:"own"`              // they were imported by the unit
	EmbeddedVersion string       `json:"embedded_version"` // of those the program brings
	Blocks          []FactsBlock `json:"blocks"`
	FileName        string       `json:"file_name"` // the rest is of the imported file
	ImportedBy      string       `json:"imported_by"`
	ImportedAt      string       `json:"imported_at"`
	SHA256          string       `json:"sha256"`
	Unused          string       `json:"unused"` // why an imported file is not in effect; empty otherwise
}

// FactsBlock says of one block of the facts where it comes from and when it was compared with that source.
type FactsBlock struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Source  string `json:"source"`
	Checked string `json:"checked"` // 2006-01-02
}

// Facts shows what the tracking code goes by; it works without a store too.
func (s *Tracking) Facts(ctx context.Context) (FactsView, error) {
	var out FactsView
	err := s.maybe(ctx, func(r listing.Reader) (err error) {
		out, err = s.factsView(r)
		return err
	})
	return out, err
}

func (s *Tracking) factsView(r listing.Reader) (FactsView, error) {
	f, err := s.trackingFacts(r)
	if err != nil {
		return FactsView{}, err
	}
	out := FactsView{Version: f.Version, EmbeddedVersion: s.facts.embedded.Version, Blocks: []FactsBlock{}}
	for _, b := range f.Blocks() {
		out.Blocks = append(out.Blocks, FactsBlock{ID: b.Name, Title: b.Word(), Source: b.Source, Checked: b.Checked})
	}
	if r == nil {
		return out, nil
	}
	file, err := listing.Load[listing.TrackingFacts](r, listing.TrackingFactsID)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return out, nil
	}
	out.Own = file.Version == f.Version && f.Version > s.facts.embedded.Version
	out.FileName, out.ImportedBy, out.ImportedAt, out.SHA256 = file.FileName, file.ImportedBy, file.ImportedAt, file.SHA256
	switch {
	case out.Own:
	case file.Version <= s.facts.embedded.Version:
		out.Unused = "程序自带的已经是 " + s.facts.embedded.Version + "，不比导入的 " + file.Version + " 旧"
	default:
		out.Unused = "这一版程序读不了导入的 " + file.Version
	}
	return out, err
}

// ImportFacts takes an uploaded file of facts; see ImportFactsFile.
func (s *Tracking) ImportFacts(ctx context.Context, upload, sum string) (FactsView, error) {
	up, err := s.uploads.finished(upload)
	if err != nil {
		return FactsView{}, err
	}
	view, err := s.ImportFactsFile(ctx, ProofFile{Name: up.name, Path: up.path}, sum)
	if err == nil {
		s.uploads.drop(upload)
	}
	return view, err
}

// ImportFactsFile takes a file of facts (the format of tracking.ParseFacts) in place of those the program brings, which
// must be older; one imported before is replaced. Its SHA-256 must be known, as for Calendar.ImportFile.
func (s *Tracking) ImportFactsFile(ctx context.Context, file ProofFile, sum string) (FactsView, error) {
	raw, err := readWhole(file, maxFacts)
	if err != nil {
		return FactsView{}, err
	}
	body, err := checked(raw, sum)
	if err != nil {
		return FactsView{}, err
	}
	f, err := tracking.ParseFacts(body)
	if err != nil {
		return FactsView{}, err
	}
	if f.Version <= s.facts.embedded.Version {
		return FactsView{}, listing.Failf(listing.CodeConflict, "不用导入；要改动的，把版本写成更晚的日期",
			"文件的版本 %s 不比程序自带的 %s 新", f.Version, s.facts.embedded.Version)
	}
	by, err := s.operator(ctx)
	if err != nil {
		return FactsView{}, err
	}
	digest := sha256.Sum256(body)
	rec := listing.TrackingFacts{ID: listing.TrackingFactsID, Version: f.Version, FileName: file.Name, Body: string(body),
		SHA256: hex.EncodeToString(digest[:]), ImportedBy: by, ImportedAt: s.stamp()}
	if err := s.change(ctx, "导入埋点依据 "+f.Version, "", func(w listing.Writer) error { return w.Put(rec) }); err != nil {
		return FactsView{}, err
	}
	return s.Facts(ctx)
}

// ResetFacts forgets what was imported; the facts the program brings count again.
func (s *Tracking) ResetFacts(ctx context.Context) (FactsView, error) {
	err := s.change(ctx, "改回自带的埋点依据", "", func(w listing.Writer) error {
		if _, err := listing.Load[listing.TrackingFacts](w, listing.TrackingFactsID); err != nil {
			if listing.CodeOf(err) == listing.CodeNotFound {
				return listing.Fail(listing.CodeNotFound, "没有导入过埋点依据", "现在用的就是程序自带的，不用改回")
			}
			return err
		}
		return w.Delete(listing.KindFacts, listing.TrackingFactsID)
	})
	if err != nil {
		return FactsView{}, err
	}
	return s.Facts(ctx)
}
