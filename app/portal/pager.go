package portal

import (
	"embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/portal/table"

	"github.com/goccy/go-yaml"
)

//go:embed data/pager.yaml script/*.js
var files embed.FS

// pagerWords is data/pager.yaml.
type pagerWords struct {
	Version       string   `yaml:"version" json:"-"`
	Source        string   `yaml:"source" json:"-"`
	Date          string   `yaml:"date" json:"-"`
	Next          []string `yaml:"next" json:"next"`
	Previous      []string `yaml:"previous" json:"previous"`
	First         []string `yaml:"first" json:"first"`
	More          []string `yaml:"more" json:"more"`
	Glyphs        []string `yaml:"glyphs" json:"glyphs"`
	BackGlyphs    []string `yaml:"back_glyphs" json:"back_glyphs"`
	NextClasses   []string `yaml:"next_classes" json:"next_classes"`
	BackClasses   []string `yaml:"previous_classes" json:"previous_classes"`
	PageSizes     string   `yaml:"sizes" json:"sizes"`
	Loading       []string `yaml:"loading" json:"loading"`
	LoadingTexts  []string `yaml:"loading_texts" json:"loading_texts"`
	Never         []string `yaml:"never" json:"never"`
	Pages         int      `yaml:"pages" json:"-"`
	TurnSeconds   int      `yaml:"turn_seconds" json:"-"`
	SettleMS      int      `yaml:"settle_ms" json:"-"`
	SnapshotBytes int      `yaml:"snapshot_bytes" json:"-"`

	table.Sizes `yaml:"-"` // what a list says of its size, in the words saved pages are read by
}

func (w pagerWords) turn() time.Duration   { return time.Duration(w.TurnSeconds) * time.Second }
func (w pagerWords) settle() time.Duration { return time.Duration(w.SettleMS) * time.Millisecond }

var currentPager = sync.OnceValues(func() (pagerWords, error) {
	raw, err := files.ReadFile("data/pager.yaml")
	if err != nil {
		return pagerWords{}, fmt.Errorf("pager words: %w", err)
	}
	return parsePager(raw)
})

func parsePager(raw []byte) (pagerWords, error) {
	var w pagerWords
	if err := yaml.UnmarshalWithOptions(raw, &w, yaml.Strict()); err != nil {
		return w, fmt.Errorf("pager words: %w", err)
	}
	if _, err := time.Parse(time.DateOnly, w.Date); err != nil || w.Source == "" {
		return w, errors.New("pager words: source or date is missing")
	}
	if len(w.Next) == 0 || len(w.Never) == 0 || w.Pages <= 0 || w.TurnSeconds <= 0 || w.SettleMS <= 0 || w.SnapshotBytes <= 0 {
		return w, errors.New("pager words: a value is missing or out of range")
	}
	var err error
	w.Sizes, err = table.CurrentSizes()
	return w, err
}

// script is a function of our own world. Its first lines are a comment for readers.
func script(name string) (string, error) {
	raw, err := files.ReadFile("script/" + name + ".js")
	if err != nil {
		return "", fmt.Errorf("script: %w", err)
	}
	text := string(raw)
	for strings.HasPrefix(text, "//") {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text, nil
}

// pager is what a pager shows.
type pager struct {
	Gone     bool `json:"gone"`     // the table is no longer on the page
	None     bool `json:"none"`     // there is no pager
	Total    int  `json:"total"`    // of rows, as the pager says; -1 when it does not
	At       int  `json:"at"`       // the page shown; 0 when it cannot be told
	Last     int  `json:"last"`     // the last page, as the pager says, or the largest page number shown
	Next     bool `json:"next"`     // there is a control for the next page, and it can be pressed
	Previous bool `json:"previous"` // the same for the page before
	More     bool `json:"more"`     // there is a control that adds rows to those that are there
	One      bool `json:"one"`      // there is a control for page 1
	Ready    bool `json:"ready"`    // the control asked for can be pressed
}
