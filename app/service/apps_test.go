package service_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

func TestCreateFillsInWhatTheUnitKnows(t *testing.T) {
	d := openDesk(t)
	_, err := d.Units.Set(d.ctx, fields("unit.", "department=技术保障科", "address_path=示例市/示例市数据中心", "catalog_account.name=联系人甲", "catalog_account.phone=13800000001"))
	if err != nil {
		t.Fatal(err)
	}
	a := d.app(" 示例督办 ", listing.KindH5)
	if a.Name != "示例督办" || a.Department != "技术保障科" || a.ProcessRegion != "杭州" || a.Region != "示例市" || a.ReleaseName != "示例督办" ||
		a.UsageScope != "示例市/示例市数据中心" || a.ApplicantName != "联系人甲" || a.ApplicantPhone != "13800000001" || len(a.Components) != 3 {
		t.Errorf("%+v", a)
	}
}

// An app always has a name of its own and one of the four kinds; everything else may be anything.
func TestIdentityIsGuarded(t *testing.T) {
	d := openDesk(t)
	a, other := d.app("示例督办", listing.KindH5), d.app("示例巡查", listing.KindMini)
	if _, err := d.Apps.Archive(d.ctx, other.ID, true); err != nil {
		t.Fatal(err)
	}
	set := func(pair string) func() error {
		return func() error { _, err := d.Apps.Set(d.ctx, a.ID, fields("app.", pair)); return err }
	}
	create := func(name, kind string) func() error {
		return func() error {
			_, err := d.Apps.Create(d.ctx, service.NewApp{Name: name, Kind: listing.AppKind(kind)})
			return err
		}
	}
	rename := func(name string) func() error {
		return func() error { _, err := d.Apps.Rename(d.ctx, a.ID, name); return err }
	}
	copied := func(name string) func() error {
		return func() error { _, err := d.Apps.CopyFrom(d.ctx, a.ID, name); return err }
	}
	for name, tc := range map[string]struct {
		do    func() error
		code  listing.Code
		field string
	}{
		"set an empty name":        {set("name="), listing.CodeInvalid, "app.name"},
		"set a taken name":         {set("name=示例巡查"), listing.CodeConflict, "app.name"}, // archived ones count
		"set a foreign kind":       {set("kind=小游戏"), listing.CodeInvalid, "app.kind"},
		"set no kind":              {set("kind="), listing.CodeInvalid, "app.kind"},
		"create without a name":    {create("　", "H5"), listing.CodeInvalid, "app.name"},
		"create with a taken name": {create("示例督办", "H5"), listing.CodeConflict, "app.name"},
		"create without a kind":    {create("新应用", ""), listing.CodeInvalid, "app.kind"},
		"create a foreign kind":    {create("新应用", "h5"), listing.CodeInvalid, "app.kind"},
		"rename to nothing":        {rename(""), listing.CodeInvalid, "app.name"},
		"rename to a taken name":   {rename("示例巡查"), listing.CodeConflict, "app.name"},
		"copy to nothing":          {copied(" "), listing.CodeInvalid, "app.name"},
		"copy to its own name":     {copied("示例督办"), listing.CodeConflict, "app.name"},
	} {
		t.Run(name, func(t *testing.T) {
			err := tc.do()
			wants(t, err, tc.code)
			if got := listing.AsError(err).Field; got != tc.field {
				t.Errorf("field %q, want %q", got, tc.field)
			}
			if v := d.view(a.ID).App; v.Name != "示例督办" || v.Kind != listing.KindH5 {
				t.Errorf("the app is now %q, %q", v.Name, v.Kind)
			}
		})
	}
	if _, err := d.Apps.Rename(d.ctx, a.ID, "示例督办"); err != nil {
		t.Errorf("its own name: %v", err)
	}
	d.set(a.ID, "name=示例督办二", "kind=小程序+PC")
	if v := d.view(a.ID).App; v.Name != "示例督办二" || v.Kind != listing.KindMiniPC {
		t.Errorf("%q, %q", v.Name, v.Kind)
	}
}

func TestAppsAreFoundByIDIdentifierAndName(t *testing.T) {
	d := openDesk(t)
	a, b := d.app("示例督办", listing.KindH5), d.app("示例巡查", listing.KindMini)
	d.set(a.ID, "identifier=sldb_demo")
	for _, given := range []string{a.ID, "sldb_demo", "示例督办"} {
		if got := d.view(given).App.ID; got != a.ID {
			t.Errorf("%q leads to %s", given, got)
		}
	}
	d.set(b.ID, "identifier=sldb_demo")
	_, err := d.Apps.View(d.ctx, "sldb_demo")
	wants(t, err, listing.CodeInvalid, "2", "sldb_demo")
	for _, given := range []string{"", "没有", "../x", "a\x00b"} {
		_, err := d.Apps.View(d.ctx, given)
		if err == nil {
			t.Errorf("%q was found", given)
		}
		wants(t, err, listing.CodeNotFound)
	}
}

