package service_test

import (
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

func TestFirstRun(t *testing.T) {
	d := emptyDesk(t)
	info, err := d.System.Info(d.ctx)
	if err != nil || !info.FirstRun || info.Network != "离线" || info.Today != "2026-03-02" {
		t.Fatalf("before the first run: %+v, %v", info, err)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "shangjiatong.db")); !os.IsNotExist(err) {
		t.Fatal("looking made a database")
	}
	_, err = d.Units.Get(d.ctx)
	wants(t, err, listing.CodeNotFound, d.dir)

	info, err = d.System.Start(d.ctx, service.StartRequest{UnitName: " 示例市数据中心 ", ProcessRegion: "杭州", Region: "示例市", Role: listing.RoleOwner, Operator: " 联系人甲 "})
	if err != nil || info.FirstRun || info.UnitName != "示例市数据中心" || info.Operator != "联系人甲" || info.Role != listing.RoleOwner {
		t.Fatalf("after the first run: %+v, %v", info, err)
	}
	page, err := d.Journal.List(d.ctx, service.JournalRequest{})
	if err != nil || len(page.Lines) != 2 || page.Lines[0].By != "联系人甲" || page.Lines[0].What != "首次设置" {
		t.Errorf("the journal of the first run: %+v, %v", page, err)
	}
}

func TestStartRefuses(t *testing.T) {
	whole := service.StartRequest{UnitName: "示例市数据中心", Role: listing.RoleOwner, Operator: "联系人甲"}
	for name, tc := range map[string]struct {
		change func(*service.StartRequest)
		field  string
	}{
		"no unit":       {func(r *service.StartRequest) { r.UnitName = " " }, "unit.name"},
		"no operator":   {func(r *service.StartRequest) { r.Operator = "" }, "operator"},
		"blank name":    {func(r *service.StartRequest) { r.Operator = "　 " }, "operator"},
		"foreign role":  {func(r *service.StartRequest) { r.Role = "admin" }, "role"},
		"role left out": {func(r *service.StartRequest) { r.Role = "" }, "role"},
	} {
		t.Run(name, func(t *testing.T) {
			d, in := emptyDesk(t), whole
			tc.change(&in)
			_, err := d.System.Start(d.ctx, in)
			wants(t, err, listing.CodeInvalid)
			if got := listing.AsError(err).Field; got != tc.field {
				t.Errorf("field %q, want %q", got, tc.field)
			}
			if entries, _ := os.ReadDir(d.dir); len(entries) > 0 {
				t.Errorf("a refused start left %v", entries)
			}
		})
	}
}

func TestStartDoesNotReplaceAUnit(t *testing.T) {
	d := openDesk(t)
	_, err := d.System.Start(d.ctx, service.StartRequest{UnitName: "另一个单位", Role: listing.RoleOwner, Operator: "联系人乙"})
	wants(t, err, listing.CodeConflict, "示例市数据中心")
	v, err := d.Units.Get(d.ctx)
	if err != nil || v.Unit.Name != "示例市数据中心" || v.Settings.Operator != "联系人甲" {
		t.Errorf("the unit changed: %+v, %v", v, err)
	}
}

func TestEnterChecksBeforeItMakesAStore(t *testing.T) {
	for name, pair := range map[string]string{
		"unknown key": "nonsense=1", "key of an app": "app.name=x", "foreign role": "role=admin", "empty operator": "operator=",
	} {
		t.Run(name, func(t *testing.T) {
			d := emptyDesk(t)
			values := append(fields("", pair), fields("", "name=示例市数据中心")...)
			wants(t, d.System.Enter(d.ctx, values), listing.CodeInvalid)
			if entries, _ := os.ReadDir(d.dir); len(entries) > 0 {
				t.Errorf("a refused command left %v", entries)
			}
		})
	}
}

