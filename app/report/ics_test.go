package report_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"shangjiatong/app/report"
)

func calendarOf(t testing.TB, now string) report.Calendar {
	t.Helper()
	return report.Calendar{Name: "上架通待办", Product: "上架通 1.0.0", Now: clock(t, now), Alarm: 2 * time.Hour}
}

func ics(t testing.TB, items []report.TodoItem, c report.Calendar) []byte {
	t.Helper()
	out, err := report.ICS(items, c)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// awkward has text that has to be escaped and folded.
func awkward() report.TodoItem {
	return report.TodoItem{AppID: "a9", App: "示例；督办, 第一期", Task: "STEP-3.4", Title: `反斜杠\与"引号"`, FlowName: "新应用上架", StageName: "发布",
		StatusWord: "已提交", Who: "验收组（钉钉浙政钉项目组）", Due: "2026-02-24T17:30:00+08:00", Estimated: true, WaitID: "WAIT-5",
		Message: "第一行\n第二行：a;b,c\r\x00" + strings.Repeat("𠀀验收 <https://example.com> ", 12)}
}

// decode reads a calendar file with a second library.
func decode(t testing.TB, raw []byte) *ical.Calendar {
	t.Helper()
	dec := ical.NewDecoder(bytes.NewReader(raw))
	cal, err := dec.Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, raw)
	}
	if _, err := dec.Decode(); err != io.EOF {
		t.Fatalf("more than one calendar: %v", err)
	}
	// Its encoder checks what has to be there once, and what must not be there twice.
	if err := ical.NewEncoder(io.Discard).Encode(cal); err != nil {
		t.Fatalf("the second library finds fault: %v", err)
	}
	return cal
}

// TestICSReadByAnother reads every entry back with a second library, text and times.
func TestICSReadByAnother(t *testing.T) {
	items := append(todo(t, sample(t, "2026-02-13 12:00"), report.Filter{}), awkward())
	cal := decode(t, ics(t, items, calendarOf(t, "2026-02-13 12:00")))
	events := cal.Events()
	if len(events) != 3 {
		t.Fatalf("%d entries, want those of the three items with a due date", len(events))
	}
	cases := []struct{ summary, start, end, says string }{
		{"示例审批：开放平台租户审核", "2026-02-13T09:00:00Z", "2026-02-13T09:30:00Z", "等待：开放平台"},
		{"示例督办：上架验收", "2026-02-24T09:00:00Z", "2026-02-24T09:30:00Z", "第 3 个工作日，共 5 个"},
		{`示例；督办, 第一期：反斜杠\与"引号"`, "2026-02-24T09:00:00Z", "2026-02-24T09:30:00Z", "第一行\n第二行：a;b,c𠀀验收 <https://example.com> 𠀀"},
	}
	seen := map[string]bool{}
	for i, c := range cases {
		e := events[i]
		summary, _ := e.Props.Text(ical.PropSummary)
		says, _ := e.Props.Text(ical.PropDescription)
		uid, _ := e.Props.Text(ical.PropUID)
		start, err1 := e.DateTimeStart(time.UTC)
		end, err2 := e.DateTimeEnd(time.UTC)
		made, err3 := e.Props.DateTime(ical.PropDateTimeStamp, time.UTC)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if summary != c.summary || start.Format(time.RFC3339) != c.start || end.Format(time.RFC3339) != c.end || !strings.Contains(says, c.says) {
			t.Errorf("entry %d: %s, %v to %v, %q", i, summary, start, end, says)
		}
		if made.Format(time.RFC3339) != "2026-02-13T04:00:00Z" {
			t.Errorf("entry %d was made at %v", i, made)
		}
		if seen[uid] || !strings.HasSuffix(uid, "@shangjiatong") {
			t.Errorf("UID %q", uid)
		}
		seen[uid] = true
		if len(e.Children) != 1 || e.Children[0].Name != ical.CompAlarm || e.Children[0].Props.Get(ical.PropTrigger).Value != "-PT120M" {
			t.Errorf("entry %d: alarm %+v", i, e.Children)
		}
	}
}

