package app

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/service"
)

// show reads a case by its ID, or the current one of an app.
func (c *terminal) show(key string) service.CaseView {
	c.t.Helper()
	var v service.CaseView
	c.ok("case", "show", "--app", key, "--json").json(&v)
	return v
}

func (c *terminal) act(key, task, act string, more ...string) service.CaseView {
	c.t.Helper()
	var v service.CaseView
	c.ok(append([]string{"case", "act", "--app", key, "--task", task, "--act", act, "--json"}, more...)...).json(&v)
	return v
}

// until does what comes next until a task stands as wanted, or, with no task, until the case is finished.
func (c *terminal) until(v service.CaseView, task string, status listing.Status) service.CaseView {
	c.t.Helper()
	for range 100 {
		if v.Finished || task != "" && taskOf(c.t, v, task).Status == status {
			return v
		}
		if len(v.Next.Steps) == 0 {
			v = c.act(v.CaseID, v.Next.Waiting[0], "pass")
			continue
		}
		id, act := v.Next.Steps[0].Task, "confirm"
		if taskOf(c.t, v, id).Reviewed {
			act = "submit"
		}
		v = c.act(v.CaseID, id, act, "--reason", "示例依据")
	}
	c.t.Fatal("the case does not come there")
	return v
}

func taskOf(t *testing.T, v service.CaseView, id string) procedure.TaskView {
	t.Helper()
	for _, one := range v.Tasks {
		if one.ID == id {
			return one
		}
	}
	t.Fatalf("no task %s", id)
	return procedure.TaskView{}
}

func (c *terminal) app(name string) listing.App {
	c.t.Helper()
	var v service.AppView
	c.ok("app", "show", name, "--json").json(&v)
	return v.App
}

func (c *terminal) start(app, flow string, inputs ...string) service.CaseView {
	c.t.Helper()
	args := []string{"case", "start", "--app", app, "--flow", flow, "--json"}
	for _, i := range inputs {
		args = append(args, "--input", i)
	}
	var v service.CaseView
	c.ok(args...).json(&v)
	return v
}

// One app goes through FLOW-1 with a return in acceptance, then a new version, a change of facts and its taking down, by
// commands alone.
func TestLifeOfAnAppByCommands(t *testing.T) {
	c := sampleTerminal(t)
	const app = "示例驾驶舱"
	v := c.show(app)
	if v.Flow != "FLOW-1" || v.Finished {
		t.Fatalf("%s, finished %v", v.Flow, v.Finished)
	}
	c.run("case", "start", "--app", app, "--flow", "FLOW-3", "--input", "version=1.2.0").wants(1, "新应用上架")
	const acceptance = "STEP-3.4"
	c.ok("app", "set", "--app", app, "test_on_workbench=是")
	v = c.until(v, acceptance, listing.StatusSubmitted)
	reopen := taskOf(t, v, acceptance).Reopenable
	if !slices.Contains(reopen, "STEP-3.2") {
		t.Fatalf("a return of %s may reopen %q", acceptance, reopen)
	}
	c.ok("case", "suggest", "页面没有按规范埋点").wants(0, "--link rule:")
	v = c.act(v.CaseID, acceptance, "return", "--reason", "首页没有埋点", "--reopen", "STEP-3.2", "--link", "rule:RULE-16")
	back := taskOf(t, v, "STEP-3.2")
	rounds := taskOf(t, v, acceptance).Rounds
	if back.Status != listing.StatusReturned || back.ReopenedBy != acceptance || len(rounds) != 2 || rounds[1].Words != "首页没有埋点" || rounds[1].Links[0].ID != "RULE-16" {
		t.Fatalf("%s %+v", back.Status, rounds)
	}
	c.run("case", "act", "--app", v.CaseID, "--task", acceptance, "--act", "submit").wants(1, "STEP-3.2")
	v = c.until(v, "", "")
	if len(taskOf(t, v, acceptance).Rounds) != 3 {
		t.Errorf("%+v", taskOf(t, v, acceptance).Rounds)
	}
	c.ok("app", "portal", "--app", app, "--state", "已发布", "--release-id", "FB001").wants(0, "已发布")

	v = c.until(c.start(app, "FLOW-3", "version=1.2.0", "content=换了首页"), "", "")
	if got := c.app(app).ReleasedVersion; got != "1.2.0" || v.Flow != "FLOW-3" {
		t.Errorf("released version %q", got)
	}
	c.until(c.start(app, "FLOW-4", "responsible_name=联系人乙"), "", "")
	if got := c.app(app).ResponsibleName; got != "联系人乙" {
		t.Errorf("responsible: %q", got)
	}
	c.run("case", "start", "--app", app, "--flow", "FLOW-5").wants(1, "下线原因")
	c.until(c.start(app, "FLOW-5", "reason=业务已并入别的应用"), "", "")
	if !c.app(app).Retired {
		t.Error("the app is not taken down")
	}
	c.run("case", "start", "--app", app, "--flow", "FLOW-3", "--input", "version=2.0").wants(1, "已经下线")
	var rows []service.CaseSummary
	c.ok("case", "list", "--app", app, "--json").json(&rows)
	if len(rows) != 4 || slices.ContainsFunc(rows, func(r service.CaseSummary) bool { return !r.Finished }) {
		t.Errorf("%+v", rows)
	}
	c.ok("store", "verify")
}

