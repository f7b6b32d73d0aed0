package service

import (
	"context"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/table"
	"shangjiatong/app/procedure"
)

// Sync compares what the portals' lists say with what stands here.
type Sync struct{ *core }

// SyncReading is one table as it was read, by a browser, from a saved page or from the clipboard.
type SyncReading struct {
	Result table.Result `json:"result"`
	From   string       `json:"from"`   // the address or the file
	AppID  string       `json:"app_id"` // TABLE-3: whose page it is
}

// SyncRequest asks for a plan.
type SyncRequest struct {
	Readings []SyncReading `json:"readings"`
}

// The kinds of lines of a plan.
const (
	SyncField    = "field"    // a value of an app changes
	SyncQuestion = "question" // the two sides differ, and only a person can say which is right: nothing to apply
	SyncAct      = "act"      // an act of the running case follows
	SyncAdopt    = "adopt"    // the row becomes a new app
	SyncVersion  = "version"  // a version of the code in the hosting platform
)

// How a row was matched.
const (
	MatchNumber    = "number"    // by 应用发布ID or APPID
	MatchName      = "name"      // by its name
	MatchChosen    = "chosen"    // by the person
	MatchAmbiguous = "ambiguous" // several apps fit, or several rows fit one app: the person chooses
	MatchNone      = "none"      // no app here
)

// SyncLine is one thing that would change. It is applied only when it is named.
type SyncLine struct {
	ID      string `json:"id"` // row and field: r1.state
	Kind    string `json:"kind"`
	AppID   string `json:"app_id"` // empty for an app that is not there yet
	AppName string `json:"app_name"`
	Table   string `json:"table"`
	Key     string `json:"key"`     // app.portal.state, app.mobile_url …
	Label   string `json:"label"`   // 状态
	Local   string `json:"local"`   // what stands here
	Portal  string `json:"portal"`  // what the portal shows
	Result  string `json:"result"`  // what will stand here
	Side    string `json:"side"`    // portal or local: whose value the result is
	Meaning string `json:"meaning"` // what it means, a sentence
	Ticked  bool   `json:"ticked"`  // what the person is offered to begin with
	// Why says why the line cannot be applied; empty when it can.
	Why  string `json:"why"`
	Hint string `json:"hint"`
	// After names the line that has to be applied with this one, before it.
	After       string          `json:"after"`
	CaseID      string          `json:"case_id,omitempty"`
	Task        string          `json:"task,omitempty"`
	TaskTitle   string          `json:"task_title,omitempty"`
	Act         listing.ActName `json:"act,omitempty"`
	ActWord     string          `json:"act_word,omitempty"`
	Reason      string          `json:"reason,omitempty"`     // of a return; the person may word it
	Reopenable  []SyncTask      `json:"reopenable,omitempty"` // of a return: the tasks that may be done again
	Fingerprint string          `json:"fingerprint"`          // of everything above: a changed one is stale
}

// SyncTask names a task of a case.
type SyncTask struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// SyncCandidate is an app that a row may belong to.
type SyncCandidate struct {
	AppID      string `json:"app_id"`
	Name       string `json:"name"`
	Identifier string `json:"identifier"`
	Why        string `json:"why"`
}

// SyncCell is one cell as it was read.
type SyncCell struct {
	Table  string `json:"table"`
	Header string `json:"header"`
	Text   string `json:"text"`
}

// SyncRow is one application as the portals show it: the rows of the tables that are about it.
type SyncRow struct {
	ID         string                 `json:"id"`
	Name       string                 `json:"name"`
	Number     string                 `json:"number"` // 应用发布ID, or APPID
	Match      string                 `json:"match"`
	MatchWord  string                 `json:"match_word"`
	AppID      string                 `json:"app_id"`
	AppName    string                 `json:"app_name"`
	Candidates []SyncCandidate        `json:"candidates"`
	State      *procedure.PortalState `json:"state,omitempty"` // 状态 of TABLE-1; Known false: as it reads
	Cells      []SyncCell             `json:"cells"`
	Lines      []SyncLine             `json:"lines"`
	Notes      []string               `json:"notes"`
}

// SyncMissing is a local app that the list does not show. Nothing is done about it.
type SyncMissing struct {
	AppID   string `json:"app_id"`
	Name    string `json:"name"`
	Message string `json:"message"`
}

