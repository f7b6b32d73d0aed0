package procedure

import (
	"slices"

	"shangjiatong/app/listing"
)

// Round is one time a reviewed task was sent in, as far as it came. Acts taken back do not count.
type Round struct {
	N           int             `json:"n"` // 1, 2, …
	SubmittedAt string          `json:"submitted_at"`
	SubmittedBy string          `json:"submitted_by"`
	ResultAt    string          `json:"result_at"` // empty while the result is awaited
	ResultBy    string          `json:"result_by"`
	Result      listing.ActName `json:"result"` // pass, return or empty
	ResultWord  string          `json:"result_word"`
	Words       string          `json:"words"` // the reviewer's words
	Links       []listing.Link  `json:"links"`
	Reopens     []string        `json:"reopens"`
	// Changes are the acts after this return and before the next submission, on the task and on what was reopened. A
	// change of fields lies between ResultAt and the next round's SubmittedAt.
	Changes []RoundChange `json:"changes"`
}

// RoundChange is one act done because of a return.
type RoundChange struct {
	Seq   int             `json:"seq"`
	Task  string          `json:"task"`
	Title string          `json:"title"`
	Act   listing.ActName `json:"act"`
	Word  string          `json:"word"`
	By    string          `json:"by"`
	At    string          `json:"at"`
}

// Rounds lists the rounds of a reviewed task, oldest first; none for a task never sent in.
func (s *State) Rounds(task string) []Round {
	out := []Round{}
	returned := 0 // place of the last return, and its end as a place to look for changes from
	for _, st := range s.track(task).live {
		a := &s.Case.Acts[st.at]
		if st.by != "" || st.aside {
			continue
		}
		switch a.Act {
		case listing.ActSubmit:
			if n := len(out); n > 0 {
				out[n-1].Changes = s.changes(task, out[n-1].Reopens, returned, st.at)
			}
			out = append(out, Round{N: len(out) + 1, SubmittedAt: a.At, SubmittedBy: a.By, Links: []listing.Link{},
				Reopens: []string{}, Changes: []RoundChange{}})
		case listing.ActPass, listing.ActReturn:
			if len(out) == 0 {
				continue
			}
			returned = st.at
			out[len(out)-1].close(a)
		}
	}
	if n := len(out); n > 0 && out[n-1].Result != "" {
		out[n-1].Changes = s.changes(task, out[n-1].Reopens, returned, len(s.Case.Acts))
	}
	return out
}

func (r *Round) close(a *listing.Act) {
	r.ResultAt, r.ResultBy, r.Result, r.ResultWord, r.Words = a.At, a.By, a.Act, a.Act.Word(), a.Reason
	r.Reopens = list(a.Reopens)
	r.Links = append([]listing.Link{}, a.Links...)
}

// changes lists the live acts on the tasks between two places of the case.
func (s *State) changes(task string, reopened []string, from, to int) []RoundChange {
	out := []RoundChange{}
	live := map[int]bool{}
	for _, id := range append([]string{task}, reopened...) {
		for _, st := range s.track(id).live {
			live[st.at] = live[st.at] || st.by == ""
		}
	}
	for i := from + 1; i < to && i < len(s.Case.Acts); i++ {
		if a := &s.Case.Acts[i]; live[i] {
			out = append(out, RoundChange{Seq: a.Seq, Task: a.Task, Title: s.title(a.Task), Act: a.Act, Word: a.Act.Word(),
				By: a.By, At: a.At})
		}
	}
	return out
}

// Reopenable lists the tasks that a return of the given one may reopen, in the order of the flow: settled by acts, and
// needed by it directly or not.
func (s *State) Reopenable(task string) []string {
	out := []string{}
	if t := s.Plan.Flow.Task(task); t == nil || !t.Reviewed() {
		return out
	}
	behind := s.Plan.behind([]string{task})
	for _, t := range s.Plan.tasks {
		if tr := s.track(t.ID); behind[t.ID] && len(tr.live) > 0 && tr.own().Settled() {
			out = append(out, t.ID)
		}
	}
	return out
}

// checkReturn checks what only a return has.
func (s *State) checkReturn(t *Task, d Doing) *listing.Error {
	if d.Act != listing.ActReturn {
		if len(d.Reopens) > 0 || len(d.Links) > 0 {
			return inField("reopens", refuse(t, d.Act, "只有登记退回才能重新打开事项、关联退回意见", "去掉这些内容再登记"))
		}
		return nil
	}
	allowed := s.Reopenable(t.ID)
	for i, id := range d.Reopens {
		switch {
		case slices.Contains(d.Reopens[:i], id):
			return inField("reopens", refuse(t, d.Act, "要重办的事项 "+id+" 写了两次", "每个事项只写一次"))
		case !slices.Contains(allowed, id):
			return inField("reopens", refuse(t, d.Act, "“"+id+" "+s.title(id)+"”不能重新打开",
				"只能选本事项之前、已经办好的事项"))
		}
	}
	for _, l := range d.Links {
		if l.ID == "" || !slices.Contains([]listing.LinkKind{listing.LinkField, listing.LinkRule, listing.LinkMaterial}, l.Kind) {
			return inField("links", listing.Failf(listing.CodeInvalid, "关联只能是字段（field）、规则（rule）或材料（material）",
				"不认识关联“%s %s”", l.Kind, l.ID))
		}
	}
	return nil
}

func inField(field string, e *listing.Error) *listing.Error {
	e.Field = field
	return e
}
