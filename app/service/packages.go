package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/material"
	"shangjiatong/app/precheck"
)

// Packages makes the materials and the package of an app.
type Packages struct{ *core }

// packagesDir is the folder of the finished packages inside the data folder.
const packagesDir = "packages"

// making is the pattern of the names of packages that are being written.
const making = "making-*"

// Materials lists what the package of an app will hold, and how far each is.
func (s *Packages) Materials(ctx context.Context, appID string) ([]material.Item, error) {
	in, err := s.input(ctx, appID)
	if err != nil {
		return nil, err
	}
	return material.List(in.Input)
}

// PreviewPage is a material as simple HTML, safe to put into a page.
type PreviewPage struct {
	Title string `json:"title"`
	HTML  string `json:"html"`
}

// Preview shows one material as it now would be.
func (s *Packages) Preview(ctx context.Context, appID, id string) (PreviewPage, error) {
	in, err := s.input(ctx, appID)
	if err != nil {
		return PreviewPage{}, err
	}
	html, err := material.Preview(ctx, in.Input, id)
	return PreviewPage{Title: in.title(id), HTML: html}, err
}

// One returns one material as a file, with the name it should be saved under.
func (s *Packages) One(ctx context.Context, appID, id string) (name string, body []byte, err error) {
	in, err := s.input(ctx, appID)
	if err != nil {
		return "", nil, err
	}
	if body, err = material.Build(ctx, in.Input, id); err != nil {
		return "", nil, err
	}
	return document.SafeName(filepath.Base(in.fileName(id))), body, nil
}

// packing is the input of a package with what the record needs besides.
type packing struct {
	material.Input
	appID string
}

func (p *packing) item(id string) material.Item {
	items, err := material.List(p.Input)
	if err != nil {
		return material.Item{ID: id, Title: id, FileName: id}
	}
	for _, i := range items {
		if i.ID == id {
			return i
		}
	}
	return material.Item{ID: id, Title: id, FileName: id}
}

func (p *packing) title(id string) string    { return p.item(id).Title }
func (p *packing) fileName(id string) string { return p.item(id).FileName }

// input gathers everything the materials of an app are made from.
func (s *Packages) input(ctx context.Context, appID string) (*packing, error) {
	out := &packing{}
	err := s.view(ctx, func(r listing.Reader) error {
		run, err := s.running(r, appID)
		if err != nil {
			return err
		}
		view := s.caseView(run).CaseView
		out.appID = run.dossier.App.ID
		out.Input = material.Input{Dossier: run.dossier, Settings: run.settings, Forms: s.forms, Case: &view,
			Findings: run.findings, FlowVersion: run.flow.Version, RulesVersion: run.rulesVersion, Facts: run.facts}
		out.Letter, err = runningLetter(r, run.dossier.App, run.dossier.Unit)
		return err
	})
	if err != nil {
		return nil, err
	}
	blobs, err := s.Workplace.Blobs()
	if err != nil {
		return nil, err
	}
	out.OpenBlob = func(sha string) (io.ReadCloser, error) { return blobs.Open(sha) }
	out.Templates, err = templates(blobs, out.Settings)
	return out, err
}

// templates reads the unit's own templates.
func templates(blobs listing.Blobs, set listing.Settings) (map[string][]byte, error) {
	out := map[string][]byte{}
	for id, att := range set.Templates {
		body, err := readBlob(blobs, att.SHA256)
		if err != nil {
			return nil, err
		}
		out[id] = body
	}
	return out, nil
}

func readBlob(blobs listing.Blobs, sha string) ([]byte, error) {
	f, err := blobs.Open(sha)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(f)
	return body, errors.Join(err, f.Close())
}

// MakeRequest asks for a package. Job, when given, names the work so that it can be watched and canceled.
type MakeRequest struct {
	AppID        string `json:"app_id"`
	Draft        bool   `json:"draft"`
	WithPassword bool   `json:"with_password"`
	Job          string `json:"job"`
}

