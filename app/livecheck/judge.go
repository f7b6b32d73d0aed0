package livecheck

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// judge turns the visits into verdicts.
func (c *check) judge() (tracking.Result, error) {
	c.sortVisits()
	out := &collector{k: c.k, known: map[string]*said{}, failed: map[int]bool{}}
	pages := make([]tracking.PageResult, len(c.in.Pages))
	coded := make([]bool, len(pages))
	for _, v := range c.visits {
		l := &look{check: c, collector: out, v: v}
		if err := l.judge(); err != nil {
			return tracking.Result{}, err
		}
		if v.entry {
			continue
		}
		page := &pages[v.index]
		page.Evidence = append(page.Evidence, c.k.tell("visit", "device", v.device.Word, "login", c.k.Login.Words[v.login], "said", strings.Join(l.said, "；")))
		page.File = v.file
		coded[v.index] = coded[v.index] || l.reported
		if page.URL = v.page.PageURL; page.URL == "" {
			page.URL = v.address
		}
		if page.Name = v.page.PageName; page.Name == "" {
			page.Name = v.end.Title
		}
		page.ID = v.page.PageID
	}
	c.overall(out)
	r := tracking.Result{Kind: tracking.CheckLive, Target: c.in.Target, Files: len(pages), Pages: pages, FactsVersion: c.in.Facts.Version}
	r.Findings = out.findings()
	if !c.table {
		r.Findings = append(r.Findings, c.observed()...)
	}
	for i := range pages {
		switch {
		case !coded[i]:
			pages[i].Verdict = tracking.VerdictMissing
		case out.failed[i]:
			pages[i].Verdict = tracking.VerdictFail
		default:
			pages[i].Verdict = tracking.VerdictPass
		}
	}
	r.Judge()
	return r, nil
}

// sortVisits puts the visits into the order of the page table, of the devices and of the logins.
func (c *check) sortVisits() {
	place := func(v *visit) []int {
		again := 0
		if v.reload {
			again = 1
		}
		first := 1
		if v.entry {
			first = 0
		}
		return []int{first, v.index, slices.Index(c.in.Logins, v.login), slices.Index(c.in.Devices, v.device.ID), again}
	}
	slices.SortStableFunc(c.visits, func(a, b *visit) int { return slices.Compare(place(a), place(b)) })
}

// look judges one visit.
type look struct {
	*check
	*collector
	v        *visit
	report   queue.Report
	said     []string // evidence
	reported bool     // the page pushed a page view
}

func (l *look) say(key string, w tracking.Words) { l.collector.say(key, l.v, w) }

func (l *look) judge() error {
	v := l.v
	l.around()
	if v.entry {
		l.stability()
		return nil
	}
	switch {
	case v.failed != "":
		l.say(sayOpenFailed, tracking.Words{Value: v.failed})
		l.said = append(l.said, l.check.k.tell("opened", "value", v.failed))
		return nil
	case v.status >= 400:
		l.say(sayOpenStatus, tracking.Words{Value: fmt.Sprint(v.status)})
		l.said = append(l.said, l.check.k.tell("opened", "value", fmt.Sprint(v.status)))
		return nil
	case v.busy != "":
		l.say(sayOpenBusy, tracking.Words{Value: v.busy})
		l.said = append(l.said, l.check.k.tell("busy", "value", v.busy))
	}
	if v.doc == nil || v.doc.pushed == 0 && v.doc.sdk == "" {
		if !v.reload {
			l.say(sayCodeMissing, tracking.Words{})
		}
		l.said = append(l.said, l.check.k.tell("nothing"))
		return nil
	}
	if err := l.play(); err != nil {
		return err
	}
	l.views()
	l.queue()
	if v.login.first(l.in) && !v.reload {
		l.setup()
		if v.index == 0 && !l.hasEntry() {
			l.stability()
		}
	}
	if l.in.RealNetwork {
		l.real()
	}
	l.account()
	return nil
}

// play lets the model of the SDK make of the events what the SDK would.
func (l *look) play() (err error) {
	events := l.v.doc.events
	if l.v.to > 0 {
		events = events[:min(l.v.to, len(events))]
	}
	if l.in.RealNetwork && !l.v.doc.started && l.v.answers[l.v.doc.sdk] == 200 {
		// The real SDK runs, whatever it does with the array.
		events = append(slices.Clone(events), queue.Event{Kind: queue.Load})
	}
	l.report, err = queue.Run(queue.Profile{Client: l.v.device.Client}, events)
	return err
}

