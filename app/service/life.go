package service

import (
	"context"
	"sync"
)

// life is what goes on behind the calls for as long as the program runs: loops that were switched on, browsers that are
// open.
type life struct {
	ctx  context.Context
	end  context.CancelFunc
	work sync.WaitGroup
}

func newLife() *life {
	ctx, end := context.WithCancel(context.Background())
	return &life{ctx: ctx, end: end}
}

// Begin starts what goes on behind the calls; a command does not need it. It ends with ctx, or by End.
func (s *Services) Begin(ctx context.Context) {
	life := s.Networks.life
	context.AfterFunc(ctx, life.end)
	life.work.Go(func() { s.Networks.watch(life.ctx) })
	life.work.Go(func() { s.Refresh.Watch(life.ctx) })
}

// End ends what goes on behind the calls, and waits until it is over. The store must still be open.
func (s *Services) End() {
	s.Networks.sessions.closeAll(s.Networks.stamp())
	s.Networks.life.end()
	s.Networks.life.work.Wait()
}
