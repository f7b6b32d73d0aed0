package tracking

import (
	_ "embed"
	"regexp"
	"sync"
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

// Login holds how long held records wait for the user (TRACK-4), and how long an entry page that knows where to go
// still waits for its own record; both in milliseconds.
type Login struct {
	Origin  `yaml:",inline"`
	WaitMS  int `yaml:"wait_ms"`
	LeaveMS int `yaml:"leave_ms"`
}

// Mini names the files of a mini-program, as require sees them from utils/tracking.js (TRACK-15). StabilitySDK is empty
// as long as nobody knows which file is handed out.
type Mini struct {
	Origin       `yaml:",inline"`
	SDK          string `yaml:"sdk"`
	StabilitySDK string `yaml:"stability_sdk"`
}

// Code is what the check of code goes by beside the rest (package lint).
type Code struct {
	Origin       `yaml:",inline"`
	Agents       ByDevice `yaml:"agents"`        // user agents of the three kinds of devices inside 浙政钉 (dossier 2)
	Watermarks   []string `yaml:"watermarks"`    // text of page watermarks that gets into copied code (dossier 10)
	NotAccount   []string `yaml:"not_account"`   // members of an answer that are no accountId (dossier 3.4)
	AllowedHosts []string `yaml:"allowed_hosts"` // reachable on the government network beside the hosts above (PKG-10)
	Libraries    []string `yaml:"libraries"`     // folders that hold libraries with pages of their own
	Files        int      `yaml:"files"`         // at most this many files are looked at
	FileBytes    int64    `yaml:"file_bytes"`    // a larger script or page is not read
	TotalBytes   int64    `yaml:"total_bytes"`   // of all files that are read
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
	Mini         Mini      `yaml:"mini"`
	Limits       Limits    `yaml:"limits"`
	Placeholders Patterns  `yaml:"placeholders"`
	Personal     Personal  `yaml:"personal"`
	LocalHosts   Patterns  `yaml:"local_hosts"`
	Columns      Columns   `yaml:"columns"`
	Code         Code      `yaml:"code"`
}

// embedded parses the facts this build carries once; they are constant.
var embedded = sync.OnceValues(func() (Facts, error) { return ParseFacts(factsYAML) })

// CurrentFacts returns the facts this build carries. A unit may have imported newer ones: see package service.
func CurrentFacts() (Facts, error) { return embedded() }

// Block is one block of the facts by name, with its origin.
type Block struct {
	Name string
	Origin
}

// Word returns the Chinese name of a block.
func (b Block) Word() string {
	switch b.Name {
	case "stability":
		return "稳定性监控"
	case "traffic":
		return "流量分析"
	case "login":
		return "免登"
	case "mini":
		return "小程序"
	case "limits":
		return "数量上限"
	case "placeholders":
		return "占位文字"
	case "personal":
		return "个人信息"
	case "local_hosts":
		return "开发环境地址"
	case "columns":
		return "页面表的列名"
	case "code":
		return "代码检查"
	}
	return b.Name
}

// Blocks lists the blocks in the order of the file.
func (f Facts) Blocks() []Block {
	return []Block{
		{"stability", f.Stability.Origin}, {"traffic", f.Traffic.Origin}, {"login", f.Login.Origin},
		{"mini", f.Mini.Origin}, {"limits", f.Limits.Origin}, {"placeholders", f.Placeholders.Origin}, {"personal", f.Personal.Origin},
		{"local_hosts", f.LocalHosts.Origin}, {"columns", f.Columns.Origin},
		{"code", f.Code.Origin},
	}
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
