package table

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean is a text of a page as it is kept: control characters and marks of writing direction dropped, white space
// collapsed.
func clean(text string) string {
	return strings.Join(strings.Fields(strings.Map(plainRune, text)), " ")
}

// plainRune drops what cannot be seen and could make a text look like another.
func plainRune(c rune) rune {
	switch {
	case c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || unicode.Is(unicode.Z, c):
		return ' '
	case unicode.IsControl(c), unicode.Is(unicode.Cf, c), c == unicode.ReplacementChar:
		return -1
	}
	return c
}

// squeeze is a text as texts are compared: narrow signs, small letters, no spaces at all.
func squeeze(text string) string {
	text = strings.ToLower(norm.NFKC.String(clean(text)))
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, text)
}

// header is a header as headers are compared: squeezed, without the signs around it.
func (w words) header(text string) string {
	return strings.Trim(squeeze(text), norm.NFKC.String(w.Signs))
}

// label is a header as it is reported: its own spelling, without the signs around it.
func (w words) label(text string) string {
	return strings.TrimFunc(clean(text), func(c rune) bool {
		return unicode.IsSpace(c) || strings.ContainsRune(w.Signs, c) || strings.ContainsRune(w.Signs, narrow(c))
	})
}

func narrow(c rune) rune {
	if c >= 0xff01 && c <= 0xff5e {
		return c - 0xfee0
	}
	return c
}

// isEmptyWord reports whether a text stands in the place of rows.
func (w words) isEmptyWord(text string) bool {
	text = strings.TrimRight(squeeze(text), "。.!…")
	return text == "" || slices.ContainsFunc(w.Empty, func(e string) bool { return strings.TrimRight(e, "。.!…") == text })
}

// isFailure reports whether a text in the place of rows says that they could not be had.
func (w words) isFailure(text string) bool {
	text = squeeze(text)
	return len([]rune(text)) < 60 && slices.ContainsFunc(w.Failures, func(f string) bool { return strings.Contains(text, f) })
}

// near reports whether two headers are alike enough to be one that was renamed.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) == 0 || len(y) == 0 || len(x) > 60 || len(y) > 60 {
		return false
	}
	if min(len(x), len(y)) > 1 && (strings.Contains(a, b) || strings.Contains(b, a)) {
		return true
	}
	return distance(x, y)*2 <= max(len(x), len(y))
}

// Apart is how unlike two labels are: 0 for the same, 1 for nothing in common.
func Apart(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	longer := max(len(x), len(y))
	if longer == 0 || longer > 60 {
		return 1
	}
	return float64(distance(x, y)) / float64(longer)
}

// distance counts the letters to change, add or take away.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := before
			if x != y {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}
