package service

import (
	"context"
	"sync"

	"shangjiatong/app/listing"
)

// What an action asks the person.
const (
	askIdentity  = "identity"  // is this the page of the right application?
	askUpload    = "upload"    // choosing the file uploads it at once: agreed?
	askAbsent    = "absent"    // is it truly not in the list? The list did not come whole
	askSubmitted = "submitted" // was it sent? No list shows it
)

// asking is the one action under way, and the question it waits for.
type asking struct {
	mu       sync.Mutex
	id       string
	question string
	answer   chan bool
}

func newAsking() *asking { return &asking{} }

// enter lets one action run at a time.
func (q *asking) enter(id string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.id != "" {
		return listing.Fail(listing.CodeRefused, "已经有一件在办理", "一次只办一件，请先办完或停下")
	}
	q.id = id
	return nil
}

// leave lets the next one run; an action that has left already changes nothing.
func (q *asking) leave(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.id == id {
		q.id, q.question, q.answer = "", "", nil
	}
}

func (q *asking) runs(id string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return id != "" && q.id == id
}

func (q *asking) busy() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.id != ""
}

// open gets ready for the answer to a question, before the question is shown.
func (q *asking) open(question string) <-chan bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.question, q.answer = question, make(chan bool, 1)
	return q.answer
}

// shut takes a question back.
func (q *asking) shut(question string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.question == question {
		q.question, q.answer = "", nil
	}
}

// give hands an answer to the running action; false when it does not ask that.
func (q *asking) give(id, question string, yes bool) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.id != id || q.question != question || q.answer == nil {
		return false
	}
	q.answer <- yes
	q.question, q.answer = "", nil
	return true
}

// Answer answers what a running action asks, or a stopped one of which only the person knows whether it was sent.
func (s *Outbox) Answer(ctx context.Context, in OutboxAnswer) (OutboxView, error) {
	if s.asking.give(in.ID, in.Question, in.Yes) {
		return s.Show(ctx, in.ID)
	}
	v, err := s.Show(ctx, in.ID)
	if err != nil {
		return v, err
	}
	if s.asking.runs(in.ID) || in.Question != askSubmitted || !doubtful(v.Action) || v.State.Over() || v.Target.Table != "" {
		return v, listing.Fail(listing.CodeRefused, "现在没有在问这个问题", "请看这一件现在的状态")
	}
	if !in.Yes {
		return s.rework(ctx, in.ID, "没有提交，改为未办", func(_ listing.Reader, a *listing.Action) error {
			a.State, a.Reason, a.Hint, a.Asking = listing.ActionPrepared, "", "", nil
			unsent(a)
			return nil
		})
	}
	r := &runner{Outbox: s, a: v.Action, late: true}
	if err := r.receipt(ctx, sight{}, listing.OutcomeTold); err != nil {
		return v, err
	}
	return s.Show(ctx, in.ID)
}

// standsOver reports whether a question can still be answered when the action has stopped: only the person knows whether
// what no list shows was sent.
func standsOver(a listing.Action) bool {
	return a.Asking != nil && a.Asking.ID == askSubmitted && a.Target.Table == ""
}

// looksAt reports whether a question is about what stands in the browser: without it there is nothing to answer.
func looksAt(question string) bool { return question != askSubmitted }

// ask puts a question to the person and waits for the answer.
func (r *runner) ask(ctx context.Context, q listing.ActionQuestion) (bool, error) {
	answer := r.asking.open(q.ID)
	r.a.Asking = &q
	if err := r.save(ctx, "询问："+q.Text); err != nil {
		return false, err
	}
	lost, stop := r.lost(ctx, q.ID)
	defer stop()
	select {
	case yes := <-answer:
		r.a.Asking = nil
		return yes, r.save(ctx, "回答："+map[bool]string{true: q.Yes, false: q.No}[yes])
	case err := <-lost:
		r.asking.shut(q.ID)
		r.a.Asking = nil
		return false, err
	case <-ctx.Done():
		if !standsOver(r.a) {
			r.a.Asking = nil
		}
		return false, ctx.Err()
	}
}

// lost tells, while a question about it is open, that the browser has gone.
func (r *runner) lost(ctx context.Context, question string) (<-chan error, context.CancelFunc) {
	ctx, stop := context.WithCancel(ctx)
	gone := make(chan error, 1)
	if looksAt(question) {
		go func() {
			if err := r.live.Lost(ctx, r.at); err != nil {
				gone <- err
			}
		}()
	}
	return gone, stop
}
