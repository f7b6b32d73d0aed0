package queue

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// The names of the meta information the SDK acts on.
const (
	metaHold    = "_hold"
	metaUser    = "_user_id"
	metaNick    = "_user_nick"
	metaDevice  = "_dev_id"
	metaAnony   = "_anony_id"
	metaSession = "_session_id"
	metaUAID    = "uaid"
	metaWaiting = "aplus-waiting"
	metaHost    = "aplus-rhost-v"
	metaPVData  = "aplus-cpvdata"
	block       = "BLOCK"
	start       = "START"
)

// task is one entry of the queue.
type task struct {
	at     int // index of its outcome
	event  int
	action string
	args   []any
	whole  bool // it has an action and a list of arguments
	empty  bool // null, undefined, "" or the like
}

// pending is a page view that goes out at the end of this turn.
type pending struct {
	task   task
	config map[string]any
	data   any
}

// model is the SDK together with the queues of a page.
type model struct {
	know     knowledge
	client   Client
	meta     map[string]any
	page     string
	objects  []object
	loaded   bool
	held     []task
	pending  []pending
	outcomes []Outcome
	requests []Request
}

// object is a queue: an array that gathers entries, or the one the SDK put in its place. read is set once the SDK has
// taken over what it held.
type object struct {
	live    bool
	read    bool
	entries []task
}

func newModel(k knowledge, p Profile) *model {
	m := &model{know: k, client: p.Client, meta: map[string]any{}, objects: []object{{}}}
	maps.Copy(m.meta, p.Meta)
	return m
}

// current is the object window.aplus_queue holds.
func (m *model) current() *object { return &m.objects[len(m.objects)-1] }

func (m *model) assign() { m.objects = append(m.objects, object{}) }

func (m *model) push(event int, e Event) {
	t := m.taskOf(event, e.Entry)
	into := m.current()
	if e.Object > 0 && e.Object <= len(m.objects) {
		into = &m.objects[e.Object-1]
	}
	switch {
	case into.live && e.Further:
		m.end(t, Lost, FurtherValue)
	case into.live:
		m.run(t)
	case into.read:
		m.end(t, Lost, Detached)
	default:
		into.entries = append(into.entries, t)
	}
}

func (m *model) taskOf(event int, entry any) task {
	t := task{at: len(m.outcomes), event: event, empty: !present(entry)}
	fields, _ := entry.(map[string]any)
	t.action, _ = fields["action"].(string)
	t.args, t.whole = fields["arguments"].([]any)
	t.whole = t.whole && t.action != ""
	m.outcomes = append(m.outcomes, Outcome{Event: event, Action: t.action, Arguments: t.args, Fate: Lost, Reason: NotLoaded})
	return t
}

func (m *model) end(t task, fate Fate, why Reason) {
	m.outcomes[t.at].Fate, m.outcomes[t.at].Reason = fate, why
}

// load starts the SDK: meta information first, then the rest. A second start finds no array and changes nothing.
func (m *model) load() {
	if m.loaded {
		return
	}
	m.loaded = true
	waiting := m.current().entries
	m.current().entries, m.current().read = nil, true
	m.objects = append(m.objects, object{live: true, read: true})
	if i := slices.IndexFunc(waiting, func(t task) bool { return t.empty }); i >= 0 {
		m.end(waiting[i], Ignored, BrokenEntry)
		for _, t := range waiting[i+1:] {
			m.end(t, Lost, AfterEmpty)
		}
		waiting = waiting[:i]
	}
	for _, t := range metaFirst(waiting) {
		m.run(t)
	}
}

// metaFirst is the order in which the SDK takes entries that waited.
func metaFirst(tasks []task) []task {
	isMeta := func(t task) bool {
		return t.whole && strings.Contains(t.action, "MetaInfo") && !strings.Contains(t.action, "subscribe")
	}
	var meta, rest []task
	for _, t := range tasks {
		if isMeta(t) {
			meta = append(meta, t)
		} else {
			rest = append(rest, t)
		}
	}
	return append(meta, rest...)
}

// run is what the SDK does with one entry.
func (m *model) run(t task) {
	if !t.opens() && m.holding() && m.holds(t.action) {
		m.end(t, Held, "")
		m.held = append(m.held, t)
		return
	}
	if m.perform(t) && t.opens() {
		m.release()
	}
}

// opens reports whether an entry passes although reports are held, and lets go of what was held. The SDK looks at the
// arguments alone, whatever the action.
func (t task) opens() bool {
	name, value := argument(t.args, 0), argument(t.args, 1)
	return name == metaHold && value == start || name == metaAnony && present(value)
}

// holding reports whether reports are held back.
func (m *model) holding() bool {
	if present(m.meta[metaUAID]) && !present(m.meta[metaAnony]) {
		return true
	}
	hold := m.meta[metaHold]
	if !present(hold) {
		hold = m.meta[metaWaiting]
	}
	return hold == block
}

func (m *model) holds(action string) bool {
	return slices.ContainsFunc(m.know.Held, func(part string) bool { return strings.Contains(action, part) })
}

// release runs everything that was held once; what is held again waits for the next START.
func (m *model) release() {
	held := m.held
	m.held = nil
	for _, t := range metaFirst(held) {
		m.run(t)
	}
}

