// Package snapshot keeps the ring of verified copies of a database.
//
// A snapshot is written to a temporary file, synced, verified, and only then named; its manifest (Info) follows the
// same way, so a manifest always stands for a whole file. When a snapshot is safe, the oldest ones of the same reason
// make room (Reason.Keep), manifest first. A copy without a manifest, or of another size than its manifest says, is
// listed with a Problem and never removed.
//
// The package knows nothing of bbolt: a Source writes the copy and checks it.
package snapshot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"shangjiatong/store/disk"
	"shangjiatong/store/record"
)

// The file name endings of a snapshot and of its manifest.
const (
	dataEnding     = ".db"
	manifestEnding = ".json"
)

// stampLayout makes IDs that sort by time.
const stampLayout = "20060102-150405"

// maxTries is how many snapshots of one reason may be taken within a second.
const maxTries = 100

// maxManifest is the largest manifest that is read, in bytes.
const maxManifest = 1 << 16

// ErrNone says that there is no snapshot of an ID.
var ErrNone = errors.New("no such snapshot")

// Source is the database a ring takes snapshots of.
type Source interface {
	// WriteTo writes a consistent copy.
	WriteTo(ctx context.Context, w io.Writer) error
	// Check verifies a copy completely.
	Check(ctx context.Context, path string) (Summary, error)
}

// Ring is the folder with the snapshots of one database.
type Ring struct {
	Dir   string
	FS    disk.FS
	Clock func() time.Time
}

// Take makes, verifies and names a snapshot. On failure nothing new is left in the folder.
func (r Ring) Take(ctx context.Context, from Source, why Reason, note string) (Info, error) {
	info := Info{At: r.Clock().Format(time.RFC3339), Reason: why, Note: note}
	if err := r.FS.MkdirAll(r.Dir); err != nil {
		return Info{}, fmt.Errorf("make folder: %w", err)
	}
	temp, err := r.copy(ctx, from, &info)
	if err != nil {
		return Info{}, err
	}
	if err := r.name(temp, &info); err != nil {
		return Info{}, err
	}
	if err := r.describe(ctx, info); err != nil {
		return Info{}, errors.Join(err, r.removeIfThere(r.manifest(info.ID)), r.FS.Remove(r.Path(info.ID)))
	}
	return info, r.makeRoom(why)
}

// copy writes and checks a temporary copy and fills in what is known of it.
func (r Ring) copy(ctx context.Context, from Source, info *Info) (string, error) {
	sha, sm := sha256.New(), sm3.New()
	size := counter(0)
	temp, err := disk.WriteTemp(ctx, r.FS, r.Dir, "snapshot", func(w io.Writer) error {
		return from.WriteTo(ctx, io.MultiWriter(w, sha, sm, &size))
	})
	if err != nil {
		return "", fmt.Errorf("copy: %w", err)
	}
	sum, err := from.Check(ctx, temp)
	if err != nil {
		return "", errors.Join(fmt.Errorf("check of the copy: %w", err), r.FS.Remove(temp))
	}
	info.Size, info.SHA256, info.SM3 = int64(size), hex.EncodeToString(sha.Sum(nil)), hex.EncodeToString(sm.Sum(nil))
	info.Schema, info.Records, info.Journal = sum.Schema, sum.Records, sum.Journal
	return temp, nil
}

// name gives a checked copy a free ID.
func (r Ring) name(temp string, info *Info) error {
	at, err := time.Parse(time.RFC3339, info.At)
	if err != nil {
		return fmt.Errorf("clock: %w", err)
	}
	base := at.Format(stampLayout) + "-" + string(info.Reason)
	for n := 1; ; n++ {
		info.ID = base
		if n > 1 {
			info.ID = fmt.Sprintf("%s-%d", base, n)
		}
		err := r.FS.RenameNew(temp, r.Path(info.ID))
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) || n == maxTries {
			return errors.Join(fmt.Errorf("name the copy: %w", err), r.FS.Remove(temp))
		}
	}
	if err := r.FS.SyncDir(r.Dir); err != nil {
		return errors.Join(fmt.Errorf("sync folder: %w", err), r.FS.Remove(r.Path(info.ID)))
	}
	return nil
}

func (r Ring) describe(ctx context.Context, info Info) error {
	raw, err := record.Marshal(info)
	if err != nil {
		return err
	}
	return disk.Write(ctx, r.FS, r.manifest(info.ID), func(w io.Writer) error {
		_, err := w.Write(append(raw, '\n'))
		return err
	})
}

