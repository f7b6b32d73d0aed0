package service_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/intake"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/store/snapshot"
)

// sheet is a workbook whose first row is the headers.
func sheet(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	s := document.Sheet{Name: "应用", Rows: rows[1:]}
	for _, h := range rows[0] {
		s.Columns = append(s.Columns, document.Column{Header: fmt.Sprint(h)})
	}
	var b bytes.Buffer
	if err := (&document.Workbook{Sheets: []document.Sheet{s}}).Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (d *desk) apply(in service.ImportRequest) service.ImportResult {
	d.t.Helper()
	out, err := d.Imports.Apply(d.ctx, in)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func TestImportFromATable(t *testing.T) {
	d := sampleDesk(t)
	before := len(d.rows())
	token := d.upload("应用.xlsx", sheet(t, []any{"应用名称", "应用类型", "建设层级", "开发商", "奇怪的列"},
		[]any{"示例督办", "", "省级", "", "x"}, []any{"示例新应用", "H5", "市级", "示例科技有限公司", ""}, []any{"示例会议室", "", "", "", ""}))
	v, err := d.Imports.Preview(d.ctx, service.ImportRequest{Upload: token})
	if err != nil || v.Source != service.FromTable || v.Counts.Rows != 3 || v.Counts.Add != 1 || v.Counts.Update != 1 || v.Counts.Errors != 0 ||
		len(v.Mapping) != 5 || v.Mapping[4].Match != intake.Unknown || len(v.Targets) == 0 || len(v.Sample) != 3 || v.Header != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
	if got := len(d.rows()); got != before {
		t.Fatalf("the preview wrote: %d apps, want %d", got, before)
	}
	out := d.apply(service.ImportRequest{Upload: token, Mapping: v.Mapping})
	if !out.Written || out.Added != 1 || out.Updated != 1 || len(out.Apps) != 2 || out.Snapshot == "" {
		t.Fatalf("%+v", out)
	}
	a := d.view("示例新应用").App
	if a.Kind != listing.KindH5 || a.Level != "市级" || a.VendorID == "" || a.Department == "" || a.CreatedAt == "" || a.Attachments == nil {
		t.Errorf("%+v", a)
	}
	if got := d.view("示例督办").App; got.Level != "省级" || got.Kind != listing.KindH5 || got.Identifier == "" {
		t.Errorf("%+v", got)
	}
	all, err := d.Snapshots.List(d.ctx)
	if err != nil || all[0].Reason != snapshot.Import || all[0].ID != out.Snapshot {
		t.Errorf("%+v, %v", all, err)
	}
	_, err = d.Imports.Preview(d.ctx, service.ImportRequest{Upload: token})
	wants(t, err, listing.CodeNotFound)
}

func (d *desk) rows() []service.AppSummary {
	d.t.Helper()
	rows, err := d.Apps.List(d.ctx, false)
	if err != nil {
		d.t.Fatal(err)
	}
	return rows
}

// One wrong cell stops everything, unless the person leaves out its row.
func TestImportWithErrors(t *testing.T) {
	d := openDesk(t)
	token := d.upload("应用.xlsx", sheet(t, []any{"应用名称", "应用类型"}, []any{"示例一", "H5"}, []any{"示例二", "安卓"}, []any{"示例三", "小程序"}))
	out := d.apply(service.ImportRequest{Upload: token})
	if out.Written || out.Counts.Errors != 1 || out.Problems[0].Cell != "B3" || out.Snapshot != "" || len(d.rows()) != 0 {
		t.Fatalf("%+v", out)
	}
	if all, err := d.Snapshots.List(d.ctx); err != nil || len(all) != 0 {
		t.Errorf("a snapshot for nothing: %+v, %v", all, err)
	}
	out = d.apply(service.ImportRequest{Upload: token, SkipErrors: true})
	if !out.Written || out.Added != 2 || out.Skipped != 1 || len(d.rows()) != 2 {
		t.Fatalf("%+v", out)
	}
}

// Importing the same table twice adds nothing and changes nothing.
func TestImportTwice(t *testing.T) {
	d := openDesk(t)
	file := sheet(t, []any{"应用名称", "应用类型"}, []any{"示例一", "H5"})
	d.apply(service.ImportRequest{Upload: d.upload("a.xlsx", file)})
	out := d.apply(service.ImportRequest{Upload: d.upload("a.xlsx", file)})
	if out.Written || out.Added+out.Updated != 0 || len(d.rows()) != 1 {
		t.Errorf("%+v", out)
	}
}

// The person chooses what a column means.
func TestImportWithAMapping(t *testing.T) {
	d := openDesk(t)
	token := d.upload("a.xlsx", sheet(t, []any{"叫什么", "种类"}, []any{"示例一", "H5"}))
	v, err := d.Imports.Preview(d.ctx, service.ImportRequest{Upload: token})
	if err != nil || v.Notice == "" || len(v.Columns) != 2 || len(v.Targets) == 0 || len(v.Rows) != 0 {
		t.Fatalf("%+v, %v", v, err)
	}
	_, err = d.Imports.Apply(d.ctx, service.ImportRequest{Upload: token})
	wants(t, err, listing.CodeInvalid, "叫什么")
	m := []intake.MappedColumn{{Column: 0, Key: "app.name"}, {Column: 1, Key: "app.kind"}}
	if out := d.apply(service.ImportRequest{Upload: token, Mapping: m}); out.Added != 1 || d.view("示例一").App.Kind != listing.KindH5 {
		t.Errorf("%+v", out)
	}
	m[1].Key = "app.test_password"
	_, err = d.Imports.Preview(d.ctx, service.ImportRequest{Upload: d.upload("a.xlsx", sheet(t, []any{"叫什么", "种类"}, []any{"示例一", "H5"})), Mapping: m})
	wants(t, err, listing.CodeInvalid, "test_password")
}

func TestImportOfAForeignFile(t *testing.T) {
	d := openDesk(t)
	for name, body := range map[string]string{"a.xlsx": "不是表格", "a.zip": "不是压缩包"} {
		_, err := d.Imports.Preview(d.ctx, service.ImportRequest{Upload: d.upload(name, []byte(body))})
		wants(t, err, listing.CodeUnreadable)
	}
	_, err := d.Imports.PreviewFile(d.ctx, service.ProofFile{Name: "没有.xlsx", Path: "没有.xlsx"}, service.ImportRequest{})
	wants(t, err, listing.CodeUnreadable, "没有.xlsx")
}

// An earlier package brings the app and its files to another machine.
func TestImportFromAPackage(t *testing.T) {
	from, id := readyDesk(t)
	made, err := from.Packages.Make(from.ctx, service.MakeRequest{AppID: id, Draft: true})
	if err != nil {
		t.Fatal(err)
	}
	_, _, body, err := from.Downloads.Open(from.ctx, "package/"+made.ID)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(body)
	if err != nil || body.Close() != nil {
		t.Fatal(err)
	}
	d := openDesk(t)
	token := d.upload(made.FileName, raw)
	v, err := d.Imports.Preview(d.ctx, service.ImportRequest{Upload: token})
	if err != nil || v.Source != service.FromPackage || v.Counts.Add != 1 || len(v.Files) == 0 {
		t.Fatalf("%+v, %v", v, err)
	}
	if out := d.apply(service.ImportRequest{Upload: token}); !out.Written || out.Added != 1 {
		t.Fatalf("%+v", out)
	}
	a := d.view("新的应用").App
	if a.Identifier != "xdyy_demo" || a.Kind != listing.KindH5 || a.Attachments["logo"].SHA256 != from.view(id).App.Attachments["logo"].SHA256 {
		t.Errorf("%+v", a)
	}
}

func TestImportTemplateCanBeReadAgain(t *testing.T) {
	d := openDesk(t)
	name, _, body, err := d.Downloads.Open(d.ctx, "intake/template")
	if err != nil || name != "应用导入表.xlsx" {
		t.Fatal(name, err)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	v, err := d.Imports.Preview(d.ctx, service.ImportRequest{Upload: d.upload(name, raw)})
	if err != nil || v.Counts.Rows != 0 || v.Counts.Errors != 0 || len(v.Mapping) == 0 {
		t.Errorf("%+v, %v", v.Counts, err)
	}
	for _, m := range v.Mapping {
		if m.Match != intake.Matched {
			t.Errorf("%+v", m)
		}
	}
}

// BenchmarkImport measures an import of 1,000 rows: reading, checking, the snapshot and the transaction.
func BenchmarkImport(b *testing.B) {
	rows := [][]any{{"应用名称", "应用类型", "应用标识", "建设层级"}}
	for i := range 1000 {
		rows = append(rows, []any{fmt.Sprintf("示例应用%04d", i), "H5", fmt.Sprintf("slyy_%04d", i), "市级"})
	}
	file := sheet(b, rows...)
	for b.Loop() {
		b.StopTimer()
		d := openDesk(b)
		path := d.file("a.xlsx", file)
		b.StartTimer()
		out, err := d.Imports.ApplyFile(d.ctx, service.ProofFile{Name: "a.xlsx", Path: path}, service.ImportRequest{})
		if err != nil || out.Added != 1000 {
			b.Fatal(out.Added, err)
		}
		b.StopTimer()
		if err := os.Remove(path); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// A long import is stopped from outside, as the page does, and leaves nothing behind.
func TestImportCanceledByItsJob(t *testing.T) {
	d := openDesk(t)
	rows := [][]any{{"应用名称", "应用类型"}}
	for i := range 1000 {
		rows = append(rows, []any{fmt.Sprintf("示例%04d", i), "H5"})
	}
	token := d.upload("应用.xlsx", sheet(t, rows...))
	ended := make(chan error)
	go func() {
		_, err := d.Imports.Apply(d.ctx, service.ImportRequest{Upload: token, Job: "import-1"})
		ended <- err
	}()
	for {
		job, err := d.Packages.Job(d.ctx, "import-1")
		if err != nil {
			t.Fatal(err)
		}
		if job.Done > 0 {
			if job.Total != 1000 {
				t.Errorf("%+v", job)
			}
			break
		}
	}
	if err := d.Packages.Cancel(d.ctx, "import-1"); err != nil {
		t.Fatal(err)
	}
	wants(t, <-ended, listing.CodeCanceled, "数据没有改动")
	if n := len(d.rows()); n != 0 {
		t.Fatalf("%d apps were written", n)
	}
	if out := d.apply(service.ImportRequest{Upload: token}); !out.Written || out.Added != 1000 {
		t.Errorf("the file cannot be tried again: %+v", out.Counts)
	}
}
