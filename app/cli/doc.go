// Package cli is the program's command line: the same services as the window, in words for a terminal and, with
// --json, in a stable shape for scripts.
//
// commands.go holds the tree of commands; each other file holds the commands of one subject. A command prints either
// text or one JSON value, and returns an error that listing.ExitCode turns into the exit code: 0 fine, 1 findings or
// a refused act, 2 wrong use, 3 something missing on the machine, 4 a damaged or locked store.
package cli
