package portal

import (
	"context"
	"fmt"

	"shangjiatong/app/browser"
	"shangjiatong/app/listing"
	"shangjiatong/app/portal/recipe"
	"shangjiatong/app/portal/table"
)

// list reads all pages of one list.
type list struct {
	*tableReader
	title string
	seen  map[string]bool // pages read
	top   string          // the first of them
	keys  map[string]int  // of the rows read: the page each stands on
	grown bool            // rows were added to those of the first page
	total int             // of rows, as the pager said last; -1 before it said so
	why   string          // the list changed while it was read
	out   table.Result
	first *view // what the page shows, where that is known
}

func (r *tableReader) list(t recipe.Table) *list {
	return &list{tableReader: &tableReader{page: r.page, want: []recipe.Table{t}, words: r.words, o: r.o}, title: t.Title, seen: map[string]bool{}, keys: map[string]int{}, total: -1}
}

// all reads the list from its first page to its last.
func (l *list) all(ctx context.Context) (table.Result, error) {
	v, st, err := l.start(ctx)
	if err == nil {
		v, st, err = l.lengthened(ctx, v, st)
	}
	if err != nil {
		return table.Result{}, err
	}
	for page := 1; ; page++ {
		if len(v.result.Drift) > 0 {
			return v.result, nil
		}
		if v, err = l.whole(ctx, v); err != nil {
			return table.Result{}, err
		}
		if err := l.keep(v, st, page); err != nil {
			return table.Result{}, err
		}
		if !st.Next || st.Total >= 0 && len(l.out.Rows) >= st.Total && (st.At == 0 || st.At >= st.Last) {
			return l.finished(st), nil
		}
		if page >= l.o.MaxPages {
			return table.Result{}, listing.Failf(listing.CodeTooLarge, "先在页面上用查询条件缩小范围，或把每页条数调大，再读", "“%s”翻了 %d 页还没有到底，没有读完", l.title, page)
		}
		before := v
		if v, err = l.turn(ctx, before, "next"); err != nil {
			return table.Result{}, err
		}
		after, err := l.pagerOf(ctx, v, 0, "")
		if err != nil {
			return table.Result{}, err
		}
		if v.mark == before.mark {
			return l.stuck(st, after, page)
		}
		if l.around(v, st, after, page) {
			return l.finished(st), nil
		}
		if err := l.skipped(st, after); err != nil {
			return table.Result{}, err
		}
		st = after
	}
}

// start brings the list to its first page.
func (l *list) start(ctx context.Context) (view, pager, error) {
	var v view
	var err error
	if l.first != nil {
		v = *l.first
	} else if v, err = l.settled(ctx, ""); err != nil {
		return v, pager{}, err
	}
	st, err := l.pagerOf(ctx, v, 0, "")
	if err != nil || st.At == 1 || !st.Previous && st.At == 0 {
		return v, st, err
	}
	l.out.Notes = append(l.out.Notes, fmt.Sprintf("“%s”原来停在%s，已从第 1 页读起", l.title, pageName(st)))
	for n := 0; st.Previous && st.At != 1 && n < l.o.MaxPages; n++ {
		back := "previous"
		if st.One {
			back = "first"
		}
		before := v
		if v, err = l.turn(ctx, before, back); err == nil {
			st, err = l.pagerOf(ctx, v, 0, "")
		}
		if err == nil && v.mark == before.mark {
			break
		}
		if err != nil {
			return v, st, err
		}
	}
	if st.At > 1 || st.Previous && st.At != 1 {
		return v, st, l.notFirst()
	}
	return v, st, nil
}

func (l *list) notFirst() error {
	return listing.Failf(listing.CodeUnreadable, "在页面上自己翻回第 1 页，再读", "“%s”翻不回第 1 页", l.title)
}

// lengthened adds the rows that a list adds to its first page: by a control, or as its end comes into sight.
func (l *list) lengthened(ctx context.Context, v view, st pager) (view, pager, error) {
	if st.More {
		return l.grow(ctx, v, st)
	}
	if !st.Next && !st.Previous && st.Total != len(v.result.Rows) {
		return l.scrolled(ctx, v, st)
	}
	return v, st, nil
}

