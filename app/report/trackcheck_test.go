package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

func trackCheck(findings int) TrackCheck {
	r := tracking.Result{Kind: tracking.CheckCode, Target: "site.zip", Files: 3, Bytes: 9025, FactsVersion: "2026-11-25", Pages: []tracking.PageResult{
		{ID: "index", Name: "首页", File: "index.html", Verdict: tracking.VerdictPass, Evidence: []string{"上报访问 1 种情形", "sendPV：a.js 第 1 行第 2 列"}},
		{URL: "/x.html", Verdict: tracking.VerdictMissing},
	}}
	for i := range findings {
		r.Findings = append(r.Findings, listing.Finding{Rule: "TRACK-4", Level: listing.LevelError, File: "a.js", Line: i + 1, Column: 7, Message: "没有放行", Effect: "不会发出", Fix: "推入 START"})
	}
	r.Judge()
	return TrackCheck{Unit: "示例市数据中心", App: "示例督办", Identifier: "sldb_demo", Check: tracking.Check{At: "2026-03-02T09:00:00+08:00", By: "联系人甲", Digest: strings.Repeat("ab", 32), Result: r,
		Params: tracking.Params{SappID: "40001", SappName: "sldb_demo"}}}
}

// STEP-3.2: the report says the verdict, each page with its evidence, what was found and which code was checked.
func TestTrackCheckReport(t *testing.T) {
	for name, k := range map[string]struct {
		findings int
		says     []string
		not      string
	}{
		"passed": {0, []string{"代码检查合格：共 2 页，合格 1 页，缺失 1 页。", "没有发现问题", "sendPV：a.js 第 1 行第 2 列", strings.Repeat("ab", 32), "不再作数"}, "须改正 "},
		"failed": {2, []string{"代码检查不合格：须改正 2 条", "a.js 第 2 行第 7 列", "推入 START"}, "没有发现问题"},
		"many":   {MaxFindings + 5, []string{fmt.Sprintf("共 %d 条，这里只列前 %d 条", MaxFindings+5, MaxFindings), fmt.Sprintf("第 %d 行", MaxFindings)}, fmt.Sprintf("第 %d 行", MaxFindings+1)},
	} {
		t.Run(name, func(t *testing.T) {
			var page bytes.Buffer
			c := trackCheck(k.findings)
			if err := c.HTML(&page); err != nil {
				t.Fatal(err)
			}
			text := page.String()
			for _, want := range k.says {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			if strings.Contains(text, k.not) {
				t.Errorf("the page says %q", k.not)
			}
			if docx, err := c.Doc().Bytes(); err != nil || len(docx) == 0 {
				t.Errorf("docx: %v", err)
			}
		})
	}
}

func TestPageWidths(t *testing.T) {
	p := part{columns: []column{{"序号", 1, true}, {"甲", 1, false}, {"乙", 3, false}}}
	if got := fmt.Sprint(p.pageWidths()); got != "[25 75]" {
		t.Error(got)
	}
	var page bytes.Buffer
	if err := trackCheck(1).HTML(&page); err != nil || !strings.Contains(page.String(), `<col style="width:`) {
		t.Errorf("no widths: %v", err)
	}
}
