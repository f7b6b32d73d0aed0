// Package migrate lifts a database from an older schema to the program's, step by step, in one transaction.
//
// Schema 1 is the first. When a stored shape changes, do this:
//
//  1. freeze the old shape: copy the types that change into this package, named after the schema (type app1 struct …);
//  2. write a Step that turns old bodies into new ones, and append it to Current; the last Step's To is the new schema;
//  3. keep store/testdata/golden/schemaN.db for ever, and add the golden database of the new schema beside it.
//
// A step never sees bbolt: it works through Tx, which the store implements, and whose changes are journalled like any
// other change. The store takes a snapshot before the first step; when any step fails, nothing at all has changed.
package migrate

import (
	"encoding/json"
	"fmt"

	"shangjiatong/app/listing"
)

// First is the number of the first schema there ever was.
const First = 1

// Tx is what a step may do.
type Tx interface {
	// Rewrite visits every record of a kind in the order of IDs and stores what convert returns; the same body means
	// nothing changes but the schema number.
	Rewrite(kind listing.RecordKind, convert func(id string, body json.RawMessage) (json.RawMessage, error)) error
}

// Step lifts a database from schema To-1 to To.
type Step struct {
	To    int
	What  string // what it does, a short Chinese phrase for the journal
	Apply func(Tx) error
}

// Plan is an ordered list of steps.
type Plan struct{ steps []Step }

// Current returns the program's plan.
func Current() *Plan { return &Plan{} }

// NewPlan makes a plan and fails when the steps do not lead from First upwards without a gap.
func NewPlan(steps ...Step) (*Plan, error) {
	for i, s := range steps {
		if s.To != First+1+i {
			return nil, fmt.Errorf("step %d leads to schema %d, want %d", i, s.To, First+1+i)
		}
		if s.Apply == nil || s.What == "" {
			return nil, fmt.Errorf("step to schema %d says nothing or does nothing", s.To)
		}
	}
	return &Plan{steps: steps}, nil
}

// Schema returns the schema the plan leads to.
func (p *Plan) Schema() int { return First + len(p.steps) }

// Run applies to tx the steps that lead from schema from to Schema. The caller rolls tx back on error.
func (p *Plan) Run(from int, tx Tx) error {
	if from < First || from > p.Schema() {
		return fmt.Errorf("no way from schema %d to %d", from, p.Schema())
	}
	for _, s := range p.steps[from-First:] {
		if err := s.Apply(tx); err != nil {
			return fmt.Errorf("step to schema %d (%s): %w", s.To, s.What, err)
		}
	}
	return nil
}

// What says in one phrase what the steps from schema from do.
func (p *Plan) What(from int) string {
	what := fmt.Sprintf("数据格式由 %d 升级到 %d", from, p.Schema())
	for _, s := range p.steps[max(0, from-First):] {
		what += "；" + s.What
	}
	return what
}
