package service

import (
	"context"
	"strings"

	"shangjiatong/app/browser"
	"shangjiatong/app/codepack"
	"shangjiatong/app/listing"
	"shangjiatong/app/livecheck"
	"shangjiatong/app/tracking"
)

// maxReply is the largest answer of a back end taken, in bytes.
const maxReply = 1 << 20

// LiveRequest says what is opened and how, on the screen. Address or Upload is given, not both.
type LiveRequest struct {
	AppID   string `json:"app_id"`
	Address string `json:"address"` // of the running application
	Upload  string `json:"upload"`  // token of Files: a zip of the built pages, which is served on this machine
	LivePlay
	Job string `json:"job"` // name under which the work can be watched and canceled; may be empty
}

// LivePlay says what is played.
type LivePlay struct {
	Devices     []string `json:"devices"`      // pc, android, ios; none means all
	Logins      []string `json:"logins"`       // ok, fail, slow, never; none means ok and fail
	Reply       string   `json:"reply"`        // what the application's back end answers, JSON; empty for a guess
	Visible     bool     `json:"visible"`      // show the browser's window
	RealNetwork bool     `json:"real_network"` // let the tracking requests go to their servers
}

// LiveOptions are the words for what can be played.
type LiveOptions struct {
	Devices []livecheck.Device `json:"devices"`
}

// LiveOptions lists what can be played.
func (s *Tracking) LiveOptions(context.Context) (LiveOptions, error) {
	devices, err := livecheck.Devices()
	return LiveOptions{Devices: devices}, err
}

// CheckLive opens an application in the workstation's own browser and judges its tracking code. Nothing is asked of the
// network but the address itself. An upload is dropped when it has been looked at. Job counts page views.
func (s *Tracking) CheckLive(ctx context.Context, in LiveRequest) (tracking.Result, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	target := in.Address
	switch {
	case in.Address != "" && in.Upload != "":
		return tracking.Result{}, listing.Fail(listing.CodeInvalid, "网址和文件只能给一个", "留下一个")
	case in.Address != "" && !isWebAddress(in.Address):
		return tracking.Result{}, listing.Failf(listing.CodeInvalid, "写完整的网址，以 http:// 或 https:// 开头", "不是网址：%s", in.Address)
	case in.Upload != "":
		up, err := s.uploads.finished(in.Upload)
		if err != nil {
			return tracking.Result{}, err
		}
		target = up.path
	}
	out, err := s.CheckLiveTarget(ctx, Subject{App: in.AppID}, target, in.LivePlay, progress)
	if err == nil && in.Upload != "" {
		s.uploads.drop(in.Upload)
	}
	return out, err
}

// CheckLiveTarget is CheckLive of an address, or of a folder or zip of this machine, compared with any subject.
func (s *Tracking) CheckLiveTarget(ctx context.Context, about Subject, target string, play LivePlay, progress func(done, total int64)) (tracking.Result, error) {
	if strings.TrimSpace(target) == "" {
		return tracking.Result{}, listing.Fail(listing.CodeInvalid, "没有说检查什么", "填网址，或选择打包后的文件夹、压缩包")
	}
	if len(play.Reply) > maxReply {
		return tracking.Result{}, listing.Failf(listing.CodeTooLarge, "只留下登录接口的回答", "后端的回答太大，最多 %d MB", maxReply>>20)
	}
	about, facts, err := s.settle(ctx, about)
	if err != nil {
		return tracking.Result{}, err
	}
	in := livecheck.Input{
		Facts: facts, Params: about.Params, Pages: about.Pages, Target: target, Devices: play.Devices, Reply: []byte(play.Reply),
		Visible: play.Visible, RealNetwork: play.RealNetwork, Progress: progress,
	}
	for _, l := range play.Logins {
		in.Logins = append(in.Logins, livecheck.Login(l))
	}
	if in.Browser, err = s.browserPath(); err != nil {
		return tracking.Result{}, err
	}
	if isWebAddress(target) {
		in.Address = target
		return livecheck.Check(ctx, in)
	}
	code, err := codepack.Open(target)
	if err != nil {
		return tracking.Result{}, err
	}
	defer code.Close()
	in.Folder, in.Target = code, code.Name
	return livecheck.Check(ctx, in)
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// browserPath is the browser of this machine.
func (s *Tracking) browserPath() (string, error) {
	if s.Browser != nil {
		return s.Browser()
	}
	return browser.Find("")
}
