// Package workday answers two questions: is this a working day in China, and when does a wait counted in working
// days end.
//
// The days come from one YAML file a year (folder data), written after the State Council's yearly notice:
//
//	version: 1
//	year: 2026
//	source: title of the notice
//	date: "2025-11-04"          # when the notice was published
//	holidays:
//	  - name: 元旦
//	    from: "2026-01-01"      # first day off
//	    to: "2026-01-03"        # last day off, included
//	    work: ["2026-01-04"]    # weekend days worked in exchange (调休)
//
// Each file speaks of its own year only. A year without a file counts Saturdays and Sundays as the only days off, and
// every answer that looked at such a year says so: it is estimated (推算). [Calendar.Merge] adds a year.
//
// All days and hours are those of China, see [Zone]; a [time.Time] in another zone is converted first. The package reads
// no clock, no file and no time zone database. A [Calendar] never changes and may be used from several goroutines.
package workday

import (
	"embed"
	"maps"
	"slices"
	"sync"
	"time"

	"shangjiatong/app/listing"
)

//go:embed data/*.yaml
var data embed.FS

const (
	zoneOffset = 8 * 60 * 60
	deskFile   = "data/desk.yaml"
)

// Zone returns the zone of China, UTC+8 all year. It needs no time zone database on the machine.
func Zone() *time.Location { return zone() }

// zone is made once: lists over thousands of cases ask for it for every time they read.
var zone = sync.OnceValue(func() *time.Location { return time.FixedZone("CST", zoneOffset) })

// Calendar knows the working days of the years it has data for, and the hours of the acceptance desk.
type Calendar struct {
	years map[int]year
	desk  []span
}

// Year describes one year of data: where it comes from and when it was published.
type Year struct {
	Year   int
	Source string // title of the notice
	Date   string // 2006-01-02, when the notice was published
}

// Default returns the calendar with the data that comes with the program.
func Default() (*Calendar, error) {
	entries, err := data.ReadDir("data")
	if err != nil {
		return nil, embedded(err)
	}
	cal, err := empty()
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		path := "data/" + entry.Name()
		if path == deskFile {
			continue
		}
		raw, err := data.ReadFile(path)
		if err != nil {
			return nil, embedded(err)
		}
		if cal, err = cal.Merge(raw); err != nil {
			return nil, err
		}
	}
	return cal, nil
}

// Load returns a calendar that knows only the year in raw, a file in the format of the package comment. Errors are
// *listing.Error with code invalid or too_large and name the place in the file.
func Load(raw []byte) (*Calendar, error) {
	cal, err := empty()
	if err != nil {
		return nil, err
	}
	return cal.Merge(raw)
}

// Merge returns a new calendar that also knows the year in raw. A year already known is replaced only by a notice
// published later, for a corrected arrangement; otherwise the error has code conflict.
func (c *Calendar) Merge(raw []byte) (*Calendar, error) {
	added, err := parseYear(raw)
	if err != nil {
		return nil, err
	}
	if known, ok := c.years[added.Year.Year]; ok && known.Date >= added.Date {
		return nil, listing.Failf(listing.CodeConflict, "只有公布日期更晚的文件才能替换已有的年份",
			"%d 年的节假日数据已经有了（%s 公布）", known.Year.Year, known.Date)
	}
	years := maps.Clone(c.years)
	years[added.Year.Year] = added
	return &Calendar{years: years, desk: c.desk}, nil
}

// Years lists the years with data in ascending order.
func (c *Calendar) Years() []Year {
	var list []Year
	for _, n := range slices.Sorted(maps.Keys(c.years)) {
		list = append(list, c.years[n].Year)
	}
	return list
}

// IsWorkday says whether the day of date is worked, and whether that is only estimated for want of data.
func (c *Calendar) IsWorkday(date time.Time) (work, estimated bool) {
	d := dayOf(date)
	y, known := c.years[d.Year()]
	if !known {
		return !weekend(d), true
	}
	if works, special := y.special[d.YearDay()]; special {
		return works, false
	}
	return !weekend(d), false
}

// Add returns midnight of the working day number days after from: day 1 is the first working day after the day of
// from. With days 0 or less it returns midnight of from's own day.
func (c *Calendar) Add(from time.Time, days int) (date time.Time, estimated bool) {
	date = dayOf(from)
	for days > 0 {
		date = date.AddDate(0, 0, 1)
		work, guess := c.IsWorkday(date)
		estimated = estimated || guess
		if work {
			days--
		}
	}
	return date, estimated
}

// Between counts the working days after the day of a up to and including the day of b, so that
// Between(a, Add(a, n)) is n. It is negative when b comes before a.
func (c *Calendar) Between(a, b time.Time) (n int, estimated bool) {
	first, last := dayOf(a), dayOf(b)
	if last.Before(first) {
		n, estimated = c.Between(b, a)
		return -n, estimated
	}
	for first.Before(last) {
		first = first.AddDate(0, 0, 1)
		work, guess := c.IsWorkday(first)
		estimated = estimated || guess
		if work {
			n++
		}
	}
	return n, estimated
}

func empty() (*Calendar, error) {
	raw, err := data.ReadFile(deskFile)
	if err != nil {
		return nil, embedded(err)
	}
	desk, err := parseDesk(raw)
	if err != nil {
		return nil, err
	}
	return &Calendar{years: map[int]year{}, desk: desk}, nil
}

func embedded(cause error) error {
	return listing.Fail(listing.CodeInternal, "程序自带的节假日数据读不出来", "请重新安装程序").Because(cause)
}

func dayOf(t time.Time) time.Time {
	y, m, d := t.In(Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone())
}

func weekend(d time.Time) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}
