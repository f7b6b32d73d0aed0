package capture

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"shangjiatong/app/listing"
	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// spoilt is a visit with one thing wrong, and what must be said of it. A want without a level word is an error.
type spoilt struct {
	fact  string
	name  string
	spoil func(p pv) pv // of the list page
	want  string        // key of the one sentence besides hints
}

func set(name string, v any) func(pv) pv { return func(p pv) pv { return p.set(name, v) } }

func by(user string) func(pv) pv { return func(p pv) pv { return p.by(user) } }

func onPage(change func(p *pv)) func(pv) pv { return func(p pv) pv { change(&p); return p } }

func spoiltVisits() []spoilt {
	return []spoilt{
		{"TRACK-2", "retired host", onPage(func(p *pv) { p.host = "alog.zjzwfw.gov.cn" }), hostRetired},
		{"TRACK-2", "another host", onPage(func(p *pv) { p.host = "log.mmstat.com" }), hostForeign},
		{"TRACK-2", "scheme in the host", onPage(func(p *pv) { p.host = "https://" + p.host }), hostScheme},
		{"TRACK-2", "scheme in the host, as a browser shows it", onPage(func(p *pv) { p.host = "https//" + p.host }), hostScheme},
		{"TRACK-2", "no appId", onPage(func(p *pv) { p.appID = "" }), appIDEmpty},
		{"TRACK-2", "appId of 浙里办", onPage(func(p *pv) { p.appID = "60506758" }), appIDUnknown},
		{"TRACK-2", "iPhone counted as PC", onPage(func(p *pv) { p.agent = iosClient }), appIDDevice},
		{"TRACK-2", "Android counted as iOS", onPage(func(p *pv) { p.agent, p.appID = droid, "28328447" }), appIDDevice},
		{"TRACK-2", "mobile log, PC number, unknown device", onPage(func(p *pv) { p.agent, p.gif = "", "/m.gif" }), appIDGif},
		{"TRACK-3", "automatic view", onPage(func(p *pv) {
			*p = p.set("sapp_id", nil).set("sapp_name", nil).set("page_id", nil).set("page_name", nil).set("page_url", nil)
		}), viewAutomatic},
		{"TRACK-3", "nested value", set("more", map[string]any{"a": 1}), valueNested},
		{"TRACK-3", "a list", set("more", []any{"a"}), valueNested},
		{"TRACK-4", "device left as in the sample", onPage(func(p *pv) { p.device = "yourDeviceId" }), devicePlaceholder},
		{"TRACK-7", "a number for sapp_id", set("sapp_id", 40001), valueType},
		{"TRACK-7", "a number for the user", onPage(func(p *pv) { *p = p.set("_user_id", 34268160) }), valueType},
		{"TRACK-7", "a number beside the fields", set("count", 3), valueExtra},
		{"TRACK-7", "damaged text", set("page_name", "列表\ufffd"), valueEncoding},
		{"TRACK-8", "page_id missing", set("page_id", nil), pageIDEmpty},
		{"TRACK-8", "page_id a placeholder", set("page_id", "yourPageId"), pagePlaceholder},
		{"TRACK-8", "page_id with a space", set("page_id", "list "), pageIDSpaces},
		{"TRACK-8", "page_id not of the table", set("page_id", "lists"), pageIDWrong},
		{"TRACK-8", "page not of the table", onPage(func(p *pv) {
			p.page = "https://demo.example.com/app/#/new"
			*p = p.set("page_id", "new").set("page_url", p.page)
		}), pageIDUnknown},
		{"TRACK-8", "page_id of the page before", onPage(func(p *pv) {
			*p = p.set("page_id", "home").set("page_name", "首页").set("page_url", pageList()[0].PageURL)
		}), pageElsewhere},
		{"TRACK-8", "page_url of another page", set("page_url", "https://demo.example.com/app/#/home"), pageURLOther},
		{"TRACK-8", "page_url not of the table", set("page_url", "https://demo.example.com/app/#/lists"), pageURLDiffers},
		{"TRACK-8", "page_url missing", set("page_url", nil), pageURLEmpty},
		{"TRACK-8", "page_url misspelt", onPage(func(p *pv) { *p = p.set("page_ur1", p.page).set("page_url", nil) }), fieldMisspelt},
		{"TRACK-8", "page_url of a developer", onPage(func(p *pv) { *p = p.set("page_url", "http://localhost:8080/app/#/list") }), pageURLLocal},
		{"TRACK-8", "page_url of the test version", onPage(func(p *pv) { *p = p.set("page_url", "https://demo.example.com/lastTest/#/list") }), pageURLTest},
		{"TRACK-8", "page_name not of the table", set("page_name", "列表"), pageNameDiffers},
		{"TRACK-9", "page_name missing", set("page_name", ""), pageNameEmpty},
		{"TRACK-9", "page_name with a phone number", set("page_name", "联系人13800000000"), pageNamePersonal},
		{"TRACK-9", "page_name with a bar", set("page_name", "办件|列表"), pageNameLetters},
		{"TRACK-9", "page_name with an underscore in front", set("page_name", "_列表"), pageNameUnderscore},
		{"TRACK-9", "page_name with a digit", set("page_name", "列表2"), pageNameDigits},
		{"TRACK-9", "phone number in page_url", onPage(func(p *pv) { *p = p.set("page_url", "https://demo.example.com/app/?tel=13800000000#/list") }), pageURLPersonal},
		{"TRACK-10", "no user", by(""), userEmpty},
		{"TRACK-10", "user undefined", by("undefined"), userPlaceholder},
		{"TRACK-10", "user as in the sample", by("accountId"), userPlaceholder},
		{"TRACK-10", "hard-coded user", by("123456"), userPlaceholder},
		{"TRACK-10", "employeeCode", by("GE_0123456789abcdef0123456789abcdef"), userCode},
		{"TRACK-10", "phone number", by("13800000000"), userPersonal},
		{"TRACK-10", "a name", by("联系人甲"), userForm},
		{"TRACK-10", "two users", onPage(func(p *pv) { p.user = "34268161" }), userTwo},
		{"TRACK-11", "sapp_id of another application", set("sapp_id", "40002"), sappIDDiffers},
		{"TRACK-11", "sapp_id missing", set("sapp_id", nil), sappIDEmpty},
		{"TRACK-11", "sapp_name made up", set("sapp_name", "parking"), sappNameDiffers},
		{"TRACK-11", "sapp_name missing", set("sapp_name", ""), sappNameEmpty},
		{"TRACK-14", "no answer", onPage(func(p *pv) { p.status = 0 }), statusNone},
		{"TRACK-14", "refused", onPage(func(p *pv) { p.status = 502 }), statusFailed},
	}
}

