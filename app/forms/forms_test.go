package forms

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

func catalogue(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Every fact of an app stands in the data once, and every key of the data is a fact of the app.
func TestFieldsMatchTheApp(t *testing.T) {
	c := catalogue(t)
	known := map[string]bool{}
	typ := reflect.TypeFor[listing.App]()
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		known["app."+name] = true
	}
	for _, f := range c.Fields {
		if AppKey(f.Key) != "" && f.Type != File && !known[f.Key] {
			t.Errorf("%s is no fact of listing.App", f.Key)
		}
	}
	apart := map[string]bool{"id": true, "archived": true, "created_at": true, "updated_at": true, "released_version": true, "retired": true, "portal": true, "tracked": true, "pages": true, "attachments": true, "attestations": true, "waivers": true}
	for key := range known {
		if !apart[AppKey(key)] && c.Field(key) == nil {
			t.Errorf("%s has no label", key)
		}
	}
}

func TestFormLabels(t *testing.T) {
	c := catalogue(t)
	cases := map[string][]string{
		"FORM-1":  {"网络环境", "应用领域", "建设方案", "建设层级", "是否统建应用", "建设模式", "建设依据", "其他(请注明)", "建设部门", "应用管理员", "是否协同", "重大任务", "核心业务", "多跨场景", "体系贯通"},
		"FORM-2":  {"应用标识", "服务器出口IP", "应用使用范围", "应用所属区域", "应用名称", "回调地址"},
		"FORM-3":  {"治理侧名称", "健康地址", "建设部门", "开发商", "开发商名称", "开发商社会信用编码", "开发商联系方式", "所属区域"},
		"FORM-4":  {"发布端", "发布类型", "选择上架内容", "应用标识", "服务器出口IP", "应用使用范围", "测试账号", "测试密码"},
		"PARAM-1": {"应用名称", "应用标识", "App Key", "App Secret", "bid", "signkey", "sapp_id", "sapp_name"},
	}
	for id, labels := range cases {
		form := c.Form(id)
		if form == nil {
			t.Fatalf("%s is missing", id)
		}
		have := map[string]bool{}
		for _, row := range form.Rows() {
			have[row.Label] = true
		}
		for _, l := range labels {
			if !have[l] {
				t.Errorf("%s lacks %q", id, l)
			}
		}
	}
}

func TestCompleteFORM1Other(t *testing.T) {
	c := catalogue(t)
	app := listing.App{Basis: []string{"政策文件"}}
	if c.ValuesOf(Dossier{App: app}).Needed("app.basis_other") {
		t.Error("其他(请注明) asked although 其他 is not ticked")
	}
	app.Basis = append(app.Basis, "其他")
	missing := strings.Join(c.ValuesOf(Dossier{App: app}).Complete(c.Form("FORM-1")).Missing, " ")
	if !strings.Contains(missing, "app.basis_other") {
		t.Errorf("missing = %s", missing)
	}
}

func TestSecretsNeverShow(t *testing.T) {
	c := catalogue(t)
	v := c.ValuesOf(Dossier{App: listing.App{TestPassword: "vault:abc"}})
	if got := v.Text("app.test_password"); got != "另行提供" {
		t.Errorf("password reads %q", got)
	}
	for key, text := range v.Snapshot() {
		if strings.Contains(text, "vault:") {
			t.Errorf("%s shows a reference", key)
		}
	}
}

func TestTidy(t *testing.T) {
	c := catalogue(t)
	cases := []struct{ key, in, want string }{
		{"app.identifier", " 应用标识：ｓｌｄｂ＿１ ", "sldb_1"},
		{"app.egress_ips", "１.2.3.4", "1.2.3.4"},
		{"app.name", "  示例（督办） ", "示例（督办）"},
		{"app.name", "应用名称: 示例督办", "示例督办"},
		{"app.health_url", "https：//a.example/x", "https://a.example/x"},
	}
	for _, k := range cases {
		if got := Tidy(c.Field(k.key), k.in); got != k.want {
			t.Errorf("%s: %q became %q, want %q", k.key, k.in, got, k.want)
		}
	}
}

func TestCheckWords(t *testing.T) {
	c := catalogue(t)
	if err := c.CheckWords(listing.App{Kind: "H5", Level: "市级", Mode: "自己写的模式"}); err != nil {
		t.Errorf("right words refused: %v", err)
	}
	err := c.CheckWords(listing.App{Networks: []string{"政务外网", "外网"}})
	if listing.CodeOf(err) != listing.CodeInvalid || !strings.Contains(err.Error(), "网络环境") || !strings.Contains(err.Error(), "业务专网") {
		t.Errorf("err = %v", err)
	}
}

func TestContactsOfFORM3(t *testing.T) {
	c := catalogue(t)
	vendor := &listing.Vendor{Name: "示例科技有限公司", Contacts: []listing.Contact{{ID: "a", Name: "联系人甲", Phone: "1"}, {ID: "b", Name: "联系人乙", Phone: "2"}}}
	all := c.ValuesOf(Dossier{Vendor: vendor})
	if got := all.Text("vendor.contacts"); got != "联系人甲 1、联系人乙 2" {
		t.Errorf("all: %q", got)
	}
	one := c.ValuesOf(Dossier{Vendor: vendor, App: listing.App{ContactIDs: []string{"b"}}})
	if got := one.Text("vendor.contacts"); got != "联系人乙 2" {
		t.Errorf("one: %q", got)
	}
}

func TestAddressChanged(t *testing.T) {
	c := catalogue(t)
	if got := c.Address("ADDR-5.宁波", map[string]string{"ADDR-5.宁波": "http://127.0.0.1:1/"}); got == nil || got.URL != "http://127.0.0.1:1/" {
		t.Errorf("got %+v", got)
	}
	for _, region := range c.Lists["regions"] {
		if c.Address("ADDR-5."+region, nil) == nil {
			t.Errorf("no hosting address slot for %s", region)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"fields.yaml", "forms.yaml", "options.yaml", "slots.yaml", "addresses.yaml"} {
		body, err := os.ReadFile("data/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, body)
	}
	f.Add("fields.yaml", []byte("version: 1\nfields: [{key: a}, {key: a}]"))
	f.Fuzz(func(t *testing.T, changed string, body []byte) {
		c, err := load(func(name string) ([]byte, error) {
			if name == changed {
				return body, nil
			}
			return embedded.ReadFile("data/" + name)
		})
		if err != nil {
			if _, ok := json.Marshal(listing.AsError(err)); ok != nil {
				t.Fatal("error does not marshal")
			}
			return
		}
		c.ValuesOf(Dossier{}).Snapshot()
	})
}
