package service_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/table"
	"shangjiatong/app/service"
)

// list is a TABLE-1 with the given rows: 治理侧名称, 应用发布ID, 状态.
func list1(rows ...[3]string) service.SyncReading {
	out := table.Result{Table: "TABLE-1", Pages: 1, Rows: []map[string]string{}, Drift: []table.Drift{}}
	for _, r := range rows {
		out.Rows = append(out.Rows, map[string]string{"治理侧名称": r[0], "应用发布ID": r[1], "状态": r[2],
			"创建时间": "2026-02-01 09:00", "更新时间": "2026-03-01 09:00", "移动端地址": "-", "PC地址": "", "操作": "详情 编辑"})
	}
	return service.SyncReading{Result: out, From: "http://127.0.0.1:1/list"}
}

func (d *desk) plan(readings ...service.SyncReading) service.SyncPlan {
	d.t.Helper()
	p, err := d.Sync.Plan(d.ctx, service.SyncRequest{Readings: readings})
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

// line finds a line of a plan by app and key.
func line(t testing.TB, p service.SyncPlan, app, key string) service.SyncLine {
	t.Helper()
	for _, r := range p.Rows {
		for _, l := range r.Lines {
			if l.AppName == app && l.Key == key {
				return l
			}
		}
	}
	t.Fatalf("no line %s of %s in %+v", key, app, p.Rows)
	return service.SyncLine{}
}

func ids(p service.SyncPlan, ticked bool) []string {
	out := []string{}
	for _, r := range p.Rows {
		for _, l := range r.Lines {
			if l.Ticked == ticked {
				out = append(out, l.ID)
			}
		}
	}
	return out
}

// TABLE-1: every known state, and one nobody described, is kept as it reads and said what it means.
func TestSyncStates(t *testing.T) {
	d := openDesk(t)
	d.app("示例督办", listing.KindH5)
	states, err := d.Apps.PortalStates(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"整改待确认"}
	for _, s := range states {
		words = append(words, s.Word)
	}
	for _, word := range words {
		p := d.plan(list1([3]string{"示例督办", "2002000001", word}))
		l := line(t, p, "示例督办", "app.portal.state")
		known := word != words[0]
		if l.Result != word || l.Portal != word || l.Side != "portal" || !l.Ticked || l.Why != "" {
			t.Errorf("%s: %+v", word, l)
		}
		if p.Rows[0].State == nil || p.Rows[0].State.Known != known || p.Rows[0].State.Word != word {
			t.Errorf("%s: state %+v", word, p.Rows[0].State)
		}
		if strings.Contains(l.Meaning, "没有见过") == known {
			t.Errorf("%s: means %q", word, l.Meaning)
		}
		done, err := d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: []string{l.ID}})
		if err != nil || done.Snapshot == "" || len(done.Done) != 1 {
			t.Fatalf("%s: %+v %v", word, done, err)
		}
		if row := d.view("示例督办").App.Portal; row.State != word || row.SeenAt == "" || row.SeenBy != "联系人甲" {
			t.Errorf("%s: kept %+v", word, row)
		}
	}
	for _, r := range d.plan(list1([3]string{"示例督办", "2002000001", words[len(words)-1]})).Rows {
		for _, l := range r.Lines {
			if l.Key == "app.portal.state" {
				t.Errorf("what is the same is a change: %+v", l)
			}
		}
	}
}

