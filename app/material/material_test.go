package material

import (
	"context"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
)

// shown returns the text of a docx as a person reads it, with ☑ and ☐.
func shown(t testing.TB, in Input, id string) string {
	t.Helper()
	body, err := Build(context.Background(), in, id)
	if err != nil {
		t.Fatal(err)
	}
	page, err := document.PreviewHTML(body)
	if err != nil {
		t.Fatal(err)
	}
	page = regexp.MustCompile(`</(td|p|tr)>|<br/?>`).ReplaceAllString(page, "\n")
	page = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, ""))
	return regexp.MustCompile(`\n+`).ReplaceAllString(page, "\n")
}

// holds fails for every text that is not there.
func holds(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("lacks %q in\n%s", w, got)
		}
	}
}

// Every label and option of a portal's form stands in our form, in the portal's order.
func TestFormsShowThePortalsLabels(t *testing.T) {
	in := full(t, listing.KindH5)
	for id, form := range map[string]string{"form-1": "FORM-1", "form-2-qr-login": "FORM-2", "form-3": "FORM-3", "form-4": "FORM-4"} {
		t.Run(form, func(t *testing.T) {
			got := shown(t, in, id)
			at := 0
			for _, row := range in.Forms.Form(form).Rows() {
				i := strings.Index(got[at:], row.Label)
				if i < 0 {
					t.Fatalf("%q is missing, or not in its place", row.Label)
				}
				at += i + len(row.Label)
				f := in.Forms.Field(row.Field)
				for _, word := range in.Forms.Lists[f.Options] {
					if i = strings.Index(got[at:], word); i < 0 {
						t.Fatalf("option %q of %q is missing, or not in its place", word, row.Label)
					}
					at += i + len(word)
				}
			}
			holds(t, got, "对应页面："+in.Forms.Form(form).Portal, "盖章", "年　　月　　日", "填报单位：示例市数据中心")
		})
	}
}

func TestFormsTickWhatWasChosen(t *testing.T) {
	in := full(t, listing.KindH5)
	cases := map[string][]string{
		"form-1": {"☑建设中", "☐运行中", "☐政务内网", "☑政务外网", "☑互联网", "☐单机", "☑地方特色(省级特色)", "☐另行输入", "☑政策文件", "☑其他", "☐领导讲话及批示",
			"市政府专题会议纪要", "*是否统建应用", "方案 终稿(1).pdf", "☐数字经济※", "该栏目名称为推定，以页面为准"},
		"form-2-qr-login":     {"☑扫码登录", "☐消息通知", "省大数据局", "8.8.8.8、8.8.4.4", "https://app.example.com/callback", "logo.png"},
		"form-2-organization": {"☐扫码登录", "☑组织架构和用户体系(浙政钉)", "示例市/市直单位/示例市数据中心"},
		"form-2-message":      {"☑消息通知"},
		"form-3":              {"☑H5", "☐小程序+PC", "☑自定义开发商", "联系人己", "13900000001", "联系人庚", "13900000002", "☑杭州", "☐丽水"},
		"form-4":              {"☑浙政钉", "☐数字化改革门户", "☑浙政钉工作台组件", "ceshi_demo", "另行提供", "*测试密码※", "☐应急预案", "☑是"},
	}
	for id, want := range cases {
		t.Run(id, func(t *testing.T) { holds(t, shown(t, in, id), want...) })
	}
	if got := shown(t, in, "form-2-message"); strings.Contains(got, "回调地址") {
		t.Error("回调地址 is asked for 消息通知")
	}
	in.Dossier.App.Mode = "自己写的模式"
	holds(t, shown(t, in, "form-1"), "☑另行输入※：自己写的模式", "☐地方特色")
	in.Dossier.App.Attachments["emergency-plan"] = in.Dossier.App.Attachments["plan"]
	holds(t, shown(t, in, "form-4"), "☑应急预案", "☐系统部署文档")
}

