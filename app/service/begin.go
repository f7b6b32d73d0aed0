package service

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// BeginRequest starts a flow for an app.
type BeginRequest struct {
	AppID  string            `json:"app_id"` // ID, identifier or name
	Flow   string            `json:"flow"`   // empty for the first one, FLOW-1
	Inputs map[string]string `json:"inputs"` // what the flow asks, by its keys
}

// FlowOffer is a flow as it could be started for one app.
type FlowOffer struct {
	procedure.FlowView
	Allowed bool   `json:"allowed"`
	Reason  string `json:"reason"` // what stands against it
	Hint    string `json:"hint"`
	CaseID  string `json:"case_id"` // its running case of this flow, if any
}

// Begin starts a flow for an app, in its newest version. What the flow asks and was not given, or given wrongly, is an
// error whose Field is inputs.KEY.
func (s *Cases) Begin(ctx context.Context, in BeginRequest) (CaseView, error) {
	if in.Flow == "" {
		in.Flow = FirstFlow
	}
	by, err := s.operator(ctx)
	if err != nil {
		return CaseView{}, err
	}
	flow, id, err := s.beginning(ctx, in)
	if err != nil {
		return CaseView{}, err
	}
	caseID := uuid.NewString()
	err = s.change(ctx, "开始办理"+flow.Name, id, func(w listing.Writer) error {
		given, err := s.starting(w, id)
		if err != nil {
			return err
		}
		given.ID, given.By, given.At, given.Inputs = caseID, by, s.stamp(), in.Inputs
		if err := s.listed(flow, in.Inputs); err != nil {
			return err
		}
		kase, err := flow.Begin(given)
		if err != nil {
			return err
		}
		return w.Put(kase)
	})
	if err != nil {
		return CaseView{}, err
	}
	return s.View(ctx, caseID)
}

func (s *Cases) beginning(ctx context.Context, in BeginRequest) (flow *procedure.Flow, appID string, err error) {
	err = s.view(ctx, func(r listing.Reader) error {
		library, err := s.library(r)
		if err != nil {
			return err
		}
		if flow, err = library.Latest(in.Flow); err != nil {
			return err
		}
		a, err := app(r, in.AppID)
		appID = a.ID
		return err
	})
	return flow, appID, err
}

// starting gathers what a flow looks at when a case is begun.
func (c *core) starting(r listing.Reader, appID string) (procedure.Starting, error) {
	d, err := dossier(r, appID)
	if err != nil {
		return procedure.Starting{}, err
	}
	set, err := settings(r)
	if err != nil {
		return procedure.Starting{}, err
	}
	others, err := casesOf(r, d.App.ID)
	values := c.forms.ValuesOf(d)
	return procedure.Starting{App: d.App, Others: others, PortalUnhosted: set.PortalUnhosted,
		Fields: func(key string) string { return strings.Join(values.Raw(key), "、") }}, err
}

// listed refuses an input that is no word of the list of package forms it is chosen from.
func (c *core) listed(flow *procedure.Flow, inputs map[string]string) error {
	for _, in := range flow.Inputs {
		value := strings.TrimSpace(inputs[in.Key])
		words := c.forms.Lists[in.List]
		if in.List == "" || value == "" || slices.Contains(words, value) {
			continue
		}
		e := listing.Failf(listing.CodeInvalid, "只能是："+strings.Join(words, "、"), "“%s”不能填“%s”", in.Label, value)
		e.Field = "inputs." + in.Key
		return e
	}
	return nil
}

// For lists every flow with whether it can be started for an app now, and what stands against it. Its inputs carry the
// present values of the fields they change.
func (s *Flows) For(ctx context.Context, appID string) ([]FlowOffer, error) {
	out := []FlowOffer{}
	err := s.view(ctx, func(r listing.Reader) error {
		a, err := app(r, appID)
		if err != nil {
			return err
		}
		given, err := s.starting(r, a.ID)
		if err != nil {
			return err
		}
		library, err := s.library(r)
		if err != nil {
			return err
		}
		for _, f := range library.newest() {
			out = append(out, s.offer(f, given))
		}
		return nil
	})
	return out, err
}

func (s *Flows) offer(f *procedure.Flow, given procedure.Starting) FlowOffer {
	out := FlowOffer{FlowView: s.flowView(f, given.PortalUnhosted), Allowed: true}
	out.Tasks = len(f.Plan(procedure.ShapeOf(given.App.Kind, given.PortalUnhosted)).Tasks()) // those of this very app
	for i := range out.Inputs {
		if in := &out.Inputs[i]; in.Field != "" {
			in.Value = s.fieldOf(given, in.Field)
		}
	}
	if e := f.MayBegin(given); e != nil {
		out.Allowed, out.Reason, out.Hint = false, e.Message, e.Hint
	}
	for _, k := range given.Others {
		if k.Flow == f.ID && k.ClosedAt == "" {
			out.CaseID = k.ID
		}
	}
	return out
}

// fieldOf reads what a field holds now; the version that flows keep is no field of a form.
func (s *Flows) fieldOf(given procedure.Starting, key string) string {
	if key == keyVersion {
		return given.App.ReleasedVersion
	}
	return given.Fields(key)
}

// Suggest guesses what a reviewer's words are about, for the person to confirm or drop.
func (s *Cases) Suggest(_ context.Context, text string) ([]procedure.Suggestion, error) {
	return s.words.Suggest(text), nil
}

// Drop forgets a case in which nothing stands any more: every act was taken back.
func (s *Cases) Drop(ctx context.Context, caseID string) error {
	id, key, err := s.subject(ctx, caseID)
	if err != nil {
		return err
	}
	return s.change(ctx, "取消办件", id, func(w listing.Writer) error {
		run, err := s.startedCase(w, key)
		if err != nil {
			return err
		}
		if e := run.state.CanDrop(); e != nil {
			return e
		}
		return w.Delete(listing.KindCase, run.kase.ID)
	})
}
