package procedure

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/listing"
)

//go:embed data/*.yaml
var data embed.FS

const (
	portalFile = "data/portal-states.yaml"
	wordsFile  = "data/words.yaml"
)

// TurnNobody says, beside the parties, whose turn it is in a state of the portal: nobody has to act.
const TurnNobody = "nobody"

// PortalStates is what is known of the states of the 治理侧 list (dossier 5.3). It never changes after loading. The
// states stand beside our own status words and are never mixed with them.
type PortalStates struct {
	Version string        `yaml:"version"`
	Source  string        `yaml:"source"`
	Checked string        `yaml:"checked"`
	Marks   []PortalMark  `yaml:"marks"`
	States  []PortalState `yaml:"states"`
	Greyed  []GreyedWhy   `yaml:"greyed"`
}

// PortalMark says how well something is known: V 已证实, 1 单一来源, I 推定.
type PortalMark struct {
	Mark string `yaml:"mark" json:"mark"`
	Word string `yaml:"word" json:"word"`
	Note string `yaml:"note" json:"note"`
}

// PortalState is one state of the portal. For a state nobody described, Known is false and Word is as it was read.
type PortalState struct {
	Word     string `yaml:"word" json:"word"`
	Known    bool   `yaml:"-" json:"known"`
	Meaning  string `yaml:"meaning" json:"meaning"`
	Turn     string `yaml:"turn" json:"turn"` // a party, nobody, or empty when unknown
	TurnWord string `yaml:"-" json:"turn_word"`
	// Tells is the act that the state stands for when the task was sent in: review, return, or nothing.
	Tells    listing.ActName `yaml:"tells" json:"tells"`
	Buttons  []string        `yaml:"buttons" json:"buttons"` // what the row offers, developer's buttons included
	Listed   bool            `yaml:"listed" json:"listed"`   // the app is listed, whatever is being done to it
	Mark     string          `yaml:"mark" json:"mark"`
	MarkWord string          `yaml:"-" json:"mark_word"`
	Next     string          `yaml:"next" json:"next"` // what to do in this state
	Source   string          `yaml:"source" json:"source"`
}

// GreyedWhy explains a button that a state does not offer. Without states it is the explanation for all others.
type GreyedWhy struct {
	Button string   `yaml:"button"`
	States []string `yaml:"states"`
	Why    string   `yaml:"why"`
	Source string   `yaml:"source"`
}

// EmbeddedPortal returns the states that come with the program.
func EmbeddedPortal() (*PortalStates, error) {
	raw, err := data.ReadFile(portalFile)
	if err != nil {
		return nil, listing.Failf(listing.CodeInternal, dataHint, "%s 读不出来", portalFile).Because(err)
	}
	return ParsePortal(portalFile, raw)
}

// ParsePortal reads and checks a file of portal states; errors are as those of Parse.
func ParsePortal(name string, raw []byte) (*PortalStates, error) {
	p := &PortalStates{}
	if err := decode(name, raw, p); err != nil {
		return nil, err
	}
	c := newChecker(name)
	c.portal(p)
	if err := c.first(); err != nil {
		return nil, err
	}
	for i := range p.States {
		s := &p.States[i]
		s.Known, s.TurnWord, s.MarkWord = true, PartyWord(s.Turn), p.markWord(s.Mark)
		if s.Turn == TurnNobody {
			s.TurnWord = "无需操作"
		}
	}
	return p, nil
}

func (p *PortalStates) markWord(mark string) string {
	for _, m := range p.Marks {
		if m.Mark == mark {
			return m.Word
		}
	}
	return mark
}

// State returns what is known of a state, and whether anything is. Spaces around the word do not count.
func (p *PortalStates) State(word string) (PortalState, bool) {
	word = strings.TrimSpace(word)
	for _, s := range p.States {
		if s.Word == word {
			s.Buttons = list(s.Buttons)
			return s, true
		}
	}
	return PortalState{Word: word, Buttons: []string{}, Meaning: "没有见过这个状态，照原样显示"}, false
}

// Words lists the known states in the order of the file.
func (p *PortalStates) Words() []string {
	out := []string{}
	for _, s := range p.States {
		out = append(out, s.Word)
	}
	return out
}

