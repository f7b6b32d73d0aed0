package service

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// What a finished flow makes of an app besides fields of the forms.
const (
	keyVersion = "app.released_version"
	keyRetired = "app.retired"
)

// former is what a finished case changed, as it was before. The journal knows it: the records stand there right after
// the entry that closed the case.
type former struct {
	caseID, appID string
	closed        bool
	found         bool
	app, unit     json.RawMessage // the records before; nil when they were not changed
}

// put stores the next state of a case. When that finishes the case, the facts it is about are changed with it; when it
// opens a finished one again, they are brought back. The sentences say what could not be.
func (s *Cases) put(w listing.Writer, run *running, before, next listing.Case, was former) ([]string, error) {
	if err := w.Put(next); err != nil {
		return nil, err
	}
	if (before.ClosedAt == "") == (next.ClosedAt == "") {
		return nil, nil
	}
	pinned := before
	if next.ClosedAt != "" {
		pinned = next
	}
	flow, err := run.flows.Flow(pinned.Flow, pinned.FlowVersion)
	if err != nil {
		return nil, err
	}
	shape := procedure.ShapeOf(run.dossier.App.Kind, run.settings.PortalUnhosted)
	effects := procedure.Effects(run.flows.plan(flow, shape), pinned)
	if next.ClosedAt != "" {
		return nil, s.bring(w, run.dossier, effects)
	}
	return s.takeBack(w, run.dossier, effects, was)
}

// bring changes what a finished case is about.
func (s *Cases) bring(w listing.Writer, d forms.Dossier, effects []procedure.Effect) error {
	a, u := d.App, d.Unit
	if err := s.follow(&a, &u, effects); err != nil {
		return err
	}
	return s.store(w, d, a, u)
}