// Rows are matched by number, then by name; two candidates are for the person to choose from.
func TestSyncMatch(t *testing.T) {
	d := openDesk(t)
	one := d.app("示例督办", listing.KindH5)
	two := d.app("示例巡查", listing.KindH5)
	d.set(two.ID, "release_name=示例督办")
	d.app("示例公文", listing.KindMini)
	if _, err := d.Apps.SetPortalState(d.ctx, service.PortalRequest{AppID: "示例公文", ReleaseID: "2002000003", State: "已发布"}); err != nil {
		t.Fatal(err)
	}
	p := d.plan(list1([3]string{"示例 督办", "2002000001", "待发布审批"}, [3]string{"公文（改名）", "2002000003", "已发布"},
		[3]string{"没有的应用", "2002000009", "已发布"}, [3]string{"没有的应用", "2002000010", "已发布"}))
	want := []string{service.MatchAmbiguous, service.MatchNumber, service.MatchNone, service.MatchNone}
	for i, r := range p.Rows {
		if r.Match != want[i] {
			t.Errorf("row %d %s: %s, want %s", i, r.Name, r.Match, want[i])
		}
	}
	if c := p.Rows[0].Candidates; len(c) != 2 || len(p.Rows[0].Lines) != 0 {
		t.Errorf("candidates %+v, lines %+v", c, p.Rows[0].Lines)
	}
	q := line(t, p, "示例公文", "app.release_name")
	if q.Kind != service.SyncQuestion || q.Result != "示例公文" || q.Side != "local" || q.Why == "" || q.Ticked {
		t.Errorf("another name is a question: %+v", q)
	}
	if _, err := d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: []string{q.ID}}); listing.CodeOf(err) != listing.CodeRefused {
		t.Errorf("a question was applied: %v", err)
	}
	chosen, err := d.Sync.Choose(d.ctx, service.SyncChoice{PlanID: p.ID, Row: p.Rows[0].ID, AppID: one.ID})
	if err != nil {
		t.Fatal(err)
	}
	if r := chosen.Rows[0]; r.Match != service.MatchChosen || r.AppID != one.ID {
		t.Errorf("chosen: %+v", r)
	}
	if l := line(t, chosen, "示例督办", "app.portal.release_id"); l.Result != "2002000001" || !l.Ticked {
		t.Errorf("%+v", l)
	}
	again, err := d.Sync.Choose(d.ctx, service.SyncChoice{PlanID: p.ID, Row: chosen.Rows[0].ID, AppID: listing.SyncNew})
	if err != nil || again.Rows[0].Match != service.MatchNone {
		t.Fatalf("%+v %v", again.Rows, err)
	}
	if l := again.Rows[0].Lines[0]; l.Kind != service.SyncAdopt || l.Ticked {
		t.Errorf("%+v", l)
	}
	if p.Counts.Missing != 0 || again.Counts.Missing != 2 {
		t.Errorf("missing: %+v and %+v", p.Missing, again.Missing)
	}
	if got := again.Missing[0].Message; !strings.HasPrefix(got, "列表里没有") {
		t.Error(got)
	}
}

// Of a part of a list nothing follows for an app that it does not show: a saved page, or one that says it has more rows.
func TestSyncMissingOfAPart(t *testing.T) {
	d := sampleDesk(t)
	saved := service.SyncReading{From: "x.html", Result: table.Result{Table: "TABLE-2", Pages: 1, Drift: []table.Drift{}, Rows: []map[string]string{}}}
	half := saved
	half.From, half.Result.Incomplete = "http://127.0.0.1:1/list", true
	for name, in := range map[string]service.SyncReading{"saved": saved, "half": half} {
		p, err := d.Sync.Plan(d.ctx, service.SyncRequest{Readings: []service.SyncReading{in}})
		if err != nil || len(p.Missing) == 0 {
			t.Fatalf("%s: %+v %v", name, p.Missing, err)
		}
		for _, m := range p.Missing {
			if !strings.Contains(m.Message, "一部分") {
				t.Errorf("%s: %s", name, m.Message)
			}
		}
	}
}