func TestRenameArchiveRestore(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	names := func(archived bool) []string {
		rows, err := d.Apps.List(d.ctx, archived)
		if err != nil {
			t.Fatal(err)
		}
		out := []string{}
		for _, r := range rows {
			out = append(out, r.Name)
		}
		return out
	}
	if _, err := d.Apps.Rename(d.ctx, a.ID, "应用名称：示例督查"); err != nil {
		t.Fatal(err)
	}
	if got := names(false); !slices.Equal(got, []string{"示例督查"}) {
		t.Errorf("after the renaming: %v", got)
	}
	if _, err := d.Apps.Archive(d.ctx, a.ID, true); err != nil {
		t.Fatal(err)
	}
	if len(names(false)) != 0 || !slices.Equal(names(true), []string{"示例督查"}) {
		t.Errorf("after archiving: %v, %v", names(false), names(true))
	}
	d.set(a.ID, "identifier=kept") // still there, still editable
	if _, err := d.Apps.Archive(d.ctx, a.ID, false); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(names(false), []string{"示例督查"}) || d.view("kept").App.ID != a.ID {
		t.Errorf("after bringing back: %v", names(false))
	}
	want := []string{"恢复应用", "填写资料", "归档应用", "应用改名", "新建应用"}
	if got := d.journal(a.ID); !slices.Equal(got, want) {
		t.Errorf("journal %v, want %v", got, want)
	}
}

func TestCopyLeavesBehindWhatBelongsToTheOther(t *testing.T) {
	d := sampleDesk(t)
	_, err := d.Apps.Waive(d.ctx, "示例督办", firstWarning(d, "示例督办"), "", "试一试")
	if err != nil && listing.CodeOf(err) != listing.CodeNotFound {
		t.Fatal(err)
	}
	from := d.view("示例督办").App
	made, err := d.Apps.CopyFrom(d.ctx, from.ID, "示例督办二期")
	if err != nil {
		t.Fatal(err)
	}
	if made.ID == from.ID || made.Name != "示例督办二期" || made.ReleaseName != "示例督办二期" {
		t.Errorf("%s %q %q", made.ID, made.Name, made.ReleaseName)
	}
	for name, got := range map[string]string{
		"identifier": made.Identifier, "component_name": made.ComponentName, "applied_identifier": made.AppliedIdentifier,
		"app_key": made.AppKey, "app_secret": string(made.AppSecret), "test_password": string(made.TestPassword), "bid": made.Bid,
		"signkey": made.Signkey, "sapp_id": made.SappID, "sapp_name": made.SappName, "mini_version": made.MiniVersion,
		"pages": fmt.Sprint(made.Pages), "attachments": fmt.Sprint(made.Attachments),
		"attestations": fmt.Sprint(made.Attestations), "waivers": fmt.Sprint(made.Waivers),
	} {
		if got != "" && got != "[]" && got != "map[]" {
			t.Errorf("%s came along: %s", name, got)
		}
	}
	if made.VendorID != from.VendorID || made.Description != from.Description || made.TestData != from.TestData || !slices.Equal(made.Networks, from.Networks) {
		t.Error("what both have in common did not come along")
	}
	if after := d.view(from.ID).App; after.Identifier != "sldb_demo" || len(after.Attachments) != 3 || len(after.Pages) != 3 {
		t.Error("the original lost something")
	}
	v, err := d.Cases.View(d.ctx, made.ID)
	if err != nil || v.Started {
		t.Errorf("the copy has a case: %v", err)
	}
}

func firstWarning(d *desk, app string) string {
	d.t.Helper()
	report, err := d.Checks.Precheck(d.ctx, app)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.Level == listing.LevelWarning {
			return f.Rule
		}
	}
	return "RULE-6"
}

