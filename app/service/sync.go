package service

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/forms"
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

// SyncLive asks for tables to be read in the user's own browser, and compared.
type SyncLive struct {
	Tables []string `json:"tables"` // TABLE-1 when empty
	AppID  string   `json:"app_id"` // of TABLE-3
	URL    string   `json:"url"`    // read them at this address; empty for that of the recipe
	Quiet  bool     `json:"quiet"`  // without a window: a login page is an error at once
	Job    string   `json:"job"`
}

// SyncChoice says which app a row belongs to.
type SyncChoice struct {
	PlanID string `json:"plan_id"`
	Row    string `json:"row"`
	AppID  string `json:"app_id"` // listing.SyncNew: none of those here; empty takes the choice back
}

// Current returns the newest plan; its ID is empty when there is none.
func (s *Sync) Current(ctx context.Context) (SyncPlan, error) {
	out := SyncPlan{Tables: []SyncTableInfo{}, Rows: []SyncRow{}, Missing: []SyncMissing{}, Done: []string{}}
	err := s.view(ctx, func(r listing.Reader) error {
		all, err := listing.All[listing.SyncPlan](r)
		if err != nil || len(all) == 0 {
			return err
		}
		out, err = s.compare(r, newest(all))
		return err
	})
	return out, err
}

func newest(all []listing.SyncPlan) listing.SyncPlan {
	return slices.MaxFunc(all, func(a, b listing.SyncPlan) int { return cmp.Compare(a.At, b.At) })
}

// Plan compares tables that were read with what stands here. The plan is kept, with all that was read, until it is
// replaced; nothing else is written.
func (s *Sync) Plan(ctx context.Context, in SyncRequest) (SyncPlan, error) {
	rec, err := s.reading(ctx, in.Readings)
	if err != nil {
		return SyncPlan{}, err
	}
	if rec.Choices, err = s.choices(ctx); err != nil {
		return SyncPlan{}, err
	}
	return s.keepPlan(ctx, rec, "比对平台与本机")
}

// choices are those of the plan before: a row that was told once to be an app is that app.
func (s *Sync) choices(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	err := s.view(ctx, func(r listing.Reader) error {
		all, err := listing.All[listing.SyncPlan](r)
		if err == nil && len(all) > 0 {
			maps.Copy(out, newest(all).Choices)
		}
		return err
	})
	return out, err
}

// reading checks what was read and makes a record of it.
func (s *Sync) reading(ctx context.Context, given []SyncReading) (listing.SyncPlan, error) {
	rec := listing.SyncPlan{ID: uuid.NewString(), At: s.stamp(), Choices: map[string]string{}, Prints: map[string]string{}}
	if len(given) == 0 {
		return rec, listing.Fail(listing.CodeInvalid, "没有读到任何列表", "请先读取治理侧列表，或选择保存的网页")
	}
	var err error
	if rec.By, err = s.operator(ctx); err != nil {
		return rec, err
	}
	for _, one := range given {
		t, err := s.readTable(ctx, one)
		if err != nil {
			return rec, err
		}
		rec.Tables = append(rec.Tables, t)
	}
	return rec, nil
}

func (s *Sync) readTable(ctx context.Context, in SyncReading) (listing.SyncTable, error) {
	t := listing.SyncTable{Table: in.Result.Table, From: in.From, At: s.stamp(), Pages: in.Result.Pages, Rows: in.Result.Rows, Notes: in.Result.Notes}
	// A saved page shows one page of the list, unless it says itself how many rows there are.
	t.Incomplete = in.Result.Incomplete || !in.Result.Whole && !strings.HasPrefix(in.From, "http://") && !strings.HasPrefix(in.From, "https://")
	spec := s.forms.Table(t.Table)
	if spec == nil {
		return t, listing.Failf(listing.CodeInvalid, "可以比对：TABLE-1、TABLE-2、TABLE-3、TABLE-4", "“%s”不能用来比对", t.Table)
	}
	if len(in.Result.Drift) > 0 {
		d := in.Result.Drift[0]
		return t, listing.Failf(listing.CodeRefused, d.Hint, "%s与页面规则对不上，没有比对：%s", spec.Title, d.Message)
	}
	if err := keyed(spec, in); err != nil {
		return t, err
	}
	for _, p := range in.Result.Parts {
		t.Parts = append(t.Parts, listing.SyncPart{Heading: p.Heading, From: p.From, Rows: p.Rows})
	}
	if spec.Version == "" {
		return t, nil
	}
	id, err := s.appID(ctx, in.AppID)
	if err != nil {
		return t, listing.Fail(listing.CodeInvalid, "没有说明这是哪个应用的“部署发布”页面", "部署发布页面上没有名称，请指定应用").Because(err)
	}
	t.AppID = id
	return t, nil
}

