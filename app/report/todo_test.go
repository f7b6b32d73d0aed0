package report_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/procedure"
	"shangjiatong/app/report"
)

func todo(t testing.TB, in report.Input, f report.Filter) []report.TodoItem {
	t.Helper()
	items, err := report.Todo(in, f)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

func brief(items []report.TodoItem) []string {
	out := []string{}
	for _, i := range items {
		out = append(out, strings.Join([]string{i.AppID, strings.TrimPrefix(i.Task, "STEP-"), i.Kind, i.Party}, " "))
	}
	return out
}

// TestTodo holds order and filters.
func TestTodo(t *testing.T) {
	in := sample(t, "2026-02-13 12:00")
	cases := []struct {
		name   string
		filter report.Filter
		want   []string
	}{
		{"all: due first, then returned", report.Filter{}, []string{"a2 1.1 wait reviewer", "a1 3.4 wait reviewer", "a2 2.1 act owner"}},
		{"the owner's", report.Filter{For: procedure.PartyOwner}, []string{"a1 3.4 wait reviewer", "a2 2.1 act owner"}},
		{"the vendor's", report.Filter{For: procedure.PartyVendor}, []string{"a2 1.1 wait reviewer"}},
		{"to be done", report.Filter{Kind: report.KindAct}, []string{"a2 2.1 act owner"}},
		{"waited for the reviewers", report.Filter{Party: "reviewer"}, []string{"a2 1.1 wait reviewer", "a1 3.4 wait reviewer"}},
		{"one app", report.Filter{AppID: "a1"}, []string{"a1 3.4 wait reviewer"}},
		{"by name", report.Filter{Query: "审批"}, []string{"a2 1.1 wait reviewer", "a2 2.1 act owner"}},
		{"due today", report.Filter{Until: clock(t, "2026-02-13 23:59")}, []string{"a2 1.1 wait reviewer"}},
		{"overdue", report.Filter{Overdue: true}, []string{}},
		{"another flow", report.Filter{Flow: "FLOW-3"}, []string{}},
		{"another kind", report.Filter{AppKind: "小程序"}, []string{}},
		{"region", report.Filter{Region: "杭州市", Kind: report.KindAct}, []string{"a2 2.1 act owner"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := brief(todo(t, in, c.filter)); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestTodoSays holds the day, the due date and since when it waits (WAIT-1, WAIT-5).
func TestTodoSays(t *testing.T) {
	for _, c := range []struct{ now, app, want string }{
		{"2026-02-13 12:00", "a1", "day 3 of 5, 3 days, due 2026-02-24T17:30:00+08:00, overdue false"},
		{"2026-02-20 12:00", "a1", "day 4 of 5, 4 days, due 2026-02-24T17:30:00+08:00, overdue false"},
		{"2026-02-25 09:00", "a1", "day 6 of 5, 6 days, due 2026-02-24T17:30:00+08:00, overdue true"},
		{"2026-02-14 12:00", "a2", "day 4 of 3, 4 days, due 2026-02-13T17:30:00+08:00, overdue true"},
	} {
		i := todo(t, sample(t, c.now), report.Filter{AppID: c.app, Kind: report.KindWait})[0]
		got := fmt.Sprintf("day %d of %d, %d days, due %s, overdue %v", i.Day, i.Of, i.Days, i.Due, i.Overdue)
		if got != c.want {
			t.Errorf("%s %s: %s, want %s", c.now, c.app, got, c.want)
		}
	}
	back := todo(t, sample(t, "2026-02-25 09:00"), report.Filter{AppID: "a2", Kind: report.KindAct})[0]
	if back.Since != "2026-02-12T15:00:00+08:00" || back.Days != 4 || !strings.Contains(back.Message, "截图不清楚") {
		t.Errorf("returned: since %s, %d days, %s", back.Since, back.Days, back.Message)
	}
}

// TestPlatformWaitsOnce lists the listing by ROLE-8 (WAIT-7) once, as a wait on an administrator.
func TestPlatformWaitsOnce(t *testing.T) {
	a := app("a1", "示例督办")
	in := report.Input{Calendar: calendar(t), Now: clock(t, "2026-03-04 12:00"), Entries: []report.Entry{{App: a,
		Cases: []*procedure.State{run(t, a, "c1", "2026-02-02 09:00", wholeWay+"2026-03-02 10:00 3.4 settle")}}}}
	if got := brief(todo(t, in, report.Filter{})); !reflect.DeepEqual(got, []string{"a1 3.4b wait administrator"}) {
		t.Errorf("got %q", got)
	}
}

func TestByParty(t *testing.T) {
	loads, err := report.ByParty(sample(t, "2026-02-25 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range loads {
		got = append(got, fmt.Sprintf("%s %s %d items %d apps %d overdue %d returned longest %d median %d",
			l.ID, l.Word, l.Count, l.Apps, l.Overdue, l.Returned, l.Longest, l.Median))
	}
	want := []string{
		"owner 应用单位 1 items 1 apps 0 overdue 1 returned longest 4 median 4",
		"vendor 开发商 0 items 0 apps 0 overdue 0 returned longest 0 median 0",
		"administrator 管理员 0 items 0 apps 0 overdue 0 returned longest 0 median 0",
		"reviewer 审核方 2 items 2 apps 2 overdue 0 returned longest 6 median 6",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
