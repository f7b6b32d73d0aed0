package recipe

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// never are the buttons that no recipe can allow.
type never struct {
	Version  string   `yaml:"version"`
	Source   string   `yaml:"source"`
	Date     string   `yaml:"date"`
	Contains []string `yaml:"contains"`
	Whole    []string `yaml:"whole"`
	Except   []string `yaml:"except"`
}

var builtIn = sync.OnceValues(func() (*never, error) {
	raw, err := embedded.ReadFile(neverYML)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", neverYML, err)
	}
	n := &never{}
	if err := decode(neverYML, raw, n); err != nil {
		return nil, err
	}
	for _, list := range [][]string{n.Contains, n.Whole, n.Except} {
		for i, word := range list {
			list[i] = Plain(word)
		}
	}
	return n, nil
})

// Final reports whether a button with this text is never pressed, and the word that says so: those of the program hold
// always, those of the recipe besides. When the program's own list cannot be read, every button is final.
func (r Recipe) Final(text string) (word string, yes bool) {
	n, err := builtIn()
	if err != nil {
		return text, true
	}
	text = Plain(text)
	if text == "" {
		return "", true // a button without a text could be anything
	}
	for _, own := range r.Never {
		if own = Plain(own); text == own {
			return own, true
		}
	}
	if slices.Contains(n.Except, text) {
		return "", false
	}
	if slices.Contains(n.Whole, text) {
		return text, true
	}
	for _, list := range [][]string{n.Contains, r.Never} {
		for _, word := range list {
			if strings.Contains(text, Plain(word)) {
				return Plain(word), true
			}
		}
	}
	return "", false
}

// NeverWords returns the words of buttons that are never pressed: the program's and the recipe's together.
func (r Recipe) NeverWords() []string {
	words := slices.Clone(r.Never)
	if n, err := builtIn(); err == nil {
		words = append(append(words, n.Contains...), n.Whole...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Allows reports whether the recipe names a button for a purpose (next, add, way, open, log) on a page: FORM-n, TABLE-n,
// or empty for any page. A final button is never allowed.
func (r Recipe) Allows(text, purpose, page string) bool {
	return slices.ContainsFunc(r.Buttons(purpose, page), func(b string) bool { return Plain(b) == Plain(text) })
}

// Buttons returns the texts that may be pressed for a purpose on a page. It is never nil: what a recipe does not name is not
// pressed.
func (r Recipe) Buttons(purpose, page string) []string {
	texts := []string{}
	for _, b := range r.May {
		here := b.Page == "" || page == "" || b.Page == page || strings.HasPrefix(b.Page, page+"/")
		if _, final := r.Final(b.Text); b.For == purpose && here && !final {
			texts = append(texts, b.Text)
		}
	}
	return texts
}

// Plain is a text as texts of pages are compared: narrow signs, no spaces, none of the marks around a label or before
// the text of a button, and small letters.
func Plain(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case c >= 0xff01 && c <= 0xff5e:
			return c - 0xfee0
		case strings.ContainsRune(" \t\r\n\u00a0\u3000\u200b\u200c\u200d\ufeff", c):
			return -1
		}
		return c
	}, text)
	text = strings.Trim(text, "*:+•·∗⁎")
	return strings.ToLower(text)
}
