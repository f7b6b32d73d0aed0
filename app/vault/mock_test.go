//go:build !secretservice

package vault_test

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/zalando/go-keyring"

	"shangjiatong/app/listing"
	"shangjiatong/app/vault"
	"shangjiatong/app/vault/vaulttest"
)

// These tests put the keyring library's own fake in place of the system's keyring, so they run everywhere; the build
// tag secretservice runs the suite against a real one instead.

func TestKeyringConforms(t *testing.T) {
	keyring.MockInit()
	var places atomic.Int32
	vaulttest.Run(t, func(*testing.T) func(*testing.T) vault.Vault {
		scope := fmt.Sprint("scope", places.Add(1))
		return func(*testing.T) vault.Vault { return vault.NewKeyring(scope) }
	})
}

func TestKeyringFailures(t *testing.T) {
	defer keyring.MockInit()
	for _, c := range []struct {
		cause error
		code  listing.Code
	}{
		{errors.New("locked"), listing.CodeMissingTool},
		{keyring.ErrSetDataTooBig, listing.CodeTooLarge},
		{keyring.ErrUnsupportedPlatform, listing.CodeMissingTool},
	} {
		keyring.MockInitWithError(c.cause)
		v := vault.NewKeyring("")
		err := v.Put(t.Context(), "n", []byte(secret))
		if listing.CodeOf(err) != c.code || !errors.Is(err, c.cause) {
			t.Errorf("Put with %v: %v", c.cause, err)
		}
		quiet(t, err)
		if _, err := v.Get(t.Context(), "n"); listing.CodeOf(err) != c.code {
			t.Errorf("Get with %v: %v", c.cause, err)
		}
		if err := v.Delete(t.Context(), "n"); listing.CodeOf(err) != c.code {
			t.Errorf("Delete with %v: %v", c.cause, err)
		}
	}
}

func TestKeyringEntryOfSomebodyElse(t *testing.T) {
	keyring.MockInit()
	if err := keyring.Set("shangjiatong", "n", secret+"?"); err != nil {
		t.Fatal(err)
	}
	_, err := vault.NewKeyring("").Get(t.Context(), "n")
	if listing.CodeOf(err) != listing.CodeDamaged {
		t.Errorf("%v", err)
	}
	quiet(t, err)
}
