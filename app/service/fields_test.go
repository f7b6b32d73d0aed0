package service_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/forms"
	"shangjiatong/app/listing"
	"shangjiatong/app/service"
)

func encode(piece []byte) string { return base64.StdEncoding.EncodeToString(piece) }

// A draft saves whatever it holds; only the spaces, labels and full-width characters that pasting brings are tidied.
func TestDraftsSaveWhateverTheyHold(t *testing.T) {
	long := strings.Repeat("很长的说明。", 5000)
	for _, tc := range []struct{ name, key, typed, stored string }{
		{"text", "identifier", "sldb_demo", "sldb_demo"},
		{"text that breaks RULE-3", "identifier", "信访登记", "信访登记"},
		{"text with a label", "identifier", "应用标识：sldb_demo", "sldb_demo"},
		{"text in full width", "identifier", "ｓｌｄｂ＿ｄｅｍｏ", "sldb_demo"},
		{"text with spaces inside", "identifier", "sl db", "sl db"},
		{"text emptied", "identifier", "", ""},
		{"text of spaces", "identifier", " \t　", ""},
		{"text with markup", "component_name", "<b>&\"'</b>", "<b>&\"'</b>"},
		{"text over its maximum", "component_name", "十个字放不下的应用名称很长", "十个字放不下的应用名称很长"},
		{"Chinese full width stays", "test_data", "（５条）", "（５条）"},
		{"long", "description", long, long},
		{"long with lines", "description", "第一行\n第二行", "第一行\n第二行"},
		{"one of a list", "level", "市级", "市级"},
		{"one outside its list", "level", "镇级", "镇级"},
		{"yesno", "login_free", "是", "是"},
		{"yesno with another word", "login_free", "也许", "也许"},
		{"many", "networks", "政务外网|互联网", "政务外网|互联网"},
		{"many with a foreign word", "networks", "月球网", "月球网"},
		{"many with empty entries", "networks", "|互联网| ", "互联网"},
		{"many emptied", "networks", "", ""},
		{"ips", "egress_ips", "1.2.3.4|1.2.3.5", "1.2.3.4|1.2.3.5"},
		{"ips pasted as one", "egress_ips", "1.2.3.4, 1.2.3.5；1.2.3.6\n1.2.3.7", "1.2.3.4|1.2.3.5|1.2.3.6|1.2.3.7"},
		{"ips in full width", "egress_ips", "１．２．３．４", "1.2.3.4"},
		{"no ip at all", "egress_ips", "不知道", "不知道"},
		{"url", "health_url", " https://a.example.com/x ", "https://a.example.com/x"},
		{"no url", "health_url", "没有", "没有"},
		{"urls pasted as one", "api_bases", "https://a.example.com https://b.example.com", "https://a.example.com|https://b.example.com"},
		{"relative url", "api_bases", "/api", "/api"},
		{"phone", "responsible_phone", "138 0000 0001", "138 0000 0001"},
		{"phone in full width", "responsible_phone", "１３８０００００００１", "13800000001"},
		{"phone with letters", "responsible_phone", "打分机", "打分机"},
		{"control characters", "test_account", "a\x00b\x1b", "a\x00b\x1b"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := openDesk(t)
			a := d.app("示例督办", listing.KindH5)
			saved := d.set(a.ID, tc.key+"="+tc.typed)
			want := []string{}
			if tc.stored != "" {
				want = strings.Split(tc.stored, "|")
			}
			if !slices.Equal(saved.Values[0].Values, want) {
				t.Errorf("stored %q, want %q", saved.Values[0].Values, want)
			}
			again := values(t, d.view(a.ID).App, "app."+tc.key)
			if !slices.Equal(again, want) {
				t.Errorf("read back %q, want %q", again, want)
			}
		})
	}
}

func values(t *testing.T, a listing.App, key string) []string {
	t.Helper()
	c, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{}, c.ValuesOf(forms.Dossier{App: a}).Raw(key)...)
}

