package service

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/capture"
)

// Subject says what the tracking code of an application is compared with: an app of the store, or parameters and pages
// given by hand, for which no data folder is needed. Pages, when given, go before those of the app.
type Subject struct {
	App    string
	Params tracking.Params
	Pages  []listing.Page
}

// CaptureRequest names captures handed over on the screen.
type CaptureRequest struct {
	AppID   string   `json:"app_id"`
	Uploads []string `json:"uploads"` // tokens of Files
	Text    string   `json:"text"`    // pasted addresses, commands or lines of a log
	Job     string   `json:"job"`     // name under which the work can be watched and canceled; may be empty
}

// CheckCapture judges uploads and pasted text for an app, and keeps the result. The uploads are dropped when they have
// been read.
func (s *Tracking) CheckCapture(ctx context.Context, in CaptureRequest) (CheckView, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	sources, err := pasted(in.Text)
	if err != nil {
		return CheckView{}, err
	}
	watch := &watched{progress: progress}
	var files []*os.File
	defer func() {
		for _, f := range files {
			_ = f.Close()
		}
	}()
	for _, token := range in.Uploads {
		up, err := s.uploads.finished(token)
		if err != nil {
			return CheckView{}, err
		}
		f, err := os.Open(up.path)
		if err != nil {
			return CheckView{}, listing.Failf(listing.CodeUnreadable, "请重新选择文件", "读不了文件“%s”", up.name).Because(err)
		}
		files = append(files, f)
		watch.total += up.size
		sources = append(sources, capture.Source{Name: up.name, Body: &watchedReader{f, watch}})
	}
	if len(sources) == 0 {
		return CheckView{}, listing.Fail(listing.CodeInvalid, "没有抓包记录", "选择 HAR 文件，或粘贴请求的地址")
	}
	about := Subject{App: in.AppID}
	r, err := s.CheckSources(ctx, about, sources)
	if err != nil {
		return CheckView{}, err
	}
	view, err := s.keepCheck(ctx, about, "", r)
	if err == nil {
		s.dropUploads(in.Uploads)
	}
	return view, err
}

// pasted makes a source of pasted text.
func pasted(text string) ([]capture.Source, error) {
	most, err := capture.PasteBytes()
	switch {
	case err != nil || strings.TrimSpace(text) == "":
		return nil, err
	case len(text) > most:
		return nil, listing.Failf(listing.CodeTooLarge, "存成文件再选择", "粘贴的内容太大，最多 %d MB", most>>20)
	}
	return []capture.Source{{Name: "粘贴的内容", Body: strings.NewReader(text)}}, nil
}

// CheckSources judges captures, whatever they are read from.
func (s *Tracking) CheckSources(ctx context.Context, about Subject, sources []capture.Source) (tracking.Result, error) {
	about, facts, err := s.settle(ctx, about)
	if err != nil {
		return tracking.Result{}, err
	}
	return capture.Check(ctx, capture.Input{Facts: facts, Params: about.Params, Pages: about.Pages, Sources: sources})
}

// settle takes the parameters and the pages out of the app that a subject names, and says which facts hold: those the unit
// imported, without a data folder those of this build.
func (s *Tracking) settle(ctx context.Context, about Subject) (Subject, tracking.Facts, error) {
	if about.App == "" {
		facts, err := tracking.CurrentFacts()
		return about, facts, err
	}
	a, facts, err := s.load(ctx, about.App)
	if err != nil {
		return about, facts, err
	}
	about.Params = tracking.ParamsOf(&a)
	if len(about.Pages) == 0 {
		about.Pages = a.Pages
	}
	return about, facts, nil
}

// watched tells how much of several files was read.
type watched struct {
	done, total int64
	progress    func(done, total int64)
}

type watchedReader struct {
	r     io.Reader
	watch *watched
}

func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.watch.done += int64(n)
	w.watch.progress(w.watch.done, w.watch.total)
	return n, err
}

// OpenCapture opens a capture of this machine for a command; the caller closes it.
func OpenCapture(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, listing.Failf(listing.CodeInvalid, "请检查路径和权限", "打不开文件“%s”", path).Because(err)
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		wrong := listing.Failf(listing.CodeInvalid, "写出其中的文件，可以写多个", "“%s”不是文件", path)
		return nil, errors.Join(wrong, f.Close())
	}
	return f, nil
}