// Saved pages of one list are one table: whole once all the rows its pages speak of are there.
func TestSyncSavedPages(t *testing.T) {
	d := sampleDesk(t)
	page := func(name, total string, rows ...string) service.ProofFile {
		body := "<meta charset=utf-8><table><thead><tr><th>治理侧名称<th>应用发布ID<th>创建时间<th>更新时间<th>状态<th>移动端地址<th>PC地址<th>操作</thead><tbody>"
		for _, r := range rows {
			body += "<tr><td>" + r + "<td>2002" + r + "<td>a<td>b<td>已发布<td>-<td>-<td>详情"
		}
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(body+"</table><p>"+total+"</p>"), 0o600); err != nil {
			t.Fatal(err)
		}
		return service.ProofFile{Name: name, Path: path}
	}
	for name, c := range map[string]struct {
		files      []service.ProofFile
		rows       int
		incomplete bool
	}{
		"page 1 of 2": {[]service.ProofFile{page("1.html", "共 3 条", "甲1", "乙2")}, 2, true},
		"both":        {[]service.ProofFile{page("1.html", "共 3 条", "甲1", "乙2"), page("2.html", "共 3 条", "丙3")}, 3, false},
		"no total":    {[]service.ProofFile{page("http-1.html", "", "甲1", "乙2")}, 2, true},
	} {
		in, err := d.Sync.ReadFiles(d.ctx, "", "", c.files)
		if err != nil || len(in.Result.Rows) != c.rows || in.Result.Table != "TABLE-1" {
			t.Fatalf("%s: %+v %v", name, in, err)
		}
		p := d.plan(in)
		if len(p.Missing) == 0 || strings.Contains(p.Missing[0].Message, "一部分") != c.incomplete {
			t.Errorf("%s: %+v", name, p.Missing)
		}
	}
	_, err := d.Sync.ReadFiles(d.ctx, "", "", []service.ProofFile{{Name: "没有.html", Path: filepath.Join(t.TempDir(), "x")}})
	_, other := d.Portals.ReadSaved(d.ctx, "TABLE-1", "", filepath.Join(t.TempDir(), "x"), false)
	if err == nil || other == nil || !strings.Contains(err.Error(), "打不开文件“没有.html”") || listing.CodeOf(err) != listing.CodeOf(other) {
		t.Errorf("got %v and %v", err, other)
	}
}

// Two rows of one list with the name of one app are not both it.
func TestSyncTwice(t *testing.T) {
	d := openDesk(t)
	d.app("示例督办", listing.KindH5)
	p := d.plan(list1([3]string{"示例督办", "2002000001", "已下线"}, [3]string{"示例督办", "2002000002", "已发布"}))
	for _, r := range p.Rows {
		if r.Match != service.MatchAmbiguous || len(r.Candidates) != 1 || len(r.Lines) != 0 {
			t.Errorf("%+v", r)
		}
	}
}

// A row without an app becomes one, with what all lists tell of it; nothing local is deleted.
func TestSyncAdopt(t *testing.T) {
	d := openDesk(t)
	d.app("只在这里", listing.KindH5)
	hosted := service.SyncReading{From: "x.html", Result: table.Result{Table: "TABLE-2", Pages: 1, Drift: []table.Drift{}, Rows: []map[string]string{
		{"治理侧名称": "示例新应用", "APPID": "A100", "类型": "浙政钉H5", "移动端地址": "https://app.example.com/m", "PC地址": "--"}}}}
	resources := service.SyncReading{From: "y.html", Result: table.Result{Table: "TABLE-4", Pages: 1, Drift: []table.Drift{}, Rows: []map[string]string{
		{"应用名称": "示例新应用", "状态": "运行中", "审核状态": "终审通过", "负责人": "联系人乙", "是否立项": "否"}}}}
	p := d.plan(list1([3]string{"示例新应用", "2002000007", "已发布"}), hosted, resources)
	if p.Counts.Adopt != 1 || len(p.Rows) != 1 || p.Counts.Ticked != 0 {
		t.Fatalf("%+v %+v", p.Counts, p.Rows)
	}
	l := p.Rows[0].Lines[0]
	done, err := d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: []string{l.ID}, DryRun: true})
	if err != nil || done.Snapshot != "" || len(done.Adopted) != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	if _, err := d.Apps.View(d.ctx, "示例新应用"); listing.CodeOf(err) != listing.CodeNotFound {
		t.Fatalf("a dry run adopted: %v", err)
	}
	if done, err = d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: []string{l.ID}}); err != nil || len(done.Adopted) != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	a := d.view("示例新应用").App
	if a.Kind != listing.KindH5 || a.Portal.ReleaseID != "2002000007" || a.Portal.HostingID != "A100" || a.Portal.State != "已发布" || a.CatalogState != "运行中" ||
		a.Portal.CatalogReview != "终审通过" || a.ResponsibleName != "联系人乙" || a.MobileURL != "https://app.example.com/m" || a.PCURL != "" || a.ReleaseName != "示例新应用" {
		t.Errorf("%+v", a)
	}
	after, err := d.Sync.Current(d.ctx)
	if err != nil || after.Counts.Adopt != 0 || len(after.Done) != 1 || after.AppliedAt == "" || after.Counts.Missing != 1 {
		t.Errorf("%+v %v", after, err)
	}
	d.view("只在这里")
}

