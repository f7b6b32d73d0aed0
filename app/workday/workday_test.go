package workday

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"shangjiatong/app/listing"
)

// The second data set: written month by month from the notices, as the days of the month that are off, weekends
// included. It shares neither form nor derivation with the embedded files.
var offDays = map[int][12]string{
	2025: {
		"1 4 5 11 12 18 19 25 28 29 30 31",
		"1 2 3 4 9 15 16 22 23",
		"1 2 8 9 15 16 22 23 29 30",
		"4 5 6 12 13 19 20 26",
		"1 2 3 4 5 10 11 17 18 24 25 31",
		"1 2 7 8 14 15 21 22 28 29",
		"5 6 12 13 19 20 26 27",
		"2 3 9 10 16 17 23 24 30 31",
		"6 7 13 14 20 21 27",
		"1 2 3 4 5 6 7 8 12 18 19 25 26",
		"1 2 8 9 15 16 22 23 29 30",
		"6 7 13 14 20 21 27 28",
	},
	2026: {
		"1 2 3 10 11 17 18 24 25 31",
		"1 7 8 15 16 17 18 19 20 21 22 23",
		"1 7 8 14 15 21 22 28 29",
		"4 5 6 11 12 18 19 25 26",
		"1 2 3 4 5 10 16 17 23 24 30 31",
		"6 7 13 14 19 20 21 27 28",
		"4 5 11 12 18 19 25 26",
		"1 2 8 9 15 16 22 23 29 30",
		"5 6 12 13 19 25 26 27",
		"1 2 3 4 5 6 7 11 17 18 24 25 31",
		"1 7 8 14 15 21 22 28 29",
		"5 6 12 13 19 20 26 27",
	},
}

func calendar(t testing.TB) *Calendar {
	t.Helper()
	cal, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func at(t testing.TB, text string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if d, err := time.ParseInLocation(layout, text, Zone()); err == nil {
			return d
		}
	}
	t.Fatalf("bad time %q", text)
	return time.Time{}
}

func TestEveryDayAgreesWithTheSecondDataSet(t *testing.T) {
	cal := calendar(t)
	for y, months := range offDays {
		days := 0
		for d := time.Date(y, 1, 1, 0, 0, 0, 0, Zone()); d.Year() == y; d = d.AddDate(0, 0, 1) {
			days++
			off := strings.Contains(" "+months[d.Month()-1]+" ", fmt.Sprintf(" %d ", d.Day()))
			work, estimated := cal.IsWorkday(d)
			if work == off || estimated {
				t.Errorf("%s: work %v, estimated %v; the second set says off %v", d.Format(dateLayout), work, estimated, off)
			}
		}
		if days != 365 {
			t.Errorf("%d has %d days", y, days)
		}
	}
}

func TestYearWithoutDataIsEstimated(t *testing.T) {
	cal := calendar(t)
	for day, want := range map[string]bool{
		"2027-01-01": true, "2027-01-02": false, "2027-10-01": true, "2027-10-03": false, "2024-02-10": false, "2024-02-12": true,
	} {
		if work, estimated := cal.IsWorkday(at(t, day)); work != want || !estimated {
			t.Errorf("%s: work %v estimated %v, want %v true", day, work, estimated, want)
		}
	}
}

func TestIsWorkdayLooksAtTheDayInChina(t *testing.T) {
	cal := calendar(t)
	// 2026-02-13 is a Friday, 2026-02-14 a worked Saturday, 2026-02-15 off.
	evening := time.Date(2026, 2, 14, 16, 30, 0, 0, time.UTC) // 00:30 of 2/15 in China
	if work, _ := cal.IsWorkday(evening); work {
		t.Error("00:30 of 2026-02-15 in China counted as 2026-02-14")
	}
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, Zone())
	if _, want := now.In(shanghai).Zone(); want != zoneOffset {
		t.Errorf("Zone is off by %d seconds", want-zoneOffset)
	}
}

