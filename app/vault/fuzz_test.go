package vault_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/vault"
)

func TestSealAndOpen(t *testing.T) {
	got, err := vault.OpenBytes(sealed(t, passphrase), passphrase)
	if err != nil || string(got["a"]) != "b" || len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
}

// testdata/v1.vault was written once and is kept: what was ever written stays readable.
func TestKeptFile(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "v1.vault"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := vault.OpenBytes(raw, "p")
	if err != nil || string(got["a"]) != "b" || len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
}

// Depths at which the fuzzer's bytes stand in for a part of the file.
const (
	wholeFile  = iota
	afterSum   // both age files, under a checksum that fits
	wrappedKey // the first one
	sealedBody // the second one, after a good key
	plainKey   // what the first one holds
	plainBody  // what the second one holds
	everyDepth
)

// at makes a vault file of the fuzzer's bytes.
func at(t *testing.T, depth uint8, raw []byte) []byte {
	t.Helper()
	wrapped, body, err := vault.Unframe(sealed(t, "p"))
	if err != nil {
		t.Fatal(err)
	}
	switch depth % everyDepth {
	case afterSum:
		raw = vault.Frame(raw, nil)
	case wrappedKey:
		raw = vault.Frame(raw, body)
	case sealedBody:
		raw = vault.Frame(wrapped, raw)
	case plainKey:
		raw, err = vault.WrapPlain(raw, "p")
	case plainBody:
		raw, err = vault.SealPlain(raw, "p", vault.TestFactor)
	}
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func FuzzVaultFile(f *testing.F) {
	good, err := os.ReadFile(filepath.Join("testdata", "v1.vault"))
	if err != nil {
		f.Fatal(err)
	}
	_, both, _ := bytes.Cut(good, []byte("\n"))
	seeds := [][]byte{good, both, good[:40], {}, []byte("shangjiatong-vault/1 sha256:\n"), []byte("shangjiatong-vault/9 x\n")}
	for _, plain := range []string{
		`{"schema":1,"secrets":{"a":"Yg=="}}`, `{"schema":1}`, `null`, `{"schema":1,"secrets":{"":""}}`,
		"-----BEGIN AGE ENCRYPTED FILE-----\n\n-----END AGE ENCRYPTED FILE-----\n", "AGE-SECRET-KEY-1",
	} {
		seeds = append(seeds, []byte(plain))
	}
	for _, seed := range seeds {
		for depth := range uint8(everyDepth) {
			f.Add(seed, depth)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, depth uint8) {
		secrets, err := vault.OpenBytes(at(t, depth, raw), "p")
		if err != nil {
			if code := listing.CodeOf(err); code != listing.CodeDamaged && code != listing.CodeInvalid {
				t.Errorf("code %s: %v", code, err)
			}
			return
		}
		again, err := vault.SealBytes(secrets, "p")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := vault.OpenBytes(again, "p"); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}
