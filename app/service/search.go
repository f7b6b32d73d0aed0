package service

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// Search finds apps, tasks, rules, fields and journal entries by any part of their words.
type Search struct{ *core }

// Hit is one thing found. Which of the members are set says where it leads.
type Hit struct {
	Kind     string `json:"kind"` // app, task, rule, field or journal
	KindWord string `json:"kind_word"`
	Title    string `json:"title"`
	Note     string `json:"note"`
	AppID    string `json:"app_id"`
	Task     string `json:"task"`
	Rule     string `json:"rule"`
	Field    string `json:"field"`
	Seq      uint64 `json:"seq"`
}

// The search looks at so many of the newest journal entries and returns so many hits of each kind.
const (
	searchedEntries = 2000
	hitsPerKind     = 8
)

// Find returns what holds every word of the query; words are separated by spaces, and Chinese needs none between its
// characters since any part of a text counts.
func (s *Search) Find(ctx context.Context, query string) ([]Hit, error) {
	words := strings.Fields(fold(query))
	if len(words) == 0 {
		return []Hit{}, nil
	}
	f := &finder{core: s.core, words: words, hits: map[string][]Hit{}}
	if err := s.view(ctx, f.apps); err != nil {
		return nil, err
	}
	f.rulesAndFields()
	if err := f.journal(ctx); err != nil {
		return nil, err
	}
	out := []Hit{}
	for _, kind := range []string{"app", "task", "rule", "field", "journal"} {
		out = append(out, f.hits[kind]...)
	}
	return out, nil
}

// fold makes texts comparable: plain width, small letters.
func fold(s string) string { return strings.ToLower(width.Fold.String(s)) }

type finder struct {
	*core
	words []string
	hits  map[string][]Hit
}

// offer takes a hit when every word of the query is somewhere in its texts, and says whether more are wanted.
func (f *finder) offer(h Hit, texts ...string) bool {
	if len(f.hits[h.Kind]) >= hitsPerKind {
		return false
	}
	all := fold(h.Title + " " + h.Note + " " + strings.Join(texts, " "))
	for _, w := range f.words {
		if !strings.Contains(all, w) {
			return true
		}
	}
	f.hits[h.Kind] = append(f.hits[h.Kind], h)
	return true
}

func (f *finder) apps(r listing.Reader) error {
	all, err := f.loadAll(r)
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b *running) int { return strings.Compare(a.dossier.App.Name, b.dossier.App.Name) })
	for _, run := range all {
		a := run.dossier.App
		vendor := ""
		if run.dossier.Vendor != nil {
			vendor = run.dossier.Vendor.Name
		}
		f.offer(Hit{Kind: "app", KindWord: "应用", Title: a.Name, Note: string(a.Kind) + " " + a.Identifier, AppID: a.ID}, vendor, a.ResponsibleName)
		for _, t := range run.state.Plan.Tasks() {
			f.offer(Hit{Kind: "task", KindWord: "事项", Title: t.ID + " " + t.Title, Note: a.Name + " " + run.state.Status(t.ID).Word(),
				AppID: a.ID, Task: t.ID})
		}
	}
	return nil
}

func (f *finder) rulesAndFields() {
	for _, r := range f.rules.Rules() {
		f.offer(Hit{Kind: "rule", KindWord: "规则", Title: r.ID + " " + r.Title, Note: r.Why, Rule: r.ID}, r.Fix)
	}
	for _, field := range f.forms.Fields {
		if forms.AppKey(field.Key) != "" {
			f.offer(Hit{Kind: "field", KindWord: "字段", Title: field.Label, Note: field.Help, Field: field.Key})
		}
	}
}

func (f *finder) journal(ctx context.Context) error {
	store, err := f.Workplace.Store()
	if err != nil {
		return err
	}
	entries, err := store.Journal(ctx, listing.JournalQuery{Limit: searchedEntries})
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !f.offer(Hit{Kind: "journal", KindWord: "记录", Title: e.What, Note: e.By + " " + e.At, AppID: e.AppID, Seq: e.Seq}) {
			return nil
		}
	}
	return nil
}