// A procedure file is imported offline; a case is moved over and back.
func TestFlowFileByCommands(t *testing.T) {
	c := sampleTerminal(t)
	const app = "示例驾驶舱"
	old := c.show(app).FlowVersion
	raw, err := os.ReadFile("procedure/flows/flow-1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(raw), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "version: ") {
			lines[i] = `version: "2030-01-01"`
		}
	}
	body := strings.Replace(strings.Join(lines, "\n"), "        takes: ", "        takes: 改过，", 1)
	file := write(t, filepath.Join(t.TempDir(), "flow.yaml"), body)
	sum := sha256.Sum256([]byte(body))
	c.run("flow", "import", file).wants(1, hex.EncodeToString(sum[:]))
	c.run("flow", "import", file, "--sha256", strings.Repeat("0", 64)).wants(2)
	c.ok("flow", "import", file, "--sha256", hex.EncodeToString(sum[:])).wants(0, "2030-01-01")
	c.ok("flow", "list").wants(0, "2030-01-01", "联系人")
	c.ok("flow", "show", "FLOW-1", "--version", old)
	var diff []procedure.TaskDiff
	c.ok("flow", "diff", "FLOW-1", "--from", old, "--json").json(&diff)
	if len(diff) == 0 || c.show(app).FlowVersion != old {
		t.Fatalf("%+v", diff)
	}
	c.ok("case", "move", "--app", app, "--dry-run").wants(0, "2030-01-01")
	c.ok("case", "move", "--app", app)
	if got := c.show(app); got.FlowVersion != "2030-01-01" || got.Settled == 0 {
		t.Errorf("at %s", got.FlowVersion)
	}
	c.ok("case", "move", "--app", app, "--undo")
	if got := c.show(app); got.FlowVersion != old {
		t.Errorf("at %s", got.FlowVersion)
	}
	c.ok("flow", "list", "--app", app).wants(0, "FLOW-7", "--input new_name")
}

// The list of what waits, as text, JSON and calendar file; the report of a week as files.
func TestTodoAndReportByCommands(t *testing.T) {
	c := sampleTerminal(t)
	dir := t.TempDir()
	ics := filepath.Join(dir, "待办.ics")
	var v struct {
		service.TodoView
		File string `json:"file"`
	}
	c.ok("todo", "--ics", ics, "--json").json(&v)
	raw, err := os.ReadFile(ics)
	if err != nil || v.File != ics || len(v.Items) == 0 || !strings.Contains(string(raw), "BEGIN:VEVENT") {
		t.Fatalf("%+v, %v", v.Items, err)
	}
	c.ok("todo", "--role", "all", "--app", "示例督办").wants(0, "示例督办")
	c.ok("todo", "--parties").wants(0, "应用单位")
	c.run("todo", "--party", "平台").wants(2, "平台")
	out := filepath.Join(dir, "周报")
	c.ok("report", "weekly", "--week", "2026-03-04", "--out", out, "--format", "docx,xlsx,html").wants(0, "已写入")
	files, err := os.ReadDir(out)
	if err != nil || len(files) != 3 || files[0].Name() != "上架进展周报-2026-03-02.docx" {
		t.Fatal(files, err)
	}
	c.run("report", "weekly", "--out", out, "--format", "doc").wants(2, "docx")
	c.run("report", "letter", "--app", "示例督办", "--out", out).wants(1, "FLOW-7")
	c.start("示例督办", "FLOW-7", "new_name=联系人乙", "new_phone=13800000002")
	c.ok("report", "letter", "--app", "示例督办", "--out", out).wants(0, "编目管理员变更函")
}
