package service

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

// The steps of a run.
const (
	stepOpen    = "open"
	stepLook    = "look"
	stepForm    = "form"
	stepSame    = "identity"
	stepFill    = "fill"
	stepWait    = "wait"
	stepBack    = "back"
	stepCompile = "compile"
)

func stepWord(step string) string {
	switch step {
	case stepOpen:
		return "打开平台"
	case stepLook:
		return "看平台上已经有什么"
	case stepForm:
		return "等您打开表单"
	case stepSame:
		return "核对是不是这个应用"
	case stepFill:
		return "填写"
	case stepWait:
		return "等您提交"
	case stepBack:
		return "读回结果"
	case stepCompile:
		return "等编译结束"
	}
	return step
}

// The bounds of looking again: how often after a form is gone, and how often while code compiles.
const (
	looksBack    = 5
	looksCompile = 2000
	usualPoll    = 5 * time.Second
	maxPicture   = 32 << 20
)

// runner is one run of an action.
type runner struct {
	*Outbox
	a     listing.Action
	in    OutboxRun
	live  Portal
	at    PortalAt
	row   map[string]string // of the list of the hosting platform, once it was read
	page  PortalPage        // of the form, once it was open
	files string            // folder of the files laid out for the browser
	late  bool              // it was sent since an earlier run broke off
	// release is the 应用发布ID of the row that the list shows of the target: of use where none was known before.
	release string
}

// Run does an action while the person watches. It returns when the receipt is there or the action has stopped, which is
// no error; meanwhile Show tells how far it is. Whatever happened before, it begins by reading the page.
func (s *Outbox) Run(ctx context.Context, in OutboxRun) (OutboxView, error) {
	portal := s.live()
	ctx, _, end := s.jobs.begin(ctx, in.Job)
	defer end()
	v, err := s.Show(ctx, in.ID)
	switch {
	case err != nil:
		return v, err
	case v.State.Over():
		return v, listing.Failf(listing.CodeRefused, "需要时请重新准备一份", "“%s”%s，不再办理", v.Title, v.State.Word())
	case len(v.Against) > 0:
		return v, Refusal("还不能办理“"+v.Title+"”", v.Against)
	}
	if err := s.asking.enter(in.ID); err != nil {
		return v, err
	}
	defer s.asking.leave(in.ID)
	r := &runner{Outbox: s, a: v.Action, in: in, live: portal, at: PortalAt{Portal: v.Target.Portal, Region: v.Target.Region, Unseen: in.Headless},
		files: s.sending(in.ID)}
	if err := r.run(ctx); err != nil {
		if err := r.stop(ctx, err); err != nil {
			return v, err
		}
	}
	if r.a.State.Over() {
		_ = os.RemoveAll(r.files) // a left-over goes when the program starts
	}
	s.asking.leave(in.ID)
	return s.Show(context.WithoutCancel(ctx), in.ID)
}

// run goes through the steps.
func (r *runner) run(ctx context.Context) error {
	r.a.State, r.a.Reason, r.a.Hint, r.a.Asking = listing.ActionRunning, "", "", nil
	if err := r.save(ctx, "开始办理"); err != nil {
		return err
	}
	if r.a.Target.Table == "" && doubtful(r.a) {
		r.late = true
		if sent, err := r.askSent(ctx); err != nil || sent {
			return err
		}
	}
	if err := r.step(ctx, stepOpen, func() (string, error) { return "", r.live.Open(ctx, r.at) }); err != nil {
		return err
	}
	seen, err := r.look(ctx, stepLook)
	if err != nil {
		return err
	}
	if seen.there {
		r.late = reached(r.a, stepForm) // an earlier run looked, and it did not stand there
		outcome := listing.OutcomeFound
		if waited(r.a) {
			outcome = listing.OutcomeDone
		}
		return r.finish(ctx, seen, outcome)
	}
	if err := r.notLagging(ctx); err != nil {
		return err
	}
	r.late, r.a.Filled = false, nil // what an earlier run filled in is gone
	if r.a.Kind == listing.ActionApproval {
		r.release = seen.number
	}
	if err := r.form(ctx); err != nil {
		return err
	}
	if err := r.fill(ctx); err != nil {
		return err
	}
	return r.sent(ctx)
}

