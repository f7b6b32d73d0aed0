package service_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/document"
	"shangjiatong/app/listing"
	"shangjiatong/app/material"
	"shangjiatong/app/procedure"
	"shangjiatong/app/service"
)

func (d *desk) begin(app, flow string, inputs map[string]string) service.CaseView {
	d.t.Helper()
	v, err := d.Cases.Begin(d.ctx, service.BeginRequest{AppID: app, Flow: flow, Inputs: inputs})
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

// finish does what comes next until the case is finished, and returns the last task that was settled.
func (d *desk) finish(caseID string) (service.CaseView, string) {
	d.t.Helper()
	last := ""
	v := d.caseOf(caseID)
	for range 200 {
		if v.Finished {
			return v, last
		}
		var id string
		act := listing.ActPass
		if len(v.Next.Steps) > 0 {
			id, act = v.Next.Steps[0].Task, listing.ActConfirm
			if task(d.t, v, id).Reviewed {
				act = listing.ActSubmit
			}
		} else {
			id = v.Next.Waiting[0]
		}
		var err error
		if v, err = d.act(caseID, id, act, "", "示例依据"); err != nil {
			d.t.Fatalf("%s %s: %v", id, act, err)
		}
		last = id
	}
	d.t.Fatal("the case does not end")
	return v, last
}

func (d *desk) caseOf(key string) service.CaseView {
	d.t.Helper()
	v, err := d.Cases.View(d.ctx, key)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

// listedDesk has an app with whole data that the portal shows as released.
func listedDesk(t *testing.T) (*desk, string) {
	t.Helper()
	d, id := readyDesk(t)
	d.released(id)
	return d, id
}

// listedApp is an app the portal shows as released; it has a name and a kind only.
func (d *desk) listedApp(name string, kind listing.AppKind) string {
	d.t.Helper()
	a := d.app(name, kind)
	d.released(a.ID)
	return a.ID
}

func (d *desk) released(id string) {
	d.t.Helper()
	if _, err := d.Apps.SetPortalState(d.ctx, service.PortalRequest{AppID: id, ReleaseID: "FB001", State: "已发布"}); err != nil {
		d.t.Fatal(err)
	}
}

// FLOW-3 to FLOW-7: a finished flow changes the app or the unit, and taking back its last act brings that back.
func TestEffectsOfEveryFlow(t *testing.T) {
	for flow, tc := range map[string]struct {
		kind   listing.AppKind
		inputs map[string]string
		look   func(service.AppView) string
		before string
		after  string
	}{
		"FLOW-3": {listing.KindMini, map[string]string{"version": "1.2.0"}, func(v service.AppView) string { return v.App.ReleasedVersion + v.App.MiniVersion }, "1.0.0", "1.2.01.2.0"},
		"FLOW-4": {listing.KindH5, map[string]string{"responsible_name": "联系人乙"}, func(v service.AppView) string { return v.App.ResponsibleName + v.App.ResponsiblePhone }, "联系人甲13800000001", "联系人乙13800000001"},
		"FLOW-5": {listing.KindH5, map[string]string{"reason": "不再使用"}, func(v service.AppView) string { return map[bool]string{true: "retired"}[v.App.Retired] }, "", "retired"},
		"FLOW-6": {listing.KindH5, map[string]string{"region": "宁波"}, func(v service.AppView) string { return v.App.ProcessRegion }, "杭州", "宁波"},
		"FLOW-7": {listing.KindH5, map[string]string{"new_name": "联系人丙", "new_phone": "13800000003"}, func(v service.AppView) string {
			return v.Unit.CatalogAccount.Name + v.Unit.CatalogAccount.Phone
		}, "", "联系人丙13800000003"},
	} {
		t.Run(flow, func(t *testing.T) {
			d, id := listedDesk(t)
			d.set(id, "kind="+string(tc.kind), "responsible_name=联系人甲", "responsible_phone=13800000001", "mini_version=1.0.0", "description=原来的")
			k := d.begin(id, flow, tc.inputs)
			if len(k.Effects) == 0 || slices.ContainsFunc(k.Effects, func(e procedure.Effect) bool { return e.Label == "" }) {
				t.Fatalf("effects are not announced by name: %+v", k.Effects)
			}
			offers, err := d.Flows.For(d.ctx, id)
			at := slices.IndexFunc(offers, func(o service.FlowOffer) bool { return o.ID == flow })
			if err != nil || at < 0 || offers[at].Tasks != k.Total {
				t.Errorf("offered with %d tasks, begun with %d, %v", offers[at].Tasks, k.Total, err)
			}
			before := tc.before
			if got := tc.look(d.view(id)); flow == "FLOW-7" {
				before = got
			} else if got != before {
				t.Fatalf("before: %q, want %q", got, before)
			}
			done, last := d.finish(k.CaseID)
			if got := tc.look(d.view(id)); got != tc.after || done.ClosedAt == "" {
				t.Fatalf("after: %q, want %q", got, tc.after)
			}
			d.set(id, "description=办结后改的")
			v, err := d.act(k.CaseID, last, listing.ActUndo, "登记错了")
			if err != nil || v.Finished || len(v.Notices) != 0 {
				t.Fatal(v.Notices, err)
			}
			if got := tc.look(d.view(id)); got != before {
				t.Errorf("taken back: %q, want %q", got, before)
			}
			if got := d.view(id).App.Description; got != "办结后改的" {
				t.Errorf("what was changed since is lost: %q", got)
			}
			d.finish(k.CaseID)
			if got := tc.look(d.view(id)); got != tc.after {
				t.Errorf("again: %q, want %q", got, tc.after)
			}
		})
	}
}

// What a person changed after the case was finished is not overwritten by taking the act back.
func TestEffectsLeaveLaterChangesAlone(t *testing.T) {
	d, id := listedDesk(t)
	k := d.begin(id, "FLOW-4", map[string]string{"responsible_name": "联系人乙"})
	_, last := d.finish(k.CaseID)
	d.set(id, "responsible_name=联系人丁")
	v, err := d.act(k.CaseID, last, listing.ActUndo, "登记错了")
	if err != nil || len(v.Notices) != 1 || !strings.Contains(v.Notices[0], "应用负责人") {
		t.Fatal(v.Notices, err)
	}
	if got := d.view(id).App.ResponsibleName; got != "联系人丁" {
		t.Errorf("%q", got)
	}
}

// A flow says what it asks, and refuses what does not fit.
func TestBeginRefuses(t *testing.T) {
	d := openDesk(t)
	id := d.listedApp("示例督办", listing.KindH5)
	fresh := d.app("示例新应用", listing.KindH5)
	mini := d.listedApp("示例小程序", listing.KindMini)
	for name, tc := range map[string]struct {
		app, flow string
		inputs    map[string]string
		code      listing.Code
		field     string
	}{
		"a required input":     {id, "FLOW-3", nil, listing.CodeRefused, "inputs.version"},
		"a wrong version":      {id, "FLOW-3", map[string]string{"version": "新版"}, listing.CodeInvalid, "inputs.version"},
		"an unknown input":     {id, "FLOW-3", map[string]string{"version": "1.0", "x": "y"}, listing.CodeInvalid, "inputs.x"},
		"no word of the list":  {id, "FLOW-6", map[string]string{"region": "火星"}, listing.CodeInvalid, "inputs.region"},
		"none of several":      {id, "FLOW-4", nil, listing.CodeRefused, "inputs.responsible_name"},
		"not listed yet":       {fresh.ID, "FLOW-5", map[string]string{"reason": "x"}, listing.CodeRefused, ""},
		"a kind without hosts": {mini, "FLOW-6", map[string]string{"region": "宁波"}, listing.CodeRefused, "app.kind"},
		"no such flow":         {id, "FLOW-9", nil, listing.CodeNotFound, ""},
		"no such app":          {"没有", "FLOW-3", nil, listing.CodeNotFound, ""},
	} {
		_, err := d.Cases.Begin(d.ctx, service.BeginRequest{AppID: tc.app, Flow: tc.flow, Inputs: tc.inputs})
		if e := listing.AsError(err); err == nil || e.Code != tc.code || e.Field != tc.field {
			t.Errorf("%s: %+v", name, err)
		}
	}
	d.begin(id, "FLOW-3", map[string]string{"version": "1.2.0"})
	_, err := d.Cases.Begin(d.ctx, service.BeginRequest{AppID: id, Flow: "FLOW-4", Inputs: map[string]string{"department": "综合科"}})
	wants(t, err, listing.CodeConflict, "版本升级")
}

func TestFlowsOfferedForAnApp(t *testing.T) {
	d := openDesk(t)
	id := d.listedApp("示例督办", listing.KindH5)
	d.set(id, "responsible_name=联系人甲")
	k := d.begin(id, "FLOW-3", map[string]string{"version": "1.2.0"})
	offers, err := d.Flows.For(d.ctx, id)
	if err != nil || len(offers) != 7 {
		t.Fatal(len(offers), err)
	}
	for _, o := range offers {
		switch o.ID {
		case "FLOW-3":
			if o.Allowed || o.CaseID != k.CaseID || o.Reason == "" || o.Hint == "" {
				t.Errorf("%+v", o)
			}
		case "FLOW-4":
			if o.Allowed || !strings.Contains(o.Reason, "版本升级") || o.Inputs[0].Value != "联系人甲" {
				t.Errorf("%+v", o)
			}
		case "FLOW-6":
			if !slices.Contains(o.Inputs[0].Options, "宁波") {
				t.Errorf("%+v", o.Inputs)
			}
		case "FLOW-7":
			if !o.Allowed || o.CaseID != "" {
				t.Errorf("%+v", o)
			}
		}
	}
}

// An app may have several cases: its pages show the newest that runs, and any by its own ID.
func TestSeveralCasesOfAnApp(t *testing.T) {
	d, id := listedDesk(t)
	first := d.begin(id, "FLOW-4", map[string]string{"department": "综合科"})
	d.finish(first.CaseID)
	d.now = d.now.Add(1e9)
	second := d.begin(id, "FLOW-3", map[string]string{"version": "1.2.0"})
	if got := d.caseOf(id); got.CaseID != second.CaseID {
		t.Errorf("%s, want the running case", got.Flow)
	}
	if got := d.caseOf(first.CaseID); got.Flow != "FLOW-4" || !got.Finished {
		t.Errorf("%+v", got.Flow)
	}
	d.finish(second.CaseID)
	if got := d.caseOf(id); got.CaseID != second.CaseID {
		t.Errorf("%s, want the newest case", got.Flow)
	}
	rows, err := d.Cases.List(d.ctx, id)
	if err != nil || len(rows) != 2 || rows[0].FlowName != "信息变更" || !rows[0].Finished || rows[1].Flow != "FLOW-3" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// A return carries what the reviewer's words are about, and reopens the tasks that have to be done again.
func TestReturnWithReopensAndLinks(t *testing.T) {
	d, id := listedDesk(t)
	k := d.begin(id, "FLOW-3", map[string]string{"version": "1.2.0"})
	v := d.caseOf(k.CaseID)
	for len(v.Next.Steps) > 0 { // up to the upgrade review
		id, act := v.Next.Steps[0].Task, listing.ActConfirm
		if task(t, v, id).Reviewed {
			act = listing.ActSubmit
		}
		var err error
		if v, err = d.act(k.CaseID, id, act, "", "示例依据"); err != nil {
			t.Fatal(err)
		}
	}
	under := task(t, v, v.Next.Waiting[0])
	if len(under.Reopenable) == 0 {
		t.Fatal("nothing can be sent back")
	}
	guesses, err := d.Cases.Suggest(d.ctx, "页面没有按规范埋点，流量统计不到")
	if err != nil || len(guesses) == 0 {
		t.Fatal(guesses, err)
	}
	in := service.ActRequest{CaseID: k.CaseID, Task: under.ID, Act: listing.ActReturn, Reason: "新页面没有埋点",
		Reopens: under.Reopenable[len(under.Reopenable)-1:], Links: []listing.Link{{Kind: listing.LinkRule, ID: "RULE-16"}}}
	if v, err = d.Cases.Act(d.ctx, in); err != nil {
		t.Fatal(err)
	}
	again := task(t, v, in.Reopens[0])
	if again.Status != listing.StatusReturned || again.ReopenedBy != under.ID {
		t.Errorf("%s is %s", again.ID, again.Status)
	}
	rounds := task(t, v, under.ID).Rounds
	if len(rounds) != 1 || rounds[0].Words != "新页面没有埋点" || !slices.Equal(rounds[0].Links, in.Links) {
		t.Errorf("%+v", rounds)
	}
	in.Reopens = []string{"STEP-1.1"}
	_, err = d.Cases.Act(d.ctx, in)
	if err == nil {
		t.Error("a task of another flow was sent back")
	}
}

func TestDropACase(t *testing.T) {
	d := openDesk(t)
	id := d.listedApp("示例督办", listing.KindH5)
	k := d.begin(id, "FLOW-5", map[string]string{"reason": "不再使用"})
	first := k.Next.Steps[0].Task
	if _, err := d.act(k.CaseID, first, listing.ActConfirm, "", "依据"); err != nil {
		t.Fatal(err)
	}
	wants(t, d.Cases.Drop(d.ctx, k.CaseID), listing.CodeRefused)
	if _, err := d.act(k.CaseID, first, listing.ActUndo, "登记错了"); err != nil {
		t.Fatal(err)
	}
	if err := d.Cases.Drop(d.ctx, k.CaseID); err != nil {
		t.Fatal(err)
	}
	if d.caseOf(id).Started {
		t.Error("the case is still there")
	}
}

// Dossier 5.3: the portal's own words stand beside our statuses, and explain a button that cannot be pressed.
func TestPortalState(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	known, err := d.Apps.PortalStates(d.ctx)
	if err != nil || len(known) < 5 {
		t.Fatal(len(known), err)
	}
	v, err := d.Apps.SetPortalState(d.ctx, service.PortalRequest{AppID: a.ID, State: " 草稿 ", ReleaseID: "FB1"})
	if err != nil || v.Row.State != "草稿" || v.Row.SeenAt != monday || v.Row.SeenBy != "联系人甲" || v.Row.ReleaseID != "FB1" {
		t.Fatalf("%+v, %v", v, err)
	}
	if !slices.ContainsFunc(v.Greyed, func(g service.GreyedButton) bool { return g.Button == "提交发布" && g.Why != "" }) {
		t.Errorf("%+v", v.Greyed)
	}
	v, err = d.Apps.SetPortalState(d.ctx, service.PortalRequest{AppID: a.ID, State: "从来没见过"})
	if err != nil || v.State.Known || v.State.Word != "从来没见过" {
		t.Errorf("%+v, %v", v, err)
	}
	_, err = d.Apps.SetPortalState(d.ctx, service.PortalRequest{AppID: a.ID, State: strings.Repeat("长", 41)})
	wants(t, err, listing.CodeInvalid)
	v, err = d.Apps.SetPortalState(d.ctx, service.PortalRequest{AppID: a.ID})
	if err != nil || v.Row != (listing.PortalRow{}) || v.Greyed == nil || v.Expected == nil {
		t.Errorf("%+v, %v", v, err)
	}
}

// newer is a later version of a flow, with a title changed and a checksum in its last line.
func newer(t *testing.T, flow, version string) []byte {
	t.Helper()
	raw, err := os.ReadFile("../procedure/flows/" + flow + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, line := range strings.Split(string(raw), "\n") {
		if strings.HasPrefix(line, "version: ") {
			line = "version: \"" + version + "\""
		}
		lines = append(lines, strings.ReplaceAll(line, "title: 点版本升级", "title: 在治理侧点版本升级"))
	}
	body := strings.Join(lines, "\n")
	sum := sha256.Sum256([]byte(body))
	return []byte(body + "# sha256: " + hex.EncodeToString(sum[:]) + "\n")
}

// A new version is imported offline: running cases stay, new ones begin with it, and one can be moved over and back.
func TestImportedFlow(t *testing.T) {
	d := openDesk(t)
	id := d.listedApp("示例督办", listing.KindH5)
	k := d.begin(id, "FLOW-3", map[string]string{"version": "1.2.0"})
	old := k.FlowVersion
	info, err := d.Flows.Import(d.ctx, d.upload("flow-3.yaml", newer(t, "flow-3", "2030-01-01")), "")
	if err != nil || !info.Own || !info.Latest || info.Version != "2030-01-01" || info.ImportedBy != "联系人甲" || info.SHA256 == "" {
		t.Fatalf("%+v, %v", info, err)
	}
	_, err = d.Flows.Import(d.ctx, d.upload("flow-3.yaml", newer(t, "flow-3", "2030-01-01")), "")
	wants(t, err, listing.CodeConflict, "2030-01-01")
	if got := d.caseOf(k.CaseID); got.FlowVersion != old || got.NewerVersion != "2030-01-01" {
		t.Errorf("the running case is at %s, newer %q", got.FlowVersion, got.NewerVersion)
	}
	diff, err := d.Flows.Diff(d.ctx, "FLOW-3", old, "")
	if err != nil || !slices.ContainsFunc(diff, func(x procedure.TaskDiff) bool { return x.Task == "F3-1" && x.Kind == procedure.DiffChanged }) {
		t.Errorf("%+v, %v", diff, err)
	}
	look, err := d.Cases.MovePreview(d.ctx, k.CaseID, "")
	if err != nil || look.From != old || look.To != "2030-01-01" || len(look.Diff) == 0 || d.caseOf(k.CaseID).FlowVersion != old {
		t.Errorf("%+v, %v", look, err)
	}
	if _, err = d.Cases.Move(d.ctx, k.CaseID, "2030-01-01"); err != nil {
		t.Fatal(err)
	}
	if got := d.caseOf(k.CaseID); got.FlowVersion != "2030-01-01" || got.NewerVersion != "" || len(got.Moves) != 1 || task(t, got, "F3-1").Title != "在治理侧点版本升级" {
		t.Errorf("%+v", got.Moves)
	}
	wants(t, d.Flows.Remove(d.ctx, "FLOW-3", "2030-01-01"), listing.CodeRefused, k.CaseID)
	if _, err = d.Cases.MoveBack(d.ctx, k.CaseID); err != nil {
		t.Fatal(err)
	}
	if got := d.caseOf(k.CaseID); got.FlowVersion != old || task(t, got, "F3-1").Title != "点版本升级" {
		t.Errorf("%+v", got.FlowVersion)
	}
	wants(t, d.Flows.Remove(d.ctx, "FLOW-3", old), listing.CodeNotFound)
	other := d.listedApp("示例会议室", listing.KindH5)
	if got := d.begin(other, "FLOW-3", map[string]string{"version": "2.0"}); got.FlowVersion != "2030-01-01" {
		t.Errorf("a new case is at %s", got.FlowVersion)
	}
}

// A file that is damaged or broken changes nothing and names the place.
func TestFlowFilesThatAreRefused(t *testing.T) {
	d := openDesk(t)
	good := newer(t, "flow-3", "2030-01-01")
	cycle := strings.Replace(string(good[:strings.LastIndex(string(good), "# sha256")]), "needs: []\n        proof", "needs: [{task: F3-2}]\n        proof", 1)
	for name, tc := range map[string]struct {
		body string
		sum  string
		code listing.Code
		word string
	}{
		"no checksum":    {"id: FLOW-3\n", "", listing.CodeRefused, "SHA-256"},
		"wrong checksum": {string(good), strings.Repeat("0", 64), listing.CodeInvalid, "SHA-256"},
		"no flow":        {"- 1\n", textSum("- 1\n"), listing.CodeInvalid, ""},
		"a cycle":        {cycle, textSum(cycle), listing.CodeInvalid, "F3-"},
		"an unknown task": {strings.Replace(cycle, "{task: F3-2}", "{task: F3-99}", 1),
			textSum(strings.Replace(cycle, "{task: F3-2}", "{task: F3-99}", 1)), listing.CodeInvalid, "F3-99"},
		"too large": {strings.Repeat("#\n", 1<<20), "", listing.CodeTooLarge, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.Flows.Import(d.ctx, d.upload("flow.yaml", []byte(tc.body)), tc.sum)
			e := listing.AsError(err)
			if err == nil || e.Code != tc.code || !strings.Contains(e.Message+e.Hint, tc.word) {
				t.Errorf("%+v", err)
			}
		})
	}
	all, err := d.Flows.List(d.ctx)
	if err != nil || len(all) != 7 || slices.ContainsFunc(all, func(f service.FlowInfo) bool { return f.Own || !f.Latest }) {
		t.Errorf("%d flows, %v", len(all), err)
	}
}

func textSum(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

func TestFlowsWithoutAnyData(t *testing.T) {
	d := emptyDesk(t)
	all, err := d.Flows.List(d.ctx)
	if err != nil || len(all) != 7 {
		t.Fatal(len(all), err)
	}
	for _, f := range all {
		got, err := d.Flows.Show(d.ctx, f.ID, "")
		if err != nil || got.Info.Version != f.Version || len(got.Stages) == 0 || got.Stages[0].Tasks[0].ActorName == "" {
			t.Errorf("%s: %+v, %v", f.ID, got.Info, err)
		}
	}
	_, err = d.Flows.Show(d.ctx, "FLOW-1", "1999-01-01")
	wants(t, err, listing.CodeNotFound)
}

// RULE-20, FLOW-7: the letter names the old and the new administrator.
func TestLetterOfFLOW7(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	_, _, err := d.Reports.Letter(d.ctx, a.ID)
	wants(t, err, listing.CodeRefused, "编目管理员变更")
	if _, err := d.Units.Set(d.ctx, fields("unit.", "catalog_account.name=联系人甲", "catalog_account.phone=13800000001")); err != nil {
		t.Fatal(err)
	}
	k := d.begin(a.ID, "FLOW-7", map[string]string{"new_name": "联系人乙", "new_phone": "13800000002"})
	for _, given := range []string{a.ID, k.CaseID} {
		name, body, err := d.Reports.Letter(d.ctx, given)
		if err != nil || name != "编目管理员变更函-示例督办.docx" {
			t.Fatal(name, err)
		}
		text, err := document.PreviewHTML(body)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"联系人甲", "联系人乙", "13800000002", "示例市数据中心"} {
			if !strings.Contains(text, want) {
				t.Errorf("the letter does not say %s", want)
			}
		}
	}
	for _, office := range []string{"", "示例市大数据管理中心"} { // the letter is a material of the package, and says what it lacks
		if _, err := d.Units.Set(d.ctx, fields("unit.", "regional_office="+office)); err != nil {
			t.Fatal(err)
		}
		items, err := d.Packages.Materials(d.ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(items, func(i material.Item) bool { return i.ID == material.AdministratorLetter })
		if at < 0 || slices.Contains(items[at].Missing, "unit.regional_office") != (office == "") {
			t.Errorf("%q: %+v", office, items)
		}
	}
}
