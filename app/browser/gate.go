package browser

import (
	"context"
	"sync"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
)

// Gate says what is done with the requests of a page for a while, in the place of Watch.Intercept.
type Gate struct {
	// Decide is asked for every request, each in its own goroutine; the request is held until it returns.
	Decide func(Request) Answer
	// Ended, when given, hears of every request that Decide let pass once its answer is there: its status, or 0 when
	// none came. It must return at once.
	Ended func(r Request, status int)

	mu     sync.Mutex
	passed map[network.RequestID]Request // and not answered yet
}

// Guard puts a gate before the requests of the page, until the returned function takes it away. There can be one. The page
// has to stand: what a document asks for that is arriving just then may pass unasked.
func (p *Page) Guard(ctx context.Context, g *Gate) (open func(context.Context) error, err error) {
	g.passed = map[network.RequestID]Request{}
	p.gate.Store(g)
	if p.watch.Intercept == nil {
		if err := p.call(ctx, do(fetch.Enable, fetch.EnableParams{})); err != nil {
			p.gate.Store(nil)
			return nil, p.failed(ctx, "页面没有回答", err)
		}
	}
	return func(ctx context.Context) error {
		p.gate.Store(nil)
		if p.watch.Intercept != nil {
			return nil
		}
		if err := p.call(ctx, do(fetch.Disable, empty{})); err != nil {
			return p.failed(ctx, "页面没有回答", err)
		}
		return nil
	}, nil
}

// decide is who decides on a request now: the gate, else Watch.Intercept. A request that was held when the gate was
// taken away passes.
func (p *Page) decide(ev *fetch.EventRequestPaused) Answer {
	r := p.request(ev)
	if g := p.gate.Load(); g != nil {
		return g.decide(ev.NetworkID, r)
	}
	if p.watch.Intercept != nil {
		return p.watch.Intercept(r)
	}
	return Answer{Act: Pass}
}

func (g *Gate) decide(id network.RequestID, r Request) Answer {
	a := g.Decide(r)
	if a.Act == Pass && id != "" {
		g.mu.Lock()
		g.passed[id] = r
		g.mu.Unlock()
	}
	return a
}

// network follows the requests that passed the gate. The answer counts, not the end of its body: a page need not read it.
func (g *Gate) network(raw any) {
	switch ev := raw.(type) {
	case *network.EventResponseReceived:
		g.end(ev.RequestID, int(ev.Response.Status))
	case *network.EventLoadingFailed:
		g.end(ev.RequestID, 0)
	}
}

func (g *Gate) end(id network.RequestID, status int) {
	g.mu.Lock()
	r, known := g.passed[id]
	delete(g.passed, id)
	g.mu.Unlock()
	if known && g.Ended != nil {
		g.Ended(r, status)
	}
}