// Make makes the package of an app and remembers it. While a rule blocks only a draft can be made.
func (s *Packages) Make(ctx context.Context, in MakeRequest) (listing.PackageRecord, error) {
	var rec listing.PackageRecord
	pack, err := s.input(ctx, in.AppID)
	if err != nil {
		return rec, err
	}
	blocking := s.rules.ForPackage(precheck.Report{Findings: pack.Findings})
	if len(blocking) > 0 && !in.Draft {
		return rec, Refusal("还不能生成正式材料包（可以先生成草稿）", blocking)
	}
	pack.Draft = in.Draft
	if in.WithPassword {
		if pack.Password, err = s.secret(ctx, pack.appID, "app.test_password"); err != nil {
			return rec, err
		}
	}
	ctx, progress, done := s.jobs.begin(ctx, in.Job)
	defer done()
	rec = listing.PackageRecord{ID: uuid.NewString(), AppID: pack.appID, Draft: in.Draft, WithPassword: in.WithPassword,
		MadeAt: s.stamp(), FlowVersion: pack.FlowVersion, RulesVersion: pack.RulesVersion,
		Values: s.forms.ValuesOf(pack.Dossier).Snapshot(), Blocking: blocking}
	if rec.MadeBy, err = s.operator(ctx); err != nil {
		return rec, err
	}
	return rec, s.writePackage(ctx, pack, &rec, progress)
}

// writePackage writes the zip under a temporary name, records it, and only then gives it its name: nothing half-written
// is ever left under the name of a package.
func (s *Packages) writePackage(ctx context.Context, pack *packing, rec *listing.PackageRecord, progress func(done, total int64)) error {
	dir := filepath.Join(s.DataDir, packagesDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unwritable(dir, err)
	}
	f, err := os.CreateTemp(dir, making)
	if err != nil {
		return unwritable(dir, err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	digest := document.NewDigester()
	manifest, err := material.Package(ctx, pack.Input, io.MultiWriter(f, digest), progress)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return packageFailed(err)
	}
	sum := digest.Sum()
	rec.Size, rec.SHA256, rec.SM3, rec.Files = sum.Size, sum.SHA256, sum.SM3, manifest.Files
	what := "生成材料包"
	if rec.Draft {
		what = "生成草稿材料包"
	}
	if rec.WithPassword {
		what += "（含测试密码）"
	}
	err = s.change(ctx, what, rec.AppID, func(w listing.Writer) error {
		earlier, err := packagesOf(w, rec.AppID)
		if err != nil {
			return err
		}
		rec.Number = len(earlier) + 1
		rec.FileName = packageName(pack.Dossier.App.Name, rec)
		if err := os.Rename(f.Name(), s.packagePath(rec.ID)); err != nil {
			return unwritable(dir, err)
		}
		return w.Put(*rec)
	})
	if err != nil {
		_ = os.Remove(s.packagePath(rec.ID)) // not recorded, so nothing would ever find it
	}
	return err
}

func packageFailed(err error) error {
	var known *listing.Error
	if errors.As(err, &known) {
		return known
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return listing.Fail(listing.CodeCanceled, "已停止生成，什么也没有留下", "需要时请重新生成").Because(err)
	}
	return listing.Fail(listing.CodeUnwritable, "材料包没有写成，什么也没有留下", "请检查磁盘空间，然后重试").Because(err)
}

func packageName(app string, rec *listing.PackageRecord) string {
	kind := "上架材料"
	if rec.Draft {
		kind = "上架材料（草稿）"
	}
	return document.SafeName(fmt.Sprintf("%s-%s-%03d.zip", app, kind, rec.Number))
}

func (c *core) packagePath(id string) string { return filepath.Join(c.DataDir, packagesDir, id+".zip") }

// packagesOf returns the packages of an app, oldest first.
func packagesOf(r listing.Reader, appID string) ([]listing.PackageRecord, error) {
	all, err := listing.All[listing.PackageRecord](r)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(p listing.PackageRecord) bool { return p.AppID != appID })
	slices.SortFunc(all, func(a, b listing.PackageRecord) int { return a.Number - b.Number })
	return all, nil
}

// History returns the packages of an app, newest first.
func (s *Packages) History(ctx context.Context, appID string) ([]listing.PackageRecord, error) {
	var out []listing.PackageRecord
	err := s.view(ctx, func(r listing.Reader) error {
		a, err := app(r, appID)
		if err != nil {
			return err
		}
		out, err = packagesOf(r, a.ID)
		slices.Reverse(out)
		return err
	})
	return out, err
}

func (s *Packages) load(ctx context.Context, id string) (listing.PackageRecord, error) {
	var rec listing.PackageRecord
	err := s.view(ctx, func(r listing.Reader) (err error) {
		rec, err = listing.Load[listing.PackageRecord](r, id)
		return err
	})
	return rec, err
}

