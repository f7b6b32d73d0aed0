//go:build browser

package portaltest_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/portal"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/portaltest"
)

// visitor is somebody at the pages of a portal.
type visitor struct {
	t    *testing.T
	p    *portaltest.Portal
	page *browser.Page
	ctx  context.Context
}

// visiting opens a page of a portal in a browser.
func visiting(t *testing.T, o portaltest.Options, path string) *visitor {
	t.Helper()
	o.Person = true
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(stop)
	v := &visitor{t: t, p: portaltest.Start(t, o), ctx: ctx}
	at, err := browser.Find("")
	if err != nil {
		t.Fatalf("the tests need a browser: %v", err)
	}
	b, err := browser.Start(t.Context(), browser.Options{Path: at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	if v.page, err = b.Open(t.Context(), browser.Device{Width: 1366, Height: 768, Scale: 1}, browser.Watch{Shared: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.page.Close)
	if err := v.page.Navigate(ctx, v.p.URL(path), time.Minute); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v *visitor) does(deeds ...portaltest.Deed) {
	v.t.Helper()
	if err := v.p.Do(v.ctx, deeds...); err != nil {
		at, _ := browser.Evaluate[string](context.WithoutCancel(v.ctx), v.page, "location.href + '\\n' + document.body.innerText")
		v.t.Fatalf("%v\n%s", err, at)
	}
}

func (v *visitor) press(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		v.does(portaltest.Deed{Press: text})
	}
}

func (v *visitor) pressIn(row, text string) {
	v.t.Helper()
	v.does(portaltest.Deed{Press: text, Row: row})
}

// sees waits until the texts stand on the page.
func (v *visitor) sees(texts ...string) {
	v.t.Helper()
	v.until(strings.Join(texts, "、"), func() bool {
		found, err := portal.Shown(v.ctx, v.page, texts)
		return err == nil && len(found) == len(texts)
	})
}

func (v *visitor) until(what string, holds func() bool) {
	v.t.Helper()
	for !holds() {
		if v.ctx.Err() != nil {
			at, _ := browser.Evaluate[string](context.WithoutCancel(v.ctx), v.page, "location.href + '\\n' + document.body.innerText")
			v.t.Fatalf("never: %s\n%s", what, at)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// fills fills a form in, by the labels.
func (v *visitor) fills(values map[string]map[string]any) {
	v.t.Helper()
	raw, err := json.Marshal(values)
	if err != nil {
		v.t.Fatal(err)
	}
	asks, err := fill.ParseValues(raw)
	if err != nil {
		v.t.Fatal(err)
	}
	got, err := fill.Fill(v.ctx, v.page, asks, fill.Options{Add: []string{"新增联系方式"}, Upload: func(string, []string) bool { return true }})
	if err != nil {
		v.t.Fatal(err)
	}
	for _, f := range got.Fields {
		if !f.OK {
			v.t.Fatalf("%+v", f)
		}
	}
}

// registration is FORM-3 as a person fills it in.
func registration(name string) map[string]map[string]any {
	text := func(s string) map[string]any { return map[string]any{"text": s} }
	choose := func(s string) map[string]any { return map[string]any{"choose": s} }
	return map[string]map[string]any{
		"应用类型": choose("H5"), "治理侧名称": text(name), "健康地址": text("https://app.example.test/health"), "建设部门": text("数据资源科"),
		"开发商": choose("自定义开发商"), "开发商名称": text("示例科技有限公司"), "所属区域": choose("杭州"),
		"开发商联系方式": {"rows": []map[string]string{{"姓名": "联系人甲", "电话": "13800000001"}}},
	}
}

func codeZip(t *testing.T) string {
	t.Helper()
	at := filepath.Join(t.TempDir(), "code.zip")
	if err := os.WriteFile(at, []byte("PK\x05\x06"+strings.Repeat("\x00", 18)), 0o600); err != nil {
		t.Fatal(err)
	}
	return at
}

func stateOf(p *portaltest.Portal, name string) string {
	for _, r := range p.Rows("TABLE-1") {
		if r["治理侧名称"] == name {
			return r["状态"]
		}
	}
	return ""
}

// kits are those of a test: some, or all with SHANGJIATONG_ALL=1.
func kits(some ...string) []string {
	if os.Getenv("SHANGJIATONG_ALL") == "" {
		return some
	}
	return portaltest.Kits()
}

// A day: the owner logs in and registers, the developer uploads and hands over, the owner asks for the approval.
func TestDay(t *testing.T) {
	for seed, kit := range kits("element-plus", "antd-5") {
		t.Run(kit, func(t *testing.T) {
			v := visiting(t, portaltest.Options{Kit: kit, Seed: int64(seed), Polls: 2}, portaltest.PathWorkbench)
			v.sees("扫码登录")
			v.p.Scan()
			v.press("我的资源")
			v.pressIn("示例督办01", "应用发布")
			v.press("治理侧应用发布", "应用发布注册")
			v.sees("开发商信息", "流程信息")
			v.fills(registration("示例新应用"))
			v.press("提交")
			v.sees("治理侧应用发布", "示例新应用")
			row := v.p.Rows("TABLE-1")[0]
			id := row["应用发布ID"]
			if row["治理侧名称"] != "示例新应用" || row["状态"] != "部署准备中" || len(id) != 10 || !strings.HasPrefix(id, "2002") || len(v.p.Rows("TABLE-1")) != 24 {
				t.Fatalf("registered %v", row)
			}

			v.does(portaltest.Deed{Open: "/mobile"})
			v.sees("扫码登录") // a login of its own
			v.p.Scan()
			v.press("治理侧名称列表")
			v.pressIn("示例新应用", "部署发布")
			v.press("上传代码")
			v.sees("版本号", "备注")
			zip := codeZip(t)
			v.fills(map[string]map[string]any{"版本号": {"text": "1.0.1"}, "备注": {"text": "首个版本"}, "文件": {"files": []string{zip}}})
			v.press("确定")
			v.until("the upload", func() bool { return len(v.p.Rows("TABLE-3/测试环境@"+id)) == 1 })
			v.sees("代码编译中")
			v.pressIn("1.0.1", "编译日志")
			v.sees("编译日志")
			for v.p.Rows("TABLE-3/测试环境@" + id)[0]["编译状态"] == "代码编译中" {
				v.does(portaltest.Deed{Open: portaltest.PathDeploy + "?id=" + id})
				v.sees("1.0.1")
			}
			v.sees("代码编译通过")
			if u := v.p.Uploads(); len(u) != 1 || !u[0].Kept || u[0].Name != "code.zip" || u[0].Size != 22 {
				t.Errorf("uploads %+v", u)
			}
			v.pressIn("1.0.1", "提交发布")
			v.until("the release", func() bool { return stateOf(v.p, "示例新应用") == "待发布审批" })

			v.does(portaltest.Deed{Open: portaltest.PathReleases}) // the owner is still logged in
			v.pressIn("示例新应用", "提交审批")
			v.sees("治理侧名称：示例新应用", "应用发布ID："+id)
			if n := len(v.p.Posted()); n != 3 {
				t.Errorf("%d posted before the approval", n)
			}
			v.does(portaltest.Deed{Open: portaltest.PathReleases}, portaltest.Deed{Press: "退出登录"})
			v.sees("扫码登录")
			want := map[string]int{"提交": 1, "确定": 1, "提交发布": 1, "提交审批": 1}
			for name, n := range v.p.Finals() {
				if want[name] != n {
					t.Errorf("%s pressed %d times", name, n)
				}
			}
		})
	}
}

// The approval itself, on the plainest form there is, and what the list then offers.
func TestApproval(t *testing.T) {
	v := visiting(t, portaltest.Options{Kit: "plain", Seed: 3}, portaltest.PathReleases)
	v.p.Scan()
	v.pressIn("示例督办01", "提交审批")
	v.sees("治理侧名称：示例督办01", "选择上架内容")
	v.press("提交审批") // the page refuses: nothing is filled in
	v.until("the refusal", func() bool { return v.p.Finals()["提交审批"] == 2 })
	if len(v.p.Posted()) != 0 || stateOf(v.p, "示例督办01") != "待发布审批" {
		t.Fatalf("%+v %s", v.p.Posted(), stateOf(v.p, "示例督办01"))
	}
	values := map[string]map[string]any{}
	for label, text := range map[string]string{"应用标识": "sldb", "服务器出口IP": "203.0.113.7", "应用使用范围": "示例市/示例市数据中心", "申请人": "联系人甲", "申请人手机": "13800000001",
		"测试环境": "专有钉钉", "测试账号": "ceshi", "测试密码": "示例密码", "测试数据": "三条"} {
		values[label] = map[string]any{"text": text}
	}
	values["发布端"], values["选择上架内容"] = map[string]any{"check": []string{"浙政钉"}}, map[string]any{"check": []string{"浙政钉工作台组件"}}
	values["应用已在测试账号工作台上"] = map[string]any{"choose": "是"}
	v.fills(values)
	v.press("提交审批")
	v.until("the approval", func() bool { return stateOf(v.p, "示例督办01") == "发布审批中" })
	v.pressIn("示例督办01", "审批进度")
	v.sees("审批进度")
	v.p.SetState("示例督办01", "已发布")
	v.does(portaltest.Deed{Open: portaltest.PathReleases}, portaltest.Deed{Press: "版本升级", Row: "示例督办01"}, portaltest.Deed{Press: "确定"})
	v.until("the upgrade", func() bool { return stateOf(v.p, "示例督办01") == "升级部署中" })
}

// A portal that does not guard itself stores a registration twice when its button is pressed twice.
func TestRegisteredTwice(t *testing.T) {
	v := visiting(t, portaltest.Options{Seed: 2}, portaltest.PathRegister)
	v.p.Scan()
	v.sees("开发商信息", "流程信息")
	v.fills(registration("示例两次"))
	v.does(portaltest.Deed{Press: "提交", Times: 2})
	v.until("two rows", func() bool { return len(v.p.Rows("TABLE-1")) == 25 })
	if posted := v.p.Posted(); len(posted) != 2 || posted[0].Of == posted[1].Of || v.p.Finals()["提交"] != 2 {
		t.Errorf("%+v %v", posted, v.p.Finals())
	}
}

// A login that has ended sends every page to the login, on its own way: a page that is loaded, and one that only asks.
func TestExpired(t *testing.T) {
	for _, kit := range []string{"element-ui", "antd-5"} {
		v := visiting(t, portaltest.Options{Kit: kit, Seed: 4}, portaltest.PathReleases)
		v.p.Scan()
		v.sees("治理侧应用发布", "应用发布注册")
		v.p.ExpireSession()
		res, err := http.Get(v.p.URL("/api/page?path=" + portaltest.PathReleases))
		if err != nil || res.StatusCode != http.StatusUnauthorized {
			t.Fatalf("%v %v", res, err)
		}
		_ = res.Body.Close()
		v.press("我的资源")
		v.sees("扫码登录")
		v.p.Scan()
		v.sees("我的资源", "应用注册") // where the way was leading
		v.p.LogOut()
		v.pressIn("示例督办01", "应用发布")
		v.sees("扫码登录")
		if v.p.Sessions() != 0 {
			t.Error("still logged in")
		}
	}
}

// What tests in JavaScript know and do, they do over HTTP.
func TestRoutes(t *testing.T) {
	p := portaltest.Start(t, portaltest.Options{Rows: 2})
	post := func(path, body string) {
		t.Helper()
		res, err := http.Post(p.URL("/_test/"+path), "application/json", strings.NewReader(body))
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v %v", path, res, err)
		}
		_ = res.Body.Close()
	}
	post("state", `{"name":"示例督办01","state":"已发布"}`)
	if stateOf(p, "示例督办01") != "已发布" {
		t.Error("the state is as it was")
	}
	post("rows", `{"table":"TABLE-1","rows":[{"治理侧名称":"样本"}]}`)
	res, err := http.Get(p.URL("/_test/rows?table=TABLE-1"))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var rows []portaltest.Record
	if err := json.NewDecoder(res.Body).Decode(&rows); err != nil || len(rows) != 1 || rows[0]["治理侧名称"] != "样本" {
		t.Errorf("%v %v", rows, err)
	}
	post("scan", "")
	scan, err := http.Get(p.URL("/api/scan?at=/login&goto=/workbench"))
	if err != nil || len(scan.Cookies()) != 1 || p.Sessions() != 1 {
		t.Fatalf("%v %d %v", scan, p.Sessions(), err)
	}
	_ = scan.Body.Close()
	post("expire", "")
	if p.Sessions() != 0 {
		t.Error("still logged in")
	}
}

// A form in a dialog, and in a dialog over a dialog.
func TestDialogs(t *testing.T) {
	for _, kit := range kits("ant-design-vue-4", "element-ui") {
		for _, deep := range []string{"1", "2"} {
			t.Run(kit+" "+deep, func(t *testing.T) {
				v := visiting(t, portaltest.Options{Kit: kit, Seed: 6}, "/form/FORM-25?dialog="+deep)
				v.press("打开表单")
				if deep == "2" {
					v.press("继续")
				}
				v.sees("建设层级", "基本信息")
				v.fills(map[string]map[string]any{"应用名称": {"text": "示例督办"}, "建设模式": {"choose": "自主建设"}})
				got := v.p.Model("FORM-25")
				if got["应用名称"] != "示例督办" || got["建设模式"] != "自主建设" {
					t.Errorf("%v", got)
				}
				v.press("保存草稿")
				v.until("kept", func() bool { return len(v.p.Posted()) == 1 })
				if n := v.p.Finals(); len(n) != 1 || n["保存草稿"] != 1 {
					t.Errorf("%v", n)
				}
			})
		}
	}
}
