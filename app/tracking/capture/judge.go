package capture

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
)

// Judge takes reports and uploads as they are seen and says in the end what is right and wrong with them. It keeps what
// it says, not what it was shown. It is not safe for use by several goroutines.
type Judge struct {
	*knowledge
	facts   tracking.Facts
	params  tracking.Params
	android *regexp.Regexp
	ios     *regexp.Regexp
	table   *pageTable
	pages   []*pageState
	others  map[string]*pageState // pages nobody registered, by what names them
	order   []string              // of others
	now     *pageState            // the page of the report in hand
	found   []said
	saidAt  map[string]int
	more    int // findings that were not kept
	views   int
	uploads int
	surplus int
	events  map[string]int
	unseen  []string // sources without answers
	logs    map[string]bool
	last    map[string]visit
	homes   map[string]string // page_id: the address it was first seen on
	sappID  string
	names   map[string]string          // of arguments: the field that was meant
	people  map[string]map[string]bool // user: devices
}

// pageState is what was seen of a page.
type pageState struct {
	page     listing.Page
	seen     int
	failed   bool
	good     int // reports with nothing left open
	evidence []string
	open     bool // the report in hand left something open
}

// said is a finding with how often it was made.
type said struct {
	listing.Finding
	times int
}

// visit is the last report of a page by a user.
type visit struct {
	at    int64 // epoch milliseconds
	place string
}

// NewJudge makes a judge for one application. Empty params and pages are compared with nothing, which the result says.
func NewJudge(f tracking.Facts, p tracking.Params, pages []listing.Page) (*Judge, error) {
	k, err := embedded()
	if err != nil {
		return nil, err
	}
	j := &Judge{
		knowledge: k, facts: f, params: p, table: newPageTable(pages, k.Limits.Views), others: map[string]*pageState{},
		saidAt: map[string]int{}, events: map[string]int{}, logs: map[string]bool{}, last: map[string]visit{},
		homes: map[string]string{}, names: map[string]string{}, people: map[string]map[string]bool{},
	}
	if j.android, err = regexp.Compile(f.Traffic.UserAgent.Android); err != nil {
		return nil, fmt.Errorf("facts: %w", err)
	}
	if j.ios, err = regexp.Compile(f.Traffic.UserAgent.IOS); err != nil {
		return nil, fmt.Errorf("facts: %w", err)
	}
	for _, page := range pages {
		j.pages = append(j.pages, &pageState{page: page})
	}
	return j, nil
}

// place names where a request was seen.
func (s Seen) place() string {
	switch {
	case s.Number == 0:
		return s.Source
	case s.Numbered:
		return fmt.Sprintf("第 %d 个请求", s.Number)
	}
	return fmt.Sprintf("第 %d 行", s.Number)
}

// say makes a finding about a request, or counts it when it was made before for the same page.
func (j *Judge) say(key string, s Seen, w tracking.Words) {
	if w.Place == "" {
		w.Place = s.place()
	}
	f := j.book.Finding(key, w)
	if j.now != nil {
		j.now.failed = j.now.failed || f.Level == listing.LevelError
		j.now.open = j.now.open || f.Code == listing.FindingLive
	}
	id := strings.Join([]string{key, w.Value, j.pageName()}, "\x00")
	if at, repeated := j.saidAt[id]; repeated {
		j.found[at].times++
		return
	}
	if len(j.found) >= j.Limits.Findings {
		j.more++
		return
	}
	f.File, f.Excerpt = s.Source, s.Excerpt
	if !s.Numbered {
		f.Line = s.Number
	}
	j.saidAt[id] = len(j.found)
	j.found = append(j.found, said{f, 1})
}

func (j *Judge) pageName() string {
	if j.now == nil {
		return ""
	}
	return j.now.page.PageID
}

// about makes a finding about a capture as a whole.
func (j *Judge) about(key, source string, w tracking.Words) {
	j.now = nil
	w.Value = cmp.Or(w.Value, source)
	j.say(key, Seen{Source: source}, w)
}

