package procedure

import "shangjiatong/app/listing"

// Flow is one guided flow (FLOW-n) in one version, as read from its file. It never changes after loading.
type Flow struct {
	ID      string `yaml:"id"`      // FLOW-1
	Name    string `yaml:"name"`    // 新应用上架
	Version string `yaml:"version"` // date, 2006-01-02; cases are pinned to it
	Source  string `yaml:"source"`
	Checked string `yaml:"checked"` // date the facts were last compared with their source
	Purpose string `yaml:"purpose"`
	// Kinds and Only say which apps the flow is for; empty means all.
	Kinds    []listing.AppKind `yaml:"kinds"`
	Only     Only              `yaml:"only"`
	Requires []Requirement     `yaml:"requires"`
	Excludes []Exclusion       `yaml:"excludes"`
	Inputs   []Input           `yaml:"inputs"`
	// AnyInput: at least one of the inputs that an effect takes has to be given, whichever.
	AnyInput bool     `yaml:"any_input"`
	Effects  []Change `yaml:"effects"`

	Actors []Actor    `yaml:"actors"`
	Nets   []Network  `yaml:"networks"`
	Waits  []WaitRule `yaml:"waits"`
	Stages []Stage    `yaml:"stages"`
}

// The parties: on whose side an actor stands.
const (
	PartyOwner    = "owner"    // 应用单位
	PartyVendor   = "vendor"   // 开发商
	PartyPlatform = "platform" // 平台方: reviewers and operators of the platforms
)

// PartyWord returns the Chinese word of a party, or the code itself when it is unknown.
func PartyWord(party string) string {
	switch party {
	case PartyOwner:
		return "应用单位"
	case PartyVendor:
		return "开发商"
	case PartyPlatform:
		return "平台方"
	}
	return party
}

// Actor is somebody who does or reviews a task.
type Actor struct {
	ID    string `yaml:"id"`
	Party string `yaml:"party"`
	Role  string `yaml:"role"` // ROLE-n; empty for who has no number in the guide
	Name  string `yaml:"name"`
}

// Network is a network a task can be done from.
type Network struct {
	ID   string `yaml:"id"` // NET-n, or any
	Name string `yaml:"name"`
	Note string `yaml:"note"`
}

// The kinds of waits.
const (
	WaitWorkdays = "workdays" // N working days (WAIT-1, WAIT-5)
	WaitHours    = "hours"    // N hours (WAIT-2)
	WaitNextDay  = "next_day" // until the next calendar day begins (WAIT-3)
	WaitDaily    = "daily"    // nobody says how long; a reminder a day (WAIT-4, WAIT-7)
	WaitDesk     = "desk"     // until the acceptance desk opens (WAIT-6)
)

// When a wait is over.
const (
	UntilSettled = "settled" // when its task is settled or returned
	UntilDue     = "due"     // by itself, when the time has passed
)

// WaitRule says what starts a wait, how long it takes and what ends it (WAIT-n).
type WaitRule struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Task  string   `yaml:"task"` // the task that waits
	From  WaitFrom `yaml:"from"`
	Until string   `yaml:"until"`
	Kind  string   `yaml:"kind"`
	N     int      `yaml:"n"`     // hours or working days
	About bool     `yaml:"about"` // the source says "about"
	Desk  bool     `yaml:"desk"`  // counted from receipt at the acceptance desk
	// Assumed: the source says this length of another wait, and it is taken over here.
	Assumed bool   `yaml:"assumed"`
	Call    Call   `yaml:"call"`
	Text    string `yaml:"text"`
	Source  string `yaml:"source"`
}

// Call says whom to ask when a wait runs long.
type Call struct {
	Actor string `yaml:"actor"`
	Say   string `yaml:"say"` // what to ask, and what to have at hand
}

// WaitFrom names the act that starts a wait.
type WaitFrom struct {
	Task string `yaml:"task"`
	Act  string `yaml:"act"`
}

// Stage is an ordered part of a flow. Its needs hold for each of its tasks.
type Stage struct {
	ID      string   `yaml:"id"`
	Step    int      `yaml:"step"` // 1, 2, …
	Name    string   `yaml:"name"`
	Summary string   `yaml:"summary"`
	Needs   []string `yaml:"needs"`
	Source  string   `yaml:"source"`
	Tasks   []Task   `yaml:"tasks"`
}

// Only says which shapes of application something is for; empty means all.
type Only string

