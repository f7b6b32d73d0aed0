package fill

import (
	"context"
	"os"
	"time"
)

// files chooses files, after the person agreed: most pages send a file away as soon as it is chosen.
func (s *sheet) files(ctx context.Context, at spot, a Ask) error {
	fields := at.state.of("file")
	if len(fields) != 1 {
		return trouble("这一栏能选文件的地方有 "+count(len(fields))+" 个", "请您自己在页面上选文件")
	}
	for _, path := range a.Value.Files {
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			return trouble("找不到要上传的文件："+path, "检查文件是否还在原处")
		}
	}
	if s.options.Upload == nil || !s.options.Upload(title(a), a.Value.Files) {
		return trouble("选中文件就可能马上上传，没有得到同意，所以没有选", "同意上传后再填一次（命令加 --yes-upload），或者自己在页面上选文件")
	}
	if err := s.page.SetFiles(ctx, at.frame, a.Value.Files, `(ids) => sjt.fileField(ids)`, []int{fields[0].ID}); err != nil {
		return err
	}
	return s.uploaded(ctx, a)
}

// uploaded waits until the page shows the names, and no longer says that it is at work.
func (s *sheet) uploaded(ctx context.Context, a Ask) error {
	quiet := 0
	last := ""
	for waited := 0; waited < s.words.Limits.Upload; waited += 200 {
		if err := pause(ctx, 200*time.Millisecond); err != nil {
			return err
		}
		at, _, err := s.place(ctx, a)
		if err != nil {
			return err
		}
		if at == nil {
			continue
		}
		if at.state.Around == last {
			quiet++
		} else {
			quiet, last = 0, at.state.Around
		}
		if _, all := shownFiles(at.state, a.Value.Files); (all && quiet >= 4) || quiet >= 20 {
			return nil
		}
	}
	return trouble("等了很久，文件还没有上传完", "看一看页面上的进度，传完后再核对这一栏")
}
