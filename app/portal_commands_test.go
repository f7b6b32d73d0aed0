package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"shangjiatong/app/portal/fill"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
	"shangjiatong/app/service"
)

const listPage = `<!doctype html><meta charset="utf-8"><title>治理侧</title><h2>治理侧应用发布</h2>
<table><thead><tr><th>治理侧名称<th>应用发布ID<th>创建时间<th>更新时间<th>%s<th>移动端地址<th>PC地址<th>操作</tr></thead>
<tbody><tr><td>示例督办<td>R-1<td>2026-03-01<td>2026-03-02<td>待发布审批<td>http://127.0.0.1/m<td>http://127.0.0.1/p<td><a>详情</a> <a>提交审批</a></tr></tbody></table>`

const formPage = `<!doctype html><meta charset="utf-8"><title>登记</title><form onsubmit="return false">
<div class="item"><label>应用名称</label><input></div><div class="item"><label>说明</label><textarea></textarea></div>
<div class="item"><label>是否公开</label><label><input type="radio" name="a">是</label><label><input type="radio" name="a">否</label></div>
<button type="button" onclick="fetch('/final')">提交</button></form>`

// portalSite is a portal on this machine; final counts what was sent.
func portalSite(t *testing.T) (url string, final *atomic.Int32) {
	t.Helper()
	final = &atomic.Int32{}
	pages := map[string]string{"/list": fmt.Sprintf(listPage, "状态"), "/renamed": fmt.Sprintf(listPage, "现在的样子"), "/form": formPage, "/login": `<p>扫码登录</p>`}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/final" {
			final.Add(1)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, pages[r.URL.Path])
	}))
	t.Cleanup(s.Close)
	return s.URL, final
}

// away keeps a test from the data folder of whoever runs it.
func away(t *testing.T) {
	t.Helper()
	noKeyring(t)
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	// Pictures stay in the folder for temporary files; its name is short, since a browser's socket stands in it too.
	dir, err := os.MkdirTemp(os.TempDir(), "n") //nolint:usetesting // the name of t.TempDir is too long for the socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	t.Setenv("TMPDIR", dir)
}

