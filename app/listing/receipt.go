package listing

// Outcomes of an action, as a receipt tells them.
const (
	OutcomeDone     = "done"     // the portal shows it, after the person pressed the final button
	OutcomeFound    = "found"    // it stood in the portal before everything was filled in
	OutcomeTold     = "told"     // the person said so; the portal has no list that shows it
	OutcomeCompiled = "compiled" // the uploaded code compiled
	OutcomeFailed   = "failed"   // the uploaded code did not compile
)

// Receipt (回执) is what was read back from a portal after an action.
type Receipt struct {
	ID          string              `json:"id"`
	ActionID    string              `json:"action_id"`
	AppID       string              `json:"app_id"`
	AppName     string              `json:"app_name"`
	Kind        ActionKind          `json:"kind"`
	KindWord    string              `json:"kind_word"`
	Component   string              `json:"component,omitempty"`
	Portal      string              `json:"portal"`
	URL         string              `json:"url"`
	Title       string              `json:"title"` // of the page
	At          string              `json:"at"`    // RFC 3339
	By          string              `json:"by"`
	Outcome     string              `json:"outcome"`
	OutcomeWord string              `json:"outcome_word"` // a sentence
	Notes       []string            `json:"notes"`        // where it broke off on the way, and what therefore nobody has seen
	Fields      []ReceiptField      `json:"fields"`
	Rows        []map[string]string `json:"rows"` // as the list showed them afterwards
	Pictures    []ReceiptPicture    `json:"pictures"`
	Log         string              `json:"log,omitempty"` // of the compilation
	Version     string              `json:"version,omitempty"`
	Preview     string              `json:"preview,omitempty"`
	State       string              `json:"state,omitempty"` // the portal's state, as it reads
}

// RecordKind implements Record.
func (Receipt) RecordKind() RecordKind { return KindReceipt }

// RecordID implements Record.
func (r Receipt) RecordID() string { return r.ID }

// ReceiptField is one field as it was asked for and as the page then showed it.
type ReceiptField struct {
	Label   string `json:"label"`
	Asked   string `json:"asked"`
	Shown   string `json:"shown"`
	OK      bool   `json:"ok"`
	Message string `json:"message,omitempty"`
}

// ReceiptPicture is a picture of a page, kept by content.
type ReceiptPicture struct {
	Title  string `json:"title"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// CodeVersion is one version of an app's code in the hosting platform (TABLE-3).
type CodeVersion struct {
	ID        string `json:"id"` // app and version
	AppID     string `json:"app_id"`
	Version   string `json:"version"`
	Remark    string `json:"remark,omitempty"`
	FileName  string `json:"file_name,omitempty"` // empty: uploaded without this program
	SHA256    string `json:"sha256,omitempty"`
	Size      int64  `json:"size,omitempty"`
	Compile   string `json:"compile,omitempty"` // 编译状态, as it reads
	Preview   string `json:"preview,omitempty"` // 预览地址
	Online    bool   `json:"online,omitempty"`  // it stands in 线上环境
	UpdatedAt string `json:"updated_at,omitempty"`
	SeenAt    string `json:"seen_at"`
	SeenBy    string `json:"seen_by"`
	ReceiptID string `json:"receipt_id,omitempty"`
}

// RecordKind implements Record.
func (CodeVersion) RecordKind() RecordKind { return KindVersion }

// RecordID implements Record.
func (v CodeVersion) RecordID() string { return v.ID }
