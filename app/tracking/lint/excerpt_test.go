package lint

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestExcerptMark: the mark is the character of the excerpt that stands at the offset, whatever was cut away.
func TestExcerptMark(t *testing.T) {
	long := strings.Repeat("埋点x=1;", 200)
	for name, k := range map[string]struct{ before, line string }{
		"indented":        {"a\n", "\t  §push(['_hold'])\n"},
		"at the start":    {"", "§push()"},
		"in blanks":       {"", "   §  push()\n"},
		"after Chinese":   {"\n\n", "  页面 = §'首页';\r\n"},
		"long, inside":    {"x\n", long + "§push()" + long + "\n"},
		"long, start":     {"", "§push()" + long},
		"long, end":       {"", "\t" + long + "§push()"},
		"long, in blanks": {"", long + strings.Repeat(" ", 300) + "§" + strings.Repeat(" ", 300) + "push()"},
	} {
		t.Run(name, func(t *testing.T) {
			all := k.before + k.line
			offset := strings.Index(all, "§")
			src := decode("a.js", []byte(strings.Replace(all, "§", "", 1)))
			text, mark := src.excerpt(offset)
			runes := []rune(text)
			if mark < 1 || mark > len(runes)+1 || utf8.RuneCountInString(text) > 3*excerptSide+2 {
				t.Fatalf("mark %d in %q", mark, text)
			}
			rest := strings.TrimSpace(strings.SplitN(string(src.text[offset:]), "\n", 2)[0])
			if shown := strings.TrimSpace(strings.TrimSuffix(string(runes[mark-1:]), "…")); !strings.HasPrefix(rest, shown) || shown == "" && !strings.Contains(name, "blanks") {
				t.Errorf("mark %d stands before %q, want the start of %q", mark, shown, rest)
			}
		})
	}
}