func TestAddRefusesWhatAFileMayNotHold(t *testing.T) {
	whole := func() listing.App { return listing.App{Name: "示例督办", Kind: listing.KindH5} }
	for name, tc := range map[string]struct {
		change func(*listing.App)
		word   string
	}{
		"no name":        {func(a *listing.App) { a.Name = "" }, "name"},
		"no kind":        {func(a *listing.App) { a.Kind = "" }, "应用类型"},
		"a foreign kind": {func(a *listing.App) { a.Kind = "网页" }, "H5、小程序"},
		"a foreign word": {func(a *listing.App) { a.Networks = []string{"月球网"} }, "政务外网"},
		"a wrong yes":    {func(a *listing.App) { a.LoginFree = "yes" }, "是、否"},
		"a password":     {func(a *listing.App) { a.TestPassword = "p" }, "app secret"},
		"an App Secret":  {func(a *listing.App) { a.AppSecret = "s" }, "app secret"},
		"a file": {func(a *listing.App) {
			a.Attachments = map[string]listing.Attachment{"plan": {Name: "x.pdf", Type: "pdf", SHA256: "00"}}
		}, "app attach"},
		"a word given": {func(a *listing.App) {
			a.Attestations = []listing.Attestation{{Rule: "RULE-2", About: "联系人甲", By: "别人", On: "2020-01-01"}}
		}, "app attest"},
		"a waiver": {func(a *listing.App) { a.Waivers = []listing.Waiver{{Rule: "RULE-6", By: "别人"}} }, "app waive"},
	} {
		t.Run(name, func(t *testing.T) {
			d, a := openDesk(t), whole()
			tc.change(&a)
			_, err := d.Apps.Add(d.ctx, a)
			wants(t, err, listing.CodeInvalid, tc.word)
			rows, err := d.Apps.List(d.ctx, false)
			if err != nil || len(rows) > 0 {
				t.Errorf("stored all the same: %v, %v", rows, err)
			}
		})
	}
}

// What the program alone writes cannot be smuggled in by a file.
func TestAddGivesNewAppsTheirOwnStamps(t *testing.T) {
	d := openDesk(t)
	a, err := d.Apps.Add(d.ctx, listing.App{ID: "mine", Name: " 应用名称：示例督办", Kind: listing.KindH5, Archived: true,
		CreatedAt: "2001-01-01T00:00:00Z", EgressIPs: []string{"1.2.3.4，1.2.3.5"}})
	if err != nil {
		t.Fatal(err)
	}
	if a.ID == "mine" || a.CreatedAt != monday || a.Archived {
		t.Errorf("%+v", a)
	}
	if a.Name != "示例督办" || len(a.EgressIPs) != 2 {
		t.Errorf("not tidied: %q, %q", a.Name, a.EgressIPs)
	}
}

func TestAttestationsOfAnApp(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	_, err := d.Apps.Attest(d.ctx, a.ID, "RULE-2", "", "名册")
	wants(t, err, listing.CodeInvalid, "姓名")
	for _, note := range []string{"名册", "再次核对"} { // a second word for the same replaces the first
		if _, err := d.Apps.Attest(d.ctx, a.ID, "RULE-2", "联系人甲", note); err != nil {
			t.Fatal(err)
		}
	}
	got := d.view(a.ID).App.Attestations
	want := listing.Attestation{Rule: "RULE-2", About: "联系人甲", By: "联系人甲", On: "2026-03-02", Note: "再次核对"}
	if len(got) != 1 || got[0] != want {
		t.Errorf("%+v", got)
	}
	after, err := d.Apps.Unattest(d.ctx, a.ID, "RULE-2", "联系人甲")
	if err != nil || len(after.Attestations) > 0 {
		t.Errorf("%+v, %v", after.Attestations, err)
	}
}

// The examples of the four kinds are complete: each can be added as it is, and misses only what a file cannot hold.
func TestExamplesCanBeAdded(t *testing.T) {
	d := openDesk(t)
	for _, kind := range listing.AppKinds() {
		example, err := d.Apps.Example(d.ctx, kind)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for _, key := range []string{"id", "test_password", "attachments", "waivers"} {
			if _, ok := example[key]; ok {
				t.Errorf("%s: the example holds %s", kind, key)
			}
		}
		raw, err := json.Marshal(example)
		if err != nil {
			t.Fatal(err)
		}
		var a listing.App
		if err := json.Unmarshal(raw, &a); err != nil {
			t.Fatal(err)
		}
		a.Name += string(kind)
		added, err := d.Apps.Add(d.ctx, a)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for _, form := range d.view(added.ID).Completeness {
			for _, key := range form.Missing {
				if !slices.Contains([]string{"app.logo", "app.test_password", "vendor.name", "vendor.credit_code", "vendor.contacts"}, key) {
					t.Errorf("%s: %s misses %s", kind, form.Form, key)
				}
			}
		}
	}
	_, err := d.Apps.Example(d.ctx, "网页")
	wants(t, err, listing.CodeInvalid, "H5改革门户")
}
