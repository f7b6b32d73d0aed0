package fill

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// plain is a text as it is compared with what a page shows: without spaces and the signs of icon fonts.
func plain(s string) string {
	s = strings.NewReplacer("（", "(", "）", ")", "：", ":", "，", ",", "／", "/", "＊", "*").Replace(s)
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == 0x200b || r == 0xfeff || unicode.Is(unicode.Co, r) {
			return -1
		}
		return r
	}, s)
}

func same(a, b string) bool { return plain(a) == plain(b) }

func first(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

// sameTexts compares in order; a control may show one text in several parts.
func sameTexts(shown, asked []string) bool {
	return same(strings.Join(shown, ""), strings.Join(asked, ""))
}

func sameSet(shown, asked []string) bool {
	a, b := plains(shown), plains(asked)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func plains(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, plain(t))
	}
	return out
}

var between = regexp.MustCompile(`[/>›»,|\\-]`)

// samePath compares a path with what a cascader shows: all levels with marks between them.
func samePath(shown, asked []string) bool {
	bare := func(texts []string) string { return between.ReplaceAllString(plain(strings.Join(texts, "")), "") }
	return bare(shown) == bare(asked) && len(asked) > 0
}

var (
	dateParts = regexp.MustCompile(`^\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2})(?:\D|$)`)
	timeOfDay = regexp.MustCompile(`\d{1,2}(?:[:：]\d{2})+(?:\.\d+)?|\d{1,2}时(?:\d{1,2}分)?(?:\d{1,2}秒)?`)
	figures   = regexp.MustCompile(`\d`)
)

// sameDate compares days. A text that goes on with more figures than a time of day is none of one day.
func sameDate(shown, asked string) bool {
	a, b := dateParts.FindStringSubmatch(shown), dateParts.FindStringSubmatch(asked)
	if a == nil || b == nil || figures.MatchString(timeOfDay.ReplaceAllString(shown[len(a[0]):], "")) {
		return false
	}
	for n := 1; n < 4; n++ {
		x, errX := strconv.Atoi(a[n])
		y, errY := strconv.Atoi(b[n])
		if errX != nil || errY != nil || x != y {
			return false
		}
	}
	return true
}

var (
	thousands = regexp.MustCompile(`^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	whole     = regexp.MustCompile(`^-?[1-9]\d*$`)
	decimal   = regexp.MustCompile(`^-?(?:0|[1-9]\d*)\.\d+$`)
	zeros     = regexp.MustCompile(`^\.?0+$`)
	unit      = regexp.MustCompile(`^[^\d.,-]*(-?\d[\d.,]*)[^\d.,-]*$`)
)

// sameText compares an input: line ends may differ, space around it may be gone. A number may have got the marks of its
// thousands, and zeros behind the point: behind a decimal only where the input takes nothing but numbers, since 1.1 and
// 1.10 are two versions, and such an input may write a unit beside them. It may have lost nothing.
func sameText(shown, asked string, numeric bool) bool {
	clean := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }
	shown, asked = clean(shown), clean(asked)
	if shown == asked {
		return true
	}
	if m := unit.FindStringSubmatch(shown); numeric && m != nil {
		shown = m[1] // an input for numbers may write its unit beside them
	}
	if thousands.MatchString(shown) {
		shown = strings.ReplaceAll(shown, ",", "")
	}
	more, begins := strings.CutPrefix(shown, asked)
	switch {
	case !begins:
		return false
	case whole.MatchString(asked):
		return more == "" || more[0] == '.' && zeros.MatchString(more)
	}
	return decimal.MatchString(asked) && (more == "" || numeric && zeros.MatchString(more))
}
