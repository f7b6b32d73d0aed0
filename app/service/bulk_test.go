package service_test

import (
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/store/snapshot"
)

func TestBulkSet(t *testing.T) {
	d := openDesk(t)
	one, two, three := d.app("示例一", listing.KindH5), d.app("示例二", listing.KindMini), d.app("示例三", listing.KindH5)
	d.set(two.ID, "level=市级", "networks=政务外网|互联网")
	in := service.BulkRequest{IDs: []string{one.ID, "示例二", one.ID}, Values: fields("app.", "level=市级", "networks=政务外网|互联网")}
	in.DryRun = true
	out, err := d.Apps.BulkSet(d.ctx, in)
	if err != nil || len(out.Changed) != 1 || out.Unchanged != 1 || out.Snapshot != "" || d.view(one.ID).App.Level != "" {
		t.Fatalf("only said: %+v, %v", out, err)
	}
	in.DryRun = false
	out, err = d.Apps.BulkSet(d.ctx, in)
	if err != nil || len(out.Changed) != 1 || out.Changed[0].Name != "示例一" || out.Unchanged != 1 || out.Snapshot == "" {
		t.Fatalf("%+v, %v", out, err)
	}
	if a := d.view(one.ID).App; a.Level != "市级" || len(a.Networks) != 2 {
		t.Errorf("%+v", a)
	}
	if a := d.view(three.ID).App; a.Level != "" {
		t.Errorf("an app nobody chose was changed: %+v", a)
	}
	all, err := d.Snapshots.List(d.ctx)
	if err != nil || len(all) != 1 || all[0].Reason != snapshot.Bulk || all[0].ID != out.Snapshot {
		t.Errorf("%+v, %v", all, err)
	}
	if out, err = d.Apps.BulkSet(d.ctx, in); err != nil || len(out.Changed) != 0 || out.Unchanged != 2 || out.Snapshot != "" {
		t.Errorf("again: %+v, %v", out, err)
	}
	if _, err = d.Snapshots.Restore(d.ctx, all[0].ID); err != nil {
		t.Fatal(err)
	}
	if a := d.view(one.ID).App; a.Level != "" {
		t.Errorf("the snapshot holds %q", a.Level)
	}
}

// One mistake, and nothing is changed.
func TestBulkRefuses(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例一", listing.KindH5)
	for name, tc := range map[string]struct {
		in    service.BulkRequest
		code  listing.Code
		field string
	}{
		"nobody":         {service.BulkRequest{Values: fields("app.", "level=市级")}, listing.CodeInvalid, ""},
		"nothing":        {service.BulkRequest{IDs: []string{a.ID}}, listing.CodeInvalid, ""},
		"an unknown app": {service.BulkRequest{IDs: []string{a.ID, "没有"}, Values: fields("app.", "level=市级")}, listing.CodeNotFound, ""},
		"a name":         {service.BulkRequest{IDs: []string{a.ID}, Values: fields("app.", "name=都叫这个")}, listing.CodeRefused, "app.name"},
		"an identifier":  {service.BulkRequest{IDs: []string{a.ID}, Values: fields("app.", "identifier=x")}, listing.CodeRefused, "app.identifier"},
		"a secret":       {service.BulkRequest{IDs: []string{a.ID}, Values: fields("app.", "test_password=x")}, listing.CodeInvalid, "app.test_password"},
		"no field":       {service.BulkRequest{IDs: []string{a.ID}, Values: fields("app.", "level=市级", "x=y")}, listing.CodeInvalid, "app.x"},
	} {
		_, err := d.Apps.BulkSet(d.ctx, tc.in)
		if e := listing.AsError(err); err == nil || e.Code != tc.code || e.Field != tc.field {
			t.Errorf("%s: %+v", name, err)
		}
	}
	if got := d.view(a.ID).App; got.Level != "" || got.Name != "示例一" {
		t.Errorf("%+v", got)
	}
	if all, err := d.Snapshots.List(d.ctx); err != nil || len(all) != 0 {
		t.Errorf("a snapshot for nothing: %+v, %v", all, err)
	}
}

func TestBulkArchive(t *testing.T) {
	d := openDesk(t)
	one, two := d.app("示例一", listing.KindH5), d.app("示例二", listing.KindMini)
	out, err := d.Apps.BulkArchive(d.ctx, service.BulkArchiveRequest{IDs: []string{one.ID, two.ID}, Archived: true})
	if err != nil || len(out.Changed) != 2 || len(d.rows()) != 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	out, err = d.Apps.BulkArchive(d.ctx, service.BulkArchiveRequest{IDs: []string{one.ID}})
	if err != nil || len(out.Changed) != 1 || len(d.rows()) != 1 {
		t.Fatalf("%+v, %v", out, err)
	}
}