// follow writes effects into an app and its unit.
func (c *core) follow(a *listing.App, u *listing.Unit, effects []procedure.Effect) error {
	for _, e := range effects {
		value := []FieldValue{{Key: e.Key, Values: []string{e.Value}}}
		var err error
		switch {
		case e.Key == keyVersion:
			a.ReleasedVersion = e.Value
		case e.Key == keyRetired:
			a.Retired = e.Value == listing.Yes
		case strings.HasPrefix(e.Key, "unit."):
			err = c.setFields(u, "unit.", value)
		default:
			err = c.setFields(a, "app.", value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// store puts an app and a unit that differ from what they were, the app first.
func (c *core) store(w listing.Writer, d forms.Dossier, a listing.App, u listing.Unit) error {
	if differ(d.App, a) {
		whole(&a)
		a.UpdatedAt = c.after(a.UpdatedAt)
		if err := w.Put(a); err != nil {
			return err
		}
	}
	if differ(d.Unit, u) {
		u.UpdatedAt = c.after(u.UpdatedAt)
		return w.Put(u)
	}
	return nil
}

func differ(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX != nil || errY != nil || !bytes.Equal(x, y)
}

// takeBack brings back what a case changed that is no longer finished. What was changed since stays, and is named.
func (s *Cases) takeBack(w listing.Writer, d forms.Dossier, effects []procedure.Effect, was former) ([]string, error) {
	if len(effects) == 0 {
		return nil, nil
	}
	if !was.found {
		return []string{"记录里找不到这个办件办结前的资料，它办结时的改动没有收回，请到“资料”里核对"}, nil
	}
	appBefore, unitBefore := d.App, d.Unit // not changed then
	for _, one := range []struct {
		raw  json.RawMessage
		into any
	}{{was.app, &appBefore}, {was.unit, &unitBefore}} {
		if one.raw == nil {
			continue
		}
		if err := renew(one.into, one.raw); err != nil {
			return nil, err
		}
	}
	appThen, unitThen := appBefore, unitBefore
	if err := s.follow(&appThen, &unitThen, effects); err != nil {
		return nil, err
	}
	a, u := d.App, d.Unit
	var notices []string
	for _, e := range effects {
		kept, err := s.restore(e.Key, [3]any{&a, appThen, appBefore}, [3]any{&u, unitThen, unitBefore})
		if err != nil {
			return nil, err
		}
		if kept {
			notices = append(notices, fmt.Sprintf("“%s”在办结之后又改过，保留现在的内容，请核对", s.labelOf(e)))
		}
	}
	return notices, s.store(w, d, a, u)
}

// restore brings back one field of a record unless it was changed since; each record is given as it is, as the case left
// it and as it was before. It reports whether the field was kept.
func (c *core) restore(key string, app, unit [3]any) (kept bool, err error) {
	records, path := app, strings.TrimPrefix(key, "app.")
	if rest, ok := strings.CutPrefix(key, "unit."); ok {
		records, path = unit, rest
	}
	var trees [3]map[string]any
	for i, rec := range records {
		body, err := json.Marshal(rec)
		if err == nil {
			err = json.Unmarshal(body, &trees[i])
		}
		if err != nil {
			return false, fmt.Errorf("bring back %s: %w", key, err)
		}
	}
	parts := strings.Split(path, ".")
	if differ(get(trees[0], parts), get(trees[1], parts)) {
		return differ(get(trees[0], parts), get(trees[2], parts)), nil
	}
	put(trees[0], parts, get(trees[2], parts))
	body, err := json.Marshal(trees[0])
	if err != nil {
		return false, fmt.Errorf("bring back %s: %w", key, err)
	}
	return false, renew(records[0], body)
}

// renew reads a record anew, so that what the text does not mention is empty.
func renew(record any, body []byte) error {
	switch rec := record.(type) {
	case *listing.App:
		*rec = listing.App{}
	case *listing.Unit:
		*rec = listing.Unit{}
	}
	if err := json.Unmarshal(body, record); err != nil {
		return fmt.Errorf("read a former record: %w", err)
	}
	return nil
}

func get(tree map[string]any, path []string) any {
	for len(path) > 1 {
		next, ok := tree[path[0]].(map[string]any)
		if !ok {
			return nil
		}
		tree, path = next, path[1:]
	}
	return tree[path[0]]
}

func (c *core) labelOf(e procedure.Effect) string {
	switch e.Key {
	case keyVersion:
		return "已发布版本"
	case keyRetired:
		return "已下线"
	}
	return c.wordOf(e.Key)
}

// recall looks up in the journal what the last closing of a case changed.
func (c *core) recall(ctx context.Context, was *former) error {
	store, err := c.Workplace.Store()
	if err != nil {
		return err
	}
	var seen []listing.JournalEntry // newest first
	for q := (listing.JournalQuery{AppID: was.appID, Limit: 200}); ; {
		page, err := store.Journal(ctx, q)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, e := range page {
			if e.Kind == listing.KindCase && e.ID == was.caseID && closing(e) {
				was.read(e, seen)
				return nil
			}
			seen = append(seen, e)
		}
		q.Before = page[len(page)-1].Seq
		seen = seen[max(0, len(seen)-2):] // a closing is followed by two entries at most that matter
	}
}

// closing reports whether an entry finished its case.
func closing(e listing.JournalEntry) bool {
	closed := func(raw json.RawMessage) bool {
		var k listing.Case
		return raw != nil && json.Unmarshal(raw, &k) == nil && k.ClosedAt != ""
	}
	return closed(e.After) && !closed(e.Before)
}

// read takes the records changed together with the closing of the case: the entries right after it, of the same deed.
func (f *former) read(closed listing.JournalEntry, seen []listing.JournalEntry) {
	f.found = true
	for i := len(seen) - 1; i >= 0; i-- {
		e := seen[i]
		if e.Seq != closed.Seq+uint64(len(seen)-i) || e.What != closed.What || e.At != closed.At {
			return
		}
		switch e.Kind {
		case listing.KindApp:
			f.app = e.Before
		case listing.KindUnit:
			f.unit = e.Before
		}
	}
}
