package portal

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// ReadOptions say how a list is read.
type ReadOptions struct {
	// Recipe is the ID of the recipe the tables are of, named in what is told of a page that differs.
	Recipe string
	// All reads every page of the list, from the first; otherwise only what the page shows now.
	All bool
	// MaxPages bounds All; 0 is the limit of the program. A list with more is an error of CodeTooLarge.
	MaxPages int
	// Progress hears the page that was read and how many rows there are so far and, when the pager says it, in all
	// (else -1); may be nil.
	Progress func(page, rows, total int)
	// Check is called before a page is read for good, after the page was turned: its error, such as that the session
	// ended, ends the reading. May be nil.
	Check func(ctx context.Context) error
	// Picture is called once when the page differs from the recipe, while it still shows that; what it returns goes to
	// Drift.Picture. May be nil.
	Picture func(ctx context.Context) (string, error)
}

// ReadTable reads the wanted tables of the page; several are the parts of one Result. With o.All it turns the pages of
// each list. Rows are returned whole or not at all: a list that cannot be read to its end is an error, and a list whose
// pager speaks of another number of rows, or that changed meanwhile, is told by Result.Incomplete and a note.
func ReadTable(ctx context.Context, p *browser.Page, want []recipe.Table, o ReadOptions) (table.Result, error) {
	words, err := currentPager()
	if err != nil {
		return table.Result{}, err
	}
	if o.MaxPages <= 0 || o.MaxPages > words.Pages {
		o.MaxPages = words.Pages
	}
	if o.Progress == nil {
		o.Progress = func(int, int, int) {}
	}
	r := &tableReader{page: p, want: want, words: words, o: o}
	at, err := r.settled(ctx, "")
	if err != nil {
		return table.Result{}, err
	}
	if len(at.result.Drift) > 0 {
		return r.pictured(ctx, at.result)
	}
	if !o.All {
		return r.present(ctx, at)
	}
	return r.lists(ctx, at)
}

// tableReader reads the tables of one page of the browser.
type tableReader struct {
	page  *browser.Page
	want  []recipe.Table
	words pagerWords
	o     ReadOptions
}

// view is what the page shows of the wanted tables at one time.
type view struct {
	result table.Result
	frames []browser.Frame
	mark   string // all texts, to tell one page of a list from another
}

// read reads what the page shows now.
func (r *tableReader) read(ctx context.Context) (view, error) {
	source, frames, err := r.look(ctx)
	if err != nil {
		return view{}, err
	}
	res, err := table.Read(source, r.o.Recipe, r.want)
	if err != nil {
		return view{}, err
	}
	mark, err := json.Marshal([]any{res.Rows, res.Drift})
	if err != nil {
		return view{}, fmt.Errorf("rows: %w", err)
	}
	return view{res, frames, string(mark)}, nil
}

// emptyRounds is how often an empty table or one that differs has to stay so: rows may be on their way unannounced.
const emptyRounds = 5

// settled waits until the page shows rows other than before, and the same for a while with nothing loading. After the
// longest time it returns what there is.
func (r *tableReader) settled(ctx context.Context, before string) (view, error) {
	var last view
	same := -1
	for until := time.Now().Add(r.words.turn()); ; {
		now, err := r.read(ctx)
		switch {
		case err != nil && (r.hopeless(ctx, err) || time.Now().After(until)):
			return view{}, err
		case err != nil || r.busy(ctx, now):
			same = -1
		case now.mark != last.mark:
			same = 0
		default:
			same++
		}
		if err == nil {
			last = now
			if ended := r.ended(ctx, now, before); ended != nil {
				return view{}, ended
			}
		}
		enough := 2
		if len(last.result.Rows) == 0 {
			enough = emptyRounds
		}
		late := time.Now().After(until)
		if same >= enough && (last.mark != before || late) {
			return last, nil
		}
		if late {
			if err := r.restless(same, time.Since(until)); err != nil {
				return view{}, err
			}
		}
		if err := pause(ctx, r.words.settle()); err != nil {
			return view{}, err
		}
	}
}

// hopeless reports whether looking again cannot help.
func (r *tableReader) hopeless(ctx context.Context, err error) bool {
	return ctx.Err() != nil || r.page.Gone() || listing.CodeOf(err) == listing.CodeTooLarge
}

// restless is the error of a list that did not come to rest in the longest time: at once when it still loads, after a
// last grace when it changes again and again.
func (r *tableReader) restless(same int, over time.Duration) error {
	if same < 0 {
		return listing.Failf(listing.CodeUnreadable, "等页面加载完，或刷新页面后再读", "等了 %d 秒，页面上的列表还在加载", r.words.TurnSeconds)
	}
	if over > r.words.turn()/2 {
		return listing.Fail(listing.CodeUnreadable, "页面上的列表一直在变，读不准", "等页面静下来，或刷新页面后再读")
	}
	return nil
}

