package service

import (
	"context"
	"sync"

	"shangjiatong/app/listing"
)

// questions are what pieces of work ask the person, by the name of the job.
type questions struct {
	mu  sync.Mutex
	all map[string]*question
}

type question struct {
	PortalQuestion
	answer chan bool
}

// PortalQuestion is what a piece of work asks; its text is empty when it asks nothing.
type PortalQuestion struct {
	Text  string   `json:"text"`
	Yes   string   `json:"yes"` // the words of the two answers
	No    string   `json:"no"`
	Files []string `json:"files"` // names of the files it is about
}

// ask puts a question and waits for the answer; when ctx ends the answer is no.
func (q *questions) ask(ctx context.Context, job string, what PortalQuestion) bool {
	one := &question{PortalQuestion: what, answer: make(chan bool, 1)}
	q.mu.Lock()
	if q.all == nil {
		q.all = map[string]*question{}
	}
	q.all[job] = one
	q.mu.Unlock()
	defer func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		delete(q.all, job)
	}()
	select {
	case yes := <-one.answer:
		return yes
	case <-ctx.Done():
		return false
	}
}

// Question returns what a piece of work asks the person.
func (s *Portals) Question(_ context.Context, job string) (PortalQuestion, error) {
	s.questions.mu.Lock()
	defer s.questions.mu.Unlock()
	if one := s.questions.all[job]; one != nil {
		return one.PortalQuestion, nil
	}
	return PortalQuestion{Files: []string{}}, nil
}

// Answer answers what a piece of work asks.
func (s *Portals) Answer(_ context.Context, job string, yes bool) error {
	s.questions.mu.Lock()
	defer s.questions.mu.Unlock()
	one := s.questions.all[job]
	if one == nil {
		return listing.Fail(listing.CodeRefused, "现在没有在问这个问题", "请看现在的状态")
	}
	delete(s.questions.all, job)
	one.answer <- yes
	return nil
}
