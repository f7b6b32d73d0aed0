package listing

// SyncPlan is what was read from the portals' lists and what would change here because of it. The newest one is kept
// until it is applied or another takes its place, so that nothing read is lost.
type SyncPlan struct {
	ID     string      `json:"id"`
	At     string      `json:"at"` // RFC 3339
	By     string      `json:"by"`
	Tables []SyncTable `json:"tables"`
	// Choices are the apps a person chose for rows that fit several or none, by table and row; SyncNew adopts the row.
	Choices map[string]string `json:"choices"`
	// Prints are the fingerprints of the lines when they were worked out, by line: a line that reads otherwise when it is
	// applied is stale.
	Prints    map[string]string `json:"prints"`
	Quiet     bool              `json:"quiet,omitempty"` // made by the quiet refresh
	AppliedAt string            `json:"applied_at,omitempty"`
	AppliedBy string            `json:"applied_by,omitempty"`
	Done      []string          `json:"done,omitempty"` // what was applied, as sentences
}

// SyncNew is the choice that a row belongs to none of the local apps.
const SyncNew = "new"

// RecordKind implements Record.
func (SyncPlan) RecordKind() RecordKind { return KindSync }

// RecordID implements Record.
func (p SyncPlan) RecordID() string { return p.ID }

// SyncTable is one table as it was read.
type SyncTable struct {
	Table string              `json:"table"`            // TABLE-1
	AppID string              `json:"app_id,omitempty"` // TABLE-3: whose page it is
	From  string              `json:"from"`             // the address or the file it was read from
	At    string              `json:"at"`
	Pages int                 `json:"pages"`
	Rows  []map[string]string `json:"rows"` // header to text
	Parts []SyncPart          `json:"parts,omitempty"`
	Notes []string            `json:"notes,omitempty"`
	// Incomplete says that the list may have more rows than were read. Nothing follows from a row that is not here.
	Incomplete bool `json:"incomplete,omitempty"`
}

// SyncPart is one of several tables of one page (TABLE-3).
type SyncPart struct {
	Heading string `json:"heading"`
	From    int    `json:"from"`
	Rows    int    `json:"rows"`
}