// What changed here since the comparison is not written over.
func TestSyncStale(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	p := d.plan(list1([3]string{"示例督办", "2002000001", "待发布审批"}))
	l := line(t, p, "示例督办", "app.portal.state")
	d.set(a.ID, "description=别的字段不相干")
	if _, err := d.Apps.SetPortalState(d.ctx, service.PortalRequest{AppID: a.ID, ReleaseID: "2002000001", State: "部署准备中"}); err != nil {
		t.Fatal(err)
	}
	before := len(d.journal(""))
	_, err := d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: []string{l.ID}})
	wants(t, err, listing.CodeConflict, "示例督办", "治理侧状态")
	if d.view(a.ID).App.Portal.State != "部署准备中" || len(d.journal("")) != before {
		t.Error("a stale line left something")
	}
	again, err := d.Sync.Again(d.ctx, p.ID)
	if err != nil || line(t, again, "示例督办", "app.portal.state").Local != "部署准备中" {
		t.Fatalf("%+v %v", again, err)
	}
	if _, err := d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: []string{l.ID}}); err != nil {
		t.Error(err)
	}
	d.plan(list1([3]string{"示例督办", "2002000001", "已发布"}))
	_, err = d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: []string{l.ID}})
	wants(t, err, listing.CodeConflict, "代替")
}

func acts(p service.SyncPlan) []string {
	out := []string{}
	for _, r := range p.Rows {
		for _, l := range r.Lines {
			if l.Kind != service.SyncAct {
				continue
			}
			text := l.Task + " " + string(l.Act)
			if l.Why != "" {
				text += " stopped"
			}
			out = append(out, text)
		}
	}
	return out
}

