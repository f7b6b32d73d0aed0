package tracking

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"shangjiatong/app/listing"

	"github.com/goccy/go-yaml"
)

//go:embed data/rules.yaml
var rulesYAML []byte

// ruleKey names one thing that can be said about the inputs; data/rules.yaml holds the sentences.
type ruleKey string

const (
	identifierEmpty    ruleKey = "identifier.empty"
	bidEmpty           ruleKey = "bid.empty"
	bidDoubled         ruleKey = "bid.doubled"
	bidSuffix          ruleKey = "bid.suffix"
	bidDiffers         ruleKey = "bid.differs"
	signkeyEmpty       ruleKey = "signkey.empty"
	signkeyUnusual     ruleKey = "signkey.unusual"
	sappIDEmpty        ruleKey = "sapp_id.empty"
	sappIDDigits       ruleKey = "sapp_id.digits"
	sappNameEmpty      ruleKey = "sapp_name.empty"
	sappNameDiffers    ruleKey = "sapp_name.differs"
	issuedPlaceholder  ruleKey = "issued.placeholder"
	issuedSpaces       ruleKey = "issued.spaces"
	valueEncoding      ruleKey = "value.encoding"
	pagesEmpty         ruleKey = "pages.empty"
	pagesMany          ruleKey = "pages.many"
	pageIDEmpty        ruleKey = "page_id.empty"
	pageIDRepeated     ruleKey = "page_id.repeated"
	pageIDSpaces       ruleKey = "page_id.spaces"
	pageIDPersonal     ruleKey = "page_id.personal"
	pagePlaceholder    ruleKey = "page.placeholder"
	pageURLEmpty       ruleKey = "page_url.empty"
	pageURLForm        ruleKey = "page_url.form"
	pageURLLocal       ruleKey = "page_url.local"
	pageURLTest        ruleKey = "page_url.test"
	pageURLRepeated    ruleKey = "page_url.repeated"
	pageURLPersonal    ruleKey = "page_url.personal"
	pageNameEmpty      ruleKey = "page_name.empty"
	pageNameUnderscore ruleKey = "page_name.underscore"
	pageNameDigits     ruleKey = "page_name.digits"
	pageNameLetters    ruleKey = "page_name.letters"
	pageNamePersonal   ruleKey = "page_name.personal"
)

func ruleKeys() []ruleKey {
	return []ruleKey{
		identifierEmpty, bidEmpty, bidDoubled, bidSuffix, bidDiffers, signkeyEmpty, signkeyUnusual,
		sappIDEmpty, sappIDDigits, sappNameEmpty, sappNameDiffers, issuedPlaceholder, issuedSpaces, valueEncoding,
		pagesEmpty, pagesMany, pageIDEmpty, pageIDRepeated, pageIDSpaces, pageIDPersonal, pagePlaceholder,
		pageURLEmpty, pageURLForm, pageURLLocal, pageURLTest, pageURLRepeated, pageURLPersonal,
		pageNameEmpty, pageNameUnderscore, pageNameDigits, pageNameLetters, pageNamePersonal,
	}
}

// ruleText is what is said, with {place}, {value}, {want} and {other} still to be filled in.
type ruleText struct {
	Rule    string        `yaml:"rule"`
	Code    string        `yaml:"code"`
	Level   listing.Level `yaml:"level"`
	Message string        `yaml:"message"`
	Effect  string        `yaml:"effect"`
	Fix     string        `yaml:"fix"`
	Mend    string        `yaml:"mend"` // the code put right, where it can be given
}

type ruleBook map[ruleKey]ruleText

// sentences parses data/rules.yaml once; it is constant.
var sentences = sync.OnceValues(func() (ruleBook, error) { return parseRules(rulesYAML) })

// parseRules reads the sentences; a key that is missing or unknown to the program is an error.
func parseRules(data []byte) (ruleBook, error) {
	var file struct {
		Version string   `yaml:"version"`
		Rules   ruleBook `yaml:"rules"`
	}
	if err := yaml.UnmarshalWithOptions(data, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("tracking rules: %w", err)
	}
	var errs []error
	if !isDate(file.Version) {
		errs = append(errs, errors.New("version is no date"))
	}
	for _, key := range ruleKeys() {
		errs = append(errs, file.Rules[key].validate(key))
	}
	if len(file.Rules) > len(ruleKeys()) {
		errs = append(errs, errors.New("a key the program does not know"))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("tracking rules: %w", err)
	}
	return file.Rules, nil
}

func (t ruleText) validate(key ruleKey) error {
	codes := []string{listing.FindingViolated, listing.FindingUndecided, listing.FindingGuide, listing.FindingLive}
	known := false
	for _, c := range codes {
		known = known || c == t.Code
	}
	level := t.Level == listing.LevelError || t.Level == listing.LevelWarning || t.Level == listing.LevelInfo
	fact := regexp.MustCompile(`^(TRACK|RULE|PKG)-\d+$`).MatchString(t.Rule)
	if !known || !level || !fact || t.Message == "" || t.Effect == "" || t.Fix == "" {
		return fmt.Errorf("%s is incomplete or names an unknown rule, code or level", key)
	}
	return nil
}

// words fills the gaps of a ruleText.
type words struct{ place, value, want, other string }

func (t ruleText) finding(field string, w words) listing.Finding {
	fill := strings.NewReplacer("{place}", w.place, "{value}", shorten(w.value), "{want}", w.want, "{other}", w.other)
	return listing.Finding{
		Rule: t.Rule, Code: t.Code, Level: t.Level, Field: field,
		Message: fill.Replace(t.Message), Effect: fill.Replace(t.Effect), Fix: fill.Replace(t.Fix), Mend: fill.Replace(t.Mend),
	}
}

// shorten keeps a quoted value readable inside a sentence.
func shorten(s string) string {
	const most = 60
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
