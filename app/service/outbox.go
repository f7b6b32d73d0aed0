package service

import (
	"context"

	"shangjiatong/app/listing"
)

// Outbox keeps what was prepared to be done in the portals, and does it while the person watches.
type Outbox struct{ *core }

// OutboxPrepare asks for an action to be prepared.
type OutboxPrepare struct {
	AppID     string             `json:"app_id"`
	Kind      listing.ActionKind `json:"kind"`
	Component string             `json:"component"` // of a component action
	Version   string             `json:"version"`   // of an upload
	Remark    string             `json:"remark"`    // likewise
	Upload    string             `json:"upload"`    // token of Files: the zip
	Job       string             `json:"job"`
}

// OutboxView is a prepared action.
type OutboxView struct {
	listing.Action
	AppName   string `json:"app_name"`
	KindWord  string `json:"kind_word"`
	StateWord string `json:"state_word"` // 已停下（原因） carries the reason
	Title     string `json:"title"`      // 组件申请（扫码登录） 示例督办
	// Changed are the frozen values that differ from what stands here now.
	Changed []FieldChange `json:"changed"`
	// Against are the findings that block the action now; it cannot be run while there are any.
	Against []listing.Finding `json:"against"`
	CanRun  bool              `json:"can_run"`
	Receipt *listing.Receipt  `json:"receipt,omitempty"`
	Follow  *OutboxFollow     `json:"follow,omitempty"` // the act of the running case that follows the receipt
}

// OutboxFollow is the act of the running case that follows from a receipt.
type OutboxFollow struct {
	CaseID    string          `json:"case_id"`
	Task      string          `json:"task"`
	TaskTitle string          `json:"task_title"`
	Act       listing.ActName `json:"act"`
	ActWord   string          `json:"act_word"`
	Allowed   bool            `json:"allowed"`
	Reason    string          `json:"reason"` // what stands against it
	Hint      string          `json:"hint"`
	Done      bool            `json:"done"` // the task is past it already
}

// OutboxFilter narrows the list; empty members do not filter.
type OutboxFilter struct {
	AppID string `json:"app_id"`
	Open  bool   `json:"open"` // only those that are not over
}

// OutboxAnswer answers what an action asks.
type OutboxAnswer struct {
	ID       string `json:"id"`
	Question string `json:"question"` // ID of the question
	Yes      bool   `json:"yes"`
}

// OutboxRun runs an action.
type OutboxRun struct {
	ID  string `json:"id"`
	Job string `json:"job"` // name under which the work can be watched and canceled; may be empty
	// YesUpload agrees beforehand to uploads that start when a file is chosen.
	YesUpload bool `json:"yes_upload"`
}

// List returns the prepared actions, newest first.
func (s *Outbox) List(ctx context.Context, in OutboxFilter) ([]OutboxView, error) {
	return nil, notYet()
}

// Show returns one action.
func (s *Outbox) Show(ctx context.Context, id string) (OutboxView, error) {
	return OutboxView{}, notYet()
}

// Prepare freezes the data of an action and fixes its target.
func (s *Outbox) Prepare(ctx context.Context, in OutboxPrepare) (OutboxView, error) {
	return OutboxView{}, notYet()
}

// Renew freezes the data of an action anew, as they stand now.
func (s *Outbox) Renew(ctx context.Context, id string) (OutboxView, error) {
	return OutboxView{}, notYet()
}

// Discard gives an action up.
func (s *Outbox) Discard(ctx context.Context, id, reason string) (OutboxView, error) {
	return OutboxView{}, notYet()
}

// Run does an action while the person watches. It returns when the receipt is there or the action has stopped; meanwhile
// Show tells how far it is.
func (s *Outbox) Run(ctx context.Context, in OutboxRun) (OutboxView, error) {
	return OutboxView{}, notYet()
}

// Answer answers what a running or stopped action asks.
func (s *Outbox) Answer(ctx context.Context, in OutboxAnswer) (OutboxView, error) {
	return OutboxView{}, notYet()
}

// Follow does the act of the running case that follows from the receipt of an action.
func (s *Outbox) Follow(ctx context.Context, id string) (CaseView, error) {
	return CaseView{}, notYet()
}

func notYet() error { return listing.Fail(listing.CodeInternal, "还没有接上", "请稍后再试") }