// WhyGreyed explains why a button cannot be pressed in a state and who can change that; empty when the state offers it.
// For an unknown state or button it says so.
func (p *PortalStates) WhyGreyed(button, state string) string {
	s, known := p.State(state)
	if known && slices.Contains(s.Buttons, button) {
		return ""
	}
	rest := ""
	for _, g := range p.Greyed {
		switch {
		case g.Button != button:
		case slices.Contains(g.States, s.Word):
			return fmt.Sprintf("治理侧状态是“%s”：%s", s.Word, g.Why)
		case len(g.States) == 0:
			rest = g.Why
		}
	}
	switch {
	case !known && rest == "":
		return fmt.Sprintf("没有见过治理侧状态“%s”，不知道“%s”为什么不能点", s.Word, button)
	case !known:
		return fmt.Sprintf("没有见过治理侧状态“%s”。一般来说：%s", s.Word, rest)
	case rest == "":
		return fmt.Sprintf("治理侧状态是“%s”，没有“%s”。%s", s.Word, button, s.Next)
	}
	return fmt.Sprintf("治理侧状态是“%s”：%s", s.Word, rest)
}

// Greys lists the buttons that can be explained, in the order of the file.
func (p *PortalStates) Greys() []string {
	out := []string{}
	for _, g := range p.Greyed {
		if !slices.Contains(out, g.Button) {
			out = append(out, g.Button)
		}
	}
	return out
}

// PortalExpected lists the states of the portal that fit where the case stands: those of the tasks sent in or sent back,
// else those after the last settled task that names any. Empty means that nothing is expected. What was sent back is no
// longer under review: of its states only those stay that tell of a return.
func (s *State) PortalExpected(p *PortalStates) []string {
	out, after := []string{}, []string{}
	for _, t := range s.Plan.tasks {
		status := s.Status(t.ID)
		switch {
		case status == listing.StatusSubmitted || status == listing.StatusInReview:
			out = append(out, t.Portal.During...)
		case s.track(t.ID).own() == listing.StatusReturned: // sent back, and once it is mended as before it was sent in
			out = append(append(out, p.returns(t.Portal.During)...), t.Portal.Before...)
		case (status == listing.StatusPassed || status == listing.StatusDone) && len(t.Portal.After) > 0:
			after = t.Portal.After
		}
	}
	if len(out) == 0 {
		return list(after)
	}
	return out
}

// returns keeps the states that tell of a return.
func (p *PortalStates) returns(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		state, _ := p.State(word)
		return state.Tells != listing.ActReturn
	})
}

// PortalNotice says in a sentence that the state seen in the portal does not fit where the case stands, or nothing.
func (s *State) PortalNotice(p *PortalStates, seen string) string {
	state, known := p.State(seen)
	want := s.PortalExpected(p)
	switch {
	case state.Word == "" || len(want) == 0 || slices.Contains(want, state.Word):
		return ""
	case !known:
		return "治理侧显示“" + state.Word + "”，没有见过这个状态，请照页面判断"
	}
	return "治理侧显示“" + state.Word + "”，按本程序的登记应当是“" + strings.Join(want, "”或“") + "”，请核对哪一边还没有登记"
}

// portal checks a file of portal states.
func (c *checker) portal(p *PortalStates) {
	c.date("version", p.Version)
	c.text("source", p.Source)
	c.date("checked", p.Checked)
	var marks, words []string
	for i, m := range p.Marks {
		c.text(fmt.Sprintf("marks[%d].word", i), m.Word)
		marks = append(marks, m.Mark)
	}
	if len(p.States) == 0 {
		c.fault("states", "一个状态也没有")
	}
	for i, s := range p.States {
		at := fmt.Sprintf("states[%d]（%s）", i, s.Word)
		c.text(at+".word", s.Word)
		c.text(at+".meaning", s.Meaning)
		c.text(at+".next", s.Next)
		c.oneOf(at+".turn", s.Turn, PartyOwner, PartyVendor, PartyPlatform, TurnNobody)
		c.oneOf(at+".tells", string(s.Tells), "", string(listing.ActReview), string(listing.ActReturn))
		c.oneOf(at+".mark", s.Mark, marks...)
		c.id(at+".source", s.Source, patternSource)
		c.texts(at+".buttons", s.Buttons)
		if slices.Contains(words, s.Word) {
			c.fault(at+".word", "状态“%s”写了两次", s.Word)
		}
		words = append(words, s.Word)
	}
	for i, g := range p.Greyed {
		at := fmt.Sprintf("greyed[%d]（%s）", i, g.Button)
		c.text(at+".button", g.Button)
		c.text(at+".why", g.Why)
		c.id(at+".source", g.Source, patternSource)
		for j, s := range g.States {
			c.oneOf(fmt.Sprintf("%s.states[%d]", at, j), s, words...)
		}
	}
}
