package vault

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"shangjiatong/app/listing"
)

const (
	keyringService = "shangjiatong"
	probeTimeout   = 3 * time.Second
)

// keyringVault keeps each secret as one entry of the system keyring, in base64 so that any bytes survive every
// platform. The gate lets one call through at a time: the keyring library confuses the answers to two dialogs.
type keyringVault struct {
	scope string
	gate  chan struct{}
}

func newKeyring(scope string) keyringVault {
	if scope != "" {
		scope += "/"
	}
	return keyringVault{scope: scope, gate: make(chan struct{}, 1)}
}

func (keyringVault) Kind() string { return KindKeyring }

func (k keyringVault) Put(ctx context.Context, name string, secret []byte) error {
	if err := checkPut(name, secret); err != nil {
		return err
	}
	text := base64.StdEncoding.EncodeToString(secret)
	_, err := await(ctx, k.gate, func() (struct{}, error) {
		return struct{}{}, keyring.Set(keyringService, k.scope+name, text)
	})
	return keyringError(err, name)
}

func (k keyringVault) Get(ctx context.Context, name string) ([]byte, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	text, err := await(ctx, k.gate, func() (string, error) { return keyring.Get(keyringService, k.scope+name) })
	if err != nil {
		return nil, keyringError(err, name)
	}
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		// The decoder's own error would show a piece of the content.
		return nil, listing.Failf(listing.CodeDamaged, "请在设置里重新填写", "系统密钥环里名为“%s”的密钥不是本程序存入的格式", name)
	}
	return secret, nil
}

func (k keyringVault) Delete(ctx context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	_, err := await(ctx, k.gate, func() (struct{}, error) {
		return struct{}{}, keyring.Delete(keyringService, k.scope+name)
	})
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return keyringError(err, name)
}

func keyringError(err error, name string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return missing(name)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return stopped(err)
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return listing.Failf(listing.CodeTooLarge, "请核对是否粘贴了多余的内容", "系统密钥环放不下密钥“%s”", name).Because(err)
	}
	return listing.Fail(listing.CodeMissingTool, "系统密钥环没有应答或没有解锁",
		"请登录桌面并解锁密钥环后重试，或用 --passphrase-file 改用口令文件").Because(err)
}

// keyringAnswers says within probeTimeout whether the keyring can be used. It never makes a dialog appear.
func keyringAnswers(ctx context.Context) bool {
	ctx, stop := context.WithTimeout(ctx, probeTimeout)
	defer stop()
	_, err := await(ctx, make(chan struct{}, 1), func() (struct{}, error) { return struct{}{}, probe(ctx) })
	return err == nil
}

// await runs a call into the keyring, which knows no context and may wait for a person. When ctx ends first the call
// is left to itself and keeps the gate until it returns; no call starts after the end. A panic in the keyring library
// becomes an error.
func await[T any](ctx context.Context, gate chan struct{}, call func() (T, error)) (T, error) {
	var none T
	select {
	case <-ctx.Done():
		return none, ctx.Err()
	case gate <- struct{}{}:
	}
	done := make(chan outcome[T], 1)
	go func() {
		defer func() { <-gate }()
		done <- guarded(ctx, call)
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}

type outcome[T any] struct {
	value T
	err   error
}

func guarded[T any](ctx context.Context, call func() (T, error)) (o outcome[T]) {
	defer func() {
		if fault := recover(); fault != nil {
			o.err = fmt.Errorf("keyring: %v", fault)
		}
	}()
	if o.err = ctx.Err(); o.err == nil { // the gate may have opened at the moment of the end
		o.value, o.err = call()
	}
	return o
}
