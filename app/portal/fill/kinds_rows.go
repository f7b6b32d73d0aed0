package fill

import (
	"context"
	"slices"
	"strings"
	"time"
)

type matrix struct {
	State string    `json:"state"`
	Seen  []string  `json:"seen"`
	Add   int       `json:"add"`
	Rows  [][]*cell `json:"rows"` // cells in the order of Ask.cells
}

type cell struct {
	control
	Value string `json:"value"`
}

func (f *filler) matrix(ctx context.Context, i int) (matrix, error) {
	m, err := call[matrix](ctx, f, "matrix", i)
	if err != nil {
		return m, err
	}
	return m, unclear(m.State, m.Seen)
}

// rows fills repeated rows, adding those that are not there yet. Further ones are told and left.
func (f *filler) rows(ctx context.Context, i int, rows []map[string]string) error {
	m, err := f.matrix(ctx, i)
	if err != nil {
		return err
	}
	if len(rows) > f.words.Limits.Rows {
		return refuse("最多填 %d 行", f.words.Limits.Rows)
	}
	for len(m.Rows) < len(rows) {
		if m, err = f.addRow(ctx, i, m); err != nil {
			return err
		}
	}
	cells := f.asks[i].cells()
	if gone := m.gone(cells); len(gone) > 0 {
		return lostCells("", gone)
	}
	for r, row := range rows {
		for c, label := range cells {
			text, given := row[label]
			if !given {
				continue
			}
			if err := f.cell(ctx, i, r, c, label, text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *filler) addRow(ctx context.Context, i int, m matrix) (matrix, error) {
	if m.Add == 0 {
		return m, refuse("页面上只有 %d 行，也没有找到新增一行的按钮", len(m.Rows))
	}
	if err := f.click(ctx, m.Add, asAdd, 0); err != nil {
		return m, err
	}
	for wait := 0; wait < f.words.Limits.Appear; wait += 60 {
		next, err := f.matrix(ctx, i)
		if err != nil || len(next.Rows) > len(m.Rows) {
			return next, err
		}
		if err := pause(ctx, ms(60)); err != nil {
			return m, err
		}
	}
	if gone := m.gone(f.asks[i].cells()); len(gone) > 0 {
		return m, lostCells("点了新增，", gone)
	}
	return m, unsteady("点了新增，页面没有多出一行")
}

// gone lists the labels that no row has; without a row, all of them.
func (m matrix) gone(cells []string) []string {
	var out []string
	for c, label := range cells {
		if !slices.ContainsFunc(m.Rows, func(row []*cell) bool { return row[c] != nil }) {
			out = append(out, label)
		}
	}
	return out
}

func lostCells(before string, cells []string) error {
	return refusal{why: before + "行里没有“" + strings.Join(cells, "”“") + "”", cells: cells}
}

func (f *filler) cell(ctx context.Context, i, r, c int, label, text string) error {
	m, err := f.matrix(ctx, i)
	if err != nil {
		return err
	}
	if r >= len(m.Rows) || c >= len(m.Rows[r]) || m.Rows[r][c] == nil {
		return unsteady("第 %d 行里没有找到“%s”", r+1, label)
	}
	at := m.Rows[r][c]
	switch {
	case same(at.Value, text):
		return nil
	case at.Disabled:
		return refuse("页面不让改第 %d 行的“%s”（已禁用）", r+1, label)
	case at.Kind == "select":
		return f.native(ctx, at.control, []string{text})
	case at.Kind == "combo":
		return f.within(ctx, at.control, func() error { return f.pickCell(ctx, at.control, text) })
	}
	return f.write(ctx, at.Ref, text)
}

// pickCell picks a day where a calendar opened, an option otherwise.
func (f *filler) pickCell(ctx context.Context, c control, text string) error {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		at, err := f.calendar(ctx, day, f.opened)
		if err != nil {
			return err
		}
		if at.State != "none" {
			return f.pickDay(ctx, c, day)
		}
	}
	return f.pickOpen(ctx, c, text)
}

// rowsText is a compact text of rows.
func rowsText(rows []map[string]string, cells []string) string {
	var lines []string
	for _, row := range rows {
		var parts []string
		for _, c := range cells {
			if v, given := row[c]; given {
				parts = append(parts, c+"："+v)
			}
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	return strings.Join(lines, "；")
}
