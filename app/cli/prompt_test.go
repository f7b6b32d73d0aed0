package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/fill"
	"shangjiatong/app/service"
)

// Piped answers are all heard, and the end of the input is none.
func TestPromptPiped(t *testing.T) {
	c := &call{Program: Program{Err: io.Discard, In: strings.NewReader("y\nn\n是的")}}
	lines := c.lines(t.Context())
	for i, want := range []bool{true, false, true} {
		if yes, err := c.prompt(t.Context(), lines, listing.ActionQuestion{Yes: "是的"}); yes != want || err != nil {
			t.Errorf("%d: %v %v", i, yes, err)
		}
	}
	if _, err := c.prompt(t.Context(), lines, listing.ActionQuestion{}); !errors.Is(err, errNobody) {
		t.Errorf("the end: %v", err)
	}
}

// Waiting for an answer ends with the run.
func TestPromptStops(t *testing.T) {
	from, to := io.Pipe()
	defer func() { _ = to.Close() }()
	c := &call{Program: Program{Err: io.Discard, In: from}}
	ctx, stop := context.WithCancel(t.Context())
	lines := c.lines(ctx)
	stop()
	if _, err := c.prompt(ctx, lines, listing.ActionQuestion{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// The same question at a later step is another one; what a stopped run left is none.
func TestAsking(t *testing.T) {
	v := service.OutboxView{}
	v.Asking, v.State = &listing.ActionQuestion{ID: "submitted"}, listing.ActionRunning
	first := asking(v)
	v.Steps = make([]listing.ActionStep, 3)
	if again := asking(v); first == "" || again == first {
		t.Errorf("%q and %q", first, again)
	}
	if v.State = listing.ActionPrepared; asking(v) != "" {
		t.Error("asked although nothing runs")
	}
}

func TestFillTextPressed(t *testing.T) {
	for pressed, want := range map[bool]string{false: "没有提交", true: "可能已经提交"} {
		var b strings.Builder
		(&call{}).fillText(&b, service.PortalFilled{Result: fill.Result{PressedFinal: pressed}})
		if !strings.Contains(b.String(), want) || pressed && strings.Contains(b.String(), "没有提交") {
			t.Errorf("%v: %s", pressed, b.String())
		}
	}
}
