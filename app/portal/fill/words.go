package fill

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/unicode/norm"
)

//go:embed data/words.yaml script/*.js
var embedded embed.FS

// words are the words and limits by which pages are filled.
type words struct {
	Version  string   `yaml:"version"`
	Source   string   `yaml:"source"`
	Date     string   `yaml:"date"`
	Contains []string `yaml:"contains"`
	Whole    []string `yaml:"whole"`
	Next     []string `yaml:"next"`
	Add      []string `yaml:"add"`
	Limits   limits   `yaml:"limits"`
}

// limits bound what is tried; times are in milliseconds.
type limits struct {
	Option  int `yaml:"option"`
	Remote  int `yaml:"remote"`
	Retries int `yaml:"retries"`
	Scrolls int `yaml:"scrolls"`
	Months  int `yaml:"months"`
	Step    int `yaml:"step"`
	Upload  int `yaml:"upload"`
	Label   int `yaml:"label"`
	Rows    int `yaml:"rows"`
}

func milliseconds(n int) time.Duration { return time.Duration(n) * time.Millisecond }

var known = sync.OnceValues(func() (*words, error) {
	raw, err := embedded.ReadFile("data/words.yaml")
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	w := &words{}
	if err := yaml.UnmarshalWithOptions(raw, w, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	return w, nil
})

// script is what is put into our world of every document.
var script = sync.OnceValues(func() (string, error) {
	var b strings.Builder
	b.WriteString("() => { if (globalThis.sjt) return true;\n")
	for _, name := range []string{"see", "field", "state", "act", "layer", "guard", "date", "find"} {
		raw, err := embedded.ReadFile("script/" + name + ".js")
		if err != nil {
			return "", fmt.Errorf("script of the filling: %w", err)
		}
		b.Write(raw)
	}
	b.WriteString("\nglobalThis.sjt = sjt; return true }")
	return b.String(), nil
})

// plain makes texts comparable: full width made half width, spaces and the marks around a label dropped. It does what
// sjt.plain does in the page.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" \t\r\n\u00a0\u3000\ufeff", r), r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u206f', r >= '\ue000' && r <= '\uf8ff':
			return -1
		}
		return r
	}, norm.NFKC.String(s))
	s = strings.ReplaceAll(s, " ", "")
	return strings.TrimRight(strings.TrimLeft(s, "*•·、:"), "*:?•·")
}
