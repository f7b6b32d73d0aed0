package service_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/tracking"
)

func (d *desk) make(in service.MakeRequest) listing.PackageRecord {
	d.t.Helper()
	rec, err := d.Packages.Make(d.ctx, in)
	if err != nil {
		d.t.Fatal(err)
	}
	return rec
}

func (d *desk) zip(rec listing.PackageRecord) []byte {
	d.t.Helper()
	at, err := d.Packages.Where(d.ctx, rec.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	body, err := os.ReadFile(at.Path)
	if err != nil {
		d.t.Fatal(err)
	}
	return body
}

// packaged lists the files in the folder of the packages.
func (d *desk) packaged() []string {
	d.t.Helper()
	found, err := filepath.Glob(filepath.Join(d.dir, "packages", "*"))
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

// says reports whether a text stands in any file of a package, also inside its documents.
func says(t *testing.T, raw []byte, text string) bool {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		ext := filepath.Ext(f.Name)
		if bytes.Contains(body, []byte(text)) || (ext == ".docx" || ext == ".xlsx") && says(t, body, text) {
			return true
		}
	}
	return false
}

func TestPackageTwiceIsTheSame(t *testing.T) {
	d := sampleDesk(t)
	first := d.make(service.MakeRequest{AppID: "示例督办"})
	d.now = d.now.AddDate(0, 0, 3)
	second := d.make(service.MakeRequest{AppID: "示例督办"})
	if first.SHA256 != second.SHA256 || !bytes.Equal(d.zip(first), d.zip(second)) {
		t.Error("the same data made other bytes")
	}
	sum := sha256.Sum256(d.zip(first))
	if first.SHA256 != hex.EncodeToString(sum[:]) || first.Size != int64(len(d.zip(first))) {
		t.Error("the record's hash or size is wrong")
	}
	if first.Number != 1 || second.Number != 2 || first.FileName == second.FileName || first.MadeBy != "联系人甲" || first.MadeAt != monday {
		t.Errorf("%d %q by %s at %s, then %d %q", first.Number, first.FileName, first.MadeBy, first.MadeAt, second.Number, second.FileName)
	}
	history, err := d.Packages.History(d.ctx, "示例督办")
	if err != nil || len(history) != 2 || history[0].ID != second.ID {
		t.Errorf("%d in the history: %v", len(history), err)
	}
}

// While a rule blocks only a draft can be made, and it says why.
func TestPackageWithAFailingRule(t *testing.T) {
	d := sampleDesk(t)
	_, err := d.Packages.Make(d.ctx, service.MakeRequest{AppID: "示例驾驶舱"})
	wants(t, err, listing.CodeRefused, "RULE-16", "草稿")
	if left := d.packaged(); len(left) > 0 {
		t.Errorf("a refused package left %v", left)
	}
	rec := d.make(service.MakeRequest{AppID: "示例驾驶舱", Draft: true})
	if !rec.Draft || len(rec.Blocking) == 0 || rec.Blocking[0].Rule != "RULE-16" || !strings.Contains(rec.FileName, "草稿") {
		t.Errorf("%+v", rec)
	}
	if body := d.zip(rec); !says(t, body, rec.Blocking[0].Message) || !says(t, body, "草稿") {
		t.Error("the draft does not say why it is one")
	}
	if body := d.zip(d.make(service.MakeRequest{AppID: "示例督办"})); says(t, body, "草稿") {
		t.Error("a full package says 草稿")
	}
}

// The test account's password is printed only when the person ticks it, and that is journalled. Other secrets never.
func TestPasswordInThePackage(t *testing.T) {
	d := sampleDesk(t)
	for key, text := range map[string]string{"app.test_password": password, "app.app_secret": "Ying-Yong-Mi-Yao-5512"} {
		if _, err := d.Apps.SetSecret(d.ctx, "示例督办", key, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, ticked := range []bool{false, true} {
		rec := d.make(service.MakeRequest{AppID: "示例督办", WithPassword: ticked})
		if got := says(t, d.zip(rec), password); got != ticked || rec.WithPassword != ticked {
			t.Errorf("ticked %v, printed %v", ticked, got)
		}
		if says(t, d.zip(rec), "Ying-Yong-Mi-Yao-5512") {
			t.Error("the App Secret is in the package")
		}
		if what := d.journal("示例督办")[0]; strings.Contains(what, "密码") != ticked {
			t.Errorf("ticked %v, journal %q", ticked, what)
		}
		for _, text := range rec.Values {
			if strings.Contains(text, password) {
				t.Error("the record holds the password")
			}
		}
	}
	if _, err := d.Apps.SetSecret(d.ctx, "示例督办", "app.test_password", ""); err != nil {
		t.Fatal(err)
	}
	_, err := d.Packages.Make(d.ctx, service.MakeRequest{AppID: "示例督办", WithPassword: true, Draft: true})
	wants(t, err, listing.CodeNotFound, "测试密码")
}

func TestPackageCanceledOrUnwritable(t *testing.T) {
	d := sampleDesk(t)
	ctx, cancel := context.WithCancel(d.ctx)
	cancel()
	_, err := d.Packages.Make(ctx, service.MakeRequest{AppID: "示例督办"})
	wants(t, err, listing.CodeCanceled)
	if left := d.packaged(); len(left) > 0 {
		t.Errorf("a canceled package left %v", left)
	}
	if job, err := d.Packages.Job(d.ctx, "nobody"); err != nil || job.Running {
		t.Errorf("%+v, %v", job, err)
	}
	if err := d.Packages.Cancel(d.ctx, "nobody"); err != nil {
		t.Error(err)
	}

	blocked := filepath.Join(d.dir, "packages")
	if err := os.RemoveAll(blocked); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(blocked, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	_, err = d.Packages.Make(d.ctx, service.MakeRequest{AppID: "示例督办"})
	wants(t, err, listing.CodeUnwritable, blocked)
	if history, err := d.Packages.History(d.ctx, "示例督办"); err != nil || len(history) > 0 {
		t.Errorf("recorded all the same: %v, %v", history, err)
	}
}

func TestPackageDiff(t *testing.T) {
	d := sampleDesk(t)
	first := d.make(service.MakeRequest{AppID: "示例督办"})
	d.set("示例督办", "description=换了一句说明。")
	second := d.make(service.MakeRequest{AppID: "示例督办"})
	diff, err := d.Packages.Diff(d.ctx, second.ID)
	if err != nil || diff.Against != first.FileName {
		t.Fatalf("%+v, %v", diff, err)
	}
	if len(diff.Fields) != 1 || diff.Fields[0].Key != "app.description" || diff.Fields[0].Label != "描述" || diff.Fields[0].After != "换了一句说明。" {
		t.Errorf("fields %+v", diff.Fields)
	}
	changed := 0
	for _, f := range diff.Files {
		if f.Change != "changed" || f.ChangeWord == "" {
			t.Errorf("%+v", f)
		}
		changed++
	}
	if changed == 0 {
		t.Error("no file changed")
	}
	if _, err := d.Packages.Diff(d.ctx, first.ID); err != nil {
		t.Errorf("the first: %v", err)
	}
	_, err = d.Packages.Diff(d.ctx, "没有")
	wants(t, err, listing.CodeNotFound)
}

func TestPackageIsHandedInAndCopied(t *testing.T) {
	d := sampleDesk(t)
	rec := d.make(service.MakeRequest{AppID: "示例督办"})
	_, err := d.Packages.MarkSubmitted(d.ctx, rec.ID, " ")
	wants(t, err, listing.CodeInvalid)
	rec, err = d.Packages.MarkSubmitted(d.ctx, rec.ID, "IRS 提交审批")
	if err != nil || len(rec.SubmittedTo) != 1 || rec.SubmittedTo[0] != "2026-03-02 IRS 提交审批" {
		t.Errorf("%v, %v", rec.SubmittedTo, err)
	}

	out := filepath.Join(t.TempDir(), "里面", "更里面")
	path, err := d.Packages.CopyTo(d.ctx, rec.ID, out)
	if err != nil || filepath.Base(path) != rec.FileName {
		t.Fatalf("%s, %v", path, err)
	}
	if body, err := os.ReadFile(path); err != nil || !bytes.Equal(body, d.zip(rec)) {
		t.Errorf("the copy differs: %v", err)
	}
	_, err = d.Packages.CopyTo(d.ctx, rec.ID, path) // a file is no folder
	wants(t, err, listing.CodeUnwritable, path)
	if left, _ := filepath.Glob(filepath.Join(out, ".copying-*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}

	at, err := d.Packages.Reveal(d.ctx, rec.ID)
	if err != nil || len(d.sent) != 1 || d.sent[0] != filepath.Dir(at.Path) {
		t.Errorf("%v, %v", d.sent, err)
	}
	if err := os.Remove(at.Path); err != nil {
		t.Fatal(err)
	}
	_, err = d.Packages.Where(d.ctx, rec.ID)
	wants(t, err, listing.CodeNotFound, rec.FileName, "重新生成")
}

func TestMaterialsOneByOne(t *testing.T) {
	d := sampleDesk(t)
	items, err := d.Packages.Materials(d.ctx, "示例督办")
	if err != nil || len(items) < 15 {
		t.Fatalf("%d, %v", len(items), err)
	}
	for _, item := range items {
		if item.Previewable {
			if page, err := d.Packages.Preview(d.ctx, "示例督办", item.ID); err != nil || page.Title != item.Title || page.HTML == "" {
				t.Errorf("%s: %q, %v", item.ID, page.Title, err)
			}
		}
		if item.State == "missing" || item.Kind == "attachment" {
			continue
		}
		if name, body, err := d.Packages.One(d.ctx, "示例督办", item.ID); err != nil || len(body) == 0 || strings.ContainsAny(name, `/\`) {
			t.Errorf("%s: %q, %d bytes, %v", item.ID, name, len(body), err)
		}
	}
	_, err = d.Packages.Preview(d.ctx, "示例督办", "nonsense")
	if err == nil {
		t.Error("a material that is none was shown")
	}
}

// A unit's own template replaces the program's; what cannot be filled in is refused or named.
func TestOwnTemplates(t *testing.T) {
	own := func(text string) []byte {
		var out bytes.Buffer
		doc := document.Doc{Title: "本单位的表", Blocks: []document.Block{document.Para(text)}}
		if err := doc.Build(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	d := sampleDesk(t)
	for name, tc := range map[string]struct {
		file string
		body []byte
		code listing.Code
		word string
	}{
		"unbalanced": {"表.docx", own("{{app.name 没有关上"), listing.CodeInvalid, "{{"},
		"no docx":    {"表.docx", []byte(pdf), listing.CodeInvalid, "docx"},
		"cut off":    {"表.docx", own("{{app.name}}")[:900], "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.Templates.Set(d.ctx, "form-1", d.upload(tc.file, tc.body))
			if err == nil {
				t.Fatal("taken")
			}
			if tc.code != "" {
				wants(t, err, tc.code, tc.word)
			}
		})
	}
	_, err := d.Templates.Set(d.ctx, "nonsense", d.upload("表.docx", own("x")))
	wants(t, err, listing.CodeNotFound, "nonsense")

	info, err := d.Templates.Set(d.ctx, "form-1", d.upload("我们的.docx", own("{{app.name}}，{{app.nonsense}}")))
	if err != nil || !info.Own || info.Name != "我们的.docx" || len(info.Unknown) != 1 || !strings.Contains(info.Unknown[0], "app.nonsense") {
		t.Fatalf("%+v, %v", info, err)
	}
	info, err = d.Templates.Set(d.ctx, "form-1", d.upload("我们的.docx", own("特别的表：{{app.name}}")))
	if err != nil || len(info.Unknown) != 0 {
		t.Fatalf("%+v, %v", info, err)
	}
	if body := d.zip(d.make(service.MakeRequest{AppID: "示例督办"})); !says(t, body, "特别的表") {
		t.Error("the own template was not used")
	}
	if err := d.Templates.Remove(d.ctx, "form-1"); err != nil {
		t.Fatal(err)
	}
	if body := d.zip(d.make(service.MakeRequest{AppID: "示例督办"})); says(t, body, "特别的表") {
		t.Error("the own template is still used")
	}
	all, err := d.Templates.List(d.ctx)
	if err != nil || len(all) == 0 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, one := range all {
		if one.Own || one.Title == "" || one.Unknown == nil {
			t.Errorf("%+v", one)
		}
	}
}

// TRACK-7 to TRACK-11: while an input is wrong there is no code; then there is for every stack, in a folder or a zip.
func TestSnippets(t *testing.T) {
	d := sampleDesk(t)
	stacks, err := d.Tracking.Stacks(d.ctx, "示例督办")
	if err != nil || len(stacks) != len(tracking.Stacks())-1 { // an H5 app: all but the mini-program's
		t.Fatalf("%v, %v", stacks, err)
	}
	for _, stack := range stacks {
		view, err := d.Tracking.Snippets(d.ctx, "示例督办", stack.ID)
		if err != nil || len(view.Files) == 0 || view.FactsVersion == "" {
			t.Fatalf("%s: %+v, %v", stack.ID, view, err)
		}
		dir := t.TempDir()
		paths, err := service.WriteSnippets(dir, view)
		if err != nil || len(paths) != len(view.Files) {
			t.Errorf("%v, %v", paths, err)
		}
		if name, body, err := d.Tracking.Zip(d.ctx, "示例督办", stack.ID); err != nil || !strings.HasSuffix(name, ".zip") || len(body) == 0 {
			t.Errorf("%q, %d bytes, %v", name, len(body), err)
		}
		view, err = d.Tracking.Snippets(d.ctx, "示例信访登记", stack.ID)
		if err != nil || len(view.Files) > 0 || len(listing.Blocking(view.Findings)) == 0 {
			t.Errorf("%+v, %v", view, err)
		}
		_, _, err = d.Tracking.Zip(d.ctx, "示例信访登记", stack.ID)
		wants(t, err, listing.CodeRefused, "埋点")
	}
	_, err = d.Tracking.Snippets(d.ctx, "示例督办", "jsp")
	wants(t, err, listing.CodeInvalid, "react")
	findings, err := d.Tracking.Check(d.ctx, "示例督办")
	if err != nil || len(listing.Blocking(findings)) > 0 {
		t.Errorf("%+v, %v", findings, err)
	}
	pages, err := d.Tracking.ParsePages(d.ctx, "index\t首页\thttps://a.example.com/\n")
	if err != nil || len(pages) != 1 || pages[0].PageName != "首页" {
		t.Errorf("%+v, %v", pages, err)
	}
}
