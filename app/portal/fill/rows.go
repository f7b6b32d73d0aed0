package fill

import (
	"context"
	"sort"
	"strings"
	"time"
)

func rowsText(rows []map[string]string) string {
	var out []string
	for _, row := range rows {
		var parts []string
		for _, label := range labelsOf([]map[string]string{row}) {
			parts = append(parts, row[label])
		}
		out = append(out, strings.Join(parts, " "))
	}
	return strings.Join(out, "；")
}

func labelsOf(rows []map[string]string) []string {
	seen := map[string]bool{}
	var out []string
	for _, row := range rows {
		for label := range row {
			if !seen[label] {
				seen[label] = true
				out = append(out, label)
			}
		}
	}
	sort.Strings(out)
	return out
}

// rows adds rows until there are enough, and writes the cells of each.
func (s *sheet) rows(ctx context.Context, at spot, a Ask) error {
	want := a.Value.Rows
	labels := labelsOf(want)
	for n := 0; ; n++ {
		cells, err := s.cells(ctx, at, labels)
		if err != nil {
			return err
		}
		if enough(cells, labels, len(want)) {
			break
		}
		if n > s.words.Limits.Rows {
			return trouble("加了很多次，行数还是不够", "请您自己在页面上填这几行")
		}
		if err := s.addRow(ctx, at, labels, cells); err != nil {
			return err
		}
	}
	for i, row := range want {
		for _, label := range labels {
			text, given := row[label]
			if !given {
				continue
			}
			cells, err := s.cells(ctx, at, labels)
			if err != nil {
				return err
			}
			if err := s.write(ctx, at, control{ID: cells[label][i], Kind: "text"}, text); err != nil {
				return err
			}
		}
	}
	return nil
}

func enough(cells map[string][]int, labels []string, n int) bool {
	for _, l := range labels {
		if len(cells[l]) < n {
			return false
		}
	}
	return true
}

// cells are the controls of each label, row by row.
func (s *sheet) cells(ctx context.Context, at spot, labels []string) (map[string][]int, error) {
	box, err := s.rowBox(ctx, at)
	if err != nil {
		return nil, err
	}
	out := map[string][]int{}
	for _, l := range labels {
		var others []string
		for _, o := range labels {
			if o != l {
				others = append(others, o)
			}
		}
		if out[l], err = call[[]int](ctx, s, at.frame, `(box, l, o) => sjt.cells(box, [l], o)`, box, l, append([]string{}, others...)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *sheet) rowBox(ctx context.Context, at spot) (int, error) {
	type found struct {
		Box int `json:"box"`
	}
	box, err := call[found](ctx, s, at.frame, `(id, known, words) => sjt.rowBox(id, known, words)`, at.state.Label, s.known, s.options.Add)
	if err == nil && box.Box == 0 {
		err = trouble("没有找到这一栏的各行", "请您自己在页面上填这几行")
	}
	return box.Box, err
}

// addRow presses the button for one more row, and waits for the row.
func (s *sheet) addRow(ctx context.Context, at spot, labels []string, had map[string][]int) error {
	box, err := s.rowBox(ctx, at)
	if err != nil {
		return err
	}
	id, err := call[int](ctx, s, at.frame, `(words, box, known) => sjt.adder(words, box, known)`, s.options.Add, box, s.known)
	if err != nil {
		return err
	}
	if id == 0 {
		return trouble("没有找到增加一行的按钮", "请您自己在页面上加够行数，再填一次")
	}
	if err := s.click(ctx, at.frame, id, false, s.options.Add...); err != nil {
		return err
	}
	for range 30 {
		cells, err := s.cells(ctx, at, labels)
		if err != nil {
			return err
		}
		if len(cells[labels[0]]) > len(had[labels[0]]) {
			return nil
		}
		if err := pause(ctx, 80*time.Millisecond); err != nil {
			return err
		}
	}
	return trouble("点了增加一行，行数没有变化", "请您自己在页面上加够行数，再填一次")
}

// shownRows reads the rows; rows beyond those asked for count.
func (s *sheet) shownRows(ctx context.Context, at spot, want []map[string]string) (string, bool) {
	labels := labelsOf(want)
	cells, err := s.cells(ctx, at, labels)
	if err != nil {
		return "", false
	}
	var got []map[string]string
	for _, l := range labels {
		values, err := call[[]string](ctx, s, at.frame, `(ids) => ids.map((id) => sjt.el(id)?.value ?? sjt.text(sjt.el(id)))`, cells[l])
		if err != nil {
			return "", false
		}
		for i, v := range values {
			if len(got) <= i {
				got = append(got, map[string]string{})
			}
			got[i][l] = v
		}
	}
	equal := len(got) == len(want)
	for i := range min(len(got), len(want)) {
		for l, v := range want[i] {
			equal = equal && sameText(got[i][l], v)
		}
	}
	return rowsText(got), equal
}