// full counts what is judged and reports whether the limit is reached.
func (j *Judge) full() bool {
	if j.views+j.uploads < j.Limits.Views {
		return false
	}
	j.surplus++
	return true
}

// Result ends the run: it says what was not seen, and gives each page its verdict.
func (j *Judge) Result() tracking.Result {
	j.now = nil
	j.absent()
	r := tracking.Result{Kind: tracking.CheckCapture, FactsVersion: j.facts.Version}
	for _, p := range j.pages {
		r.Pages = append(r.Pages, p.result())
	}
	for _, key := range j.order {
		r.Pages = append(r.Pages, j.others[key].result())
	}
	for _, f := range j.found {
		if f.times > 1 {
			f.Message += fmt.Sprintf("（共 %d 次）", f.times)
		}
		r.Findings = append(r.Findings, f.Finding)
	}
	slices.SortStableFunc(r.Findings, func(a, b listing.Finding) int { return weight(a.Level) - weight(b.Level) })
	r.Judge()
	return r
}

func weight(l listing.Level) int {
	switch l {
	case listing.LevelError:
		return 0
	case listing.LevelWarning:
		return 1
	}
	return 2
}

// absent says what should have been there and was not, and what could not be compared.
func (j *Judge) absent() {
	nowhere := Seen{}
	if j.views == 0 {
		j.say(viewsNone, nowhere, tracking.Words{})
	}
	if j.uploads == 0 && j.params.Kind != listing.KindMini {
		j.say(uploadNone, nowhere, tracking.Words{Value: j.facts.Stability.UploadPath})
	}
	for _, p := range j.pages {
		if p.seen == 0 && j.views > 0 {
			j.say(pageMissing, nowhere, tracking.Words{Place: "“" + cmp.Or(p.page.PageName, p.page.PageURL) + "”", Value: p.page.PageID})
		}
	}
	if len(j.pages) == 0 {
		j.say(pagesUnknown, nowhere, tracking.Words{})
	}
	if j.params.SappID == "" && j.params.SappName == "" && j.params.Bid == "" && j.params.Identifier == "" {
		j.say(paramsUnknown, nowhere, tracking.Words{})
	}
	for _, code := range slices.Sorted(maps.Keys(j.events)) {
		j.say(eventOther, nowhere, tracking.Words{Value: code, Want: cmp.Or(j.Events.Names[code], "未知"), Other: fmt.Sprint(j.events[code])})
	}
	for _, source := range j.unseen {
		j.about(statusUnseen, source, tracking.Words{})
	}
	j.samePeople()
	if j.surplus > 0 {
		j.say(sourceMany, nowhere, tracking.Words{Want: fmt.Sprint(j.Limits.Views), Other: fmt.Sprint(j.surplus)})
	}
	if j.more > 0 {
		f := j.book.Finding(findingsMany, tracking.Words{Want: fmt.Sprint(j.Limits.Findings), Other: fmt.Sprint(j.more)})
		j.found = append(j.found, said{f, 1})
	}
}

// samePeople points at a user that several devices share.
func (j *Judge) samePeople() {
	if len(j.people) != 1 {
		return
	}
	for user, devices := range j.people {
		if len(devices) > 1 {
			j.say(userSame, Seen{}, tracking.Words{Value: user, Other: fmt.Sprint(len(devices))})
		}
	}
}

func (p *pageState) result() tracking.PageResult {
	r := tracking.PageResult{ID: p.page.PageID, Name: p.page.PageName, URL: p.page.PageURL, Evidence: p.evidence}
	switch {
	case p.seen == 0:
		r.Verdict = tracking.VerdictMissing
	case p.failed:
		r.Verdict = tracking.VerdictFail
	case p.good == 0:
		r.Verdict = tracking.VerdictOpen
	default:
		r.Verdict = tracking.VerdictPass
	}
	return r
}
