package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"shangjiatong/app/service"
)

type trackingCommand struct {
	Facts factsCommand `cmd:"" help:"埋点依据：监控的服务器、编号、规则，带版本和来源"`
}

type factsCommand struct {
	Show   factsShow   `cmd:"" help:"现在用的埋点依据，逐块的来源和核对日期"`
	Import factsImport `cmd:"" help:"导入更新的埋点依据"`
	Reset  factsReset  `cmd:"" help:"改回程序自带的埋点依据"`
}

type factsShow struct{}

// Run shows what the tracking code goes by.
func (factsShow) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		v, err := s.Tracking.Facts(c.ctx)
		return showFacts(c, v, err)
	})
}

func showFacts(c *call, v service.FactsView, err error) error {
	if err != nil {
		return err
	}
	return c.out.show(v, func(b *strings.Builder) {
		whence := "程序自带"
		if v.Own {
			whence = v.ImportedBy + " 于 " + v.ImportedAt + " 导入 " + v.FileName
		}
		line(b, "埋点依据", v.Version+"（"+whence+"）")
		if v.Unused != "" {
			fmt.Fprintf(b, "导入的 %s 没有采用：%s\n", v.FileName, v.Unused)
		}
		for _, k := range v.Blocks {
			fmt.Fprintf(b, "%s  %s  %s\n", k.Checked, k.Title, k.Source)
		}
	})
}

type factsImport struct {
	File string `arg:"" name:"文件" help:"埋点依据（YAML）"`
	Sum  string `name:"sha256" placeholder:"校验码" help:"文件的 SHA-256；文件末行写有“# sha256: …”时可以不给"`
}

// Run imports a file of facts.
func (i factsImport) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		v, err := s.Tracking.ImportFactsFile(c.ctx, service.ProofFile{Name: filepath.Base(i.File), Path: i.File}, i.Sum)
		return showFacts(c, v, err)
	})
}

type factsReset struct{}

// Run goes back to the facts the program brings.
func (factsReset) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		v, err := s.Tracking.ResetFacts(c.ctx)
		return showFacts(c, v, err)
	})
}
