// Package lint reads the code of an application and says what is wrong with its tracking code before anything runs:
// TRACK-1 to TRACK-12, and RULE-1, RULE-15 and PKG-10 as far as they show in files.
//
// [Check] takes the code as an fs.FS: source or built output. It finds the pages (HTML files, or the pages of a
// mini-program), the scripts of each page in their order, and lets package trace follow them once for each kind of
// device. What comes out is judged: the pushes onto the queue and their order (judge_*.go), the settings, the values, the
// stability reporter. Places are given in the original files, also for Vue, TypeScript and JSX.
//
// What only a running page can tell is never called wrong: it becomes a finding with the code live (需实测).
// The sentences are data (data/rules.yaml); hosts, identifiers, patterns and limits come with tracking.Facts.
package lint
