package tracking

import (
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func TestCurrentFacts(t *testing.T) {
	f, err := CurrentFacts()
	if err != nil {
		t.Fatal(err)
	}
	if f.Stability.Bid("demo") != "demo_zzdpro" || f.Login.WaitMS != 5000 {
		t.Errorf("%+v", f)
	}
}

func TestParseFactsRejects(t *testing.T) {
	good := string(factsYAML)
	for name, c := range map[string]struct{ from, to, place, says string }{
		"unknown key":       {"bid_suffix:", "bid_sufix: x\n  bid_suffix:", "", "第 11 行"},
		"repeated key":      {"bid_suffix:", "bid_suffix: x\n  bid_suffix:", "", "第 12 行"},
		"anchor":            {"source: 上架指南 TRACK-9", "source: &a 上架指南 TRACK-9", "", "锚点"},
		"second document":   {"personal:", "---\npersonal:", "", "不止一份"},
		"no date":           {`version: "2026-11-25"`, `version: today`, "version", "日期"},
		"no such date":      {`version: "2026-11-25"`, `version: "2026-02-30"`, "version", "日期"},
		"no source":         {"source: 上架指南 TRACK-9", `source: ""`, "personal.source", "来源"},
		"log host, scheme":  {"log_host: alog", "log_host: https://alog", "traffic.log_host", "只写域名"},
		"plain http":        {"host: https://wpkgate", "host: http://wpkgate", "stability.host", "https://"},
		"host with a slash": {"host: https://wpkgate-emas.ding.zj.gov.cn", "host: https://wpkgate-emas.ding.zj.gov.cn/", "stability.host", "斜杠"},
		"script, markup":    {"mlog/aplus_cloud.js", "mlog/<b>.js", "traffic.script", "https://"},
		"bad pattern":       {"- '某某'", "- '('", "placeholders.patterns[4]", "正则"},
		"empty pattern":     {"- '某某'", "- ''", "placeholders.patterns[4]", "正则"},
		"bad personal":      {"pattern: '(^|[^0-9])0", "pattern: '(((^|[^0-9])0", "personal.patterns[2].pattern", "正则"},
		"no app id":         {`ios: "28328447"`, `ios: ""`, "traffic.app_id.ios", "数字"},
		"app id, a word":    {`ios: "28328447"`, `ios: " 28328447"`, "traffic.app_id.ios", "数字"},
		"no wait":           {"wait_ms: 5000", "wait_ms: 0", "login.wait_ms", "60000"},
		"no leave":          {"leave_ms: 500", "leave_ms: 9000", "login.leave_ms", "wait_ms"},
		"no mini sdk":       {"sdk: ./aplus_mini.js", "sdk: \"\"", "mini.sdk", "不能为空"},
		"no limit":          {"pages: 2000", "pages: 0", "limits.pages", "100000"},
		"bad user agent":    {"android: Android", "android: '['", "traffic.user_agent.android", "正则"},
		"titles of nothing": {"page_url: [pageurl, pageur1, 页面地址, 页面链接, 页面url, 页面路径, 地址]", "page_url: []", "columns.page_url", "列名"},
	} {
		bad := strings.Replace(good, c.from, c.to, 1)
		if bad == good {
			t.Fatalf("%s: nothing changed", name)
		}
		_, err := ParseFacts([]byte(bad))
		e := listing.AsError(err)
		if err == nil || e.Code != listing.CodeInvalid || e.Field != c.place || !strings.Contains(e.Message, c.says) || e.Hint == "" {
			t.Errorf("%s: %#v", name, err)
		}
	}
	if _, err := ParseFacts(make([]byte, maxFacts+1)); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Error(err)
	}
	if _, err := ParseFacts(nil); listing.CodeOf(err) != listing.CodeInvalid {
		t.Error(err)
	}
}

// The generated code and the judgement go by the facts they are given, not by those of this build.
func TestFactsAreUsed(t *testing.T) {
	f, err := ParseFacts([]byte(strings.NewReplacer("alog-api.ding", "log-two.ding", "_zzdpro", "_new", "pages: 2000", "pages: 3",
		`version: "2026-11-25"`, `version: "2027-01-01"`).Replace(string(factsYAML))))
	if err != nil {
		t.Fatal(err)
	}
	p := goodParams()
	if got := listing.Blocking(f.CheckInputs(p, goodPages())); len(got) != 1 || !strings.Contains(got[0].Message, "demo_parking_new") {
		t.Errorf("%+v", got)
	}
	p.Bid = "demo_parking_new"
	b, err := f.Generate(StackStatic, p, goodPages())
	if err != nil || b.FactsVersion != "2027-01-01" || !strings.Contains(b.Files[3].Body, "log-two.ding.zj.gov.cn") {
		t.Errorf("%v %+v", err, b)
	}
	if _, err := f.ParsePages(strings.Repeat("a,b,/c\n", 4)); listing.CodeOf(err) != listing.CodeTooLarge {
		t.Error(err)
	}
}

func FuzzParseFacts(f *testing.F) {
	f.Add(string(factsYAML))
	f.Add("version: 1\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		facts, err := ParseFacts([]byte(text))
		if err != nil {
			if e := listing.AsError(err); e.Code == listing.CodeInternal || e.Hint == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		_ = facts.CheckInputs(goodParams(), goodPages())
	})
}

func TestParseRulesRejects(t *testing.T) {
	good := string(rulesYAML)
	for name, change := range map[string][2]string{
		"missing key":   {"  bid.empty:", "  bid.emty:"},
		"extra key":     {"rules:\n", "rules:\n  x.y: {rule: TRACK-1, code: guide, level: info, message: a, effect: b, fix: c}\n"},
		"unknown level": {"level: warning", "level: warn"},
		"unknown code":  {"code: undecided", "code: open"},
		"unknown fact":  {"rule: TRACK-9", "rule: STEP-9"},
		"no date":       {`version: "2026-11-23"`, `version: "1"`},
		"no yaml":       {"rules:", "rules: ["},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if _, err := parseRules([]byte(bad)); err == nil || bad == good {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestParseManifestRejects(t *testing.T) {
	data, err := snippetFiles.ReadFile("snippets/stacks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	good := string(data)
	for name, change := range map[string][2]string{
		"unknown stack": {"  vue3:\n", "  jsp:\n"},
		"no place":      {"place: 给开发商看的说明，不要放进代码包。", `place: ""`},
		"unknown key":   {"title: 流量分析\n", "titel: 流量分析\n"},
		"no date":       {`version: "2026-11-25"`, `version: ""`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if _, err := parseManifest([]byte(bad)); err == nil || bad == good {
			t.Errorf("%s was accepted", name)
		}
	}
}
