package report

import (
	"slices"
)

// Load is what waits for one group.
type Load struct {
	ID       string     `json:"id"`
	Word     string     `json:"word"`
	Count    int        `json:"count"`
	Apps     int        `json:"apps"`
	Overdue  int        `json:"overdue"`
	Longest  int        `json:"longest"` // working days the oldest item has waited
	Median   int        `json:"median"`  // working days; the upper one of two
	Returned int        `json:"returned"`
	Items    []TodoItem `json:"items"` // what has waited longest first
}

// ByParty sums up what waits for whom and for how long, one Load for every group in the order of Groups, also empty
// ones. What cannot be begun yet is left out: nobody is waited for there.
func ByParty(in Input) ([]Load, error) {
	items, err := Todo(in, Filter{})
	if err != nil {
		return nil, err
	}
	return loads(items)
}

func loads(items []TodoItem) ([]Load, error) {
	all, err := groups()
	if err != nil {
		return nil, err
	}
	out := make([]Load, 0, len(all))
	for _, g := range all {
		l := Load{ID: g.ID, Word: g.Word, Items: []TodoItem{}}
		for _, i := range items {
			if i.Party == g.ID && i.NotBefore == "" {
				l.Items = append(l.Items, i)
			}
		}
		l.sum()
		out = append(out, l)
	}
	return out, nil
}

func (l *Load) sum() {
	slices.SortStableFunc(l.Items, func(a, b TodoItem) int { return b.Days - a.Days })
	l.Count = len(l.Items)
	apps := map[string]bool{}
	for _, i := range l.Items {
		apps[i.AppID] = true
		if i.Overdue {
			l.Overdue++
		}
		if i.Kind == KindAct && i.Status == "returned" {
			l.Returned++
		}
	}
	l.Apps = len(apps)
	if l.Count > 0 {
		l.Longest, l.Median = l.Items[0].Days, l.Items[(l.Count-1)/2].Days
	}
}
