package queue

// Kind says what happened.
type Kind string

// The kinds of events.
const (
	Push   Kind = "push"   // something was pushed onto a queue
	Assign Kind = "assign" // window.aplus_queue was assigned a new array
	Load   Kind = "load"   // the SDK started: it takes over what the array held, and puts an object of its own in its place
	Tick   Kind = "tick"   // a turn of the event loop ended: the reports of this turn go out
)

// Event is one thing that happened in a page.
type Event struct {
	Kind Kind `json:"kind"`
	// Object is the queue that was pushed onto: 0 for what window.aplus_queue holds at that moment. Otherwise the objects
	// that window.aplus_queue held are counted from 1: the first array, then one more with every Assign and with Load.
	Object int `json:"object,omitempty"`
	// Entry is what was pushed, as JSON has it: a map with "action" and "arguments" when it is well-formed.
	Entry any `json:"entry,omitempty"`
	// Further marks the second and later values of one call of push, which an array takes and the SDK does not.
	Further bool `json:"further,omitempty"`
	// Page is the address of the page at that moment; empty when it has not changed.
	Page string `json:"page,omitempty"`
}

// Do makes the event of pushing an action through window.aplus_queue.
func Do(action string, arguments ...any) Event {
	return Event{Kind: Push, Entry: map[string]any{"action": action, "arguments": arguments}}
}

// Unknown is a value that only a running page knows; its text is the expression that gives it. It counts as present and
// as different from every known value.
type Unknown string

// Fate says what became of a push.
type Fate string

// The fates of a push.
const (
	Applied Fate = "applied" // it took effect; nothing is sent for it
	Sent    Fate = "sent"    // it was sent; for a page view Outcome.Request says how
	Held    Fate = "held"    // it still waits for START
	Ignored Fate = "ignored" // it reached the SDK, which made nothing of it and said nothing
	Lost    Fate = "lost"    // it never reached the SDK
)

// Reason says why a push was ignored or lost.
type Reason string

// The reasons.
const (
	UnknownAction Reason = "unknown_action" // no method of that name: 'aplus. sendPV'
	BrokenEntry   Reason = "broken_entry"   // no object with an action and a list of arguments
	BrokenConfig  Reason = "broken_config"  // the first argument of sendPV is text or a number: the SDK fails on it
	AutoOff       Reason = "auto_off"       // is_auto is set (the text "false" counts as set) while aplus-waiting switches automatic views off
	NoHost        Reason = "no_host"        // aplus-rhost-v was not set when it was to be sent
	NotLoaded     Reason = "not_loaded"     // the SDK never started
	Replaced      Reason = "replaced"       // window.aplus_queue was assigned anew, and nobody reads the object pushed onto
	Detached      Reason = "detached"       // pushed onto the array the SDK had taken over already: a queue kept in a constant
	FurtherValue  Reason = "further_value"  // the second value of one call of push
	AfterEmpty    Reason = "after_empty"    // stood after an empty value in the array, at which the SDK stops reading
)

// Outcome is what became of one push.
type Outcome struct {
	Event     int      `json:"event"` // its place among the events, from 0
	Action    string   `json:"action"`
	Arguments []any    `json:"arguments"`
	Fate      Fate     `json:"fate"`
	Reason    Reason   `json:"reason,omitempty"`
	Request   *Request `json:"request,omitempty"` // for a page view that was sent
}

// Request is a page view as it would be sent.
type Request struct {
	Address  string         `json:"address"` // without the line: scheme, host and log file
	Host     string         `json:"host"`    // as set by the page
	Gif      string         `json:"gif"`     // /v.gif, /m.gif or /vx.gif
	AppID    string         `json:"app_id"`
	User     string         `json:"user"`      // field 9 of the line, "-" when there was none
	Nick     string         `json:"nick"`      // field 8
	DeviceID string         `json:"device_id"` // field 6
	Page     string         `json:"page"`      // address of the page
	Referrer string         `json:"referrer"`
	Args     map[string]any `json:"args"`  // field 25: the user fields of the SDK and what sendPV was given
	Event    int            `json:"event"` // the event that pushed it
}

// Profile is what stands before the first event.
type Profile struct {
	Client Client
	Meta   map[string]any // meta information given to the SDK itself, as a mini-program does
}

// Report is the end of a run.
type Report struct {
	Outcomes []Outcome // one for every Push, in their order
	Requests []Request // page views in the order they are sent
	Loaded   bool      // the SDK started
	Holding  bool      // reports are held back at the end
	User     string    // the user a page view sent now would carry, "-" for none
}

// Run plays the events. It fails only when the program's own data is broken.
func Run(p Profile, events []Event) (Report, error) {
	k, err := embedded()
	if err != nil {
		return Report{}, err
	}
	m := newModel(k, p)
	for i, e := range events {
		if e.Page != "" {
			m.page = e.Page
		}
		switch e.Kind {
		case Push:
			m.push(i, e)
		case Assign:
			m.assign()
		case Load:
			m.load()
		case Tick:
			m.tick()
		}
	}
	m.tick()
	return m.report(), nil
}
