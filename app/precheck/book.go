package precheck

import (
	"bytes"
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

//go:embed data/*.yaml
var embedded embed.FS

// Scope says which kinds of app a rule concerns.
type Scope string

// The scopes.
const (
	ForAll    Scope = "all"
	ForHosted Scope = "hosted" // some part goes through code hosting
	ForMini   Scope = "mini"   // it has a mini-program part
)

func (s Scope) concerns(k listing.AppKind, portalUnhosted bool) bool {
	switch {
	case !slices.Contains(listing.AppKinds(), k):
		return true // RULE-10 says what is wrong with the word; nothing passes on account of it
	case s == ForHosted:
		return k.Hosted(portalUnhosted)
	case s == ForMini:
		return k.HasMini()
	}
	return true
}

// Rule is what there is to know about one rule, apart from how it is decided.
type Rule struct {
	ID        string        `yaml:"id" json:"id"` // RULE-n
	Title     string        `yaml:"title" json:"title"`
	Level     listing.Level `yaml:"level" json:"level"`
	Kinds     Scope         `yaml:"kinds" json:"kinds"`
	Steps     []string      `yaml:"steps" json:"steps"`         // what an error of it holds up; STEP-3 means all of stage 3
	Fields    []string      `yaml:"fields" json:"fields"`       // the field keys it reads or points to
	Decidable string        `yaml:"decidable" json:"decidable"` // data: may lack data; always: never 未核对
	Source    string        `yaml:"source" json:"source"`
	Why       string        `yaml:"why" json:"why"`       // the reason, for a person who is no programmer
	Effect    string        `yaml:"effect" json:"effect"` // what happens otherwise
	Fix       string        `yaml:"fix" json:"fix"`       // how to mend it, where an answer says nothing closer

	Answers map[string]answer `yaml:"answers" json:"-"`
}

// answer is one thing a rule may say.
type answer struct {
	Code    string        `yaml:"code"`
	Level   listing.Level `yaml:"level"`
	Message string        `yaml:"message"`
	Effect  string        `yaml:"effect"`
	Fix     string        `yaml:"fix"`
}

// limits are the patterns and word lists the deciders compare with.
type limits struct {
	Identifier         string   `yaml:"identifier"`
	IdentifierSuffixes []string `yaml:"identifier_suffixes"`
	Mobile             string   `yaml:"mobile"`
	Version            string   `yaml:"version"`
	APISchemes         []string `yaml:"api_schemes"`
	OpenSchemes        []string `yaml:"open_schemes"`
	HealthSchemes      []string `yaml:"health_schemes"`
}

// formNeed is what a form asks for beside its rows.
type formNeed struct {
	ID    string   `yaml:"id"`
	Steps []string `yaml:"steps"`
	Also  []string `yaml:"also"`
	Whole *struct {
		Field string `yaml:"field"`
		List  string `yaml:"list"`
	} `yaml:"whole"`
}

type ruleFile struct {
	forms.Origin `yaml:",inline"`
	AfterPackage []string          `yaml:"after_package"`
	ListedStep   string            `yaml:"listed_step"`
	EnteredStep  string            `yaml:"entered_step"`
	TrackedStep  string            `yaml:"tracked_step"`
	Limits       limits            `yaml:"limits"`
	Rules        []Rule            `yaml:"rules"`
	Common       map[string]answer `yaml:"common"`
	Waivers      map[string]answer `yaml:"waivers"`
	Forms        []formNeed        `yaml:"forms"`
	Where        map[string]string `yaml:"where"`
	FormAnswers  map[string]answer `yaml:"form_answers"`
}

// Book is the rules with all their data, checked. It never changes and may be used from several goroutines.
type Book struct {
	Version string // of the rules; stands in every Report and package

	rules        []Rule
	deciders     map[string]decider
	catalogue    *forms.Catalogue
	limits       limits
	identifier   *regexp.Regexp
	mobile       *regexp.Regexp
	version      *regexp.Regexp
	addresses    *addressBook
	common       map[string]answer
	waivers      map[string]answer
	forms        []formNeed
	where        map[string]string // in whose data a field stands, by the first part of its key
	formAnswers  map[string]answer
	afterPackage []string
	listedStep   string
	enteredStep  string
	trackedStep  string
}

// Default returns the embedded rules; they are read once.
var Default = sync.OnceValues(func() (*Book, error) {
	catalogue, err := forms.Default()
	if err != nil {
		return nil, fmt.Errorf("read the forms: %w", err)
	}
	addresses, err := defaultAddresses()
	if err != nil {
		return nil, err
	}
	raw, err := embedded.ReadFile("data/rules.yaml")
	if err != nil {
		return nil, fmt.Errorf("read rules.yaml: %w", err)
	}
	return parseBook(raw, catalogue, addresses)
})

// parseBook reads and checks a rules file.
func parseBook(raw []byte, catalogue *forms.Catalogue, addresses *addressBook) (*Book, error) {
	var file ruleFile
	if err := decode("rules.yaml", raw, &file, &file.Origin); err != nil {
		return nil, err
	}
	b := &Book{
		Version: file.Version, rules: file.Rules, deciders: registry(), catalogue: catalogue, limits: file.Limits,
		addresses: addresses, common: file.Common, waivers: file.Waivers, forms: file.Forms, where: file.Where, formAnswers: file.FormAnswers,
		afterPackage: file.AfterPackage, listedStep: file.ListedStep, enteredStep: file.EnteredStep, trackedStep: file.TrackedStep,
	}
	for _, check := range []func() error{b.checkRules, b.checkFormNeeds, b.compile, file.checkRest} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

const maxDataFile = 1 << 20 // bytes

func decode(name string, raw []byte, into any, head *forms.Origin) error {
	if len(raw) > maxDataFile {
		return broken("数据文件 %s 太大", name)
	}
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(into); err != nil {
		return broken("数据文件 %s 格式不对：%v", name, err).Because(err)
	}
	if head.Version == "" || head.Source == "" || head.Date == "" {
		return broken("数据文件 %s 没有写明版本、来源或日期", name)
	}
	return nil
}

func broken(format string, args ...any) *listing.Error {
	return listing.Failf(listing.CodeInvalid, "请改用程序自带的规则数据", format, args...)
}

func (f *ruleFile) checkRest() error {
	for word, step := range map[string]string{"listed_step": f.ListedStep, "entered_step": f.EnteredStep, "tracked_step": f.TrackedStep} {
		if step == "" {
			return broken("规则数据没有写 %s", word)
		}
	}
	for _, group := range []struct {
		answers map[string]answer
		names   []string
	}{{f.Common, []string{"kind", "broken"}}, {f.Waivers, []string{"on_error", "incomplete"}}, {f.FormAnswers, []string{"missing", "whole"}}} {
		for _, name := range group.names {
			if group.answers[name].Message == "" {
				return broken("规则数据缺少说法 %s", name)
			}
		}
	}
	return nil
}

func (b *Book) compile() error {
	for _, p := range []struct {
		text string
		into **regexp.Regexp
	}{{b.limits.Identifier, &b.identifier}, {b.limits.Mobile, &b.mobile}, {b.limits.Version, &b.version}} {
		re, err := regexp.Compile(p.text)
		if err != nil || p.text == "" {
			return broken("规则数据里的写法 %q 不能用", p.text).Because(err)
		}
		*p.into = re
	}
	return nil
}

func (b *Book) checkRules() error {
	seen := map[string]bool{}
	for i := range b.rules {
		r := &b.rules[i]
		if seen[r.ID] || b.deciders[r.ID] == nil {
			return broken("规则 %q 重复，或程序里没有它", r.ID)
		}
		seen[r.ID] = true
		if err := b.checkRule(r); err != nil {
			return err
		}
	}
	for id := range b.deciders {
		if !seen[id] {
			return broken("规则数据里没有 %s", id)
		}
	}
	return nil
}

func (b *Book) checkRule(r *Rule) error {
	switch {
	case r.Title == "" || r.Why == "" || r.Effect == "" || r.Fix == "" || r.Source == "":
		return broken("规则 %s 的说明不全", r.ID)
	case rank(r.Level) < 0:
		return broken("规则 %s 的级别 %q 不认识", r.ID, r.Level)
	case r.Kinds != ForAll && r.Kinds != ForHosted && r.Kinds != ForMini:
		return broken("规则 %s 的适用类型 %q 不认识", r.ID, r.Kinds)
	case r.Decidable != "data" && r.Decidable != "always":
		return broken("规则 %s 的 decidable %q 不认识", r.ID, r.Decidable)
	case len(r.Answers) == 0:
		return broken("规则 %s 没有说法", r.ID)
	}
	for _, key := range r.Fields {
		if b.catalogue.Field(key) == nil {
			return broken("规则 %s 指向不存在的字段 %s", r.ID, key)
		}
	}
	for name, a := range r.Answers {
		if err := a.check(r); err != nil {
			return broken("规则 %s 的说法 %s 不对：%v", r.ID, name, err).Because(err)
		}
	}
	return nil
}

// check holds an answer to the promise of the whole: what cannot be decided says so and keeps the rule's level.
func (a answer) check(r *Rule) error {
	switch {
	case a.Message == "":
		return fmt.Errorf("no message")
	case a.Level != "" && rank(a.Level) < 0:
		return fmt.Errorf("unknown level %q", a.Level)
	case a.Code == listing.FindingUndecided && (a.Level != "" || r.Decidable == "always"):
		return fmt.Errorf("an undecided answer has the level of its rule, and a rule that is always decidable has none")
	case strings.HasPrefix(a.Message, "未核对") != (a.Code == listing.FindingUndecided):
		return fmt.Errorf("undecided answers, and only these, begin with 未核对")
	case a.Code != listing.FindingUndecided && a.Code != listing.FindingViolated && a.Code != listing.FindingGuide:
		return fmt.Errorf("unknown code %q", a.Code)
	}
	return nil
}

func (b *Book) checkFormNeeds() error {
	for _, n := range b.forms {
		if b.catalogue.Form(n.ID) == nil || len(n.Steps) == 0 {
			return broken("规则数据里的表 %q 不存在，或没有写事项", n.ID)
		}
		for _, key := range n.Also {
			if b.catalogue.Field(key) == nil {
				return broken("表 %s 指向不存在的字段 %s", n.ID, key)
			}
		}
		if n.Whole != nil && (b.catalogue.Field(n.Whole.Field) == nil || len(b.catalogue.Lists[n.Whole.List]) == 0) {
			return broken("表 %s 的 whole 指向不存在的字段或选项表", n.ID)
		}
	}
	return nil
}

// Rules returns all rules in order; the caller may keep the slice.
func (b *Book) Rules() []Rule { return slices.Clone(b.rules) }

// Rule returns a rule by ID, or nil.
func (b *Book) Rule(id string) *Rule {
	for i := range b.rules {
		if b.rules[i].ID == id {
			return &b.rules[i]
		}
	}
	return nil
}
