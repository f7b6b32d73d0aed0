// Package portal works in the pages of portals, in the person's own browser: it reads their lists, page after page, the
// record behind a button of a row, and what a page shows at all. What is read and what may be pressed comes from the
// recipes (package recipe); pages are understood by their texts (package table), never by the mark-up of a kit. The only
// controls pressed here are those that turn the pages of a list or add rows to it, and the button of a row that opens a
// record, where the recipe allows it; package fill presses those of forms.
//
//	read.go     ReadTable: the present page of a list, or all of them
//	list.go     all pages of one list, from the first to the last
//	window.go   tables that draw only the rows in sight
//	pager.go    the words of pagers, and what a pager shows
//	press.go    when a control may be pressed: it stands still, and nothing covers it
//	record.go   ReadRecord: what opens behind a button of a row
//	survey.go   Survey: what a page shows, for the draft of a recipe
//	look.go     Shown: which of some texts stand on a page
//	snapshot.go what a page shows, as the reader of tables takes it
//	script/     what runs in our own world of a page
//
// Of its own packages, table reads the tables of a page, recipe holds the rules, fill fills forms, and portaltest serves
// portals for the tests.
package portal
