package queue

import (
	_ "embed"
	"errors"
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed data/sdk.yaml
var sdkYAML []byte

// Client is the kind of program a page runs in, which decides the name of the log file.
type Client string

// The clients.
const (
	ClientPC     Client = "pc"
	ClientMobile Client = "mobile"
	ClientMini   Client = "mini"
)

// effect is what an action does.
type effect string

const (
	effectPV     effect = "pv"
	effectMeta   effect = "meta"
	effectAppend effect = "append"
	effectEvent  effect = "event"
	effectOther  effect = "other"
)

// knowledge is data/sdk.yaml.
type knowledge struct {
	Version string            `yaml:"version"`
	Source  string            `yaml:"source"`
	Checked string            `yaml:"checked"`
	Roots   []string          `yaml:"roots"`
	Actions map[string]effect `yaml:"actions"`
	Held    []string          `yaml:"held"`
	Manual  []string          `yaml:"manual"`
	Gifs    map[Client]string `yaml:"gifs"`
}

var embedded = sync.OnceValues(func() (knowledge, error) {
	var k knowledge
	if err := yaml.UnmarshalWithOptions(sdkYAML, &k, yaml.Strict()); err != nil {
		return k, fmt.Errorf("queue data: %w", err)
	}
	return k, k.validate()
})

func (k knowledge) validate() error {
	var errs []error
	if k.Version == "" || k.Source == "" || k.Checked == "" || len(k.Roots) == 0 || len(k.Held) == 0 || len(k.Manual) == 0 {
		errs = append(errs, errors.New("queue data: something is missing"))
	}
	for name, e := range k.Actions {
		switch e {
		case effectPV, effectMeta, effectAppend, effectEvent, effectOther:
		default:
			errs = append(errs, fmt.Errorf("queue data: %s has the unknown effect %q", name, e))
		}
	}
	for _, c := range []Client{ClientPC, ClientMobile, ClientMini} {
		if k.Gifs[c] == "" {
			errs = append(errs, fmt.Errorf("queue data: no log file for %s", c))
		}
	}
	return errors.Join(errs...)
}

// Gifs returns the path of the log file of every client, such as "/v.gif".
func Gifs() (map[Client]string, error) {
	k, err := embedded()
	if err != nil {
		return nil, err
	}
	out := map[Client]string{}
	for c, path := range k.Gifs {
		out[c] = path
	}
	return out, nil
}
