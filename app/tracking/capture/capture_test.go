package capture

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// Every form of a capture of the same visit is judged alike.
func TestForms(t *testing.T) {
	views := allGood()
	join := func(one func(pv) string, sep string) string {
		var parts []string
		for _, p := range views {
			parts = append(parts, one(p))
		}
		return strings.Join(parts, sep)
	}
	forms := map[string]string{
		"HAR":                harOf(views...),
		"HAR with a mark":    "\ufeff" + harOf(views...),
		"addresses":          join(pv.address, "\n") + "\n" + goodUpload(),
		"addresses, encoded": join(pv.whole, "\r\n") + "\r\n" + goodUpload() + "\r\n",
		"encoded twice": join(func(p pv) string {
			return "https://" + p.host + p.gif + "?" + encodeComponent(encodeComponent(p.plain()))
		}, "\n") + "\n" + goodUpload(),
		"small hexadecimals":    join(func(p pv) string { return strings.NewReplacer("%7C", "%7c", "%22", "%22").Replace(p.whole()) }, "\n") + "\n" + goodUpload(),
		"addresses in a row":    join(pv.address, " ") + " " + goodUpload(),
		"decoded addresses":     join(func(p pv) string { return "https://" + p.host + p.gif + "?" + p.plain() }, "\n") + "\n" + goodUpload(),
		"decoded lines":         join(func(p pv) string { return p.plain() + ": " }, "\n") + "\n" + goodUpload(),
		"decoded, plus a space": join(func(p pv) string { return strings.ReplaceAll(p.plain(), "GMT+", "GMT ") }, "\n") + "\n" + goodUpload(),
		"decoded, in quotes":    join(func(p pv) string { return `"https://` + p.host + p.gif + "?" + p.plain() + `",` }, "\n") + "\n" + goodUpload(),
		"cURL for bash": join(func(p pv) string {
			return "curl '" + p.address() + "' \\\n  -H 'User-Agent: " + p.agent + "' \\\n  --compressed"
		}, " ;\n") + " ;\ncurl '" + goodUpload() + "' -X 'POST' --data-raw $'{\"a\":\"it\\'s\"}'\n",
		"cURL for cmd": join(func(p pv) string {
			return `curl ^"` + strings.NewReplacer("%", "^%", "{", "^{", "}", "^}", "|", "^|").Replace(p.address()) + "^\" ^\r\n  -H ^\"User-Agent: " + p.agent + "^\" ^\r\n  --compressed"
		}, " &\r\n") + " &\r\ncurl ^\"" + strings.ReplaceAll(goodUpload(), "%", "^%") + "^\" ^\r\n  --data-raw ^\"^{^}^\"\r\n",
		"fetch": join(func(p pv) string {
			raw, _ := json.Marshal(p.address())
			return "fetch(" + string(raw) + ", {\n  \"headers\": {\n    \"user-agent\": \"" + p.agent + "\"\n  },\n  \"body\": null,\n  \"method\": \"GET\"\n});"
		}, " ;\n") + " ;\nfetch(\"" + goodUpload() + "\", {\"method\": \"POST\", \"body\": \"x\"});",
		"PowerShell": "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = \"" + pcClient + "\"\n" +
			join(func(p pv) string {
				return "Invoke-WebRequest -UseBasicParsing -Uri \"" + p.address() + "\" `\n-WebSession $session `\n-Headers @{\n\"method\"=\"GET\"\n  \"scheme\"=\"https\"\n}"
			}, ";\n") + "\nInvoke-WebRequest -Uri \"" + goodUpload() + "\" -Method \"POST\"\n",
		"a log of nginx": join(func(p pv) string {
			return `10.0.0.1 - - [02/Mar/2026:09:00:00 +0800] "GET ` + strings.TrimPrefix(p.address(), "https://"+p.host) + ` HTTP/1.1" 200 43 "https://demo.example.com/" "` + p.agent + `"`
		}, "\n") + "\n" + `10.0.0.1 - - [x] "POST ` + strings.TrimPrefix(goodUpload(), stability) + ` HTTP/1.1" 200 0 "-" "` + pcClient + `"`,
		"a log of a program": join(func(p pv) string {
			raw, _ := json.Marshal(p.address())
			return `{"log":` + strings.ReplaceAll(string(raw), "/", `\/`) + `,"stream":"stdout"}`
		}, "\n") + "\n[info] sent " + goodUpload() + " ok",
		"a table": join(func(p pv) string { return "v.gif\t200\t" + p.address() + "\t43 B" }, "\n") + "\nupload\t" + goodUpload(),
	}
	for name, text := range forms {
		t.Run(name, func(t *testing.T) {
			r := check(t, Input{Params: params(), Pages: pageList(), Sources: source(text)})
			if !r.Passed || len(r.Pages) != 3 {
				t.Fatalf("%d pages, %v\n%s", len(r.Pages), brief(r), text[:min(len(text), 600)])
			}
			for _, p := range r.Pages {
				if p.Verdict != tracking.VerdictPass || len(p.Evidence) == 0 {
					t.Errorf("%+v", p)
				}
			}
			for _, f := range r.Findings {
				if f.Level != listing.LevelInfo {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}

// A copied command names the device on another line than the address.
func TestCommandsNameTheDevice(t *testing.T) {
	p := good("home")
	p.agent = iosClient
	for name, text := range map[string]string{
		"bash":       "curl '" + p.address() + "' \\\n  -H 'User-Agent: " + p.agent + "'\n",
		"bash -A":    "curl --url \"" + p.address() + "\" \\\n  -b 'a=b' -A \"" + p.agent + "\"\n",
		"cmd":        "curl ^\"" + strings.ReplaceAll(p.address(), "%", "^%") + "^\" ^\n  -H ^\"User-Agent: " + p.agent + "^\"\n",
		"fetch":      "fetch(\"" + p.address() + "\", {\n  \"headers\": {\n    \"user-agent\": \"" + p.agent + "\"\n  }\n});",
		"PowerShell": "Invoke-WebRequest -Uri \"" + p.address() + "\" `\n-Headers @{\n\"method\"=\"GET\"\n  \"user-agent\"=\"" + p.agent + "\"\n}",
	} {
		if r := check(t, Input{Params: params(), Sources: source(text)}); !has(r, "TRACK-2", listing.LevelError, "的设备是 iOS") {
			t.Errorf("%s: %v", name, brief(r))
		}
	}
}

func TestUTF16(t *testing.T) {
	text := "sent " + good("home").address() + "\r\n"
	le := []byte{0xFF, 0xFE}
	for _, c := range text {
		le = append(le, byte(c), byte(c>>8))
	}
	r := check(t, Input{Sources: []Source{{Name: "log", Body: strings.NewReader(string(le))}}})
	if len(r.Pages) != 1 || r.Pages[0].ID != "home" || r.Bytes != int64(len(le)) {
		t.Errorf("%+v", r)
	}
}

// dossier 3.3: the record of the real SDK, field by field.
func TestParseLineOfTheSDK(t *testing.T) {
	raw, err := os.ReadFile("../queue/testdata/aplus-log-samples.json")
	if err != nil {
		t.Fatal(err)
	}
	var record struct {
		Steps []struct{ Requests []struct{ URL string } }
	}
	if err := json.Unmarshal(raw, &record); err != nil {
		t.Fatal(err)
	}
	users := []string{"", "34268160", "34268160", "999", "777"}
	n := 0
	for _, step := range record.Steps {
		for _, q := range step.Requests {
			v, err := ParseView(q.URL)
			if err != nil {
				t.Fatal(err)
			}
			id := string(rune('A' + n))
			if v.Host != logHost || v.Client != queue.ClientMini || v.User != users[n] || v.Page != "pages/index/index" || v.Event != "2001" ||
				v.AppID != "28302650" || v.Args["page_id"] != id || v.Args["page_name"] != "首页" || v.Args["page_url"] != "pages/"+id || v.Platform != "taobao" ||
				v.Gif != "/vx.gif" || v.Version != "1.4.2" || v.Time != "1795437383594" || v.Cut {
				t.Errorf("%s: %+v", id, v)
			}
			n++
		}
	}
	if n != len(users) {
		t.Errorf("%d reports", n)
	}
}

// dossier 3.3: the separator inside the arguments, a swallowed "=", a copy of the end only, a log that was cut.
func TestParseLineDamaged(t *testing.T) {
	p := good("list").set("page_name", "左||右").set("page_url", "https://demo.example.com/app/list?a=1")
	for name, text := range map[string]string{"plain": p.plain(), "browser": strings.SplitN(p.address(), "?", 2)[1], "whole": strings.SplitN(p.whole(), "?", 2)[1]} {
		if l, err := ParseLine(text); err != nil || l.Args["page_name"] != "左||右" || l.Gif != "/v.gif" || l.Page != p.page || l.Cut {
			t.Errorf("%s: %+v %v", name, l, err)
		}
	}
	before, after, _ := strings.Cut(p.plain(), "=")
	if l, err := ParseLine(before + ": " + after); err != nil || l.Args["page_url"] != p.args["page_url"] {
		t.Errorf("swallowed: %+v %v", l.Args, err)
	}
	end := strings.Join(p.fields()[20:], "||")
	if l, err := ParseLine(end); err != nil || !l.Cut || l.Args["page_id"] != "list" || l.Event != "2001" || l.Page != p.page || l.AppID != "" {
		t.Errorf("end only: %+v %v", l, err)
	}
	if l, err := ParseLine(p.plain()[:200]); err != nil || !l.Cut || l.AppID != "47130293" {
		t.Errorf("beginning only: %+v %v", l, err)
	}
	for _, text := range []string{"", "a||b", "a||b||c||d||e||f||g||h||i||j", strings.Repeat("||", 40), "%7C%7C", "%", "x=1&y=7C"} {
		if l, err := ParseLine(text); !errors.Is(err, ErrNoLine) {
			t.Errorf("%q: %+v %v", text, l, err)
		}
	}
}

// A decoded copy whose address holds "&" comes on several lines.
func TestDecodedCopyOnSeveralLines(t *testing.T) {
	p := good("list").set("page_url", "https://demo.example.com/app/?a=1&b=2#/list")
	text := strings.Replace(strings.Replace(p.plain(), "a=1", "a: 1", 1), "&", "\n", 1)
	r := check(t, Input{Params: params(), Sources: source(text)})
	if len(r.Pages) != 1 || r.Pages[0].URL != p.args["page_url"] || r.Pages[0].Verdict != tracking.VerdictPass {
		t.Errorf("%+v %v", r.Pages, brief(r))
	}
}

// dossier 4: the signature rule, on the vector.
func TestUploadSignature(t *testing.T) {
	address := upload("demo_app_zzdpro", "1234567890abcdef")
	u, err := ParseUpload(address)
	if err != nil || u.Header["sign"] != "9d1dbab6dd94f9c5b529805cab5ec795" || u.Host != stability {
		t.Fatalf("%+v %v", u, err)
	}
	where, header, _ := strings.Cut(address, "wpk-header=")
	header, _, _ = strings.Cut(header, "&")
	for name, a := range map[string]string{"decoded": where + "wpk-header=" + decode(header) + "&uc_param_str=prveosfrnw", "twice": where + "wpk-header=" + encodeComponent(header)} {
		if again, err := ParseUpload(a); err != nil || again.Header["sign"] != u.Header["sign"] || again.Header["ud"] != u.Header["ud"] {
			t.Errorf("%s: %+v %v", name, again, err)
		}
	}
	for _, a := range []string{"", "?", stability + "/api/v1/jssdk/upload", stability + "/x?wpk-header=", stability + "/x?wpk-header=%zz"} {
		if _, err := ParseUpload(a); !errors.Is(err, ErrNoUpload) {
			t.Errorf("%q: %v", a, err)
		}
	}
}

// Broken HARs: what stood before the break is judged, and the rest is named.
func TestBrokenHAR(t *testing.T) {
	whole := harOf(allGood()...)
	for name, text := range map[string]string{
		"cut inside the last entry": whole[:len(whole)-80],
		"cut after the third":       whole[:strings.LastIndex(whole, `{"startedDateTime"`)],
		"damaged":                   whole[:strings.LastIndex(whole, `{"startedDateTime"`)] + `{"startedDateTime":}` + "]}}",
		"nested without end":        strings.Replace(whole, `"cache":{}`, `"cache":`+strings.Repeat("[", 5000), 1),
	} {
		r := check(t, Input{Params: params(), Sources: source(text)})
		if !has(r, "TRACK-14", listing.LevelWarning, "断掉或损坏") {
			t.Errorf("%s: %v", name, brief(r))
		}
		if name != "nested without end" && len(r.Pages) < 2 {
			t.Errorf("%s: pages %v", name, r.Pages)
		}
	}
	for name, text := range map[string]string{"no entries": `{"log":{"version":"1.2"}}`, "entries no list": `{"log":{"entries":{}}}`, "entries of anything": `{"log":{"entries":[1,null,"x",[],{"request":7,"response":[]},{"request":{"url":{},"headers":"h"}}]}}`} {
		if r := check(t, Input{Sources: source(text)}); r.Passed || !has(r, "TRACK-14", listing.LevelError, "") {
			t.Errorf("%s: %v", name, brief(r))
		}
	}
	if r := check(t, Input{Sources: source(`{"log":{"version":"1.2"}}`)}); !has(r, "TRACK-14", listing.LevelError, "不是 HAR") {
		t.Errorf("%v", brief(r))
	}
}

// Long values are cut and passed over, not kept.
func TestLimits(t *testing.T) {
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", k.Limits.LineBytes+10)
	r := check(t, Input{Params: params(), Sources: source(harText(harEntry("https://demo.example.com/?"+long, long, 200), harEntry(good("home").address(), pcClient, 200)))})
	if len(r.Pages) != 1 || r.Pages[0].Verdict != tracking.VerdictPass {
		t.Errorf("HAR: %v", brief(r))
	}
	r = check(t, Input{Params: params(), Sources: source(long + "\n" + good("home").address() + "\ncurl '" + long + "\n" + long + "\n" + good("list").address())})
	if len(r.Pages) != 2 || !has(r, "TRACK-14", listing.LevelWarning, "有 3 行超过") {
		t.Errorf("text: %d pages, %v", len(r.Pages), brief(r))
	}
	var many []string
	for i := range k.Limits.Findings + 20 {
		many = append(many, good("home").set("page_id", fmt.Sprintf("无_%d", i)).address())
	}
	r = check(t, Input{Params: params(), Pages: pageList(), Sources: source(strings.Join(many, "\n"))})
	if len(r.Findings) != k.Limits.Findings+1 || !has(r, "TRACK-14", listing.LevelInfo, "没有列出") {
		t.Errorf("%d findings", len(r.Findings))
	}
}

// Commands that do not end are read as lines.
func TestUnendingCommand(t *testing.T) {
	text := "curl 'https://demo.example.com/\n" + good("home").address() + "\n" + strings.Repeat("x\n", 600) + good("list").address() + "\nfetch(\n" + good("detail").address() + "\n"
	r := check(t, Input{Params: params(), Sources: source(text)})
	if len(r.Pages) != 3 {
		t.Errorf("%d pages: %v", len(r.Pages), brief(r))
	}
}

func TestReadingFails(t *testing.T) {
	broken := Source{Name: "坏", Body: iotest.ErrReader(errors.New("disk"))}
	r := check(t, Input{Params: params(), Sources: append(source(harOf(allGood()...)), broken)})
	if r.Passed || !has(r, "TRACK-14", listing.LevelError, "“坏”读到一半出错") || len(r.Pages) != 3 || r.Files != 2 {
		t.Errorf("%v", brief(r))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Check(ctx, Input{Facts: facts(t), Sources: source("x")})
	if listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("%v", err)
	}
	if r := check(t, Input{}); r.Passed || !has(r, "TRACK-14", listing.LevelError, "没有抓到页面浏览") {
		t.Errorf("nothing: %v", brief(r))
	}
}

func TestDataIsWhole(t *testing.T) {
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	if k.Version == "" || !k.gifText.MatchString("/vx.gif?") || k.gifText.MatchString("/xgif?") {
		t.Errorf("%+v", k.gifText)
	}
	seen := map[string]bool{}
	for _, key := range ruleKeys() {
		if seen[key] {
			t.Errorf("%s twice", key)
		}
		seen[key] = true
	}
}
