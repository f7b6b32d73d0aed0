package listing

// FlowFile is a procedure file that was imported, kept byte for byte.
type FlowFile struct {
	ID         string `json:"id"` // FLOW-1@2026-05-01
	Flow       string `json:"flow"`
	Version    string `json:"version"`
	FileName   string `json:"file_name"`
	Body       string `json:"body"` // the file itself, YAML
	SHA256     string `json:"sha256"`
	ImportedBy string `json:"imported_by"`
	ImportedAt string `json:"imported_at"` // RFC 3339
}

// RecordKind implements Record.
func (FlowFile) RecordKind() RecordKind { return KindFlow }

// RecordID implements Record.
func (f FlowFile) RecordID() string { return f.ID }

// CalendarYear is a year of holidays that was imported or typed, in the format of package workday.
type CalendarYear struct {
	ID         string `json:"id"`   // the year, 2027
	Body       string `json:"body"` // YAML
	SHA256     string `json:"sha256"`
	ImportedBy string `json:"imported_by"`
	ImportedAt string `json:"imported_at"` // RFC 3339
}

// RecordKind implements Record.
func (CalendarYear) RecordKind() RecordKind { return KindCalendar }

// RecordID implements Record.
func (c CalendarYear) RecordID() string { return c.ID }

// TrackingFacts is the imported file of facts that the tracking code goes by, kept byte for byte. There is at most one.
type TrackingFacts struct {
	ID         string `json:"id"` // always TrackingFactsID
	Version    string `json:"version"`
	FileName   string `json:"file_name"`
	Body       string `json:"body"` // the file itself, YAML
	SHA256     string `json:"sha256"`
	ImportedBy string `json:"imported_by"`
	ImportedAt string `json:"imported_at"` // RFC 3339
}

// TrackingFactsID is the ID of the one TrackingFacts.
const TrackingFactsID = "tracking"

// RecordKind implements Record.
func (TrackingFacts) RecordKind() RecordKind { return KindFacts }

// RecordID implements Record.
func (f TrackingFacts) RecordID() string { return f.ID }

// SavedView is a page's filters under a name of the person's own.
type SavedView struct {
	ID    string `json:"id"`
	Page  string `json:"page"` // overview or todo
	Name  string `json:"name"`
	Query string `json:"query"` // as it stands in the address, without the question mark
	By    string `json:"by"`
}

// RecordKind implements Record.
func (SavedView) RecordKind() RecordKind { return KindView }

// RecordID implements Record.
func (v SavedView) RecordID() string { return v.ID }

// ChecklistNote is a line of the unit's own checklist: what a reviewer once sent back and is to be looked at before
// every submission.
type ChecklistNote struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Links []Link `json:"links"`
	AppID string `json:"app_id,omitempty"` // the app it was learnt from
	By    string `json:"by"`
	On    string `json:"on"` // date, 2006-01-02
}

// RecordKind implements Record.
func (ChecklistNote) RecordKind() RecordKind { return KindNote }

// RecordID implements Record.
func (n ChecklistNote) RecordID() string { return n.ID }
