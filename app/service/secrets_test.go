package service_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/vault"
)

const password = "Zhen-De-Mi-Ma-7391"

// A secret stands in no file of the data folder, neither in the database nor in the journal nor in a snapshot.
func TestSecretsNeverReachTheStore(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	d.set(a.ID, "test_account=ceshi_demo")
	for key, text := range map[string]string{"app.test_password": password, "app.app_secret": "Ying-Yong-Mi-Yao-5512"} {
		if _, err := d.Apps.SetSecret(d.ctx, a.ID, key, text); err != nil {
			t.Fatal(err)
		}
		if got, err := d.Apps.RevealSecret(d.ctx, a.ID, key); err != nil || got != text {
			t.Fatalf("%s: %q, %v", key, got, err)
		}
	}
	if _, err := d.Snapshots.Take(d.ctx, ""); err != nil {
		t.Fatal(err)
	}
	if found := d.holds("ceshi_demo"); !slices.Contains(found, "shangjiatong.db") {
		t.Fatalf("the search does not see what is stored: %v", found)
	}
	for _, secret := range []string{password, "Ying-Yong-Mi-Yao-5512"} {
		if found := d.holds(secret); len(found) > 0 {
			t.Errorf("the secret stands in %v", found)
		}
	}
	for _, line := range d.lines(a.ID) {
		for _, c := range line.Changes {
			if strings.Contains(c.Before+c.After, password) {
				t.Errorf("line %d of the journal shows it", line.Seq)
			}
		}
	}
	v := d.view(a.ID)
	if v.App.TestPassword == "" || strings.Contains(string(v.App.TestPassword), password) {
		t.Errorf("the reference is %q", v.App.TestPassword)
	}
}

func (d *desk) lines(appID string) []service.JournalLine {
	d.t.Helper()
	page, err := d.Journal.List(d.ctx, service.JournalRequest{AppID: appID, Limit: 500})
	if err != nil {
		d.t.Fatal(err)
	}
	return page.Lines
}

// Each look at a secret is noted, also several within one second.
func TestRevealIsJournalled(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	for _, text := range []string{"first", password} { // replaced: the reference stays the same, and yet it is noted
		if _, err := d.Apps.SetSecret(d.ctx, a.ID, "app.test_password", text); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if got, err := d.Apps.RevealSecret(d.ctx, a.ID, "app.test_password"); err != nil || got != password {
			t.Fatalf("%q, %v", got, err)
		}
	}
	want := []string{"查看测试密码", "查看测试密码", "更新测试密码", "更新测试密码", "新建应用"}
	if got := d.journal(a.ID); !slices.Equal(got, want) {
		t.Errorf("journal %v, want %v", got, want)
	}
	if line := d.lines(a.ID)[0]; line.By != "联系人甲" || len(line.Changes) > 0 {
		t.Errorf("%+v", line)
	}
}

func TestSecretIsRemovedByAnEmptyText(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	for _, text := range []string{password, " ", ""} {
		if _, err := d.Apps.SetSecret(d.ctx, a.ID, "app.test_password", text); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.view(a.ID).App.TestPassword; got != "" {
		t.Errorf("still %q", got)
	}
	_, err := d.Apps.RevealSecret(d.ctx, a.ID, "app.test_password")
	wants(t, err, listing.CodeNotFound, "测试密码")
}

func TestSecretRefusals(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	for _, key := range []string{"app.identifier", "test_password", "", "app.nonsense"} {
		_, err := d.Apps.SetSecret(d.ctx, a.ID, key, "x")
		wants(t, err, listing.CodeInvalid)
		_, err = d.Apps.RevealSecret(d.ctx, a.ID, key)
		wants(t, err, listing.CodeInvalid)
	}
	_, err := d.Apps.SetSecret(d.ctx, "没有", "app.test_password", "x")
	wants(t, err, listing.CodeNotFound)
	_, err = d.Apps.SetSecret(d.ctx, a.ID, "app.test_password", strings.Repeat("x", vault.MaxSecret+1))
	wants(t, err, listing.CodeTooLarge)
	if got := d.view(a.ID).App.TestPassword; got != "" {
		t.Errorf("the store thinks there is one: %q", got)
	}
}

// shut is a vault that no longer answers.
type shut struct{ vault.Vault }

func (shut) Put(context.Context, string, []byte) error {
	return listing.Fail(listing.CodeMissingTool, "没有密钥环", "请用 --passphrase-file")
}

func TestSecretThatIsNotKeptIsNotNoted(t *testing.T) {
	d := openDesk(t)
	a := d.app("示例督办", listing.KindH5)
	d.vault = shut{}
	_, err := d.Apps.SetSecret(d.ctx, a.ID, "app.test_password", password)
	wants(t, err, listing.CodeMissingTool)
	if got := d.view(a.ID).App.TestPassword; got != "" {
		t.Errorf("the store thinks there is one: %q", got)
	}
}
