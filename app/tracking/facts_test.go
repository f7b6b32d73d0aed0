package tracking

import (
	"strings"
	"testing"
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
	for name, change := range map[string][2]string{
		"unknown key":       {"bid_suffix:", "bid_sufix: x\n  bid_suffix:"},
		"no date":           {`version: "2026-11-23"`, `version: today`},
		"no source":         {"source: 上架指南 TRACK-9", `source: ""`},
		"log host, scheme":  {"log_host: alog", "log_host: https://alog"},
		"plain http":        {"host: https://wpkgate", "host: http://wpkgate"},
		"bad pattern":       {"- '某某'", "- '('"},
		"bad personal":      {"pattern: '(^|[^0-9])0", "pattern: '(((^|[^0-9])0"},
		"no app id":         {`ios: "28328447"`, `ios: ""`},
		"no wait":           {"wait_ms: 5000", "wait_ms: 0"},
		"no limit":          {"pages: 2000", "pages: 0"},
		"bad user agent":    {"android: Android", "android: '['"},
		"titles of nothing": {"page_url: [pageurl, pageur1, 页面地址, 页面链接, 页面url, 页面路径, 地址]", "page_url: []"},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if bad == good {
			t.Fatalf("%s: nothing changed", name)
		}
		if _, err := ParseFacts([]byte(bad)); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestParseRulesRejects(t *testing.T) {
	good := string(rulesYAML)
	for name, change := range map[string][2]string{
		"missing key":   {"  bid.empty:", "  bid.emty:"},
		"extra key":     {"rules:\n", "rules:\n  x.y: {rule: TRACK-1, code: guide, level: info, message: a, effect: b, fix: c}\n"},
		"unknown level": {"level: warning", "level: warn"},
		"unknown code":  {"code: undecided", "code: open"},
		"unknown fact":  {"rule: TRACK-9", "rule: RULE-9"},
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
		"unknown stack": {"  vue3:\n", "  vue2:\n"},
		"no place":      {"place: 给开发商看的说明，不要放进代码包。", `place: ""`},
		"unknown key":   {"title: 流量分析\n", "titel: 流量分析\n"},
		"no date":       {`version: "2026-11-23"`, `version: ""`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if _, err := parseManifest([]byte(bad)); err == nil || bad == good {
			t.Errorf("%s was accepted", name)
		}
	}
}
