package cli

import (
	"fmt"
	"strings"

	"shangjiatong/app/service"
)

type workdayCommand struct {
	Add     workdayAdd     `cmd:"" help:"从某日起数若干个工作日；第 1 天是下一个工作日"`
	Between workdayBetween `cmd:"" help:"两个日期之间有几个工作日（不含起日，含止日）"`
}

type workdayAdd struct {
	From string `name:"from" required:"" placeholder:"日期" help:"起日，例如 2026-02-12"`
	Days int    `name:"days" required:"" placeholder:"天数" help:"工作日天数"`
}

// Run counts working days.
func (w workdayAdd) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		a, err := s.Calendar.Add(c.ctx, w.From, w.Days)
		if err != nil {
			return err
		}
		return c.out.show(a, func(b *strings.Builder) {
			line(b, "第 "+fmt.Sprint(w.Days)+" 个工作日", a.Date+estimated(a.Estimated))
		})
	})
}

func estimated(yes bool) string {
	if yes {
		return "（推算：有的年份还没有公布节假日）"
	}
	return ""
}

type workdayBetween struct {
	From string `name:"from" required:"" placeholder:"日期" help:"起日"`
	To   string `name:"to" required:"" placeholder:"日期" help:"止日"`
}

// Run counts the working days between two days.
func (w workdayBetween) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		a, err := s.Calendar.Between(c.ctx, w.From, w.To)
		if err != nil {
			return err
		}
		return c.out.show(a, func(b *strings.Builder) { fmt.Fprintf(b, "%d 个工作日%s\n", a.Days, estimated(a.Estimated)) })
	})
}

type calendarCommand struct {
	Show   calendarShow   `cmd:"" help:"程序知道哪些年份的节假日"`
	Import calendarImport `cmd:"" help:"导入一年的节假日"`
}

type calendarShow struct{}

// Run lists the years.
func (calendarShow) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		years, err := s.Calendar.Show(c.ctx)
		if err != nil {
			return err
		}
		return c.out.show(years, func(b *strings.Builder) {
			for _, y := range years {
				whence := "自带"
				if y.Own {
					whence = y.ImportedBy + " 于 " + y.ImportedAt + " 导入"
				}
				fmt.Fprintf(b, "%d  %s（%s）  %s\n", y.Year, y.Source, y.Date, whence)
			}
		})
	})
}

type calendarImport struct {
	File string `arg:"" name:"文件" help:"节假日文件（YAML）"`
	Sum  string `name:"sha256" placeholder:"校验码" help:"文件的 SHA-256；文件末行写有“# sha256: …”时可以不给"`
}

// Run imports a year.
func (i calendarImport) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		y, err := s.Calendar.ImportFile(c.ctx, i.File, i.Sum)
		if err != nil {
			return err
		}
		return c.out.show(y, func(b *strings.Builder) { fmt.Fprintf(b, "已导入 %d 年：%s（%s）\n", y.Year, y.Source, y.Date) })
	})
}
