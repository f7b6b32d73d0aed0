package workday

import (
	"fmt"
	"time"
)

// Due is when a wait ends.
type Due struct {
	At        time.Time
	Estimated bool // some day on the way lies in a year without data (推算)
}

// Progress is how far a wait has come.
type Progress struct {
	Day       int // working days gone since receipt; 0 on the day of receipt
	Of        int // working days the wait takes
	Left      int // Of - Day; negative when the wait has run over
	Overdue   bool
	Received  time.Time
	Due       time.Time
	Estimated bool
}

// Received returns when the desk receives what is submitted at t (WAIT-6): t itself within the hours of a working
// day, else the next opening. The closing minute belongs to the closed time.
func (c *Calendar) Received(t time.Time) time.Time {
	at, _ := c.received(t)
	return at
}

// Due returns the end of a wait of so many working days: day 1 is the first working day after receipt, and the wait
// ends on day N when the desk closes (17:30). With desk, receipt is as [Calendar.Received] says (WAIT-5); without, it
// is the moment of submission (WAIT-1).
func (c *Calendar) Due(submitted time.Time, workdays int, desk bool) Due {
	receipt, guess := c.receipt(submitted, desk)
	day, estimated := c.Add(receipt, workdays)
	return Due{At: day.Add(c.desk[len(c.desk)-1].close), Estimated: guess || estimated}
}

// Elapsed returns how far a wait has come at now. Before receipt Day is 0.
func (c *Calendar) Elapsed(submitted, now time.Time, workdays int, desk bool) Progress {
	receipt, _ := c.receipt(submitted, desk)
	due := c.Due(submitted, workdays, desk)
	day, guess := c.Between(receipt, now)
	day = max(day, 0)
	return Progress{
		Day: day, Of: workdays, Left: workdays - day, Overdue: now.After(due.At),
		Received: receipt, Due: due.At, Estimated: due.Estimated || guess,
	}
}

// String says it in the user's words, such as 第 3 个工作日，共 5 个.
func (p Progress) String() string {
	text := fmt.Sprintf("第 %d 个工作日，共 %d 个", p.Day, p.Of)
	switch {
	case p.Overdue && p.Left < 0:
		text = fmt.Sprintf("已超期 %d 个工作日，应为 %d 个", -p.Left, p.Of)
	case p.Overdue:
		text = fmt.Sprintf("已过期限，应为 %d 个工作日", p.Of)
	case p.Day == 0:
		text = fmt.Sprintf("尚未起算，共 %d 个工作日", p.Of)
	}
	if p.Estimated {
		text += "（推算）"
	}
	return text
}

func (c *Calendar) receipt(submitted time.Time, desk bool) (time.Time, bool) {
	if desk {
		return c.received(submitted)
	}
	return submitted.In(Zone()), false
}

func (c *Calendar) received(t time.Time) (at time.Time, estimated bool) {
	t = t.In(Zone())
	day := dayOf(t)
	work, estimated := c.IsWorkday(day)
	if work {
		for _, s := range c.desk {
			if open := day.Add(s.open); t.Before(open) {
				return open, estimated
			}
			if t.Before(day.Add(s.close)) {
				return t, estimated
			}
		}
	}
	next, guess := c.Add(day, 1)
	return next.Add(c.desk[0].open), estimated || guess
}
