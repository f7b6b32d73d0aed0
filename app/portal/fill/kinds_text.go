package fill

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func (f *filler) text(ctx context.Context, i int, text string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "输入框", "text", "combo")
	if err != nil {
		return err
	}
	return f.write(ctx, c.Ref, text)
}

// write puts a text into an input and leaves it.
func (f *filler) write(ctx context.Context, ref int, text string) error {
	said, err := call[string](ctx, f, "setText", ref, text)
	if err != nil {
		return err
	}
	switch said {
	case "":
		return nil
	case "readonly":
		return refuse("页面不让直接输入这一栏（只读）")
	case "disabled":
		return refuse("页面不让改这一栏（已禁用）")
	case "covered":
		return refuse("输入框被遮住，没有填写")
	}
	return refuse("输入框在填写时消失了")
}

// files chooses files once the caller agreed, and waits until the page has them.
func (f *filler) files(ctx context.Context, i int, paths []string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "文件框", "file")
	if err != nil {
		return err
	}
	names := fileNames(paths)
	now, err := f.shown(ctx, i)
	if err != nil || sameSet(now.Texts, names) {
		return err
	}
	if len(now.Texts) > 0 {
		return refuse("页面上已有文件“%s”，程序不删除已有的文件；请先在页面上处理", strings.Join(now.Texts, "、"))
	}
	if f.o.Upload == nil || !f.o.Upload(f.asks[i].Name(), paths) {
		return refuse("选择文件后可能立即上传，您同意上传后才能继续")
	}
	if _, err := call[any](ctx, f, "beginUpload"); err != nil {
		return err
	}
	groups := [][]string{paths}
	if !c.Multiple && len(paths) > 1 {
		groups = nil
		for _, p := range paths {
			groups = append(groups, []string{p})
		}
	}
	for n, group := range groups {
		if err := f.setFiles(ctx, i, group); err != nil {
			return err
		}
		if err := f.arrived(ctx, i, names[:min(len(names), n+len(group))]); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) setFiles(ctx context.Context, i int, paths []string) error {
	all, err := f.describe(ctx, i)
	if err != nil {
		return err
	}
	c, err := only(all, "文件框", "file")
	if err != nil {
		return err
	}
	return f.page.SetFiles(ctx, f.frame, paths, "(r) => globalThis.__fill.element(r)", c.Ref)
}

// arrived waits until the page shows the files and nothing is being sent any more.
func (f *filler) arrived(ctx context.Context, i int, names []string) error {
	type state struct {
		Names    []string
		Busy     bool
		Failed   string
		Requests int
	}
	began := time.Now()
	for time.Since(began) < ms(f.words.Limits.Upload) {
		s, err := call[state](ctx, f, "uploading", i)
		if err != nil {
			return err
		}
		if s.Failed != "" {
			return refuse("页面说：%s", s.Failed)
		}
		there := !slices.ContainsFunc(names, func(n string) bool { return !slices.ContainsFunc(s.Names, func(x string) bool { return same(x, n) }) })
		if there && !s.Busy && (s.Requests >= len(names) || time.Since(began) > ms(f.words.Limits.Quiet)) {
			return nil
		}
		if err := pause(ctx, ms(80)); err != nil {
			return err
		}
	}
	return refuse("等了 %d 秒，页面没有显示文件已上传", f.words.Limits.Upload/1000)
}

func fileNames(paths []string) []string {
	var names []string
	for _, p := range paths {
		names = append(names, filepath.Base(p))
	}
	return names
}
