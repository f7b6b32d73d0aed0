//go:build secretservice

package vault_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"shangjiatong/app/listing"
	"shangjiatong/app/vault"
	"shangjiatong/app/vault/vaulttest"
)

// These tests talk to a real Secret Service, gnome-keyring, on a session bus of their own and in a home of their own:
//
//	go test -tags secretservice -run SecretService ./app/vault/
//
// They fail, and do not skip, where dbus-run-session or gnome-keyring-daemon is missing (apt: dbus, gnome-keyring).

const (
	onBus       = "SHANGJIATONG_TEST_BUS" // set in the process that runs on its own bus
	loginPhrase = "login-keyring-of-the-test"
)

// onOwnBus runs the test again in a child process under dbus-run-session and is true in that child.
func onOwnBus(t *testing.T) bool {
	t.Helper()
	if os.Getenv(onBus) == t.Name() {
		return true
	}
	for _, tool := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is missing; install the packages dbus and gnome-keyring: %v", tool, err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, "dbus-run-session", "--", self, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(homeOf(t), onBus+"="+t.Name())
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()+" ") {
		t.Fatalf("on its own bus: %v", err)
	}
	return false
}

// homeOf returns the environment without what would lead to the keyring of the person running the tests.
func homeOf(t *testing.T) []string {
	t.Helper()
	home := t.TempDir()
	for _, dir := range []string{"run", "data", "config", "cache"} {
		if err := os.Mkdir(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_RUNTIME_DIR=" + home + "/run", "XDG_DATA_HOME=" + home + "/data",
		"XDG_CONFIG_HOME=" + home + "/config", "XDG_CACHE_HOME=" + home + "/cache", "GORACE=" + os.Getenv("GORACE"),
	}
}

// unlock starts gnome-keyring with an unlocked login keyring. It ends when the bus does.
func unlock(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, "gnome-keyring-daemon", "--unlock", "--components=secrets")
	cmd.Stdin = strings.NewReader(loginPhrase)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("gnome-keyring-daemon: %v\n%s", err, out)
	}
	for end := time.Now().Add(10 * time.Second); !vault.KeyringAnswers(t.Context()); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the keyring was unlocked and does not answer")
		}
	}
}

func TestSecretServiceConforms(t *testing.T) {
	if !onOwnBus(t) {
		return
	}
	unlock(t)
	var places atomic.Int32
	vaulttest.Run(t, func(*testing.T) func(*testing.T) vault.Vault {
		scope := fmt.Sprint("scope", places.Add(1))
		return func(*testing.T) vault.Vault { return vault.NewKeyring(scope) }
	})
}

func TestSecretServiceIsChosenByOpen(t *testing.T) {
	if !onOwnBus(t) {
		return
	}
	unlock(t)
	dir := t.TempDir()
	o := vault.Options{Dir: dir, Scope: "store-1", Passphrase: func() ([]byte, error) {
		t.Error("a passphrase was asked for although the keyring answers")
		return nil, nil
	}}
	v, err := vault.Open(t.Context(), o)
	if err != nil || v.Kind() != vault.KindKeyring {
		t.Fatalf("%v %v", v, err)
	}
	if err := v.Put(t.Context(), "n", []byte(secret)); err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("the keyring vault left %v in the data folder", entries)
	}
	if v, err = vault.Open(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Get(t.Context(), "n"); err != nil || string(got) != secret {
		t.Errorf("after a new start: %q %v", got, err)
	}
	o.Passphrase, o.ForceFile = func() ([]byte, error) { return []byte(passphrase), nil }, true
	if v, err = vault.OpenCheap(t.Context(), o); err != nil || v.Kind() != vault.KindFile {
		t.Errorf("forced: %v %v", v, err)
	}
}

// A bus on which the service starts by itself, as on a server, where no keyring was ever made: Open must not choose it.
func TestSecretServiceWithoutKeyringIsNotChosen(t *testing.T) {
	if !onOwnBus(t) {
		return
	}
	began := time.Now()
	v, err := vault.Open(t.Context(), vault.Options{Dir: t.TempDir()})
	if listing.CodeOf(err) != listing.CodeMissingTool {
		t.Errorf("%v %v", v, err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("took %s", took)
	}
}

func TestSecretServiceLocked(t *testing.T) {
	if !onOwnBus(t) {
		return
	}
	unlock(t)
	v := vault.NewKeyring("")
	if err := v.Put(t.Context(), "n", []byte(secret)); err != nil {
		t.Fatal(err)
	}
	bus, err := dbus.SessionBus()
	if err != nil {
		t.Fatal(err)
	}
	login := []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}
	if err := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").Call("org.freedesktop.Secret.Service.Lock", 0, login).Err; err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Second)
	defer stop()
	_, err = v.Get(ctx, "n") // nobody is there to answer the dialog
	if code := listing.CodeOf(err); code != listing.CodeMissingTool && code != listing.CodeCanceled {
		t.Errorf("locked: %v", err)
	}
	t.Logf("locked keyring: %v", err)
}

func TestSecretServiceWithoutABus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if vault.KeyringAnswers(t.Context()) {
		t.Error("there is no bus, and the keyring answers")
	}
}
