package codepack

import (
	_ "embed"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed data/limits.yaml
var limitsYAML []byte

// Limits bound what is taken in; sizes are in bytes.
type Limits struct {
	Version    string `yaml:"version"`
	Source     string `yaml:"source"`
	Checked    string `yaml:"checked"`
	Entries    int    `yaml:"entries"`
	FileBytes  int64  `yaml:"file_bytes"`
	TotalBytes int64  `yaml:"total_bytes"`
	Ratio      int64  `yaml:"ratio"`
	RatioFrom  int64  `yaml:"ratio_from"`
	Depth      int    `yaml:"depth"`
}

// CurrentLimits are the limits of this build.
var CurrentLimits = sync.OnceValues(func() (Limits, error) { return parseLimits(limitsYAML) })

func parseLimits(data []byte) (Limits, error) {
	var l Limits
	if err := yaml.UnmarshalWithOptions(data, &l, yaml.Strict()); err != nil {
		return Limits{}, fmt.Errorf("codepack limits: %w", err)
	}
	_, err := time.Parse(time.DateOnly, l.Checked)
	if err != nil || l.Source == "" || l.Entries <= 0 || l.FileBytes <= 0 || l.TotalBytes < l.FileBytes || l.Ratio <= 0 || l.RatioFrom <= 0 || l.Depth <= 0 {
		return Limits{}, errors.New("codepack limits: a value is missing or out of range")
	}
	return l, nil
}
