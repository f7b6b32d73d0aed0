package procedure_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
)

// later holds, by flow, a later version in which the second task has another number: one task is gone, one is new.
var later = sync.OnceValue(func() map[string]*procedure.Flow {
	second := map[string][2]string{flow1: {"STEP-1.2", "STEP-1.9"}}
	for _, n := range []string{"2", "3", "4", "5", "6", "7"} {
		second["FLOW-"+n] = [2]string{"F" + n + "-2", "F" + n + "-22"}
	}
	out := map[string]*procedure.Flow{}
	for id, names := range second {
		data, err := os.ReadFile("flows/" + strings.ToLower(id) + ".yaml")
		if err != nil {
			return nil
		}
		text := strings.ReplaceAll(string(data), names[0], names[1])
		f, err := procedure.Parse(id, []byte(strings.Replace(text, `version: "2026-03-01"`, `version: "2027-01-01"`, 1)))
		if err != nil {
			return nil
		}
		out[id] = f
	}
	return out
})

// TestEveryFlowAtRandom does random acts, returns that reopen, and moves between versions, in every flow and kind.
func TestEveryFlowAtRandom(t *testing.T) {
	if len(later()) != 7 {
		t.Fatal("no later versions")
	}
	rounds := uint64(6)
	if testing.Short() {
		rounds = 1
	}
	tally := map[string]int{}
	for flow := range byte(7) {
		for kind := range byte(4) {
			for seed := range rounds {
				r := rand.New(rand.NewPCG(seed, uint64(flow)*4+uint64(kind)))
				moves := []byte{flow, kind}
				for range 600 {
					moves = append(moves, byte(r.UintN(256)))
				}
				newGame(t, moves).play(tally)
			}
		}
	}
	for _, what := range []string{"return", "reopen", "undo", "undo return", "pass", "confirm", "skip", "move", "back", "finish"} {
		if tally[what] == 0 {
			t.Errorf("no %s happened: %v", what, tally)
		}
	}
}

func FuzzEveryFlow(f *testing.F) {
	f.Add([]byte{0, 0})
	f.Add([]byte{3, 0, 0, 6, 0, 1, 2, 0, 1, 5, 1, 0, 6, 0, 1, 2, 0})
	f.Add([]byte{6, 1, 0, 6, 0, 9, 9, 0, 0, 0, 0, 9, 10, 0})
	f.Fuzz(func(t *testing.T, moves []byte) {
		if len(moves) < 400 {
			newGame(t, moves).play(map[string]int{})
		}
	})
}

// game reads flow and kind from the first two bytes and then triples of task, act and a mask of what a return reopens.
type game struct {
	*desk
	now, other *procedure.Flow
	moves      []byte
}

func newGame(t *testing.T, moves []byte) *game {
	moves = append(slices.Clone(moves), make([]byte, max(0, 2-len(moves)))...)
	id, kind := "FLOW-"+string('1'+moves[0]%7), listing.AppKinds()[moves[1]%4]
	f := flowOf(t, id)
	if !f.For(kind, false) {
		kind = listing.KindH5
	}
	c, err := f.Begin(procedure.Starting{App: listedApp(kind), ID: "c1", By: "联系人甲", At: at, Inputs: inputs[id]})
	if err != nil {
		t.Fatal(err)
	}
	return &game{desk: &desk{t: t, plan: f.Plan(procedure.ShapeOf(kind, false)), c: c}, now: f, other: later()[id], moves: moves[2:]}
}

func (g *game) play(tally map[string]int) {
	acts := append(listing.ActNames(), listing.ActConfirm, listing.ActSubmit, listing.ActPass) // finish more often than not
	for ; len(g.moves) > 2; g.moves = g.moves[3:] {
		tasks := g.plan.Tasks()
		task, pick, mask := tasks[int(g.moves[0])%len(tasks)], int(g.moves[1]), int(g.moves[2])
		if pick >= 250 {
			g.change(tally)
			continue
		}
		g.one(task.ID, acts[pick%len(acts)], mask, tally)
	}
	g.unwind()
}

// one tries an act and holds the promises: Can and Apply agree, a task is worked on only when what it needs is settled,
// the act leads where the table says, and nothing else changes but by a return, its undo, and what waits.
func (g *game) one(id string, act listing.ActName, mask int, tally map[string]int) {
	g.t.Helper()
	before := g.state()
	var reopens []string
	if act == listing.ActReturn {
		for i, r := range before.Reopenable(id) {
			if mask>>(i%8)&1 == 1 && mask%3 == 0 {
				reopens = append(reopens, r)
			}
		}
	}
	was, can := before.Status(id), before.Can(id, act, nil)
	err := g.act(id, act, at, reopens...)
	if (can == nil) != (err == nil) {
		g.t.Fatalf("%s on %s: Can says %v, Apply says %v", act, id, can, err)
	}
	if err == nil {
		tally[string(act)]++
		tally["reopen"] += len(reopens)
		if act == listing.ActUndo && was == listing.StatusReturned {
			tally["undo return"]++
		}
		g.leads(before, id, act, was)
		if g.state().Finished() {
			tally["finish"]++
		}
	}
	g.promises()
}