// skipped is the error of a pager that leaves pages out.
func (l *list) skipped(before, after pager) error {
	if before.At == 0 || after.At <= before.At+1 {
		return nil
	}
	return listing.Failf(listing.CodeUnreadable, "在页面上用查询条件缩小范围，或把每页条数调大，再读", "“%s”从第 %d 页翻到了第 %d 页，中间的没有读到", l.title, before.At, after.At)
}

// grow presses the control that adds rows until it has none to add.
func (l *list) grow(ctx context.Context, v view, st pager) (view, pager, error) {
	for n := 0; st.More; n++ {
		l.grown = true
		if n >= l.o.MaxPages {
			return v, st, listing.Failf(listing.CodeTooLarge, "先在页面上用查询条件缩小范围，再读", "“%s”加载了 %d 次还没有到底，没有读完", l.title, n)
		}
		next, err := l.turn(ctx, v, "more")
		if err != nil {
			return v, st, err
		}
		if st, err = l.pagerOf(ctx, next, 0, ""); err != nil {
			return v, st, err
		}
		if len(next.result.Rows) <= len(v.result.Rows) && st.More {
			return v, st, listing.Failf(listing.CodeUnreadable, "刷新页面后再读", "“%s”加载更多之后没有多出内容，没有读完", l.title)
		}
		v = next
		l.o.Progress(1, len(v.result.Rows), st.Total)
	}
	return v, st, nil
}

// moreRounds is how often the end of a list is looked at again before there is nothing more to come.
const moreRounds = 4

// scrolled brings the end of the list into sight again and again: some lists add rows only then.
func (l *list) scrolled(ctx context.Context, v view, st pager) (view, pager, error) {
	for n, still := 0, 0; still < moreRounds; n++ {
		if n >= l.o.MaxPages*moreRounds {
			return v, st, listing.Failf(listing.CodeTooLarge, "先在页面上用查询条件缩小范围，再读", "“%s”滚动了很多次还没有到底，没有读完", l.title)
		}
		at, err := l.window(ctx, v, 0, "end")
		if err != nil || !at.Moved || at.Rows {
			return v, st, err
		}
		if err := pause(ctx, l.words.settle()); err != nil {
			return v, st, err
		}
		next, err := l.read(ctx)
		if err != nil {
			return v, st, err
		}
		if next.mark == v.mark && !l.busy(ctx, next) {
			still++
			continue
		}
		if next, err = l.settled(ctx, ""); err != nil {
			return v, st, err
		}
		if len(next.result.Rows) < len(v.result.Rows) {
			return v, st, listing.Failf(listing.CodeUnreadable, "刷新页面后再读", "“%s”滚动之后内容变少了，没有读完", l.title)
		}
		v, still, l.grown = next, 0, true
		l.o.Progress(1, len(v.result.Rows), st.Total)
		if st, err = l.pagerOf(ctx, v, 0, ""); err != nil {
			return v, st, err
		}
	}
	return v, st, nil
}

func pageName(st pager) string {
	if st.At > 0 {
		return fmt.Sprintf("第 %d 页", st.At)
	}
	return "后面的页"
}

// keep adds the rows of a page.
func (l *list) keep(v view, st pager, page int) error {
	if l.seen[v.mark] && len(v.result.Rows) > 0 {
		return listing.Failf(listing.CodeRefused, "刷新页面后再读；仍然这样时，先在页面上用查询条件缩小范围", "“%s”翻到第 %d 页，又出现了前面读过的内容，翻不到底，没有读完", l.title, page)
	}
	if len(v.result.Rows) == 0 && (st.Next || st.Previous || page > 1) {
		return listing.Failf(listing.CodeUnreadable, "刷新页面，等列表显示出来再读", "“%s”的第 %d 页没有内容，而列表不止这一页，没有读完", l.title, max(st.At, page))
	}
	if l.seen[v.mark] = true; page == 1 {
		l.top = v.mark
	}
	limits, err := table.CurrentLimits()
	if err != nil {
		return err
	}
	if len(l.out.Rows)+len(v.result.Rows) > limits.Rows {
		return listing.Failf(listing.CodeTooLarge, "先在页面上用查询条件缩小范围，再读", "“%s”超过 %d 行，没有读完", l.title, limits.Rows)
	}
	l.compare(v, st, page)
	l.out.Rows, l.out.Links = append(l.out.Rows, v.result.Rows...), append(l.out.Links, v.result.Links...)
	l.out.Notes, l.out.Places, l.out.Pages = append(l.out.Notes, v.result.Notes...), v.result.Places, page
	l.o.Progress(page, len(l.out.Rows), st.Total)
	return nil
}

