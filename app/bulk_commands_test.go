package app

import (
	"testing"

	"shangjiatong/app/service"
)

// Several apps are named, changed together after a snapshot, or not at all.
func TestBulkByCommand(t *testing.T) {
	c := sampleTerminal(t)
	two := []string{"--app", "示例督办,示例巡查"}
	set := append([]string{"app", "bulk", "set", "level=县(市、区)", "vendor_id=示例科技有限公司"}, two...)
	before := c.level("示例巡查")
	c.ok(append(set, "--dry-run")...).wants(0, "将改 2 个应用：示例督办、示例巡查", "什么也没有写入")
	if got := c.level("示例巡查"); got != before || got == "县(市、区)" {
		t.Fatalf("a dry run changed the level from %q to %q", before, got)
	}
	c.ok(set...).wants(0, "将改 2 个应用：示例督办、示例巡查", "事前的快照")
	if c.level("示例督办") != "县(市、区)" || c.level("示例巡查") != "县(市、区)" {
		t.Error("the fields were not set")
	}
	var out service.BulkResult
	c.ok(append(set, "--json")...).json(&out)
	if len(out.Changed) != 0 || out.Unchanged != 2 || out.Snapshot != "" {
		t.Errorf("again: %+v", out)
	}
	for name, words := range map[string][]string{
		"a value of its own": {"app", "bulk", "set", "identifier=x"},
		"no such field":      {"app", "bulk", "set", "level=市级", "nothing=x"},
		"no pair":            {"app", "bulk", "set", "level"},
	} {
		if a := c.run(append(words, two...)...); a.code != 1 && a.code != 2 || a.errs == "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	c.run("app", "bulk", "archive", "--app", "示例督办", "--app", "没有").wants(1, "没有找到应用“没有”")
	c.run("app", "bulk", "archive").wants(2, "--app")
	c.ok(append([]string{"app", "bulk", "archive", "--json"}, two...)...).json(&out)
	if len(out.Changed) != 2 || out.Snapshot == "" || c.apps() != 4 {
		t.Errorf("%+v, %d apps", out, c.apps())
	}
	c.ok(append([]string{"app", "bulk", "archive", "--undo"}, two...)...).wants(0, "将改 2 个应用")
	if c.apps() != 6 {
		t.Errorf("%d apps after they were brought back", c.apps())
	}
	c.ok("store", "restore", out.Snapshot).wants(0)
	if c.apps() != 6 || c.level("示例督办") != "县(市、区)" {
		t.Error("the snapshot from before is not what stood there")
	}
}

func (c *terminal) level(app string) string {
	c.t.Helper()
	var v service.AppView
	c.ok("app", "show", app, "--json").json(&v)
	return v.App.Level
}
