package app

import (
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/service"
)

const savedList = `<!doctype html><html><body><h2>治理侧应用发布</h2><table><thead><tr><th>治理侧名称</th><th>应用发布ID</th><th>创建时间</th><th>更新时间</th>
<th>状态</th><th>移动端地址</th><th>PC地址</th><th>操作</th></tr></thead><tbody>
<tr><td>示例督办</td><td>2002000001</td><td>2026-02-01</td><td>2026-03-01</td><td>发布审批中</td><td>-</td><td>-</td><td>详情 监控</td></tr>
<tr><td>示例新应用</td><td>2002000009</td><td>2026-02-01</td><td>2026-03-01</td><td>整改待确认</td><td>-</td><td>-</td><td>详情</td></tr>
</tbody></table></body></html>`

// TABLE-1 from a saved page: compare, look, try, apply.
func TestSyncByCommand(t *testing.T) {
	c := sampleTerminal(t)
	dir := t.TempDir()
	page, file := filepath.Join(dir, "list.html"), filepath.Join(dir, "plan.json")
	if err := os.WriteFile(page, []byte(savedList), 0o600); err != nil {
		t.Fatal(err)
	}
	c.ok("sync", "show").wants(0, "还没有比对过")
	var plan service.SyncPlan
	c.ok("sync", "plan", "--html", page, "--out", file, "--json").json(&plan)
	if plan.Counts.Rows != 2 || plan.Counts.Adopt != 1 || plan.Counts.Acts == 0 || plan.Counts.Ticked != 2 || plan.Counts.Missing != 5 {
		t.Fatalf("%+v", plan.Counts)
	}
	c.ok("sync", "show").wants(0, "[√]", "收为新应用", "没有见过", "STEP-3.4")
	c.ok("sync", "apply", "--plan", file, "--all", "--dry-run").wants(0, "发布审批中", "什么也没有写入")
	var out service.SyncApplied
	c.ok("sync", "apply", "--plan", file, "--all", "--json").json(&out)
	if len(out.Done) != 2 || out.Snapshot == "" {
		t.Fatalf("%+v", out)
	}
	var view service.PortalView
	c.ok("app", "portal", "--app", "示例督办", "--json").json(&view)
	if view.Row.State != "发布审批中" || view.Row.ReleaseID != "2002000001" {
		t.Errorf("%+v", view.Row)
	}
	rows := write(t, filepath.Join(dir, "rows.json"), `{"table":"TABLE-1","pages":1,"rows":[{"别的":"x"}],"drift":[]}`)
	for _, bad := range []struct {
		code  int
		word  string
		words []string
	}{
		{2, "--lines", []string{"sync", "apply", "--plan", file}},
		{2, "没有打勾", []string{"sync", "apply", "--plan", file, "--all"}},
		{1, "没有“x”", []string{"sync", "apply", "--plan", plan.ID, "--lines", "x"}},
		{1, "新的比对", []string{"sync", "apply", "--plan", "x", "--lines", "x"}},
		{2, "打不开文件", []string{"sync", "apply", "--plan", filepath.Join(dir, "none.json"), "--lines", "x"}},
		{2, "none.html", []string{"sync", "plan", "--html", filepath.Join(dir, "none.html")}},
		{2, "TABLE-9", []string{"sync", "plan", "--html", page, "--table", "TABLE-9"}},
		{2, "--table 只能写一张", []string{"sync", "plan", "--html", page, "--html", page, "--table", "TABLE-1,TABLE-2"}},
		{2, "--choose", []string{"sync", "plan", "--html", page, "--choose", "x"}},
		{2, "没有“治理侧名称”", []string{"sync", "plan", "--rows", rows}},
		{2, "--html", []string{"sync", "plan", "--html", page, "--url", "http://127.0.0.1/"}},
		{2, "只能读一张表", []string{"sync", "plan", "--table", "TABLE-1,TABLE-4", "--url", "http://127.0.0.1/"}},
	} {
		c.run(bad.words...).wants(bad.code, bad.word)
	}
	c.ok("sync", "plan", "--html", page, "--table", "TABLE-1", "--choose", rowOf(plan, "示例新应用")+"=示例巡查").wants(0, "由您选定")
}

// TABLE-1 at an address that was given: nothing else is opened, although the portal is said to be elsewhere.
func TestSyncPlanAtAnAddress(t *testing.T) {
	away(t)
	c := sampleTerminal(t)
	url, _ := portalSite(t)
	elsewhere := write(t, filepath.Join(t.TempDir(), "地址.json"), `{"ADDR-4": "http://127.0.0.1:9/"}`)
	var plan service.SyncPlan
	a := c.ok("sync", "plan", "--url", url+"/list", "--headless", "--addresses", elsewhere, "--json")
	a.json(&plan)
	if plan.Counts.Rows != 1 || plan.Rows[0].Number != "R-1" || plan.Tables[0].From != url+"/list" {
		t.Errorf("%+v", plan)
	}
	c.run("sync", "plan", "--url", url+"/renamed", "--headless", "--addresses", elsewhere).wants(1, "columns[状态].also")
}

func rowOf(p service.SyncPlan, name string) string {
	for _, r := range p.Rows {
		if r.Name == name {
			return r.ID
		}
	}
	return ""
}

// FORM-4 is prepared offline, listed, renewed and given up.
func TestOutboxByCommand(t *testing.T) {
	c := sampleTerminal(t)
	var v service.OutboxView
	c.ok("outbox", "prepare", "--app", "示例督办", "--kind", "approval", "--json").json(&v)
	if v.StateWord != "已准备" || len(v.Asks) == 0 {
		t.Fatalf("%+v", v)
	}
	c.ok("outbox", "list", "--open").wants(0, v.ID, "提交审批 示例督办", "已准备")
	c.ok("app", "set", "--app", "示例督办", "test_data=改过的说明").wants(0)
	c.ok("outbox", "show", v.ID).wants(0, "资料变过", "改过的说明")
	c.ok("outbox", "renew", v.ID).wants(0, "改过的说明")
	c.ok("outbox", "discard", v.ID, "--reason", "改期").wants(0, "已作废（改期）")
	c.ok("outbox", "receipts").wants(0, "还没有回执")
	c.ok("outbox", "list", "--open").wants(0, "没有准备好的办理")
	c.run("outbox", "prepare", "--app", "示例督办", "--kind", "component").wants(2, "没有说是哪个组件", "扫码登录")
	c.run("outbox", "prepare", "--app", "示例督办", "--kind", "upload", "--version", "1.0").wants(2, "没有选择代码包")
	c.run("outbox", "show", "x").wants(1, "没有预备办理")
}
