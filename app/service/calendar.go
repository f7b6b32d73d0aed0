package service

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/listing"
	"shangjiatong/app/workday"
)

// Calendar knows the working days: those that come with the program, and the years the unit imported or typed.
type Calendar struct{ *core }

// maxCalendar is the largest holiday file taken, in bytes; a year is about one kilobyte.
const maxCalendar = 64 << 10

// CalendarYear is one year the program knows.
type CalendarYear struct {
	Year       int    `json:"year"`
	Source     string `json:"source"`
	Date       string `json:"date"` // when the notice was published
	Own        bool   `json:"own"`  // imported or typed by the unit
	ImportedBy string `json:"imported_by"`
	ImportedAt string `json:"imported_at"`
	SHA256     string `json:"sha256"` // of the file, for own years
}

// WorkdayAnswer is a day reached by counting.
type WorkdayAnswer struct {
	Date      string `json:"date"`      // 2006-01-02
	Estimated bool   `json:"estimated"` // a year without published holidays was counted through (推算)
}

// WorkdaySpan is a number of working days.
type WorkdaySpan struct {
	Days      int  `json:"days"`
	Estimated bool `json:"estimated"`
}

// TypedYear is a year of holidays as a person types it from the notice.
type TypedYear struct {
	Year     int            `json:"year"`
	Source   string         `json:"source"` // title of the notice
	Date     string         `json:"date"`   // when it was published
	Holidays []TypedHoliday `json:"holidays"`
}

// TypedHoliday is one holiday of a TypedYear.
type TypedHoliday struct {
	Name string   `json:"name"`
	From string   `json:"from"` // first day off
	To   string   `json:"to"`   // last day off, included
	Work []string `json:"work"` // weekend days worked in exchange
}

// days returns the calendar with the unit's own years. A year of ours that the program meanwhile brings itself, from the
// same notice or a later one, is passed over.
func (c *core) days(r listing.Reader) (*workday.Calendar, error) {
	own, err := listing.All[listing.CalendarYear](r)
	if err != nil || len(own) == 0 {
		return c.calendar, err
	}
	out := c.calendar
	for _, y := range own {
		merged, err := out.Merge([]byte(y.Body))
		switch {
		case err == nil:
			out = merged
		case listing.CodeOf(err) != listing.CodeConflict:
			return nil, err
		}
	}
	return out, nil
}

// Show lists the years the program knows.
func (s *Calendar) Show(ctx context.Context) ([]CalendarYear, error) {
	out := []CalendarYear{}
	err := s.maybe(ctx, func(r listing.Reader) error {
		cal := s.calendar
		own := map[string]listing.CalendarYear{}
		if r != nil {
			all, err := listing.All[listing.CalendarYear](r)
			if err != nil {
				return err
			}
			for _, y := range all {
				own[y.ID] = y
			}
			if cal, err = s.days(r); err != nil {
				return err
			}
		}
		for _, y := range cal.Years() {
			rec, mine := own[strconv.Itoa(y.Year)]
			out = append(out, CalendarYear{Year: y.Year, Source: y.Source, Date: y.Date, Own: mine,
				ImportedBy: rec.ImportedBy, ImportedAt: rec.ImportedAt, SHA256: rec.SHA256})
		}
		return nil
	})
	return out, err
}

// maybe reads the store, or calls read with nil while there is none: counting days needs no data folder.
func (c *core) maybe(ctx context.Context, read func(listing.Reader) error) error {
	err := c.view(ctx, read)
	if listing.CodeOf(err) == listing.CodeNotFound {
		return read(nil)
	}
	return err
}

// Add returns the working day number days after from (2006-01-02); day 1 is the next working day.
func (s *Calendar) Add(ctx context.Context, from string, days int) (WorkdayAnswer, error) {
	start, err := day(from)
	if err != nil {
		return WorkdayAnswer{}, err
	}
	if days < 1 || days > 2000 {
		return WorkdayAnswer{}, listing.Fail(listing.CodeInvalid, "天数要在 1 到 2000 之间", "请改正天数")
	}
	var out WorkdayAnswer
	err = s.counting(ctx, func(cal *workday.Calendar) {
		at, estimated := cal.Add(start, days)
		out = WorkdayAnswer{Date: at.Format(time.DateOnly), Estimated: estimated}
	})
	return out, err
}

// Between counts the working days after from, up to and including to.
func (s *Calendar) Between(ctx context.Context, from, to string) (WorkdaySpan, error) {
	a, err := day(from)
	if err != nil {
		return WorkdaySpan{}, err
	}
	b, err := day(to)
	if err != nil {
		return WorkdaySpan{}, err
	}
	if b.Sub(a).Abs() > 20*366*24*time.Hour {
		return WorkdaySpan{}, listing.Fail(listing.CodeInvalid, "两个日期相差超过 20 年", "请检查日期")
	}
	var out WorkdaySpan
	err = s.counting(ctx, func(cal *workday.Calendar) { out.Days, out.Estimated = cal.Between(a, b) })
	return out, err
}

