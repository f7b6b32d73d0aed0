package service

import (
	"context"

	"shangjiatong/app/listing"
	"shangjiatong/store"
	"shangjiatong/store/snapshot"
)

// Snapshots is what can be done with copies of the whole store.
type Snapshots struct{ *core }

// SnapshotView is one snapshot as the settings page shows it.
type SnapshotView struct {
	snapshot.Info
	ReasonWord string `json:"reason_word"`
}

// List returns all snapshots, newest first.
func (s *Snapshots) List(ctx context.Context) ([]SnapshotView, error) {
	return ListSnapshots(ctx, s.Workplace.options)
}

// ListSnapshots lists the snapshots of a data folder, newest first; its database need not open.
func ListSnapshots(ctx context.Context, options store.Options) ([]SnapshotView, error) {
	infos, err := store.List(ctx, options)
	if err != nil {
		return nil, err
	}
	out := []SnapshotView{}
	for _, i := range infos {
		out = append(out, snapshotView(i))
	}
	return out, nil
}

func snapshotView(i snapshot.Info) SnapshotView {
	return SnapshotView{Info: i, ReasonWord: i.Reason.Word()}
}

// Take makes a snapshot by hand; note may be empty.
func (s *Snapshots) Take(ctx context.Context, note string) (SnapshotView, error) {
	db, err := s.Workplace.open()
	if err != nil {
		return SnapshotView{}, err
	}
	info, err := db.Snapshots().Take(ctx, snapshot.Manual, note)
	return snapshotView(info), err
}

// Daily takes the snapshot of the day unless there is one already. It is called on the first start of a day.
func (s *Snapshots) Daily(ctx context.Context) error {
	db, err := s.Workplace.open()
	if listing.CodeOf(err) == listing.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	_, _, err = db.Snapshots().DailyIfDue(ctx, s.now())
	return err
}

// Restore goes back to a snapshot. The present state is kept as a snapshot and put into quarantine, never deleted. In a
// data folder that lost its database, the snapshot becomes the database.
func (s *Snapshots) Restore(ctx context.Context, id string) (store.Restored, error) {
	db, err := s.Workplace.open()
	if listing.CodeOf(err) == listing.CodeNotFound {
		return s.bringBack(ctx, id)
	}
	if err != nil {
		return store.Restored{}, err
	}
	by, err := s.operator(ctx)
	if err != nil {
		return store.Restored{}, err
	}
	return db.Snapshots().Restore(ctx, id, by)
}

func (s *Snapshots) bringBack(ctx context.Context, id string) (store.Restored, error) {
	restored, err := store.Restore(ctx, s.Workplace.options, id, "首次运行")
	if err != nil {
		return restored, err
	}
	return restored, s.Workplace.Open(ctx)
}

// Verify checks the whole store: pages, records, journal and files.
func (s *Snapshots) Verify(ctx context.Context) (store.Report, error) {
	db, err := s.Workplace.open()
	if err != nil {
		return store.Report{}, err
	}
	return db.Verify(ctx)
}
