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
		if f.Lost == "" || i >= len(asks) {
			continue
		}
		field := form.Field(asks[i].Heading + ">" + asks[i].Label)
		if field == nil {
			field = form.Field(asks[i].Label)
		}
		if field == nil {
			continue
		}
		d := absentField(form, field, res.Seen)
		if f.Lost == fill.Several {
			d = severalFields(form, field, f.Message, res.Seen)
		}
		d.Recipe = rules.ID + " " + d.Recipe
		d.Picture = picture
		out = append(out, d)
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

func absentField(form *recipe.Form, field *recipe.Field, seen []fill.Label) table.Drift {
	d := table.Drift{Kind: missingField, What: field.Label, Seen: unclaimed(form, field, seen), Recipe: fieldLine(form, field, "also"),
		Message: fmt.Sprintf("“%s”的页面上没有“%s”这一栏", form.Title, field.Label)}
	if len(d.Seen) > 0 {
		d.Hint = "对照图片，选这一栏现在叫什么，改好规则后再办理一次"
	} else {
		d.Hint = "页面上没有别的栏目可选；请看打开的是不是这张表单，有没有还没展开的部分"
	}
	return d
}

func severalFields(form *recipe.Form, field *recipe.Field, why string, seen []fill.Label) table.Drift {
	d := table.Drift{Kind: ambiguousField, What: field.Label, Seen: []string{}, Recipe: fieldLine(form, field, "heading"),
		Message: fmt.Sprintf("“%s”：%s", field.Label, why), Hint: "对照图片，选要填的那一栏在哪个标题下面，改好规则后再办理一次"}
	for _, l := range seen {
		if named(field, l.Label) && l.Heading != "" && !slices.Contains(d.Seen, l.Heading) {
			d.Seen = append(d.Seen, l.Heading)
		}
	}
	if len(d.Seen) < 2 {
		d.Seen, d.Hint = []string{}, "这几栏上面没有不同的标题，程序分不清；这一栏请在页面上自己填"
	}
	return d
}

// unclaimed are the labels of the page that no other field of the form has, the nearest first.
func unclaimed(form *recipe.Form, field *recipe.Field, seen []fill.Label) []string {
	known := form.Labels()
	out := []string{}
	for _, l := range seen {
		claimed := slices.ContainsFunc(known, func(k string) bool { return plain(k) == plain(l.Label) })
		if !claimed && l.Label != "" && !slices.Contains(out, l.Label) {
			out = append(out, l.Label)
		}
	}
	apart := func(label string) float64 { return table.Apart(plain(label), plain(field.Label)) }
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
