package service

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/intake"
	"shangjiatong/app/listing"
	"shangjiatong/store/snapshot"
)

// Imports takes over apps from a spreadsheet, or from a package made earlier.
type Imports struct{ *core }

// ImportRequest names what is imported and how it is read.
type ImportRequest struct {
	Upload     string                `json:"upload"`      // token of Files; .xlsx, or .zip for a package
	Sheet      string                `json:"sheet"`       // empty for the first
	Mapping    []intake.MappedColumn `json:"mapping"`     // empty: guessed by the headers
	SkipErrors bool                  `json:"skip_errors"` // Apply: leave out the rows with errors instead of writing nothing
	Job        string                `json:"job"`         // name under which the work can be watched and canceled; may be empty
}

// The numbers of rows a preview carries; its counts tell of all.
const (
	previewRows = 500
	sampleRows  = 20
)

// The sources of an import.
const (
	FromTable   = "table"
	FromPackage = "package"
)

// ImportView says what an import would do. Nothing has been written.
type ImportView struct {
	Source   string                `json:"source"` // table or package
	Sheet    string                `json:"sheet"`
	Sheets   []string              `json:"sheets"`
	Header   int                   `json:"header"` // number of the header row
	Columns  []intake.Column       `json:"columns"`
	Mapping  []intake.MappedColumn `json:"mapping"`
	Targets  []intake.Target       `json:"targets"` // what columns can be paired with
	Sample   []intake.Row          `json:"sample"`  // the first rows as typed
	Rows     []intake.RowPlan      `json:"rows"`    // at most 500
	Problems []intake.Problem      `json:"problems"`
	Counts   intake.Counts         `json:"counts"`
	Files    []ImportFile          `json:"files"` // of a package
	// Notice says that no column was recognised, so that the person has to choose; then there are no rows.
	Notice string `json:"notice"`
}

// ImportFile is a file of a package. Slot is where it is attached, empty when it is not.
type ImportFile struct {
	Name      string `json:"name"`
	Size      int64  `json:"size"`
	Slot      string `json:"slot"`
	SlotTitle string `json:"slot_title"`
}

// ImportResult says what an import did. Written is false when nothing was stored: there were errors, or nothing to do.
type ImportResult struct {
	Written  bool             `json:"written"`
	Added    int              `json:"added"`
	Updated  int              `json:"updated"`
	Skipped  int              `json:"skipped"`
	Apps     []ImportedApp    `json:"apps"`
	Snapshot string           `json:"snapshot"` // taken before; empty when nothing was written
	Counts   intake.Counts    `json:"counts"`
	Problems []intake.Problem `json:"problems"`
}

// ImportedApp is one app an import wrote.
type ImportedApp struct {
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Action intake.Action `json:"action"`
}

// incoming is a file that was opened and read.
type incoming struct {
	table   *intake.Table
	mapping intake.Mapping
	pack    *intake.Package // nil for a table
	file    *os.File
}

// Template returns the workbook to download and fill in, with its name.
func (s *Imports) Template(context.Context) (name string, body []byte, err error) {
	book, err := intake.Template()
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	err = book.Write(&b)
	return "应用导入表.xlsx", b.Bytes(), err
}

// Preview reads an upload and says what importing it would do.
func (s *Imports) Preview(ctx context.Context, in ImportRequest) (ImportView, error) {
	up, err := s.uploads.finished(in.Upload)
	if err != nil {
		return ImportView{}, err
	}
	return s.PreviewFile(ctx, ProofFile{Name: up.name, Path: up.path}, in)
}

// PreviewFile is Preview for a file of this machine.
func (s *Imports) PreviewFile(ctx context.Context, file ProofFile, in ImportRequest) (ImportView, error) {
	ctx, _, end := s.jobs.begin(ctx, in.Job)
	defer end()
	from, err := s.open(ctx, file, in)
	if err != nil {
		return ImportView{}, err
	}
	defer func() { _ = from.file.Close() }()
	plan, err := s.look(ctx, from)
	notice := ""
	if listing.CodeOf(err) == listing.CodeInvalid && len(in.Mapping) == 0 {
		notice, err = listing.AsError(err).Message, nil
		plan = &intake.Preview{Rows: []intake.RowPlan{}, Problems: []intake.Problem{}}
	}
	if err != nil {
		return ImportView{}, err
	}
	t := from.table
	out := ImportView{Notice: notice, Source: FromTable, Sheet: t.Sheet, Sheets: t.Sheets, Header: t.Header, Columns: t.Columns, Mapping: from.mapping,
		Targets: intake.Targets(s.forms), Sample: t.Rows[:min(len(t.Rows), sampleRows)], Rows: plan.Rows[:min(len(plan.Rows), previewRows)],
		Problems: plan.Problems, Counts: plan.Counts, Files: []ImportFile{}}
	if from.pack != nil {
		out.Source, out.Files = FromPackage, s.filesOf(from.pack)
	}
	return out, nil
}

