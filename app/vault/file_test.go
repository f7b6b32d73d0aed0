package vault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/vault"
	"shangjiatong/app/vault/vaulttest"
)

const (
	passphrase = "示例口令-not-a-real-one"
	secret     = "sample-secret-0123456789"
)

func openFile(t *testing.T, dir, pass string) vault.Vault {
	t.Helper()
	v, err := vault.OpenFile(t.Context(), dir, pass)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func filled(t *testing.T) (dir, path string) {
	t.Helper()
	dir = t.TempDir()
	if err := openFile(t, dir, passphrase).Put(t.Context(), "app/secret", []byte(secret)); err != nil {
		t.Fatal(err)
	}
	return dir, filepath.Join(dir, vault.FileName)
}

// quiet fails when the error, or anything it wraps, shows a secret or the passphrase.
func quiet(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		text := fmt.Sprintf("%v %+v %#v", e, e, e)
		if strings.Contains(text, secret) || strings.Contains(text, passphrase) {
			t.Errorf("the error shows a secret: %s", text)
		}
	}
}

func TestFileConforms(t *testing.T) {
	vaulttest.Run(t, func(t *testing.T) func(*testing.T) vault.Vault {
		dir := t.TempDir()
		return func(t *testing.T) vault.Vault { return openFile(t, dir, passphrase) }
	})
}

func TestFileIsPrivateEncryptedAndAlone(t *testing.T) {
	dir, path := filled(t)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode())
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(raw, []byte(secret)) || bytes.Contains(raw, []byte("app/secret")) {
		t.Error("the file shows a secret or its name")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, want the vault file only", entries)
	}
}

func TestPrintingTheVaultShowsNoSecret(t *testing.T) {
	dir, _ := filled(t)
	quiet(t, fmt.Errorf("%v %+v %#v", openFile(t, dir, passphrase), openFile(t, dir, passphrase), openFile(t, dir, passphrase)))
}

func TestOpeningAndReadingCreateNothing(t *testing.T) {
	dir := t.TempDir()
	v := openFile(t, dir, passphrase)
	_, err := v.Get(t.Context(), "n")
	if listing.CodeOf(err) != listing.CodeNotFound {
		t.Error(err)
	}
	if err := v.Delete(t.Context(), "n"); err != nil {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("made %v", entries)
	}
}

func TestWrongPassphrase(t *testing.T) {
	dir, path := filled(t)
	before, _ := os.ReadFile(path)
	for _, pass := range []string{"", "wrong", passphrase + " "} {
		_, err := vault.OpenFile(t.Context(), dir, pass)
		e := listing.AsError(err)
		if e == nil || e.Code != listing.CodeInvalid || e.Field != "passphrase" || !strings.Contains(e.Message, "口令") {
			t.Errorf("%q: %#v", pass, e)
		}
		quiet(t, err)
	}
	unchanged(t, path, before)
}

func unchanged(t *testing.T, path string, before []byte) {
	t.Helper()
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed: %v", err)
	}
}

func TestDamageIsFoundAndNeverWrittenOver(t *testing.T) {
	_, path := filled(t)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damages := map[string][]byte{"empty": {}, "foreign": []byte("hello\nworld"), "newer": bytes.Replace(good, []byte("vault/1"), []byte("vault/2"), 1)}
	for i := range good {
		flipped := bytes.Clone(good)
		flipped[i] ^= 0x20
		damages[fmt.Sprintf("byte %d", i)] = flipped
	}
	for n := 1; n < len(good); n += 7 {
		damages[fmt.Sprintf("cut to %d", n)] = good[:n]
	}
	for name, raw := range damages {
		dir := t.TempDir()
		path := filepath.Join(dir, vault.FileName)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := vault.OpenFile(t.Context(), dir, passphrase)
		if listing.CodeOf(err) != listing.CodeDamaged {
			t.Errorf("%s: %v, want code damaged", name, err)
		}
		quiet(t, err)
		unchanged(t, path, raw)
	}
}

func TestDamageWhileOpen(t *testing.T) {
	for name, raw := range map[string][]byte{"empty": {}, "foreign": []byte("x")} {
		for _, start := range []string{"filled", "new"} {
			dir := t.TempDir()
			if start == "filled" {
				dir, _ = filled(t)
			}
			v := openFile(t, dir, passphrase)
			path := filepath.Join(dir, vault.FileName)
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := v.Put(t.Context(), "other", []byte("x")); listing.CodeOf(err) != listing.CodeDamaged {
				t.Errorf("%s, %s: %v", name, start, err)
			}
			unchanged(t, path, raw)
		}
	}
}

