package snapshot

// Reason says why a snapshot was taken.
type Reason string

// The reasons; Keep says how many of each stay.
const (
	Daily   Reason = "daily"   // first start of a day
	Manual  Reason = "manual"  // a person asked for it
	Migrate Reason = "migrate" // before a migration
	Restore Reason = "restore" // before a restore
	Import  Reason = "import"  // before an import or merge
	Bulk    Reason = "bulk"    // before a bulk change
)

// Word returns the Chinese word of a reason, or the code itself when it is unknown.
func (r Reason) Word() string {
	switch r {
	case Daily:
		return "每日自动"
	case Manual:
		return "手工"
	case Migrate:
		return "升级前"
	case Restore:
		return "恢复前"
	case Import:
		return "导入前"
	case Bulk:
		return "批量修改前"
	}
	return string(r)
}

// Keep returns how many snapshots of a reason stay; older ones make room once a new one of the same reason is safe.
// 0 means that all stay: a person's own snapshots and those before a migration are never removed.
func (r Reason) Keep() int {
	switch r {
	case Daily:
		return 14
	case Restore, Import, Bulk:
		return 10
	case Manual, Migrate:
		return 0
	}
	return 0
}

// Info is the manifest of one snapshot, as it stands in <id>.json beside <id>.db.
type Info struct {
	ID      string `json:"id"` // also the file name without ending
	At      string `json:"at"` // RFC 3339
	Reason  Reason `json:"reason"`
	Note    string `json:"note,omitempty"` // a person's words
	Size    int64  `json:"size"`           // bytes
	SHA256  string `json:"sha256"`         // lower-case hex, of the file
	SM3     string `json:"sm3"`
	Schema  int    `json:"schema"`
	Records int    `json:"records"` // how many records it holds
	Journal int    `json:"journal"` // how many journal entries it holds
	// Problem, filled in when listing and never stored, says in Chinese why the snapshot cannot be trusted.
	Problem string `json:"problem,omitempty"`
}

// Summary is what a check of a copy found out about it.
type Summary struct {
	Schema  int
	Records int
	Journal int
}
