// Package tracking knows the tracking code (埋点) of an H5 application: what the two monitoring systems expect
// (stability, TRACK-1; traffic, TRACK-2 to TRACK-5), which inputs are good enough for it (TRACK-7 to TRACK-11), and
// how the code looks for a given stack.
//
// Start with CheckInputs, which says what is wrong with the issued parameters and the page table, then Generate, which
// refuses while anything blocks and otherwise returns a Bundle of files, each with the place where it belongs and an
// explanation by lines. ParsePages reads a page table that somebody pasted.
//
// Hosts, identifiers, patterns and limits are data (data/facts.yaml), the sentences of the findings too
// (data/rules.yaml), and the code handed to the vendor stands in snippets/ as templates. In a template a line that
// starts with "@@" is no part of the result: it explains the lines after it, up to the next such line.
//
// The package does no input or output.
package tracking
