package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"shangjiatong/app/listing"
	"shangjiatong/store/journal"
	"shangjiatong/store/migrate"
	"shangjiatong/store/record"
	"shangjiatong/store/snapshot"
)

// programName stands as 操作人 in the journal for what the program does by itself.
const programName = "上架通"

var _ migrate.Tx = (*writer)(nil)

// migrate lifts the database to the plan's schema: a snapshot, then everything in one transaction. Nobody else may be
// writing: the store is being opened, or the turn is held.
func (db *DB) migrate(ctx context.Context, meta metaRecord) error {
	before, err := db.Snapshots().Take(ctx, snapshot.Migrate, db.opts.plan.What(meta.Schema))
	if err != nil {
		return err
	}
	if err := db.runPlan(ctx, meta); err != nil {
		return listing.Failf(listing.CodeOf(err),
			fmt.Sprintf("数据没有改动，升级前的快照为 %s；请继续使用原来的版本，并把日志交给维护人员", before.ID),
			"数据文件 %s 由格式 %d 升级到 %d 没有成功", db.Path(), meta.Schema, db.opts.plan.Schema()).Because(err)
	}
	db.opts.Logger.Info("migrated", "from", meta.Schema, "to", db.opts.plan.Schema(), "snapshot", before.ID)
	return nil
}

func (db *DB) runPlan(ctx context.Context, meta metaRecord) error {
	defer db.gate.use()()
	tx, err := db.begin(true)
	if err != nil {
		return err
	}
	defer func() { _ = guard(tx.Rollback) }()
	w, err := db.newWriter(ctx, tx, listing.Change{By: programName, What: db.opts.plan.What(meta.Schema)})
	if err != nil {
		return err
	}
	if err := db.opts.plan.Run(meta.Schema, w); err != nil {
		return err
	}
	if err := w.lifted(meta, db.opts.plan.Schema()); err != nil {
		return err
	}
	return db.commit(w)
}

// Rewrite implements migrate.Tx.
func (w *writer) Rewrite(kind listing.RecordKind, convert func(string, json.RawMessage) (json.RawMessage, error)) error {
	ids, err := w.ids(kind)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := w.rewriteOne(kind, id, convert); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) rewriteOne(kind listing.RecordKind, id string,
	convert func(string, json.RawMessage) (json.RawMessage, error),
) error {
	before, err := w.body(kind, id)
	if err != nil {
		return err
	}
	converted, err := convert(id, bytes.Clone(before))
	if err != nil {
		return fmt.Errorf("convert %s %s: %w", kind, id, err)
	}
	after, err := record.Marshal(converted)
	if err != nil {
		return fmt.Errorf("convert %s %s: %w", kind, id, err)
	}
	if err := w.store(kind, id, after); err != nil || bytes.Equal(before, after) {
		return err
	}
	return w.append(kind, id, before, after)
}

// lifted notes the new schema in the meta record and in the journal.
func (w *writer) lifted(meta metaRecord, schema int) error {
	type at struct {
		Schema int `json:"schema"`
	}
	before, errBefore := record.Marshal(at{meta.Schema})
	after, errAfter := record.Marshal(at{schema})
	if err := errors.Join(errBefore, errAfter); err != nil {
		return err
	}
	meta.Schema = schema
	if err := guard(func() error { return putMeta(w.tx, meta) }); err != nil {
		return w.failed(err)
	}
	return w.append(journal.KindStore, "schema", before, after)
}
