package procedure

import (
	"slices"

	"shangjiatong/app/listing"
)

// Follow is an act of a case that the state seen in the portal suggests. It is never done by itself.
type Follow struct {
	Task  string
	Title string
	Act   listing.ActName
	Why   string         // a sentence
	After bool           // only after the one before it in the list
	Stop  *listing.Error // what stands against it now; nil when it can be done
}

// PortalFollows lists what would have to be recorded for the case to say what the portal shows, in the order of the
// flow. A state that nobody described suggests nothing, and neither does one that fits a task both before and after it.
func (s *State) PortalFollows(p *PortalStates, seen string, findings []listing.Finding) []Follow {
	state, known := p.State(seen)
	out := []Follow{}
	if !known {
		return out
	}
	for _, t := range s.Plan.tasks {
		acts := s.suggested(t, state)
		at := s
		for i, act := range acts {
			f := Follow{Task: t.ID, Title: t.Title, Act: act, After: i > 0, Why: why(state, act)}
			if act == listing.ActPass && slices.Contains(t.Portal.Before, state.Word) {
				f.Why += "；撤回或没有同意时也显示这个状态，请先看审批进度"
			}
			if f.Stop = at.Can(t.ID, act, findings); f.Stop == nil {
				at = at.supposing(t.ID, act)
			}
			out = append(out, f)
		}
	}
	return out
}

func why(state PortalState, act listing.ActName) string {
	switch act {
	case listing.ActSubmit:
		return "治理侧显示“" + state.Word + "”，说明已经在平台提交，这里还没有登记"
	case listing.ActReview:
		return "治理侧显示“" + state.Word + "”，平台正在审核"
	case listing.ActReturn:
		return "治理侧显示“" + state.Word + "”，说明审批被退回，要改好后重新提交"
	}
	return "治理侧显示“" + state.Word + "”，说明这一步在平台上已经办好"
}

// suggested lists the acts of one task that a state of the portal suggests.
func (s *State) suggested(t *Task, state PortalState) []listing.ActName {
	status := s.Status(t.ID)
	sent := status == listing.StatusSubmitted || status == listing.StatusInReview
	switch {
	case status.Settled():
		return nil
	case slices.Contains(t.Portal.During, state.Word):
		return s.meanwhile(t, state, sent)
	case slices.Contains(t.Portal.After, state.Word) && t.Reviewed() && sent:
		return []listing.ActName{listing.ActPass}
	case !slices.Contains(t.Portal.After, state.Word) || slices.Contains(t.Portal.Before, state.Word):
		return nil // not told by this state, or not to be told from the time before
	case t.Reviewed():
		return []listing.ActName{listing.ActSubmit, listing.ActPass}
	case IsOpen(status):
		return []listing.ActName{listing.ActConfirm}
	}
	return nil // the tasks before it come first
}

// meanwhile lists the acts of a task that the portal shows as sent in.
func (s *State) meanwhile(t *Task, state PortalState, sent bool) []listing.ActName {
	switch {
	case state.Tells == listing.ActReturn && s.returnedLast(t.ID):
		return nil
	case sent && state.Tells == listing.ActReview && s.Status(t.ID) == listing.StatusInReview:
		return nil
	case state.Tells == "" && sent:
		return nil
	case state.Tells == "":
		return []listing.ActName{listing.ActSubmit}
	case sent:
		return []listing.ActName{state.Tells}
	}
	return []listing.ActName{listing.ActSubmit, state.Tells}
}

// returnedLast reports whether the last time a task was sent in, it came back.
func (s *State) returnedLast(task string) bool {
	sent, back := s.lastLive(task, listing.ActSubmit), s.lastLive(task, listing.ActReturn)
	return back != nil && (sent == nil || sent.Seq < back.Seq)
}

// supposing is the state after an act that Can allows, for looking ahead; the case itself is not changed.
func (s *State) supposing(task string, act listing.ActName) *State {
	next := s.Case
	at := next.StartedAt
	if n := len(next.Acts); n > 0 {
		at = next.Acts[n-1].At
	}
	next.Acts = append(slices.Clone(next.Acts), listing.Act{Seq: len(next.Acts) + 1, Task: task, Act: act, By: "?", At: at})
	after, err := s.Plan.Replay(next)
	if err != nil {
		return s
	}
	return after
}