// own are the outcomes of what was pushed in this visit.
func (l *look) own() []queue.Outcome {
	var out []queue.Outcome
	for _, o := range l.report.Outcomes {
		if o.Event >= l.v.from {
			out = append(out, o)
		}
	}
	return out
}

// views judges the page views of this visit.
func (l *look) views() {
	n := 0
	for _, o := range l.own() {
		if isView(o.Action) {
			n++
			l.view(o)
		}
	}
	l.reported = n > 0
	switch {
	case n == 0 && l.v.reload:
		l.say(sayPvAbsent, tracking.Words{})
	case n == 0 && l.v.routed && l.v.login.first(l.in):
		// The second look, by loading, says whether it reports at all.
	case n == 0:
		l.say(sayPvAbsent, tracking.Words{})
	case l.v.reload:
		l.say(sayPvRoute, tracking.Words{})
	case n > 1:
		l.say(sayPvTwice, tracking.Words{Value: fmt.Sprint(n)})
	}
	if n == 0 {
		l.said = append(l.said, l.check.k.tell("none"))
	}
}

// view judges one page view.
func (l *look) view(o queue.Outcome) {
	fields := given(o)
	id := fmt.Sprint(fields["page_id"])
	switch o.Fate {
	case queue.Sent:
		r := o.Request
		l.said = append(l.said, l.check.k.tell("sent", "value", r.Address, "page_id", id, "user", r.User, "app_id", r.AppID))
	case queue.Held:
		l.said = append(l.said, l.check.k.tell("held", "page_id", id))
	default:
		l.said = append(l.said, l.check.k.tell("lost", "page_id", id))
		if o.Fate == queue.Ignored && o.Reason != queue.NoHost {
			l.say(sayPvIgnored, tracking.Words{Value: o.Action, Other: ignoredWord(o.Reason)})
		}
	}
	if !l.v.login.first(l.in) {
		l.user(o)
		return
	}
	l.form(o)
	l.fields(fields)
	l.user(o)
	l.order(o)
}

// given are the fields a page view was pushed with.
func given(o queue.Outcome) map[string]any {
	if len(o.Arguments) < 2 {
		return map[string]any{}
	}
	fields, _ := o.Arguments[1].(map[string]any)
	return fields
}

func ignoredWord(r queue.Reason) string {
	switch r {
	case queue.UnknownAction:
		return "没有这个动作，核对有没有多空格"
	case queue.AutoOff:
		return "is_auto 没有写成 false"
	case queue.BrokenConfig:
		return "第一个参数不是对象"
	}
	return "写法不完整"
}

func (l *look) form(o queue.Outcome) {
	if o.Fate == queue.Ignored {
		return
	}
	var first any
	if len(o.Arguments) > 0 {
		first = o.Arguments[0]
	}
	config, _ := first.(map[string]any)
	if auto, there := config["is_auto"]; !there || auto != false {
		l.say(sayPvForm, tracking.Words{Value: written(first), Want: "{is_auto: false}"})
	}
}

// fields compares what was pushed with what was issued and with the page table.
func (l *look) fields(fields map[string]any) {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		switch value := fields[name].(type) {
		case string:
		case map[string]any, []any:
			l.say(sayPvNested, tracking.Words{Value: name})
		default:
			l.say(sayValueType, tracking.Words{Value: name, Other: written(value)})
		}
	}
	p, page := l.in.Params, l.v.page
	l.compare(sayPvIssued, "sapp_id", fields, p.SappID)
	l.compare(sayPvIssued, "sapp_name", fields, p.SappName)
	if !l.table {
		page = listing.Page{}
	}
	l.compare(sayPvValue, "page_id", fields, page.PageID)
	l.compare(sayPvValue, "page_name", fields, page.PageName)
	if address, ok := fields["page_url"].(string); !ok || !samePlace(address, l.v.address) {
		l.compare(sayPvValue, "page_url", fields, page.PageURL)
	}
}

// samePlace reports whether a page sends the very address it was opened at: what follows a "?" does not count.
func samePlace(sent, opened string) bool {
	a, err := url.Parse(sent)
	b, failed := url.Parse(opened)
	if err != nil || failed != nil || a.Host == "" || a.Host != b.Host {
		return false
	}
	place := func(u *url.URL) string {
		route, _, _ := strings.Cut(u.Fragment, "?")
		return strings.TrimSuffix(u.Path, "index.html") + "#" + strings.Trim(route, "/")
	}
	return place(a) == place(b)
}