func TestAddAndBetween(t *testing.T) {
	cal := calendar(t)
	for _, c := range []struct {
		name, from string
		days       int
		want       string
		estimated  bool
	}{
		{"WAIT-1 plain week", "2026-03-02", 3, "2026-03-05", false},
		{"over a weekend", "2026-03-05", 3, "2026-03-10", false},
		{"from a Sunday", "2026-03-08", 1, "2026-03-09", false},
		{"no day", "2026-03-08 23:59", 0, "2026-03-08", false},
		{"Spring Festival 2026, worked Saturdays on both sides", "2026-02-13", 5, "2026-02-27", false},
		{"Spring Festival 2026, into the worked Saturday", "2026-02-13", 6, "2026-02-28", false},
		{"Spring Festival 2025", "2025-01-25", 5, "2025-02-07", false},
		{"Spring Festival 2025, into the worked Saturday", "2025-01-27", 4, "2025-02-08", false},
		{"National Day 2026", "2026-09-30", 3, "2026-10-10", false},
		{"National Day 2026 from inside", "2026-10-03", 1, "2026-10-08", false},
		{"National Day 2025, from a Saturday before a worked Sunday", "2025-09-27", 5, "2025-10-10", false},
		{"the last day of data", "2026-12-30", 1, "2026-12-31", false},
		{"into a year without data", "2026-12-31", 1, "2027-01-01", true},
		{"out of a year without data", "2024-12-31", 1, "2025-01-02", false},
	} {
		from, want := at(t, c.from), at(t, c.want)
		got, estimated := cal.Add(from, c.days)
		if !got.Equal(want) || estimated != c.estimated {
			t.Errorf("%s: Add = %s, %v; want %s, %v", c.name, got.Format(dateLayout), estimated, c.want, c.estimated)
		}
		if n, _ := cal.Between(from, want); n != c.days {
			t.Errorf("%s: Between = %d, want %d", c.name, n, c.days)
		}
		if n, _ := cal.Between(want, from); n != -c.days {
			t.Errorf("%s: Between backwards = %d, want %d", c.name, n, -c.days)
		}
	}
}

func TestBetweenIsTheInverseOfAddOnEveryDay(t *testing.T) {
	cal := calendar(t)
	for d := at(t, "2025-01-01"); d.Year() < 2027; d = d.AddDate(0, 0, 1) {
		for n := range 8 {
			end, _ := cal.Add(d, n)
			if back, _ := cal.Between(d, end); back != n {
				t.Fatalf("%s + %d = %s, but Between says %d", d.Format(dateLayout), n, end.Format(dateLayout), back)
			}
		}
	}
}

