package workday

import (
	"fmt"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/listing/datafile"
)

const (
	formatVersion = 1
	maxFile       = 64 << 10 // bytes; a real year has about one thousand
	maxHoliday    = 31       // days off in one piece
	minYear       = 2000
	maxYear       = 2199
	dateLayout    = "2006-01-02"
	clockLayout   = "15:04"
	hint          = "请对照国务院办公厅的放假通知改正后再导入"
)

// year is one year's data, checked. special maps the day of the year to worked or off where it differs from, or
// confirms, what the day of the week says.
type year struct {
	Year
	special map[int]bool
}

type yearFile struct {
	Version  int           `yaml:"version"`
	Year     int           `yaml:"year"`
	Source   string        `yaml:"source"`
	Date     string        `yaml:"date"`
	Holidays []holidayFile `yaml:"holidays"`
}

type holidayFile struct {
	Name string   `yaml:"name"`
	From string   `yaml:"from"`
	To   string   `yaml:"to"`
	Work []string `yaml:"work"`
}

type deskHours struct {
	Version int        `yaml:"version"`
	ID      string     `yaml:"id"`
	Source  string     `yaml:"source"`
	Spans   []spanFile `yaml:"spans"`
}

type spanFile struct {
	Open  string `yaml:"open"`
	Close string `yaml:"close"`
}

// span is a time of the day during which the desk accepts, counted from midnight; close itself is outside.
type span struct{ open, close time.Duration }

func parseYear(raw []byte) (year, error) {
	var file yearFile
	if err := decode(raw, &file); err != nil {
		return year{}, err
	}
	if err := file.checkHead(); err != nil {
		return year{}, err
	}
	y := year{Year: Year{Year: file.Year, Source: file.Source, Date: file.Date}, special: map[int]bool{}}
	for i, h := range file.Holidays {
		if err := y.add(i, h); err != nil {
			return year{}, err
		}
	}
	return y, nil
}

func (f yearFile) checkHead() error {
	switch {
	case f.Version != formatVersion:
		return wrong("version", "节假日文件的格式版本是 %d，本程序只认 %d", f.Version, formatVersion)
	case f.Year < minYear || f.Year > maxYear:
		return wrong("year", "节假日文件的年份 %d 不在 %d 到 %d 之间", f.Year, minYear, maxYear)
	case f.Source == "":
		return wrong("source", "%d 年节假日文件没有写来源（source）", f.Year)
	case len(f.Holidays) == 0:
		return wrong("holidays", "%d 年节假日文件里一个假日也没有", f.Year)
	}
	if _, err := time.ParseInLocation(dateLayout, f.Date, Zone()); err != nil {
		return wrong("date", "%d 年节假日文件的公布日期“%s”不是 2025-11-04 这样的日期", f.Year, f.Date)
	}
	return nil
}

// add enters one holiday; i is its place in the file.
func (y year) add(i int, h holidayFile) error {
	p := place{field: fmt.Sprintf("holidays[%d]", i), words: fmt.Sprintf("%d 年节假日文件第 %d 项（%s）", y.Year.Year, i+1, h.Name)}
	if h.Name == "" {
		return p.wrong("name", "没有名称")
	}
	from, err := y.day(p, "from", h.From)
	if err != nil {
		return err
	}
	to, err := y.day(p, "to", h.To)
	if err != nil {
		return err
	}
	length := to.YearDay() - from.YearDay() + 1
	if length < 1 || length > maxHoliday {
		return p.wrong("to", "从 %s 到 %s 共 %d 天，应当是 1 到 %d 天", h.From, h.To, length, maxHoliday)
	}
	for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
		if err := y.enter(p, "from", d, false); err != nil {
			return err
		}
	}
	return y.addWork(p, h.Work)
}

func (y year) addWork(p place, days []string) error {
	for j, text := range days {
		key := fmt.Sprintf("work[%d]", j)
		d, err := y.day(p, key, text)
		if err != nil {
			return err
		}
		if !weekend(d) {
			return p.wrong(key, "调休上班日 %s 不是周六或周日", text)
		}
		if err := y.enter(p, key, d, true); err != nil {
			return err
		}
	}
	return nil
}

func (y year) day(p place, key, text string) (time.Time, error) {
	d, err := time.ParseInLocation(dateLayout, text, Zone())
	if err != nil {
		return d, p.wrong(key, "“%s”不是 2026-01-01 这样的日期", text)
	}
	if d.Year() != y.Year.Year {
		return d, p.wrong(key, "%s 不在 %d 年内，应写进那一年自己的文件", text, y.Year.Year)
	}
	return d, nil
}

func (y year) enter(p place, key string, d time.Time, works bool) error {
	if _, taken := y.special[d.YearDay()]; taken {
		return p.wrong(key, "%s 写了两次或与另一项重叠", d.Format(dateLayout))
	}
	y.special[d.YearDay()] = works
	return nil
}

func parseDesk(raw []byte) ([]span, error) {
	var file deskHours
	if err := decode(raw, &file); err != nil {
		return nil, err
	}
	if file.Version != formatVersion || len(file.Spans) == 0 {
		return nil, wrong("spans", "受理时间文件（%s）的版本不对或没有时段", file.ID)
	}
	var spans []span
	var last time.Duration
	for i, s := range file.Spans {
		open, err1 := clock(s.Open)
		closing, err2 := clock(s.Close)
		if err1 != nil || err2 != nil || open < last || closing <= open {
			return nil, wrong(fmt.Sprintf("spans[%d]", i), "受理时段“%s–%s”不是按先后排好的时刻", s.Open, s.Close)
		}
		spans, last = append(spans, span{open, closing}), closing
	}
	return spans, nil
}

func clock(text string) (time.Duration, error) {
	t, err := time.Parse(clockLayout, text)
	if err != nil {
		return 0, err
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// decode reads one file.
func decode(raw []byte, into any) error {
	if len(raw) > maxFile {
		return listing.Failf(listing.CodeTooLarge, hint, "节假日文件有 %d 字节，超过上限 %d 字节", len(raw), maxFile)
	}
	return datafile.Decode(raw, into, func(message string) *listing.Error { return wrong("", "节假日文件：%s", message) })
}

// place is where in the file a fault lies, as a field path and in words.
type place struct{ field, words string }

func (p place) wrong(key, format string, args ...any) error {
	return wrong(p.field+"."+key, "%s：%s", p.words, fmt.Sprintf(format, args...))
}

func wrong(field, format string, args ...any) *listing.Error {
	e := listing.Failf(listing.CodeInvalid, hint, format, args...)
	e.Field = field
	return e
}
