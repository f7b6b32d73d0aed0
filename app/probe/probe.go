package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"shangjiatong/app/listing"
)

// Kind is what came of asking an address.
type Kind string

// The kinds. Answered and Distrusted mean that something is there.
const (
	Answered    Kind = "answered"
	Distrusted  Kind = "distrusted"  // something answers, but its TLS cannot be relied on
	NoAddress   Kind = "no_address"  // nothing was entered
	BadAddress  Kind = "bad_address" // not asked: no web address
	NoName      Kind = "no_name"
	Refused     Kind = "refused"
	Timeout     Kind = "timeout"
	Silent      Kind = "silent" // connected, and no answer
	Reset       Kind = "reset"
	Unreachable Kind = "unreachable"
	Failed      Kind = "failed"
)

func kinds() []Kind {
	return []Kind{Answered, Distrusted, NoAddress, BadAddress, NoName, Refused, Timeout, Silent, Reset, Unreachable, Failed}
}

// Answers reports whether something is there.
func (k Kind) Answers() bool { return k == Answered || k == Distrusted }

// Answer is what came of asking one address.
type Answer struct {
	URL    string
	Kind   Kind
	Word   string // for the person, with the status or the place of a redirect
	Status int    // of HTTP; 0 without an answer in HTTP
	To     string // the host and path that a redirect leads to; it was not followed
	Took   time.Duration
}

// Prober asks addresses. The zero Prober is not usable; see New.
type Prober struct {
	settings Settings
}

// New returns a prober with the embedded settings.
func New() (*Prober, error) {
	s, err := Default()
	if err != nil {
		return nil, err
	}
	return &Prober{settings: s}, nil
}

// Ask asks all addresses, a few at a time, and returns the answers in the order of the addresses. done, when given, hears
// how many have been asked; it may be called from several goroutines. The only errors are CodeCanceled and CodeTooLarge.
func (p *Prober) Ask(ctx context.Context, addresses []string, done func(n int)) ([]Answer, error) {
	if len(addresses) > p.settings.Most {
		return nil, listing.Failf(listing.CodeTooLarge, "请先删去一些", "一次最多问 %d 个地址，现在有 %d 个", p.settings.Most, len(addresses))
	}
	out := make([]Answer, len(addresses))
	var asked atomic.Int64
	var all sync.WaitGroup
	places := make(chan struct{}, p.settings.Parallel)
	for i, address := range addresses {
		places <- struct{}{}
		all.Go(func() {
			out[i] = p.one(ctx, address)
			<-places
			if n := asked.Add(1); done != nil {
				done(int(n))
			}
		})
	}
	all.Wait()
	if ctx.Err() != nil {
		return nil, listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	}
	return out, nil
}

func (p *Prober) one(ctx context.Context, address string) Answer {
	out := Answer{URL: address}
	switch u, err := url.Parse(address); {
	case strings.TrimSpace(address) == "":
		out.Kind = NoAddress
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		out.Kind = BadAddress
	default:
		u.Fragment, u.User = "", nil
		began := time.Now()
		p.request(ctx, u, &out)
		out.Took = time.Since(began)
	}
	out.Word = p.word(out)
	return out
}

func (p *Prober) word(a Answer) string {
	word := p.settings.Words[a.Kind]
	switch {
	case a.To != "":
		return fmt.Sprintf("%s（HTTP %d，转到 %s）", word, a.Status, a.To)
	case a.Status != 0:
		return fmt.Sprintf("%s（HTTP %d）", word, a.Status)
	}
	return word
}

// request asks by HEAD, and by GET where HEAD is not understood or answered by silence.
func (p *Prober) request(ctx context.Context, u *url.URL, out *Answer) {
	p.try(ctx, http.MethodHead, u, out)
	switch {
	case out.Status == http.StatusMethodNotAllowed, out.Status == http.StatusNotImplemented, out.Status == http.StatusNotFound,
		out.Kind == Reset:
		p.try(ctx, http.MethodGet, u, out)
	}
}

func (p *Prober) try(ctx context.Context, method string, u *url.URL, out *Answer) {
	out.Kind, out.Status, out.To = Failed, 0, ""
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})
	ctx, stop := context.WithTimeout(ctx, p.settings.connect()+p.settings.answer())
	defer stop()
	r, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		out.Kind = BadAddress
		return
	}
	r.Header.Set("User-Agent", p.settings.Agent)
	transport := p.transport()
	defer transport.CloseIdleConnections()
	client := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		out.Kind = kindOf(err, connected.Load())
		return
	}
	_ = answer.Body.Close() // it is left unread
	out.Kind, out.Status = Answered, answer.StatusCode
	if to, err := answer.Location(); err == nil {
		out.To = shown(u, to)
	}
}

// transport makes a connection of its own for every request: nothing is kept and nothing shared.
func (p *Prober) transport() *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: p.settings.connect()}).DialContext,
		TLSHandshakeTimeout:    p.settings.connect(),
		ResponseHeaderTimeout:  p.settings.answer(),
		DisableKeepAlives:      true,
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// shown is where a redirect leads, without what a query may carry, cut to a length for a line.
func shown(from, to *url.URL) string {
	text := to.Path
	if to.Host != from.Host || to.Scheme != from.Scheme {
		text = to.Scheme + "://" + to.Host + to.Path
	}
	if runes := []rune(text); len(runes) > 80 {
		text = string(runes[:80]) + "…"
	}
	return text
}

// kindOf tells failures apart. connected says whether the connection stood when it failed.
func kindOf(err error, connected bool) Kind {
	var name *net.DNSError
	var timed net.Error
	switch {
	case distrusted(err):
		return Distrusted
	case errors.As(err, &name):
		return NoName
	case is(err, syscall.ECONNREFUSED, 10061):
		return Refused
	case is(err, syscall.ENETUNREACH, 10051), is(err, syscall.EHOSTUNREACH, 10065):
		return Unreachable
	case errors.As(err, &timed) && timed.Timeout(), errors.Is(err, context.DeadlineExceeded):
		if connected {
			return Silent
		}
		return Timeout
	case connected, is(err, syscall.ECONNRESET, 10054):
		return Reset
	}
	return Failed
}

// is compares with an error number as Unix and as Windows know it.
func is(err error, unix, windows syscall.Errno) bool {
	var number syscall.Errno
	return errors.Is(err, unix) || errors.As(err, &number) && number == windows
}

// distrusted reports that the other side answered, in a TLS that cannot be relied on: a certificate of its own, of another
// name or run out, or no TLS at all.
func distrusted(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}
