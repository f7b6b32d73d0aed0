package service_test

import (
	"os"
	"slices"
	"testing"

	"shangjiatong/app/listing"
)

// What was there at the snapshot is there again after the restoring, files included; what came after lies in quarantine.
func TestSnapshotsRestore(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	d.set(a.ID, "identifier=before")
	if _, err := d.Apps.Attach(d.ctx, a.ID, "plan", d.upload("方案.pdf", []byte(pdf))); err != nil {
		t.Fatal(err)
	}
	made, err := d.Snapshots.Take(d.ctx, "改之前")
	if err != nil || made.Note != "改之前" || made.ReasonWord == "" || made.Size == 0 || made.Problem != "" {
		t.Fatalf("%+v, %v", made, err)
	}
	d.set(a.ID, "identifier=after")
	d.app("后来的", listing.KindH5)

	done, err := d.Snapshots.Restore(d.ctx, made.ID)
	if err != nil || done.From.ID != made.ID || done.Before == nil {
		t.Fatalf("%+v, %v", done, err)
	}
	if _, err := os.Stat(done.Quarantine); err != nil {
		t.Error(err)
	}
	rows, err := d.Apps.List(d.ctx, false)
	if err != nil || !slices.Equal(names(rows), []string{"示例督办"}) || rows[0].Identifier != "before" {
		t.Errorf("%v, %v", rows, err)
	}
	if string(d.blob(d.view(a.ID).App.Attachments["plan"].SHA256)) != pdf {
		t.Error("the attached file is gone")
	}
	if report, err := d.Snapshots.Verify(d.ctx); err != nil || !report.OK {
		t.Errorf("%+v, %v", report, err)
	}
	all, err := d.Snapshots.List(d.ctx)
	if err != nil || len(all) != 2 { // the one by hand, and the one before the restoring
		t.Fatalf("%+v, %v", all, err)
	}
	if _, err := d.Snapshots.Restore(d.ctx, done.Before.ID); err != nil { // and back again
		t.Fatal(err)
	}
	if got := d.view(a.ID).App.Identifier; got != "after" {
		t.Errorf("%q", got)
	}
	d.set(a.ID, "identifier=goes_on")
	if got := d.view(a.ID).App.Identifier; got != "goes_on" {
		t.Errorf("after the restoring: %q", got)
	}
}

func TestSnapshotRefusals(t *testing.T) {
	d := emptyDesk(t)
	_, err := d.Snapshots.Take(d.ctx, "")
	wants(t, err, listing.CodeNotFound)
	if err := d.Snapshots.Daily(d.ctx); err != nil {
		t.Errorf("a folder without a store: %v", err)
	}
	all, err := d.Snapshots.List(d.ctx)
	if err != nil || all == nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
	d = openDesk(t)
	for _, id := range []string{"", "nonsense", "../shangjiatong"} {
		_, err := d.Snapshots.Restore(d.ctx, id)
		if code := listing.CodeOf(err); code != listing.CodeNotFound && code != listing.CodeInvalid {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestOneSnapshotADay(t *testing.T) {
	d := openDesk(t)
	for _, tc := range []struct{ now, want int }{{0, 1}, {0, 1}, {1, 2}} {
		d.now = at(t, monday).AddDate(0, 0, tc.now)
		if err := d.Snapshots.Daily(d.ctx); err != nil {
			t.Fatal(err)
		}
		all, err := d.Snapshots.List(d.ctx)
		if err != nil || len(all) != tc.want {
			t.Fatalf("day %d: %d snapshots, want %d (%v)", tc.now, len(all), tc.want, err)
		}
	}
}