// perform calls the method an entry names and reports whether there was one.
func (m *model) perform(t task) bool {
	if !t.whole {
		m.end(t, Ignored, BrokenEntry)
		return false
	}
	what, known := m.effectOf(t.action)
	if !known {
		m.end(t, Ignored, UnknownAction)
		return false
	}
	switch what {
	case effectPV:
		m.view(t)
		return true
	case effectMeta:
		m.setMeta(t.args)
	case effectAppend:
		m.appendMeta(t.args)
	case effectEvent:
		m.end(t, Sent, "")
		return true
	case effectOther:
	}
	m.end(t, Applied, "")
	return true
}

func (m *model) effectOf(action string) (effect, bool) {
	if m.client != ClientMini {
		action = strings.TrimPrefix(action, "window.")
	}
	root, method, _ := strings.Cut(action, ".")
	if !slices.Contains(m.know.Roots, root) {
		return "", false
	}
	what, known := m.know.Actions[method]
	if !known {
		what, known = m.know.Actions[strings.TrimPrefix(method, "_")]
	}
	return what, known
}

func (m *model) setMeta(args []any) {
	if len(args) == 0 {
		return
	}
	if described, ok := args[0].(map[string]any); ok {
		mode := text(described["mode"])
		if mode == "" || mode == "OVERWRITE" {
			m.meta[text(described["metaName"])] = described["metaValue"]
		}
		return
	}
	m.meta[text(args[0])] = argument(args, 1)
}

// appendMeta adds to a value that is an object or a list, and replaces any other.
func (m *model) appendMeta(args []any) {
	name, more := argument(args, 0), argument(args, 1)
	if !present(name) || !present(more) {
		return
	}
	key := text(name)
	have := structured(m.meta[key])
	switch have := have.(type) {
	case map[string]any:
		merged := maps.Clone(have)
		assign(merged, structured(more))
		m.meta[key] = merged
	case []any:
		if list, ok := structured(more).([]any); ok {
			m.meta[key] = append(slices.Clone(have), list...)
		} else {
			m.meta[key] = append(slices.Clone(have), more)
		}
	default:
		m.meta[key] = more
	}
}

// structured reads a text that is JSON; anything else stays as it is.
func structured(v any) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	var out any
	if json.Unmarshal([]byte(s), &out) != nil {
		return v
	}
	return out
}

func argument(args []any, i int) any {
	if i < len(args) {
		return args[i]
	}
	return nil
}

// view takes a page view. It is sent at the end of the turn, with the values that stand then.
func (m *model) view(t task) {
	given := argument(t.args, 0)
	config, isObject := given.(map[string]any)
	_, isList := given.([]any)
	_, isUnknown := given.(Unknown)
	if present(given) && !isObject && !isList && !isUnknown {
		m.end(t, Ignored, BrokenConfig)
		return
	}
	if present(config["is_auto"]) && slices.Contains(m.know.Manual, text(m.meta[metaWaiting])) {
		m.end(t, Ignored, AutoOff)
		return
	}
	m.pending = append(m.pending, pending{task: t, config: config, data: argument(t.args, 1)})
}

// tick sends what was taken in this turn.
func (m *model) tick() {
	waiting := m.pending
	m.pending = nil
	for _, p := range waiting {
		host := text(m.meta[metaHost])
		if host == "" {
			m.end(p.task, Ignored, NoHost)
			continue
		}
		r := m.request(p, host)
		m.end(p.task, Sent, "")
		m.outcomes[p.task.at].Request = &r
		m.requests = append(m.requests, r)
	}
}

func (m *model) request(p pending, host string) Request {
	gif := m.know.Gifs[m.client]
	scheme := "https:"
	if regexp.MustCompile(`(\d+\.){3,}\d+`).MatchString(host) {
		scheme = "http:"
	}
	r := Request{
		Address: scheme + "//" + host + gif, Host: host, Gif: gif, User: orDash(m.meta[metaUser]), Nick: orDash(m.meta[metaNick]),
		DeviceID: orDash(m.meta[metaDevice]), AppID: orDash(m.meta["appKey"]), Page: m.page, Event: p.task.event, Args: m.fields(p),
	}
	if r.AppID == "-" {
		r.AppID = orDash(m.meta["appId"])
	}
	if page := p.config["pageUrl"]; present(page) {
		r.Page = text(page)
	}
	r.Referrer = orDash(p.config["referrer"])
	return r
}

// fields are the arguments of the event: those of the SDK, then those the page gave, which win.
func (m *model) fields(p pending) map[string]any {
	out := map[string]any{"uaid": 0, "pvid": ""}
	if present(m.meta[metaUAID]) {
		out["uaid"] = 1
	}
	for _, name := range []string{metaDevice, metaAnony, metaUser, metaNick, metaSession} {
		out[name] = orEmpty(m.meta[name])
	}
	if !present(p.config["is_auto"]) {
		assign(out, parameters(p.config["gokey"]))
	}
	assignEach(out, m.meta[metaPVData])
	assignEach(out, p.data)
	return out
}

func (m *model) report() Report {
	for i, o := range m.objects {
		why := NotLoaded
		if i < len(m.objects)-1 || m.loaded {
			why = Replaced
		}
		for _, t := range o.entries {
			m.end(t, Lost, why)
		}
	}
	return Report{Outcomes: m.outcomes, Requests: m.requests, Loaded: m.loaded, Holding: m.holding(), User: orDash(m.meta[metaUser])}
}