// sent waits for the person to press the final button and reads back what came of it.
func (r *runner) sent(ctx context.Context) error {
	r.a.State = listing.ActionWaiting
	err := r.step(ctx, stepWait, func() (string, error) {
		return "表单已经离开", r.live.Gone(ctx, r.at, r.a.Target.Form)
	})
	if err != nil {
		return err
	}
	r.a.State = listing.ActionRunning
	if r.a.Target.Table == "" {
		if sent, err := r.askSent(ctx); err != nil || sent {
			return err
		}
		return listing.Fail(listing.CodeRefused, "您说还没有提交", "可以再次办理，会重新填写")
	}
	for n := 0; ; n++ {
		seen, err := r.look(ctx, stepBack)
		if err != nil {
			return err
		}
		if seen.there {
			return r.finish(ctx, seen, listing.OutcomeDone)
		}
		if n+1 == looksBack {
			return listing.Fail(listing.CodeRefused, "表单已经离开，平台的列表里却没有看到", "列表可能过一会儿才显示，请到平台核对；再次办理时先看列表，仍然没有就先问您提交了没有")
		}
		if err := r.pause(ctx); err != nil {
			return err
		}
	}
}

// notLagging makes sure that what the list does not show was not sent either: some lists show it only after a while
// (WAIT-2), and it must not be sent twice.
func (r *runner) notLagging(ctx context.Context) error {
	if r.a.Target.Table == "" || !maySend(r.a) {
		return nil
	}
	sent, err := r.whether(ctx, "平台的列表里还没有看到")
	if err == nil && sent {
		err = listing.Fail(listing.CodeRefused, "您说已经提交，平台的列表里还没有看到，没有再填", "应用注册约一小时后才在列表里（WAIT-2）；看得到以后再次办理，会读回结果")
	}
	return err
}

// askSent asks whether what no list shows was sent, and makes the receipt when it was.
func (r *runner) askSent(ctx context.Context) (bool, error) {
	sent, err := r.whether(ctx, "平台上没有列表能查到它，以您的回答为准")
	if err != nil || !sent {
		return false, err
	}
	return true, r.receipt(ctx, sight{}, listing.OutcomeTold)
}

// whether asks if the form was sent; if not, what was filled in is gone.
func (r *runner) whether(ctx context.Context, why string) (bool, error) {
	sent, err := r.ask(ctx, listing.ActionQuestion{ID: askSubmitted, Text: "“" + r.title() + "”填好以后，您提交了吗？" + why, Yes: "已经提交", No: "没有提交"})
	if err == nil && !sent {
		unsent(&r.a)
	}
	return sent, err
}

// title names the action and what it is done to.
func (r *runner) title() string { return titleOf(r.a, r.a.Target.Name) }

// finish makes the receipt; of an upload once the compilation has ended.
func (r *runner) finish(ctx context.Context, seen sight, outcome string) error {
	if r.a.Kind == listing.ActionUpload {
		var err error
		if seen, outcome, err = r.compile(ctx, seen, outcome); err != nil {
			return err
		}
	}
	if seen.picture == nil {
		seen.picture = r.afterwards(ctx)
	}
	return r.receipt(ctx, seen, outcome)
}

// compile watches the compile state of an upload until it ends.
func (r *runner) compile(ctx context.Context, seen sight, outcome string) (sight, string, error) {
	spec := r.forms.Table(r.a.Target.Table)
	err := r.step(ctx, stepCompile, func() (string, error) {
		for range looksCompile {
			state := seen.version.Compile
			switch {
			case slices.Contains(spec.Passed, state) || (state == "" && seen.version.Online):
				return state, nil
			case slices.Contains(spec.Failed, state):
				return state, nil
			}
			if err := r.pause(ctx); err != nil {
				return state, err
			}
			var err error
			if seen, err = r.versions(ctx, false); err != nil {
				return state, err
			}
			if !seen.there {
				return state, listing.Failf(listing.CodeRefused, "请到平台核对；再次办理时会先看列表", "版本“%s”从列表里消失了", r.a.Code.Version)
			}
		}
		return seen.version.Compile, listing.Fail(listing.CodeRefused, "等编译结果等得太久", "请到平台看编译日志；再次办理时会接着看")
	})
	if err != nil {
		return seen, outcome, err
	}
	seen.picture = r.afterwards(ctx) // before the log covers the page
	if seen.log, err = r.live.Log(ctx, r.at, r.a.Code.Version); err != nil {
		seen.log = "编译日志没有读到：" + listing.AsError(err).Message
	}
	if slices.Contains(spec.Failed, seen.version.Compile) {
		return seen, listing.OutcomeFailed, nil
	}
	if outcome == listing.OutcomeDone {
		outcome = listing.OutcomeCompiled
	}
	return seen, outcome, nil
}

