package report

import (
	"fmt"
	"io"
	"strconv"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// TrackCheck is the report of one check of the tracking code (埋点检查报告), as it goes into the package (STEP-3.2).
type TrackCheck struct {
	Unit       string
	App        string
	Identifier string
	Check      tracking.Check
}

// MaxFindings is how many findings a printed report lists.
const MaxFindings = 60

const trackTitle = "埋点检查报告"

// Doc lays the report out for print.
func (c TrackCheck) Doc() *document.Doc {
	d := &document.Doc{Title: trackTitle, Subtitle: c.App + "　" + c.Check.Result.Kind.Word(), Landscape: true}
	for _, p := range c.parts() {
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: p.heading})
		for _, text := range p.paras {
			d.Blocks = append(d.Blocks, document.Para(text))
		}
		if len(p.rows) > 0 {
			d.Blocks = append(d.Blocks, p.table())
		}
	}
	d.Blocks = append(d.Blocks, document.Signature{Lines: []string{c.Unit, moment(c.Check.At).Format("2006年1月2日")}})
	return d
}

// HTML writes the report as one self-contained page that prints well.
func (c TrackCheck) HTML(w io.Writer) error {
	page := document.Page{Title: trackTitle, Subtitle: c.App + "　" + c.Check.Result.Kind.Word(), Footer: "检查于 " + minute(c.Check.At)}
	for _, p := range c.parts() {
		s := document.Section{Heading: p.heading, Paras: p.paras}
		if len(p.rows) > 0 {
			s.Table = p.pageTable()
			s.Table.Widths = p.pageWidths()
		}
		page.Sections = append(page.Sections, s)
	}
	if err := page.Write(w); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func (c TrackCheck) parts() []part {
	all := []part{c.conclusion(), c.pagePart(), c.findingPart(), c.basis()}
	var out []part
	for _, p := range all {
		if len(p.rows)+len(p.paras) == 0 {
			continue
		}
		p.heading = numeral(len(out)) + "、" + p.heading
		out = append(out, p)
	}
	return out
}

// Verdict is the conclusion as a sentence.
func (c TrackCheck) Verdict() string {
	r := c.Check.Result
	word := "合格："
	if !r.Passed {
		word = fmt.Sprintf("不合格：须改正 %d 条；", len(listing.Blocking(r.Findings)))
	}
	text := fmt.Sprintf("%s%s共 %d 页", r.Kind.Word(), word, len(r.Pages))
	for _, v := range []tracking.Verdict{tracking.VerdictPass, tracking.VerdictFail, tracking.VerdictMissing, tracking.VerdictOpen} {
		n := 0
		for _, p := range r.Pages {
			if p.Verdict == v {
				n++
			}
		}
		if n > 0 || v == tracking.VerdictPass {
			text += fmt.Sprintf("，%s %d 页", v.Word(), n)
		}
	}
	return text + "。"
}

func (c TrackCheck) conclusion() part {
	r := c.Check.Result
	return part{heading: "结论", paras: []string{c.Verdict(),
		fmt.Sprintf("检查对象：%s；%s；检查人：%s；时间：%s。", r.Target, r.Extent(), c.Check.By, minute(c.Check.At))}}
}

func (c TrackCheck) pagePart() part {
	out := part{heading: "各页面", columns: []column{{"序号", 1.4, true}, {"page_id", 3.4, false}, {"page_name", 3.2, false},
		{"结论", 2, true}, {"文件或地址", 4.2, false}, {"依据", 12, false}}}
	for i, p := range c.Check.Result.Pages {
		evidence := ""
		for j, e := range p.Evidence {
			if j > 0 {
				evidence += "；"
			}
			evidence += e
		}
		place := p.File
		if place == "" {
			place = p.URL
		}
		out.rows = append(out.rows, []string{strconv.Itoa(i + 1), orDash(p.ID), orDash(p.Name), p.VerdictWord, place, evidence})
		out.tones = append(out.tones, tone(p.Verdict == tracking.VerdictFail || p.Verdict == tracking.VerdictMissing, p.Verdict == tracking.VerdictOpen))
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func (c TrackCheck) findingPart() part {
	out := part{heading: "检查结果", columns: []column{{"序号", 1.4, true}, {"依据", 2.2, true}, {"程度", 2, true},
		{"位置", 5, false}, {"问题和后果", 9, false}, {"改正", 6.6, false}}}
	for i, f := range c.Check.Result.Findings {
		if i == MaxFindings {
			out.paras = append(out.paras, fmt.Sprintf("共 %d 条，这里只列前 %d 条。", len(c.Check.Result.Findings), MaxFindings))
			break
		}
		place := f.File
		if f.Line > 0 {
			place += fmt.Sprintf(" 第 %d 行第 %d 列", f.Line, f.Column)
		}
		out.rows = append(out.rows, []string{strconv.Itoa(i + 1), f.Rule, levelWord(f), place, f.Message + "。" + f.Effect, f.Fix})
		out.tones = append(out.tones, tone(f.Level == listing.LevelError, f.Level == listing.LevelWarning))
	}
	if len(out.rows) == 0 {
		out.paras = []string{"没有发现问题。"}
	}
	return out
}

func levelWord(f listing.Finding) string {
	if f.Code == listing.FindingLive {
		return "需实测"
	}
	return f.Level.Word()
}

// basis says what the check was made by, and of which state of the code.
func (c TrackCheck) basis() part {
	k := c.Check
	out := part{heading: "检查依据", columns: []column{{"项目", 5.2, false}, {"内容", 21, false}}, rows: [][]string{
		{"应用", c.App + "（" + orDash(c.Identifier) + "）"},
		{"sapp_id", orDash(k.Params.SappID)},
		{"sapp_name", orDash(k.Params.SappName)},
		{"bid", orDash(k.Params.Bid)},
		{"埋点依据版本", k.Result.FactsVersion},
	}}
	if k.Digest != "" {
		out.rows = append(out.rows, []string{"代码的 SHA-256", k.Digest})
		out.paras = []string{"代码改动之后，本报告不再作数。"}
	}
	return out
}