// The conditions.
const (
	OnlyHosted   Only = "hosted"   // some part goes through code hosting
	OnlyUnhosted Only = "unhosted" // nothing goes through code hosting
	OnlyMini     Only = "mini"     // there is a mini-program part
)

// Task is one thing to be done (事项).
type Task struct {
	ID        string    `yaml:"id"` // STEP-n.m in FLOW-1, Fn-m in FLOW-n
	Title     string    `yaml:"title"`
	Why       string    `yaml:"why"`
	Only      Only      `yaml:"only"`
	Actor     string    `yaml:"actor"`    // ID of an actor
	With      []string  `yaml:"with"`     // actors who take part
	Reviewer  string    `yaml:"reviewer"` // actor who reviews; empty when nobody does
	Network   string    `yaml:"network"`
	Places    []Place   `yaml:"places"`
	Prepare   []string  `yaml:"prepare"` // what one needs before beginning
	Steps     []string  `yaml:"steps"`
	Takes     string    `yaml:"takes"` // how long it takes
	Cautions  []Caution `yaml:"cautions"`
	Answer    string    `yaml:"answer"` // a sample of what gets accepted
	Needs     []Need    `yaml:"needs"`
	Forms     []string  `yaml:"forms"`
	Materials []string  `yaml:"materials"`
	Gates     []string  `yaml:"gates"` // rules, and forms with fields missing, whose blocking findings stand against submit and confirm
	Proof     ProofRule `yaml:"proof"`
	SkipWhen  string    `yaml:"skip_when"` // when it may be skipped; empty means never
	Portal    Portal    `yaml:"portal"`
	Withdraw  *Withdraw `yaml:"withdraw"` // how to take the task back in the portal; nil where nothing is known
	Sources   []string  `yaml:"sources"`  // fact IDs, "dossier n"
	Checked   string    `yaml:"checked"`
}

// Reviewed reports whether somebody reviews the task: then it ends with pass, otherwise with confirm.
func (t *Task) Reviewed() bool { return t.Reviewer != "" }

// Skippable reports whether the task may be marked as not applicable.
func (t *Task) Skippable() bool { return t.SkipWhen != "" }

// Portal names the states of the 治理侧 list (dossier 5.3) around a task, in the portal's words; see PortalStates.
type Portal struct {
	Before []string `yaml:"before"` // in one of these it can be begun
	During []string `yaml:"during"` // while it is submitted or in review
	After  []string `yaml:"after"`  // once it is settled
}

// Withdraw says how the portal takes back what was done there (撤回, 撤销升级). It is recorded by the act undo on the
// same task: the reason says why, and both acts stay in the case.
type Withdraw struct {
	Word   string   `yaml:"word"`
	Path   string   `yaml:"path"`
	States []string `yaml:"states"` // the states of the portal in which it can be done
	Source string   `yaml:"source"`
}

// Place is where a task is done: an address of package forms and the way from there.
type Place struct {
	Address   string `yaml:"address"`    // ADDR-n; empty when only the way is known
	PerRegion bool   `yaml:"per_region"` // the key is completed by the region, ADDR-5.杭州
	Region    string `yaml:"region"`     // the input that names the region; empty means the app's own
	Path      string `yaml:"path"`
	Only      Only   `yaml:"only"`
}

// Caution is what people get wrong here, with the rules that say so.
type Caution struct {
	Text  string   `yaml:"text"`
	Rules []string `yaml:"rules"`
	Only  Only     `yaml:"only"`
}

// Need names a task that has to be settled first.
type Need struct {
	Task   string `yaml:"task"`
	Only   Only   `yaml:"only"`
	Source string `yaml:"source"` // where it is said, when not in the table of needs
}

// ProofRule says what shows that the task is done.
type ProofRule struct {
	What     string `yaml:"what"`
	Required bool   `yaml:"required"`
}

// Task returns the task with the given ID, or nil.
func (f *Flow) Task(id string) *Task {
	for i := range f.Stages {
		for j := range f.Stages[i].Tasks {
			if f.Stages[i].Tasks[j].ID == id {
				return &f.Stages[i].Tasks[j]
			}
		}
	}
	return nil
}

// Actor returns the actor with the given ID, or nil.
func (f *Flow) Actor(id string) *Actor {
	for i := range f.Actors {
		if f.Actors[i].ID == id {
			return &f.Actors[i]
		}
	}
	return nil
}

// Network returns the network with the given ID, or nil.
func (f *Flow) Network(id string) *Network {
	for i := range f.Nets {
		if f.Nets[i].ID == id {
			return &f.Nets[i]
		}
	}
	return nil
}
