// Package portal works in the pages of portals, in the person's own browser: it reads their lists, page after page. What
// is read and what may be pressed comes from the recipes (package recipe); pages are understood by their texts
// (package table), never by the mark-up of a kit. The only controls pressed here are those that turn the pages of a list.
//
//	read.go    ReadTable: the present page of a list, or all of them
//	pager.go   the pager of a list: finding, pressing, waiting for rows
//	snapshot.go what a page shows, as the reader of tables takes it
//	script/    what runs in our own world of a page
package portal
