//go:build browser && unix

package service_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"shangjiatong/app/portal/portaltest"
	"shangjiatong/app/service"
	"shangjiatong/app/vault"
)

// outing is one errand with what goes wrong on the way.
type outing struct {
	*desk
	errand
	portal *portaltest.Portal
	id     string
	blows  []blow   // still to come
	past   []blow   // that have come
	stops  []string // why the runs before the last one ended

	mu   sync.Mutex
	word string
	stop context.CancelFunc
	kid  *program // the run that has a process of its own
}

func (o *outing) hear(word string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.word = word
}

func (o *outing) heard() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.word
}

func (o *outing) addresses() map[string]string {
	return map[string]string{"ADDR-4": o.portal.URL(portaltest.PathHome), "ADDR-5.杭州": o.portal.URL(portaltest.PathMobile)}
}

// programOver is the program over the data folder of a desk, at portals of this machine.
func programOver(d *desk, addresses map[string]string) (*service.Services, error) {
	return service.New(service.Environment{Workplace: d.place, DataDir: d.dir, Clock: func() time.Time { return d.now }, Poll: 200 * time.Millisecond,
		Unseen: true, Vault: func(context.Context) (vault.Vault, error) { return d.vault, nil }, Addresses: addresses})
}

// start starts the program over the store.
func (o *outing) start() {
	o.t.Helper()
	live, err := programOver(o.desk, o.addresses())
	if err != nil {
		o.t.Fatal(err)
	}
	o.Services = live
	o.t.Cleanup(live.End)
}

// leave ends the program and lets go of its folder.
func (o *outing) leave() {
	o.t.Helper()
	o.Services.End()
	if err := o.place.Close(); err != nil {
		o.t.Error(err)
	}
}

// come starts the program again.
func (o *outing) come() {
	o.t.Helper()
	if err := o.place.Open(o.ctx); err != nil {
		o.t.Error(err)
	}
	o.start()
}

// next is what goes wrong next; the zero blow when nothing does.
func (o *outing) next() blow {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.blows) == 0 {
		return blow{}
	}
	return o.blows[0]
}

// atPlace reports whether the work has come to the place of the next blow.
func (o *outing) atPlace(question string) bool {
	word := o.heard()
	switch o.next().place {
	case "opened":
		return word == "等待登录"
	case "looked":
		return word == "等待打开 "+o.title || strings.HasPrefix(word, "等待打开 "+o.title+"（")
	case "form":
		return question == "identity" || strings.HasPrefix(word, "正在填写") // a page that says whose it is is not asked about
	case "filling":
		return strings.HasPrefix(word, "正在填写")
	case "waiting":
		return word == "等您提交"
	case "compiling":
		return o.had(o.portal) > 0
	case "pressed":
		return len(o.portal.Posted()) > 0
	}
	return false
}

// strikes does what goes wrong, and reports whether the run ends by that. over is closed when it has.
func (o *outing) strikes(over <-chan struct{}) (ends bool) {
	b := o.next()
	o.mu.Lock()
	o.blows, o.past = o.blows[1:], append(o.past, b)
	o.mu.Unlock()
	calm := portaltest.Faults{}
	switch b.fault {
	case "browser":
		o.signal(syscall.SIGKILL)
	case "lists":
		o.signal(syscall.SIGKILL)
		calm = portaltest.Faults{Status: 500, Only: "/api/rows"}
	case "window":
		o.signal(syscall.SIGTERM)
	case "program", "away":
		_ = o.kid.cmd.Process.Kill()
		<-over
	case "quit", "stop", "alone":
		o.stop()
		<-over
	case "network":
		o.portal.Down()
		select {
		case <-over:
		case <-time.After(2 * time.Second): // long enough to be noticed; it does not matter whether it is
		}
		if err := o.portal.Up(); err != nil {
			o.t.Error(err)
		}
	case "session":
		o.portal.ExpireSession()
	}
	o.portal.SetFaults(calm)
	o.meanwhile(b.fault)
	return reasons[b.fault] != ""
}

// dark reports whether the last blow took the browser away: of a page that is gone the person answers nothing.
func (o *outing) dark() bool {
	return slices.Contains([]string{"browser", "window", "lists"}, o.past[len(o.past)-1].fault)
}

// meanwhile is what the person does before the program runs again.
func (o *outing) meanwhile(fault string) {
	var err error
	switch fault {
	case "quit":
		o.leave()
		o.come()
	case "away":
		sent := o.elsewhere
		sent.Values = o.portal.Model(sent.Form)
		err = o.portal.Send(sent)
	case "left":
		err = o.portal.Do(o.ctx, portaltest.Deed{Open: portaltest.PathHome})
	case "alone":
		err = o.portal.Do(o.ctx, portaltest.Deed{Press: o.final})
		for err == nil && o.ctx.Err() == nil && len(o.portal.Posted()) == 0 {
			time.Sleep(50 * time.Millisecond)
		}
	}
	if err != nil {
		o.t.Error(err)
	}
}

