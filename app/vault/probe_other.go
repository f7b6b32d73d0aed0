//go:build !linux

package vault

import (
	"context"
	"errors"

	"github.com/zalando/go-keyring"
)

// probe looks for an entry that is never there: a keyring that says so can be used.
func probe(context.Context) error {
	_, err := keyring.Get(keyringService, "probe")
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return err
}