// PackageDiff is the difference of a package to the one before it.
type PackageDiff struct {
	Against string `json:"against"` // file name of the one before, empty for the first
	material.Diff
}

// Diff compares a package with the one made before it, by field and by file.
func (s *Packages) Diff(ctx context.Context, id string) (PackageDiff, error) {
	rec, err := s.load(ctx, id)
	if err != nil {
		return PackageDiff{}, err
	}
	history, err := s.History(ctx, rec.AppID)
	if err != nil {
		return PackageDiff{}, err
	}
	var before listing.PackageRecord
	for _, p := range history {
		if p.Number == rec.Number-1 {
			before = p
		}
	}
	return PackageDiff{Against: before.FileName, Diff: material.Compare(before, rec, s.forms)}, nil
}

// MarkSubmitted notes where a package was handed in.
func (s *Packages) MarkSubmitted(ctx context.Context, id, where string) (listing.PackageRecord, error) {
	if strings.TrimSpace(where) == "" {
		return listing.PackageRecord{}, listing.Fail(listing.CodeInvalid, "请写明提交到哪里", "例如：IRS 提交审批")
	}
	rec, err := s.load(ctx, id)
	if err != nil {
		return rec, err
	}
	err = s.change(ctx, "登记材料包去向", rec.AppID, func(w listing.Writer) (err error) {
		if rec, err = listing.Load[listing.PackageRecord](w, id); err != nil {
			return err
		}
		rec.SubmittedTo = append(rec.SubmittedTo, s.today()+" "+strings.TrimSpace(where))
		return w.Put(rec)
	})
	return rec, err
}

// Opened is where a finished file lies.
type Opened struct {
	Path string `json:"path"`
	Name string `json:"name"` // the readable name to save it under
	Size int64  `json:"size"`
}

// Where returns where the zip of a package lies in the data folder.
func (s *Packages) Where(ctx context.Context, id string) (Opened, error) {
	rec, err := s.load(ctx, id)
	if err != nil {
		return Opened{}, err
	}
	path := s.packagePath(rec.ID)
	if _, err := os.Stat(path); err != nil {
		return Opened{}, listing.Failf(listing.CodeNotFound, "请重新生成", "材料包“%s”的文件不在了", rec.FileName).Because(err)
	}
	return Opened{Path: path, Name: rec.FileName, Size: rec.Size}, nil
}

// Reveal opens the folder of a package in the file manager.
func (s *Packages) Reveal(ctx context.Context, id string) (Opened, error) {
	out, err := s.Where(ctx, id)
	if err != nil {
		return out, err
	}
	if err := s.Browse(filepath.Dir(out.Path)); err != nil {
		return out, listing.Fail(listing.CodeMissingTool, "没能打开文件夹", "请自行打开："+filepath.Dir(out.Path)).Because(err)
	}
	return out, nil
}

// CopyTo copies the zip of a package into a folder under its readable name and returns the path.
func (s *Packages) CopyTo(ctx context.Context, id, dir string) (string, error) {
	rec, err := s.load(ctx, id)
	if err != nil {
		return "", err
	}
	from, err := s.Where(ctx, id)
	if err != nil {
		return "", err
	}
	return copyFile(from.Path, filepath.Join(dir, rec.FileName))
}

// copyFile copies a file by way of a temporary one in the same folder.
func copyFile(from, to string) (string, error) {
	src, err := os.Open(from)
	if err != nil {
		return "", listing.Failf(listing.CodeUnreadable, "请重新生成", "读不了“%s”", from).Because(err)
	}
	defer func() { _ = src.Close() }()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return "", unwritable(filepath.Dir(to), err)
	}
	dst, err := os.CreateTemp(filepath.Dir(to), ".copying-*")
	if err != nil {
		return "", unwritable(filepath.Dir(to), err)
	}
	defer func() { _ = os.Remove(dst.Name()) }() // gone already when all went well
	_, err = io.Copy(dst, src)
	if err = errors.Join(err, dst.Sync(), dst.Close()); err != nil {
		return "", unwritable(to, err)
	}
	if err := os.Rename(dst.Name(), to); err != nil {
		return "", unwritable(to, err)
	}
	return to, nil
}