func TestContentThatNoVaultWrites(t *testing.T) {
	for name, plain := range map[string]string{
		"not JSON":       secret,
		"half":           `{"schema":1,"secrets":{"a":"` + secret,
		"unknown key":    `{"schema":1,"` + secret + `":1}`,
		"newer schema":   `{"schema":2,"secrets":{}}`,
		"no schema":      `{"secrets":{}}`,
		"trailing":       `{"schema":1}` + secret,
		"no base64":      `{"schema":1,"secrets":{"a":"` + secret + `"}}`,
		"name not valid": `{"schema":1,"secrets":{"":"YQ=="}}`,
		"empty secret":   `{"schema":1,"secrets":{"a":""}}`,
	} {
		raw, err := vault.SealPlain([]byte(plain), passphrase, vault.TestFactor)
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

func TestTwoProcessesLoseNothing(t *testing.T) {
	dir := t.TempDir()
	one, two := openFile(t, dir, passphrase), openFile(t, dir, passphrase)
	for i := range 3 {
		name := fmt.Sprint(i)
		if err := errors.Join(one.Put(t.Context(), "one"+name, []byte("x")), two.Put(t.Context(), "two"+name, []byte("x"))); err != nil {
			t.Fatal(err)
		}
	}
	v := openFile(t, dir, passphrase)
	for i := range 3 {
		for _, who := range []string{"one", "two"} {
			if _, err := v.Get(t.Context(), fmt.Sprint(who, i)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestUnwritableFolderKeepsTheOldFile(t *testing.T) {
	dir, path := filled(t)
	v := openFile(t, dir, passphrase)
	before, _ := os.ReadFile(path)
	moved := dir + "-moved"
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(moved)
	if err := os.WriteFile(dir, nil, 0o600); err != nil { // a file where the folder was
		t.Fatal(err)
	}
	code := listing.CodeOf(v.Put(t.Context(), "n", []byte(secret)))
	if code != listing.CodeUnreadable && code != listing.CodeUnwritable {
		t.Errorf("code %s", code)
	}
	unchanged(t, filepath.Join(moved, vault.FileName), before)

	gone := openFile(t, filepath.Join(t.TempDir(), "none"), passphrase)
	err := gone.Put(t.Context(), "n", []byte(secret))
	if listing.CodeOf(err) != listing.CodeUnwritable {
		t.Errorf("missing folder: %v", err)
	}
	quiet(t, err)
}

func TestAFolderInPlaceOfTheFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, vault.FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.OpenFile(t.Context(), dir, passphrase); listing.CodeOf(err) != listing.CodeUnreadable {
		t.Errorf("%v", err)
	}
}

func TestOpen(t *testing.T) {
	ask := func(text string) func() ([]byte, error) {
		return func() ([]byte, error) { return []byte(text), nil }
	}
	_, err := vault.OpenCheap(t.Context(), vault.Options{Dir: t.TempDir(), ForceFile: true})
	if e := listing.AsError(err); e == nil || e.Code != listing.CodeMissingTool || !strings.Contains(e.Hint, "--passphrase-file") {
		t.Errorf("nowhere to keep: %#v", e)
	}
	dir := t.TempDir()
	v, err := vault.OpenCheap(t.Context(), vault.Options{Dir: dir, ForceFile: true, Passphrase: ask(passphrase)})
	if err != nil || v.Kind() != vault.KindFile {
		t.Fatalf("%v %v", v, err)
	}
	if err := v.Put(t.Context(), "n", []byte(secret)); err != nil {
		t.Fatal(err)
	}
	// The file is there, so the keyring is not asked, whatever this machine has.
	if v, err = vault.OpenCheap(t.Context(), vault.Options{Dir: dir, Passphrase: ask(passphrase)}); err != nil || v.Kind() != vault.KindFile {
		t.Fatalf("%v %v", v, err)
	}
	if got, err := v.Get(t.Context(), "n"); err != nil || string(got) != secret {
		t.Errorf("%q %v", got, err)
	}
	if _, err = vault.OpenCheap(t.Context(), vault.Options{Dir: dir}); listing.CodeOf(err) != listing.CodeMissingTool {
		t.Errorf("file without passphrase: %v", err)
	}
	refusal := listing.Fail(listing.CodeCanceled, "不输入了", "")
	_, err = vault.OpenCheap(t.Context(), vault.Options{Dir: dir, Passphrase: func() ([]byte, error) { return nil, refusal }})
	if !errors.Is(err, refusal) {
		t.Errorf("the refusal to give a passphrase got lost: %v", err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err = vault.OpenCheap(ended, vault.Options{Dir: dir, Passphrase: ask(passphrase)}); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("ended context: %v", err)
	}
}

func TestPassphraseFile(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name, text, want string
		code             listing.Code
	}{
		{"plain", "abc", "abc", ""},
		{"unix line", "abc\n", "abc", ""},
		{"windows line with mark", "\xef\xbb\xbfabc\r\n", "abc", ""},
		{"spaces belong to it", " a b \n", " a b ", ""},
		{"empty", "\n", "", listing.CodeInvalid},
		{"two lines", "abc\ndef\n", "", listing.CodeInvalid},
		{"long", strings.Repeat("x", 4097), "", listing.CodeTooLarge},
	} {
		path := filepath.Join(dir, c.name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := vault.PassphraseFile(path)()
		if string(got) != c.want || listing.CodeOf(err) != c.code {
			t.Errorf("%s: %q %v", c.name, got, err)
		}
	}
	if _, err := vault.PassphraseFile(filepath.Join(dir, "none"))(); listing.CodeOf(err) != listing.CodeUnreadable {
		t.Errorf("missing: %v", err)
	}
	if _, err := vault.PassphraseFile(dir)(); listing.CodeOf(err) != listing.CodeUnreadable {
		t.Errorf("folder: %v", err)
	}
}
