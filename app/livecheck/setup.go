package livecheck

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// setup judges how the traffic SDK is loaded and what it is told (TRACK-2, TRACK-3, TRACK-4, TRACK-7).
func (l *look) setup() {
	d, t := l.v.doc, l.in.Facts.Traffic
	switch {
	case d.sdk == "":
		l.say(saySdkAbsent, tracking.Words{Want: t.Script})
	case d.sdk != t.Script:
		l.say(saySdkAddress, tracking.Words{Value: d.sdk, Want: t.Script})
	case !l.v.end.SDKID && l.v.busy == "":
		l.say(saySdkId, tracking.Words{Want: t.ScriptID})
	}
	if d.pushed == 0 {
		return
	}
	meta := l.meta()
	l.host("aplus-rhost-v", meta)
	l.host("aplus-rhost-g", meta)
	want := map[string]string{"android": t.AppID.Android, "ios": t.AppID.IOS}[l.v.device.ID]
	if want == "" {
		want = t.AppID.Other
	}
	if got := plainOr(meta["appId"], ""); got != want {
		l.say(sayAppidWrong, tracking.Words{Value: got, Want: want})
	}
	if got := plainOr(meta["aplus-waiting"], "没有设置"); got != "MAN" {
		l.say(sayWaitingAbsent, tracking.Words{Value: got})
	}
}

// meta are the last values of the meta information that was pushed; on the way it judges names and types.
func (l *look) meta() map[string]any {
	out := map[string]any{}
	for _, e := range l.v.doc.events {
		if e.Kind != queue.Push || !strings.Contains(actionOf(e), "MetaInfo") {
			continue
		}
		key, value := metaOf(e)
		out[key] = value
		bare := strings.Join(strings.Fields(key), "")
		if bare != key && slices.Contains(l.check.k.Scripts.Meta, bare) {
			l.say(sayMetaSpace, tracking.Words{Value: key, Want: bare})
		}
		if _, isText := value.(string); !isText && slices.Contains(l.check.k.Scripts.Meta, key) {
			l.say(sayValueType, tracking.Words{Value: key, Other: written(value)})
		}
	}
	return out
}

func plainOr(v any, empty string) string {
	if v == nil || v == "" {
		return empty
	}
	if s, isText := v.(string); isText {
		return s
	}
	return fmt.Sprint(v)
}

func (l *look) host(name string, meta map[string]any) {
	t := l.in.Facts.Traffic
	w := tracking.Words{Value: plainOr(meta[name], ""), Want: t.LogHost, Other: name}
	bare := w.Value
	if _, rest, found := strings.Cut(bare, "//"); found {
		bare = rest
	}
	switch {
	case w.Value == t.LogHost:
	case w.Value == "":
		l.say(sayHostUnset, w)
	case slices.Contains(t.OutdatedHosts, strings.TrimSuffix(bare, "/")):
		l.say(sayHostOutdated, w)
	case bare != w.Value:
		l.say(sayHostScheme, w)
	default:
		l.say(sayHostWrong, w)
	}
}

// hasEntry reports whether the entry was looked at apart from the pages.
func (c *check) hasEntry() bool {
	return slices.ContainsFunc(c.visits, func(v *visit) bool { return v.entry })
}

// reporting is the document with the stability reporter: that of the visit, one it came by, or, for an entry that has
// none, that of the first page.
func (l *look) reporting() *document {
	all := slices.Clone(l.v.earlier)
	if l.v.doc != nil {
		all = append([]*document{l.v.doc}, all...)
	}
	for _, v := range l.visits {
		if l.v.entry && v.index == 0 && !v.entry && v.device.ID == l.v.device.ID && v.doc != nil {
			all = append(all, v.doc)
		}
	}
	for _, d := range all {
		if d.reporter != "" {
			return d
		}
	}
	return &document{}
}

// stability judges the stability reporter of the entry (TRACK-1).
func (l *look) stability() {
	d := l.reporting()
	s := l.in.Facts.Stability
	if d.reporter == "" {
		l.say(sayWpkAbsent, tracking.Words{Want: s.Script()})
		return
	}
	if d.reporter != s.Script() {
		l.say(sayWpkAddress, tracking.Words{Value: d.reporter, Want: s.Script()})
	}
	if d == l.v.doc && l.v.busy == "" {
		if !l.v.end.Crossorigin {
			l.say(sayWpkCrossorigin, tracking.Words{})
		}
		if len(d.built) > 0 && !l.v.end.Kept {
			l.say(sayWpkKept, tracking.Words{})
		}
	}
	if len(d.built) == 0 {
		l.say(sayWpkConstruct, tracking.Words{})
		return
	}
	config, _ := d.built[0].(map[string]any)
	for _, v := range []struct{ name, want string }{{"bid", l.in.Params.Bid}, {"signkey", l.in.Params.Signkey}, {"gateway", s.Host}} {
		if got := plainOr(config[v.name], ""); v.want != "" && got != v.want {
			l.say(sayWpkValue, tracking.Words{Value: got, Want: v.want, Other: v.name})
		}
	}
	if d.install == 0 {
		l.say(sayWpkInstall, tracking.Words{})
	}
	l.said = append(l.said, l.check.k.tell("wpk", "value", plainOr(config["bid"], "-")))
}