// STEP-3.4 through the portal's states: submitted there, sent back, listed; each act is one line that the person ticks.
func TestSyncActs(t *testing.T) {
	d := sampleDesk(t)
	const name = "示例督办"
	for _, step := range []struct {
		state  string
		want   []string
		take   int      // how many of them are applied
		reopen []string // of a return
		status listing.Status
	}{
		{"整改待确认", nil, 0, nil, listing.StatusFilled},
		{"发布审批中", []string{"STEP-3.4 submit", "STEP-3.4 review"}, 2, nil, listing.StatusInReview},
		{"发布审批中", nil, 0, nil, listing.StatusInReview},
		{"发布修改中", []string{"STEP-3.4 return"}, 1, []string{"STEP-3.3"}, listing.StatusBlocked},
		{"发布修改中", nil, 0, nil, listing.StatusBlocked},
		{"待发布审批", []string{"STEP-3.3 confirm"}, 1, nil, listing.StatusReturned},
		{"发布审批中", []string{"STEP-3.4 submit", "STEP-3.4 review"}, 1, nil, listing.StatusSubmitted},
		{"已发布", []string{"STEP-3.4 pass"}, 1, nil, listing.StatusPassed},
		{"已发布", []string{"STEP-3.4b confirm"}, 1, nil, listing.StatusPassed},
	} {
		p := d.plan(list1([3]string{name, "2002000001", step.state}))
		if got := acts(p); !slices.Equal(got, step.want) && len(got)+len(step.want) > 0 {
			t.Fatalf("%s: %v, want %v: %+v", step.state, got, step.want, p.Rows[0])
		}
		in := service.SyncApply{PlanID: p.ID, Reopens: map[string][]string{}, Reasons: map[string]string{}}
		for _, l := range p.Rows[0].Lines {
			if l.Kind == service.SyncAct && l.Ticked {
				t.Errorf("an act is ticked: %+v", l)
			}
			if l.Kind == service.SyncAct && len(in.Lines) < step.take {
				in.Lines = append(in.Lines, l.ID)
				in.Reopens[l.ID], in.Reasons[l.ID] = step.reopen, "材料第 3 页缺章"
				if step.reopen == nil {
					delete(in.Reopens, l.ID)
				}
			}
		}
		if step.take > 1 {
			alone := in
			alone.Lines = in.Lines[1:]
			_, err := d.Sync.Apply(d.ctx, alone)
			wants(t, err, listing.CodeRefused, "一起")
		}
		if step.take > 0 {
			if out, err := d.Sync.Apply(d.ctx, in); err != nil || len(out.Done) != step.take {
				t.Fatalf("%s: %+v %v", step.state, out, err)
			}
		}
		v, err := d.Cases.View(d.ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, task := range v.Tasks {
			if task.ID == "STEP-3.4" && task.Status != step.status {
				t.Errorf("%s: STEP-3.4 is %s, want %s", step.state, task.Status, step.status)
			}
		}
	}
	if !strings.Contains(strings.Join(d.journal(""), " "), "同步平台状态") {
		t.Error("the journal does not tell")
	}
}

// TABLE-3: the versions of an app's code; what cannot be compared is refused.
func TestSyncVersionsAndRefusals(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	page := service.SyncReading{AppID: a.ID, From: "z.mhtml", Result: table.Result{Table: "TABLE-3", Pages: 1, Drift: []table.Drift{},
		Parts: []table.Part{{Heading: "线上环境", From: 0, Rows: 1}, {Heading: "测试环境", From: 1, Rows: 2}},
		Rows: []map[string]string{{"版本号": "1.0.0", "更新时间": "2026-02-01"}, {"版本号": "1.0.1", "编译状态": "代码编译通过", "预览地址": "http://127.0.0.1:1/lastTest/"},
			{"版本号": "1.0.0", "编译状态": "代码编译通过"}}}}
	p := d.plan(page)
	if p.Counts.Fields != 2 || line(t, p, "示例督办", "version.1.0.0").Result != "代码编译通过；线上" {
		t.Fatalf("%+v", p.Rows)
	}
	if _, err := d.Sync.Apply(d.ctx, service.SyncApply{PlanID: p.ID, Lines: ids(p, true)}); err != nil {
		t.Fatal(err)
	}
	kept, err := d.Receipts.Versions(d.ctx, a.ID)
	if err != nil || len(kept) != 2 || len(ids(d.plan(page), true)) != 0 {
		t.Errorf("%+v %v", kept, err)
	}
	drifted := list1()
	drifted.Result.Drift = []table.Drift{{Kind: "missing_column", Message: "没有“状态”这一列", Hint: "改页面规则"}}
	page.AppID = ""
	for name, readings := range map[string][]service.SyncReading{"nothing": nil, "drift": {drifted}, "whose": {page},
		"foreign": {{Result: table.Result{Table: "TABLE-5"}}}} {
		_, err := d.Sync.Plan(d.ctx, service.SyncRequest{Readings: readings})
		if c := listing.CodeOf(err); c != listing.CodeInvalid && c != listing.CodeRefused {
			t.Errorf("%s: %v", name, err)
		}
	}
}
