package capture

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

const (
	pcClient  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/108.0 Safari/537.36 dingtalk-win/1.0 TaurusApp(dingtalk/1.9)"
	iosClient = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 TaurusApp(ZWDD/3.0) DingTalk"
	droid     = "Mozilla/5.0 (Linux; U; Android 12; zh-CN) AppleWebKit/537.36 Mobile TaurusApp(ZWDD/3.0) DingTalk"
	desktop   = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
	logHost   = "alog-api.ding.zj.gov.cn"
	stability = "https://wpkgate-emas.ding.zj.gov.cn"
)

func facts(t testing.TB) tracking.Facts {
	t.Helper()
	f, err := tracking.CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func params() tracking.Params {
	return tracking.Params{Name: "示例停车", Identifier: "demo_parking", Kind: listing.KindH5, SappID: "40001", SappName: "demo_parking",
		Bid: "demo_parking_zzdpro", Signkey: "1234567890abcdef"}
}

func pageList() []listing.Page {
	return []listing.Page{
		{PageID: "home", PageName: "首页", PageURL: "https://demo.example.com/app/#/home"},
		{PageID: "list", PageName: "办件列表", PageURL: "https://demo.example.com/app/#/list"},
		{PageID: "detail", PageName: "办件详情", PageURL: "https://demo.example.com/app/#/detail/:id"},
	}
}

// pv is a report to be written in any form.
type pv struct {
	host, gif, appID, device, nick, user, cna, at, page, event string
	id                                                         string
	args                                                       map[string]any
	agent                                                      string
	status                                                     int
}

var serial int

// good is a report with nothing wrong, of the page with the given ID.
func good(id string) pv {
	serial++
	p := pv{host: logHost, gif: "/v.gif", appID: "47130293", user: "34268160", cna: "CNA1", at: fmt.Sprint(1795437383594 + 5000*serial), event: "2001",
		id: fmt.Sprintf("DC_%08d", serial), agent: pcClient, status: 200}
	for _, page := range pageList() {
		if page.PageID == id {
			p.page = strings.Replace(page.PageURL, ":id", "17", 1)
			p.args = map[string]any{"_dev_id": "", "_anony_id": "", "_user_id": "34268160", "_user_nick": "", "_session_id": "", "uaid": 0.0, "pvid": "",
				"sapp_id": "40001", "sapp_name": "demo_parking", "page_id": id, "page_name": page.PageName, "page_url": p.page}
		}
	}
	return p
}

func (p pv) set(name string, v any) pv {
	args := map[string]any{}
	for k, old := range p.args {
		args[k] = old
	}
	if args[name] = v; v == nil {
		delete(args, name)
	}
	p.args = args
	return p
}

func (p pv) by(user string) pv {
	p = p.set("_user_id", user)
	p.user = user
	return p
}

// fields are the 33 fields, with the page encoded once as the SDK does.
func (p pv) fields() []string {
	raw, err := json.Marshal(p.args)
	if err != nil {
		return nil
	}
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	f := []string{p.id, "GET", "-", "1536*864", dash(p.appID), `{"appId":""}`, dash(p.device), "{}", dash(p.nick), dash(p.user), "-", "{}", "zh-CN", "GMT+08:00",
		"-", "-", `{"customSdkId":"","platform_type":"pc"}`, "-", dash(p.cna), dash(p.at), encodeComponent(p.page), p.event, "-", "{}", "{}", string(raw), p.gif, "aplus.js", "1.7.7",
		"devtools", "-", "-", "-"}
	return f
}

func encodeComponent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// plain is the line before any encoding by a browser.
func (p pv) plain() string { return strings.Join(p.fields(), "||") }

// address is what a browser sends: quotes, spaces and Chinese encoded, the rest as it is.
func (p pv) address() string {
	var b strings.Builder
	for _, c := range []byte(p.plain()) {
		if c > 126 || c == '"' || c == ' ' || c == '<' || c == '>' || c == '#' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return "https://" + p.host + p.gif + "?" + b.String()
}

// whole is what a mini-program sends: the line encoded as a whole.
func (p pv) whole() string { return "https://" + p.host + p.gif + "?" + encodeComponent(p.plain()) }

// upload is the address of a stability upload, signed with the key.
func upload(app, key string) string {
	u := Upload{Header: map[string]string{"app": app, "cp": "none", "de": "4", "seq": "1709172298253", "tm": "1709172298",
		"ud": "0677e510-38f6-45a7-94a0-678839eb5e00", "ver": "null", "type": "flow", "sver": "1.0.2"}}
	sign, err := u.Sign(key)
	if err != nil {
		return ""
	}
	return stability + "/api/v1/jssdk/upload?wpk-header=" + encodeComponent("app="+app+"&cp=none&de=4&seq=1709172298253&tm=1709172298&ud=0677e510-38f6-45a7-94a0-678839eb5e00&ver=null&type=flow&sver=1.0.2&sign="+sign) + "&uc_param_str=prveosfrnw"
}

func goodUpload() string { return upload("demo_parking_zzdpro", "1234567890abcdef") }

// harEntry is one entry of a HAR.
func harEntry(address, agent string, status int) string {
	quote := func(s string) string {
		raw, _ := json.Marshal(s)
		return string(raw)
	}
	return fmt.Sprintf(`{"startedDateTime":"2026-03-02T01:00:00.000Z","time":12.5,"request":{"method":"GET","url":%s,"headers":[{"name":"User-Agent","value":%s},{"name":"Accept","value":"*/*"}],"queryString":[{"name":"a","value":"{\"x\":\"}\"}"}]},"response":{"status":%d,"content":{"size":43,"mimeType":"image/gif","text":"R0lGODlh\"\\"}},"cache":{},"timings":{}}`,
		quote(address), quote(agent), status)
}

func harText(entries ...string) string {
	return `{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"pages":[{"id":"page_1","title":"[{"}],"entries":[` + strings.Join(entries, ",") + `]}}`
}

// harOf is a HAR with the reports and a good upload.
func harOf(views ...pv) string {
	entries := []string{harEntry("https://demo.example.com/app/?a=1", pcClient, 200), harEntry(goodUpload(), pcClient, 200)}
	for _, p := range views {
		entries = append(entries, harEntry(p.address(), p.agent, p.status))
	}
	return harText(entries...)
}

// allGood visits every page of the table.
func allGood() []pv { return []pv{good("home"), good("list"), good("detail")} }

func check(t testing.TB, in Input) tracking.Result {
	t.Helper()
	in.Facts = facts(t)
	r, err := Check(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func source(text string) []Source { return []Source{{Name: "抓包", Body: strings.NewReader(text)}} }

// keysOf tells the findings by the beginning of their sentences: the rule, the level and, when asked, the message.
func brief(r tracking.Result) []string {
	out := []string{}
	for _, f := range r.Findings {
		out = append(out, f.Rule+" "+string(f.Level)+" "+f.Message)
	}
	return out
}

// has reports whether a finding of the rule and level holds the text.
func has(r tracking.Result, rule string, level listing.Level, text string) bool {
	return slices.ContainsFunc(r.Findings, func(f listing.Finding) bool {
		return f.Rule == rule && f.Level == level && strings.Contains(f.Message, text)
	})
}
