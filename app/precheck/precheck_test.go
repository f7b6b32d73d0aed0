package precheck

import (
	"encoding/json"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

var braces = regexp.MustCompile(`\{[a-z]+\}`)

func rulesOf(findings []listing.Finding) []string {
	out := make([]string, len(findings))
	for i, f := range findings {
		out[i] = f.Rule
	}
	return out
}

func TestSoundAppPasses(t *testing.T) {
	r, err := Check(*sound())
	if err != nil {
		t.Fatal(err)
	}
	if !r.Passed() || r.RulesVersion == "" {
		t.Errorf("passed = %v, version %q: %+v", r.Passed(), r.RulesVersion, r.Findings)
	}
	if got := rulesOf(r.Findings); !slices.Equal(got, []string{"RULE-20", "RULE-20"}) {
		t.Errorf("findings of %v, want only the guidance of RULE-20", got)
	}
}

// An app about which nothing is known: each rule that blocks says so itself, no rule passes for want of data.
func TestEmptyAppPassesNothing(t *testing.T) {
	b := book(t)
	r := b.Check(Subject{})
	got := rulesOf(r.Findings)
	for _, rule := range b.Rules() {
		if !slices.Contains(got, rule.ID) && rule.ID != "RULE-8" { // the only one that asks for nothing
			t.Errorf("%s has nothing to say about an empty app", rule.ID)
		}
	}
	if r.Passed() || len(r.Checked) != 20 || len(r.NotApplicable) != 0 {
		t.Errorf("passed = %v, checked %v, not applicable %v", r.Passed(), r.Checked, r.NotApplicable)
	}
}

func TestKindsAndScope(t *testing.T) {
	cases := map[listing.AppKind][]string{
		listing.KindH5:     {"RULE-17"},
		listing.KindMini:   {"RULE-13", "RULE-15"},
		listing.KindMiniPC: {},
		listing.KindPortal: {"RULE-17"},
	}
	for kind, want := range cases {
		s := sound()
		s.App.Kind = kind
		r := book(t).Check(*s)
		if !slices.Equal(r.NotApplicable, want) || len(r.Checked)+len(want) != 20 {
			t.Errorf("%s: not applicable %v, want %v; checked %v", kind, r.NotApplicable, want, r.Checked)
		}
	}
	s := sound()
	s.App.Kind, s.Settings.PortalUnhosted, s.Settled = listing.KindPortal, true, map[string]bool{"STEP-3.2": true}
	if r := book(t).Check(*s); !slices.Contains(r.NotApplicable, "RULE-13") || !r.Passed() {
		t.Errorf("KIND-4 switched off: not applicable %v, findings %+v", r.NotApplicable, r.Findings)
	}
}

func TestFindingsAreSorted(t *testing.T) {
	s := sound()
	s.App.EgressIPs = []string{"8.8.8.8", "8.8.8.8", "10.0.0.1"}
	s.App.ErrorPageReady, s.App.TestOnWorkbench, s.App.Department = "否", "否", ""
	got := strings.Join(rulesOf(book(t).Check(*s).Findings), " ")
	if want := "RULE-5 RULE-16 FORM-1 RULE-5 RULE-18 RULE-20 RULE-20"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
}

func TestReportIsPlainJSON(t *testing.T) {
	body, err := json.Marshal(book(t).Check(*sound()))
	if err != nil || !strings.Contains(string(body), `"not_applicable":[]`) {
		t.Errorf("%s, %v", body, err)
	}
}

func TestWaivers(t *testing.T) {
	b := book(t)
	whole := listing.Waiver{Rule: "RULE-7", By: "联系人乙", On: "2026-03-02", Reason: "新区挂在别的市"}
	cases := map[string]struct {
		waiver listing.Waiver
		waived bool
		remark string
	}{
		"whole rule":    {whole, true, ""},
		"its field":     {with(whole, func(w *listing.Waiver) { w.Field = "app.region" }), true, ""},
		"another field": {with(whole, func(w *listing.Waiver) { w.Field = "app.kind" }), false, ""},
		"another rule":  {with(whole, func(w *listing.Waiver) { w.Rule = "RULE-6" }), false, ""},
		"no author":     {with(whole, func(w *listing.Waiver) { w.By = " " }), false, "放行人"},
		"no date":       {with(whole, func(w *listing.Waiver) { w.On = "昨天" }), false, "日期"},
		"no reason":     {with(whole, func(w *listing.Waiver) { w.Reason = "" }), false, "原因"},
	}
	for name, c := range cases {
		s := sound()
		s.App.Region, s.App.Waivers = "别的市", []listing.Waiver{c.waiver}
		found := of(b.Check(*s).Findings, "RULE-7")
		if (found[0].Waiver != nil) != c.waived || found[0].Level != listing.LevelWarning {
			t.Errorf("%s: waiver = %+v", name, found[0].Waiver)
		}
		if remarked := len(found) == 2; remarked != (c.remark != "") || remarked && !strings.Contains(found[1].Message, c.remark) {
			t.Errorf("%s: remarks %+v", name, found[1:])
		}
	}
}

func with(w listing.Waiver, change func(*listing.Waiver)) listing.Waiver {
	change(&w)
	return w
}

func TestErrorsCannotBeWaived(t *testing.T) {
	s := sound()
	s.App.EgressIPs = []string{"10.0.0.1"}
	s.App.Waivers = []listing.Waiver{{Rule: "RULE-5", By: "联系人乙", On: "2026-03-02", Reason: "先这样"}}
	r := book(t).Check(*s)
	found := of(r.Findings, "RULE-5")
	if r.Passed() || len(found) != 2 || found[0].Waiver != nil || found[1].Level != listing.LevelInfo || !strings.Contains(found[1].Message, "不起作用") {
		t.Errorf("findings %+v", found)
	}
}

func TestBlockedBy(t *testing.T) {
	b := book(t)
	s := sound()
	s.Settled = map[string]bool{"STEP-3.4b": true}
	s.App.MiniVersion, s.App.LoginFree = "", "否"
	r := b.Check(*s)
	cases := map[string]string{
		"STEP-1.1":  "",
		"STEP-2.1":  "",
		"STEP-3.1":  "RULE-1 RULE-13",
		"STEP-3.3":  "RULE-1",
		"STEP-3.4":  "RULE-1 RULE-14",
		"STEP-3.4b": "RULE-1",
		"STEP-4.1":  "RULE-17",
		"STEP-4.4":  "RULE-17",
		"STEP-5":    "",
	}
	for step, want := range cases {
		if got := strings.Join(rulesOf(b.BlockedBy(r, step)), " "); got != want {
			t.Errorf("%s blocked by %q, want %q", step, got, want)
		}
	}
	if got := strings.Join(rulesOf(b.ForPackage(r)), " "); got != "RULE-1 RULE-13 RULE-14" {
		t.Errorf("package held up by %q", got)
	}
	foreign := Report{Findings: []listing.Finding{{Rule: "TRACK-1", Level: listing.LevelError}}}
	if len(b.ForPackage(foreign)) != 1 || b.Steps("TRACK-1") != nil {
		t.Error("an unknown rule's error must hold up a package")
	}
}

func TestSteps(t *testing.T) {
	b := book(t)
	for id, want := range map[string]string{"RULE-13": "STEP-3.1", "RULE-14": "STEP-3.4", "RULE-17": "STEP-4", "RULE-20": "", "FORM-3": "STEP-3.1"} {
		if got := strings.Join(b.Steps(id), " "); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	for _, n := range b.forms {
		if task := b.catalogue.Form(n.ID).Task; !slices.Equal(n.Steps, []string{task}) {
			t.Errorf("%s holds up %v, its task is %s", n.ID, n.Steps, task)
		}
	}
}

// A required field is missing once, under the first form that wants it, and not at all when a rule reports it.
func TestCheckForms(t *testing.T) {
	b := book(t)
	s := sound()
	s.App.Department, s.App.Identifier, s.Unit.Name, s.App.Basis = "", "", "", []string{"其他"}
	byField := map[string]listing.Finding{}
	for _, f := range b.CheckForms(*s) {
		if _, twice := byField[f.Field]; twice || f.Level != listing.LevelError || f.Code != listing.FindingUndecided {
			t.Errorf("unexpected %+v", f)
		}
		byField[f.Field] = f
	}
	want := map[string]string{"app.department": "FORM-1", "app.basis_other": "FORM-1", "unit.name": "FORM-1", "app.identifier": "FORM-2"}
	for field, form := range want {
		if f := byField[field]; f.Rule != form || !strings.HasPrefix(f.Message, "未核对") {
			t.Errorf("%s: %+v", field, f)
		}
	}
	if len(byField) != len(want) || !strings.Contains(byField["app.department"].Message, "应用注册、应用发布注册") {
		t.Errorf("missing %+v", byField)
	}
	for _, f := range b.Check(*s).Findings {
		if f.Field == "app.identifier" && !strings.HasPrefix(f.Rule, "RULE-") {
			t.Errorf("reported twice: %+v", f)
		}
	}
}

func TestCheckFormsWithoutVendor(t *testing.T) {
	s := sound()
	s.Vendor = nil
	found := book(t).CheckForms(*s)
	if len(found) != 1 || found[0].Field != "app.vendor_id" || found[0].Rule != "FORM-3" {
		t.Errorf("%+v", found)
	}
}

// STEP-2.3: at least three components.
func TestComponentsAreWhole(t *testing.T) {
	s := sound()
	s.App.Components = []string{"扫码登录", "别的组件"}
	found := of(book(t).Check(*s).Findings, "FORM-2")
	if len(found) != 1 || found[0].Code != listing.FindingViolated || !strings.Contains(found[0].Message, "组织架构和用户体系(浙政钉)、消息通知") {
		t.Errorf("%+v", found)
	}
}

// Nothing the forms data calls required can be left empty unnoticed: each is taken out of a sound subject in turn.
func TestNoRequiredFieldIsForgotten(t *testing.T) {
	b := book(t)
	for _, f := range b.catalogue.Fields {
		if !f.Required {
			continue
		}
		s := sound()
		if f.Key == "app.vendor_id" {
			s.Vendor = nil
		}
		root, path, _ := strings.Cut(f.Key, ".")
		switch root {
		case "unit":
			s.Unit = without(t, s.Unit, path)
		case "vendor":
			*s.Vendor = without(t, *s.Vendor, path)
		default:
			s.App = without(t, s.App, path)
			delete(s.App.Attachments, f.Slot)
		}
		named := slices.ContainsFunc(b.Check(*s).Findings, func(x listing.Finding) bool {
			return x.Field == f.Key && x.Level != listing.LevelInfo
		})
		if !named {
			t.Errorf("%s is required, and nothing says so while it is empty", f.Key)
		}
	}
}

// without returns a record with one JSON member taken out, "a.b" meaning b inside a.
func without[T any](t *testing.T, record T, path string) T {
	t.Helper()
	var tree map[string]any
	var out T
	body, err := json.Marshal(record)
	if err == nil {
		err = json.Unmarshal(body, &tree)
	}
	at, rest := tree, path
	for outer, inner, nested := strings.Cut(rest, "."); nested; outer, inner, nested = strings.Cut(rest, ".") {
		at, rest = at[outer].(map[string]any), inner
	}
	delete(at, rest)
	if err == nil {
		body, err = json.Marshal(tree)
	}
	if err == nil {
		err = json.Unmarshal(body, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Findings name fields the forms know, and only those their rule declares.
func TestFieldsAreDeclared(t *testing.T) {
	b := book(t)
	for _, c := range ruleCases() {
		s := sound()
		c.change(s)
		for _, f := range b.Check(*s).Findings {
			r := b.Rule(f.Rule)
			if f.Field == "" || r == nil || f.Field == "app.kind" {
				continue
			}
			if !slices.Contains(r.Fields, f.Field) {
				t.Errorf("%s points to %s, which its data does not declare", f.Rule, f.Field)
			}
		}
	}
}

func TestCheckLeavesTheSubjectAlone(t *testing.T) {
	s := sound()
	s.App.Region = "别的市"
	s.App.Waivers = []listing.Waiver{{Rule: "RULE-7", By: "联系人乙", On: "2026-03-02", Reason: "新区"}}
	before, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	book(t).Check(*s)
	if after, err := json.Marshal(s); err != nil || string(after) != string(before) {
		t.Errorf("changed to %s (%v)", after, err)
	}
}

func TestCreditCode(t *testing.T) {
	cases := []struct {
		code    string
		ok      bool
		want    byte
		trouble string
	}{
		{"91350100M000100Y43", true, '3', ""},
		{"91350100M000100Y4Z", false, 0, "第 18 位"},
		{"91350100M000100Y44", false, '3', ""},
		{"91330199MA0000000R", true, 'R', ""},
		{"", false, 0, "实际 0 位"},
		{"91330199MA0000000RR", false, 0, "实际 19 位"},
		{"91330199MI0000000R", false, 0, "第 10 位“I”"},
		{"９1330199MA0000000R", false, 0, "第 1 位"},
		{"一二三四五六七八九十一二三四五六七八", false, 0, "第 1 位"},
	}
	for _, c := range cases {
		ok, want, err := CheckCreditCode(c.code)
		if c.trouble != "" {
			if listing.CodeOf(err) != listing.CodeInvalid || !strings.Contains(err.Error(), c.trouble) {
				t.Errorf("%s: error %v, want %q", c.code, err, c.trouble)
			}
		} else if err != nil || ok != c.ok || want != c.want {
			t.Errorf("%s: %v, %c, %v", c.code, ok, want, err)
		}
	}
}

func TestSpecialPurpose(t *testing.T) {
	cases := map[string]string{
		"8.8.8.8": "", "100.63.255.255": "", "100.128.0.0": "", "172.32.0.1": "", "192.0.1.1": "", "2400:3200::1": "", "59.202.1.1": "",
		"0.0.0.0": "未指定地址", "0.1.2.3": "“本网络”地址", "10.255.255.255": "内网地址", "100.64.0.0": "运营商内部共享地址",
		"100.127.255.255": "运营商内部共享地址", "127.0.0.53": "本机地址", "169.254.1.1": "链路本地地址", "172.16.0.0": "内网地址",
		"192.0.0.171": "协议保留地址", "192.0.2.1": "文档示例地址", "192.88.99.2": "中继地址", "192.88.99.1": "已停用的中继地址",
		"192.168.255.255": "内网地址", "198.19.255.255": "性能测试地址", "198.51.100.7": "文档示例地址", "203.0.113.7": "文档示例地址",
		"224.0.0.1": "组播地址", "250.1.1.1": "保留地址", "255.255.255.255": "广播地址",
		"::": "未指定地址", "::1": "本机地址", "::ffff:192.168.1.1": "内网地址", "fe80::1%eth0": "链路本地地址", "fdff::1": "内网地址",
		"2001:db8::1": "文档示例地址", "2001:0:1::": "隧道地址", "2002:808:808::1": "隧道地址", "64:ff9b::808:808": "地址转换专用地址",
		"3fff:fff::1": "文档示例地址", "ff02::1": "组播地址",
	}
	for text, want := range cases {
		name, special := SpecialPurpose(netip.MustParseAddr(text))
		if name != want || special != (want != "") {
			t.Errorf("%s: %q, %v; want %q", text, name, special, want)
		}
	}
	if _, special := SpecialPurpose(netip.Addr{}); !special {
		t.Error("the zero address is nobody's")
	}
}

func TestBadRules(t *testing.T) {
	raw, err := embedded.ReadFile("data/rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string][2]string{
		"unknown key":              {"rules:\n", "colour: red\nrules:\n"},
		"no version":               {`version: "2026-03-01"`, `version: ""`},
		"rule twice":               {"id: RULE-2\n", "id: RULE-1\n"},
		"unknown rule":             {"id: RULE-20\n", "id: RULE-21\n"},
		"unknown level":            {"level: error\n", "level: fatal\n"},
		"unknown kinds":            {"kinds: hosted\n", "kinds: some\n"},
		"unknown field":            {"fields: [app.plan]", "fields: [app.plans]"},
		"undecided lowered":        {"not_attested: {code: undecided,", "not_attested: {code: undecided, level: info,"},
		"undecided without a mark": {"message: \"未核对：应用标识还没有填\"", "message: \"应用标识还没有填\""},
		"always decidable":         {"decidable: data\n", "decidable: always\n"},
		"bad pattern":              {"mobile: '^1", "mobile: '^(1"},
		"no pattern":               {"version: '^[vV]", "#version: '^[vV]"},
		"unknown form":             {"id: FORM-4", "id: FORM-9"},
		"form without steps":       {"steps: [STEP-3.4], also", "steps: [], also"},
		"no remark":                {"on_error:", "on_errors:"},
		"no step":                  {"listed_step: STEP-3.4b", "listed_step: \"\""},
		"no reason given":          {"    why: 用户从浙政钉", "    source: 用户从浙政钉"},
	}
	for name, edit := range cases {
		text := strings.Replace(string(raw), edit[0], edit[1], 1)
		if text == string(raw) {
			t.Fatalf("%s: the edit changes nothing", name)
		}
		if _, err := parse(text); listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func parse(text string) (*Book, error) {
	catalogue, err := forms.Default()
	if err != nil {
		return nil, err
	}
	addresses, err := defaultAddresses()
	if err != nil {
		return nil, err
	}
	return parseBook([]byte(text), catalogue, addresses)
}

func TestBadAddresses(t *testing.T) {
	head := "version: \"1\"\nsource: s\ndate: d\n"
	for name, text := range map[string]string{
		"no head": "special: []", "bad block": head + "special: [{block: 10.0.0.0, name: n}]",
		"bits outside": head + "special: [{block: 10.0.0.1/8, name: n}]", "no name": head + "doubtful: [{block: 10.0.0.0/8}]",
		"unknown key": head + "extra: 1", "empty": "",
	} {
		if _, err := parseAddresses([]byte(text)); listing.CodeOf(err) != listing.CodeInvalid {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestReadLink(t *testing.T) {
	cases := map[string]link{
		"https://API.Example.com:8443/v1": {scheme: "https", host: "api.example.com"},
		"//api.example.com":               {host: "api.example.com", schemeless: true},
		"api.example.com":                 {host: "api.example.com"},
		"localhost":                       {host: "localhost"},
		"127.0.0.1:80/x":                  {host: "127.0.0.1"},
		"[::1]:80/x":                      {host: "::1"},
		"http://[fe80::1%25eth0]/":        {scheme: "http", host: "fe80::1%eth0"},
		"api/v1.0":                        {},
		"./api":                           {},
		"..":                              {},
		"https://":                        {malformed: true},
		"https://a b/":                    {malformed: true},
		"https://a.example，b.example":     {malformed: true},
		"//":                              {schemeless: true, malformed: true},
	}
	for text, want := range cases {
		if got := readLink(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{" a\nb\t": "a b", "\xff": "�", strings.Repeat("长", 61): strings.Repeat("长", 60) + "…", "{value}": "{value}"} {
		if got := quote(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
