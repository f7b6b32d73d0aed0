package report_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/report"
)

func week(t testing.TB, in report.Input, day string) report.Progress {
	t.Helper()
	p, err := report.Week(in, clock(t, day))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestWeekOf holds that weeks begin on Monday in China, wherever the machine is.
func TestWeekOf(t *testing.T) {
	for day, want := range map[string]string{
		"2026-02-09": "2026-02-09 2026-02-15", "2026-02-15": "2026-02-09 2026-02-15",
		"2026-02-16": "2026-02-16 2026-02-22", "2026-01-01": "2025-12-29 2026-01-04",
	} {
		from, to := report.WeekOf(clock(t, day+" 23:59").UTC())
		if got := from.Format("2006-01-02") + " " + to.Format("2006-01-02"); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

// TestWeekStanding goes through the weeks around the Spring Festival of 2026: 14 February is worked, 15 to 23 are off.
func TestWeekStanding(t *testing.T) {
	cases := []struct {
		name, now, day string
		apps           []string // name stage status next who days due overdue
		standing       report.Standing
		happened       report.Happened
	}{
		{"in the week of the submission", "2026-02-13 12:00", "2026-02-13", []string{
			"示例协同||已办结||0||",
			"示例填报||未开始||0||",
			"示例审批|open-platform|被退回|应用注册（编目）|1|2026-02-13T17:30:00+08:00|",
			"示例督办|release|已提交|上架验收|3|2026-02-24T17:30:00+08:00|",
		}, report.Standing{Apps: 4, Idle: 1, Active: 2, Settled: 1, Running: 2, Returned: 1},
			report.Happened{Started: 1, Closed: 1, Submitted: 4, Passed: 1, Returned: 1, Confirmed: 8}},
		{"the same week, looked at a month later", "2026-03-20 12:00", "2026-02-13", nil,
			report.Standing{Apps: 4, Idle: 1, Active: 2, Settled: 1, Running: 2, Returned: 1, Overdue: 1},
			report.Happened{Started: 1, Closed: 1, Submitted: 4, Passed: 1, Returned: 1, Confirmed: 8}},
		{"the holidays", "2026-02-20 12:00", "2026-02-20", nil,
			report.Standing{Apps: 4, Idle: 1, Active: 2, Settled: 1, Running: 2, Returned: 1, Overdue: 1}, report.Happened{}},
		{"the week after, overdue", "2026-02-25 09:00", "2026-02-25", nil,
			report.Standing{Apps: 4, Idle: 1, Active: 2, Settled: 1, Running: 2, Returned: 1, Overdue: 2}, report.Happened{}},
		{"before everything", "2026-03-20 12:00", "2026-01-20", nil, report.Standing{Apps: 4, Idle: 4}, report.Happened{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := week(t, sample(t, c.now), c.day)
			if p.Standing != c.standing {
				t.Errorf("standing %+v, want %+v", p.Standing, c.standing)
			}
			if p.Happened != c.happened {
				t.Errorf("happened %+v, want %+v", p.Happened, c.happened)
			}
			var got []string
			for _, a := range p.Apps {
				late := ""
				if a.Overdue {
					late = "late"
				}
				got = append(got, fmt.Sprintf("%s|%s|%s|%s|%d|%s|%s", a.Name, a.Stage, a.StatusWord, a.NextTitle, a.Days, a.Due, late))
			}
			if c.apps != nil && !reflect.DeepEqual(got, c.apps) {
				t.Errorf("apps\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.apps, "\n"))
			}
		})
	}
}

// TestPeriodOverAYear splits a year by weeks and loses nothing.
func TestPeriodOverAYear(t *testing.T) {
	p, err := report.Period(sample(t, "2026-12-31 18:00"), clock(t, "2026-01-01"), clock(t, "2026-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Weeks) != 53 || p.Weeks[0].From != "2026-01-01" || p.Weeks[0].To != "2026-01-04" || p.Weeks[52].To != "2026-12-31" {
		t.Fatalf("%d weeks, %+v to %+v", len(p.Weeks), p.Weeks[0], p.Weeks[len(p.Weeks)-1])
	}
	var sum report.Happened
	for _, w := range p.Weeks {
		sum.Started += w.Started
		sum.Closed += w.Closed
		sum.Submitted += w.Submitted
		sum.Passed += w.Passed
		sum.Returned += w.Returned
		sum.Confirmed += w.Confirmed
	}
	if sum != p.Happened || p.Happened.Started != 3 {
		t.Errorf("weeks sum up to %+v, the whole is %+v", sum, p.Happened)
	}
}

func TestPeriodRefuses(t *testing.T) {
	for _, span := range [][2]string{{"2026-02-02", "2026-02-01"}, {"2000-01-01", "2026-01-01"}} {
		_, err := report.Period(sample(t, "2026-03-02 09:00"), clock(t, span[0]), clock(t, span[1]))
		if listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%v: %v", span, err)
		}
	}
}

// TestUndoneDoesNotCount takes a submission back: shown, not counted; and a report from before still counts it.
func TestUndoneDoesNotCount(t *testing.T) {
	a := app("a1", "示例督办")
	in := report.Input{Unit: "示例市数据中心", Calendar: calendar(t), Now: clock(t, "2026-03-20 12:00"), Entries: []report.Entry{{App: a,
		Cases: []*procedure.State{run(t, a, "c1", "2026-03-02 09:00", "2026-03-02 10:00 1.1 submit\n2026-03-10 10:00 1.1 undo")}}}}
	first := week(t, in, "2026-03-02")
	if first.Happened.Submitted != 1 || first.Apps[0].StatusWord != "未开始" && first.Standing.Running != 1 {
		t.Errorf("the first week: %+v", first.Happened)
	}
	both, err := report.Period(in, clock(t, "2026-03-02"), clock(t, "2026-03-15"))
	if err != nil {
		t.Fatal(err)
	}
	if both.Happened.Submitted != 0 || len(both.Events) != 3 || !both.Events[1].Undone {
		t.Errorf("both weeks: %+v, %+v", both.Happened, both.Events)
	}
}

func TestOnlyOneApp(t *testing.T) {
	in := sample(t, "2026-02-13 12:00")
	p := week(t, in.Only("a2"), "2026-02-13")
	if len(p.Apps) != 1 || p.Apps[0].Name != "示例审批" || p.Apps[0].Returns != 1 || p.Standing.Apps != 1 {
		t.Errorf("%+v", p.Apps)
	}
	if len(in.Entries) != 4 {
		t.Error("the input was changed")
	}
}

// TestArchivedStaysInTheRecords leaves an archived app out of the standing but not out of what happened.
func TestArchivedStaysInTheRecords(t *testing.T) {
	in := sample(t, "2026-02-13 12:00")
	in.Entries[2].App.Archived = true
	p := week(t, in, "2026-02-13")
	if p.Standing.Apps != 3 || p.Happened.Closed != 1 || len(p.Apps) != 3 {
		t.Errorf("%+v %+v", p.Standing, p.Happened)
	}
}

func TestEstimated(t *testing.T) {
	a := app("a1", "示例督办")
	in := report.Input{Calendar: calendar(t), Now: clock(t, "2030-03-20 12:00"), Entries: []report.Entry{{App: a,
		Cases: []*procedure.State{run(t, a, "c1", "2030-03-02 09:00", "2030-03-04 10:00 1.1 submit")}}}}
	p := week(t, in, "2030-03-20")
	if !p.Estimated || !strings.Contains(strings.Join(p.Summary, ""), "推算") {
		t.Errorf("estimated %v: %v", p.Estimated, p.Summary)
	}
}
