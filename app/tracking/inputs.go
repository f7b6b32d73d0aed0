package tracking

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"shangjiatong/app/listing"
)

// CheckInputs says what is wrong with the issued parameters and the page table (TRACK-1, TRACK-6 to TRACK-9, TRACK-11).
// Field is the field key, for a page "pages[3].page_name" with rows counted from 0. What has not been filled in yet has
// the code listing.FindingUndecided. Generate refuses while one of the findings blocks. It goes by the facts this build
// carries; Facts.CheckInputs goes by any.
func CheckInputs(p Params, pages []listing.Page) []listing.Finding {
	f, err := embedded()
	if err != nil {
		return unread()
	}
	return f.CheckInputs(p, pages)
}

// CheckInputs is the function CheckInputs by the facts f, which must come from ParseFacts.
func (f Facts) CheckInputs(p Params, pages []listing.Page) []listing.Finding {
	rules, err := sentences()
	if err != nil {
		return unread()
	}
	c := &inputs{facts: f, rules: rules}
	c.params(p)
	c.pages(pages)
	return c.found
}

func unread() []listing.Finding {
	return []listing.Finding{{
		Rule: "TRACK-7", Code: listing.FindingUndecided, Level: listing.LevelError,
		Message: "未核对：程序自带的埋点规则读不出来", Fix: "请重新安装程序",
	}}
}

// inputs collects the findings of one run.
type inputs struct {
	facts Facts
	rules ruleBook
	found []listing.Finding
}

func (c *inputs) add(key ruleKey, field string, w words) {
	c.found = append(c.found, c.rules[key].finding(field, w))
}

func (c *inputs) params(p Params) {
	c.bid(p)
	if c.issued("signkey", p.Signkey, signkeyEmpty, words{}) && p.Signkey != c.facts.Stability.UsualSignkey {
		c.add(signkeyUnusual, "signkey", words{})
	}
	if c.issued("sapp_id", p.SappID, sappIDEmpty, words{}) && !allDigits(p.SappID) {
		c.add(sappIDDigits, "sapp_id", words{value: p.SappID})
	}
	if c.issued("sapp_name", p.SappName, sappNameEmpty, words{}) && p.Identifier != "" && p.SappName != p.Identifier {
		c.add(sappNameDiffers, "sapp_name", words{value: p.SappName, want: p.Identifier})
	}
}

// issued checks what holds for every issued value and reports whether the value is worth looking at further.
func (c *inputs) issued(field, value string, empty ruleKey, w words) bool {
	w.place, w.value = field, value
	switch {
	case strings.TrimSpace(value) == "":
		c.add(empty, field, w)
	case !cleanText(value):
		c.add(valueEncoding, field, w)
	case c.facts.Placeholders.match(narrow(value)):
		c.add(issuedPlaceholder, field, w)
	case strings.ContainsFunc(value, unicode.IsSpace):
		c.add(issuedSpaces, field, w)
	default:
		return true
	}
	return false
}

func (c *inputs) bid(p Params) {
	want := c.facts.Stability.Bid(p.Identifier)
	if p.Identifier == "" {
		want = "应用标识 + " + c.facts.Stability.BidSuffix
	}
	w := words{value: p.Bid, want: want}
	if !c.issued("bid", p.Bid, bidEmpty, w) {
		return
	}
	switch {
	case p.Identifier == "":
		c.add(identifierEmpty, "identifier", w)
	case p.Bid == want:
	case squeeze(p.Bid) == squeeze(want):
		c.add(bidDoubled, "bid", w)
	case c.foreignBid(p):
		c.add(bidSuffix, "bid", w)
	default:
		c.add(bidDiffers, "bid", w)
	}
}

// foreignBid reports whether bid is the identifier alone, or with the suffix of another use.
func (c *inputs) foreignBid(p Params) bool {
	if p.Bid == p.Identifier {
		return true
	}
	for _, suffix := range c.facts.Stability.ForeignSuffixes {
		if p.Bid == p.Identifier+suffix {
			return true
		}
	}
	return false
}

func (c *inputs) pages(pages []listing.Page) {
	switch {
	case len(pages) == 0:
		c.add(pagesEmpty, "pages", words{})
		return
	case len(pages) > c.facts.Limits.Pages:
		c.add(pagesMany, "pages", words{want: fmt.Sprint(c.facts.Limits.Pages)})
		return
	}
	ids, urls := map[string]int{}, map[string]int{}
	for i, page := range pages {
		row := pageRow{inputs: c, index: i}
		row.id(page.PageID, ids)
		row.name(page.PageName)
		row.url(page.PageURL, urls)
	}
}

// pageRow checks one row of the page table.
type pageRow struct {
	*inputs
	index int
}

func (r pageRow) say(key ruleKey, member string, w words) {
	w.place = rowName(r.index)
	r.add(key, fmt.Sprintf("pages[%d].%s", r.index, member), w)
}

