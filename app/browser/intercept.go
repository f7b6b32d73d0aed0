package browser

import (
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
)

// Request is a request a page is about to make.
type Request struct {
	ID      string // the same when it is sent on to another address
	URL     string
	Method  string
	Kind    string            // Document, Script, Image, XHR, Fetch, Preflight, Ping, WebSocket … as the browser names it
	Headers map[string]string // as the page gave them
	Body    []byte            // as far as the browser tells it
	HasBody bool              // whether there is one, told or not
	Top     bool              // made by the page itself, not by a frame in it
}

// Act is what is done with a request.
type Act int

// The acts: the zero Answer blocks, so that nothing leaves by oversight.
const (
	Block Act = iota
	Pass
	Reply // answered here; nothing leaves the machine
)

// Answer is what becomes of a request. The members after Act are for Reply; Delay is waited for before any act.
type Answer struct {
	Act    Act
	Status int
	Header map[string]string
	Body   []byte
	Delay  time.Duration
}

// answer asks the gate, or Watch.Intercept, and does as it says. Errors mean that the page has lost interest meanwhile.
func (p *Page) answer(ev *fetch.EventRequestPaused) {
	a := p.decide(ev)
	if a.Delay > 0 {
		select {
		case <-time.After(a.Delay):
		case <-p.dead.Done():
			return
		}
	}
	switch a.Act {
	case Pass:
		_ = p.call(p.ctx, do(fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: ev.RequestID}))
	case Reply:
		_ = p.call(p.ctx, do(fetch.FulfillRequest, fulfilment(ev.RequestID, a)))
	default:
		_ = p.call(p.ctx, do(fetch.FailRequest, fetch.FailRequestParams{RequestID: ev.RequestID, ErrorReason: network.ErrorReasonBlockedByClient}))
	}
}

func fulfilment(id fetch.RequestID, a Answer) fetch.FulfillRequestParams {
	params := fetch.FulfillRequestParams{RequestID: id, ResponseCode: int64(a.Status), Body: a.Body}
	if params.ResponseCode == 0 {
		params.ResponseCode = 200
	}
	for name, value := range a.Header {
		params.ResponseHeaders = append(params.ResponseHeaders, &fetch.HeaderEntry{Name: name, Value: value})
	}
	return params
}

func (p *Page) request(ev *fetch.EventRequestPaused) Request {
	r := Request{ID: string(ev.NetworkID), URL: ev.Request.URL, Method: ev.Request.Method, Kind: string(ev.ResourceType), Headers: map[string]string{}, Top: p.top(ev.FrameID), HasBody: ev.Request.HasPostData}
	for name, value := range ev.Request.Headers {
		if text, ok := value.(string); ok {
			r.Headers[name] = text
		}
	}
	for _, part := range ev.Request.PostDataEntries {
		r.Body = append(r.Body, part.Bytes...)
	}
	return r
}
