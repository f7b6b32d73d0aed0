package table

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed data/limits.yaml
var limitsYAML []byte

//go:embed data/words.yaml
var wordsYAML []byte

// Limits bound what is taken in.
type Limits struct {
	Version string `yaml:"version"`
	Source  string `yaml:"source"`
	Date    string `yaml:"date"`
	Bytes   int    `yaml:"bytes"`
	Depth   int    `yaml:"depth"`
	Rows    int    `yaml:"rows"`
	Columns int    `yaml:"columns"`
	Cells   int    `yaml:"cells"`
	Text    int    `yaml:"text"`
	Nodes   int    `yaml:"nodes"`
	Parts   int    `yaml:"parts"`
}

// words are the texts by which tables and what stands around them are told apart.
type words struct {
	Version string   `yaml:"version"`
	Source  string   `yaml:"source"`
	Date    string   `yaml:"date"`
	Empty   []string `yaml:"empty"`
	// Failures are words of what stands in the place of rows when they could not be had.
	Failures []string `yaml:"failures"`
	Signs    string   `yaml:"signs"`
	RowKeys  []string `yaml:"row_keys"`
	Sizes    `yaml:",inline"`
	totals   []*regexp.Regexp
	figures  []*regexp.Regexp
}

// CurrentLimits are the limits of this build.
var CurrentLimits = sync.OnceValues(func() (Limits, error) { return parseLimits(limitsYAML) })

var currentWords = sync.OnceValues(func() (words, error) { return parseWords(wordsYAML) })

func parseLimits(raw []byte) (Limits, error) {
	var l Limits
	if err := yaml.UnmarshalWithOptions(raw, &l, yaml.Strict()); err != nil {
		return Limits{}, fmt.Errorf("table limits: %w", err)
	}
	for _, n := range []int{l.Bytes, l.Depth, l.Rows, l.Columns, l.Cells, l.Text, l.Nodes, l.Parts} {
		if n <= 0 {
			return Limits{}, errors.New("table limits: a value is missing or out of range")
		}
	}
	return l, dated("table limits", l.Source, l.Date)
}

func parseWords(raw []byte) (words, error) {
	var w words
	if err := yaml.UnmarshalWithOptions(raw, &w, yaml.Strict()); err != nil {
		return words{}, fmt.Errorf("table words: %w", err)
	}
	if len(w.Empty) == 0 || w.Signs == "" || len(w.RowKeys) == 0 {
		return words{}, errors.New("table words: a list is missing")
	}
	for i, text := range w.Empty {
		w.Empty[i] = squeeze(text)
	}
	var err error
	if w.totals, err = catching(w.Totals, 1); err != nil {
		return words{}, err
	}
	if w.figures, err = catching(w.Figures, 1, "at"); err != nil {
		return words{}, err
	}
	return w, dated("table words", w.Source, w.Date)
}

func dated(what, source, date string) error {
	if _, err := time.Parse(time.DateOnly, date); err != nil || source == "" {
		return fmt.Errorf("%s: source or date is missing", what)
	}
	return nil
}
