package service

import (
	"context"
	"time"

	"shangjiatong/app/listing"
)

// clockTolerance is how far the machine's clock may stand behind the newest entry of the journal: clocks get corrected
// by minutes, and whatever is further back would put due dates and the order of the journal in doubt.
const clockTolerance = time.Hour

// checkClock refuses a change while the machine's clock stands before what the journal holds already.
func (c *core) checkClock(ctx context.Context) error {
	newest, err := c.ahead(ctx)
	if err != nil || newest == "" {
		return err
	}
	return listing.Failf(listing.CodeRefused, "请校准这台电脑的时间；如果现在的时间才是对的，请在页面上方（或用 store accept-clock）确认一次",
		"这台电脑的时间是 %s，比最近一条记录（%s）还早，没有改动任何内容", c.stamp(), newest)
}

// ahead returns the time of the newest entry of the journal when it lies more than the tolerance after now.
func (c *core) ahead(ctx context.Context) (string, error) {
	store, err := c.Workplace.Store()
	if err != nil {
		return "", err
	}
	entries, err := store.Journal(ctx, listing.JournalQuery{Limit: 1})
	if err != nil || len(entries) == 0 {
		return "", err
	}
	at, err := time.Parse(time.RFC3339, entries[0].At)
	if err != nil || at.Sub(c.now()) <= clockTolerance {
		return "", nil //nolint:nilerr // an entry without a readable time says nothing about the clock
	}
	return entries[0].At, nil
}

// AcceptClock records that the machine's clock is right although the journal holds later times: the clock was wrong
// before. From then on changes are measured against this entry.
func (s *System) AcceptClock(ctx context.Context) error {
	self := *s.core
	self.backdated = true
	return self.change(ctx, "确认本机时间", "", func(w listing.Writer) error {
		set, err := settings(w)
		if err != nil {
			return err
		}
		set.UpdatedAt = s.after(set.UpdatedAt)
		return w.Put(set)
	})
}
