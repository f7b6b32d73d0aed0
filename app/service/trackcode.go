package service

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"shangjiatong/app/codepack"
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/lint"
)

// CodeRequest names code handed over on the screen: uploads (one zip, or the files of a folder by their paths in it), or
// a place on this machine.
type CodeRequest struct {
	AppID   string   `json:"app_id"`
	Uploads []string `json:"uploads"` // tokens of Files
	Path    string   `json:"path"`
	Job     string   `json:"job"` // name under which the work can be watched and canceled; may be empty
}

// CheckCode judges the tracking code in the code of an app, and keeps the result. The uploads are dropped when they have
// been read.
func (s *Tracking) CheckCode(ctx context.Context, in CodeRequest) (CheckView, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	place, done, err := s.codePlace(in)
	if err != nil {
		return CheckView{}, err
	}
	defer done()
	about, facts, err := s.settle(ctx, Subject{App: in.AppID})
	if err != nil {
		return CheckView{}, err
	}
	code, err := codepack.Open(place)
	if err != nil {
		return CheckView{}, err
	}
	defer func() { _ = code.Close() }()
	r, err := s.lint(ctx, code, about, facts, progress)
	if err != nil {
		return CheckView{}, err
	}
	digest, err := code.Digest(ctx)
	if err != nil {
		return CheckView{}, err
	}
	view, err := s.keepCheck(ctx, about, digest, r)
	if err == nil {
		s.dropUploads(in.Uploads)
	}
	return view, err
}

func (s *Tracking) dropUploads(tokens []string) {
	for _, token := range tokens {
		s.uploads.drop(token)
	}
}

// CheckCodeAt judges the code at a place on this machine, for a command. The result of an app of the store is kept.
func (s *Tracking) CheckCodeAt(ctx context.Context, about Subject, place string) (tracking.Result, error) {
	if about.App != "" {
		view, err := s.CheckCode(ctx, CodeRequest{AppID: about.App, Path: place})
		return view.Result, err
	}
	about, facts, err := s.settle(ctx, about)
	if err != nil {
		return tracking.Result{}, err
	}
	code, err := codepack.Open(place)
	if err != nil {
		return tracking.Result{}, err
	}
	defer func() { _ = code.Close() }()
	return s.lint(ctx, code, about, facts, func(int64, int64) {})
}

func (s *Tracking) lint(ctx context.Context, code *codepack.Code, about Subject, facts tracking.Facts, progress func(done, total int64)) (tracking.Result, error) {
	in := lint.Input{Facts: facts, Params: about.Params, Pages: about.Pages, Code: code, Target: code.Name,
		Progress: func(done, total int) { progress(int64(done), int64(total)) }}
	for _, l := range code.Left {
		in.Left = append(in.Left, lint.Left{Path: l.Path, Why: l.Why})
	}
	return lint.Check(ctx, in)
}

// codePlace returns where the code lies; done removes what was laid out for the check.
func (s *Tracking) codePlace(in CodeRequest) (place string, done func(), err error) {
	none := func() {}
	if in.Path != "" {
		return strings.TrimSpace(in.Path), none, nil
	}
	files, err := s.uploaded(in.Uploads)
	switch {
	case err != nil:
		return "", none, err
	case len(files) == 0:
		return "", none, listing.Fail(listing.CodeInvalid, "没有选择代码", "拖入文件夹或压缩包，或填写它在这台电脑上的位置")
	}
	dir, err := os.MkdirTemp("", "shangjiatong-code-")
	if err != nil {
		return "", none, unwritable(os.TempDir(), err)
	}
	done = func() { _ = os.RemoveAll(dir) } // a left-over in the folder of temporary files
	if err := layOut(dir, files); err != nil {
		done()
		return "", none, err
	}
	if len(files) == 1 {
		return filepath.Join(dir, filepath.Base(filepath.FromSlash(files[0].Name))), done, nil
	}
	return filepath.Join(dir, filepath.FromSlash(topFolder(files))), done, nil
}

// topFolder is the folder that all files lie in: the one that was handed over. Empty when there is none.
func topFolder(files []ProofFile) string {
	top, _, found := strings.Cut(files[0].Name, "/")
	for _, f := range files {
		if !found || !strings.HasPrefix(f.Name, top+"/") {
			return ""
		}
	}
	return top
}

// layOut puts uploads into a folder by their paths in it; a single one by its name alone.
func layOut(dir string, files []ProofFile) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return unwritable(dir, err)
	}
	defer func() { _ = root.Close() }()
	for _, f := range files {
		name := filepath.FromSlash(f.Name)
		if len(files) == 1 {
			name = filepath.Base(name)
		}
		if err := layFile(root, name, f.Path); err != nil {
			return err
		}
	}
	return nil
}

func layFile(root *os.Root, name, from string) error {
	if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return listing.Failf(listing.CodeInvalid, "请改用压缩包", "文件的路径不能用：%s", name).Because(err)
	}
	in, err := os.Open(from)
	if err != nil {
		return listing.Failf(listing.CodeUnreadable, "请重新选择文件", "读不了文件“%s”", name).Because(err)
	}
	defer func() { _ = in.Close() }()
	out, err := root.Create(name)
	if err != nil {
		return unwritable(name, err)
	}
	_, err = io.Copy(out, in)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return unwritable(name, err)
	}
	return nil
}
