package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"shangjiatong/app/listing"
)

// Words are the keywords that reviewers' words are looked through for. They never change after loading.
type Words struct {
	Version string     `yaml:"version"`
	Source  string     `yaml:"source"`
	Checked string     `yaml:"checked"`
	Entries []KeyWords `yaml:"entries"`
}

// KeyWords are the words that hint at one rule, field or material.
type KeyWords struct {
	Kind  listing.LinkKind `yaml:"kind"`
	ID    string           `yaml:"id"`
	Title string           `yaml:"title"`
	Words []string         `yaml:"words"`
}

// Suggestion is a link that a reviewer's words may be about, with the words that hint at it. It is a guess by keywords
// alone: the person confirms or drops it.
type Suggestion struct {
	listing.Link
	Title string   `json:"title"`
	Found []string `json:"found"`
}

const (
	maxWords       = 20000 // characters of a reviewer's text that are looked at
	maxSuggestions = 12
)

// EmbeddedWords returns the keywords that come with the program.
func EmbeddedWords() (*Words, error) {
	raw, err := data.ReadFile(wordsFile)
	if err != nil {
		return nil, listing.Failf(listing.CodeInternal, dataHint, "%s 读不出来", wordsFile).Because(err)
	}
	return ParseWords(wordsFile, raw)
}

// ParseWords reads and checks a file of keywords; errors are as those of Parse.
func ParseWords(name string, raw []byte) (*Words, error) {
	w := &Words{}
	if err := decode(name, raw, w); err != nil {
		return nil, err
	}
	c := newChecker(name)
	c.date("version", w.Version)
	c.text("source", w.Source)
	c.date("checked", w.Checked)
	var ids []string
	for i, e := range w.Entries {
		at := fmt.Sprintf("entries[%d]（%s）", i, e.ID)
		c.oneOf(at+".kind", string(e.Kind), string(listing.LinkField), string(listing.LinkRule), string(listing.LinkMaterial))
		c.text(at+".id", e.ID)
		c.text(at+".title", e.Title)
		c.texts(at+".words", e.Words)
		ids = append(ids, string(e.Kind)+" "+e.ID)
	}
	c.unique("entries", ids)
	if err := c.first(); err != nil {
		return nil, err
	}
	return w, nil
}

// Suggest looks a reviewer's text through for the keywords and returns what they hint at, what most letters hint at
// first, at most a dozen. Width, case and spaces do not count. No suggestion means only that no keyword was found.
func (w *Words) Suggest(text string) []Suggestion {
	plain := flatten(text)
	out := []Suggestion{}
	weight := map[listing.Link]int{}
	for _, e := range w.Entries {
		s := Suggestion{Link: listing.Link{Kind: e.Kind, ID: e.ID}, Title: e.Title, Found: []string{}}
		for _, word := range e.Words {
			if strings.Contains(plain, flatten(word)) {
				s.Found = append(s.Found, word)
				weight[s.Link] += len([]rune(word))
			}
		}
		if len(s.Found) > 0 {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int { return cmp.Compare(weight[b.Link], weight[a.Link]) })
	return out[:min(len(out), maxSuggestions)]
}

// flatten lowers the case, narrows full-width letters and drops spaces.
func flatten(text string) string {
	var b strings.Builder
	for i, r := range text {
		if i > maxWords {
			break
		}
		switch {
		case unicode.IsSpace(r):
			continue
		case r >= '！' && r <= '～': // full-width forms of ! to ~
			r -= '！' - '!'
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
