package portaltest

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// Faults are what goes wrong with a portal. The zero Faults is a portal that works. They concern the pages and their
// requests, never the requests of the tests themselves (/_test/).
type Faults struct {
	Slow        int    `json:"slow"`         // milliseconds before each answer
	Status      int    `json:"status"`       // answered instead of the right thing, such as 500
	Cut         bool   `json:"cut"`          // the connection is cut without an answer
	Silent      bool   `json:"silent"`       // never answers
	Only        string `json:"only"`         // the four above concern only addresses that contain this
	After       int    `json:"after"`        // and only once so many such requests were answered well
	ExpireAfter int    `json:"expire_after"` // the session ends with the n-th request from now on
	UploadFails string `json:"upload_fails"` // what the server says of an upload instead of taking it

	Renamed map[string]string `json:"renamed"` // header of a table to what it is called now
	Missing []string          `json:"missing"` // headers that are gone
	Labels  map[string]string `json:"labels"`  // label of a field to what it is called now; empty: the field is gone
	Twice   string            `json:"twice"`   // this label stands on the form twice
	Endless bool              `json:"endless"` // the pager never comes to an end
}

// SetFaults replaces what goes wrong.
func (p *Portal) SetFaults(f Faults) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults, p.counted = f, 0
}

func (p *Portal) fault() Faults {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.faults
}

// relabel renames fields, or takes them away.
func relabel(f *Form, labels map[string]string) {
	for i := range f.Steps {
		for j := range f.Steps[i].Groups {
			g := &f.Steps[i].Groups[j]
			g.Fields = slices.DeleteFunc(g.Fields, func(x Field) bool {
				to, changed := labels[x.Label]
				return changed && to == ""
			})
			for k := range g.Fields {
				if to := labels[g.Fields[k].Label]; to != "" {
					g.Fields[k].Label = to
				}
			}
		}
	}
}

// twice puts a second field of the same label beside the first, under the same heading.
func twice(f *Form, label string, d dice) {
	if label == "" {
		return
	}
	for i := range f.Steps {
		for j := range f.Steps[i].Groups {
			g := &f.Steps[i].Groups[j]
			at := slices.IndexFunc(g.Fields, func(x Field) bool { return x.Label == label })
			if at < 0 {
				continue
			}
			second := g.Fields[at]
			second.ID, second.Key = "f"+d.name(), label+" 2"
			g.Fields = append(g.Fields, second)
			return
		}
	}
}

func (p *Portal) columnFaults(l *List) {
	f := p.fault()
	l.Columns = slices.DeleteFunc(l.Columns, func(c Column) bool { return slices.Contains(f.Missing, c.Title) })
	for i := range l.Columns {
		if to := f.Renamed[l.Columns[i].Title]; to != "" {
			l.Columns[i].Title = to
		}
	}
}

// originalHeader is the header before it was renamed; p.mu is held.
func (p *Portal) originalHeader(title string) string {
	for from, to := range p.faults.Renamed {
		if to == title {
			return from
		}
	}
	return title
}

// spoiled does what the faults say of a request, and reports whether that was all it gets.
func (p *Portal) spoiled(w http.ResponseWriter, r *http.Request) bool {
	p.mu.Lock()
	f := p.faults
	if f.ExpireAfter > 0 {
		p.faults.ExpireAfter--
		if p.faults.ExpireAfter == 0 {
			p.sessions = map[string]bool{}
		}
	}
	concerned := strings.Contains(r.URL.RequestURI(), f.Only)
	if concerned {
		p.counted++
	}
	concerned = concerned && p.counted > f.After
	p.mu.Unlock()
	if !concerned {
		return false
	}
	if f.Slow > 0 {
		select {
		case <-time.After(time.Duration(f.Slow) * time.Millisecond):
		case <-r.Context().Done():
			return true
		}
	}
	switch {
	case f.Silent:
		select {
		case <-r.Context().Done():
		case <-p.ended:
		}
		return true
	case f.Cut:
		cut(w)
		return true
	case f.Status != 0:
		http.Error(w, "系统繁忙", f.Status)
		return true
	}
	return false
}

// cut closes the connection without an answer.
func cut(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}