func TestEnterTakesOneSettingAtATime(t *testing.T) {
	d := emptyDesk(t)
	for _, pair := range []string{"role=vendor", "operator=联系人甲", "name=示例市数据中心", "unit.catalog_account.name=联系人甲"} {
		if err := d.System.Enter(d.ctx, fields("", pair)); err != nil {
			t.Fatalf("%s: %v", pair, err)
		}
	}
	v, err := d.Units.Get(d.ctx)
	if err != nil || v.Settings.Role != listing.RoleVendor || v.Settings.Operator != "联系人甲" ||
		v.Unit.Name != "示例市数据中心" || v.Unit.CatalogAccount.Name != "联系人甲" {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestUnitDraftsAreTidied(t *testing.T) {
	d := openDesk(t)
	saved, err := d.Units.Set(d.ctx, fields("unit.", "credit_code=统一社会信用代码：１２３３０１９９ＭＢ００００００１４", "department=  技术保障科 "))
	if err != nil {
		t.Fatal(err)
	}
	if saved.Values[0].Values[0] != "12330199MB00000014" || saved.Values[1].Values[0] != "技术保障科" {
		t.Errorf("stored %+v", saved.Values)
	}
	lines := len(d.journal(""))
	if _, err := d.Units.Set(d.ctx, fields("unit.", "department=技术保障科")); err != nil {
		t.Fatal(err)
	}
	if got := len(d.journal("")); got != lines {
		t.Errorf("saving the same again added %d lines to the journal", got-lines)
	}
}

func TestSettingsKeepWhatThePageDoesNotShow(t *testing.T) {
	d := openDesk(t)
	if err := d.System.SetAddress(d.ctx, "ADDR-5.宁波", "http://hosting.example.com/"); err != nil {
		t.Fatal(err)
	}
	set, err := d.Units.SetSettings(d.ctx, service.SettingsChange{Operator: "联系人乙", Role: listing.RoleVendor, PortalUnhosted: true})
	if err != nil || set.Addresses["ADDR-5.宁波"] == "" || !set.PortalUnhosted || set.Operator != "联系人乙" {
		t.Errorf("%+v, %v", set, err)
	}
	_, err = d.Units.SetSettings(d.ctx, service.SettingsChange{Operator: " ", Role: listing.RoleOwner})
	wants(t, err, listing.CodeInvalid, "操作人")
}

func TestCatalogue(t *testing.T) {
	d := emptyDesk(t) // the pages need it before there is a store
	c, err := d.System.Catalogue(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	want, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Fields) != len(want.Fields) || len(c.Forms) != len(want.Forms) || len(c.Lists) != len(want.Lists) ||
		len(c.Slots) != len(want.Slots) || len(c.Addresses) != len(want.Addresses) {
		t.Error("something of the catalogue is missing")
	}
	for _, f := range c.Fields {
		if f.Key == "app.identifier" && len(f.UsedBy) != 3 { // FORM-2, FORM-4, PARAM-1
			t.Errorf("app.identifier is used by %v", f.UsedBy)
		}
		if f.UsedBy == nil {
			t.Errorf("%s: used_by would be null", f.Key)
		}
	}
}

// Nothing but a web address ever reaches the browser, whoever put it into the settings.
func TestAddressesAreWebAddresses(t *testing.T) {
	for _, bad := range []string{"file:///etc/passwd", "javascript:alert(1)", "ftp://a.example.com", "www.example.com", "http://", "//a.example.com",
		"http:a", " http://a.example.com", "http://a b", "data:text/html,x", "\\\\server\\share"} {
		d := openDesk(t)
		wants(t, d.System.SetAddress(d.ctx, "ADDR-4", bad), listing.CodeInvalid, "http")
	}
	d := openDesk(t)
	wants(t, d.System.SetAddress(d.ctx, "ADDR-99", "http://a.example.com"), listing.CodeNotFound, "ADDR-99")
	wants(t, d.System.OpenAddress(d.ctx, "ADDR-99"), listing.CodeNotFound, "ADDR-99")
	wants(t, d.System.OpenAddress(d.ctx, "ADDR-5.宁波"), listing.CodeRefused, "没有填写")
	if err := d.System.SetAddress(d.ctx, "ADDR-5.宁波", "https://hosting.example.com/mobile"); err != nil {
		t.Fatal(err)
	}
	if err := d.System.OpenAddress(d.ctx, "ADDR-5.宁波"); err != nil {
		t.Fatal(err)
	}
	if len(d.sent) != 1 || d.sent[0] != "https://hosting.example.com/mobile" {
		t.Errorf("opened %v", d.sent)
	}
	if err := d.System.SetAddress(d.ctx, "ADDR-5.宁波", ""); err != nil {
		t.Fatal(err)
	}
	wants(t, d.System.OpenAddress(d.ctx, "ADDR-5.宁波"), listing.CodeRefused)
}