func (l *look) compare(key, name string, fields map[string]any, want string) {
	value, isText := fields[name].(string)
	switch {
	case fields[name] == nil || isText && strings.TrimSpace(value) == "":
		l.say(sayPvEmpty, tracking.Words{Other: name})
	case isText && want != "" && value != want:
		l.say(key, tracking.Words{Value: value, Want: want, Other: name})
	}
}

// user judges whom a page view names.
func (l *look) user(o queue.Outcome) {
	if o.Request == nil {
		return
	}
	user, account := o.Request.User, l.check.k.Login.Account
	switch {
	case l.v.login.succeeds() && user == account:
	case l.v.login == LoginOK && user == "-":
		l.say(sayUserAbsent, tracking.Words{})
	case l.v.login == LoginSlow && user == "-":
		l.say(sayUserLate, tracking.Words{})
	case l.v.login.succeeds():
		l.say(sayUserForeign, tracking.Words{Value: user, Want: account})
	case user != "-":
		l.say(sayUserInvented, tracking.Words{Value: user})
	}
}

// order looks where a page view stands. Without BLOCK it is a matter of luck whether it carries the user, unless the
// user was known before.
func (l *look) order(o queue.Outcome) {
	block, user := -1, -1
	for i, e := range l.v.doc.events {
		switch key, value := metaOf(e); {
		case key == "_hold" && value == "BLOCK" && block < 0:
			block = i
		case key == "_user_id" && user < 0:
			user = i
		}
	}
	switch {
	case block < 0 && (user < 0 || o.Event < user):
		l.say(sayHoldAbsent, tracking.Words{})
	case block < 0:
		l.say(sayHoldUnused, tracking.Words{})
	case o.Event < block:
		l.say(sayOrderForgiven, tracking.Words{})
	}
}

// queue judges what became of everything else that was pushed.
func (l *look) queue() {
	if l.report.Holding {
		l.say(sayHoldStart, tracking.Words{})
	}
	if !l.v.login.first(l.in) {
		return
	}
	lost := map[queue.Reason]int{}
	for _, o := range l.own() {
		switch {
		case o.Reason == queue.UnknownAction && !isView(o.Action):
			l.say(sayActionUnknown, tracking.Words{Value: o.Action})
		case o.Fate == queue.Lost || o.Reason == queue.BrokenEntry:
			lost[o.Reason]++
		}
	}
	for reason, n := range lost {
		w := tracking.Words{Value: fmt.Sprint(n)}
		switch reason {
		case queue.NotLoaded: // said as sdk.absent, or the SDK was on its way
		case queue.Replaced:
			l.say(sayQueueAnew, w)
		case queue.Detached:
			l.say(sayQueueCached, w)
		default:
			l.say(sayQueueLost, w)
		}
	}
}

// account tells what the machine answered.
func (l *look) account() {
	d := l.v.doc
	if d.logins > 0 && !l.v.routed {
		l.said = append(l.said, l.check.k.tell("login", "value", fmt.Sprint(d.logins)))
	}
	if n := len(d.uploads); n > 0 && !l.v.routed {
		l.said = append(l.said, l.check.k.tell("uploaded", "value", fmt.Sprint(n)))
	}
	if n := len(l.v.apis); n > 0 {
		l.said = append(l.said, l.check.k.tell("answered", "value", fmt.Sprint(n)))
	}
	if l.v.routed {
		_, route, _ := strings.Cut(l.v.address, "#")
		l.said = append(l.said, l.check.k.tell("route", "value", "#"+route))
	}
}

// written is a value as a sentence shows it.
func written(v any) string {
	switch v := v.(type) {
	case nil:
		return "空"
	case bool:
		return fmt.Sprintf("布尔值 %v", v)
	case float64:
		return fmt.Sprintf("数字 %v", v)
	case map[string]any:
		if kind, special := v[""].(string); special {
			return kind
		}
		if auto, there := v["is_auto"]; there {
			return "{is_auto: " + strings.TrimPrefix(written(auto), "布尔值 ") + "}"
		}
		return "没有 is_auto 的对象"
	case []any:
		return "列表"
	}
	return fmt.Sprintf("“%v”", v)
}