// SyncCounts sums a plan up.
type SyncCounts struct {
	Rows      int `json:"rows"`
	Same      int `json:"same"` // rows of which nothing follows
	Fields    int `json:"fields"`
	Acts      int `json:"acts"`
	Questions int `json:"questions"`
	Adopt     int `json:"adopt"`
	Ambiguous int `json:"ambiguous"`
	Missing   int `json:"missing"`
	Ticked    int `json:"ticked"`
}

// SyncPlan says what would change. Nothing has been written but the plan itself.
type SyncPlan struct {
	ID        string          `json:"id"`
	At        string          `json:"at"`
	By        string          `json:"by"`
	Quiet     bool            `json:"quiet"`
	Tables    []SyncTableInfo `json:"tables"`
	Rows      []SyncRow       `json:"rows"`
	Missing   []SyncMissing   `json:"missing"`
	Counts    SyncCounts      `json:"counts"`
	AppliedAt string          `json:"applied_at"` // empty while it can be applied
	Done      []string        `json:"done"`
}

// SyncTableInfo says what was read.
type SyncTableInfo struct {
	Table string   `json:"table"`
	Title string   `json:"title"`
	From  string   `json:"from"`
	At    string   `json:"at"`
	Pages int      `json:"pages"`
	Rows  int      `json:"rows"`
	Notes []string `json:"notes"`
}

// SyncApply names the lines of a plan to apply.
type SyncApply struct {
	PlanID  string              `json:"plan_id"`
	Lines   []string            `json:"lines"`
	Reasons map[string]string   `json:"reasons"` // of returns, by line
	Reopens map[string][]string `json:"reopens"` // of returns, by line
	DryRun  bool                `json:"dry_run"`
}

// SyncApplied says what was done.
type SyncApplied struct {
	PlanID   string     `json:"plan_id"`
	Lines    []SyncLine `json:"lines"` // those applied, in order
	Done     []string   `json:"done"`  // as sentences
	Notices  []string   `json:"notices"`
	Adopted  []BulkApp  `json:"adopted"`
	Snapshot string     `json:"snapshot"` // taken before; empty for a dry run
}

// Current returns the newest plan; its ID is empty when there is none.
func (s *Sync) Current(ctx context.Context) (SyncPlan, error) { return s.current(ctx) }

// SyncLive asks for tables to be read in the user's own browser, and compared.
type SyncLive struct {
	Tables []string `json:"tables"` // TABLE-1 when empty
	AppID  string   `json:"app_id"` // of TABLE-3
	Job    string   `json:"job"`
}

// SyncChoice says which app a row belongs to.
type SyncChoice struct {
	PlanID string `json:"plan_id"`
	Row    string `json:"row"`
	AppID  string `json:"app_id"` // listing.SyncNew: none of those here; empty takes the choice back
}

func notYet() error {
	return listing.Fail(listing.CodeInternal, "这一步还没有接上", "请稍后再试")
}

func (s *Sync) current(context.Context) (SyncPlan, error) { return SyncPlan{}, notYet() }

// Plan compares tables that were read with what stands here. The plan is kept until it is applied or replaced.
func (s *Sync) Plan(ctx context.Context, in SyncRequest) (SyncPlan, error) {
	return SyncPlan{}, notYet()
}

// Live reads tables in the user's own browser and plans.
func (s *Sync) Live(ctx context.Context, in SyncLive) (SyncPlan, error) { return SyncPlan{}, notYet() }

// Again compares what a plan read with what stands here now.
func (s *Sync) Again(ctx context.Context, planID string) (SyncPlan, error) {
	return SyncPlan{}, notYet()
}

// Choose says which app a row belongs to, and plans again.
func (s *Sync) Choose(ctx context.Context, in SyncChoice) (SyncPlan, error) {
	return SyncPlan{}, notYet()
}

// Drop forgets a plan.
func (s *Sync) Drop(ctx context.Context, planID string) error { return notYet() }

// Apply applies lines of a plan: all of them in one transaction, after a snapshot, or nothing.
func (s *Sync) Apply(ctx context.Context, in SyncApply) (SyncApplied, error) {
	return SyncApplied{}, notYet()
}
