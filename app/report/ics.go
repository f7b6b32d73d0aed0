package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// Calendar says how a calendar file is written.
type Calendar struct {
	Name    string        // shown by calendar programs, such as 上架通待办
	Product string        // of the program that writes it, with its version
	Now     time.Time     // when it is written
	Alarm   time.Duration // how long before the due time to remind; 0 for not at all
}

// lead is how long an entry lasts: it ends when the item is due.
const lead = 30 * time.Minute

// ICS returns a calendar file (RFC 5545) with an entry for every item that has a due date; the others are left out.
// The entry of an item keeps its UID from file to file, so that importing a later file moves it instead of doubling it.
func ICS(items []TodoItem, c Calendar) ([]byte, error) {
	cal := ics.NewCalendar()
	cal.SetVersion("2.0")
	cal.SetProductId("-//" + plain(c.Product) + "//ZH")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(plain(c.Name))
	cal.SetXWRTimezone("Asia/Shanghai")
	for _, i := range items {
		if i.Due != "" {
			cal.AddVEvent(event(i, c))
		}
	}
	var b bytes.Buffer
	if err := cal.SerializeTo(&b, ics.WithLineLength(75), ics.WithNewLine("\r\n")); err != nil {
		return nil, fmt.Errorf("calendar file: %w", err)
	}
	return b.Bytes(), nil
}

func event(i TodoItem, c Calendar) *ics.VEvent {
	due := moment(i.Due)
	e := ics.NewEvent(i.UID())
	e.SetDtStampTime(c.Now.UTC())
	e.SetStartAt(due.Add(-lead).UTC())
	e.SetEndAt(due.UTC())
	e.SetSummary(plain(i.App + "：" + i.Title))
	e.SetDescription(plain(i.description()))
	e.SetTimeTransparency(ics.TransparencyTransparent)
	if c.Alarm > 0 {
		a := e.AddAlarm()
		a.SetAction(ics.ActionDisplay)
		a.SetTrigger(trigger(c.Alarm))
		a.SetDescription(plain(i.App + "：" + i.Title))
	}
	return e
}

// UID names the item in calendar files: the same wait of the same case always has the same one.
func (i TodoItem) UID() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{i.AppID, i.CaseID, i.Task, i.WaitID}, "\x00")))
	return hex.EncodeToString(sum[:16]) + "@shangjiatong"
}

func (i TodoItem) description() string {
	lines := []string{i.FlowName + " · " + i.StageName, "状态：" + i.StatusWord, "等待：" + i.Who}
	if i.Message != "" {
		lines = append(lines, i.Message)
	}
	if i.Estimated {
		lines = append(lines, "期限为推算：相关年度的节假日安排尚未公布。")
	}
	return strings.Join(lines, "\n")
}

// trigger writes a duration before the end of an entry's start as RFC 5545 has it, in whole minutes.
func trigger(d time.Duration) string { return fmt.Sprintf("-PT%dM", int(d.Minutes())) }

// plain drops what RFC 5545 forbids in text: control characters other than tab and line feed.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
