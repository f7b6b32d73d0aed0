package recipe

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shangjiatong/app/listing"
)

const mendHint = "规则行要像“irs tables[TABLE-1].columns[状态].also”，照差异提示里的写；别的改动请改好规则文件后导入"

// Mend returns a copy of a recipe with one line changed, as a drift names it, and the version raised:
//
//	tables[TABLE-1].columns[状态].also      one more header of a column
//	tables[TABLE-1].columns[状态].optional  the column may be missing; the value is not looked at
//	tables[TABLE-1].heading, .path          what stands above the table, the way to its page
//	forms[FORM-3].fields[健康地址].also      one more label of a field; [标题>名称] where the label occurs twice
//	forms[FORM-3].fields[健康地址].heading   the heading before the field
//	forms[FORM-3].fields[健康地址].optional  the field may be missing
//	forms[FORM-3].fields[联系方式].rows[姓名].also
//	logged_in, logged_out                    one more text a page shows then
//
// The recipe's ID may stand before the line, and "+=" with anything after it is left aside. on is the day.
func Mend(r Recipe, line, value string, on time.Time) (Recipe, error) {
	line, _, _ = strings.Cut(line, "+=")
	line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), r.ID+" "))
	mended, err := clone(r)
	if err != nil {
		return Recipe{}, err
	}
	if err := mended.change(line, strings.TrimSpace(value)); err != nil {
		return Recipe{}, err
	}
	mended.Version = raise(r.Version)
	mended.Date = on.Format(time.DateOnly)
	if err := Validate(mended); err != nil {
		return Recipe{}, err
	}
	return mended, nil
}

// clone copies a recipe with all its lists.
func clone(r Recipe) (Recipe, error) {
	raw, err := Marshal(r)
	if err != nil {
		return Recipe{}, err
	}
	fresh, err := Parse(r.ID, raw)
	if err != nil {
		return Recipe{}, err
	}
	return *fresh, nil
}

func (r *Recipe) change(line, value string) error {
	switch line {
	case "logged_in":
		r.LoggedIn = append(r.LoggedIn, Mark{Text: value})
		return nil
	case "logged_out":
		r.LoggedOut = append(r.LoggedOut, Mark{Text: value})
		return nil
	}
	steps, ok := split(line)
	if !ok || len(steps) < 2 {
		return listing.Failf(listing.CodeInvalid, mendHint, "看不懂规则行“%s”", clip(line))
	}
	last := steps[len(steps)-1]
	places := steps[:len(steps)-1]
	switch {
	case places[0].name == "tables" && len(places) <= 2:
		return r.changeTable(line, places, last, value)
	case places[0].name == "forms" && len(places) >= 2 && len(places) <= 3:
		return r.changeForm(line, places, last, value)
	}
	return unknownLine(line)
}

func (r *Recipe) changeTable(line string, places []step, last step, value string) error {
	i := slices.IndexFunc(r.Tables, func(t Table) bool { return t.ID == places[0].key })
	if i < 0 {
		return unknownLine(line)
	}
	t := &r.Tables[i]
	if len(places) == 1 {
		switch last.name {
		case "heading":
			t.Heading = value
			return nil
		case "path":
			t.Path = value
			return nil
		}
		return unknownLine(line)
	}
	j := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Header == places[1].key })
	if j < 0 || places[1].name != "columns" {
		return unknownLine(line)
	}
	switch last.name {
	case "also":
		t.Columns[j].Also = append(t.Columns[j].Also, value)
	case "optional":
		t.Columns[j].Optional = true
	default:
		return unknownLine(line)
	}
	return nil
}

func (r *Recipe) changeForm(line string, places []step, last step, value string) error {
	form := r.Form(places[0].key)
	if form == nil || places[1].name != "fields" {
		return unknownLine(line)
	}
	f := form.Field(places[1].key)
	if f == nil {
		return unknownLine(line)
	}
	if len(places) == 3 {
		i := slices.IndexFunc(f.Rows, func(c Cell) bool { return c.Label == places[2].key })
		if i < 0 || places[2].name != "rows" || last.name != "also" {
			return unknownLine(line)
		}
		f.Rows[i].Also = append(f.Rows[i].Also, value)
		return nil
	}
	switch last.name {
	case "also":
		f.Also = append(f.Also, value)
	case "heading":
		f.Heading = value
	case "optional":
		f.Optional = true
	default:
		return unknownLine(line)
	}
	return nil
}

func unknownLine(line string) error {
	return listing.Failf(listing.CodeNotFound, mendHint, "规则里没有这一行：%s", clip(line))
}

// step is one part of a line: tables[TABLE-1] has a key, also has none.
type step struct{ name, key string }

// split takes a line apart. A key ends at a ] before a dot or the end: a label may hold brackets of its own.
func split(line string) ([]step, bool) {
	var steps []step
	for line != "" {
		name, rest, keyed := strings.Cut(line, "[")
		if dot := strings.IndexByte(name, '.'); !keyed || dot >= 0 {
			if dot >= 0 {
				return nil, false
			}
			return append(steps, step{name: name}), name != ""
		}
		end := strings.Index(rest, "].")
		if end < 0 {
			return nil, false
		}
		steps = append(steps, step{name, rest[:end]})
		line = rest[end+2:]
	}
	return nil, false
}

// Newer reports whether one version of a recipe is newer than another: by its day, then by how often it was mended.
func Newer(a, b string) bool {
	dayA, nA := apart(a)
	dayB, nB := apart(b)
	if dayA != dayB {
		return dayA > dayB
	}
	return nA > nB
}

func apart(version string) (day string, mended int) {
	day, count, _ := strings.Cut(version, "+")
	mended, _ = strconv.Atoi(count)
	return day, mended
}

func raise(version string) string {
	day, n := apart(version)
	return fmt.Sprintf("%s+%d", day, n+1)
}
