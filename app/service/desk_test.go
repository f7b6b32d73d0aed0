package service_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/service"
	"shangjiatong/app/vault"
	"shangjiatong/app/vault/vaulttest"
	"shangjiatong/store"
)

// desk is the services over a real store in a temporary folder, on a clock that stands still unless it is set.
type desk struct {
	*service.Services
	t       testing.TB
	ctx     context.Context
	dir     string
	now     time.Time
	vault   vault.Vault
	sent    []string // addresses handed to the browser
	browser string   // prints PDF; empty for none
	place   *service.Workplace
	portal  *fakePortal
}

// monday is the fixed day of the tests: 2026-03-02, a working day.
const monday = "2026-03-02T09:00:00+08:00"

func at(t testing.TB, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// emptyDesk is a data folder that never had a store.
func emptyDesk(t testing.TB) *desk {
	t.Helper()
	return deskIn(t, t.TempDir())
}

func deskIn(t testing.TB, dir string) *desk {
	t.Helper()
	d := &desk{t: t, ctx: t.Context(), dir: dir, now: at(t, monday), vault: &vaulttest.Memory{}, portal: &fakePortal{}}
	clock := func() time.Time { return d.now }
	d.place = service.NewWorkplace(store.Options{Dir: dir, Clock: clock})
	t.Cleanup(func() {
		if err := d.place.Close(); err != nil {
			t.Error(err)
		}
	})
	var err error
	d.Services, err = service.New(service.Environment{
		Workplace: d.place, Version: "0.0.0", Face: "command", DataDir: dir, Clock: clock,
		Vault:  func(context.Context) (vault.Vault, error) { return d.vault, nil },
		Portal: d.portal, Poll: time.Millisecond,
		Browse: func(url string) error { d.sent = append(d.sent, url); return nil },
		Browser: func() (string, error) {
			if d.browser != "" {
				return d.browser, nil
			}
			return "", listing.Fail(listing.CodeMissingTool, "没有浏览器", "测试里不用浏览器")
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// openDesk is a data folder after the first run.
func openDesk(t testing.TB) *desk {
	t.Helper()
	d := emptyDesk(t)
	_, err := d.System.Start(d.ctx, service.StartRequest{UnitName: "示例市数据中心", ProcessRegion: "杭州", Region: "示例市", Role: listing.RoleOwner, Operator: "联系人甲"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sampleDesk is a data folder with the sample unit. The sample is loaded once and copied for each test.
func sampleDesk(t testing.TB) *desk {
	t.Helper()
	from, err := loadedSample()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	d := deskIn(t, dir)
	if err := d.place.Open(d.ctx); err != nil {
		t.Fatal(err)
	}
	d.know()
	return d
}

// testPassword is that of every test account of the sample.
const testPassword = "示例密码-仅供演示"

// know puts the passwords of the sample into the vault, which is not part of the folder.
func (d *desk) know() {
	d.t.Helper()
	rows, err := d.Apps.List(d.ctx, false)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range rows {
		if ref := d.view(r.ID).App.TestPassword; ref != "" {
			if err := d.vault.Put(d.ctx, string(ref), []byte(testPassword)); err != nil {
				d.t.Fatal(err)
			}
		}
	}
}

// sampleFolder is where TestMain lets the sample be loaded.
const sampleFolder = "SHANGJIATONG_TEST_SAMPLE"

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "shangjiatong-service-")
	if err == nil {
		err = os.Setenv(sampleFolder, dir)
	}
	code := 1
	if err == nil {
		code = m.Run()
	}
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

var loadedSample = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(os.Getenv(sampleFolder), "sample")
	moment, err := time.Parse(time.RFC3339, monday)
	if err != nil {
		return "", err
	}
	clock := func() time.Time { return moment }
	place := service.NewWorkplace(store.Options{Dir: dir, Clock: clock})
	services, err := service.New(service.Environment{Workplace: place, DataDir: dir, Clock: clock,
		Vault: func(context.Context) (vault.Vault, error) { return &vaulttest.Memory{}, nil }})
	if err != nil {
		return "", err
	}
	_, err = services.System.LoadSample(context.Background())
	return dir, errors.Join(err, place.Close())
})

func (d *desk) app(name string, kind listing.AppKind) listing.App {
	d.t.Helper()
	a, err := d.Apps.Create(d.ctx, service.NewApp{Name: name, Kind: kind})
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

func (d *desk) view(given string) service.AppView {
	d.t.Helper()
	v, err := d.Apps.View(d.ctx, given)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

// set stores key=value pairs of an app; a value may hold several entries, parted by "|".
func (d *desk) set(id string, pairs ...string) service.Saved {
	d.t.Helper()
	saved, err := d.Apps.Set(d.ctx, id, fields("app.", pairs...))
	if err != nil {
		d.t.Fatal(err)
	}
	return saved
}

func fields(prefix string, pairs ...string) []service.FieldValue {
	var out []service.FieldValue
	for _, p := range pairs {
		key, value, _ := strings.Cut(p, "=")
		out = append(out, service.FieldValue{Key: prefix + key, Values: strings.Split(value, "|")})
	}
	return out
}

// file writes a file beside the data folder and returns its path.
func (d *desk) file(name string, body []byte) string {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// upload sends a file in pieces and returns its token.
func (d *desk) upload(name string, body []byte) string {
	d.t.Helper()
	token, err := d.Files.Begin(d.ctx, name, int64(len(body)))
	if err != nil {
		d.t.Fatal(err)
	}
	for piece := range slices.Chunk(body, 7000) {
		if _, err := d.Files.Append(d.ctx, token, encode(piece)); err != nil {
			d.t.Fatal(err)
		}
	}
	return token
}

// journal returns what was done, the newest first.
func (d *desk) journal(appID string) []string {
	d.t.Helper()
	page, err := d.Journal.List(d.ctx, service.JournalRequest{AppID: appID, Limit: 500})
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, l := range page.Lines {
		out = append(out, l.What)
	}
	return out
}

// holds reports which files of the data folder contain a text.
func (d *desk) holds(text string) []string {
	d.t.Helper()
	var out []string
	err := filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if bytes.Contains(body, []byte(text)) {
			out = append(out, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// wants checks that err is an error for people: it has the code, and message and hint hold the words.
func wants(t testing.TB, err error, code listing.Code, words ...string) {
	t.Helper()
	if got := listing.CodeOf(err); got != code {
		t.Fatalf("code %q, want %q: %v", got, code, err)
	}
	if err == nil {
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the message does not say %q: %s", w, err)
		}
	}
	if e := listing.AsError(err); code != listing.CodeCanceled && e.Hint == "" {
		t.Errorf("no way out is given: %s", e.Message)
	}
}