func (s *Calendar) counting(ctx context.Context, count func(*workday.Calendar)) error {
	return s.maybe(ctx, func(r listing.Reader) (err error) {
		cal := s.calendar
		if r != nil {
			if cal, err = s.days(r); err != nil {
				return err
			}
		}
		count(cal)
		return nil
	})
}

func day(text string) (time.Time, error) {
	at, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(text), workday.Zone())
	if err != nil {
		return at, listing.Failf(listing.CodeInvalid, "写成 2026-02-12", "看不懂日期“%s”", text).Because(err)
	}
	return at, nil
}

// Import takes an uploaded holiday file; see ImportFile.
func (s *Calendar) Import(ctx context.Context, upload, sum string) (CalendarYear, error) {
	up, err := s.uploads.finished(upload)
	if err != nil {
		return CalendarYear{}, err
	}
	year, err := s.ImportFile(ctx, up.path, sum)
	if err == nil {
		s.uploads.drop(upload)
	}
	return year, err
}

// ImportFile takes a holiday file of this machine (the format of package workday). Its SHA-256 must be known: given as
// sum, or standing in the last line of the file as "# sha256: …" over all lines before it. Otherwise it is refused, and
// the error says what the sum is, for the person to compare with what the sender says.
func (s *Calendar) ImportFile(ctx context.Context, path, sum string) (CalendarYear, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return CalendarYear{}, listing.Failf(listing.CodeUnreadable, "请检查路径和权限", "读不了文件“%s”", path).Because(err)
	}
	if len(raw) > maxCalendar {
		return CalendarYear{}, listing.Failf(listing.CodeTooLarge, "请检查是不是选错了文件", "节假日文件超过 %d KB", maxCalendar>>10)
	}
	body, err := checked(raw, sum)
	if err != nil {
		return CalendarYear{}, err
	}
	return s.keepYear(ctx, body, "导入节假日")
}

// checked compares a file with its checksum and returns what the checksum is over.
func checked(raw []byte, sum string) ([]byte, error) {
	body, stated := raw, strings.ToLower(strings.TrimSpace(sum))
	if at := bytes.LastIndex(raw, []byte("# sha256:")); at > 0 && raw[at-1] == '\n' {
		body = raw[:at]
		if stated == "" {
			stated = strings.ToLower(strings.TrimSpace(string(raw[at+len("# sha256:"):])))
		}
	}
	digest := sha256.Sum256(body)
	have := hex.EncodeToString(digest[:])
	whole := sha256.Sum256(raw)
	switch stated {
	case have, hex.EncodeToString(whole[:]):
		return body, nil
	case "":
		return nil, listing.Fail(listing.CodeRefused, "文件没有带校验码", "请与来源核对 SHA-256，一致时再填上它导入："+have)
	}
	return nil, listing.Fail(listing.CodeInvalid, "文件与校验码不符，可能在传送中损坏或被改动", "请重新取得文件；现在文件的 SHA-256 是 "+have)
}

// Type takes a year typed from the notice.
func (s *Calendar) Type(ctx context.Context, in TypedYear) (CalendarYear, error) {
	type holiday struct {
		Name string   `yaml:"name"`
		From string   `yaml:"from"`
		To   string   `yaml:"to"`
		Work []string `yaml:"work,omitempty"`
	}
	file := struct {
		Version  int       `yaml:"version"`
		Year     int       `yaml:"year"`
		Source   string    `yaml:"source"`
		Date     string    `yaml:"date"`
		Holidays []holiday `yaml:"holidays"`
	}{Version: 1, Year: in.Year, Source: in.Source, Date: in.Date}
	for _, h := range in.Holidays {
		file.Holidays = append(file.Holidays, holiday(h))
	}
	body, err := yaml.Marshal(file)
	if err != nil {
		return CalendarYear{}, fmt.Errorf("typed year: %w", err)
	}
	return s.keepYear(ctx, body, "录入节假日")
}

// keepYear checks a year by merging it and stores it.
func (s *Calendar) keepYear(ctx context.Context, body []byte, what string) (CalendarYear, error) {
	alone, err := workday.Load(body)
	if err != nil {
		return CalendarYear{}, err
	}
	y := alone.Years()[0]
	by, err := s.operator(ctx)
	if err != nil {
		return CalendarYear{}, err
	}
	digest := sha256.Sum256(body)
	rec := listing.CalendarYear{ID: strconv.Itoa(y.Year), Body: string(body), SHA256: hex.EncodeToString(digest[:]), ImportedBy: by, ImportedAt: s.stamp()}
	err = s.change(ctx, what, "", func(w listing.Writer) error {
		now, err := s.days(w)
		if err != nil {
			return err
		}
		if _, err := now.Merge(body); err != nil {
			return err
		}
		return w.Put(rec)
	})
	return CalendarYear{Year: y.Year, Source: y.Source, Date: y.Date, Own: true, ImportedBy: by, ImportedAt: rec.ImportedAt, SHA256: rec.SHA256}, err
}

// Remove forgets a year of the unit's own; the program's own data of that year, if there is any, counts again.
func (s *Calendar) Remove(ctx context.Context, year int) error {
	return s.change(ctx, "移除节假日", "", func(w listing.Writer) error {
		return w.Delete(listing.KindCalendar, strconv.Itoa(year))
	})
}
