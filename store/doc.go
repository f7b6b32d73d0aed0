// Package store keeps the records of package listing in one bbolt file, beside it the files people attach, and the
// snapshots to go back to. It is the only room that knows bbolt.
//
// A data folder looks like this:
//
//	shangjiatong.db       the database: records and journal
//	shangjiatong.id       the marker: says that a database belongs here, so that a lost one is never quietly replaced
//	blobs/ab/<sha256>     attached files by content, only ever added
//	snapshots/<id>.db     verified copies of the database, each with its manifest <id>.json
//	quarantine/<stamp>/   what a restore put aside, never deleted
//
// Create makes a store and refuses where one was; Open opens one and never makes one. Inside the database every value
// is an envelope (package record) with kind, schema and checksum; every change appends to the journal (package
// journal); older schemas are lifted by package migrate after a snapshot (package snapshot). All writing of files goes
// through package disk, which is also the seam for injecting faults.
//
// A damaged file can make bbolt panic in goroutines of its own. Open therefore looks at the header first and recovers;
// full verification of a doubtful file belongs into a child process: VerifyChild starts it, VerifyMain is what it runs.
package store
