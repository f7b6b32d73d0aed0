package fill

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"shangjiatong/app/browser"
)

// gate holds what the page sends, from the first file that is chosen until all fields were read back: a page may count a
// sum of a file first, or wait for something, and send it only then.
type gate struct {
	mu     sync.Mutex
	all    []*upload
	passed map[string][]*upload // by the IDs of requests under way, those whose files they take along
	open   func(context.Context) error
}

// uploads are the files chosen so far, by field.
func (g *gate) uploads() []*upload {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.all)
}

// hold puts the files of a field under the gate.
func (f *filler) hold(ctx context.Context, up *upload) error {
	g := &f.gate
	g.mu.Lock()
	g.all = append(g.all, up)
	g.mu.Unlock()
	if g.open != nil {
		return nil
	}
	var err error
	g.open, err = f.page.Guard(ctx, &browser.Gate{Decide: g.decide, Ended: g.ended})
	return err
}

// decide lets requests without a file pass, and those with one once the caller agreed.
func (g *gate) decide(r browser.Request) browser.Answer {
	if g.knows(r) {
		return browser.Answer{Act: browser.Pass}
	}
	whose := g.carriers(r)
	for n, up := range whose {
		if !up.let() {
			stopped(whose, n)
			return browser.Answer{Act: browser.Block}
		}
	}
	switch {
	case r.ID == "": // of a worker: nobody tells how it comes out, so the page has to
		for _, up := range whose {
			up.ended(http.StatusOK)
		}
	case len(whose) > 0:
		g.mu.Lock()
		g.passed[r.ID] = whose
		g.mu.Unlock()
	}
	return browser.Answer{Act: browser.Pass}
}

// knows reports whether a request was let pass before, and is only sent on to another address.
func (g *gate) knows(r browser.Request) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.passed[r.ID]) > 0
}

// stopped tells the fields whose files a request may take along that it was refused for one of them.
func stopped(whose []*upload, refused int) {
	for n, up := range whose {
		if n != refused {
			up.set(func() {
				if up.failed = "页面上传时看不出是哪一栏的文件，程序拦下了"; n < refused {
					up.under--
				}
			})
		}
	}
}

// carriers are the fields whose files a request takes along: those it names, else those that begin as what it holds, else
// all that were not sent yet.
func (g *gate) carriers(r browser.Request) []*upload {
	var all []*upload
	for _, up := range g.uploads() {
		if up.carries(r) {
			all = append(all, up)
		}
	}
	for _, is := range []func(*upload) bool{
		func(up *upload) bool { return up.names(r.Body) },
		func(up *upload) bool { return up.holds(r.Body) },
		func(up *upload) bool { return !up.finished() },
	} {
		var some []*upload
		for _, up := range all {
			if is(up) {
				some = append(some, up)
			}
		}
		if len(some) > 0 {
			return some
		}
	}
	return all
}

// busy reports whether files are on their way, or wait for the caller's word.
func (g *gate) busy() bool { return slices.ContainsFunc(g.uploads(), (*upload).open) }

func (g *gate) ended(r browser.Request, status int) {
	g.mu.Lock()
	whose := g.passed[r.ID]
	delete(g.passed, r.ID)
	g.mu.Unlock()
	for _, up := range whose {
		up.ended(status)
	}
}

// uploaded waits until what the page sends of the files is sent, and long enough to see whether it does; a field whose files
// did not arrive has failed.
func (r *run) uploaded(ctx context.Context) error {
	for _, up := range r.gate.uploads() {
		if r.state[up.field] != filled {
			continue
		}
		err := r.afterwards(ctx, up)
		why, plain := ordinary(err)
		if plain {
			r.state[up.field], r.why[up.field] = failed, why
		} else if err != nil {
			return err
		}
	}
	return nil
}

// afterwards waits for what the page still does with the files of a field it shows.
func (r *run) afterwards(ctx context.Context, up *upload) error {
	l := r.words.Limits
	began := time.Now()
	for limit := l.Upload; time.Since(began) < ms(limit); {
		if up.asking() {
			began = time.Now()
		} else {
			if limit = l.Upload; up.open() {
				limit = l.Sending
			}
			s, err := call[uploading](ctx, r.filler, "uploading", up.field)
			if err != nil {
				return err
			}
			if err := up.outcome(s.Failed, ms(l.Settle)); err != nil {
				return r.takeBack(ctx, up.field, up, err)
			}
			if !s.Busy && (!s.Waits || up.collected(ms(l.Waits))) && up.settled(ms(l.Late)) {
				return nil
			}
		}
		if err := pause(ctx, ms(80)); err != nil {
			return err
		}
	}
	return refuse("等了 %d 秒，页面还没有上传完文件", int(time.Since(began).Seconds()))
}

// letGo takes the gate away. A field whose files are on their way still, or were refused by now, is not right.
func (r *run) letGo(ctx context.Context) error {
	if r.gate.open == nil {
		return nil
	}
	for _, up := range r.gate.uploads() {
		f := &r.fields[up.field]
		if why := up.end(); why != "" && f.OK {
			f.OK, f.Message = false, why
		}
	}
	return r.gate.open(context.WithoutCancel(ctx))
}
