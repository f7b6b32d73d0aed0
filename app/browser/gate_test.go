package browser

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// taker is a server that remembers what reached it. /cut ends without an answer.
type taker struct {
	mu  sync.Mutex
	got []string
}

func (s *taker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	if r.URL.Path != "/" {
		s.got = append(s.got, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+string(body)))
	}
	s.mu.Unlock()
	switch r.URL.Path {
	case "/":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:,">`) // or the browser asks for one when it likes
	case "/cut":
		panic(http.ErrAbortHandler)
	case "/bad":
		http.Error(w, "no", http.StatusTeapot)
	default:
		fmt.Fprint(w, "taken")
	}
}

func (s *taker) reached() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

// gated is a page of a taker, behind a gate once guard is called.
type gated struct {
	*taker
	page *Page
	mu   sync.Mutex
	seen []string // what Decide was asked of
	done []string // what Ended told
}

func gatedPage(t *testing.T, w Watch) *gated {
	t.Helper()
	g := &gated{taker: &taker{}}
	s := httptest.NewServer(g.taker)
	t.Cleanup(s.Close)
	h := &heard{}
	w.Event = h.event
	g.page = opened(t, started(t, Options{}), Device{}, w)
	if err := g.page.Navigate(t.Context(), s.URL+"/", 10*time.Second); err != nil {
		t.Fatal(err)
	}
	h.wait(t, EventLoaded, "")
	return g
}

// guard puts a gate up that answers as told by path.
func (g *gated) guard(t *testing.T, decide func(Request) Answer) (open func()) {
	t.Helper()
	take, err := g.page.Guard(t.Context(), &Gate{
		Decide: func(r Request) Answer {
			g.mu.Lock()
			g.seen = append(g.seen, strings.TrimSpace(r.Method+" "+pathOf(r.URL)+" "+string(r.Body)))
			g.mu.Unlock()
			return decide(r)
		},
		Ended: func(r Request, status int) {
			g.mu.Lock()
			defer g.mu.Unlock()
			g.done = append(g.done, fmt.Sprint(pathOf(r.URL), " ", status))
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		if err := take(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}
}

func pathOf(url string) string { return "/" + strings.SplitN(url, "/", 4)[3] }

// post sends from inside the page and tells what came of it there.
func (g *gated) post(t *testing.T, path string) string {
	t.Helper()
	got, err := Evaluate[string](t.Context(), g.page, fmt.Sprintf(`fetch(%q, {method: 'POST', body: 'content'}).then(async r => r.status + ' ' + await r.text(), () => 'failed')`, path))
	if err != nil {
		t.Error(err)
	}
	return got
}

// told waits until Ended has told of so many.
func (g *gated) told(t *testing.T, n int) []string {
	t.Helper()
	for range 200 {
		g.mu.Lock()
		done := slices.Clone(g.done)
		g.mu.Unlock()
		if len(done) >= n {
			return done
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%d were told, not %d", len(g.done), n)
	return nil
}

// What the gate decides of a request happens to it, and only what passed is told of at its end.
func TestGuardDecides(t *testing.T) {
	g := gatedPage(t, Watch{})
	open := g.guard(t, func(r Request) Answer {
		switch pathOf(r.URL) {
		case "/blocked":
			return Answer{}
		case "/here":
			return Answer{Act: Reply, Status: http.StatusAccepted, Body: []byte("from here")}
		}
		return Answer{Act: Pass}
	})
	for path, want := range map[string]string{"/passed": "200 taken", "/bad": "418 no\n", "/cut": "failed", "/blocked": "failed", "/here": "202 from here"} {
		if got := g.post(t, path); got != want {
			t.Errorf("%s: the page saw %q, not %q", path, got, want)
		}
	}
	done := g.told(t, 3)
	slices.Sort(done)
	if want := []string{"/bad 418", "/cut 0", "/passed 200"}; !slices.Equal(done, want) {
		t.Errorf("told of %q, not %q", done, want)
	}
	if got := g.reached(); slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "/blocked") || strings.Contains(s, "/here") }) {
		t.Errorf("the server got %q", got)
	}
	if !slices.Contains(g.seen, "POST /passed content") || !slices.Contains(g.seen, "POST /blocked content") {
		t.Errorf("asked of %q", g.seen)
	}
	open()
	asked := len(g.seen)
	if got := g.post(t, "/blocked"); got != "200 taken" || len(g.seen) != asked {
		t.Errorf("with the gate taken away the page saw %q, asked of %q", got, g.seen[asked:])
	}
}

// A request waits at the gate for as long as the decision takes: nothing of it has left meanwhile, and the page goes on.
func TestGuardHolds(t *testing.T) {
	g := gatedPage(t, Watch{})
	asked, decided := make(chan struct{}), make(chan Answer)
	open := g.guard(t, func(Request) Answer {
		close(asked)
		return <-decided
	})
	defer open()
	saw := make(chan string, 1)
	go func() { saw <- g.post(t, "/held") }()
	<-asked
	if got, err := Evaluate[int](t.Context(), g.page, "1 + 1"); err != nil || got != 2 || len(g.reached()) != 0 {
		t.Errorf("while it is held the page answers %d, %v; the server got %q", got, err, g.reached())
	}
	decided <- Answer{Act: Pass}
	if got := <-saw; got != "200 taken" || !slices.Equal(g.reached(), []string{"POST /held content"}) {
		t.Errorf("the page saw %q, the server got %q", got, g.reached())
	}
}

// A gate stands in the place of what the page was opened with, which decides again afterwards.
func TestGuardBeforeIntercept(t *testing.T) {
	g := gatedPage(t, Watch{Intercept: func(r Request) Answer {
		if pathOf(r.URL) == "/watched" {
			return Answer{Act: Reply, Body: []byte("watch")}
		}
		return Answer{Act: Pass}
	}})
	open := g.guard(t, func(Request) Answer { return Answer{Act: Reply, Body: []byte("gate")} })
	if got := g.post(t, "/watched"); got != "200 gate" {
		t.Errorf("behind the gate: %q", got)
	}
	open()
	if got := g.post(t, "/watched"); got != "200 watch" || len(g.reached()) != 0 {
		t.Errorf("afterwards: %q, the server got %q", got, g.reached())
	}
}

// Hear lets a second one hear, for its time only; one that has been followed by another does not take that away.
func TestHear(t *testing.T) {
	first, second, third := &heard{}, &heard{}, &heard{}
	p := opened(t, started(t, Options{}), Device{}, Watch{Event: first.event})
	log := func(word string) {
		t.Helper()
		if _, err := Evaluate[int](t.Context(), p, fmt.Sprintf("console.error(%q), 1", word)); err != nil {
			t.Fatal(err)
		}
		first.wait(t, EventConsole, word)
	}
	log("before")
	stop := p.Hear(second.event)
	log("between")
	second.wait(t, EventConsole, "between")
	stopThird := p.Hear(third.event)
	stop()
	log("with the third")
	third.wait(t, EventConsole, "with the third")
	stopThird()
	log("after")
	for name, c := range map[string]struct {
		who  *heard
		want []string
	}{
		"first":  {first, []string{"before", "between", "with the third", "after"}},
		"second": {second, []string{"between"}},
		"third":  {third, []string{"with the third"}},
	} {
		var got []string
		c.who.mu.Lock()
		for _, e := range c.who.all {
			if e.Kind == EventConsole {
				_, word, _ := strings.Cut(e.Text, "：")
				got = append(got, word)
			}
		}
		c.who.mu.Unlock()
		if !slices.Equal(got, c.want) {
			t.Errorf("the %s heard %q, not %q", name, got, c.want)
		}
	}
}