// signal is sent to the browser: to be killed, or to close its windows as a person would.
func (o *outing) signal(s syscall.Signal) {
	pid := browserOf(o.dir)
	if pid == 0 {
		o.t.Error("no browser to end")
		return
	}
	_ = syscall.Kill(pid, s)
}

// browserOf finds the browser that was started with a profile in a data folder.
func browserOf(dir string) int {
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, at := range all {
		raw, err := os.ReadFile(at)
		line := string(raw)
		if err == nil && strings.Contains(line, "--user-data-dir="+dir) && !strings.Contains(line, "--type=") {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(at)))
			return pid
		}
	}
	return 0
}

// asked is the question that the run has open.
func (o *outing) asked() string {
	if o.kid != nil {
		return o.kid.asked()
	}
	v, err := o.Outbox.Show(o.ctx, o.id)
	if err != nil {
		o.t.Error(err)
	}
	if v.Asking == nil {
		return ""
	}
	return v.Asking.ID
}

// answers gives the true answer to a question.
func (o *outing) answers(question string) {
	yes := true
	switch question {
	case "submitted":
		yes = len(o.portal.Posted()) > 0
	case "absent": // the page shows that it has not loaded; that passes
		yes = false
		defer o.portal.SetFaults(portaltest.Faults{})
	}
	if o.kid != nil {
		o.kid.answer(question, yes)
		return
	}
	_, _ = o.Outbox.Answer(o.ctx, service.OutboxAnswer{ID: o.id, Question: question, Yes: yes}) // it may be over by now
}

// person plays the person for as long as a run lasts: logs in, opens what is waited for, answers, presses the final
// button.
func (o *outing) person(ctx context.Context, over <-chan struct{}) {
	acted, word, ends := time.Time{}, "", false
	for {
		select {
		case <-over:
			return
		case <-time.After(50 * time.Millisecond):
		}
		if len(o.portal.Posted()) > 0 && strings.HasPrefix(o.heard(), "正在填写") {
			o.t.Error("it is filled in again, though the portal has it")
			o.stop()
		}
		question := o.asked()
		if !ends && o.next() != (blow{}) && o.atPlace(question) {
			ends = o.strikes(over) // then the next one meets the next run
			continue
		}
		if question != "" {
			if !ends || !o.dark() {
				o.answers(question)
			}
			continue
		}
		if o.next().place != "opened" {
			o.portal.Scan()
		}
		if now := o.heard(); now != word || time.Since(acted) > 8*time.Second {
			again := now == word
			word, acted = now, time.Now()
			go o.acts(ctx, word, again)
		}
	}
}

// acts does what a person does on hearing what is waited for; a login page that does not come is opened again.
func (o *outing) acts(ctx context.Context, word string, again bool) {
	page, _, _ := strings.Cut(strings.TrimPrefix(word, "等待打开 "), "（")
	deeds := o.ways[page]
	if word == "等待登录" && again {
		deeds = opening(o.home())
	}
	if word == "等您提交" && len(o.portal.Posted()) == 0 && o.next().place != "waiting" {
		o.hush()
		deeds = []portaltest.Deed{{Press: o.final}}
	}
	ctx, stop := context.WithTimeout(ctx, 8*time.Second)
	defer stop()
	_ = o.portal.Do(ctx, deeds...) // what cannot be done is tried again
}

// hush keeps the list from telling of a form that was sent before the blow has come that is to meet it.
func (o *outing) hush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.blows) > 0 && o.blows[0].place == "pressed" {
		o.portal.SetFaults(portaltest.Faults{Silent: true, Only: "/api/rows"})
	}
}

// run runs the action once; the person is there as long. A program that is to be killed gets a process of its own.
func (o *outing) run() service.OutboxView {
	o.t.Helper()
	ctx, stop := context.WithCancel(service.WithSteps(o.ctx, o.hear))
	defer stop()
	o.stop = stop
	o.hear("")
	if o.next().place == "pressed" { // what was sent did not arrive: the list may tell so
		o.portal.SetFaults(portaltest.Faults{})
	}
	over, gone := make(chan struct{}), make(chan struct{})
	if f := o.next().fault; f == "program" || f == "away" {
		o.leave()
		o.kid = o.another()
	}
	go func() { defer close(gone); o.person(ctx, over) }()
	if o.kid != nil {
		o.kid.wait()
	} else if _, err := o.Outbox.Run(ctx, service.OutboxRun{ID: o.id, YesUpload: true}); err != nil {
		o.t.Errorf("run: %v", err)
	}
	close(over)
	stop()
	<-gone
	if o.kid != nil {
		o.kid = nil
		o.come()
	}
	return o.action(o.id)
}