func rowName(index int) string { return fmt.Sprintf("页面表第 %d 行", index+1) }

// sound checks what holds for every member of a row.
func (r pageRow) sound(member, value string, empty ruleKey) bool {
	switch {
	case strings.TrimSpace(value) == "":
		r.say(empty, member, words{})
	case !cleanText(value):
		field := fmt.Sprintf("pages[%d].%s", r.index, member)
		r.add(valueEncoding, field, words{place: rowName(r.index) + "的 " + member})
	case r.facts.Placeholders.match(narrow(value)):
		r.say(pagePlaceholder, member, words{value: value, other: member})
	default:
		return true
	}
	return false
}

func (r pageRow) id(value string, seen map[string]int) {
	if !r.sound("page_id", value, pageIDEmpty) {
		return
	}
	if strings.ContainsFunc(value, unicode.IsSpace) {
		r.say(pageIDSpaces, "page_id", words{value: value})
	}
	if what := r.facts.Personal.match(narrow(value)); what != "" {
		r.say(pageIDPersonal, "page_id", words{value: what})
	}
	key := strings.TrimSpace(value)
	if first, repeated := seen[key]; repeated {
		r.say(pageIDRepeated, "page_id", words{value: value, other: fmt.Sprintf("第 %d 行", first+1)})
		return
	}
	seen[key] = r.index
}

func (r pageRow) name(value string) {
	if !r.sound("page_name", value, pageNameEmpty) {
		return
	}
	faults, detail := r.facts.NameFaults(value)
	for _, fault := range faults {
		w := words{value: value, other: detail}
		switch fault {
		case NamePersonal:
			r.say(pageNamePersonal, "page_name", words{value: detail})
		case NameUnderscore:
			r.say(pageNameUnderscore, "page_name", w)
		case NameLetters:
			r.say(pageNameLetters, "page_name", w)
		case NameDigits:
			r.say(pageNameDigits, "page_name", w)
		}
	}
}

func (r pageRow) url(value string, seen map[string]int) {
	if !r.sound("page_url", value, pageURLEmpty) {
		return
	}
	host, ok := plausibleURL(value)
	switch {
	case !ok:
		r.say(pageURLForm, "page_url", words{value: value})
		return
	case r.facts.LocalHosts.match(host):
		r.say(pageURLLocal, "page_url", words{value: value})
	case containsAny(value, r.facts.LocalHosts.TestPaths):
		r.say(pageURLTest, "page_url", words{value: value})
	}
	if what := r.facts.Personal.match(narrow(value)); what != "" {
		r.say(pageURLPersonal, "page_url", words{value: what})
	}
	if first, repeated := seen[value]; repeated {
		r.say(pageURLRepeated, "page_url", words{other: fmt.Sprintf("第 %d 行", first+1)})
		return
	}
	seen[value] = r.index
}

// plausibleURL accepts a web address, a path, a route ("#/list") and a relative file name; host is empty for all but
// the first.
func plausibleURL(s string) (host string, ok bool) {
	if strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsAny(s, `\"'<>`) {
		return "", false
	}
	if scheme, rest, found := strings.Cut(s, "://"); found && !strings.ContainsAny(scheme, "/?#") {
		return webHost(s, rest)
	}
	if strings.HasPrefix(s, "//") || strings.HasPrefix(s, "#") && !strings.HasPrefix(s, "#/") {
		return "", false
	}
	first, _, _ := strings.Cut(s, "/")
	if strings.Contains(first, ":") { // javascript:, mailto:, localhost:8080
		return "", false
	}
	return "", strings.ContainsAny(s, "/.") || isWord(s)
}

func webHost(s, rest string) (string, bool) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || rest == "" {
		return "", false
	}
	return u.Host, true
}

// isWord accepts a bare route name such as "list".
func isWord(s string) bool {
	const wordRunes = "-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return strings.Trim(s, wordRunes) == ""
}

// foreignRune returns the first rune a page name may not have; digits are judged apart.
func foreignRune(s string) (rune, bool) {
	for _, r := range s {
		latin := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !latin && r != '_' && !unicode.Is(unicode.Han, r) && !unicode.IsDigit(r) {
			return r, true
		}
	}
	return 0, false
}

// cleanText reports whether s is UTF-8 without control characters and without the marks of a wrong decoding.
func cleanText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == utf8.RuneError || r == '\uFEFF' || r == '\u2028' || r == '\u2029'
	})
}

// narrow turns full-width letters, digits and signs into plain ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - 0xFEE0
		}
		return r
	}, s)
}

// compact is narrow without spaces and hyphens, so that a number written in groups is still seen.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '‐' || r == '–' || r == '—' {
			return -1
		}
		return r
	}, narrow(s))
}

// squeeze makes every run of underscores one.
func squeeze(s string) string {
	for strings.Contains(s, "__") {
		s = strings.ReplaceAll(s, "__", "_")
	}
	return s
}

func allDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func containsAny(s string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}