// ended asks whether the session ended, once a table is gone that was there before.
func (r *tableReader) ended(ctx context.Context, v view, before string) error {
	if r.o.Check == nil || before == "" || len(v.result.Drift) == 0 {
		return nil
	}
	return r.o.Check(ctx)
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return listing.Fail(listing.CodeCanceled, "已停止", "").Because(ctx.Err())
	case <-t.C:
		return nil
	}
}

// busy reports whether rows of any of the tables are still on their way.
func (r *tableReader) busy(ctx context.Context, v view) bool {
	for i := range v.result.Places {
		frame, mark, ok := v.place(i)
		if !ok {
			return true
		}
		if busy, err := call[bool](ctx, r, frame, "busy", mark, r.words); err != nil || busy {
			return true
		}
	}
	return false
}

// place is where the i-th table is in the browser.
func (v view) place(i int) (frame string, mark int, ok bool) {
	if i >= len(v.result.Places) || v.result.Places[i].Document >= len(v.frames) {
		return "", 0, false
	}
	mark, err := strconv.Atoi(v.result.Places[i].Mark)
	return v.frames[v.result.Places[i].Document].ID, mark, err == nil
}

// present returns what the page shows, and tells when the list has more pages.
func (r *tableReader) present(ctx context.Context, v view) (table.Result, error) {
	for i, t := range r.want {
		st, err := r.pagerOf(ctx, v, i, "")
		if err != nil {
			return table.Result{}, err
		}
		rows := len(v.result.Rows)
		if i < len(v.result.Parts) {
			rows = v.result.Parts[i].Rows
		}
		if st.Total > rows || st.Next || st.Previous || st.More {
			v.result.Incomplete, v.result.Notes = true, append(v.result.Notes, fmt.Sprintf("“%s”不止一页，只读了当前页%s", t.Title, pageWords(st)))
		}
		if note := hiddenLines(v.result.Places, i, rows); note != "" {
			v.result.Incomplete, v.result.Notes = true, append(v.result.Notes, note)
		}
		if err := r.hidden(ctx, v, i, &v.result, t.Title); err != nil {
			return table.Result{}, err
		}
		r.o.Progress(1, rows, st.Total)
	}
	return v.result, nil
}

// hiddenLines tells that the mark-up of a table numbers more rows than were read; headers may be counted.
func hiddenLines(places []table.Place, i, rows int) string {
	if i >= len(places) || places[i].Lines <= rows+1 {
		return ""
	}
	return fmt.Sprintf("页面说有 %d 行，只显示了 %d 行", places[i].Lines, rows)
}

func pageWords(st pager) string {
	switch {
	case st.At > 0 && st.Total >= 0:
		return fmt.Sprintf("（第 %d 页，共 %d 条）", st.At, st.Total)
	case st.At > 0:
		return fmt.Sprintf("（第 %d 页）", st.At)
	case st.Total >= 0:
		return fmt.Sprintf("（共 %d 条）", st.Total)
	}
	return ""
}

func (r *tableReader) pagerOf(ctx context.Context, v view, i int, press string) (pager, error) {
	frame, mark, ok := v.place(i)
	if !ok {
		return pager{None: true, Total: -1}, nil
	}
	st, err := call[pager](ctx, r, frame, "pager", mark, r.words, press)
	if st.None || st.Gone {
		st.Total = -1
	}
	return st, err
}

// pictured adds the picture of the page to what differs.
func (r *tableReader) pictured(ctx context.Context, res table.Result) (table.Result, error) {
	if r.o.Picture == nil {
		return res, nil
	}
	at, err := r.o.Picture(ctx)
	if err != nil {
		return res, err
	}
	for i := range res.Drift {
		res.Drift[i].Picture = at
	}
	return res, nil
}

// lists reads every page of each of the wanted lists.
func (r *tableReader) lists(ctx context.Context, at view) (table.Result, error) {
	whole := at.result
	out := table.Result{Table: whole.Table, Rows: []map[string]string{}, Drift: []table.Drift{}, Notes: whole.Notes}
	for _, t := range r.want {
		one := r.list(t)
		if len(r.want) == 1 {
			one.first = &at // it is at rest already
		}
		res, err := one.all(ctx)
		if err != nil {
			return table.Result{}, err
		}
		if len(res.Drift) > 0 {
			res.Table = whole.Table
			return r.pictured(ctx, res)
		}
		if len(r.want) > 1 {
			out.Parts = append(out.Parts, table.Part{Heading: t.Heading, From: len(out.Rows), Rows: len(res.Rows)})
		}
		out.Rows, out.Links = append(out.Rows, res.Rows...), append(out.Links, res.Links...)
		out.Pages, out.Notes, out.Incomplete = max(out.Pages, res.Pages), append(out.Notes, res.Notes...), out.Incomplete || res.Incomplete
		out.Places = append(out.Places, res.Places...)
	}
	out.Whole = !out.Incomplete
	return out, nil
}