// compare notices that the list changed since the page before: another total, or a row that moved on to this page. Then
// a row may have come that was never shown, although the numbers agree.
func (l *list) compare(v view, st pager, page int) {
	if st.Total >= 0 {
		if l.total >= 0 && l.total != st.Total {
			l.why = fmt.Sprintf("总条数从 %d 变成 %d", l.total, st.Total)
		}
		l.total = st.Total
	}
	for _, row := range v.result.Rows {
		key := table.KeyOf(l.want[0].Key, row)
		if at, again := l.keys[key]; key != "" && again && (at != page || l.grown) {
			l.why = fmt.Sprintf("“%s”读到两次", row[l.want[0].Key[0]])
		}
		l.keys[key] = page
	}
}

// finished compares the rows read with what the page says.
func (l *list) finished(st pager) table.Result {
	if l.why == "" && st.Total < 0 && st.Last > max(l.out.Pages, st.At) {
		l.why = fmt.Sprintf("页码到第 %d 页，只读到第 %d 页", st.Last, max(l.out.Pages, st.At))
	}
	if l.why == "" && st.Total >= 0 && st.Total != len(l.out.Rows) {
		l.why = fmt.Sprintf("页面说共 %d 条，读到 %d 条", st.Total, len(l.out.Rows))
	}
	if l.why != "" {
		l.partial(fmt.Sprintf("“%s”的%s，可能读的时候列表变了，请再读一次", l.title, l.why))
	} else if note := hiddenLines(l.out.Places, 0, len(l.out.Rows)); note != "" {
		l.partial(note)
	}
	return l.out
}

// partial marks what was read as a part of the list.
func (l *list) partial(note string) {
	l.out.Incomplete, l.out.Notes = true, append(l.out.Notes, note)
}

// around reports whether the pager went from the last page on to the first: some never say that there is no next one.
func (l *list) around(v view, before, after pager, page int) bool {
	return v.mark == l.top && after.At == 1 && page > 1 && before.At == page && before.At >= before.Last && before.Total < 0
}

// stuck decides what it means that the next page shows the same rows.
func (l *list) stuck(before, after pager, page int) (table.Result, error) {
	if after.At != before.At || after.At == 0 || after.At < after.Last || after.Total > len(l.out.Rows) {
		return table.Result{}, listing.Failf(listing.CodeUnreadable, "刷新页面后再读", "“%s”读完第 %d 页后翻页，内容没有变，没有读完", l.title, page)
	}
	if after.Total < 0 {
		l.partial(fmt.Sprintf("“%s”翻到第 %d 页后翻不动了，看起来到底了，但页面没有说共多少条", l.title, page))
	}
	return l.finished(after), nil
}

// turn presses a control of the pager and waits for other rows.
func (l *list) turn(ctx context.Context, v view, press string) (view, error) {
	if err := l.press(ctx, v, press); err != nil {
		return v, err
	}
	next, err := l.settled(ctx, v.mark)
	if l.o.Check != nil {
		if ended := l.o.Check(ctx); ended != nil {
			return v, ended
		}
	}
	return next, err
}

// press finds the control and clicks it once it stands still; where something covers it, the page is told that it was
// pressed.
func (l *list) press(ctx context.Context, v view, press string) error {
	frame, _, _ := v.place(0)
	for range pressTries {
		st, err := l.pagerOf(ctx, v, 0, press)
		if err != nil {
			return err
		}
		if !st.Ready {
			return listing.Failf(listing.CodeUnreadable, "刷新页面后再读", "“%s”的翻页按钮不见了，没有读完", l.title)
		}
		at, err := call[spot](ctx, l.tableReader, frame, "place", false)
		switch {
		case err != nil:
			return err
		case at.State == spotFree:
			return l.page.Click(ctx, browser.Point{X: at.X, Y: at.Y})
		case at.State == spotCovered:
			_, err := call[bool](ctx, l.tableReader, frame, "press")
			return err
		}
		if err := pause(ctx, pressPause); err != nil {
			return err
		}
	}
	return listing.Failf(listing.CodeUnreadable, "等页面静下来，或刷新页面后再读", "“%s”的翻页按钮一直在移动，没有按，没有读完", l.title)
}
