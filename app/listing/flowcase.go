package listing

// Status is the state of a task of a case. The words never blur "done here" and "done there".
type Status string

// The statuses and their words (see StatusWord).
const (
	StatusNotStarted    Status = "not_started"
	StatusBlocked       Status = "blocked"
	StatusInProgress    Status = "in_progress"
	StatusFilled        Status = "filled"
	StatusGenerated     Status = "generated"
	StatusSubmitted     Status = "submitted"
	StatusInReview      Status = "in_review"
	StatusPassed        Status = "passed"
	StatusReturned      Status = "returned"
	StatusDone          Status = "done"
	StatusNotApplicable Status = "not_applicable"
)

// Word returns the Chinese word of a status, or the code itself when it is unknown.
func (s Status) Word() string {
	switch s {
	case StatusNotStarted:
		return "未开始"
	case StatusBlocked:
		return "暂不能办"
	case StatusInProgress:
		return "办理中"
	case StatusFilled:
		return "已填写"
	case StatusGenerated:
		return "已生成"
	case StatusSubmitted:
		return "已提交"
	case StatusInReview:
		return "审核中"
	case StatusPassed:
		return "已通过"
	case StatusReturned:
		return "被退回"
	case StatusDone:
		return "已办结"
	case StatusNotApplicable:
		return "不适用"
	}
	return string(s)
}

// Settled reports whether nothing more has to be done: passed, done or not applicable.
func (s Status) Settled() bool {
	return s == StatusPassed || s == StatusDone || s == StatusNotApplicable
}

// ActName is what a person can do to a task.
type ActName string

// The acts.
const (
	ActFill     ActName = "fill"
	ActGenerate ActName = "generate"
	ActSubmit   ActName = "submit"
	ActReview   ActName = "review"
	ActPass     ActName = "pass"
	ActReturn   ActName = "return"
	ActConfirm  ActName = "confirm"
	ActSkip     ActName = "skip"
	ActUndo     ActName = "undo"
)

// ActNames lists every act in the order a task usually sees them.
func ActNames() []ActName {
	return []ActName{ActFill, ActGenerate, ActSubmit, ActReview, ActPass, ActReturn, ActConfirm, ActSkip, ActUndo}
}

// Word returns the Chinese word of an act, or the code itself when it is unknown.
func (a ActName) Word() string {
	switch a {
	case ActFill:
		return "填写"
	case ActGenerate:
		return "生成"
	case ActSubmit:
		return "登记提交"
	case ActReview:
		return "登记审核中"
	case ActPass:
		return "登记通过"
	case ActReturn:
		return "登记退回"
	case ActConfirm:
		return "登记办结"
	case ActSkip:
		return "不适用"
	case ActUndo:
		return "撤回上一步"
	}
	return string(a)
}

// Act is one thing a person did to a task. Acts are only ever appended; undo is an act too.
type Act struct {
	Seq    int      `json:"seq"` // 1, 2, … within the case
	Task   string   `json:"task"`
	Act    ActName  `json:"act"`
	By     string   `json:"by"`
	At     string   `json:"at"` // RFC 3339
	Reason string   `json:"reason,omitempty"`
	Proofs []string `json:"proofs,omitempty"` // IDs of proofs in the case
	// Reopens names the settled tasks that a return sends back to be done again; Links says what the reviewer's words
	// are about. Both belong to return alone.
	Reopens []string `json:"reopens,omitempty"`
	Links   []Link   `json:"links,omitempty"`
	// Complete is set on fill when every field the task needs was filled in at that moment.
	Complete bool `json:"complete,omitempty"`
}

// LinkKind says what a Link points at.
type LinkKind string

// The kinds of links.
const (
	LinkField    LinkKind = "field"    // a field key of package forms
	LinkRule     LinkKind = "rule"     // RULE-n
	LinkMaterial LinkKind = "material" // the ID of a material
)

// Link ties a reviewer's words to what they are about.
type Link struct {
	Kind LinkKind `json:"kind"`
	ID   string   `json:"id"`
}

// Move is a case's change to another version of its flow.
type Move struct {
	From string `json:"from"`
	To   string `json:"to"`
	By   string `json:"by"`
	At   string `json:"at"` // RFC 3339
}

// Case is one run (办件) of one flow for one app, pinned to the version of the flow it was started with.
type Case struct {
	ID          string  `json:"id"`
	AppID       string  `json:"app_id"`
	Flow        string  `json:"flow"`         // FLOW-1 …
	FlowVersion string  `json:"flow_version"` // the version of the procedure data
	StartedAt   string  `json:"started_at"`
	StartedBy   string  `json:"started_by"`
	ClosedAt    string  `json:"closed_at,omitempty"`
	Acts        []Act   `json:"acts"`
	Proofs      []Proof `json:"proofs"`
	// Inputs are what the flow asks when it is started, by the keys of the flow: a new administrator, a new version.
	Inputs map[string]string `json:"inputs,omitempty"`
	// Moves are the changes of flow version so far, oldest first.
	Moves []Move `json:"moves,omitempty"`
}

// RecordKind implements Record.
func (Case) RecordKind() RecordKind { return KindCase }

// RecordID implements Record.
func (c Case) RecordID() string { return c.ID }

// Proof is what shows that a task really is done: a file, or a note.
type Proof struct {
	ID   string      `json:"id"`
	Task string      `json:"task"`
	Note string      `json:"note,omitempty"`
	File *Attachment `json:"file,omitempty"`
	By   string      `json:"by"`
	At   string      `json:"at"` // RFC 3339
}
