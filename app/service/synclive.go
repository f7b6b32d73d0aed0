package service

import (
	"context"

	"shangjiatong/app/listing"
)

// Live reads tables in the user's own browser, waiting for the person to log in, and compares them.
func (s *Sync) Live(ctx context.Context, in SyncLive) (SyncPlan, error) {
	ctx, progress, end := s.jobs.begin(ctx, in.Job)
	defer end()
	readings, err := s.readLive(ctx, in, false, progress)
	if err != nil {
		return SyncPlan{}, err
	}
	return s.Plan(ctx, SyncRequest{Readings: readings})
}

// readLive reads tables one after the other. quiet never shows a window and never waits for a login.
func (s *Sync) readLive(ctx context.Context, in SyncLive, quiet bool, progress func(done, total int64)) ([]SyncReading, error) {
	portal := s.live()
	if len(in.Tables) == 0 {
		in.Tables = []string{"TABLE-1"}
	}
	var out []SyncReading
	for i, id := range in.Tables {
		spec := s.forms.Table(id)
		if spec == nil {
			return nil, listing.Failf(listing.CodeInvalid, "可以读取：TABLE-1、TABLE-2、TABLE-3、TABLE-4", "“%s”不能用来比对", id)
		}
		region, about, err := s.whose(ctx, in.AppID)
		if err != nil {
			return nil, err
		}
		at := PortalAt{Portal: spec.Portal, Region: region, Quiet: quiet || in.Quiet, URL: in.URL}
		if err := portal.Open(ctx, at); err != nil {
			return nil, err
		}
		result, page, err := portal.Read(ctx, at, id, about)
		if err != nil {
			return nil, err
		}
		out = append(out, SyncReading{Result: result, From: page.URL, AppID: in.AppID})
		progress(int64(i+1), int64(len(in.Tables)))
	}
	return out, nil
}

// whose returns the region and the 治理侧名称 of an app, or the unit's region without one.
func (s *Sync) whose(ctx context.Context, given string) (region, name string, err error) {
	err = s.view(ctx, func(r listing.Reader) error {
		u, err := unit(r)
		region = u.ProcessRegion
		if err != nil || given == "" {
			return err
		}
		a, err := app(r, given)
		if a.ProcessRegion != "" {
			region = a.ProcessRegion
		}
		name = a.ReleaseName
		return err
	})
	return region, name, err
}

// live returns the portals in the user's own browser.
func (c *core) live() Portal {
	if c.Portal != nil {
		return c.Portal
	}
	return livePortal{c}
}
