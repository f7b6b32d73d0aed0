package migrate

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
)

// kinds is a Tx that remembers which kinds were rewritten.
type kinds []listing.RecordKind

func (k *kinds) Rewrite(kind listing.RecordKind, _ func(string, json.RawMessage) (json.RawMessage, error)) error {
	*k = append(*k, kind)
	return nil
}

func step(to int, kind listing.RecordKind) Step {
	return Step{To: to, What: string(kind), Apply: func(tx Tx) error { return tx.Rewrite(kind, nil) }}
}

func TestCurrentSchema(t *testing.T) {
	if got := Current().Schema(); got != 1 {
		t.Errorf("the program's schema is %d; when this changes, a golden database of it must be kept too", got)
	}
}

func TestPlanRunsTheStepsItNeedsInOrder(t *testing.T) {
	plan, err := NewPlan(step(2, listing.KindApp), step(3, listing.KindCase), step(4, listing.KindUnit))
	if err != nil || plan.Schema() != 4 {
		t.Fatalf("schema %d, %v", plan.Schema(), err)
	}
	for from, want := range map[int]kinds{
		1: {listing.KindApp, listing.KindCase, listing.KindUnit},
		3: {listing.KindUnit},
		4: nil,
	} {
		var got kinds
		if err := plan.Run(from, &got); err != nil || !slices.Equal(got, want) {
			t.Errorf("from %d: %v, %v", from, got, err)
		}
	}
	for _, from := range []int{0, -1, 5} {
		if err := plan.Run(from, &kinds{}); err == nil {
			t.Errorf("from %d there is no way", from)
		}
	}
	if what := plan.What(3); !strings.Contains(what, "由 3 升级到 4") || !strings.Contains(what, "unit") || strings.Contains(what, "case") {
		t.Errorf("said %q", what)
	}
}

func TestPlanStopsAtAFailingStep(t *testing.T) {
	broken := errors.New("broken")
	plan, err := NewPlan(step(2, listing.KindApp), Step{To: 3, What: "坏", Apply: func(Tx) error { return broken }}, step(4, listing.KindUnit))
	if err != nil {
		t.Fatal(err)
	}
	var got kinds
	if err := plan.Run(1, &got); !errors.Is(err, broken) || len(got) != 1 {
		t.Errorf("ran %v, %v", got, err)
	}
}

func TestNewPlanRefusesGaps(t *testing.T) {
	for name, steps := range map[string][]Step{
		"starts late":  {step(3, listing.KindApp)},
		"leaves a gap": {step(2, listing.KindApp), step(4, listing.KindApp)},
		"twice":        {step(2, listing.KindApp), step(2, listing.KindApp)},
		"says nothing": {{To: 2, Apply: func(Tx) error { return nil }}},
		"does nothing": {{To: 2, What: "空"}},
	} {
		if _, err := NewPlan(steps...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
