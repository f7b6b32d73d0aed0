// Package report says how far the work has come: for one week or any longer span, for one app or for all of the unit.
//
//   - [Week] and [Period] work out a [Progress], which prints as .docx, .xlsx, HTML and PDF.
//   - [Todo] lists everything that waits for somebody, by due date; [ByParty] sums it up by who is waited for.
//   - [ICS] writes due dates as a calendar file.
//   - [AdministratorLetter] writes the letter that FLOW-7 needs.
//
// Everything is a pure function of an [Input]: the package reads no store and no clock. What a case looked like at an
// earlier day is found by replaying its acts up to that day, so that a report of last month stays what it was.
// Days waited are always working days; times are RFC 3339 and dates 2006-01-02, in China's zone.
package report

import (
	"fmt"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/workday"
)

// Entry is one app with all its cases, finished ones included, in any order.
type Entry struct {
	App    listing.App
	Vendor string // name of its vendor; may be empty
	Cases  []*procedure.State
}

// Input is what a report is made of.
type Input struct {
	Unit     string // name of the unit
	Entries  []Entry
	Calendar *workday.Calendar
	Now      time.Time
}

// Only narrows the input to one app, for a report about that app alone.
func (in Input) Only(appID string) Input {
	var kept []Entry
	for _, e := range in.Entries {
		if e.App.ID == appID {
			kept = append(kept, e)
		}
	}
	in.Entries = kept
	return in
}

// asOf returns the state of a case as it was at t, or nil when it had not begun. A case whose clock was once set back
// is cut at its first act after t.
func asOf(s *procedure.State, t time.Time) (*procedure.State, error) {
	if moment(s.Case.StartedAt).After(t) {
		return nil, nil
	}
	cut := len(s.Case.Acts)
	for i, a := range s.Case.Acts {
		if moment(a.At).After(t) {
			cut = i
			break
		}
	}
	closed := s.Case.ClosedAt != "" && !moment(s.Case.ClosedAt).After(t)
	if cut == len(s.Case.Acts) && (closed || s.Case.ClosedAt == "") {
		return s, nil
	}
	c := s.Case
	c.Acts = c.Acts[:cut:cut]
	if !closed {
		c.ClosedAt = ""
	}
	then, err := s.Plan.Replay(c)
	if err != nil {
		return nil, fmt.Errorf("case %s as of %s: %w", c.ID, stamp(t), err)
	}
	return then, nil
}

// moment reads a time that a case has already been checked for; an unreadable one is the zero time.
func moment(at string) time.Time {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return time.Time{}
	}
	return t.In(workday.Zone())
}

func stamp(t time.Time) string { return t.In(workday.Zone()).Format(time.RFC3339) }

func midnight(t time.Time) time.Time {
	y, m, d := t.In(workday.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, workday.Zone())
}

func date(t time.Time) string { return t.Format(time.DateOnly) }