// pause waits between two looks.
func (r *runner) pause(ctx context.Context) error {
	wait := r.Poll
	if wait == 0 {
		wait = usualPoll
	}
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// step records that a step begins, does it, and records how it ended.
func (r *runner) step(ctx context.Context, step string, do func() (string, error)) error {
	at := len(r.a.Steps)
	r.a.Steps = append(slices.Clone(r.a.Steps), listing.ActionStep{Step: step, Word: stepWord(step), Begun: r.stamp()})
	if err := r.save(ctx, stepWord(step)); err != nil {
		return err
	}
	outcome, err := do()
	done := &r.a.Steps[at]
	done.Ended, done.Outcome, done.OK = r.stamp(), outcome, err == nil
	if err != nil {
		done.Outcome = strings.TrimSpace(outcome + " " + stopWord(ctx, err))
	}
	return errors.Join(err, r.save(ctx, stepWord(step)))
}

// save stores the action; it does so even when the person has just stopped the work.
func (r *runner) save(ctx context.Context, what string) error {
	r.a.ChangedAt = r.stamp()
	return r.change(context.WithoutCancel(ctx), r.a.Kind.Word()+"："+what, r.a.AppID, func(w listing.Writer) error { return w.Put(r.a) })
}

// stop records why an action stopped.
func (r *runner) stop(ctx context.Context, cause error) error {
	e := listing.AsError(cause)
	hint := e.Hint
	if ctx.Err() != nil {
		hint = "可以再次办理，会先看平台上已经有什么"
	}
	breaksOff(&r.a, r.stamp(), stopWord(ctx, cause), hint)
	return r.save(ctx, "停下")
}

// stopWord says why an action stopped. Only an end of ctx is the person's doing: a browser that was closed cancels too.
func stopWord(ctx context.Context, err error) string {
	var known *listing.Error
	switch {
	case ctx.Err() != nil:
		return "已由您停下"
	case errors.As(err, &known) && known.Field == FieldLogin:
		return "需要重新登录"
	}
	return listing.AsError(err).Message
}

// afterwards is the picture of what the action led to.
func (r *runner) afterwards(ctx context.Context) *listing.ReceiptPicture {
	return r.picture(ctx, "办理以后的页面")
}

// picture keeps a picture of the page; without one the receipt goes without.
func (r *runner) picture(ctx context.Context, title string) *listing.ReceiptPicture {
	raw, err := r.live.Picture(ctx, r.at)
	if err != nil || len(raw) == 0 {
		return nil
	}
	blobs, err := r.Workplace.Blobs()
	if err != nil {
		return nil
	}
	blob, err := blobs.Put(ctx, bytes.NewReader(raw), maxPicture)
	if err != nil {
		return nil
	}
	return &listing.ReceiptPicture{Title: title, SHA256: blob.SHA256, Size: blob.Size}
}

// form waits for the person to open the form, and refuses one of another application.
func (r *runner) form(ctx context.Context) error {
	err := r.step(ctx, stepForm, func() (_ string, err error) {
		r.page, err = r.live.Await(ctx, r.at, r.a.Target.Form)
		return r.page.Title, err
	})
	if err != nil {
		return err
	}
	return r.step(ctx, stepSame, func() (string, error) { return r.same(ctx, r.page) })
}

// same compares what the page shows of whose it is with the target.
func (r *runner) same(ctx context.Context, page PortalPage) (string, error) {
	t := r.a.Target
	matched := []string{}
	for _, pair := range [][]string{{"应用发布ID", cmp.Or(t.ReleaseID, r.release)}, {"APPID", t.HostingID}, {"应用标识", t.Identifier},
		{"治理侧名称", t.ReleaseName, t.Name}, {"应用名称", t.Name, t.ReleaseName}} {
		label, shown := pair[0], r.forms.Cell(page.Shown[pair[0]])
		if shown == "" || pair[1] == "" {
			continue
		}
		if !slices.ContainsFunc(pair[1:], func(want string) bool { return plain(want) == plain(shown) }) {
			return label + "：" + shown, listing.Failf(listing.CodeRefused, "请在浏览器里打开“"+t.Name+"”的表单，再重新办理",
				"页面上的%s是“%s”，不是“%s”，什么也没有填", label, shown, pair[1])
		}
		matched = append(matched, label)
	}
	switch {
	case r.a.Kind == listing.ActionComponent: // the forms of all components look alike
		return "由您确认", r.confirmed(ctx, "一个组件一张表")
	case len(matched) > 0:
		return strings.Join(matched, "、") + "一致", nil
	case r.a.Kind == listing.ActionCatalog:
		return "新注册的应用，页面上还没有名称", nil
	}
	return "由您确认", r.confirmed(ctx, "页面上没有显示应用名称")
}

// confirmed asks the person whether the page that is open is the right one.
func (r *runner) confirmed(ctx context.Context, why string) error {
	yes, err := r.ask(ctx, listing.ActionQuestion{ID: askIdentity, Yes: "是", No: "不是", Text: fmt.Sprintf("%s。浏览器里打开的，是不是“%s”？", why, r.title())})
	if err == nil && !yes {
		err = listing.Fail(listing.CodeRefused, "您说打开的不是它，什么也没有填", "请打开正确的页面，再重新办理")
	}
	return err
}
