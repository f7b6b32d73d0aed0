package service

import (
	"context"
	"sync"
)

// jobs are long pieces of work under way, which a page can watch and cancel.
type jobs struct {
	mu  sync.Mutex
	all map[string]*job
}

type job struct {
	cancel      context.CancelFunc
	done, total int64
	word        string
}

// JobView is how far a piece of work is. Running is false when it has ended or never began.
type JobView struct {
	Running bool  `json:"running"`
	Done    int64 `json:"done"` // bytes of a package, rows of an import
	Total   int64 `json:"total"`
	// Word says what is being done or waited for, where the work has steps: 等待登录.
	Word string `json:"word"`
}

func newJobs() *jobs { return &jobs{all: map[string]*job{}} }

// begin registers work under a name; an empty name registers nothing.
func (j *jobs) begin(ctx context.Context, name string) (_ context.Context, progress func(done, total int64), end func()) {
	ctx, cancel := context.WithCancel(ctx)
	if name == "" {
		return ctx, func(int64, int64) {}, cancel
	}
	work := &job{cancel: cancel}
	ctx = WithSteps(ctx, func(word string) { j.say(name, word) })
	j.mu.Lock()
	j.all[name] = work
	j.mu.Unlock()
	progress = func(done, total int64) {
		j.mu.Lock()
		defer j.mu.Unlock()
		work.done, work.total = done, total
	}
	return ctx, progress, func() {
		cancel()
		j.mu.Lock()
		defer j.mu.Unlock()
		delete(j.all, name)
	}
}

type stepsKey struct{}

// WithSteps lets hear be told what long work under ctx is doing or waiting for, besides whoever hears it already.
func WithSteps(ctx context.Context, hear func(word string)) context.Context {
	already := steps(ctx)
	return context.WithValue(ctx, stepsKey{}, func(word string) { already(word); hear(word) })
}

// steps returns who hears what work under ctx is doing; each word is told once until another follows.
func steps(ctx context.Context) func(word string) {
	if hear, there := ctx.Value(stepsKey{}).(func(string)); there {
		return hear
	}
	return func(string) {}
}

// say tells the step that a piece of work has come to; the counting starts anew.
func (j *jobs) say(name, word string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if work := j.all[name]; work != nil && work.word != word {
		work.word, work.done, work.total = word, 0, 0
	}
}

// Job tells how far a piece of work is.
func (s *Packages) Job(_ context.Context, name string) (JobView, error) {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	work := s.jobs.all[name]
	if work == nil {
		return JobView{}, nil
	}
	return JobView{Running: true, Done: work.done, Total: work.total, Word: work.word}, nil
}

// Cancel stops a piece of work; nothing half-written stays.
func (s *Packages) Cancel(_ context.Context, name string) error {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	if work := s.jobs.all[name]; work != nil {
		work.cancel()
	}
	return nil
}
