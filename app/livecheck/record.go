package livecheck

import (
	"encoding/json"
	"net/url"
	"strings"
	"sync"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/tracking/queue"
)

// document is what was recorded of one document, from its first moment on.
type document struct {
	events   []queue.Event
	pushed   int // pushes among the events
	waiting  int // logins asked for and not yet answered
	logins   int
	sdk      string   // address the SDK came from
	reporter string   // address the stability reporter came from
	built    []any    // what every wpkReporter was constructed with
	install  int      // calls of installAll
	started  bool     // the SDK put its own object in the queue's place
	uploads  []string // app= of every stability upload
	logs     []string // addresses of the log requests
	requests int
}

// holding reports whether the page holds reports back: the last _hold it pushed says BLOCK.
func (d *document) holding() bool {
	for i := len(d.events) - 1; i >= 0; i-- {
		switch meta, value := metaOf(d.events[i]); {
		case meta == "_hold" && value == "BLOCK":
			return true
		case meta == "_hold" && value == "START":
			return false
		}
	}
	return false
}

// metaOf returns key and value of a push of meta information.
func metaOf(e queue.Event) (key string, value any) {
	if e.Kind != queue.Push || !strings.Contains(actionOf(e), "MetaInfo") {
		return "", nil
	}
	args := argumentsOf(e)
	if len(args) < 2 {
		return "", nil
	}
	key, _ = args[0].(string)
	return key, args[1]
}

func actionOf(e queue.Event) string {
	entry, _ := e.Entry.(map[string]any)
	action, _ := entry["action"].(string)
	return action
}

func argumentsOf(e queue.Event) []any {
	entry, _ := e.Entry.(map[string]any)
	args, _ := entry["arguments"].([]any)
	return args
}

// isView reports whether a push is meant to report a page view, however it is spelt.
func isView(action string) bool { return strings.Contains(action, "sendPV") }

// visit is one page, seen once.
type visit struct {
	stop
	device device
	login  Login
	entry  bool // the entry, which is no page of the page table
	reload bool // the second look, by loading what a change of route did not report
	routed bool // reached by a change of route

	doc      *document
	earlier  []*document // those it came by
	from, to int         // its events in doc
	logsFrom int         // its log requests in doc
	status   int
	failed   string   // why it was not opened
	busy     string   // why it was not seen to the end
	errors   []string // exceptions, with their places
	syntax   []string
	disturbs []string // dialogs, new windows, downloads, service workers
	apis     []string // back-end requests that were answered here
	relative []string // those among them to the page's own origin
	local    []string // those to this machine or a private network
	parts    []string // scripts and styles of other sites that were blocked
	other    []string // other sites that were blocked
	missing  []string // files of the served folder that are not there
	answers  map[string]int
	end      endState
	moves    int
	routes   int
	heard    int // events of any kind
	loaded   bool
	active   time.Time // when something last happened
}

// views counts the page views pushed in this visit.
func (v *visit) views() int {
	if v.doc == nil {
		return 0
	}
	n := 0
	for _, e := range v.doc.events[v.from:] {
		if e.Kind == queue.Push && isView(actionOf(e)) {
			n++
		}
	}
	return n
}

// endState is what a page is asked when it is done.
type endState struct {
	Kept        bool   `json:"kept"`        // window._wpk is there
	Crossorigin bool   `json:"crossorigin"` // the reporter's script has it
	SDKID       bool   `json:"sdk_id"`      // the SDK's script has its id
	Password    bool   `json:"password"`    // a password field is shown
	Title       string `json:"title"`
}

// recorder hears everything of one tab and keeps it by visit. The browser's goroutines write, the check reads.
type recorder struct {
	mu  sync.Mutex
	k   *knowledge
	now *visit
	doc *document
	// next is a document that was asked for and has not told of itself yet. The browser fetches its scripts before that.
	next *document
}

// asked is the document a request belongs to.
func (r *recorder) asked(top, isDocument bool) *document {
	if top && isDocument {
		r.next = &document{}
	}
	switch {
	case r.next != nil:
		return r.next
	case r.doc != nil:
		return r.doc
	}
	return &document{}
}

// begin starts a visit. A change of route goes on in the document that is there.
func (r *recorder) begin(v *visit, keep bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v.active, v.answers = time.Now(), map[string]int{}
	if keep && r.doc != nil {
		v.doc, v.from, v.logsFrom, v.loaded, v.routed = r.doc, len(r.doc.events), len(r.doc.logs), true, true
	} else {
		r.doc, r.next = nil, nil
	}
	r.now = v
}

