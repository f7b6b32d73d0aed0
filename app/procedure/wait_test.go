package procedure_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
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

// clock reads 2026-02-13 10:00 as China's time.
func clock(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, workday.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func (d *desk) doAt(when string, task string, acts ...listing.ActName) {
	d.t.Helper()
	for _, act := range acts {
		if err := d.try(task, act, clock(d.t, when).Format(time.RFC3339)); err != nil {
			d.t.Fatalf("%s %s: %v", task, act, err)
		}
	}
}

func short(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

func waitIDs(waits []procedure.Wait) []string {
	out := []string{}
	for _, w := range waits {
		out = append(out, w.WaitID+"@"+strings.TrimPrefix(w.Task, "STEP-"))
	}
	return out
}

func find(t testing.TB, waits []procedure.Wait, id string) procedure.Wait {
	t.Helper()
	for _, w := range waits {
		if w.WaitID == id {
			return w
		}
	}
	t.Fatalf("no %s among %v", id, waitIDs(waits))
	return procedure.Wait{}
}

// TestAcceptanceDue holds WAIT-5 and WAIT-6 over Spring Festival 2026 (off 2/15 to 2/23, worked 2/14 and 2/28), over
// the desk's hours, and into a year without data.
func TestAcceptanceDue(t *testing.T) {
	cases := []struct {
		name, submitted, now, received, due string
		day, left                           int
		overdue, estimated                  bool
	}{
		{"plain week", "2026-03-02 10:00", "2026-03-04 12:00", "2026-03-02 10:00", "2026-03-09 17:30", 2, 3, false, false},
		{"before the festival", "2026-02-13 10:00", "2026-02-20 12:00", "2026-02-13 10:00", "2026-02-27 17:30", 1, 4, false, false},
		{"make-up Saturday counts", "2026-02-13 10:00", "2026-02-14 08:00", "2026-02-13 10:00", "2026-02-27 17:30", 1, 4, false, false},
		{"after closing on the last day", "2026-02-14 18:00", "2026-02-24 12:00", "2026-02-24 09:30", "2026-03-02 17:30", 0, 5, false, false},
		{"in the holidays", "2026-02-17 11:00", "2026-02-27 12:00", "2026-02-24 09:30", "2026-03-02 17:30", 3, 2, false, false},
		{"over lunch", "2026-03-02 12:00", "2026-03-02 13:00", "2026-03-02 13:30", "2026-03-09 17:30", 0, 5, false, false},
		{"before opening", "2026-03-02 07:00", "2026-03-02 07:30", "2026-03-02 09:30", "2026-03-09 17:30", 0, 5, false, false},
		{"last minute", "2026-03-02 17:29", "2026-03-09 17:30", "2026-03-02 17:29", "2026-03-09 17:30", 5, 0, false, false},
		{"run over", "2026-03-02 10:00", "2026-03-11 09:00", "2026-03-02 10:00", "2026-03-09 17:30", 7, 0, true, false},
		{"into a year without data", "2026-12-30 10:00", "2026-12-31 12:00", "2026-12-30 10:00", "2027-01-06 17:30", 1, 4, false, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := begin(t, listing.KindH5)
			d.settle("1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3")
			d.doAt(c.submitted, "3.4", listing.ActSubmit)
			now := clock(t, c.now)
			waits := d.state().Waits(now, calendar(t))
			w := find(t, waits, "WAIT-5")
			if short(w.Received) != c.received || short(w.Due) != c.due || short(w.Since) != c.submitted {
				t.Errorf("received %s, due %s, since %s", w.Received, w.Due, w.Since)
			}
			if w.DaysTotal != 5 || w.Day != c.day || w.Left != c.left || w.Overdue != c.overdue || w.Estimated != c.estimated {
				t.Errorf("%+v", w)
			}
			if w.Party != procedure.PartyPlatform || !strings.Contains(w.ActorName, "验收组") {
				t.Errorf("waits for %s %s", w.Party, w.ActorName)
			}
			if c.estimated != strings.Contains(w.Message, "推算") {
				t.Errorf("message %s", w.Message)
			}
			atDesk := slices.Contains(waitIDs(waits), "WAIT-6@3.4")
			if want := now.Before(clock(t, c.received)); atDesk != want {
				t.Errorf("waits for the desk: %v, want %v", atDesk, want)
			}
		})
	}
}

// TestWaits holds which waits run when: what starts them, what ends them.
func TestWaits(t *testing.T) {
	type act struct {
		when, task string
		act        listing.ActName
	}
	day := "2026-03-03 "
	toAcceptance := []string{"1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3"}
	cases := []struct {
		name    string
		settled []string
		acts    []act
		now     string
		want    string
	}{
		{"nothing begun", nil, nil, day + "10:00", ""},
		{"WAIT-1 from submit", nil, []act{{day + "10:00", "1.1", "submit"}}, day + "10:01", "WAIT-1@1.1"},
		{"WAIT-1 still in review", nil, []act{{day + "10:00", "1.1", "submit"}, {day + "11:00", "1.1", "review"}}, "2026-03-20 10:00", "WAIT-1@1.1"},
		{"WAIT-1 ends with pass", nil, []act{{day + "10:00", "1.1", "submit"}, {day + "11:00", "1.1", "pass"}}, day + "12:00", ""},
		{"WAIT-1 ends with return", nil, []act{{day + "10:00", "1.1", "submit"}, {day + "11:00", "1.1", "return"}}, day + "12:00", ""},
		{"no wait while a returned task is worked on", nil, []act{{day + "10:00", "1.1", "submit"}, {day + "11:00", "1.1", "return"}, {day + "11:30", "1.1", "fill"}}, day + "12:00", ""},
		{"WAIT-1 ends with undo", nil, []act{{day + "10:00", "1.1", "submit"}, {day + "10:05", "1.1", "undo"}}, day + "12:00", ""},
		{"WAIT-2 within the hour, then a review of unknown length", nil, []act{{day + "10:00", "2.1", "submit"}}, day + "10:59", "WAIT-2@2.1 @2.1"},
		{"WAIT-2 over", nil, []act{{day + "10:00", "2.1", "submit"}}, day + "11:00", "@2.1"},
		{"WAIT-3 on the day", []string{"2.1"}, []act{{day + "10:00", "2.2", "confirm"}}, day + "23:59", "WAIT-3@2.2"},
		{"WAIT-3 over next day", []string{"2.1"}, []act{{day + "10:00", "2.2", "confirm"}}, "2026-03-04 00:00", ""},
		{"WAIT-3 not after a skip", []string{"2.1"}, []act{{day + "10:00", "2.2", "skip"}}, day + "12:00", ""},
		{"WAIT-4 from submit", []string{"2.1"}, []act{{day + "10:00", "2.3", "submit"}}, "2026-04-20 12:00", "WAIT-4@2.3"},
		{"WAIT-5 and WAIT-6 at night", toAcceptance, []act{{day + "20:00", "3.4", "submit"}}, day + "21:00", "WAIT-6@3.4 WAIT-5@3.4"},
		{"WAIT-5 alone once received", toAcceptance, []act{{day + "20:00", "3.4", "submit"}}, "2026-03-04 09:30", "WAIT-5@3.4"},
		{"WAIT-6 ends with the answer", toAcceptance, []act{{day + "20:00", "3.4", "submit"}, {day + "20:30", "3.4", "pass"}}, day + "21:00", "WAIT-7@3.4b"},
		{"WAIT-7 from the acceptance", toAcceptance, []act{{day + "10:00", "3.4", "submit"}, {day + "15:00", "3.4", "pass"}}, "2026-03-30 09:30", "WAIT-7@3.4b"},
		{"WAIT-7 ends with the listing", append(slices.Clone(toAcceptance), "3.4", "3.4b"), nil, "2026-03-30 09:30", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := begin(t, listing.KindH5)
			for _, task := range c.settled { // long ago, so that nothing of it still runs
				for _, a := range []listing.ActName{listing.ActSubmit, listing.ActPass} {
					if d.plan.Flow.Task("STEP-" + task).Reviewed() {
						d.doAt("2026-01-05 10:00", task, a)
					}
				}
				if !d.plan.Flow.Task("STEP-" + task).Reviewed() {
					d.doAt("2026-01-05 10:00", task, listing.ActConfirm)
				}
			}
			for _, a := range c.acts {
				d.doAt(a.when, a.task, a.act)
			}
			got := strings.Join(waitIDs(d.state().Waits(clock(t, c.now), calendar(t))), " ")
			if got != c.want {
				t.Errorf("waits %q, want %q", got, c.want)
			}
		})
	}
}

