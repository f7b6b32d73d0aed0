package store

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"shangjiatong/app/listing"
	"shangjiatong/store/migrate"
	"shangjiatong/store/record"
	"shangjiatong/store/snapshot"
)

// app1 is the part of the app of schema 1 that the test's schema 2 changes, frozen as package migrate asks for.
type app1 struct {
	Name string `json:"name"`
}

// schema2 is a plan as a later release may have it: names of apps get brackets, units stay as they are.
func schema2(t *testing.T, then error) *migrate.Plan {
	t.Helper()
	plan, err := migrate.NewPlan(migrate.Step{To: 2, What: "应用名称加括号", Apply: func(tx migrate.Tx) error {
		if err := tx.Rewrite(listing.KindApp, bracketName); err != nil {
			return err
		}
		same := func(_ string, body json.RawMessage) (json.RawMessage, error) { return body, nil }
		return errors.Join(tx.Rewrite(listing.KindUnit, same), then)
	}})
	must(t, err)
	return plan
}

func bracketName(_ string, body json.RawMessage) (json.RawMessage, error) {
	var old app1
	if err := json.Unmarshal(body, &old); err != nil {
		return nil, err
	}
	var all map[string]any
	if err := json.Unmarshal(body, &all); err != nil {
		return nil, err
	}
	all["name"] = "【" + old.Name + "】"
	return record.Marshal(all)
}

func TestMigration(t *testing.T) {
	opts := made(t)
	opts.plan = schema2(t, nil)
	db, err := Open(t.Context(), opts)
	must(t, err)
	if got := nameOf(t, db, "a"); got != "【示例】" {
		t.Errorf("name %q", got)
	}
	rep, err := db.Verify(t.Context())
	if err != nil || !rep.OK || rep.Schema != 2 {
		t.Errorf("Verify: %+v, %v", rep, err)
	}
	entries, err := db.Journal(t.Context(), listing.JournalQuery{})
	must(t, err)
	if len(entries) != 4 || entries[0].ID != "schema" || string(entries[0].After) != `{"schema":2}` ||
		entries[1].Kind != listing.KindApp || entries[1].By != programName || !strings.Contains(entries[1].What, "加括号") {
		t.Errorf("journal %+v", entries)
	}
	all, err := db.Snapshots().List(t.Context())
	if err != nil || len(all) != 1 || all[0].Reason != snapshot.Migrate || all[0].Schema != 1 {
		t.Errorf("snapshots %+v, %v", all, err)
	}
	schemaOfUnit(t, db, 2)
	must(t, db.Close())

	again, err := Open(t.Context(), opts) // nothing left to do
	must(t, err)
	if got := nameOf(t, again, "a"); got != "【示例】" {
		t.Errorf("migrated twice: %q", got)
	}
	_, err = again.Snapshots().Restore(t.Context(), all[0].ID, "联系人甲") // a snapshot of the old schema is lifted too
	must(t, err)
	if got := nameOf(t, again, "a"); got != "【示例】" {
		t.Errorf("restored %q", got)
	}
	must(t, again.Close())

	opts.plan = nil // the old program
	_, err = Open(t.Context(), opts)
	wantError(t, err, listing.CodeDamaged, "数据格式 2，本程序最高支持 1")
}

func schemaOfUnit(t *testing.T, db *DB, want int) {
	t.Helper()
	must(t, db.view(t.Context(), func(tx *bbolt.Tx) error {
		raw := tx.Bucket(bucketRecords()).Bucket([]byte(listing.KindUnit)).Get([]byte(listing.UnitID))
		env, err := record.Decode(string(listing.KindUnit), listing.UnitID, raw)
		if env.Schema != want {
			t.Errorf("the unit has schema %d", env.Schema)
		}
		return err
	}))
}

func TestFailingMigrationChangesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		then error
		want listing.Code
	}{
		"a step fails":   {errors.New("broken"), listing.CodeInternal},
		"a step is told": {record.Damaged(listing.KindApp, "a", nil), listing.CodeDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			opts := made(t)
			opts.plan = schema2(t, c.then)
			before := fileSum(t, opts.Path())
			_, err := Open(t.Context(), opts)
			wantError(t, err, c.want, "由格式 1 升级到 2 没有成功")
			if fileSum(t, opts.Path()) != before {
				t.Error("the database changed")
			}
			all, err := List(t.Context(), opts)
			if err != nil || len(all) != 1 || all[0].Reason != snapshot.Migrate || all[0].Problem != "" {
				t.Errorf("snapshots %+v, %v", all, err)
			}
			if got := stateOf(t, opts.Dir); got != "示例" {
				t.Errorf("the old program reads %q", got)
			}
		})
	}
}

func TestMigrationOfADamagedRecordChangesNothing(t *testing.T) {
	opts := made(t)
	withBolt(t, opts.Path(), func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketRecords()).Bucket([]byte(listing.KindUnit)).Put([]byte(listing.UnitID), []byte("spoilt"))
	})
	before := fileSum(t, opts.Path())
	opts.plan = schema2(t, nil)
	_, err := Open(t.Context(), opts)
	wantError(t, err, listing.CodeDamaged, "单位“unit”")
	if fileSum(t, opts.Path()) != before {
		t.Error("the database changed")
	}
}

// TestRestoreOfAnOldSchemaThatCannotBeLifted: the store closes rather than writing new records into an old schema.
func TestRestoreOfAnOldSchemaThatCannotBeLifted(t *testing.T) {
	opts, id := restorable(t)
	opts.plan = schema2(t, nil)
	db, err := Open(t.Context(), opts)
	must(t, err)
	db.opts.plan = schema2(t, errors.New("broken"))
	_, err = db.Snapshots().Restore(t.Context(), id, "联系人甲")
	wantError(t, err, listing.CodeInternal, "由格式 1 升级到 2 没有成功")
	wantError(t, trySave(t.Context(), db, listing.App{ID: "a"}), listing.CodeRefused, "已经关闭")
	if got := stateOf(t, opts.Dir); got != "前" {
		t.Errorf("the old program reads %q", got)
	}
}