// TestICSLines checks RFC 5545, 3.1, on the bytes themselves: CRLF, at most 75 octets a line, whole characters.
func TestICSLines(t *testing.T) {
	raw := string(ics(t, []report.TodoItem{awkward()}, calendarOf(t, "2026-02-13 12:00")))
	if err := strict(raw); err != nil {
		t.Errorf("%v in\n%s", err, raw)
	}
	if !strings.Contains(raw, "\r\n ") {
		t.Error("nothing was folded")
	}
}

func strict(raw string) error {
	if !strings.HasPrefix(raw, "BEGIN:VCALENDAR\r\n") || !strings.HasSuffix(raw, "END:VCALENDAR\r\n") {
		return fmt.Errorf("no VCALENDAR")
	}
	var open []string
	for i, line := range strings.Split(strings.TrimSuffix(raw, "\r\n"), "\r\n") {
		switch {
		case len(line) > 75 || line == "":
			return fmt.Errorf("line %d has %d octets", i+1, len(line))
		case !utf8.ValidString(line):
			return fmt.Errorf("line %d cuts a character", i+1)
		case strings.ContainsAny(line, "\r\n\x00"):
			return fmt.Errorf("line %d holds a control character", i+1)
		case line[0] == ' ':
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \"") {
			return fmt.Errorf("line %d is no property: %q", i+1, line)
		}
		switch name {
		case "BEGIN":
			open = append(open, value)
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				return fmt.Errorf("line %d ends %s", i+1, value)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("%v left open", open)
	}
	return nil
}

// TestICSStable keeps UIDs while the days go by, and bytes for the same input.
func TestICSStable(t *testing.T) {
	uids := func(now string) (out []string) {
		for _, i := range todo(t, sample(t, now), report.Filter{Kind: report.KindWait}) {
			out = append(out, i.UID())
		}
		return out
	}
	if a, b := uids("2026-02-13 12:00"), uids("2026-02-25 09:00"); strings.Join(a, " ") != strings.Join(b, " ") {
		t.Errorf("%v became %v", a, b)
	}
	items := todo(t, sample(t, "2026-02-13 12:00"), report.Filter{})
	if a, b := ics(t, items, calendarOf(t, "2026-02-13 12:00")), ics(t, items, calendarOf(t, "2026-02-13 12:00")); !bytes.Equal(a, b) {
		t.Error("two runs differ")
	}
}

func TestICSEmptyAndWithoutAlarm(t *testing.T) {
	c := calendarOf(t, "2026-02-13 12:00")
	c.Alarm = 0
	raw := string(ics(t, []report.TodoItem{awkward(), {AppID: "a1", App: "没有期限"}}, c))
	if strings.Contains(raw, "VALARM") || strings.Count(raw, "BEGIN:VEVENT") != 1 {
		t.Error(raw)
	}
	if err := strict(string(ics(t, nil, c))); err != nil {
		t.Error(err)
	}
}

func FuzzICS(f *testing.F) {
	f.Add("应用", "说明\n二", "上架通")
	f.Add("a;b,c\\:\"", "\r\n BEGIN:VEVENT", "x//y")
	f.Add(strings.Repeat("验", 40), "<a> "+strings.Repeat("𠀀", 40), "")
	f.Fuzz(func(t *testing.T, name, message, product string) {
		i := awkward()
		i.App, i.Message = name, message
		c := calendarOf(t, "2026-02-13 12:00")
		c.Product = product
		raw := ics(t, []report.TodoItem{i}, c)
		if err := strict(string(raw)); err != nil {
			t.Errorf("%v in %q", err, raw)
		}
		if n := len(decode(t, raw).Events()); n != 1 {
			t.Errorf("%d entries", n)
		}
	})
}
