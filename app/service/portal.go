package service

import (
	"context"
	"strings"
	"unicode/utf8"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// PortalView is what the portal was last seen to say of an app, beside our own statuses, and what follows from it.
type PortalView struct {
	Row      listing.PortalRow     `json:"row"`
	State    procedure.PortalState `json:"state"`
	Expected []string              `json:"expected"` // the states that fit where the case stands; empty: nothing expected
	Notice   string                `json:"notice"`   // the portal and the case contradict each other
	Greyed   []GreyedButton        `json:"greyed"`
}

// GreyedButton is a button of the portal that cannot be pressed in the present state, and why.
type GreyedButton struct {
	Button string `json:"button"`
	Why    string `json:"why"`
}

// PortalRequest records what the portal's list says of an app; both empty forgets it.
type PortalRequest struct {
	AppID     string `json:"app_id"`
	ReleaseID string `json:"release_id"` // 应用发布ID
	State     string `json:"state"`
}

// maxState bounds a state as typed, in characters.
const maxState = 40

// PortalStates lists the states the program knows.
func (s *Apps) PortalStates(context.Context) ([]procedure.PortalState, error) {
	out := []procedure.PortalState{}
	for _, word := range s.portal.Words() {
		state, _ := s.portal.State(word)
		out = append(out, state)
	}
	return out, nil
}

// Portal returns what the portal was last seen to say of an app.
func (s *Apps) Portal(ctx context.Context, id string) (PortalView, error) {
	var out PortalView
	err := s.view(ctx, func(r listing.Reader) error {
		run, err := s.running(r, id)
		if err != nil {
			return err
		}
		out = s.portalView(run)
		return nil
	})
	return out, err
}

// SetPortalState records what the portal's list says of an app, in the portal's words, known to the program or not.
func (s *Apps) SetPortalState(ctx context.Context, in PortalRequest) (PortalView, error) {
	row := listing.PortalRow{ReleaseID: strings.TrimSpace(in.ReleaseID), State: strings.TrimSpace(in.State)}
	if utf8.RuneCountInString(row.State) > maxState || utf8.RuneCountInString(row.ReleaseID) > maxState || strings.ContainsAny(row.State+row.ReleaseID, "\r\n\x00") {
		e := listing.Failf(listing.CodeInvalid, "请照治理侧列表“状态”一列抄写", "状态和应用发布ID各不超过 %d 个字，只写一行", maxState)
		e.Field = "state"
		return PortalView{}, e
	}
	by, err := s.operator(ctx)
	if err != nil {
		return PortalView{}, err
	}
	if row != (listing.PortalRow{}) {
		row.SeenAt, row.SeenBy = s.stamp(), by
	}
	a, err := s.edit(ctx, "登记治理侧状态", in.AppID, func(_ listing.Writer, a *listing.App) error {
		row.HostingID, row.CatalogState, row.CatalogReview = a.Portal.HostingID, a.Portal.CatalogState, a.Portal.CatalogReview
		a.Portal = row
		return nil
	})
	if err != nil {
		return PortalView{}, err
	}
	return s.Portal(ctx, a.ID)
}

func (c *core) portalView(run *running) PortalView {
	row := run.dossier.App.Portal
	out := PortalView{Row: row, Expected: []string{}, Greyed: []GreyedButton{}}
	out.State.Buttons = []string{}
	if run.started {
		out.Expected = run.state.PortalExpected(c.portal)
	}
	if row.State == "" {
		return out
	}
	out.State, _ = c.portal.State(row.State)
	if run.started {
		out.Notice = run.state.PortalNotice(c.portal, row.State)
	}
	for _, button := range c.portal.Greys() {
		if why := c.portal.WhyGreyed(button, row.State); why != "" {
			out.Greyed = append(out.Greyed, GreyedButton{Button: button, Why: why})
		}
	}
	return out
}
