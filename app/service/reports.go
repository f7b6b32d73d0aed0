package service

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"shangjiatong/app/browser"
	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/material"
	"shangjiatong/app/report"
)

// Reports says how far the work has come, on the screen and as files to hand in.
type Reports struct{ *core }

// WeeklyRequest asks for the report of one week.
type WeeklyRequest struct {
	Week string `json:"week"` // any day of it, 2006-01-02; empty for this week
	App  string `json:"app"`  // ID, identifier or name; empty for all apps
}

// PeriodRequest asks for the report of a longer span, both days included.
type PeriodRequest struct {
	From string `json:"from"`
	To   string `json:"to"`
	App  string `json:"app"`
}

// ReportFile is a report as a file.
type ReportFile struct {
	Name   string
	Format string
	Body   []byte
}

// ReportFormats lists the formats of reports.
func ReportFormats() []string { return []string{"docx", "xlsx", "html", "pdf"} }

// Weekly reports one week.
func (s *Reports) Weekly(ctx context.Context, in WeeklyRequest) (report.Progress, error) {
	at, err := day(cmp.Or(in.Week, s.today()))
	if err != nil {
		return report.Progress{}, err
	}
	return s.of(ctx, in.App, func(all report.Input) (report.Progress, error) { return report.Week(all, at) })
}

// Period reports the days from and to, and all between.
func (s *Reports) Period(ctx context.Context, in PeriodRequest) (report.Progress, error) {
	from, err := day(in.From)
	if err != nil {
		return report.Progress{}, err
	}
	to, err := day(in.To)
	if err != nil {
		return report.Progress{}, err
	}
	return s.of(ctx, in.App, func(all report.Input) (report.Progress, error) { return report.Period(all, from, to) })
}

func (s *Reports) of(ctx context.Context, given string, work func(report.Input) (report.Progress, error)) (report.Progress, error) {
	var in report.Input
	err := s.view(ctx, func(r listing.Reader) (err error) {
		if in, err = s.progress(r); err != nil || given == "" {
			return err
		}
		a, err := app(r, given)
		in = in.Only(a.ID)
		return err
	})
	if err != nil {
		return report.Progress{}, err
	}
	return work(in)
}

// WeeklyFiles returns the report of one week in the formats asked for.
func (s *Reports) WeeklyFiles(ctx context.Context, in WeeklyRequest, formats []string) ([]ReportFile, error) {
	if err := knownFormats(formats); err != nil {
		return nil, err
	}
	p, err := s.Weekly(ctx, in)
	if err != nil {
		return nil, err
	}
	return s.files(ctx, "上架进展周报", in.App, p, formats)
}

func knownFormats(formats []string) error {
	for _, f := range formats {
		switch f {
		case "docx", "xlsx", "html", "pdf":
		default:
			e := listing.Failf(listing.CodeInvalid, "可以写："+strings.Join(ReportFormats(), "、"), "没有“%s”这种格式", f)
			e.Field = "format"
			return e
		}
	}
	return nil
}

func (s *Reports) files(ctx context.Context, title, app string, p report.Progress, formats []string) ([]ReportFile, error) {
	if app != "" && len(p.Apps) > 0 {
		title += "-" + p.Apps[0].Name
	}
	span := p.From
	if len(p.Weeks) > 0 {
		span += "至" + p.To
	}
	out := []ReportFile{}
	for _, format := range formats {
		body, err := s.print(ctx, p, format)
		if err != nil {
			return nil, err
		}
		out = append(out, ReportFile{Name: document.SafeName(title + "-" + span + "." + format), Format: format, Body: body})
	}
	return out, nil
}

func (s *Reports) print(ctx context.Context, p report.Progress, format string) ([]byte, error) {
	if format == "xlsx" {
		return p.Xlsx()
	}
	return s.printed(ctx, p, format)
}

// printable is a report that can be laid out as a document and as a page.
type printable interface {
	Doc() *document.Doc
	HTML(w io.Writer) error
}

// printed makes a report in one of the formats docx, html and pdf.
func (c *core) printed(ctx context.Context, p printable, format string) ([]byte, error) {
	switch format {
	case "docx":
		return p.Doc().Bytes()
	case "html":
		var b bytes.Buffer
		err := p.HTML(&b)
		return b.Bytes(), err
	}
	return c.pdf(ctx, p)
}

