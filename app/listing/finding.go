package listing

// Level is how much a finding weighs.
type Level string

// The levels: an error blocks, a warning can be waived, an info guides.
const (
	LevelError   Level = "error"
	LevelWarning Level = "warning"
	LevelInfo    Level = "info"
)

// Word returns the Chinese word of a level.
func (l Level) Word() string {
	switch l {
	case LevelError:
		return "须改正"
	case LevelWarning:
		return "请留意"
	case LevelInfo:
		return "提示"
	}
	return string(l)
}

// The codes of findings: what kind of answer a rule gave.
const (
	FindingViolated  = "violated"  // the rule is broken
	FindingUndecided = "undecided" // 未核对: the data to decide is missing; never counts as passed
	FindingGuide     = "guide"     // a piece of advice
	FindingLive      = "live"      // 需实测: only a running page can tell; handed to the live check, never called wrong
)

// Finding (检查结果) is one thing a check has to say. Every check of the program, whatever it reads, reports in this
// shape; empty members are left out.
type Finding struct {
	Rule    string `json:"rule"` // RULE-5, TRACK-4, PKG-10 …
	Code    string `json:"code,omitempty"`
	Level   Level  `json:"level"`
	Field   string `json:"field,omitempty"` // field key, see package forms
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`          // what is wrong, in the user's words
	Effect  string `json:"effect,omitempty"` // what it leads to
	Fix     string `json:"fix,omitempty"`    // how to mend it
	// Excerpt is the line the place is on, or the part of a long line around it; Mend is the same code put right, ready
	// to be pasted, where it can be given.
	// Mark is the character of Excerpt, from 1, that the place is at; 0 when it is not known.
	Excerpt string `json:"excerpt,omitempty"`
	Mark    int    `json:"mark,omitempty"`
	Mend    string `json:"mend,omitempty"`
	// Waiver is the decision to let this warning stand; a waived finding no longer counts.
	Waiver *Waiver `json:"waiver,omitempty"`
}

// Blocks reports whether a finding stands in the way of a submission.
func (f Finding) Blocks() bool { return f.Level == LevelError && f.Waiver == nil }

// Blocking returns the findings that block, in their order.
func Blocking(findings []Finding) []Finding {
	var out []Finding
	for _, f := range findings {
		if f.Blocks() {
			out = append(out, f)
		}
	}
	return out
}
