package vault_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"

	"shangjiatong/app/listing"
	"shangjiatong/app/vault"
)

// parts returns the wrapped key and the encrypted secrets of a vault file.
func parts(t *testing.T, path string) (wrapped, body []byte) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrapped, body, err = vault.Unframe(raw)
	if err != nil {
		t.Fatal(err)
	}
	return wrapped, body
}

// Each use of the passphrase costs a second, so an open vault must do without it: also for a second secret, and for
// what another process wrote.
func TestOpenVaultNeedsThePassphraseNoMore(t *testing.T) {
	dir, path := filled(t)
	wrapped, body := parts(t, path)
	one, two := openFile(t, dir, passphrase), openFile(t, dir, passphrase)
	vault.Forget(one)
	vault.Forget(two)
	err := errors.Join(one.Put(t.Context(), "one", []byte("x")), two.Put(t.Context(), "two", []byte("x")),
		one.Delete(t.Context(), "app/secret"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Get(t.Context(), "two"); err != nil {
		t.Error(err)
	}
	if _, err := two.Get(t.Context(), "app/secret"); listing.CodeOf(err) != listing.CodeNotFound {
		t.Errorf("deleted: %v", err)
	}
	wrappedNow, bodyNow := parts(t, path)
	if !bytes.Equal(wrapped, wrappedNow) || bytes.Equal(body, bodyNow) {
		t.Error("the key must stay and the secrets be encrypted anew")
	}
}

// A file that was moved away is followed by one with a key of its own; the old one coming back is unlocked again.
func TestAnotherFileHasAnotherKey(t *testing.T) {
	dir, path := filled(t)
	v := openFile(t, dir, passphrase)
	old, _ := parts(t, path)
	if err := os.Rename(path, path+"-old"); err != nil {
		t.Fatal(err)
	}
	if err := v.Put(t.Context(), "n", []byte(secret)); err != nil {
		t.Fatal(err)
	}
	if now, _ := parts(t, path); bytes.Equal(old, now) {
		t.Error("the new file has the key of the old one")
	}
	if err := os.Rename(path+"-old", path); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Get(t.Context(), "app/secret"); err != nil || string(got) != secret {
		t.Errorf("%q %v", got, err)
	}
	if err := os.WriteFile(path, sealed(t, "another passphrase"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := v.Put(t.Context(), "n", []byte("x")); listing.CodeOf(err) != listing.CodeInvalid {
		t.Errorf("a file under another passphrase: %v", err)
	}
}

func sealed(t *testing.T, pass string) []byte {
	t.Helper()
	raw, err := vault.SealBytes(map[string][]byte{"a": []byte("b")}, pass)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// What the package comment tells to do with sed and age, done with age's library.
func TestRescueWithoutThisProgram(t *testing.T) {
	_, path := filled(t)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(raw), "\n")
	end := 1
	for !strings.HasPrefix(lines[end], "-----END") {
		end++
	}
	keyAge, secretsAge := strings.Join(lines[1:end+1], ""), strings.Join(lines[end+1:], "")
	door, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := age.ParseIdentities(bytes.NewReader(ageOpens(t, keyAge, door)))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(ageOpens(t, secretsAge, keys...)); !strings.Contains(got, `"app/secret":"c2FtcGxl`) {
		t.Errorf("rescued %q", got)
	}
}

func ageOpens(t *testing.T, text string, with ...age.Identity) []byte {
	t.Helper()
	r, err := age.Decrypt(armor.NewReader(strings.NewReader(text)), with...)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestForeignWorkFactorIsNotComputed(t *testing.T) {
	raw, err := vault.SealPlain([]byte(`{"schema":1}`), passphrase, vault.TestFactor+1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := vault.OpenBytes(raw, passphrase); listing.CodeOf(err) != listing.CodeDamaged {
		t.Errorf("%v", err)
	}
}

// 17 is the least that the usual guides still call sound.
func TestWorkFactorIsSound(t *testing.T) {
	if vault.WorkFactor < 17 {
		t.Errorf("work factor %d", vault.WorkFactor)
	}
}

func TestTheProductUsesItsWorkFactor(t *testing.T) {
	dir := t.TempDir()
	ask := func() ([]byte, error) { return []byte(passphrase), nil }
	v, err := vault.Open(t.Context(), vault.Options{Dir: dir, ForceFile: true, Passphrase: ask})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Put(t.Context(), "n", []byte(secret)); err != nil {
		t.Fatal(err)
	}
	wrapped, _ := parts(t, filepath.Join(dir, vault.FileName))
	head, err := io.ReadAll(io.LimitReader(armor.NewReader(bytes.NewReader(wrapped)), 80))
	if err != nil {
		t.Fatal(err)
	}
	stanza := strings.Split(string(head), "\n")[1] // "-> scrypt SALT FACTOR"
	if !strings.HasPrefix(stanza, "-> scrypt ") || !strings.HasSuffix(stanza, fmt.Sprint(" ", vault.WorkFactor)) {
		t.Errorf("the key is wrapped by %q", stanza)
	}
}

func TestKeysThatNoVaultMakes(t *testing.T) {
	for name, plain := range map[string]string{
		"empty":     "",
		"no key":    secret,
		"malformed": "AGE-SECRET-KEY-1" + strings.ToUpper(secret),
		"long":      strings.Repeat("A", 5000),
	} {
		raw, err := vault.WrapPlain([]byte(plain), passphrase)
		if err != nil {
			t.Fatal(err)
		}
		_, err = vault.OpenBytes(raw, passphrase)
		if listing.CodeOf(err) != listing.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
		quiet(t, err)
	}
}

// The two halves of different files do not make one, whatever the passphrase.
func TestSecretsOfAnotherKey(t *testing.T) {
	wrapped, body, err := vault.Unframe(sealed(t, passphrase))
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := vault.Unframe(sealed(t, passphrase))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"other": other, "none": nil, "twice": append(bytes.Clone(body), body...)} {
		if _, err := vault.OpenBytes(vault.Frame(wrapped, body), passphrase); listing.CodeOf(err) != listing.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
}
