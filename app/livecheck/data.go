package livecheck

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"

	"github.com/goccy/go-yaml"
)

//go:embed data script
var files embed.FS

// Login is how the played login ends.
type Login string

// The outcomes of the played login.
const (
	LoginOK    Login = "ok"
	LoginFail  Login = "fail"
	LoginSlow  Login = "slow"
	LoginNever Login = "never"
)

// Logins lists the outcomes of the played login.
func Logins() []Login { return []Login{LoginOK, LoginFail, LoginSlow, LoginNever} }

// succeeds reports whether a user is there in the end.
func (l Login) succeeds() bool { return l == LoginOK || l == LoginSlow }

// device is one client of 浙政钉.
type device struct {
	ID     string         `yaml:"id"`
	Word   string         `yaml:"word"`
	Client queue.Client   `yaml:"client"`
	Show   browser.Device `yaml:"show"`
}

// settings is data/live.yaml.
type settings struct {
	Version string `yaml:"version"`
	Devices struct {
		tracking.Origin `yaml:",inline"`
		List            []device `yaml:"list"`
	} `yaml:"devices"`
	Login struct {
		tracking.Origin `yaml:",inline"`
		Words           map[Login]string `yaml:"words"`
		Account         string           `yaml:"account"`
		Code            string           `yaml:"code"`
		OKMS            int              `yaml:"ok_ms"`
		SlowMS          int              `yaml:"slow_ms"`
		PatienceMS      int              `yaml:"patience_ms"` // how long the login waits for the SDK to start first
	} `yaml:"login"`
	Scripts struct {
		tracking.Origin `yaml:",inline"`
		SDK             string   `yaml:"sdk"`
		Reporter        string   `yaml:"reporter"`
		JSAPI           []string `yaml:"jsapi"`
		Logs            []string `yaml:"logs"`
		Meta            []string `yaml:"meta"` // the names of meta information a space makes useless
		DelayMS         int      `yaml:"delay_ms"`
	} `yaml:"scripts"`
	Hosting struct {
		tracking.Origin `yaml:",inline"`
		Path            string   `yaml:"path"`
		Roots           []string `yaml:"roots"`
		Built           []string `yaml:"built"`
	} `yaml:"hosting"`
	Limits limits `yaml:"limits"`
}

// limits is where the check stops.
type limits struct {
	tracking.Origin `yaml:",inline"`
	NavigateMS      int   `yaml:"navigate_ms"`
	SettleMS        int   `yaml:"settle_ms"`
	QuietMS         int   `yaml:"quiet_ms"`
	MissingMS       int   `yaml:"missing_ms"`
	Moves           int   `yaml:"moves"`
	Routes          int   `yaml:"routes"`
	Events          int   `yaml:"events"`
	Requests        int   `yaml:"requests"`
	Noise           int   `yaml:"noise"`
	Pages           int   `yaml:"pages"`
	Tabs            int   `yaml:"tabs"`
	FileBytes       int64 `yaml:"file_bytes"`
	Text            int   `yaml:"text"`
}

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// knowledge is everything the check knows.
type knowledge struct {
	settings
	book     tracking.Book
	evidence map[string]string
	reply    []byte
}

var embedded = sync.OnceValues(func() (*knowledge, error) {
	k := &knowledge{}
	var told struct {
		Version  string            `yaml:"version"`
		Evidence map[string]string `yaml:"evidence"`
	}
	rules, err := files.ReadFile("data/rules.yaml")
	if err := errors.Join(err, read("data/live.yaml", &k.settings), read("data/evidence.yaml", &told), k.settings.validate()); err != nil {
		return nil, fmt.Errorf("live check: %w", err)
	}
	k.evidence = told.Evidence
	if k.book, err = tracking.ParseBook(rules, sentenceKeys()); err != nil {
		return nil, fmt.Errorf("live check: %w", err)
	}
	if k.reply, err = files.ReadFile("data/reply.json"); err != nil {
		return nil, fmt.Errorf("live check: %w", err)
	}
	return k, nil
})

func read(name string, into any) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("live check: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		return fmt.Errorf("live check: %s: %w", name, err)
	}
	return nil
}

func (s settings) validate() error {
	l := s.Limits
	positive := min(l.NavigateMS, l.SettleMS, l.QuietMS, l.MissingMS, l.Moves, l.Routes, l.Events, l.Requests, l.Noise, l.Pages, l.Tabs, l.Text,
		int(l.FileBytes), s.Login.PatienceMS) > 0
	texts := []string{s.Version, s.Login.Account, s.Login.Code, s.Scripts.SDK, s.Scripts.Reporter}
	for _, login := range Logins() {
		texts = append(texts, s.Login.Words[login])
	}
	for _, o := range []tracking.Origin{s.Devices.Origin, s.Login.Origin, s.Scripts.Origin, s.Hosting.Origin, s.Limits.Origin} {
		texts = append(texts, o.Source, o.Checked)
	}
	folder := strings.HasPrefix(s.Hosting.Path, "/") && strings.HasSuffix(s.Hosting.Path, "/")
	if !positive || slices.Contains(texts, "") || !folder || len(s.Scripts.Logs) == 0 || len(s.Devices.List) == 0 {
		return errors.New("live check: data/live.yaml is incomplete")
	}
	return nil
}

// Choice is something the check can play, with its Chinese name.
type Choice struct {
	ID   string `json:"id"`
	Word string `json:"word"`
}

// Devices lists the clients the check can play.
func Devices() ([]Choice, error) {
	k, err := embedded()
	if err != nil {
		return nil, err
	}
	var out []Choice
	for _, d := range k.Devices.List {
		out = append(out, Choice{ID: d.ID, Word: d.Word})
	}
	return out, nil
}

// LoginChoices lists the outcomes of the login the check can play.
func LoginChoices() ([]Choice, error) {
	k, err := embedded()
	if err != nil {
		return nil, err
	}
	var out []Choice
	for _, l := range Logins() {
		out = append(out, Choice{ID: string(l), Word: k.Login.Words[l]})
	}
	return out, nil
}

func (k *knowledge) device(id string) (device, bool) {
	i := slices.IndexFunc(k.Devices.List, func(d device) bool { return d.ID == id })
	if i < 0 {
		return device{}, false
	}
	return k.Devices.List[i], true
}
