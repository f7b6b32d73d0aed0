package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"shangjiatong/app/listing"
	"shangjiatong/store/disk"
	"shangjiatong/store/migrate"

	"go.etcd.io/bbolt"
)

// Report is what a full check of a database found. Its JSON is the output of `store verify --json`.
type Report struct {
	OK       bool                       `json:"ok"` // no problems
	File     string                     `json:"file"`
	Schema   int                        `json:"schema"`  // 0 when it cannot be read
	Records  map[listing.RecordKind]int `json:"records"` // sound records by kind
	Journal  int                        `json:"journal"` // sound journal entries
	Blobs    int                        `json:"blobs"`   // sound attached files
	Problems []Problem                  `json:"problems"`
}

// Problem is one thing wrong with a database.
type Problem struct {
	Code    string `json:"code"`  // see the Problem constants
	Where   string `json:"where"` // the record, entry, page or file concerned
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// The codes of problems.
const (
	ProblemFile    = "file"    // empty, foreign, truncated, or no database at all
	ProblemSchema  = "schema"  // written by a newer program
	ProblemPage    = "page"    // bbolt's own check objects
	ProblemRecord  = "record"  // a record's envelope or content is damaged
	ProblemJournal = "journal" // the journal's chain is broken, or does not fit the records
	ProblemBlob    = "blob"    // an attached file is missing or changed
	ProblemCrash   = "crash"   // the checking process itself broke down over the file
)

// maxProblems is how many problems of one code a report names; the last one says that there are more.
const maxProblems = 50

func newReport(path string) Report {
	return Report{File: path, Records: map[listing.RecordKind]int{}, Problems: []Problem{}}
}

// add notes a problem.
func (r *Report) add(code, where, hint, format string, args ...any) {
	n := 0
	for _, p := range r.Problems {
		if p.Code == code {
			n++
		}
	}
	switch {
	case n > maxProblems:
		return
	case n == maxProblems:
		where, hint, format, args = "", "", "同类问题还有更多，不再逐一列出", nil
	}
	r.Problems = append(r.Problems, Problem{Code: code, Where: where, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// addError notes a user-facing error as a problem.
func (r *Report) addError(code, where string, err error) {
	e := listing.AsError(err)
	r.add(code, where, e.Hint, "%s", e.Message)
}

// asError sums a report with problems up in one error: CodeDamaged.
func (r *Report) asError() error {
	first := r.Problems[0]
	err := listing.Failf(listing.CodeDamaged, wayOut, "数据文件 %s 校验发现 %d 处问题，首先是：%s", r.File, len(r.Problems), first.Message)
	return err.Because(fmt.Errorf("%s at %s", first.Code, first.Where))
}

// Verify checks a database completely: pages, envelopes, journal chain, that the journal and the records agree, and,
// for a database in its data folder, the attached files. It reads only. Damage is in the report; the error is for
// what kept it from looking: CodeNotFound, CodeLocked, CodeUnreadable, CodeCanceled.
// A badly damaged file can take the process down: use VerifyChild for a doubtful one.
func Verify(ctx context.Context, path string) (Report, error) {
	return verify(ctx, path, migrate.Current().Schema())
}

func verify(ctx context.Context, path string, known int) (Report, error) {
	rep := newReport(path)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return rep, listing.Failf(listing.CodeNotFound, "请核对路径或数据文件夹（--data）", "没有数据文件 %s", path).Because(err)
	}
	err := inspect(ctx, path)
	if err == nil {
		err = verifyOpen(ctx, path, known, &rep)
	}
	if listing.CodeOf(err) == listing.CodeDamaged {
		rep.addError(ProblemFile, path, err)
		err = nil
	}
	rep.OK = err == nil && len(rep.Problems) == 0
	return rep, err
}

// verifyOpen checks a file whose header is sound.
func verifyOpen(ctx context.Context, path string, known int, rep *Report) error {
	bolt, _, err := openBolt(path, access{readOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = closeBolt(bolt) }()
	var tx *bbolt.Tx
	err = guard(func() (err error) {
		tx, err = bolt.Begin(false)
		return err
	})
	if err != nil {
		return damagedFile(path, "无法读取", err)
	}
	defer func() { _ = guard(tx.Rollback) }()
	c := &checker{ctx: ctx, tx: tx, path: path, known: known, rep: rep}
	return c.run()
}

// Verify checks the open database completely by way of a copy; the copy is removed again. See the function Verify.
func (db *DB) Verify(ctx context.Context) (Report, error) {
	opts := db.opts
	temp, err := disk.WriteTemp(ctx, opts.FS, opts.Dir, DatabaseName, writerTo(ctx, source{db}))
	if err != nil {
		return Report{}, writeFailed(opts.Dir, err)
	}
	rep, err := opts.Check(ctx, temp)
	rep.File = db.Path()
	return rep, errors.Join(err, opts.FS.Remove(temp))
}
