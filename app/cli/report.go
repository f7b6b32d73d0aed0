package cli

import (
	"path/filepath"
	"strings"

	"shangjiatong/app/report"
	"shangjiatong/app/service"
)

type reportCommand struct {
	Weekly reportWeekly `cmd:"" help:"一周的进展，可直接打印"`
	Letter reportLetter `cmd:"" help:"编目管理员变更函（FLOW-7）"`
}

type reportWeekly struct {
	Week   string   `name:"week" placeholder:"日期" help:"那一周里的任何一天，例如 2026-03-02，默认是本周"`
	App    string   `name:"app" placeholder:"应用" help:"只报告这个应用"`
	Out    string   `name:"out" required:"" placeholder:"文件夹" help:"放在哪个文件夹"`
	Format []string `name:"format" default:"docx,xlsx,pdf" placeholder:"格式" help:"docx、xlsx、html 或 pdf，用逗号隔开"`
}

// weeklyResult is what `report weekly --json` prints.
type weeklyResult struct {
	Progress report.Progress `json:"progress"`
	Files    []string        `json:"files"`
}

// Run writes the report of one week.
func (w reportWeekly) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		request := service.WeeklyRequest{Week: w.Week, App: w.App}
		files, err := s.Reports.WeeklyFiles(c.ctx, request, w.Format)
		if err != nil {
			return err
		}
		out := weeklyResult{Files: []string{}}
		if out.Progress, err = s.Reports.Weekly(c.ctx, request); err != nil {
			return err
		}
		for _, f := range files {
			path, err := service.WriteFile(filepath.Join(w.Out, f.Name), f.Body)
			if err != nil {
				return err
			}
			out.Files = append(out.Files, path)
		}
		return c.out.show(out, func(b *strings.Builder) {
			for _, text := range out.Progress.Summary {
				b.WriteString(text + "\n")
			}
			for _, f := range out.Files {
				line(b, "已写入", f)
			}
		})
	})
}

type reportLetter struct {
	App string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称，或 FLOW-7 的办件编号"`
	Out string `name:"out" required:"" placeholder:"文件夹" help:"放在哪个文件夹"`
}

// Run writes the letter of FLOW-7.
func (l reportLetter) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		name, body, err := s.Reports.Letter(c.ctx, l.App)
		if err != nil {
			return err
		}
		path, err := service.WriteFile(filepath.Join(l.Out, name), body)
		if err != nil {
			return err
		}
		return c.out.show(map[string]string{"file": path}, func(b *strings.Builder) { line(b, "已写入", path) })
	})
}
