//go:build browser && unix

package service_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"shangjiatong/app/service"
	"shangjiatong/app/vault/vaulttest"
	"shangjiatong/store"
)

// programTask says to a process of this test what it runs as the program.
const programTask = "SHANGJIATONG_TEST_PROGRAM"

type childTask struct {
	Dir, ID   string
	Addresses map[string]string
}

// TestProgram is the program in a process of its own, which can be killed. It tells each word of its work and each
// question in a line, and takes an answer as a line.
func TestProgram(t *testing.T) {
	var is childTask
	if json.Unmarshal([]byte(os.Getenv(programTask)), &is) != nil {
		t.Skip("run by TestLiveFaults")
	}
	d := &desk{t: t, ctx: t.Context(), dir: is.Dir, now: at(t, monday), vault: &vaulttest.Memory{}}
	d.place = service.NewWorkplace(store.Options{Dir: d.dir, Clock: func() time.Time { return d.now }})
	if err := d.place.Open(d.ctx); err != nil {
		t.Fatal(err)
	}
	var err error
	if d.Services, err = programOver(d, is.Addresses); err != nil {
		t.Fatal(err)
	}
	d.know()
	go d.converse(is.ID)
	if _, err := d.Outbox.Run(service.WithSteps(d.ctx, func(word string) { fmt.Println("word " + word) }), service.OutboxRun{ID: is.ID, YesUpload: true}); err != nil {
		t.Error(err)
	}
	d.End()
	if err := d.place.Close(); err != nil {
		t.Error(err)
	}
}

// converse tells what the action asks, and hears the answers.
func (d *desk) converse(id string) {
	go func() {
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			question, yes := strings.CutPrefix(in.Text(), "yes ")
			_, _ = d.Outbox.Answer(d.ctx, service.OutboxAnswer{ID: id, Question: strings.TrimPrefix(question, "no "), Yes: yes})
		}
		os.Exit(1) // the test is gone
	}()
	for told := ""; d.ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		question := ""
		if v, err := d.Outbox.Show(d.ctx, id); err == nil && v.Asking != nil {
			question = v.Asking.ID
		}
		if question != told {
			told = question
			fmt.Println("asks " + question)
		}
	}
}

// program is a run in a process of its own.
type program struct {
	cmd  *exec.Cmd
	in   io.Writer
	read chan struct{} // closed when all that it said was heard

	mu       sync.Mutex
	question string
}

// another starts the program in another process, over the same folder.
func (o *outing) another() *program {
	o.t.Helper()
	is, err := json.Marshal(childTask{Dir: o.dir, ID: o.id, Addresses: o.addresses()})
	if err != nil {
		o.t.Fatal(err)
	}
	p := &program{cmd: exec.CommandContext(context.WithoutCancel(o.ctx), os.Args[0], "-test.run=^TestProgram$", "-test.v"), read: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), programTask+"="+string(is))
	p.cmd.Stderr = os.Stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		o.t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		o.t.Fatal(err)
	}
	go p.listen(out, o)
	return p
}

func (p *program) listen(out io.Reader, o *outing) {
	defer close(p.read)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if word, ok := strings.CutPrefix(line, "word "); ok {
			o.hear(word)
		} else if question, ok := strings.CutPrefix(line, "asks "); ok {
			p.mu.Lock()
			p.question = question
			p.mu.Unlock()
		} else if strings.Contains(line, "FAIL") || strings.Contains(line, "_test.go:") {
			o.t.Error(line)
		}
	}
}

func (p *program) asked() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.question
}

func (p *program) answer(question string, yes bool) {
	_, _ = fmt.Fprintln(p.in, map[bool]string{true: "yes ", false: "no "}[yes]+question) // it may be over by now
}

// wait waits for the end of the program, of whatever kind.
func (p *program) wait() {
	<-p.read
	_ = p.cmd.Wait()
}