// makeRoom removes the oldest sound snapshots of a reason beyond Keep.
func (r Ring) makeRoom(why Reason) error {
	if why.Keep() == 0 {
		return nil
	}
	all, err := r.List()
	if err != nil {
		return err
	}
	kept := 0
	for _, info := range all {
		if info.Reason != why || info.Problem != "" {
			continue
		}
		if kept++; kept <= why.Keep() {
			continue
		}
		if err := errors.Join(r.FS.Remove(r.manifest(info.ID)), r.FS.Remove(r.Path(info.ID))); err != nil {
			return fmt.Errorf("make room: %w", err)
		}
	}
	return nil
}

func (r Ring) removeIfThere(name string) error {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return r.FS.Remove(name)
}

// List returns all snapshots, newest first.
func (r Ring) List() ([]Info, error) {
	entries, err := os.ReadDir(r.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return []Info{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read folder: %w", err)
	}
	out := []Info{}
	for _, id := range ids(entries) {
		out = append(out, r.read(id))
	}
	slices.SortFunc(out, func(a, b Info) int { return strings.Compare(b.ID, a.ID) })
	return out, nil
}

// ids returns each ID that has a copy or a manifest once.
func ids(entries []fs.DirEntry) []string {
	var out []string
	for _, e := range entries {
		ending := filepath.Ext(e.Name())
		if e.IsDir() || (ending != dataEnding && ending != manifestEnding) {
			continue
		}
		if id := strings.TrimSuffix(e.Name(), ending); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// read returns the manifest of an ID, with the Problem it has.
func (r Ring) read(id string) Info {
	info, err := r.readManifest(id)
	file, statErr := os.Stat(r.Path(id))
	switch {
	case statErr != nil:
		info.Problem = "快照文件不见了"
	case errors.Is(err, fs.ErrNotExist):
		info.Problem = "缺少清单文件，恢复前将重新校验"
	case err != nil:
		info.Problem = "清单文件已损坏，恢复前将重新校验"
	case file.Size() != info.Size:
		info.Problem = "文件大小与清单不符，可能已损坏"
	}
	if err != nil && statErr == nil {
		info.At, info.Size = file.ModTime().Format(time.RFC3339), file.Size()
	}
	return info
}

func (r Ring) readManifest(id string) (Info, error) {
	none := Info{ID: id}
	f, err := os.Open(r.manifest(id))
	if err != nil {
		return none, err
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxManifest))
	if err := errors.Join(err, f.Close()); err != nil {
		return none, err
	}
	info, err := ParseInfo(raw)
	if err != nil || info.ID != id {
		return none, errors.Join(errors.New("manifest of something else"), err)
	}
	return info, nil
}

// ParseInfo reads a manifest. It refuses members it does not know, sizes below zero and times that are none.
func ParseInfo(raw []byte) (Info, error) {
	var info Info
	if err := record.Unmarshal(raw, &info); err != nil {
		return Info{}, err
	}
	if _, err := time.Parse(time.RFC3339, info.At); err != nil {
		return Info{}, fmt.Errorf("time: %w", err)
	}
	if info.ID == "" || info.Size < 0 || info.Problem != "" {
		return Info{}, errors.New("no manifest of a snapshot")
	}
	return info, nil
}

// Get returns one snapshot; ErrNone when there is no such copy.
func (r Ring) Get(id string) (Info, error) {
	all, err := r.List()
	if err != nil {
		return Info{}, err
	}
	for _, info := range all {
		if info.ID != id {
			continue
		}
		if _, err := os.Stat(r.Path(id)); err == nil {
			return info, nil
		}
	}
	return Info{}, ErrNone
}

// DailyDue reports whether there is no sound daily snapshot of now's date yet.
func (r Ring) DailyDue(now time.Time) (bool, error) {
	all, err := r.List()
	if err != nil {
		return false, err
	}
	today := now.Format(time.DateOnly)
	for _, info := range all {
		at, err := time.Parse(time.RFC3339, info.At)
		if err == nil && info.Reason == Daily && info.Problem == "" && at.In(now.Location()).Format(time.DateOnly) == today {
			return false, nil
		}
	}
	return true, nil
}

// Path returns where the copy of an ID lies.
func (r Ring) Path(id string) string { return filepath.Join(r.Dir, id+dataEnding) }

func (r Ring) manifest(id string) string { return filepath.Join(r.Dir, id+manifestEnding) }

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
