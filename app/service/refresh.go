package service

import "context"

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
	PlanID  string `json:"plan_id"`
}

// Refresh reads the states of the 治理侧 list now and then, with the session that was kept. It never applies anything.
type Refresh struct{ *core }

// Status tells of the quiet refresh.
func (s *Refresh) Status(ctx context.Context) (RefreshView, error) { return RefreshView{}, notYet() }

// Set switches it on, every so many minutes, or off with 0.
func (s *Refresh) Set(ctx context.Context, minutes int) (RefreshView, error) {
	return RefreshView{}, notYet()
}

// Now refreshes once.
func (s *Refresh) Now(ctx context.Context) (RefreshView, error) { return RefreshView{}, notYet() }