// finish ends a visit; what happens afterwards belongs to nobody.
func (r *recorder) finish() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v := r.now; v != nil && v.doc != nil {
		v.to = len(v.doc.events)
	}
	r.now = nil
}

// event hears the browser.
func (r *recorder) event(e browser.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v := r.now
	if v == nil {
		v = &visit{doc: r.doc, answers: map[string]int{}} // between two visits
	}
	if v.heard++; v.heard > r.k.Limits.Noise {
		v.busy = "页面不停地出错或写控制台"
		return
	}
	if e.Kind != browser.EventConsole {
		v.active = time.Now()
	}
	switch e.Kind {
	case browser.EventTold:
		r.told(v, e.Text)
	case browser.EventError:
		place := e.Text
		if e.URL != "" {
			place += "（" + shortAddress(e.URL) + lineOf(e) + "）"
		}
		if strings.HasPrefix(e.Text, "SyntaxError") {
			v.syntax = addNew(v.syntax, place)
		} else if len(v.errors) < 5 {
			v.errors = addNew(v.errors, place)
		}
	case browser.EventDialog:
		v.disturbs = addNew(v.disturbs, "弹出了对话框："+e.Text)
	case browser.EventDownload:
		v.disturbs = addNew(v.disturbs, "要下载文件："+e.Text)
	case browser.EventWindow:
		v.disturbs = addNew(v.disturbs, "打开了新窗口："+shortAddress(e.URL))
	case browser.EventCrash:
		v.busy = "标签页崩溃了"
	case browser.EventMoved:
		r.moved(v, e)
	case browser.EventDocument:
		v.status = e.Status
	case browser.EventLoaded:
		v.loaded = true
	case browser.EventAnswered:
		v.answers[e.URL] = e.Status
	}
}

func (r *recorder) moved(v *visit, e browser.Event) {
	if e.Text == "within" {
		if v.routes++; v.routes > r.k.Limits.Routes {
			v.busy = "路由来回切换，停不下来"
		}
		return
	}
	v.loaded = false
	if v.moves++; v.moves > r.k.Limits.Moves {
		v.busy = "页面来回跳转，停不下来"
	}
}

// message is what the script in the page tells; see script/hook.js.
type message struct {
	Kind   string `json:"k"`
	Page   string `json:"u"`
	Object int    `json:"o"`
	Entry  any    `json:"e"`
	More   bool   `json:"f"`
}

func (r *recorder) told(v *visit, text string) {
	var m message
	if json.Unmarshal([]byte(text), &m) != nil {
		return
	}
	if m.Kind == "doc" {
		if strings.HasPrefix(m.Page, "about:") {
			return
		}
		if v.doc != nil {
			v.earlier = append(v.earlier, v.doc)
		}
		if r.doc, r.next = r.next, nil; r.doc == nil {
			r.doc = &document{}
		}
		v.doc, v.from, v.logsFrom = r.doc, 0, 0
		return
	}
	d := v.doc
	if d == nil {
		return
	}
	if m.Kind == "flood" {
		v.busy = "写入队列的内容太多"
		return
	}
	d.hear(v, m)
}

func (d *document) hear(v *visit, m message) {
	switch m.Kind {
	case "push":
		d.pushed++
		d.events = append(d.events, queue.Event{Kind: queue.Push, Object: m.Object, Entry: m.Entry, Further: m.More, Page: m.Page})
	case "assign":
		d.events = append(d.events, queue.Event{Kind: queue.Assign})
	case "load":
		d.started = true
		d.events = append(d.events, queue.Event{Kind: queue.Load, Page: m.Page})
	case "tick":
		d.events = append(d.events, queue.Event{Kind: queue.Tick})
	case "login":
		d.logins++
		d.waiting++
	case "answered":
		d.waiting--
	case "wpk":
		d.built = append(d.built, m.Entry)
	case "install":
		d.install++
	case "worker":
		v.disturbs = addNew(v.disturbs, "要安装 Service Worker")
	}
}

// addNew appends what is not there yet, up to a number nobody would read beyond.
func addNew(list []string, s string) []string {
	if len(list) >= 50 {
		return list
	}
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

func lineOf(e browser.Event) string {
	if e.Line == 0 {
		return ""
	}
	return " 第 " + itoa(e.Line) + " 行"
}

// shortAddress is an address without query, and without this machine's part.
func shortAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	if u.Hostname() == "127.0.0.1" {
		return u.Path
	}
	return u.Host + u.Path
}
