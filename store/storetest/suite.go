// Package storetest has the conformance suite that every listing.Store and listing.Blobs passes, and a store in memory
// for tests of what works on a store. Only tests import it.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
)

// Run puts a store through everything listing.Store promises. open returns a new, empty store; Run closes it.
func Run(t *testing.T, open func(t *testing.T) listing.Store) {
	t.Helper()
	for _, c := range []struct {
		name  string
		check func(*testing.T, listing.Store)
	}{
		{"records come back as they were put", comesBack},
		{"a missing record is not found", notFound},
		{"each visits in the order of IDs", inOrder},
		{"each sees what was there when it began", eachWhileChanging},
		{"a change sees its own writes", ownWrites},
		{"a failed change leaves nothing", allOrNothing},
		{"a panic leaves nothing and goes on", panics},
		{"a put that changes nothing leaves no entry", nothingChanged},
		{"every change is journalled", journalled},
		{"the journal is chained", chained},
		{"the journal answers queries", queried},
		{"an app's entries are found with it whatever the change names", sharedChange},
		{"unknown members are refused", unknownMembers},
		{"unusable keys are refused", unusableKeys},
		{"a done context stops everything", contextDone},
		{"readers and decoders end with their transaction", overAfterwards},
		{"writers take turns", turns},
		{"a view is consistent", consistentView},
		{"a closed store says so", closed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("Close: %v", err)
				}
			})
			c.check(t, s)
		})
	}
}

// sharedChange is one change of several apps that names none of them, like an import.
func sharedChange(t *testing.T, s listing.Store) {
	put(t, s, change("导入"), listing.App{ID: "a", Name: "示例督办"}, listing.App{ID: "b", Name: "示例巡查"}, listing.Unit{ID: listing.UnitID})
	for _, id := range []string{"a", "b"} {
		if found := entries(t, s, listing.JournalQuery{AppID: id}); len(found) != 1 || found[0].ID != id {
			t.Errorf("app %s: %+v", id, found)
		}
	}
}

func change(what string) listing.Change { return listing.Change{By: "联系人甲", What: what} }

