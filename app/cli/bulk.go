package cli

import (
	"fmt"
	"strings"

	"shangjiatong/app/service"
)

type bulkCommand struct {
	Set     bulkSet     `cmd:"" help:"给几个应用填写同样的内容"`
	Archive bulkArchive `cmd:"" help:"归档几个应用，或用 --undo 恢复"`
}

// several names the apps of a bulk change.
type several struct {
	Apps   []string `name:"app" required:"" placeholder:"应用" help:"应用编号、标识或名称；可以写几次，也可以用逗号隔开"`
	DryRun bool     `name:"dry-run" help:"只说明会改哪些应用，不写入"`
}

type bulkSet struct {
	several
	Fields []string `arg:"" name:"字段=值" help:"例如 level=市级；列表写成 networks=政务外网,互联网；值留空表示清空"`
}

// Run sets fields of several apps: all of them or, when one refuses, none.
func (b bulkSet) Run(c *call) error {
	given, err := pairs(b.Fields)
	if err != nil {
		return err
	}
	if err := spellOut(given); err != nil {
		return err
	}
	return c.with(func(s *service.Services) error {
		if err := c.resolveVendors(s, given); err != nil {
			return err
		}
		return b.run(c, func(dryRun bool) (service.BulkResult, error) {
			return s.Apps.BulkSet(c.ctx, service.BulkRequest{IDs: b.Apps, Values: given, DryRun: dryRun})
		})
	})
}

type bulkArchive struct {
	several
	Undo bool `name:"undo" help:"从归档里恢复"`
}

// Run puts several apps away or brings them back.
func (b bulkArchive) Run(c *call) error {
	return c.with(func(s *service.Services) error {
		return b.run(c, func(dryRun bool) (service.BulkResult, error) {
			return s.Apps.BulkArchive(c.ctx, service.BulkArchiveRequest{IDs: b.Apps, Archived: !b.Undo, DryRun: dryRun})
		})
	})
}

// run names the apps that a change will touch, makes it, and says what was done.
func (b several) run(c *call, change func(dryRun bool) (service.BulkResult, error)) error {
	out, err := change(true)
	if err != nil {
		return err
	}
	names := []string{}
	for _, a := range out.Changed {
		names = append(names, a.Name)
	}
	if !c.tree.JSON {
		if _, err := fmt.Fprintf(c.Out, "将改 %d 个应用：%s\n", len(names), strings.Join(names, "、")); err != nil {
			return err
		}
	}
	if !b.DryRun {
		if out, err = change(false); err != nil {
			return err
		}
	}
	return c.out.show(out, func(t *strings.Builder) {
		if out.Unchanged > 0 {
			fmt.Fprintf(t, "本来就是这样：%d 个\n", out.Unchanged)
		}
		switch {
		case b.DryRun:
			t.WriteString("什么也没有写入\n")
		case len(out.Changed) > 0:
			line(t, "已改，事前的快照", out.Snapshot)
		default:
			t.WriteString("没有要改的，什么也没有写入\n")
		}
	})
}
