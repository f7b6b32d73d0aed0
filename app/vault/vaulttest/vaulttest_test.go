package vaulttest

import (
	"testing"

	"shangjiatong/app/vault"
)

func TestMemoryConforms(t *testing.T) {
	Run(t, func(*testing.T) func(*testing.T) vault.Vault {
		m := &Memory{}
		return func(*testing.T) vault.Vault { return m }
	})
}
