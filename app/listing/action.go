package listing

// ActionKind says what is to be done in a portal.
type ActionKind string

// The kinds of prepared actions.
const (
	ActionCatalog   ActionKind = "catalog"   // 应用注册 (FORM-1)
	ActionComponent ActionKind = "component" // 组件申请 (FORM-2), one component each
	ActionRegister  ActionKind = "register"  // 应用发布注册 (FORM-3)
	ActionApproval  ActionKind = "approval"  // 提交审批 (FORM-4)
	ActionUpload    ActionKind = "upload"    // 上传代码 (TABLE-3)
)

// ActionKinds lists the kinds in the order of the procedure.
func ActionKinds() []ActionKind {
	return []ActionKind{ActionCatalog, ActionComponent, ActionRegister, ActionUpload, ActionApproval}
}

// Word returns the Chinese word of a kind, or the code itself when it is unknown.
func (k ActionKind) Word() string {
	switch k {
	case ActionCatalog:
		return "应用注册"
	case ActionComponent:
		return "组件申请"
	case ActionRegister:
		return "应用发布注册"
	case ActionApproval:
		return "提交审批"
	case ActionUpload:
		return "上传代码"
	}
	return string(k)
}

// ActionState is how far a prepared action is.
type ActionState string

// The states of an action.
const (
	ActionPrepared  ActionState = "prepared"
	ActionRunning   ActionState = "running"
	ActionWaiting   ActionState = "waiting" // everything is filled in: the person presses the final button
	ActionDone      ActionState = "done"
	ActionStopped   ActionState = "stopped" // Reason says why; it can be run again
	ActionDiscarded ActionState = "discarded"
)

// Word returns the Chinese word of a state, or the code itself when it is unknown.
func (s ActionState) Word() string {
	switch s {
	case ActionPrepared:
		return "已准备"
	case ActionRunning:
		return "办理中"
	case ActionWaiting:
		return "等您提交"
	case ActionDone:
		return "已办妥"
	case ActionStopped:
		return "已停下"
	case ActionDiscarded:
		return "已作废"
	}
	return string(s)
}

// Over reports whether nothing more will be done with the action.
func (s ActionState) Over() bool { return s == ActionDone || s == ActionDiscarded }

// Action is something prepared to be done in a portal: its data are frozen, its target is fixed. Every step is recorded
// before it is taken and after, so that an interrupted action is taken up again by looking, never by assuming.
type Action struct {
	ID        string        `json:"id"`
	AppID     string        `json:"app_id"`
	Kind      ActionKind    `json:"kind"`
	Component string        `json:"component,omitempty"` // of ActionComponent
	State     ActionState   `json:"state"`
	Reason    string        `json:"reason,omitempty"` // why it stopped or was discarded
	Hint      string        `json:"hint,omitempty"`   // and what to do
	Target    ActionTarget  `json:"target"`
	Asks      []ActionAsk   `json:"asks"`
	Code      *ActionCode   `json:"code,omitempty"`     // of ActionUpload
	Warnings  []Finding     `json:"warnings,omitempty"` // what stood against it when it was prepared, without blocking it
	Steps     []ActionStep  `json:"steps"`
	Breaks    []ActionBreak `json:"breaks,omitempty"` // how the runs so far broke off, the earliest first
	// Filled is what the page showed once all fields were filled in. It outlives an interruption, and becomes part of the
	// receipt.
	Filled    *ActionFilled `json:"filled,omitempty"`
	ReceiptID string        `json:"receipt_id,omitempty"`
	// Asking is set when only the person knows how to go on; see Answer of the use case.
	Asking    *ActionQuestion `json:"asking,omitempty"`
	CreatedAt string          `json:"created_at"`
	CreatedBy string          `json:"created_by"`
	ChangedAt string          `json:"changed_at"`
}

// RecordKind implements Record.
func (Action) RecordKind() RecordKind { return KindAction }

// RecordID implements Record.
func (a Action) RecordID() string { return a.ID }

