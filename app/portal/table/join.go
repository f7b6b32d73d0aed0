package table

import (
	"maps"
	"slices"
	"strings"

	"shangjiatong/app/portal/recipe"
)

// Join puts together what was read from saved pages of one list, in their order: each table of a page keeps its part.
// Rows that an earlier page shows too count once. Whole and Incomplete say what the pages themselves tell of the size of
// the list; for one page too. The first page that differs from the recipe is returned as it is.
func Join(want []recipe.Table, pages ...Result) Result {
	for _, p := range pages {
		if len(p.Drift) > 0 {
			return p
		}
	}
	if len(pages) == 0 {
		return Result{Rows: []map[string]string{}, Drift: []Drift{}}
	}
	out := Result{Table: pages[0].Table, Rows: []map[string]string{}, Drift: []Drift{}, Links: []map[string][]string{}, Whole: true}
	for _, p := range pages {
		out.Pages += p.Pages
		out.Notes = append(out.Notes, p.Notes...)
	}
	for i, t := range want {
		one := joinedPart(t, i, pages)
		if len(want) > 1 {
			out.Parts = append(out.Parts, Part{t.Heading, len(out.Rows), len(one.Rows)})
		}
		out.Rows, out.Links, out.Places = append(out.Rows, one.Rows...), append(out.Links, one.Links...), append(out.Places, one.Places[0])
		out.Whole, out.Incomplete, out.Notes = out.Whole && one.Whole, out.Incomplete || one.Incomplete, append(out.Notes, one.Notes...)
	}
	return out
}

// joinedPart joins one of the tables of the pages.
func joinedPart(t recipe.Table, i int, pages []Result) Result {
	var out Result
	keys, seen := map[string]bool{}, map[string]bool{}
	twice := ""
	for _, p := range pages {
		from, to := 0, len(p.Rows)
		if i < len(p.Parts) {
			from, to = p.Parts[i].From, p.Parts[i].From+p.Parts[i].Rows
		}
		out.Places = append(out.Places, p.Places[i])
		before := len(out.Rows)
		for n := from; n < to; n++ {
			row := p.Rows[n]
			if seen[textOf(row)] {
				continue
			}
			if key := KeyOf(t.Key, row); keys[key] && key != "" {
				twice = row[t.Key[0]]
			}
			out.Rows, out.Links = append(out.Rows, row), append(out.Links, p.Links[n])
		}
		for _, row := range out.Rows[before:] {
			keys[KeyOf(t.Key, row)], seen[textOf(row)] = true, true
		}
	}
	var why string
	if out.Whole, why = tallied(out.Places).judged(len(out.Rows)); why == "" && twice != "" {
		why = "“" + twice + "”在两页上不一样，列表在这之间变了，请重新保存每一页"
	}
	if why != "" {
		out.Whole, out.Incomplete, out.Notes = false, true, []string{"“" + t.Title + "”：" + why}
	}
	return out
}

// textOf is all that a row says, in one text.
func textOf(row map[string]string) string {
	var b strings.Builder
	for _, header := range slices.Sorted(maps.Keys(row)) {
		b.WriteString(header + "\x00" + row[header] + "\x00")
	}
	return b.String()
}