// open reads a file: a package by its extension, anything else as a spreadsheet. The caller closes its file.
func (s *Imports) open(ctx context.Context, given ProofFile, in ImportRequest) (*incoming, error) {
	f, err := os.Open(given.Path)
	if err != nil {
		return nil, listing.Failf(listing.CodeUnreadable, "请检查路径和权限", "读不了文件“%s”", given.Name).Because(err)
	}
	out := &incoming{file: f, mapping: in.Mapping}
	if err := out.read(ctx, s.forms, given.Name, in.Sheet); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return out, nil
}

func (i *incoming) read(ctx context.Context, c *forms.Catalogue, name, sheet string) error {
	info, err := i.file.Stat()
	if err != nil {
		return listing.Failf(listing.CodeUnreadable, "请检查路径和权限", "读不了文件“%s”", name).Because(err)
	}
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		if i.pack, err = intake.FromManifest(ctx, i.file, info.Size()); err != nil {
			return err
		}
		i.table, i.mapping = i.pack.Table(c), nil
	} else if i.table, err = intake.Read(ctx, i.file, info.Size(), sheet); err != nil {
		return err
	}
	if len(i.mapping) == 0 {
		i.mapping, err = intake.Guess(i.table, c)
	}
	return err
}

// look compares a file with the apps there are.
func (s *Imports) look(ctx context.Context, from *incoming) (plan *intake.Preview, err error) {
	err = s.view(ctx, func(r listing.Reader) error {
		plan, err = s.compare(ctx, r, from)
		return err
	})
	return plan, err
}

func (s *Imports) compare(ctx context.Context, r listing.Reader, from *incoming) (*intake.Preview, error) {
	apps, err := listing.All[listing.App](r)
	if err != nil {
		return nil, err
	}
	vendors, err := listing.All[listing.Vendor](r)
	if err != nil {
		return nil, err
	}
	return intake.Check(ctx, from.table, from.mapping, intake.Known{Existing: apps, Vendors: vendors, Catalogue: s.forms})
}

// Apply imports an upload: all of it in one transaction, after a snapshot, or nothing.
func (s *Imports) Apply(ctx context.Context, in ImportRequest) (ImportResult, error) {
	up, err := s.uploads.finished(in.Upload)
	if err != nil {
		return ImportResult{}, err
	}
	out, err := s.ApplyFile(ctx, ProofFile{Name: up.name, Path: up.path}, in)
	if err == nil && out.Written {
		s.uploads.drop(in.Upload)
	}
	return out, err
}

// ApplyFile is Apply for a file of this machine.
func (s *Imports) ApplyFile(ctx context.Context, file ProofFile, in ImportRequest) (ImportResult, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	from, err := s.open(ctx, file, in)
	if err != nil {
		return ImportResult{}, err
	}
	defer func() { _ = from.file.Close() }()
	plan, err := s.look(ctx, from)
	if err != nil {
		return ImportResult{}, err
	}
	out := resultOf(plan)
	if (plan.Counts.Errors > 0 && !in.SkipErrors) || len(plan.Plan()) == 0 {
		return out, nil
	}
	attached, err := s.unpack(ctx, from.pack)
	if err != nil {
		return out, err
	}
	if out.Snapshot, err = s.before(ctx, snapshot.Import, "导入 "+file.Name); err != nil {
		return out, err
	}
	err = s.change(ctx, "导入应用 "+filepath.Base(file.Name), "", func(w listing.Writer) error {
		again, err := s.compare(ctx, w, from) // somebody may have changed an app meanwhile
		if err != nil {
			return err
		}
		if again.Counts.Errors > plan.Counts.Errors {
			return listing.Fail(listing.CodeConflict, "导入期间资料被改动，什么也没有写入", "请重新预览后再导入")
		}
		return s.write(ctx, w, again.Plan(), attached, &out, progress)
	})
	out.Written = err == nil
	return out, err
}

