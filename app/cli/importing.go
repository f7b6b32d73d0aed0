package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"shangjiatong/app/intake"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

type importCommand struct {
	Apps     importApps     `cmd:"" help:"从表格（.xlsx）或以前的材料包（.zip）导入应用"`
	Template importTemplate `cmd:"" help:"写出一份空的导入表"`
}

type importApps struct {
	File       string `arg:"" name:"文件" help:"填好的导入表（.xlsx），或材料包（.zip）"`
	Sheet      string `name:"sheet" placeholder:"表名" help:"哪张工作表，默认第一张"`
	DryRun     bool   `name:"dry-run" help:"只说明会怎样，不写入"`
	SkipErrors bool   `name:"skip-errors" help:"有错的行不导入，其余照常；不加时有一处错就什么也不写入"`
	Mapping    string `name:"mapping" placeholder:"文件" help:"哪一列是哪个字段：JSON，表头或列号对字段名，空字段名表示不导入"`
}

// Run imports apps; exit code 1 when there are errors and nothing was written.
func (i importApps) Run(c *call) error {
	file := service.ProofFile{Name: filepath.Base(i.File), Path: i.File}
	return c.with(func(s *service.Services) error {
		request := service.ImportRequest{Sheet: i.Sheet, SkipErrors: i.SkipErrors}
		var err error
		if i.Mapping != "" {
			if request.Mapping, err = i.mapping(c, s, file); err != nil {
				return err
			}
		}
		if i.DryRun {
			return c.previewImport(s, file, request)
		}
		out, err := s.Imports.ApplyFile(c.ctx, file, request)
		if err != nil {
			return err
		}
		err = c.out.show(out, func(b *strings.Builder) { importText(b, out) })
		if err == nil && !out.Written && out.Counts.Errors > 0 {
			return errFindings
		}
		return err
	})
}

// mapping reads the person's mapping over the guessed one.
func (i importApps) mapping(c *call, s *service.Services, file service.ProofFile) ([]intake.MappedColumn, error) {
	given := map[string]string{}
	if err := readJSON(i.Mapping, &given); err != nil {
		return nil, err
	}
	v, err := s.Imports.PreviewFile(c.ctx, file, service.ImportRequest{Sheet: i.Sheet})
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	for n := range v.Mapping {
		col := &v.Mapping[n]
		for _, name := range []string{col.Letter, col.Header} {
			if key, ok := given[name]; ok {
				col.Key, used[name] = key, true
			}
		}
	}
	for name := range given {
		if !used[name] {
			return nil, listing.Failf(listing.CodeInvalid, "键要写表头或列号（A、B……）", "表里没有“%s”这一列", name)
		}
	}
	return v.Mapping, nil
}

func (c *call) previewImport(s *service.Services, file service.ProofFile, in service.ImportRequest) error {
	v, err := s.Imports.PreviewFile(c.ctx, file, in)
	if err != nil {
		return err
	}
	err = c.out.show(v, func(b *strings.Builder) {
		for _, col := range v.Mapping {
			if col.Key == "" {
				fmt.Fprintf(b, "%s 列“%s”不导入：%s\n", col.Letter, col.Header, col.Note)
			}
		}
		line(b, "请用 --mapping 指定各列", v.Notice)
		problems(b, v.Problems, v.Counts)
		fmt.Fprintf(b, "共 %d 行：新增 %d，更新 %d，不导入 %d；什么也没有写入\n", v.Counts.Rows, v.Counts.Add, v.Counts.Update, v.Counts.Skip)
	})
	if err == nil && v.Counts.Errors > 0 && !in.SkipErrors {
		return errFindings
	}
	return err
}

func importText(b *strings.Builder, v service.ImportResult) {
	problems(b, v.Problems, v.Counts)
	switch {
	case v.Written:
		fmt.Fprintf(b, "已导入：新增 %d，更新 %d，没有导入 %d\n", v.Added, v.Updated, v.Skipped)
		line(b, "导入前的快照", v.Snapshot)
	case v.Counts.Errors > 0:
		b.WriteString("什么也没有写入：请先改正，或加上 --skip-errors 只导入没有错的行\n")
	default:
		b.WriteString("没有需要导入的内容，什么也没有写入\n")
	}
}

// problems prints what stands against cells, one a line.
func problems(b *strings.Builder, all []intake.Problem, n intake.Counts) {
	for _, p := range all {
		at := p.Cell
		if at == "" {
			at = "整张表"
		}
		fmt.Fprintf(b, "[%s] %s %s %s", p.Level.Word(), p.Sheet, at, p.Message)
		if p.Fix != "" {
			fmt.Fprintf(b, "（%s）", p.Fix)
		}
		b.WriteString("\n")
	}
	if n.Unlisted > 0 {
		fmt.Fprintf(b, "另有 %d 处没有列出\n", n.Unlisted)
	}
	fmt.Fprintf(b, "错误 %d，请留意 %d，提示 %d\n", n.Errors, n.Warnings, n.Infos)
}

type importTemplate struct {
	Out string `name:"out" required:"" placeholder:"文件夹" help:"放在哪个文件夹"`
}

// Run writes the empty table.
func (t importTemplate) Run(c *call) error {
	s, err := c.services()
	if err != nil {
		return err
	}
	name, body, err := s.Imports.Template(c.ctx)
	if err != nil {
		return err
	}
	path, err := service.WriteFile(filepath.Join(t.Out, name), body)
	if err != nil {
		return err
	}
	return c.out.show(map[string]string{"file": path}, func(b *strings.Builder) { line(b, "已写入", path) })
}
