package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/report"
	"shangjiatong/app/workday"
)

func calendar(t testing.TB) *workday.Calendar {
	t.Helper()
	cal, err := workday.Default()
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// clock reads 2026-03-02 10:00, or a date alone, as China's time.
func clock(t testing.TB, text string) time.Time {
	t.Helper()
	if len(text) == len(time.DateOnly) {
		text += " 00:00"
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", text, workday.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// run plays a case of FLOW-1: it is begun at start, then one act a line, as "2026-03-02 10:00 1.1 submit"; the word
// settle stands for submit and pass, or confirm.
func run(t testing.TB, app listing.App, id, start, acts string) *procedure.State {
	t.Helper()
	lib, err := procedure.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	flow, err := lib.Latest("FLOW-1")
	if err != nil {
		t.Fatal(err)
	}
	plan := flow.Plan(procedure.ShapeOf(app.Kind, false))
	c, err := flow.Start(app, nil, id, "联系人甲", clock(t, start).Format(time.RFC3339))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(acts) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		for _, act := range meaning(flow.Task("STEP-"+f[2]), f[3]) {
			c = do(t, plan, c, "STEP-"+f[2], act, clock(t, f[0]+" "+f[1]).Format(time.RFC3339))
		}
	}
	s, err := plan.Replay(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func meaning(task *procedure.Task, word string) []listing.ActName {
	switch {
	case word != "settle":
		return []listing.ActName{listing.ActName(word)}
	case task.Reviewed():
		return []listing.ActName{listing.ActSubmit, listing.ActPass}
	}
	return []listing.ActName{listing.ActConfirm}
}

func do(t testing.TB, plan *procedure.Plan, c listing.Case, task string, act listing.ActName, at string) listing.Case {
	t.Helper()
	s, err := plan.Replay(c)
	if err != nil {
		t.Fatal(err)
	}
	d := procedure.Doing{Task: task, Act: act, By: "联系人甲", At: at, Reason: "截图不清楚", Complete: true}
	if act == listing.ActConfirm {
		proof := listing.Proof{ID: fmt.Sprintf("p%d", len(c.Proofs)+1), Task: task, Note: "已截图"}
		s.Case.Proofs = append(s.Case.Proofs, proof)
		d.Proofs = []string{proof.ID}
	}
	next, err := s.Apply(d)
	if err != nil {
		t.Fatalf("%s %s: %v", task, act, err)
	}
	return next
}

func app(id, name string) listing.App {
	return listing.App{ID: id, Name: name, Kind: listing.KindH5, ProcessRegion: "杭州市"}
}

const wholeWay = `
	2026-02-02 10:00 1.1 settle
	2026-02-03 10:00 1.2 settle
	2026-02-03 10:30 2.1 settle
	2026-02-04 10:00 2.2 settle
	2026-02-04 10:10 2.3 settle
	2026-02-05 10:00 2.4 settle
	2026-02-06 10:00 3.1 settle
	2026-02-06 11:00 3.2 settle
	2026-02-09 10:00 3.3 settle
`

// sample has four apps: one in acceptance over the Spring Festival of 2026, one sent back, one finished, one not begun.
func sample(t testing.TB, now string) report.Input {
	accepted := app("a1", "示例督办")
	returned := app("a2", "示例审批")
	finished := app("a3", "示例协同")
	idle := app("a4", "示例填报")
	return report.Input{Unit: "示例市数据中心", Calendar: calendar(t), Now: clock(t, now), Entries: []report.Entry{
		{App: accepted, Vendor: "示例科技有限公司", Cases: []*procedure.State{run(t, accepted, "c1", "2026-02-02 09:00", wholeWay+`
			2026-02-10 16:00 3.4 submit`)}},
		{App: returned, Cases: []*procedure.State{run(t, returned, "c2", "2026-02-10 09:00", `
			2026-02-10 10:00 1.1 submit
			2026-02-11 10:00 2.1 submit
			2026-02-12 15:00 2.1 return`)}},
		{App: finished, Cases: []*procedure.State{run(t, finished, "c3", "2026-02-02 09:00", wholeWay+`
			2026-02-10 10:00 3.4 settle
			2026-02-10 11:00 3.4b settle
			2026-02-10 14:00 4.1 settle
			2026-02-10 14:10 4.2 settle
			2026-02-10 14:20 4.3 settle
			2026-02-10 14:30 4.4 settle
			2026-02-11 09:00 5 settle`)}},
		{App: idle},
	}}
}
