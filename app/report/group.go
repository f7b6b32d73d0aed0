package report

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/procedure"
)

//go:embed data/groups.yaml
var groupSource []byte

// Group is somebody an app can be waiting for: owner, vendor, administrator or reviewer.
type Group struct {
	ID      string   `yaml:"id"`
	Word    string   `yaml:"word"`
	Parties []string `yaml:"parties"`
	Roles   []string `yaml:"roles"`
}

var groups = sync.OnceValues(func() ([]Group, error) {
	var file struct {
		Version int     `yaml:"version"`
		Groups  []Group `yaml:"groups"`
	}
	if err := yaml.UnmarshalWithOptions(groupSource, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("report groups: %w", err)
	}
	return file.Groups, nil
})

// Groups lists who can be waited for, in the order reports show them.
func Groups() ([]Group, error) {
	all, err := groups()
	return slices.Clone(all), err
}

// groupOf finds the group of an actor: by its role, else by its party. An actor of neither belongs to the last group.
func groupOf(all []Group, a *procedure.Actor) Group {
	for _, g := range all {
		if a != nil && a.Role != "" && slices.Contains(g.Roles, a.Role) {
			return g
		}
	}
	for _, g := range all {
		if a != nil && slices.Contains(g.Parties, a.Party) {
			return g
		}
	}
	return all[len(all)-1]
}