// keys tells which sentences the findings are, by their rule and the words between the gaps.
func keys(t *testing.T, r tracking.Result) []string {
	t.Helper()
	k, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, f := range r.Findings {
		best, most := "", 0
		for _, key := range ruleKeys() {
			sentence := k.book.Finding(key, tracking.Words{Place: "\x00", Value: "\x00", Want: "\x00", Other: "\x00"})
			at, fits := 0, sentence.Rule == f.Rule && sentence.Level == f.Level
			for part := range strings.SplitSeq(sentence.Message, "\x00") {
				i := strings.Index(f.Message[at:], part)
				fits = fits && i >= 0
				at += max(i, 0)
			}
			if fits && len(sentence.Message) > most {
				best, most = key, len(sentence.Message)
			}
		}
		out = append(out, best)
	}
	return out
}

// Each mistake is found, named by its fact, on its page; the other pages stay right; the visit without it passes.
func TestMistakes(t *testing.T) {
	for _, s := range spoiltVisits() {
		t.Run(s.fact+" "+s.name, func(t *testing.T) {
			visit := allGood()
			visit[1] = s.spoil(visit[1])
			r := check(t, Input{Params: params(), Pages: pageList(), Sources: source(harOf(visit...))})
			var got []string
			for i, key := range keys(t, r) {
				if key == pageMissing || r.Findings[i].Level == listing.LevelInfo {
					continue
				}
				got = append(got, key)
				f := r.Findings[i]
				if key == s.want && f.Rule != s.fact || f.File != "抓包" || f.Excerpt == "" || f.Effect == "" || f.Fix == "" || !strings.Contains(f.Message, "第 4 个请求") {
					t.Errorf("%+v", f)
				}
				if strings.ContainsAny(f.Message+f.Effect+f.Fix, "{}") {
					t.Errorf("a gap stayed open: %+v", f)
				}
			}
			if !slices.Contains(got, s.want) {
				t.Errorf("got %v, want %s\n%s", got, s.want, strings.Join(brief(r), "\n"))
			}
			if !together(s.want, got) {
				t.Errorf("more than was planted: %v", got)
			}
		})
	}
}

