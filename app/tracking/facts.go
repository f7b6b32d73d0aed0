package tracking

import (
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed data/facts.yaml
var factsYAML []byte

// Origin says where a block of facts comes from and when it was last compared with that source (YYYY-MM-DD).
type Origin struct {
	Source  string `yaml:"source"`
	Checked string `yaml:"checked"`
}

// Stability is what stability monitoring expects (TRACK-1).
type Stability struct {
	Origin          `yaml:",inline"`
	Host            string   `yaml:"host"` // with scheme, without a trailing slash
	ScriptPath      string   `yaml:"script_path"`
	UploadPath      string   `yaml:"upload_path"`
	BidSuffix       string   `yaml:"bid_suffix"`
	ForeignSuffixes []string `yaml:"foreign_suffixes"` // suffixes of other uses, seen by mistake
	UsualSignkey    string   `yaml:"usual_signkey"`
}

// Script returns the address of the reporter script.
func (s Stability) Script() string { return s.Host + s.ScriptPath }

// Bid returns the bid that belongs to an application identifier.
func (s Stability) Bid(identifier string) string { return identifier + s.BidSuffix }

// ByDevice holds one value for each kind of device that the user agent tells apart.
type ByDevice struct {
	Android string `yaml:"android"`
	IOS     string `yaml:"ios"`
	Other   string `yaml:"other"`
}

// Traffic is what traffic analysis expects (TRACK-2).
type Traffic struct {
	Origin        `yaml:",inline"`
	Script        string   `yaml:"script"`
	ScriptID      string   `yaml:"script_id"`
	LogHost       string   `yaml:"log_host"` // bare host: with a scheme the SDK builds a broken address
	OutdatedHosts []string `yaml:"outdated_hosts"`
	AppID         ByDevice `yaml:"app_id"`
	UserAgent     ByDevice `yaml:"user_agent"` // patterns; Other stays empty
}

// Login holds how long held records wait for the user (TRACK-4).
type Login struct {
	Origin `yaml:",inline"`
	WaitMS int `yaml:"wait_ms"`
}

// Limits bounds what is taken in.
type Limits struct {
	Origin     `yaml:",inline"`
	Pages      int `yaml:"pages"`
	PasteBytes int `yaml:"paste_bytes"`
}

// Patterns is a list of regular expressions (RE2).
type Patterns struct {
	Origin    `yaml:",inline"`
	Patterns  []string `yaml:"patterns"`
	TestPaths []string `yaml:"test_paths,omitempty"` // parts of an address that mark a test version
	compiled  []*regexp.Regexp
}

// Named is a pattern with the Chinese word for what it finds.
type Named struct {
	Name     string `yaml:"name"`
	Pattern  string `yaml:"pattern"`
	compiled *regexp.Regexp
}

// Personal lists what looks like personal data (TRACK-9).
type Personal struct {
	Origin   `yaml:",inline"`
	Patterns []Named `yaml:"patterns"`
}

// Columns lists the accepted titles of the columns of a page table.
type Columns struct {
	Origin   `yaml:",inline"`
	PageID   []string `yaml:"page_id"`
	PageName []string `yaml:"page_name"`
	PageURL  []string `yaml:"page_url"`
}

// Facts are the versioned facts of the tracking code.
type Facts struct {
	Version      string    `yaml:"version"`
	Stability    Stability `yaml:"stability"`
	Traffic      Traffic   `yaml:"traffic"`
	Login        Login     `yaml:"login"`
	Limits       Limits    `yaml:"limits"`
	Placeholders Patterns  `yaml:"placeholders"`
	Personal     Personal  `yaml:"personal"`
	LocalHosts   Patterns  `yaml:"local_hosts"`
	Columns      Columns   `yaml:"columns"`
}

// embedded parses the facts and the rules once; both are constant.
var embedded = sync.OnceValues(func() (*knowledge, error) {
	facts, err := ParseFacts(factsYAML)
	if err != nil {
		return nil, err
	}
	rules, err := parseRules(rulesYAML)
	if err != nil {
		return nil, err
	}
	return &knowledge{facts: facts, rules: rules}, nil
})

type knowledge struct {
	facts Facts
	rules ruleBook
}

// CurrentFacts returns the facts this build carries.
func CurrentFacts() (Facts, error) {
	k, err := embedded()
	if err != nil {
		return Facts{}, err
	}
	return k.facts, nil
}

// ParseFacts reads facts from YAML; unknown keys, missing values and bad patterns are errors.
func ParseFacts(data []byte) (Facts, error) {
	var f Facts
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return Facts{}, fmt.Errorf("tracking facts: %w", err)
	}
	if err := errors.Join(f.validate(), f.compile()); err != nil {
		return Facts{}, fmt.Errorf("tracking facts: %w", err)
	}
	return f, nil
}

