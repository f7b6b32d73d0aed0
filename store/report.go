package store

import (
	"context"
	"io"

	"shangjiatong/app/listing"
)

// Report is what a full check of a database found. Its JSON is the output of `store verify --json`.
type Report struct {
	OK       bool                       `json:"ok"` // no problems
	File     string                     `json:"file"`
	Schema   int                        `json:"schema"`
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

// Verify checks a database completely: pages, envelopes, journal chain, that the journal and the records agree, and,
// for a database in its data folder, the attached files. It reads only. Damage is in the report; the error is for
// what kept it from looking: CodeNotFound, CodeLocked, CodeUnreadable, CodeCanceled.
// A badly damaged file can take the process down: use VerifyChild for a doubtful one.
func Verify(ctx context.Context, path string) (Report, error) { return Report{}, errNotYet() }

// VerifyMain is what the hidden command `store verify-child --file PATH` runs: it writes one childAnswer as JSON.
func VerifyMain(path string, w io.Writer) error { return errNotYet() }

// VerifyChild has the program exe check a database in a process of its own, so that a crash over a damaged page
// becomes a ProblemCrash instead of taking this process down. Errors as in Verify.
func VerifyChild(ctx context.Context, exe, path string) (Report, error) {
	return Report{}, errNotYet()
}

// ChildCheck returns a Check for Options that runs VerifyChild with exe.
func ChildCheck(exe string) func(ctx context.Context, path string) (Report, error) {
	return func(ctx context.Context, path string) (Report, error) { return VerifyChild(ctx, exe, path) }
}
