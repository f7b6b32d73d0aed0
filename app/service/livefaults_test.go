//go:build browser && unix

package service_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"shangjiatong/app/listing"
	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/service"
)

// blow is something that goes wrong, and how far the work is when it does.
type blow struct{ fault, place string }

// The faults, and the places of a run at which they come.
var (
	faults = []string{
		"browser", // killed
		"window",  // closed by the person in the ordinary way
		"program", // killed, with a process of its own
		"quit",    // the program is closed by the person, its browser with it
		"stop",    // the person stops the work; the browser stays
		"network", // gone for a while
		"session", // expired
	}
	places = []string{"opened", "looked", "form", "filling", "waiting", "pressed"}
)

// hard are two faults in one errand, and what the person does while the program looks away.
var hard = map[string][]blow{
	"filling program, waiting browser": {{"program", "filling"}, {"browser", "waiting"}},
	"waiting browser, waiting program": {{"browser", "waiting"}, {"program", "waiting"}},
	"looked network, waiting session":  {{"network", "looked"}, {"session", "waiting"}},
	"filling session, pressed network": {{"session", "filling"}, {"network", "pressed"}},
	"waiting stop, pressed program":    {{"stop", "waiting"}, {"program", "pressed"}},
	"filling window, pressed window":   {{"window", "filling"}, {"window", "pressed"}},
	"away":                             {{"away", "waiting"}},   // the program is killed, and the person sends the form from another machine
	"alone":                            {{"alone", "waiting"}},  // the work is stopped, and the person presses the final button in the window left open
	"lists":                            {{"lists", "pressed"}},  // the browser is killed, and afterwards the lists do not load
	"other page":                       {{"left", "form"}},      // asked whether it is the right form, the person opens another page and says yes
	"compile":                          {{"quit", "compiling"}}, // the code is there, and still compiles
}

// byDefault holds the few that are played with every run of the tests: each errand and each fault once.
var byDefault = []string{
	"approval/browser/waiting", "approval/session/filling", "register/quit/pressed", "register/network/looked", "upload/window/filling",
	"component/hard/waiting stop, pressed program",
}

// Places × faults on a portal built with real kits, in a real browser: whatever goes wrong where, what is run again does
// not do a thing twice and does not lose it, its receipt tells how it went, and no final button is pressed but by the
// person. A few cases are played by default; all of them, some 200 in three quarters of an hour, with
//
//	SHANGJIATONG_ALL=1 go test -tags browser -timeout 2h -v -run TestLiveFaults ./app/service
//
// or a part of them: -run 'TestLiveFaults/upload/window', -run 'TestLiveFaults/register/hard'.
func TestLiveFaults(t *testing.T) {
	n := 0
	play := func(name string, e errand, blows []blow) {
		kit := portaltest.Kits()[n%len(portaltest.Kits())]
		n++
		if slices.Contains(byDefault, name) || os.Getenv("SHANGJIATONG_ALL") != "" {
			t.Run(name+"/"+kit, func(t *testing.T) { faulty(t, e, blows, kit) })
		}
	}
	for i, e := range errands() {
		n = i
		for _, fault := range faults {
			for _, place := range places {
				play(string(e.kind)+"/"+fault+"/"+place, e, []blow{{fault, place}})
			}
			n++ // so that each place meets every kit
		}
		for _, name := range slices.Sorted(maps.Keys(hard)) {
			if blows := hard[name]; e.meets(blows) {
				play(string(e.kind)+"/hard/"+name, e, blows)
			}
		}
	}
}

// meets reports whether an errand comes to such a place: only code compiles, no list tells of components, and the page of
// an upload says whose it is, so that nobody is asked.
func (e errand) meets(blows []blow) bool {
	return !slices.ContainsFunc(blows, func(b blow) bool {
		return b.place == "compiling" && e.kind != listing.ActionUpload || b.fault == "lists" && e.kind == listing.ActionComponent ||
			b.fault == "left" && e.kind == listing.ActionUpload
	})
}

// A form may be spread over several pages of its own: its first shows few of the fields, its last few others.
func TestLiveSteps(t *testing.T) {
	for i, e := range []errand{registration(), application(), approval()} {
		e.ways[e.title] = opening(e.elsewhere.Path + map[bool]string{true: "&", false: "?"}[strings.Contains(e.elsewhere.Path, "?")] + "steps=4")
		for j, blows := range [][]blow{nil, {{"browser", "waiting"}}} {
			if kit := portaltest.Kits()[(2*i+j)%len(portaltest.Kits())]; j == 0 || os.Getenv("SHANGJIATONG_ALL") != "" {
				t.Run(string(e.kind)+"/"+kit, func(t *testing.T) { faulty(t, e, blows, kit) })
			}
		}
	}
}

func faulty(t *testing.T, e errand, blows []blow, kit string) {
	d := sampleDesk(t)
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(stop)
	d.ctx = ctx
	polls := 1
	if slices.ContainsFunc(blows, func(b blow) bool { return b.place == "compiling" }) {
		polls = 3
	}
	o := &outing{desk: d, errand: e, blows: blows, portal: portaltest.Start(t, portaltest.Options{Kit: kit, Seed: 11, Rows: 3, Person: true, Polls: polls})}
	e.set(o.portal)
	o.start()
	prepared := e.ready(d)
	o.id = prepared.ID
	before := d.view(subject).App
	var v service.OutboxView
	for range 6 {
		if v = o.run(); v.State.Over() || t.Failed() {
			break
		}
		t.Logf("stopped: %s", v.StateWord)
		o.stops = append(o.stops, v.Reason)
	}
	if n := len(o.blows); n > 0 {
		t.Errorf("%d did not go wrong", n)
	}
	if v.State != listing.ActionDone || v.Receipt == nil {
		t.Logf("pressed %v posted %v finals %v uploads %v", o.portal.Pressed(), o.portal.Posted(), o.portal.Finals(), o.portal.Uploads())
		t.Fatalf("%s %s, at %s: %+v", v.State, v.Reason, o.heard(), v.Steps[max(0, len(v.Steps)-6):])
	}
	o.once()
	o.nothingLost(before, prepared, v)
	o.tells(v)
}