func (f *Facts) origins() map[string]Origin {
	return map[string]Origin{
		"stability": f.Stability.Origin, "traffic": f.Traffic.Origin, "login": f.Login.Origin,
		"limits": f.Limits.Origin, "placeholders": f.Placeholders.Origin, "personal": f.Personal.Origin,
		"local_hosts": f.LocalHosts.Origin, "columns": f.Columns.Origin,
	}
}

func (f *Facts) validate() error {
	var errs []error
	need := func(ok bool, what string) {
		if !ok {
			errs = append(errs, errors.New(what))
		}
	}
	need(isDate(f.Version), "version is no date")
	for name, o := range f.origins() {
		need(o.Source != "" && isDate(o.Checked), name+": source and date are needed")
	}
	s, t := f.Stability, f.Traffic
	need(isHTTPS(s.Script()) && isHTTPS(s.Host+s.UploadPath), "stability: addresses must be https")
	need(s.BidSuffix != "", "stability: bid_suffix is empty")
	need(isHTTPS(t.Script) && t.ScriptID != "", "traffic: script and script_id are needed")
	need(hostPattern().MatchString(t.LogHost), "traffic: log_host must be a bare host")
	need(t.AppID.Android != "" && t.AppID.IOS != "" && t.AppID.Other != "", "traffic: app_id needs three values")
	need(t.UserAgent.Android != "" && t.UserAgent.IOS != "", "traffic: user_agent needs two patterns")
	need(f.Login.WaitMS >= 100 && f.Login.WaitMS <= 60000, "login: wait_ms must lie between 100 and 60000")
	need(f.Limits.Pages > 0 && f.Limits.PasteBytes > 0, "limits must be positive")
	c := f.Columns
	need(len(c.PageID) > 0 && len(c.PageName) > 0 && len(c.PageURL) > 0, "columns: each needs a title")
	return errors.Join(errs...)
}

func (f *Facts) compile() error {
	var errs []error
	build := func(pattern string) *regexp.Regexp {
		re, err := regexp.Compile(pattern)
		errs = append(errs, err)
		return re
	}
	for _, p := range []*Patterns{&f.Placeholders, &f.LocalHosts} {
		for _, pattern := range p.Patterns {
			p.compiled = append(p.compiled, build("(?i)"+pattern))
		}
	}
	for i := range f.Personal.Patterns {
		p := &f.Personal.Patterns[i]
		p.compiled = build(p.Pattern)
	}
	build(f.Traffic.UserAgent.Android)
	build(f.Traffic.UserAgent.IOS)
	return errors.Join(errs...)
}

// match reports whether one of the patterns finds something in s.
func (p Patterns) match(s string) bool {
	for _, re := range p.compiled {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}

// match returns the word for the first kind of personal data found in s, or "".
func (p Personal) match(s string) string {
	for _, n := range p.Patterns {
		if n.compiled.MatchString(s) {
			return n.Name
		}
	}
	return ""
}

func isDate(s string) bool {
	return regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`).MatchString(s)
}

func hostPattern() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)
}

func isHTTPS(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" && len(u.Path) > 1
}
