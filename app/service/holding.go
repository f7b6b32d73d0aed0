package service

import (
	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/workday"
)

// holding is everything of the unit that lists over all apps are made of, read in one pass over the store.
type holding struct {
	unit     listing.Unit
	settings listing.Settings
	apps     []listing.App
	vendors  map[string]*listing.Vendor
	cases    map[string][]listing.Case // by app, the oldest first
	calendar *workday.Calendar
	flows    *flows
	facts    tracking.Facts
}

func (c *core) holding(r listing.Reader) (*holding, error) {
	h := &holding{vendors: map[string]*listing.Vendor{}}
	var vendors []listing.Vendor
	var cases []listing.Case
	for _, read := range []func() error{
		func() (err error) { h.unit, err = unit(r); return err },
		func() (err error) { h.settings, err = settings(r); return err },
		func() (err error) { h.apps, err = listing.All[listing.App](r); return err },
		func() (err error) { vendors, err = listing.All[listing.Vendor](r); return err },
		func() (err error) { cases, err = listing.All[listing.Case](r); return err },
		func() (err error) { h.calendar, err = c.days(r); return err },
		func() (err error) { h.flows, err = c.library(r); return err },
		func() (err error) { h.facts, err = c.trackingFacts(r); return err },
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	for i := range vendors {
		h.vendors[vendors[i].ID] = &vendors[i]
	}
	h.cases = casesByApp(cases)
	return h, nil
}
