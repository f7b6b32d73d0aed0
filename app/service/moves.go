package service

import (
	"context"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// MoveView is a case's change to another version of its flow, done or only looked at.
type MoveView struct {
	CaseID  string               `json:"case_id"`
	Flow    string               `json:"flow"`
	From    string               `json:"from"`
	To      string               `json:"to"`
	Diff    []procedure.TaskDiff `json:"diff"`
	Notices []string             `json:"notices"` // what to look at afterwards; none means that nothing is lost
}

// MovePreview says what moving a case to a version of its flow would change; empty means the newest. Nothing is written.
func (s *Cases) MovePreview(ctx context.Context, given, version string) (MoveView, error) {
	var out MoveView
	err := s.view(ctx, func(r listing.Reader) error {
		_, _, view, err := s.moved(r, given, version, false)
		out = view
		return err
	})
	return out, err
}

// Move moves a running case to a version of its flow; empty means the newest. MoveBack takes it back.
func (s *Cases) Move(ctx context.Context, given, version string) (MoveView, error) {
	return s.move(ctx, given, version, false)
}

// MoveBack takes the last move of a case back.
func (s *Cases) MoveBack(ctx context.Context, given string) (MoveView, error) {
	return s.move(ctx, given, "", true)
}

func (s *Cases) move(ctx context.Context, given, version string, back bool) (MoveView, error) {
	id, key, err := s.subject(ctx, given)
	if err != nil {
		return MoveView{}, err
	}
	var was former
	err = s.view(ctx, func(r listing.Reader) error {
		run, err := s.startedCase(r, key)
		if err == nil {
			was = former{caseID: run.kase.ID, appID: id, closed: run.kase.ClosedAt != ""}
		}
		return err
	})
	if err == nil && was.closed {
		err = s.recall(ctx, &was)
	}
	if err != nil {
		return MoveView{}, err
	}
	what := "办件改用新版流程"
	if back {
		what = "办件改回原来的流程版本"
	}
	var out MoveView
	err = s.change(ctx, what, id, func(w listing.Writer) error {
		run, next, view, err := s.moved(w, was.caseID, version, back)
		if err != nil {
			return err
		}
		notices, err := s.put(w, run, run.kase, next, was)
		out = view
		out.Notices = append(out.Notices, notices...)
		return err
	})
	return out, err
}

// moved works out a move without writing it.
func (s *Cases) moved(r listing.Reader, given, version string, back bool) (*running, listing.Case, MoveView, error) {
	var out MoveView
	run, err := s.startedCase(r, given)
	if err != nil {
		return nil, listing.Case{}, out, err
	}
	by, err := s.actor(r)
	if err != nil {
		return nil, listing.Case{}, out, err
	}
	to, err := s.target(run, version, back)
	if err != nil {
		return nil, listing.Case{}, out, err
	}
	m := procedure.Moving{Case: run.kase, From: run.flow, To: to, By: by, At: s.stamp(),
		Shape: procedure.ShapeOf(run.dossier.App.Kind, run.settings.PortalUnhosted)}
	do := m.Move
	if back {
		do = m.MoveBack
	}
	next, notices, err := do()
	out = MoveView{CaseID: run.kase.ID, Flow: run.flow.ID, From: run.flow.Version, To: to.Version,
		Diff: procedure.Diff(run.flow, to), Notices: append([]string{}, notices...)}
	return run, next, out, err
}

// target is the version a case is to be moved to.
func (s *Cases) target(run *running, version string, back bool) (*procedure.Flow, error) {
	switch moves := run.kase.Moves; {
	case back && len(moves) == 0:
		return nil, listing.Fail(listing.CodeRefused, "这个办件没有改用过别的流程版本", "不用改回")
	case back:
		return run.flows.Flow(run.flow.ID, moves[len(moves)-1].From)
	case version == "":
		return run.flows.Latest(run.flow.ID)
	}
	return run.flows.Flow(run.flow.ID, version)
}