// ActionTarget is what an action is done to. What the page shows of it is compared before anything is filled in.
type ActionTarget struct {
	Portal      string `json:"portal"`           // irs or hosting
	Region      string `json:"region,omitempty"` // whose hosting platform
	Form        string `json:"form"`             // FORM-n, or UPLOAD for the upload dialog
	Table       string `json:"table,omitempty"`  // the list that shows whether it was done; empty when none is known
	Name        string `json:"name"`             // 应用名称
	ReleaseName string `json:"release_name"`     // 治理侧名称
	Identifier  string `json:"identifier,omitempty"`
	ReleaseID   string `json:"release_id,omitempty"` // 应用发布ID
	HostingID   string `json:"hosting_id,omitempty"` // APPID
	State       string `json:"state,omitempty"`      // the portal's state when it was prepared
}

// ActionAsk is one field to fill in, with its value as frozen.
type ActionAsk struct {
	Key      string              `json:"key,omitempty"` // of package forms
	Heading  string              `json:"heading,omitempty"`
	Label    string              `json:"label"`
	Also     []string            `json:"also,omitempty"`
	As       string              `json:"as"`               // text, choose, check, path, date, switch, files, rows or secret
	Values   []string            `json:"values,omitempty"` // never of a secret
	Rows     []map[string]string `json:"rows,omitempty"`
	Files    []Attachment        `json:"files,omitempty"`
	Optional bool                `json:"optional,omitempty"`
	Text     string              `json:"text"` // the value as a person reads it
}

// ActionCode is the code package of an upload.
type ActionCode struct {
	Version string     `json:"version"`
	Remark  string     `json:"remark,omitempty"`
	File    Attachment `json:"file"`
	CheckID string     `json:"check_id,omitempty"` // the kept check of this very package
}

// ActionFilled is what a page showed after it was filled in.
type ActionFilled struct {
	At      string          `json:"at"`
	URL     string          `json:"url"`
	Title   string          `json:"title"`
	Fields  []ReceiptField  `json:"fields"`
	Picture *ReceiptPicture `json:"picture,omitempty"`
	Drift   []PageDrift     `json:"drift,omitempty"` // the fields that the page does not show as its recipe says
	Notes   []string        `json:"notes,omitempty"` // what else the person should know: a dialog, a download, a final button that was hit
	// PressedFinal says that a click went to a final button, since the page moved under it.
	PressedFinal bool `json:"pressed_final,omitempty"`
}

// PageDrift is a place where a page is not as its recipe describes it; see table.Drift.
type PageDrift struct {
	Kind    string   `json:"kind"`
	What    string   `json:"what"`
	Seen    []string `json:"seen"`
	Recipe  string   `json:"recipe"`
	Message string   `json:"message"`
	Hint    string   `json:"hint"`
	Picture string   `json:"picture,omitempty"`
}

// ActionStep is one step of a run: recorded when it begins, and again when it has ended.
type ActionStep struct {
	Step    string `json:"step"` // open, look, form, identity, fill, wait, compile or back
	Word    string `json:"word"`
	Begun   string `json:"begun"`           // RFC 3339
	Ended   string `json:"ended,omitempty"` // empty: it is under way, or was cut short
	Outcome string `json:"outcome,omitempty"`
	OK      bool   `json:"ok"`
}

// ActionBreak is a run that did not come to its end.
type ActionBreak struct {
	At     string `json:"at"`   // RFC 3339
	Step   string `json:"step"` // the last one that was begun; empty before the first
	Word   string `json:"word"` // of the step
	Reason string `json:"reason"`
	Unsent bool   `json:"unsent,omitempty"` // the person said afterwards that nothing had been sent
}

// ActionQuestion is what only the person knows.
type ActionQuestion struct {
	ID    string   `json:"id"` // identity, upload, absent or submitted
	Text  string   `json:"text"`
	Yes   string   `json:"yes"` // the words of the two answers
	No    string   `json:"no"`
	Files []string `json:"files,omitempty"`
}