// NET-1 to NET-3 without a data folder: the facts, and exit code 1 only when nothing answers.
func TestNetStatus(t *testing.T) {
	away(t)
	url, _ := portalSite(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := "http://" + l.Addr().String()
	l.Close()
	file := write(t, filepath.Join(t.TempDir(), "地址.json"), fmt.Sprintf(`{"ADDR-4": %q, "ADDR-5": %q, "ADDR-1": %q}`, url+"/login", gone, gone))

	var v service.NetworksView
	plain(t, "net", "status", "--addresses", file, "--json").wants(0).json(&v)
	states := map[string]string{}
	for _, n := range v.Networks {
		states[n.ID] = n.State
	}
	if states["NET-1"] != service.NetworkSilent || states["NET-2"] != service.NetworkAnswers || states["NET-3"] != service.NetworkSilent || !v.Given {
		t.Errorf("%v", states)
	}
	plain(t, "net", "status", "--addresses", file).wants(0, "政务外网：有回应", "没有填写地址", "连接被拒绝")
	plain(t, "net", "status", "--addresses", file, "--network", "NET-2,互联网").wants(0, "互联网：没有回应")
	plain(t, "net", "status", "--addresses", file, "--network", "NET-3").wants(1, "没有回应")
	plain(t, "net", "status", "--addresses", file, "--network", "NET-9").wants(2, "NET-9")
	plain(t, "net", "status", "--addresses", filepath.Join(t.TempDir(), "没有")).wants(2, "没有")
	plain(t, "net", "status", "--addresses", write(t, file, `{"ADDR-77":"http://127.0.0.1"}`)).wants(2, "ADDR-77")
}

// The addresses of one run are not stored, and hold for any command.
func TestAddressesOfOneRun(t *testing.T) {
	c := sampleTerminal(t)
	file := write(t, filepath.Join(t.TempDir(), "地址.yaml"), "ADDR-4: http://127.0.0.1:9/here\n")
	places := func(args ...string) string {
		return c.ok(append([]string{"case", "show", "示例督办", "--json"}, args...)...).out
	}
	if out := places("--addresses", file); !strings.Contains(out, "http://127.0.0.1:9/here") || strings.Contains(out, "irs.zj.gov.cn") || strings.Contains(out, ":18080") {
		t.Error("other addresses than the given ones are named")
	}
	if out := places(); strings.Contains(out, "127.0.0.1:9") || !strings.Contains(out, "irs.zj.gov.cn") {
		t.Error("the addresses were stored")
	}
}

func TestPortalReadSaved(t *testing.T) {
	away(t)
	page := write(t, filepath.Join(t.TempDir(), "列表.html"), fmt.Sprintf(listPage, "状态"))
	var r table.Result
	plain(t, "portal", "read", "--table", "TABLE-1", "--html", page, "--json").wants(0).json(&r)
	if len(r.Rows) != 1 || r.Rows[0]["状态"] != "待发布审批" || r.Pages != 1 || r.Drift == nil {
		t.Errorf("%+v", r)
	}
	plain(t, "portal", "read", "--table", "TABLE-1", "--clipboard", page).wants(0, "1 行", "待发布审批")
	renamed := write(t, filepath.Join(t.TempDir(), "列表.html"), fmt.Sprintf(listPage, "现在的样子"))
	a := plain(t, "portal", "read", "--table", "TABLE-1", "--html", renamed, "--json").wants(1)
	a.json(&r)
	if len(r.Drift) == 0 || !strings.Contains(r.Drift[0].Recipe, "irs tables[TABLE-1].columns[状态].also") || len(r.Rows) != 0 {
		t.Errorf("%+v", r)
	}
	plain(t, "portal", "read", "--table", "TABLE-9", "--html", page).wants(2, "TABLE-9", "TABLE-1")
	plain(t, "portal", "read", "--table", "TABLE-1", "--html", filepath.Join(t.TempDir(), "没有")).wants(2, "没有")
	plain(t, "portal", "read", "--table", "TABLE-1").wants(2, "--url")
	plain(t, "portal", "read", "--table", "TABLE-1", "--html", page, "--url", "http://127.0.0.1:1").wants(2, "--url")
}

// TABLE-1 from a running page, and a renamed column, which is mended.
func TestPortalReadLive(t *testing.T) {
	away(t)
	url, _ := portalSite(t)
	var r table.Result
	plain(t, "portal", "read", "--table", "TABLE-1", "--url", url+"/list", "--all", "--headless", "--json").wants(0).json(&r)
	if len(r.Rows) != 1 || r.Rows[0]["应用发布ID"] != "R-1" {
		t.Errorf("%+v", r)
	}
	c := newTerminal(t)
	c.ok("unit", "set", "name=示例市数据中心", "operator=联系人甲")
	c.run("portal", "read", "--table", "TABLE-1", "--url", url+"/renamed", "--headless", "--json").wants(1).json(&r)
	if len(r.Drift) != 1 || len(r.Drift[0].Picture) != 64 {
		t.Fatalf("%+v", r.Drift)
	}
	c.ok("portal", "recipes", "mend", r.Drift[0].Recipe, "现在的样子")
	r = table.Result{}
	c.run("portal", "read", "--table", "TABLE-1", "--url", url+"/renamed", "--headless", "--json").wants(0).json(&r)
	if len(r.Rows) != 1 || r.Rows[0]["状态"] != "待发布审批" {
		t.Errorf("%+v", r)
	}
	c.ok("portal", "recipes", "reset", "irs")
	if kept, err := filepath.Glob(filepath.Join(c.data, "portals", "any@127.0.0.1_*")); err != nil || len(kept) != 1 {
		t.Errorf("the profile is not kept: %v, %v", kept, err)
	}
}

// FORM: any page by the labels a person sees, and never a final button.
func TestPortalFill(t *testing.T) {
	away(t)
	url, final := portalSite(t)
	values := write(t, filepath.Join(t.TempDir(), "内容.json"), `{"应用名称":{"text":"示例督办"},"说明":{"text":"第一行\n第二行"},"是否公开":{"choose":"否"}}`)
	a := plain(t, "portal", "fill", "--url", url+"/form", "--values", values, "--headless", "--json").wants(0)
	var r fill.Result
	a.json(&r)
	if len(r.Fields) != 3 || r.Fields[2].Shown != "否" || r.PressedFinal || final.Load() != 0 {
		t.Errorf("%+v, %d sent", r, final.Load())
	}
	var shape map[string]json.RawMessage
	a.json(&shape)
	if len(shape) != 2 || shape["fields"] == nil || string(shape["pressed_final"]) != "false" {
		t.Errorf("the shape: %s", a.out)
	}
	missing := write(t, filepath.Join(t.TempDir(), "内容.json"), `{"应用名称":{"text":"示例"},"没有的":{"text":"x"}}`)
	plain(t, "portal", "fill", "--url", url+"/form", "--values", missing, "--headless").wants(1, "没有的", "自己提交")
	for name, tc := range map[string]struct {
		body string
		word string
	}{"no file": {`{"应用名称":{"files":["/nowhere/x"]}}`, "/nowhere/x"}, "two values": {`{"应用名称":{"text":"a","choose":"b"}}`, "应用名称"}, "no JSON": {`x`, "填写内容"}} {
		file := write(t, filepath.Join(t.TempDir(), "内容.json"), tc.body)
		inChinese(t, name, plain(t, "portal", "fill", "--url", url+"/form", "--values", file, "--headless").wants(2, tc.word).errs)
	}
	plain(t, "portal", "fill", "--url", url+"/form").wants(2, "--app")
	plain(t, "portal", "fill", "--url", "irs", "--values", values, "--headless").wants(2, "irs")
}

// componentPage is FORM-2, with what 扫码登录 asks for besides.
const componentPage = `<!doctype html><meta charset="utf-8"><title>组件申请</title>
<div><label>%s</label><input></div><div><label>服务器出口IP</label><input></div><div><label>应用使用范围</label><input></div>
<div><label>应用所属区域</label><input></div><div><label>应用名称</label><input></div><div><label>回调地址</label><input></div>`

// FORM-2 is one form for each component: the one that is named is filled in, else the first, which is told.
func TestPortalFillComponent(t *testing.T) {
	away(t)
	c := sampleTerminal(t)
	page := servedPage(t, fmt.Sprintf(componentPage, "应用标识"))
	given := func(more ...string) []string {
		return append([]string{"portal", "fill", "--url", page, "--form", "FORM-2", "--app", "示例督办", "--headless"}, more...)
	}
	asked := func(a answer) []string {
		var r fill.Result
		a.json(&r)
		var labels []string
		for _, f := range r.Fields {
			if f.Message == "" {
				labels = append(labels, f.Label)
			}
		}
		return labels
	}
	every := []string{"应用标识", "服务器出口IP", "应用使用范围", "应用所属区域"}
	if got := asked(c.ok(given("--component", "消息通知", "--json")...)); !slices.Equal(got, every) {
		t.Errorf("消息通知 fills %v", got)
	}
	if got := asked(c.ok(given("--component", "扫码登录", "--json")...)); !slices.Equal(got, append(every, "应用名称", "回调地址")) {
		t.Errorf("扫码登录 fills %v", got)
	}
	c.ok(given()...).wants(0, "填的是“扫码登录”", "还要申请", "[没有填] 描述", "页面上没有这一栏")
	c.run(given("--component", "没有的")...).wants(2, "没有组件“没有的”", "消息通知")
	c.run("portal", "fill", "--url", page, "--form", "FORM-1", "--app", "示例督办", "--component", "扫码登录", "--headless").wants(2, "FORM-2")
	c.run("portal", "fill", "--url", page, "--form", "FORM-9", "--app", "示例督办", "--headless").wants(2, "FORM-9", "FORM-1、FORM-2")
}

// A list whose search box is named as a field of the form is not the form: nothing is typed there.
func TestPortalFillNotOnList(t *testing.T) {
	away(t)
	c := sampleTerminal(t)
	page := servedPage(t, `<!doctype html><meta charset="utf-8"><title>列表</title><div><label>应用标识</label><input></div><button>查询</button>`)
	c.run("portal", "fill", "--url", page, "--form", "FORM-2", "--app", "示例督办", "--headless").wants(1, "没有看到组件申请")
}

// A label that the page calls otherwise: drift names the line of the recipe, and mending it is enough.
func TestPortalFillDrift(t *testing.T) {
	away(t)
	c := sampleTerminal(t)
	page := servedPage(t, fmt.Sprintf(componentPage, "应用的标识"))
	given := []string{"portal", "fill", "--url", page, "--form", "FORM-2", "--app", "示例督办", "--component", "消息通知", "--headless"}
	var r struct {
		fill.Result
		Drift []table.Drift
	}
	a := c.run(append(given, "--json")...).wants(1)
	a.json(&r)
	if len(r.Drift) != 1 || r.Drift[0].Kind != "missing_field" || r.Drift[0].What != "应用标识" || r.Drift[0].Seen[0] != "应用的标识" ||
		r.Drift[0].Recipe != "irs forms[FORM-2].fields[应用标识].also" || len(r.Drift[0].Picture) != 64 || r.Fields[0].OK || r.Fields[0].Message == "" {
		t.Fatalf("%+v", r)
	}
	c.run(given...).wants(1, "[对不上]", `portal recipes mend "`+r.Drift[0].Recipe+`"`, filepath.Join("blobs", r.Drift[0].Picture[:2]))
	c.ok("portal", "recipes", "mend", r.Drift[0].Recipe, "应用的标识")
	a = c.ok(append(given, "--json")...)
	if strings.Contains(a.out, "drift") || !strings.Contains(a.out, "sldb_demo") {
		t.Errorf("after mending: %s", a.out)
	}
}

// servedPage is a page on this machine.
func servedPage(t *testing.T, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// Without a window there is nobody to log in: that is said.
func TestPortalNeedsAPerson(t *testing.T) {
	away(t)
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	url, _ := portalSite(t)
	values := write(t, filepath.Join(t.TempDir(), "内容.json"), `{"应用名称":{"text":"示例督办"}}`)
	a := plain(t, "portal", "fill", "--url", url+"/form", "--values", values).wants(3, "--headless")
	inChinese(t, a.args, a.errs)
}

func TestPortalRecord(t *testing.T) {
	away(t)
	url, final := portalSite(t)
	out := filepath.Join(t.TempDir(), "草稿.yaml")
	plain(t, "portal", "record", "--url", url+"/form", "--headless", "--out", out).wants(0, out)
	body, err := os.ReadFile(out)
	if err != nil || !strings.Contains(string(body), "never:") || final.Load() != 0 {
		t.Errorf("%v\n%s", err, body)
	}
	draft, err := recipe.Parse(out, body)
	if err != nil || len(draft.Forms) != 1 {
		t.Fatalf("%v\n%s", err, body)
	}
	ways := map[string]string{} // what stands beside a box or circle is no field of its own
	for _, f := range draft.Forms[0].Fields {
		ways[f.Label] = f.As
	}
	if want := map[string]string{"应用名称": "text", "说明": "text", "是否公开": "choose"}; !maps.Equal(ways, want) {
		t.Errorf("fields %v, not %v", ways, want)
	}
	plain(t, "portal", "record", "--url", url+"/form", "--headless", "--out", out).wants(1, "不会被覆盖")
	var d service.RecipeDraft
	plain(t, "portal", "record", "--url", url+"/list", "--headless", "--json").wants(0).json(&d)
	if !strings.Contains(d.YAML, "应用发布ID") {
		t.Errorf("%+v", d)
	}
	plain(t, "portal", "record", "--url", url+"/login", "--headless").wants(1, "没有看到列表", "显示完整")
}

func TestPortalRecipes(t *testing.T) {
	away(t)
	var all []service.RecipeInfo
	plain(t, "portal", "recipes", "list", "--json").wants(0).json(&all)
	if !slices.ContainsFunc(all, func(r service.RecipeInfo) bool { return r.ID == "irs" && len(r.Tables) == 2 }) {
		t.Errorf("%+v", all)
	}
	plain(t, "portal", "recipes", "show", "irs").wants(0, "应用发布ID")
	plain(t, "portal", "recipes", "show", "xyz").wants(1, "xyz")
}
