package tracking

import (
	"fmt"

	"shangjiatong/app/listing"
)

// CheckKind says what a check of the tracking code looked at.
type CheckKind string

// The three kinds of checks; all of them end in a Result.
const (
	CheckCode    CheckKind = "code"    // 代码检查: a folder or a zip
	CheckCapture CheckKind = "capture" // 抓包检查: requests that somebody recorded
	CheckLive    CheckKind = "live"    // 实测: the running pages
)

// Word returns the Chinese name of a kind of check.
func (k CheckKind) Word() string {
	switch k {
	case CheckCode:
		return "代码检查"
	case CheckCapture:
		return "抓包检查"
	case CheckLive:
		return "实测"
	}
	return string(k)
}

// Verdict is what a check says of one page of the page table.
type Verdict string

// The verdicts. VerdictOpen is for what only a running page can tell.
const (
	VerdictPass    Verdict = "pass"
	VerdictFail    Verdict = "fail"
	VerdictMissing Verdict = "missing"
	VerdictOpen    Verdict = "open"
)

// Word returns the Chinese word of a verdict.
func (v Verdict) Word() string {
	switch v {
	case VerdictPass:
		return "合格"
	case VerdictFail:
		return "不合格"
	case VerdictMissing:
		return "缺失"
	case VerdictOpen:
		return "需实测"
	}
	return string(v)
}

// PageResult is the verdict on one page, with what it rests on.
type PageResult struct {
	ID          string   `json:"id"`             // page_id; empty for a page nobody registered
	Name        string   `json:"name"`           // page_name
	URL         string   `json:"url,omitempty"`  // page_url as in the page table, or the address seen
	File        string   `json:"file,omitempty"` // the file of the checked code the page is in
	Verdict     Verdict  `json:"verdict"`
	VerdictWord string   `json:"verdict_word"`
	Evidence    []string `json:"evidence"` // what was seen, a sentence each
}

// Result is what a check of the tracking code found. Passed is true when no finding is an error.
type Result struct {
	Kind         CheckKind         `json:"kind"`
	Target       string            `json:"target"` // what was checked, as given: a path or an address
	Files        int               `json:"files"`  // files (code, capture) or pages (live) that were read
	Bytes        int64             `json:"bytes"`
	Pages        []PageResult      `json:"pages"`
	Findings     []listing.Finding `json:"findings"`
	Passed       bool              `json:"passed"`
	FactsVersion string            `json:"facts_version"`
}

// Extent says how much was looked at: pages that were opened, or files and their size.
func (r Result) Extent() string {
	if r.Kind == CheckLive {
		return fmt.Sprintf("打开 %d 页", r.Files)
	}
	return fmt.Sprintf("%d 个文件，%d 字节", r.Files, r.Bytes)
}

// Unproven counts the pages that are not 合格.
func (r Result) Unproven() int {
	n := 0
	for _, p := range r.Pages {
		if p.Verdict != VerdictPass {
			n++
		}
	}
	return n
}

// Judge sets Passed and the words of the verdicts, and makes empty lists of absent ones; every check ends with it.
func (r *Result) Judge() {
	r.Passed = len(listing.Blocking(r.Findings)) == 0
	if r.Pages == nil {
		r.Pages = []PageResult{}
	}
	if r.Findings == nil {
		r.Findings = []listing.Finding{}
	}
	for i := range r.Pages {
		p := &r.Pages[i]
		p.VerdictWord = p.Verdict.Word()
		if p.Evidence == nil {
			p.Evidence = []string{}
		}
	}
}