// TestLengths holds when each wait ends and whom one waits for.
func TestLengths(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.doAt("2026-02-13 20:00", "1.1", listing.ActSubmit) // WAIT-1 knows no desk hours
	d.doAt("2026-02-13 20:00", "2.1", listing.ActSubmit)
	now := clock(t, "2026-02-13 20:30")
	w := find(t, d.state().Waits(now, calendar(t)), "WAIT-1")
	if short(w.Due) != "2026-02-25 17:30" || short(w.Received) != "2026-02-13 20:00" || w.DaysTotal != 3 || !strings.Contains(w.Message, "大约") {
		t.Errorf("WAIT-1 %+v", w)
	}
	w = find(t, d.state().Waits(now, calendar(t)), "WAIT-2")
	if short(w.Due) != "2026-02-13 21:00" || w.Unknown {
		t.Errorf("WAIT-2 %+v", w)
	}
	d.doAt("2026-02-13 21:00", "2.1", listing.ActPass)
	d.doAt("2026-02-13 22:00", "2.2", listing.ActConfirm)
	d.doAt("2026-02-13 22:00", "2.3", listing.ActSubmit)
	now = clock(t, "2026-02-13 22:30")
	w = find(t, d.state().Waits(now, calendar(t)), "WAIT-3")
	if short(w.Due) != "2026-02-14 00:00" {
		t.Errorf("WAIT-3 %+v", w)
	}
	w = find(t, d.state().Waits(clock(t, "2026-02-17 21:00"), calendar(t)), "WAIT-4")
	if w.Due != "" || !w.Unknown || w.Day != 4 || short(w.Remind) != "2026-02-18 22:00" || w.Overdue {
		t.Errorf("WAIT-4 %+v", w)
	}
	if !strings.Contains(w.ActorName, "省大数据局") {
		t.Errorf("WAIT-4 waits for %s", w.ActorName)
	}
}

// TestResubmissionStartsAgain: after a return the wait counts from the new submission.
func TestResubmissionStartsAgain(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3")
	d.doAt("2026-03-02 10:00", "3.4", listing.ActSubmit, listing.ActReturn)
	d.doAt("2026-03-05 10:00", "3.4", listing.ActSubmit)
	w := find(t, d.state().Waits(clock(t, "2026-03-05 11:00"), calendar(t)), "WAIT-5")
	if short(w.Due) != "2026-03-12 17:30" {
		t.Errorf("due %s", w.Due)
	}
}

// TestZones: an act noted in another zone means the same moment.
func TestZones(t *testing.T) {
	d := begin(t, listing.KindH5)
	d.settle("1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3")
	if err := d.try("3.4", listing.ActSubmit, "2026-03-02T02:00:00Z"); err != nil {
		t.Fatal(err)
	}
	w := find(t, d.state().Waits(clock(t, "2026-03-02 11:00").UTC(), calendar(t)), "WAIT-5")
	if w.Since != "2026-03-02T10:00:00+08:00" || short(w.Due) != "2026-03-09 17:30" {
		t.Errorf("%+v", w)
	}
}