func TestWAIT6Received(t *testing.T) {
	cal := calendar(t)
	for _, c := range []struct{ name, submitted, want string }{
		{"before opening", "2026-03-02 08:00", "2026-03-02 09:30"},
		{"at opening", "2026-03-02 09:30", "2026-03-02 09:30"},
		{"in the morning", "2026-03-02 11:29:59", "2026-03-02 11:29:59"},
		{"at noon closing", "2026-03-02 11:30", "2026-03-02 13:30"},
		{"at lunch", "2026-03-02 12:15", "2026-03-02 13:30"},
		{"in the afternoon", "2026-03-02 17:29:59", "2026-03-02 17:29:59"},
		{"at closing", "2026-03-02 17:30", "2026-03-03 09:30"},
		{"Friday night", "2026-03-06 20:00", "2026-03-09 09:30"},
		{"Saturday", "2026-03-07 10:00", "2026-03-09 09:30"},
		{"worked Saturday", "2026-02-14 10:00", "2026-02-14 10:00"},
		{"eve of the Spring Festival, late", "2026-02-14 18:00", "2026-02-24 09:30"},
		{"in the Spring Festival", "2026-02-18 10:00", "2026-02-24 09:30"},
		{"in the National Day week", "2026-10-01 10:00", "2026-10-08 09:30"},
	} {
		if got := cal.Received(at(t, c.submitted)); !got.Equal(at(t, c.want)) {
			t.Errorf("%s: received %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWAIT5Due(t *testing.T) {
	cal := calendar(t)
	for _, c := range []struct {
		name, submitted string
		days            int
		desk            bool
		want            string
		estimated       bool
	}{
		{"WAIT-5 in desk hours", "2026-03-02 10:00", 5, true, "2026-03-09 17:30", false},
		{"WAIT-5 after hours is received next day", "2026-03-02 18:00", 5, true, "2026-03-10 17:30", false},
		{"WAIT-1 has no desk", "2026-03-02 18:00", 3, false, "2026-03-05 17:30", false},
		{"WAIT-5 over the Spring Festival", "2026-02-13 16:00", 5, true, "2026-02-27 17:30", false},
		{"WAIT-5 submitted in the Spring Festival", "2026-02-20 16:00", 5, true, "2026-03-02 17:30", false},
		{"WAIT-5 over National Day", "2026-09-30 10:00", 5, true, "2026-10-13 17:30", false},
		{"WAIT-5 over National Day 2025", "2025-09-30 18:00", 5, true, "2025-10-15 17:30", false},
		{"WAIT-5 over the end of the data", "2026-12-29 10:00", 5, true, "2027-01-05 17:30", true},
		{"received in a year without data", "2026-12-31 18:00", 0, true, "2027-01-01 17:30", true},
	} {
		got := cal.Due(at(t, c.submitted), c.days, c.desk)
		if !got.At.Equal(at(t, c.want)) || got.Estimated != c.estimated {
			t.Errorf("%s: due %s %v, want %s %v", c.name, got.At, got.Estimated, c.want, c.estimated)
		}
	}
}

// WAIT-5, WAIT-6: from every day of both years, what is received and due is what counting over the second data set gives.
func TestEveryDueDateAgreesWithTheSecondDataSet(t *testing.T) {
	cal := calendar(t)
	works := func(d time.Time) bool {
		return !strings.Contains(" "+offDays[d.Year()][d.Month()-1]+" ", fmt.Sprintf(" %d ", d.Day()))
	}
	next := func(d time.Time) time.Time {
		for d = d.AddDate(0, 0, 1); !works(d); d = d.AddDate(0, 0, 1) {
		}
		return d
	}
	for d := at(t, "2025-01-01"); d.Before(at(t, "2026-12-18")); d = d.AddDate(0, 0, 1) { // later ones end in 2027
		sent := d.Add(10 * time.Hour)
		day, received := d, sent
		if !works(d) {
			day = next(d)
			received = day.Add(9*time.Hour + 30*time.Minute)
		}
		for range 5 {
			day = next(day)
		}
		due := day.Add(17*time.Hour + 30*time.Minute)
		got := cal.Due(sent, 5, true)
		if !cal.Received(sent).Equal(received) || !got.At.Equal(due) || got.Estimated {
			t.Errorf("sent %s: received %s due %s, counted %s and %s", sent.Format(dateLayout), cal.Received(sent), got.At, received, due)
		}
	}
}

func TestElapsed(t *testing.T) {
	cal := calendar(t)
	const submitted = "2026-03-02 18:00" // received 2026-03-03 09:30, due 2026-03-10 17:30
	for _, c := range []struct {
		now       string
		day, left int
		overdue   bool
		words     string
	}{
		{"2026-03-02 18:30", 0, 5, false, "尚未起算，共 5 个工作日"},
		{"2026-03-03 12:00", 0, 5, false, "尚未起算，共 5 个工作日"},
		{"2026-03-04 00:00", 1, 4, false, "第 1 个工作日，共 5 个"},
		{"2026-03-06 12:00", 3, 2, false, "第 3 个工作日，共 5 个"},
		{"2026-03-08 12:00", 3, 2, false, "第 3 个工作日，共 5 个"},
		{"2026-03-10 17:30", 5, 0, false, "第 5 个工作日，共 5 个"},
		{"2026-03-10 17:31", 5, 0, true, "已过期限，应为 5 个工作日"},
		{"2026-03-12 10:00", 7, -2, true, "已超期 2 个工作日，应为 5 个"},
	} {
		p := cal.Elapsed(at(t, submitted), at(t, c.now), 5, true)
		if p.Day != c.day || p.Of != 5 || p.Left != c.left || p.Overdue != c.overdue || p.String() != c.words {
			t.Errorf("%s: %+v %q, want day %d left %d overdue %v %q", c.now, p, p.String(), c.day, c.left, c.overdue, c.words)
		}
	}
	p := cal.Elapsed(at(t, "2026-12-31 10:00"), at(t, "2027-01-04 10:00"), 5, true)
	if !p.Estimated || !strings.HasSuffix(p.String(), "（推算）") {
		t.Errorf("a wait into 2027 does not say it is estimated: %q", p)
	}
}

const next = `version: 1
year: 2027
source: 测试用通知
date: "2026-11-01"
holidays:
  - {name: 元旦, from: "2027-01-01", to: "2027-01-03"}
`

func TestMerge(t *testing.T) {
	old := calendar(t)
	cal, err := old.Merge([]byte(next))
	if err != nil {
		t.Fatal(err)
	}
	if work, estimated := cal.IsWorkday(at(t, "2027-01-01")); work || estimated {
		t.Errorf("merged year: work %v estimated %v", work, estimated)
	}
	if _, estimated := old.IsWorkday(at(t, "2027-01-01")); !estimated {
		t.Error("Merge changed the calendar it was called on")
	}
	if years := cal.Years(); len(years) != 3 || years[2] != (Year{2027, "测试用通知", "2026-11-01"}) {
		t.Errorf("Years = %v", years)
	}
	if _, err := cal.Merge([]byte(next)); listing.CodeOf(err) != listing.CodeConflict {
		t.Errorf("the same notice twice: %v", err)
	}
	later := strings.NewReplacer("2026-11-01", "2026-12-20", `to: "2027-01-03"`, `to: "2027-01-04"`).Replace(next)
	cal, err = cal.Merge([]byte(later))
	if err != nil {
		t.Fatalf("a later notice must replace: %v", err)
	}
	if work, _ := cal.IsWorkday(at(t, "2027-01-04")); work {
		t.Error("the later notice was not used")
	}
}

func TestLoadKnowsOnlyItsYear(t *testing.T) {
	cal, err := Load([]byte(next))
	if err != nil {
		t.Fatal(err)
	}
	if _, estimated := cal.IsWorkday(at(t, "2026-01-01")); !estimated {
		t.Error("Load knows a year it was not given")
	}
}

func head(rest string) string {
	return "version: 1\nyear: 2026\nsource: 甲\ndate: \"2025-11-04\"\n" + rest
}

func holiday(text string) string { return head("holidays:\n  - {" + text + "}\n") }

var faults = []struct {
	name, file, field, says string
}{
	{"empty", "", "", "空的"},
	{"not YAML", "a: [", "", "第"},
	{"a list", "- 1\n", "", "第"},
	{"unknown key", head("color: red\nholidays: [{name: 乙, from: 2026-01-01, to: 2026-01-01}]"), "", "color"},
	{"repeated key", head("year: 2026\nholidays: [{name: 乙, from: 2026-01-01, to: 2026-01-01}]"), "", "第 5 行"},
	{"tag", "year: 0\nsource: 0\nholidays:\n  ! 00000000", "", "第 4 行"},
	{"alias to itself", "a: &a [*a]\n", "", "第 1 行第 4 列"},
	{"two documents", holiday("name: 乙, from: 2026-01-01, to: 2026-01-01") + "---\nversion: 1\n", "", "不止一份"},
	{"version", strings.Replace(holiday("name: 乙, from: 2026-01-01, to: 2026-01-01"), "version: 1", "version: 2", 1), "version", "只认 1"},
	{"year", strings.Replace(head("holidays: []"), "2026", "26", 1), "year", "26"},
	{"no source", "version: 1\nyear: 2026\ndate: 2025-11-04\nholidays: []", "source", "来源"},
	{"publication date", strings.Replace(holiday("name: 乙, from: 2026-01-01, to: 2026-01-01"), "2025-11-04", "2025/11/4", 1), "date", "2025/11/4"},
	{"no holidays", head("holidays: []"), "holidays", "一个假日也没有"},
	{"no name", holiday("from: 2026-01-01, to: 2026-01-01"), "holidays[0].name", "第 1 项"},
	{"bad day", holiday("name: 乙, from: 2026-02-30, to: 2026-03-01"), "holidays[0].from", "2026-02-30"},
	{"other year", holiday("name: 乙, from: 2025-12-31, to: 2026-01-01"), "holidays[0].from", "不在 2026 年内"},
	{"other year at the end", holiday("name: 乙, from: 2026-12-31, to: 2027-01-01"), "holidays[0].to", "不在 2026 年内"},
	{"backwards", holiday("name: 乙, from: 2026-01-03, to: 2026-01-01"), "holidays[0].to", "-1 天"},
	{"too long", holiday("name: 乙, from: 2026-01-01, to: 2026-03-01"), "holidays[0].to", "60 天"},
	{"overlap", head("holidays:\n  - {name: 乙, from: 2026-01-01, to: 2026-01-03}\n  - {name: 丙, from: 2026-01-03, to: 2026-01-04}\n"), "holidays[1].from", "第 2 项（丙）：2026-01-03"},
	{"worked and off", head("holidays:\n  - {name: 乙, from: 2026-01-01, to: 2026-01-03, work: [2026-01-03]}\n"), "holidays[0].work[0]", "2026-01-03"},
	{"worked twice", holiday("name: 乙, from: 2026-01-01, to: 2026-01-01, work: [2026-01-04, 2026-01-04]"), "holidays[0].work[1]", "2026-01-04"},
	{"worked on a weekday", holiday("name: 乙, from: 2026-01-01, to: 2026-01-01, work: [2026-01-05]"), "holidays[0].work[0]", "不是周六或周日"},
	{"worked in another year", holiday("name: 乙, from: 2026-01-01, to: 2026-01-01, work: [2025-12-28]"), "holidays[0].work[0]", "2025-12-28"},
}

func TestLoadNamesThePlace(t *testing.T) {
	for _, c := range faults {
		_, err := Load([]byte(c.file))
		got := listing.AsError(err)
		if got == nil || got.Code != listing.CodeInvalid || got.Field != c.field || !strings.Contains(got.Message, c.says) {
			t.Errorf("%s: %#v, want field %q and %q", c.name, got, c.field, c.says)
		}
	}
	if _, err := Load(make([]byte, maxFile+1)); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Errorf("oversize: %v", err)
	}
}

func TestDeskFileIsChecked(t *testing.T) {
	const good = "version: 1\nid: WAIT-6\nsource: 甲\nspans: [{open: \"09:30\", close: \"11:30\"}, {open: \"13:30\", close: \"17:30\"}]"
	if spans, err := parseDesk([]byte(good)); err != nil || len(spans) != 2 {
		t.Fatalf("%v %v", spans, err)
	}
	for name, swap := range map[string][2]string{
		"no spans":   {"spans: [{open: \"09:30\", close: \"11:30\"}, {open: \"13:30\", close: \"17:30\"}]", "spans: []"},
		"version":    {"version: 1", "version: 9"},
		"overlap":    {"13:30", "11:00"},
		"empty span": {"17:30", "13:30"},
		"no clock":   {"09:30", "9.30"},
	} {
		if _, err := parseDesk([]byte(strings.Replace(good, swap[0], swap[1], 1))); listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"data/2025.yaml", "data/2026.yaml", deskFile} {
		raw, err := data.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, c := range faults {
		f.Add([]byte(c.file))
	}
	f.Add([]byte("version: 1\nholidays: &h [{name: x}, *h]\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		cal, err := Load(raw)
		if err == nil {
			checkLoaded(t, cal)
			return
		}
		if code := listing.CodeOf(err); code != listing.CodeInvalid && code != listing.CodeTooLarge {
			t.Errorf("code %s for %v", code, err)
		}
	})
}

func checkLoaded(t *testing.T, cal *Calendar) {
	t.Helper()
	years := cal.Years()
	if len(years) != 1 {
		t.Fatalf("years %v", years)
	}
	first := time.Date(years[0].Year, 1, 1, 0, 0, 0, 0, Zone())
	if _, estimated := cal.IsWorkday(first); estimated {
		t.Errorf("%d was loaded and is estimated", years[0].Year)
	}
	if end, _ := cal.Add(first, 5); !end.After(first) {
		t.Errorf("five days after %s is %s", first, end)
	}
}
