package intake

import (
	"cmp"
	"slices"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// MaxProblems is the most problems a Preview lists; Preview.Counts tells of all.
const MaxProblems = 2000

// Action is what happens to an app when a row is applied.
type Action string

// The actions.
const (
	Add    Action = "add"
	Update Action = "update"
	Skip   Action = "skip"
)

// Known is what there is already, archived apps included.
type Known struct {
	Existing  []listing.App
	Vendors   []listing.Vendor
	Catalogue *forms.Catalogue // nil: forms.Default
}

// Preview says what would be done; nothing has been.
type Preview struct {
	Rows     []RowPlan `json:"rows"`     // one for every row, in order; then those that only bring pages
	Problems []Problem `json:"problems"` // by sheet, row and column; at most MaxProblems
	Counts   Counts    `json:"counts"`
}

// Counts sums a Preview up.
type Counts struct {
	Rows     int `json:"rows"`
	Add      int `json:"add"`
	Update   int `json:"update"`
	Skip     int `json:"skip"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
	Unlisted int `json:"unlisted"` // problems over MaxProblems, errors listed first
}

// RowPlan is what one row would do.
type RowPlan struct {
	Sheet  string        `json:"sheet"`
	Row    int           `json:"row"` // number, from 1
	Action Action        `json:"action"`
	Reason string        `json:"reason,omitempty"` // why it is skipped
	AppID  string        `json:"app_id,omitempty"` // the app to update
	Name   string        `json:"name"`             // of the app, as it will be
	Values []FieldChange `json:"values"`           // only what differs; empty cells change nothing
	// Pages replaces the page table when SetPages is set.
	SetPages    bool           `json:"set_pages,omitempty"`
	Pages       []listing.Page `json:"pages,omitempty"`
	PagesBefore []listing.Page `json:"pages_before,omitempty"`
}

// FieldChange is one field to be written. Values and Before are as stored (a vendor is its ID); Shown and Was are for
// people.
type FieldChange struct {
	Key    string   `json:"key"`
	Label  string   `json:"label"`
	Values []string `json:"values"`
	Before []string `json:"before"`
	Shown  string   `json:"shown"`
	Was    string   `json:"was"`
}

// Problem is one thing to be said of a cell, or, with no Cell, of the sheet. Only errors keep a row from being applied.
type Problem struct {
	Sheet   string        `json:"sheet"`
	Cell    string        `json:"cell,omitempty"` // C7
	Row     int           `json:"row,omitempty"`  // from 1
	Column  int           `json:"column"`         // index, from 0; -1 for none
	Key     string        `json:"key,omitempty"`
	Label   string        `json:"label,omitempty"`
	Value   string        `json:"value,omitempty"` // as typed, shortened
	Code    ProblemCode   `json:"code"`
	Level   listing.Level `json:"level"`
	Message string        `json:"message"`
	Fix     string        `json:"fix"`
}

// ProblemCode is the stable name of a kind of problem.
type ProblemCode string

// The kinds of problems.
const (
	WrongWord        ProblemCode = "wrong_word"         // no word of the list
	UnknownKind      ProblemCode = "unknown_kind"       // no 应用类型
	MissingName      ProblemCode = "missing_name"       // a new app without a name
	MissingKind      ProblemCode = "missing_kind"       // a new app without a kind
	MissingColumn    ProblemCode = "missing_column"     // a column that new apps need
	DuplicateInFile  ProblemCode = "duplicate_in_file"  // 应用标识 of an earlier row (RULE-4)
	DuplicateInStore ProblemCode = "duplicate_in_store" // 应用标识 of another app (RULE-4)
	DuplicateName    ProblemCode = "duplicate_name"     // 应用名称 of an earlier row
	NameTaken        ProblemCode = "name_taken"         // 应用名称 of another app
	SameApp          ProblemCode = "same_app"           // an earlier row is about the same app
	UnknownApp       ProblemCode = "unknown_app"        // no app of this ID or name
	ArchivedApp      ProblemCode = "archived_app"       // the app is archived
	BadIP            ProblemCode = "bad_ip"             // no address (RULE-5)
	TooMany          ProblemCode = "too_many"           // more entries than the field takes (RULE-5)
	SeveralValues    ProblemCode = "several_values"     // a list where one value belongs
	TooLong          ProblemCode = "too_long"           // more characters than the field takes
	UnknownVendor    ProblemCode = "unknown_vendor"     // no vendor of this name or code
	AmbiguousVendor  ProblemCode = "ambiguous_vendor"   // several vendors of this name
	BadNumber        ProblemCode = "bad_number"         // the spreadsheet made a number of it: 1.38E+10
	CellError        ProblemCode = "cell_error"         // #N/A and the like
	FormulaUsed      ProblemCode = "formula"            // the saved result is taken
	FormulaUnsaved   ProblemCode = "formula_unsaved"    // there is no saved result
	MergedData       ProblemCode = "merged"             // merged cells under the header
	MissingPageID    ProblemCode = "missing_page_id"
	DuplicatePageID  ProblemCode = "duplicate_page_id" // within one app (TRACK-8)
)

// Plan returns the rows to be applied: those that add or update an app.
func (p *Preview) Plan() []RowPlan {
	out := []RowPlan{}
	for _, r := range p.Rows {
		if r.Action != Skip {
			out = append(out, r)
		}
	}
	return out
}

// sum counts, sorts and shortens. Where not everything can be listed, errors come before warnings before infos.
func (p *Preview) sum(first string) {
	for _, r := range p.Rows {
		switch r.Action {
		case Add:
			p.Counts.Add++
		case Update:
			p.Counts.Update++
		case Skip:
			p.Counts.Skip++
		}
	}
	for _, x := range p.Problems {
		switch x.Level {
		case listing.LevelError:
			p.Counts.Errors++
		case listing.LevelWarning:
			p.Counts.Warnings++
		case listing.LevelInfo:
			p.Counts.Infos++
		}
	}
	p.Counts.Rows = len(p.Rows)
	byPlace := func(a, b Problem) int {
		return cmp.Or(cmp.Compare(weight(a.Sheet != first), weight(b.Sheet != first)), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
	}
	if len(p.Problems) > MaxProblems {
		slices.SortStableFunc(p.Problems, func(a, b Problem) int {
			return cmp.Or(cmp.Compare(urgency(a.Level), urgency(b.Level)), byPlace(a, b))
		})
		p.Counts.Unlisted = len(p.Problems) - MaxProblems
		p.Problems = p.Problems[:MaxProblems:MaxProblems]
	}
	slices.SortStableFunc(p.Problems, byPlace)
}

func weight(b bool) int {
	if b {
		return 1
	}
	return 0
}

func urgency(l listing.Level) int {
	return slices.Index([]listing.Level{listing.LevelError, listing.LevelWarning, listing.LevelInfo}, l)
}
