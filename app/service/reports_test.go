package service_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

func TestWeeklyReport(t *testing.T) {
	d := sampleDesk(t)
	whole, err := d.Reports.Weekly(d.ctx, service.WeeklyRequest{})
	if err != nil || whole.From != "2026-03-02" || whole.To != "2026-03-08" || whole.Unit == "" || len(whole.Apps) < 5 || len(whole.Loads) != 4 {
		t.Fatalf("%+v, %v", whole, err)
	}
	one, err := d.Reports.Weekly(d.ctx, service.WeeklyRequest{Week: "2026-03-05", App: "示例督办"})
	if err != nil || one.From != "2026-03-02" || len(one.Apps) == 0 || one.Apps[0].Name != "示例督办" || one.Standing.Apps != 1 {
		t.Fatalf("%+v, %v", one, err)
	}
	_, err = d.Reports.Weekly(d.ctx, service.WeeklyRequest{Week: "下周"})
	wants(t, err, listing.CodeInvalid, "下周")
	_, err = d.Reports.Weekly(d.ctx, service.WeeklyRequest{App: "没有"})
	wants(t, err, listing.CodeNotFound, "没有")
}

func TestReportOfAPeriod(t *testing.T) {
	d := sampleDesk(t)
	p, err := d.Reports.Period(d.ctx, service.PeriodRequest{From: "2026-01-01", To: "2026-03-31"})
	if err != nil || p.From != "2026-01-01" || p.To != "2026-03-31" || len(p.Weeks) < 12 {
		t.Fatalf("%d weeks, %v", len(p.Weeks), err)
	}
	_, err = d.Reports.Period(d.ctx, service.PeriodRequest{From: "2026-03-31", To: "2026-01-01"})
	wants(t, err, listing.CodeInvalid)
}

func TestReportsAsFiles(t *testing.T) {
	d := sampleDesk(t)
	for id, want := range map[string]struct{ name, kind string }{
		"report/weekly/2026-03-02/docx":                 {"上架进展周报-2026-03-02.docx", "docx"},
		"report/weekly/2026-03-04/xlsx":                 {"上架进展周报-2026-03-02.xlsx", "xlsx"},
		"report/weekly/2026-03-02/html":                 {"上架进展周报-2026-03-02.html", "html"},
		"report/weekly/2026-03-02/pdf":                  {"上架进展周报-2026-03-02.pdf", "pdf"},
		"report/weekly/2026-03-02/pdf/示例督办":             {"上架进展周报-示例督办-2026-03-02.pdf", "pdf"},
		"report/period/2026-01-01/2026-03-31/docx":      {"上架进展报告-2026-01-01至2026-03-31.docx", "docx"},
		"report/period/2026-01-01/2026-03-31/xlsx/示例督办": {"上架进展报告-示例督办-2026-01-01至2026-03-31.xlsx", "xlsx"},
	} {
		t.Run(id, func(t *testing.T) {
			name, size, body, err := d.Downloads.Open(d.ctx, id)
			if err != nil || name != want.name {
				t.Fatalf("%s, %v", name, err)
			}
			raw, err := io.ReadAll(body)
			if err != nil || int64(len(raw)) != size {
				t.Fatal(len(raw), size, err)
			}
			if kind, err := service.TypeOf(bytes.NewReader(raw)); err != nil || kind != want.kind {
				t.Errorf("%s, %v", kind, err)
			}
		})
	}
	for _, id := range []string{"report", "report/weekly", "report/monthly/2026-03-02/pdf", "report/weekly/2026-03-02", "report/weekly/2026-03-02/doc", "report/weekly/2026-03-02/pdf/没有", "report/letter/示例督办"} {
		if _, _, _, err := d.Downloads.Open(d.ctx, id); err == nil {
			t.Errorf("%s is there", id)
		}
	}
}

// A browser that is there but does not print must not cost the report.
func TestReportWithoutAWorkingBrowser(t *testing.T) {
	d := sampleDesk(t)
	broken := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.browser = broken
	files, err := d.Reports.WeeklyFiles(d.ctx, service.WeeklyRequest{}, []string{"pdf"})
	if err != nil || len(files) != 1 || !bytes.HasPrefix(files[0].Body, []byte("%PDF-")) {
		t.Fatal(files, err)
	}
}
