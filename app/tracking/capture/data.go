package capture

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"sync"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

//go:embed data/capture.yaml
var captureYAML []byte

//go:embed data/rules.yaml
var rulesYAML []byte

// limits bounds what is read and said.
type limits struct {
	tracking.Origin `yaml:",inline"`
	UploadBytes     int64 `yaml:"upload_bytes"`
	PasteBytes      int   `yaml:"paste_bytes"`
	LineBytes       int   `yaml:"line_bytes"`
	CommandBytes    int   `yaml:"command_bytes"`
	CommandLines    int   `yaml:"command_lines"`
	Depth           int   `yaml:"depth"`
	Views           int   `yaml:"views"`
	Evidence        int   `yaml:"evidence"`
	Excerpt         int   `yaml:"excerpt"`
	Findings        int   `yaml:"findings"`
	RepeatMS        int   `yaml:"repeat_ms"`
}

type events struct {
	tracking.Origin `yaml:",inline"`
	View            string            `yaml:"view"`
	Names           map[string]string `yaml:"names"`
}

type users struct {
	tracking.Origin `yaml:",inline"`
	Client          string   `yaml:"client"`
	EmployeeCode    pattern  `yaml:"employee_code"`
	AccountID       pattern  `yaml:"account_id"`
	Invented        patterns `yaml:"invented"`
	Devices         patterns `yaml:"devices"`
}

type uploads struct {
	tracking.Origin `yaml:",inline"`
	Signed          []string `yaml:"signed"`
}

// pattern is a regular expression that is compiled while it is read.
type pattern struct{ *regexp.Regexp }

// UnmarshalText compiles the pattern.
func (p *pattern) UnmarshalText(text []byte) (err error) {
	p.Regexp, err = regexp.Compile(string(text))
	return err
}

type patterns []pattern

func (p patterns) match(s string) bool {
	for _, one := range p {
		if one.MatchString(s) {
			return true
		}
	}
	return false
}

// knowledge is all the data of this package.
type knowledge struct {
	Version string  `yaml:"version"`
	Limits  limits  `yaml:"limits"`
	Events  events  `yaml:"events"`
	User    users   `yaml:"user"`
	Upload  uploads `yaml:"upload"`

	book    tracking.Book
	gifs    map[queue.Client]string
	gifText *regexp.Regexp // the name of a log file with its question mark, where a line may name it
}

var embedded = sync.OnceValues(func() (*knowledge, error) {
	k := &knowledge{}
	if err := yaml.UnmarshalWithOptions(captureYAML, k, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("capture data: %w", err)
	}
	var bad, err error
	k.book, bad = tracking.ParseBook(rulesYAML, ruleKeys())
	k.gifs, err = queue.Gifs()
	k.gifText = gifText(k.gifs)
	return k, errors.Join(bad, err, k.validate())
})

func gifText(gifs map[queue.Client]string) *regexp.Regexp {
	names := ""
	for _, path := range gifs {
		names += "|" + regexp.QuoteMeta(path)
	}
	return regexp.MustCompile("(?:" + names[min(1, len(names)):] + `)\?`)
}

func (k *knowledge) validate() error {
	l := k.Limits
	for _, n := range []int{int(l.UploadBytes >> 10), l.PasteBytes, l.LineBytes, l.CommandBytes, l.CommandLines, l.Depth, l.Views, l.Evidence, l.Excerpt, l.Findings, l.RepeatMS} {
		if n <= 0 {
			return errors.New("capture data: limits must be positive")
		}
	}
	for _, o := range []tracking.Origin{l.Origin, k.Events.Origin, k.User.Origin, k.Upload.Origin} {
		if o.Source == "" || o.Checked == "" {
			return errors.New("capture data: source and date are needed")
		}
	}
	if k.Events.View == "" || k.User.Client == "" || k.User.AccountID.Regexp == nil || k.User.EmployeeCode.Regexp == nil || len(k.Upload.Signed) == 0 {
		return errors.New("capture data: something is missing")
	}
	return nil
}

// UploadBytes is the size of the largest capture that is taken through the screen.
func UploadBytes() (int64, error) {
	k, err := embedded()
	if err != nil {
		return 0, err
	}
	return k.Limits.UploadBytes, nil
}

// PasteBytes is the length of the longest text that may be pasted.
func PasteBytes() (int, error) {
	k, err := embedded()
	if err != nil {
		return 0, err
	}
	return k.Limits.PasteBytes, nil
}