// Every field a person can type is stored under its key and read back, so that no key of the catalogue leads nowhere.
func TestEveryFieldIsStored(t *testing.T) {
	c, err := forms.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t)
	a := d.app("示例督办", listing.KindMiniPC)
	for _, f := range c.Fields {
		given := service.FieldValue{Key: f.Key, Values: []string{"试填"}}
		if f.Key == "app.kind" {
			given.Values = []string{"H5"}
		}
		var err error
		switch {
		case f.Type == forms.Sealed || f.Type == forms.File || strings.HasPrefix(f.Key, "vendor."):
			_, err = d.Apps.Set(d.ctx, a.ID, []service.FieldValue{given})
			wants(t, err, listing.CodeInvalid, f.Key)
			continue
		case strings.HasPrefix(f.Key, "unit."):
			_, err = d.Units.Set(d.ctx, []service.FieldValue{given})
		default:
			_, err = d.Apps.Set(d.ctx, a.ID, []service.FieldValue{given})
		}
		if err != nil {
			t.Errorf("%s: %v", f.Key, err)
			continue
		}
		v := d.view(a.ID)
		if got := c.ValuesOf(forms.Dossier{App: v.App, Unit: v.Unit}).Raw(f.Key); !slices.Equal(got, given.Values) {
			t.Errorf("%s: read back %q", f.Key, got)
		}
	}
}

func TestUnknownKeysAreRefused(t *testing.T) {
	for _, key := range []string{"app.nonsense", "app.", "identifier", "app.id", "app.archived", "app.created_at", "app.attachments", "app.pages",
		"app.test_password", "app.app_secret", "app.plan", "unit.name", "vendor.name", "", "app.name.first"} {
		t.Run(key, func(t *testing.T) {
			d := openDesk(t)
			a := d.app("示例督办", listing.KindH5)
			before := d.view(a.ID)
			values := append(fields("app.", "identifier=sldb_demo"), service.FieldValue{Key: key, Values: []string{"x"}})
			_, err := d.Apps.Set(d.ctx, a.ID, values)
			wants(t, err, listing.CodeInvalid)
			if got := listing.AsError(err).Field; got != key {
				t.Errorf("field %q", got)
			}
			if after := d.view(a.ID); after.App.Identifier != "" || after.App.UpdatedAt != before.App.UpdatedAt {
				t.Error("half of a refused draft was stored")
			}
		})
	}
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	_, err := d.Apps.Set(d.ctx, a.ID, fields("app.", "identifier=a|b"))
	wants(t, err, listing.CodeInvalid, "应用标识")
}

func TestDraftThatChangesNothingLeavesNoTrace(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	d.set(a.ID, "identifier=sldb_demo")
	lines, when := len(d.journal(a.ID)), d.view(a.ID).App.UpdatedAt
	d.now = d.now.AddDate(0, 0, 1)
	d.set(a.ID, "identifier= sldb_demo ")
	if got := len(d.journal(a.ID)); got != lines {
		t.Errorf("%d lines more in the journal", got-lines)
	}
	if got := d.view(a.ID).App.UpdatedAt; got != when {
		t.Errorf("changed at %s, although nothing changed since %s", got, when)
	}
}

// Two changes within one second are two entries of the journal.
func TestChangesOfOneSecondAreBothNoted(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	d.set(a.ID, "identifier=a")
	d.set(a.ID, "identifier=b")
	d.set(a.ID, "identifier=a")
	if got := d.journal(a.ID); len(got) != 4 {
		t.Errorf("journal: %v", got)
	}
}

// The JSON of an app says [] and {} where nothing is: pages and scripts count on lists.
func TestAppsHoldNoNulls(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	added, err := d.Apps.Add(d.ctx, listing.App{Name: "示例巡查", Kind: listing.KindMini})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{a.ID, added.ID} {
		v := d.view(id)
		raw, err := json.Marshal(v.App)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "null") {
			t.Errorf("%s", raw)
		}
	}
	u, err := d.Units.Get(d.ctx)
	raw, err2 := json.Marshal(u)
	if err != nil || err2 != nil || strings.Contains(string(raw), "null") {
		t.Errorf("%s %v %v", raw, err, err2)
	}
}
