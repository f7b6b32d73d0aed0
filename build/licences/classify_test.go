package main

import (
	"strings"
	"testing"
)

func TestClassify(t *testing.T) {
	for text, want := range map[string]string{
		"Permission is hereby granted, free of\ncharge, to any person obtaining a copy of":                                             "MIT",
		"                                 Apache License\n                           Version 2.0, January 2004":                        "Apache-2.0",
		"Redistribution and use in source and binary forms, with or without":                                                           "BSD-2-Clause",
		"Redistribution and use in source and binary forms ... may be used\nto endorse or promote products derived from this software": "BSD-3-Clause",
		"Mozilla Public License Version 2.0 ... GNU General Public License":                                                            "MPL-2.0",
		"GNU LESSER GENERAL PUBLIC LICENSE":                                                                                            "LGPL",
		"GNU GENERAL PUBLIC LICENSE\nVersion 3":                                                                                        "GPL",
		"Permission is hereby granted, free of charge, to any person obtaining a copy of ... GNU General Public License":               "GPL",
		"all rights reserved": "unknown",
		"":                    "unknown",
	} {
		if got := classify(text); got != want {
			t.Errorf("classify(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestAllowed(t *testing.T) {
	for expression, want := range map[string]bool{
		"MIT": true, "(MIT OR GPL-3.0)": true, "MIT AND ISC": true, "MIT AND GPL-3.0": false,
		"GPL": false, "LGPL": false, "AGPL-3.0": false, "MPL-2.0": false, "unknown": false, "": false,
	} {
		if got := allowed(expression); got != want {
			t.Errorf("allowed(%q) = %v", expression, got)
		}
	}
}

func TestJudgeNamesEveryOffender(t *testing.T) {
	err := judge([]part{{name: "good", licence: "MIT"}, {name: "first", licence: "GPL"}, {name: "second", licence: "unknown"}})
	if err == nil || !strings.Contains(err.Error(), "first") || !strings.Contains(err.Error(), "second") || strings.Contains(err.Error(), "good") {
		t.Errorf("judge: %v", err)
	}
}

func TestRenderHoldsEachTextOnce(t *testing.T) {
	page := string(render([]part{{from: "Go", name: "a", licence: "MIT", text: "same"}, {from: "npm", name: "b", licence: "MIT", text: "same"}}))
	if strings.Count(page, "same") != 1 || !strings.Contains(page, "## a, b") || !strings.Contains(page, "| npm | b |") {
		t.Error(page)
	}
}