// around says what was seen beside the tracking code.
func (l *look) around() {
	v := l.v
	for _, s := range v.syntax {
		l.say(sayScriptSyntax, tracking.Words{Value: s})
	}
	for _, s := range v.errors {
		l.say(sayScriptError, tracking.Words{Value: s})
	}
	for _, s := range v.disturbs {
		l.say(sayPageDisturbs, tracking.Words{Value: s})
	}
	if len(v.parts) > 0 {
		l.say(sayHostBlocked, tracking.Words{Value: someOf(v.parts, 5)})
	}
	if len(v.missing) > 0 {
		l.say(sayFileMissing, tracking.Words{Value: someOf(v.missing, 5)})
	}
	if len(v.relative) > 0 {
		l.say(sayApiRelative, tracking.Words{Value: someOf(v.relative, 5)})
	}
	if len(v.local) > 0 {
		l.say(sayApiLocal, tracking.Words{Value: someOf(v.local, 5)})
	}
	if v.end.Password && v.login.succeeds() {
		l.say(sayLoginForm, tracking.Words{})
	}
}

// real judges the answers of the real servers.
func (l *look) real() {
	f := l.in.Facts
	places := []string{f.Traffic.Script, f.Stability.Script(), f.Stability.Host + f.Stability.UploadPath}
	for _, gif := range l.check.k.Scripts.Logs {
		places = append(places, "https://"+f.Traffic.LogHost+gif)
	}
	seen := 0
	for address, status := range l.v.answers {
		bare, _, _ := strings.Cut(address, "?")
		if !slices.Contains(places, bare) {
			continue
		}
		seen++
		if status != 200 {
			l.say(sayRealFailed, tracking.Words{Value: fmt.Sprint(status), Other: shortAddress(bare)})
		}
	}
	for _, address := range l.v.doc.logs[min(l.v.logsFrom, len(l.v.doc.logs)):] {
		if _, answered := l.v.answers[address]; !answered {
			l.say(sayRealFailed, tracking.Words{Value: "没有回答", Other: shortAddress(address)})
		}
	}
	l.said = append(l.said, l.check.k.tell("real", "value", fmt.Sprintf("%d 个", seen)))
}

// overall says what concerns the check as a whole.
func (c *check) overall(out *collector) {
	var apis, others []string
	logins, coded := 0, 0
	for _, v := range c.visits {
		for _, a := range v.apis {
			apis = addNew(apis, a)
		}
		for _, o := range v.other {
			others = addNew(others, o)
		}
		if v.doc != nil {
			logins += v.doc.logins
			coded += v.doc.pushed
		}
	}
	if logins == 0 && coded > 0 {
		out.say(sayLoginAbsent, nil, tracking.Words{})
	}
	if len(apis) > 0 {
		out.say(sayApiAnswered, nil, tracking.Words{Value: fmt.Sprint(len(apis)), Other: someOf(apis, 5)})
	}
	if len(others) > 0 {
		out.say(sayHostOther, nil, tracking.Words{Value: someOf(others, 10)})
	}
	if c.in.RealNetwork {
		out.say(sayRealUser, nil, tracking.Words{})
	}
}

// withinSite takes the place where the site was opened for the check off an address that a page sent of itself.
func (c *check) withinSite(sent, opened string) string {
	if !samePlace(sent, opened) {
		return sent
	}
	return cmp.Or(strings.TrimPrefix(sent, c.site.base), "index.html")
}

// observed judges the pages of an application without a page table by what they reported: numbers that repeat, names
// that are not allowed (TRACK-8, TRACK-9).
func (c *check) observed() []listing.Finding {
	var seen []listing.Page
	for _, v := range c.visits {
		if !v.login.first(c.in) || v.device.ID != c.in.Devices[0] || v.doc == nil {
			continue
		}
		for _, e := range v.doc.events {
			if args := argumentsOf(e); e.Kind == queue.Push && isView(actionOf(e)) && len(args) > 1 {
				fields, _ := args[1].(map[string]any)
				seen = append(seen, listing.Page{PageID: plainOr(fields["page_id"], ""), PageName: plainOr(fields["page_name"], ""),
					PageURL: c.withinSite(plainOr(fields["page_url"], ""), v.address)})
				break
			}
		}
	}
	if len(seen) == 0 {
		return nil
	}
	return observedProblems(c.in.Facts, c.in.Params, seen)
}
