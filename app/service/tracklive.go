package service

import (
	"context"
	"strings"

	"shangjiatong/app/codepack"
	"shangjiatong/app/listing"
	"shangjiatong/app/livecheck"
	"shangjiatong/app/tracking"
)

// maxReply is the largest answer of a back end taken, in bytes.
const maxReply = 1 << 20

// LiveRequest says what is opened and how, on the screen: an address, or code as in CodeRequest, which is served on this
// machine.
type LiveRequest struct {
	AppID   string   `json:"app_id"`
	Address string   `json:"address"` // of the running application
	Uploads []string `json:"uploads"` // tokens of Files: a zip of the built pages, or the files of a folder
	Path    string   `json:"path"`    // a folder or zip of this machine
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
	Devices []livecheck.Choice `json:"devices"`
	Logins  []livecheck.Choice `json:"logins"`
}

// LiveOptions lists what can be played.
func (s *Tracking) LiveOptions(context.Context) (LiveOptions, error) {
	devices, err := livecheck.Devices()
	if err != nil {
		return LiveOptions{}, err
	}
	logins, err := livecheck.LoginChoices()
	return LiveOptions{Devices: devices, Logins: logins}, err
}

// CheckLive opens an application in the workstation's own browser, judges its tracking code, and keeps the result. Nothing
// is asked of the network but the address itself. Uploads are dropped when they have been looked at. Job counts page views.
func (s *Tracking) CheckLive(ctx context.Context, in LiveRequest) (CheckView, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	target, done, err := s.liveTarget(in)
	if err != nil {
		return CheckView{}, err
	}
	defer done()
	about := Subject{App: in.AppID}
	r, digest, err := s.live(ctx, about, target, in.LivePlay, progress)
	if err != nil {
		return CheckView{}, err
	}
	view, err := s.keepCheck(ctx, about, digest, r)
	if err == nil {
		s.dropUploads(in.Uploads)
	}
	return view, err
}

// liveTarget is what is opened; done removes what was laid out for it.
func (s *Tracking) liveTarget(in LiveRequest) (target string, done func(), err error) {
	none := func() {}
	switch {
	case in.Address != "" && (in.Path != "" || len(in.Uploads) > 0):
		return "", none, listing.Fail(listing.CodeInvalid, "网址和代码只能给一样", "留下一样")
	case in.Address != "" && !isWebAddress(in.Address):
		return "", none, listing.Failf(listing.CodeInvalid, "写完整的网址，以 http:// 或 https:// 开头", "不是网址：%s", in.Address)
	case in.Address != "":
		return in.Address, none, nil
	}
	return s.codePlace(CodeRequest{Uploads: in.Uploads, Path: in.Path})
}

// CheckLiveTarget judges an address, or a folder or zip of this machine, for a command. The result of an app of the store
// is kept.
func (s *Tracking) CheckLiveTarget(ctx context.Context, about Subject, target string, play LivePlay) (tracking.Result, error) {
	r, digest, err := s.live(ctx, about, target, play, nil)
	if err != nil || about.App == "" {
		return r, err
	}
	_, err = s.keepCheck(ctx, about, digest, r)
	return r, err
}

// live opens the target; digest stands for the code that was served, and is empty for an address.
func (s *Tracking) live(ctx context.Context, about Subject, target string, play LivePlay, progress func(done, total int64)) (r tracking.Result, digest string, err error) {
	in, err := s.liveInput(ctx, about, target, play)
	if err != nil {
		return r, "", err
	}
	in.Progress = progress
	if isWebAddress(target) {
		in.Address = target
		r, err = livecheck.Check(ctx, in)
		return r, "", err
	}
	code, err := codepack.Open(target)
	if err != nil {
		return r, "", err
	}
	defer func() { _ = code.Close() }()
	in.Folder, in.Target = code, code.Name
	if r, err = livecheck.Check(ctx, in); err != nil {
		return r, "", err
	}
	digest, err = code.Digest(ctx)
	return r, digest, err
}

func (s *Tracking) liveInput(ctx context.Context, about Subject, target string, play LivePlay) (livecheck.Input, error) {
	if strings.TrimSpace(target) == "" {
		return livecheck.Input{}, listing.Fail(listing.CodeInvalid, "没有说检查什么", "填网址，或选择打包后的文件夹、压缩包")
	}
	if len(play.Reply) > maxReply {
		return livecheck.Input{}, listing.Failf(listing.CodeTooLarge, "只留下登录接口的回答", "后端的回答太大，最多 %d MB", maxReply>>20)
	}
	about, facts, err := s.settle(ctx, about)
	if err != nil {
		return livecheck.Input{}, err
	}
	in := livecheck.Input{
		Facts: facts, Params: about.Params, Pages: about.Pages, Target: target, Devices: play.Devices, Reply: []byte(play.Reply),
		Visible: play.Visible, RealNetwork: play.RealNetwork,
	}
	for _, l := range play.Logins {
		in.Logins = append(in.Logins, livecheck.Login(l))
	}
	in.Browser, err = s.browserPath(ctx)
	return in, err
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