func put(t *testing.T, s listing.Store, c listing.Change, recs ...listing.Record) {
	t.Helper()
	err := s.Change(t.Context(), c, func(w listing.Writer) error {
		for _, rec := range recs {
			if err := w.Put(rec); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("Change: %v", err)
	}
}

func load[T listing.Record](t *testing.T, s listing.Store, id string) (T, error) {
	t.Helper()
	var rec T
	err := s.View(t.Context(), func(r listing.Reader) (err error) {
		rec, err = listing.Load[T](r, id)
		return err
	})
	return rec, err
}

func entries(t *testing.T, s listing.Store, q listing.JournalQuery) []listing.JournalEntry {
	t.Helper()
	out, err := s.Journal(t.Context(), q)
	if err != nil {
		t.Fatalf("Journal: %v", err)
	}
	return out
}

func wantCode(t *testing.T, err error, want listing.Code) {
	t.Helper()
	if got := listing.CodeOf(err); got != want {
		t.Errorf("code %q, want %q (%v)", got, want, err)
	}
}

// hard is text that badly written stores change on the way.
const hard = "示例 <b>&\"'\u2028\n\t 𠮷 \x00 é"

func comesBack(t *testing.T, s listing.Store) {
	app := listing.App{ID: "a", Name: hard, Networks: []string{"政务外网", ""}, Attachments: map[string]listing.Attachment{"x": {Size: 1 << 60}}}
	put(t, s, change("新建"), app, listing.Unit{ID: listing.UnitID, Name: "示例市数据中心"})
	got, err := load[listing.App](t, s, "a")
	if err != nil || got.Name != hard || !slices.Equal(got.Networks, app.Networks) || got.Attachments["x"].Size != 1<<60 {
		t.Errorf("got %+v, %v", got, err)
	}
	if unit, err := load[listing.Unit](t, s, listing.UnitID); err != nil || unit.Name != "示例市数据中心" {
		t.Errorf("got %+v, %v", unit, err)
	}
}

func notFound(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a"})
	for _, id := range []string{"b", "", "a\x00", "A"} {
		_, err := load[listing.App](t, s, id)
		wantCode(t, err, listing.CodeNotFound)
	}
	_, err := load[listing.Vendor](t, s, "a")
	wantCode(t, err, listing.CodeNotFound)
	wantCode(t, s.Change(t.Context(), change("删除"), func(w listing.Writer) error {
		return w.Delete(listing.KindApp, "b")
	}), listing.CodeNotFound)
}

func inOrder(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "b"}, listing.App{ID: "中"}, listing.App{ID: "a"}, listing.App{ID: "a1"}, listing.Vendor{ID: "0"})
	err := s.View(t.Context(), func(r listing.Reader) error {
		apps, err := listing.All[listing.App](r)
		var ids []string
		for _, a := range apps {
			ids = append(ids, a.ID)
		}
		if want := []string{"a", "a1", "b", "中"}; !slices.Equal(ids, want) {
			t.Errorf("order %v, want %v", ids, want)
		}
		if cases, err := listing.All[listing.Case](r); err != nil || cases == nil || len(cases) != 0 {
			t.Errorf("no cases: %v, %v", cases, err)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	stop := errors.New("stop")
	seen := 0
	err = s.View(t.Context(), func(r listing.Reader) error {
		return r.Each(listing.KindApp, func(string, func(any) error) error { seen++; return stop })
	})
	if !errors.Is(err, stop) || seen != 1 {
		t.Errorf("stopped with %v after %d", err, seen)
	}
}

func eachWhileChanging(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a"}, listing.App{ID: "b"}, listing.App{ID: "c"})
	var seen []string
	err := s.Change(t.Context(), change("整理"), func(w listing.Writer) error {
		return w.Each(listing.KindApp, func(id string, _ func(any) error) error {
			seen = append(seen, id)
			if id == "a" {
				return errors.Join(w.Delete(listing.KindApp, "b"), w.Put(listing.App{ID: "d"}))
			}
			return nil
		})
	})
	if err != nil || !slices.Equal(seen, []string{"a", "c"}) {
		t.Errorf("saw %v, %v", seen, err)
	}
}

func ownWrites(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a", Name: "甲"})
	err := s.Change(t.Context(), change("修改"), func(w listing.Writer) error {
		if err := w.Put(listing.App{ID: "a", Name: "乙"}); err != nil {
			return err
		}
		app, err := listing.Load[listing.App](w, "a")
		if err != nil || app.Name != "乙" {
			t.Errorf("inside: %+v, %v", app, err)
		}
		if err := w.Delete(listing.KindApp, "a"); err != nil {
			return err
		}
		_, err = listing.Load[listing.App](w, "a")
		wantCode(t, err, listing.CodeNotFound)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = load[listing.App](t, s, "a")
	wantCode(t, err, listing.CodeNotFound)
}

func allOrNothing(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a", Name: "甲"})
	broken := errors.New("broken")
	err := s.Change(t.Context(), change("修改"), func(w listing.Writer) error {
		return errors.Join(w.Put(listing.App{ID: "a", Name: "乙"}), w.Put(listing.App{ID: "b"}), broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want the writer's", err)
	}
	if app, err := load[listing.App](t, s, "a"); err != nil || app.Name != "甲" {
		t.Errorf("got %+v, %v", app, err)
	}
	_, err = load[listing.App](t, s, "b")
	wantCode(t, err, listing.CodeNotFound)
	if got := entries(t, s, listing.JournalQuery{}); len(got) != 1 {
		t.Errorf("%d entries, want 1", len(got))
	}
}

func panics(t *testing.T, s listing.Store) {
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = s.Change(t.Context(), change("修改"), func(w listing.Writer) error {
			_ = w.Put(listing.App{ID: "a"})
			panic("the caller's own")
		})
	}()
	_, err := load[listing.App](t, s, "a")
	wantCode(t, err, listing.CodeNotFound)
	put(t, s, change("新建"), listing.App{ID: "b"})
}

func nothingChanged(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a", Name: "甲"})
	put(t, s, change("再存"), listing.App{ID: "a", Name: "甲"})
	put(t, s, change("空"))
	if got := entries(t, s, listing.JournalQuery{}); len(got) != 1 {
		t.Errorf("%d entries, want 1", len(got))
	}
}

func journalled(t *testing.T, s listing.Store) {
	c := listing.Change{By: "联系人甲", What: "登记", AppID: "a"}
	put(t, s, c, listing.Vendor{ID: "v", Name: "一"})
	put(t, s, c, listing.Vendor{ID: "v", Name: "二"})
	if err := s.Change(t.Context(), c, func(w listing.Writer) error { return w.Delete(listing.KindVendor, "v") }); err != nil {
		t.Fatal(err)
	}
	got := entries(t, s, listing.JournalQuery{})
	if len(got) != 3 {
		t.Fatalf("%d entries, want 3", len(got))
	}
	slices.Reverse(got)
	for i, e := range got {
		if e.Seq != uint64(i+1) || e.By != c.By || e.What != c.What || e.AppID != "a" || e.Kind != listing.KindVendor || e.ID != "v" {
			t.Errorf("entry %d: %+v", i, e)
		}
		if _, err := time.Parse(time.RFC3339, e.At); err != nil {
			t.Errorf("entry %d: %v", i, err)
		}
		if (e.Before == nil) != (i == 0) || (e.After == nil) != (i == 2) {
			t.Errorf("entry %d: before %s, after %s", i, e.Before, e.After)
		}
	}
	if string(got[0].After) != string(got[1].Before) || string(got[1].After) != string(got[2].Before) {
		t.Error("what was after is not what is before next")
	}
}

func chained(t *testing.T, s listing.Store) {
	for i := range 5 {
		put(t, s, change(hard), listing.App{ID: fmt.Sprint(i % 2), Name: fmt.Sprint(hard, i)})
	}
	got := entries(t, s, listing.JournalQuery{})
	slices.Reverse(got)
	head := journal.Head{}
	for _, e := range got {
		sealed, _, _, err := journal.Seal(head, e)
		if err != nil || sealed.SM3 != e.SM3 {
			t.Errorf("entry %d: SM3 %s, want %s, %v", e.Seq, e.SM3, sealed.SM3, err)
		}
		if head, err = journal.Follow(head, e); err != nil {
			t.Error(err)
		}
	}
}

func queried(t *testing.T, s listing.Store) {
	for i := 1; i <= 120; i++ {
		app := []string{"", "a", "ab", "b"}[i%4]
		put(t, s, listing.Change{By: "联系人甲", What: "修改", AppID: app}, listing.Unit{ID: listing.UnitID, Name: fmt.Sprint(i)})
	}
	for _, c := range []struct {
		name  string
		q     listing.JournalQuery
		first uint64
		n     int
	}{
		{"newest 100", listing.JournalQuery{}, 120, 100},
		{"some", listing.JournalQuery{Limit: 7}, 120, 7},
		{"all", listing.JournalQuery{Limit: 1000}, 120, 120},
		{"older", listing.JournalQuery{Before: 5}, 4, 4},
		{"oldest", listing.JournalQuery{Before: 1}, 0, 0},
		{"beyond", listing.JournalQuery{Before: 5000, Limit: 1}, 120, 1},
		{"app", listing.JournalQuery{AppID: "a"}, 117, 30},
		{"app whose ID starts alike", listing.JournalQuery{AppID: "ab", Limit: 2}, 118, 2},
		{"last app", listing.JournalQuery{AppID: "b", Before: 119}, 115, 29},
		{"older of an app", listing.JournalQuery{AppID: "a", Before: 117}, 113, 29},
		{"oldest of an app", listing.JournalQuery{AppID: "a", Before: 1}, 0, 0},
		{"no such app", listing.JournalQuery{AppID: "zzz"}, 0, 0},
		{"no such app either", listing.JournalQuery{AppID: "0"}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := entries(t, s, c.q)
			if got == nil || len(got) != c.n || (c.n > 0 && got[0].Seq != c.first) {
				t.Fatalf("%d entries from %v, want %d from %d", len(got), got[:min(1, len(got))], c.n, c.first)
			}
			for i := 1; i < len(got); i++ {
				if got[i].Seq >= got[i-1].Seq || (c.q.AppID != "" && got[i].AppID != c.q.AppID) {
					t.Errorf("entry %d after %d of app %q", got[i].Seq, got[i-1].Seq, got[i].AppID)
				}
			}
		})
	}
}

// narrow reads apps with a type that lacks most of their members.
type narrow struct {
	ID string `json:"id"`
}

func unknownMembers(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a", Name: "甲"})
	err := s.View(t.Context(), func(r listing.Reader) error {
		var n narrow
		return r.Get(listing.KindApp, "a", &n)
	})
	wantCode(t, err, listing.CodeDamaged)
}

// odd is a record of any kind and ID.
type odd struct {
	kind listing.RecordKind
	id   string
	Bad  any
}

func (o odd) RecordKind() listing.RecordKind { return o.kind }
func (o odd) RecordID() string               { return o.id }

func unusableKeys(t *testing.T, s listing.Store) {
	for _, rec := range []odd{
		{kind: "nonsense", id: "a"}, {kind: "", id: "a"}, {kind: listing.KindApp, id: ""},
		{kind: listing.KindApp, id: "a\x00b"}, {kind: listing.KindApp, id: "\xff"},
		{kind: listing.KindApp, id: string(make([]rune, 500))},
		{kind: listing.KindApp, id: "a", Bad: func() {}},
	} {
		err := s.Change(t.Context(), change("存"), func(w listing.Writer) error { return w.Put(rec) })
		wantCode(t, err, listing.CodeInternal)
	}
	err := s.Change(t.Context(), listing.Change{AppID: "a\x00"}, func(listing.Writer) error { return nil })
	wantCode(t, err, listing.CodeInternal)
	err = s.View(t.Context(), func(r listing.Reader) error { return r.Get("nonsense", "a", &odd{}) })
	wantCode(t, err, listing.CodeInternal)
}

func contextDone(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a"}, listing.App{ID: "b"})
	done, cancel := context.WithCancel(t.Context())
	cancel()
	wantCode(t, s.View(done, func(listing.Reader) error { return nil }), listing.CodeCanceled)
	wantCode(t, s.Change(done, change("存"), func(listing.Writer) error { return nil }), listing.CodeCanceled)
	_, err := s.Journal(done, listing.JournalQuery{})
	wantCode(t, err, listing.CodeCanceled)

	during, cancel := context.WithCancel(t.Context())
	err = s.Change(during, change("存"), func(w listing.Writer) error {
		defer cancel()
		return w.Put(listing.App{ID: "c"})
	})
	wantCode(t, err, listing.CodeCanceled)
	_, err = load[listing.App](t, s, "c")
	wantCode(t, err, listing.CodeNotFound)

	during, cancel = context.WithCancel(t.Context())
	err = s.View(during, func(r listing.Reader) error {
		return r.Each(listing.KindApp, func(string, func(any) error) error { cancel(); return nil })
	})
	wantCode(t, err, listing.CodeCanceled)
}

func overAfterwards(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a"})
	var kept listing.Reader
	var decode func(any) error
	err := s.View(t.Context(), func(r listing.Reader) error {
		kept = r
		return r.Each(listing.KindApp, func(_ string, d func(any) error) error { decode = d; return nil })
	})
	var app listing.App
	if err != nil || decode(&app) == nil || kept.Get(listing.KindApp, "a", &app) == nil {
		t.Error("reader or decoder still works after its transaction")
	}
	var late listing.Writer
	if err := s.Change(t.Context(), change("存"), func(w listing.Writer) error { late = w; return nil }); err != nil {
		t.Fatal(err)
	}
	if late.Put(listing.App{ID: "b"}) == nil {
		t.Error("writer still works after its transaction")
	}
}

func turns(t *testing.T, s listing.Store) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				err := s.Change(t.Context(), change("加一"), func(w listing.Writer) error {
					c, err := listing.Load[listing.PackageRecord](w, "n")
					if err != nil && listing.CodeOf(err) != listing.CodeNotFound {
						return err
					}
					c.ID = "n"
					c.Number++
					return w.Put(c)
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got, err := load[listing.PackageRecord](t, s, "n"); err != nil || got.Number != 20 {
		t.Errorf("counted to %d, want 20, %v", got.Number, err)
	}

	inside, leave := make(chan struct{}), make(chan struct{})
	all.Go(func() {
		_ = s.Change(t.Context(), change("慢"), func(listing.Writer) error { close(inside); <-leave; return nil })
	})
	<-inside
	soon, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	wantCode(t, s.Change(soon, change("等"), func(listing.Writer) error { return nil }), listing.CodeCanceled)
	close(leave)
	all.Wait()
}

func consistentView(t *testing.T, s listing.Store) {
	put(t, s, change("新建"), listing.App{ID: "a", Name: "甲"})
	done := make(chan struct{})
	err := s.View(t.Context(), func(r listing.Reader) error {
		go func() {
			defer close(done)
			err := s.Change(t.Context(), change("修改"), func(w listing.Writer) error {
				return w.Put(listing.App{ID: "a", Name: "乙"})
			})
			if err != nil {
				t.Error(err)
			}
		}()
		select { // a store may let the change wait for the view, but not the view for the change
		case <-done:
		case <-time.After(100 * time.Millisecond):
		}
		app, err := listing.Load[listing.App](r, "a")
		if app.Name != "甲" {
			t.Errorf("the view changed to %q", app.Name)
		}
		return err
	})
	<-done
	if app, after := load[listing.App](t, s, "a"); err != nil || after != nil || app.Name != "乙" {
		t.Errorf("afterwards %q, %v, %v", app.Name, err, after)
	}
}

func closed(t *testing.T, s listing.Store) {
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	wantCode(t, s.View(t.Context(), func(listing.Reader) error { return nil }), listing.CodeRefused)
	wantCode(t, s.Change(t.Context(), change("存"), func(listing.Writer) error { return nil }), listing.CodeRefused)
	_, err := s.Journal(t.Context(), listing.JournalQuery{})
	wantCode(t, err, listing.CodeRefused)
}
