package vault_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/vault"
)

func gate() chan struct{} { return make(chan struct{}, 1) }

func TestAwaitLetsGoOfACallThatHangs(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer stop()
	hang, gate := make(chan struct{}), gate()
	_, err := vault.Await(ctx, gate, func() (int, error) { <-hang; return 0, nil })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	// The next call waits behind the hanging one, as long as its own context lets it, and goes on afterwards.
	if _, err = vault.Await(ctx, gate, func() (int, error) { return 1, nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	close(hang)
	if n, err := vault.Await(t.Context(), gate, func() (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Errorf("%d %v", n, err)
	}
}

func TestAwaitStartsNothingAfterTheEnd(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for range 200 {
		if _, err := vault.Await(ctx, gate(), func() (int, error) { t.Error("started"); return 0, nil }); err == nil {
			t.Error("no error")
		}
	}
}

func TestAwaitTurnsAPanicIntoAnError(t *testing.T) {
	_, err := vault.Await(t.Context(), gate(), func() (int, error) { panic("odd answer") })
	if err == nil || !strings.Contains(err.Error(), "odd answer") {
		t.Errorf("%v", err)
	}
	if n, err := vault.Await(t.Context(), gate(), func() (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Errorf("%d %v", n, err)
	}
}