// pdf prints the report by the workstation's browser; where there is none, or it fails, by ourselves.
func (c *core) pdf(ctx context.Context, p printable) ([]byte, error) {
	body, err := c.browserPDF(ctx, p)
	if err == nil || ctx.Err() != nil {
		return body, err
	}
	if c.Log != nil && listing.CodeOf(err) != listing.CodeMissingTool {
		c.Log.Warn("the browser did not print", "error", err)
	}
	var b bytes.Buffer
	err = p.Doc().PDF(&b)
	return b.Bytes(), err
}

func (c *core) browserPDF(ctx context.Context, p printable) ([]byte, error) {
	path, err := c.browserPath(ctx)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := p.HTML(&page); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "shangjiatong-")
	if err != nil {
		return nil, unwritable(os.TempDir(), err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // a left-over in the folder of temporary files
	out := filepath.Join(dir, "report.pdf")
	if err := browser.PrintPDF(ctx, path, page.Bytes(), out); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// letterFlow is the flow whose cases the letter belongs to (编目管理员变更).
const letterFlow = "FLOW-7"

// Letter returns the letter to the regional big-data centre that a case of FLOW-7 needs; given is the case, or its app.
// While the case runs the letter is a material of the app's package too.
func (s *Reports) Letter(ctx context.Context, given string) (name string, body []byte, err error) {
	var k listing.Case
	err = s.view(ctx, func(r listing.Reader) error {
		k, err = s.letterCase(r, given)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	in, err := (&Packages{s.core}).input(ctx, k.ID)
	if err != nil {
		return "", nil, err
	}
	in.Letter = letterOf(k, in.Dossier.Unit)
	body, err = material.Build(ctx, in.Input, material.AdministratorLetter)
	return document.SafeName("编目管理员变更函-" + in.Dossier.App.Name + ".docx"), body, err
}

// letterOf returns what a case of FLOW-7 puts into the letter.
func letterOf(k listing.Case, u listing.Unit) *material.Letter {
	l := &material.Letter{Old: u.CatalogAccount, New: listing.Person{Name: k.Inputs["new_name"], Phone: k.Inputs["new_phone"]}, Reason: k.Inputs["reason"]}
	if l.Old == l.New { // the change is through: who it was before is to be written by hand
		l.Old = listing.Person{}
	}
	return l
}

// runningLetter returns the letter of an app's running case of FLOW-7, nil without one.
func runningLetter(r listing.Reader, a listing.App, u listing.Unit) (*material.Letter, error) {
	cases, err := casesOf(r, a.ID)
	for _, k := range slices.Backward(cases) {
		if k.Flow == letterFlow && k.ClosedAt == "" {
			return letterOf(k, u), nil
		}
	}
	return nil, err
}

// letterCase finds the case of FLOW-7 that is given by its ID or by its app, a running one first.
func (s *Reports) letterCase(r listing.Reader, given string) (listing.Case, error) {
	k, err := listing.Load[listing.Case](r, given)
	if listing.CodeOf(err) == listing.CodeNotFound {
		a, err := app(r, given)
		if err != nil {
			return k, err
		}
		cases, err := casesOf(r, a.ID)
		if err != nil {
			return k, err
		}
		for _, one := range cases {
			if one.Flow == letterFlow && (k.ID == "" || k.ClosedAt != "") {
				k = one
			}
		}
	} else if err != nil {
		return k, err
	}
	if k.Flow != letterFlow {
		return k, listing.Fail(listing.CodeRefused, "这个应用没有办“编目管理员变更”，不用这份函", "先开始 FLOW-7，填写新的编目管理员")
	}
	return k, nil
}

// file gives out a report by the parts of a download's path after "report".
func (s *Reports) file(ctx context.Context, parts []string) (string, []byte, error) {
	for len(parts) < 5 { // what is missing is refused below as an unknown day or format
		parts = append(parts, "")
	}
	var p report.Progress
	var err error
	title, format, given := "上架进展周报", parts[2], parts[3]
	switch parts[0] {
	case "letter":
		return s.Letter(ctx, parts[1])
	case "weekly":
		p, err = s.Weekly(ctx, WeeklyRequest{Week: parts[1], App: given})
	case "period":
		title, format, given = "上架进展报告", parts[3], parts[4]
		p, err = s.Period(ctx, PeriodRequest{From: parts[1], To: parts[2], App: given})
	default:
		err = noDownload("report/" + parts[0])
	}
	if err == nil {
		err = knownFormats([]string{format})
	}
	if err != nil {
		return "", nil, err
	}
	files, err := s.files(ctx, title, given, p, []string{format})
	if err != nil {
		return "", nil, err
	}
	return files[0].Name, files[0].Body, nil
}
