package table

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Sizes are the rules for what a page says of the size of a list, beside it.
type Sizes struct {
	Totals  []string `yaml:"totals" json:"totals"`   // how many rows there are in all
	Partial []string `yaml:"partial" json:"partial"` // words before a number that is of a part
	Figures []string `yaml:"figures" json:"figures"` // the page shown, and the last one
}

// CurrentSizes are the rules of this build.
func CurrentSizes() (Sizes, error) {
	w, err := currentWords()
	return w.Sizes, err
}

// catching compiles rules that have to catch something, under the given names if any.
func catching(rules []string, groups int, names ...string) ([]*regexp.Regexp, error) {
	var out []*regexp.Regexp
	for _, rule := range rules {
		r, err := regexp.Compile(rule)
		if err != nil || r.NumSubexp() < groups || slices.ContainsFunc(names, func(n string) bool { return r.SubexpIndex(n) < 0 }) {
			return nil, fmt.Errorf("table words: %q does not catch a number", rule)
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("table words: no rule for the size of a list")
	}
	return out, nil
}

// total is the largest number of rows that a text speaks of, those of a part left out; -1 when it speaks of none.
func (w words) total(text string) int {
	most, text := -1, squeeze(text)
	for _, rule := range w.totals {
		for _, m := range rule.FindAllStringSubmatchIndex(text, -1) {
			before := text[:m[0]]
			n, err := strconv.Atoi(strings.ReplaceAll(text[m[2]:m[3]], ",", ""))
			if err == nil && !slices.ContainsFunc(w.Partial, func(p string) bool { return strings.HasSuffix(before, p) }) {
				most = max(most, n)
			}
		}
	}
	return most
}

// figure is the page that a text says is shown, and the last one; 0 when it does not say so.
func (w words) figure(text string) (at, last int) {
	text = squeeze(text)
	for _, rule := range w.figures {
		m := rule.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		at, _ = strconv.Atoi(m[rule.SubexpIndex("at")])
		last = 0
		if i := rule.SubexpIndex("last"); i >= 0 {
			last, _ = strconv.Atoi(m[i])
		}
		if at > 0 && (last == 0 || at <= last) {
			return at, last
		}
	}
	return 0, 0
}

// Size is what a page says of the size of a list.
type Size struct {
	Total int // rows in all; -1 when it does not say
	At    int // the page shown; 0 when it does not say
	Last  int // the last page; 0 when it does not say
	Lines int // rows of the table as its mark-up numbers them, headers counted or not; -1 when it does not
}

// size looks for it in the texts after a table and before the next one.
func (r *reader) size(s *sheet, all []*sheet) Size {
	to := len(r.order) + 1
	for _, o := range all {
		if at := r.order[o.first]; at > r.order[s.last] && !inside(o.first, s.last) {
			to = min(to, at)
		}
	}
	out := Size{Total: -1, Lines: s.lines}
	after := slices.DeleteFunc(slices.Clone(r.texts), func(p piece) bool { return p.inTable || p.at <= r.order[s.last] || p.at >= to })
	// A text stands before those it is made of: the whole of a pager's before its parts.
	slices.SortStableFunc(after, func(a, b piece) int { return a.at - b.at })
	for _, p := range after {
		if out.Total < 0 {
			out.Total = r.words.total(p.text)
		}
		if out.At == 0 {
			out.At, out.Last = r.words.figure(p.text)
		}
	}
	return out
}

// tally is what the pages of one list that were read say of its size, taken together.
type tally struct {
	total, last, lines int
	at                 map[int]bool
	changed            bool
}

func tallied(places []Place) tally {
	t := tally{total: -1, lines: -1, at: map[int]bool{}}
	for _, p := range places {
		if p.Total >= 0 {
			t.changed = t.changed || t.total >= 0 && t.total != p.Total
			t.total = max(t.total, p.Total)
		}
		if p.At > 0 {
			t.at[p.At] = true
		}
		t.last, t.lines = max(t.last, p.Last), max(t.lines, p.Lines)
	}
	return t
}

// judged says whether the rows read are all there are, as the pages say, or why there are more.
func (t tally) judged(rows int) (whole bool, why string) {
	switch {
	case t.changed:
		return false, "几页上说的总条数不一样，列表在这之间变了，请重新保存每一页"
	case t.total > rows:
		return false, fmt.Sprintf("页面说共 %d 条，只读到 %d 条；要读全，把每一页都保存下来一起读，或把每页条数调大", t.total, rows)
	case t.last > 0 && len(t.at) < t.last:
		return false, fmt.Sprintf("列表有 %d 页，只读了 %d 页；要读全，把每一页都保存下来一起读，或把每页条数调大", t.last, len(t.at))
	case t.lines > rows+1:
		return false, fmt.Sprintf("页面说有 %d 行，只显示了 %d 行", t.lines, rows)
	}
	return t.total == rows || t.last > 0 && t.total < 0, ""
}

// KeyOf is what tells a row of a table from others: its texts under the recipe's key; empty when one of them names nothing.
func KeyOf(key []string, row map[string]string) string {
	var out []string
	for _, header := range key {
		text := squeeze(row[header])
		if !strings.ContainsFunc(text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
			return ""
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}
