package main

import (
	"slices"
	"strings"
)

// permissive are the licences that only ask to keep a notice.
func permissive() []string {
	return []string{"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT", "OFL-1.1", "Unlicense"}
}

// allowed tells whether an SPDX expression may ship: each of its AND terms must, and one of its OR terms.
func allowed(expression string) bool {
	for _, choice := range strings.Split(strings.Trim(expression, "()"), " OR ") {
		terms := strings.Split(choice, " AND ")
		if !slices.ContainsFunc(terms, func(term string) bool { return !slices.Contains(permissive(), strings.TrimSpace(term)) }) {
			return true
		}
	}
	return false
}

// classify names the licence of a text by the sentences that only this licence has. It returns "unknown" when it does
// not recognise any. Copyleft comes first: a file that holds two licences is judged by the stricter one, except that
// the Mozilla licence names the GNU ones without being one.
func classify(text string) string {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	for _, known := range []struct{ licence, sentence string }{
		{"MPL-2.0", "mozilla public license"},
		{"EPL", "eclipse public license"},
		{"AGPL-3.0", "gnu affero general public license"},
		{"LGPL", "gnu lesser general public license"},
		{"GPL", "gnu general public license"},
		{"Apache-2.0", "apache license version 2.0"},
		{"Apache-2.0", "licensed under the apache license, version 2.0"},
		{"OFL-1.1", "sil open font license version 1.1"},
		{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
		{"ISC", "provided that the above copyright notice and this permission notice appear in all copies"},
		{"0BSD", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted"},
		{"BSD-3-Clause", "to endorse or promote products derived from this software"},
		{"BSD-2-Clause", "redistribution and use in source and binary forms"},
		{"Unlicense", "this is free and unencumbered software released into the public domain"},
		{"CC0-1.0", "cc0 1.0 universal"},
	} {
		if strings.Contains(text, known.sentence) {
			return known.licence
		}
	}
	return "unknown"
}