func (g *game) leads(before *procedure.State, id string, act listing.ActName, was listing.Status) {
	g.t.Helper()
	is := g.state().Status(id)
	if act == listing.ActUndo {
		return
	}
	if procedure.IsOpen(was) {
		for _, need := range g.plan.Needs(id) {
			if !before.Status(need).Settled() {
				g.t.Fatalf("%s on %s although %s is %s", act, id, need, before.Status(need))
			}
		}
	}
	to := map[listing.ActName][]listing.Status{
		listing.ActFill: {listing.StatusFilled}, listing.ActGenerate: {listing.StatusGenerated},
		listing.ActSubmit: {listing.StatusSubmitted}, listing.ActReview: {listing.StatusInReview},
		listing.ActPass: {listing.StatusPassed}, listing.ActConfirm: {listing.StatusDone},
		listing.ActReturn: {listing.StatusReturned, listing.StatusBlocked}, listing.ActSkip: {listing.StatusNotApplicable},
	}
	if !slices.Contains(to[act], is) || was == listing.StatusBlocked || was.Settled() {
		g.t.Fatalf("%s on %s leads from %s to %s", act, id, was, is)
	}
}

// promises hold in every state that acts and moves lead to.
func (g *game) promises() {
	g.t.Helper()
	s := g.state()
	active, settled := 0, 0
	for _, task := range g.plan.Tasks() {
		status, blockers := s.Status(task.ID), s.Blockers(task.ID)
		switch {
		case status.Settled():
			settled++
		case status == listing.StatusBlocked:
			if len(blockers) == 0 {
				g.t.Fatalf("%s is blocked by nothing", task.ID)
			}
		default:
			active++
			if procedure.IsOpen(status) && len(blockers) > 0 {
				g.t.Fatalf("%s is %s in spite of %v", task.ID, status, blockers)
			}
		}
	}
	finished := settled == len(g.plan.Tasks())
	if s.Finished() != finished || finished != (g.c.ClosedAt != "") || (active == 0) != finished {
		g.t.Fatalf("finished %v, closed %q, %d active, %d settled", s.Finished(), g.c.ClosedAt, active, settled)
	}
	if early := s.Early(); len(early) > 0 && len(g.c.Moves) == 0 {
		g.t.Fatalf("too early: %v", early)
	}
	if (len(s.Effects()) > 0) && !finished {
		g.t.Fatal("effects before the end")
	}
}

// change moves the case to the other version; and taking that back at once leads to the same statuses.
func (g *game) change(tally map[string]int) {
	g.t.Helper()
	if g.c.ClosedAt != "" {
		return
	}
	before, from := g.state(), g.now
	m := procedure.Moving{Case: g.c, From: g.now, To: g.other, Shape: g.plan.Shape, By: "联系人甲", At: at}
	next, _, err := m.Move()
	if err != nil {
		g.t.Fatal(err)
	}
	back, _, err := procedure.Moving{Case: next, From: g.other, To: from, Shape: g.plan.Shape, By: "联系人甲", At: at}.MoveBack()
	if err != nil {
		g.t.Fatal(err)
	}
	g.same(before, back)
	tally["move"]++
	if len(g.c.Acts)%2 == 0 {
		g.c = back
		tally["back"]++
	} else {
		g.c, g.now, g.other = next, g.other, g.now
		g.plan = g.now.Plan(g.plan.Shape)
	}
	g.promises()
}

// same holds that a case replays to the statuses of a state, also after JSON.
func (g *game) same(want *procedure.State, c listing.Case) {
	g.t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		g.t.Fatal(err)
	}
	var read listing.Case
	if err := json.Unmarshal(data, &read); err != nil {
		g.t.Fatal(err)
	}
	got, err := want.Plan.Replay(read)
	if err != nil {
		g.t.Fatal(err)
	}
	for _, task := range want.Plan.Tasks() {
		if got.Status(task.ID) != want.Status(task.ID) || !reflect.DeepEqual(got.Blockers(task.ID), want.Blockers(task.ID)) ||
			!reflect.DeepEqual(got.Rounds(task.ID), want.Rounds(task.ID)) {
			g.t.Fatalf("%s is %s, want %s", task.ID, got.Status(task.ID), want.Status(task.ID))
		}
	}
}

// unwind takes back whatever can be taken back until nothing can; a case that never moved is then at its beginning.
func (g *game) unwind() {
	g.t.Helper()
	g.same(g.state(), g.c)
	for progress := true; progress; {
		progress = false
		for _, task := range slices.Backward(g.plan.Tasks()) {
			for g.state().Can(task.ID, listing.ActUndo, nil) == nil {
				g.must(task.ID, listing.ActUndo, at)
				progress = true
			}
		}
	}
	g.promises()
	if s := g.state(); len(g.c.Moves) == 0 && s.CanDrop() != nil {
		g.t.Fatalf("something cannot be taken back: %v", s.CanDrop())
	}
}