// together says which mistakes cannot be made alone.
func together(want string, got []string) bool {
	with := map[string]string{valueType: pageIDWrong, pageIDSpaces: pageIDWrong}
	return !slices.ContainsFunc(got, func(key string) bool { return key != want && key != with[want] })
}

// TRACK-1, TRACK-13: uploads.
func TestUploads(t *testing.T) {
	views := allGood()
	other := func(old, new string) string { return strings.Replace(goodUpload(), old, new, 1) }
	for _, c := range []struct {
		name, address string
		status        int
		want          []string
	}{
		{"good", goodUpload(), 200, nil},
		{"refused", goodUpload(), 403, []string{uploadStatus}},
		{"no answer", goodUpload(), 0, []string{uploadUnanswered}},
		{"bid with a doubled underscore", upload("demo_parking__zzdpro", "1234567890abcdef"), 200, []string{bidDoubled}},
		{"bid of the login", upload("demo_parking_dingoa", "1234567890abcdef"), 200, []string{bidSuffix}},
		{"bid without suffix", upload("demo_parking", "1234567890abcdef"), 200, []string{bidSuffix}},
		{"bid of another application", upload("demo_other_zzdpro", "1234567890abcdef"), 200, []string{bidDiffers}},
		{"wrong signkey", upload("demo_parking_zzdpro", "another"), 200, []string{uploadSign}},
		{"no signature", other("%26sign%3D", "%26gone%3D"), 200, []string{uploadSign}},
		{"another host", other(stability, "https://wpk.example.com"), 200, []string{uploadHost}},
		{"retired host", other(stability, "https://px.effirst.com"), 200, []string{uploadRetired}},
		{"header not readable", stability + "/api/v1/jssdk/upload?x=1", 200, []string{uploadHeaderBad}},
		{"none", "https://demo.example.com/", 200, []string{uploadNone}},
	} {
		t.Run(c.name, func(t *testing.T) {
			entries := []string{harEntry(c.address, pcClient, c.status)}
			for _, p := range views {
				entries = append(entries, harEntry(p.address(), p.agent, p.status))
			}
			r := check(t, Input{Params: params(), Pages: pageList(), Sources: source(harText(entries...))})
			if got := keys(t, r); !slices.Equal(got, c.want) {
				t.Errorf("%v: %v", got, brief(r))
			}
			if passed := c.want == nil || c.want[0] == uploadNone; r.Passed != passed {
				t.Errorf("passed %v", r.Passed)
			}
		})
	}
	alone := check(t, Input{Sources: source(upload("demo__zzdpro", "1234567890abcdef") + "\n" + upload("demo", "1234567890abcdef") + "\n" + good("home").address())})
	if got := keys(t, alone); !slices.Contains(got, bidDoubled) || !slices.Contains(got, bidSuffix) {
		t.Errorf("without params: %v", got)
	}
}

// TRACK-10: an ordinary browser cannot have a user; that is to be seen live, not wrong. A placeholder is wrong anywhere.
func TestDesktopBrowser(t *testing.T) {
	visit := allGood()
	for i := range visit {
		visit[i] = visit[i].by("")
		visit[i].agent = desktop
	}
	r := check(t, Input{Params: params(), Pages: pageList(), Sources: source(harOf(visit...))})
	if !r.Passed || r.Pages[0].Verdict != tracking.VerdictOpen || r.Findings[0].Code != listing.FindingLive {
		t.Errorf("%v %+v", brief(r), r.Pages)
	}
	again := append(visit, allGood()...)
	if r = check(t, Input{Params: params(), Pages: pageList(), Sources: source(harOf(again...))}); r.Pages[0].Verdict != tracking.VerdictPass {
		t.Errorf("%+v", r.Pages)
	}
	visit[0] = visit[0].by("undefined")
	if r = check(t, Input{Params: params(), Pages: pageList(), Sources: source(harOf(visit...))}); r.Passed || r.Pages[0].Verdict != tracking.VerdictFail {
		t.Errorf("%v", brief(r))
	}
}

// TRACK-6: pages nobody opened are missing, and never passed.
func TestMissingPages(t *testing.T) {
	r := check(t, Input{Params: params(), Pages: pageList(), Sources: source(harOf(good("home"), good("detail")))})
	if r.Passed || r.Pages[1].Verdict != tracking.VerdictMissing || r.Pages[0].Verdict != tracking.VerdictPass || !slices.Equal(keys(t, r), []string{pageMissing}) {
		t.Errorf("%v %+v", keys(t, r), r.Pages)
	}
	if f := r.Findings[0]; f.Rule != "TRACK-6" || f.Code != listing.FindingUndecided || !strings.Contains(f.Message, "办件列表") {
		t.Errorf("%+v", f)
	}
}

