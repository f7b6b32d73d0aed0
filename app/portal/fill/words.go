package fill

import (
	_ "embed" // the words
	"fmt"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed data/words.yaml
var wordsFile []byte

// words are the texts and limits of data/words.yaml, as the script wants them.
type words struct {
	Version string   `yaml:"version" json:"-"`
	Source  string   `yaml:"source" json:"-"`
	Date    string   `yaml:"date" json:"-"`
	Next    []string `yaml:"next" json:"-"`
	Add     []string `yaml:"add" json:"add"`
	Whole   bool     `yaml:"-" json:"whole"` // whether a button for one more row has just one of these texts
	Never   []string `yaml:"never" json:"never"`
	Confirm []string `yaml:"confirm" json:"confirm"`
	Hints   []string `yaml:"hints" json:"hints"`
	Failed  []string `yaml:"failed" json:"failed"`
	Busy    []string `yaml:"busy" json:"busy"`
	Listed  []string `yaml:"listed" json:"listed"`
	Kinds   []string `yaml:"kinds" json:"kinds"`
	Remove  []string `yaml:"remove" json:"remove"`
	Marks   []string `yaml:"marks" json:"marks"`
	Limits  limits   `yaml:"limits" json:"-"`
}

// limits bound everything the engine waits for or repeats; times are milliseconds.
type limits struct {
	Draw        int `yaml:"draw"`
	Still       int `yaml:"still"`
	Other       int `yaml:"other"`
	Appear      int `yaml:"appear"`
	Remote      int `yaml:"remote"`
	Settle      int `yaml:"settle"`
	Conditional int `yaml:"conditional"`
	Upload      int `yaml:"upload"`
	Sending     int `yaml:"sending"`
	Quiet       int `yaml:"quiet"`
	Late        int `yaml:"late"`
	Waits       int `yaml:"waits"`
	Body        int `yaml:"body"`
	Step        int `yaml:"step"`
	Tries       int `yaml:"tries"`
	Presses     int `yaml:"presses"`
	Unroll      int `yaml:"unroll"`
	Rows        int `yaml:"rows"`
	Steps       int `yaml:"steps"`
	MostValues  int `yaml:"most_values"`
	MostBytes   int `yaml:"most_bytes"`
}

var readWords = sync.OnceValues(func() (words, error) {
	var w words
	if err := yaml.UnmarshalWithOptions(wordsFile, &w, yaml.Strict()); err != nil {
		return w, fmt.Errorf("words of the fill engine: %w", err)
	}
	return w, nil
})

// wordsFor are the words with what the caller's recipe says of buttons: where there is one, no others are pressed.
func wordsFor(o Options) (words, error) {
	w, err := readWords()
	if o.Next != nil {
		w.Next = o.Next
	}
	if o.Add != nil {
		w.Add, w.Whole = o.Add, true
	}
	w.Never = append(append([]string{}, w.Never...), o.Never...)
	return w, err
}

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }
