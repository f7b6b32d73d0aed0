package tracking

import (
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/listing"
)

// Book holds the sentences of a check: what it says for each thing it can find, as data in the form of data/rules.yaml.
type Book struct{ rules map[string]ruleText }

// Words fills the gaps of a sentence: {place}, {value}, {want} and {other}.
type Words struct{ Place, Value, Want, Other string }

// ParseBook reads sentences. A key that is missing, incomplete or not among keys is an error.
func ParseBook(data []byte, keys []string) (Book, error) {
	var file struct {
		Version string              `yaml:"version"`
		Rules   map[string]ruleText `yaml:"rules"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return Book{}, fmt.Errorf("sentences: %w", err)
	}
	var errs []error
	if !isDate(file.Version) {
		errs = append(errs, errors.New("sentences: version is no date"))
	}
	for _, key := range keys {
		errs = append(errs, file.Rules[key].validate(ruleKey(key)))
	}
	for key := range file.Rules {
		if !slices.Contains(keys, key) {
			errs = append(errs, fmt.Errorf("sentences: %s is a key the program does not know", key))
		}
	}
	return Book{file.Rules}, errors.Join(errs...)
}

// Finding makes the finding of a key; a key the book does not hold gives one without a message.
func (b Book) Finding(key string, w Words) listing.Finding {
	return b.rules[key].finding("", words{place: w.Place, value: w.Value, want: w.Want, other: w.Other})
}