// TRACK-8: without a page table an ID that stays while the address changes is found; records of one kind are one page.
func TestOneIDForAllPages(t *testing.T) {
	var visit, details []pv
	for i, route := range []string{"a", "b", "c"} {
		p := good("home")
		p.page = "https://demo.example.com/app/#/" + route
		visit = append(visit, p)
		d := good("detail")
		d.page = fmt.Sprintf("https://demo.example.com/app/#/detail/%d?x=%d", i, i)
		details = append(details, d)
	}
	r := check(t, Input{Params: params(), Sources: source(harOf(visit...))})
	if !slices.Contains(keys(t, r), pageIDShared) || r.Passed {
		t.Errorf("%v", brief(r))
	}
	if r = check(t, Input{Params: params(), Sources: source(harOf(details...))}); slices.Contains(keys(t, r), pageIDShared) || !r.Passed {
		t.Errorf("%v", brief(r))
	}
}

// TRACK-3: the same visit twice; the same request shown twice is one.
func TestRepeatedViews(t *testing.T) {
	first := good("home")
	second := first
	second.id = "DC_again"
	if r := check(t, Input{Params: params(), Sources: source(harOf(first, second))}); !slices.Contains(keys(t, r), viewRepeated) {
		t.Errorf("%v", brief(r))
	}
	r := check(t, Input{Params: params(), Sources: append(source(harOf(first)), Source{Name: "再次", Body: strings.NewReader(first.address())})})
	if slices.Contains(keys(t, r), viewRepeated) || len(r.Pages) != 1 || len(r.Pages[0].Evidence) != 1 {
		t.Errorf("%v", brief(r))
	}
}

// TRACK-14: other events are named and not judged; hints are hints.
func TestHints(t *testing.T) {
	click := good("home").by("").set("page_id", nil)
	click.event = "2101"
	odd := click
	odd.event, odd.id = "777", "DC_odd"
	a, b := good("home"), good("list")
	b.cna = "CNA2"
	r := check(t, Input{Params: params(), Pages: pageList()[:2], Sources: source(harOf(a, b, click, odd))})
	got := keys(t, r)
	slices.Sort(got)
	if !slices.Equal(got, []string{eventOther, eventOther, userSame}) || !r.Passed {
		t.Errorf("%v", brief(r))
	}
	if !has(r, "TRACK-14", listing.LevelInfo, "777（未知）") || !has(r, "TRACK-14", listing.LevelInfo, "2101（点击）的上报 1 次") {
		t.Errorf("%v", brief(r))
	}
	r = check(t, Input{Sources: source(a.address() + "\n" + good("list").set("sapp_id", "5").address())})
	got = keys(t, r)
	for _, key := range []string{pagesUnknown, paramsUnknown, statusUnseen, uploadNone, sappSeveral} {
		if !slices.Contains(got, key) {
			t.Errorf("%s is not said: %v", key, got)
		}
	}
	if !r.Passed {
		t.Errorf("%v", brief(r))
	}
	if r = check(t, Input{Sources: append(source(harOf(a)), Source{Name: "空", Body: strings.NewReader("什么也没有")})}); !slices.Contains(keys(t, r), sourceEmpty) {
		t.Errorf("%v", brief(r))
	}
	if r = check(t, Input{Params: params(), Sources: source(strings.Join(a.fields()[20:], "||"))}); !slices.Contains(keys(t, r), lineCut) || r.Passed {
		t.Errorf("%v", brief(r))
	}
	if r = check(t, Input{Params: params(), Sources: source(a.plain())}); !slices.Contains(keys(t, r), hostUnseen) {
		t.Errorf("%v", brief(r))
	}
	bad := strings.Replace(a.plain(), `"page_id"`, `page_id`, 1)
	if r = check(t, Input{Params: params(), Sources: source(bad)}); !slices.Contains(keys(t, r), lineArgs) || r.Passed {
		t.Errorf("%v", brief(r))
	}
}

// TRACK-15: a mini-program has no stability upload that is known, and its own log file.
func TestMiniProgram(t *testing.T) {
	p := good("home")
	p.gif, p.page, p.agent, p.appID = "/vx.gif", "pages/home/index", droid, "28302650"
	p = p.set("page_url", "pages/home/index")
	in := params()
	in.Kind = listing.KindMini
	r := check(t, Input{Params: in, Pages: []listing.Page{{PageID: "home", PageName: "首页", PageURL: "pages/home/index"}},
		Sources: source(harText(harEntry(p.whole(), p.agent, 200)))})
	if !r.Passed || len(r.Findings) != 0 || r.Pages[0].Verdict != tracking.VerdictPass {
		t.Errorf("%v %+v", brief(r), r.Pages)
	}
}

func TestFindingPlaces(t *testing.T) {
	bad := good("home").by("")
	bad.agent = ""
	r := check(t, Input{Params: params(), Sources: source("第一行\n\n" + bad.address() + "\n" + strings.Replace(bad.address(), "DC_", "DX_", 1))})
	for _, f := range r.Findings {
		if f.Rule == "TRACK-10" {
			if f.Line != 3 || f.File != "抓包" || !strings.HasPrefix(f.Excerpt, "https://") || !strings.Contains(f.Message, "第 3 行") || !strings.HasSuffix(f.Message, "（共 2 次）") {
				t.Errorf("%+v", f)
			}
			return
		}
	}
	t.Errorf("%v", brief(r))
}

// What the model of the queue would send is judged like what was sent.
func TestFromQueue(t *testing.T) {
	pageOf := pageList()[0]
	events := []queue.Event{
		{Kind: queue.Load, Page: pageOf.PageURL}, queue.Do("aplus.setMetaInfo", "aplus-rhost-v", logHost), queue.Do("aplus.setMetaInfo", "appId", "47130293"),
		queue.Do("aplus.sendPV", map[string]any{"is_auto": false}, map[string]any{"sapp_id": "40001", "sapp_name": "demo_parking", "page_id": "home", "page_name": "首页", "page_url": pageOf.PageURL}),
	}
	sent, err := queue.Run(queue.Profile{Client: queue.ClientPC}, events)
	if err != nil || len(sent.Requests) != 1 {
		t.Fatal(err, sent)
	}
	j, err := NewJudge(facts(t), params(), pageList()[:1])
	if err != nil {
		t.Fatal(err)
	}
	v := FromQueue(sent.Requests[0], "2001")
	v.Seen = Seen{Source: "首页", Agent: pcClient}
	j.View(v)
	if r := j.Result(); !slices.Contains(keys(t, r), userEmpty) || r.Pages[0].Verdict != tracking.VerdictFail || v.Client != queue.ClientPC {
		t.Errorf("%v", brief(r))
	}
}

func TestPageTable(t *testing.T) {
	routed := newPageTable(pageList(), 100)
	paths := newPageTable([]listing.Page{{PageURL: "https://demo.example.com/app/index.html"}, {PageURL: "https://demo.example.com/app/list.html"},
		{PageURL: "detail/:id"}, {PageURL: "/app/same"}, {PageURL: "/app/same?x=1"}, {PageURL: "info/{id}/*"}}, 2)
	for _, c := range []struct {
		table   *pageTable
		address string
		want    int
	}{
		{routed, "https://demo.example.com/app/#/list", 1},
		{routed, "https://other.example.com/reserved/index.html?code=1#/list?x=2", 1},
		{routed, "https://demo.example.com/app/#/detail/17", 2},
		{routed, "https://demo.example.com/app/#/detail/17/more", none},
		{routed, "https://demo.example.com/app/", none},
		{routed, "", none},
		{paths, "https://demo.example.com/app/", 0},
		{paths, "https://demo.example.com/app/index.html?a=1", 0},
		{paths, "https://demo.example.com/app/list.html#x", 1},
		{paths, "https://demo.example.com/app/detail/9", 2},
		{paths, "https://demo.example.com/app/same", 3},
		{paths, "https://demo.example.com/app/same?x=2", none},
		{paths, "/app/same?x=1", 4},
		{paths, "https://demo.example.com/info/1/2", 5},
		{paths, "https://demo.example.com/elsewhere/list.html", none},
	} {
		for range 2 {
			if got := c.table.at(c.address); got != c.want {
				t.Errorf("%s: %d, want %d", c.address, got, c.want)
			}
		}
	}
	if newPageTable(nil, 1).at("x") != none {
		t.Error("a page of no table")
	}
}