func TestFormsShowBlanks(t *testing.T) {
	in := Input{Dossier: forms.Dossier{App: listing.App{Kind: listing.KindH5, Components: []string{"扫码登录"}}}}
	holds(t, shown(t, in, "form-1"), "应用名称\n（未填写）", "建设方案\n（未提供）", "*其他(请注明)\n（无须填写）", "☐政务外网", "填报单位：（未填写）")
	in.Dossier.App.Basis = []string{"其他"}
	holds(t, shown(t, in, "form-1"), "*其他(请注明)\n（未填写）", "☑其他")
	holds(t, shown(t, in, "form-3"), "*姓名\n*电话\n（未填写）\n（未填写）")
	holds(t, shown(t, in, "form-4"), "*测试密码※\n（未填写）")
}

// The password is printed on FORM-4 only, and only when the caller gave it; other secrets never.
func TestSecretsStayOut(t *testing.T) {
	for _, given := range []string{"", testPassword} {
		in := full(t, listing.KindH5)
		in.Password = given
		body, _ := packed(t, in)
		for name, content := range entries(t, body) {
			texts := map[string][]byte{name: content}
			if strings.HasSuffix(name, ".docx") || strings.HasSuffix(name, ".xlsx") {
				texts = entries(t, content)
			}
			for part, text := range texts {
				if strings.Contains(string(text), "vault:") {
					t.Errorf("%s %s holds a reference to a secret", name, part)
				}
				if strings.Contains(string(text), testPassword) && !strings.Contains(name, "FORM-4") {
					t.Errorf("%s %s holds the password", name, part)
				}
			}
		}
		form := shown(t, in, "form-4")
		if got := strings.Contains(form, testPassword); got != (given != "") {
			t.Errorf("password printed = %v with %q given", got, given)
		}
	}
}

func TestList(t *testing.T) {
	cases := []struct {
		kind        listing.AppKind
		have, lacks []string
	}{
		{listing.KindH5, []string{"index", "form-1", "form-2-qr-login", "form-4", "checklist", "tracking", "tracking-pages", "tracking-static-1", "tracking-vue2-1", "tracking-vue3-1", "error-page", "slot-plan", "slot-deployment", "slot-scan-form-3"}, []string{"tracking-mini-1"}},
		{listing.KindMini, []string{"form-3", "tracking", "tracking-pages", "tracking-mini-1", "error-page"}, []string{"tracking-static-1", "tracking-entry-1"}},
		{listing.KindMiniPC, []string{"tracking-pages", "tracking-static-1", "tracking-mini-1"}, nil},
		{listing.KindPortal, []string{"tracking-static-1"}, nil},
	}
	for _, c := range cases {
		t.Run(string(c.kind), func(t *testing.T) {
			items, err := List(full(t, c.kind))
			if err != nil {
				t.Fatal(err)
			}
			ids := map[string]Item{}
			for _, i := range items {
				if _, twice := ids[i.ID]; twice || i.Title == "" || i.StateWord == "" || i.Missing == nil {
					t.Errorf("item %+v", i)
				}
				ids[i.ID] = i
			}
			for _, id := range c.have {
				if _, ok := ids[id]; !ok {
					t.Errorf("%s is missing", id)
				}
			}
			for _, id := range c.lacks {
				if _, ok := ids[id]; ok {
					t.Errorf("%s is there", id)
				}
			}
		})
	}
}

func TestListStates(t *testing.T) {
	in := full(t, listing.KindH5)
	in.Dossier.App.Level, in.Dossier.App.Bid, in.Dossier.App.ErrorPagePhone = "", "", ""
	in.Dossier.App.Components = []string{"扫码登录"}
	items, err := List(in)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"form-1": stateIncomplete, "form-3": stateReady, "tracking": stateMissing, "error-page": stateIncomplete, "slot-plan": stateAttached,
		"slot-scan-form-1": stateAttached, "slot-scan-form-2": stateMissing, "slot-deployment": stateIncomplete}
	seen := 0
	for _, i := range items {
		if w, ok := want[i.ID]; ok {
			seen++
			if i.State != w {
				t.Errorf("%s is %s, want %s", i.ID, i.State, w)
			}
		}
		switch i.ID {
		case "form-1":
			if !slices.Equal(i.Missing, []string{"app.level"}) {
				t.Errorf("form-1 lacks %v", i.Missing)
			}
		case "tracking":
			if !slices.Equal(i.Missing, []string{"app.bid"}) {
				t.Errorf("tracking lacks %v", i.Missing)
			}
		case "slot-scan-form-2":
			if i.StateWord != "待盖章扫描" || i.FileName != "" {
				t.Errorf("scan: %+v", i)
			}
		case "form-2-message":
			t.Error("消息通知 was not applied for")
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d items seen", seen, len(want))
	}
	note, err := Build(context.Background(), in, "tracking")
	if err != nil {
		t.Fatal(err)
	}
	holds(t, string(note), "没有生成", "TRACK-")
}

