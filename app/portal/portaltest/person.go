package portaltest

import (
	"context"
	_ "embed" // the script is a file of its own
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

//go:embed person.js
var personScript string

// Deed is something the person at the page does: open an address of the portal, or press what can be seen, in a row of
// a list or anywhere.
type Deed struct {
	ID    int    `json:"id"`
	Open  string `json:"open,omitempty"`
	Press string `json:"press,omitempty"`
	Row   string `json:"row,omitempty"`   // a cell of the row has just this text
	Times int    `json:"times,omitempty"` // pressed so often in a row
}

// Do lets the person at the page do one thing after the other and returns when all are done. It needs Options.Person.
func (p *Portal) Do(ctx context.Context, deeds ...Deed) error {
	for _, d := range deeds {
		if err := p.do(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (p *Portal) do(ctx context.Context, d Deed) error {
	p.mu.Lock()
	p.asked++
	d.ID = p.asked
	p.deeds = append(p.deeds, d)
	p.mu.Unlock()
	defer p.did(d)
	for {
		p.mu.Lock()
		waiting := slices.Contains(p.deeds, d)
		p.mu.Unlock()
		if !waiting {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the person could not do %+v: %w", d, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// press counts what the person pressed.
func (p *Portal) press(d Deed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d.Press != "" {
		p.pressed[d.Press] += max(d.Times, 1)
	}
}

// Pressed says how often the person pressed what. A final button that was pressed more often was pressed by another.
func (p *Portal) Pressed() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.pressed)
}

// did takes a deed off the list.
func (p *Portal) did(d Deed) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deeds = slices.DeleteFunc(p.deeds, func(x Deed) bool { return x.ID == d.ID })
}

// next is what the person does now, or nil.
func (p *Portal) next() any {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.deeds) == 0 {
		return nil
	}
	return p.deeds[0]
}

func (p *Portal) personRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /_test/person", func(w http.ResponseWriter, r *http.Request) {
		reply(w, func(*http.Request) (any, int) { return p.next(), http.StatusOK })(r)
	})
	mux.HandleFunc("POST /_test/do", func(w http.ResponseWriter, r *http.Request) {
		var d Deed
		if !decode(r, &d) || p.do(r.Context(), d) != nil {
			http.Error(w, "not done", http.StatusRequestTimeout)
		}
	})
	mux.HandleFunc("POST /_test/person", func(_ http.ResponseWriter, r *http.Request) {
		var d Deed
		if decode(r, &d) {
			p.press(d)
			p.did(d)
		}
	})
}
