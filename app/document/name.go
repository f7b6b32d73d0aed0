package document

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNameRunes keeps a name under 255 bytes in UTF-8 and leaves room for folders on Windows.
const maxNameRunes = 80

// SafeName turns any text into one file name (not a path) that Windows and Linux both accept: forbidden and invisible characters become _,
// device names such as CON get a _ before, dots and spaces at the end go, and long names are cut before their extension. It never
// returns an empty name, and SafeName(SafeName(s)) == SafeName(s).
func SafeName(s string) string {
	s = strings.Map(safeRune, strings.ToValidUTF8(s, "_"))
	s = strings.TrimLeft(strings.TrimRight(s, ". "), " ")
	s = cutName(s)
	if s == "" {
		return "_"
	}
	if reservedName(s) {
		return cutName("_" + s)
	}
	return s
}

func safeRune(r rune) rune {
	switch {
	case strings.ContainsRune(`\/:*?"<>|`, r), !unicode.IsPrint(r) && r != ' ':
		if r == '\u3000' || unicode.IsSpace(r) {
			return ' '
		}
		return '_'
	}
	return r
}

func cutName(s string) string {
	if utf8.RuneCountInString(s) <= maxNameRunes && len(s) <= 240 {
		return s
	}
	ext := path.Ext(s)
	if len(ext) > 16 {
		ext = ""
	}
	stem := []rune(strings.TrimSuffix(s, ext))
	for len(stem) > 0 && (len(stem)+utf8.RuneCountInString(ext) > maxNameRunes || len(string(stem))+len(ext) > 240) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(strings.TrimRight(string(stem), ". ")+ext, ". ")
}

func reservedName(s string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(s), ".")
	stem = strings.TrimRight(stem, " ")
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	runes := []rune(stem)
	if len(runes) != 4 || (string(runes[:3]) != "COM" && string(runes[:3]) != "LPT") {
		return false
	}
	return strings.ContainsRune("0123456789¹²³", runes[3])
}
