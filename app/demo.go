package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"shangjiatong/app/cli"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// The demo works on a fixed day, since the holiday data ends with 2026 and the same demo should show the same thing.
const (
	demoNow = "2026-03-02T09:00:00+08:00"
	// demoApp is the sample app that is ready to be handed in.
	demoApp = "示例督办"
	// demoPassphrase opens the demo's vault file; it protects nothing but made-up secrets.
	demoPassphrase = "仅供演示的口令"
)

// demo loads the sample unit into a folder of its own and makes the full package of one app. An empty out means a new
// temporary folder; the data folder lies inside unless one is named.
func (p *program) demo(ctx context.Context, o cli.Opening, out string) (cli.DemoResult, error) {
	var made cli.DemoResult
	dir, err := demoFolder(out)
	if err != nil {
		return made, err
	}
	made.App, made.Dir, made.Data = demoApp, dir, filepath.Join(dir, "数据")
	if o.Data != "" {
		if made.Data, err = dataDir(o.Data); err != nil {
			return made, err
		}
	}
	secret := filepath.Join(dir, "口令.txt")
	if err := os.WriteFile(secret, []byte(demoPassphrase+"\n"), 0o600); err != nil {
		return made, listing.Failf(listing.CodeUnwritable, "请换一个可以写入的文件夹", "不能写入“%s”", secret).Because(err)
	}
	d, err := p.desk(cli.Opening{Data: made.Data, PassphraseFile: secret, FileVault: true, Now: demoNow}, "command")
	if err != nil {
		return made, err
	}
	if err := d.place.Open(ctx); err != nil {
		return made, err
	}
	err = fillDemo(ctx, d.Services, &made)
	if err = errors.Join(err, d.close()); err != nil {
		return made, err
	}
	made.Browse = fmt.Sprintf("%s serve --data %q --passphrase-file %q --now %s", p.exe, made.Data, secret, demoNow)
	made.Tree, err = tree(made.Data)
	return made, err
}

// demoFolder returns an empty folder: the one named, or a new temporary one.
func demoFolder(out string) (string, error) {
	if out == "" {
		dir, err := os.MkdirTemp("", "shangjiatong-demo-")
		if err != nil {
			return "", listing.Fail(listing.CodeUnwritable, "不能建立临时文件夹", "请用 --out 指定文件夹").Because(err)
		}
		return dir, nil
	}
	dir, err := filepath.Abs(out)
	if err != nil {
		return "", listing.Failf(listing.CodeInvalid, "请检查路径", "看不懂路径“%s”", out).Because(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", listing.Failf(listing.CodeUnwritable, "请换一个可以写入的文件夹", "不能写入“%s”", dir).Because(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", listing.Failf(listing.CodeUnreadable, "请检查权限", "读不了文件夹“%s”", dir).Because(err)
	}
	if len(entries) > 0 {
		return "", listing.Failf(listing.CodeRefused, "请换一个空文件夹，或先把里面的东西移走", "文件夹“%s”不是空的", dir)
	}
	return dir, nil
}

func fillDemo(ctx context.Context, s *service.Services, made *cli.DemoResult) error {
	if _, err := s.System.LoadSample(ctx); err != nil {
		return err
	}
	rec, err := s.Packages.Make(ctx, service.MakeRequest{AppID: demoApp})
	if err != nil {
		return err
	}
	made.Package = rec
	made.File, err = s.Packages.CopyTo(ctx, rec.ID, made.Dir)
	return err
}

// tree lists every file below a folder, relative to it.
func tree(dir string) ([]string, error) {
	out := []string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	return out, err
}
