package probe

import (
	_ "embed" // the settings are data
	"fmt"
	"sync"
	"time"

	"github.com/goccy/go-yaml"

	"shangjiatong/app/listing"
)

//go:embed data/probe.yaml
var settingsYAML []byte

// Settings are the limits and words of data/probe.yaml.
type Settings struct {
	Version  string          `yaml:"version"`
	Source   string          `yaml:"source"`
	Date     string          `yaml:"date"`
	Connect  int             `yaml:"connect_seconds"` // until a connection is there, TLS included
	Answer   int             `yaml:"answer_seconds"`  // from the connection to the first line of the answer
	Parallel int             `yaml:"parallel"`
	Most     int             `yaml:"most"`          // addresses asked in one go
	Every    int             `yaml:"every_minutes"` // when switched on without saying how often
	Agent    string          `yaml:"agent"`
	Words    map[Kind]string `yaml:"words"`
}

// Default returns the embedded settings; they are read once.
var Default = sync.OnceValues(func() (Settings, error) { return parseSettings(settingsYAML) })

func parseSettings(raw []byte) (Settings, error) {
	var s Settings
	if err := yaml.UnmarshalWithOptions(raw, &s, yaml.Strict()); err != nil {
		return s, broken(err.Error()).Because(err)
	}
	if s.Version == "" || s.Source == "" || s.Date == "" {
		return s, broken("没有写明版本、来源或日期")
	}
	for name, n := range map[string]int{"connect_seconds": s.Connect, "answer_seconds": s.Answer, "parallel": s.Parallel, "most": s.Most, "every_minutes": s.Every} {
		if n < 1 || n > 600 {
			return s, broken(fmt.Sprintf("%s 要在 1 到 600 之间", name))
		}
	}
	if len(s.Words) != len(kinds()) {
		return s, broken("词语不全")
	}
	for _, k := range kinds() {
		if s.Words[k] == "" {
			return s, broken("没有 " + string(k) + " 的词语")
		}
	}
	return s, nil
}

func broken(why string) *listing.Error {
	return listing.Failf(listing.CodeInvalid, "请改正数据文件", "数据文件 probe.yaml 有误：%s", why)
}

func (s Settings) connect() time.Duration { return time.Duration(s.Connect) * time.Second }

func (s Settings) answer() time.Duration { return time.Duration(s.Answer) * time.Second }
