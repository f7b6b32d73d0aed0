package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/workday"
)

// NextView says what comes next in a case.
type NextView struct {
	Finished bool       `json:"finished"`
	Message  string     `json:"message"` // one sentence, also when there is nothing to do
	Steps    []NextStep `json:"steps"`   // what can be done now, the next step first
	Waiting  []string   `json:"waiting"` // tasks that are submitted or in review
}

// NextStep is a task that can be worked on now.
type NextStep struct {
	Task        string          `json:"task"`
	Title       string          `json:"title"`
	Stage       string          `json:"stage"`
	StageName   string          `json:"stage_name"`
	Status      listing.Status  `json:"status"`
	StatusWord  string          `json:"status_word"`
	Act         listing.ActName `json:"act"` // the act that suggests itself
	ActWord     string          `json:"act_word"`
	Actor       string          `json:"actor"`
	ActorName   string          `json:"actor_name"`
	Party       string          `json:"party"`
	PartyWord   string          `json:"party_word"`
	Network     string          `json:"network"`
	NetworkName string          `json:"network_name"`
	NotBefore   string          `json:"not_before"` // RFC 3339: what it builds on is there only then; else empty
	Reason      string          `json:"reason"`
	Unlocks     int             `json:"unlocks"` // how many tasks cannot start before this one
}

// Next says what can be done now, best first: what was returned, then by the order of the flow; what has to wait for
// data still on its way, or is done by a platform's people, comes last. With a party (PartyOwner, PartyVendor) it lists
// only what that party does or takes part in.
func (s *State) Next(now time.Time, cal *workday.Calendar, party string) NextView {
	v := NextView{Finished: s.Finished(), Steps: []NextStep{}, Waiting: []string{}}
	held := s.held(now, cal)
	for _, t := range s.Plan.tasks {
		switch status := s.Status(t.ID); {
		case status == listing.StatusSubmitted || status == listing.StatusInReview:
			v.Waiting = append(v.Waiting, t.ID)
		case IsOpen(status) && s.concerns(t, party):
			v.Steps = append(v.Steps, s.nextStep(t, held))
		}
	}
	slices.SortStableFunc(v.Steps, func(a, b NextStep) int { return cmp.Compare(urgency(a), urgency(b)) })
	v.Message = v.sentence()
	return v
}

// held says until when the data a task leaves behind is still on its way, by task.
func (s *State) held(now time.Time, cal *workday.Calendar) map[string]string {
	out := map[string]string{}
	for _, w := range s.Waits(now, cal) {
		if s.Status(w.Task).Settled() {
			out[w.Task] = max(out[w.Task], w.Due)
		}
	}
	return out
}

func (s *State) concerns(t *Task, party string) bool {
	if party == "" {
		return true
	}
	for _, id := range append([]string{t.Actor}, t.With...) {
		if a := s.Plan.Flow.Actor(id); a != nil && (a.Party == party || a.Party == PartyPlatform && party == PartyOwner) {
			return true
		}
	}
	return false
}

func urgency(n NextStep) int {
	switch {
	case n.NotBefore != "":
		return 3
	case n.Party == PartyPlatform:
		return 2
	case n.Status == listing.StatusReturned:
		return 0
	}
	return 1
}

func (s *State) nextStep(t *Task, held map[string]string) NextStep {
	stage, status := s.Plan.stage[t.ID], s.Status(t.ID)
	n := NextStep{Task: t.ID, Title: t.Title, Stage: stage.ID, StageName: stage.Name, Status: status,
		StatusWord: status.Word(), Actor: t.Actor, Network: t.Network, Unlocks: s.unlocks(t.ID)}
	if a := s.Plan.Flow.Actor(t.Actor); a != nil {
		n.ActorName, n.Party, n.PartyWord = a.Name, a.Party, PartyWord(a.Party)
	}
	if net := s.Plan.Flow.Network(t.Network); net != nil {
		n.NetworkName = net.Name
	}
	for _, need := range s.Plan.needs[t.ID] {
		n.NotBefore = max(n.NotBefore, held[need])
	}
	n.Act = suggest(t, status)
	n.ActWord = n.Act.Word()
	n.Reason = s.reason(t, n)
	return n
}

// suggest names the act that usually comes next.
func suggest(t *Task, status listing.Status) listing.ActName {
	unfilled := status == listing.StatusNotStarted || status == listing.StatusInProgress || status == listing.StatusReturned
	switch {
	case len(t.Forms) > 0 && unfilled:
		return listing.ActFill
	case len(t.Materials) > 0 && status != listing.StatusGenerated:
		return listing.ActGenerate
	case t.Reviewed():
		return listing.ActSubmit
	}
	return listing.ActConfirm
}

func (s *State) reason(t *Task, n NextStep) string {
	switch {
	case s.track(t.ID).reopened():
		return s.reopenReason(t)
	case n.Status == listing.StatusReturned:
		if a := s.lastLive(t.ID, listing.ActReturn); a != nil {
			return "被退回：" + strings.TrimRight(a.Reason, "。.；; ") + "。改好后重新提交"
		}
		return "被退回，改好后重新提交"
	case n.NotBefore != "":
		return parse(n.NotBefore).Format("1月2日 15:04") + " 以后再办，前一事项的数据还在同步"
	case n.Party == PartyPlatform:
		return "由" + n.ActorName + "办理，每天看一次结果"
	case n.Unlocks > 0:
		return fmt.Sprintf("要先办的都办好了，后面还有 %d 个事项等着它", n.Unlocks)
	}
	return "要先办的都办好了"
}

// reopenReason says whose return sent the task back, in the reviewer's words.
func (s *State) reopenReason(t *Task) string {
	live := s.track(t.ID).live
	for i := len(live) - 1; i >= 0; i-- {
		if live[i].by != "" {
			by := live[i].by
			if task := s.Plan.Flow.Task(by); task != nil { // another version of the flow may not have it
				by = task.Title
			}
			return fmt.Sprintf("因“%s”被退回要重办：%s", by, s.Case.Acts[live[i].at].Reason)
		}
	}
	return "要重办"
}

// unlocks counts the tasks that cannot start before the given one is settled, directly or not.
func (s *State) unlocks(task string) int {
	behind := map[string]bool{task: true}
	for _, t := range s.Plan.tasks { // in order: a task stands after what it needs
		for _, need := range s.Plan.needs[t.ID] {
			behind[t.ID] = behind[t.ID] || behind[need]
		}
	}
	count := 0
	for id, waits := range behind {
		if waits && id != task {
			count++
		}
	}
	return count
}

func (v NextView) sentence() string {
	switch {
	case v.Finished:
		return "全部事项都已办好"
	case len(v.Steps) > 0:
		n := v.Steps[0]
		return fmt.Sprintf("下一步：%s办“%s %s”，%s", n.ActorName, n.Task, n.Title, n.Reason)
	case len(v.Waiting) > 0:
		return fmt.Sprintf("现在没有要办的，%d 个事项在等审核结果", len(v.Waiting))
	}
	return "现在没有要办的，在等另一方"
}
