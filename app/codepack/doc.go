// Package codepack opens the code of an application that somebody sent: a folder, a zip, or one file. What it opens is
// taken for hostile: no path leads out of it, links are not followed, and sizes are counted as they are read, not as they
// are declared.
//
// [Open] returns a [Code], which is an fs.FS. Entries that cannot be taken are left out and named in Left; the rest can be
// used. [Code.Digest] tells two states of the code apart. The limits are data (data/limits.yaml).
package codepack