// keyed refuses rows without the columns they are told apart by: they would pass for an empty list.
func keyed(spec *forms.Table, in SyncReading) error {
	for i, row := range in.Result.Rows {
		for _, header := range []string{spec.Name, spec.Number, spec.Version} {
			if _, there := row[header]; header != "" && !there {
				return listing.Failf(listing.CodeInvalid, "请用 portal read --table "+spec.ID+" --json 的输出，或重新读取",
					"“%s”第 %d 行没有“%s”，不是%s", in.From, i+1, header, spec.Title)
			}
		}
	}
	return nil
}

// keepPlan works a plan out and keeps it in the place of the one before.
func (s *Sync) keepPlan(ctx context.Context, rec listing.SyncPlan, what string) (SyncPlan, error) {
	var out SyncPlan
	err := s.change(ctx, what, "", func(w listing.Writer) (err error) {
		if out, err = s.compare(w, rec); err != nil {
			return err
		}
		old, err := listing.All[listing.SyncPlan](w)
		if err != nil {
			return err
		}
		for _, o := range old {
			if o.ID == rec.ID {
				continue
			}
			if err := w.Delete(listing.KindSync, o.ID); err != nil {
				return err
			}
		}
		rec.Prints = prints(out)
		return w.Put(rec)
	})
	return out, err
}

func prints(p SyncPlan) map[string]string {
	out := map[string]string{}
	for _, r := range p.Rows {
		for _, l := range r.Lines {
			out[l.ID] = l.Fingerprint
		}
	}
	return out
}

// loadPlan returns the kept plan with an ID.
func (s *Sync) loadPlan(r listing.Reader, id string) (listing.SyncPlan, error) {
	rec, err := listing.Load[listing.SyncPlan](r, id)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return rec, listing.Fail(listing.CodeConflict, "这次比对已经被新的比对代替，什么也没有写入", "请看最新的一次比对")
	}
	if rec.Choices == nil {
		rec.Choices = map[string]string{}
	}
	return rec, err
}

// Again compares what a plan read with what stands here now.
func (s *Sync) Again(ctx context.Context, planID string) (SyncPlan, error) {
	return s.rework(ctx, planID, func(*listing.SyncPlan) error { return nil })
}

// rework changes a kept plan and works it out anew.
func (s *Sync) rework(ctx context.Context, planID string, change func(*listing.SyncPlan) error) (SyncPlan, error) {
	var rec listing.SyncPlan
	err := s.view(ctx, func(r listing.Reader) (err error) {
		rec, err = s.loadPlan(r, planID)
		return err
	})
	if err == nil {
		err = change(&rec)
	}
	if err != nil {
		return SyncPlan{}, err
	}
	return s.keepPlan(ctx, rec, "重新比对平台与本机")
}

// Choose says which app a row belongs to, and plans again.
func (s *Sync) Choose(ctx context.Context, in SyncChoice) (SyncPlan, error) {
	if in.AppID != "" && in.AppID != listing.SyncNew {
		id, err := s.appID(ctx, in.AppID)
		if err != nil {
			return SyncPlan{}, err
		}
		in.AppID = id
	}
	return s.rework(ctx, in.PlanID, func(rec *listing.SyncPlan) error {
		var keys []string
		err := s.view(ctx, func(r listing.Reader) (err error) {
			keys, err = s.keysOf(r, *rec, in.Row)
			return err
		})
		for _, k := range keys {
			if rec.Choices[k] = in.AppID; in.AppID == "" {
				delete(rec.Choices, k)
			}
		}
		return err
	})
}

// keysOf names the rows of the lists that make up a row of a plan.
func (s *Sync) keysOf(r listing.Reader, rec listing.SyncPlan, row string) (keys []string, err error) {
	apps, err := listing.All[listing.App](r)
	if err != nil {
		return nil, err
	}
	all := s.sightings(rec)
	s.match(all, apps, rec.Choices)
	for _, rows := range group(all) {
		if rowID(rows[0]) != row {
			continue
		}
		for _, one := range rows {
			keys = append(keys, one.key)
		}
		return keys, nil
	}
	return nil, listing.Failf(listing.CodeNotFound, "请从比对结果里选择", "这次比对里没有行“%s”", row)
}

// Drop forgets a plan and what was read for it.
func (s *Sync) Drop(ctx context.Context, planID string) error {
	return s.change(ctx, "放弃比对", "", func(w listing.Writer) error {
		if _, err := s.loadPlan(w, planID); err != nil {
			return err
		}
		return w.Delete(listing.KindSync, planID)
	})
}
