package service_test

import (
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

// A clock set back must not put entries before those there are already; a person can say that it is right now.
func TestClockSetBack(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	before := d.journal("")
	d.now = d.now.Add(-48 * time.Hour)
	_, err := d.Apps.Set(d.ctx, a.ID, []service.FieldValue{{Key: "app.description", Values: []string{"改了"}}})
	wants(t, err, listing.CodeRefused, "比最近一条记录", "accept-clock")
	if d.view(a.ID).App.Description != "" || len(d.journal("")) != len(before) {
		t.Error("something was changed")
	}
	info, err := d.System.Info(d.ctx)
	if err != nil || info.ClockBehind == "" {
		t.Errorf("info: %+v, %v", info, err)
	}
	if err := d.System.AcceptClock(d.ctx); err != nil {
		t.Fatal(err)
	}
	d.set(a.ID, "description=改了")
	if info, err := d.System.Info(d.ctx); err != nil || info.ClockBehind != "" {
		t.Errorf("accepted: %+v, %v", info, err)
	}
}

func TestClockCorrectedByMinutes(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	d.now = d.now.Add(-10 * time.Minute)
	d.set(a.ID, "description=改了")
}
