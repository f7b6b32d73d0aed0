package report_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shangjiatong/app/browser"
	"shangjiatong/app/document"
	"shangjiatong/app/report"
)

// keep writes a document into the folder REPORT_OUT names, to be looked at.
func keep(t testing.TB, name string, body []byte) {
	t.Helper()
	if dir := os.Getenv("REPORT_OUT"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func text(t testing.TB, docx []byte) string {
	t.Helper()
	html, err := document.PreviewHTML(docx)
	if err != nil {
		t.Fatal(err)
	}
	return html
}

// TestReportFiles makes every file of a report twice: the same bytes, and each says what it has to.
func TestReportFiles(t *testing.T) {
	p := week(t, sample(t, "2026-02-13 12:00"), "2026-02-13")
	files := map[string]func() ([]byte, error){
		"week.docx": p.Docx, "week.xlsx": p.Xlsx,
		"week.html": func() ([]byte, error) { var b bytes.Buffer; err := p.HTML(&b); return b.Bytes(), err },
		"week.pdf":  func() ([]byte, error) { var b bytes.Buffer; err := p.Doc().PDF(&b); return b.Bytes(), err },
	}
	made := map[string][]byte{}
	for name, make := range files {
		body, err := make()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := make()
		if err != nil || !bytes.Equal(body, again) {
			t.Errorf("%s: two runs differ, %v", name, err)
		}
		made[name] = body
		keep(t, name, body)
	}
	for _, want := range []string{"应用上架工作周报", "2026年2月9日至2026年2月15日", "示例督办", "验收组", "02-24 17:30", "截图不清楚", "审核方", "已全部办结"} {
		if want != "已全部办结" && !strings.Contains(text(t, made["week.docx"]), want) {
			t.Errorf("the docx does not say %s", want)
		}
		if want != "已全部办结" && !bytes.Contains(made["week.html"], []byte(want)) {
			t.Errorf("the page does not say %s", want)
		}
	}
	checkBook(t, made["week.xlsx"])
}

func checkBook(t *testing.T, raw []byte) {
	t.Helper()
	g, err := document.ReadSheet(context.Background(), bytes.NewReader(raw), int64(len(raw)), "")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(g.Sheets, " ") != "应用进展 在等谁办理 办理记录" {
		t.Errorf("sheets %v", g.Sheets)
	}
	all := fmt.Sprint(g.Cells)
	for _, want := range []string{"示例协同", "已全部办结", "2026-02-24 17:30", "示例科技有限公司"} {
		if !strings.Contains(all, want) {
			t.Errorf("the workbook does not say %s", want)
		}
	}
}

// TestYearOnPaper keeps a long report printable: at most MaxEvents events, the rest in the workbook.
func TestYearOnPaper(t *testing.T) {
	in := many(t, 60, 4, "2026-12-31 18:00")
	p, err := report.Period(in, clock(t, "2026-01-01"), clock(t, "2026-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := p.Docx()
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "year.docx", raw)
	if len(p.Events) <= report.MaxEvents || !strings.Contains(text(t, raw), fmt.Sprintf("共 %d 条", len(p.Events))) {
		t.Errorf("%d events", len(p.Events))
	}
}

// TestGroups holds who counts as whom: an administrator is told by the role, whatever the party.
func TestGroups(t *testing.T) {
	all, err := report.Groups()
	if err != nil || len(all) != 4 || all[2].ID != "administrator" || all[2].Roles[0] != "ROLE-4" {
		t.Errorf("%+v, %v", all, err)
	}
	all[0].ID = "changed"
	if again, _ := report.Groups(); again[0].ID != "owner" {
		t.Error("the groups can be changed from outside")
	}
}

// TestPrintByBrowser prints the page with the browser of this machine, where there is one.
func TestPrintByBrowser(t *testing.T) {
	path, err := browser.Find("")
	if err != nil {
		t.Logf("no browser on this machine: %v", err)
		return
	}
	var page bytes.Buffer
	if err := week(t, sample(t, "2026-02-13 12:00"), "2026-02-13").HTML(&page); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "周报.pdf")
	if err := browser.PrintPDF(t.Context(), path, page.Bytes(), out); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(out)
	if err != nil || len(body) < 10_000 {
		t.Fatalf("%d bytes, %v", len(body), err)
	}
	keep(t, "browser.pdf", body)
}

// many makes so many apps, each with so many cases: all finished but the last.
func many(t testing.TB, apps, cases int, now string) report.Input {
	t.Helper()
	in := report.Input{Unit: "示例市数据中心", Calendar: calendar(t), Now: clock(t, now)}
	a := app("a", "示例")
	whole := run(t, a, "c", "2026-02-02 09:00", wholeWay+`
		2026-02-10 10:00 3.4 settle
		2026-02-10 11:00 3.4b settle
		2026-02-10 14:00 4.1 settle
		2026-02-10 14:10 4.2 settle
		2026-02-10 14:20 4.3 settle
		2026-02-10 14:30 4.4 settle
		2026-02-11 09:00 5 settle`)
	open := run(t, a, "c", "2026-02-02 09:00", wholeWay+"2026-02-10 16:00 3.4 submit\n2026-02-26 10:00 3.4 return")
	for i := range apps {
		e := report.Entry{App: app(fmt.Sprintf("a%03d", i), fmt.Sprintf("示例应用 %03d", i)), Vendor: "示例科技有限公司"}
		for k := range cases {
			s := whole
			if k == cases-1 && i%4 != 0 {
				s = open
			}
			c := s.Case
			c.ID, c.AppID = fmt.Sprintf("c%03d-%02d", i, k), e.App.ID
			then, err := s.Plan.Replay(c)
			if err != nil {
				t.Fatal(err)
			}
			e.Cases = append(e.Cases, then)
		}
		in.Entries = append(in.Entries, e)
	}
	return in
}

// The benches are over 200 apps with 2,000 cases (some 40,000 acts) and a year.
func BenchmarkYear(b *testing.B) {
	in := many(b, 200, 10, "2026-12-31 18:00")
	for b.Loop() {
		p, err := report.Period(in, clock(b, "2026-01-01"), clock(b, "2026-12-31"))
		if err != nil || len(p.Events) < 40_000 {
			b.Fatalf("%d events, %v", len(p.Events), err)
		}
	}
}

func BenchmarkWeekOfThePast(b *testing.B) {
	in := many(b, 200, 10, "2026-12-31 18:00")
	for b.Loop() {
		if _, err := report.Week(in, clock(b, "2026-02-06")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTodo(b *testing.B) {
	in := many(b, 200, 10, "2026-12-31 18:00")
	for b.Loop() {
		if _, err := report.Todo(in, report.Filter{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkYearDocx(b *testing.B) {
	p, err := report.Period(many(b, 200, 10, "2026-12-31 18:00"), clock(b, "2026-01-01"), clock(b, "2026-12-31"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.Docx(); err != nil {
			b.Fatal(err)
		}
	}
}
