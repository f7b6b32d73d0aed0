package livecheck

import (
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// collector gathers what is to be said: the same thing about several pages is said once and names them all.
type collector struct {
	k      *knowledge
	order  []*said
	known  map[string]*said
	failed map[int]bool // pages with an error, by their place in the page table
}

// said is one sentence, with the visits it is about.
type said struct {
	key    string
	words  tracking.Words
	visits []*visit
}

// say says something about a visit; nil is about the check as a whole.
func (c *collector) say(key string, v *visit, w tracking.Words) {
	id := fmt.Sprintf("%s|%s|%s|%s", key, w.Value, w.Want, w.Other)
	s := c.known[id]
	if s == nil {
		s = &said{key: key, words: w}
		c.known[id] = s
		c.order = append(c.order, s)
	}
	if v == nil {
		return
	}
	s.visits = append(s.visits, v)
	if c.k.book.Finding(key, w).Level == listing.LevelError {
		c.failed[v.index] = true
	}
}

// findings are the sentences, errors first.
func (c *collector) findings() []listing.Finding {
	var out []listing.Finding
	for _, s := range c.order {
		s.words.Place = c.places(s.visits)
		s.words.Value = clipped(s.words.Value)
		f := c.k.book.Finding(s.key, s.words)
		if len(s.visits) > 0 {
			f.File = s.visits[0].file
		}
		out = append(out, f)
	}
	rank := map[listing.Level]int{listing.LevelError: 0, listing.LevelWarning: 1, listing.LevelInfo: 2}
	slices.SortStableFunc(out, func(a, b listing.Finding) int { return rank[a.Level] - rank[b.Level] })
	return out
}

// places names pages with their devices, and the outcome of the login where it is not the usual one.
func (c *collector) places(visits []*visit) string {
	const most = 4
	var pages []string
	where := map[string][]string{}
	for _, v := range visits {
		name := v.name()
		if where[name] == nil {
			pages = append(pages, name)
		}
		word := v.device.Word
		if v.login != LoginOK {
			word += "，" + c.k.Login.Words[v.login]
		}
		where[name] = addNew(where[name], word)
	}
	var out []string
	for i, name := range pages {
		if i == most {
			out = append(out, fmt.Sprintf("等 %d 页", len(pages)))
			break
		}
		out = append(out, "“"+name+"”（"+strings.Join(where[name], "；")+"）")
	}
	return strings.Join(out, "、")
}

// name is what a page is called in a sentence.
func (s stop) name() string {
	switch {
	case s.page.PageName != "":
		return s.page.PageName
	case s.page.PageURL != "":
		return s.page.PageURL
	}
	return shortAddress(s.address)
}

func clipped(s string) string {
	const most = 200
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

// tell fills a sentence of evidence: pairs of a gap and what goes into it.
func (k *knowledge) tell(key string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(k.evidence[key])
}

// someOf lists a few of many.
func someOf(all []string, most int) string {
	if len(all) > most {
		return strings.Join(all[:most], "、") + fmt.Sprintf(" 等 %d 个", len(all))
	}
	return strings.Join(all, "、")
}
