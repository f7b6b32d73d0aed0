package service

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
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
	// Headless shows no window, for a rehearsal: then nobody can log in or press anything.
	Headless bool `json:"headless"`
}

// List returns the prepared actions, newest first.
func (s *Outbox) List(ctx context.Context, in OutboxFilter) ([]OutboxView, error) {
	out := []OutboxView{}
	if in.AppID != "" {
		id, err := s.appID(ctx, in.AppID)
		if err != nil {
			return out, err
		}
		in.AppID = id
	}
	err := s.view(ctx, func(r listing.Reader) error {
		all, err := listing.All[listing.Action](r)
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b listing.Action) int { return cmp.Compare(b.CreatedAt, a.CreatedAt) })
		for _, a := range all {
			if (in.AppID != "" && a.AppID != in.AppID) || (in.Open && a.State.Over()) {
				continue
			}
			v, err := s.viewOf(r, a)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// view has the recipes at hand before it reads: inside of one transaction no other should begin.
func (s *Outbox) view(ctx context.Context, read func(listing.Reader) error) error {
	if _, err := s.recipes(); err != nil {
		return err
	}
	return s.core.view(ctx, read)
}

// Show returns one action.
func (s *Outbox) Show(ctx context.Context, id string) (OutboxView, error) {
	var out OutboxView
	err := s.view(ctx, func(r listing.Reader) error {
		a, err := loadAction(r, id)
		if err != nil {
			return err
		}
		out, err = s.viewOf(r, a)
		return err
	})
	return out, err
}

func loadAction(r listing.Reader, id string) (listing.Action, error) {
	a, err := listing.Load[listing.Action](r, id)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return a, listing.Failf(listing.CodeNotFound, "请从预备办理的列表里选择", "没有预备办理“%s”", id)
	}
	return a, err
}

// titleOf names an action: 组件申请（扫码登录） 示例督办.
func titleOf(a listing.Action, name string) string {
	if a.Component != "" {
		return a.Kind.Word() + "（" + a.Component + "） " + name
	}
	return a.Kind.Word() + " " + name
}

// viewOf shows an action beside what stands here now.
func (s *Outbox) viewOf(r listing.Reader, a listing.Action) (OutboxView, error) {
	whole(&a)
	s.cutOff(&a)
	out := OutboxView{Action: a, KindWord: a.Kind.Word(), StateWord: a.State.Word(), Changed: []FieldChange{}, Against: []listing.Finding{}}
	if a.Reason != "" && (a.State == listing.ActionStopped || a.State == listing.ActionDiscarded) {
		out.StateWord += "（" + a.Reason + "）"
	}
	run, err := s.running(r, a.AppID)
	if err != nil {
		return out, err
	}
	out.AppName = run.dossier.App.Name
	out.Title = titleOf(a, out.AppName)
	if !a.State.Over() {
		if out.Changed, err = s.drifted(run, a); err != nil {
			return out, err
		}
		out.Against = s.against(run, a.Kind)
		out.CanRun = len(out.Against) == 0 && !s.asking.busy()
	}
	if a.ReceiptID != "" {
		rec, err := listing.Load[listing.Receipt](r, a.ReceiptID)
		if err != nil {
			return out, err
		}
		whole(&rec)
		out.Receipt, out.Follow = &rec, s.nextAct(run, a)
	}
	return out, nil
}

// taskOf finds the task of the running case that an action belongs to, or nil.
func (c *core) taskOf(run *running, kind listing.ActionKind) *procedure.Task {
	for _, t := range run.state.Plan.Tasks() {
		switch {
		case slices.Contains(t.Forms, formOf(kind)):
			return t
		case kind == listing.ActionUpload && slices.Contains(t.Sources, "TABLE-2") && slices.Contains(t.Sources, "TABLE-3"):
			return t
		case kind == listing.ActionApproval && t.Reviewed() && slices.ContainsFunc(t.Portal.Before, c.submits):
			return t
		}
	}
	return nil
}

// submits reports whether the portal offers 提交审批 in a state.
func (c *core) submits(state string) bool {
	known, _ := c.portal.State(state)
	return slices.Contains(known.Buttons, "提交审批")
}

// formOf is the form that an action fills in.
func formOf(kind listing.ActionKind) string {
	switch kind {
	case listing.ActionCatalog:
		return "FORM-1"
	case listing.ActionComponent:
		return "FORM-2"
	case listing.ActionRegister:
		return "FORM-3"
	case listing.ActionApproval:
		return "FORM-4"
	case listing.ActionUpload:
		return "UPLOAD"
	}
	return ""
}

// listOf is the list that shows whether an action was done; empty when none is known.
func listOf(kind listing.ActionKind) string {
	switch kind {
	case listing.ActionCatalog:
		return "TABLE-4"
	case listing.ActionRegister, listing.ActionApproval:
		return "TABLE-1"
	case listing.ActionUpload:
		return "TABLE-3"
	}
	return ""
}

// against lists the findings that block an action: those of the gates of its task.
func (c *core) against(run *running, kind listing.ActionKind) []listing.Finding {
	out := []listing.Finding{}
	t := c.taskOf(run, kind)
	if t == nil {
		return out
	}
	for _, f := range listing.Blocking(run.findings) {
		if slices.Contains(t.Gates, f.Rule) {
			out = append(out, f)
		}
	}
	return out
}

// nextAct is the act that comes after an action was done; nil when the case has no task for it.
func (c *core) nextAct(run *running, a listing.Action) *OutboxFollow {
	t := c.taskOf(run, a.Kind)
	if t == nil || !run.started || run.kase.ClosedAt != "" {
		return nil
	}
	out := &OutboxFollow{CaseID: run.kase.ID, Task: t.ID, TaskTitle: t.Title, Act: listing.ActConfirm}
	if t.Reviewed() {
		out.Act = listing.ActSubmit
	}
	out.ActWord = out.Act.Word()
	status := run.state.Status(t.ID)
	out.Done = status.Settled() || status == listing.StatusSubmitted || status == listing.StatusInReview
	if e := run.state.Can(t.ID, out.Act, run.findings); e != nil {
		out.Reason, out.Hint = e.Message, e.Hint
	}
	out.Allowed = out.Reason == ""
	return out
}

// Follow does the act of the running case that follows from the receipt of an action. The receipt is its proof already.
func (s *Outbox) Follow(ctx context.Context, id string) (CaseView, error) {
	v, err := s.Show(ctx, id)
	switch {
	case err != nil:
		return CaseView{}, err
	case v.Follow == nil:
		return CaseView{}, listing.Fail(listing.CodeRefused, "没有要接着登记的事项", "这个应用没有正在办理的事项，或者还没有回执")
	}
	return (&Cases{s.core}).ActWith(ctx, ActRequest{AppID: v.Follow.CaseID, Task: v.Follow.Task, Act: v.Follow.Act}, nil)
}

// Discard gives an action up.
func (s *Outbox) Discard(ctx context.Context, id, reason string) (OutboxView, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return OutboxView{}, listing.Fail(listing.CodeInvalid, "请写明作废的理由", "理由会记入记录，供以后查看")
	}
	return s.rework(ctx, id, "作废预备办理", func(_ listing.Reader, a *listing.Action) error {
		a.State, a.Reason, a.Hint, a.Asking = listing.ActionDiscarded, reason, "", nil
		_ = os.RemoveAll(s.sending(id)) // a left-over goes when the program starts
		return nil
	})
}

// rework changes an action that is neither over nor under way.
func (s *Outbox) rework(ctx context.Context, id, what string, change func(listing.Reader, *listing.Action) error) (OutboxView, error) {
	if s.asking.runs(id) {
		return OutboxView{}, listing.Fail(listing.CodeRefused, "正在办理，现在不能改", "请先停下")
	}
	v, err := s.Show(ctx, id)
	if err != nil {
		return v, err
	}
	err = s.change(ctx, what, v.AppID, func(w listing.Writer) error {
		a, err := loadAction(w, id)
		if err != nil {
			return err
		}
		if a.State.Over() {
			return listing.Failf(listing.CodeRefused, "需要时请重新准备一份", "“%s”%s，不能再改", v.Title, a.State.Word())
		}
		s.cutOff(&a)
		if err := change(w, &a); err != nil {
			return err
		}
		a.ChangedAt = s.stamp()
		return w.Put(a)
	})
	if err != nil {
		return v, err
	}
	return s.Show(ctx, id)
}
