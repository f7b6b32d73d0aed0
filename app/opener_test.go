package app

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"shangjiatong/app/cli"
	"shangjiatong/app/listing"
	"shangjiatong/app/vault"
)

// The vault is unlocked once for all who ask, and an error does not stick.
func TestOpenerKeepsTheVaultAndNoError(t *testing.T) {
	dir := t.TempDir()
	phrase := filepath.Join(dir, "phrase.txt")
	open := opener(dir, cli.Opening{FileVault: true, PassphraseFile: phrase})
	if v, err := open(t.Context()); v != nil || listing.CodeOf(err) != listing.CodeUnreadable {
		t.Fatalf("without a passphrase: %v %v", v, err)
	}
	if err := os.WriteFile(phrase, []byte("not-a-real-one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	got := make([]vault.Vault, 8)
	for i := range got {
		all.Go(func() {
			v, err := open(t.Context())
			if err != nil {
				t.Error(err)
			}
			got[i] = v
		})
	}
	all.Wait()
	for _, v := range got {
		if v == nil || v != got[0] {
			t.Errorf("opened %v, want the one kept vault", v)
		}
	}
	if err := os.Remove(phrase); err != nil {
		t.Fatal(err)
	}
	if v, err := open(t.Context()); err != nil || v != got[0] {
		t.Errorf("asked for the passphrase again: %v", err)
	}
}

func TestOpenersOfTwoFoldersAreApart(t *testing.T) {
	phrase := filepath.Join(t.TempDir(), "phrase.txt")
	if err := os.WriteFile(phrase, []byte("not-a-real-one"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := cli.Opening{FileVault: true, PassphraseFile: phrase}
	one, err := opener(t.TempDir(), o)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	two, err := opener(t.TempDir(), o)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if one == two {
		t.Error("two data folders share a vault")
	}
}
