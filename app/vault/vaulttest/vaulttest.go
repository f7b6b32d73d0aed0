// Package vaulttest holds what tests need around secrets: a vault in memory, and the conformance suite that every
// vault passes, this one included.
package vaulttest

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/vault"
)

// Memory is a vault that forgets everything with the process. The zero value is ready to use.
type Memory struct {
	mu      sync.Mutex
	secrets map[string][]byte
}

var _ vault.Vault = (*Memory)(nil)

// Kind returns "memory".
func (*Memory) Kind() string { return "memory" }

// Put stores a copy of secret under name.
func (m *Memory) Put(ctx context.Context, name string, secret []byte) error {
	if err := check(ctx, name); err != nil {
		return err
	}
	switch {
	case len(secret) == 0:
		return listing.Fail(listing.CodeInvalid, "密钥的内容是空的", "请填写内容")
	case len(secret) > vault.MaxSecret:
		return listing.Fail(listing.CodeTooLarge, "密钥太长", "请核对内容")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.secrets == nil {
		m.secrets = map[string][]byte{}
	}
	m.secrets[name] = bytes.Clone(secret)
	return nil
}

// Get returns a copy of the secret under name.
func (m *Memory) Get(ctx context.Context, name string) ([]byte, error) {
	if err := check(ctx, name); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	secret, ok := m.secrets[name]
	if !ok {
		return nil, listing.Failf(listing.CodeNotFound, "请重新填写", "没有找到名为“%s”的密钥", name)
	}
	return bytes.Clone(secret), nil
}

// Delete forgets the secret under name.
func (m *Memory) Delete(ctx context.Context, name string) error {
	if err := check(ctx, name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.secrets, name)
	return nil
}

func check(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return listing.Fail(listing.CodeCanceled, "操作已停止", "需要时请重试").Because(err)
	}
	if name == "" || len(name) > vault.MaxName || strings.ContainsAny(name, "\x00\n\r\t\x7f") {
		return listing.Fail(listing.CodeInvalid, "密钥名称不对", "请改短，去掉控制字符")
	}
	return nil
}

// Place makes an empty place for secrets and returns what opens it; opening it again is a new start of the program.
type Place func(t *testing.T) (open func(t *testing.T) vault.Vault)

// Run puts a kind of vault through everything a vault promises.
func Run(t *testing.T, place Place) {
	t.Run("put get replace delete", func(t *testing.T) { basic(t, place(t)(t)) })
	t.Run("any bytes survive", func(t *testing.T) { survive(t, place(t)) })
	t.Run("refusals", func(t *testing.T) { refuse(t, place(t)(t)) })
	t.Run("places are apart", func(t *testing.T) { apart(t, place) })
	t.Run("copies", func(t *testing.T) { copies(t, place(t)(t)) })
	t.Run("ended context", func(t *testing.T) { ended(t, place(t)(t)) })
	t.Run("at once", func(t *testing.T) { together(t, place(t)(t)) })
}

func basic(t *testing.T, v vault.Vault) {
	ctx := t.Context()
	want(t, v, "app-1/secret", "")
	put(t, v, "app-1/secret", "first")
	put(t, v, "app-1/测试账号 密码", "另一个")
	want(t, v, "app-1/secret", "first")
	put(t, v, "app-1/secret", "second")
	want(t, v, "app-1/secret", "second")
	for range 2 { // the second time there is nothing left to delete
		if err := v.Delete(ctx, "app-1/secret"); err != nil {
			t.Fatalf("Delete: %v", err)
		}
		want(t, v, "app-1/secret", "")
	}
	want(t, v, "app-1/测试账号 密码", "另一个")
	if v.Kind() == "" {
		t.Error("Kind is empty")
	}
}

func survive(t *testing.T, open func(*testing.T) vault.Vault) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	secrets := map[string]string{
		"all bytes": string(all), "spaces": "  a\r\n", "chinese": "口令，全角", "zero": "\x00",
		strings.Repeat("n", vault.MaxName): strings.Repeat("\xff", vault.MaxSecret),
	}
	v := open(t)
	for name, secret := range secrets {
		put(t, v, name, secret)
	}
	again := open(t)
	for name, secret := range secrets {
		want(t, again, name, secret)
	}
}

