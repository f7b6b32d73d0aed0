package procedure_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

func portalStates(t testing.TB) *procedure.PortalStates {
	t.Helper()
	p, err := procedure.EmbeddedPortal()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPortalStates holds dossier 5.3: the states, whose turn it is, and how well each is known.
func TestPortalStates(t *testing.T) {
	cases := []struct{ word, turn, mark, has, lacks string }{
		{"部署准备中", "vendor", "单一来源", "提交发布 编辑", "提交审批 重新部署"},
		{"待发布审批", "owner", "已证实", "提交审批 重新部署", "提交发布 下线"},
		{"发布审批中", "platform", "单一来源", "审批进度 撤回", "编辑 提交发布"},
		{"发布修改中", "vendor", "单一来源", "提交发布", "下线"},
		{"已发布", "nobody", "已证实", "信息变更 下线 版本升级", "提交发布 编辑"},
		{"升级部署中", "vendor", "单一来源", "提交发布 撤销升级 重新部署", "信息变更"},
		{"升级修改中", "vendor", "单一来源", "提交发布", "信息变更"},
		{"待升级审批", "owner", "推定", "提交审批", "提交发布"},
		{"升级审批中", "platform", "推定", "撤回", "提交发布"},
		{"变更审批中", "platform", "推定", "撤回", "版本升级"},
		{"下线审批中", "platform", "推定", "撤回", "信息变更"},
		{"已下线", "nobody", "推定", "详情", "下线"},
	}
	p := portalStates(t)
	for _, c := range cases {
		s, known := p.State(" " + c.word + " ")
		if !known || !s.Known || s.Turn != c.turn || s.MarkWord != c.mark || s.TurnWord == "" {
			t.Errorf("%s: %+v", c.word, s)
		}
		for _, b := range strings.Fields(c.has) {
			if why := p.WhyGreyed(b, c.word); why != "" || !slices.Contains(s.Buttons, b) {
				t.Errorf("%s has no %s: %q", c.word, b, why)
			}
		}
		for _, b := range strings.Fields(c.lacks) {
			if why := p.WhyGreyed(b, c.word); !strings.Contains(why, c.word) {
				t.Errorf("%s in %s: %q", b, c.word, why)
			}
		}
	}
	if len(p.Words()) != len(cases) {
		t.Errorf("%d states", len(p.Words()))
	}
}

// TestWhyGreyed: 提交发布 is explained by the state that causes it, and an unknown state stays as it was read.
func TestWhyGreyed(t *testing.T) {
	p := portalStates(t)
	for state, says := range map[string]string{"待发布审批": "重新部署", "已发布": "版本升级", "发布审批中": "审批", "已下线": "下线", "草稿": "重新部署 或 版本升级"} {
		if why := p.WhyGreyed("提交发布", state); !strings.Contains(why, says) || !strings.Contains(why, state) {
			t.Errorf("%s: %q", state, why)
		}
	}
	if s, known := p.State("灰度中"); known || s.Known || s.Word != "灰度中" || s.Buttons == nil {
		t.Errorf("%+v", s)
	}
	if why := p.WhyGreyed("跳舞", "灰度中"); !strings.Contains(why, "灰度中") {
		t.Errorf("%q", why)
	}
}

// TestPortalNotice: what the portal shows is compared with where the case stands.
func TestPortalNotice(t *testing.T) {
	p := portalStates(t)
	fresh, sent := run(t, flow1, listing.KindH5).state(), toAcceptance(t).state()
	returned := toAcceptance(t)
	returned.must("STEP-3.4", listing.ActReturn, at, "STEP-3.2")
	upgrade := run(t, "FLOW-3", listing.KindH5)
	upgrade.finish("F3-1")
	cases := []struct {
		name  string
		state *procedure.State
		seen  string
		says  string
	}{
		{"nothing expected yet", fresh, "已发布", ""},
		{"never looked", sent, "", ""},
		{"as expected", sent, "发布审批中", ""},
		{"not registered here", sent, "已发布", "发布审批中"},
		{"sent back", returned.state(), "发布修改中", ""},
		{"sent in again there, not here", returned.state(), "发布审批中", "发布修改中"},
		{"mended", returned.state(), "待发布审批", ""},
		{"sent back here, listed there", returned.state(), "已发布", "发布修改中"},
		{"unknown", sent, "灰度中", "灰度中"},
		{"upgrading", upgrade.state(), "升级部署中", ""},
		{"the upgrade was withdrawn", upgrade.state(), "已发布", "升级部署中"},
	}
	for _, c := range cases {
		got := c.state.PortalNotice(p, c.seen)
		if (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func wordsOf(t testing.TB) *procedure.Words {
	t.Helper()
	w, err := procedure.EmbeddedWords()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestSuggest: a reviewer's words lead to rules, fields and materials, whatever their width, case and spaces.
func TestSuggest(t *testing.T) {
	cases := []struct{ words, want string }{
		{"首页没有埋点，请补充后重新提交", "rule RULE-14"},
		{"打开后仍要求输入密码，未实现单点登录", "rule RULE-1"},
		{"测试账号无法登录", "rule RULE-16"},
		{"页面上有ｖＣｏｎｓｏｌｅ 按钮", "rule PKG-11"},
		{"服务器出口 IP 为内网地址", "field app.egress_ips"},
		{"缺少安全报告", "material security-report"},
		{"应用名称与页面标题不一致", "field app.name"},
		{"请说明", ""},
		{"", ""},
	}
	w := wordsOf(t)
	for _, c := range cases {
		got := w.Suggest(c.words)
		found := slices.ContainsFunc(got, func(s procedure.Suggestion) bool { return string(s.Kind)+" "+s.ID == c.want && len(s.Found) > 0 })
		if c.want == "" && len(got) > 0 || c.want != "" && !found {
			t.Errorf("%q suggests %+v", c.words, got)
		}
	}
}

// TestWordsAgree: fields are those of package forms, and every field's label leads to the field.
func TestWordsAgree(t *testing.T) {
	catalogue, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range wordsOf(t).Entries {
		if e.Kind == listing.LinkField && catalogue.Field(e.ID) == nil {
			t.Errorf("no field %s", e.ID)
		}
	}
}

// TestBrokenData breaks the files in one place each.
func TestBrokenData(t *testing.T) {
	cases := []struct{ file, old, new, says string }{
		{"portal-states", "mark: V\n", "mark: X\n", "X"},
		{"portal-states", "turn: owner", "turn: press", "press"},
		{"portal-states", "word: 待发布审批", "word: 部署准备中", "写了两次"},
		{"portal-states", "states: [已发布], why", "states: [未知], why", "未知"},
		{"portal-states", "source: TABLE-1", "source: hearsay", "hearsay"},
		{"portal-states", "version:", "version: &a", "锚点"},
		{"words", "kind: rule, id: RULE-1,", "kind: page, id: RULE-1,", "page"},
		{"words", "id: RULE-2,", "id: RULE-1,", "重复"},
		{"words", "words: [描述, ", "words: [\"\", ", "空"},
	}
	for _, c := range cases {
		raw, err := os.ReadFile("data/" + c.file + ".yaml")
		if err != nil || !strings.Contains(string(raw), c.old) {
			t.Fatalf("%s has no %q (%v)", c.file, c.old, err)
		}
		text := []byte(strings.Replace(string(raw), c.old, c.new, 1))
		if c.file == "words" {
			_, err = procedure.ParseWords(c.file, text)
		} else {
			_, err = procedure.ParsePortal(c.file, text)
		}
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.file) {
			t.Errorf("%s to %s: %v", c.old, c.new, err)
		}
	}
}

func FuzzSuggest(f *testing.F) {
	f.Add("首页没有埋点")
	f.Add("ＶＣｏｎｓｏｌｅ\xff　按钮")
	w := wordsOf(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range w.Suggest(text) {
			if len(s.Found) == 0 || s.ID == "" {
				t.Fatalf("%+v", s)
			}
		}
	})
}

func FuzzParseData(f *testing.F) {
	for _, name := range []string{"portal-states", "words"} {
		raw, err := os.ReadFile("data/" + name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte("entries: [{kind: *x}]"))
	f.Add([]byte("states: !!binary x"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if p, err := procedure.ParsePortal("x", raw); err == nil {
			p.WhyGreyed("提交发布", "已发布")
		}
		if w, err := procedure.ParseWords("x", raw); err == nil {
			w.Suggest("埋点")
		}
	})
}
