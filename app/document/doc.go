// Package document writes and reads office files and knows nothing of the trade: it takes a small model or a user's
// template and gives back bytes.
//
//   - Doc builds a .docx laid out after GB/T 9704 (docx_model.go, docx_build.go). Any text of a Doc may hold
//     placeholders, so that Build also makes templates.
//   - OpenTemplate and Fill put values into a .docx, ours or the user's own (docx_template.go says what a template may hold).
//   - MarkDraft puts a mark such as 草稿 on every page of any .docx; PreviewHTML shows a .docx as plain HTML.
//   - Workbook writes .xlsx; ReadSheet reads a user's .xlsx.
//   - Page writes one printable, self-contained HTML page.
//   - ZipWriter and WriteZip stream files into a zip, with their digests; SafeName makes names every system accepts.
//
// Two promises hold for all of them. The same input gives the same bytes: times inside files are fixed, orders are
// stable, nothing asks the clock. And whatever is opened may be hostile: the number of entries, sizes, compression ratio
// and XML depth are limited (limits.go), document type declarations are refused, and errors are *listing.Error in Chinese.
package document
