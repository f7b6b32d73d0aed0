package intake

import (
	_ "embed" // for the headers
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/width"

	"shangjiatong/app/forms"
)

//go:embed data/headers.yaml
var headerFile []byte

// Keys that are no field of package forms.
const (
	keyID     = "app.id" // 应用编号: which existing app a row is about
	keyName   = "app.name"
	keyKind   = "app.kind"
	keyIdent  = "app.identifier"
	keyVendor = "app.vendor_id"
	keyPageID = "page_id"
)

type alias struct {
	Header string   `yaml:"header"`
	Keys   []string `yaml:"keys"`
}

type pageColumn struct {
	Header   string   `yaml:"header"`
	Key      string   `yaml:"key"`
	Required bool     `yaml:"required"`
	Also     []string `yaml:"also"`
	Help     string   `yaml:"help"`
}

type headers struct {
	forms.Origin `yaml:",inline"`
	Marks        []string     `yaml:"marks"`
	Aliases      []alias      `yaml:"aliases"`
	Pages        []pageColumn `yaml:"pages"`
}

var knownHeaders = sync.OnceValues(func() (*headers, error) { return loadHeaders(headerFile) })

func loadHeaders(body []byte) (*headers, error) {
	var h headers
	if err := yaml.UnmarshalWithOptions(body, &h, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("headers.yaml: %w", err)
	}
	if h.Version == "" || h.Source == "" || h.Date == "" {
		return nil, fmt.Errorf("headers.yaml: version, source or date missing")
	}
	for _, a := range h.Aliases {
		if a.Header == "" || len(a.Keys) == 0 {
			return nil, fmt.Errorf("headers.yaml: alias %q without keys", a.Header)
		}
	}
	return &h, nil
}

// fold makes texts comparable that differ only in what people do not see: width, spaces, case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(s))
}

// lexicon knows what a header means.
type lexicon struct {
	marks []string
	keys  map[string][]string // by folded header; several keys: ambiguous
}

// newLexicon gathers the headers of a catalogue: labels and keys of the app's fields come first, then the aliases, then
// the labels that the forms have for them.
func newLexicon(c *forms.Catalogue) (*lexicon, error) {
	h, err := knownHeaders()
	if err != nil {
		return nil, err
	}
	x := &lexicon{keys: map[string][]string{}}
	for _, m := range h.Marks {
		x.marks = append(x.marks, fold(m))
	}
	for _, f := range c.Fields {
		if name := forms.AppKey(f.Key); name != "" {
			x.add(f.Label, f.Key)
			x.add(f.Key, f.Key)
			x.add(name, f.Key)
		}
	}
	x.add(keyID, keyID)
	for _, a := range h.Aliases {
		if x.keys[x.fold(a.Header)] == nil {
			x.add(a.Header, a.Keys...)
		}
	}
	x.addForms(c)
	return x, nil
}

func (x *lexicon) add(header string, keys ...string) {
	at := x.fold(header)
	for _, k := range keys {
		if !slices.Contains(x.keys[at], k) {
			x.keys[at] = append(x.keys[at], k)
		}
	}
}

// addForms adds the portals' labels that mean nothing yet.
func (x *lexicon) addForms(c *forms.Catalogue) {
	known := map[string]bool{}
	for header := range x.keys {
		known[header] = true
	}
	for _, form := range c.Forms {
		for _, row := range form.Rows() {
			if forms.AppKey(row.Field) != "" && !known[x.fold(row.Label)] {
				x.add(row.Label, row.Field)
			}
		}
	}
}

// fold makes headers comparable: without the stars, colons and marks people add.
func (x *lexicon) fold(header string) string {
	s := strings.NewReplacer("*", "", ":", "", "★", "").Replace(fold(header))
	for _, m := range x.marks {
		s = strings.TrimSuffix(s, m)
	}
	return s
}

// lookUp returns the keys a header may mean.
func (x *lexicon) lookUp(header string) []string {
	if at := x.fold(header); at != "" {
		return x.keys[at]
	}
	return nil
}
