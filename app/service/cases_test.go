package service_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/service"
)

func (d *desk) act(app, task string, act listing.ActName, more ...string) (service.CaseView, error) {
	in := service.ActRequest{AppID: app, Task: task, Act: act}
	if len(more) > 0 {
		in.Reason = more[0]
	}
	if len(more) > 1 {
		in.Note = more[1]
	}
	return d.Cases.Act(d.ctx, in)
}

func (d *desk) acts(app string, acts ...string) service.CaseView {
	d.t.Helper()
	var v service.CaseView
	for _, line := range acts { // task act [note]
		words := append(strings.SplitN(line, " ", 3), "")
		var err error
		if v, err = d.act(app, words[0], listing.ActName(words[1]), "", words[2]); err != nil {
			d.t.Fatalf("%s: %v", line, err)
		}
	}
	return v
}

func task(t testing.TB, v service.CaseView, id string) procedure.TaskView {
	t.Helper()
	for _, one := range v.Tasks {
		if one.ID == id {
			return one
		}
	}
	t.Fatalf("no task %s", id)
	return procedure.TaskView{}
}

// ready is an app whose data is whole: the sample's 示例督办 before anything was done.
func readyDesk(t *testing.T) (*desk, string) {
	t.Helper()
	d := sampleDesk(t)
	from := d.view("示例督办").App
	a, err := d.Apps.CopyFrom(d.ctx, from.ID, "新的应用")
	if err != nil {
		t.Fatal(err)
	}
	d.set(a.ID, "identifier=xdyy_demo", "component_name=新的应用")
	for _, do := range []func() error{
		func() error { _, err := d.Apps.Attest(d.ctx, a.ID, "RULE-2", "联系人甲", ""); return err },
		func() error { _, err := d.Apps.SetSecret(d.ctx, a.ID, "app.test_password", "x"); return err },
		func() error {
			_, err := d.Apps.Attach(d.ctx, a.ID, "logo", d.upload("logo.png", picture(t, 200, 200, "png")))
			return err
		},
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	return d, a.ID
}

// FLOW-1: before it is started a case shows what will be asked, and nothing can be done to it.
func TestCaseBeforeItsStart(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	v, err := d.Cases.View(d.ctx, a.ID)
	if err != nil || v.Started || len(v.Tasks) != 16 || v.Flow != "FLOW-1" || v.AppName != "示例督办" || v.Proofs == nil {
		t.Fatalf("%+v, %v", v, err)
	}
	_, err = d.act(a.ID, "STEP-1.1", listing.ActSubmit)
	wants(t, err, listing.CodeRefused, "示例督办", "没有开始办理")
	_, err = d.Cases.Start(d.ctx, a.ID, "FLOW-99")
	wants(t, err, listing.CodeNotFound, "FLOW-99")
	_, err = d.Cases.Start(d.ctx, "没有", "")
	wants(t, err, listing.CodeNotFound)
}

// FLOW-1, KIND-2: hosting tasks are absent for a mini-program.
func TestTasksOfTheFourKinds(t *testing.T) {
	for kind, want := range map[listing.AppKind]struct {
		has, hasNot []string
	}{
		listing.KindH5:     {[]string{"STEP-2.4", "STEP-3.3"}, []string{"STEP-3.5"}},
		listing.KindMini:   {[]string{"STEP-3.5"}, []string{"STEP-2.4", "STEP-3.3"}},
		listing.KindMiniPC: {[]string{"STEP-2.4", "STEP-3.3", "STEP-3.5"}, nil},
		listing.KindPortal: {[]string{"STEP-2.4", "STEP-3.3"}, []string{"STEP-3.5"}},
	} {
		d := openDesk(t)
		a := d.app("示例", kind)
		v, err := d.Cases.Start(d.ctx, a.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, one := range v.Tasks {
			ids = append(ids, one.ID)
		}
		for _, id := range want.has {
			if !slices.Contains(ids, id) {
				t.Errorf("%s: %s is missing", kind, id)
			}
		}
		for _, id := range want.hasNot {
			if slices.Contains(ids, id) {
				t.Errorf("%s: %s is there", kind, id)
			}
		}
		if len(v.Places) != len(v.Tasks) {
			t.Errorf("%s: places for %d of %d tasks", kind, len(v.Places), len(v.Tasks))
		}
	}
}

func TestStartTwice(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	v, err := d.Cases.Start(d.ctx, a.ID, "FLOW-1")
	if err != nil || !v.Started || v.StartedBy != "联系人甲" || v.StartedAt != monday {
		t.Fatalf("%+v, %v", v, err)
	}
	if _, err = d.Cases.Start(d.ctx, a.ID, "FLOW-1"); err == nil {
		t.Fatal("started twice")
	}
	if code := listing.CodeOf(err); code != listing.CodeConflict && code != listing.CodeRefused {
		t.Errorf("code %s: %v", code, err)
	}
}

// Step 3 waits for step 1.2 and 2.3; a blocked task names what blocks it, and says so again when it is tried.
func TestBlockedTasksNameWhatBlocksThem(t *testing.T) {
	d, id := readyDesk(t)
	v, err := d.Cases.Start(d.ctx, id, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, open := range []string{"STEP-1.1", "STEP-2.1"} { // step 1 beside step 2
		if one := task(t, v, open); !one.Open || len(one.Blockers) > 0 {
			t.Errorf("%s: %s", open, one.StatusWord)
		}
	}
	blocked := task(t, v, "STEP-3.1")
	var names []string
	for _, b := range blocked.Blockers {
		names = append(names, b.Task)
	}
	if blocked.Status != listing.StatusBlocked || !slices.Contains(names, "STEP-1.2") || !slices.Contains(names, "STEP-2.3") {
		t.Errorf("%s, %v", blocked.Status, names)
	}
	_, err = d.act(id, "STEP-3.1", listing.ActConfirm, "", "办好了")
	wants(t, err, listing.CodeRefused, "STEP-3.1", "STEP-1.2 创建应用并调通接口", "STEP-2.3", "暂不能办")
}

// The gates: an error of precheck stands against submit, and the message says which and how to mend it.
func TestGatesHoldUp(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	d.acts(id, "STEP-2.1 submit", "STEP-2.1 pass")
	d.set(id, "egress_ips=10.0.0.8")
	_, err := d.act(id, "STEP-2.3", listing.ActSubmit)
	wants(t, err, listing.CodeRefused, "RULE-5", "10.0.0.8")
	if got := listing.AsError(err).Field; got != "app.egress_ips" {
		t.Errorf("field %q", got)
	}
	d.set(id, "egress_ips=1.2.3.9", "region=")
	_, err = d.act(id, "STEP-2.3", listing.ActSubmit)
	wants(t, err, listing.CodeRefused, "RULE-7")
	d.set(id, "region=示例市", "callback_url=")
	_, err = d.act(id, "STEP-2.3", listing.ActSubmit)
	wants(t, err, listing.CodeRefused, "FORM-2", "回调地址")
	d.set(id, "callback_url=https://new.example.com/callback")
	d.acts(id, "STEP-2.3 submit")
}

func TestActRefusals(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	d.acts(id, "STEP-2.1 submit")
	for name, tc := range map[string]struct {
		task, act, reason string
		code              listing.Code
		words             []string
	}{
		"unknown act":            {"STEP-1.1", "finish", "", listing.CodeInvalid, []string{"finish", "submit"}},
		"unknown task":           {"STEP-9.9", "submit", "", listing.CodeNotFound, []string{"STEP-9.9"}},
		"no task":                {"", "submit", "", listing.CodeNotFound, nil},
		"task of another kind":   {"STEP-3.5", "confirm", "", listing.CodeRefused, []string{"STEP-3.5"}},
		"return without reason":  {"STEP-2.1", "return", "", listing.CodeRefused, []string{"STEP-2.1"}},
		"submitted twice":        {"STEP-2.1", "submit", "", listing.CodeRefused, []string{"已提交"}},
		"pass before submit":     {"STEP-1.1", "pass", "", listing.CodeRefused, []string{"登记提交"}},
		"confirm what is passed": {"STEP-2.1", "confirm", "x", listing.CodeRefused, []string{"登记通过"}},
		"skip what must be":      {"STEP-2.1", "skip", "x", listing.CodeRefused, nil},
		"undo without reason":    {"STEP-2.1", "undo", "", listing.CodeRefused, nil},
	} {
		t.Run(name, func(t *testing.T) {
			lines := len(d.journal(id))
			_, err := d.act(id, tc.task, listing.ActName(tc.act), tc.reason)
			wants(t, err, tc.code, tc.words...)
			if got := len(d.journal(id)); got != lines {
				t.Error("the refused act is in the journal")
			}
		})
	}
}

// Every act can be taken back; the journal keeps both.
func TestUndo(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	d.acts(id, "STEP-2.1 submit", "STEP-2.1 pass")
	if _, err := d.act(id, "STEP-1.1", listing.ActUndo, "点错了"); listing.CodeOf(err) != listing.CodeRefused {
		t.Errorf("nothing was done there: %v", err)
	}
	v, err := d.act(id, "STEP-2.1", listing.ActUndo, "点错了")
	if err != nil || task(t, v, "STEP-2.1").Status != listing.StatusSubmitted {
		t.Fatalf("%s, %v", task(t, v, "STEP-2.1").Status, err)
	}
	if h := task(t, v, "STEP-2.1").History; len(h) != 3 || h[2].Reason != "点错了" {
		t.Errorf("history %+v", h)
	}
	got := d.journal(id)
	if got[0] != "撤回上一步 STEP-2.1" || got[1] != "登记通过 STEP-2.1" {
		t.Errorf("journal %v", got)
	}
	d.acts(id, "STEP-2.1 pass", "STEP-2.3 submit")
	_, err = d.act(id, "STEP-2.1", listing.ActUndo, "点错了")
	wants(t, err, listing.CodeRefused, "STEP-2.3", "组件申请")
}

// Proofs are kept byte for byte, whatever they are, with their names.
func TestProofsAreKept(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	d.acts(id, "STEP-2.1 submit", "STEP-2.1 pass")
	_, err := d.act(id, "STEP-2.2", listing.ActConfirm)
	wants(t, err, listing.CodeRefused, "STEP-2.2")

	shot, odd := picture(t, 30, 20, "png"), []byte("\x00\xff无论什么")
	v, err := d.Cases.Act(d.ctx, service.ActRequest{AppID: id, Task: "STEP-2.2", Act: listing.ActConfirm, Note: " 已开通 ",
		Uploads: []string{d.upload("截图.png", shot), d.upload("记录.dat", odd)}})
	if err != nil {
		t.Fatal(err)
	}
	if one := task(t, v, "STEP-2.2"); one.Status != listing.StatusDone || len(one.ProofIDs) != 3 {
		t.Errorf("%s, %v", one.Status, one.ProofIDs)
	}
	if len(v.Proofs) != 3 || v.Proofs[2].Note != "已开通" || v.Proofs[0].File.Name != "截图.png" || v.Proofs[0].By != "联系人甲" {
		t.Fatalf("%+v", v.Proofs)
	}
	for i, want := range [][]byte{shot, odd} {
		if got := d.blob(v.Proofs[i].File.SHA256); !bytes.Equal(got, want) {
			t.Errorf("%s changed", v.Proofs[i].File.Name)
		}
	}
}

func TestRefusedActKeepsNoProof(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	before := len(d.blobs())
	token := d.upload("截图.png", picture(t, 31, 21, "png"))
	_, err := d.Cases.Act(d.ctx, service.ActRequest{AppID: id, Task: "STEP-2.2", Act: listing.ActConfirm, Uploads: []string{token}})
	wants(t, err, listing.CodeRefused)
	if got := len(d.blobs()); got != before {
		t.Error("the file was kept")
	}
	d.acts(id, "STEP-2.1 submit", "STEP-2.1 pass")
	if _, err := d.Cases.Act(d.ctx, service.ActRequest{AppID: id, Task: "STEP-2.2", Act: listing.ActConfirm, Uploads: []string{token}}); err != nil {
		t.Errorf("the upload was lost by the refusal: %v", err)
	}
	_, err = d.Cases.Act(d.ctx, service.ActRequest{AppID: id, Task: "STEP-2.3", Act: listing.ActSubmit, Uploads: []string{"nonsense"}})
	wants(t, err, listing.CodeNotFound)
}

// On the command line the reason of a confirm is its proof.
func TestReasonOfAConfirmIsItsNote(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	d.acts(id, "STEP-2.1 submit", "STEP-2.1 pass")
	v, err := d.act(id, "STEP-2.2", listing.ActConfirm, "账号已开通")
	if err != nil || len(v.Proofs) != 1 || v.Proofs[0].Note != "账号已开通" {
		t.Errorf("%+v, %v", v.Proofs, err)
	}
}

// A fill notes whether everything the task's forms need was there at that moment.
func TestFillKnowsWhetherFormsAreComplete(t *testing.T) {
	d, id := readyDesk(t)
	if _, err := d.Cases.Start(d.ctx, id, ""); err != nil {
		t.Fatal(err)
	}
	v := d.acts(id, "STEP-2.1 fill")
	if got := task(t, v, "STEP-2.1").Status; got != listing.StatusFilled {
		t.Errorf("complete form: %s", got)
	}
	d.set(id, "level=")
	v = d.acts(id, "STEP-2.1 fill")
	if got := task(t, v, "STEP-2.1").Status; got != listing.StatusInProgress {
		t.Errorf("form with a gap: %s", got)
	}
}

func TestCaseListAndNext(t *testing.T) {
	d := sampleDesk(t)
	rows, err := d.Cases.List(d.ctx, "")
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d cases, %v", len(rows), err)
	}
	one, err := d.Cases.List(d.ctx, "示例督办")
	if err != nil || len(one) != 1 || one[0].AppName != "示例督办" || one[0].Settled != 9 || one[0].Message == "" || one[0].FlowVersion == "" {
		t.Errorf("%+v, %v", one, err)
	}
	none, err := d.Cases.List(d.ctx, "示例信访登记")
	if err != nil || none == nil || len(none) != 0 {
		t.Errorf("%+v, %v", none, err)
	}
	_, err = d.Cases.List(d.ctx, "没有")
	wants(t, err, listing.CodeNotFound)

	all, err := d.Cases.Next(d.ctx, 0)
	if err != nil || len(all) < 4 {
		t.Fatalf("%d items, %v", len(all), err)
	}
	if all[0].AppName != "示例驾驶舱" || all[0].Status != listing.StatusReturned {
		t.Errorf("what was returned does not come first: %s %s", all[0].AppName, all[0].Task)
	}
	for i := 1; i < len(all); i++ { // among equals, what unlocks most comes first
		if all[i-1].Status == all[i].Status && all[i-1].Party == all[i].Party && all[i].NotBefore == all[i-1].NotBefore && all[i-1].Unlocks < all[i].Unlocks {
			t.Errorf("%s before %s", all[i-1].Task, all[i].Task)
		}
	}
	two, err := d.Cases.Next(d.ctx, 2)
	if err != nil || len(two) != 2 || two[0] != all[0] || two[1] != all[1] {
		t.Errorf("limit: %+v, %v", two, err)
	}
}

// The addresses of a task carry the person's changes; a city's platform is chosen by the region.
func TestPlacesOfTasks(t *testing.T) {
	d, id := readyDesk(t)
	place := func(taskID string, n int) service.PlaceInfo {
		v, err := d.Cases.View(d.ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range v.Places {
			if p.Task == taskID {
				return p.Places[n]
			}
		}
		t.Fatalf("no places of %s", taskID)
		return service.PlaceInfo{}
	}
	if got := place("STEP-2.4", 0); got.Key != "ADDR-5.杭州" || got.Title == "" || got.URL == "" {
		t.Errorf("%+v", got)
	}
	if err := d.System.SetAddress(d.ctx, "ADDR-5.杭州", "http://hosting.example.com/"); err != nil {
		t.Fatal(err)
	}
	if got := place("STEP-2.4", 0); got.URL != "http://hosting.example.com/" {
		t.Errorf("%+v", got)
	}
	d.set(id, "process_region=")
	if got := place("STEP-2.4", 0); got.Key != "" || !strings.Contains(got.Title, "所属区域") {
		t.Errorf("%+v", got)
	}
	if got := place("STEP-3.4b", 0); got.Key != "" || got.Path == "" {
		t.Errorf("%+v", got)
	}
}
