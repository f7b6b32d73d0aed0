package portaltest

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
)

// dice makes the choices of a seed. The same seed and subject always give the same choices.
type dice struct{ *rand.Rand }

func newDice(seed int64, subject string) dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(subject))
	return dice{rand.New(rand.NewPCG(uint64(seed), h.Sum64()))}
}

func (d dice) one(of ...string) string { return of[d.IntN(len(of))] }

func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// name is a class or ID as build tools make them: it says nothing.
func (d dice) name() string {
	return d.one("x", "css-", "_", "sc-", "m") + strconv.FormatInt(100000+d.Int64N(90000000), 36)
}

// mark is a label as pages show it: with a star, a colon, wide brackets, a space between two characters.
func (d dice) mark(label string) string {
	if d.chance(50) {
		label = strings.NewReplacer("(", "（", ")", "）").Replace(label)
	}
	if runes := []rune(label); len(runes) == 2 && d.chance(15) {
		label = string(runes[0]) + " " + string(runes[1])
	}
	switch d.IntN(7) {
	case 0:
		return label + "："
	case 1:
		return label + " :"
	case 2:
		return "* " + label
	case 3:
		return label + "*"
	case 4:
		return label + "\u00a0"
	}
	return label
}

// look of a page by seed; the query has the last word.
func look(d dice, q url.Values) Look {
	l := Look{
		Class: d.name(), Body: d.name(), Depth: 1 + d.IntN(5), Heading: d.one("h3", "h4", "div", "legend", "p"),
		Labels: d.one("right", "left", "top"), Border: d.chance(50), Split: d.chance(50), Sticky: q.Get("sticky") == "1",
	}
	if zoom, err := strconv.ParseFloat(q.Get("zoom"), 64); err == nil {
		l.Zoom = zoom
	}
	if q.Has("split") {
		l.Split = q.Get("split") == "1"
	}
	l.Hostile = q["hostile"]
	return l
}

// button gives a button its seeded class.
func (d dice) button(text, look, do string) Button {
	return Button{Text: text, Look: look, Do: do, Class: fmt.Sprintf("b-%s", d.name())}
}

// dress gives the fields of a form their IDs, keys, marks and, inside each group, their order.
func (d dice) dress(f *Form) {
	count := map[string]int{}
	ids := map[string]string{}
	f.each(func(_ *Group, x *Field) {
		count[x.Label]++
		x.ID = "f" + strconv.FormatInt(d.Int64N(1<<40), 36)
		ids[x.Label] = x.ID
	})
	f.each(func(g *Group, x *Field) {
		x.Key = x.Label
		if count[x.Label] > 1 && g.Heading != "" {
			x.Key = g.Heading + ">" + x.Label
		}
		x.Shown = d.mark(x.Label)
		x.Help = d.chance(15)
		if x.When != nil {
			x.When.ID = ids[x.When.Label]
		}
		for i := range x.Cells {
			c := &x.Cells[i]
			c.ID, c.Shown, c.Kind = "c"+strconv.FormatInt(d.Int64N(1<<40), 36), d.mark(c.Label), Text
		}
	})
	for i := range f.Steps {
		for j := range f.Steps[i].Groups {
			fields := f.Steps[i].Groups[j].Fields
			d.Shuffle(len(fields), func(a, b int) { fields[a], fields[b] = fields[b], fields[a] })
		}
	}
}

// each calls do for every field of the form.
func (f *Form) each(do func(*Group, *Field)) {
	for i := range f.Steps {
		for j := range f.Steps[i].Groups {
			g := &f.Steps[i].Groups[j]
			for k := range g.Fields {
				do(g, &g.Fields[k])
			}
		}
	}
}