func resultOf(plan *intake.Preview) ImportResult {
	return ImportResult{Apps: []ImportedApp{}, Skipped: plan.Counts.Skip, Counts: plan.Counts, Problems: plan.Problems}
}

// before takes the snapshot that goes before a change of many records, and returns its ID.
func (c *core) before(ctx context.Context, why snapshot.Reason, note string) (string, error) {
	db, err := c.Workplace.open()
	if err != nil {
		return "", err
	}
	info, err := db.Snapshots().Take(ctx, why, note)
	return info.ID, err
}

func (s *Imports) write(ctx context.Context, w listing.Writer, rows []intake.RowPlan, attached map[string]listing.Attachment, out *ImportResult, progress func(done, total int64)) error {
	u, err := unit(w)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if err := ctx.Err(); err != nil {
			return listing.Fail(listing.CodeCanceled, "已取消，什么也没有导入", "需要时请重新选择文件").Because(err)
		}
		a, err := s.takeOver(w, u, row, attached)
		if err != nil {
			return err
		}
		if row.Action == intake.Add {
			out.Added++
		} else {
			out.Updated++
		}
		out.Apps = append(out.Apps, ImportedApp{ID: a.ID, Name: a.Name, Action: row.Action})
		progress(int64(i+1), int64(len(rows)))
	}
	return nil
}

// takeOver writes one row.
func (s *Imports) takeOver(w listing.Writer, u listing.Unit, row intake.RowPlan, attached map[string]listing.Attachment) (listing.App, error) {
	a := listing.App{ID: uuid.NewString(), CreatedAt: s.stamp()}
	if row.Action == intake.Update {
		var err error
		if a, err = listing.Load[listing.App](w, row.AppID); err != nil {
			return a, err
		}
	}
	values := []FieldValue{}
	for _, v := range row.Values {
		values = append(values, FieldValue{Key: v.Key, Values: v.Values})
	}
	if err := s.setFields(&a, "app.", values); err != nil {
		return a, err
	}
	if row.SetPages {
		a.Pages = row.Pages
	}
	if row.Action == intake.Add {
		(&Apps{s.core}).fillDefaults(&a, u)
	}
	whole(&a)
	for slot, att := range attached {
		if _, taken := a.Attachments[slot]; !taken {
			a.Attachments[slot] = att
		}
	}
	a.UpdatedAt = s.after(a.UpdatedAt)
	return a, w.Put(a)
}

// filesOf lists the files of a package with the slots they belong to.
func (s *Imports) filesOf(p *intake.Package) []ImportFile {
	out := []ImportFile{}
	for _, f := range p.Files {
		one := ImportFile{Name: f.Name, Size: f.Size}
		if slot := s.slotOf(f.Name); slot != nil {
			one.Slot, one.SlotTitle = slot.ID, slot.Title
		}
		out = append(out, one)
	}
	return out
}

// slotOf finds the slot of a file in a package: there a slot's file bears the slot's title.
func (s *Imports) slotOf(name string) *forms.Slot {
	base, ext := path.Base(name), path.Ext(name)
	for i := range s.forms.Slots {
		if slot := &s.forms.Slots[i]; base == document.SafeName(slot.Title+ext) {
			return slot
		}
	}
	return nil
}

// unpack keeps the files of a package that belong to slots, by slot. Nothing points at them before the transaction.
func (s *Imports) unpack(ctx context.Context, p *intake.Package) (map[string]listing.Attachment, error) {
	out := map[string]listing.Attachment{}
	if p == nil {
		return out, nil
	}
	dir, err := os.MkdirTemp("", "shangjiatong-")
	if err != nil {
		return nil, unwritable(os.TempDir(), err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // a left-over in the folder of temporary files
	for _, f := range p.Files {
		slot := s.slotOf(f.Name)
		if slot == nil || f.Size > slot.MB<<20 {
			continue
		}
		name := path.Base(f.Name)
		at := filepath.Join(dir, slot.ID)
		if err := unpackTo(p, f.Name, at); err != nil {
			return nil, err
		}
		if out[slot.ID], err = s.keep(ctx, slot, name, at); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func unpackTo(p *intake.Package, name, to string) error {
	from, err := p.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	f, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return unwritable(to, err)
	}
	_, err = io.Copy(f, from)
	if listing.CodeOf(err) == listing.CodeDamaged {
		return errors.Join(err, f.Close())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return unwritable(to, err)
	}
	return nil
}
