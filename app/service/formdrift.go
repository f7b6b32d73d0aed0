package service

import (
	"cmp"
	"fmt"
	"slices"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// The kinds of drift of a form.
const (
	missingField   = "missing_field"
	ambiguousField = "ambiguous_field"
	movedField     = "moved_field"
)

// formDrift tells which fields of a form the page does not show as the recipe says. Without a form there is no recipe to
// compare with.
func (c *core) formDrift(id string, asks []fill.Ask, res fill.Result, picture string) []table.Drift {
	rules, err := c.recipeOf(id)
	if err != nil {
		return nil
	}
	form := rules.Form(id)
	if form == nil {
		return nil
	}
	var out []table.Drift
	for i, f := range res.Fields {
		if f.Lost == "" && len(f.LostCells) == 0 || i >= len(asks) {
			continue
		}
		field := form.Field(asks[i].Heading + ">" + asks[i].Label)
		if field == nil {
			field = form.Field(asks[i].Label)
		}
		if field == nil {
			continue
		}
		for _, d := range driftsOf(form, field, f, res.Seen) {
			d.Recipe, d.Picture = rules.ID+" "+d.Recipe, picture
			out = append(out, d)
		}
	}
	return out
}

func driftsOf(form *recipe.Form, field *recipe.Field, f fill.Field, seen []fill.Label) (out []table.Drift) {
	switch f.Lost {
	case fill.Several:
		return []table.Drift{underHeadings(form, field, table.Drift{Kind: ambiguousField, Message: fmt.Sprintf("“%s”：%s", field.Label, f.Message)}, seen, 2)}
	case fill.Moved:
		return []table.Drift{underHeadings(form, field, table.Drift{Kind: movedField, Message: fmt.Sprintf("“%s”不在“%s”下面", field.Label, field.Heading)}, seen, 1)}
	case fill.Absent:
		return []table.Drift{absentField(form, field.Label, fieldLine(form, field, "also"), "“"+form.Title+"”的页面上没有“"+field.Label+"”这一栏", seen)}
	}
	for _, cell := range f.LostCells {
		out = append(out, absentField(form, cell, fieldLine(form, field, "rows["+cell+"].also"), "“"+field.Label+"”的行里没有“"+cell+"”", seen))
	}
	return out
}

// fieldLine is the line of a recipe that holds a member of a field.
func fieldLine(form *recipe.Form, field *recipe.Field, member string) string {
	name := field.Label
	if first := form.Field(name); first != field {
		name = field.Heading + ">" + name
	}
	return fmt.Sprintf("forms[%s].fields[%s].%s", form.ID, name, member)
}

func absentField(form *recipe.Form, label, line, message string, seen []fill.Label) table.Drift {
	d := table.Drift{Kind: missingField, What: label, Seen: unclaimed(form, label, seen), Recipe: line, Message: message}
	if len(d.Seen) > 0 {
		d.Hint = "对照图片，选这一栏现在叫什么，改好规则后再办理一次"
	} else {
		d.Hint = "页面上没有别的栏目可选；请看打开的是不是这张表单，有没有还没展开的部分"
	}
	return d
}

// underHeadings completes what is said of a field that stands under other headings than one: the person chooses among
// them, where there are enough that no other field of the form claims.
func underHeadings(form *recipe.Form, field *recipe.Field, d table.Drift, seen []fill.Label, enough int) table.Drift {
	d.What, d.Seen, d.Recipe = field.Label, []string{}, fieldLine(form, field, "heading")
	d.Hint = "对照图片，选要填的那一栏在哪个标题下面，改好规则后再办理一次"
	for _, l := range seen {
		other := form.Field(l.Heading + ">" + l.Label)
		if named(field, l.Label) && l.Heading != "" && (other == nil || other == field) && !slices.Contains(d.Seen, l.Heading) {
			d.Seen = append(d.Seen, l.Heading)
		}
	}
	if len(d.Seen) < enough {
		d.Seen, d.Hint = []string{}, "这一栏上面没有能把它分清的标题；请在页面上自己填"
	}
	return d
}

// unclaimed are the labels of the page that nothing in the form has, those nearest to one that is lost first.
func unclaimed(form *recipe.Form, lost string, seen []fill.Label) []string {
	known := form.Labels()
	out := []string{}
	for _, l := range seen {
		claimed := slices.ContainsFunc(known, func(k string) bool { return plain(k) == plain(l.Label) })
		if !claimed && l.Label != "" && !slices.Contains(out, l.Label) {
			out = append(out, l.Label)
		}
	}
	apart := func(label string) float64 { return table.Apart(plain(label), plain(lost)) }
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(apart(a), apart(b)) })
	return out
}

func named(field *recipe.Field, label string) bool {
	return slices.ContainsFunc(field.Texts(), func(t string) bool { return plain(t) == plain(label) })
}

// labeled takes over what the recipe says now of where a frozen value belongs; the value stays.
func labeled(form *recipe.Form, a listing.ActionAsk) listing.ActionAsk {
	if form == nil {
		return a
	}
	var now *recipe.Field
	for i := range form.Fields {
		f := &form.Fields[i]
		same := f.Label == a.Label && f.Fact == a.Key
		if same && (now == nil || f.Heading == a.Heading) {
			now = f
		}
	}
	if now == nil {
		return a
	}
	a.Heading, a.Also = now.Heading, slices.Clone(now.Also)
	return a
}
