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
		at := PortalAt{Portal: spec.Portal, Region: region, Quiet: quiet || in.Quiet}
		reading, err := s.readOne(ctx, at, in.URL, id, about)
		if err != nil {
			return nil, err
		}
		reading.AppID = in.AppID
		out = append(out, reading)
		progress(int64(i+1), int64(len(in.Tables)))
	}
	return out, nil
}

// readOne reads one table: at the address that was given, wherever that is, or in the session of its portal.
func (s *Sync) readOne(ctx context.Context, at PortalAt, address, id, about string) (SyncReading, error) {
	if address != "" {
		return s.readThere(ctx, at, address, id)
	}
	portal := s.live()
	if err := portal.Open(ctx, at); err != nil {
		return SyncReading{}, err
	}
	result, page, err := portal.Read(ctx, at, id, about)
	return SyncReading{Result: result, From: page.URL}, err
}

// readThere reads a table at an address that was given. One of the portal's own is gone to at once the next time.
func (s *Sync) readThere(ctx context.Context, at PortalAt, address, id string) (SyncReading, error) {
	result, err := (&Portals{s.core}).ReadAt(ctx, PortalAddress{Table: id, URL: address, All: true, Headless: at.Quiet})
	if err == nil && len(result.Drift) == 0 {
		if own, _, portal, err := s.locate(ctx, at); err == nil && originOf(portal) == originOf(address) {
			s.rememberPage(ctx, own, id, address)
		}
	}
	return SyncReading{Result: result, From: address}, err
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
