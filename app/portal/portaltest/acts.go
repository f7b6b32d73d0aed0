package portaltest

import (
	"net/http"
)

func (p *Portal) answerAct(r *http.Request) (any, int) {
	var a struct {
		Path, Button, Form string
		Values             map[string]any
	}
	decode(r, &a)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.posted = append(p.posted, Posted{Form: a.Form, Button: a.Button, Values: a.Values})
	return Answer{Message: a.Button + "成功"}, 200
}
func (p *Portal) answerCheck(r *http.Request) (any, int)   { return map[string]any{}, 200 }
func (p *Portal) answerScan(r *http.Request) (any, int)    { return map[string]any{}, 200 }
func (p *Portal) loggedIn(*http.Request) bool              { return true }
func (p *Portal) visit(http.ResponseWriter, *http.Request) {}

// Scan x.
func (p *Portal) Scan() {}

// ExpireSession x.
func (p *Portal) ExpireSession() {}