// Of the self-check only what the data proves is ticked.
func TestSelfCheck(t *testing.T) {
	in := full(t, listing.KindH5)
	in.Findings = []listing.Finding{blockingFinding()}
	got := shown(t, in, "self-check")
	result := func(text string) string {
		_, rest, ok := strings.Cut(got, text+"\n")
		if !ok {
			t.Fatalf("%q is missing in\n%s", text, got)
		}
		line, _, _ := strings.Cut(rest, "\n")
		return line
	}
	cases := map[string]bool{
		"应用标识写法正确，与组件申请一致，没有与本单位其他应用重复":       true,
		"服务器出口IP为可加白名单的公网地址，且与组件申请一致":         false, // RULE-5 fires
		"四张申请表必填项已填全":                         true,
		"稳定性监控和流量分析代码已加入全部页面并自查合格":            false,
		"姓名、手机号、证件号等个人信息在页面上已脱敏":              false,
		"健康地址能反映后端状态，每天 6 点至 22 点可以访问":        false,
		"免登已对接，从客户端进入后不再要求输入账号密码，也不经别的应用再次认证": false,
	}
	for text, yes := range cases {
		if ticked := strings.Contains(result(text), "☑符合"); ticked != yes {
			t.Errorf("%s: ticked = %v", text, ticked)
		}
	}
	if strings.Contains(got, "小程序已有发布的版本") {
		t.Error("an H5 app is asked for a version of a mini-program")
	}
	holds(t, got, "技术 1\n", "产品 1\n", "安全 1\n", "运维 1\n", "运营 1\n")
	in.Dossier.App.Attachments["tracking-report"] = listing.Attachment{Name: "埋点.pdf"}
	got = shown(t, in, "self-check")
	if !strings.Contains(result("稳定性监控和流量分析代码已加入全部页面并自查合格"), "☑符合") {
		t.Error("the attached report does not count")
	}
	empty := shown(t, Input{Dossier: forms.Dossier{App: listing.App{Kind: listing.KindMini}}}, "self-check")
	if strings.Contains(empty, "☑") || strings.Contains(empty, "托管平台") {
		t.Error("an empty mini-program has ticks, or hosting items")
	}
}

func TestVendorTaskSheet(t *testing.T) {
	got := shown(t, full(t, listing.KindH5), "vendor-task-sheet")
	holds(t, got, "STEP-1.1", "STEP-3.3", "http://172.18.52.98:18080/mobile", "sldb_demo_zzdpro", "1234567890abcdef", "督办详情", "联系人己 13900000001")
	for _, never := range []string{"STEP-2.1\n", "STEP-3.4\n", "ceshi_demo", "未填写", "vault:"} {
		if strings.Contains(got, never) {
			t.Errorf("shows %q", never)
		}
	}
	mini := shown(t, full(t, listing.KindMini), "vendor-task-sheet")
	holds(t, mini, "STEP-3.5")
	if strings.Contains(mini, "STEP-3.3") {
		t.Error("a mini-program is hosted")
	}
	in := full(t, listing.KindH5)
	in.Case = nil
	holds(t, shown(t, in, "vendor-task-sheet"), "办件还没有开始")
}