func refuse(t *testing.T, v vault.Vault) {
	ctx := t.Context()
	put(t, v, "kept", "kept")
	for _, c := range []struct {
		what, name, secret string
		code               listing.Code
	}{
		{"no name", "", "x", listing.CodeInvalid},
		{"line in name", "a\nb", "x", listing.CodeInvalid},
		{"zero in name", "a\x00b", "x", listing.CodeInvalid},
		{"long name", strings.Repeat("n", vault.MaxName+1), "x", listing.CodeInvalid},
		{"empty secret", "kept", "", listing.CodeInvalid},
		{"long secret", "kept", strings.Repeat("s", vault.MaxSecret+1), listing.CodeTooLarge},
	} {
		if err := v.Put(ctx, c.name, []byte(c.secret)); listing.CodeOf(err) != c.code {
			t.Errorf("%s: Put gave %v, want code %s", c.what, err, c.code)
		}
		if c.name == "kept" {
			continue
		}
		if _, err := v.Get(ctx, c.name); listing.CodeOf(err) != c.code {
			t.Errorf("%s: Get gave %v, want code %s", c.what, err, c.code)
		}
		if err := v.Delete(ctx, c.name); listing.CodeOf(err) != c.code {
			t.Errorf("%s: Delete gave %v, want code %s", c.what, err, c.code)
		}
	}
	want(t, v, "kept", "kept")
}

func apart(t *testing.T, place Place) {
	one, two := place(t)(t), place(t)(t)
	put(t, one, "same", "one")
	want(t, two, "same", "")
	put(t, two, "same", "two")
	want(t, one, "same", "one")
}

func copies(t *testing.T, v vault.Vault) {
	given := []byte("secret")
	if err := v.Put(t.Context(), "n", given); err != nil {
		t.Fatal(err)
	}
	clear(given)
	got, err := v.Get(t.Context(), "n")
	if err != nil {
		t.Fatal(err)
	}
	clear(got)
	want(t, v, "n", "secret")
}

func ended(t *testing.T, v vault.Vault) {
	put(t, v, "n", "kept")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := v.Get(ctx, "n"); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("Get after the end: %v", err)
	}
	if err := v.Put(ctx, "n", []byte("changed")); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("Put after the end: %v", err)
	}
	if err := v.Delete(ctx, "n"); listing.CodeOf(err) != listing.CodeCanceled {
		t.Errorf("Delete after the end: %v", err)
	}
	want(t, v, "n", "kept")
}

func together(t *testing.T, v vault.Vault) {
	const writers = 4
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			name := fmt.Sprintf("n%d", i)
			if err := v.Put(t.Context(), name, []byte(name)); err != nil {
				t.Errorf("Put %s: %v", name, err)
			}
			if _, err := v.Get(t.Context(), name); err != nil {
				t.Errorf("Get %s: %v", name, err)
			}
		})
	}
	all.Wait()
	for i := range writers {
		want(t, v, fmt.Sprintf("n%d", i), fmt.Sprintf("n%d", i))
	}
}

func put(t *testing.T, v vault.Vault, name, secret string) {
	t.Helper()
	if err := v.Put(t.Context(), name, []byte(secret)); err != nil {
		t.Fatalf("Put %s: %v", name, err)
	}
}

// want checks the secret under name; empty means that there is none.
func want(t *testing.T, v vault.Vault, name, secret string) {
	t.Helper()
	got, err := v.Get(t.Context(), name)
	if secret == "" {
		if listing.CodeOf(err) != listing.CodeNotFound {
			t.Errorf("Get %s: %v, want code not_found", name, err)
		}
		return
	}
	if err != nil || string(got) != secret {
		t.Errorf("Get %s = %q, %v; want %q", name, got, err, secret)
	}
}
