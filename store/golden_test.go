package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/store/migrate"
	"shangjiatong/store/record"
)

// goldenVariable, when set, makes TestGolden write the golden database of the current schema anew. That is right only
// before a schema was ever released; afterwards the files of testdata/golden never change.
const goldenVariable = "SHANGJIATONG_WRITE_GOLDEN"

// goldenRecords is one record of every kind, each of its members filled.
func goldenRecords(t *testing.T) []listing.Record {
	t.Helper()
	out := []listing.Record{
		filled[listing.Unit](), filled[listing.Settings](), filled[listing.Vendor](),
		filled[listing.App](), filled[listing.Case](), filled[listing.PackageRecord](),
		filled[listing.FlowFile](), filled[listing.CalendarYear](), filled[listing.SavedView](), filled[listing.ChecklistNote](), filled[listing.TrackingFacts](),
	}
	if len(out) != len(listing.RecordKinds()) {
		t.Fatalf("%d records for %d kinds", len(out), len(listing.RecordKinds()))
	}
	return out
}

func filled[T any]() T {
	var v T
	fill(reflect.ValueOf(&v).Elem(), strings.ToLower(reflect.TypeFor[T]().Name()))
	return v
}

// fill gives every member of v a value that says where it stands.
func fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(name)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(len(name)))
	case reflect.Float64:
		v.SetFloat(float64(len(name)) / 2)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), fmt.Sprintf("%s.%d", name, i))
		}
	case reflect.Map:
		one := reflect.New(v.Type().Elem()).Elem()
		fill(one, name+".value")
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(name+".key").Convert(v.Type().Key()), one)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), name+"."+v.Type().Field(i).Name)
		}
	default:
		panic("no filling for " + v.Type().String())
	}
}

func goldenPath(schema int) string {
	return filepath.Join("testdata", "golden", fmt.Sprintf("schema%d.db", schema))
}

func writeGolden(t *testing.T) {
	t.Helper()
	opts, now := testOptions(t), testNow()
	opts.Clock = func() time.Time { return now }
	db := create(t, opts)
	for _, rec := range goldenRecords(t) {
		now = now.Add(time.Minute)
		save(t, db, rec)
	}
	must(t, db.Change(t.Context(), listing.Change{By: "联系人甲", What: "删除", AppID: "app.ID"}, func(w listing.Writer) error {
		if err := w.Put(listing.App{ID: "gone", Name: "<&>"}); err != nil {
			return err
		}
		return w.Delete(listing.KindApp, "gone")
	}))
	var raw bytes.Buffer
	must(t, source{db}.WriteTo(t.Context(), &raw))
	must(t, os.MkdirAll(filepath.Dir(goldenPath(1)), 0o755))
	must(t, os.WriteFile(goldenPath(migrate.Current().Schema()), raw.Bytes(), 0o644))
}

// goldenKinds is how many kinds of records there were when the golden databases were written; kinds that came later are
// not in them.
const goldenKinds = 10

// TestGolden opens the golden database of every schema there was and reads all of it with the types of today. When it
// fails because a member was renamed, removed or changed its type, the schema has to change: see package migrate.
func TestGolden(t *testing.T) {
	if os.Getenv(goldenVariable) != "" {
		writeGolden(t)
	}
	for schema := migrate.First; schema <= migrate.Current().Schema(); schema++ {
		t.Run(fmt.Sprintf("schema %d", schema), func(t *testing.T) {
			opts := testOptions(t)
			raw, err := os.ReadFile(goldenPath(schema))
			must(t, err)
			must(t, os.WriteFile(opts.Path(), raw, 0o600))
			db, err := Open(t.Context(), opts)
			must(t, err)
			defer func() { must(t, db.Close()) }()
			if rep, err := db.Verify(t.Context()); err != nil || !rep.OK || len(rep.Records) != goldenKinds {
				t.Errorf("Verify: %+v, %v", rep, err)
			}
			must(t, db.View(t.Context(), func(r listing.Reader) error {
				readsWhole[listing.Unit](t, r)
				readsWhole[listing.Settings](t, r)
				readsWhole[listing.Vendor](t, r)
				readsWhole[listing.App](t, r)
				readsWhole[listing.Case](t, r)
				readsWhole[listing.PackageRecord](t, r)
				readsWhole[listing.FlowFile](t, r)
				readsWhole[listing.CalendarYear](t, r)
				readsWhole[listing.SavedView](t, r)
				readsWhole[listing.ChecklistNote](t, r)
				return nil
			}))
			entries, err := db.Journal(t.Context(), listing.JournalQuery{})
			if err != nil || len(entries) != goldenKinds+2 || entries[0].After != nil {
				t.Errorf("journal %+v, %v", entries, err)
			}
		})
	}
}

// readsWhole reads the one record of a kind and compares every member that was stored with what came out.
func readsWhole[T listing.Record](t *testing.T, r listing.Reader) {
	t.Helper()
	all, err := listing.All[T](r)
	if err != nil || len(all) != 1 {
		t.Errorf("%T: %d records, %v", *new(T), len(all), err)
		return
	}
	var stored, read any
	var raw json.RawMessage
	must(t, r.Get(all[0].RecordKind(), all[0].RecordID(), &raw))
	again, err := record.Marshal(all[0])
	must(t, err)
	must(t, json.Unmarshal(raw, &stored))
	must(t, json.Unmarshal(again, &read))
	contains(t, string(all[0].RecordKind()), read, stored)
}

// contains reports every part of want that have does not have.
func contains(t *testing.T, where string, have, want any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		members, _ := have.(map[string]any)
		for name, value := range want {
			contains(t, where+"."+name, members[name], value)
		}
	case []any:
		parts, _ := have.([]any)
		if len(parts) != len(want) {
			t.Errorf("%s: %d parts, want %d", where, len(parts), len(want))
			return
		}
		for i, value := range want {
			contains(t, fmt.Sprintf("%s.%d", where, i), parts[i], value)
		}
	default:
		if have != want {
			t.Errorf("%s: %v, want %v", where, have, want)
		}
	}
}
