package procedure_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/procedure"
	"shangjiatong/app/workday"
)

// TestRandomActs does random acts with a fixed seed and holds the promises of checkPromises all the way.
func TestRandomActs(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 8
	}
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 7))
		moves := make([]byte, 400)
		for i := range moves {
			moves[i] = byte(r.UintN(256))
		}
		if done := play(t, moves); done == 0 {
			t.Errorf("seed %d: no act was allowed", seed)
		}
	}
}

func FuzzActs(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 2, 0, 4, 2, 2, 2, 4, 0, 8, 2, 8})
	f.Add([]byte{1, 0, 2, 0, 4, 1, 6, 2, 2, 2, 5, 2, 2, 2, 4, 3, 7, 4, 2, 4, 4})
	f.Fuzz(func(t *testing.T, moves []byte) {
		if len(moves) < 300 {
			play(t, moves)
		}
	})
}

// play reads the kind from the first byte and then pairs of task and act; it returns how many acts were allowed.
func play(t *testing.T, moves []byte) int {
	t.Helper()
	kind := listing.AppKinds()[0]
	if len(moves) > 0 {
		kind = listing.AppKinds()[int(moves[0])%4]
		moves = moves[1:]
	}
	d := begin(t, kind)
	tasks, acts := d.plan.Tasks(), listing.ActNames()
	allowed := 0
	for ; len(moves) > 1; moves = moves[2:] {
		task, act := tasks[int(moves[0])%len(tasks)], acts[int(moves[1])%len(acts)]
		can := d.state().Can(task.ID, act, nil)
		err := d.try(task.ID[len("STEP-"):], act, at)
		if (can == nil) != (err == nil) {
			t.Fatalf("%s on %s: Can says %v, Apply says %v", act, task.ID, can, err)
		}
		if err == nil {
			allowed++
		}
		checkPromises(t, d)
	}
	unwind(t, d)
	return allowed
}

// checkPromises: no task is advanced while something it needs is unsettled; blocked means exactly that; a case read back
// from JSON is in the same state; something can always be done until the case is finished.
func checkPromises(t *testing.T, d *desk) {
	t.Helper()
	s := d.state()
	open, waiting := 0, 0
	for _, task := range d.plan.Tasks() {
		status, settled := s.Status(task.ID), true
		for _, need := range d.plan.Needs(task.ID) {
			settled = settled && s.Status(need).Settled()
		}
		if settled == (status == listing.StatusBlocked) {
			t.Fatalf("%s is %s; its needs settled: %v", task.ID, status, settled)
		}
		switch {
		case procedure.IsOpen(status):
			open++
		case status == listing.StatusSubmitted || status == listing.StatusInReview:
			waiting++
		}
	}
	if s.Finished() != (open+waiting == 0) {
		t.Fatalf("finished %v with %d open, %d waiting", s.Finished(), open, waiting)
	}
	if early := s.Early(); len(early) > 0 {
		t.Fatalf("too early: %v", early)
	}
}

// unwind takes everything back, the last task first, and expects the beginning; and the state survives JSON.
func unwind(t *testing.T, d *desk) {
	t.Helper()
	sameAfterJSON(t, d)
	tasks := d.plan.Tasks()
	for i := len(tasks) - 1; i >= 0; i-- {
		id := tasks[i].ID
		for d.state().Can(id, listing.ActUndo, nil) == nil {
			d.do(id[len("STEP-"):], listing.ActUndo)
			checkPromises(t, d)
		}
	}
	start := begin(t, listing.KindH5)
	start.plan = d.plan
	if got, want := statuses(d), statuses(start); !reflect.DeepEqual(got, want) {
		t.Fatalf("after undoing everything\n got %v\nwant %v", got, want)
	}
}

func statuses(d *desk) map[string]listing.Status {
	out := map[string]listing.Status{}
	s := d.state()
	for _, task := range d.plan.Tasks() {
		out[task.ID] = s.Status(task.ID)
	}
	return out
}

func sameAfterJSON(t *testing.T, d *desk) {
	t.Helper()
	cal := calendar(t)
	data, err := json.Marshal(d.c)
	if err != nil {
		t.Fatal(err)
	}
	var back listing.Case
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	s, err := d.plan.Replay(back)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 20, 12, 0, 0, 0, workday.Zone())
	if got, want := s.View(now, cal, nil, ""), d.state().View(now, cal, nil, ""); !reflect.DeepEqual(got, want) {
		t.Fatal("the case reads differently after JSON")
	}
}
