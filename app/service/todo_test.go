package service_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/report"
	"shangjiatong/app/service"
)

func (d *desk) todo(filter service.TodoFilter) service.TodoView {
	d.t.Helper()
	v, err := d.Todo.List(d.ctx, filter)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

func TestTodoOfAnEmptyUnit(t *testing.T) {
	v := openDesk(t).todo(service.TodoFilter{})
	if v.Items == nil || v.Total != 0 || v.Role != "owner" || v.AsOf != monday {
		t.Errorf("%+v", v)
	}
}

func TestTodoFilters(t *testing.T) {
	d := sampleDesk(t)
	all := d.todo(service.TodoFilter{Role: service.AllRoles})
	if len(all.Items) == 0 || all.Total != len(all.Items) {
		t.Fatalf("%d items, total %d", len(all.Items), all.Total)
	}
	for name, tc := range map[string]struct {
		filter service.TodoFilter
		is     func(report.TodoItem) bool
	}{
		"this machine's": {service.TodoFilter{}, func(i report.TodoItem) bool { return i.For == "owner" }},
		"the vendor's":   {service.TodoFilter{Role: "vendor"}, func(i report.TodoItem) bool { return i.For == "vendor" }},
		"reviewers":      {service.TodoFilter{Role: "all", Party: "reviewer"}, func(i report.TodoItem) bool { return i.Party == "reviewer" }},
		"one app":        {service.TodoFilter{Role: "all", App: "示例督办"}, func(i report.TodoItem) bool { return i.App == "示例督办" }},
		"waits":          {service.TodoFilter{Role: "all", Kind: "wait"}, func(i report.TodoItem) bool { return i.Kind == "wait" }},
		"words":          {service.TodoFilter{Role: "all", Query: "会议"}, func(i report.TodoItem) bool { return strings.Contains(i.App, "会议") }},
		"due by": {service.TodoFilter{Role: "all", Until: "2026-03-06"}, func(i report.TodoItem) bool {
			return i.Due != "" && i.Due[:10] <= "2026-03-06"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			var want []report.TodoItem
			for _, i := range all.Items {
				if tc.is(i) {
					want = append(want, i)
				}
			}
			if got := d.todo(tc.filter).Items; len(want) == 0 || !slices.Equal(got, want) {
				t.Errorf("%d items, want %d", len(got), len(want))
			}
		})
	}
}

// Words that no item can have are mistakes, not empty lists.
func TestTodoRefusesUnknownFilters(t *testing.T) {
	d := openDesk(t)
	for name, tc := range map[string]struct {
		filter service.TodoFilter
		code   listing.Code
	}{
		"role":  {service.TodoFilter{Role: "boss"}, listing.CodeInvalid},
		"party": {service.TodoFilter{Party: "平台"}, listing.CodeInvalid},
		"kind":  {service.TodoFilter{Kind: "x"}, listing.CodeInvalid},
		"until": {service.TodoFilter{Until: "明天"}, listing.CodeInvalid},
		"app":   {service.TodoFilter{App: "没有"}, listing.CodeNotFound},
	} {
		_, err := d.Todo.List(d.ctx, tc.filter)
		if listing.CodeOf(err) != tc.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPartiesOfTheTodoList(t *testing.T) {
	d := sampleDesk(t)
	loads, err := d.Todo.Parties(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range loads {
		n += l.Count
	}
	if len(loads) != 4 || n == 0 {
		t.Errorf("%+v", loads)
	}
}

func TestTodoAsACalendarFile(t *testing.T) {
	d := sampleDesk(t)
	due := 0
	for _, i := range d.todo(service.TodoFilter{}).Items {
		if i.Due != "" {
			due++
		}
	}
	name, size, body, err := d.Downloads.Open(d.ctx, "todo/ics")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(body)
	if err != nil || int64(len(raw)) != size || name != "上架通待办-2026-03-02.ics" {
		t.Fatal(name, size, err)
	}
	if got := strings.Count(string(raw), "BEGIN:VEVENT"); due == 0 || got != due {
		t.Errorf("%d entries, want %d", got, due)
	}
}

func TestAnArchivedAppWaitsForNobody(t *testing.T) {
	d := sampleDesk(t)
	if _, err := d.Apps.Archive(d.ctx, "示例督办", true); err != nil {
		t.Fatal(err)
	}
	if got := d.todo(service.TodoFilter{Role: "all", App: "示例督办"}).Items; len(got) != 0 {
		t.Errorf("%+v", got)
	}
}
