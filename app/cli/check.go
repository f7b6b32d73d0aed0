package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/capture"
)

type checkCommand struct {
	Code    checkCode        `cmd:"" help:"检查代码里的埋点：文件夹、压缩包或单个文件"`
	Capture checkCapture     `cmd:"" help:"检查抓包记录里的埋点：HAR、复制的地址或命令、日志"`
	Live    checkLiveCommand `cmd:"" help:"打开运行中的页面实测埋点：网址，或打包后的文件夹、压缩包"`
}

// subjectFlags say what the tracking code is compared with.
type subjectFlags struct {
	App    string `name:"app" placeholder:"应用" help:"与这个应用的参数和页面表比较"`
	Params string `name:"params" placeholder:"文件" help:"与文件里的参数比较（JSON），不需要数据文件夹"`
	Pages  string `name:"pages" placeholder:"文件" help:"页面表：JSON，或带列名的表格文字"`
}

// paramsFile is the file of --params.
type paramsFile struct {
	tracking.Params
	Pages []listing.Page `json:"pages"`
}

// subject reads the files that the flags name.
func (f subjectFlags) subject() (service.Subject, error) {
	out := service.Subject{App: f.App}
	if f.App != "" && f.Params != "" {
		return out, listing.Fail(listing.CodeInvalid, "--app 和 --params 只能写一个", "参数取自应用，或取自文件")
	}
	if f.Params != "" {
		var given paramsFile
		if err := readJSON(f.Params, &given); err != nil {
			return out, err
		}
		out.Params, out.Pages = given.Params, given.Pages
	}
	var err error
	if f.Pages != "" {
		out.Pages, err = readPages(f.Pages)
	}
	return out, err
}

// readPages reads a page table: a list of JSON, an object of it with pages, or a table as text.
func readPages(file string) (pages []listing.Page, err error) {
	raw, err := readInput(file)
	if err != nil {
		return nil, err
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\ufeff")), " \t\r\n")
	switch {
	case bytes.HasPrefix(start, []byte("[")):
		err = parseJSON(file, raw, &pages)
	case bytes.HasPrefix(start, []byte("{")):
		var given paramsFile
		err = parseJSON(file, raw, &given)
		pages = given.Pages
	default:
		return tracking.ParsePages(string(raw))
	}
	if err == nil && len(pages) == 0 {
		err = listing.Failf(listing.CodeInvalid, "写上 page_id、page_name、page_url", "文件“%s”里没有页面", file)
	}
	return pages, err
}

// about runs do with the services that a subject needs: those of the data folder for an app, none otherwise.
func (c *call) about(s service.Subject, do func(*service.Services) error) error {
	if s.App != "" {
		return c.with(do)
	}
	services, err := c.services()
	if err != nil {
		return err
	}
	return do(services)
}

type checkCode struct {
	Path string `arg:"" name:"代码" help:"文件夹、压缩包（.zip）或一个文件"`
	subjectFlags
}

// Run judges code; exit code 1 when something has to be put right.
func (k checkCode) Run(c *call) error {
	about, err := k.subject()
	if err != nil {
		return err
	}
	return c.about(about, func(s *service.Services) error {
		r, err := s.Tracking.CheckCodeAt(c.ctx, about, k.Path)
		if err != nil {
			return err
		}
		return c.judged(r)
	})
}

type checkCapture struct {
	Files []string `arg:"" name:"文件" help:"抓包记录，可以写多个；- 表示标准输入"`
	subjectFlags
}

// Run judges captures; exit code 1 when something has to be put right.
func (k checkCapture) Run(c *call) error {
	about, err := k.subject()
	if err != nil {
		return err
	}
	sources, end, err := openCaptures(k.Files)
	defer end()
	if err != nil {
		return err
	}
	return c.about(about, func(s *service.Services) error {
		r, err := s.Tracking.CheckSources(c.ctx, about, sources)
		if err != nil {
			return err
		}
		return c.judged(r)
	})
}

// openCaptures opens files; end closes those that were opened.
func openCaptures(paths []string) (sources []capture.Source, end func(), err error) {
	var open []*os.File
	end = func() {
		for _, f := range open {
			_ = f.Close()
		}
	}
	for _, path := range paths {
		if path == "-" {
			sources = append(sources, capture.Source{Name: "标准输入", Body: os.Stdin})
			continue
		}
		f, err := service.OpenCapture(path)
		if err != nil {
			return nil, end, err
		}
		open = append(open, f)
		sources = append(sources, capture.Source{Name: filepath.Base(path), Body: f})
	}
	return sources, end, nil
}

// judged prints the result of a check of the tracking code; a finding that blocks is exit code 1.
func (c *call) judged(r tracking.Result) error {
	err := c.out.show(r, func(b *strings.Builder) {
		for _, p := range r.Pages {
			fmt.Fprintf(b, "[%s] %s\n", p.VerdictWord, spaced(p.ID, p.Name, p.URL, p.File))
			for _, e := range p.Evidence {
				fmt.Fprintf(b, "    %s\n", e)
			}
		}
		placed(b, r.Findings)
		word := "通过"
		if !r.Passed {
			word = fmt.Sprintf("未通过，须改正 %d 条", len(listing.Blocking(r.Findings)))
		}
		fmt.Fprintf(b, "%s：%s（%s，依据 %s）\n", r.Kind.Word(), word, r.Extent(), r.FactsVersion)
	})
	if err == nil && !r.Passed {
		return errFindings
	}
	return err
}

// spaced joins the words that are not empty.
func spaced(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
}

// placed prints findings with the places they are about.
func placed(b *strings.Builder, all []listing.Finding) {
	for _, f := range all {
		at := f.File
		if f.Line > 0 {
			at = fmt.Sprintf("%s:%d:%d", f.File, f.Line, max(f.Column, 1))
		}
		line(b, "位置", at)
		findings(b, []listing.Finding{f})
		line(b, "    原文", f.Excerpt)
		line(b, "    改为", f.Mend)
	}
}