// RULE-18
func TestErrorPages(t *testing.T) {
	in := full(t, listing.KindH5)
	in.Dossier.Unit.Name = `<script>alert(1)</script>中心`
	for id, head := range map[string]string{"error-page": "网页请求错误", "error-page-denied": "应用访问受限"} {
		body, err := Build(context.Background(), in, id)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, string(body), head, "&lt;script&gt;", "联系人戊", "0571-00000000", `<meta charset="utf-8">`)
		if strings.Contains(string(body), "<script") || strings.Contains(string(body), "http") {
			t.Errorf("%s has a script or an outside address", id)
		}
	}
}

func TestChecklist(t *testing.T) {
	in := full(t, listing.KindMini)
	waived := listing.Finding{Rule: "RULE-6", Code: listing.FindingViolated, Level: listing.LevelWarning, Message: "不是路径", Waiver: &listing.Waiver{By: "联系人甲"}}
	unknown := listing.Finding{Rule: "RULE-16", Code: listing.FindingUndecided, Level: listing.LevelError, Message: "未核对：没有填测试账号"}
	in.Findings = []listing.Finding{blockingFinding(), unknown, waived}
	body, err := Build(context.Background(), in, "checklist")
	if err != nil {
		t.Fatal(err)
	}
	page, err := Preview(context.Background(), in, "checklist")
	if err != nil {
		t.Fatal(err)
	}
	cell := func(cells ...string) string { return "<td>" + strings.Join(cells, "</td><td>") + "</td>" }
	holds(t, page, cell("RULE-5", "服务器出口IP", "须改正"), cell("RULE-16", "给评审人员的测试环境", "未核对"), cell("RULE-6", "应用使用范围写到单位", "已放行"), cell("RULE-3", "应用标识的写法", "通过"),
		cell("RULE-15", "接口地址能跨源访问", "不适用"), cell("FORM-1 应用注册", "建设层级", "是", "市级", "已填"), "应用上架自查", "系统压测报告", "扩大使用范围说明", "待盖章扫描", "STEP-3.4b")
	sheet := string(entries(t, body)["xl/worksheets/sheet1.xml"])
	holds(t, sheet, "<dataValidation ", "<conditionalFormatting ")
}

func TestPreview(t *testing.T) {
	in := full(t, listing.KindH5)
	in.Dossier.App.Name = `<img src=x onerror=alert(1)>`
	items, err := List(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		got, err := Preview(context.Background(), in, i.ID)
		if !i.Previewable {
			if listing.CodeOf(err) != listing.CodeRefused {
				t.Errorf("%s: %v", i.ID, err)
			}
			continue
		}
		if err != nil || got == "" {
			t.Errorf("%s: %d bytes, %v", i.ID, len(got), err)
		}
		if strings.Contains(got, "<img") || i.Kind != kindText && strings.Contains(got, "<script") {
			t.Errorf("%s is not escaped", i.ID)
		}
	}
	if _, err := Preview(context.Background(), in, "nothing"); listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("err = %v", err)
	}
}

func TestCompare(t *testing.T) {
	in := full(t, listing.KindH5)
	before := listing.PackageRecord{Values: map[string]string{"app.name": "甲", "app.level": "市级", "gone": "x"}, Files: []listing.PackagedFile{{Name: "a", SHA256: "1"}, {Name: "b", SHA256: "2"}, {Name: "c", SHA256: "3"}}}
	after := listing.PackageRecord{Values: map[string]string{"app.name": "乙", "app.level": "市级", "unit.name": "中心"}, Files: []listing.PackagedFile{{Name: "b", SHA256: "9"}, {Name: "c", SHA256: "3"}, {Name: "d", SHA256: "4"}}}
	got := Compare(before, after, in.Forms)
	fields := fmt.Sprint(got.Fields)
	if fields != "[{unit.name 单位名称  中心} {app.name 应用名称 甲 乙} {gone gone x }]" {
		t.Errorf("fields = %s", fields)
	}
	if files := fmt.Sprint(got.Files); files != "[{b changed 有改动} {d added 新增} {a removed 已去掉}]" {
		t.Errorf("files = %s", files)
	}
	same := Compare(before, before, in.Forms)
	if same.Fields == nil || same.Files == nil || len(same.Fields)+len(same.Files) != 0 {
		t.Errorf("no difference: %+v", same)
	}
}
