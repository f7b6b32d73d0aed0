package service

import (
	"context"
	"fmt"
	"sync"
	"time"

	"shangjiatong/app/listing"
)

// RefreshView is the quiet refresh: off until switched on.
type RefreshView struct {
	Minutes int    `json:"minutes"` // 0: off
	Running bool   `json:"running"`
	LastAt  string `json:"last_at"`
	NextAt  string `json:"next_at"`
	// Message says how the last one ended: 没有变化, 有 3 处变化, 需要重新登录 …
	Message string `json:"message"`
	Login   bool   `json:"login"`   // it stopped at a login page, and waits for the person to log in
	Changes int    `json:"changes"` // lines of the plan that were found
	PlanID  string `json:"plan_id"` // empty when nothing new was kept
}

// Refresh reads the states of the 治理侧 list now and then, with the session that was kept. It never applies anything.
type Refresh struct{ *core }

// The bounds of the quiet refresh, in minutes.
const (
	leastMinutes = 10
	mostMinutes  = 24 * 60
)

// quietly is how far the quiet refresh is.
type quietly struct {
	mu   sync.Mutex
	last RefreshView
	wake chan struct{}
}

func newQuietly() *quietly { return &quietly{wake: make(chan struct{}, 1)} }

// Status tells of the quiet refresh.
func (s *Refresh) Status(ctx context.Context) (RefreshView, error) {
	var set listing.Settings
	err := s.view(ctx, func(r listing.Reader) (err error) {
		set, err = settings(r)
		return err
	})
	s.quiet.mu.Lock()
	defer s.quiet.mu.Unlock()
	out := s.quiet.last
	out.Minutes = set.RefreshMinutes
	if out.Minutes == 0 || out.Login {
		out.NextAt = ""
	}
	return out, err
}

// Set switches the quiet refresh on, every so many minutes, or off with 0.
func (s *Refresh) Set(ctx context.Context, minutes int) (RefreshView, error) {
	if minutes != 0 && (minutes < leastMinutes || minutes > mostMinutes) {
		return RefreshView{}, listing.Failf(listing.CodeInvalid, "填 0 表示关闭", "间隔要在 %d 到 %d 分钟之间", leastMinutes, mostMinutes)
	}
	err := s.change(ctx, "设置定时读取治理侧状态", "", func(w listing.Writer) error {
		set, err := settings(w)
		if err != nil {
			return err
		}
		set.RefreshMinutes, set.UpdatedAt = minutes, s.after(set.UpdatedAt)
		return w.Put(set)
	})
	if err != nil {
		return RefreshView{}, err
	}
	s.quiet.loggedIn()
	s.quiet.rouse()
	return s.Status(ctx)
}

// loggedIn lets a watch go on that stopped at a login page.
func (q *quietly) loggedIn() {
	q.mu.Lock()
	stopped := q.last.Login
	q.last.Login = false
	q.mu.Unlock()
	if stopped {
		q.rouse()
	}
}

// rouse lets the watch look again when the next refresh is due.
func (q *quietly) rouse() {
	select {
	case q.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Now refreshes once. A login page is no error: the view says so.
func (s *Refresh) Now(ctx context.Context) (RefreshView, error) {
	s.quiet.mu.Lock()
	if s.quiet.last.Running {
		s.quiet.mu.Unlock()
		return s.Status(ctx)
	}
	s.quiet.last.Running = true
	s.quiet.mu.Unlock()
	found, err := s.once(ctx)
	found.LastAt = s.stamp()
	s.quiet.mu.Lock()
	found.NextAt = s.quiet.last.NextAt
	s.quiet.last = found
	s.quiet.mu.Unlock()
	s.quiet.rouse()
	if err != nil {
		return RefreshView{}, err
	}
	return s.Status(ctx)
}

// once reads the list and keeps what is new of it. Whatever stands against it is told, and nothing is tried again.
func (s *Refresh) once(ctx context.Context) (RefreshView, error) {
	if s.asking.busy() {
		return RefreshView{Message: "正在办理动作，这次没有读"}, nil
	}
	sync := &Sync{s.core}
	readings, err := sync.readLive(ctx, SyncLive{}, true, func(int64, int64) {})
	if err != nil {
		e := listing.AsError(err)
		if e.Field == FieldLogin {
			return RefreshView{Login: true, Message: "需要重新登录：打开一次平台并登录后，会接着读"}, nil
		}
		return RefreshView{Message: "没有读成：" + e.Message}, nil
	}
	rec, err := sync.reading(ctx, readings)
	if err != nil {
		return RefreshView{Message: "没有读成：" + listing.AsError(err).Message}, nil
	}
	rec.Quiet = true
	return s.found(ctx, sync, rec)
}

// found compares what was read quietly. A plan that says something new is kept; one that the person is at work on stays.
func (s *Refresh) found(ctx context.Context, sync *Sync, rec listing.SyncPlan) (RefreshView, error) {
	now, err := sync.Current(ctx)
	if err != nil {
		return RefreshView{}, err
	}
	var plan SyncPlan
	if rec.Choices, err = sync.choices(ctx); err == nil {
		err = s.view(ctx, func(r listing.Reader) (err error) {
			plan, err = s.compare(r, rec)
			return err
		})
	}
	if err != nil {
		return RefreshView{}, err
	}
	out := RefreshView{Changes: plan.Counts.Fields + plan.Counts.Acts + plan.Counts.Adopt, Message: "没有变化"}
	if out.Changes == 0 {
		return out, nil
	}
	out.Message = fmt.Sprintf("有 %d 处变化，请到“同步”里看", out.Changes)
	if now.ID != "" && !now.Quiet && now.AppliedAt == "" && now.Counts.Ticked > 0 {
		out.Message = fmt.Sprintf("有 %d 处变化；手头的比对还没有处理，处理后请再读一次", out.Changes)
		return out, nil
	}
	if out.PlanID = now.ID; now.ID == "" || !sameLines(now, plan) {
		_, err = sync.keepPlan(ctx, rec, "定时读取治理侧状态")
		out.PlanID = rec.ID
	}
	return out, err
}

func sameLines(a, b SyncPlan) bool {
	x, y := prints(a), prints(b)
	if len(x) != len(y) {
		return false
	}
	for id, mark := range x {
		if y[id] != mark {
			return false
		}
	}
	return true
}

// Watch refreshes at the set times until ctx ends. It stops at the first login page, until the person has logged in.
func (s *Refresh) Watch(ctx context.Context) {
	for {
		next := s.due(ctx)
		select {
		case <-ctx.Done():
			return
		case <-s.quiet.wake:
		case <-time.After(next):
			view, err := s.Status(ctx)
			if err != nil || view.Minutes == 0 || view.Login {
				continue
			}
			if _, err := s.Now(ctx); err != nil && s.Log != nil {
				s.Log.Warn("quiet refresh", "error", err)
			}
		}
	}
}

// idle is how long Watch sleeps while there is nothing to do.
const idle = time.Hour

// due is how long it is until the next refresh.
func (s *Refresh) due(ctx context.Context) time.Duration {
	view, err := s.Status(ctx)
	if err != nil || view.Minutes == 0 || view.Login {
		return idle
	}
	wait := time.Duration(view.Minutes) * time.Minute
	s.quiet.mu.Lock()
	s.quiet.last.NextAt = s.now().Add(wait).Format(time.RFC3339)
	s.quiet.mu.Unlock()
	return wait
}
