package store

import "sync"

// gate lets many use the database at once, or one alone. Unlike a sync.RWMutex, it lets a user in again who is in already
// while another waits to be alone: a read inside a read must not wait for one who waits for the outer read.
type gate struct {
	mu    sync.Mutex
	free  *sync.Cond // made by newGate
	users int
	alone bool
}

func newGate() *gate {
	g := &gate{}
	g.free = sync.NewCond(&g.mu)
	return g
}

// use waits until nobody is alone; the answer ends the use.
func (g *gate) use() (end func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.alone {
		g.free.Wait()
	}
	g.users++
	return func() { g.leave(func() { g.users-- }) }
}

// own waits until nobody else is there; the answer lets the others in again.
func (g *gate) own() (end func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.alone || g.users > 0 {
		g.free.Wait()
	}
	g.alone = true
	return func() { g.leave(func() { g.alone = false }) }
}

func (g *gate) leave(how func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	how()
	g.free.Broadcast()
}
